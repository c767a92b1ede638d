"""From blocks to Markdown, with the looks and places of what was written, and its doubts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.intake.layout import Look
from grader.intake.pdf.blocks import Block, Kind
from grader.intake.pdf.placed import Placed
from grader.intake.pdf.runs import Run, joint, marked, runs_of, skip, styled, types_tex, unmarked, vocabulary
from grader.records import Confidence, Doubt, Places

_INDENT = "  "
_RULE = re.compile(r"\s*(?:[—–_]|-{2,}|_{3,})\s*$")


@dataclass(frozen=True, slots=True)
class Written:
    """See the module.

    Args:
        text: Markdown.
        places: of its lines.
        looks: in order, without gaps.
        doubts: stretches whose words are not sure.
        ends: for each line of the document, offset of its end in the text.
    """

    text: str
    places: Places
    looks: tuple[Look, ...]
    doubts: tuple[Doubt, ...]
    ends: tuple[int, ...]


@dataclass(slots=True)
class _Writer:
    """The text so far; ``tex`` says that dollars in words stand around TeX."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[int] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tex: bool = False

    def put(self, text: str) -> None:
        """Words that have the look of what stands before them."""
        if not text:
            return
        self.parts.append(text)
        self.length += len(text)
        if self.looks:
            last = self.looks[-1]
            self.looks[-1] = Look(last.start, self.length, *_rest(last))

    def look(self, text: str, line: Placed, left: float, run: Run) -> None:
        """Words with a look of their own."""
        if not text:
            return
        look = Look(
            self.length, self.length + len(text), line.page, f"#{run.colour:06x}", left, run.size, run.bold, run.italic
        )
        self.parts.append(text)
        self.length += len(text)
        last = self.looks[-1] if self.looks else None
        if last is not None and _rest(last) == _rest(look):
            self.looks[-1] = Look(last.start, look.end, *_rest(last))
        else:
            self.looks.append(look if last is not None else Look(0, look.end, *_rest(look)))

    def begin(self, line: Placed) -> None:
        """A new line of the text begins, with that line of the page."""
        self.lines.append(line.number)
        self.pages.append(line.page)


def _rest(look: Look) -> tuple[int, str, float, float, bool, bool]:
    return look.page, look.colour, look.left, look.size, look.bold, look.italic


def written(blocks: Sequence[Block]) -> Written:
    """The Markdown of a document.

    Args:
        blocks: in order.
    """
    writer = _Writer(tex=types_tex(blocks))
    words = vocabulary(blocks)
    before: Block | None = None
    for block in blocks:
        if before is not None:
            tight = before.kind is Kind.ITEM and block.kind is Kind.ITEM and not block.apart
            for _ in range(1 if tight else 2):
                writer.put("\n")
            if not tight:  # the empty line
                writer.begin(block.lines[0])
        if block.kind is Kind.DISPLAY:
            _display(writer, block)
        elif block.kind is Kind.CODE:
            _code(writer, block)
        elif block.kind is Kind.TABLE:
            _table(writer, block)
        else:
            _prose(writer, block, words)
        before = block
    writer.put("\n")
    return Written(
        "".join(writer.parts),
        Places(tuple(writer.lines), tuple(writer.pages)),
        tuple(writer.looks),
        tuple(writer.doubts),
        tuple(writer.ends),
    )


def _prose(writer: _Writer, block: Block, words: frozenset[str]) -> None:
    """A paragraph, a heading or an item."""
    first = block.lines[0]
    writer.begin(first)
    opening = "#" * block.level + " " if block.kind is Kind.HEADING else _INDENT * block.level
    left = first.start
    rows = [runs_of(line, block.kind) for line in block.lines]
    if block.kind is Kind.ITEM and first.bullet is not None:
        opening += "- "
        skip(rows[0], first.bullet)
    elif len(block.lines) == 1 and block.kind is Kind.PARAGRAPH and _RULE.match(first.text):
        rows[0] = [Run("---", False, False, False, first.colour, first.size)]
    style = rows[0][0] if rows[0] else Run("", False, False, False, first.colour, first.size)
    writer.look(opening, first, left, Run("", False, False, False, style.colour, style.size))
    for index, (line, runs) in enumerate(zip(block.lines, rows, strict=True)):
        start = writer.length
        following = rows[index + 1] if index + 1 < len(rows) else []
        broken = index < len(block.broken) and block.broken[index]
        glue = "" if not following or broken else joint(runs, following, words)
        for text, run in marked(runs, tex=writer.tex):
            writer.look(text, line, left, run)
        _doubt(writer, line, start)
        writer.ends.append(writer.length)
        if broken:
            writer.put("\n" + _INDENT * (block.level + (block.kind is Kind.ITEM)))
            writer.begin(block.lines[index + 1])
            left = block.lines[index + 1].start
        else:
            writer.put(glue)


