"""The second evaluator agrees with the exact one, and says where it does not know."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from maths_sample import RATIONAL_TREES
from tree_strategies import reread

from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import evaluate
from grader.maths.tree import Node
from grader.maths.values.floats import Identity, NotInFloatsError, in_floats

VALUES = {
    "n": 4, "x": Fraction(1, 2), "A": np.array([[1, 2], [3, 4]], dtype=object), "p": np.array([[1], [2]], dtype=object),
    "y": [np.array([[1], [0]], dtype=object), np.array([[1], [1]], dtype=object)],
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(RATIONAL_TREES)
def test_numbers_have_the_same_value_as_in_exact_arithmetic(node: Node) -> None:
    """Where both have a value, it is the same one."""
    try:
        exact = evaluate(node).fraction
        found = in_floats(node, {})
    except (UndefinedError, NotInFloatsError):
        return
    if exact is not None and isinstance(found, float) and abs(exact) < 10**12:
        assert found == pytest.approx(float(exact), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x + n", 4.5), ("log_2(n)", 2.0), ("sqrt(n)", 2.0), ("n!", 24.0), ("p^T p", [[5.0]]), ("A p", [[5.0], [11.0]]),
        ("A^{-1} A", [[1.0, 0.0], [0.0, 1.0]]), ("A + 2I", [[3.0, 2.0], [3.0, 6.0]]), ("tr(A)", 5.0), ("det(A)", -2.0),
        ("\\sum_{i=1}^{n} i", 10.0), ("\\sum_i y_i", [[2.0], [1.0]]), ("y_2", [[1.0], [1.0]]),
        ("A ∘ A", [[1, 4], [9, 16]]),
    ],
)  # fmt: skip
def test_what_a_formula_is_worth(text: str, value: object) -> None:
    """Numbers, matrices, families with an index, and multiples of the identity."""
    found = in_floats(reread(text), VALUES)
    assert np.allclose(np.asarray(found, dtype=float), np.asarray(value, dtype=float))


def test_the_identity_has_no_size_of_its_own() -> None:
    """A multiple of it stays one."""
    assert in_floats(reread("3 I"), {}) == Identity(3.0)


@pytest.mark.parametrize(
    "text", ["A + p", "p p", "z", "1/0", "A + 1", "\\sum_i z_i", "log(0)", "{1 if x > 0; 2 otherwise}"]
)
def test_what_is_not_worked_out_is_said_to_be_so(text: str) -> None:
    """Sizes that do not fit, unknown symbols, undefined values, other nodes: an error and no number."""
    with pytest.raises(NotInFloatsError):
        in_floats(reread(text), VALUES)
