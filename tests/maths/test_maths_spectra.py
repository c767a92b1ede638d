"""Singular values, eigenvalues, condition numbers and norms, by rigorous balls."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.maths.numbers.balls import at_precision
from grader.maths.tree import Call, Number, Symbol
from grader.maths.values import fields, norms, spectra
from grader.maths.values.evaluate import MAX_TERMS, Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError

BITS = 160
FIELD = fields.real_balls()
ENTRY = st.integers(-4, 4)


def matrix(rows: list[list[int]]) -> Any:
    """A matrix of balls from integers."""
    return FIELD.matrix(len(rows), len(rows[0]), [FIELD.number(Fraction(entry)) for row in rows for entry in row])


def point(**values: Any) -> Point:
    """A point at which the values are known."""
    return Point(FIELD, values, {}, lambda name, at: None, terms=[MAX_TERMS])


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    before = flint.ctx.prec
    flint.ctx.prec = BITS
    yield
    flint.ctx.prec = before


def tables(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    """Tables of small integers."""
    return st.lists(st.lists(ENTRY, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(lambda shape: tables(*shape))


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_singular_values_are_those_of_numpy(rows: list[list[int]]) -> None:
    """The balls hold what another library finds, in descending order, also where some are equal or 0."""
    found = at_precision(BITS, lambda: spectra.singular_values(matrix(rows), FIELD, [MAX_TERMS]))
    assert [float(value.mid()) for value in found] == pytest.approx(
        list(np.linalg.svd(np.array(rows, dtype=float))[1]), abs=1e-6
    )


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_their_squares_are_the_eigenvalues_of_the_gram_matrix(rows: list[list[int]]) -> None:
    """σ_i(A)² = λ_i(AᵀA), and their sum is the trace of AᵀA."""

    def check() -> None:
        a = matrix(rows)
        gram = a.transpose() * a
        squares = [value * value for value in spectra.singular_values(a, FIELD, [MAX_TERMS])]
        own = spectra.eigenvalues(gram, FIELD, [MAX_TERMS])
        assert all(one.overlaps(other) for one, other in zip(squares, own, strict=False))
        assert sum(squares[1:], squares[0]).overlaps(sum((gram[i, i] for i in range(1, gram.nrows())), gram[0, 0]))

    at_precision(BITS, check)


@settings(max_examples=40, deadline=None)
@given(tables(3, 3), tables(3, 2), st.sampled_from(["2", "F", "*"]))
def test_orthogonal_factors_keep_these_norms(skew: list[list[int]], rows: list[list[int]], name: str) -> None:
    """‖QA‖ = ‖A‖ for the spectral, Frobenius and nuclear norms, with Q by Cayley's transform."""

    def check() -> None:
        plain = matrix(skew)
        unit = matrix([[int(i == j) for j in range(3)] for i in range(3)])
        part = plain - plain.transpose()
        q = (unit - part) * (unit + part).inv()
        a = matrix(rows)
        which = Number(Fraction(2), "2") if name == "2" else Symbol(name)
        assert norms.norm(q * a, which, point()).overlaps(norms.norm(a, which, point()))

    at_precision(BITS, check)


@settings(max_examples=40, deadline=None)
@given(tables(3, 2), st.integers(1, 9))
def test_the_condition_number_does_not_depend_on_scale(rows: list[list[int]], scale: int) -> None:
    """κ(cA) = κ(A) ≥ 1, and κ(AᵀA) = κ(A)²; dependent columns have none."""

    def check() -> None:
        a = matrix(rows)
        try:
            own = spectra.condition(a, FIELD, [MAX_TERMS])
        except RetryError:
            assert np.linalg.matrix_rank(np.array(rows)) < 2
            return
        assert own.overlaps(spectra.condition(a * FIELD.number(Fraction(scale)), FIELD, [MAX_TERMS]))
        assert (own * own).overlaps(spectra.condition(a.transpose() * a, FIELD, [MAX_TERMS]))
        assert own > 0.999

    at_precision(BITS, check)


