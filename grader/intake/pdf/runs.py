"""The words and formulas of lines as they will be written, and how lines that go on are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.intake.pdf.blocks import Block, Kind
from grader.intake.pdf.lines import Piece
from grader.intake.pdf.placed import Placed

_HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
_LAST_PART = re.compile(r"[^\W\d_]{2,}$")
_FIRST_PART = re.compile(r"[^\W\d_]{2,}")
_TYPED_RULE = re.compile(r"\s*\|(?:[\s:—–-]{1,80}\|){2,20}\s*$")
_DASHES = re.compile(r"[—–-]+")
_ALL_WORDS = re.compile(r"\s*\\text\{([^{}\\$]*)\}\s*$")
_TYPED_TEX = re.compile(r"\$[^$]{0,200}[\\^_={}][^$]{0,200}\$")
_GOES_ON = re.compile(r"(?:[-+=<>,({\[|:*/^_]|\\(?:le|ge|leq|geq|times|cdot|approx|in|to|ldots|dots|mid|pm))$")
_CARRIES_ON = re.compile(r"(?:[-+=<>,)}\]|*/^_]|\\(?:le|ge|leq|geq|times|cdot|approx|in|to|mid|pm)(?![a-z]))")


@dataclass(slots=True)
class Run:
    """Words or a formula, as they will be written.

    Args:
        text: without marks.
        math: it is a formula.
        bold, italic: the style of words.
        colour: of the ink, as 0xRRGGBB.
        size: of the type, in points.
    """

    text: str
    math: bool
    bold: bool
    italic: bool
    colour: int
    size: float


def runs_of(line: Placed, kind: Kind) -> list[Run]:
    """The pieces of a line as runs; the line below the head of a table that is typed keeps its form."""
    if _TYPED_RULE.match(line.text):
        return [Run(_DASHES.sub("---", line.text.strip()), False, False, False, line.colour, line.size)]
    return styled(line.line.pieces, kind)


def styled(pieces: Sequence[Piece], kind: Kind) -> list[Run]:
    """Pieces, those of one style together; a heading's words are not marked as bold."""
    found: list[Run] = []
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


def _run(piece: Piece, kind: Kind) -> Run:
    if piece.math and kind is Kind.TABLE and (worded := _ALL_WORDS.match(piece.text)):
        piece = replace(piece, text=worded[1], math=False)
    text = piece.text.strip() if piece.math else piece.text.replace("\n", " ")
    bold = piece.bold and not piece.math and kind is not Kind.HEADING
    return Run(text, piece.math, bold, piece.italic and not piece.math, piece.colour, piece.size)


def _style(run: Run) -> tuple[bool, bool, int, float]:
    return run.bold, run.italic, run.colour, run.size


def types_tex(blocks: Sequence[Block]) -> bool:
    """Whether dollars in the words of a document stand around TeX, as its writer typed it, and not before prices."""
    return any(_TYPED_TEX.search(line.words) for block in blocks for line in block.lines)


def unmarked(text: str) -> str:
    """Words without the signs that mean something in TeX."""
    return re.sub(r"[\\{}$^_&#%~]", " ", text)


def skip(runs: list[Run], characters: int) -> None:
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


def marked(runs: Sequence[Run], *, tex: bool) -> Iterator[tuple[str, Run]]:
    """The runs with their marks: dollars around formulas, stars around bold words.

    Args:
        runs: of a line or a cell.
        tex: dollars in words are kept as they are; see :func:`types_tex`.
    """
    for run in runs:
        if not run.math and not tex and "$" in run.text:
            run = replace(run, text=run.text.replace("$", r"\$"))
        if run.math:
            yield f"${run.text}$", run
        elif run.bold and any(map(str.isalnum, run.text)):
            core = run.text.strip()
            at = run.text.find(core)
            yield f"{run.text[:at]}**{core}**{run.text[at + len(core) :]}", run
        else:
            yield run.text, run


def joint(runs: list[Run], following: list[Run], words: frozenset[str]) -> str:
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


def _between(last: Run, first: Run, words: frozenset[str]) -> str:
    """What stands between words at the end of a line and words at the start of the next."""
    if last.text[-1:] and last.text[-1] in _HYPHENS:
        return _hyphen(last, first, words)
    if _wide(last.text[-1:]) and _wide(first.text[:1]):
        return ""
    return " "


def _hyphen(last: Run, first: Run, words: frozenset[str]) -> str:
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


def vocabulary(blocks: Sequence[Block]) -> frozenset[str]:
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
