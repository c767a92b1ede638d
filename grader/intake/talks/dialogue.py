"""From speaker labels to turns, also where replies have no label of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.diagnostics import Audience, Diagnostic, Severity
from grader.intake.documents import Document
from grader.intake.doubts import less_sure
from grader.intake.formats.base import Range
from grader.intake.talks.manners import opening
from grader.intake.talks.speakers import ASSISTANT, USER, Speaker
from grader.records import Confidence


@dataclass(frozen=True, slots=True)
class Stretch:
    """One turn's place in the text.

    Args:
        role: ``user`` or ``assistant``.
        number: of the reply, from 1; a user's stretch has the number of the reply to it.
        start: offset of its first character.
        end: offset past its last.
        inferred: no label marks one of its ends.
        speaker: the label, None where there is none.
        above: for a user's stretch the heading lines right above its label, else "".
        confidence: that it begins and ends where it does.
    """

    role: str
    number: int
    start: int
    end: int
    inferred: bool
    speaker: Speaker | None
    above: str = ""
    confidence: Confidence = Confidence.HIGH


_REPLY_OPENING = re.compile(
    r"(?<=[.?!])[\"'’”)\]]?[ \t]+(?=(?:You(?:'|’)re|You are) (?:absolutely |completely |quite )?(?:right|correct)\b"
    r"|Great (?:question|catch|point)\b|Good (?:question|catch|point)\b|I apologi[sz]e\b|Apologies\b"
    r"|Thank(?:s| you) for\b|Let me (?:re\w+|think|check|work|solve|double)\b|I(?:'|’)ll (?:solve|work|re\w+)\b"
    r"|(?:Sure|Certainly|Of course|Absolutely)[,!])"
)
_HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t]+\S|-{3,}[ \t]*$|\*{3,}[ \t]*$)")


def stretches(
    document: Document, found: Sequence[Speaker], asked: Sequence[Range] = ()
) -> tuple[list[Stretch], list[Diagnostic]]:
    """Cut a transcript at its labels.

    A reply without a label is what follows the paragraph of a user's turn. Two model labels in a
    row are one reply: the second is a word of it ("Model: y = ax").

    Args:
        document: the transcript.
        found: its labels.
        asked: ranges in which the looks of the pages show the person, in order.
    """
    text = document.text
    turns: list[Stretch] = []
    notes: list[Diagnostic] = []
    number = 0
    used = _one_model_label_each(found)
    waiting: Speaker | None = None  # a user's turn to which no reply has come yet
    for index, speaker in enumerate(used):
        following = used[index + 1] if index + 1 < len(used) else None
        stop = following.start if following else len(text)
        if following is None or following.role == USER:
            stop = _above(text, speaker.end, stop) if following else stop
        if speaker.role == ASSISTANT:
            number += 1
            reply = Stretch(ASSISTANT, number, speaker.end, stop, False, speaker, confidence=speaker.confidence)
            turns.append(trimmed(text, reply))
            continue
        first = waiting or speaker
        start = first.end
        above = _heading_above(text, used[index - 1].end if index else 0, first.start)
        if following and following.role == ASSISTANT:
            sure = less_sure(first.confidence, following.confidence)
            turns.append(trimmed(text, Stretch(USER, number + 1, start, stop, False, first, above, sure)))
            waiting = None
            continue
        looks = _end_of_look(asked, speaker, stop)
        split, merged = (looks, False) if looks else _end_of_question(text, speaker.end, stop)
        if not text[split:stop].strip():
            waiting = first  # nobody replied: the next turn of the person goes on from here
            if following is None:
                turns.append(
                    trimmed(text, Stretch(USER, number + 1, start, stop, False, first, above, first.confidence))
                )
                notes.append(_note(document, speaker, "transcript-no-reply", "has no reply", ""))
            continue
        waiting = None
        number += 1
        plain = Confidence.HIGH if looks or merged or opening(text[split:stop].lstrip()[:300]) else Confidence.MEDIUM
        sure = less_sure(first.confidence, plain)
        turns.append(trimmed(text, Stretch(USER, number, start, split, True, first, above, sure)))
        turns.append(trimmed(text, Stretch(ASSISTANT, number, split, stop, True, None, confidence=sure)))
        notes.append(_inferred(document, speaker, split, merged))
    return turns, notes


def between(text: str, asked: Sequence[Range], confidence: Confidence) -> list[Stretch]:
    """Turns where only the person's stretches are known: what stands between them are the replies.

    Args:
        text: of the transcript; what is no part of the talk is blank.
        asked: the person's stretches, in order; what stands before the first is a title.
        confidence: of the borders.
    """
    found: list[Stretch] = []
    number = 0
    for index, (start, end) in enumerate(asked):
        stop = asked[index + 1][0] if index + 1 < len(asked) else len(text)
        if found and found[-1].role == USER:  # nobody replied: the person goes on
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Stretch(USER, number + 1, start, end, True, None, confidence=confidence))
        if text[end:stop].strip():
            number += 1
            found.append(Stretch(ASSISTANT, number, end, stop, True, None, confidence=confidence))
    return [trimmed(text, turn) for turn in found]


def _end_of_look(asked: Sequence[Range], speaker: Speaker, stop: int) -> int:
    """Where the look of a person's label ends, if it does before ``stop``; else 0."""
    at = bisect_right(asked, speaker.end, key=lambda one: one[0]) - 1
    end = asked[at][1] if at >= 0 else 0
    return end if speaker.end < end < stop else 0


