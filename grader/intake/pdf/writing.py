"""From blocks to Markdown, with the looks and places of what was written, and its doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from grader.intake.layout import Look
from grader.intake.pdf.blocks import Block, Kind
from grader.intake.pdf.lines import Piece
from grader.intake.pdf.placed import Placed
from grader.records import Confidence, Doubt, Places

_INDENT = "  "
_HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
_LAST_PART = re.compile(r"[^\W\d_]{2,}$")
_FIRST_PART = re.compile(r"[^\W\d_]{2,}")
_RULE = re.compile(r"\s*(?:[—–_]|-{2,}|_{3,})\s*$")
_TYPED_RULE = re.compile(r"\s*\|(?:[\s:—–-]{1,80}\|){2,20}\s*$")
_DASHES = re.compile(r"[—–-]+")
_ALL_WORDS = re.compile(r"\s*\\text\{([^{}\\$]*)\}\s*$")
_GOES_ON = re.compile(r"(?:[-+=<>,({\[|:*/^_]|\\(?:le|ge|leq|geq|times|cdot|approx|in|to|ldots|dots|mid|pm))$")
_CARRIES_ON = re.compile(r"(?:[-+=<>,)}\]|*/^_]|\\(?:le|ge|leq|geq|times|cdot|approx|in|to|mid|pm)(?![a-z]))")


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
class _Run:
    """Words or a formula, as they will be written."""

    text: str
    math: bool
    bold: bool
    italic: bool
    colour: int
    size: float


@dataclass(slots=True)
class _Writer:
    """The text so far."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[int] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Words that have the look of what stands before them."""
        if not text:
            return
        self.parts.append(text)
        self.length += len(text)
        if self.looks:
            last = self.looks[-1]
            self.looks[-1] = Look(last.start, self.length, *_rest(last))

    def look(self, text: str, line: Placed, left: float, run: _Run) -> None:
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
    writer = _Writer()
    words = _vocabulary(blocks)
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
    rows = [_runs(line, block.kind) for line in block.lines]
    if block.kind is Kind.ITEM and first.bullet is not None:
        opening += "- "
        _skip(rows[0], first.bullet)
    elif len(block.lines) == 1 and block.kind is Kind.PARAGRAPH and _RULE.match(first.text):
        rows[0] = [_Run("---", False, False, False, first.colour, first.size)]
    style = rows[0][0] if rows[0] else _Run("", False, False, False, first.colour, first.size)
    writer.look(opening, first, left, _Run("", False, False, False, style.colour, style.size))
    for index, (line, runs) in enumerate(zip(block.lines, rows, strict=True)):
        start = writer.length
        following = rows[index + 1] if index + 1 < len(rows) else []
        broken = index < len(block.broken) and block.broken[index]
        glue = "" if not following or broken else _glue(runs, following, words)
        for text, run in _marked(runs):
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
        run = _Run("", True, False, False, line.colour, line.line.size)
        opening = "$$" if index == 0 else ""
        last = index == len(texts) - 1
        tag = f" \\qquad \\text{{{_plain(beside)}}}" if beside and not last else ""
        writer.look(opening + formula + tag + ("$$" if last else " \\\\"), line, line.start, run)
        if last and beside:
            writer.look(" " + _escaped(beside), line, line.start, run)
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
        plain = _Run("", False, False, False, line.colour, line.size)
        for cell in line.cells:
            writer.look("| ", line, line.start, plain)
            for text, run in _marked(_styled(cell, block.kind)):
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
    plain = _Run("", False, False, False, first.colour, first.size)
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


def _runs(line: Placed, kind: Kind) -> list[_Run]:
    """The pieces of a line as runs; the line below the head of a table that is typed keeps its form."""
    if _TYPED_RULE.match(line.text):
        return [_Run(_DASHES.sub("---", line.text.strip()), False, False, False, line.colour, line.size)]
    return _styled(line.line.pieces, kind)


def _styled(pieces: Sequence[Piece], kind: Kind) -> list[_Run]:
    """Pieces, those of one style together; a heading's words are not marked as bold."""
    found: list[_Run] = []
    for piece in pieces:
        run = _run(piece, kind)
        last = found[-1] if found else None
        if last is not None and not run.math and not last.math and _style(last) == _style(run):
            last.text += run.text
        else:
            found.append(run)
    if found and not found[0].math:
        found[0].text = found[0].text.lstrip()
    if found and not found[-1].math:
        found[-1].text = found[-1].text.rstrip()
    return [run for run in found if run.text]


