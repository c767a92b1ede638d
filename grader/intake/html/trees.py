"""The tree of a page of HTML, made in time that grows with its length alone: deep and crowded pages are refused."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, UnicodeDammit

MOST_DEPTH = 200
"""Elements in elements; tools that walk a tree call themselves some three times for each of them."""

MOST_ELEMENTS = 200_000

_PAIRS = (
    (re.compile("<!--"), "-->"),
    (re.compile(r"<!\[(?=cdata|ignore|include|rcdata|temp)", re.IGNORECASE), "]]>"),
    (re.compile(r"<!\["), "]>"),
    (re.compile("<"), ">"),
)
"""What opens a piece of markup, and what closes it."""


class PageError(ValueError):
    """A page goes beyond a limit; the message says which, in a few words."""


class _Bounded(BeautifulSoup):
    """A tree that stops to grow at the limits, while the page is read."""

    elements = 0

    def handle_starttag(self, *args: Any, **kwargs: Any) -> Any:
        """Count an element before it is put into the tree."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise PageError(f"it has more than {MOST_ELEMENTS:,} elements")
        if len(self.tagStack) > MOST_DEPTH:
            raise PageError(f"it is nested too deeply, in more than {MOST_DEPTH} elements")
        return super().handle_starttag(*args, **kwargs)


def tree_of(page: bytes | str) -> BeautifulSoup:
    """The tree of a page, or of a piece of one.

    Args:
        page: HTML; bytes in the encoding that they declare.

    Raises:
        PageError: it is too deep, or has too many elements.
        AssertionError, ValueError: it cannot be taken apart.
    """
    text = page if isinstance(page, str) else UnicodeDammit(page, is_html=True).unicode_markup or ""
    return _Bounded(_closed(text), "html.parser")


def _closed(text: str) -> str:
    """A page in which what is never closed is plain text: for each, the parser would search to the end of the page."""
    for opening, closing in _PAIRS:
        end = text.rfind(closing) + 1
        text = text[:end] + opening.sub(lambda match: f"&lt;{match[0][1:]}", text[end:])
    return text
