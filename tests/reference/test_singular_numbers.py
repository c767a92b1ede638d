"""Singular values of matrices of two columns: exact ones agree with the circle of unit vectors and with numpy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.numerical_analysis import singular

PAIRS = [
    ("squared_singular_values", "squared_singular_values_on_circle", lambda s: s**2),
    ("singular_values", "singular_values_on_circle", lambda s: s),
    ("spectral_norm", "spectral_norm_on_circle", lambda s: s[0]),
    ("pseudo_inverse_norm", "pseudo_inverse_norm_on_circle", lambda s: 1 / s[1]),
    ("truncation_error", "truncation_error_by_removal", lambda s: s[1]),
    ("condition_number", "condition_number_on_circle", lambda s: s[0] / s[1]),
    ("condition_of_gram", "condition_of_gram_on_circle", lambda s: (s[0] / s[1]) ** 2),
]
matrices = st.lists(st.lists(st.integers(-6, 6), min_size=2, max_size=2), min_size=2, max_size=3).filter(
    lambda rows: np.linalg.matrix_rank(np.array(rows)) == 2
)


@pytest.mark.parametrize(("exact", "confirmation", "by_numpy"), PAIRS, ids=[pair[0] for pair in PAIRS])
@given(rows=matrices)
@settings(deadline=None, max_examples=10)
def test_exact_values_agree_with_the_circle_and_with_numpy(exact, confirmation, by_numpy, rows):
    """For square and tall matrices without symmetry."""
    expected = np.array(by_numpy(np.linalg.svd(np.array(rows, dtype=float))[1]), dtype=float)
    for name in (exact, confirmation):
        found = np.array(getattr(singular, name)(rows), dtype=float)
        assert np.allclose(found, expected, rtol=1e-6, atol=1e-9), name


def test_the_matrix_of_the_bank():
    """[[3, 0], [4, 5]]: 45 and 5, whose roots are not its eigenvalues 5 and 3; the slips differ from the truth."""
    rows = [[3, 0], [4, 5]]
    assert singular.squared_singular_values(rows) == [45, 5]
    assert singular.singular_values(rows) == [3 * sympy.sqrt(5), sympy.sqrt(5)]
    assert singular.condition_number(rows) == 3
    assert singular.condition_of_gram(rows) == 9
    assert singular.frobenius_norm(rows) == sympy.sqrt(50)
    assert singular.frobenius_condition(rows) == sympy.Rational(10, 3)
    assert singular.inverse_of_norm(rows) != singular.pseudo_inverse_norm(rows)
    assert singular.difference_of_singular_values(rows) == 2 * sympy.sqrt(5)
    assert singular.doubled_condition(rows) == 6


def test_dependent_columns_make_the_question_trivial():
    """σ_2 is 0; there is no condition number."""
    for name in ("pseudo_inverse_norm", "condition_number", "condition_of_gram"):
        with pytest.raises(ValueError, match="trivial"):
            getattr(singular, name)([[1, 2], [2, 4]])


def test_condition_numbers_follow_from_norms_found_before():
    """κ is the product of the two norms, whatever they are, and κ(AᵀA) the square of κ; hopeless values are refused."""
    rows = [[3, 0], [4, 5]]
    assert singular.condition_number(rows, Fraction(7), Fraction(1, 2)) == sympy.Rational(7, 2)
    assert singular.condition_number(rows, part_pinv=Fraction(1, 2)) == sympy.sqrt(45) / 2
    assert float(singular.condition_number(rows, 6.7, None)) == pytest.approx(6.7 / np.sqrt(5))
    assert singular.condition_of_gram(rows, Fraction(5)) == 25
    with pytest.raises(ValueError, match="trivial"):
        singular.condition_number(rows, Fraction(-1), Fraction(2))
    with pytest.raises(ValueError, match="trivial"):
        singular.condition_of_gram(rows, Fraction(1, 3))


def test_another_number_of_columns_is_refused():
    """By name."""
    with pytest.raises(ValueError, match="A has 3 columns, expected 2"):
        singular.singular_values([[1, 2, 3]])
