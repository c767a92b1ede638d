"""Writing the editable copy of an input (``corrected``): what was read, as Markdown that reads as the same again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from grader.intake.corrected import border_comment, digest, doubt_comment
from grader.intake.documents import Document
from grader.intake.formats.markdown import fences, front_matter
from grader.intake.talks.speakers import speakers
from grader.records import Confidence, Conversation, Doubt, Remark, StopPolicy, Turn

_LABELS = {"user": "User", "assistant": "LLM"}


def copy_of_document(document: Document, data: bytes) -> str:
    """The editable copy of a student's document.

    Args:
        document: as read.
        data: bytes of its file.
    """
    head = _head(document.file, data, [])
    body = document.text if document.format == "markdown" else document.masked
    own = front_matter(body)
    skip = own[1] if own else 0
    doubts = [d.moved(skip) for d in document.doubts if d.start >= skip]
    return f"{head}\n{_with_doubts(body[skip:], doubts).strip()}\n"


def copy_of_conversation(talk: Conversation, data: bytes) -> str:
    """The editable copy of a conversation.

    Args:
        talk: as read.
        data: bytes of its file.
    """
    fields = [("id", talk.id)] + ([("model", talk.model)] if talk.model else [])
    fields += [("stop", str(talk.stop))] if talk.stop is not StopPolicy.UNKNOWN else []
    pieces = [_head(talk.file, data, fields)]
    page: int | None = None
    for turn in talk.turns:
        hint = turn.hint
        declared = f" (hint: {hint.kind}{_about(hint.about)})" if hint and not hint.proposed else ""
        lines = [f"{_LABELS[turn.role]}{declared}:"]
        if turn.confidence is not Confidence.HIGH:
            lines.append(border_comment(turn.confidence, "where this turn begins and ends was worked out; check it"))
        if hint and hint.proposed and turn.role == "user":
            lines.append(f"<!-- proposed hint: {hint.kind}{_about(hint.about)} -->")
        if turn.span.page is not None and turn.span.page != page:
            page = turn.span.page
            lines.append(f"<!-- page {page} -->")
        remarks = [r for r in talk.remarks if r.turn == turn.number] if turn.role == "assistant" else []
        pieces.append("\n".join([*lines, "", _words(turn, talk.model, remarks)]))
    return "\n\n".join(pieces) + "\n"


def _about(parts: Sequence[str]) -> str:
    return f"; about: {', '.join(parts)}" if parts else ""


def _head(file: str, data: bytes, fields: Sequence[tuple[str, str]]) -> str:
    import yaml  # here, for only this command writes it

    values = {"source": file.replace("\\", "/").rpartition("/")[2], "sha256": digest(data), **dict(fields)}
    return f"---\n{yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=10**6)}---\n"


def _words(turn: Turn, model: str, remarks: Sequence[Remark]) -> str:
    """The words of a turn with its doubts marked and the remarks beside it, so that no line reads as a label."""
    text = turn.text
    inserted: list[tuple[int, str]] = [(label.start, "\\") for label in speakers(text, model)]
    for remark in remarks:
        at = text.find("\n", min(remark.after, len(text)))
        words = " ".join(remark.text.split())
        inserted.append((len(text) if at < 0 else at, f"\n\n> Annotator: {words}\n"))
    return _with_doubts(text, turn.doubts, inserted).strip()


def _with_doubts(text: str, doubts: Sequence[Doubt], inserted: Sequence[tuple[int, str]] = ()) -> str:
    """A text with a comment at each doubtful line, and with what else is put in at offsets.

    A line in a block of code or of displayed mathematics cannot hold a comment; the whole block is marked above it.
    """
    insertions = list(inserted)
    blocks = _blocks(text)
    starts = [start for start, _ in blocks]
    seen: set[tuple[int, str]] = set()
    for doubt in sorted(doubts, key=lambda d: d.start):
        at = max(0, doubt.start)
        while at < min(doubt.end, len(text)):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            index = bisect_right(starts, at) - 1
            if index >= 0 and at < blocks[index][1]:
                start, end = blocks[index]
                place, lines = start, text.count("\n", start, end) + 1
                comment = doubt_comment(doubt.confidence, doubt.why, lines) + "\n"
            else:
                place, comment = end, f" {doubt_comment(doubt.confidence, doubt.why)}"
            if (place, comment) not in seen and text[at:end].strip():
                seen.add((place, comment))
                insertions.append((place, comment))
            at = end + 1
    pieces: list[str] = []
    at = 0
    for place, words in sorted(insertions, key=lambda one: one[0]):
        pieces += (text[at:place], words)
        at = place
    return "".join((*pieces, text[at:]))


def _blocks(text: str) -> list[tuple[int, int]]:
    """Blocks of lines in which no comment may stand: fenced code, and mathematics between ``$$`` over several lines."""
    found = [(opening[0], closing[1]) for opening, closing in fences(text)]
    at = text.find("$$")
    while at >= 0:
        end = text.find("$$", at + 2)
        if end < 0:
            break
        if "\n" in text[at:end]:
            start = text.rfind("\n", 0, at) + 1
            stop = text.find("\n", end + 2)
            found.append((start, len(text) if stop < 0 else stop))
        at = text.find("$$", end + 2)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
