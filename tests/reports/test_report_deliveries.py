"""How work came in, in words and on the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from html_check import Page

from grader.analysis.classes import Total
from grader.records import Delivery, Person, Run
from grader.reports import Pages
from grader.reports.classes.deliveries import late, short, told

ADA = Person("7", "Ada L", enrolled=True)
EIGHT = Total("7", Fraction(8), Fraction(10), Fraction(10), 0)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (None, "late"),
        (timedelta(seconds=5), "late by 1 minute"),
        (timedelta(minutes=59), "late by 59 minutes"),
        (timedelta(minutes=61), "late by 1 hour"),
        (timedelta(hours=47), "late by 47 hours"),
        (timedelta(days=3, hours=23), "late by 3 days"),
    ],
)
def test_how_late_is_told_in_the_unit_that_fits(over: timedelta | None, words: str) -> None:
    """Rounded down, but never to nothing."""
    assert late(Delivery(late=True, late_by=over)) == words


def test_the_instructor_sees_what_is_out_of_the_ordinary() -> None:
    """Nothing of what is as it should be; of a group its members, and who of them is a stranger."""
    assert short(Delivery((Person("ada"),), late=False)) == ()
    assert short(Delivery((ADA,), attempt=2, of=3, late=True)) == ("Ada L", "late", "attempt 2 of 3")
    pair = Delivery((ADA, Person("8", enrolled=False)))
    assert short(pair) == ("group of 7 (Ada L), 8", "8 not on the roster")
    assert short(Delivery((Person("8", enrolled=False),))) == ("not on the roster",)


def test_the_student_is_told_the_penalty_beside_the_marks() -> None:
    """What it takes off, and that the marks are without it; without a penalty only that it was late."""
    come = Delivery((ADA,), datetime(2026, 11, 21, 8, 5, tzinfo=UTC), True, timedelta(hours=9), Fraction(1, 10))
    text = " ".join(told(come, EIGHT))
    for words in ("2026-11-21 at 08:05 (UTC)", "late by 9 hours", "10 %: 0.8 of 8", "leaves 7.2", "without that"):
        assert words in text
    assert told(replace(come, penalty=None, at=None), EIGHT) == ("This was late by 9 hours.",)
    assert told(Delivery((ADA,)), EIGHT) == ()


def test_a_penalty_changes_no_number_of_the_pages(students: Run) -> None:
    """Totals, medians and marks are the same with it and without; names on the roster are text."""
    first = students.subjects[0]
    come = Delivery(
        (Person(first, "<i>Name</i>"),), late=True, penalty=Fraction(1, 2), attempt=2, of=2, others=("<b>",)
    )
    made = replace(students, deliveries={first: come}, absent=(Person("zoe", "<u>Zoe</u>"),))
    with_it, without = Pages(made).class_report(), Pages(students).class_report()
    for words in ("after the penalty", "Handed in nothing", "attempt 2 of 2"):
        assert words in with_it
        assert words not in without
    for markup in ("<i>Name", "<u>Zoe", "<b></bdi>"):
        assert markup not in with_it
        assert markup not in Pages(made).student_page(first)
    assert "<i>Name</i>" in Page(with_it).text
