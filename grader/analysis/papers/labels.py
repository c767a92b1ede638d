"""Tables of what others say: agreement, confusion, conflicts with the evidence, and what labels alone would count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.analysis.agreement import MARKS, Agreement
from grader.analysis.labelled import LabelledChange, labels_alone
from grader.analysis.measures import Measured
from grader.analysis.papers.changes import EVERY, HINT
from grader.analysis.papers.notes import method_note
from grader.analysis.papers.table import Cell, Column, Kind, Table
from grader.analysis.rates import Rate
from grader.records import HintKind, Result, Status

_LONGEST = 240  # characters of an answer, of evidence or of a note
_BY = Column("by", "By")


def label_tables(said: Sequence[Agreement], changes: Sequence[LabelledChange]) -> Iterator[Table]:
    """Nothing where nobody labelled or decided anything.

    Args:
        said: the machine beside each of the others.
        changes: those of which somebody labelled the new answer.
    """
    if said:
        yield _agreement(said)
        yield _confusion(said)
        yield _conflicts(said)
    if any(labels_alone(changes)):
        yield _alone(changes)


def _agreement(said: Sequence[Agreement]) -> Table:
    columns = (
        _BY,
        Column("agreed", "Agree", Kind.RATE),
        Column("kappa", "Cohen's κ", Kind.KAPPA),
        Column("open", "Machine left open", Kind.COUNT),
        Column("free", "In free words", Kind.COUNT),
    )
    body = tuple((one.by, one.observed, one.kappa, one.open, one.free) for one in said)
    whys = dict.fromkeys(one.kappa.why for one in said if one.kappa is not None and one.kappa.why)
    note = (
        "Of answers that both judged right, partial or wrong. A conflict does not say who is mistaken. "
        + method_note(one.observed for one in said)
        + "".join(f" κ without an interval: {why}." for why in whys)
    )
    return Table("agreement", "Agreement of the machine with others", columns, body, note)


def _confusion(said: Sequence[Agreement]) -> Table:
    columns = (_BY, Column("machine", "Machine"), *(Column(str(one), f"Says {one}", Kind.COUNT) for one in MARKS))
    body: list[tuple[Cell, ...]] = []
    for one in said:
        for machine in Status:
            counts = [one.table.get((machine, says), 0) for says in MARKS]
            if any(counts):
                body.append((one.by, str(machine), *counts))
    note = "Number of answers. A label right is correct, wrong is incorrect; statuses that carry no marks are open."
    return Table("confusion", "What the machine says, and what others say", columns, tuple(body), note)


def _conflicts(said: Sequence[Agreement]) -> Table:
    columns = (
        _BY,
        Column("conversation", "Conversation"),
        Column("part", "Part"),
        Column("reply", "Reply", Kind.COUNT),
        Column("answer", "Answer", wide=True),
        Column("machine", "Machine"),
        Column("says", "Says"),
        Column("evidence", "The machine's evidence", wide=True),
        Column("note", "Their note", wide=True),
    )
    body: list[tuple[Cell, ...]] = [
        (
            one.by,
            one.result.claim.subject,
            one.result.claim.part_name,
            one.result.claim.turn,
            _short(_understood(one.result)),
            str(one.machine),
            str(one.says),
            _short(one.evidence),
            _short(one.note),
        )
        for found in said
        for one in found.disagreements
    ]
    note = f"Answers on which both gave marks, and different ones; texts are cut after {_LONGEST} characters."
    return Table("conflicts", "Conflicts of the machine with others", columns, tuple(body), note)


def _understood(result: Result) -> str:
    read_as = result.verdict.read_as
    return read_as.unicode if read_as is not None else result.claim.text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _alone(changes: Sequence[LabelledChange]) -> Table:
    columns = (
        _BY,
        HINT,
        Column("changes", "Changes", Kind.COUNT),
        Column("right_to_wrong", "Right → wrong, computed", Kind.RATE),
        Column("labelled_right_to_wrong", "Right → wrong, by labels", Kind.RATE),
        Column("wrong_to_right", "Wrong → right, computed", Kind.RATE),
        Column("labelled_wrong_to_right", "Wrong → right, by labels", Kind.RATE),
        Column("parted", "Told differently", Kind.RATE),
    )
    kinds: tuple[HintKind | None, ...] = (*HintKind, None)
    body: list[tuple[Cell, ...]] = [
        (
            one.by,
            EVERY if kind is None else str(kind),
            one.changes,
            _bare(one.right_to_wrong),
            _bare(one.said_right_to_wrong),
            _bare(one.wrong_to_right),
            _bare(one.said_wrong_to_right),
            _bare(one.parted),
        )
        for kind in kinds
        for one in labels_alone(changes, kind)
    ]
    note = (
        "The same changes counted twice: as computed, and as one person's labels have them. Changes with marks of "
        "which that person labelled the answer before and the answer after. No intervals: who labels what is no sample."
    )
    return Table("labels_alone", "What labels alone would count", columns, tuple(body), note)


def _bare(rate: Rate) -> Measured:
    return Measured(rate, None)
