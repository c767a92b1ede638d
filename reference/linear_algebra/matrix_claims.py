"""Claims about matrices, their products and identities: each is judged twice.

The first function of each pair searches small integer matrices for a counterexample and returns it. The confirmation
decides by a law, by solving for all matrices at once, or with symbols in place of numbers.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import sympy

from reference.linear import exact_array, identity
from reference.linear_algebra.search import Answer, judged, matrices, rank, vectors, written


def _symbols(name: str, rows: int, columns: int) -> Any:
    """A matrix of independent symbols."""
    return sympy.Matrix(rows, columns, lambda i, j: sympy.Symbol(f"{name}{i}{j}", real=True))


# ---------------------------------------------------------------- symmetric, diagonal


def symmetric_if_normal() -> Answer:
    """“A is symmetric exactly if A Aᵀ = Aᵀ A.”"""
    return judged(
        ({"A": A} for A in matrices(2, 2)),
        lambda A: bool(np.all(A @ A.T == A.T @ A)) != bool(np.all(A == A.T)),
        lambda A: f"A Aᵀ and Aᵀ A are both {written(A @ A.T)}, but A is not symmetric",
        "both hold for the same matrices",
    )


def symmetric_if_normal_by_rotations() -> bool:
    """The same: a rotation commutes with its transpose, its inverse; is each of them symmetric?"""
    for angle in np.linspace(0.1, 3.0, 8):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        normal = np.allclose(turn @ turn.T, turn.T @ turn)
        if normal != np.allclose(turn, turn.T):
            return False
    return True


def diagonal_without_zeros() -> Answer:
    """“A diagonal matrix has no 0 on its diagonal.”"""
    return judged(
        ({"A": A} for A in matrices(2, 2) if A[0, 1] == A[1, 0] == 0 and np.any(A != 0)),
        lambda A: bool(np.any(np.diag(A) == 0)),
        lambda A: "every entry off the diagonal is 0, which is all that is asked, and one on it is 0 too",
        "no diagonal matrix has one",
    )


def diagonal_without_zeros_by_commuting() -> bool:
    """The same: diagonal matrices are those that commute with diag(1, 2, 3); may an entry of them vanish?"""
    X, D = _symbols("x", 3, 3), sympy.diag(1, 2, 3)
    found = sympy.linsolve(list(X * D - D * X), list(X))
    (solution,) = found
    # Where an entry of the diagonal is free, it can be 0.
    return not any(solution[4 * i] == X[i, i] for i in range(3))


# ---------------------------------------------------------------- products


def product_is_associative() -> Answer:
    """“(AB)C = A(BC) whenever the shapes fit.”

    Both sides are linear in each factor, so that matrices with a single 1 decide.
    """
    units = [E for E in matrices(2, 2, (0, 1)) if np.sum(E) == 1]
    rows = [*vectors(2)]
    cases: Any = itertools.chain(
        ({"A": A, "B": B, "C": C} for A, B, C in itertools.product(units, repeat=3)),
        ({"A": x.T, "B": B, "C": y} for x, B, y in itertools.product(rows, matrices(2, 2), rows)),
    )
    return judged(
        cases,
        lambda A, B, C: bool(np.any((A @ B) @ C != A @ (B @ C))),
        lambda A, B, C: f"(AB)C is {written((A @ B) @ C)}, but A(BC) is {written(A @ (B @ C))}",
        "row times column is a double sum, and sums may be taken in any order",
    )


def product_is_associative_in_symbols() -> bool:
    """The same for matrices of symbols."""
    A, B, C = _symbols("a", 2, 3), _symbols("b", 3, 2), _symbols("c", 2, 2)
    return bool(((A * B) * C - A * (B * C)).applyfunc(sympy.expand) == sympy.zeros(2, 2))


def product_commutes() -> Answer:
    """“AB = BA for all square matrices of one size.”"""
    return judged(
        ({"A": A, "B": B} for A, B in itertools.product(matrices(2, 2, (0, 1)), repeat=2)),
        lambda A, B: bool(np.any(A @ B != B @ A)),
        lambda A, B: f"AB = {written(A @ B)}, but BA = {written(B @ A)}",
        "both products are the same",
    )


def product_commutes_in_symbols() -> bool:
    """The same for matrices of symbols."""
    A, B = _symbols("a", 2, 2), _symbols("b", 2, 2)
    return bool((A * B - B * A).applyfunc(sympy.expand) == sympy.zeros(2, 2))


def products_always_differ() -> Answer:
    """“AB and BA are different whenever A and B are.”"""
    return judged(
        ({"A": A, "B": B} for A, B in itertools.product(matrices(2, 2, (1, 0)), repeat=2) if np.any(A != B)),
        lambda A, B: bool(np.all(A @ B == B @ A)),
        lambda A, B: f"AB and BA are both {written(A @ B)}",
        "no two different matrices commute",
    )


def products_always_differ_by_powers() -> bool:
    """The same: a matrix and its square commute; is there one that differs from its square?"""
    A = np.array([[1.0, 2.0], [3.0, 5.0]])
    square = A @ A
    return not (np.allclose(A @ square, square @ A) and not np.allclose(A, square))


def reversed_product_needs_equal_outer_sizes() -> Answer:
    """“For A of n × m and B of m × o, the product BA exists exactly if o = n.”"""

    def fits(n: int, m: int, o: int) -> bool:
        left, right = np.ones((m, o)), np.ones((n, m))
        return left.shape[1] == right.shape[0] and (left @ right).shape == (m, m)

    return judged(
        ({"n": n, "m": m, "o": o} for n, m, o in itertools.product((1, 2, 3), repeat=3)),
        lambda n, m, o: fits(n, m, o) != (o == n),
        lambda n, m, o: "whether BA exists is not whether o = n",
        "BA has rows of B with o entries and columns of A with n entries",
    )


def reversed_product_by_trying() -> bool:
    """The same: SymPy's matrices refuse a product that has no meaning."""

    def exists(n: int, m: int, o: int) -> bool:
        try:
            sympy.zeros(m, o) * sympy.zeros(n, m)
        except sympy.ShapeError:
            return False
        return True

    return all(exists(n, m, o) == (o == n) for n, m, o in itertools.product((1, 2, 4), repeat=3))


