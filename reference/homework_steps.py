"""Steps on the way to the answers of homework 8: powers for doubling, spectra, couplings, critical constraints, states.

Each is found by running the thing that it is a step of, and confirmed by looking at something else of it.
Numbers are exact unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from reference.encoder import best_encoder_by_descent
from reference.exact import Number, exact_number
from reference.linear import Array, determinant, exact_array, identity, number, solve, whole, zeros

MOST_ENTRIES = 1 << 14  # of a kernel that is made column by column

# ---------------------------------------------------------------- powers


def highest_power(N: int) -> int:
    """The highest power of A that is formed as a matrix when L = 2^N columns B, AB, … are made by doubling.

    Args:
        N: at least 1.
    """
    count = 1 << whole(N, "N", 1)
    columns, power = 1, 1
    while columns + power < count:  # A^power takes the columns there are to as many new ones
        columns += power
        power += power
    return power


def highest_matrix_power(A: Fraction, N: int) -> Fraction:
    """That power of a matrix of one entry.

    Raises:
        ValueError: it has too many digits to be written down.
    """
    exponent = highest_power(N)
    if exponent > MOST_ENTRIES:
        raise ValueError(f"too large: a power of {exponent}, at most {MOST_ENTRIES} is taken")
    return Fraction(A) ** exponent


def highest_matrix_power_by_squaring(A: Fraction, N: int) -> Fraction:
    """The same by the algorithm: columns of the numbers A⁰, A¹, … are doubled, and the last factor used is kept."""
    count = 1 << whole(N, "N", 1)
    if count > MOST_ENTRIES:
        raise ValueError(f"too large: {count} columns, at most {MOST_ENTRIES} are made")
    columns, factor, used = [Fraction(1)], Fraction(A), Fraction(1)
    while len(columns) < count:
        columns += [factor * column for column in columns]
        used, factor = factor, factor * factor
    return used


# ---------------------------------------------------------------- the spectrum of I + p pᵀ


def _dyad_plus_identity(p: Any) -> Array:
    column = exact_array(p, "p")
    return exact_array(identity(len(column)) + column @ column.T, "I + p pᵀ")


def largest_eigenvalue(p: Any) -> Fraction:
    """The eigenvalue of I + p pᵀ that is not 1, from the trace: all others are 1, since n − 1 directions meet p in 0.

    Args:
        p: n numbers, not all 0.
    """
    found = _dyad_plus_identity(p)
    return Fraction(np.trace(found)) - (len(found) - 1)


def largest_eigenvalue_by_determinant(p: Any) -> Fraction:
    """The same as the product of all eigenvalues."""
    return determinant(_dyad_plus_identity(p))


def spectrum(p: Sequence[Number]) -> list[Fraction]:
    """All eigenvalues of I + p pᵀ, each as often as it occurs, the largest first."""
    return [largest_eigenvalue(p), *[Fraction(1)] * (len(p) - 1)]


def spectrum_in_floats(p: Sequence[Number]) -> list[float]:
    """The same from a symmetric eigenvalue solver, in floating point."""
    found = np.linalg.eigvalsh(_dyad_plus_identity(p).astype(float))
    return [float(value) for value in found[::-1]]


def ones_in_the_spectrum(n: int) -> int:
    """How often 1 is an eigenvalue of I + p pᵀ for p ≠ 0: the dimension of the directions on which p pᵀ is 0.

    Args:
        n: size of p, at least 1.
    """
    size = whole(n, "n", 1)
    p = exact_array([[entry + 1] for entry in range(size)], "p")
    directions = [p[0, 0] * identity(size)[:, i : i + 1] - p[i, 0] * identity(size)[:, :1] for i in range(1, size)]
    return sum(not np.any(p @ (p.T @ direction)) and bool(np.any(direction)) for direction in directions)


def ones_in_the_spectrum_in_floats(n: int) -> int:
    """The same, counted among the eigenvalues for a p drawn at random.

    Raises:
        ValueError: too large a matrix.
    """
    size = whole(n, "n", 1)
    if size > 200:
        raise ValueError(f"too large: a {size} x {size} matrix, at most 200 x 200")
    p = np.random.default_rng(size).normal(size=size)
    return int(np.sum(np.isclose(np.linalg.eigvalsh(np.eye(size) + np.outer(p, p)), 1.0)))


# ---------------------------------------------------------------- entries off the diagonal


def _encoded(sigma: Sequence[Number], columns: int) -> Array:
    """Σ, m x columns, with the singular values on its diagonal."""
    found = zeros(len(sigma), columns)
    for i, value in enumerate(sigma):
        found[i, i] = exact_number(value, "sigma")
    return found


def _loss(W: Array, data: Array, lam: Fraction) -> Fraction:
    return Fraction(np.sum((data - W @ data) ** 2) + lam * np.sum(W**2))


def off_diagonal(sigma: Sequence[Number], lam: Number) -> Fraction:
    """An entry of W̃ beside the diagonal at the least ‖Σ − W̃Σ‖² + λ‖W̃‖², by descent on values of the loss.

    Args:
        sigma: singular values.
        lam: λ > 0.

    Raises:
        ValueError: the entries beside the diagonal are not all the same.
    """
    best = best_encoder_by_descent(_encoded(sigma, len(sigma) + 1), lam)
    (found,) = {number(best[i, j], "an entry") for i, j in np.ndindex(*best.shape) if i != j}
    return found


def off_diagonal_by_symmetry(sigma: Sequence[Number], lam: Number) -> Fraction:
    """The same without descent: turning the sign of one coordinate leaves the loss as it is and turns w̃_ij's, and the
    minimum is unique; so w̃_ij = −w̃_ij. The loss is looked at with random entries.
    """
    rng = np.random.default_rng(6)
    size, ridge = len(sigma), exact_number(lam, "lam")
    data = _encoded(sigma, size + 1)
    W = exact_array([[int(entry) for entry in row] for row in rng.integers(-5, 6, size=(size, size))], "W")
    for i in range(size):
        turned = identity(size)
        turned[i, i] = Fraction(-1)
        if _loss(turned @ W @ turned, data, ridge) != _loss(W, data, ridge):
            raise ValueError(f"the loss tells the sign of coordinate {i + 1}")
    return Fraction(0)


def off_diagonal_of_three(lam: Number) -> Fraction:
    """As :func:`off_diagonal`, for the singular values 3, 2, 1."""
    return off_diagonal([3, 2, 1], lam)


def off_diagonal_of_three_by_symmetry(lam: Number) -> Fraction:
    """As :func:`off_diagonal_by_symmetry`, for the singular values 3, 2, 1."""
    return off_diagonal_by_symmetry([3, 2, 1], lam)


def coupling(sigma_i: Number, sigma_j: Number, lam: Number) -> Fraction:
    """By what factor w̃_ij² enters the loss for i ≠ j, from its second difference in that entry.

    Args:
        sigma_i, sigma_j: singular values.
        lam: λ.
    """
    data = _encoded([sigma_i, sigma_j], 3)
    values = []
    for entry in (-1, 0, 1):
        W = exact_array([[2, entry], [3, 5]], "W")
        values.append(_loss(W, data, number(lam, "lam")))
    return (values[0] - 2 * values[1] + values[2]) / 2


def coupling_by_hand(sigma_i: Number, sigma_j: Number, lam: Number) -> float:
    """The same from the definition: w̃_ij times row j of Σ is added to row i of W̃Σ, in floating point."""
    row = np.array([0.0, float(sigma_j), 0.0])
    target = np.array([float(sigma_i), 0.0, 0.0])
    losses = [float(np.sum((target - 2 * target - w * row) ** 2)) + float(lam) * w * w for w in (0.0, 1.0)]
    return losses[1] - losses[0]


# ---------------------------------------------------------------- critical constraints


def critical_values(sigma: Sequence[Number], kept: int, at_least: Number, at_most: Number) -> list[Fraction]:
    """The singular value that limits λ from above, and the one that limits it from below.

    A direction that is to keep the share a allows λ ≤ σ²(1 − a)/a; one that is to be cut to b needs λ ≥ σ²(1 − b)/b.

    Args:
        sigma: singular values, in falling order.
        kept: how many of the first are to keep at least ``at_least``; the others are cut to at most ``at_most``.
        at_least, at_most: shares between 0 and 1.
    """
    values = [exact_number(value, "sigma") for value in sigma]
    keep, cut = exact_number(at_least, "at_least"), exact_number(at_most, "at_most")
    upper = {value: value**2 * (1 - keep) / keep for value in values[:kept]}
    lower = {value: value**2 * (1 - cut) / cut for value in values[kept:]}
    return [min(upper, key=upper.__getitem__), max(lower, key=lower.__getitem__)]


def critical_values_by_leaving_out(
    sigma: Sequence[Number], kept: int, at_least: Number, at_most: Number
) -> list[Fraction]:
    """The same: the direction without which the limit would move, found by bisection on the bare condition."""
    values = [exact_number(value, "sigma") for value in sigma]

    def limit(demand: Callable[[Fraction], bool]) -> Fraction:
        """Where a demand that holds at 0 and at no large λ ends, to 2^-40."""
        low, high = Fraction(0), Fraction(2**20)
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if demand(middle) else (low, middle)
        return low

    def moved(group: Sequence[Fraction], kept_group: bool) -> Fraction:
        def ends(members: Sequence[Fraction]) -> Fraction:
            if kept_group:
                return limit(lambda lam: all(v**2 >= at_least * (v**2 + lam) for v in members))
            return limit(lambda lam: any(v**2 > at_most * (v**2 + lam) for v in members))

        whole_group = ends(group)
        without = {v: ends([other for other in group if other != v]) for v in group}
        (found,) = [v for v in group if without[v] != whole_group] if len(group) > 1 else group
        return found

    if not all(one > other for one, other in pairwise(values)):
        raise ValueError("the singular values do not fall")
    return [moved(values[:kept], True), moved(values[kept:], False)]


# ---------------------------------------------------------------- what a decoder carries

Triple = tuple[Array, Array, Array]  # key, value, query: d x 1 each


def _stream(length: int, d: int, seed: int) -> list[Triple]:
    rng = np.random.default_rng(seed)
    return [
        (exact_array(k, "k"), exact_array(v, "v"), exact_array(q, "q"))
        for k, v, q in rng.integers(1, 4, size=(length, 3, d)).tolist()
    ]


def _by_regression(past: Sequence[Triple], query: Array) -> Array:
    """The output from all pairs so far, with λ = 1."""
    d = len(query)
    M = identity(d) + sum((k @ k.T for k, _, _ in past), zeros(d, d))
    S = sum((v @ k.T for k, v, _ in past), zeros(d, d))
    return S @ solve(M, query)


def carried(state_options: dict[str, str]) -> list[str]:
    """Which quantities the recursion with Sherman and Morrison's formula has to carry on: those it cannot forget.

    The recursion is run with everything carried, and again with one thing set back to its beginning at each position.

    Args:
        state_options: option key → what it is: inverse, sum, pairs, queries, outputs.
    """
    stream = _stream(5, 2, 7)
    true = [_by_regression(stream[: t + 1], query) for t, (_, _, query) in enumerate(stream)]
    return [key for key, what in state_options.items() if not _same(_run(stream, forgotten=what), true)]


def _same(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return all(not np.any(a != b) for a, b in zip(one, other, strict=True))


def _run(stream: Sequence[Triple], forgotten: str) -> list[Array]:
    d = len(stream[0][0])
    start: dict[str, Any] = {"inverse": identity(d), "sum": zeros(d, d), "pairs": [], "queries": [], "outputs": []}
    held = dict(start)
    outputs = []
    for key, value, query in stream:
        held[forgotten] = start[forgotten]
        right = held["inverse"] @ key
        held["inverse"] = held["inverse"] - right @ right.T / (1 + (key.T @ right)[0, 0])
        held["sum"] = held["sum"] + value @ key.T
        held["pairs"] = [*held["pairs"], (key, value)]
        held["queries"] = [*held["queries"], query]
        outputs.append(held["sum"] @ (held["inverse"] @ query))
        held["outputs"] = [*held["outputs"], outputs[-1]]
    return outputs


def carried_by_what_tells_pasts_apart(state_options: dict[str, str]) -> list[str]:
    """The same from pairs of pasts: one quantity is needed if the pasts differ in it alone and so does the next output.

    Pasts with the same inverse and the same sum, but other pairs (signs turned, another order), give the same output.
    """
    first = _stream(3, 2, 8)
    flipped = [(-k, -v, q) for k, v, q in reversed(first)]
    doubled = [(k, 2 * v, q) for k, v, q in first]
    longer = [(2 * k, v / 2, q) for k, v, q in first]
    asked = exact_array([[1], [2]], "q")
    out = {name: _by_regression(past, asked) for name, past in
           (("first", first), ("flipped", flipped), ("doubled", doubled), ("longer", longer))}  # fmt: skip
    needed = {"inverse": not _same([out["longer"]], [out["first"]]), "sum": not _same([out["doubled"]], [out["first"]])}
    rest = not _same([out["flipped"]], [out["first"]])
    return [key for key, what in state_options.items() if needed.get(what, rest)]
