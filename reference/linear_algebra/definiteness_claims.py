"""Claims about definiteness and eigenvalues: each is judged twice.

The first function of each pair searches small integer matrices for a counterexample and returns it; eigenvalues of
2 × 2 matrices are told by trace, determinant and discriminant, exactly. The confirmation works in floating point on
other matrices, or with a law.

Source: R. Horn and C. Johnson, "Matrix Analysis" (2013), sections 4.1 and 7.1.
"""

from __future__ import annotations

import itertools

import numpy as np

from reference.linear import Array
from reference.linear_algebra.quadratic_forms import definiteness, form
from reference.linear_algebra.search import (
    Answer,
    discriminant,
    judged,
    matrices,
    symmetric,
    trace_and_determinant,
    vectors,
    written,
)


def _positive_eigenvalues(A: Array) -> bool:
    """Whether both eigenvalues of a 2 x 2 matrix are real and positive."""
    total, product = trace_and_determinant(A)
    return discriminant(A) >= 0 and total > 0 and product > 0


def positive_eigenvalues_make_positive_definite() -> Answer:
    """“If all eigenvalues of a real square matrix are positive, then xᵀA x > 0 for every x ≠ 0.”"""
    return judged(
        (
            {"A": A, "x": x}
            for A in matrices(2, 2, (1, 0, -3))
            if _positive_eigenvalues(A)
            for x in vectors(2, (1, 0, -1))
        ),
        lambda A, x: form(A, x) <= 0,
        lambda A, x: f"the eigenvalues are positive, but xᵀAx = {written(form(A, x))}",
        "the form is always positive",
    )


def positive_eigenvalues_of_shears() -> bool:
    """The same for shears, all of whose eigenvalues are 1, by those of the symmetric part in floating point."""
    shears = [np.array([[1.0, t], [0.0, 1.0]]) for t in (0.5, 1.0, 4.0, -10.0)]
    return all(float(np.linalg.eigvalsh((A + A.T) / 2)[0]) > 0 for A in shears)


def positive_eigenvalues_of_symmetric_matrices() -> Answer:
    """“A symmetric matrix is positive definite exactly if all its eigenvalues are positive.”"""
    return judged(
        ({"A": A} for A in symmetric() if np.any(A != 0)),
        lambda A: _positive_eigenvalues(A) != (definiteness(A) == "PD"),
        lambda A: f"it is {definiteness(A)}",
        "along orthonormal eigenvectors xᵀAx is the sum of λ_i times the square of the coordinate",
    )


def symmetric_forms_along_eigenvectors() -> bool:
    """The same in floating point: a Cholesky factor exists exactly if the least eigenvalue is positive."""
    rng = np.random.default_rng(24)
    for shift in (-1.0, 0.5, 3.0):
        for _ in range(10):
            A = rng.normal(size=(3, 3))
            A = A + A.T + shift * np.eye(3)
            try:
                np.linalg.cholesky(A)
                factors = True
            except np.linalg.LinAlgError:
                factors = False
            if factors != bool(np.linalg.eigvalsh(A)[0] > 0):
                return False
    return True


def indefinite_forms_have_no_zero() -> Answer:
    """“If A is indefinite, then xᵀA x ≠ 0 for every x ≠ 0.”"""
    return judged(
        (
            {"A": A, "x": x}
            for A in matrices(2, 2, (1, 0, -1))
            if A[0, 1] == A[1, 0] and np.any(A != 0) and definiteness(A) == "indefinite"
            for x in vectors(2)
        ),
        lambda A, x: form(A, x) == 0,
        lambda A, x: "the form takes both signs, and at this x it is 0",
        "the form is never 0",
    )


def indefinite_forms_on_the_way() -> bool:
    """The same: on the way from an x with a positive form to one with a negative form there is a zero, by bisection."""
    A = np.array([[2.0, 1.0], [1.0, -3.0]])
    high, low = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    for _ in range(80):
        middle = (high + low) / 2
        if middle @ A @ middle > 0:
            high = middle
        else:
            low = middle
    return bool(abs(middle @ A @ middle) > 1e-9 or np.linalg.norm(middle) < 1e-3)


def indefinite_exactly_with_both_signs() -> Answer:
    """“A symmetric matrix is indefinite exactly if it has a positive and a negative eigenvalue.”"""

    def both(A: Array) -> bool:
        return trace_and_determinant(A)[1] < 0  # the product of two real eigenvalues

    return judged(
        ({"A": A} for A in symmetric() if np.any(A != 0)),
        lambda A: both(A) != (definiteness(A) == "indefinite"),
        lambda A: f"it is {definiteness(A)}",
        "at an eigenvector the form has the sign of the eigenvalue",
    )


def indefinite_by_sampling() -> bool:
    """The same in floating point: signs of the eigenvalues against signs of the form in many directions."""
    rng = np.random.default_rng(25)
    directions = rng.normal(size=(3, 20000))
    for _ in range(30):
        A = rng.normal(size=(3, 3))
        A = A + A.T
        values = np.linalg.eigvalsh(A)
        if min(abs(values)) < 0.2:
            continue  # too few of the directions would show the sign
        forms = np.sum(directions * (A @ directions), axis=0)
        if (values[0] < 0 < values[-1]) != bool(np.any(forms > 0) and np.any(forms < 0)):
            return False
    return True


def definiteness_tells_the_spectrum() -> Answer:
    """“Symmetric matrices of the same size and the same definiteness have the same eigenvalues.”"""
    positive = [A for A in symmetric() if np.any(A != 0) and definiteness(A) == "PD"]
    return judged(
        ({"A": A, "B": B} for A, B in itertools.combinations(positive, 2)),
        lambda A, B: trace_and_determinant(A) != trace_and_determinant(B),
        lambda A, B: (
            f"both are positive definite, but the eigenvalues add up to {trace_and_determinant(A)[0]} and to "
            f"{trace_and_determinant(B)[0]}"
        ),
        "the eigenvalues are the same",
    )


def definiteness_after_doubling() -> bool:
    """The same: 2A has the class of A; does it have its eigenvalues? In floating point."""
    A = np.array([[2.0, 1.0], [1.0, 2.0]])
    signs = [np.sign(np.linalg.eigvalsh(M)) for M in (A, 2 * A)]
    same_class = bool(np.all(signs[0] == signs[1]))
    return not (same_class and not np.allclose(np.linalg.eigvalsh(A), np.linalg.eigvalsh(2 * A)))
