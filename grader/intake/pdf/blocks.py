"""From lines to paragraphs, headings, items of lists, displayed formulas and code.

A line goes on with the one before it where the first word of it had no room there; else the break was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from grader.intake.pdf.measures import Measures, distance
from grader.intake.pdf.placed import Placed

_SLACK = 1.25  # times the usual distance of lines: those of a paragraph are nearer
_APART = 1.6  # times the usual distance of lines: items of one list are nearer
_ALIGNED = 0.4  # times the size: edges closer than this are one
_HEADING_SLACK = 1.6  # times the size: the distance of the lines of a heading
_LONGEST_HEADING = 240  # characters
_RELATIONS = (
    "=",
    r"\leq",
    r"\geq",
    r"\le",
    r"\ge",
    r"\approx",
    r"\equiv",
    r"\implies",
    r"\Rightarrow",
    "<",
    ">",
    r"\to",
)


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    DISPLAY = "display"
    CODE = "code"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """Lines that belong together.

    Args:
        kind: what it is.
        lines: from top to bottom.
        broken: for each line but the first, whether the break before it was meant.
        level: of a heading, 1 to 6; of an item, from 0.
        apart: there is more room before it than between the lines of a paragraph.
    """

    kind: Kind
    lines: list[Placed]
    broken: list[bool] = field(default_factory=list)
    level: int = 0
    apart: bool = False


def blocks(lines: Sequence[Placed], measures: Measures) -> list[Block]:
    """The blocks of a document, in order.

    Args:
        lines: of all its pages, in the order in which they are read.
        measures: of the document.
    """
    found: list[Block] = []
    for line in lines:
        if found:
            last = found[-1]
            kind = _kind(line, measures)
            broken = _goes_on(last, line, kind, measures)
            if broken is not None:
                last.lines.append(line)
                last.broken.append(broken)
                continue
        kind = _kind(line, measures)
        block = Block(kind, [line], level=measures.level(line.size) if kind is Kind.HEADING else 0)
        block.apart = bool(found) and not _near(found[-1].lines[-1], line, measures, _APART)
        found.append(block)
    for block in found:
        _settle(block, measures)
    _nest(found)
    return found


def _kind(line: Placed, measures: Measures) -> Kind:
    if line.cells:
        return Kind.TABLE
    if line.display:
        return Kind.DISPLAY
    if line.mono:
        return Kind.CODE
    if line.words.strip() and measures.larger(line):
        return Kind.HEADING
    if line.bold and line.section > 1:
        return Kind.HEADING
    return Kind.ITEM if line.marked else Kind.PARAGRAPH


def _goes_on(block: Block, line: Placed, kind: Kind, measures: Measures) -> bool | None:
    """Whether a line belongs to the block before it: None if not, else whether the break before it was meant."""
    last = block.lines[-1]
    if Kind.TABLE in (block.kind, kind):
        return True if block.kind is kind and len(last.cells) == len(line.cells) else None
    if block.kind is Kind.DISPLAY or kind is Kind.DISPLAY:
        follows = block.kind is kind and _near(last, line, measures, 2 * _SLACK)
        return True if follows and line.text.lstrip().startswith(_RELATIONS) else None
    if block.kind is Kind.CODE and kind is Kind.CODE:
        return True if last.region != line.region or _near(last, line, measures, 2 * _SLACK) else None
    if Kind.CODE in (block.kind, kind) or abs(last.size - line.size) > 0.12 * last.size:
        return None
    if block.kind is Kind.HEADING or kind is Kind.HEADING:
        same = block.kind is kind and last.bold == line.bold and last.colour == line.colour
        near = last.region == line.region and 0 < distance(last, line) <= _HEADING_SLACK * line.size
        return False if same and near and not line.section and not line.marked else None
    if last.ending != line.opening or not _near(last, line, measures, _SLACK):
        return None
    full = measures.full(last, line)
    if kind is Kind.ITEM and not (full and block.kind is Kind.PARAGRAPH and _wrapped_mark(last, line)):
        return None
    if last.region != line.region:
        return False if full and not _ends(last) and not line.marked else None
    return _by_edges(block, line, full, measures)


def _by_edges(block: Block, line: Placed, full: bool, measures: Measures) -> bool | None:
    """What the left edges tell; see :func:`_goes_on`."""
    last, first = block.lines[-1], block.lines[0]
    aligned = _ALIGNED * line.size
    step = line.line.left - last.line.left
    fresh = last is first or block.broken[-1]  # it is the first line of what it says
    if abs(step) <= aligned:
        begins = measures.indented(line)
        if block.kind is Kind.ITEM and abs(line.line.left - first.start) <= aligned:
            return False if full and not begins else None
        return begins or not full
    if last is first and first.start + aligned < line.line.left <= first.body + 2 * aligned:  # under an item's words
        return not full
    if fresh and full and -8 * line.size < step < 0:  # the first line is set in
        return False
    return None


def _near(upper: Placed, lower: Placed, measures: Measures, slack: float) -> bool:
    """Two lines are no further apart than those of a paragraph; on two regions nothing is known."""
    if upper.region != lower.region:
        return True
    apart = distance(upper, lower)
    return 0 < apart <= slack * max(measures.leading(upper), measures.leading(lower))


def _wrapped_mark(last: Placed, line: Placed) -> bool:
    """What looks like the mark of an item is prose that ran over: at the edge, in the middle of a sentence."""
    return line.bullet is None and abs(last.line.left - line.line.left) <= _ALIGNED * line.size and not _ends(last)


def _ends(line: Placed) -> bool:
    """The line ends a sentence."""
    return line.text.rstrip().endswith((".", ":", ";", "!", "?"))


def _settle(block: Block, measures: Measures) -> None:
    """What the whole of a block tells of its kind."""
    if block.kind is Kind.HEADING:
        words = sum(len(line.text) for line in block.lines)
        if words > _LONGEST_HEADING:
            block.kind = Kind.ITEM if block.lines[0].marked else Kind.PARAGRAPH
            block.level = 0
        elif not measures.larger(block.lines[0]):
            block.level = min(len(measures.headings) + 1, 6)


def _nest(found: Sequence[Block]) -> None:
    """The levels of items: an item further to the right than that before it is one of a list within."""
    open_: list[float] = []
    for block in found:
        start, aligned = block.lines[0].start, _ALIGNED * block.lines[0].size
        if block.kind is Kind.HEADING:
            open_.clear()
        elif block.kind is Kind.ITEM:
            while open_ and start < open_[-1] - aligned:
                open_.pop()
            if not open_ or start > open_[-1] + aligned:
                open_.append(start)
            block.level = len(open_) - 1
        elif block.kind is Kind.PARAGRAPH:  # one under the words of an item does not close the list
            while open_ and start <= open_[-1] + aligned:
                open_.pop()
