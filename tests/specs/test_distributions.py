"""Values are drawn from a seed: the same everywhere, within what is asked, and spread over it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from grader.specs.distributions import (
    STRUCTURES,
    Array,
    Choice,
    DrawError,
    Grid,
    Sample,
    Stream,
    determinant,
    drawn,
)

SMALL = st.integers(-9, 9)


def test_a_seed_gives_the_same_numbers_for_ever() -> None:
    """The first numbers of a stream are fixed here: a change would give every student other numbers."""
    stream = Stream("ridge\0ada")
    assert [stream.below(1000) for _ in range(6)] == [stream_value(i) for i in range(6)]


def stream_value(index: int) -> int:
    """The numbers by the definition: two blocks of SHA-256 of seed and counter for each, read as one number."""
    import hashlib

    blocks = hashlib.sha256(b"ridge\0ada\0" + index.to_bytes(8, "big")).digest()
    return int.from_bytes(blocks[:10], "big") % 1000


@given(st.text(max_size=20), st.integers(1, 10**30))
def test_numbers_are_below_their_bound(seed: str, bound: int) -> None:
    """Every seed, also one with odd characters, and every bound."""
    assert 0 <= Stream(seed).below(bound) < bound


def test_numbers_are_spread_evenly() -> None:
    """Of 6000 throws of a die each face comes near 1000 times: within five standard deviations."""
    stream = Stream("die")
    counts = Counter(stream.below(6) for _ in range(6000))
    assert all(abs(counts[face] - 1000) < 5 * (6000 * 5 / 36) ** 0.5 for face in range(6))


def test_a_grid_is_exact_and_leaves_out_what_it_must() -> None:
    """Tenths stay tenths, whole numbers are integers, and 0 is never drawn."""
    grid = Grid(Fraction(-1, 5), Fraction(1, 10), 5, (0,))
    values = {grid.draw(Stream(str(i))) for i in range(200)}
    assert values == {Fraction(-1, 5), Fraction(-1, 10), Fraction(1, 10), Fraction(1, 5)}
    assert type(Grid(1, 1, 3).draw(Stream("x"))) is int


def test_a_sample_has_no_value_twice() -> None:
    """Each of the values can come, in any order, and none twice."""
    samples = [tuple(Sample((1, 2, 3), 2).draw(Stream(str(i)))) for i in range(200)]
    assert set(samples) == {(a, b) for a in (1, 2, 3) for b in (1, 2, 3) if a != b}
    assert {Choice(("a", "b")).draw(Stream(str(i))) for i in range(50)} == {"a", "b"}


CONDITIONS: dict[str, Any] = {
    "invertible": lambda m: m.det() != 0,
    "symmetric": lambda m: m == m.T,
    "nonsymmetric": lambda m: m != m.T,
    "positive_definite": lambda m: m == m.T and m.is_positive_definite,
    "diagonal": lambda m: m.is_diagonal(),
    "upper_triangular": lambda m: m.is_upper,
    "distinct": lambda m: len(set(m)) == len(m),
    "nonzero": lambda m: any(m),
    "": lambda m: True,
}


@pytest.mark.parametrize("structure", sorted(STRUCTURES))
def test_a_matrix_has_the_structure_that_was_asked(structure: str) -> None:
    """Checked with SymPy, which knows nothing of how it was made."""
    array = Array(Grid(-4, 1, 9), (2, 2), structure)
    for i in range(40):
        assert CONDITIONS[structure](sympy.Matrix(array.draw(Stream(f"{structure}{i}"))))


def test_what_cannot_be_is_an_error() -> None:
    """A zero vector that must not be zero, and a grid without values, give up and say so."""
    with pytest.raises(DrawError, match="nonzero"):
        Array(Grid(0, 1, 1), (2,), "nonzero").draw(Stream("x"))
    with pytest.raises(DrawError, match="no value"):
        Grid(1, 1, 2, (1, 2)).draw(Stream("x"))


def test_a_parameter_more_leaves_the_others_as_they_are() -> None:
    """Each parameter has a stream of its own."""
    one, two = Grid(0, 1, 10**6), Grid(0, 1, 10**6)
    assert drawn({"a": one}, "s")["a"] == drawn({"b": two, "a": one}, "s")["a"]
    assert drawn({"a": one}, "s") != drawn({"a": one}, "t")


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(SMALL, min_size=n, max_size=n), min_size=n, max_size=n)))
def test_the_determinant_is_that_of_sympy(matrix: list[list[int]]) -> None:
    """Elimination with exchanges of rows, against SymPy."""
    assert determinant(matrix) == sympy.Matrix(matrix).det()
