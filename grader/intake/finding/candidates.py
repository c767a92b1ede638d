"""All that reads as an answer to a part in a text, with its rank, and which of it was taken: for people who look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.answers import get_type
from grader.diagnostics import Span
from grader.intake.finding.denials import denied
from grader.intake.finding.ranks import AnswerKind, Rank, Ranker
from grader.intake.finding.siblings import Owners
from grader.intake.texts import CutText
from grader.records import Claim, Part, Problem


class Fate(StrEnum):
    """What became of a candidate."""

    CHOSEN = "chosen"
    RIVAL = "rival"  # another final answer, which nothing revises
    PASSED = "passed over"  # revised later, or less plainly marked as the answer
    DENIED = "denied"  # “not 5”
    OTHER = "another part's"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that reads as the part's type.

    Args:
        text: the words.
        span: where they stand.
        rank: how plainly they are marked as the answer.
        fate: what became of them.
    """

    text: str
    span: Span
    rank: Rank
    fate: Fate


def candidates(text: CutText, problem: Problem, part: Part, claim: Claim) -> tuple[Candidate, ...]:
    """The candidates for a part in the sections under its headings; where there are none, in the whole text.

    Args:
        text: a document or a reply.
        problem: of the part.
        part: the question.
        claim: that was made of it.

    Returns:
        In the order of the text; none for types that take the text as a whole.
    """
    kind: AnswerKind = get_type(part.type)
    if kind.whole_text:
        return ()
    own = text.under(problem.id, part.label) or range(len(text.sections))
    words = text.text(own)
    tokens = words.tokens
    ranker = Ranker(words, part)
    siblings = [p for p in problem.parts if p is not part and (p.label, p.type) == (part.label, part.type)]
    owners = Owners(words.words, part, siblings) if siblings else None
    taken = _ranges([claim.span] if claim.span is not None and not claim.carried else [])
    rivals = _ranges([span for _, span in claim.rivals])
    found: list[Candidate] = []
    for match in words.matches(kind, part.options):
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        span = text.span(start, end)
        if _meets(span, taken):
            fate = Fate.CHOSEN
        elif _meets(span, rivals):
            fate = Fate.RIVAL
        elif denied(words, match.first, match.last, alone=kind.reads_denials):
            fate = Fate.DENIED
        elif owners is not None and owners.owned(match.first, match.last, match.symbol) is False:
            fate = Fate.OTHER
        else:
            fate = Fate.PASSED
        found.append(Candidate(text.document.text[start:end], span, ranker.rank(match), fate))
    return tuple(found)


def _ranges(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _meets(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in ranges)
