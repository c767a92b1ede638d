"""Claims about eigenvalues and decompositions: each is judged twice.

The first function of each pair searches small integer matrices for a counterexample and returns it; eigenvalues of
2 × 2 matrices are told by trace, determinant and discriminant, exactly. The confirmation works in floating point on
other matrices, with a law, or with SymPy.

Source: R. Horn and C. Johnson, "Matrix Analysis" (2013), sections 1.3, 2.5 and 2.6.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy

from reference.linear import Array, determinant, identity
from reference.linear_algebra.search import Answer, discriminant, judged, matrices, symmetric, trace_and_determinant
from reference.linear_algebra.search import written as text

Floats = npt.NDArray[Any]


# ---------------------------------------------------------------- spectra


def symmetric_matrices_have_orthogonal_eigenvectors() -> Answer:
    """“A symmetric real matrix has real eigenvalues, and orthonormal eigenvectors can be chosen.”

    For b ≠ 0 the eigenvectors of [[a, b], [b, c]] are (b, λ − a); their inner product is b² + (λ_1 − a)(λ_2 − a),
    which is b² plus the value of the characteristic polynomial at a.
    """

    def fails(A: Array) -> bool:
        (a, b), _ = A
        total, product = trace_and_determinant(A)
        return bool(discriminant(A) < 0 or (b != 0 and b * b + a * a - total * a + product != 0))

    return judged(
        ({"A": A} for A in symmetric()),
        fails,
        lambda A: f"the discriminant of its characteristic polynomial is {discriminant(A)}",
        "that is the spectral theorem",
    )


def symmetric_matrices_in_floating_point() -> bool:
    """The same for random symmetric matrices: eigenvalues by a method without symmetry, and a basis."""
    rng = np.random.default_rng(21)
    for size in (2, 3, 5):
        A = rng.normal(size=(size, size))
        A = A + A.T
        values, basis = np.linalg.eigh(A)
        if np.any(np.abs(np.imag(np.linalg.eigvals(A.astype(complex)))) > 1e-9):
            return False
        if not (np.allclose(basis.T @ basis, np.eye(size)) and np.allclose(A @ basis, basis * values)):
            return False
    return True


def trace_is_the_sum_of_eigenvalues() -> Answer:
    """“The trace is the sum of the eigenvalues, counted with multiplicity, even where these are complex.”

    The sum of the roots of a monic cubic is minus its second coefficient, here found from four values of
    det(λI − A).
    """

    def fails(A: Array) -> bool:
        values = [determinant(t * identity(3) - A) for t in (-1, 0, 1, 2)]
        # With p = λ³ + s λ² + …: p(1) + p(−1) = 2s + 2p(0).
        return bool((values[2] + values[0]) / 2 - values[1] != -np.trace(A))

    return judged(
        ({"A": A} for A in itertools.islice(matrices(3, 3, (0, 1)), 0, None, 3)),
        fails,
        lambda A: f"the trace is {np.trace(A)}, and the eigenvalues add up to another number",
        "the trace is minus the second coefficient of det(λI − A), and so is the sum of its roots",
    )


def trace_in_floating_point() -> bool:
    """The same for random matrices, with complex eigenvalues."""
    rng = np.random.default_rng(22)
    drawn = [rng.normal(size=(size, size)) for size in (2, 3, 5, 8)]
    return all(bool(np.isclose(np.sum(np.linalg.eigvals(A)), np.trace(A))) for A in drawn)


# ---------------------------------------------------------------- decompositions


def square_matrices_are_diagonalisable() -> Answer:
    """“Every square matrix is U D U⁻¹ with a diagonal D, if complex numbers are allowed.”

    A 2 x 2 matrix with a double eigenvalue is diagonalisable only if it is a multiple of I.
    """
    return judged(
        ({"A": A} for A in matrices(2, 2, (1, 0))),
        lambda A: bool(discriminant(A) == 0 and np.any(A[0, 0] * identity(2) != A)),
        lambda A: (
            f"both eigenvalues are {trace_and_determinant(A)[0] / 2}, so that U D U⁻¹ would be a multiple of I, "
            "and A is none"
        ),
        "eigenvectors always make up a basis",
    )


def shears_are_diagonalisable() -> bool:
    """The same for a shear of three dimensions, decided by SymPy."""
    return bool(sympy.Matrix([[2, 1, 0], [0, 2, 1], [0, 0, 2]]).is_diagonalizable())


def eigenvectors_make_a_rotation() -> Answer:
    """“In A = U D U⁻¹ with unit eigenvectors as columns of U, U⁻¹ is a rotation or a reflection.”

    For a 2 x 2 matrix with eigenvalues λ_1 ≠ λ_2 the eigenvectors stand at right angles exactly if AᵀA = AAᵀ.
    """

    def eigenvectors(A: Array) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        total, root = trace_and_determinant(A)[0], math.isqrt(int(discriminant(A)))
        b = A[0, 1]
        return (b, (total + root) / 2 - A[0, 0]), (b, (total - root) / 2 - A[0, 0])

    def inner(A: Array) -> Any:
        one, other = eigenvectors(A)
        return one[0] * other[0] + one[1] * other[1]

    def shows(A: Array) -> str:
        one, other = eigenvectors(A)
        return (
            f"the eigenvectors {text(list(one))} and {text(list(other))} do not stand at right angles, so UᵀU is not I"
        )

    squares = {n * n for n in range(1, 9)}
    return judged(
        ({"A": A} for A in matrices(2, 2, (1, 0, 2)) if discriminant(A) in squares and A[0, 1] != 0),
        lambda A: bool(inner(A) != 0),
        shows,
        "eigenvectors always stand at right angles",
    )


def eigenvectors_by_a_random_basis() -> bool:
    """The same: U D U⁻¹ for a basis U that is not orthogonal, whose eigenvectors are found again in floating point."""
    basis = np.array([[1.0, 0.5], [0.0, 1.0]])
    A = basis @ np.diag([3.0, 1.0]) @ np.linalg.inv(basis)
    found = np.linalg.eig(A)[1]
    return bool(np.allclose(found.T @ found, np.eye(2), atol=1e-6))


def every_matrix_has_a_singular_value_decomposition() -> Answer:
    """“Every real matrix is U S Vᵀ with orthonormal columns in U and V and a diagonal S without negative entries.”

    The decomposition is built: columns are turned in pairs until all of them stand at right angles (Jacobi's method);
    what is left is U S.
    """

    def fails(A: Array) -> bool:
        left, right = _turned(np.array(A, dtype=float))
        gram = left.T @ left
        off = gram - np.diag(np.diag(gram))
        orthogonal = np.allclose(right.T @ right, np.eye(len(right)))
        return not (
            np.allclose(off, 0, atol=1e-12) and orthogonal and np.allclose(left @ right.T, np.array(A, dtype=float))
        )

    shapes = ((2, 2), (2, 3), (3, 2), (1, 3))
    return judged(
        ({"A": A} for m, n in shapes for A in matrices(m, n, (0, 1, -2)[: 3 if m * n < 6 else 2])),
        fails,
        lambda A: "its columns cannot be turned to right angles",
        "the columns can be turned in pairs until they stand at right angles; their lengths are S",
    )


def _turned(A: Floats) -> tuple[Floats, Floats]:
    """A V with orthogonal columns, and V, by one-sided Jacobi rotations."""
    left, right = A.copy(), np.eye(A.shape[1])
    for _ in range(12):
        for i, j in itertools.combinations(range(A.shape[1]), 2):
            x, y = left[:, i], left[:, j]
            angle = 0.5 * math.atan2(2 * float(x @ y), float(x @ x - y @ y))
            c, s = math.cos(angle), math.sin(angle)
            turn = np.array([[c, -s], [s, c]])
            left[:, [i, j]] = left[:, [i, j]] @ turn
            right[:, [i, j]] = right[:, [i, j]] @ turn
    return left, right


def singular_values_by_a_library() -> bool:
    """The same for random matrices of several shapes and ranks, decomposed by LAPACK."""
    rng = np.random.default_rng(23)
    for m, n, r in itertools.product((1, 2, 4), (1, 3, 4), (1, 2)):
        A = rng.normal(size=(m, r)) @ rng.normal(size=(r, n))
        U, s, Vt = np.linalg.svd(A, full_matrices=False)
        fits = np.allclose(U * s @ Vt, A) and bool(np.all(s >= 0))
        if not (fits and np.allclose(U.T @ U, np.eye(len(s))) and np.allclose(Vt @ Vt.T, np.eye(len(s)))):
            return False
    return True
