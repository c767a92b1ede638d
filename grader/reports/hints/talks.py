"""A conversation as a grid: parts down, replies across, and a drawer for each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.analysis.changes import answered_anew, concerned
from grader.analysis.index import PartOf, RunIndex
from grader.analysis.opinions import Opinions, conflicts_of
from grader.records import Change, Conversation, Hint, Label, Result
from grader.reports.excerpts import Excerpt, excerpt, shorten
from grader.reports.hints.places import Places
from grader.reports.hints.steps import Step, happened, understood

LONGEST = 500  # characters of an answer in a drawer
HINT_LONGEST = 1500  # characters of a hint
CELL = 24  # characters of an answer in the grid


@dataclass(frozen=True, slots=True)
class Cell:
    """A part at a turn in the grid.

    Args:
        result: None where the part was not asked yet.
        here: whether this cell has a drawer of its own: an answer was given, or there is something to say of its lack.
        anchor: of the drawer in which the answer is shown; for a carried one, where it was given; "" if none.
        step: the change with which this reply began, None if none.
        wrote: the answer in its context, only where it was given.
        opinions: what the key and people said of it.
    """

    result: Result | None
    here: bool
    anchor: str
    step: Step | None
    wrote: Excerpt | None
    opinions: Opinions

    @property
    def short(self) -> str:
        """The first words of the answer."""
        return shorten(understood(self.result), CELL) if self.result else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A reply, and what the person said before it."""

    turn: int
    hint: Hint | None
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """A part with its cells, one for each column."""

    where: PartOf
    cells: tuple[Cell, ...]

    @property
    def drawers(self) -> Iterator[tuple[Cell | None, Cell, Cell | None]]:
        """The cells that have a drawer, each between the one before and the one after it."""
        here = [cell for cell in self.cells if cell.here]
        yield from zip([None, *here], here, [*here[1:], None], strict=False)

    def between(self, turns: slice) -> Row:
        """Some of its columns; what is carried on from an answer outside them leads nowhere."""
        cells = self.cells[turns]
        here = {cell.anchor for cell in cells if cell.here}
        return Row(self.where, tuple(cell if cell.anchor in here else replace(cell, anchor="") for cell in cells))


@dataclass(frozen=True, slots=True)
class Grid:
    """A conversation: parts down, turns across.

    Args:
        piece: which piece of it, where it is too long for one page; "" for all of it.
    """

    conversation: Conversation | None
    subject: str
    anchor: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    piece: str = ""

    @property
    def model(self) -> str:
        """As the conversation says, "" if it does not."""
        return self.conversation.model if self.conversation else ""

    @property
    def steps(self) -> Iterator[Step]:
        """The changes in its rows."""
        return (cell.step for row in self.rows for cell in row.cells if cell.step)

    def halves(self) -> tuple[Grid, Grid]:
        """Two pieces of it, for different pages: by parts, or, where there is one part, by replies."""
        if len(self.rows) > 1:
            middle = len(self.rows) // 2
            return self._piece("a", self.rows[:middle], self.columns), self._piece(
                "b", self.rows[middle:], self.columns
            )
        middle = len(self.columns) // 2
        first, last = slice(None, middle), slice(middle, None)
        return (
            self._piece("a", tuple(row.between(first) for row in self.rows), self.columns[first]),
            self._piece("b", tuple(row.between(last) for row in self.rows), self.columns[last]),
        )

    def _piece(self, mark: str, rows: tuple[Row, ...], columns: tuple[Column, ...]) -> Grid:
        said = f"{rows[0].where.name} to {rows[-1].where.name}" if len(rows) > 1 else rows[0].where.name
        said += f", replies {columns[0].turn} to {columns[-1].turn}"
        columns = tuple(replace(column, anchor=f"{column.anchor}{mark}") for column in columns)
        return replace(self, anchor=f"{self.anchor}{mark}", rows=rows, columns=columns, piece=said)


def grid_of(index: RunIndex, places: Places, subject: str, found: Sequence[Change]) -> Grid:
    """The grid of one conversation.

    Args:
        places: of the anchors.
        found: the changes of this conversation.
    """
    number = places.talk(subject)
    conversation = index.conversations.get(subject)
    asked = index.asked(subject)
    turns = sorted({one.claim.turn for series in asked.values() for one in series if one.claim.turn})
    words = _words(conversation)
    columns = tuple(Column(turn, *words.get(turn, (None, "")), anchor=f"hint-{number}-{turn}") for turn in turns)
    labels: dict[tuple[str, int], list[Label]] = {}
    for label in conversation.labels if conversation else ():
        labels.setdefault((label.part, label.turn), []).append(label)
    changed = {(c.after.claim.problem, c.after.claim.part, c.after.claim.turn): c for c in found}
    model = conversation.model if conversation else ""
    rows = []
    for ref, series in asked.items():
        by_turn = {one.claim.turn: one for one in series}
        mine = {turn: change for turn in turns if (change := changed.get((*ref, turn)))}
        maker = _Cells(index, subject, index.parts[ref], places.row(subject, ref), model, labels)
        rows.append(Row(index.parts[ref], tuple(maker.cells(turns, by_turn, mine))))
    return Grid(conversation, subject, f"talk-{number}", columns, tuple(rows))


def _words(conversation: Conversation | None) -> Mapping[int, tuple[Hint | None, str]]:
    """For each reply the hint before it, and the person's words, cut at ``HINT_LONGEST``."""
    found: dict[int, tuple[Hint | None, str]] = {}
    for turn in conversation.turns if conversation else ():
        if turn.role == "user":
            text = turn.hint.text if turn.hint else turn.text
            cut = f"… ({len(text)} characters)" if len(text) > HINT_LONGEST else ""
            found[turn.number] = turn.hint, text[:HINT_LONGEST] + cut
    return found


@dataclass(frozen=True, slots=True)
class _Cells:
    """Makes the cells of one row."""

    index: RunIndex
    subject: str
    where: PartOf
    anchor: str
    model: str
    labels: Mapping[tuple[str, int], Sequence[Label]]

    def cells(
        self, turns: Sequence[int], by_turn: Mapping[int | None, Result], changed: Mapping[int, Change]
    ) -> Iterator[Cell]:
        given = ""  # anchor of the turn in which the standing answer was given
        name = "/".join(self.where.ref)
        for turn in turns:
            result = by_turn.get(turn)
            labelled = tuple(self.labels.get((name, turn), ()))
            clash = conflicts_of(result, labelled)
            said = Opinions(self.subject, turn, name, self.where, result, labelled, clash)
            if result is None:
                yield Cell(None, False, "", None, None, said)
            elif answered_anew(result) or (not result.claim.carried and _worth_a_drawer(result, labelled)):
                given = f"{self.anchor}-{turn}"
                step = self._step(changed[turn], given, bool(clash)) if turn in changed else None
                yield Cell(result, True, given, step, excerpt(result.claim, LONGEST), said)
            else:
                yield Cell(result, False, given if result.claim.carried else "", None, None, said)

    def _step(self, change: Change, anchor: str, clash: bool) -> Step:
        about = concerned(self.index, change.after) or change.hint is None
        return Step(change, self.where, *happened(change), anchor, about, self.model, clash)


def _worth_a_drawer(result: Result, labels: Sequence[Label]) -> bool:
    """Whether there is anything to say of an answer that was not found."""
    found = result.claim.diagnostics or result.verdict.diagnostics or result.claim.text
    return bool(found or labels or result.decision)
