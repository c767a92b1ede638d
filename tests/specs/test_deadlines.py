"""Deadlines in settings: always with a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.specs import Settings, load_settings


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("due = 2026-11-20T23:59:00+01:00", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("due = '2026-11-20T23:59+01:00'", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("due = '2026-11-20 23:59 Europe/Berlin'", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("due = 2026-11-20T23:59:00\ntimezone = 'Europe/Berlin'", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("timezone = '-05:00'\ndue = 2026-11-20", datetime(2026, 11, 21, 4, 59, 59, tzinfo=UTC)),
        ("due = '2026-11-20'\ntimezone = 'UTC'", datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_a_time_with_its_zone(tmp_path: Path, text: str, due: datetime) -> None:
    """Its own, or that of the setting; a date is its last second."""
    (tmp_path / "grade.toml").write_text(text)
    settings, diagnostics = load_settings(tmp_path)
    assert diagnostics == ()
    assert settings.due == due


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("due = 2026-11-20T23:59:00", "a time with its zone"),
        ("due = 2026-11-20", "a time with its zone"),
        ("due = 'soon'", "a time with its zone"),
        ("due = 20261120", "a time with its zone"),
        ("due = '2026-02-30 10:00 UTC'", "a time with its zone"),
        ("timezone = 'Mars/Olympus'", "a zone such as"),
        ("timezone = '../../etc'", "a zone such as"),
        ("timezone = 1", "a zone such as"),
        ("attempts = 'all'", "one of last, best, first"),
        ("late_penalty_per = ['day']", "one of day, once"),
        ("late_penalty = 101", "0 to 100"),
        ("late_penalty = '10 %'", "a number"),
        ("grace = 2.5", "a whole number"),
        ("roster = '../people.csv'", "a file inside the course"),
        ("roster = ''", "text"),
    ],
)
def test_wrong_settings_of_handing_in_are_told(tmp_path: Path, line: str, says: str) -> None:
    """Each at its line, and the default holds."""
    (tmp_path / "grade.toml").write_text(f"# settings\n{line}\n")
    settings, (one,) = load_settings(tmp_path)
    assert settings == Settings()
    assert (one.code, one.span.line if one.span else 0) == ("spec-setting", 2)
    assert says in one.message
