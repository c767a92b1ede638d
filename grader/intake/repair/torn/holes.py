"""The holes that formulas left in sentences, and the room between paragraphs where displayed ones stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_PASTED_WIDTH = 45
_NO_DISPLAY = 0.3
_NO_DISPLAY_AT_END = 1.5
_NO_DISPLAY_OVER_PAGE = 0.9
_TITLE = re.compile(r"[^\w\s(\[{.,;:'\"“‘-]|\s*$")
"""A line that cannot be the middle of a pasted text: it begins with a picture or a mark, or is empty."""
_PICTURE = "[\u2600-\u27bf\u2b1b-\u2bff\ufffd\U0001f000-\U0001ffff]"
_BEGINS = re.compile(rf"(?!1\. )\d{{1,2}}\. |{_PICTURE}|[A-Z][^.!?]{{0,60}}:$")
"""Lines that begin something new: a colon right before them wants a display between. (A list begins with 1.)"""
_SENTENCE = 100
_MOST_INDENTED = 2
_CLOSING = ".,;:)!?"
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
# Inside a line: two spaces, a space before a sign that follows words closely, a space before a hyphen.
_INSIDE = re.compile(r"(?<=\S)(?:( {2,4})(?=\S)| (?=[.,:;)](?:\s|$|[A-Za-z]))| (?=-[a-z]))")
_GROWTH_BEFORE = re.compile(
    r"\b(?:critical path|path|cost|costs|complexity|time|depth|work|total|span|parallel|runtime|in|reduces?|overall)\b"
    r"[^.]{0,40}$",
    re.IGNORECASE,
)
_GROWTH_AFTER = re.compile(r"^ (?:critical|steps?|time|operations|per|if parallel|complexity|work|depth|processors)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where formulas may have stood.

    Args:
        line: index of the prose line, among those of the block; -1 before the first.
        start, end: columns that the formula takes the place of; None after the end of the line.
        hole: whether the sentence shows that something is missing.
        goes_on: whether the next line goes on with the sentence.
        leads: whether the last formula begins the next line.
        empty: cost of leaving it empty.
        first: cost of the first formula here.
        more: cost of each further one, on a line of its own.
        growth: whether a bound such as O(n) is expected here.
    index: whether a value or a range of an index is expected here, as after “for”.
    """

    line: int
    start: int | None
    end: int | None
    hole: bool
    goes_on: bool
    leads: bool
    empty: float
    first: float
    more: float
    growth: bool = False
    index: bool = False
    apart: bool = False


def places(lines: Sequence[str], last: str = "", pasted: bool = False) -> list[Place]:
    """Where formulas may have stood in the prose of a block, in order.

    Args:
        lines: of the prose.
        last: the last line of the prose before this block, to which displayed formulas may belong that come first.
        pasted: whether the prose before was pasted by a person: its lines begin and end with spaces of their own.
    """
    found = [_before(lines[0], last)] if lines else []
    if pasted and found:
        found[0] = Place(-1, None, None, False, False, False, 0.0, 2.0, 2.0)
    said = ""  # the sentence so far
    titled = False  # below a title: no person pasted this
    for number, line in enumerate(lines):
        titled = titled or _TITLE.match(line) is not None
        pasted = pasted and not titled
        for gap in _INSIDE.finditer(line):
            if line[: gap.start()].strip():
                inside = _inside(number, line, gap, said)
                found.append(inside if titled or inside.empty > 1.0 else replace(inside, empty=0.2, first=1.5))
        after = _after(number, line, lines[number + 1] if number + 1 < len(lines) else None, said, titled)
        found.append(replace(after, empty=min(after.empty, 0.3), first=max(after.first, 1.5)) if pasted else after)
        said = (said + line)[-_SENTENCE:] if found[-1].goes_on and not found[-1].leads else ""
    return found


_INDEX_BEFORE = re.compile(r"\b(?:[Ff]or(?: all| each| every)?|[Ww]hen|at|[Ff]rom|to) $")
_HEADING = re.compile(
    rf"\W{{0,6}}\s{{0,3}}(?:(?:Part|Step|Problem|Question|Option|Case|Section)\b|\(\w{{1,4}}\) [A-Z])|{_PICTURE}"
)


_OPEN_ENDED = re.compile(
    r"\b(?:is|are|as|by|get|gives?|that|becomes?|equals?|have|obtain|yields?|so|write|define|satisf(?:y|ies)|reads?)$"
)


def is_title(line: str) -> bool:
    """Whether a line is the title of something that comes below it."""
    return _HEADING.match(line) is not None


def is_pasted(lines: Sequence[str]) -> bool:
    """Whether the last lines before a block are pasted text, indented by a space here and there."""
    return sum(line[:1] == " " and len(line) > 20 for line in lines) >= _MOST_INDENTED


