"""A finite set of numbers, tuples or formulas; with an unknown also a union of intervals and points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from grader.answers import _find
from grader.answers._expressions.formulas import scope_of
from grader.answers._matrix.entries import key_entry
from grader.answers._numbers.numeric import NumericOptions, plain_names
from grader.answers._set.compare import How, Key, compared, show_element, targets_of
from grader.answers._set.read import SetReader, merged
from grader.answers._set.statement import Element, Members
from grader.answers._slips import of_tree, other_numbers
from grader.answers._sympy import set_text
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped, brief
from grader.answers.expression import Names, domain_of, spelled_names
from grader.answers.interval import TYPE as INTERVAL
from grader.answers.interval import IntervalOptions
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Token
from grader.maths.rendering.render import join, math
from grader.maths.sets.intervals import ALL, EMPTY, IntervalSet, UnsettledError, point
from grader.maths.sets.ranges import Condition
from grader.maths.tree import Listing
from grader.records import Evidence, Rendered, Status, Witness

_WHOLE_NUMBERS = frozenset("ℤ ℕ ℚ Z N Q".split())
_MOST_POINTS = 100


class SetOptions(NumericOptions):
    """Options of a set. Without a tolerance, numbers must be equal exactly."""

    variables: Names = Field((), description="symbols of its elements; they decide how “nd” is cut into letters")
    domain: str = Field("", description="what is known of the symbols, e.g. “x > 0”")
    variable: str = Field("", description="the unknown, where the set may be one of intervals, as for inequalities")
    credit: Literal["all", "elements"] = Field("all", description="all elements count, or each earns its share")

    @model_validator(mode="after")
    def _domain_reads(self) -> SetOptions:
        domain_of(self.domain)
        if self.variable:
            _intervals(self.variable, self.domain)
        return self

    @property
    def symbols(self) -> tuple[str, ...]:
        """The declared symbols as the lexer spells them."""
        return spelled_names(self.variables)


_ROOTS = "{2, -3}"
_UNION = "{-1} ∪ [0, 7)"


class SetType(AnswerType[SetOptions, Members]):
    """See the module."""

    name: ClassVar[str] = "set"
    summary: ClassVar[str] = "a finite set of numbers, tuples or formulas, or a union of intervals and points"
    options_model: ClassVar[type[Options]] = SetOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example("{-3, 2}", _ROOTS, Status.CORRECT, "exact", why="the order does not matter"),
        Example(r"\{2, -3, 2\}", [2, -3], Status.CORRECT, "exact", why="nor does repetition"),
        Example("x = 2 or x = -3", _ROOTS, Status.CORRECT, "exact", why="solutions"),
        Example("x_1 = -3, x_2 = 2", _ROOTS, Status.CORRECT, "exact", why="with an index"),
        Example("x ∈ {2; -3}", _ROOTS, Status.CORRECT, "exact", why="a semicolon"),
        Example("2 and -3", _ROOTS, Status.CORRECT, "exact", why="words"),
        Example("±2", "{-2, 2}", Status.CORRECT, "exact", why="both signs"),
        Example(r"\frac{2 \pm \sqrt{20}}{2}", "{1 - √5, 1 + √5}", Status.CORRECT, why="the formula of the roots"),
        Example("x = 2", _ROOTS, Status.INCORRECT, "missing_elements", why="what is missing is named"),
        Example("{2, -3, 0}", _ROOTS, Status.INCORRECT, "extra_elements"),
        Example("{-2, 3}", _ROOTS, Status.INCORRECT, "sign"),
        Example("{2, 5}", _ROOTS, Status.INCORRECT, "different"),
        Example("{2, 5}", _ROOTS, Status.PARTIAL, "different", {"credit": "elements"}, "a share for each"),
        Example("(2, -3)", _ROOTS, Status.UNDECIDED, "tuple", why="a pair is no set"),
        Example("(1, 2), (2, 1)", [(2, 1), (1, 2)], Status.CORRECT, "exact", why="a set of pairs"),
        Example("{(2, 2)}", [(2, 1)], Status.INCORRECT, "different"),
        Example("{0.33, 3}", "{1/3, 3}", Status.CORRECT, "within_tolerance", {"sigfigs": 2}, "a tolerance"),
        Example("{(x+1)^2, 1}", "{1, x^2 + 2x + 1}", Status.CORRECT, options={"variables": ["x"]}, why="formulas"),
        Example("no solutions", "∅", Status.CORRECT, "exact", why="the empty set in words"),
        Example("{2, …, 5}", "{2, 3, 4, 5}", Status.UNREADABLE, why="what dots stand for is not guessed"),
        Example("x = -1 or 0 ≤ x < 7", _UNION, Status.CORRECT, "exact", {"variable": "x"}, "intervals and points"),
        Example("[-1, 7)", _UNION, Status.INCORRECT, "too_wide", {"variable": "x"}),
        Example("The solutions are x = 2 and x = -3.", _ROOTS, Status.CORRECT, why="in a sentence"),
    )

    def key(self, value: object, options: SetOptions) -> Members:
        """See :meth:`AnswerType.key`."""
        found = self._key_text(value, options) if isinstance(value, str) else self._key_plain(value, options)
        if found.condition is not None:
            return found
        if any(not item.entries for item in found.items):
            raise SpecError(author_error("solver-nonsense", "the truth: an element of the set is empty"))
        return Key(found.items, found.name, None, targets_of(found, _how(options)))

    def _key_text(self, text: str, options: SetOptions) -> Members:
        try:
            return self.read(text, options)
        except AnswerError as error:
            says = f"the truth: cannot read {brief(text)!r} as a set: {error.diagnostics[0].message}"
            fix = "" if options.variable else "give the option “variable” where the set is one of intervals"
            raise SpecError(author_error("solver-nonsense", says, fix=fix)) from error

    def _key_plain(self, value: Any, options: SetOptions) -> Members:
        """The truth from a list, a set, or a set of SymPy."""
        if getattr(value, "is_FiniteSet", False):
            value = list(value.args)
        elif hasattr(value, "is_Interval") or hasattr(value, "is_empty"):
            return self._key_text(set_text(value), options)
        if hasattr(value, "tolist"):
            value = value.tolist()
        if not isinstance(value, list | tuple | set | frozenset):
            says = f"the truth: expected a set, found {type(value).__name__} {brief(value)}"
            raise SpecError(author_error("solver-nonsense", says))
        ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return Members(tuple(element for item in ordered for element in self._key_elements(item, options)))

    def _key_elements(self, item: Any, options: SetOptions) -> tuple[Element, ...]:
        if isinstance(item, str):
            return self._key_text(item, replace_variable(options)).items
        names = plain_names(options)
        scope = scope_of((*options.symbols, *names))
        parts = tuple(item.args) if getattr(item, "is_Tuple", False) or type(item).__name__ == "Tuple" else item
        if isinstance(parts, list | tuple):
            return (Element(tuple(key_entry(part, "the truth", scope, names) for part in parts), True),)
        return (Element((key_entry(parts, "the truth", scope, names),)),)

    def read(self, text: str, options: SetOptions) -> Members:
        """See :meth:`AnswerType.read`."""
        try:
            return _reader(options).read(text)
        except AnswerError:
            tokens = _find.strip_answer(tokenize(text)) if options.variable else []
            if not tokens or _is_about_whole_numbers(tokens):
                raise
            if len(tokens) == 1 and tokens[0].text in ("ℝ", "R"):
                return Members((), "", Condition(ALL))
            return Members((), "", INTERVAL.read(text, _intervals(options.variable, options.domain)))

    def find(self, tokens: Sequence[Token], options: SetOptions) -> Iterator[Match[Members]]:
        """See :meth:`AnswerType.find`."""
        found = merged(list(_reader(options).find(tokens)), tokens)
        if options.variable and not _is_about_whole_numbers(tokens):
            conditions = INTERVAL.find(tokens, _intervals(options.variable, options.domain))
            found += [Match(m.first, m.last, Members((), "", m.value), m.symbol, m.stated) for m in conditions]
            found.sort(key=lambda match: (match.first, -match.last))
        past = 0
        for match in found:
            if match.first >= past:
                yield match
                past = match.last

    def compare(self, answer: Members, truth: Members, options: SetOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        if answer.condition is None and truth.condition is None:
            return compared(answer, truth, _how(options))
        ours, theirs = _as_condition(answer), _as_condition(truth)
        if ours is None or theirs is None:
            says = "A set of numbers was asked for; this has tuples, formulas or too many elements."
            witness = Witness((), self.render(answer, options).unicode[:80], "a set of numbers")
            return Comparison(Status.INCORRECT, Fraction(0), "kind", says, Evidence("exact", "", witness))
        return INTERVAL.compare(ours, theirs, _intervals(options.variable or "x", options.domain))

    def same(self, one: Members, other: Members, options: SetOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        if one.condition is None and other.condition is None:
            status = compared(one, other, replace(_how(options), elements=False)).status
            return None if status is Status.UNDECIDED else status is Status.CORRECT
        ours, theirs = _as_condition(one), _as_condition(other)
        if ours is None or theirs is None:
            return False
        return INTERVAL.same(ours, theirs, _intervals(options.variable or "x", options.domain))

    def refines(self, later: Members, earlier: Members, options: SetOptions) -> bool:
        """See :meth:`AnswerType.refines`."""
        if later.condition is None or earlier.condition is None:
            return False
        return INTERVAL.refines(later.condition, earlier.condition, _intervals(options.variable, options.domain))

    def is_remark(self, value: Members, other: Members) -> bool:
        """See :meth:`AnswerType.is_remark`."""
        if value.condition is None or other.condition is None:
            return False
        return INTERVAL.is_remark(value.condition, other.condition)

    def slips(self, truth: Members, options: SetOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        if truth.condition is not None:
            unknown = options.variable or "x"
            yield from INTERVAL.slips(truth.condition, _intervals(unknown, options.domain))
            return
        plain = Listing("{", tuple(item.node for item in truth.items))
        for slip in of_tree(plain, other_numbers(plain, options, unordered=True)):
            if not slip.name.startswith("exchange"):  # the order of elements does not matter
                yield slip

    def render(self, value: Members, options: SetOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        if value.condition is not None:
            return INTERVAL.render(value.condition, _intervals(options.variable or "x", options.domain))
        if not value.items:
            return Rendered("∅", "\\emptyset", math("<mi>∅</mi>"))
        return join((show_element(item) for item in value.items), "{", "}")


def replace_variable(options: SetOptions) -> SetOptions:
    """The options without an unknown, for elements that are text.

    Args:
        options: of the part.
    """
    return options.model_copy(update={"variable": ""}) if options.variable else options


def _is_about_whole_numbers(tokens: Sequence[Token]) -> bool:
    """Whether membership in the whole or rational numbers is stated, which no set of intervals expresses."""
    return any(
        token.text in _WHOLE_NUMBERS and at and tokens[at - 1].text in ("∈", "in") for at, token in enumerate(tokens)
    )


def _how(options: SetOptions) -> How:
    return How(options, domain_of(options.domain), options.symbols, options.credit == "elements")


@lru_cache(maxsize=256)
def _intervals(variable: str, domain: str) -> IntervalOptions:
    """The options of the interval type for an unknown; what is known of other symbols is no concern of it."""
    return IntervalOptions(variable=variable, domain=domain)


def _as_condition(members: Members) -> Condition | None:
    """A set of intervals, or of numbers as points; None for anything else."""
    if members.condition is not None:
        return members.condition
    numbers: IntervalSet = EMPTY
    if len(members.items) > _MOST_POINTS:
        return None
    try:
        for item in members.items:
            value = item.entries[0].value
            if item.is_tuple or len(item.entries) > 1 or value is None:
                return None
            numbers = numbers | point(value.real)
    except UnsettledError:
        return None
    return Condition(numbers, variable_named=bool(members.name))


def _reader(options: SetOptions) -> SetReader:
    names = plain_names(options)
    variable = spelled_names((options.variable,))[0] if options.variable else ""
    return _reader_of(options.symbols, tuple(names.items()), variable)


@lru_cache(maxsize=512)
def _reader_of(symbols: tuple[str, ...], named: tuple[tuple[str, Fraction], ...], variable: str) -> SetReader:
    names: Mapping[str, Fraction] = dict(named)
    return SetReader(scope_of((*symbols, *names)), names, variable)


TYPE = SetType()
