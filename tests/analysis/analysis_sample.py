"""Small runs for the tests of the analysis: one problem, numbers as answers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from grader.diagnostics import AnswerError, Span, student_error
from grader.records import (
    Claim,
    Conversation,
    Hint,
    HintKind,
    Part,
    Problem,
    Rendered,
    Result,
    Run,
    Status,
    Turn,
    Verdict,
)

C, P, W = Status.CORRECT, Status.PARTIAL, Status.INCORRECT
U, M, D, F = Status.UNREADABLE, Status.MISSING, Status.UNDECIDED, Status.FAILED
SPAN = Span("t.md", 0, 1, 1)
MARKS = {C: Fraction(1), P: Fraction(1, 2), W: Fraction(0)}
MISLEADING, NEUTRAL, NONE, TARGETED = (
    HintKind.MISLEADING,
    HintKind.NEUTRAL,
    HintKind.NONE,
    HintKind.TARGETED,
)


class FakeType:
    """Reads fractions and decimals; equality with ``13`` is never settled."""

    def read(self, text: str, options: Any) -> Fraction:
        try:
            return Fraction(text.strip())
        except ValueError:
            raise AnswerError(student_error("answer-unreadable", "no number")) from None

    def same(self, one: Fraction, other: Fraction, options: Any) -> bool | None:
        return None if 13 in (one, other) else one == other

    def plain(self, value: Fraction, options: Any) -> Fraction:
        return value

    def render(self, value: Fraction, options: Any) -> Rendered:
        return Rendered(str(value), str(value), "")


def problem(points: Sequence[int] = (4, 2)) -> Problem:
    parts = tuple(Part("ab"[i], ("ab"[i],), "", Fraction(n), "number", None, "solve") for i, n in enumerate(points))
    return Problem("p", "1", "T", "", {}, "s.py", parts, "p.yaml")


def result(
    subject: str, part: str, status: Status, text: str = "1", turn: int | None = None, carried: bool = False
) -> Result:
    words = "" if status is M else text
    return Result(Claim(subject, "p", part, turn, words, carried=carried), Verdict(status, MARKS.get(status), ""))


Answer = tuple[Status, str] | None


def talk(hints: Sequence[Hint], **answers: Sequence[Answer]) -> Run:
    """A run of one conversation; ``answers`` by part, one a turn, None carries the last one on."""
    return talks({"t": (hints, answers)})


def talks(said: dict[str, tuple[Sequence[Hint], dict[str, Sequence[Answer]]]]) -> Run:
    """A run of several conversations, each with its hints and answers."""
    results, conversations = [], []
    for subject, (hints, answers) in said.items():
        turns = tuple(Turn("user", n, hint.text, SPAN, hint) for n, hint in enumerate(hints, 1))
        conversations.append(Conversation(subject, "", turns, "t.md"))
        for part, given in answers.items():
            standing: tuple[Status, str] = (M, "")
            for turn, answer in enumerate(given, 1):
                status, text = answer or standing
                results.append(result(subject, part, status, text, turn, answer is None))
                standing = status, text
    return Run("transcripts", "T", (problem(),), tuple(said), tuple(results), tuple(conversations))


def hint(kind: HintKind, *about: str) -> Hint:
    return Hint(kind, f"a {kind} hint", False, about)
