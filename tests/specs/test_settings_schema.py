"""The schema of grade.toml is that of the settings, and agrees with how they are read."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from grader.specs import Settings, load_settings, settings_schema


def test_it_has_every_setting_and_says_what_it_is() -> None:
    """In the order of the settings."""
    schema = settings_schema()
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == [field.name for field in fields(Settings)]
    assert all(one["description"].endswith(".") for one in schema["properties"].values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        'title = "Homework"\nassigned = ["a", "b-*"]\nown_numbers = true\nseed = "2026"',
        'problems = "specs/first"\nroster = "people/roster.csv"',
        "timeout = 5\nmemory_mb = 64\nmax_file_mb = 1024\ngrace = 0\nlate_penalty = 12.5",
        'due = "2026-11-20T23:59:00+01:00"\nlate_penalty_per = "once"\nattempts = "best"',
        'due = "2026-11-20"\ntimezone = "Europe/Berlin"',
        "titel = 'x'",
        "title = 7",
        "timeout = 0",
        "timeout = 'long'",
        "memory_mb = 1.5",
        "memory_mb = true",
        "max_file_mb = 2000",
        "late_penalty = 101",
        "attempts = 'all'",
        "own_numbers = 'yes'",
        "assigned = 'a'",
        "assigned = ['']",
        "assigned = [1]",
        "problems = '/etc'",
        "problems = 'a/../b'",
        "problems = ' '",
        "roster = '../roster.csv'",
    ],
)
def test_schema_and_loader_agree(tmp_path: Path, text: str) -> None:
    """On what is right and on what is wrong."""
    (tmp_path / "grade.toml").write_text(text, encoding="utf-8")
    errors = list(Draft202012Validator(settings_schema()).iter_errors(tomllib.loads(text)))
    assert bool(errors) == bool(load_settings(tmp_path)[1])


@pytest.mark.parametrize("text", ["due = 'soon'", "due = 2026-11-20", "timezone = 'Europe/Bern'"])
def test_what_the_schema_does_not_see(tmp_path: Path, text: str) -> None:
    """Times and zones; a date of TOML comes to a validator as text."""
    (tmp_path / "grade.toml").write_text(text, encoding="utf-8")
    value = {name: str(one) if isinstance(one, datetime) else one for name, one in tomllib.loads(text).items()}
    assert load_settings(tmp_path)[1]
    if isinstance(next(iter(value.values())), str):
        assert not list(Draft202012Validator(settings_schema()).iter_errors(value))
