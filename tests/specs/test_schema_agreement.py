"""Schema and loader agree: whatever the schema refuses the loader refuses, and of broken specs it sees what it can.

The broken specs are those of the loader's own table. What a schema cannot see is listed here with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from specs_sample import GOOD, yaml12
from test_errors import CARET, CASES

from grader.diagnostics import SpecError
from grader.specs import json_schema, load_problem

# Codes of which a schema sees nothing.
NOT_SEEN = {
    # other files
    "spec-solver-missing", "spec-solver-function", "spec-solver-argument",
    # two places that have to agree
    "spec-duplicate-part", "spec-unknown-need", "spec-need-cycle", "spec-confirm-is-solve", "spec-criteria",
    # how the YAML is written, of which an editor sees the value alone
    "spec-duplicate-key", "spec-alias", "spec-merge-key", "spec-character",
    # more digits than a number may have
    "spec-number-too-long",
}  # fmt: skip
# Others, by what is written and why it is not seen.
CASES_NOT_SEEN = {
    "points: ‸010": "ten in YAML 1.2",
    "points: ‸.inf": "a number of YAML that JSON does not have",
    "abs: ‸010": "ten in YAML 1.2",
    "start: ‸no": "text in YAML 1.2",
    "start: ‸0o17": "a number in YAML 1.2",
    "start: ‸1_000": "text in YAML 1.2",
    "start: ‸1,000": "text in YAML 1.2",
    "start: [{x: ‸2024-05-01}]": "text in YAML 1.2",
    "start: ‸−5": "text in YAML 1.2",
    "start: ‸1/0": "given values are any",
    "start:‸ ": "given values are any",
    "digits:‸ ": "null may be written, and nothing may not",
    "credit: ‸3/2": "a ratio as text has no order",
    'type: interval, variable: x, domain: ‸"what?"': "a rule of the answer type, in Python",
    "‸{type: interval, variable: x, domain: hey!": "a rule of the answer type, in Python",
    "solve: untold": "what a function takes",
    "start: {draw: integer, from: 9, to: ‸1}": "two numbers compared",
    "start: ‸{draw: integer, from: 1, to: 2, not: [1, 2]}": "what is left",
    "start: {draw: sample, of: [1, 2], size: ‸3}": "a number and a length",
    "start: {draw: matrix, shape: [2, 3], from: 0, to: 1, structure: ‸symmetric}": "two numbers compared",
    "start: ‸{draw: vector, size: 2, from: 0, to: 0, structure: nonzero}": "what is left",
}

READABLE = [case for case in CASES if case[2] not in ("spec-tag", "spec-key-not-text", "spec-yaml-syntax")]
READABLE = [case for case in READABLE if case[2] != "spec-several-documents" and case[1] != "start: ‸*nothing"]


@pytest.mark.parametrize(("old", "new", "code", "says"), READABLE, ids=[f"{c[2]}-{c[1][:24]}" for c in READABLE])
def test_the_schema_sees_what_a_schema_can(types: None, old: str, new: str, code: str, says: str) -> None:
    """Of each broken spec that is YAML at all."""
    errors = list(Draft202012Validator(json_schema()).iter_errors(yaml12(GOOD.replace(old, new.replace(CARET, "")))))
    assert bool(errors) == (code not in NOT_SEEN and new not in CASES_NOT_SEEN)


def test_the_list_of_what_is_not_seen_is_of_the_table() -> None:
    """A case that is gone from the loader's table is gone from here."""
    assert {case[2] for case in CASES} >= NOT_SEEN
    assert {case[1] for case in CASES} >= set(CASES_NOT_SEEN)


GOOD_TOO = [
    ("id: cooling", "id: 7"),
    ("number: 2", "number: 3a"),
    ("title: Newton's law of cooling", "title: |\n  Newton's law"),
    ("title: Newton's law of cooling", "title: 1789"),
    ("points: 2.5", "points: 5/2"),
    ("points: 2.5", "points: '2.5'"),
    ("points: 2.5", "points: +2.5e0"),
    ("credit: 1/2", "credit: 0"),
    ("credit: 1/2", "credit: .5"),
    ("abs: 1e-6", "abs: 1/1000000"),
    ("abs: 1e-6", 'abs: "0.000001"'),
    ("abs: 1e-6", "digits: 3"),
    ("abs: 1e-6, ", ""),
    ("    confirm: simulated\n", ""),
    ("id: a.i", "id: a.i\n    known_weaknesses: [{slip: transpose A, because: It may.}]"),
    ("start: 90", "start: {draw: integer, from: 1, to: 9, default: 4}"),
    ("start: 90", "start: {draw: decimal, from: 1, to: 9, step: 1/2, not: [2, 5/2]}"),
    ("start: 90", "start: {draw: vector, size: 3, from: -1, to: 1, structure: nonzero}"),
    ("start: 90", "start: {draw: matrix, shape: [2, 2], from: 0, to: 3, structure: symmetric}"),
    ("start: 90", "start: {draw: choice, of: [a, 2, [1, 2]]}"),
    ("start: 90", "start: {drawn: x, of: [1]}"),
    ("prompt: |\n  A cup cools.\n", ""),
    ("    follow_through: true\n", "    follow_through: false\n"),
    ("reference/cooling.py", "reference/./cooling.py"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), GOOD_TOO)
def test_what_loads_is_valid(course: Path, write: Callable[[str | bytes], Path], old: str, new: str) -> None:
    """The many ways in which a spec may be written, each of which the loader takes."""
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    if not new and "prompt" in old:
        text = text.replace("id: b\n", "id: b\n    prompt: Which?\n")
    load_problem(write(text), course)
    assert [error.message for error in Draft202012Validator(json_schema()).iter_errors(yaml12(text))] == []


def test_what_the_schema_refuses_does_not_load(course: Path, write: Callable[[str | bytes], Path]) -> None:
    """Each entry of the good spec in turn is made a list, a mapping, nothing or a word: both refuse, or the loader."""
    validator = Draft202012Validator(json_schema())
    good = yaml12(GOOD.replace("010", '"010"').replace("1:30", '"1:30"').replace("2024-05-01", '"2024-05-01"'))
    ways = list(_ways(good))
    assert len(ways) > 40
    alone = []
    for way in ways:
        for value in ([], {}, None, "word", -7, 0.5, True, [["x"]], {"x": 1}):
            spec = json.loads(json.dumps(good))
            inner = spec
            for step in way[:-1]:
                inner = inner[step]
            inner[way[-1]] = value
            text = yaml.safe_dump(spec, allow_unicode=True, sort_keys=False)
            if list(validator.iter_errors(yaml12(text))) and _loads(write(text), course):
                alone.append((way, value))
    assert alone == [(("parts", 0, "answer", "abs"), True)]  # which the answer types of this test take for 1


def _loads(path: Path, course: Path) -> bool:
    try:
        load_problem(path, course)
    except SpecError:
        return False
    return True


def _ways(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The place of each entry in a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in pairs for found in ((*way, key), *_ways(inner, (*way, key)))]
