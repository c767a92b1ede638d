"""Entries of matrices and elements of sets: constants and formulas, each compared in its own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from grader.answers._numbers.numeric import Judgement, NumericOptions, Value, judge, key_value, value_of
from grader.answers._sympy import expression_text
from grader.answers.base import brief
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.deciding.equality import Difference, Scalar
from grader.maths.numbers.exact import real
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import Scope
from grader.maths.rendering.render import render
from grader.maths.substitution import substituted
from grader.maths.tree import (
    Cases,
    Listing,
    Matrix,
    Node,
    Number,
    Relation,
    Symbol,
    Unary,
    from_fraction,
    symbols_in,
    walk,
)
from grader.maths.values.domain import Domain

_CONSTANTS = frozenset({"π", "e"})
_NO_ENTRIES = frozenset({"∞", "…", "∅", "\\vdots", "\\ddots"})


class RefusedError(ValueError):
    """What was read is no such answer; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry or element, as read.

    Args:
        node: the expression.
        value: what it is, where it is a constant.
    """

    node: Node
    value: Value | None = None


class Judged(NamedTuple):
    """Whether an entry is right, and where it fails if it is a formula."""

    judgement: Judgement
    difference: Difference | None = None

    @property
    def right(self) -> bool | None:
        """None where it cannot be settled."""
        return self.judgement.right


def entry_of(node: Node, names: Mapping[str, Fraction]) -> Entry:
    """An entry from its tree.

    Args:
        node: a scalar expression.
        names: symbols with values.

    Raises:
        RefusedError: it is no number and no formula of numbers, or has no real value.
    """
    if isinstance(node, Number) or (isinstance(node, Unary) and isinstance(node.operand, Number) and node.op == "-"):
        return Entry(node, value_of(node, names))
    for here in walk(node):
        if isinstance(here, Listing | Matrix | Relation | Cases):
            raise RefusedError("expected a number or a formula for each entry")
        if isinstance(here, Symbol) and here.name in _NO_ENTRIES:
            raise RefusedError(f"“{here.name}” is no entry; every entry has to be written out")
        if isinstance(here, Unary) and here.op == "±":
            raise RefusedError("“±” stands for two values")
    if names:
        node = substituted(node, {name: from_fraction(value) for name, value in names.items()})
    if symbols_in(node) <= _CONSTANTS:
        try:
            return Entry(node, value_of(node, {}))
        except AnswerError as error:
            raise RefusedError(error.diagnostics[0].message) from error
    return Entry(node)


def key_entry(value: object, what: str, scope: Scope, names: Mapping[str, Fraction]) -> Entry:
    """An entry of the truth, from a solver's plain value or from text.

    Args:
        value: a number, text, or a SymPy expression.
        what: for the message.
        scope: symbols that text is read with.
        names: symbols with values.

    Raises:
        SpecError: it is none of these.
    """
    if hasattr(value, "item") and not hasattr(value, "free_symbols") and getattr(value, "size", 0) == 1:
        value = value.item()
    if isinstance(value, str) or getattr(value, "free_symbols", None):
        text = value if isinstance(value, str) else expression_text(value)
        try:
            return entry_of(parse_all(tokenize(text), scope, "an entry"), names)
        except (AnswerError, RefusedError) as error:
            raise SpecError(author_error("solver-nonsense", f"{what}: cannot read {brief(text)!r}: {error}")) from error
    found = key_value(value, what)
    exact = found.real.fraction
    if found.inexact and exact is not None:
        text = f"{abs(found.real.approximate()):.10g}"
        shown: Node = Number(abs(exact), text)
        return Entry(Unary("-", shown) if exact < 0 else shown, found)
    return Entry(found.real.node, found)


EXACT = NumericOptions.model_validate({})
"""No tolerance."""

ZERO = Entry(Number(Fraction(0), "0"), Value(real(0)))
"""The entry 0."""


class Target:
    """An entry of the truth, with which those of answers are compared.

    Args:
        entry: the truth.
        domain: what is known of its symbols.
        declared: full names of its symbols, in order.
    """

    def __init__(self, entry: Entry, domain: Domain, declared: Sequence[str]) -> None:
        self.entry = entry
        self._domain = domain
        self._declared = tuple(declared)
        self._scalar: Scalar | None = None

    def judge(self, answer: Entry, options: NumericOptions) -> Judged:
        """Whether an entry is equal to this one: numbers by the tolerances, formulas wherever both are defined.

        Args:
            answer: as read.
            options: of the part.
        """
        truth = self.entry.value
        if answer.value is not None and truth is not None:
            if answer.node == self.entry.node:
                return _SAME
            judged = judge(answer.value, truth, options)
            if judged.right is not None:
                return Judged(judged)
        if self._scalar is None:
            self._scalar = Scalar(self.entry.node, self._domain, self._declared)
        outcome = self._scalar.compare(answer.node)
        reason = outcome.relation or ("exact" if outcome.equal else "different")
        if outcome.equal is None:
            reason = "undecided"
        return Judged(Judgement(outcome.equal, reason, outcome.method, outcome.bound), outcome.difference)


_SAME = Judged(Judgement(True, "exact", "identical"))


def text_of(entry: Entry) -> str:
    """An entry as text, for messages.

    Args:
        entry: any.
    """
    text = render(entry.node).unicode
    return text if len(text) <= 60 else text[:57] + "…"
