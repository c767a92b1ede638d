"""A document as a talk: who says what, what a model thought aloud, and what a person remarked beside it.

Labels are looked for first; then the looks of the pages; then the manner of the words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.diagnostics import Audience, Diagnostic, Severity
from grader.intake.documents import Document
from grader.intake.formats.base import Range, blank
from grader.intake.layout import MarginNote
from grader.intake.talks.afterwords import afterword
from grader.intake.talks.dialogue import Stretch, between, stretches, trimmed
from grader.intake.talks.habits import habit
from grader.intake.talks.pagenotes import page_notes
from grader.intake.talks.quotes import quoted_turns
from grader.intake.talks.remarks import Aside, marked_remarks, remarks_by_manner, talks_of_models
from grader.intake.talks.speakers import ASSISTANT, USER, Speaker, declared_model, speakers
from grader.intake.talks.thoughts import thoughts, thoughts_of_reply
from grader.intake.talks.unlabelled import told as unlabelled
from grader.intake.talks.unlabelled import unlabelled_turns
from grader.intake.talks.voices import Voices, voices
from grader.records import Remark

_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Talk:
    """What :func:`read_talk` finds.

    Args:
        text: of the document; thoughts and remarks are blank.
        turns: in order; empty where nothing tells them apart.
        remarks: in order.
        diagnostics: for the person who runs the command.
        labels: how many lines say who speaks.
        model: its name, as a line of the head declares it; else "".
    """

    text: str
    turns: list[Stretch]
    remarks: tuple[Remark, ...]
    diagnostics: list[Diagnostic]
    labels: int
    model: str


def read_talk(document: Document, model: str = "", person: str = "") -> Talk:
    """Cut a transcript into turns.

    Args:
        document: as read.
        model: a name of the model, as the file declares it; "" if it does not.
        person: a name of the person, likewise.
    """
    model = model or declared_model(document.text)
    seen = voices(document.text, document.layout) if document.layout else Voices()
    thought = [*thoughts(document.text), *seen.thought]
    found = speakers(blank(document.text, thought), model, person)
    starts = [one.start for one in found]
    below = [] if document.layout else page_notes(document, thought, starts)
    ways = habit(document.text[: starts[0]] if starts else "")
    marked = marked_remarks(document.text, starts, ways.marks)
    if (end := afterword(document.text, starts)) is not None:
        marked.append(end)
    asides = _with_looks(marked, [*seen.annotator, *below])
    found = _outside(found, asides)
    text = blank(document.text, [*thought, *((one.start, one.end) for one in asides)])
    turns, notes = stretches(replace(document, text=text), found, seen.person)
    if not {USER, ASSISTANT} <= {turn.role for turn in turns}:
        asked, sure = (seen.person, seen.confidence) if document.layout else quoted_turns(text)
        turns, notes = between(text, asked, sure), []
    if not {USER, ASSISTANT} <= {turn.role for turn in turns}:
        turns = unlabelled_turns(text, sorted(thought))
        notes = [unlabelled(document, turns)] if turns else []
    text = _without_thoughts(text, turns)
    notes_beside = document.layout.notes if document.layout else ()
    unmarked = _unmarked(text, turns, bool(asides or notes_beside or ways.italic), ways.italic)
    if unmarked:
        text = blank(text, [(one.start, one.end) for one in unmarked])
        notes.append(_told(document, unmarked))
    turns = [trimmed(text, turn) for turn in turns]
    unplaced = {start for start, _ in below}
    remarks = [_remark(document, turns, one, one.start not in unplaced) for one in (*asides, *unmarked)]
    remarks += [_beside(document, turns, one) for one in notes_beside]
    remarks.sort(key=lambda one: one.span.start)
    return Talk(text, turns, tuple(remarks), notes, len(found), model)


def _with_looks(marked: list[Aside], ranges: Sequence[Range]) -> list[Aside]:
    """Marked remarks and those that another look shows, in order; a range in a marked one is part of it."""
    found: list[Aside] = []
    for one in sorted([*marked, *(Aside(a, b, a, b) for a, b in ranges)], key=lambda one: (one.start, -one.end)):
        if not found or found[-1].end <= one.start:
            found.append(one)
    return found


def _outside(found: Sequence[Speaker], asides: Sequence[Aside]) -> list[Speaker]:
    """The labels that do not stand in a remark."""
    starts = [one.start for one in asides]
    kept = []
    for one in found:
        index = bisect_right(starts, one.start) - 1
        if index < 0 or asides[index].end <= one.start:
            kept.append(one)
    return kept


def _without_thoughts(text: str, turns: Sequence[Stretch]) -> str:
    ranges: list[Range] = []
    for turn in turns:
        if turn.role == ASSISTANT:
            ranges += [(turn.start + a, turn.start + b) for a, b in thoughts_of_reply(text[turn.start : turn.end])]
    return blank(text, ranges) if ranges else text


def _unmarked(text: str, turns: Sequence[Stretch], marked: bool, italic: bool) -> list[Aside]:
    """Remarks in the replies that only their manner shows."""
    replies = [(turn, text[turn.start : turn.end]) for turn in turns if turn.role == ASSISTANT]
    annotated = marked or any(talks_of_models(words) for _, words in replies)
    return [aside.moved(turn.start) for turn, words in replies for aside in remarks_by_manner(words, annotated, italic)]


def _beside(document: Document, turns: Sequence[Stretch], note: MarginNote) -> Remark:
    """The remark of a note in the margin. Beside a heading it is about what stands above."""
    line = document.text.rfind("\n", 0, note.at) + 1
    at = note.at
    if document.text.startswith("#", line):
        at = len(document.text[:line].rstrip())
    turn = _turn_at(turns, at)
    after = min(at, turn.end) - turn.start if turn and turn.role == ASSISTANT else 0
    return Remark(note.text.strip(), turn.number if turn else 1, after, document.span(note.at, note.at))


def _turn_at(turns: Sequence[Stretch], at: int) -> Stretch | None:
    """The turn in which a place stands, or after which it does."""
    index = bisect_right(turns, at, key=lambda turn: turn.start) - 1
    return turns[max(index, 0)] if turns else None


def _remark(document: Document, turns: Sequence[Stretch], aside: Aside, placed: bool) -> Remark:
    words = _plain(document.text[aside.words_start : aside.words_end])
    turn = _turn_at(turns, aside.start)
    number = turn.number if turn else 1
    after = min(max(aside.start - turn.start, 0), turn.end - turn.start) if turn and turn.role == ASSISTANT else 0
    return Remark(words, number, after, document.span(aside.words_start, aside.words_end), placed=placed)


def _plain(words: str) -> str:
    """The words of a remark without the marks of a quotation and without white space around them."""
    lines = [line.strip().removeprefix(">").strip() for line in words.strip().splitlines()]
    return "\n".join(lines).strip(" *_")


def _told(document: Document, unmarked: Sequence[Aside]) -> Diagnostic:
    lines = [document.span(one.words_start, one.words_end).line for one in unmarked]
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (" …" if len(lines) > _MOST_LINES else "")
    first = unmarked[0]
    return Diagnostic(
        "transcript-remarks",
        Severity.NOTE,
        Audience.OPERATOR,
        f"{len(lines)} passage(s) in the replies read like a person's remarks on the model, "
        f"and are no part of its answers (line {shown}).",
        document.span(first.words_start, first.words_end),
        "Write '> Annotator:' before a remark to say so; correct the text if the model said it.",
    )
