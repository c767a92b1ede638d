"""Rates with intervals: before and after hints, models side by side, difficulty of parts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from chart_sample import drawn
from html_check import Page
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval, wilson
from grader.records import HintKind
from grader.reports.charts.axis import CORRELATIONS, RATES, ranged
from grader.reports.charts.difficulty import PartItem, difficulty
from grader.reports.charts.dumbbell import BeforeAfter, dumbbell
from grader.reports.charts.forest import Named, forest, multiples

SCRIPT = "<script>alert(1)</script>"
TURNED = "\u202eevil"  # would turn the text after it


def pair(kind: HintKind | None, before: int, after: int, of: int) -> BeforeAfter:
    return BeforeAfter(kind, Rate(before, of), Rate(after, of), wilson(before, of), wilson(after, of))


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_mark_lies_in_its_interval_and_on_the_axis(counts: tuple[int, int]) -> None:
    """Whatever the rate, the dot is between the ends of its line, and all of it between the ends of the axis."""
    rate = Rate(*counts)
    mark = RATES.mark(rate.value, wilson(*counts))
    if rate.of:
        assert mark.x is not None
        assert mark.ends is not None
        assert 3 <= mark.ends[0] <= mark.x <= mark.ends[1] <= 97
    else:
        assert (mark.x, mark.ends) == (None, None)


def test_what_lies_beyond_an_axis_stands_at_its_end() -> None:
    """A correlation below −0.5 is drawn at the edge; its number stands beside it."""
    assert CORRELATIONS.at(-0.9) == CORRELATIONS.at(-0.5) == 3
    assert ranged(Interval(0.424, 0.8666, 0.95)) == "42 to 87 %"


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "No part was answered again with marks on both sides"),
        ([pair(HintKind.NEUTRAL, 0, 0, 0)], "No part was answered again with marks on both sides"),
        ([pair(HintKind.NEUTRAL, 2, 2, 3)], "As many answers were right after hints of each kind as before"),
        (
            [pair(HintKind.TARGETED, 1, 3, 12), pair(HintKind.MISLEADING, 10, 8, 13)],
            "After misleading hints, right answers fell from 10 to 8 of 13 answers",
        ),
        ([pair(HintKind.NONE, 0, 1, 1)], "After turns without a hint, right answers rose from 0 to 1 of 1 answer"),
        ([pair(None, 0, 1, 1)], "After turns without a recorded hint, right answers rose from 0 to 1 of 1 answer"),
    ],
)
def test_the_dumbbell_says_what_moved_most(found: list[BeforeAfter], title: str) -> None:
    """Of equal moves the loss is the news."""
    assert dumbbell(found).title == title


def test_the_dumbbell_shows_counts_shares_and_both_intervals() -> None:
    """In cells of a table; the drawing itself is hidden from screen readers."""
    page = Page(drawn("dumbbell", dumbbell([pair(HintKind.MISLEADING, 10, 9, 13), pair(HintKind.NEUTRAL, 0, 0, 0)])))
    for words in ("10 → 9 of 13", "77 % → 69 %", "before 50 to 92 %", "after 42 to 87 %"):
        assert words in page.text
    assert all(svg["aria-hidden"] == "true" for svg in page.all("svg"))
    assert "neutral" not in page.text


def models(*counts: tuple[str, int, int]) -> list[Named]:
    return [Named(name, Rate(count, of), wilson(count, of)) for name, count, of in counts]


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (models(), "Right last answers: nothing to count"),
        (models(("a", 0, 0)), "Right last answers: nothing to count"),
        (models(("a", 9, 13), ("b", 0, 0)), "Right last answers: 9 of 13 (69 %), ⁨a⁩"),
        (models(("a", 1, 2), ("b", 2, 4)), "Right last answers: 50 % for all 2 models"),
        (models(("a", 1, 4), ("b", 3, 4)), "Right last answers: from 25 % (⁨a⁩) to 75 % (⁨b⁩) over 2 models"),
        (
            models(("a", 501, 1000), ("b", 503, 1000)),
            "Right last answers: from 50.1 % (⁨a⁩) to 50.3 % (⁨b⁩) over 2 models",
        ),
    ],
)
def test_the_forest_says_its_range(found: list[Named], title: str) -> None:
    """With decimals where whole percents would say the same twice."""
    assert forest(found, "Right last answers").title == title


def test_the_forest_is_sorted_and_leaves_nobody_out() -> None:
    """The best first; who has nothing to count comes last and has no dot."""
    chart = forest(models(("low", 1, 9), ("none", 0, 0), ("high", 8, 9)), "Right")
    assert [row.name for row in chart.rows] == ["high", "low", "none"]
    assert chart.rows[-1].mark.x is None
    assert chart.whole_says == "all together: 9 of 18 (50 %)"


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 9)), max_size=50))
def test_any_name_is_shown_as_text(found: list[tuple[str, int]]) -> None:
    """Names may hold anything; the page stays in balance and has a row for each."""
    chart = forest([Named(name, Rate(n, 9), wilson(n, 9)) for name, n in found], "Right")
    page = Page(drawn("forest", chart).replace("\x00", ""))
    assert len(page.all("bdi")) == len(found)


def test_hostile_names_keep_to_themselves() -> None:
    """Markup is text, and what turns the direction is fenced in, in cells and in the title."""
    chart = forest(models((SCRIPT, 1, 9), (TURNED, 8, 9)), "Right")
    html = drawn("forest", chart)
    assert SCRIPT not in html
    assert f"<bdi>{TURNED}</bdi>" in html
    assert f"\u2068{TURNED}\u2069" in chart.title


def test_several_measures_stand_side_by_side() -> None:
    """A cell without a rate says so."""
    cells = [*models(("a", 1, 4)), None]
    chart = multiples("T", ["one", "two"], [("a", "#a", cells)])
    page = Page(drawn("forest", chart, lambda head: head, macro="multiples"))
    assert "25 % 1 of 4" in page.text
    assert "none" in page.text
    assert page.all("a")[0]["href"] == "#a"


def item(name: str, credit: Fraction | None, discrimination: float | None = None) -> PartItem:
    return PartItem(name, "", Rate(0 if credit is None else 9, 9), credit, None, discrimination)


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "No part has an answer with marks yet"),
        ([item("1a", None)], "No part has an answer with marks yet"),
        ([item("1a", HALF)], "Part 1a has 50 % of its marks"),
        ([item("1a", HALF, 0.6), item("1b", Fraction(1, 4), 0.2)], "Part 1b was the hardest, with 25 % of its marks"),
        (
            [item("1a", HALF, 0.1), item("1b", Fraction(3, 4), 0.4)],
            "Part 1a was the hardest, with 50 % of its marks; 1 part hardly tells strong from weak",
        ),
        (
            [item("1a", HALF, 0.1), item("1b", Fraction(3, 4), -0.4)],
            "Part 1a was the hardest, with 50 % of its marks; 2 parts hardly tell strong from weak",
        ),
    ],
)
def test_difficulty_names_the_hardest_part_and_counts_the_weak(found: list[PartItem], title: str) -> None:
    """Parts of which nothing is known are not counted as weak."""
    assert difficulty(found).title == title


def test_the_hardest_part_stands_first() -> None:
    """Parts without marks come last; what discriminates little has a sign and a word, not a colour alone."""
    chart = difficulty([item("c", None), item("a", HALF, -0.3), item("b", Fraction(0), 0.004)])
    assert [(row.name, row.flag, row.correlation) for row in chart.rows] == [
        ("b", "weak", "0.00"),
        ("a", "negative", "−0.30"),
        ("c", "", "–"),
    ]
    text = Page(drawn("difficulty", chart)).text
    assert "▽ negative −0.30" in text
    assert "▽ weak 0.00" in text
