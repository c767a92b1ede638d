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
    if not doubts:
        return replace(claim, confidence=confidence)
    worst = min(doubts, key=lambda doubt: SURE[doubt.confidence])
    code = DAMAGED if worst.confidence is Confidence.LOW else REPAIRED
    says = f"The text of this answer was damaged: {worst.why}"
    fix = "Compare it with the original; correct the file that `grade intake` writes, and grade that."
    note = Diagnostic(code, Severity.WARNING, Audience.OPERATOR, says, claim.span, fix)
    confidence = less_sure(confidence, worst.confidence)
    return replace(claim, confidence=confidence, diagnostics=(*claim.diagnostics, note))
