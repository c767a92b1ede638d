"""What a reply repeats of the person's words, as a quotation, is not what the reply says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.intake.formats.base import blank

_BLOCK = re.compile(r"(?:^[ \t]{0,3}>[^\n]*\n?)+", re.MULTILINE)
_MARKS = re.compile(r"“([^“”\n]{1,2000})”|\"([^\"\n]{1,2000})\"|«([^«»\n]{1,2000})»")
_MARK = re.compile(r"^[ \t]{0,3}>", re.MULTILINE)
_SIGN = re.compile(r"[^\W_]|[=<>≤≥+*/^|-]")
_LEAST = 12
"""Letters, digits and signs of a quotation; a single value in quotation marks may be the answer."""


def without_echoes(masked: str, said: Sequence[str]) -> str:
    """A reply in which what it quotes of the person's words is blank.

    Quotations are paragraphs behind ``>`` and words in quotation marks, where the same stands in a turn of the person.

    Args:
        masked: text of the reply; what is blank stays so.
        said: the person's turns before it.

    Returns:
        A text of the same length.
    """
    if not said or not any(mark in masked for mark in '>"“«'):
        return masked
    ranges = [(found.start(), found.end(), _MARK.sub("", found.group())) for found in _BLOCK.finditer(masked)]
    ranges += [(found.start(), found.end(), found.group()) for found in _MARKS.finditer(masked)]
    long = [(start, end, signs) for start, end, words in ranges if len(signs := _signs(words)) >= _LEAST]
    heard = [_signs(text) for text in said] if long else []
    echoes = [(start, end) for start, end, signs in long if any(signs in text for text in heard)]
    return blank(masked, echoes) if echoes else masked


def _signs(text: str) -> str:
    """Letters, digits and signs of formulas alone, in small letters."""
    return "".join(_SIGN.findall(text.casefold()))
