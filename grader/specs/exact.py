"""What an unquoted word of YAML means: exact numbers, and words that YAML's versions read apart.

Numbers are taken from their digits, never through a float. Words that YAML 1.1 and 1.2 read
differently (``no``, ``010``, ``1:30``, ``2024-05-01``) are named, so that the author can say
which reading is meant. Sources: YAML 1.1 type repository (bool, int, float, timestamp);
YAML 1.2.2, section 10.3, core schema.
"""

from __future__ import annotations

import re
from fractions import Fraction

MOST_DIGITS = 400  # in a number of a spec, and the largest power of ten: far beyond any real parameter

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})

YES_NO = frozenset(["yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"])

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"([-+]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?")
_RATIO = re.compile(r"([-+]?(?:0|[1-9][0-9]*))/(0|[1-9][0-9]*)")

_TWO_READINGS = (
    (
        re.compile("|".join(sorted(YES_NO))),
        "is a yes-or-no value to YAML 1.1 and text to YAML 1.2",
        'write true or false, or quote it ("{}") if it is text',
    ),
    (
        re.compile(r"[-+]?0[0-9_]+"),
        "is octal to YAML 1.1 and decimal to YAML 1.2",
        'leave out the leading zero, or quote it ("{}") if it is text',
    ),
    (
        re.compile(r"[-+]?0[ob][0-9_]+"),
        "is a number to one version of YAML and text to the other",
        'write it in decimal, or quote it ("{}") if it is text',
    ),
    (
        re.compile(r"[-+]?[0-9]+(?:_[0-9_]*)(?:\.[0-9_]*)?"),
        "is a number to YAML 1.1 and text to YAML 1.2",
        'leave out the underscores, or quote it ("{}") if it is text',
    ),
    (
        re.compile(r"[-+]?[0-9]+(?::[0-9]{1,2})+(?:\.[0-9]*)?"),
        "is a number in base 60 to YAML 1.1 and text to YAML 1.2",
        'quote it ("{}") if it is text, or write the number in decimal',
    ),
    (
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?"),
        "is a date to YAML 1.1 and text to YAML 1.2",
        'quote it: "{}"',
    ),
    (
        re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
        "has no exact value",
        'quote it ("{}") if it is text',
    ),
    (
        re.compile(r"[−–][0-9]*\.?[0-9]+"),
        "looks like a negative number, but its minus is not the hyphen that YAML reads",
        'write the hyphen "-", or quote it ("{}") if it is text',
    ),
    (
        re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?"),
        "looks like a number with grouped digits",
        'leave out the commas, or quote it ("{}") if it is text',
    ),
)


class NumberTooLongError(ValueError):
    """A number with more digits, or a larger power of ten, than a spec may hold."""


def exact_number(word: str) -> int | Fraction | None:
    """The exact value of an unquoted word, or None if it is no number.

    ``12`` and ``0x1F`` are integers; ``0.5``, ``.5``, ``1e-6`` and ``1/3`` are fractions.

    Raises:
        NumberTooLongError: it has more than :data:`MOST_DIGITS` digits, or a power of ten as large.
        ZeroDivisionError: ``1/0``.
    """
    if _INTEGER.fullmatch(word):
        _limit(len(word))
        return int(word)
    if _HEX.fullmatch(word):
        _limit(len(word))
        return int(word, 16)
    if ratio := _RATIO.fullmatch(word):
        _limit(len(word))
        return Fraction(int(ratio[1]), int(ratio[2]))
    decimal = _DECIMAL.fullmatch(word)
    if decimal is None:
        return None
    sign, whole, part, exponent = decimal[1], decimal[2], decimal[3], decimal[4]
    if (not whole and not part) or (part is None and exponent is None):
        return None  # "", "+", ".", "e5"; and "010", whose reading is not settled
    _limit(len(whole) + len(part or "") + len(exponent or ""))
    power = int(exponent or "0")
    _limit(abs(power))
    scaled = int(whole + (part or "")) * Fraction(10) ** (power - len(part or ""))
    return -scaled if sign == "-" else scaled


def two_readings(word: str) -> tuple[str, str] | None:
    """Why an unquoted word has no settled meaning, and what to do; None if it has one.

    Returns:
        A clause that begins with a verb ("is octal to …") and a fix.
    """
    for pattern, why, fix in _TWO_READINGS:
        if pattern.fullmatch(word):
            return why, fix.format(word)
    return None


def _limit(size: int) -> None:
    if size > MOST_DIGITS:
        raise NumberTooLongError
