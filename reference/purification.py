"""Ridge-regularised linear purification: losses of two encoders, and the ridge strengths that fit a demand.

Data X is m x n, one column a point. An encoder W (m x m) has the reconstruction loss ‖X − W X‖² and the
regularization loss ‖W‖² (squared Frobenius norms); its total loss is reconstruction + λ · regularization.
The best encoder works on each singular direction of X alone: along a direction with singular value σ it
multiplies by the gain w that minimises σ²(1 − w)² + λ w², which is σ²/(σ² + λ).

Each range of λ is found twice: by algebra, and by a scan with bisection that knows only the condition
itself. Both are exact, so an end point's membership is decided, not rounded. The domain is λ >= 0 throughout:
some negative λ satisfy the inequalities of the gains, and none of them is a ridge strength.

Source: Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970); Hastie, Tibshirani and Friedman,
"The Elements of Statistical Learning", 2nd ed., section 3.4.1 (gains of singular directions).

Numbers are ``int`` or ``Fraction``. λ, reconstruction and total loss carry the square of X's unit; gains and
regularization loss have none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import sympy

from reference.encoder import (  # noqa: F401 - the spec finds them here
    best_encoder,
    best_encoder_by_descent,
)
from reference.exact import Matrix, Number, Rows, exact_matrix, exact_number

# The scan looks at λ = 0 and at the powers of two from 2^-LOW to 2^HIGH; beyond them it sees nothing change.
LOW, HIGH = 40, 40
# Halvings of a bracket. Its width is then below 2^(HIGH - HALVINGS), so it holds at most one fraction whose
# denominator is below 2^((HALVINGS - HIGH) / 2), and the simplest fraction in it is that one.
HALVINGS = 120


def _check_encoder(X: Matrix, W: Matrix, name: str) -> None:
    if len(W) != len(X) or len(W[0]) != len(X):
        raise ValueError(f"{name} is {len(W)} x {len(W[0])}, expected {len(X)} x {len(X)}")


def _losses(X: Matrix, W: Matrix) -> tuple[Fraction, Fraction]:
    """Reconstruction and regularization loss, entry by entry."""
    m, n = len(X), len(X[0])
    reconstruction = sum(
        ((X[i][k] - sum((W[i][j] * X[j][k] for j in range(m)), Fraction(0))) ** 2) for i in range(m) for k in range(n)
    )
    regularization = sum(entry**2 for row in W for entry in row)
    return Fraction(reconstruction), Fraction(regularization)


def loss_table(X: Rows, W_alpha: Rows, W_beta: Rows) -> list[Fraction]:
    """The four losses of two encoders, exactly.

    Args:
        X: data, m x n.
        W_alpha, W_beta: encoders, m x m.

    Returns:
        [α reconstruction, α regularization, β reconstruction, β regularization].

    Raises:
        TypeError, ValueError: an inexact number, or shapes that do not fit.
    """
    data = exact_matrix(X, "X")
    table: list[Fraction] = []
    for name, rows in (("W_alpha", W_alpha), ("W_beta", W_beta)):
        W = exact_matrix(rows, name)
        _check_encoder(data, W, name)
        table.extend(_losses(data, W))
    return table


def gram_loss_table(X: Rows, W_alpha: Rows, W_beta: Rows) -> list[float]:
    """The same four losses in floating point, through the Gram matrix and singular values.

    ‖X − W X‖² = tr((I − W) X Xᵀ (I − W)ᵀ), and ‖W‖² is the sum of the squared singular values of W.
    """
    data = np.array(X, dtype=float)
    gram = data @ data.T
    table: list[float] = []
    for rows in (W_alpha, W_beta):
        W = np.array(rows, dtype=float)
        rest = np.eye(len(W)) - W
        table.append(float(np.trace(rest @ gram @ rest.T)))
        table.append(float(np.sum(np.linalg.svd(W, compute_uv=False) ** 2)))
    return table


# ---------------------------------------------------------------- ranges of λ by algebra


def _rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def _nonnegative() -> sympy.Set:
    return sympy.Interval(0, sympy.oo)


def alpha_worse_range(X: Rows, W_alpha: Rows, W_beta: Rows) -> sympy.Set:
    """The λ >= 0 at which encoder α has the larger total loss, by algebra.

    The difference of the total losses is a + b λ with a the difference of the reconstruction losses and b
    that of the regularization losses; it must be positive.

    Args:
        X: data, m x n.
        W_alpha, W_beta: encoders, m x m.

    Returns:
        A SymPy set within [0, oo), perhaps empty.
    """
    fit_alpha, size_alpha, fit_beta, size_beta = loss_table(X, W_alpha, W_beta)
    a, b = fit_alpha - fit_beta, size_alpha - size_beta
    if b == 0:
        return _nonnegative() if a > 0 else sympy.EmptySet
    root = _rational(-a / b)
    side = sympy.Interval.open(root, sympy.oo) if b > 0 else sympy.Interval.open(-sympy.oo, root)
    return side.intersect(_nonnegative())


def _demands(
    sigma: Sequence[Number], kept: int, at_least: Number, at_most: Number
) -> tuple[list[Fraction], list[Fraction], Fraction, Fraction]:
    """Split the singular values; check the demand."""
    values = [exact_number(s, "a singular value") for s in sigma]
    low, high = exact_number(at_least, "at_least"), exact_number(at_most, "at_most")
    if any(s < 0 for s in values) or any(one < other for one, other in pairwise(values)):
        raise ValueError(f"singular values must be at least 0 and not increase; found {sigma!r}")
    if not 0 <= kept <= len(values):
        raise ValueError(f"kept is {kept}, expected 0 to {len(values)}")
    for name, share in (("at_least", low), ("at_most", high)):
        if not 0 < share <= 1:
            raise ValueError(f"{name} is {share}, expected a share above 0 and at most 1")
    return values[:kept], values[kept:], low, high


def lambda_range(sigma: Sequence[Number], kept: int, at_least: Number, at_most: Number) -> sympy.Set:
    """The λ >= 0 that keep the leading directions and damp the others, by algebra.

    σ²/(σ² + λ) >= at_least means λ <= σ²(1/at_least − 1), most demanding for the smallest σ that is kept;
    σ²/(σ² + λ) <= at_most means λ >= σ²(1/at_most − 1), most demanding for the largest that is damped.
    A direction with σ = 0 has gain 0 (at λ = 0 every gain is optimal there, and 0 is the smallest).

    Args:
        sigma: singular values, not increasing.
        kept: how many leading directions must keep their strength.
        at_least: least gain of a kept direction; above 0, at most 1.
        at_most: largest gain of any other direction; above 0, at most 1.

    Returns:
        A SymPy set within [0, oo): an interval, one point, or empty.

    Raises:
        TypeError, ValueError: an inexact number, or a demand outside these bounds.
    """
    keep, damp, low, high = _demands(sigma, kept, at_least, at_most)
    if keep and keep[-1] == 0:
        return sympy.EmptySet
    least = _rational(damp[0] ** 2 * (1 / high - 1)) if damp else sympy.Integer(0)
    most = _rational(keep[-1] ** 2 * (1 / low - 1)) if keep else sympy.oo
    return sympy.Interval(least, most)


# ---------------------------------------------------------------- ranges of λ by scan and bisection


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator in [low, high], 0 <= low <= high.

    It is found along the continued fractions of the two ends (Graham, Knuth and Patashnik, "Concrete
    Mathematics", section 4.5: the Stern–Brocot tree).
    """
    whole = low.numerator // low.denominator
    if whole == low:
        return Fraction(whole)
    if whole + 1 <= high:
        return Fraction(whole + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))


