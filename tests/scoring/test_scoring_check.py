"""The neutral contract: `check` from Python, and `check_line`, which no line can bring down."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from shared import own_course

import grader
from grader import check
from grader.diagnostics import SpecError
from grader.records import Status, Verdict
from grader.scoring.check import MAX_RESPONSE, check_line, verdict_object
from grader.specs import Course

ROOT = Path(__file__).resolve().parents[2]
KEYS = ["schema", "id", "status", "credit", "reason", "read_as", "feedback", "evidence", "seconds"]
STATUSES = {"correct", "partial", "incorrect", "unreadable", "missing", "undecided", "failed"}


@pytest.fixture(scope="module")
def course() -> Course:
    """This repository's own course."""
    return own_course()


def line(course: Course | None = None, **fields: Any) -> dict[str, Any]:
    """The outcome of one line, whose form is checked: keys, order, plain JSON, credit only with marks."""
    outcome = check_line(fields, course)
    assert list(outcome) == KEYS
    assert json.loads(json.dumps(outcome, allow_nan=False)) == outcome
    assert outcome["schema"] == 1
    assert outcome["status"] in STATUSES
    marked = outcome["status"] in ("correct", "partial", "incorrect")
    assert isinstance(outcome["credit"], float) == marked
    assert marked or outcome["credit"] is None
    assert isinstance(outcome["reason"], str)
    assert outcome["reason"]
    assert isinstance(outcome["feedback"], str)
    assert math.isfinite(outcome["seconds"])
    assert outcome["seconds"] >= 0
    return outcome


# ---------------------------------------------------------------- from Python


def test_check_is_the_packages_own_name() -> None:
    """`from grader import check`; it gives a verdict, and is listed."""
    assert "check" in grader.__all__
    verdict = check("0.75", "3/4")
    assert isinstance(verdict, Verdict)
    assert (verdict.status, verdict.credit) == (Status.CORRECT, Fraction(1))


@pytest.mark.parametrize(
    ("response", "expected", "status", "read_as"),
    [
        ("7.5 × 10⁻¹", "3/4", "correct", "7.5"),
        ("1/2", 0.5, "correct", "1/2"),
        ("7", 7, "correct", "7"),
        ("[0, 1, 0.7]", [0, 1, "7/10"], "correct", "["),
        ("0, 1, 0.7", "[0, 1, 7/10]", "correct", "["),
        ("2 ≤ x < 3", "[2, 3)", "correct", "∈"),
        ("x > 2", "x > 2", "correct", "∞"),
    ],
)
def test_the_type_is_worked_out_from_the_expected_answer(
    response: str, expected: object, status: str, read_as: str
) -> None:
    """`auto` takes what reads all of the expected answer: an interval, a list, a number."""
    verdict = check(response, expected)
    assert verdict.status.value == status
    assert verdict.read_as is not None
    assert read_as in verdict.read_as.unicode


def test_options_make_a_choice() -> None:
    """With options the automatic type is a choice, or several where the expected answer is a list."""
    options = {"A": "keys", "B": "values"}
    assert check("B", "B", options=options).status is Status.CORRECT
    assert check("keys and values", ["A", "B"], options=options).status is Status.CORRECT
    assert check("only the keys", ["A", "B"], options=options).status is not Status.CORRECT


def test_options_reach_the_type() -> None:
    """A tolerance, and the name of an interval's variable."""
    assert check("3.14", "3.1416", "number", abs="0.01").status is Status.CORRECT
    assert check("3.14", "3.1416", "number").status is Status.INCORRECT
    assert check("λ < 4", "[0, 4)", "interval", variable="λ", domain="λ >= 0").status is Status.CORRECT


