"""Whether work was late, and what that costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from grader.intake.handins.lateness import delivery
from grader.specs import Settings

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 11, 20, 23, 59, 59, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 23, 9, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 23, 10, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 0, 30, tzinfo=BERLIN), True),
    ],
)
def test_late_is_after_the_deadline_and_the_grace(at: datetime, late: bool) -> None:
    """In whatever zones the two are given; the grace of ten minutes moves the border, not the count."""
    come = delivery(at, None, Settings(due=DUE, grace=10))
    assert come.late is late
    assert come.late_by == (at - DUE if late else None)


def test_the_night_in_which_clocks_are_put_back_counts_in_full() -> None:
    """Two times of one zone differ by the time that passed, not by what clocks show."""
    due = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    come = delivery(datetime(2026, 10, 25, 4, 30, tzinfo=BERLIN), None, Settings(due=due))
    assert come.late_by == timedelta(hours=4)


@pytest.mark.parametrize("marked", [True, False, None])
def test_without_time_or_deadline_the_tools_mark_counts(marked: bool | None) -> None:
    """With a time and a deadline it does not."""
    at = datetime(2026, 11, 30, tzinfo=UTC)
    assert delivery(None, marked, Settings(due=DUE)).late is marked
    assert delivery(at, marked, Settings()).late is marked
    assert delivery(at, marked, Settings(due=DUE)).late is True


@pytest.mark.parametrize(
    ("after", "per", "share"),
    [
        (timedelta(seconds=1), "day", Fraction(1, 10)),
        (timedelta(days=1), "day", Fraction(1, 10)),
        (timedelta(days=1, seconds=1), "day", Fraction(2, 10)),
        (timedelta(days=40), "day", Fraction(1)),
        (timedelta(days=40), "once", Fraction(1, 10)),
        (timedelta(0), "once", None),
    ],
)
def test_a_penalty_counts_days_that_have_begun(after: timedelta, per: str, share: Fraction | None) -> None:
    """Up to everything; or once."""
    settings = Settings(due=DUE, late_penalty=10, late_penalty_per=per)
    assert delivery(DUE + after, None, settings).penalty == share


def test_a_penalty_by_the_day_needs_a_time() -> None:
    """A mark alone does not say how late; a penalty that is taken once needs no more than the mark."""
    assert delivery(None, True, Settings(late_penalty=10)).penalty is None
    assert delivery(None, True, Settings(late_penalty=10, late_penalty_per="once")).penalty == Fraction(1, 10)
    assert delivery(None, True, Settings(late_penalty_per="once")).penalty is None
