"""A conversation as a grid: parts down, replies across, and a drawer for each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.analysis.changes import answered_anew
from grader.analysis.index import PartOf, RunIndex
from grader.analysis.opinions import Opinions, conflicts_of
from grader.records import Change, Conversation, Hint, Label, Result
from grader.reports.excerpts import Excerpt, excerpt, shorten
from grader.reports.hints.steps import Step, steps_of, understood

LONGEST = 500  # characters of an answer in a drawer
HINT_LONGEST = 1500  # characters of a hint


@dataclass(frozen=True, slots=True)
class Cell:
    """A part at a turn in the grid.

    Args:
        result: None where the part was not asked yet.
        anchor: of the drawer in which the answer is shown; for a carried one, where it was given.
        step: the change with which this reply began, None if none.
        wrote: the answer in its context, only where it was given.
        opinions: what the key and people said of it.
    """

    result: Result | None
    anchor: str
    step: Step | None
    wrote: Excerpt | None
    opinions: Opinions

    @property
    def short(self) -> str:
        """The first words of the answer."""
        return shorten(understood(self.result), 24) if self.result else ""

    @property
    def here(self) -> bool:
        """Whether this cell has a drawer of its own."""
        return self.result is not None and self.anchor != "" and not self.result.claim.carried


@dataclass(frozen=True, slots=True)
class Column:
    """A reply, and what the person said before it."""

    turn: int
    hint: Hint | None
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A conversation: parts down, turns across."""

    conversation: Conversation | None
    subject: str
    anchor: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[PartOf, tuple[Cell, ...]], ...]
    steps: tuple[Step, ...]


def grid_of(index: RunIndex, number: int, subject: str, found: Sequence[Change]) -> Grid:
    """The grid of one conversation.

    Args:
        number: of the conversation in the run; anchors begin with it.
        found: the changes of this conversation.
    """
    conversation = index.conversations.get(subject)
    asked = {ref: index.series(subject, ref) for ref in index.parts}
    turns = sorted({one.claim.turn for series in asked.values() for one in series if one.claim.turn})
    words = _words(conversation)
    columns = tuple(Column(turn, *words.get(turn, (None, "")), anchor=f"hint-{number}-{turn}") for turn in turns)
    labels: dict[tuple[str, int], list[Label]] = {}
    for label in conversation.labels if conversation else ():
        labels.setdefault((label.part, label.turn), []).append(label)
    rows: list[tuple[PartOf, tuple[Cell, ...]]] = []
    steps: list[Step] = []
    for row, (ref, series) in enumerate(asked.items()):
        if series:
            by_turn = {one.claim.turn: one for one in series}
            changed = steps_of(index.parts[ref], found, f"cell-{number}-{row}")
            cells = _cells(subject, index.parts[ref], turns, by_turn, changed, labels, number, row)
            rows.append((index.parts[ref], tuple(cells)))
            steps += changed.values()
    steps.sort(key=lambda step: step.change.after.claim.turn or 0)
    return Grid(conversation, subject, f"talk-{number}", columns, tuple(rows), tuple(steps))


def _words(conversation: Conversation | None) -> Mapping[int, tuple[Hint | None, str]]:
    """For each reply the hint before it, and the person's words, cut at ``HINT_LONGEST``."""
    found = {}
    for turn in conversation.turns if conversation else ():
        if turn.role == "user":
            text = turn.hint.text if turn.hint else turn.text
            cut = f"… ({len(text)} characters)" if len(text) > HINT_LONGEST else ""
            found[turn.number] = turn.hint, text[:HINT_LONGEST] + cut
    return found


def _cells(
    subject: str,
    where: PartOf,
    turns: Sequence[int],
    by_turn: Mapping[int | None, Result],
    steps: Mapping[int, Step],
    labels: Mapping[tuple[str, int], Sequence[Label]],
    number: int,
    row: int,
) -> Iterator[Cell]:
    given = ""  # anchor of the turn in which the standing answer was given
    name = "/".join(where.ref)
    for turn in turns:
        result = by_turn.get(turn)
        labelled = tuple(labels.get((name, turn), ()))
        said = Opinions(subject, turn, name, where, result, labelled, conflicts_of(result, labelled))
        if result is None:
            yield Cell(None, "", None, None, said)
        elif answered_anew(result) or not result.claim.carried:
            given = f"cell-{number}-{row}-{turn}"
            yield Cell(result, given, steps.get(turn), excerpt(result.claim, LONGEST), said)
        else:
            yield Cell(result, given, None, None, said)