# ---------------------------------------------------------------- identity


def commuting_with_all_is_identity() -> Answer:
    """“If AJ = JA for every A, then J is the identity.”"""
    units = [
        exact_array([[int((i, j) == (k, el)) for j in (0, 1)] for i in (0, 1)], "E") for k in (0, 1) for el in (0, 1)
    ]
    return judged(
        ({"J": J} for J in matrices(2, 2, (2, 0, 1)) if np.any(identity(2) != J)),
        # What commutes with the matrices that have a single 1 commutes with their sums.
        lambda J: all(np.all(E @ J == J @ E) for E in units),
        lambda J: f"AJ = JA = {J[0, 0]}A for every A, but J is not the identity",
        "only the identity commutes with all matrices",
    )


def commuting_with_all_by_equations() -> bool:
    """The same: the J that commute with two matrices which generate all others, as a system of equations."""
    J = _symbols("j", 2, 2)
    generators = (sympy.Matrix([[0, 1], [0, 0]]), sympy.Matrix([[0, 0], [1, 0]]))
    equations = [entry for E in generators for entry in E * J - J * E]
    (solution,) = sympy.linsolve(equations, list(J))
    free = {symbol for entry in solution for symbol in entry.free_symbols}
    return not free  # a free number c gives c I, which is the identity for c = 1 only


def identity_changes_nothing() -> Answer:
    """“A I = A and I A = A for every A, with identities of the sizes that fit.”"""
    return judged(
        ({"A": A} for rows, columns in itertools.product((1, 2), (1, 2, 3)) for A in matrices(rows, columns)),
        lambda A: bool(np.any(A @ identity(A.shape[1]) != A) or np.any(identity(len(A)) @ A != A)),
        lambda A: "the identity changes it",
        "row i of I picks row i of A, and nothing else",
    )


def identity_changes_nothing_in_symbols() -> bool:
    """The same for a matrix of symbols."""
    A = _symbols("a", 3, 2)
    return bool(A * sympy.eye(2) == A and sympy.eye(3) * A == A)


# ---------------------------------------------------------------- inner and outer products


def inner_product_is_symmetric() -> Answer:
    """“xᵀy = yᵀx for all x and y of one length.”"""
    return judged(
        ({"x": x, "y": y} for x, y in itertools.product(vectors(3), repeat=2)),
        lambda x, y: (x.T @ y)[0, 0] != (y.T @ x)[0, 0],
        lambda x, y: f"xᵀy = {(x.T @ y)[0, 0]}, but yᵀx = {(y.T @ x)[0, 0]}",
        "both are the sum of x_i y_i, and a number is its own transpose",
    )


def inner_product_is_symmetric_in_symbols() -> bool:
    """The same for vectors of symbols."""
    x, y = _symbols("x", 4, 1), _symbols("y", 4, 1)
    return bool(sympy.expand((x.T * y - y.T * x)[0, 0]) == 0)


def outer_product_is_symmetric() -> Answer:
    """“x yᵀ = y xᵀ for all x and y of one length.”"""
    return judged(
        ({"x": x, "y": y} for x, y in itertools.product(vectors(2), repeat=2)),
        lambda x, y: bool(np.any(x @ y.T != y @ x.T)),
        lambda x, y: f"x yᵀ = {written(x @ y.T)}, but y xᵀ = {written(y @ x.T)}",
        "both products are the same",
    )


def outer_product_is_symmetric_in_symbols() -> bool:
    """The same for vectors of symbols."""
    x, y = _symbols("x", 2, 1), _symbols("y", 2, 1)
    return bool((x * y.T - y * x.T).applyfunc(sympy.expand) == sympy.zeros(2, 2))


def outer_product_has_rank_one() -> Answer:
    """“x yᵀ has rank 1, whatever x and y are.”"""
    return judged(
        ({"x": x, "y": y} for x, y in itertools.product(matrices(2, 1, (1, 0)), repeat=2)),
        lambda x, y: rank(x @ y.T) != 1,
        lambda x, y: f"x yᵀ = {written(x @ y.T)} has rank {rank(x @ y.T)}",
        "it always has rank 1",
    )


def outer_product_rank_by_singular_values() -> bool:
    """The same by singular values, for vectors of different lengths whose entries may all vanish."""
    found = set()
    for left, right in itertools.product(([1.0, 2.0], [0.0, 0.0]), ([3.0, -1.0, 2.0], [0.0, 0.0, 0.0])):
        values = np.linalg.svd(np.outer(left, right), compute_uv=False)
        found.add(int(np.sum(values > 1e-12)))
    return found == {1}