def scan(holds: Callable[[Fraction], bool]) -> sympy.Set:
    """The set of λ >= 0 at which a condition holds, from evaluations of the condition alone.

    The condition is evaluated on a grid. Wherever it changes between two neighbours, the place is bracketed
    by bisection, its end point is taken as the simplest fraction in the bracket, and the condition is
    evaluated there: that decides whether the end point belongs.

    Args:
        holds: the condition at an exact λ >= 0. It must change at most once between neighbours on the grid
            (0 and the powers of two from 2^-40 to 2^40), at a fraction with a denominator below 2^40.

    Returns:
        A union of intervals within [0, oo).
    """
    grid = [Fraction(0)] + [Fraction(2) ** k for k in range(-LOW, HIGH + 1)]
    pieces: list[sympy.Set] = []
    inside = holds(grid[0])
    start, start_open = Fraction(0), False
    for below, above in pairwise(grid):
        if holds(above) == inside:
            continue
        low, high = below, above
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if holds(middle) == inside:
                low = middle
            else:
                high = middle
        end = simplest_between(low, high)
        belongs = holds(end)
        if inside:
            pieces.append(sympy.Interval(_rational(start), _rational(end), start_open, not belongs))
        else:
            start, start_open = end, not belongs
        inside = not inside
    if inside:
        pieces.append(sympy.Interval(_rational(start), sympy.oo, start_open))
    return sympy.Union(*pieces)


def scan_alpha_worse_range(X: Rows, W_alpha: Rows, W_beta: Rows) -> sympy.Set:
    """The same set as :func:`alpha_worse_range`, by :func:`scan` over the two total losses."""
    data = exact_matrix(X, "X")
    alpha, beta = exact_matrix(W_alpha, "W_alpha"), exact_matrix(W_beta, "W_beta")
    _check_encoder(data, alpha, "W_alpha")
    _check_encoder(data, beta, "W_beta")

    def total(W: Matrix, strength: Fraction) -> Fraction:
        reconstruction, regularization = _losses(data, W)
        return reconstruction + strength * regularization

    return scan(lambda strength: total(alpha, strength) > total(beta, strength))


def gain(sigma: Fraction, strength: Fraction) -> Fraction:
    """The w that minimises σ²(1 − w)² + λ w², as the vertex of the parabola through three of its points.

    Args:
        sigma: singular value of the direction.
        strength: λ >= 0.

    Returns:
        The gain; 0 where every w does equally well (σ = λ = 0).
    """

    def loss(w: int) -> Fraction:
        return sigma**2 * (1 - w) ** 2 + strength * w**2

    curvature = loss(1) - 2 * loss(0) + loss(-1)
    if curvature == 0:
        return Fraction(0)
    return (loss(-1) - loss(1)) / (2 * curvature)


def scan_lambda_range(sigma: Sequence[Number], kept: int, at_least: Number, at_most: Number) -> sympy.Set:
    """The same set as :func:`lambda_range`, by a :func:`scan` for every direction.

    Gains come from the loss itself (:func:`gain`), not from their closed form, and no direction is singled
    out as the critical one: all conditions are scanned and their sets intersected.
    """
    keep, damp, low, high = _demands(sigma, kept, at_least, at_most)

    def keeps(s: Fraction) -> sympy.Set:
        return scan(lambda strength: gain(s, strength) >= low)

    def damps(s: Fraction) -> sympy.Set:
        return scan(lambda strength: gain(s, strength) <= high)

    sets = [keeps(s) for s in keep] + [damps(s) for s in damp]
    return sympy.Intersection(_nonnegative(), *sets)
