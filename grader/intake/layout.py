"""How a text looks on its pages, as far as that tells who speaks: colours, indents, notes beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A stretch of a text with one look.

    Args:
        start, end: offsets in the text.
        page: from 1.
        colour: of the characters, ``#rrggbb``.
        left: distance of the line's first character from the left edge of the page, in points.
        size: of the type, in points.
        bold, italic: of the face.
    """

    start: int
    end: int
    page: int
    colour: str
    left: float
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class MarginNote:
    """An annotation that somebody put on a page.

    Args:
        text: the words.
        at: offset in the text of the end of the line beside which it stands.
        page: from 1.
        author: as the file says, "" if it does not.
    """

    text: str
    at: int
    page: int
    author: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The looks of a text, in order and without gaps, and the notes beside it.

    Args:
        looks: stretches.
        notes: annotations, in the order of the text.
    """

    looks: tuple[Look, ...] = ()
    notes: tuple[MarginNote, ...] = ()
