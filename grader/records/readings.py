"""What was done to a text before it was read, and how far its words can be relied on."""

from __future__ import annotations

from dataclasses import dataclass

from grader.diagnostics import Span
from grader.records.kinds import Confidence


@dataclass(frozen=True, slots=True)
class Repair:
    """One change to a text, made by a declared rule.

    Args:
        rule: name of the rule, such as ``mojibake``.
        span: the place in the file as it was handed in.
        before: the characters that stood there.
        after: what they became; "" where they were taken out.
        confidence: that the writer meant ``after``.
        why: what the rule went by, in one sentence; "" where the rule's name says it.
    """

    rule: str
    span: Span
    before: str
    after: str
    confidence: Confidence = Confidence.HIGH
    why: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch of a text, as it is read, whose words may not be those of its writer.

    Args:
        start, end: offsets in the text that is read.
        confidence: of the words: an answer among them has at most this one. Low sends it to a person.
        why: the reason, in one sentence for the person who looks.
    """

    start: int
    end: int
    confidence: Confidence
    why: str

    def moved(self, by: int) -> Doubt:
        """The same doubt in a text that begins ``by`` characters later."""
        return Doubt(self.start - by, self.end - by, self.confidence, self.why)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the lines of a text that is read stand in its file.

    Args:
        lines: for each line of the text the line of the file, from 1.
        pages: for each line the page, from 1; empty where the file has no pages.
    """

    lines: tuple[int, ...]
    pages: tuple[int, ...] = ()

    def line(self, number: int) -> int:
        """The line of the file for a line of the text, from 1; past the end that of the last one."""
        return self.lines[min(number, len(self.lines)) - 1] if self.lines else number

    def page(self, number: int) -> int | None:
        """The page for a line of the text, from 1; None where there are none."""
        return self.pages[min(number, len(self.pages)) - 1] if self.pages else None

    def below(self, number: int) -> Places:
        """The places of the text that begins with the line of that number."""
        return Places(self.lines[number - 1 :], self.pages[number - 1 :])


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person wrote beside a conversation: an annotation, which is neither turn nor truth.

    Args:
        text: the words.
        turn: number of the reply beside which they stand.
        after: offset in that reply's text of the end of what they stand at.
        span: where they stand.
        part: ``problem/part`` that they are about, "" where it was not found.
        placed: it is known beside which words they stand; else only the page is.
    """

    text: str
    turn: int
    after: int
    span: Span
    part: str = ""
    placed: bool = True
