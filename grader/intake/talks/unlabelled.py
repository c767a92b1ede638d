"""A transcript without labels: turns by the manner of the words, each border with a confidence.

Prints of web chats and pasted chats lose their labels. A person begins to speak at an attachment, a greeting, a
question to the model; a model at the words with which models begin, at a heading with a pictograph, at the line that
says how long it thought. No border of this kind is ever sure: a person has to look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.diagnostics import Audience, Diagnostic, Severity, Span, operator_error
from grader.intake.documents import Document
from grader.intake.formats.base import Range
from grader.intake.talks.dialogue import Stretch, trimmed
from grader.intake.talks.manners import asking, opening, surely_opening
from grader.intake.talks.speakers import ASSISTANT, USER
from grader.records import Confidence

_MOST_LINES = 12
_ASKED = 3  # points for a question at which a person speaks
_ATTACHMENT = re.compile(
    r"(?:[-*•][ \t])?(?:image|photo|file|screenshot|hw|homework)[\w ()-]{0,20}\.(?:png|jpe?g|pdf|webp)(?:[ \t]|$)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"[A-Z]{3,4} ?[\d.]+ ?[KM]B$")
_HEADED = re.compile(r"(?:#{1,6}[ \t])?(?:[\U0001F300-\U0001FAFF\u2705\u2753]\uFE0F?)[ \t]*[A-Z]")
_THINKS = re.compile(
    r"(?:First|Okay|Ok|Alright|Hmm|So|Now|Let me)\b.{0,120}\bthe (?:user|problem|question|format)\b"
    r"|(?:The|Looking back at the) user\b"
)
_CLOSED = re.compile(r"(?:[.?!:;)\]}”\"]|[^\w\s,(]|😊)\s*$")
_YOU = re.compile(r"\byou(?:r|['’]re)?\b", re.IGNORECASE)
_SHORT = 40  # characters of a line that is no full line of prose
_SOON = 6  # lines of a question at most, before the reply to it
_FAR = 40


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank.

    Args:
        start, end: offsets.
        words: without white space around them.
        apart: a blank line stands before it.
    """

    start: int
    end: int
    words: str
    apart: bool


def unlabelled_turns(text: str, thought: Sequence[Range]) -> list[Stretch]:
    """Turns of a text without labels, none of them surer than medium; empty where it does not read as a talk.

    Args:
        text: the transcript; what is no part of the talk is blank.
        thought: ranges in which a model thinks aloud, in order; they are blank in ``text``.
    """
    lines = _lines(text)
    borders = _Borders(lines, text, [start for start, _ in thought]).run()
    if not {USER, ASSISTANT} <= {role for role, _, _ in borders}:
        return []
    turns: list[Stretch] = []
    number = 0
    for index, (role, start, sure) in enumerate(borders):
        last = index + 1 == len(borders)
        stop, until = (len(text), sure) if last else (borders[index + 1][1], borders[index + 1][2])
        number += role == ASSISTANT
        both = Confidence.LOW if Confidence.LOW in (sure, until) else Confidence.MEDIUM
        turn = Stretch(role, number if role == ASSISTANT else number + 1, start, stop, True, None, confidence=both)
        turns.append(trimmed(text, turn))
    return turns


