"""Projections, symmetric parts and gradients: definitions agree with closed forms, and foreseen mistakes do not."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.linear import identity, inverse_by_cofactors
from reference.linear_algebra import dyads, gradients, projections, small_forms
from reference.linear_algebra import quadratic_forms as forms
from reference.linear_algebra.duals import Dual, gradient_by_duals, hessian_by_duals

F = Fraction


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 9 with a sign, as fractions."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 10, size=shape) * rng.choice([-1, 1], size=shape)).astype(object) * F(1)


def differ(found: np.ndarray, *others: np.ndarray) -> bool:
    """Whether none of the others is the same matrix."""
    return all(other.shape != found.shape or np.any(other != found) for other in others)


# ---------------------------------------------------------------- projections


@pytest.mark.parametrize("solver", [projections.projected, projections.projected_by_right_angle])
@pytest.mark.parametrize("d", [1, 2, 4])
def test_the_projection_onto_a_line(solver, d):
    """v vᵀb/(vᵀv), for vectors of any length; without the division, or with its root, it is another point."""
    v, b = draw(1, d, 1), draw(2, d, 1)
    square = (v.T @ v)[0, 0]
    found = solver(v, b)
    assert np.all(found == v @ v.T @ b / square)
    assert np.all(solver(2 * v, b) == found), "the line is the same"
    assert square == 1 or differ(found, v @ v.T @ b)


def test_a_projection_by_hand():
    """(3, 1) on the line of (1, 1) is (2, 2)."""
    for solver in (projections.projected, projections.projected_by_right_angle):
        assert solver([1, 1], [3, 1]).tolist() == [[2], [2]]


def test_a_line_needs_a_direction():
    """With v = 0 there is no nearest multiple."""
    for solver in (projections.projected, projections.projected_by_right_angle):
        with pytest.raises(ValueError, match=r"singular|strictly convex|not 0"):
            solver([0, 0], [1, 2])


@pytest.mark.parametrize("solver", [projections.projector, projections.projector_by_orthogonal_columns])
@pytest.mark.parametrize(("n", "d"), [(3, 1), (4, 2), (3, 3)])
def test_the_projector_onto_columns(solver, n, d):
    """X(XᵀX)⁻¹Xᵀ: symmetric, idempotent, and the identity on the columns."""
    X = draw(3, n, d)
    found = solver(X)
    assert np.all(found == X @ inverse_by_cofactors(X.T @ X) @ X.T)
    assert np.all(found @ found == found)
    assert np.all(found == found.T)
    assert np.all(found @ X == X)
    assert differ(found, X @ X.T)
    assert (n == d) == bool(np.all(found == identity(n)))


def test_dependent_columns_are_refused():
    """Their combinations have no single weights."""
    for solver in (projections.projector, projections.projector_by_orthogonal_columns):
        with pytest.raises(ValueError, match=r"strictly convex|independent"):
            solver([[1, 2], [2, 4], [3, 6]])


@pytest.mark.parametrize("solver", [projections.null_part, projections.null_part_by_orthogonal_rows])
@pytest.mark.parametrize(("m", "n"), [(1, 2), (2, 4), (2, 2)])
def test_the_part_in_the_null_space(solver, m, n):
    """A maps it to 0, and the rest is a combination of the rows; x − Aᵀ(AAᵀ)⁻¹Ax."""
    A, x = draw(4, m, n), draw(5, n, 1)
    found = solver(A, x)
    assert not np.any(A @ found)
    assert np.all(found == x - A.T @ inverse_by_cofactors(A @ A.T) @ A @ x)
    assert (m == n) == (not np.any(found))


def test_the_row_part_alone_has_the_same_image():
    """A x = A x_R, while x_R is not x."""
    A, x = draw(6, 2, 3), draw(7, 3, 1)
    assert np.all(projections.image(A, x) == projections.image_of_the_row_part(A, x))
    assert np.all(projections.image(A, x) == A @ x)
    assert np.any(projections.null_part(A, x) != 0)


@pytest.mark.parametrize("v", [[1, 2], [-3, 1], [F(1, 2), 5]])
def test_the_projector_onto_a_line_in_the_plane(v):
    """v vᵀ/(vᵀv) by both ways; the slips are other matrices, and the two parts of b add up to it."""
    line = np.array(v, dtype=object).reshape(2, 1) * F(1)
    expected = line @ line.T / (line.T @ line)[0, 0]
    for solver in (projections.line_projector, projections.line_projector_by_reflection):
        assert np.all(solver(v) == expected)
    assert differ(expected, projections.dyad(v), projections.complement(v))
    b = draw(21, 2, 1)
    assert np.all(projections.projected(v, b) + projections.remainder(v, b) == b)
    assert np.all(projections.projected_the_other_way(v, b) == projections.projected(b, v))
    assert np.all(projections.projected_without_division(v, b) == line @ line.T @ b)


# ---------------------------------------------------------------- quadratic forms


@pytest.mark.parametrize("solver", [forms.symmetric_matrix, forms.symmetric_matrix_by_interpolation])
@pytest.mark.parametrize("d", [1, 2, 3, 4])
def test_the_symmetric_matrix_of_a_form_is_the_symmetric_part(solver, d):
    """(A + Aᵀ)/2, which is neither A nor A + Aᵀ."""
    A = draw(8, d, d)
    found = solver(A)
    assert np.all(found == (A + A.T) / 2)
    assert differ(found, A + A.T)
    assert d == 1 or differ(found, A, A.T, (A - A.T) / 2)


def test_the_value_of_a_form_by_two_ways():
    """xᵀA x for [[1, 2], [3, 4]] at (1, −2) is 1 − 4 − 6 + 16 = 7; at random too."""
    assert forms.form([[1, 2], [3, 4]], [1, -2]) == forms.form_by_entries([[1, 2], [3, 4]], [1, -2]) == 7
    A, x = draw(19, 3, 3), draw(20, 3, 1)
    assert forms.form(A, x) == forms.form_by_entries(A, x)


BY_HAND = [
    ([[2, 0], [0, 3]], "PD"),
    ([[1, 1], [1, 1]], "PSD"),
    ([[0, 0], [0, 5]], "PSD"),
    ([[-2, 0], [0, -1]], "ND"),
    ([[-1, 1], [1, -1]], "NSD"),
    ([[1, 0], [0, -1]], "indefinite"),
    ([[0, 1], [1, 0]], "indefinite"),
    ([[1, -10], [0, 1]], "indefinite"),  # eigenvalues 1, 1; the form is −8 at (1, 1)
    ([[1, -1], [0, 1]], "PD"),
    ([[1, -2], [0, 1]], "PSD"),
    ([[0, 0, 0], [0, -1, 0], [0, 0, 1]], "indefinite"),  # no leading minor is negative
    ([[0, 0], [0, -1]], "NSD"),
    ([[5]], "PD"),
]


@pytest.mark.parametrize(("matrix", "name"), BY_HAND)
def test_definiteness_by_hand(matrix, name):
    """Both ways give the narrowest class, also where only the symmetric part decides."""
    assert forms.definiteness(matrix) == forms.definiteness_by_eigenvalues(matrix) == name


@pytest.mark.parametrize("seed", range(40))
def test_definiteness_by_minors_and_by_eigenvalues_agree(seed):
    """On random matrices without symmetry, and on Gram matrices of low rank with either sign."""
    rng = np.random.default_rng(seed)
    B = rng.integers(-3, 4, size=(3, 1 + seed % 3)).astype(object)
    for matrix in (rng.integers(-3, 4, size=(3, 3)).astype(object), B @ B.T, -B @ B.T):
        if np.any(matrix + matrix.T != 0):
            assert forms.definiteness(matrix) == forms.definiteness_by_eigenvalues(matrix)


def test_a_form_that_is_zero_everywhere_fits_two_classes():
    """A skew matrix has this form; it is refused and not put into one of them."""
    for solver in (forms.definiteness, forms.definiteness_by_eigenvalues):
        with pytest.raises(ValueError, match="fits two classes"):
            solver([[0, 3], [-3, 0]])


# ---------------------------------------------------------------- gradients


@pytest.mark.parametrize("solver", [gradients.gradient_of_linear, gradients.gradient_of_linear_by_duals])
def test_the_gradient_of_a_linear_function(solver):
    """b, and not x."""
    b, x = draw(9, 3, 1), draw(10, 3, 1)
    assert np.all(solver(b, x) == b)
    assert differ(b, x)


@pytest.mark.parametrize("solver", [gradients.gradient_of_quadratic, gradients.gradient_of_quadratic_by_duals])
@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_gradient_of_a_quadratic_form(solver, d):
    """(A + Aᵀ)x; 2Ax only if A is symmetric."""
    A, x = draw(11, d, d), draw(12, d, 1)
    found = solver(A, x)
    assert np.all(found == (A + A.T) @ x)
    assert differ(found, A @ x)
    assert d == 1 or differ(found, 2 * A @ x, 2 * A.T @ x)
    assert np.all(solver(A + A.T, x) == 2 * (A + A.T) @ x)


@pytest.mark.parametrize("solver", [gradients.hessian_of_quadratic, gradients.hessian_of_quadratic_by_duals])
@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_hessian_of_a_quadratic_form(solver, d):
    """A + Aᵀ; 2A only if A is symmetric."""
    A = draw(13, d, d)
    found = solver(A)
    assert np.all(found == A + A.T)
    assert differ(found, A)
    assert d == 1 or differ(found, 2 * A, 2 * A.T)


@pytest.mark.parametrize("solver", [gradients.slope_of_product, gradients.slope_of_product_by_duals])
def test_the_product_rule(solver):
    """f′g + fg′ at random values; x · x has the slope 2x."""
    f, g, p, q = F(2, 3), F(-5), F(7), F(1, 4)
    assert solver(f, g, p, q) == p * g + f * q
    assert solver(f, g, p, q) not in (p * q, p * g - f * q, p * g, p + q)
    assert solver(3, 3, 1, 1) == 6


def test_dual_numbers_follow_the_rules_of_differentiation():
    """x³ at 2 has slope 12, and x²y has the mixed second derivative 2x; other numbers are constants."""
    x = Dual(F(2), F(1))
    assert x * x * x == Dual(8, 12)
    assert 3 * x + 1 == Dual(7, 3)
    at = np.array([[F(3)], [F(5)]], dtype=object)

    def f(z):
        return z[0, 0] * z[0, 0] * z[1, 0]

    assert gradient_by_duals(f, at).tolist() == [[30], [9]]
    assert hessian_by_duals(f, at).tolist() == [[10, 6], [6, 0]]


def test_a_small_form_by_hand():
    """[[4, 1], [2, 3]] at (1, 2): 4 + 2 + 4 + 12 = 22, gradient (14, 15), Hessian [[8, 3], [3, 6]], and the slips."""
    A, x = [[4, 1], [2, 3]], [1, 2]
    assert small_forms.value(A, x) == small_forms.value_by_entries(A, x) == 22
    assert small_forms.value_of_the_diagonal(A, x) == 16
    for solver in (small_forms.symmetric, small_forms.symmetric_by_interpolation):
        assert solver(A).tolist() == [[4, F(3, 2)], [F(3, 2), 3]]
    for solver in (small_forms.gradient, small_forms.gradient_by_duals):
        assert solver(A, x).tolist() == [[14], [15]]
    for solver in (small_forms.hessian, small_forms.hessian_by_duals):
        assert solver(A).tolist() == [[8, 3], [3, 6]]
    assert small_forms.gradient_as_if_symmetric(A, x).tolist() == [[12], [16]]
    assert small_forms.gradient_of_one_factor(A, x).tolist() == [[6], [8]]
    assert small_forms.twice(A).tolist() == [[8, 2], [4, 6]]


# ---------------------------------------------------------------- inner and outer products


def test_inner_products_by_hand_and_at_random():
    """(1, 2, 3)·(4, 5, 6) = 32, by both ways; vectors of different lengths have none."""
    for solver in (dyads.inner_product, dyads.inner_product_by_lengths):
        assert solver([1, 2, 3], [4, 5, 6]) == 32
        x, y = draw(14, 4, 1), draw(15, 4, 1)
        assert solver(x, y) == (x.T @ y)[0, 0] == solver(y, x)
        with pytest.raises(ValueError, match="shapes of x and y differ"):
            solver([1, 2], [1, 2, 3])


@pytest.mark.parametrize("solver", [dyads.dyad_rank, dyads.dyad_rank_by_singular_values])
@pytest.mark.parametrize(
    ("x", "y", "rank"), [([1, 2, 3], [4, 5], 1), ([0, 1], [0, 0, 2], 1), ([0, 0], [1, 2], 0), ([1], [0, 0], 0)]
)
def test_a_dyad_has_rank_one_unless_a_factor_is_zero(solver, x, y, rank):
    """Also where its first row or column is 0."""
    assert solver(x, y) == rank


def test_identities_change_nothing():
    """On both sides, for matrices that are not square."""
    A = draw(16, 2, 3)
    assert np.all(dyads.with_identities(A) == A)
    assert np.all(dyads.with_identities_by_units(A) == A)


def test_the_trace_by_two_ways():
    """The sum of the diagonal is the rate at which det(I + hA) grows; it takes a square matrix."""
    A = draw(17, 3, 3)
    assert dyads.trace(A) == A[0, 0] + A[1, 1] + A[2, 2] == pytest.approx(dyads.trace_by_growth(A))
    with pytest.raises(ValueError, match="A is 2 x 3, expected a square matrix"):
        dyads.trace(draw(18, 2, 3))
