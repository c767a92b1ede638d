"""The alluvial chart: bands keep every answer, stay inside, and say what they hold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from chart_sample import Way, drawn, flow_of, law, ways
from html_check import Page
from hypothesis import given

from grader.analysis.flows import Flow, Move, Standing, Turned
from grader.records import HintKind
from grader.reports.charts.alluvial import MOST_TURNS, Alluvial, alluvial
from grader.reports.charts.alluvial_words import title_of

C, P, I, O, M = Standing  # noqa: E741 - as the states are written


def ends(path: str) -> tuple[float, float, float, float]:
    """Top and bottom of a band at its left, then at its right."""
    a, b, c, d = re.fullmatch(r"M0 ([\d.]+)C.* 100 ([\d.]+)V([\d.]+)C.* 0 ([\d.]+)Z", path).groups()  # type: ignore[union-attr]
    return float(a), float(d), float(b), float(c)


def check_kept(flow: Flow, chart: Alluvial) -> None:
    """On each bar, the bands and stubs that arrive and those that leave fill it from end to end, without overlap."""
    bars = {(bar.turn, bar.standing): bar for bar in chart.bars}
    turns = [one.turn for one in chart.columns]
    arrive, leave = defaultdict(list), defaultdict(list)
    for band in chart.bands:
        a, d, b, c = ends(band.path)
        leave[band.move.turn, band.move.before].append((a, d))
        arrive[turns[turns.index(band.move.turn) + 1], band.move.after].append((b, c))
    for key, bar in bars.items():
        assert (
            sum(n for move, n in flow.moves.items() if (move.turn, move.before) == key) + flow.ended.get(key, 0)
            == bar.count
        )
        for pieces, stub, open_end in (
            (arrive[key], bar.came, key[0] == turns[0]),
            (leave[key], bar.ended, key[0] == turns[-1]),
        ):
            if open_end:
                assert not pieces
                assert stub is None
                continue
            every = sorted([*pieces, *([(stub[0], stub[0] + stub[1])] if stub else [])])
            assert every[0][0] == pytest.approx(bar.y, abs=0.02)
            assert every[-1][1] == pytest.approx(bar.y + bar.height, abs=1.6)  # a bar is never thinner than that
            for (_, end), (start, _) in pairwise(every):
                assert start == pytest.approx(end, abs=0.03)


@law
@given(ways())
def test_bands_keep_every_answer_and_nothing_overlaps(found: list[Way]) -> None:
    """What arrives at a bar and what leaves it is the bar; bars and labels stand apart and inside the drawing."""
    flow = flow_of(found)
    chart = alluvial(flow)
    check_kept(flow, chart)
    assert sum(bar.count for bar in chart.bars) == sum(len(states) for _, states in found)
    for turn in flow.turns:
        column = [bar for bar in chart.bars if bar.turn == turn]
        labels = [bar.y + bar.height / 2 for bar in column]
        assert all(b - a >= 16 for a, b in pairwise(labels))
        assert all(a.y + a.height < b.y for a, b in pairwise(column))
        news = sorted(band.label for band in chart.bands if band.move.turn == turn and band.label is not None)
        assert all(b - a >= 15.99 for a, b in pairwise(news))
    assert all(0 <= bar.x <= 100 and bar.y >= 0 and bar.y + bar.height <= chart.height for bar in chart.bars)
    assert all(0 <= y <= chart.height for band in chart.bands for y in ends(band.path))
    assert all(band.left >= 0 and band.left + band.width <= 100.01 for band in chart.bands)


@pytest.mark.parametrize("answers", [1, 40, 50_000])
@pytest.mark.parametrize("turns", [1, 2, 12, 40])
def test_any_size_is_drawn_to_the_same_height(answers: int, turns: int) -> None:
    """One answer or fifty thousand, the drawing is at most 500 pixels high and has at most ``MOST_TURNS`` columns."""
    states = [[C, I, P, O, M][i % 5] for i in range(turns)]
    flow = flow_of([(1, states)])
    counts = {name: dict.fromkeys(getattr(flow, name), answers) for name in ("standing", "moves", "asked", "ended")}
    chart = alluvial(replace(flow, **counts))
    assert chart.height <= 500
    assert len(chart.columns) == min(turns, MOST_TURNS)
    assert chart.more == max(0, turns - MOST_TURNS)


MISLED = {(2, HintKind.MISLEADING): 1}


@pytest.mark.parametrize(
    ("found", "hints", "title"),
    [
        ([], {}, "No part was asked"),
        ([(1, [C])], {}, "No answer has a reply after it, so nothing could change"),
        ([(1, [C, C])], MISLED, "No answer changed between right and wrong"),
        ([(1, [M, C]), (1, [C, O])], MISLED, "No answer changed between right and wrong"),
        ([(1, [C, I])], MISLED, "1 of 1 right answer became wrong at reply 2, after a misleading hint"),
        ([(1, [C, P]), (1, [C, C])], {}, "1 of 2 right answers became wrong at reply 2"),
        ([(1, [C, I, C]), (1, [C, C, P])], {}, "1 of 2 right answers became wrong at reply 2; 2 in all"),
        (
            [(1, [C, I, C]), (1, [C, C, P]), (1, [C, C, I])],
            {},
            "2 of 2 right answers became wrong at reply 3, more than at any other",
        ),
        ([(1, [I, C])], {}, "No right answer became wrong; 1 wrong answer became right at reply 2"),
        ([(1, [I, C])] * 2, {}, "No right answer became wrong; 2 wrong answers became right, all at reply 2"),
        (
            [(1, [I, C, C])] * 2 + [(1, [P, P, C])],
            {},
            "No right answer became wrong; 3 wrong answers became right, 2 of them at reply 2",
        ),
    ],
)
def test_the_title_says_the_finding(
    found: list[Way], hints: dict[tuple[int, HintKind | None], int], title: str
) -> None:
    """Where most right answers were lost; else what was won; else that nothing changed."""
    assert title_of(flow_of(found, hints)) == title


def test_a_band_is_a_link_that_says_its_count() -> None:
    """It leads to the changes that it holds, and names them for those who do not see it."""
    chart = alluvial(flow_of([(1, [C, I]), (1, [C, C]), (1, [M, C])], MISLED))
    says = {band.key: band.says for band in chart.bands}
    assert says["1-correct-incorrect"] == "1 of 2 correct answers became incorrect at reply 2, after a misleading hint"
    assert says["1-correct-correct"] == "1 of 2 correct answers stayed correct at reply 2, after a misleading hint"
    assert says["1-missing-correct"] == "1 of 1 unanswered part became correct at reply 2, after a misleading hint"
    assert chart.bands[-1].turned is Turned.LOST  # painted over the others
    page = Page(drawn("alluvial", chart))
    links = {link["data-band"]: link for link in page.all("a")}
    assert links["1-correct-incorrect"]["href"] == "?from=1-correct&to=2-incorrect#changes"
    assert links["1-correct-incorrect"]["aria-label"] == says["1-correct-incorrect"]
    assert page.ids == []


def test_conversations_that_end_are_told() -> None:
    """Answers that come late or end early jut out of their bar, are noted below it, and stand in the table."""
    chart = alluvial(flow_of([(1, [C, C, C]), (1, [C]), (2, [I, I])]))
    assert [one.notes for one in chart.columns] == [("1 ends",), ("+ 1 asked",), ()]
    assert [bar.says for bar in chart.bars if bar.ended] == [
        "After reply 1: 2 answers correct; 1 not known after, where the conversation ends"
    ]
    assert ("1", "correct", "conversation ends", "1", "") in chart.table.rows
    assert ("2", "not asked before", "incorrect", "1", "") in chart.table.rows


def test_an_empty_chart_is_a_title() -> None:
    """Nothing is drawn of nothing."""
    page = Page(drawn("alluvial", alluvial(flow_of([]))))
    assert page.text == "No part was asked"


def test_the_table_has_every_move() -> None:
    """Also those of replies that are not drawn."""
    flow = flow_of([(1, [C, I] * 15)])
    assert sum(row[1] in ("correct", "incorrect") for row in alluvial(flow).table.rows) == 29
    assert set(flow.moves.values()) == {1}
    assert Move(29, C, I) in flow.moves
