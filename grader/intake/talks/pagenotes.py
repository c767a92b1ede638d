"""Notes at the ends of pages: what somebody wrote into the margin of a print comes out below the page's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.intake.documents import Document
from grader.intake.formats.base import Range
from grader.intake.talks.manners import judges, remarking

_MOST = 4  # lines of a note
_NARROW = 90  # characters of such a line
_MARK = re.compile(r"[ \t]*[-=–—*_]{2,10}[ \t]*Page[ \t]*\d{1,5}[ \t]*[-=–—*_]{2,10}[ \t\r]*$", re.IGNORECASE)


def page_notes(document: Document, thought: Sequence[Range], labels: Sequence[int]) -> list[Range]:
    """Ranges of the last lines of pages that remark on the model.

    Args:
        document: a text that knows its pages, or has the marks of them; in others there are none.
        thought: ranges in which a model thinks aloud.
        labels: offsets of the lines that say who speaks.
    """
    passed = {document.line_of(start) for start in (*labels, *(start for start, _ in thought))}
    found: list[Range] = []
    page: list[Range] = []
    pages = 0
    for number, start, end, ends in _lines(document):
        if ends:
            found += _note(document.text, page)
            page, pages = [], pages + 1
        if number in passed:
            page = []
        elif document.text[start:end].strip() and not _MARK.match(document.text[start:end]):
            page.append((start, end))
    return [*found, *_note(document.text, page)] if pages else []


def _lines(document: Document) -> Iterator[tuple[int, int, int, bool]]:
    """Number and range of each line, and whether a page ends before it."""
    places = document.places
    at, before = 0, document.places.page(1) if document.places is not None else None
    for number, line in enumerate(document.text.split("\n"), 1):
        page = places.page(number) if places is not None else None
        yield number, at, at + len(line), page != before or _MARK.match(line) is not None
        before = page
        at += len(line) + 1


def _note(text: str, lines: Sequence[Range]) -> Iterator[Range]:
    """The note in the last lines of a page: the fewest that remark, with the rest of their sentence."""
    for count in range(1, min(_MOST, len(lines)) + 1):
        start = lines[-count][0]
        words = text[start : lines[-1][1]]
        if any(end - begin > _NARROW for begin, end in lines[-count:]) or "\u200b" in words:
            return
        if remarking(words) >= 2 or (judges(words) and len(words) < _NARROW):
            yield _sentence(text, lines[-_MOST:], count)
            return


def _sentence(text: str, lines: Sequence[Range], count: int) -> Range:
    """The last lines, with those above that belong to their first sentence."""
    while count < len(lines) and _is_rest(text[slice(*lines[-count])], text[slice(*lines[-count - 1])]):
        count += 1
    return lines[-count][0], lines[-1][1]


def _is_rest(line: str, above: str) -> bool:
    """Whether a line goes on with the sentence of the one above."""
    words = len(re.findall(r"[^\W\d_]{2,}", above)) >= 3 and above.rstrip()[-1:] not in ".!?:;"
    return words and line.lstrip()[:1].islower()
