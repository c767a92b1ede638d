"""`grade schema` prints what the documentation ships, and what editors of this repository use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import ROOT, grade_here
from jsonschema import Draft202012Validator

from grader.commands.schema import NAMES, schema_text


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_ships_the_schema(name: str, tmp_path: Path) -> None:
    """docs/NAME.schema.json is what the command writes; write it anew after a change."""
    done = grade_here("schema", name, "--out", tmp_path / "new/made.json")
    assert done.code == 0, done.err
    made = (tmp_path / "new/made.json").read_text(encoding="utf-8")
    assert made == (ROOT / f"docs/{name}.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(made))


def test_a_spec_is_what_it_prints_by_itself() -> None:
    """As `grade problems --schema` does."""
    done = grade_here("schema")
    assert done.json == json.loads(schema_text("spec"))
    assert grade_here("problems", "--schema").json == done.json


def test_an_unknown_name_is_a_usage_error() -> None:
    """It names those that there are."""
    done = grade_here("schema", "answers")
    assert done.code == 2
    assert "settings" in done.err


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With its name."""
    (tmp_path / "a").write_text("x", encoding="utf-8")
    done = grade_here("schema", "--out", tmp_path / "a/b.json")
    assert done.code == 2
    assert "out-write" in done.err


def test_editors_of_this_repository_know_which_files_it_is_for() -> None:
    """.vscode/settings.json names schemas and folders that exist."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    for schema, patterns in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert all(list(ROOT.glob(pattern)) for pattern in patterns)
    assert all((ROOT / schema).is_file() for schema in settings["evenBetterToml.schema.associations"].values())
