"""States turn by turn, and the bands between them: where answers went after each reply."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.analysis.flows import Flow, Move, Standing, Turned, turned
from grader.records import HintKind
from grader.reports.charts.alluvial_words import LOOKS, move_says, moves_table, title_of
from grader.reports.charts.base import LINE, Table, counted, grouped, short, spread
from grader.reports.looks import HINT_LOOKS, Look

MOST_TURNS = 16
"""Replies that are drawn; the table has all of them."""

PLOT = 300.0  # pixels for the answers of the fullest column
THICKEST = 26.0  # pixels of one answer
THINNEST = 1.5  # pixels of a bar that is not empty
GAP = 7.0  # pixels between the slots of two bars
FITS = 13.0  # pixels that a bar or band needs for a label inside it
WIDE = 8  # columns up to which there is room for words between them


@dataclass(frozen=True, slots=True)
class Bar:
    """The answers in one state after one reply.

    Args:
        x: middle, in percent.
        y, height: pixels.
        label_inside: whether the label fits on the bar; else it stands over it.
        came: top and height in pixels of the stub of answers asked here first; None where there are none.
        ended: the same for answers whose conversation ends here.
        says: all of it in words.
    """

    turn: int
    standing: Standing
    count: int
    x: float
    y: float
    height: float
    label_inside: bool
    came: tuple[float, float] | None
    ended: tuple[float, float] | None
    says: str

    @property
    def look(self) -> Look:
        """Glyph, word and class of the state."""
        return LOOKS[self.standing]

    @property
    def shown(self) -> str:
        """The count, short enough for the bar."""
        return short(self.count)

    @property
    def middle(self) -> float:
        """In pixels."""
        return round(self.y + self.height / 2, 2)


@dataclass(frozen=True, slots=True)
class Band:
    """Answers that go from one state to another at the next reply.

    Args:
        left, width: percent, from the middle of one bar to that of the next.
        path: in a box 100 wide and as high as the drawing.
        thickness: pixels.
        label: middle of its label in pixels, at half its width; None where it has none.
        href: where a click leads.
        says: the count in words.
    """

    move: Move
    count: int
    left: float
    width: float
    path: str
    thickness: float
    label: float | None
    href: str
    says: str

    @property
    def turned(self) -> Turned:
        """What the move is to the reader."""
        return turned(self.move.before, self.move.after)

    @property
    def label_inside(self) -> bool:
        """Whether the label fits on the band; else it stands over it."""
        return self.thickness >= FITS + 3

    @property
    def key(self) -> str:
        """``2-correct-incorrect``: the reply before, and both states; for scripts and anchors."""
        return f"{self.move.turn}-{self.move.before}-{self.move.after}"

    @property
    def shown(self) -> str:
        """The count, short."""
        return short(self.count)

    @property
    def glyph(self) -> str:
        """An arrow down or up for what was lost or won."""
        return {Turned.LOST: "↘", Turned.WON: "↗"}.get(self.turned, "")


@dataclass(frozen=True, slots=True)
class Column:
    """A reply.

    Args:
        x: percent.
        head: pixels: where its heading stands.
        answers: that stand after it.
        foot: pixels: where the words below its last bar begin.
        notes: those words: answers asked first, and answers that end.
    """

    turn: int
    x: float
    head: float
    answers: int
    foot: float
    notes: tuple[str, ...]

    @property
    def under(self) -> str:
        """Its second heading, before the word."""
        return grouped(self.answers)


@dataclass(frozen=True, slots=True)
class Between:
    """The hints between two replies, at ``x`` percent: the look of each kind, and how often where that is not once."""

    x: float
    lines: tuple[tuple[Look, str], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Alluvial:
    """The chart.

    Args:
        title: the finding.
        height: pixels.
        columns, betweens, bars, bands: what is drawn; bands in the order in which they are painted.
        more: replies that are only in the table.
        table: of all moves.
    """

    title: str
    height: float
    columns: tuple[Column, ...]
    betweens: tuple[Between, ...]
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    more: int
    table: Table

    @property
    def looks(self) -> tuple[Look, ...]:
        """Of the states that occur, for the legend."""
        there = {bar.standing for bar in self.bars}
        return tuple(look for standing, look in LOOKS.items() if standing in there)

    @property
    def hints(self) -> tuple[Look, ...]:
        """Of the kinds of hints that occur, for the legend."""
        there = {look.word: look for one in self.betweens for look, _ in one.lines}
        return tuple(there.values())

    @property
    def news(self) -> tuple[tuple[str, str, str], ...]:
        """Class, glyph and words of what was lost or won, where anything was, for the legend."""
        there = {band.turned for band in self.bands}
        words = ((Turned.LOST, "incorrect", "↘", "right → wrong"), (Turned.WON, "correct", "↗", "wrong → right"))
        return tuple((css, glyph, says) for kind, css, glyph, says in words if kind in there)

    @property
    def half(self) -> int:
        """Half the width of a bar in pixels."""
        return 25 if len(self.columns) <= WIDE else 20

    @property
    def stubs(self) -> bool:
        """Whether answers come or end on the way."""
        return any(bar.came or bar.ended for bar in self.bars)


def changes_link(move: Move, following: int) -> str:
    """The address that selects a band where the page is the hints report."""
    return f"?from={move.turn}-{move.before}&to={following}-{move.after}#changes"


def alluvial(flow: Flow, link: Callable[[Move, int], str] = changes_link) -> Alluvial:
    """Lay the chart out.

    The height of a bar and of a band is in proportion to its answers, in one scale for the whole chart; what would be
    too thin to see has an outline of one pixel.

    Args:
        flow: the counts.
        link: the address for a move and the number of the reply after it.
    """
    turns = flow.turns[:MOST_TURNS]
    total = {turn: sum(flow.standing.get((turn, one), 0) for one in Standing) for turn in turns}
    scale = min(THICKEST, PLOT / max(1, *total.values(), 1))
    places = {turn: 100 * i / max(1, len(turns) - 1) if len(turns) > 1 else 50.0 for i, turn in enumerate(turns)}
    betweens = tuple(
        _between(flow, after, round((places[before] + places[after]) / 2, 3)) for before, after in pairwise(turns)
    )
    lines = max((len(one.lines) for one in betweens), default=0)
    head = 12 if len(turns) <= WIDE else 12 + LINE * lines  # where columns stand close, the hints stand above them
    top = max(head + LINE, LINE * lines) + 16
    bars, columns = [], []
    for turn in turns:
        column = list(_bars(flow, turn, round(places[turn], 3), top, scale, turn == turns[0], turn == turns[-1]))
        foot = max((bar.y + max(bar.height, LINE) for bar in column), default=top) + GAP + 12
        notes = _notes(flow, turn, turn == turns[0], turn == flow.turns[-1])
        columns.append(Column(turn, round(places[turn], 3), head, total[turn], round(foot, 2), notes))
        bars += column
    by_state = {(bar.turn, bar.standing): bar for bar in bars}
    bands = tuple(_bands(flow, turns, places, by_state, scale, link))
    height = max((one.foot + LINE * len(one.notes) - 8 for one in columns), default=top)
    return Alluvial(
        title_of(flow),
        round(height, 1),
        tuple(columns),
        betweens,
        tuple(bars),
        bands,
        len(flow.turns) - len(turns),
        moves_table(flow),
    )


def _bars(flow: Flow, turn: int, x: float, top: float, scale: float, first: bool, last: bool) -> Iterator[Bar]:
    """The bars of one reply, from the top down. Each has a slot at least as high as its label."""
    y = top
    for standing in Standing:
        count = flow.standing.get((turn, standing), 0)
        if not count:
            continue
        tall = max(count * scale, THINNEST)
        slot = max(tall, LINE)
        start = y + (slot - tall) / 2
        asked, ended = flow.asked.get((turn, standing), 0), flow.ended.get((turn, standing), 0)
        came = None if first or not asked else (round(start + tall - asked * scale, 2), round(asked * scale, 2))
        gone = None if last or not ended else (round(start + tall - ended * scale, 2), round(ended * scale, 2))
        word = LOOKS[standing].word
        says = f"After reply {turn}: {counted(count, 'answer')} {word}"
        says += f"; {grouped(asked)} asked here first" if came else ""
        says += f"; {grouped(ended)} not known after, where the conversation ends" if gone else ""
        yield Bar(turn, standing, count, x, round(start, 2), round(tall, 2), tall >= FITS, came, gone, says)
        y += slot + GAP


def _notes(flow: Flow, turn: int, first: bool, last: bool) -> tuple[str, ...]:
    asked = sum(n for (at, _), n in flow.asked.items() if at == turn)
    ended = sum(n for (at, _), n in flow.ended.items() if at == turn)
    notes = [f"+ {grouped(asked)} asked"] if asked and not first else []
    return tuple(notes + ([f"{grouped(ended)} {'ends' if ended == 1 else 'end'}"] if ended and not last else []))


def _between(flow: Flow, turn: int, x: float) -> Between:
    """The kinds of hints before a reply, the most frequent first; words alone where there is one conversation."""
    kinds = [(kind, flow.hints[turn, kind]) for kind in (*HintKind, None) if flow.hints.get((turn, kind))]
    kinds.sort(key=lambda pair: -pair[1])
    single = sum(n for _, n in kinds) == 1
    lines = tuple((HINT_LOOKS[kind], "" if single else short(n)) for kind, n in kinds)
    said = ", ".join(f"{HINT_LOOKS[kind].word} in {counted(n, 'conversation')}" for kind, n in kinds)
    return Between(x, lines, f"Before reply {turn}: {said}")


@dataclass(slots=True)
class _Ends:
    """Where a band leaves and arrives, in pixels from the top."""

    leaves: float
    arrives: float


def _bands(
    flow: Flow,
    turns: Sequence[int],
    places: Mapping[int, float],
    bars: Mapping[tuple[int, Standing], Bar],
    scale: float,
    link: Callable[[Move, int], str],
) -> Iterator[Band]:
    """All bands in the order of painting. On a bar they lie in the order of their other ends, so that few cross."""
    order = list(Standing)
    for turn, after in pairwise(turns):
        moves = [move for move in flow.moves if move.turn == turn]
        moves.sort(key=lambda move: (order.index(move.before), order.index(move.after)))
        ends = _ends(flow, moves, after, bars, scale)
        labels = _labels(flow, moves, ends, scale)
        for kind in (Turned.KEPT, Turned.MOVED, Turned.WON, Turned.LOST):
            for move in moves:
                if turned(move.before, move.after) is kind:
                    tall = flow.moves[move] * scale
                    yield Band(
                        move,
                        flow.moves[move],
                        round(places[turn], 3),
                        round(places[after] - places[turn], 3),
                        _path(ends[move].leaves, ends[move].arrives, tall),
                        round(tall, 2),
                        labels.get(move),
                        link(move, after),
                        move_says(flow, move, after),
                    )


def _ends(
    flow: Flow, moves: Sequence[Move], after: int, bars: Mapping[tuple[int, Standing], Bar], scale: float
) -> dict[Move, _Ends]:
    """Where each band between two replies leaves and arrives; ``moves`` are in the order of the states."""
    out: Counter[Standing] = Counter()
    into: Counter[Standing] = Counter()
    found = {}
    for move in moves:
        start, end = bars[move.turn, move.before], bars[after, move.after]
        found[move] = _Ends(start.y + out[move.before] * scale, end.y + into[move.after] * scale)
        out[move.before] += flow.moves[move]
        into[move.after] += flow.moves[move]
    return found


def _labels(flow: Flow, moves: Sequence[Move], ends: Mapping[Move, _Ends], scale: float) -> dict[Move, float]:
    """The middles, in pixels from the top, of the labels of what was lost or won; none over another."""
    news = [move for move in moves if turned(move.before, move.after) in (Turned.LOST, Turned.WON)]
    middles = {one: (ends[one].leaves + ends[one].arrives + flow.moves[one] * scale) / 2 for one in news}
    news.sort(key=middles.__getitem__)
    kept_apart = spread([middles[one] for one in news], [LINE] * len(news), 0, math.inf)
    return {one: round(y, 2) for one, y in zip(news, kept_apart, strict=True)}


def _path(y0: float, y1: float, tall: float) -> str:
    """A ribbon from the left to the right edge of a box 100 wide, level at both ends."""
    a, b, c, d = (f"{y:.2f}".rstrip("0").rstrip(".") for y in (y0, y1, y1 + tall, y0 + tall))
    return f"M0 {a}C50 {a} 50 {b} 100 {b}V{c}C50 {c} 50 {d} 0 {d}Z"
