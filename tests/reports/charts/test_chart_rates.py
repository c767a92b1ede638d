"""Rates with intervals: before and after hints, models side by side, difficulty of parts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from chart_sample import drawn, law
from html_check import Page
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval, wilson
from grader.records import HintKind
from grader.reports.charts.axis import CORRELATIONS, RATES, ranged, rates_up_to
from grader.reports.charts.difficulty import PartItem, difficulty
from grader.reports.charts.dumbbell import BeforeAfter, dumbbell
from grader.reports.charts.forest import Named, forest_title, multiples

SCRIPT = "<script>alert(1)</script>"
TURNED = "\u202eevil"  # would turn the text after it


def pair(kind: HintKind | None, before: int, after: int, of: int) -> BeforeAfter:
    return BeforeAfter(kind, Rate(before, of), Rate(after, of), wilson(before, of), wilson(after, of))


@law
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


def test_the_dumbbell_shows_counts_and_says_shares_and_intervals() -> None:
    """A kind without answers that can be compared is left out; each row says its numbers in words."""
    chart = dumbbell([pair(HintKind.MISLEADING, 10, 9, 13), pair(HintKind.NEUTRAL, 0, 0, 0)])
    page = Page(drawn("dumbbell", chart))
    assert "10 → 9 of 13" in page.text
    assert "neutral" not in page.text
    says = "right before: 10 of 13 (77 %), 95 % interval 50 to 92 %; after: 9 of 13 (69 %), 95 % interval 42 to 87 %"
    assert [svg["aria-label"] for svg in page.all("svg") if svg.get("role") == "img"] == [says]


@pytest.mark.parametrize(("after", "way"), [(1, "down"), (2, "level"), (3, "up")])
def test_the_dumbbell_tells_ways_apart(after: int, way: str) -> None:
    """Fewer right answers, as many, or more."""
    assert [row.way for row in dumbbell([pair(None, 2, after, 4)]).rows] == [way]


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
    assert forest_title(found, "Right last answers") == title


@law
@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 9)), max_size=50))
def test_any_name_is_shown_as_text(found: list[tuple[str, int]]) -> None:
    """Names may hold anything; the page stays in balance and has a row for each."""
    rows = [(name, "", models((name, n, 9))) for name, n in found]
    page = Page(drawn("forest", multiples("T", ["one"], rows), str, macro="multiples").replace("\x00", ""))
    assert len(page.all("bdi")) == len(found)


def test_hostile_names_keep_to_themselves() -> None:
    """Markup is text, and what turns the direction is fenced in, in cells and in the title."""
    found = models((SCRIPT, 1, 9), (TURNED, 8, 9))
    title = forest_title(found, "Right")
    html = drawn("forest", multiples(title, ["one"], [(one.name, "", [one]) for one in found]), str, macro="multiples")
    assert SCRIPT not in html
    assert f"<bdi>{TURNED}</bdi>" in html
    assert f"\u2068{TURNED}\u2069" in title


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (0, ["0 %", "2 %", "4 %"]),
        (0.11, ["0 %", "10 %", "20 %"]),
        (0.41, ["0 %", "50 %", "100 %"]),
        (1, ["0 %", "50 %", "100 %"]),
    ],
)
def test_an_axis_ends_where_its_column_does(highest: float, labels: list[str]) -> None:
    """At a round share, so that small rates can be told apart."""
    assert [tick.label for tick in rates_up_to(highest).ticks if tick.label] == labels


@law
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_every_column_holds_its_dots_and_lines(counts: list[int]) -> None:
    """None lies beyond the end of its axis."""
    rows = [(str(i), "", models((str(i), n, 40))) for i, n in enumerate(counts)]
    chart = multiples("T", ["one"], rows)
    ((_, scale),) = chart.heads
    for name, _, (cell,) in chart.rows:
        interval = wilson(counts[int(name)], 40)
        assert interval is not None
        assert interval.high <= scale.high
        assert cell is not None
        assert cell.mark.ends == (scale.at(interval.low), scale.at(interval.high))


def test_several_measures_stand_side_by_side() -> None:
    """A cell without a rate says so, and one with nothing to count has no dot."""
    chart = multiples("T", ["one", "two", "three"], [("a", "#a", [*models(("a", 1, 4)), None, *models(("a", 0, 0))])])
    page = Page(drawn("forest", chart, str, macro="multiples"))
    assert "25 % 1 of 4" in page.text
    assert "none" in page.text
    assert page.all("a")[0]["href"] == "#a"
    assert len(page.all("circle")) == 1


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
