"""Projections: the nearest point of a subspace, without the formulas that are asked for.

The first function of each pair looks for the nearest point itself, by descent on the squared distance or by its
conditions in one system of equations; the second one makes columns or rows orthogonal.

Vectors are columns of ``Fraction``, and so are the results.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, determinant, exact_array, identity, minimiser, shaped, solve, zeros


def _not_zero(line: Array) -> None:
    if not np.any(line != 0):
        raise ValueError("v is 0, expected a vector that is not 0: it spans no line")


def projected(v: Any, b: Any) -> Array:
    """The point of the line through v that is nearest to b, by descent on the squared distance.

    Args:
        v, b: d x 1.

    Raises:
        ValueError: v is 0.
    """
    line = exact_array(v, "v")
    _not_zero(line)
    target = shaped(b, "b", len(line), 1)
    return line @ minimiser(lambda c: Fraction(np.sum((line @ c - target) ** 2)), 1, 1)


def projected_by_right_angle(v: Any, b: Any) -> Array:
    """The same: b = c v + r with r at right angles to v, as one system for r and c."""
    line = exact_array(v, "v")
    _not_zero(line)
    d = len(line)
    target = shaped(b, "b", d, 1)
    above = np.concatenate([identity(d), line], axis=1)
    below = np.concatenate([line.T, zeros(1, 1)], axis=1)
    rest = solve(np.concatenate([above, below]), np.concatenate([target, zeros(1, 1)]))[:d]
    return target - rest


def projector(X: Any) -> Array:
    """The matrix that takes each vector to the nearest combination of the columns of X, by descent.

    Args:
        X: n x d, with independent columns.

    Returns:
        n x n; its columns are the nearest points of the unit vectors.

    Raises:
        ValueError: the columns are not independent.
    """
    columns = exact_array(X, "X")
    n, d = columns.shape
    if determinant(columns.T @ columns) == 0:
        raise ValueError("the columns are not independent")
    units = identity(n)

    def nearest(target: Array) -> Array:
        return columns @ minimiser(lambda w: Fraction(np.sum((columns @ w - target) ** 2)), d, 1)

    return np.concatenate([nearest(units[:, [j]]) for j in range(n)], axis=1)


def projector_by_orthogonal_columns(X: Any) -> Array:
    """The same as a sum of q qᵀ/(qᵀq) over columns made orthogonal one after the other."""
    columns = exact_array(X, "X")
    return sum((q @ q.T / (q.T @ q)[0, 0] for q in _orthogonal(columns)), zeros(len(columns), len(columns)))


def _orthogonal(columns: Array) -> list[Array]:
    """Gram and Schmidt's columns, without square roots."""
    found: list[Array] = []
    for j in range(columns.shape[1]):
        q = columns[:, [j]]
        for known in found:
            q = q - known * ((known.T @ q)[0, 0] / (known.T @ known)[0, 0])
        if np.all(q == 0):
            raise ValueError("the columns are not independent")
        found.append(q)
    return found


# ---------------------------------------------------------------- row space and null space


def null_part(A: Any, x: Any) -> Array:
    """The point of the null space of A that is nearest to x, by its conditions x = z + Aᵀμ and A z = 0.

    Args:
        A: m x n, with independent rows.
        x: n x 1.

    Raises:
        ValueError: the rows are not independent.
    """
    matrix = exact_array(A, "A")
    m, n = matrix.shape
    target = shaped(x, "x", n, 1)
    above = np.concatenate([identity(n), matrix.T], axis=1)
    below = np.concatenate([matrix, zeros(m, m)], axis=1)
    return solve(np.concatenate([above, below]), np.concatenate([target, zeros(m, 1)]))[:n]


def null_part_by_orthogonal_rows(A: Any, x: Any) -> Array:
    """The same: x without its parts along the rows, made orthogonal one after the other."""
    matrix = exact_array(A, "A")
    rest = shaped(x, "x", matrix.shape[1], 1)
    for q in _orthogonal(matrix.T):
        rest = rest - q * ((q.T @ rest)[0, 0] / (q.T @ q)[0, 0])
    return rest


def image(A: Any, x: Any) -> Array:
    """A x, row times column."""
    matrix = exact_array(A, "A")
    target = shaped(x, "x", matrix.shape[1], 1)
    found = zeros(len(matrix), 1)
    for i, j in np.ndindex(*matrix.shape):
        found[i, 0] += matrix[i, j] * target[j, 0]
    return found


def image_of_the_row_part(A: Any, x: Any) -> Array:
    """A times the part of x in the row space alone."""
    matrix = exact_array(A, "A")
    found: Array = matrix @ (exact_array(x, "x") - null_part_by_orthogonal_rows(A, x))
    return found


# ---------------------------------------------------------------- slips, for vectors of numbers


def projected_without_division(v: Any, b: Any) -> Array:
    """v vᵀb: right for v of length 1 only."""
    line = exact_array(v, "v")
    found: Array = line @ line.T @ exact_array(b, "b")
    return found


def projected_the_other_way(v: Any, b: Any) -> Array:
    """v projected onto b."""
    return projected_by_right_angle(b, v)


def remainder(v: Any, b: Any) -> Array:
    """What is left of b at right angles to v."""
    found: Array = exact_array(b, "b") - projected_by_right_angle(v, b)
    return found


def line_projector(v: Any) -> Array:
    """The matrix that projects onto the line of v; its columns are the projections of the unit vectors."""
    line = exact_array(v, "v")
    units = identity(len(line))
    return np.concatenate([projected(line, units[:, [j]]) for j in range(len(units))], axis=1)


def line_projector_by_reflection(v: Any) -> Array:
    """The same as (I + S)/2, where S reflects in the line: the only S with S v = v and S w = −w for w ⊥ v.

    Args:
        v: two numbers, not both 0.
    """
    line = shaped(v, "v", 2, 1)
    across = exact_array([-line[1, 0], line[0, 0]], "w")
    before, after = np.concatenate([line, across], axis=1), np.concatenate([line, -across], axis=1)
    reflection = solve(before.T, after.T).T
    found: Array = (identity(2) + reflection) / 2
    return found


def dyad(v: Any) -> Array:
    """v vᵀ, not divided by vᵀv."""
    line = exact_array(v, "v")
    found: Array = line @ line.T
    return found


def complement(v: Any) -> Array:
    """I − P: the projection onto what is at right angles to v."""
    found: Array = identity(len(exact_array(v, "v"))) - line_projector(v)
    return found
