"""What a witness says in words."""

from __future__ import annotations

import pytest

from grader.records import Witness


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ((), "yours 1, expected 2"),
        ((("σ", "2"), ("λ", "3")), "at σ = 2, λ = 3: yours 1, expected 2"),
        ((("L", "fixed"), ("n", "fixed")), "with L, n fixed: yours 1, expected 2"),
        ((("L", "d²"), ("n", "fixed")), "at L = d², with n fixed: yours 1, expected 2"),
    ],
)
def test_a_witness_says_where_and_what(at: tuple[tuple[str, str], ...], words: str) -> None:
    """Values are given; of a path of growth it is said what does not grow."""
    assert str(Witness(at, "1", "2")) == words
