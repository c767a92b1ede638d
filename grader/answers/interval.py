"""A set of numbers: interval, union, inequality, chain, set builder, or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from pydantic import Field, model_validator

from grader.answers import _find
from grader.answers._conditions import find_conditions
from grader.answers._numbers.commas import Joined, join_commas
from grader.answers._slips import of_set
from grader.answers._sympy import set_text
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.numbers.exact import Real
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, unreadable
from grader.maths.reading.tokens import Kind, Token
from grader.maths.rendering.render import render
from grader.maths.sets.conditions import read_condition
from grader.maths.sets.intervals import ALL, IntervalSet, UnsettledError, render_set, some_number
from grader.maths.sets.ranges import Condition
from grader.records import Evidence, Rendered, Status, Witness


class IntervalOptions(Options):
    """Options of a set of numbers."""

    variable: str = Field("x", description="the symbol that the condition is on")
    domain: str = Field("", description="what the variable is known to satisfy, e.g. “λ >= 0”")

    @model_validator(mode="after")
    def _domain_reads(self) -> IntervalOptions:
        _domain(self.domain, self.variable)
        return self


class IntervalType(AnswerType[IntervalOptions, Condition]):
    """See the module."""

    name: ClassVar[str] = "interval"
    summary: ClassVar[str] = "a set of numbers: interval, union, inequality, chain, set builder, or words"
    options_model: ClassVar[type[Options]] = IntervalOptions
    examples: ClassVar[tuple[Example, ...]] = tuple(
        Example(response, expected, status, reason, {"variable": "λ", "domain": "λ >= 0"}, why)
        for response, expected, status, reason, why in (
            ("1 ≤ λ ≤ 4", "[1, 4]", Status.CORRECT, "exact", "a chain"),
            (r"\lambda \in [1,4]", "[1, 4]", Status.CORRECT, "exact", "LaTeX"),
            ("lambda >= 1 and lambda <= 4", "[1, 4]", Status.CORRECT, "exact", "ASCII, two inequalities"),
            ("4 ≥ λ ≥ 1", "[1, 4]", Status.CORRECT, "exact", "a chain downwards"),
            ("at least 1 and at most 4", "[1, 4]", Status.CORRECT, "exact", "words"),
            ("between 1 and 4, inclusive", "[1, 4]", Status.CORRECT, "exact", "words that settle the ends"),
            ("between 1 and 4", "[1, 4]", Status.UNDECIDED, "endpoints_unstated", "words that do not"),
            ("between 1 and 5", "[1, 4]", Status.INCORRECT, "too_wide", "wrong whatever the ends"),
            ("{λ : λ^1 ≤ 4, λ ≥ 1}", "[1, 4]", Status.UNREADABLE, "", "no condition is read out of another"),
            (r"\{\lambda \mid 1 \le \lambda \le 4\}", "[1, 4]", Status.CORRECT, "exact", "a set builder"),
            ("(1, 4)", "[1, 4]", Status.INCORRECT, "endpoint_open", "brackets count"),
            ("]1; 4]", "[1, 4]", Status.INCORRECT, "endpoint_open", "brackets turned outwards"),
            ("λ ≤ 4", "[1, 4]", Status.INCORRECT, "too_wide", "one condition is missing"),
            ("[2, 3]", "[1, 4]", Status.INCORRECT, "too_narrow", ""),
            ("λ < 0.001", "(1/1000, oo)", Status.INCORRECT, "reversed", "the other way round"),
            ("λ > 10⁻³", "(1/1000, oo)", Status.CORRECT, "exact", ""),
            ("0.001 < λ < ∞", "(1/1000, oo)", Status.CORRECT, "exact", ""),
            ("2λ > λ + 0.001", "(1/1000, oo)", Status.CORRECT, "exact", "an inequality that needs solving"),
            ("λ ≥ 0.001", "(1/1000, oo)", Status.INCORRECT, "endpoint_closed", ""),
            ("λ < 1 or λ > 4", "[0, 1) ∪ (4, oo)", Status.CORRECT, "exact", "a union; the domain is λ ≥ 0"),
        )
    )

    def key(self, value: object, options: IntervalOptions) -> Condition:
        """See :meth:`AnswerType.key`."""
        text = value if isinstance(value, str) else set_text(value)
        try:
            found = self.read(text, options)
        except AnswerError as error:
            raise SpecError(
                author_error("solver-nonsense", f"the truth: cannot read {text[:80]!r} as a set")
            ) from error
        domain = _domain(options.domain, options.variable)
        return Condition(found.numbers if domain is ALL else found.numbers & domain)

    def read(self, text: str, options: IntervalOptions) -> Condition:
        """See :meth:`AnswerType.read`."""
        tokens = _joined(_find.strip_answer(tokenize(text))).tokens
        what = "an interval such as [1, 4) or an inequality"
        try:
            found, after = read_condition(tokens, 0, _symbol(options))
        except NotAnExpressionError as error:
            raise unreadable(tokens, error.at, f"expected {error.expected}", what) from error
        if after < len(tokens):
            raise unreadable(tokens, after, "the condition should end here", what)
        return found

    def find(self, tokens: Sequence[Token], options: IntervalOptions) -> Iterator[Match[Condition]]:
        """See :meth:`AnswerType.find`."""
        joined = _joined(tokens)
        for match in find_conditions(joined.tokens, _symbol(options)):
            yield replace(match, first=joined.first[match.first], last=joined.last[match.last - 1])

    def compare(self, answer: Condition, truth: Condition, options: IntervalOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        try:
            return _compare(answer, truth, options)
        except UnsettledError:
            says = "Whether an end point is right could not be settled; a person will look."
            return Comparison(Status.UNDECIDED, None, "undecided", says, Evidence("ball arithmetic"))

    def same(self, one: Condition, other: Condition, options: IntervalOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        domain = _domain(options.domain, options.variable)
        try:
            return one.ends_stated == other.ends_stated and (one.numbers & domain).equals(other.numbers & domain)
        except UnsettledError:
            return None

    def refines(self, later: Condition, earlier: Condition, options: IntervalOptions) -> bool:
        """See :meth:`AnswerType.refines`."""
        try:
            return not (later.numbers - earlier.numbers).pieces
        except UnsettledError:
            return False

    def is_remark(self, value: Condition, other: Condition) -> bool:
        """See :meth:`AnswerType.is_remark`."""
        try:
            point = bool(value.numbers.pieces) and not value.numbers.interior().pieces
            return (
                point and bool(other.numbers.interior().pieces) and not (value.numbers - other.numbers.closure()).pieces
            )
        except UnsettledError:
            return False

    def slips(self, truth: Condition, options: IntervalOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        return of_set(truth.numbers, options.variable, _domain(options.domain, options.variable))

    def render(self, value: Condition, options: IntervalOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return render_set(value.numbers, options.variable)


def _symbol(options: IntervalOptions) -> str:
    return _plain_symbol(options.variable)


@lru_cache(maxsize=64)
def _plain_symbol(variable: str) -> str:
    tokens = tokenize(variable)
    return tokens[0].symbol if len(tokens) == 1 else variable


@lru_cache(maxsize=64)
def _domain(text: str, variable: str) -> IntervalSet:
    """The set that the ``domain`` option describes. ValueError if it cannot be read."""
    if not text:
        return ALL
    tokens = tokenize(text)
    try:
        found, after = read_condition(tokens, 0, _plain_symbol(variable))
    except NotAnExpressionError as error:
        raise ValueError(f"cannot read the domain {text!r}: {error}") from error
    if after < len(tokens):
        raise ValueError(f"cannot read the domain {text!r} after {text[: tokens[after].start]!r}")
    return found.numbers


def _joined(tokens: Sequence[Token]) -> Joined:
    """Tokens with decimal commas joined; in brackets a comma stands between two ends, unless a semicolon does."""
    if not any(token.text == "," for token in tokens):
        return join_commas(tokens)
    inside = _find.inside_brackets(tokens)
    turned = {  # ]1,4] and [1,4[
        at + 1 + (t.kind is Kind.OP) for at, t in enumerate(tokens[1:]) if tokens[at].text in ("[", "]")
    }
    semicolons = _with_semicolons(tokens) if any(token.text == ";" for token in tokens) else inside
    decimal = semicolons if semicolons is not inside else [False] * len(inside)
    return join_commas(tokens, where=lambda at: decimal[at] or not (inside[at] or at in turned))


def _with_semicolons(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether it stands in brackets of an interval, with a semicolon beside it in the same brackets."""
    found = [False] * len(tokens)
    opened = -1
    for at, token in enumerate(tokens):
        if token.text in ("(", "[", "]", ")") and opened >= 0:
            if token.text != "(" and any(t.text == ";" for t in tokens[opened:at]):
                found[opened:at] = [True] * (at - opened)
            opened = -1 if token.text in (")", "]") else at
        elif token.text in ("(", "[", "]"):
            opened = at
        elif token.kind is Kind.NEWLINE:
            opened = -1
    return found


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where two sets differ: numbers in one only."""

    wrongly_in: IntervalSet
    wrongly_out: IntervalSet

    def witness(self, variable: str) -> Witness | None:
        inside = some_number(self.wrongly_in)
        number: Real | None = inside if inside is not None else some_number(self.wrongly_out)
        if number is None:
            return None
        holds, fails = "in the set", "not in the set"
        yours, expected = (holds, fails) if inside is not None else (fails, holds)
        return Witness(((variable, render(number.node).unicode),), yours, expected)


def _compare(answer: Condition, truth: Condition, options: IntervalOptions) -> Comparison:
    domain = _domain(options.domain, options.variable)
    given, wanted = answer.numbers if domain is ALL else answer.numbers & domain, truth.numbers  # the key is within it
    if answer.ends_stated and given.matches(wanted):
        return Comparison(Status.CORRECT, Fraction(1), "exact", "", Evidence("exact"))
    gap = _Gap(given - wanted, wanted - given)
    if not answer.ends_stated and any(
        (ends & domain).equals(wanted) for ends in (answer.numbers.closure(), answer.numbers.interior(), answer.numbers)
    ):
        says = "The range is right, but the words do not say whether its end points belong; a person will look."
        return Comparison(Status.UNDECIDED, None, "endpoints_unstated", says, Evidence("exact"))
    if not gap.wrongly_in.pieces and not gap.wrongly_out.pieces:
        return Comparison(Status.CORRECT, Fraction(1), "exact", "", Evidence("exact"))
    reason, says = _diagnosis(given, wanted, gap, domain)
    evidence = Evidence("exact", "", gap.witness(options.variable))
    return Comparison(Status.INCORRECT, Fraction(0), reason, says, evidence)


def _diagnosis(given: IntervalSet, wanted: IntervalSet, gap: _Gap, domain: IntervalSet) -> tuple[str, str]:
    """The reason for a wrong set and what to say about it."""
    if not gap.wrongly_in.interior().pieces and not gap.wrongly_out.interior().pieces:
        if gap.wrongly_out.pieces:
            return "endpoint_open", "The range is right, but an end point is left out that belongs to it."
        return "endpoint_closed", "The range is right, but an end point is included that does not belong to it."
    if (domain - given).interior().equals(wanted.interior()):
        return "reversed", "The inequality points the wrong way: this is where the condition fails."
    if not gap.wrongly_out.pieces:
        return "too_wide", "All that is right is in this set, but more than that: a condition is missing or too weak."
    if not gap.wrongly_in.pieces:
        return "too_narrow", "All of this set is right, but it is not the whole: a condition is too strong."
    if not (given & wanted).pieces:
        return "disjoint", "No number in this set satisfies the conditions."
    return "different", "Part of this set is right; check each end."


TYPE = IntervalType()
