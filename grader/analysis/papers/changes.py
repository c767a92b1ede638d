"""Tables of changes: accuracy before and after, and what became of answers, by kind of hint, model or part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from grader.analysis.measures import MEASURES, Gain
from grader.analysis.papers.notes import method_note, stops_note
from grader.analysis.papers.table import Cell, Column, Kind, Table
from grader.analysis.rows import Row
from grader.analysis.stats import holm
from grader.analysis.summary import Transitions, by_kind, by_model, by_model_and_kind, by_part, elsewhere, summarize
from grader.records import StopPolicy

_ACCURACY = ("right_to_wrong", "wrong_to_right")
_BEFORE_AFTER = ("right_before", "right_after")
_BEHAVIOUR = tuple(one.name for one in MEASURES if one.name not in (*_BEFORE_AFTER, *_ACCURACY))
_TITLES = {measure.name: measure.title for measure in MEASURES}

HINT, MODEL, PART = Column("hint", "Hint"), Column("model", "Model"), Column("part", "Part")
EVERY = "all"
_BESIDE = "about other parts"

_Named = tuple[tuple[str, ...], Transitions]  # what a group is called, and the group


def change_tables(found: Sequence[Row]) -> Iterator[Table]:
    """Two tables for each way to split the changes: accuracy, and the conditional and other rates.

    Args:
        found: the rows of a run.
    """
    kinds: list[_Named] = [((str(one.kind),), one) for one in by_kind(found)]
    beside, every = elsewhere(found), summarize(found)
    rest = [((_BESIDE,), beside), ((EVERY,), every)] if beside.changes else [((EVERY,), every)]
    yield from _both("hint_kinds", "by kind of hint", (HINT,), kinds, rest)
    models: list[_Named] = [((one.model or "",), one) for one in by_model(found) if one.changes]
    if models:
        yield from _both("models", "by model", (MODEL,), models)
        split: list[_Named] = [((one.model or "", str(one.kind)), one) for one in by_model_and_kind(found)]
        yield from _both("models_hint_kinds", "by model and kind of hint", (MODEL, HINT), split)
    parts: list[_Named] = [(("/".join(one.part or ()),), one) for one in by_part(found)]
    if parts:
        yield from _both("parts", "by part", (PART,), parts)


def _both(
    name: str, by: str, head: tuple[Column, ...], groups: Sequence[_Named], rest: Sequence[_Named] = ()
) -> Iterator[Table]:
    """The two tables of some groups; ``rest`` are sums and others that are in no family of tests."""
    yield _accuracy(name, f"Right answers before and after, {by}", head, groups, rest)
    yield _behaviour(f"{name}_behaviour", f"What became of answers, {by}", head, [*groups, *rest])


def _accuracy(
    name: str, caption: str, head: tuple[Column, ...], groups: Sequence[_Named], rest: Sequence[_Named]
) -> Table:
    gains = [one.gain for _, one in groups]
    adjusted = holm([gain.test.p_value if gain is not None and gain.test is not None else None for gain in gains])
    body: list[tuple[Cell, ...]] = []
    family: list[tuple[Gain | None, float | None]] = [*zip(gains, adjusted, strict=True)]
    family += [(one.gain, None) for _, one in rest]
    for (names, one), (gain, p) in zip((*groups, *rest), family, strict=True):
        of = one.measured
        gained = gain.difference if gain is not None else None
        lost = (of[measure] for measure in _ACCURACY)
        body.append((*names, one.changes, one.marked, *(of[measure] for measure in _BEFORE_AFTER), gained, p, *lost))
    columns = (
        *head,
        Column("changes", "Changes", Kind.COUNT),
        Column("marked", "With marks", Kind.COUNT),
        *(Column(measure, _TITLES[measure], Kind.RATE) for measure in _BEFORE_AFTER),
        Column("gain", "After − before, points", Kind.DIFFERENCE),
        Column("gain_p", "p (Holm)", Kind.P_VALUE),
        *(Column(measure, _TITLES[measure], Kind.RATE) for measure in _ACCURACY),
    )
    every = [one for _, one in (*groups, *rest)]
    tested = sum(p is not None for p in adjusted)
    note = _note(every, (*_BEFORE_AFTER, *_ACCURACY))
    if tested:
        cluster = every[0].measured.cluster
        note += f" p: by swapping before and after in whole {cluster}s, adjusted by Holm for a family of {tested}."
    return Table(name, caption, columns, tuple(body), note)


def _behaviour(name: str, caption: str, head: tuple[Column, ...], groups: Sequence[_Named]) -> Table:
    columns = (*head, *(Column(measure, _TITLES[measure], Kind.RATE) for measure in _BEHAVIOUR))
    body: list[tuple[Cell, ...]] = [(*names, *(one.measured[name] for name in _BEHAVIOUR)) for names, one in groups]
    of = "; ".join(f"{one.title}: of {one.of}" for one in MEASURES if one.name in _BEHAVIOUR)
    return Table(name, caption, columns, tuple(body), f"{_note([one for _, one in groups], _BEHAVIOUR)} {of}.")


def _note(groups: Sequence[Transitions], measures: Sequence[str]) -> str:
    clusters = {cluster for one in groups for name in measures for cluster in one.measured.totals(name)}
    of = groups[0].measured.cluster
    whole = [one for one in groups if (one.kind, one.model, one.part) == (None,) * 3]  # then the others are parts of it
    stops: Counter[StopPolicy] = Counter()
    for one in whole[-1:] or groups:
        stops.update(one.stops)
    said = (
        "A change is a part that was answered again. Accuracy is of the changes with marks before and after; "
        "a partial answer is not right, and an open one is in no rate of accuracy.",
        f"{len(clusters)} {of if len(clusters) == 1 else f'{of}s'}.",
        method_note((one.measured[name] for one in groups for name in measures), of),
        stops_note(stops),
    )
    return " ".join(filter(None, said))