@pytest.mark.parametrize(
    ("expected", "kind", "options"),
    [
        ("5", "nonsense", {}),
        ("5", "", {}),
        ("5", "../number", {}),
        ("5", "_find", {}),
        ("five apples", "number", {}),
        ("a sonnet", "auto", {}),
        ({}, "auto", {}),
        (None, "number", {}),
        ("5", "number", {"abs": "-1"}),
        ("5", "number", {"tolerance": 1}),
        ("5", "number", {"sigfigs": "many"}),
        ("C", "choice", {"options": {"A": "keys", "B": "values"}}),
        ("A", "choice", {}),
    ],
)
def test_the_callers_mistakes_are_spec_errors(expected: object, kind: str, options: dict[str, Any]) -> None:
    """An unknown type, a bad option or a key that cannot be read is the author's error, never the answer's."""
    with pytest.raises(SpecError) as caught:
        check("5", expected, kind, **options)
    assert caught.value.diagnostics[0].audience == "author"
    assert caught.value.diagnostics[0].message


def test_equal_keys_of_different_kinds_are_told_apart() -> None:
    """What was prepared for the key 1 does not serve for true, nor one option's value for another."""
    assert check("1", 1, "number").status is Status.CORRECT
    with pytest.raises(SpecError):
        check("1", True, "number")
    assert check("1.05", 1, "number", abs="0.1").status is Status.CORRECT
    assert check("1.05", 1, "number", abs="0.01").status is Status.INCORRECT


def test_arrays_are_keys() -> None:
    """A numpy array is a sequence."""
    import numpy as np

    assert check("[0, 1, 2]", np.array([0, 1, 2]), "sequence").status is Status.CORRECT


# ---------------------------------------------------------------- the form of a line


def test_a_line_has_the_contracts_keys_in_order() -> None:
    """Names, order and kinds of values; a partial credit is a number."""
    outcome = line(id="q1", type="sequence", expected="[0, 1, 0.7]", response="[0, 1, 0.8]", options={})
    assert outcome["id"] == "q1"
    assert (outcome["status"], outcome["credit"]) == ("partial", pytest.approx(2 / 3))
    assert list(outcome["evidence"]) == ["method", "error_bound", "witness"]
    assert list(outcome["evidence"]["witness"]) == ["at", "yours", "expected"]
    assert outcome["evidence"]["witness"]["yours"] == "0.8"
    assert "0.8" in outcome["read_as"]


@pytest.mark.parametrize("name", ["q1", 7, 0, None, True, 2.5, ["a", 1], {"a": 1}, "\ud800", "🙂"])
def test_any_id_comes_back_as_it_is(name: object) -> None:
    """Ids are the caller's."""
    assert line(id=name, type="number", expected="5", response="5")["id"] == name


def test_a_line_without_an_id_has_none() -> None:
    """The key is there all the same."""
    assert line(type="number", expected="5", response="5")["id"] is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"type": "number", "expected": "5", "response": "5"}, "correct"),
        ({"expected": "5", "response": "5"}, "correct"),
        ({"type": "auto", "expected": 5, "response": "5"}, "correct"),
        ({"type": "number", "expected": "5", "response": "6", "options": None}, "incorrect"),
        ({"type": "number", "expected": "5", "response": "5.004", "options": {"abs": 0.01}}, "correct"),
        ({"type": "number", "expected": "5", "response": "5.04", "options": {"abs": 0.01}}, "incorrect"),
        ({"type": "number", "expected": "5", "response": ""}, "missing"),
        ({"type": "number", "expected": "5", "response": "I do not know."}, "missing"),
        ({"type": "number", "expected": "5", "response": "2^q"}, "unreadable"),
        ({"type": "number", "expected": "5", "response": "5 or 6"}, "undecided"),
        ({"type": "choice", "expected": "B", "response": "B", "options": {"options": ["x", "y"]}}, "correct"),
        ({"type": "nonsense", "expected": "5", "response": "5"}, "failed"),
    ],
)
def test_a_line_has_the_status_of_its_answer(fields: dict[str, Any], status: str) -> None:
    """All of the statuses that one answer can have."""
    assert line(**fields)["status"] == status


