"""What stands on pages without being part of the text: running headers, footers, page numbers.

A row at the edge of a page is taken out if the same words stand at the same place of pages near by, or a number there
goes up with the pages. A heading is never taken out by its number alone: "Problem 1" and "Problem 2" on top of two
pages go up with them too.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from grader.intake.pdf.glyphs import Glyph, Page

_REACH = 2  # pages before and after with which a page is compared
_BAND = 0.25  # of the height, at the top and at the bottom: where furniture may stand
_EDGE = 36.0  # points from the edge: where browsers print the date and the address
_MOST_ROWS = 3  # of furniture at one edge
_MOST_CHARACTERS = 200  # of a row that can be furniture
_SAME = 3.0  # points by which the same row may move from page to page
_FEW = 3  # pages of five that show the same words before these are furniture
_ASIDE = 0.4  # of the width

_DIGITS = re.compile(r"\d{1,9}")
_HEADING = re.compile(r"\b(?:problem|part|question|exercise|task|aufgabe|answer|solution|step)s?\b", re.IGNORECASE)
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? +\d{1,2}:\d{2}"
    r"|(?:https?|file)://\S{0,200}(?: +\d{1,4}/\d{1,4})?$|\d{1,4}/\d{1,4}$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row at the edge of a page.

    Args:
        page: on which it stands.
        text: its words.
        y: its base line, in points.
        left, right: its edges.
        size: of its type.
        gap: the widest one within it.
        glyphs: places in the page's list.
    """

    page: int
    text: str
    y: float
    left: float
    right: float
    size: float
    gap: float
    glyphs: tuple[int, ...]

    @property
    def pattern(self) -> str:
        """The words with every number replaced."""
        return _DIGITS.sub("#", self.text)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers, from left to right."""
        return tuple(map(int, _DIGITS.findall(self.text)))


@dataclass(frozen=True, slots=True)
class _Edges:
    """The rows of a page that may be furniture, from the top down and from the bottom up; its usual size of type."""

    page: Page
    top: tuple[Row, ...]
    bottom: tuple[Row, ...]
    size: float


def without_furniture(pages: Iterable[Page]) -> Iterator[tuple[Page, tuple[Row, ...]]]:
    """Pages without their furniture, and what was taken out of each.

    Args:
        pages: in order. At most five are held at a time.
    """
    shown: set[str] = set()
    window: deque[_Edges] = deque()
    before: deque[_Edges] = deque(maxlen=_REACH)
    for page in pages:
        window.append(_edges(page))
        if len(window) > _REACH:
            yield _cleaned(window, before, shown)
    while window:
        yield _cleaned(window, before, shown)


def _cleaned(window: deque[_Edges], before: deque[_Edges], shown: set[str]) -> tuple[Page, tuple[Row, ...]]:
    """The first page of the window, which is taken from it."""
    here = window.popleft()
    others = [*before, *window]
    before.append(replace(here, page=replace(here.page, glyphs=())))
    taken: list[Row] = []
    for rows, near in ((here.top, [one.top for one in others]), (here.bottom, [one.bottom for one in others])):
        for row in rows:
            if not _is_furniture(row, here, near):
                break
            # What may be a heading as well stays where it is met first.
            if not (_HEADING.search(row.text) and row.text not in shown):
                taken.append(row)
            shown.add(row.text)
    out = {index for row in taken for index in row.glyphs}
    left = tuple(glyph for index, glyph in enumerate(here.page.glyphs) if index not in out)
    return (replace(here.page, glyphs=left) if out else here.page), tuple(taken)


def _is_furniture(row: Row, here: _Edges, near: Sequence[Sequence[Row]]) -> bool:
    page = here.page
    if _PRINTED.match(row.text) and min(row.y, page.height - row.y) < _EDGE:
        return True
    level = [other for rows in near for other in rows if _same_level(row, other)]
    if any(_same_place(row, other) and _goes_up(row, other) for other in level) and not _HEADING.search(row.text):
        return True
    alike = 1 + sum(row.text == other.text for other in level)  # at the left and at the right, in turn
    if row.numbers and row.pattern == "#":  # the page's number alone on a file's only page
        return not near and row.numbers == (row.page,) and abs(row.left + row.right - page.width) < 2 * _SAME
    # Words at the right, or at both sides of a page, do not begin a paragraph.
    aside = row.left > _ASIDE * page.width or row.gap > _ASIDE / 2 * page.width
    return alike >= (2 if aside else _FEW) and row.size <= 1.05 * here.size


def _same_level(row: Row, other: Row) -> bool:
    return row.pattern == other.pattern and abs(row.y - other.y) <= _SAME and abs(row.size - other.size) < 0.5


def _same_place(row: Row, other: Row) -> bool:
    return abs(row.left - other.left) <= _SAME or abs(row.right - other.right) <= _SAME or _centred(row, other)


def _centred(row: Row, other: Row) -> bool:
    return abs(row.left + row.right - other.left - other.right) <= 2 * _SAME


def _goes_up(row: Row, other: Row) -> bool:
    """A number of the row goes up with the pages, and no other one changes in another way."""
    steps = {there - here for here, there in zip(row.numbers, other.numbers, strict=True)} - {0}
    return steps == {other.page - row.page}


def _usual_size(page: Page) -> float:
    sizes: Counter[float] = Counter()
    for size, count in Counter(glyph.size for glyph in page.glyphs).items():
        sizes[round(size, 1)] += count
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _edges(page: Page) -> _Edges:
    top = _rows(page, page.height * (1 - _BAND), page.height)
    bottom = _rows(page, 0.0, page.height * _BAND)
    return _Edges(page, tuple(top[:_MOST_ROWS]), tuple(bottom[: -_MOST_ROWS - 1 : -1]), _usual_size(page))


def _rows(page: Page, lowest: float, highest: float) -> list[Row]:
    """The rows between two heights, from the top down."""
    inside = [(index, glyph) for index, glyph in enumerate(page.glyphs) if lowest <= glyph.y <= highest]
    inside.sort(key=lambda pair: -pair[1].y)
    groups: list[list[tuple[int, Glyph]]] = []
    for pair in inside:
        if groups and groups[-1][0][1].y - pair[1].y < 0.5 * pair[1].size:
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return [row for group in groups if (row := _row(page.number, group)) is not None]


def _row(page: int, group: list[tuple[int, Glyph]]) -> Row | None:
    group = sorted(group, key=lambda pair: pair[1].x)
    inked = [glyph for _, glyph in group if not glyph.text.isspace()]
    if not inked:
        return None
    text, end, gap = "", inked[0].x, 0.0
    for glyph in inked[: _MOST_CHARACTERS + 1]:
        gap = max(gap, glyph.x - end)
        text, end = text + (" " if glyph.x - end > 0.15 * glyph.size else "") + glyph.text, glyph.right
    text = text.replace("\N{REPLACEMENT CHARACTER}", "").strip()
    first = inked[0]
    return Row(page, text, first.y, first.x, inked[-1].right, first.size, gap, tuple(index for index, _ in group))
