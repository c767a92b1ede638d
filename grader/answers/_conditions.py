"""Conditions on a variable in running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.answers import _find
from grader.answers.base import Match
from grader.maths.reading.parser import NotAnExpressionError
from grader.maths.reading.tokens import Kind, Token
from grader.maths.sets.conditions import RELATIONS, read_condition
from grader.maths.sets.intervals import IntervalSet
from grader.maths.sets.phrases import COMPARISONS, RANGES, WHOLE, match
from grader.maths.sets.ranges import Condition

_REACH = 45
"""Tokens between two conditions that are read as one: “λ ≥ 1 (from the fourth) and λ ≤ 4 (from the third)”."""

_APART = frozenset("or instead correction wait wrong not no otherwise if fails mistake actually".split())
"""Words between two conditions that keep them apart."""

_VERBS = frozenset(
    "is are lies lie must be has have to should stays stay ranges goes runs was were can may needs need ought".split()
)
"""Words that may stand between a range and what is said to lie in it."""

_SUBJECTS = frozenset(
    "it that this answer range interval solution result value values set ridge strength parameter lambda which they "
    "condition everything anything all".split()
)
"""Subjects that mean the variable or the answer."""


def find_conditions(tokens: Sequence[Token], variable: str) -> Iterator[Match[Condition]]:
    """Conditions that are no part of a larger formula, in order.

    A lower and an upper bound that follow one another come as one condition.

    Args:
        tokens: of the text.
        variable: the symbol that the conditions are on, with its subscript.
    """
    found = list(_conditions(tokens, variable))
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        both = _joint(tokens, one, other) if other is not None else None
        yield both or one
        at += 2 if both else 1


def _conditions(tokens: Sequence[Token], variable: str) -> Iterator[Match[Condition]]:
    inside = _find.inside_brackets(tokens, _find.BRACES)
    at = 0
    while at < len(tokens):
        if inside[at] or not _may_start(tokens, at, variable) or _find.glued_before(tokens, at):
            at += 1
            continue
        try:
            found, after = read_condition(tokens, at, variable)
        except NotAnExpressionError:
            at += 1
            continue
        if (
            _find.glued_after(tokens, after)
            or _breaks_off(tokens, after)
            or _is_upper_end(tokens, at)
            or (not found.variable_named and (_is_about_other(tokens, at) or _is_adjective(tokens, at, after)))
        ):
            at += 1
            continue
        yield Match(at, after, found, variable if found.variable_named and found.solved else "")
        at = after


def _breaks_off(tokens: Sequence[Token], after: int) -> bool:
    """Whether a comma and one more number end the statement, in which a sign is missing: ``1 ≤ λ, 4``."""
    if after + 1 >= len(tokens) or tokens[after].text != "," or tokens[after + 1].kind is not Kind.NUM:
        return False
    return after + 2 >= len(tokens) or tokens[after + 2].kind in (Kind.NEWLINE, Kind.PUNCT)


def _is_upper_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether “up to 4” is the end of a range whose begin was not read: “from where it turns up to 4”."""
    if tokens[at].text != "up":
        return False
    for token in reversed(tokens[max(0, at - _BEGIN) : at]):
        if token.kind in (Kind.NEWLINE, Kind.PUNCT):
            return False
        if token.text in ("from", "between"):
            return True
    return False


_BEGIN = 12
"""Tokens before the upper end of a range in which it may begin."""


def _is_adjective(tokens: Sequence[Token], at: int, after: int) -> bool:
    """Whether “positive” and the like go with what follows: “it is positive outside”."""
    found = match(tokens, at, WHOLE)
    if found is None or found[1] != after or after >= len(tokens):
        return False
    token = tokens[after]
    return token.kind is Kind.WORD and token.text.lower() not in _AFTER_ADJECTIVES


_AFTER_ADJECTIVES = frozenset("only and but since because as real number numbers value values whenever".split())


def _joint(tokens: Sequence[Token], one: Match[Condition], other: Match[Condition]) -> Match[Condition] | None:
    """Two conditions as one, where they are a lower and an upper bound near one another; else None."""
    if other.first - one.last > _REACH or not _bounds_both_sides(one.value, other.value):
        return None
    between = {token.text.lower() for token in tokens[one.last : other.first]}
    both = one.value.numbers & other.value.numbers
    if between & _APART or not both.interior().pieces:
        return None
    return Match(one.first, other.last, replace(one.value, numbers=both), one.symbol and other.symbol)


def _bounds_both_sides(one: Condition, other: Condition) -> bool:
    """Whether one condition is a bound from below and the other one from above."""
    sides = [_side(condition.numbers) for condition in (one, other)]
    return 0 not in sides and sides[0] != sides[1]


def _side(numbers: IntervalSet) -> int:
    """1 for a half-line upwards, -1 for one downwards, 0 for anything else."""
    if len(numbers.pieces) != 1:
        return 0
    low, high = numbers.pieces[0]
    return (high.value is None) - (low.value is None)


def _may_start(tokens: Sequence[Token], at: int, variable: str) -> bool:
    """Whether a condition may begin at a token of running text."""
    token = tokens[at]
    if token.kind is Kind.NAME:
        return token.symbol in (variable, "∅", "π", "e") and (token.text != "e" or not token.space)
    if _find.opens_number(token) or token.text in ("[", "(", "\\{", "{"):
        return True
    if token.text == "|":  # an absolute value, and not the border of a cell
        return at + 1 < len(tokens) and not tokens[at + 1].space and (at == 0 or token.space)
    if token.text == "]":  # turned outwards
        return at == 0 or tokens[at - 1].kind in (Kind.WORD, Kind.NEWLINE, Kind.OP)
    if token.text in RELATIONS - {"="}:
        return at == 0 or tokens[at - 1].kind in (Kind.NEWLINE, Kind.BULLET, Kind.PUNCT) or tokens[at - 1].text == ":"
    if token.kind is Kind.WORD:
        return any(match(tokens, at, table) for table in (COMPARISONS, RANGES, WHOLE))
    return False


def _is_about_other(tokens: Sequence[Token], at: int) -> bool:
    """Whether something else than the variable is said to be in the range: ``C = [1, 0]``, “the gain is between”."""
    if at == 0:
        return False
    if tokens[at - 1].text in ("=", "}", "²") or tokens[at - 1].kind is Kind.NAME:
        return True
    index = at - 1
    while index >= 0 and tokens[index].kind is Kind.WORD and tokens[index].text.lower() in _VERBS:
        index -= 1
    subject = tokens[index] if index >= 0 else None
    if index == at - 1 or subject is None or subject.kind not in (Kind.WORD, Kind.NAME, Kind.CLOSE, Kind.NUM):
        return False
    return subject.text.lower() not in _SUBJECTS
