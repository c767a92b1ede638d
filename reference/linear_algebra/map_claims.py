"""Claims about x ↦ A x: rank, one-to-one maps, circles and volumes; each is judged twice.

The first function of each pair searches small integer matrices for a counterexample and returns it. The confirmation
decides by dimensions, by mapping circles and boxes in floating point, or with the help of SymPy.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import sympy

from reference.linear import Array, determinant
from reference.linear_algebra.projections import null_part_by_orthogonal_rows
from reference.linear_algebra.search import Answer, judged, matrices, rank, trace_and_determinant, vectors, written

# ---------------------------------------------------------------- rank and one-to-one maps


def _count_of_eigenvalues(A: Array) -> int:
    """How many of the two eigenvalues of a 2 x 2 matrix are not 0."""
    total, product = trace_and_determinant(A)
    return 2 if product != 0 else int(total != 0)


def rank_counts_eigenvalues() -> Answer:
    """“The rank of a square matrix is the number of its eigenvalues that are not 0, counted with multiplicity.”"""
    return judged(
        ({"A": A} for A in matrices(2, 2, (0, 1))),
        lambda A: rank(A) != _count_of_eigenvalues(A),
        lambda A: f"the rank is {rank(A)}, but the number of eigenvalues other than 0 is {_count_of_eigenvalues(A)}",
        "the two numbers are always the same",
    )


def rank_counts_eigenvalues_of_a_shift() -> bool:
    """The same for the matrix that shifts three entries by one place: its third power is 0."""
    shift = np.diag([1.0, 1.0], k=1)
    if np.any(np.linalg.matrix_power(shift, 3)):
        return True
    return int(np.linalg.matrix_rank(shift)) == 0  # all eigenvalues of a matrix with a power 0 are 0


def full_rank_is_one_to_one() -> Answer:
    """“If A (m × n) has the rank min(m, n), then x ↦ A x is one-to-one.”"""
    shapes = itertools.product((1, 2), repeat=2)
    return judged(
        ({"A": A, "x": x} for m, n in shapes for A in matrices(m, n, (1, 0)) for x in vectors(n)),
        lambda A, x: bool(rank(A) == min(A.shape) and not np.any(A @ x)),
        lambda A, x: f"A has the full rank {rank(A)}, but takes both x and 0 to 0",
        "only 0 is taken to 0",
    )


def full_rank_is_one_to_one_by_dimensions() -> bool:
    """The same: the null space of a matrix of full rank has n − min(m, n) dimensions."""
    rng = np.random.default_rng(4)
    for m, n in itertools.product((1, 2, 3), repeat=2):
        matrix = sympy.Matrix(rng.integers(-9, 10, size=(m, n)).tolist())
        if matrix.rank() == min(m, n) and matrix.nullspace():
            return False
    return True


def independent_columns_are_one_to_one() -> Answer:
    """“x ↦ A x is one-to-one exactly if the rank of A is the number of its columns.”"""

    def fails(A: Array) -> bool:
        collapses = any(not np.any(A @ x) for x in vectors(A.shape[1]))
        return collapses == bool(rank(A) == A.shape[1])

    shapes = ((1, 2), (2, 2), (3, 2), (2, 3))
    return judged(
        ({"A": A} for m, n in shapes for A in matrices(m, n, (0, 1))),
        fails,
        lambda A: f"the rank is {rank(A)} with {A.shape[1]} columns",
        "A x is a combination of the columns, and only independent ones give 0 in a single way",
    )


def independent_columns_by_dimensions() -> bool:
    """The same: rank and dimension of the null space, found by SymPy, add up to the number of columns."""
    rng = np.random.default_rng(5)
    for m, n, r in itertools.product((1, 2, 3, 4), (1, 2, 3), (1, 2)):
        factors = rng.integers(-3, 4, size=(m, r)), rng.integers(-3, 4, size=(r, n))
        matrix = sympy.Matrix((factors[0] @ factors[1]).tolist())
        if (matrix.rank() == n) != (not matrix.nullspace()):
            return False
    return True


def row_part_has_the_same_image() -> Answer:
    """“If x_R is the projection of x onto the row space of A, then A x = A x_R.”"""

    def row_part(A: Array, x: Array) -> Array:
        found: Array = x - null_part_by_orthogonal_rows(A, x)
        return found

    return judged(
        (
            {"A": A, "x": x}
            for A, x in itertools.product([*matrices(1, 2), *matrices(2, 3, (0, 1))], [*vectors(2), *vectors(3)])
            if A.shape[1] == len(x) and rank(A) == len(A)
        ),
        lambda A, x: bool(np.any(A @ x != A @ row_part(A, x))),
        lambda A, x: f"A x = {written(A @ x)}, but x_R = {written(row_part(A, x))}",
        "what is left of x is orthogonal to every row, so A takes it to 0",
    )


def row_part_by_pseudo_inverse() -> bool:
    """The same in floating point, with A⁺A for the projection, also for matrices of lower rank."""
    rng = np.random.default_rng(6)
    for m, n, r in itertools.product((1, 2, 4), (2, 3, 5), (1, 2)):
        A = rng.normal(size=(m, r)) @ rng.normal(size=(r, n))
        x = rng.normal(size=n)
        if not np.allclose(A @ x, A @ (np.linalg.pinv(A) @ A @ x), atol=1e-9):
            return False
    return True


# ---------------------------------------------------------------- circles and volumes


def sphere_is_stretched_by_eigenvalues() -> Answer:
    """“The semi-axes of the image of the unit circle are the sizes of the eigenvalues of A.”

    The squares of the semi-axes are the eigenvalues of AᵀA. Both pairs of numbers have the product (det A)², so they
    are the same exactly if they have the same sum.
    """

    def sums(A: Array) -> tuple[Fraction, Fraction]:
        total, product = trace_and_determinant(A)
        return Fraction((A.T @ A).trace()), total**2 - 2 * product

    def shows(A: Array) -> str:
        axes, eigenvalues = sums(A)
        return f"the squares of the semi-axes add up to {axes}, and those of the eigenvalues to {eigenvalues}"

    cases = (A for A in matrices(2, 2, (1, 2, 0)) if determinant(A) != 0)
    real = ({"A": A} for A in cases if trace_and_determinant(A)[0] ** 2 >= 4 * determinant(A))
    return judged(real, lambda A: sums(A)[0] != sums(A)[1], shows, "both pairs are the same")


def sphere_by_walking_round() -> bool:
    """The same: the farthest point of the image of the circle against the largest |λ|, in floating point."""
    angles = np.linspace(0, np.pi, 2001)
    circle = np.array([np.cos(angles), np.sin(angles)])
    for rows in ([[4.0, 1.0], [2.0, 3.0]], [[1.0, 3.0], [0.0, 2.0]]):
        A = np.array(rows)
        farthest = float(np.max(np.linalg.norm(A @ circle, axis=0)))
        if abs(farthest - float(np.max(np.abs(np.linalg.eigvals(A))))) > 1e-3:
            return False
    return True


def _signed_and_plain_area(A: Array) -> tuple[Fraction, Fraction]:
    """det A, and the area of the image of the unit square, by the shoelace formula."""
    (a, b), (c, d) = A
    corners = [(0, 0), (a, c), (a + b, c + d), (b, d)]
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    twice = sum((x * v - u * y for (x, y), (u, v) in pairs), Fraction(0))
    return determinant(A), abs(Fraction(twice)) / 2


def determinant_is_ratio_of_volumes() -> Answer:
    """“det A is the volume of the image of a region over the volume of the region.”"""
    return judged(
        ({"A": A} for A in matrices(2, 2, (0, 1))),
        lambda A: _signed_and_plain_area(A)[0] != _signed_and_plain_area(A)[1],
        lambda A: (
            f"det A = {written(_signed_and_plain_area(A)[0])}, but the unit square goes to one of the area "
            f"{_signed_and_plain_area(A)[1]}: a volume has no sign"
        ),
        "both are always the same",
    )


def determinant_by_orthogonal_factors() -> bool:
    """The same: in A = QR the volume is made by R alone, without a sign; random matrices in floating point."""
    rng = np.random.default_rng(7)
    for _ in range(20):
        A = rng.normal(size=(3, 3))
        volume = float(np.prod(np.abs(np.diag(np.linalg.qr(A)[1]))))
        if not np.isclose(volume, np.linalg.det(A)):
            return False
    return True


def determinant_vanishes_without_full_rank() -> Answer:
    """“det A = 0 exactly if A (square) does not have full rank.”"""
    return judged(
        ({"A": A} for A in itertools.chain(matrices(2, 2), matrices(3, 3, (0, 1)))),
        lambda A: (determinant(A) == 0) != (rank(A) < len(A)),
        lambda A: f"det A = {determinant(A)}, and the rank is {rank(A)}",
        "dependent columns span a box without volume, and only these do",
    )


def determinant_vanishes_by_singular_values() -> bool:
    """The same in floating point: the determinant and the least singular value vanish together."""
    rng = np.random.default_rng(8)
    for size, r in itertools.product((2, 3, 4), (1, 2, 3, 4)):
        A = rng.normal(size=(size, r)) @ rng.normal(size=(r, size))
        least = np.linalg.svd(A, compute_uv=False)[-1]
        if (abs(np.linalg.det(A)) < 1e-9) != bool(least < 1e-9):
            return False
    return True
