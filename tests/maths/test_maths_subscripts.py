"""What a subscript says: numbers, or expressions in indices."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.maths.reading.subscripts import index_names, indices_of, parts
from grader.maths.tree import Binary, Node, Number, Symbol

WHOLE = {"i": Fraction(2), "j": Fraction(5)}


def value(node: Node) -> Fraction | None:
    """The value of an index with the values above."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Symbol):
        return WHOLE.get(node.name)
    if isinstance(node, Binary) and node.op in "+-":
        left, right = value(node.left), value(node.right)
        return None if left is None or right is None else left + right if node.op == "+" else left - right
    return None


@pytest.mark.parametrize(
    ("sub", "indices"),
    [("3", (3,)), ("i", (2,)), ("i+1", (3,)), ("i-1", (1,)), ("i,j", (2, 5)), ("ij", (2, 5)), ("i,j+1", (2, 6)),
    ("12", (12,)),
     ("k", None), ("max", None), ("i,k", None), ("ik", None), ("", None), ("+", None), ("123456789", (123456789,))],
)  # fmt: skip
def test_indices_have_the_values_of_their_expressions(sub: str, indices: tuple[int, ...] | None) -> None:
    """Numbers, letters, sums and pairs are worked out; where a letter has no value there is no index."""
    assert indices_of(sub, value, WHOLE) == indices


def test_the_names_in_a_subscript() -> None:
    """Each letter of a pair is a name, and so is the whole word."""
    assert index_names("i+1") == {"i"}
    assert index_names("i,j") == {"i", "j"}
    assert {"i", "j"} <= index_names("ij")
    assert index_names("0") == frozenset()
    assert parts("(") == ()
