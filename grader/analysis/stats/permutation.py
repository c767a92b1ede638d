"""Sign-flip tests: would the difference be as large if the labels of the two were swapped in each cluster at random?

If two models do not differ, either could have given either set of answers to a problem. So the
difference of each problem might as well have had the other sign (Fisher 1935, The Design of
Experiments, section 21). No distribution is assumed, and few problems are no trouble.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST_SUMS = 1 << 17  # different sums up to which all are kept
MOST_LISTED = 16  # clusters up to which all patterns of signs are listed
STEPS = 256  # for each cluster, to which the differences are rounded elsewhere


@dataclass(frozen=True, slots=True)
class SignFlip:
    """What came of a sign-flip test.

    Args:
        p_value: two-sided; the share of the sign patterns whose sum is at least as far from 0 as the one seen.
        clusters: those that differ; the others say nothing.
        exact: whether the sums were counted as they are; otherwise they were rounded first, which moves the
            p-value by less than two hundredths of itself where it is 0.001 or more.
    """

    p_value: float
    clusters: int
    exact: bool = True


def sign_flip(differences: Sequence[float | Fraction]) -> SignFlip:
    """Two-sided sign-flip test of differences that would be symmetric about 0 if nothing differed.

    All 2^G patterns of signs are counted, and no random ones are drawn: a Monte Carlo p-value depends on a
    seed and cannot fall below 1/(draws + 1), which leaves nothing to find in a family of a thousand
    pairs. Patterns with one sum are counted together, cluster by cluster, for whole numbers and whatever becomes
    whole numbers of moderate size when scaled; other numbers are listed pattern by pattern up to 16 clusters,
    and beyond that rounded to steps of Σ|d| / 256 G.

    Args:
        differences: one for each cluster, such as (right answers of one model) - (of the other).
    """
    found = [Fraction(d) for d in differences if d]
    if not found:
        return SignFlip(1.0, 0)
    scale = math.lcm(*(d.denominator for d in found))
    whole = [d.numerator * (scale // d.denominator) for d in found]
    common = math.gcd(*whole)
    sizes, seen = [abs(d) // common for d in whole], abs(sum(whole)) // common
    if sum(sizes) <= MOST_SUMS:
        return SignFlip(_counted(sizes, seen), len(sizes))
    total = sum(sizes)
    parts = [size / total for size in sizes]
    if len(sizes) <= MOST_LISTED:
        return SignFlip(_listed(parts, seen / total), len(sizes))
    # The roundings add up to a few √(G/12) steps: a sum as near as that to the one seen counts as being as far.
    slack = 3 * math.sqrt(len(sizes) / 12)
    steps = STEPS * len(sizes)
    rounded = [round(part * steps) for part in parts]
    return SignFlip(_counted(rounded, max(0, math.floor(seen / total * steps - slack))), len(sizes), exact=False)


def _counted(sizes: list[int], seen: int) -> float:
    """The p-value from the distribution of the sum of positive whole numbers with random signs.

    Only positive numbers are added up, so that the smallest p-value is as precise as the largest.
    """
    import numpy as np

    total, so_far = sum(sizes), 0
    share = np.zeros(total + 1)  # share[s]: of the patterns in which the numbers with sign + have sum s
    share[0] = 1.0
    for size in sizes:
        share[: so_far + 1] *= 0.5
        # The old values are copied first, for the two ranges may overlap.
        share[size : so_far + size + 1] += share[: so_far + 1].copy()
        so_far += size
    first = (total + seen + 1) // 2  # the sum of all is 2 s - total
    return min(1.0, 2 * float(share[first:].sum())) if seen else 1.0


def _listed(parts: list[float], seen: float) -> float:
    """The p-value from a list of the sums of all patterns."""
    import numpy as np

    sums = np.zeros(1)
    for part in parts:
        sums = np.concatenate((sums + part, sums - part))
    return float((np.abs(sums) >= seen - 1e-12).mean())  # sums that are equal but for roundings count as equal
