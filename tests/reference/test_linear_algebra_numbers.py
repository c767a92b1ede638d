"""Sums, products, inverses, eigenvalues and what hangs on them: by hand, at random, unlike the mistakes."""

# Matrices keep the course's symbols.
# ruff: noqa: N803, N806

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from reference.linear import identity
from reference.linear_algebra import eigen, inverse, products, spread, sums

F = Fraction


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 9 with a sign, as fractions."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 10, size=shape) * rng.choice([-1, 1], size=shape)).astype(object) * F(1)


def same(found: np.ndarray, expected: object) -> bool:
    """Whether two arrays have the same shape and entries."""
    other = np.array(expected, dtype=object)
    return found.shape == other.shape and bool(np.all(found == other))


# ---------------------------------------------------------------- sums and products


def test_sums_and_multiples_of_the_slides():
    """The figures of the slides, by both ways."""
    A, B = [[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]
    for solver in (sums.added, sums.added_by_blocks):
        assert same(solver(A, B), [[8, 10], [12, 14], [16, 18]])
    for solver in (sums.vectors_added, sums.vectors_added_by_blocks):
        assert same(solver([1, 2, 3], [4, 5, 6]), [[5], [7], [9]])
    for solver in (sums.multiple, sums.multiple_by_identity):
        assert same(solver(3, A), [[3, 6], [9, 12], [15, 18]])
    for solver in (sums.divided, sums.divided_by_elimination):
        assert same(solver(A, 2), [[F(1, 2), 1], [F(3, 2), 2], [F(5, 2), 3]])
    for solver in (sums.vector_multiple, sums.vector_multiple_by_identity):
        assert same(solver(3, [1, 2, 3]), [[3], [6], [9]])
    for solver in (sums.combined, sums.combined_by_blocks):
        assert same(solver(3, [1, 2, 3], [F(1, 2), 1, 2]), [[F(5, 2)], [5], [7]])


@pytest.mark.parametrize("seed", range(5))
def test_sums_and_multiples_at_random(seed):
    """Both ways agree with NumPy, also for negative factors; the mistakes are other matrices."""
    A, B, k = draw(seed, 2, 4), draw(seed + 50, 2, 4), F(-7, 3)
    x, z = A[0], B[0]
    assert same(sums.added(A, B), A + B)
    assert same(sums.added_by_blocks(A, B), A + B)
    assert same(sums.multiple(k, A), k * A)
    assert same(sums.multiple_by_identity(k, A), k * A)
    assert same(sums.divided(A, k), A / k)
    assert same(sums.divided_by_elimination(A, k), A / k)
    expected = (k * x - z).reshape(-1, 1)
    assert same(sums.combined(k, x, z), expected)
    assert same(sums.combined_by_blocks(k, x, z), expected)
    for wrong in (sums.subtracted(A, B), sums.multiplied_entries(A, B)):
        assert not same(wrong, A + B)
    assert not same(sums.shifted(k, A), k * A)
    assert not same(sums.multiplied_instead(A, k), A / k)
    for wrong in (sums.combined_in_brackets(k, x, z), sums.combined_with_plus(k, x, z)):
        assert not same(wrong, expected)


def test_sums_need_equal_shapes():
    """The error names both."""
    for solver in (sums.added, sums.added_by_blocks):
        with pytest.raises(ValueError, match=r"shapes of A and B differ: \(1, 2\) and \(2, 1\)"):
            solver([[1, 2]], [[1], [2]])
    with pytest.raises(ValueError, match="divisor is 0"):
        sums.divided([[1]], 0)


def test_products_of_the_slides():
    """The figures of the slides, by both ways."""
    M, A, B = [[1, 2, 3], [4, 5, 6]], [[1, 1], [0, 0]], [[0, 0], [2, 0]]
    for solver in (products.transposed, products.transposed_by_inner_products):
        assert same(solver(M), [[1, 4], [2, 5], [3, 6]])
    for solver in (products.image, products.image_by_columns):
        assert same(solver(M, [1, 2, 3]), [[14], [32]])
    for solver in (products.product, products.product_by_dyads):
        assert same(solver(A, B), [[2, 0], [0, 0]])
    for solver in (products.product_reversed, products.product_reversed_by_dyads):
        assert same(solver(A, B), [[0, 0], [2, 2]])
    assert same(products.reshaped(M), [[1, 2], [3, 4], [5, 6]])
    assert same(products.turned(M), [[4, 1], [5, 2], [6, 3]])
    assert same(products.image_without_sums(M, [1, 2, 3]), [[1, 4, 9], [4, 10, 18]])


@pytest.mark.parametrize("seed", range(5))
def test_products_at_random(seed):
    """Both ways agree with NumPy on shapes in which an exchanged index would show."""
    A, B = draw(seed, 2, 3), draw(seed + 90, 3, 4)
    for solver in (products.product, products.product_by_dyads):
        assert same(solver(A, B), A @ B)
        with pytest.raises(ValueError, match=r"has 4 columns, but . has 2 rows"):
            solver(B, A)
    for solver in (products.transposed, products.transposed_by_inner_products):
        assert same(solver(A), A.T)
    for solver in (products.image, products.image_by_columns):
        assert same(solver(A, B[:, 0]), A @ B[:, [0]])


# ---------------------------------------------------------------- determinant and inverse

MATRICES = [[[3, 4], [2, 16]], [[0, 1], [1, 0]], [[1, 2], [3, 4]], [[-5, 2], [F(1, 2), 3]]]


@pytest.mark.parametrize("A", MATRICES)
def test_inverses(A):
    """A times its inverse is I, from both sides; determinants have their sign."""
    for solver in (inverse.inverse, inverse.cofactor_inverse):
        assert same(np.array(A, dtype=object) @ solver(A), identity(2))
        assert same(solver(A) @ np.array(A, dtype=object), identity(2))
    (a, b), (c, d) = A
    for solver in (inverse.area_determinant, inverse.cofactor_determinant):
        assert solver(A) == a * d - b * c


def test_the_inverse_of_the_slides_and_its_slips():
    """[[3, 4], [2, 16]] has the determinant 40; each slip gives another matrix, as the question foresees it."""
    A = [[3, 4], [2, 16]]
    found = inverse.inverse(A)
    assert same(found, [[F(2, 5), F(-1, 10)], [F(-1, 20), F(3, 40)]])
    slips = {
        inverse.inverse_without_determinant: [[16, -4], [-2, 3]],
        inverse.inverse_with_positive_corner: [[F(2, 5), F(1, 10)], [F(1, 20), F(3, 40)]],
        inverse.inverse_without_exchange: [[F(3, 40), F(-1, 10)], [F(-1, 20), F(2, 5)]],
        inverse.inverse_transposed: [[F(2, 5), F(-1, 20)], [F(-1, 10), F(3, 40)]],
        inverse.inverse_with_wrong_determinant: [[F(2, 7), F(-1, 14)], [F(-1, 28), F(3, 56)]],
        inverse.reciprocal_entries: [[F(1, 3), F(1, 4)], [F(1, 2), F(1, 16)]],
    }
    for slip, expected in slips.items():
        assert same(slip(A), expected)
        assert not same(found, expected)
    numbers = (inverse.determinant_with_plus, inverse.negative_determinant, inverse.trace_for_determinant)
    assert [slip(A) for slip in numbers] == [56, -40, 19]
    assert inverse.determinant_of_rows(A) == -20


def test_singular_matrices_have_no_inverse():
    """By both ways; slips that divide by 0 say so."""
    for solver in (inverse.inverse, inverse.cofactor_inverse):
        with pytest.raises(ValueError, match="singular"):
            solver([[1, 2], [2, 4]])
    with pytest.raises(ValueError, match=r"ad \+ bc is 0"):
        inverse.inverse_with_wrong_determinant([[1, 1], [-1, 1]])
    with pytest.raises(ValueError, match="entry 0"):
        inverse.reciprocal_entries([[1, 0], [0, 1]])


# ---------------------------------------------------------------- eigenvalues

SLIDES = [[4, 1], [2, 3]]
RATIONAL = [SLIDES, [[3, 2], [6, -1]], [[2, 0], [5, -1]], [[0, 3], [0, 1]], [[-4, 1], [-2, -1]]]


def test_the_example_of_the_slides():
    """λ² − 7λ + 10, 5 and 2, (1, 1) and (1, −2)."""
    for solver in (eigen.coefficients, eigen.coefficients_by_cayley_hamilton):
        assert solver(SLIDES) == [1, -7, 10]
    assert eigen.eigenvalues(SLIDES) == [5, 2]
    assert eigen.eigenvalues_by_iteration(SLIDES) == pytest.approx([5, 2])
    assert same(eigen.eigenvector_of_larger(SLIDES), [[1], [1]])
    assert same(eigen.eigenvector_of_smaller(SLIDES), [[1], [-2]])
    assert eigen.characteristic_polynomial(SLIDES) == "(1) λ^2 + (-7) λ + (10)"


@pytest.mark.parametrize("A", RATIONAL)
def test_eigenvectors_are_multiplied_by_their_eigenvalue(A):
    """A v = λ v exactly, v ≠ 0; and the iteration ends on the same line."""
    larger, smaller = eigen.eigenvalues(A)
    pairs = [
        (larger, eigen.eigenvector_of_larger(A), eigen.eigenvector_of_larger_by_iteration(A)),
        (smaller, eigen.eigenvector_of_smaller(A), eigen.eigenvector_of_smaller_by_iteration(A)),
    ]
    for value, vector, other in pairs:
        assert np.any(vector != 0)
        assert same(np.array(A, dtype=object) @ vector, value * vector)
        x, y = vector[:, 0]
        assert float(x) * other[1, 0] == pytest.approx(float(y) * other[0, 0], abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_characteristic_polynomials_at_random(seed):
    """Both ways give −trace and determinant, and the roots are eigenvalues by QR steps where they are real."""
    A = draw(seed, 2, 2)
    (a, b), (c, d) = A
    expected = [1, -(a + d), a * d - b * c]
    assert eigen.coefficients(A) == eigen.coefficients_by_cayley_hamilton(A) == expected
    if (a + d) ** 2 > 4 * expected[2]:
        assert [float(v) for v in eigen.eigenvalues(A)] == pytest.approx(eigen.eigenvalues_by_iteration(A), abs=1e-7)
    elif (a + d) ** 2 < 4 * expected[2]:
        with pytest.raises(ValueError, match="no real roots"):
            eigen.eigenvalues(A)
        with pytest.raises(ValueError, match="not real"):
            eigen.eigenvalues_by_iteration(A)


def test_eigenvalues_from_a_polynomial_that_was_handed_on():
    """The student's own polynomial counts in place of that of A; one without real roots asks nothing any more."""
    assert eigen.eigenvalues(SLIDES, part_a=[1, -7, 12]) == [4, 3]
    assert eigen.eigenvalues_by_iteration(SLIDES, part_a=[1, -7, 12]) == pytest.approx([4, 3])
    assert eigen.eigenvalues(SLIDES, part_a=[2, -4, 2]) == [1, 1]
    assert eigen.eigenvalues(SLIDES, part_a=[2, -14, 24]) == [4, 3]
    assert eigen.eigenvalues_by_iteration(SLIDES, part_a=[2, -14, 24]) == pytest.approx([4, 3])
    assert eigen.eigenvalues(SLIDES, part_a=[1, -2, -1]) == pytest.approx([1 + math.sqrt(2), 1 - math.sqrt(2)])
    for polynomial in ([1, 0, 1], [0, 1, 1], [1, 2]):
        with pytest.raises(ValueError, match=r"^trivial: "):
            eigen.eigenvalues(SLIDES, part_a=polynomial)


def test_a_students_own_numbers_are_carried_on():
    """A multiple, a determinant and coefficients found before take the place of the right ones."""
    assert same(sums.combined(3, [1, 2, 3], [1, 1, 1], part_e=[4, 5, 6]), [[3], [4], [5]])
    assert same(sums.combined(3, [1, 2, 3], [1, 1, 1], part_e=[[4, 5, 6]]), [[3], [4], [5]])
    assert same(inverse.inverse([[3, 4], [2, 16]], part_a=56), [[F(2, 7), F(-1, 14)], [F(-1, 28), F(3, 56)]])
    assert eigen.characteristic_polynomial(SLIDES, part_a=[1, 7, 10]) == "(1) λ^2 + (7) λ + (10)"
    with pytest.raises(ValueError, match=r"^trivial: that vector is not as long as z"):
        sums.combined(3, [1, 2, 3], [1, 1, 1], part_e=[4, 5])
    with pytest.raises(ValueError, match=r"^trivial: "):
        inverse.inverse([[3, 4], [2, 16]], part_a=0)
    with pytest.raises(ValueError, match=r"^trivial: "):
        eigen.characteristic_polynomial(SLIDES, part_a=[1, 7])


def test_slips_with_eigenvalues_are_those_that_the_question_foresees():
    """For [[4, 1], [2, 3]], with λ² − 7λ + 10, 5 and 2, (1, 1) and (1, −2), √(15 ± 5√5)."""
    assert eigen.coefficients_with_positive_trace(SLIDES) == [1, 7, 10]
    assert eigen.coefficients_reversed(SLIDES) == [10, -7, 1]
    assert eigen.coefficients_with_plus(SLIDES) == [1, -7, 14]
    assert eigen.coefficients_exchanged(SLIDES) == [1, -10, 7]
    assert eigen.eigenvalues_negated(SLIDES) == [-2, -5]
    assert eigen.diagonal(SLIDES) == [4, 3]
    assert same(eigen.larger_vector_with_wrong_sign(SLIDES), [[1], [-1]])
    assert same(eigen.smaller_vector_with_wrong_sign(SLIDES), [[1], [2]])
    assert spread.product_of_eigenvalues(SLIDES) == 10
    assert spread.determinant_with_plus(SLIDES) == 14
    assert spread.larger_eigenvalue(SLIDES) == 5
    assert spread.sizes_of_eigenvalues([[0, 2], [2, 0]]) == [2, 2]
    assert sorted(spread.squared_semi_axes(SLIDES)) == pytest.approx([15 - 5 * math.sqrt(5), 15 + 5 * math.sqrt(5)])
    assert spread.axes_from_end_to_end([[3, 0], [0, 1]]) == pytest.approx([6, 2])


def test_multiples_of_the_identity_are_refused():
    """Every vector is an eigenvector, and more than one quadratic equation holds."""
    with pytest.raises(ValueError, match="multiple of I"):
        eigen.eigenvector_of_larger([[2, 0], [0, 2]])
    with pytest.raises(ValueError, match="multiple of I"):
        eigen.coefficients_by_cayley_hamilton([[2, 0], [0, 2]])


# ---------------------------------------------------------------- areas and circles


@pytest.mark.parametrize("A", RATIONAL[:3])
def test_sums_areas_and_axes(A):
    """Trace, |det| and singular values, by two ways each and by NumPy."""
    floats = np.array(A, dtype=float)
    assert spread.sum_of_eigenvalues(A) == spread.sum_on_the_diagonal(A) == np.trace(floats)
    assert spread.area_factor(A) == pytest.approx(spread.area_factor_of_a_polygon(A))
    assert spread.area_factor(A) == pytest.approx(abs(np.linalg.det(floats)))
    axes = np.linalg.svd(floats, compute_uv=False)
    assert spread.semi_axes(A) == pytest.approx(axes)
    assert spread.semi_axes_of_the_image(A) == pytest.approx(axes)
    assert spread.sizes_of_eigenvalues(A) != pytest.approx(axes, rel=1e-3)


def test_the_axes_of_the_slides_matrix():
    """√(15 ± 5√5), 5.117 and 1.954, and not 5 and 2; symmetric matrices have |λ| for axes."""
    exact = [math.sqrt(15 + 5 * math.sqrt(5)), math.sqrt(15 - 5 * math.sqrt(5))]
    assert spread.semi_axes(SLIDES) == pytest.approx(exact)
    assert [round(axis, 3) for axis in exact] == [5.117, 1.954]
    assert spread.semi_axes([[1, 2], [2, 1]]) == pytest.approx([3, 1])
    assert spread.semi_axes_of_the_image([[1, 2], [2, 1]]) == pytest.approx([3, 1])
