"""Scalar expressions as answers: options, forms, names, and what a verdict tells."""

from __future__ import annotations

from typing import Any

import pytest
from answers_sample import Case, check_case

from grader import check
from grader.diagnostics import SpecError

XY = {"variables": ["x", "y"]}


@pytest.mark.parametrize(
    "case",
    [
        Case("y + x", "x + y", "correct", "the order of a sum is free", options=XY),
        Case("x - y", "x + y", "incorrect", "a sign", options=XY),
        Case("2x + 2y", "x + y", "incorrect", "a factor", "scaled", options=XY),
        Case("x + y + 1", "x + y", "incorrect", "a constant", "offset", options=XY),
        Case("-x - y", "x + y", "incorrect", "all signs", "sign", options=XY),
        Case(
            "(x+1)^2", "x^2 + 2x + 1", "partial", "the value in another form", "form", "1/2", {**XY, "form": "expanded"}
        ),
    ],
    ids=lambda case: case.why,
)
def test_verdicts_with_their_witness(case: Case) -> None:
    """Each slip has its name, and the values at which it fails."""
    if case.status == "partial":
        assert check(case.response, case.expected, type="expression", **case.options).reason == case.reason
    else:
        check_case("expression", case)


@pytest.mark.parametrize("options", [{"domain": "x is blue"}, {"form": "pretty"}, {"unknown": 1}, {"domain": "x >"}])
def test_a_wrong_option_is_the_callers_error(options: dict[str, Any]) -> None:
    """The error is raised before any answer is read."""
    with pytest.raises(SpecError):
        check("x", "x", type="expression", **options)


def test_a_key_that_cannot_be_read_is_the_authors_error() -> None:
    """A broken key is never a student's fault."""
    with pytest.raises(SpecError, match="cannot read"):
        check("x", "x + (", type="expression")


def test_names_are_spelled_as_the_lexer_spells_them() -> None:
    """``lambda``, ``\\lambda`` and λ are one variable, in options as in answers."""
    for name in ("lambda", "λ", "\\lambda"):
        assert check("2λ", "λ + λ", type="expression", variables=[name]).status.value == "correct"


def test_two_values_are_not_one() -> None:
    """± in an answer is not a value where one is asked."""
    assert check("±x", "x", type="expression").status.value == "incorrect"
