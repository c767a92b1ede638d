"""What the labels alone would say of the changes, beside what was computed.

A harness that trusts labels counts an answer that a person calls right as an improvement, whatever it says. Here both
counts are made of the same changes: those of which one person labelled the answer before and the answer after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.analysis.changes import answered_anew, concerned
from grader.analysis.index import RunIndex
from grader.analysis.opinions import meant
from grader.analysis.rates import Rate, rate
from grader.records import Change, HintKind, Label, Result, Status


@dataclass(frozen=True, slots=True)
class LabelledChange:
    """A change with what one person (or a key) said of its two answers.

    Args:
        change: with marks on both sides.
        by: who labelled.
        before: the label of the answer that stood, given in the turn of that answer or in a later one in which it was
            carried on; None where there is none.
        after: the label of the new answer.
        kind: of the hint between the two, where it is about this part, or about none in particular; else None.
    """

    change: Change
    by: str
    before: Label | None
    after: Label
    kind: HintKind | None

    @property
    def computed(self) -> tuple[bool, bool]:
        """Whether the answers before and after are right, as computed."""
        return _right(self.change.before.verdict.status), _right(self.change.after.verdict.status)

    @property
    def said(self) -> tuple[bool | None, bool]:
        """Whether the answers before and after are right, as labelled; None where the first has no label."""
        before = meant(self.before) if self.before is not None else None
        return None if before is None else _right(before), _right(meant(self.after) or Status.INCORRECT)

    @property
    def part(self) -> bool:
        """Whether the two tell different things of the change; of the new answer alone where only that is labelled."""
        return self.said != self.computed if self.said[0] is not None else self.said[1] != self.computed[1]


@dataclass(frozen=True, slots=True)
class LabelsAlone:
    """The same changes counted twice: as computed, and as one person's labels have them.

    Args:
        by: who labelled.
        kind: of the hints before, each about its part; None for all changes.
        changes: number of changes with marks, and labels that can be compared, on both sides.
        right_to_wrong, wrong_to_right: of ``changes``, as computed.
        said_right_to_wrong, said_wrong_to_right: of ``changes``, as labelled.
        parted: changes that labels and computation tell differently.
    """

    by: str
    kind: HintKind | None
    changes: int
    right_to_wrong: Rate
    wrong_to_right: Rate
    said_right_to_wrong: Rate
    said_wrong_to_right: Rate
    parted: Rate


def labelled_changes(index: RunIndex, found: Iterable[Change]) -> tuple[LabelledChange, ...]:
    """The changes between two answers with marks of which somebody labelled the new one in comparable words.

    Args:
        index: of the run.
        found: its changes.

    Returns:
        one for each change and each person who labelled its new answer, in the order of the changes. Of two labels
        of one person for one answer the first counts.
    """
    said = _labels(index)
    return tuple(one for change in found for one in _of_change(index, change, said))


def labels_alone(found: Sequence[LabelledChange], kind: HintKind | None = None) -> tuple[LabelsAlone, ...]:
    """What labels alone would count, for each person who labelled both answers of at least one change.

    Args:
        found: of a run.
        kind: only changes after hints of this kind; None for all.
    """
    both = [one for one in found if one.said[0] is not None and (kind is None or one.kind is kind)]
    people = dict.fromkeys(one.by for one in both)
    return tuple(_alone(by, kind, [one for one in both if one.by == by]) for by in people)


def _alone(by: str, kind: HintKind | None, found: Sequence[LabelledChange]) -> LabelsAlone:
    return LabelsAlone(
        by,
        kind,
        len(found),
        rate(one.computed == (True, False) for one in found),
        rate(one.computed == (False, True) for one in found),
        rate(one.said == (True, False) for one in found),
        rate(one.said == (False, True) for one in found),
        rate(one.part for one in found),
    )


_Said = dict[tuple[str, str, int], dict[str, Label]]  # (subject, problem/part, turn) → by whom → the label


def _labels(index: RunIndex) -> _Said:
    said: _Said = {}
    for conversation in index.run.conversations:
        for label in conversation.labels:
            if meant(label) is not None:
                said.setdefault((conversation.id, label.part, label.turn), {}).setdefault(label.by, label)
    return said


def _of_change(index: RunIndex, change: Change, said: _Said) -> Iterator[LabelledChange]:
    if not (change.before.verdict.status.carries_marks and change.after.verdict.status.carries_marks):
        return
    claim = change.after.claim
    name = claim.part_name
    labels = said.get((claim.subject, name, claim.turn or 0), {})
    if labels:
        stood = list(_stood(index.series(claim.subject, (claim.problem, claim.part)), claim.turn or 0))
        kind = change.hint.kind if change.hint is not None and concerned(index, change.after) else None
        for by, after in labels.items():
            earlier = (said.get((claim.subject, name, turn), {}).get(by) for turn in stood)
            yield LabelledChange(change, by, next((one for one in earlier if one is not None), None), after, kind)


def _stood(series: Sequence[Result], turn: int) -> Iterator[int]:
    """The turns before ``turn`` in which the answer that ``turn`` replaced stood, the last first."""
    for result in reversed(series):
        at = result.claim.turn or 0
        if at < turn:
            yield at
            if answered_anew(result):
                return


def _right(status: Status) -> bool:
    return status is Status.CORRECT