def _one_model_label_each(found: Sequence[Speaker]) -> list[Speaker]:
    used: list[Speaker] = []
    for speaker in found:
        if not (used and used[-1].role == ASSISTANT == speaker.role):
            used.append(speaker)
    return used


def trimmed(text: str, turn: Stretch) -> Stretch:
    """The turn without white space around it."""
    words = text[turn.start : turn.end]
    start = turn.start + len(words) - len(words.lstrip())
    end = max(start, turn.start + len(words.rstrip()))
    return replace(turn, start=start, end=end)


def _end_of_question(text: str, start: int, stop: int) -> tuple[int, bool]:
    """Where a person's paragraph ends, and whether a reply opens within it."""
    end, at, begun = stop, start, False
    while at < stop:
        newline = text.find("\n", at, stop)
        line_end = stop if newline < 0 else newline
        blank = not text[at:line_end].strip()
        if begun and (blank or _HEADING.match(text[at:line_end])):
            end = at
            break
        begun = begun or not blank
        at = line_end + 1
    paragraph = text[start:end]
    last_question = paragraph.rfind("?")
    opening = _REPLY_OPENING.search(paragraph, max(last_question, 0))
    # lookbehind: the search may start at the question mark itself
    return (start + opening.end(), True) if opening else (end, False)


def _above(text: str, start: int, stop: int) -> int:
    """Offset at which the heading lines right above ``stop`` begin; they belong to no reply."""
    at = stop
    while at > start:
        newline = text.rfind("\n", start, at - 1)
        line_start = newline + 1 if newline >= 0 else start
        line = text[line_start:at]
        if line.strip() and not _HEADING.match(line.rstrip("\r\n")):
            break
        at = line_start
    return at if _at_line_start(text, at) else stop


def _at_line_start(text: str, at: int) -> bool:
    """Whether a line starts at ``at``."""
    return at == 0 or text[at - 1] == "\n"


def _heading_above(text: str, start: int, stop: int) -> str:
    return text[_above(text, start, stop) : stop].strip()


def _note(document: Document, speaker: Speaker, code: str, what: str, fix: str) -> Diagnostic:
    span = document.span(speaker.start, speaker.end)
    message = f"The turn of {speaker.name!r} in line {span.line} {what}."
    return Diagnostic(code, Severity.NOTE, Audience.OPERATOR, message, span, fix)


def _inferred(document: Document, speaker: Speaker, split: int, merged: bool) -> Diagnostic:
    text = document.text
    begins = split + len(text[split : split + 200]) - len(text[split : split + 200].lstrip())
    line = document.span(begins, begins).line
    if merged:
        return _note(
            document,
            speaker,
            "transcript-merged-turns",
            "and the reply to it share a paragraph; the reply was taken to start at its opening words",
            f"Put the reply in line {line} on a line of its own that starts with 'Assistant:'.",
        )
    return _note(
        document,
        speaker,
        "transcript-inferred-turn",
        "is followed by a reply without a label; the reply was taken to start after the paragraph",
        f"Write 'Assistant:' before the reply in line {line} to say so.",
    )