@settings(max_examples=40, deadline=None)
@given(tables(2, 3), tables(2, 3), st.sampled_from(["1", "2", "F", "∞", "*", "max"]))
def test_norms_obey_the_triangle_inequality(one: list[list[int]], other: list[list[int]], name: str) -> None:
    """‖A + B‖ ≤ ‖A‖ + ‖B‖, and ‖−A‖ = ‖A‖."""

    def check() -> None:
        a, b, which = matrix(one), matrix(other), Symbol(name)
        sizes = [norms.norm(value, which, point()) for value in (a, b, a + b, -a)]
        assert not sizes[2] > sizes[0] + sizes[1]
        assert sizes[3].overlaps(sizes[0])

    at_precision(BITS, check)


@pytest.mark.parametrize(
    ("which", "expected"),
    [("1", 6), ("∞", 7), ("F", 30**0.5), ("max", 4), ("2", 5.116672736016927), ("*", 7.0710678118654755)],
)
def test_norms_of_a_matrix(which: str, expected: float) -> None:
    """Largest sums of columns and rows, roots of sums of squares, and singular values, of [[1, −2], [3, 4]]."""
    found = norms.norm(matrix([[1, -2], [3, 4]]), Symbol(which), point())
    assert float(found.mid()) == pytest.approx(expected)


def test_bare_bars_mean_what_is_declared() -> None:
    """‖A‖ is undecided until the question says which norm it is."""
    a = matrix([[1, -2], [3, 4]])
    with pytest.raises(UnsupportedError, match="not declared"):
        norms.norm(a, None, point())
    spectral = norms.norm(a, None, point()._replace(norm="spectral"))
    assert spectral.overlaps(norms.norm(a, Symbol("op"), point()))
    frobenius = norms.norm(a, None, point()._replace(norm="frobenius"))
    assert frobenius.overlaps(norms.norm(a, Symbol("F"), point()))


def test_what_has_no_value_is_told() -> None:
    """Rationals have no singular values; a wide matrix no κ that all agree on; complex eigenvalues no order."""
    with pytest.raises(UnsupportedError, match="no rational numbers"):
        spectra.singular_values(matrix([[1]]), fields.exact(), [MAX_TERMS])
    with pytest.raises(UnsupportedError, match="more columns"):
        spectra.condition(matrix([[1, 2, 3], [4, 5, 7]]), FIELD, [MAX_TERMS])
    with pytest.raises(RetryError, match="not real"):
        spectra.eigenvalues(matrix([[0, -1], [1, 0]]), FIELD, [MAX_TERMS])
    with pytest.raises(ShapeError):
        spectra.eigenvalues(matrix([[0, -1]] * 3), FIELD, [MAX_TERMS])
    with pytest.raises(RetryError, match="past the end"):
        spectra.chosen(spectra.singular_values(matrix([[1, 2], [3, 4]]), FIELD, [MAX_TERMS]), 3)


def test_work_is_bounded() -> None:
    """Large matrices are refused, and so are many spectra in one evaluation."""
    large = matrix([[int(i == j) for j in range(spectra.MAX_SIZE + 1)] for i in range(spectra.MAX_SIZE + 1)])
    with pytest.raises(UnsupportedError, match="too large"):
        spectra.singular_values(large, FIELD, [MAX_TERMS])
    budget = [3]
    spectra.singular_values(matrix([[1, 2], [3, 4]]), FIELD, budget)
    assert budget == [2]
    with pytest.raises(UnsupportedError, match="too many"):
        for _ in range(4):
            spectra.singular_values(matrix([[1, 2], [3, 4]]), FIELD, budget)


def test_the_same_spectrum_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum over σ_i takes each of them from the same list."""
    calls: list[Any] = []
    inner = spectra._enclosures
    monkeypatch.setattr(spectra, "_enclosures", lambda found: calls.append(found) or inner(found))
    monkeypatch.setattr(spectra, "_KNOWN", spectra._Known())
    a = matrix([[1, 2, 5], [3, 4, 1], [0, 1, 2]])
    values = [evaluate(Call("singular", (Symbol("A"),), Number(Fraction(i), str(i))), point(A=a)) for i in (1, 2, 3)]
    assert len(calls) == 1
    assert values[0] > values[1] > values[2] > 0
