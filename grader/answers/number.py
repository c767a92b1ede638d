"""A number: decimal, fraction, scientific, percent, with roots, logarithms, π and e."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from grader.answers import _find
from grader.answers._numbers.commas import apart, join_commas
from grader.answers._numbers.numeric import (
    SLIPS,
    NumericOptions,
    Value,
    is_rounding,
    judge,
    plain,
    plain_names,
    scope_of,
    show,
    value_of,
)
from grader.answers._numbers.quantity import (
    judge_quantity,
    key_quantity,
    read_quantity,
    same_quantity,
    show_quantity,
    with_comma,
)
from grader.answers._numbers.units import unit_at, word_at
from grader.answers._numbers.words import speaks, with_digits
from grader.answers._slips import of_tree, other_numbers
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped
from grader.diagnostics import AnswerError
from grader.maths.numbers.exact import compare
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix, unreadable
from grader.maths.reading.scope import CONSTANTS
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.rendering.unicode import text_of
from grader.maths.tree import Binary
from grader.records import Evidence, Rendered, Status, Witness

_REFERENCES = frozenset(
    "problem problems step section theorem lemma equation eq figure fig table part question exercise page line chapter "
    "example turn round case appendix homework hw option version".split()
)
"""Words after which a number names a place and is no value."""


class NumberType(AnswerType[NumericOptions, Value]):
    """See the module."""

    name: ClassVar[str] = "number"
    summary: ClassVar[str] = "a number: decimal, fraction, scientific, percent, with roots, logarithms, π and e"
    options_model: ClassVar[type[Options]] = NumericOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example("0.75", "3/4", Status.CORRECT, "exact", why="a decimal equals a fraction exactly"),
        Example(r"\frac{3}{4}", 0.75, Status.CORRECT, why="LaTeX"),
        Example("¾", "3/4", Status.CORRECT, "exact", why="a Unicode fraction"),
        Example("75%", "3/4", Status.CORRECT, "exact", why="percent"),
        Example("7.5 × 10⁻¹", "3/4", Status.CORRECT, "exact", why="scientific with Unicode"),
        Example("1/√2", r"\frac{\sqrt{2}}{2}", Status.CORRECT, "exact", why="radicals have a normal form"),
        Example("ln 8", "3 ln 2", Status.CORRECT, "exact", why="so have logarithms of rationals"),
        Example("12,345.6", "12345.6", Status.CORRECT, "exact", why="commas between thousands"),
        Example("x = 12/3 = 4", 4, Status.CORRECT, "exact", why="the end of a chain of equalities"),
        Example("x = 5 = 6", 6, Status.UNREADABLE, why="a chain of equalities that does not hold"),
        Example("1000.01", 1000, Status.INCORRECT, "different", why="no tolerance unless one is declared"),
        Example("1000.01", 1000, Status.CORRECT, "within_tolerance", {"rel": "1e-4"}, "a declared tolerance"),
        Example("0.000000001", "0.000000002", Status.INCORRECT, why="small numbers are not rounded to 0"),
        Example("0.33", "1/3", Status.INCORRECT, "rounded", why="a rounded value where the exact one is asked"),
        Example("0.33", "1/3", Status.CORRECT, "within_tolerance", {"sigfigs": 2}, "significant figures"),
        Example("3.14159265358979", "π", Status.CORRECT, "within_tolerance", why="a float as printed"),
        Example("-4", 4, Status.INCORRECT, "sign", why="a diagnosis"),
        Example("120 mm", "12 cm", Status.CORRECT, "exact", why="units of one kind are converted exactly"),
        Example("12 m", "12 cm", Status.INCORRECT, "unit", why="the same number of something else"),
        Example("12 cm", 12, Status.CORRECT, "exact", why="a unit that was not asked for does no harm"),
        Example("2x + 1", 3, Status.UNREADABLE, why="no number is picked out of a formula"),
        Example("The answer is not 5.", 5, Status.MISSING, why="a denial is not an answer"),
        Example("It is either 3 or 4.", 4, Status.UNDECIDED, "two_answers", why="two answers are not one"),
        Example("Final answer: 12. As a check, 12/3 = 4.", 12, Status.CORRECT, why="the stated final answer"),
    )

    def key(self, value: object, options: NumericOptions) -> Value:
        """See :meth:`AnswerType.key`."""
        return key_quantity(value, "the truth", plain_names(options))

    def read(self, text: str, options: NumericOptions) -> Value:
        """See :meth:`AnswerType.read`."""
        everything = tokenize(text)
        if len(everything) > 1 and everything[0].kind is Kind.BULLET and everything[0].text in ("-", "–", "—"):
            raise unreadable(everything, 0, "expected a minus sign right before its number", "a number")
        names = plain_names(options)
        written = _find.strip_answer(everything)
        tokens = _softened(with_digits(apart(written), bare=True).tokens if speaks(written) else written, options)
        if any(token.text in ("=", "≈") for token in tokens):
            whole = join_commas(tokens).tokens
            for at in range(1, len(whole)):
                if _contradicts(whole, at, names):
                    raise unreadable(whole, at, "expected a chain of equalities that holds", "a number")
            tokens = _find.without_name(_named_last(tokens, names))
        return read_quantity(text, _with_products(tokens, names), names)

    def find(self, tokens: Sequence[Token], options: NumericOptions) -> Iterator[Match[Value]]:
        """See :meth:`AnswerType.find`."""
        names = plain_names(options)
        joined = with_digits(join_commas(tokens), bare=False)
        line = _softened(joined.tokens, options)
        inside = _find.inside_brackets(line)
        at, ended = 0, -1
        while at < len(line):
            found = None if inside[at] else _number_at(line, at, names)
            if found is None:
                at += 1
                continue
            value, after = found
            if at > 0 and line[at - 1].text == "≈" and at - 1 == ended:
                at = ended = after  # the decimals of the exact value before
                continue
            name = _find.named(line, at)
            yield Match(joined.first[at], joined.last[after - 1], value, name.symbol if name else "")
            at = ended = after

    def compare(self, answer: Value, truth: Value, options: NumericOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        judged, remark = judge_quantity(answer, truth, options)
        evidence = Evidence(judged.method, judged.bound)
        if judged.right is None:
            return Comparison(
                Status.UNDECIDED,
                None,
                judged.reason,
                SLIPS["comma" if judged.reason == "comma" else "undecided"],
                evidence,
            )
        if judged.right:
            return Comparison(Status.CORRECT, Fraction(1), judged.reason, remark, evidence)
        witness = Witness((), show_quantity(answer).unicode, show_quantity(truth).unicode)
        evidence = Evidence(judged.method, judged.bound, witness)
        slip = "rounded too far" if judged.reason == "rounded" and options.rounded else judged.reason
        return Comparison(Status.INCORRECT, Fraction(0), judged.reason, SLIPS[slip], evidence)

    def same(self, one: Value, other: Value, options: NumericOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return same_quantity(one, other, options)

    def slips(self, truth: Value, options: NumericOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        shown, plain = show_quantity(truth).unicode, show(truth).unicode
        unit = shown.removeprefix(plain)
        differs = other_numbers(truth.real.node, options, inexact=truth.inexact)
        return of_tree(truth.real.node, differs, lambda node: text_of(node) + unit)

    def render(self, value: Value, options: NumericOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return show_quantity(value)

    def plain(self, value: Value, options: NumericOptions) -> Fraction | float:
        """See :meth:`AnswerType.plain`."""
        return plain(value)


def _named_last(tokens: list[Token], names: dict[str, Fraction]) -> list[Token]:
    """The tokens without an unknown name that stands last: ``3 = x``."""
    last = tokens[-1] if len(tokens) > 2 and tokens[-2].text == "=" else None
    unknown = last is not None and last.kind is Kind.NAME and last.symbol not in names and last.text not in CONSTANTS
    return tokens[:-2] if unknown else tokens


def _with_products(tokens: list[Token], names: dict[str, Fraction]) -> list[Token]:
    """The tokens with products marked: a bracket after a number and a space is a factor, as in ``2 (3+4)``.

    Where both have the same value the bracket may as well explain it, and nothing is marked: ``2 (1+1)``.
    """
    if len(tokens) < 4 or tokens[0].kind is not Kind.NUM or tokens[1].text != "(" or not tokens[1].space:
        return tokens
    return tokens if _explains(tokens, 0, 1, names) else [tokens[0], tokens[1]._replace(space=False), *tokens[2:]]


def _explains(tokens: Sequence[Token], at: int, after: int, names: dict[str, Fraction]) -> bool | None:
    """Whether the bracket after a number has its value; None where no sum or the like stands in one there."""
    try:
        inner, end = parse_prefix(tokens, after, scope_of(names))
        number, _ = parse_prefix(tokens, at, scope_of(names))
        if not isinstance(inner, Binary) or tokens[end - 1].text != ")":
            return None
        return compare(value_of(inner, names).real, value_of(number, names).real) == 0
    except (NotAnExpressionError, AnswerError):
        return None


def _number_at(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> tuple[Value, int] | None:
    """A number that stands by itself from token ``at`` on, and the index past it."""
    token = tokens[at]
    starts = (
        _find.opens_number(token)
        or token.kind is Kind.FUNC
        or token.text in ("–", "+", "(")
        or (token.kind is Kind.NAME and (token.symbol == "π" or token.symbol in names))
    )
    if not starts or _find.glued_before(tokens, at) or _is_reference(tokens, at) or _contradicts(tokens, at, names):
        return None
    try:
        node, after = parse_prefix(tokens, at, scope_of(names))
        if _is_cell(tokens, at, after) or _is_list_mark(tokens, at, after):
            return None
        found = unit_at(tokens, after)
        if found is not None and not found[0].doubtful and not _find.glued_after(tokens, found[1]):
            return replace(with_comma(value_of(node, names), token), unit=found[0]), found[1]
        if _find.glued_after(tokens, after) or _is_factor(tokens, at, after, names):
            return None
        value = with_comma(value_of(node, names), token)
        counted = word_at(tokens, after)
        return (value if counted is None else replace(value, unit=counted)), after
    except (NotAnExpressionError, AnswerError):
        return None


def _is_factor(tokens: Sequence[Token], at: int, after: int, names: dict[str, Fraction]) -> bool:
    """Whether a number with a space after it is a factor of what follows: ``12 x``, ``2 (3+4)``."""
    token = tokens[after] if after < len(tokens) else None
    if token is None or token.kind not in (Kind.NAME, Kind.OPEN):
        return False
    if token.kind is Kind.NAME:
        return token.text not in ("a", "A", "I", "⇒") and token.text not in CONSTANTS
    return token.text == "(" and _explains(tokens, at, after, names) is False


def _is_reference(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number names a place, as in “Theorem 3” and “page 7 of 12”."""
    if at > 2 and tokens[at - 1].text == "of" and tokens[at - 2].kind is Kind.NUM:
        at -= 2
    return at > 0 and tokens[at - 1].kind is Kind.WORD and tokens[at - 1].text.lower() in _REFERENCES