def _before(first: str, last: str) -> Place:
    """What stood before the first line: the end of a display that began a page earlier, or the start of a sentence."""
    if first[:1] == " " and first.strip()[:1].islower():  # or pasted text, which is indented by a space
        return Place(-1, None, None, True, True, True, 1.0, 0.3, 1.0)
    if first[:1] and first[0] in ",.;:)":
        return Place(-1, None, None, True, True, True, 4.0, 0.0, 1.0)
    if last.endswith(":"):
        return Place(-1, None, None, False, False, False, _NO_DISPLAY_OVER_PAGE, 0.2, 0.6)
    if is_title(last):
        return Place(-1, None, None, False, False, False, _NO_DISPLAY, 0.2, 0.6)
    return Place(-1, None, None, False, False, False, 0.0, 0.8, 0.6)


def _inside(number: int, line: str, gap: re.Match[str], said: str) -> Place:
    after = line[gap.end() : gap.end() + 1]
    double = gap.group(1) is not None
    if double:
        empty = 1.5 if line[gap.start() - 1] in ".:;!?" else 5.0
    else:
        empty = {",": 1.0, ")": 3.0, "-": 3.0}.get(after, 5.0)
    growth = _growth(said + line[: gap.start()], line[gap.end() :])
    index = _index(line[: gap.start()] + " ")
    return Place(number, gap.start(), gap.end(), True, False, False, empty, 0.0, 8.0, growth, index)


def _index(before: str) -> bool:
    return bool(_INDEX_BEFORE.search(before[-20:]))


def _growth(before: str, after: str) -> bool:
    return bool(_GROWTH_BEFORE.search(before[-60:]) or _GROWTH_AFTER.match(after[:20]))


def _after(number: int, line: str, following: str | None, said: str, titled: bool) -> Place:
    """What stood at the end of a line, or between it and the next."""
    trails = line[-1:] in (" ", "(") and bool(line.strip())
    growth, index = _growth(said + line, following or ""), _index(line)
    colon = line.rstrip().endswith(":")

    def place(hole: bool, empty: float, first: float, more: float, goes_on: bool = False, leads: bool = False) -> Place:
        return Place(
            number,
            None,
            None,
            hole,
            goes_on,
            leads,
            empty,
            first,
            more,
            growth and hole,
            index and hole,
            is_title(line),
        )

    if following is None:
        if trails:
            return place(True, 4.0, 0.0, 1.5)
        cost = _room(line, "")
        return place(False, 0.0, cost, max(cost, 0.6))
    spaced = following[:1] == " "
    closed = following[:1] != "" and following[0] in _CLOSING and following[:3] != "..."
    pasted = spaced and following.strip()[:1].isupper()  # pasted text is indented by a space
    if trails and (spaced or closed):
        return place(True, 1.0, 1.0, 3.0, True) if pasted else place(True, 8.0, 0.0, 2.5 if spaced else 6.0, True)
    if trails and following[:1].islower() and not colon:
        wrapped = len(line) >= _PASTED_WIDTH and not titled  # pasted text keeps the spaces where its lines were broken
        return place(True, 0.3, 1.5, 6.0, True) if wrapped else place(True, 4.0, 0.5, 6.0, True)
    if trails and line.rstrip()[-1:] in (".", "?", "!"):
        return place(True, 0.5, 1.5, 2.0)  # pasted text again
    if trails:
        return place(True, 4.0, 0.0, 1.5 if colon else 2.0)
    if pasted or (spaced and not line.strip()):
        return place(False, 0.0, 1.5, 1.5)
    if spaced and (line.rstrip()[-1:] in (".", "?", "!") or not following.strip()[:1].isalpha()):
        return place(True, 0.5, 1.0, 1.5, True, True)
    if spaced or closed:
        return place(True, 3.0 if spaced else 5.0, 0.0, 1.0 if colon else 1.5, True, True)
    cost = _room(line, following)
    if not colon:
        return place(False, 0.0, cost, max(cost, 0.6))
    if _BEGINS.match(following):
        return place(False, _NO_DISPLAY_AT_END, cost, 0.6)
    if following[-2:] == ": " and len(line.split()) > 4 and not line[:1].isdigit():
        return place(False, 0.0, 1.0, 1.0)  # a list with holes of its own
    if line[:1].isdigit():  # a numbered title; below it the text goes on
        return place(False, 0.0, cost if following[:1].islower() else max(cost, 0.8), 0.6)
    return place(False, 0.0 if len(line) < 3 else _NO_DISPLAY, cost, 0.6)


def _room(line: str, following: str) -> float:
    """Cost of a displayed formula between two lines."""
    before = line.rstrip()
    if before.endswith(":"):
        return 0.4 if before[:1].isdigit() else 0.2  # a numbered title needs no display
    if _HEADING.match(before):
        return 2.2
    if _OPEN_ENDED.search(before):
        return 0.4
    if before.endswith(_SENTENCE_ENDS) or not before:
        return 1.0
    begins = following.lstrip()[:1]
    if not following or not begins.islower():
        return 1.4
    return 1.8 if before[-1:].isalnum() and len(before) < 50 else 6.0
