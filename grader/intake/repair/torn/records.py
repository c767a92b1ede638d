"""What is to be done to a text so that its formulas stand in their sentences again."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Confidence

Spot = tuple[int, int]
"""A line, from 0, and a column."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A formula put back, or pieces taken out that were put back elsewhere.

    Args:
        start, end: the characters that go, from one spot up to another.
        after: what comes in their place.
        formula: the formula as TeX, without dollar signs; "" where pieces are taken out.
        confidence: that this formula stood here.
        why: the reason, in one sentence for the person who looks.
    """

    start: Spot
    end: Spot
    after: str
    formula: str
    confidence: Confidence
    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """A stretch whose words are not sure: a hole that stayed, or pieces of which it is not known where they stood.

    Args:
        start, end: from one spot up to another.
        why: the reason, in one sentence for the person who looks.
    """

    start: Spot
    end: Spot
    why: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """What puts the formulas of a text back into their sentences.

    Args:
        edits: in the order of the text; they do not overlap.
        doubts: about what stays torn, in the order of the text. Nothing may be decided by it.
    """

    edits: tuple[Edit, ...]
    doubts: tuple[Unsure, ...]
