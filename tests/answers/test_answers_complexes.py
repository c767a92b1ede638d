"""Complex numbers in one form: arithmetic, Euler's formula, roots of negative numbers; what is left as it is."""

from __future__ import annotations

import pytest

from grader.answers._set.complexes import parts_of, standard
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import formulas_in
from grader.maths.rendering.unicode import text_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + i + j", "1 + (1 + 1)i"),
        ("i i", "-1"),
        ("sqrt(-3)", "√3 i"),
        ("e^{i x}", "cos(x) + sin(x) i"),
        ("x^i", "xⁱ"),
    ],
)
def test_a_complex_number_has_one_form(text: str, expected: str) -> None:
    """The real part comes first; what is no arithmetic with i stays as it is."""
    node = parse_all(tokenize(text), formulas_in(frozenset()), "a formula")
    parts = parts_of(node)
    assert text_of(standard(*parts) if parts else node) == expected
