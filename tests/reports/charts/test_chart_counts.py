"""Charts of counts: bars of states, totals, the curve of first right answers, agreement."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest
from chart_sample import Way, drawn, flow_of, law, ways
from html_check import Page
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.agreement import Agreement
from grader.analysis.classes import Total
from grader.analysis.classes import distribution as classes
from grader.analysis.flows import Standing
from grader.analysis.measures import Measured
from grader.analysis.rates import Rate
from grader.analysis.stats import Interval, Kappa, product_limit
from grader.records import Status
from grader.reports.charts.confusion import confusion
from grader.reports.charts.curve import curve
from grader.reports.charts.distribution import distribution, quantile
from grader.reports.charts.stacks import parts_by_turns, status_stack

C, P, I, O, M = Standing  # noqa: E741 - as the states are written


@law
@given(st.dictionaries(st.sampled_from(Status), st.integers(0, 1000)), st.integers(0, 5))
def test_a_bar_is_filled_by_its_segments(counts: dict[Status, int], absent: int) -> None:
    """They begin at the left, end at the right, do not overlap, and count everybody."""
    bar = status_stack(counts, absent)
    assert sum(one.count for one in bar.segments) == sum(counts.values()) + absent
    if bar.segments:
        assert bar.segments[0].x == 0
        assert bar.segments[-1].x + bar.segments[-1].width == pytest.approx(100, abs=0.02)
    assert all(a.x + a.width == pytest.approx(b.x, abs=0.02) for a, b in pairwise(bar.segments))
    assert bar.says


@law
@given(st.lists(ways(most=6), max_size=8), st.integers(1, 4))
def test_every_part_and_reply_is_there(found: list[list[Way]], most: int) -> None:
    """Also those that are folded away; each cell counts what stands, and losses are counted once."""
    flows = [(f"p{i}", "", flow_of(one)) for i, one in enumerate(found)]
    chart = parts_by_turns(flows, most)
    rows = [*chart.rows, *chart.rest]
    assert sorted(row.name for row in rows) == sorted(name for name, _, _ in flows)
    assert len(chart.rows) == min(most, len(flows))
    assert min((row.lost for row in chart.rows), default=0) >= max((row.lost for row in chart.rest), default=0)
    stand = sum(cell.right.of for row in rows for cell in row.cells if cell)
    assert stand == sum(len(states) for one in found for _, states in one)
    Page(drawn("stacks", chart, macro="parts_by_turns"))


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "No part was asked"),
        ([("a", [(1, [C, C])])], "No part lost a right answer between two replies"),
        ([("a", [(1, [C, I])])], "1 right answer became wrong, in part a"),
        ([("a", [(1, [C, I])] * 2), ("b", [(1, [C])])], "2 right answers became wrong, all in part a"),
        ([("a", [(1, [C, I])]), ("b", [(1, [C, P])])], "2 right answers became wrong, each in another of 2 parts"),
        (
            [("a", [(1, [C, I])]), ("b", [(1, [C, P])] * 2), ("c", [(1, [O])])],
            "3 right answers became wrong in 2 of 3 parts, 2 of them in b",
        ),
    ],
)
def test_parts_by_turns_says_where_answers_were_lost(found: list[tuple[str, list[Way]]], title: str) -> None:
    """And in how many parts."""
    assert parts_by_turns([(name, "", flow_of(one)) for name, one in found]).title == title


def total(earned: Fraction, settled: bool = True) -> Total:
    return Total("x", earned, Fraction(30), Fraction(30), 0 if settled else 1)


TOTALS = st.lists(st.builds(total, st.fractions(0, 30, max_denominator=8), st.booleans()), max_size=60)


@law
@given(TOTALS)
def test_every_total_is_in_a_column_inside_the_drawing(found: list[Total]) -> None:
    """Final ones at the bottom, lower bounds on top of them, in one scale."""
    chart = distribution(found, classes(found))
    assert sum(int(one.count or 0) for one in chart.pillars) == len(found)
    for one in chart.pillars:
        assert one.settled[0] + one.settled[1] == pytest.approx(chart.base, abs=0.02)
        assert one.open[0] + one.open[1] == pytest.approx(one.settled[0], abs=0.02)
        assert one.open[0] >= (47.9 if chart.quantiles else 19.9)  # its number and the names of the marks stand above
        assert one.x >= 0
        assert one.x + one.width <= 100
    assert len(chart.levels) <= 4
    assert all(0 <= mark.x <= 100 for mark in chart.quantiles)
    Page(drawn("distribution", chart))


@law
@given(st.lists(st.fractions(0, 30, max_denominator=8), min_size=1, max_size=40).map(sorted))
def test_quantiles_are_exact(values: list[Fraction]) -> None:
    """The median is that of the standard library, and the quartiles are its inclusive ones."""
    from statistics import median, quantiles

    assert quantile(values, Fraction(1, 2)) == median(values)
    if len(values) > 1:
        found = quantiles(values, n=4, method="inclusive")
        assert [quantile(values, Fraction(i, 4)) for i in (1, 2, 3)] == found


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "There are no totals"),
        ([total(Fraction(3), False)], "No total is final yet: the bars show lower bounds"),
        ([total(Fraction(3))], "The only final total is 3 of 30 points (all totals are final)"),
        (
            [total(Fraction(3)), total(Fraction(4)), total(Fraction(0), False)],
            "Half of the final totals are at or above 3.5 of 30 points (2 of 3 totals are final)",
        ),
    ],
)
def test_the_distribution_says_the_median(found: list[Total], title: str) -> None:
    """Of the final totals alone: a lower bound is none."""
    assert distribution(found, classes(found)).title == title


TIMES = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=60)


@law
@given(TIMES)
def test_the_curve_rises_inside_its_box(found: list[tuple[int, bool]]) -> None:
    """The line never falls, its band holds it, and every conversation that stopped has its stroke."""
    limit = product_limit([time for time, _ in found], [right for _, right in found])
    chart = curve(limit)
    tops = [float(y) for y in re.findall(r"V([\d.]+)", chart.line)]
    across = [float(x) for x in re.findall(r"H([\d.]+)", chart.line)]
    assert tops == sorted(tops, reverse=True)
    assert all(0 <= y <= chart.height for y in tops)
    assert across == sorted(across)
    assert across[-1] == 100
    assert len(chart.stops) == len({time for time, right in found if not right})
    assert len(chart.across) <= 12
    assert len(chart.table.rows) == len({time for time, _ in found})
    Page(drawn("curve", chart))


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "Nothing was asked"),
        ([(2, False)], "None of 1 answer was ever right"),
        ([(2, True)], "The only answer was right at reply 2"),
        ([(1, True), (2, True)], "All 2 answers were right in the end, half of them by reply 1"),
        (
            [(1, True), (1, True), (2, False)],
            "Half are estimated to be right by reply 1; 1 of 3 answers was never right",
        ),
        (
            [(1, True), (2, False), (2, False), (3, False)],
            "Fewer than half are estimated to be right by the last reply; 3 of 4 answers were never right",
        ),
    ],
)
def test_the_curve_says_by_when_half_are_right(found: list[tuple[int, bool]], title: str) -> None:
    """And how many never were, as far as is known."""
    assert curve(product_limit([time for time, _ in found], [right for _, right in found])).title == title


def agreed(by: str = "annotator", free: int = 0) -> Agreement:
    table = {
        (Status.CORRECT, Status.CORRECT): 9,
        (Status.INCORRECT, Status.CORRECT): 2,
        (Status.INCORRECT, Status.INCORRECT): 4,
        (Status.UNDECIDED, Status.CORRECT): 1,
    }
    kappa = Kappa(15, 13, 0.5, {}, 0.7, 0.1, Interval(-0.1, 0.9, 0.95))
    return Agreement(by, table, 15, 13, Measured(Rate(13, 15), None), kappa, 1, free, ())


def test_agreement_counts_and_frames_its_diagonal() -> None:
    """Marks have rows and columns, an open status has a row alone; what agrees is told in words too."""
    chart = confusion(agreed(free=2))
    assert chart.title == "The computation and the annotator say the same of 13 of 15 answers (κ = 0.70)"
    shades = {line.says.word: [cell.shade for cell in line.cells] for line in chart.lines}
    assert shades == {"correct": [4, 0, 0], "partial": [0, 0, 0], "incorrect": [2, 0, 3], "undecided": [4, 0, 0]}
    text = Page(drawn("confusion", chart)).text
    assert "9 (the same)" in text
    assert "Cohen’s κ, 95 % interval −0.10 to 0.90." in text
    assert "1 more answer that they judged was left open by the computation. 2 labels in free words" in text
    assert sum(cell.agrees for line in chart.lines for cell in line.cells) == 3


def test_nobody_to_agree_with_is_said() -> None:
    """A title all the same, and no kappa; a foreign name keeps to itself."""
    chart = confusion(Agreement("<b>\u202eme", {}, 0, 0, Measured(Rate(0, 0), None), None, 0, 0, ()))
    assert chart.title == "The computation and \u2068<b>\u202eme\u2069 have no answer with marks from both"
    assert "<b>" not in drawn("confusion", chart)
