"""What people said of answers, beside what the machine found. Labels never set the truth."""

from __future__ import annotations

from dataclasses import dataclass

from grader.analysis.index import PartOf, RunIndex
from grader.records import Label, Result, Status

_MEANS = {"right": Status.CORRECT, "wrong": Status.INCORRECT, "partial": Status.PARTIAL}


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label and the result that it is about.

    Args:
        where: the part, None if the run has no such part.
        result: None if there is no answer of that turn.
        agrees: True or False; None where the two cannot be compared (free words, an open status).
    """

    subject: str
    label: Label
    where: PartOf | None
    result: Result | None
    agrees: bool | None


def label_rows(index: RunIndex) -> tuple[LabelRow, ...]:
    """All labels of the run: conflicts first, then what cannot be compared, then agreement."""
    rows = []
    refs = {"/".join(ref): ref for ref in index.parts}
    for conversation in index.run.conversations:
        results = {}
        if conversation.id in index:
            for ref in refs.values():
                for one in index.series(conversation.id, ref):
                    results[ref, one.claim.turn] = one
        for label in conversation.labels:
            ref = refs.get(label.part, ("", ""))
            result = results.get((ref, label.turn))
            where = index.parts.get(ref)
            rows.append(LabelRow(conversation.id, label, where, result, _agrees(label, result)))
    rows.sort(key=lambda row: (False, None, True).index(row.agrees))
    return tuple(rows)


def _agrees(label: Label, result: Result | None) -> bool | None:
    meant = _MEANS.get(label.says.strip().casefold())
    if meant is None or result is None or not result.verdict.status.carries_marks:
        return None
    return meant is result.verdict.status
