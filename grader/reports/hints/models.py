"""Models side by side, with intervals: all hints together, and kind by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.analysis.comparisons import OUTCOMES, Comparisons, compare
from grader.analysis.measures import MEASURES
from grader.analysis.rows import Row
from grader.analysis.summary import Transitions, by_model, by_model_and_kind
from grader.records import HintKind
from grader.reports.charts.forest import Multiples, Named, forest_title, multiples

SHOWN = ("right_before", "right_after", "right_to_wrong", "wrong_to_right")
"""Measures that stand side by side for each model."""


_TITLES = {measure.name: measure.title for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Models:
    """The charts of models, and their comparisons.

    Args:
        measures: a column for each of :data:`SHOWN`.
        kinds: a column for each kind of hint: right answers that stayed right; None where no hint met a right answer.
        paired: all pairs of models on the same questions, for each outcome under which any could be compared.
    """

    measures: Multiples
    kinds: Multiples | None
    paired: tuple[Comparisons, ...]


def models(found: Sequence[Row], links: Mapping[str, str]) -> Models | None:
    """Compare the models of a run; None where there are fewer than two with changes that carry marks.

    Args:
        found: rows of the run.
        links: where each model's conversations are.
    """
    if len({row.model for row in found if row.model is not None}) < 2:
        return None
    there = [one for one in by_model(found) if one.marked and one.model is not None]
    if len(there) < 2:
        return None
    there.sort(key=lambda one: (-(one.right_after.value or 0), one.model or ""))
    names = [one.model or "" for one in there]
    table = [
        (name, links.get(name, ""), [_named(name, one, measure) for measure in SHOWN])
        for name, one in zip(names, there, strict=True)
    ]
    by_kind: dict[tuple[str, HintKind], Transitions] = {
        (one.model, one.kind): one
        for one in by_model_and_kind(found)
        if one.model is not None and one.kind is not None and one.keeps_right.of
    }
    kinds = [kind for kind in HintKind if any((name, kind) in by_kind for name in names)]
    crossed = [
        (
            name,
            links.get(name, ""),
            [_named(name, by_kind[name, kind], "keeps_right") if (name, kind) in by_kind else None for kind in kinds],
        )
        for name in names
    ]
    ordered = [_named(name, one, "right_after") for name, one in zip(names, there, strict=True)]
    return Models(
        multiples(forest_title(ordered, "Right after a hint"), [_TITLES[name] for name in SHOWN], table),
        multiples(_kept(kinds, by_kind), kinds, crossed) if kinds else None,
        tuple(one for outcome in OUTCOMES if (one := compare(found, outcome)).pairs),
    )


def _named(name: str, one: Transitions, measure: str) -> Named:
    measured = one.measured[measure]
    return Named(name, measured.rate, measured.interval)


def _kept(kinds: Sequence[HintKind], found: Mapping[tuple[str, HintKind], Transitions]) -> str:
    """The kind of hint after which fewest right answers stayed right."""
    sums = {
        kind: (
            sum(one.keeps_right.count for (_, other), one in found.items() if other is kind),
            sum(one.keeps_right.of for (_, other), one in found.items() if other is kind),
        )
        for kind in kinds
    }
    least = min(kinds, key=lambda kind: sums[kind][0] / sums[kind][1])
    kept, of = sums[least]
    if kept == of:
        return "Every right answer stayed right after hints of each kind"
    return f"Right answers stayed right least often after {least} hints: {kept:,} of {of:,}"
