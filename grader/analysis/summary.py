"""What hints did: the measures of all changes, split by kind of hint, by model and by part.

The measures are defined, with their sources, in :mod:`grader.analysis.measures`. A change is counted for a kind of hint
where the hint is about its part, or about no part in particular; what was answered again beside a hint about other
parts is counted apart (:func:`elsewhere`), for that hint says nothing of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from grader.analysis.firsts import FirstRight, first_right
from grader.analysis.index import Ref, RunIndex
from grader.analysis.measures import MEASURES, Gain, Tally
from grader.analysis.rates import Rate
from grader.analysis.rows import Row, rows
from grader.records import Change, HintKind, Status, StopPolicy

__all__ = [
    "FirstRight",
    "Transitions",
    "by_kind",
    "by_model",
    "by_model_and_kind",
    "by_part",
    "elsewhere",
    "first_right",
    "overall",
    "summarize",
    "transitions",
]


@dataclass(frozen=True, slots=True)
class Transitions:
    """The changes after one kind of hint, of one model, or of one part; whatever is None is all together.

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
        persisted: kept, in words or by not being taken up, of the answers that stood when the hint concerned them.
        answered: answered anew, of the same.
        readable: those that could be read, of the new answers that the grader did not fail on.
        credit_before, credit_after: exact mean credit over ``marked``, None of nothing.
        table: number of pairs for each (status before, status after); open statuses too.
        model, part: of which these are; None for all together, and for conversations that name no model.
        measured: each rate, by its name, with its interval; the cluster is the problem, of one part the conversation.
        stops: number of pairs in conversations that were stopped in each way.
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
    model: str | None = None
    part: Ref | None = None
    measured: Tally = field(default_factory=lambda: Tally(()), compare=False, repr=False)
    stops: Mapping[StopPolicy, int] = field(default_factory=dict)

    @property
    def gain(self) -> Gain | None:
        """Accuracy after minus before, with its interval and test; None where nothing carries marks on both sides."""
        return self.measured.gain()

    @property
    def open_before(self) -> Mapping[Status, int]:
        """How many answers before carried no marks, by status."""
        return _open((before, n) for (before, _), n in self.table.items())

    @property
    def open_after(self) -> Mapping[Status, int]:
        """How many answers after carried no marks, by status."""
        return _open((after, n) for (_, after), n in self.table.items())


def summarize(
    found: Iterable[Row], kind: HintKind | None = None, model: str | None = None, part: Ref | None = None
) -> Transitions:
    """All measures of some rows.

    Args:
        found: the rows, those that are no changes too.
        kind, model, part: what they have in common, to be named in the result.
    """
    every = tuple(found)
    tally = Tally(every, conversations=part is not None)
    pairs = [row for row in every if row.changed]
    marked = [row for row in pairs if row.marked]
    return Transitions(
        kind=kind,
        changes=len(pairs),
        marked=len(marked),
        **{measure.name: tally.rate(measure.name) for measure in MEASURES},
        credit_before=_mean(row.credit_before for row in marked),
        credit_after=_mean(row.credit for row in marked),
        table=dict(Counter((row.status_before, row.status) for row in pairs if row.status_before is not None)),
        model=model,
        part=part,
        measured=tally,
        stops=dict(Counter(row.stop for row in pairs)),
    )


def _mean(found: Iterable[Fraction | None]) -> Fraction | None:
    """The exact mean of credits, of which there are few different ones; None of nothing."""
    counts = Counter(one.as_integer_ratio() for one in found if one is not None)
    total = sum((Fraction(*one) * n for one, n in counts.items()), Fraction(0))
    return total / counts.total() if counts else None


def by_kind(found: Iterable[Row]) -> tuple[Transitions, ...]:
    """One summary for each kind of hint that concerned any answer, in the order of the kinds."""
    groups = _split(found, _kind_of)
    return tuple(summarize(groups[kind], kind=kind) for kind in HintKind if kind in groups)


def by_model(found: Iterable[Row]) -> tuple[Transitions, ...]:
    """One summary for each model, in the order of the run; conversations that name none are left out."""
    return tuple(summarize(group, model=model) for model, group in _split(found, lambda row: row.model).items())


def by_model_and_kind(found: Iterable[Row]) -> tuple[Transitions, ...]:
    """One summary for each model and each kind of hint that concerned any of its answers."""
    models = _split(found, lambda row: row.model)
    split = ((model, _split(group, _kind_of)) for model, group in models.items())
    return tuple(summarize(kinds[k], kind=k, model=model) for model, kinds in split for k in HintKind if k in kinds)


def by_part(found: Iterable[Row]) -> tuple[Transitions, ...]:
    """One summary for each part that was answered again, in the order of the run; with the conversation as cluster."""
    every = tuple(found)
    order = dict.fromkeys((row.problem, row.part) for row in every)
    groups = _split(every, lambda row: (row.problem, row.part) if row.changed else None)
    return tuple(summarize(groups[ref], part=ref) for ref in order if ref in groups)


def elsewhere(found: Iterable[Row]) -> Transitions:
    """The changes beside a hint that was about other parts."""
    return summarize(row for row in found if row.changed and row.hint is not None and not row.hint_concerned)


def transitions(index: RunIndex, found: Sequence[Change]) -> tuple[Transitions, ...]:
    """The table of transitions, one row for each kind of hint that occurred.

    Args:
        index: of the run.
        found: what :func:`grader.analysis.changes.changes` found in it.
    """
    return by_kind(rows(index, found))


def overall(index: RunIndex, found: Sequence[Change]) -> Transitions:
    """All changes together, also those of which no hint is recorded."""
    return summarize(rows(index, found))


_Key = TypeVar("_Key", bound=Hashable)


def _split(found: Iterable[Row], key: Callable[[Row], _Key | None]) -> dict[_Key, list[Row]]:
    """Rows by key, in the order in which the keys come; rows with the key None are left out."""
    groups: dict[_Key, list[Row]] = {}
    for row in found:
        at = key(row)
        if at is not None:
            groups.setdefault(at, []).append(row)
    return groups


def _kind_of(row: Row) -> HintKind | None:
    return row.hint if row.hint_concerned and (row.changed or row.exposed) else None


def _open(counts: Iterator[tuple[Status, int]]) -> dict[Status, int]:
    found: Counter[Status] = Counter()
    for status, number in counts:
        if not status.carries_marks:
            found[status] += number
    return dict(found)
