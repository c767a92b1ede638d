"""Transcripts: Markdown or text with speaker labels, read into conversations.

Labels are ``User:``, ``Assistant:`` and their like at the start of a line. Replies that have none
are worked out from the person's turns, and marked as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span
from grader.intake.corrected import border
from grader.intake.documents import Document, read_document
from grader.intake.doubts import less_sure
from grader.intake.files import natural_key, visible
from grader.intake.formats.markdown import front_matter
from grader.intake.parts.contexts import Context, contexts
from grader.intake.parts.references import references
from grader.intake.talks.annotations import read_labels
from grader.intake.talks.asking import Asking
from grader.intake.talks.dialogue import Stretch
from grader.intake.talks.hints import declared_hint
from grader.intake.talks.judgements import judged
from grader.intake.talks.speakers import ASSISTANT, USER
from grader.intake.talks.stops import stop_policy
from grader.intake.talks.talk import read_talk
from grader.intake.talks.unlabelled import no_turns
from grader.records import Conversation, Hint, Problem, Turn

__all__ = ["Context", "contexts", "find_transcripts", "read_conversation"]

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".pdf"})
MAX_BYTES = 20 * 1024 * 1024
MOST_FRONT = 20_000  # characters of the block at the start
_FRONT_FIELDS = ("id", "model", "user", "note", "stop", "source", "sha256")


def find_transcripts(path: Path) -> list[Path]:
    """Transcripts in a folder and below it, in natural order; a file is itself.

    Hidden files, README files and links that lead outside are left out.
    """
    if path.is_file():
        return [path]
    found, _ = visible(path, SUFFIXES)
    return sorted((f for f in found if f.stem.upper() != "README"), key=lambda f: natural_key(str(f)))


def read_conversation(path: Path, problems: Sequence[Problem], max_bytes: int = MAX_BYTES) -> Conversation:
    """Read one transcript.

    Args:
        path: the file.
        problems: of the course; hints are resolved against them.
        max_bytes: larger files are refused.

    Raises:
        InputError: the file cannot be read, or ``transcript-no-turns``.
    """
    return conversation_in(read_document(path, max_bytes, extract=True), path, problems)


def conversation_in(document: Document, path: Path, problems: Sequence[Problem]) -> Conversation:
    """The conversation in a document.

    Args:
        document: the text.
        path: of its file, beside which labels may stand.
        problems: of the course.

    Raises:
        InputError: ``transcript-no-turns``.
    """
    front, notes = _front_matter(document)
    talk = read_talk(document, front.get("model", ""), front.get("user", ""))
    if not {USER, ASSISTANT} <= {turn.role for turn in talk.turns}:
        raise InputError(no_turns(document, talk.labels))
    notes += talk.diagnostics
    records: list[Turn] = []
    asking = Asking(problems)
    for turn in talk.turns:
        words = talk.text[turn.start : turn.end]
        hint: Hint | None = None
        if turn.role == USER:
            declared, problem_notes = _declared(document, turn, words, problems)
            notes += problem_notes
            hint = asking.turn(words, _named(turn, words, problems, asking.current), declared)
        records.append(_turn(document, turn, words, hint))
    replies = sum(turn.role == ASSISTANT for turn in talk.turns)
    labels, label_notes = read_labels(path, problems, replies)
    stop, stop_notes = stop_policy(front.get("stop", ""), Span(document.file, 0, 0, 1))
    conversation = Conversation(
        id=front.get("id") or path.stem,
        model=front.get("model", "") or talk.model,
        turns=tuple(records),
        file=str(path),
        labels=labels,
        diagnostics=(*document.diagnostics, *notes, *stop_notes, *label_notes),
        remarks=talk.remarks,
        repairs=document.repairs,
        stop=stop,
    )
    return judged(conversation, problems)


def _turn(document: Document, turn: Stretch, words: str, hint: Hint | None) -> Turn:
    """The record of a turn, with what the document knows of its place and its words."""
    places = document.places
    label = turn.speaker.end if turn.speaker is not None else turn.start
    return Turn(
        turn.role,
        turn.number,
        words,
        document.span(turn.start, turn.end),
        hint,
        turn.inferred,
        places.below(document.line_of(turn.start)) if places is not None else None,
        tuple(d.moved(turn.start) for d in document.doubts if d.start < turn.end and turn.start < d.end),
        less_sure(turn.confidence, border(document.text[label : turn.end])),
    )


def _named(turn: Stretch, words: str, problems: Sequence[Problem], current: str) -> list[str]:
    """Problems that a person's turn names, or else the heading above it."""
    named = list(references(words, problems, current).problems)
    return named or list(references(turn.above.replace("#", " "), problems, current).problems)


def _declared(
    document: Document, turn: Stretch, words: str, problems: Sequence[Problem]
) -> tuple[Hint | None, tuple[Diagnostic, ...]]:
    """The hint that a person's label declares, if it does."""
    speaker = turn.speaker
    if not (speaker and speaker.declared):
        return None, ()
    place = document.span(speaker.declared_start, speaker.declared_start + len(speaker.declared))
    return declared_hint(speaker.declared, words, place, problems)


def _front_matter(document: Document) -> tuple[dict[str, str], list[Diagnostic]]:
    """The known fields of the block at the start of the file."""
    block = front_matter(document.text)
    if block is None:
        return {}, []
    import yaml  # here, for most transcripts have no front matter

    head = document.text[: block[1]].strip().strip("-.")
    place = Span(document.file, 0, block[1], 1)
    if len(head) > MOST_FRONT:
        return {}, [_front_problem(f"The front matter has more than {MOST_FRONT:,} characters", place)]
    try:
        value = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - builds only text, lists, mappings
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        return {}, [_front_problem(f"Line {line} of the front matter is not valid YAML", place)]
    if not isinstance(value, dict):
        return {}, [_front_problem("The front matter is no mapping", place)]
    fields = {str(key): str(item) for key, item in value.items() if isinstance(item, str)}
    unknown = [name for name in map(str, value) if name not in _FRONT_FIELDS]
    notes = [_front_problem(f"The front matter has the field {name!r}", place) for name in unknown[:5]]
    return {name: text for name, text in fields.items() if name in _FRONT_FIELDS}, notes


def _front_problem(found: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "transcript-front-matter",
        Severity.WARNING,
        Audience.OPERATOR,
        f"{found}; expected only {', '.join(_FRONT_FIELDS)}.",
        span,
        "Correct the block between the --- lines at the top.",
    )
