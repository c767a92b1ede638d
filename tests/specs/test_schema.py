"""The JSON Schema accepts what loads and refuses what does not, as far as a schema can tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from specs_sample import GOOD, yaml12

from grader.specs import json_schema, load_course
from grader.specs.models import PartForm, ProblemForm


def test_the_schema_is_a_schema_and_json(types: None) -> None:
    """It is valid by the metaschema and made of JSON's own values."""
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_the_schema_accepts_a_good_spec(types: None) -> None:
    """The spec that loads is valid."""
    assert list(Draft202012Validator(json_schema()).iter_errors(yaml12(GOOD))) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("title: Newton's", "titel: Newton's", []),
        ("points: 2.5", "points: 0", ["parts", 0, "points"]),
        ("credit: 1/2", "credit: 2", ["parts", 0, "mistakes", 0, "credit"]),
        ("kind: targeted", "kind: nasty", ["parts", 0, "hints", 0, "kind"]),
        ("type: number", "type: nubmer", ["parts", 0, "answer", "type"]),
        ("abs: 1e-6", "options: [a]", ["parts", 0, "answer"]),
        ("      options: {N: no, A: 0.50, B: yes}\n", "", ["parts", 1, "answer"]),
        ("abs: 1e-6", "digits: x", ["parts", 0, "answer", "digits"]),
        ("needs: [a.i]", "needs: a.i", ["parts", 1, "needs"]),
        ("id: cooling", "id: two words", ["id"]),
    ],
)
def test_the_schema_refuses_a_bad_spec(types: None, old: str, new: str, where: list[object]) -> None:
    """Wrong fields, ranges and options of the type are errors at their place."""
    assert GOOD.count(old) == 1
    errors = Draft202012Validator(json_schema()).iter_errors(yaml12(GOOD.replace(old, new)))
    assert where in [list(error.absolute_path) for error in errors]


def test_every_field_is_described() -> None:
    """Each field of a problem and a part says what it is, in the schema too."""
    for model in (ProblemForm, PartForm):
        assert [name for name, field in model.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("folder", [".", "examples/course", "grader/commands/course"])
def test_the_schema_of_the_real_types_accepts_the_courses_that_ship(folder: str) -> None:
    """The specs of this repository load, and are valid by the schema made from the real answer types."""
    course = load_course(Path(__file__).parents[2] / folder)
    assert course.problems
    assert [str(one) for one in course.diagnostics] == []
    validator = Draft202012Validator(json_schema())
    for problem in course.problems:
        spec = yaml12(Path(problem.file).read_text(encoding="utf-8"))
        assert [(list(e.absolute_path), e.message) for e in validator.iter_errors(spec)] == []
