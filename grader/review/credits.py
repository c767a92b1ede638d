"""Marks as a person types them."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.reports.numbers import exact

_NUMBER = r"\d{1,6}(?:[.,]\d{1,6})?|\d{1,6}\s*/\s*\d{1,6}"
_MARK = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?:(?P<share>%)|of\s*(?P<whole>{_NUMBER})|p|pts?|points?)?", re.IGNORECASE
)
_WORDS = {"full": Fraction(1), "all": Fraction(1), "none": Fraction(0)}

HOW = "expected points such as 1.5 or 3/2, a share such as 50 % or 1 of 3, or one of the words full and none"


class CreditError(ValueError):
    """What was typed is no mark for this part; the message says why."""


def credit_of(text: str, points: Fraction) -> Fraction:
    """The share of the points that a person means.

    A number is points: ``1.5``, ``1,5``, ``3/2``, ``2 points``. A share is ``50 %``, ``1 of 3``, ``full`` or ``none``.

    Args:
        text: as typed.
        points: full marks of the part.

    Raises:
        CreditError: it is none of these, or more than full marks.
    """
    typed = " ".join(text.split())
    if typed.lower() in _WORDS:
        return _WORDS[typed.lower()]
    found = _MARK.fullmatch(typed)
    if found is None:
        raise CreditError(f"{_quoted(typed)} is no mark: {HOW}")
    number = _fraction(found["number"], typed)
    whole = Fraction(100) if found["share"] else _fraction(found["whole"], typed) if found["whole"] else points
    if not whole:
        raise CreditError(f"{_quoted(typed)} is a share of nothing" if number else "this part is worth 0 points")
    if number > whole:
        raise CreditError(f"{_quoted(typed)} is more than all: this part is worth {pointed(points)}")
    return number / whole


def pointed(points: Fraction) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{exact(points)} {'point' if points == 1 else 'points'}"


def _fraction(text: str, typed: str) -> Fraction:
    try:
        return Fraction("".join(text.replace(",", ".").split()))
    except ZeroDivisionError:
        raise CreditError(f"{_quoted(typed)} divides by 0") from None


def _quoted(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
