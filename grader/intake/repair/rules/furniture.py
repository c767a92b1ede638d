"""What pages bring with them: marks of their ends, headers, footers, notices, what a browser prints on each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import Range, View

_PAGE = re.compile(
    r"[ \t]*(?P<before>[-=–—*_~#<!\[({|]{0,40})[ \t]*(?:page|seite|pagina|página)[ \t]*(?P<number>\d{1,5})"
    r"(?P<total>[ \t]*(?:of|/|von|de|di)[ \t]*\d{1,5})?[ \t]*(?P<after>[-=–—*_~>\])}|]{0,40})[ \t\r]*",
    re.IGNORECASE,
)
_WORDS = ("Page", "page", "PAGE", "Seite", "Pagina", "Página")
_PRINTS = ("://", "about:blank", "@")
_OWNERS = ("©", "Copyright ", "copyright ")
_PRINTED = re.compile(
    r"[ \t]*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d\d(?:[ \u202f][AP]M)?[ \t]+\S.{0,200}"
    r"|(?:https?://|file:///|about:blank)\S{0,300}[ \t]+\d{1,4}/\d{1,4})[ \t\r]*"
)
_CLOCK = re.compile(r", [012]?\d:\d\d[ \u202f]")
_STAMPED = re.compile(r"[^\n@]{0,80}@[ \t]?\d{4}-\d\d-\d\d[ \t]?\d\d:\d\d(?::\d\d)?Z?[ \t\r]*")
_NOTICE = re.compile(r"[^\n]{0,80}(?:©|\(c\)|\u00a9|Copyright)[^\n]{0,120}(?:19|20)\d\d", re.IGNORECASE)
_RESERVED = re.compile(r"all\s?rights\s?reserved|without\s?(?:explicit|written|prior)|permission", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;)\]}”\"*$|>]\s*$")
_GOES_ON = re.compile(r"\s*[a-zà-ÿ(]")
_BLANK = re.compile(r"\n[ \t\r]*\n")
_HEADER = re.compile(r"[^\W\d]{2}[\W\d]+[^\W\d]{2}")
_LABEL = re.compile(r"[#*\s]{0,12}(?:\(|problem|question|exercise|part|task|answer|solution|\d+[.)])", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines from the edge of a page in which its header or footer stands
_LONGEST = 500  # characters of a header or footer
_FEWEST = 3  # pages that show it


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is no part of the text.

    Args:
        start, end: its range, without the end of the line.
        page: the number of the page that begins below it, if it says so.
    """

    start: int
    end: int
    page: int | None = None


class Furniture(Rule):
    """Marks between pages, running headers and footers, page numbers, notices, lines that a browser prints."""

    name = "page-furniture"
    order = 50
    does = "Page marks, headers, footers and what a browser prints on pages are taken out."

    def look(self, view: View) -> Found:
        """Lines that are furniture by what they say or by standing at the same edge of page after page."""
        text = view.text
        if b"\f" not in view.controls and not any(word in text for word in (*_WORDS, *_PRINTS, *_OWNERS)):
            return NOTHING
        breaks = [m.start() for m in re.finditer("\f", text)] if b"\f" in view.controls else []
        marks = list(_marks(view))
        said = [*_printed(view), *_notices(view)]
        if not (breaks or marks or said):
            return NOTHING
        if marks:
            pages = [(mark.end, mark.page or 0) for mark in marks]
        else:
            pages = [(at + 1, number) for number, at in enumerate(breaks, 2)]
        known = {(line.start, line.end) for line in (*marks, *said)}
        running = _running(text, [(mark.start, mark.end) for mark in marks] or [(at, at + 1) for at in breaks], known)
        lines = sorted((*marks, *said, *running), key=lambda line: line.start)
        return Found(_changes(text, lines, breaks), pages=pages)


def _marks(view: View) -> Iterator[_Line]:
    """Lines such as ``--- Page 3 ---``; a bare ``Page 3`` is one only as one of a row."""
    bare: list[_Line] = []
    sure: list[_Line] = []
    for start, end in view.lines_with(*_WORDS):
        m = _PAGE.fullmatch(view.text, start, end)
        if m is None:
            continue
        line = _Line(start, end, int(m.group("number")))
        hashes = set(m.group("before")) == {"#"}
        decorated = len(m.group("before")) >= 2 and m.group("after") and not hashes
        boxed = m.group("before")[:1] in ("[", "(", "<", "{") and m.group("after")
        (sure if decorated or boxed or m.group("total") else bare).append(line)
    numbers = [line.page for line in bare]
    if len(bare) >= _FEWEST and all(b == (a or 0) + 1 for a, b in pairwise(numbers)):
        sure += bare
    yield from sorted(sure, key=lambda line: line.start)


