"""Reading a document: bytes to text, its format, and the text with all but prose blanked.

Offsets are those of the text that is read; ``masked`` has the same length, and ``places`` tells the lines of the file,
so that a place found in it is a place in the file as its writer sees it.
"""

from __future__ import annotations

import bisect
import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span, operator_error
from grader.intake.archives import File, read_bytes, size_of
from grader.intake.corrected import copy_of, has_copy, note_on, settled
from grader.intake.encodings import Decoded, NotTextError, decoded
from grader.intake.extract import extractor_of, not_read
from grader.intake.formats import format_named, sniff
from grader.intake.formats.base import Format, Note, blank
from grader.intake.layout import Layout
from grader.intake.repair import repaired, told
from grader.records import Doubt, Places, Repair

_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
}


@dataclass(frozen=True)
class Document:
    """A text, with what is not prose masked.

    Args:
        file: path as given, or a name such as ``<answer>``.
        text: decoded, without a byte order mark; line ends as they are in the file. Damage is put right.
        format: ``text``, ``markdown`` or ``latex``.
        masked: as long as ``text``; comments, preamble, markers and struck text are spaces.
        diagnostics: what the reader has to say about the bytes.
        places: of the lines of ``text`` in the file; None where they are those of the file.
        repairs: what was done to the text.
        doubts: stretches of ``text`` that may not say what was written.
        layout: how it looks on its pages; None where there are none.
    """

    file: str
    text: str
    format: str
    masked: str
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    places: Places | None = None
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    layout: Layout | None = None

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def line_of(self, offset: int) -> int:
        """The line of the text, from 1, in which an offset stands; lines are counted once a document."""
        return bisect.bisect_right(self._line_starts, offset)

    def span(self, start: int, end: int) -> Span:
        """The place in the file of ``text[start:end]``."""
        line = self.line_of(start)
        column = start - self._line_starts[line - 1] + 1
        if self.places is None:
            return Span(self.file, start, end, line, column)
        return Span(self.file, start, end, self.places.line(line), column, self.places.page(line))


def read_document(path: File, max_bytes: int, *, extract: bool = False) -> Document:
    """Read a file as text.

    Args:
        path: the file, which may be a member of an archive.
        max_bytes: files larger than this are refused, unread.
        extract: take the text out of files that are not text (Word, notebooks, pages, answer sheets). Lines are then
            those of that text. Where the file has an editable copy (``corrected``), that is read in its place.

    Raises:
        InputError: ``input-unreadable``, ``input-too-large``, ``input-binary``, ``input-broken`` or ``archive-broken``.
    """
    name = str(path)
    data = _bytes(path, max_bytes)
    if extract and isinstance(path, Path) and has_copy(path):
        return _of_copy(copy_of(path), path, data, max_bytes)
    if extract and (extractor := extractor_of(data, path.suffix)) is not None:
        found = extractor.extract(data, name)
        document = document_from_text(found.text, name, "markdown", not_read(name, found.left_out))
        return replace(document, places=found.places, doubts=found.doubts, layout=found.layout, repairs=found.repairs)
    raw = _decode(data, name)
    mended = repaired(raw.text, name, raw.doubts)
    document = document_from_text(mended.text, name, None, (*raw.notes, *told(mended, name)))
    return replace(document, places=mended.places, repairs=mended.repairs, doubts=mended.doubts)


def _bytes(path: File, max_bytes: int) -> bytes:
    """What a file holds; see :func:`read_document`."""
    name = str(path)
    try:
        data = read_bytes(path, max_bytes)
        size = size_of(path)
    except OSError as error:
        raise InputError(
            operator_error(
                "input-unreadable",
                f"The file cannot be read: {error.strerror or error}.",
                Span(name, 0, 0, 1),
                "Check that it is a file and that you may read it.",
            )
        ) from error
    if len(data) > max_bytes:
        raise InputError(
            operator_error(
                "input-too-large",
                f"The file has {max(size, len(data)):,} bytes; the limit is {max_bytes:,}.",
                Span(name, 0, 0, 1),
                "Hand in only the answers, or raise max_file_mb in grade.toml.",
            )
        )
    return data


def _of_copy(copy: Path, original: Path, data: bytes, max_bytes: int) -> Document:
    """The document in the editable copy of a file: as a person left it, so nothing in it is put right."""
    raw = _decode(_bytes(copy, max_bytes), str(copy))
    text, doubts = settled(raw.text)
    notes = (*raw.notes, note_on(copy, text, original, data))
    return replace(document_from_text(text, str(copy), "markdown", notes), doubts=doubts)


def document_from_text(
    text: str,
    file: str = "<answer>",
    format: str | None = None,  # noqa: A002 - the word of the record
    diagnostics: tuple[Diagnostic, ...] = (),
) -> Document:
    """A document made from text that is already decoded.

    Args:
        text: the words.
        file: path or name to report.
        format: ``text``, ``markdown`` or ``latex``; None to work it out from the text and the
            file's ending.
        diagnostics: carried over into the document.
    """
    kind = format_named(format) if format else sniff(text, Path(file).suffix)
    if not text.strip():
        diagnostics = (
            *diagnostics,
            Diagnostic(
                "input-empty",
                Severity.WARNING,
                Audience.STUDENT,
                "The file is empty: no answers can be found in it.",
                Span(file, 0, 0, 1),
                "Check that the right file was handed in.",
            ),
        )
    read, notes, masked = (_masked if len(text) > _LONG else _remembered)(kind, text)
    return Document(file, read, kind.name, masked, (*diagnostics, *_said(notes, text, file)))


_LONG = 20_000
"""Characters of a text that is too long to be remembered."""


def _masked(kind: Format, text: str) -> tuple[str, tuple[Note, ...], str]:
    """The text as its format reads it, what is to be said of that, and the text with what is not prose blanked."""
    read, notes = kind.carried_out(text)
    return read, notes, blank(read, kind.hidden(read))


_remembered = lru_cache(maxsize=64)(_masked)  # a reply is read for what it is about, and again for its answers


def _said(notes: Iterable[Note], text: str, file: str) -> Iterator[Diagnostic]:
    """What a format says of a text, with its places in the file."""
    for note in notes:
        line = text.count("\n", 0, note.start) + 1
        column = note.start - text.rfind("\n", 0, note.start)
        span = Span(file, note.start, note.start, line, column)
        yield Diagnostic(note.code, Severity.WARNING, Audience.STUDENT, note.message, span, note.fix)


def _decode(data: bytes, name: str) -> Decoded:
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for signature, what in _SIGNATURES.items():
            if data.startswith(signature):
                raise _binary(name, what)
    try:
        return decoded(data, name)
    except NotTextError as error:
        raise _binary(name, str(error)) from error


def _binary(name: str, found: str) -> InputError:
    return InputError(
        operator_error(
            "input-binary",
            f"The file is not text: found {found}; expected UTF-8 text (.txt, .md or .tex).",
            Span(name, 0, 0, 1),
            "Hand in the answers as text, Markdown or LaTeX.",
        )
    )
