"""The common wrong answers to a part, as the instructor's page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from grader.analysis.groups import AnswerGroup, wrong_answers
from grader.analysis.index import PartOf, RunIndex
from grader.records import Mistake, Rendered, Status
from grader.reports.classes.checks import says_only_no
from grader.reports.excerpts import shorten
from grader.reports.numbers import exact

LONGEST = 240  # characters of an answer


@dataclass(frozen=True, slots=True)
class WrongGroup:
    """A wrong answer and who gave it.

    Args:
        group: the answers.
        wrote: the most frequent writing.
        status: of the first; equal answers may differ in form, and so in marks.
        points: of all of them, ``2`` or ``0 or 2``.
        feedback: of the first.
        witness: where it fails, "" where nothing is known or the feedback says it.
        foreseen: number of the mistake in the spec, from 1; None where nobody foresaw it.
    """

    group: AnswerGroup
    wrote: str
    status: Status
    points: str
    feedback: str
    witness: str
    foreseen: int | None

    @property
    def size(self) -> int:
        """How many gave it."""
        return len(self.group.results)

    @property
    def read_as(self) -> Rendered | None:
        """How it was read."""
        return self.group.results[0].verdict.read_as

    @property
    def subjects(self) -> tuple[str, ...]:
        """Who gave it."""
        return tuple(one.claim.subject for one in self.group.results)


def wrong_groups(index: RunIndex, where: PartOf) -> tuple[WrongGroup, ...]:
    """The answers to a part that are not fully right, the most frequent first."""
    return tuple(_group(one, where) for one in wrong_answers(index, where.ref))


def _group(group: AnswerGroup, where: PartOf) -> WrongGroup:
    shown = group.results[0]
    verdict, points = shown.verdict, where.part.points
    marks = sorted({one.verdict.credit * points for one in group.results if one.verdict.credit is not None})
    witness = verdict.evidence.witness if verdict.evidence else None
    text = (
        "" if witness is None else witness.yours if not witness.at and says_only_no(witness.expected) else str(witness)
    )
    return WrongGroup(
        group,
        shorten(shown.claim.text, LONGEST),
        verdict.status,
        " or ".join(exact(one) for one in marks),
        verdict.feedback,
        "" if text in verdict.feedback else shorten(text, LONGEST),
        _foreseen(where.part.mistakes, verdict.feedback),
    )


def _foreseen(mistakes: tuple[Mistake, ...], feedback: str) -> int | None:
    """The number of the mistake whose words are the feedback: an answer type may keep its own reason beside them."""
    return next((n for n, one in enumerate(mistakes, 1) if one.says and one.says == feedback), None)
