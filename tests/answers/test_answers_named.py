"""Matrices by their names and vectors by their components: which size they get, and what is none."""

from __future__ import annotations

import pytest

from grader.answers._matrix.named import by_name, components
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import spelling
from grader.maths.tree import Symbol


@pytest.mark.parametrize(
    ("text", "sub"), [("identity", ""), ("the identity matrix", ""), ("the 3 by 3 identity matrix", "3")]
)
def test_an_identity_has_the_size_that_is_named(text: str, sub: str) -> None:
    """Without a size it is that of the question."""
    assert by_name(tokenize(text)) == Symbol("I", sub)


@pytest.mark.parametrize("text", ["the 2×3 identity matrix", "the matrix", "not the identity matrix", "identity of A"])
def test_what_is_no_name_of_a_matrix(text: str) -> None:
    """Nothing is guessed."""
    assert by_name(tokenize(text)) is None


def test_components_in_order_are_a_list() -> None:
    """Their indices begin with 0 or 1 and leave nothing out."""
    assert spelling(components(tokenize("x_0 = 3, x_1 = 1/2")) or []) == "( 3 , 1 / 2 )"
    assert components(tokenize("x_2 = 3, x_1 = 1")) is None
    assert components(tokenize("x_1 = 3, x_1 = 1")) is None
    assert components(tokenize("x_1 = 2")) is None
