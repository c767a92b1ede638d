"""Whether work came too late, by how much, and what the course's rule takes off for that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil

from grader.records import Delivery
from grader.specs.settings import Settings

_DAY = timedelta(days=1)


def delivery(at: datetime | None, marked: bool | None, settings: Settings) -> Delivery:
    """When work came in, against the course's deadline.

    Args:
        at: when it came in, with its zone; None where that is not known.
        marked: whether the tool that took it marked it as late; None where it says nothing.
        settings: with the deadline, the grace and the penalty.

    Returns:
        The delivery, of nobody yet. The tool's mark counts where the time or the deadline is not known.
    """
    if at is None or settings.due is None:
        penalty = _share(settings, 1) if marked and settings.late_penalty_per == "once" else None
        return Delivery(at=at, late=marked, penalty=penalty)
    over = at.astimezone(UTC) - settings.due.astimezone(UTC)  # of one zone they would differ by what clocks show
    if over <= timedelta(minutes=settings.grace):
        return Delivery(at=at, late=False)
    return Delivery(at=at, late=True, late_by=over, penalty=_share(settings, ceil(over / _DAY)))


def _share(settings: Settings, days: int) -> Fraction | None:
    """What is taken off for days that have begun, 0 to 1; None where the course takes nothing off."""
    if not settings.late_penalty:
        return None
    times = 1 if settings.late_penalty_per == "once" else days
    return min(Fraction(1), Fraction(str(settings.late_penalty)) / 100 * times)