def _printed(view: View) -> Iterator[_Line]:
    """Lines that a browser prints at the edges of pages, and stamps with a time."""
    text = view.text
    found = [word for word in _PRINTS if word in text]
    for start, end in view.lines_with(*found):
        if _PRINTED.fullmatch(text, start, end) or _STAMPED.fullmatch(text, start, end):
            yield _Line(start, end)
    if found and _CLOCK.search(text):
        for start, end in view.lines_with(", 1", ", 2", *(f", {hour}:" for hour in range(10))):
            if "://" not in text[start:end] and _PRINTED.fullmatch(text, start, end):
                yield _Line(start, end)


def _notices(view: View) -> Iterator[_Line]:
    """Notices of copyright, which may go on over two more lines."""
    text = view.text
    for start, end in view.lines_with(*_OWNERS):
        if not _NOTICE.match(text, start, end):
            continue
        yield _Line(start, end)
        for _ in range(2):
            following = text.find("\n", end + 1)
            following = len(text) if following < 0 else following
            words = text[end + 1 : following]
            if text[:end].rstrip().endswith("ermission.") or not _RESERVED.search(words.strip()):
                break
            start, end = end + 1, following
            yield _Line(start, end)


def _running(text: str, breaks: Sequence[Range], known: set[Range]) -> Iterator[_Line]:
    """Lines that stand at the edge of page after page: the same words, or numbers that count."""
    if len(breaks) < _FEWEST:
        return
    edges: list[tuple[Range, str]] = []
    for start, end in breaks:
        above = _content(text, start, -1, known)
        below = _content(text, end, 1, known)
        for side, found in (("above", above), ("below", below)):
            for distance, line in enumerate(found):
                edges.append((line, f"{side} {distance} {_shape(text[line[0] : line[1]])}"))
    counts = Counter(shape for _, shape in edges)
    shown: dict[str, list[Range]] = {}
    for line, shape in edges:
        if not shape.endswith(" ") and counts[shape] >= max(_FEWEST, len(breaks) // 2):
            shown.setdefault(shape, []).append(line)
    for shape, lines in shown.items():
        words = shape.split(" ", 2)[2]
        if words != "#" or _in_a_row(text, lines):
            yield from (_Line(*line) for line in lines)


def _shape(line: str) -> str:
    """What a header or footer shows on every page; "" for a line that may well be an answer or a heading of a part."""
    words = line.strip()
    if (bare := words.strip("-–—| ")).isdecimal() and len(bare) < 6:
        return "#"
    return words if _HEADER.search(words) and "=" not in words and not _LABEL.match(words) else ""


def _in_a_row(text: str, lines: Sequence[Range]) -> bool:
    """Whether numbers alone on their lines count the pages; else they may be answers."""
    numbers = [int(_DIGITS.findall(text[start:end])[0][:9]) for start, end in lines]
    return all(b == a + 1 for a, b in pairwise(numbers))


def _content(text: str, at: int, step: int, known: set[Range]) -> list[Range]:
    """The lines with words nearest to a break, above or below it."""
    found: list[Range] = []
    for _ in range(6):
        if step < 0:
            end = text.rfind("\n", max(0, at - _LONGEST), at)
            start = text.rfind("\n", max(0, end - _LONGEST), max(0, end)) + 1
            if start == 0:
                break
            line, at = (start, end), start
        else:
            start = at if text[at - 1] == "\f" else text.find("\n", at, at + _LONGEST) + 1
            if start == 0:
                break
            end = text.find("\n", start, start + _LONGEST)
            if end < 0:
                break
            line, at = (start, end), end
        if text[line[0] : line[1]].strip() and line not in known:
            found.append(line)
            if len(found) == _EDGE:
                break
    return found


def _changes(text: str, lines: Sequence[_Line], breaks: Sequence[int]) -> list[Change]:
    """Take lines out, with the blank lines around; a sentence that a page cut goes on in the next line."""
    gaps = sorted([*((line.start, line.end) for line in lines), *((at, at + 1) for at in breaks)])
    merged: list[Range] = []
    for start, end in gaps:
        if merged and end <= merged[-1][1]:
            continue
        start = _up(text, start, merged[-1][1] if merged else 0)
        while end < len(text) and text[end] in "\r\n\f":
            end += 1
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    changes = []
    for start, end in merged:
        if start == 0 or end == len(text):
            after = "" if start == 0 else "\n"
        else:
            line = text[max(start - _LONGEST, text.rfind("\n", max(0, start - _LONGEST), start) + 1) : start]
            cut = not _ENDS.search(line) and _GOES_ON.match(text, end)
            after = "\n\n" if _BLANK.search(text, start, end) and not cut else "\n"
        changes.append(Change(start, end, after))
    return changes


def _up(text: str, at: int, floor: int) -> int:
    """Past the blank lines above an offset and the end of the line above them, whose last spaces are its own."""
    while at > floor and text[at - 1] == "\n":
        above = max(floor, text.rfind("\n", floor, at - 1) + 1)
        if text[above : at - 1].strip():
            return at - 2 if text[at - 2] == "\r" else at - 1
        at = above
    return at