@pytest.mark.parametrize(
    "name", ["matrix_of_doom", "", "Number", "number ", None, 5, ["number"], {}, True, "_find", "a/b"]
)
def test_an_unknown_type_fails_by_that_name(name: object) -> None:
    """Also values that are no text; the reason is the contract's."""
    outcome = line(id=1, type=name, expected="5", response="5")
    assert (outcome["status"], outcome["reason"]) == ("failed", "unknown_type")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"response": "5"},
        {"expected": "5"},
        *({"expected": "5", "response": response} for response in (None, 5, ["5"])),
        *({"expected": "5", "response": "5", "options": options} for options in ([1], "abs=1", 3)),
    ],
)
def test_bad_lines_fail_as_such(fields: dict[str, Any]) -> None:
    """What is missing, or of the wrong kind, is named."""
    outcome = line(id=1, **fields)
    assert (outcome["status"], outcome["reason"]) == ("failed", "bad_line")
    assert outcome["feedback"]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"abs": "-1"}, "abs"),
        ({"abs": "wide"}, "abs"),
        ({"tolerance": 1}, "tolerance"),
        ({"sigfigs": 2.5}, "sigfigs"),
        ({"response": "6"}, "response"),
        ({"expected": "6"}, "expected"),
        ({"type": "choice"}, "type"),
        ({"self": 1}, "self"),
        ({"": 1}, ""),
        ({"not a name": 1}, "not a name"),
    ],
)
def test_bad_options_fail_and_are_named(options: dict[str, Any], names: str) -> None:
    """No key of `options` is mistaken for an argument; unknown ones are no use, and said to be so."""
    outcome = line(id=1, type="number", expected="5", response="5", options=options)
    assert outcome["status"] == "failed"
    assert names in outcome["feedback"]


@pytest.mark.parametrize(
    ("kind", "expected", "response"),
    [
        ("auto", 10**5_000, "5"),
        ("number", 10**5_000, "5"),
        ("interval", 10**5_000, "5"),
        ("sequence", [10**5_000], "[5]"),
        ("number", "5", "9" * 6_000),
        ("number", "5", "10^10^10^10"),
        ("number", "5", "1e999999999"),
        ("number", "5", "1/10^999999999"),
        ("interval", "[1, 4]", "[1, 10^999999999]"),
        ("sequence", "[1, 4]", "[1, 2^2^2^2^2^2]"),
        ("auto", "10^10^10^10", "5"),
    ],
    ids=lambda value: repr(value)[:20] if isinstance(value, str) else "large",
)
def test_very_large_numbers_are_answered(kind: str, expected: Any, response: str) -> None:
    """Numbers beyond what can be printed or computed, as key or in a response, end in a verdict that is not right."""
    outcome = line(type=kind, expected=expected, response=response)
    assert outcome["status"] in ("incorrect", "partial", "unreadable", "undecided", "failed")


# ---------------------------------------------------------------- responses


def test_a_whole_reply_is_a_response() -> None:
    """A derivation with steps, a wrong start that is taken back, and a box at the end."""
    reply = (
        "Let me work this out.\n\nFirst, $2 + 2 = 4$, and then there are 9 more.\n\n"
        "So x = 13. Wait, I made a mistake: one was counted twice.\n\n"
        "Therefore the result is\n\n$$\\boxed{12}$$\n\nCheck: 12/3 = 4, as it should be."
    )
    assert line(type="number", expected="12", response=reply)["status"] == "correct"
    assert line(type="number", expected="13", response=reply)["status"] == "incorrect"
    assert line(type="number", expected="4", response=reply)["status"] == "incorrect"


def test_a_whole_reply_with_a_list_is_a_response() -> None:
    """The announced list counts, and not those of the steps."""
    reply = "- K_0 = 0\n- K_1 = 1\n- K_2 = [1, 0] · [0.7, 0.2] = 0.7\n\n**Kernel:** K = [0, 1, 0.7]\n\nDone in 3 steps."
    assert line(type="sequence", expected="[0, 1, 0.7]", response=reply)["status"] == "correct"


def test_a_long_reply_is_read_to_its_end() -> None:
    """As many characters as are allowed, with the answer last."""
    end = "\n\nThe final answer is 5."
    reply = ("Some words about it. \n" * 10_000)[: MAX_RESPONSE - len(end)] + end
    assert len(reply) == MAX_RESPONSE
    assert line(type="number", expected="5", response=reply)["status"] == "correct"


