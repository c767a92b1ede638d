"""Shapes: every notation, sizes as formulas, what is told of a wrong one, and keys held against solvers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import check
from grader.answers import get_type
from grader.diagnostics import SpecError
from grader.records import Status

MN = {"variables": ["m", "n"]}


def status(response: str, expected: Any, **options: Any) -> tuple[str, str]:
    """Status and reason of the verdict."""
    verdict = check(response, expected, type="shape", **options)
    return verdict.status.value, verdict.reason


def options(**values: Any) -> Any:
    """Options of the type."""
    return get_type("shape").options_model.model_validate(values)


@pytest.mark.parametrize(
    ("response", "reason"),
    [("n × m", "order"), ("m", "axes"), ("m × n × 1", "axes"), ("m × 2n", "sizes"), ("m × p", "other_symbol")],
)
def test_each_way_of_being_wrong_has_its_own_reason(response: str, reason: str) -> None:
    """Order, number of axes, sizes, and symbols that the question does not have; each with words and a witness."""
    verdict = check(response, "m × n", type="shape", **MN)
    assert (verdict.status, verdict.reason) == (Status.INCORRECT, reason)
    assert verdict.feedback
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert verdict.evidence.witness.yours != verdict.evidence.witness.expected


def test_a_wrong_size_is_shown_in_numbers() -> None:
    """At drawn sizes a person sees which axis is wrong."""
    verdict = check("m × (n+1)", "m × n", type="shape", **MN)
    assert verdict.feedback.endswith("For example, at m = 3, n = 5: yours 3 × 6, expected 3 × 5.")


def test_a_vector_is_a_column_and_no_row() -> None:
    """With free vectors d, (d,) and d × 1 are the same; with strict ones all three differ."""
    for response in ("d", "(d,)", "d × 1", "ℝ^d", "a column vector of length d"):
        assert status(response, "d", variables=["d"])[0] == "correct"
    for response in ("Answer: d", "Final answer: $d$", "The shape is d"):
        assert status(response, "d", variables=["d"])[0] == "correct"
    for response in ("1 × d", "a row vector of length d"):
        assert status(response, "d", variables=["d"]) == ("incorrect", "row")
    assert status("d × 1", "d", variables=["d"], vectors="strict") == ("incorrect", "axes")
    assert status("d", "d × 1", variables=["d"], vectors="strict") == ("incorrect", "axes")
    assert status("1 × d", "1 × d", variables=["d"])[0] == "correct"
    assert status("d", "1 × d", variables=["d"]) == ("incorrect", "axes")


def test_other_layouts_can_be_right_too() -> None:
    """Where a convention is free, such as for Jacobians, the spec says so."""
    assert status("n × m", "m × n", **MN, also=["n × m"])[0] == "correct"
    assert status("n × n", "m × n", **MN, also="n × m")[0] == "incorrect"


def test_an_x_that_is_a_size_is_no_sign() -> None:
    """With sizes x and y, “x × y” has two axes and “2x × y” as well."""
    assert status("x × y", "x × y", variables=["x", "y"])[0] == "correct"
    assert status("2x × y", "2x × y", variables=["x", "y"])[0] == "correct"


def test_a_dot_may_be_read_in_two_ways() -> None:
    """``m·n`` is a product of sizes or a careless ×; that decides nothing."""
    assert status("m·n", "m × n", **MN)[0] == "undecided"
    assert status("2·m × n", "2m × n", **MN)[0] == "correct"


def test_in_a_reply_the_shape_of_the_asked_symbol_counts() -> None:
    """Shapes of the factors are no answer; a map between spaces has no shape."""
    reply = "X has shape n × d and W has shape d × p, so the product has shape n × p."
    assert status(reply, "n × p", variables=["n", "d", "p"])[0] == "correct"
    assert status("f: R^n → R^m", "m", **MN)[0] == "unreadable"


def test_articles_and_products_are_no_sizes() -> None:
    """“a d-dimensional vector” has no size a; a word is no product of sizes."""
    assert status("a d-dimensional vector", "d", variables=["d"])[0] == "correct"
    assert status("an n × a matrix", "n × a", variables=["a", "n"])[0] == "correct"
    assert status("a batch × n matrix", "batch × n", variables=["batch", "n"])[0] == "correct"


def test_keys_are_drawn_with_different_sizes() -> None:
    """A solver that swaps two axes gives another shape at each instance."""
    kind, opts = get_type("shape"), options(**MN)
    truth = kind.key("m × (n+1)", opts)
    drawn = list(kind.instances(truth, opts))
    assert len(drawn) == 5
    for instance in drawn:
        m, n = instance.arguments["m"], instance.arguments["n"]
        assert instance.expected == (m, n + 1)
        assert kind.agrees(np.zeros((m, n + 1)).shape, instance, opts)
        assert not kind.agrees((n + 1, m), instance, opts) or m == n + 1
    assert kind.arguments(truth, opts) == {"m", "n"}


def test_a_domain_is_respected_and_its_faults_are_told() -> None:
    """With m > n the size m - n is positive at every instance."""
    kind, opts = get_type("shape"), options(**MN, domain="m > n")
    for instance in kind.instances(kind.key("(m - n) × n", opts), opts):
        assert instance.arguments["m"] > instance.arguments["n"]
    with pytest.raises(SpecError, match="unknown word nice"):
        check("m", "m", type="shape", domain="m is nice")


@pytest.mark.parametrize("value", [3.5, "m ×", ["m", "n"], (1, -2), True, None, {"m": 1}])
def test_what_is_no_shape_is_refused_as_truth(value: object) -> None:
    """Solvers return tuples of whole numbers."""
    with pytest.raises(SpecError):
        get_type("shape").key(value, options(**MN))


@given(st.lists(st.integers(1, 99), max_size=4))
def test_numeric_shapes_are_shown_and_read_back(sizes: list[int]) -> None:
    """What a solver returns is shown as what reads as the same shape, in Unicode and in LaTeX."""
    kind, opts = get_type("shape"), options(vectors="strict")
    truth = kind.key(sizes, opts)
    shown = kind.render(truth, opts)
    for text in (shown.unicode, shown.latex):
        assert kind.same(kind.read(text, opts), truth, opts) is True, text
