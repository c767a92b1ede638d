"""Truth, key and annotator side by side; where they part, the conflict is named.

The truth is what was computed. What a key or a person says of an answer is reported beside it and never sets it.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.analysis.index import PartOf, RunIndex
from grader.records import Label, Result, Status, Verdict

MEANS = {"right": Status.CORRECT, "wrong": Status.INCORRECT, "partial": Status.PARTIAL}
"""What labels say that can be held against a status; other words are shown and not compared."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two of truth, key and annotator that say different things of one answer.

    Args:
        says: the conflict in a sentence without its end.
        evidence: what the computation has to show for itself, "" where it is no party.
    """

    says: str
    evidence: str = ""

    def __str__(self) -> str:
        return f"{self.says}: {self.evidence}" if self.evidence else self.says


@dataclass(frozen=True, slots=True)
class Opinions:
    """All that is said of one answer.

    Args:
        subject: the conversation.
        turn: number of the reply.
        part: ``problem/part``, as the labels name it.
        where: the part, None if the run has no such part.
        result: what was computed, None if there is no answer of that turn.
        labels: what was said, in the order of the file.
        conflicts: between any two of the three.
    """

    subject: str
    turn: int
    part: str
    where: PartOf | None
    result: Result | None
    labels: tuple[Label, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def key(self) -> tuple[Label, ...]:
        """What the key says."""
        return tuple(label for label in self.labels if label.by == "key")

    @property
    def annotator(self) -> tuple[Label, ...]:
        """What the annotator says."""
        return tuple(label for label in self.labels if label.by == "annotator")

    @property
    def others(self) -> tuple[Label, ...]:
        """What anybody else says."""
        return tuple(label for label in self.labels if label.by not in ("key", "annotator"))

    @property
    def agrees(self) -> bool | None:
        """Whether no two of them part; None where nothing could be compared."""
        if self.conflicts:
            return False
        compared = self.result is not None and self.result.verdict.status.carries_marks
        return True if compared and any(meant(label) for label in self.labels) else None


def meant(label: Label) -> Status | None:
    """The status that a label amounts to; None for free words."""
    return MEANS.get(label.says.strip().casefold())


def opinions(index: RunIndex) -> tuple[Opinions, ...]:
    """All labelled answers of a run: conflicts first, then what cannot be compared, then agreement."""
    refs = {"/".join(ref): ref for ref in index.parts}
    found = []
    for conversation in index.run.conversations:
        said: dict[tuple[int, str], list[Label]] = {}
        for label in conversation.labels:
            said.setdefault((label.turn, label.part), []).append(label)
        for (turn, part), labels in said.items():
            ref = refs.get(part)
            series = index.series(conversation.id, ref) if ref and conversation.id in index else ()
            result = next((one for one in series if one.claim.turn == turn), None)
            where = index.parts[ref] if ref else None
            conflicts = conflicts_of(result, labels)
            found.append(Opinions(conversation.id, turn, part, where, result, tuple(labels), conflicts))
    return tuple(sorted(found, key=lambda one: (False, None, True).index(one.agrees)))


def conflicts_of(result: Result | None, labels: list[Label] | tuple[Label, ...]) -> tuple[Conflict, ...]:
    """Every conflict between what was computed and what is said of it, and between key and annotator.

    Args:
        result: what was computed; an open status is no party.
        labels: what is said of this answer.
    """
    found = []
    verdict = result.verdict if result is not None and result.verdict.status.carries_marks else None
    for label in labels:
        if verdict is not None and meant(label) not in (None, verdict.status):
            says = f"{_who(label)} says {label.says}, the computation says {verdict.status}"
            found.append(Conflict(says, evidence_of(verdict)))
    keys, others = ([one for one in labels if meant(one) and (one.by == "key") is key] for key in (True, False))
    for key in keys:
        for other in others:
            if meant(key) is not meant(other):
                found.append(Conflict(f"the key says {key.says}, {_who(other)} says {other.says}"))
    return tuple(found)


def _who(label: Label) -> str:
    return f"the {label.by}" if label.by in ("key", "annotator") else label.by


def evidence_of(verdict: Verdict) -> str:
    """What can be checked: why and where the answer fails, or what it was found to equal, and how."""
    evidence = verdict.evidence
    if evidence is None:
        return verdict.feedback
    how = f"{evidence.method}, {evidence.error_bound}" if evidence.error_bound else evidence.method
    if verdict.status is Status.CORRECT:
        return f"equal to {verdict.expected.unicode} ({how})" if verdict.expected is not None else how
    shown = str(evidence.witness) if evidence.witness is not None else how
    return f"{verdict.feedback} ({shown})" if verdict.feedback else shown