def _is_list_mark(tokens: Sequence[Token], at: int, after: int) -> bool:
    """Whether the number is all of a line after a dash, which may be a list mark or a minus: “- 5”."""
    dash = at > 0 and tokens[at - 1].kind is Kind.BULLET and tokens[at - 1].text in ("-", "–", "—")
    return dash and (after >= len(tokens) or tokens[after].kind is Kind.NEWLINE)


def _contradicts(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> bool:
    """Whether the number at a token and the one before its equals sign differ: ``5 = 6`` gives neither."""
    sides = _sides(tokens, at, names)
    return sides is not None and compare(sides[0].real, sides[1].real) in (-1, 1)


def _sides(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> tuple[Value, Value] | None:
    """The numbers before and after the equals sign that stands before a token; None where there are not both."""
    if at < 2 or tokens[at - 1].text != "=":
        return None
    first = at - 1
    while first > max(0, at - 20) and tokens[first - 1].text not in ("=", ":") and tokens[first - 1].kind not in _ENDS:
        first -= 1
    try:
        left, end = parse_prefix(tokens, first, scope_of(names))
        right, _ = parse_prefix(tokens, at, scope_of(names))
        return (value_of(left, names), value_of(right, names)) if end == at - 1 else None
    except (NotAnExpressionError, AnswerError):
        return None


def _softened(tokens: Sequence[Token], options: NumericOptions) -> list[Token]:
    """Tokens with ``≈`` for an equals sign before a number that is only rounded, where rounded ones may be right."""
    out, names = list(tokens), plain_names(options)
    for at in range(2, len(tokens)) if options.rounded else ():
        sides = _sides(tokens, at, names)
        if sides is None or compare(sides[0].real, sides[1].real) == 0:
            continue
        if is_rounding(sides[1], sides[0]) or judge(sides[1], sides[0], options).right:
            out[at - 1] = out[at - 1]._replace(text="≈")
    return out


_ENDS = (Kind.NEWLINE, Kind.SEP, Kind.PUNCT, Kind.WORD, Kind.BULLET)


def _is_cell(tokens: Sequence[Token], at: int, after: int) -> bool:
    """Whether the number is a cell of a LaTeX matrix or table."""
    marks = ("&", "\\\\")
    return text_at(tokens, at - 1) in marks or text_at(tokens, after) in marks


TYPE = NumberType()
