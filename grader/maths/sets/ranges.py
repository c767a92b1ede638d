"""Ranges as they are put in words or brackets, without naming the variable.

Read are phrases (“at least 1”, “between 1 and 4 inclusive”, “1 or more”), intervals (``[1, 4)``, ``]1, 4[``),
listed numbers, and a dash between two ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.maths.numbers.exact import Real, evaluate, real
from grader.maths.reading.numerals import STARTS, spoken
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix
from grader.maths.reading.tokens import Token, text_at
from grader.maths.sets import phrases
from grader.maths.sets.intervals import ALL, EMPTY, IntervalSet, between, point, relation


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one variable, as read.

    Args:
        numbers: the set that it describes.
        solved: the variable stands alone wherever it stands.
        ends_stated: it says whether its end points belong; “between 1 and 4” does not.
        variable_named: the variable occurs.
    """

    numbers: IntervalSet
    solved: bool = True
    ends_stated: bool = True
    variable_named: bool = False


def in_words(tokens: Sequence[Token], at: int) -> tuple[Condition, int]:
    """A range in words: “at least 1”, “between 1 and 4 inclusive”, “1 or more”, “positive”.

    Args:
        tokens: of the text.
        at: where to begin.

    Returns:
        The condition and the index past it.

    Raises:
        NotAnExpressionError: no such words stand there.
        UndefinedError: a number in it has no real value.
        UnsettledError: which of its numbers is the larger could not be decided.
    """
    whole = phrases.match(tokens, at, phrases.WHOLE)
    if whole is not None:
        kind, after = whole
        return Condition({"all": ALL, "none": EMPTY}.get(kind) or relation(kind, real(0))), after
    between_words = phrases.match(tokens, at, phrases.RANGES)
    if between_words is not None:
        found, after = _between(tokens, between_words[1], open_ends=between_words[0] == "open")
        if between_words[0] == "outside":
            found = Condition(~found.numbers, ends_stated=found.ends_stated)
        return found, after
    comparison = phrases.match(tokens, at, phrases.COMPARISONS)
    if comparison is None:
        return _trailing(tokens, at)
    symbol, after = comparison
    value, after = bare_number(tokens, after)
    return Condition(relation(symbol, value)), after


def _trailing(tokens: Sequence[Token], at: int) -> tuple[Condition, int]:
    """“1 or more”, “4 and below”."""
    value, after = bare_number(tokens, at)
    if text_at(tokens, after) in ("to", "–"):  # “1 to 4 inclusive”
        high, end = _number(tokens, after + 1)
        ends = phrases.match(tokens, end, phrases.ENDS)
        if ends is not None:
            closed = ends[0] == "closed"
            return Condition(between(value, high, low_closed=closed, high_closed=closed)), ends[1]
    found = phrases.match(tokens, after, phrases.TRAILING)
    if found is None:
        raise NotAnExpressionError(after, "“or more” or “or less”")
    return Condition(relation(found[0], value)), found[1]


def _between(tokens: Sequence[Token], at: int, *, open_ends: bool) -> tuple[Condition, int]:
    """“between A and B”, “from A to B”, perhaps with whether the ends belong, both or each by itself."""
    low, low_closed, after = _bound(tokens, at, ">≥")
    after += text_at(tokens, after) == "," and text_at(tokens, after + 1) in _JOINTS
    upward = [text_at(tokens, after + k) for k in range(2)] == ["up", "to"]
    after += upward
    including = upward and [text_at(tokens, after + k) for k in (1, 2)] == ["and", "including"]
    after += 2 if including else 0
    if text_at(tokens, after) not in (*_JOINTS, "including"):
        raise NotAnExpressionError(after, "“and” or “to”")
    through = including or text_at(tokens, after) == "through"
    high, high_closed, after = _bound(tokens, after + 1, "<≤", alone=low_closed is not None)
    if low_closed is None and high_closed is None:
        ends = phrases.match(tokens, after, phrases.ENDS)
        low_closed = high_closed = ends[0] == "closed" if ends else True if through else None
        after = ends[1] if ends else after
    elif high_closed is None and through:
        high_closed = True
    if open_ends:
        low_closed = high_closed = False
    numbers = between(low, high, low_closed=low_closed is not False, high_closed=high_closed is not False)
    return Condition(numbers, ends_stated=low_closed is not None and high_closed is not None), after


_JOINTS = ("and", "to", "through", "–", "-", "until")
"""What stands between the two ends."""

_NEARLY = frozenset({"just", "slightly", "anything", "strictly"})