def test_a_reply_that_is_too_long_is_refused() -> None:
    """Said with the limit; it is neither cut nor marked."""
    outcome = line(type="number", expected="5", response="5 " * (MAX_RESPONSE // 2 + 1))
    assert (outcome["status"], outcome["reason"]) == ("failed", "too_long")
    assert f"{MAX_RESPONSE:,}" in outcome["feedback"]


@pytest.mark.parametrize(
    "response",
    ["\x00", "\ud800 5", "\u202e5", "5\u200b", "\ufeff5", "=1+1", "<script>5</script>", "(" * 3_000, "\\frac" * 500,
     "−" * 500, "5" + "\u0301" * 50, "𝟓", "５", "٥", "⑤", "V"],
    ids=lambda text: ascii(text)[:20],
)  # fmt: skip
def test_odd_characters_get_a_verdict(response: str) -> None:
    """Nothing that can stand in a JSON string stops a line."""
    assert line(type="number", expected="7", response=response)["status"] != "correct"


# ---------------------------------------------------------------- parts of the course


@pytest.mark.parametrize(
    ("problem", "part", "response", "status", "credit"),
    [
        ("ssm-kernels", "b.i", "K = [δ, 1.5, 1.2, 0.96, 0.768]", "correct", 1.0),
        ("ssm-kernels", "b.i", "K = [1.5, 1.2, 0.96, 0.768, 0.6144]", "partial", 0.5),
        ("ssm-kernels", "b.ii", "The kernel is 0, 1, 0.7 and 0.51.", "correct", 1.0),
        ("purification", "a.i", "[0, 2, 0.001, 1]", "correct", 1.0),
        ("purification", "a.ii", "λ greater than 0.001", "correct", 1.0),
        ("purification", "a.ii", "λ ≥ 0.001", "partial", 2 / 3),
        ("purification", "c", "Both hold between 1 and 4, inclusive.", "correct", 1.0),
        ("purification", "c", "(1, 4)", "partial", 0.5),
        ("ridge-attention", "c", "The cost is O(nd²).", "correct", 1.0),
        ("ridge-attention", "d", "keys, values and queries", "partial", 0.75),
        ("ridge-attention", "e", "O(d^4)", "incorrect", 0.0),
        ("ridge-attention", "e", "B or C", "undecided", None),
    ],
)
def test_a_line_may_name_a_part_of_the_course(
    course: Course, problem: str, part: str, response: str, status: str, credit: float | None
) -> None:
    """The truth is the solver's, the credit of foreseen mistakes the spec's."""
    outcome = line(course, id=1, problem=problem, part=part, response=response)
    assert (outcome["status"], outcome["credit"]) == (status, pytest.approx(credit) if credit is not None else None)


def test_a_parts_own_key_is_not_overruled(course: Course) -> None:
    """Beside problem and part, an `expected` does not change what is right."""
    outcome = line(course, problem="purification", part="c", expected="(1, 4)", response="[1, 4]")
    assert outcome["status"] in ("correct", "failed")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"problem": "purification", "part": "zz"}, "unknown_part"),
        ({"problem": "nothing", "part": "c"}, "unknown_part"),
        ({"problem": "purification"}, "unknown_part"),
        ({"part": "c"}, "unknown_part"),
        ({"problem": None, "part": None}, "unknown_part"),
        ({"problem": ["purification"], "part": {"c": 1}}, "unknown_part"),
    ],
)
def test_an_unknown_part_fails(course: Course, fields: dict[str, Any], reason: str) -> None:
    """Whatever stands in its place."""
    outcome = line(course, id=1, response="5", **fields)
    assert (outcome["status"], outcome["reason"]) == ("failed", reason)


def test_a_part_without_a_course_fails() -> None:
    """And the way out is told."""
    outcome = line(None, problem="purification", part="c", response="[1, 4]")
    assert (outcome["status"], outcome["reason"]) == ("failed", "no_course")
    assert "--course" in outcome["feedback"]


def test_a_verdict_as_an_object_is_plain() -> None:
    """The six keys that tell the verdict, in order."""
    found = verdict_object(check("0.6", "1/2"))
    assert list(found) == ["status", "credit", "reason", "read_as", "feedback", "evidence"]
    assert (found["status"], found["credit"]) == ("incorrect", 0.0)
    assert found["evidence"]["witness"] == {"at": {}, "yours": "0.6", "expected": "1/2"}
