"""The normal and Student's t distribution, as far as intervals need them, without SciPy."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_STANDARD = NormalDist()
_TINY = 1e-300


def normal_quantile(p: float) -> float:
    """The value below which a standard normal variable falls with probability ``p``, ``0 < p < 1``."""
    return _STANDARD.inv_cdf(p)


def regularized_beta(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function I_x(a, b).

    Source: the continued fraction of DLMF 8.17.22, evaluated by the method of Lentz.

    Args:
        x: from 0 to 1.
        a, b: positive.

    Returns:
        the probability that a Beta(a, b) variable is at most ``x``; relative error about 1e-13.
    """
    if not (0 <= x <= 1 and a > 0 and b > 0):
        raise ValueError(f"I_x(a, b) needs 0 <= x <= 1, a > 0 and b > 0, got x={x}, a={a}, b={b}")
    if x in (0, 1):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - regularized_beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), _TINY)
    value = d
    for m in range(1, 100_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            c = 1 + term / c or _TINY
            d = 1 / (1 + term * d or _TINY)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value


def t_tail(t: float, df: float) -> float:
    """The probability that Student's t with ``df`` degrees of freedom exceeds ``t``."""
    if t * t < df:  # where the tail is near 1/2, so that its distance from that keeps its digits
        half = (1 - regularized_beta(t * t / (df + t * t), 0.5, df / 2)) / 2
    else:
        half = regularized_beta(df / (df + t * t), df / 2, 0.5) / 2
    return half if t >= 0 else 1 - half


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The value below which Student's t falls with probability ``p``.

    Args:
        p: ``0 < p < 1``.
        df: degrees of freedom, positive, not necessarily whole; infinite for the normal distribution.
    """
    if not (0 < p < 1 and df > 0):
        raise ValueError(f"a quantile of t needs 0 < p < 1 and df > 0, got p={p}, df={df}")
    if p < 0.5:
        return -t_quantile(1 - p, df)
    z = normal_quantile(p)
    # The first terms of the expansion of Cornish and Fisher; infinite df give the normal quantile.
    t = z + z * (z * z + 1) / (4 * df) + z * (5 * z**4 + 16 * z * z + 3) / (96 * df * df)
    if df > 1e4:  # good to 1e-11 here
        return t
    # The tail is convex beyond 0 and heavier than the normal one, so Newton's steps from the normal
    # quantile go up to the root and never past it; from near the root they are few.
    t = t if df > z * z else z
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    for _ in range(200):
        density = scale * (1 + t * t / df) ** (-(df + 1) / 2)
        step = (t_tail(t, df) - (1 - p)) / density
        t += step
        if abs(step) <= 1e-8 * max(t, 1):  # the next step would be its square
            break
    return t