def _bound(tokens: Sequence[Token], at: int, signs: str, *, alone: bool = True) -> tuple[Real | None, bool | None, int]:
    """One end of a range in words: “1”, “just above 1”, “1 (excluded)”.

    Args:
        tokens: of the text.
        at: where it begins.
        signs: the strict and the weak sign that may stand for a comparison before it.
        alone: a phrase after the number is about this end, and not about both.

    Returns:
        The number, None for ∞; whether it belongs, None where that is not said; and the index past it.
    """
    if is_infinity(tokens, at) and signs[0] == "<":
        return None, False, at + 1
    comparison = phrases.match(tokens, at, phrases.COMPARISONS)
    if comparison is None and text_at(tokens, at) in _NEARLY:
        comparison = phrases.match(tokens, at + 1, phrases.COMPARISONS)
    if comparison is not None:
        if comparison[0] not in signs:
            raise NotAnExpressionError(at, "a number")
        value, after = bare_number(tokens, comparison[1])
        return value, comparison[0] == signs[1], after
    value, after = bare_number(tokens, at)
    said = phrases.match(tokens, after, phrases.END) if alone else None
    return (value, None, after) if said is None else (value, said[0] == "closed", said[1])


def bare_number(tokens: Sequence[Token], at: int) -> tuple[Real, int]:
    """The number at a token where one has to stand, so that it may be a word, and the index past it.

    Args:
        tokens: of the text.
        at: where it stands.

    Raises:
        NotAnExpressionError: none does.
        UndefinedError: it has no real value.
    """
    if text_at(tokens, at).lower() not in STARTS:
        return _number(tokens, at)
    made, after = spoken(tokens, at)
    if not made:
        raise NotAnExpressionError(at, "a number")
    return _number(made, 0)[0], after


def between_dash(tokens: Sequence[Token], at: int) -> tuple[Condition, int]:
    """A range whose ends are not said to belong: ``1–4``, or ``: 1–4``.

    Args:
        tokens: of the text.
        at: where to begin.

    Returns:
        The condition and the index past it.

    Raises:
        NotAnExpressionError: none stands there.
        UndefinedError: a number in it has no real value.
        UnsettledError: which of its numbers is the larger could not be decided.
    """
    at = at + 1 if text_at(tokens, at) == ":" else at
    low, after = _number(tokens, at)
    if text_at(tokens, after) not in ("–", "—"):
        raise NotAnExpressionError(after, "“–”")
    high, after = _number(tokens, after + 1)
    return Condition(between(low, high, low_closed=True, high_closed=True), ends_stated=False), after


def interval(tokens: Sequence[Token], at: int) -> tuple[Condition, int]:
    """An interval: ``[1, 4)``, ``]1, 4[``, ``(0.001, ∞)``.

    Args:
        tokens: of the text.
        at: where to begin.

    Returns:
        The condition and the index past it.

    Raises:
        NotAnExpressionError: none stands there.
        UndefinedError: a number in it has no real value.
        UnsettledError: which of its numbers is the larger could not be decided.
    """
    opening = text_at(tokens, at)
    if opening not in ("[", "(", "]"):
        raise NotAnExpressionError(at, "“[” or “(”")
    low, after = _end(tokens, at + 1, "-")
    if text_at(tokens, after) not in (",", ";"):
        raise NotAnExpressionError(after, "“,”")
    high, after = _end(tokens, after + 1, "+")
    closing = text_at(tokens, after)
    if closing not in ("]", ")", "["):
        raise NotAnExpressionError(after, "“]” or “)”")
    found = between(low, high, low_closed=opening == "[", high_closed=closing == "]")
    return Condition(found), after + 1


def listed(tokens: Sequence[Token], at: int) -> tuple[IntervalSet, int]:
    """The set of numbers with commas between them, and the index past it; errors as in :func:`interval`."""
    numbers = EMPTY
    while True:
        value, at = _number(tokens, at)
        numbers = numbers | point(value)
        if text_at(tokens, at) != ",":
            return numbers, at
        at += 1


def _end(tokens: Sequence[Token], at: int, side: str) -> tuple[Real | None, int]:
    """An end of an interval, None for the ∞ of its side, and the index past it."""
    sign = text_at(tokens, at) if text_at(tokens, at) in ("-", "+") else ""
    if is_infinity(tokens, at + len(sign)):
        if (sign or "+") != side:
            raise NotAnExpressionError(at, "-∞ on the left or ∞ on the right")
        return None, at + len(sign) + 1
    return _number(tokens, at)


def _number(tokens: Sequence[Token], at: int) -> tuple[Real, int]:
    """The number at a token, and the index past it."""
    node, after = parse_prefix(tokens, at)
    return evaluate(node), after


def is_infinity(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is ∞."""
    return text_at(tokens, at) == "∞"