def _run(piece: Piece, kind: Kind) -> _Run:
    if piece.math and kind is Kind.TABLE and (worded := _ALL_WORDS.match(piece.text)):
        piece = replace(piece, text=worded[1], math=False)
    text = piece.text.strip() if piece.math else _escaped(piece.text)
    bold = piece.bold and not piece.math and kind is not Kind.HEADING
    return _Run(text, piece.math, bold, piece.italic and not piece.math, piece.colour, piece.size)


def _style(run: _Run) -> tuple[bool, bool, int, float]:
    return run.bold, run.italic, run.colour, run.size


def _escaped(text: str) -> str:
    return text.replace("$", r"\$").replace("\n", " ")


def _plain(text: str) -> str:
    return re.sub(r"[\\{}$^_&#%~]", " ", text)


def _skip(runs: list[_Run], characters: int) -> None:
    """Take the bullet from the first words."""
    if runs and characters:
        first = runs[0]
        first.text = "" if first.math else first.text[len(first.text) - len(first.text.lstrip()) :]
        if not first.math:
            first.text = re.sub(r"^\S\s*", "", first.text)
        if not first.text:
            runs.pop(0)
            if runs and not runs[0].math:
                runs[0].text = runs[0].text.lstrip()


def _marked(runs: Sequence[_Run]) -> Iterator[tuple[str, _Run]]:
    """The runs with their marks: dollars around formulas, stars around bold words."""
    for run in runs:
        if run.math:
            yield f"${run.text}$", run
        elif run.bold and any(map(str.isalnum, run.text)):
            core = run.text.strip()
            at = run.text.find(core)
            yield f"{run.text[:at]}**{core}**{run.text[at + len(core) :]}", run
        else:
            yield run.text, run


def _glue(runs: list[_Run], following: list[_Run], words: frozenset[str]) -> str:
    """What stands between two lines that go on; a hyphen at the end, or a formula that runs over, is put together."""
    if not runs or not following:
        return " "
    last, first = runs[-1], following[0]
    if last.math and first.math:
        if _GOES_ON.search(last.text) or _CARRIES_ON.match(first.text) or not _balanced(last.text):
            first.text = f"{last.text} {first.text}"
            runs.pop()
            return "" if not runs else ("" if runs[-1].text.endswith(" ") else " ")
        return " "
    if last.math or first.math:
        return " "
    glue = _between(last, first, words)
    if last.bold and _style(last) == _style(first):  # one pair of stars around both
        first.text = last.text + glue + first.text
        runs.pop()
        return ""
    return glue


def _between(last: _Run, first: _Run, words: frozenset[str]) -> str:
    """What stands between words at the end of a line and words at the start of the next."""
    if last.text[-1:] and last.text[-1] in _HYPHENS:
        return _hyphen(last, first, words)
    if _wide(last.text[-1:]) and _wide(first.text[:1]):
        return ""
    return " "


def _hyphen(last: _Run, first: _Run, words: frozenset[str]) -> str:
    """Take a hyphen away that only breaks a word; one that the document has elsewhere stays."""
    left, right = _LAST_PART.search(last.text[:-1]), _FIRST_PART.match(first.text)
    if left is None or right is None or not (right[0][0].islower() or (left[0] + right[0]).isupper()):
        apart = last.text[-2:-1].isspace() or not first.text[:1].isalnum()
        return " " if apart else ""
    joined, kept = (left[0] + right[0]).lower(), f"{left[0]}-{right[0]}".lower()
    apart = left[0].lower() in words and right[0].lower() in words
    if joined in words or not (kept in words or apart):
        last.text = last.text[:-1]
    return ""


def _vocabulary(blocks: Sequence[Block]) -> frozenset[str]:
    """The words that stand whole within a line, in lower case."""
    found: set[str] = set()
    for block in blocks:
        for line in block.lines:
            whole = _WORD.findall(line.words)
            if whole and line.words.rstrip()[-1:] in _HYPHENS:
                whole.pop()
            found.update(word.lower() for word in whole)
            found.update(part.lower() for word in whole if "-" in word for part in word.split("-"))
    return frozenset(found)


def _balanced(formula: str) -> bool:
    return all(formula.count(one) == formula.count(other) for one, other in ("()", "[]")) and formula.count(
        r"\{"
    ) == formula.count(r"\}")


def _wide(character: str) -> bool:
    """A character of a script that is written without spaces."""
    return bool(character) and "\u3000" <= character <= "\u9fff"
