"""PDF files: their text in the order in which it is read, formulas as TeX, notes beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from grader.diagnostics import Span
from grader.intake.extract.base import Extracted, Extractor, broken, counted
from grader.intake.layout import Layout, MarginNote
from grader.records import Confidence, Doubt, Repair

if TYPE_CHECKING:  # few submissions are PDF files
    from grader.intake.pdf.notes import Annotation
    from grader.intake.pdf.placed import Placed
    from grader.intake.pdf.reading import Reading
    from grader.intake.pdf.writing import Written

_JUNK = 1024  # bytes that may stand before the signature, as readers allow
_ON_TEXT = frozenset({"highlight", "underline", "strike out"})
_COMMON = frozenset(
    "the of and is we to in for that with as are this be so by it then at from der die und ist das les des".split()
)
_FEWEST_COMMON, _COMMON_SHARE = 3, 0.05  # words, of all words: fewer are chance
_LAYER = "The page is a picture; the text is what a program recognized in it."
_UNMAPPED = "The file does not say which characters the signs of this page are."


class Pdf(Extractor):
    """See the module."""

    name: ClassVar[str] = "a PDF file"
    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)

    def fits(self, data: bytes, suffix: str) -> bool:
        """The signature, in a file that is called so also after some junk."""
        return data.startswith(b"%PDF-") or (suffix in self.suffixes and b"%PDF-" in data[:_JUNK])

    def extract(self, data: bytes, name: str) -> Extracted:
        """The text of all pages, one after the other; lines are counted on each page."""
        from grader.intake.pdf.blocks import blocks
        from grader.intake.pdf.extras import extras
        from grader.intake.pdf.glyphs import pages
        from grader.intake.pdf.measures import measures
        from grader.intake.pdf.reading import read
        from grader.intake.pdf.writing import written

        reading = read(pages(data, name))
        if reading.scans and not reading.lines:
            raise broken(name, self.name, f"{_pages(reading.scans)} without text, as a scan or a photo is")
        made = written(blocks(reading.lines, measures(reading.lines)))
        beside = extras(data)
        left_out = (
            *((f"{_pages(reading.scans)} without text",) if reading.scans else ()),
            *((f"the signs of {_pages(reading.unmapped)} for certain",) if reading.unmapped else ()),
            *counted(reading.pictures, "picture", "pictures"),
            *((f"what stands past the limit on {_pages(reading.crowded)}",) if reading.crowded else ()),
            *counted(reading.shapes, "formula that is drawn as shapes", "formulas that are drawn as shapes"),
            *counted(reading.hidden, "character that nobody can see", "characters that nobody can see"),
            *counted(reading.turned, "character that is not upright", "characters that are not upright"),
            *counted(reading.struck, "character that is struck out", "characters that are struck out"),
            *counted(beside.files, "attached file", "attached files"),
            *counted(beside.scripts, "script", "scripts"),
            *(("what is filled into a form",) if beside.form else ()),
        )
        doubts = sorted((*made.doubts, *_doubts(reading, made)), key=lambda doubt: (doubt.start, doubt.end))
        layout = Layout(made.looks, _notes(reading, made))
        return Extracted(made.text, left_out, made.places, tuple(doubts), layout, _repairs(reading, name))


def _pages(numbers: Sequence[int]) -> str:
    """``page 3`` or ``pages 3, 4 and 9``; no more than ten are named."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) > 10:
        return f"{len(numbers)} pages, the first of them page {numbers[0]},"
    return f"pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _doubts(reading: Reading, made: Written) -> list[Doubt]:
    """Doubts about whole pages."""
    found = []
    for numbers, confidence, why in (
        (reading.layers, Confidence.MEDIUM, _LAYER),
        (reading.unmapped, Confidence.LOW, _UNMAPPED),
    ):
        for number in numbers:
            first = bisect_left(reading.lines, number, key=lambda line: line.page)
            last = bisect_right(reading.lines, number, key=lambda line: line.page)
            if first < last:
                start = made.ends[first - 1] if first else 0
                end = made.ends[last - 1]
                sure = confidence is Confidence.LOW and _reads(made.text[start:end])
                found.append(Doubt(start, end, Confidence.MEDIUM if sure else confidence, why))
    return found


def _reads(text: str) -> bool:
    """Whether a text is made of words, as it is where the codes of a font without characters are those of ASCII."""
    words = re.findall(r"[a-z]{1,20}", text.lower())
    return sum(word in _COMMON for word in words) >= max(_FEWEST_COMMON, _COMMON_SHARE * len(words))


def _notes(reading: Reading, made: Written) -> tuple[MarginNote, ...]:
    """The annotations with words, each at the end of the line beside which it stands."""
    found = []
    for page, note in reading.notes:
        first = bisect_left(reading.lines, page, key=lambda line: line.page)
        last = bisect_right(reading.lines, page, key=lambda line: line.page)
        if first == last:  # nothing else stands on the page
            at = made.ends[first - 1] if first else 0
        else:
            index = min(range(first, last), key=lambda i: _apart(reading.lines[i], note))
            at = made.ends[index]
        found.append(MarginNote(" ".join(note.text.split()), at, page, note.author))
    return tuple(sorted(found, key=lambda note: note.at))


def _apart(line: Placed, note: Annotation) -> tuple[float, float]:
    """How far a line is from what a note is about: its middle, or the end of the words that are marked."""
    _, bottom, right, top = note.marked[-1] if note.marked else note.box
    height = bottom + 0.3 * line.size if note.kind in _ON_TEXT else (bottom + top) / 2
    below, above = line.line.bottom, line.line.top
    return max(below - height, height - above, 0.0), abs(line.line.right - right)


def _repairs(reading: Reading, name: str) -> tuple[Repair, ...]:
    """What was taken out of the pages."""
    return tuple(
        Repair(
            "page-furniture",
            Span(name, 0, 0, 1, 1, row.page),
            row.text,
            "",
            why="It stands at the same place of other pages, or counts them.",
        )
        for row in reading.furniture
    )