class _Borders:
    """One pass over the lines: the person speaks until a reply begins, and the model until the person does."""

    def __init__(self, lines: Sequence[_Line], text: str, thought: Sequence[int]) -> None:
        self._lines = lines
        self._text = text
        self._thought = thought
        self._found: list[tuple[str, int, Confidence]] = []

    def run(self) -> list[tuple[str, int, Confidence]]:
        """Role, offset and confidence of each turn's start."""
        index = self._first()
        thought = 0
        while 0 <= index < len(self._lines):
            line = self._lines[index]
            speaks = self._found[-1][0] if self._found else ""
            passed = thought
            while thought < len(self._thought) and self._thought[thought] <= line.start:
                thought += 1
            if not speaks:
                self._found.append((USER, line.start, self._sure_of_person(index)))
            elif speaks == USER and line.start > self._found[-1][1]:
                if thought > passed:
                    self._found.append((ASSISTANT, self._thought[thought - 1], Confidence.MEDIUM))
                    continue
                self._reply(index)
            elif speaks == ASSISTANT and self._asks(index):
                self._found.append((USER, line.start, self._sure_of_person(index)))
            index += 1
        return self._found

    def _first(self) -> int:
        """The line at which the talk begins, -1 where none of the first ones asks anything."""
        for index, line in enumerate(self._lines[:20]):
            if _ATTACHMENT.match(line.words) or (asking(line.words) > 0 and asking(self._ahead(index)) >= 2):
                return index
        return -1

    def _ahead(self, index: int) -> str:
        """A line with the two below it, as far as they are of its paragraph."""
        words = [self._lines[index].words]
        for line in self._lines[index + 1 : index + 3]:
            if line.apart:
                break
            words.append(line.words)
        return " ".join(words)

    def _asks(self, index: int) -> bool:
        """Whether the person begins to speak at a line of a reply."""
        line = self._lines[index]
        if _ATTACHMENT.match(line.words):
            return True
        before = self._lines[index - 1]
        if not (line.apart or _CLOSED.search(before.words) or len(before.words) < _SHORT):
            return False  # the line goes on with the sentence of the one above
        ahead = self._ahead(index)
        points = asking(ahead) if asking(line.words) > 0 and not _THINKS.match(line.words) else 0
        if points < _ASKED:
            return points > 1 and line.apart and self._opening_below(index + 1, 1)  # “Now do the next one.” “Sure!”
        # a reply asks itself questions, too
        return _YOU.search(ahead) is not None or self._opening_below(index + 1, _SOON)

    def _sure_of_person(self, index: int) -> Confidence:
        line = self._lines[index]
        points = asking(self._ahead(index))
        if _ATTACHMENT.match(line.words):
            return Confidence.MEDIUM
        above = self._lines[index - 1].words if index else ""
        closed = index == 0 or line.apart or (len(above) > _SHORT and above[-1] in ".!?😊")
        return Confidence.MEDIUM if points > _ASKED or (points >= _ASKED and closed) else Confidence.LOW

    def _reply(self, index: int) -> None:
        """Enter the reply that begins at a line of the person's turn, if one does."""
        line = self._lines[index]
        if surely_opening(line.words) or _HEADED.match(line.words) or _THINKS.match(line.words):
            self._found.append((ASSISTANT, line.start, Confidence.MEDIUM))
        elif (line.apart and opening(line.words)) or (
            line.apart and self._question_above(index) and not self._opening_below(index, _FAR)
        ):
            self._found.append((ASSISTANT, line.start, Confidence.LOW))

    def _question_above(self, index: int) -> bool:
        """Whether the paragraph above is all that the person asked: one that begins the turn, asks, and is short."""
        words = self._text[self._found[-1][1] : self._lines[index].start].strip()
        return "\n\n" not in words and len(words.split()) > 2 and len(words) < 600 and asking(words) >= _ASKED

    def _opening_below(self, index: int, most: int) -> bool:
        """Whether the words of a reply's beginning follow within some lines, before the person speaks again."""
        for line in self._lines[index : index + most]:
            if surely_opening(line.words):
                return True
            if line.apart and asking(line.words) >= _ASKED and _YOU.search(line.words):
                return False
        return False


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    at, apart = 0, True
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            found.append(_Line(at, at + len(raw), words, apart))
        apart = not words
        at += len(raw) + 1
    return found


def told(document: Document, turns: Sequence[Stretch]) -> Diagnostic:
    """What is said of a transcript that was cut without labels."""
    lines = [document.span(turn.start, turn.start).line for turn in turns if turn.role == USER]
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (" …" if len(lines) > _MOST_LINES else "")
    return Diagnostic(
        "transcript-unlabelled",
        Severity.WARNING,
        Audience.OPERATOR,
        f"No labels say who speaks; the turns were told by their words: the person's begin in line {shown}.",
        document.span(turns[0].start, turns[0].start),
        "Write 'User:' and 'Assistant:' at the start of the line where each turn begins to say so.",
    )


def no_turns(document: Document, labels: int) -> Diagnostic:
    """The error for a transcript in which no two turns are labelled.

    Args:
        document: the transcript.
        labels: how many speaker labels were found.
    """
    lines = [document.places.line(n) if document.places else n for n in likely_turns(document.text)]
    found = f"found {labels} speaker label{'' if labels == 1 else 's'}"
    fix = "Write 'User:' and 'Assistant:' at the start of the line where each turn begins."
    if lines:
        shown = ", ".join(map(str, lines[:_MOST_LINES]))
        fix += f" The person may be speaking at line {shown}{' …' if len(lines) > _MOST_LINES else ''}."
    return operator_error(
        "transcript-no-turns",
        f"The transcript cannot be cut into turns: {found}; expected at least one 'User:' and a reply.",
        Span(document.file, 0, 0, 1),
        fix,
    )


def likely_turns(text: str) -> list[int]:
    """Lines, from 1, at which a person may begin to speak: attachments, greetings, questions."""
    found: list[int] = []
    attached = False
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()[:200]
        is_attachment = _ATTACHMENT.match(words) is not None
        if (is_attachment and not attached) or asking(words) >= _ASKED:
            found.append(number)
        # The line after an attachment gives its size; another attachment may follow at once.
        attached = is_attachment or (attached and _SIZE.match(words) is not None)
    return found
