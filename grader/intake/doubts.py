"""What makes the words of a claim less than sure: damage to the text, or to the borders of its turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.diagnostics import Audience, Diagnostic, Severity
from grader.records import Claim, Confidence, Doubt

DAMAGED = "answer-damaged"
"""Code of the diagnostic on an answer whose words are lost or guessed: it is for a person."""

REPAIRED = "answer-repaired"
"""Code of the diagnostic on an answer that was put right by rules: its verdict stands, and says so."""

BORDERS = "answer-borders"
"""Code of the diagnostic on an answer in a turn whose borders were worked out."""

SURE = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
"""The order of confidences."""


def less_sure(one: Confidence, other: Confidence) -> Confidence:
    """The lower of two confidences."""
    return min(one, other, key=SURE.__getitem__)


def doubted(claim: Claim, doubts: Sequence[Doubt], most: Confidence = Confidence.HIGH) -> Claim:
    """A claim as sure as its words.

    Args:
        claim: as found.
        doubts: about the words that it goes by.
        most: the confidence that no answer of this text exceeds.

    Returns:
        The claim with the least of the confidences, and the reason for the worst doubt.
    """
    confidence = less_sure(claim.confidence, most)
    if most is not Confidence.HIGH:
        says = "Where this reply begins and ends was worked out: no label says who speaks."
        fix = "Look whether these are the model's words; `grade intake --edit` writes a copy in which to say so."
        note = Diagnostic(BORDERS, Severity.NOTE, Audience.OPERATOR, says, claim.span, fix)
        claim = replace(claim, diagnostics=(*claim.diagnostics, note))
    if not doubts:
        return replace(claim, confidence=confidence)
    worst = min(doubts, key=lambda doubt: SURE[doubt.confidence])
    code = DAMAGED if worst.confidence is Confidence.LOW else REPAIRED
    says = f"The text of this answer was damaged: {worst.why}"
    fix = "Compare it with the original; correct the file that `grade intake` writes, and grade that."
    note = Diagnostic(code, Severity.WARNING, Audience.OPERATOR, says, claim.span, fix)
    confidence = less_sure(confidence, worst.confidence)
    return replace(claim, confidence=confidence, diagnostics=(*claim.diagnostics, note))
