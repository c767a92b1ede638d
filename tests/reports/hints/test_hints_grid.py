"""The grid: parts down, replies across, and what happened between."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from html_check import Page

from grader.records import Decision, Run, Status
from grader.reports import Pages


def grid(html: str, number: int = 0) -> list[str]:
    """The rows of a conversation's grid, as a screen reader says them."""
    tables = re.findall(r'<table class="grid">.*?</table>', html, re.S)
    return [Page(row).text for row in re.findall(r"<tr.*?</tr>", tables[number], re.S)]


def test_the_grid_shows_statuses_turn_by_turn_and_what_happened_between(report: str) -> None:
    head, first, *_, last = grid(report)
    assert head == ("Part ○ no hint Turn 1 ≈ neutral * Turn 2 ◎ targeted Turn 3 ↯ misleading Turn 4 ● revealing Turn 5")
    assert first == (
        "1b.i ✓ correct [0, 1.5, 1.2, 0.96] = same answer again ✓ correct [0, 1.5, 1.2, 0.96] "
        "✓ correct, carried on ↘ right → wrong ✗ incorrect [1.5, 1.2, 0.96] ≠ , the annotator says right, the "
        "computation says incorrect ✗ incorrect, carried on"
    )
    assert last.endswith("↗ wrong → right ✓ correct [1, 4] ✓ correct, carried on "
                         "↻ correct → unreadable ? unreadable 1 to 4, maybe")  # fmt: skip


def test_carried_cells_look_different_and_lead_to_where_the_answer_was_given(report: str) -> None:
    assert re.search(r'<a class="cell s-incorrect carried" href="#cell-0-0-4">', report)
    assert report.count('id="cell-0-0-4"') == 1 and 'id="cell-0-0-5"' not in report


def test_parts_that_were_not_asked_are_not_in_the_grid(report: str) -> None:
    assert not [row for row in grid(report) if row.startswith("4c")]


def test_cells_with_a_conflict_are_marked_in_words_too(report: str) -> None:
    assert report.count('class="clash" title=') == 1
    assert ", the annotator says right, the computation says incorrect" in Page(report).text


def test_an_answer_that_a_person_decided_is_marked_and_says_who_when_and_why(talks: Run) -> None:
    at = next(i for i, one in enumerate(talks.results) if one.verdict.status is Status.UNREADABLE)
    old = talks.results[at]
    claim = old.claim
    decision = Decision(
        "1", claim.subject, claim.problem, claim.part, claim.turn, "", Status.CORRECT, Fraction(1),
        "Dr. <Who>", datetime(2026, 11, 26, 15, 4, tzinfo=UTC), "says the same in words", "",
    )  # fmt: skip
    verdict = replace(old.verdict, status=Status.CORRECT, credit=Fraction(1), reason="decided_by_person")
    decided = replace(old, verdict=verdict, decision=decision, machine=old.verdict)
    text = Page(
        Pages(replace(talks, results=(*talks.results[:at], decided, *talks.results[at + 1 :]))).hints_report()
    ).text
    assert "✓ correct 1 to 4, maybe ✎ , decided by a person" in text
    assert "✓ correct 1 to 4, maybe ✎ decided by a person" in text  # in the list of changes
    assert "Decided by a person. Dr. <Who> , 26 November 2026, 15:04: ✓ correct “ says the same in words ”" in text
    assert "The machine had said unreadable" in text


def test_what_a_part_asks_stands_in_a_drawer_of_its_own(report: str) -> None:
    assert '<a href="#part-ssm-kernels-b.i">1b.i</a>' in report
    (asked,) = re.findall(r'<section class="drawer" id="part-ssm-kernels-b.i".*?</section>', report, re.S)
    assert "for the scalar system & say how you got them." in Page(asked).text
    assert "<msub><mi>K</mi><mn>0</mn></msub>" in asked
