"""The page of a second grading: what it says first, and that nothing of an answer is markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from grader.analysis.classes import Total
from grader.analysis.regrading import Difference, Kind, Mark, MarkChange, Reason, Regrading, Since, SpecChange
from grader.records import Item, Run, Status
from grader.reports import regrade_page, regrade_view

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOSTILE = "<b>Eve</b> \u202e\ud800\x00&amp;"


def mark(points: int | None, of: int = 4, by: str = "") -> Mark:
    """A mark, or an open answer."""
    status = Status.UNREADABLE if points is None else Status.CORRECT if points == of else Status.INCORRECT
    return Mark(status, "any", None if points is None else Fraction(points), Fraction(of), by)


def total(name: str, earned: int, waiting: int = 0) -> Total:
    """The total of a subject."""
    return Total(name, Fraction(earned), Fraction(4), Fraction(8), waiting)


def found(*changes: MarkChange) -> Regrading:
    """A comparison in which an example of everything changed."""
    since = Since({"p": SpecChange(parts={"a": (Difference("points", "3", "4"),)})}, {"p": ("reference/s.py: f",)})
    before, after = {"ada": total("ada", 3, 1)}, {"ada": total("ada", 4), HOSTILE: total(HOSTILE, 0)}
    return Regrading(since, changes, (HOSTILE,), (), 5, before, after)


def changed(before: Mark | None, after: Mark | None, subject: str = "ada", turn: int | None = None) -> MarkChange:
    """A change with a reason."""
    return MarkChange(Item(subject, "p", "a", turn), before, after, (Reason(Kind.QUESTION, "points: 3 → 4"),), "x < 3")


@pytest.fixture
def run() -> Run:
    """The earlier run."""
    return Run("submissions", "Homework <8>", (), ("ada",), (), grader_version="1")


def test_the_page_says_first_what_changes(run: Run) -> None:
    """How many marks, which way, since when, and what changed since."""
    page = regrade_page(found(changed(mark(3), mark(4)), changed(mark(None), mark(0))), run, AT)
    for words in (
        "2 marks change: 1 up, 1 marked that was open; 5 answers as before.",
        "26 November 2026, 09:00 UTC",
        "p/a: points: “3” → “4”",
        "reference/s.py: f",
        "Homework &lt;8&gt;",
        "x &lt; 3",
    ):
        assert words in page


def test_nothing_of_a_submission_is_markup(run: Run) -> None:
    """Names, words and people who decided are text; characters that no file holds are replaced."""
    page = regrade_page(found(replace(changed(mark(3, by=HOSTILE), mark(4), HOSTILE), words=HOSTILE)), run, AT)
    assert "<b>Eve" not in page
    assert (
        page.count("&lt;b&gt;Eve&lt;/b&gt;") == 5
    )  # named as new, in its row with words and decider, and in the totals
    assert not {"\ud800", "\x00"} & set(page)
    assert " style=" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_turns_are_told_of_conversations_only(run: Run) -> None:
    """A student has none."""
    one = found(changed(mark(3), mark(4), turn=2))
    assert ">Turn<" not in regrade_page(one, run, AT)
    assert ">Turn<" in regrade_page(one, replace(run, kind="transcripts"), AT)


def test_a_page_of_many_changes_is_bounded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lists the first ones, counts all, and says how many it does not list."""
    monkeypatch.setattr(regrade_view, "MOST_ROWS", 3)
    page = regrade_page(found(*[changed(mark(3), mark(4))] * 10), run, AT)
    assert "10 marks change: 10 up" in page
    assert page.count("<tr data-part=") == 3
    assert "7 more answers" in page


def test_without_changes_there_are_no_tables_of_them(run: Run) -> None:
    """The page says so, and what changed since is still told."""
    page = regrade_page(replace(found(), new=(), before={}, after={}, since=Since()), run, AT)
    assert "No mark changes; 5 answers as before." in page
    assert "Nothing that is recorded changed since then" in page
    assert "<table" not in page
