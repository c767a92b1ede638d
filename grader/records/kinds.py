"""The words that records use: statuses, confidence, kinds of hints."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What is said of an answer. Only the first three carry marks; a human sees the rest."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    UNREADABLE = "unreadable"  # there is an answer; it could not be parsed
    MISSING = "missing"  # no answer was found
    UNDECIDED = "undecided"  # parsed; equality, or which answer is meant, is not settled
    FAILED = "failed"  # our fault or the solver's: time, memory, bug

    @property
    def carries_marks(self) -> bool:
        """Whether the status is a mark, as opposed to an open item."""
        return self in (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)


class Confidence(StrEnum):
    """How sure the reader is that the text it found is the answer to this part."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class StopPolicy(StrEnum):
    """How it was decided when a conversation ends; what is not seen after that end depends on it."""

    WHEN_RIGHT = "when_right"  # at the first right answer
    FIXED = "fixed"  # after a number of turns that was set before
    UNKNOWN = "unknown"  # nobody said


class HintKind(StrEnum):
    """What a turn of the person tells the model (DESIGN 7)."""

    NONE = "none"  # no hint: the task itself
    NEUTRAL = "neutral"  # a challenge without content: "are you sure?"
    TARGETED = "targeted"  # points at the place
    REVEALING = "revealing"  # contains the answer
    MISLEADING = "misleading"  # pushes a false claim
