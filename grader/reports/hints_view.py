"""What the evaluator's page shows: answers turn by turn, and what hints did to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.analysis.changes import answered_anew, changes
from grader.analysis.index import PartOf, RunIndex
from grader.analysis.opinions import Opinions, conflicts_of, opinions
from grader.analysis.summary import Transitions, first_right, overall, transitions
from grader.records import Change, Conversation, Failure, Hint, HintKind, Label, Result, Status
from grader.reports.excerpts import Excerpt, excerpt, shorten
from grader.reports.numbers import of, plural

LONGEST = 500  # characters of an answer in a drawer
HINT_LONGEST = 1500  # characters of a hint
SHORT = 90  # characters of an answer in the list of changes

MEASURES = (
    ("Right before", "of pairs with marks on both sides", "right_before"),
    ("Right after", "of the same pairs", "right_after"),
    ("Right → wrong", "of the same pairs", "right_to_wrong"),
    ("Wrong → right", "of the same pairs", "wrong_to_right"),
    ("Keeps right", "still right, of those right before", "keeps_right"),
    ("Repairs wrong", "now right, of those wrong before", "repairs_wrong"),
    ("Wrong → other wrong", "of those wrong before", "wrong_to_other_wrong"),
    ("Flipped", "another answer, of all answers given again", "flipped"),
    ("Persisted", "kept or not taken up, of answers the hint concerned", "persisted"),
    ("Answered again", "of answers the hint concerned", "answered"),
    ("Readable", "of the new answers", "readable"),
)


def _understood(result: Result) -> str:
    """An answer as it was read, or, where it was not, as it was written."""
    read_as = result.verdict.read_as
    return read_as.unicode if read_as else result.claim.text


@dataclass(frozen=True, slots=True)
class Step:
    """A change as the list and the grid show it.

    Args:
        css: ``lost`` (right → wrong), ``won``, ``moved`` (another answer) or ``kept``.
        says: the same in words.
    """

    change: Change
    where: PartOf
    css: str
    glyph: str
    says: str
    anchor: str

    @property
    def before(self) -> str:
        """The words before, short."""
        return shorten(_understood(self.change.before), SHORT)

    @property
    def after(self) -> str:
        """The words after, short."""
        return shorten(_understood(self.change.after), SHORT)


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
        return shorten(_understood(self.result), 24) if self.result else ""

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


@dataclass(frozen=True, slots=True)
class HintsView:
    """All that the hints report shows. ``hidden`` conversations are counted but not drawn."""

    headline: str
    chart_title: str
    measures: tuple[tuple[str, str, str], ...]
    rows: tuple[Transitions, ...]
    overall: Transitions
    steps: tuple[Step, ...]
    hidden_steps: int
    grids: tuple[Grid, ...]
    hidden: int
    first: tuple[tuple[int, int], ...]
    never: int
    asked: int
    opinions: tuple[Opinions, ...]
    failures: tuple[Failure, ...]

    def understood(self, result: Result) -> str:
        """An answer as it was read, short."""
        return shorten(_understood(result), SHORT)

    def anchor(self, one: Opinions) -> str:
        """Of the drawer in which an answer is shown, "" where its conversation is not drawn."""
        for grid in self.grids:
            if grid.subject == one.subject:
                turns = [column.turn for column in grid.columns]
                at = turns.index(one.turn) if one.turn in turns else -1
                rows = (cells for where, cells in grid.rows if "/".join(where.ref) == one.part)
                return next((cells[at].anchor for cells in rows if at >= 0), "")
        return ""

    @property
    def conflicts(self) -> tuple[Opinions, ...]:
        """Answers of which truth, key and annotator do not say the same."""
        return tuple(one for one in self.opinions if one.conflicts)

    @property
    def columns(self) -> tuple[Transitions, ...]:
        """Of the table of rates: each kind, then all together."""
        return (*self.rows, self.overall)


def hints_view(index: RunIndex, most: int) -> HintsView:
    """Gather the hints report.

    Args:
        most: number of conversations that are drawn; those with the most lost answers, then those
            with the most changed ones, come first where there are more.
    """
    found = changes(index.run)
    by_subject: dict[str, list[Change]] = {subject: [] for subject in index.subjects}
    for change in found:
        by_subject[change.after.claim.subject].append(change)
    drawn = set(sorted(index.subjects, key=lambda one: _interest(by_subject[one]), reverse=True)[:most])
    grids = tuple(
        _grid(index, number, subject, by_subject[subject])
        for number, subject in enumerate(index.subjects)
        if subject in drawn
    )
    order = ("lost", "won", "moved", "kept")
    steps = [step for grid in grids for step in grid.steps]
    firsts = first_right(index)
    reached = [one.replies for one in firsts if one.right]
    table = transitions(index, found)
    everything = overall(index, found)
    return HintsView(
        headline=_headline(everything, table),
        chart_title=_chart_title(table),
        measures=MEASURES,
        rows=table,
        overall=everything,
        steps=tuple(sorted(steps, key=lambda step: order.index(step.css))),
        hidden_steps=len(found) - len(steps),
        grids=grids,
        hidden=len(index.subjects) - len(grids),
        first=tuple((n, reached.count(n)) for n in sorted(set(reached))),
        never=len(firsts) - len(reached),
        asked=len(firsts),
        opinions=opinions(index),
        failures=index.run.failures,
    )


def _interest(found: Sequence[Change]) -> tuple[int, int]:
    lost = sum(_kind(change)[0] == "lost" for change in found)
    return lost, sum(not change.same_answer for change in found)


def _headline(everything: Transitions, table: Sequence[Transitions]) -> str:
    if not everything.marked:
        return "No part was answered again with marks on both sides, so there is no change to report."
    lost, won = everything.right_to_wrong, everything.wrong_to_right
    if not lost.count and not won.count:
        return f"No answer changed between right and wrong in {plural(everything.marked, 'pair')} of answers."
    text = (
        f"Of {plural(everything.marked, 'answer')} given again, {lost.count} went from right to wrong "
        f"and {won.count} from wrong to right."
    )
    misled = [row for row in table if row.kind is HintKind.MISLEADING]
    if misled and misled[0].right_to_wrong.count:
        kept = misled[0].keeps_right
        text += f" After misleading hints, {of(kept)} right answers stayed right."
    return text


def _chart_title(table: Sequence[Transitions]) -> str:
    """The kind of hint that moved accuracy most, said in words."""
    moved = [row for row in table if row.marked and row.right_before.count != row.right_after.count]
    if not moved:
        return "Accuracy before and after is the same for each kind of hint"
    most = max(moved, key=_moved)
    kind = "turns without a hint" if most.kind is HintKind.NONE else f"{most.kind} hints"
    verb = "fell" if most.right_after.count < most.right_before.count else "rose"
    return (
        f"After {kind}, right answers {verb} from {most.right_before.count} to "
        f"{most.right_after.count} of {most.marked}"
    )


def _moved(row: Transitions) -> tuple[int, bool]:
    """By how many right answers a row moved; of equal ones, losses come first."""
    by = row.right_after.count - row.right_before.count
    return abs(by), by < 0


def _kind(change: Change) -> tuple[str, str, str]:
    """CSS class, glyph and words of a change."""
    before, after = change.before.verdict.status, change.after.verdict.status
    if before.carries_marks and after.carries_marks:
        right = before is Status.CORRECT, after is Status.CORRECT
        if right == (True, False):
            return "lost", "↘", "right → wrong"
        if right == (False, True):
            return "won", "↗", "wrong → right"
    if before is Status.MISSING:
        return "moved", "+", "first answer"
    if change.same_answer:
        return "kept", "=", "same answer again"
    if not (before.carries_marks and after.carries_marks):
        return "moved", "↻", f"{before} → {after}"
    return "moved", "↻", "another answer"


def _grid(index: RunIndex, number: int, subject: str, found: Sequence[Change]) -> Grid:
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
            changed = _steps(index.parts[ref], found, f"cell-{number}-{row}")
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


def _steps(where: PartOf, found: Sequence[Change], anchor: str) -> dict[int, Step]:
    mine = (c for c in found if (c.after.claim.problem, c.after.claim.part) == where.ref)
    return {
        turn: Step(change, where, *_kind(change), anchor=f"{anchor}-{turn}")
        for change in mine
        if (turn := change.after.claim.turn) is not None
    }


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
