"""Which symbols mean something where an expression is read, and how words are cut into them."""

from __future__ import annotations

import pytest

from grader.maths.reading.scope import NUMBERS, Scope, formulas_in, numbers_and


def test_only_constants_mean_something_where_numbers_are_read() -> None:
    """π and e are numbers everywhere; another symbol is one only where it is known, or where any may occur."""
    assert NUMBERS.allows("π")
    assert NUMBERS.allows("e")
    assert not NUMBERS.allows("x")
    assert numbers_and(frozenset({"x"})).allows("x")
    assert not numbers_and(frozenset({"x"})).allows("x_1")
    assert formulas_in(()).allows("anything")


def test_an_entry_of_a_matrix_is_allowed_where_the_matrix_is() -> None:
    """A subscript of a declared matrix names an entry, not an unknown symbol."""
    assert Scope(matrices=frozenset({"A"})).allows("A_ij")
    assert not Scope(matrices=frozenset({"A"})).allows("B_ij")


@pytest.mark.parametrize(
    ("known", "word", "parts"),
    [
        ("n d", "nd", ("n", "d")), ("n d", "dn", ("d", "n")), ("n d cost", "cost", ("cost",)), ("n cost", "ncost",
        ("n", "cost")),
        ("c o s t cost", "cost", ("cost",)), ("ab a b", "aab", ("a", "ab")), ("n d", "nx", None), ("n", "nnn", ("n",
        "n", "n")), ("a bc", "abd", None),
    ],
)  # fmt: skip
def test_a_word_is_cut_into_known_symbols(known: str, word: str, parts: tuple[str, ...] | None) -> None:
    """Whole known words come first, then the longest symbols; a word with an unknown letter is not cut."""
    assert Scope(frozenset(known.split())).split(word) == parts


def test_cutting_long_words_is_bounded() -> None:
    """A word of many letters is cut, or not, without trying all ways."""
    assert Scope(frozenset({"a", "aa"})).split("a" * 2000) is not None
    assert Scope(frozenset({"a", "aa"})).split("a" * 2000 + "b") is None
