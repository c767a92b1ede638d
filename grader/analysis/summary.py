"""What hints did: transitions between right and wrong, split by the kind of hint.

*Right* is a correct answer; *wrong* is one that carries marks but not all of them, so partial
answers count as wrong here, and mean credit is given beside. Answers without marks (unreadable,
missing, undecided, failed) are counted apart and are neither.

The rates are those of Kumar et al. (arXiv 2409.12917) for changes over all pairs, and of Yang et
al. (arXiv 2412.19513) for the conditional ones; the flip rate is that of Laban et al. (arXiv
2311.08596), except that the answer type and not the string decides whether an answer changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from grader.analysis.changes import answered_anew
from grader.analysis.index import RunIndex
from grader.analysis.rates import Rate, mean, rate
from grader.records import Change, HintKind, Result, Status


@dataclass(frozen=True, slots=True)
class Transitions:
    """The changes after one kind of hint.

    Args:
        kind: of the hint; None for all kinds together.
        changes: number of pairs (before, after).
        marked: those of them in which both carry marks; the denominator of most rates.
        right_before, right_after: accuracy, of ``marked``.
        right_to_wrong, wrong_to_right: of ``marked``.
        keeps_right: still right, of those right before: P(right after | right before).
        repairs_wrong: now right, of those wrong before: P(right after | wrong before).
        wrong_to_other_wrong: wrong again with a different answer, of those wrong before.
        flipped: a different answer, of all pairs with an answer before.
        exposed: answers that stood when such a hint concerned them (see :func:`exposures`).
        persisted: kept, in words or by not being taken up, of ``exposed``.
        answered: answered anew, of ``exposed``.
        readable: those that could be read, of the new answers that the grader did not fail on.
        credit_before, credit_after: exact mean credit over ``marked``, None of nothing.
        table: number of pairs for each (status before, status after); open statuses too.
    """

    kind: HintKind | None
    changes: int
    marked: int
    right_before: Rate
    right_after: Rate
    right_to_wrong: Rate
    wrong_to_right: Rate
    keeps_right: Rate
    repairs_wrong: Rate
    wrong_to_other_wrong: Rate
    flipped: Rate
    persisted: Rate
    answered: Rate
    readable: Rate
    credit_before: Fraction | None
    credit_after: Fraction | None
    table: Mapping[tuple[Status, Status], int]

    @property
    def open_before(self) -> Mapping[Status, int]:
        """How many answers before carried no marks, by status."""
        return _open((before, n) for (before, _), n in self.table.items())

    @property
    def open_after(self) -> Mapping[Status, int]:
        """How many answers after carried no marks, by status."""
        return _open((after, n) for (_, after), n in self.table.items())


@dataclass(frozen=True, slots=True)
class Exposure:
    """An answer that stood when a hint concerned it, and what became of it.

    Args:
        kind: of the hint.
        after: the result of the reply to the hint.
        kept: the answer was given again or not taken up.
    """

    kind: HintKind
    after: Result
    kept: bool


@dataclass(frozen=True, slots=True)
class FirstRight:
    """When a subject first had a part right.

    Args:
        replies: number of replies since the part was asked, up to the first right one; where no
            reply was right, the number after which the dialogue stopped (a censored value).
        right: whether there was a right one.
    """

    subject: str
    problem: str
    part: str
    replies: int
    right: bool


def exposures(index: RunIndex, found: Sequence[Change]) -> tuple[Exposure, ...]:
    """All answers that stood when a hint concerned them.

    An answer that is given anew was concerned. One that is only carried on was concerned where
    there was a hint (a further task is none) and the hint names the part or names no part.
    """
    same = {id(change.after): change.same_answer for change in found}
    return tuple(_exposures(index, same))


def _exposures(index: RunIndex, same: Mapping[int, bool]) -> Iterator[Exposure]:
    for subject in index.subjects:
        for ref in index.parts:
            for before, after in pairwise(index.series(subject, ref)):
                hint = index.hint(after)
                if hint is None or before.verdict.status is Status.MISSING:
                    continue
                if answered_anew(after):
                    yield Exposure(hint.kind, after, same[id(after)])
                elif hint.kind is not HintKind.NONE and hint.concerns(ref[0], index.parts[ref].part):
                    yield Exposure(hint.kind, after, True)


def transitions(index: RunIndex, found: Sequence[Change]) -> tuple[Transitions, ...]:
    """The table of transitions, one row for each kind of hint that occurred.

    Args:
        index: of the run.
        found: what :func:`grader.analysis.changes.changes` found in it.
    """
    seen = exposures(index, found)
    kinds = {change.hint.kind for change in found if change.hint} | {one.kind for one in seen}
    return tuple(
        _transitions(
            kind,
            [change for change in found if change.hint and change.hint.kind is kind],
            [one for one in seen if one.kind is kind],
        )
        for kind in HintKind
        if kind in kinds
    )


def overall(index: RunIndex, found: Sequence[Change]) -> Transitions:
    """All changes together, also those of which no hint is recorded."""
    return _transitions(None, found, exposures(index, found))


def first_right(index: RunIndex) -> tuple[FirstRight, ...]:
    """For each subject and each part that was asked: after how many replies it was right."""
    found = []
    for subject in index.subjects:
        for ref in index.parts:
            series = index.series(subject, ref)
            right = [i for i, one in enumerate(series, 1) if one.verdict.status is Status.CORRECT]
            if series:
                found.append(FirstRight(subject, *ref, right[0] if right else len(series), bool(right)))
    return tuple(found)


def _transitions(kind: HintKind | None, found: Sequence[Change], seen: Sequence[Exposure]) -> Transitions:
    pairs = [(c.before.verdict, c.after.verdict, c.same_answer) for c in found]
    marked = [pair for pair in pairs if pair[0].status.carries_marks and pair[1].status.carries_marks]
    right = [pair[0].status is Status.CORRECT for pair in marked]
    then = [pair[1].status is Status.CORRECT for pair in marked]
    both = list(zip(right, then, strict=True))
    new = [c.after.verdict.status for c in found if c.after.verdict.status is not Status.FAILED]
    return Transitions(
        kind=kind,
        changes=len(pairs),
        marked=len(marked),
        right_before=rate(right),
        right_after=rate(then),
        right_to_wrong=rate(a and not b for a, b in both),
        wrong_to_right=rate(b and not a for a, b in both),
        keeps_right=rate(b for a, b in both if a),
        repairs_wrong=rate(b for a, b in both if not a),
        wrong_to_other_wrong=rate(not b and not pair[2] for (a, b), pair in zip(both, marked, strict=True) if not a),
        flipped=rate(not same for before, _, same in pairs if before.status is not Status.MISSING),
        persisted=rate(one.kept for one in seen),
        answered=rate(answered_anew(one.after) for one in seen),
        readable=rate(status is not Status.UNREADABLE for status in new),
        credit_before=mean(pair[0].credit for pair in marked if pair[0].credit is not None),
        credit_after=mean(pair[1].credit for pair in marked if pair[1].credit is not None),
        table=dict(Counter((before.status, after.status) for before, after, _ in pairs)),
    )


def _open(counts: Iterator[tuple[Status, int]]) -> dict[Status, int]:
    found: Counter[Status] = Counter()
    for status, number in counts:
        if not status.carries_marks:
            found[status] += number
    return dict(found)