def _display(writer: _Writer, block: Block) -> None:
    """Formulas that stand alone: one, or a chain of which each line goes on with a relation."""
    texts = []
    for line in block.lines:
        before = "".join(piece.text for piece in line.formulas if not piece.math).strip()
        formula = " ".join(piece.text.strip() for piece in line.formulas if piece.math)
        texts.append((line, formula, before))
    start = writer.length
    writer.begin(block.lines[0])
    for index, (line, formula, beside) in enumerate(texts):
        run = Run("", True, False, False, line.colour, line.line.size)
        opening = "$$" if index == 0 else ""
        last = index == len(texts) - 1
        tag = f" \\qquad \\text{{{unmarked(beside)}}}" if beside and not last else ""
        writer.look(opening + formula + tag + ("$$" if last else " \\\\"), line, line.start, run)
        if last and beside:
            writer.look(" " + beside.replace("$", r"\$"), line, line.start, run)
        writer.ends.append(writer.length)
        if not last:
            writer.put("\n")
            writer.begin(texts[index + 1][0])
    worst = min((line.doubt for line in block.lines), key=lambda doubt: _worth(doubt[0]))
    if worst[0] is not Confidence.HIGH:
        writer.doubts.append(Doubt(start, writer.length, *worst))


def _table(writer: _Writer, block: Block) -> None:
    """A table: its first row is its head."""
    for index, line in enumerate(block.lines):
        start = writer.length
        writer.begin(line)
        plain = Run("", False, False, False, line.colour, line.size)
        for cell in line.cells:
            writer.look("| ", line, line.start, plain)
            for text, run in marked(styled(cell, block.kind), tex=writer.tex):
                writer.look(text.replace("|", r"\|"), line, line.start, run)
            writer.put(" ")
        writer.put("|")
        _doubt(writer, line, start)
        writer.ends.append(writer.length)
        if index == 0:
            writer.begin(line)
            writer.put("\n|" + "---|" * len(line.cells))
        if index + 1 < len(block.lines):
            writer.put("\n")


def _doubt(writer: _Writer, line: Placed, start: int) -> None:
    """What a line says of itself is said of what was written of it."""
    if line.doubt[0] is not Confidence.HIGH and writer.length > start:
        writer.doubts.append(Doubt(start, writer.length, *line.doubt))


def _worth(confidence: Confidence) -> int:
    return (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH).index(confidence)


def _code(writer: _Writer, block: Block) -> None:
    """Lines of one width, in a fence; indents are kept."""
    edge = min(line.line.left for line in block.lines)
    fence = "~~~~" if any("```" in line.text for line in block.lines) else "```"
    first = block.lines[0]
    plain = Run("", False, False, False, first.colour, first.size)
    writer.begin(first)
    writer.look(f"{fence}\n", first, edge, plain)
    for line in block.lines:
        width = _width(line)
        indent = " " * min(round((line.line.left - edge) / width), 80) if width else ""
        writer.begin(line)
        writer.look(indent + line.text.strip() + "\n", line, line.line.left, plain)
        writer.ends.append(writer.length - 1)
    writer.begin(block.lines[-1])
    writer.look(fence, first, edge, plain)


def _width(line: Placed) -> float:
    """Of one character, in points."""
    first = line.line.pieces[0]
    return (first.right - first.left) / max(len(first.text), 1)
