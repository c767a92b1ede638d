"""Whether there are enough problems for an interval."""

from __future__ import annotations

from collections.abc import Iterable

FEWEST = 5
"""Problems below which no interval is given: with fewer it would rest on a guess of how much problems differ.

Tipton 2015 (Psychological Methods 20): cluster-robust errors with fewer than 4 degrees of freedom are not to be
trusted.
"""


def too_few(sizes: Iterable[int], of: str = "problem") -> str:
    """Why there are too few clusters for an interval, "" where there are enough.

    Args:
        sizes: number of answers of each cluster. Where a few of them have most of the answers, (Σ n)² / Σ n² clusters
            of one size would tell as much (Kish 1965), and that has to be more than 4 too.
        of: what a cluster is.
    """
    counted = [n for n in sizes if n]
    if len(counted) >= FEWEST and sum(counted) ** 2 > (FEWEST - 1) * sum(n * n for n in counted):
        return ""
    if len(counted) == 1:
        return f"all answers belong to one {of}, which does not show how much {of}s differ"
    uneven = ", of which a few have most of the answers," if len(counted) >= FEWEST else ""
    return f"{len(counted)} {of}s{uneven} are too few to tell how much {of}s differ"
