"""The editable copy of an input: written by ``grade intake --edit``, read in place of the original once it is there.

The copy of ``talk.pdf`` is ``talk.pdf.intake.md`` beside it: Markdown as it was read, with a comment at each doubtful
place::

    K = [0, 1.5, 1.2] <!-- doubt low: a fragment was put back here -->

Whoever has compared the place with the original corrects the words and deletes the comment; with it goes the doubt.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.files import COPY
from grader.intake.formats.markdown import front_matter
from grader.records import Confidence, Doubt


def copy_of(path: Path) -> Path:
    """Where the editable copy of a file stands."""
    return path.with_name(path.name + COPY)


def has_copy(path: Path) -> bool:
    """Whether the editable copy of a file is there: none for a name too long to be added to, and a link is none."""
    copy = copy_of(path)
    return os.path.isfile(copy) and not copy.is_symlink()  # noqa: PTH113 - Path.is_file raises where a name is too long


def digest(data: bytes) -> str:
    """By which a copy knows its original: SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


_DOUBT = re.compile(
    r"[ ]?<!--[ \t]*doubt[ \t]+(low|medium)(?:[ \t]*,[ \t]*next[ \t]+(\d{1,4})[ \t]+lines?)?[ \t]*:([^\n]*?)-->"
)
OWN_COMMENT = r"[ \t]*(?:doubt (?:low|medium)|turn (?:low|medium):|proposed hint:|page \d)"
"""How the comments begin that a copy has of its own; others are remarks of a person."""

_BORDER = re.compile(r"\s*<!--[ \t]*turn[ \t]+(low|medium)[ \t]*:")
_SHA = re.compile(r"^sha256:[ \t]*([0-9a-f]{64})[ \t]*$", re.MULTILINE)


def doubt_comment(confidence: Confidence, why: str, lines: int = 0) -> str:
    """The comment that marks a doubtful place.

    Args:
        confidence: low or medium.
        why: the reason.
        lines: how many of the lines below it are meant; 0 for the line at whose end it stands.
    """
    below = f", next {lines} line{'' if lines == 1 else 's'}" if lines else ""
    return f"<!-- doubt {confidence}{below}: {_safe(why)} -->"


def border_comment(confidence: Confidence, why: str) -> str:
    """The comment below a speaker's label that says how sure the turn begins there."""
    return f"<!-- turn {confidence}: {_safe(why)} -->"


def border(words: str) -> Confidence:
    """How sure a turn begins where it does, as the comment says with which its words begin."""
    found = _BORDER.match(words)
    return Confidence(found.group(1)) if found else Confidence.HIGH


def _safe(why: str) -> str:
    return " ".join(why.replace("--", "–").split())


def settled(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """A copy without the comments that mark its doubts, and the doubts.

    Args:
        text: of the copy.

    Returns:
        The text, line for line that of the copy, and the doubts about the lines that comments still mark.
    """
    pieces: list[str] = []
    marks: list[tuple[int, int, Confidence, str]] = []  # offset in the text, lines below, confidence, reason
    at = length = 0
    for found in _DOUBT.finditer(text):
        pieces.append(text[at : found.start()])
        length += found.start() - at
        at = found.end()
        marks.append((length, int(found.group(2) or 0), Confidence(found.group(1)), found.group(3).strip()))
    plain = "".join((*pieces, text[at:]))
    return plain, tuple(Doubt(*_marked(plain, place, below), sure, why) for place, below, sure, why in marks)


def _marked(text: str, place: int, below: int) -> tuple[int, int]:
    """The stretch that a comment marked which stood at a place: its line before it, or some lines below it."""
    if not below:
        return text.rfind("\n", 0, place) + 1, place
    start = end = text.find("\n", place) + 1 or len(text)
    for _ in range(below):
        end = text.find("\n", end) + 1 or len(text)
    return start, end


def note_on(copy: Path, text: str, original: Path, data: bytes) -> Diagnostic:
    """What to say of a copy that is read: in place of which file, and whether that is still the one it was made of.

    Args:
        copy: its path.
        text: what it says.
        original: path of the file that it stands for.
        data: bytes of that file.
    """
    head = front_matter(text)
    named = _SHA.search(text[: head[1]] if head else "")
    fresh = named is not None and named.group(1) == digest(data)
    read = f"The copy was read in place of {original.name!r}"
    return Diagnostic(
        "input-copy" if fresh else "input-copy-stale",
        Severity.NOTE if fresh else Severity.WARNING,
        Audience.OPERATOR,
        f"{read}." if fresh else f"{read}, which is not the file that the copy was made of.",
        Span(str(copy), 0, 0, 1),
        "Delete the copy to have the original read."
        if fresh
        else "Compare the two; make the copy anew with `grade intake --edit --force`, or delete it.",
    )
