"""Titles of problems, compared by their words."""

from __future__ import annotations

import re

LINE_LOOK = 400  # characters of a line in which a heading must end; the rest is never looked at

_WORDS = re.compile(r"[^\W_]+")
_ANSWERS = re.compile(r"^(?:answers?|solutions?) (?:to |for |of )")
_LEADING = re.compile(r"^(?:problem |question |exercise )?(?:\d{1,3} )+(?=\D)")
_TRAILING = re.compile(
    r"(?: (?:solutions?|revised|retry|continued|again|corrected))?(?: \d{1,3} (?:points?|pts?|marks?))?$"
)


def plain(text: str) -> str:
    """Words only, in lower case with single spaces, without a counter or a word like "revised"."""
    words = " ".join(_WORDS.findall(text[:LINE_LOOK].casefold()))
    return _TRAILING.sub("", _LEADING.sub("", _ANSWERS.sub("", words)))
