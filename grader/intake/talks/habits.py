"""How a person marks their own remarks, where the head of a transcript says so: “my comments are in italics”."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST = 3000  # characters of a head
_SENTENCE = re.compile(r"[^.!?\n]{0,300}(?:[.!?](?!\s|$)[^.!?\n]{0,300}){0,6}")
_MINE = re.compile(r"\b(?:[Mm]y|[Mm]ine|me|I|[Oo]ur|us|[Ww]e)\b")
_WORDS = re.compile(
    r"\b(?:comments?|remarks?|notes?|annotations?|commentary|thoughts|observations?|lines?)\b", re.IGNORECASE
)
_MARK = re.compile(r"[\"“‘'`\[(]{1,2}([A-Z][A-Za-z]{1,20}(?: [A-Za-z]{1,12}){0,2}):?[ .…]{0,5}[\"”’'`\])]{1,2}")
_ITALIC = re.compile(r"\bin (?:\*|_)?italics?\b|\bitalici[sz]ed\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """What the head says of remarks.

    Args:
        marks: words with which they begin.
        italic: they are set in italics.
    """

    marks: tuple[str, ...] = ()
    italic: bool = False


def habit(head: str) -> Habit:
    """What the head of a transcript says of the person's remarks.

    Args:
        head: the text before the first turn.
    """
    marks: dict[str, None] = {}
    italic = False
    for match in _SENTENCE.finditer(head[:_MOST]):
        words = match.group()
        if _MINE.search(words) and _WORDS.search(words):
            marks.update(dict.fromkeys(found[1] for found in _MARK.finditer(words)))
            italic = italic or _ITALIC.search(words) is not None
    return Habit(tuple(marks), italic)
