"""Numbers with units: reading, comparing and showing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from grader.answers._numbers.commas import join_commas
from grader.answers._numbers.numeric import Judgement, NumericOptions, Value, judge, key_value, scope_of, show, value_of
from grader.answers._numbers.units import money, unit_at
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import evaluate
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_all, parse_prefix, unreadable
from grader.maths.reading.scope import Scope, formulas_in
from grader.maths.reading.tokens import Kind, Token
from grader.maths.rendering import render
from grader.maths.tree import Binary, Node, Number, Unary, from_fraction, walk
from grader.records import Rendered


def key_quantity(value: object, what: str, names: Mapping[str, Fraction]) -> Value:
    """The truth from a solver's plain value, or from a key that an author typed, perhaps with its unit.

    Args:
        value: as :func:`grader.answers._numbers.numeric.key_value` takes it.
        what: for the message.
        names: symbols with values, for text.

    Raises:
        SpecError: it is not a finite number, or its unit is unknown.
    """
    if not isinstance(value, str):
        return key_value(value, what)
    try:
        return read_quantity(value, tokenize(value), names)
    except AnswerError as error:
        says = f"{what}: cannot read {value[:80]!r} as a number"
        raise SpecError(author_error("solver-nonsense", says)) from error


def read_quantity(text: str, tokens: Sequence[Token], names: Mapping[str, Fraction]) -> Value:
    """A number, perhaps with its unit, from the tokens of one, every one of which must belong to it.

    Args:
        text: in which they stand; a sign of money before the number makes no token.
        tokens: of a bare answer.
        names: symbols with values.

    Raises:
        AnswerError: they are no number with or without a unit, or it has no real value.
    """
    joined = _mixed(join_commas(tokens, spaces=True).tokens)
    unit = money(text) if text.find("$") >= 0 or not text.isascii() else None
    if unit is not None and joined and joined[0].text in ("€", "£", "¥"):
        joined = joined[1:]
    scope = scope_of(names)
    if any(token.text in _OPEN_SCOPE for token in joined):
        return value_of(parse_all(joined, formulas_in(frozenset(names))), names)
    node, after = parse_start(joined, scope)
    if after < len(joined) and unit is None:
        found = unit_at(joined, after)
        unit, after = found if found is not None else (unit, after)
    if after < len(joined):
        raise unreadable(joined, after, "a number should end here", "a number")
    value = with_comma(value_of(node, names), joined[0])
    return value if unit is None else replace(value, unit=unit)


def with_comma(value: Value, token: Token) -> Value:
    """A number, with what else it may be where it is all one token, whose comma may be the decimal sign.

    Args:
        value: the number.
        token: with which it begins.
    """
    if token.sub != "," or token.value is None or not isinstance(value.real.node, Number):
        return value
    return replace(value, decimal=token.value / 1000)


def _mixed(tokens: Sequence[Token]) -> Sequence[Token]:
    """A mixed number with a space, ``7 1/2``, with its sign of addition and brackets."""
    at = 1 if tokens and tokens[0].text in ("-", "+") else 0
    parts = tokens[at : at + 4]
    if len(parts) < 4 or parts[2].text != "/" or any(parts[k].kind is not Kind.NUM for k in (0, 1, 3)):
        return tokens
    whole, above, below = (parts[k].value or 0 for k in (0, 1, 3))
    plain = all(parts[k].text.isdecimal() for k in (0, 1, 3))
    if not plain or not parts[1].space or not 0 < above < below or not whole:
        return tokens
    place = parts[0].end
    plus = Token(Kind.OP, "+", place, place)
    opening = Token(Kind.OPEN, "(", parts[0].start, parts[0].start)
    closing = Token(Kind.CLOSE, ")", parts[3].end, parts[3].end)
    return [*tokens[:at], opening, parts[0], plus, *parts[1:], closing, *tokens[at + 4 :]]


_OPEN_SCOPE = frozenset({"|", "⌊", "⌈"})
"""Signs around an operand, which are read in bare answers only: in prose they may be anything."""


def parse_start(tokens: Sequence[Token], scope: Scope) -> tuple[Node, int]:
    """The expression with which a bare answer begins, and the index past it; AnswerError where none does.

    Args:
        tokens: of the answer.
        scope: which symbols may occur.
    """
    try:
        return parse_prefix(tokens, 0, scope)
    except NotAnExpressionError as error:
        raise unreadable(tokens, error.at, f"expected {error.expected}", "a number") from error


def judge_quantity(answer: Value, truth: Value, options: NumericOptions) -> tuple[Judgement, str]:
    """Whether a number with its unit is right, and a remark on the unit.

    A unit that only one of them names does no harm. Two units of the same kind are converted exactly.

    Args:
        answer: as read.
        truth: from the solver or the key.
        options: of the part.
    """
    judged, remark = _judge_units(answer, truth, options)
    if judged.right is False and answer.decimal is not None:
        other = Value(evaluate(from_fraction(answer.decimal)), unit=answer.unit)
        if _judge_units(other, truth, options)[0].right:
            return Judgement(None, "comma", judged.method, judged.bound), ""
    return judged, remark


def _judge_units(answer: Value, truth: Value, options: NumericOptions) -> tuple[Judgement, str]:
    asked, given = truth.unit, answer.unit
    if given is None or asked is None:
        judged = judge(answer, truth, options)
        if judged.right is False and (bare := _without_sign(answer, truth)) is not None:
            again = judge(answer, bare, options)
            if again.right:  # the key asks for so many percent or degrees
                return again, f"The sign {'%' if _sign(truth) == '%' else '°'} is missing."
        if judged.right and asked is not None:
            return judged, f"The unit is missing: {asked.text}."
        if judged.right and given is not None and given.doubtful:
            return Judgement(None, "unit", judged.method, judged.bound), ""
        if judged.right and given is not None and given.dimensions:
            return judged, f"No unit was asked for; {given.text} was given."
        return judged, ""
    if given.dimensions is None or given.dimensions != asked.dimensions:
        return Judgement(None if given.dimensions is None else False, "unit", "units"), ""
    if given.factor == asked.factor:
        return judge(answer, truth, options), ""
    ratio = from_fraction(given.factor / asked.factor)
    try:
        scaled = Value(evaluate(Binary("*", answer.real.node, ratio)), answer.inexact)
    except UndefinedError:
        return Judgement(None, "unit", "units"), ""
    judged = judge(scaled, truth, options)
    if judged.right is False and judge(answer, truth, options).right:
        return Judgement(False, "unit", judged.method, judged.bound), ""
    return judged, ""


def _sign(value: Value) -> str:
    node = value.real.node
    return node.op if isinstance(node, Unary) and node.op in ("%", "°") else ""


def _without_sign(answer: Value, truth: Value) -> Value | None:
    """The number before the ``%`` or ``°`` of the key, where the answer has neither."""
    node = truth.real.node
    signed = any(isinstance(here, Unary) and here.op in ("%", "°") for here in walk(answer.real.node))
    if not _sign(truth) or signed or not isinstance(node, Unary):
        return None
    return Value(evaluate(node.operand), truth.inexact)


def same_quantity(one: Value, other: Value, options: NumericOptions) -> bool | None:
    """Whether two numbers are the same, with their units where both are known; None where not settled.

    Args:
        one, other: as read.
        options: of the part.
    """
    known = all(value.unit is not None and value.unit.dimensions is not None for value in (one, other))
    return judge_quantity(one, other, options)[0].right if known else judge(one, other, options).right


def show_quantity(value: Value) -> Rendered:
    """A number as it was written, with its unit.

    Args:
        value: an answer or the truth.
    """
    number = show(value)
    known = value.unit is not None and value.unit.dimensions is not None
    return (
        number if value.unit is None or not known else render.join((number, render.words(value.unit.text)), "", "", " ")
    )
