"""Symbols spelled as a question declares them: letters with marks in ASCII, derivatives as quotients."""

from __future__ import annotations

import pytest

from grader.answers._expressions.spellings import plain_tokens
from grader.maths.reading.scope import Scope, formulas_in


def spelled(text: str, *known: str) -> list[str]:
    """The symbols of a text."""
    scope: Scope = formulas_in((*known, *(name.partition("_")[0] for name in known)))
    return [token.symbol for token in plain_tokens(text, scope)]


@pytest.mark.parametrize(
    "text", ["cbar_t", "c_bar_t", "\\bar{c}_t", "\\bar c_t", "c̄_t", "c̄ₜ", "cbar_{t}", "\\overline{c}_{t}"]
)
def test_a_letter_with_a_bar(text: str) -> None:
    """However the bar is written, it is the declared symbol."""
    assert spelled(text, "c̄_t") == ["c̄_t"]


def test_marks_only_where_they_are_declared() -> None:
    """cbar is a word, and c_hat a c with a subscript, unless the question has such letters."""
    assert spelled("cbar", "c") == ["cbar"]
    assert spelled("c_hat", "c") == ["c_hat"]
    assert spelled("c_hat + thetahat", "ĉ", "θ̂") == ["ĉ", "+", "θ̂"]
    assert spelled("\\hbar_t", "h̄_t") == ["h̄_t"]


@pytest.mark.parametrize(
    "text",
    ["∂f/∂Y", "\\partial f/\\partial Y", "\\frac{\\partial f}{\\partial Y}", "df/dY", "(∂f)/(∂Y)",
     "\\dfrac{∂f}{∂Y}"],
)  # fmt: skip
def test_a_derivative_is_one_symbol(text: str) -> None:
    """A declared derivative is read whole, as a fraction or with a slash; another one is not it."""
    assert spelled(text, "∂f/∂Y") == ["∂f/∂Y"]
    assert spelled(text.replace("Y", "X"), "∂f/∂Y") != ["∂f/∂Y"]


def test_ell() -> None:
    """l is written for ℓ where only that is declared."""
    assert spelled("K_l + l", "ℓ", "K") == ["K_ℓ", "+", "ℓ"]
    assert spelled("l", "ℓ", "l") == ["l"]


def test_a_row_may_have_the_letter_of_its_matrix() -> None:
    """K_i is k_i where K is declared and k_i is a row of it; where K_i is declared itself, it is that."""
    known = frozenset({"K", "k_i", "q"})
    assert [t.symbol for t in plain_tokens("K_i^T K q", Scope(known))] == ["k_i", "^", "T", "K", "q"]
    assert plain_tokens("K_i", Scope(frozenset({"K", "K_i", "k_i"})))[0].symbol == "K_i"
    assert plain_tokens("K_12", Scope(known))[0].symbol == "K_12"
