"""Many tests at once."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's adjusted p-values, for one family of tests.

    Of m p-values in ascending order the k-th (from 0) is multiplied by m - k; none may be below the one
    before it, or above 1. Rejecting what is at most α then rejects any true hypothesis with probability at
    most α, however the tests depend on one another. A family is what one claim is made from, such as all pairs of
    models under one measure and one kind of hint; call it once for each family.

    Source: Holm 1979 (Scandinavian J. of Statistics 6).

    Args:
        p_values: None for a comparison that could not be tested; it is in no family.

    Returns:
        the adjusted p-values in the same order; equal ones are adjusted to equal ones, None stays None.
    """
    for p in p_values:
        if p is not None and not 0 <= p <= 1:
            raise ValueError(f"{p} is not a p-value")
    tested = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    least = 0.0
    for k, (p, at) in enumerate(tested):
        least = max(least, min(1.0, p * (len(tested) - k)))
        adjusted[at] = least
    return tuple(adjusted)
