"""Sequences whose entries are formulas in the index: the options, and the verdict with its credit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from grader.answers._expressions import instances as _instances
from grader.answers._expressions.formulas import read_formula, scope_of
from grader.answers._expressions.matrix_forms import left_open
from grader.answers._expressions.terms import Terms, find_terms, read_terms
from grader.answers._expressions.terms_compare import SPAN, Compared, Entry, TermsKey
from grader.answers._sequences.entries import EntriesOptions
from grader.answers.base import Comparison, Instance, Match
from grader.answers.expression import Names, spelled_names
from grader.answers.matrix_expression import Quantities
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Token
from grader.maths.slips import slips
from grader.maths.tree import Node, Symbol
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError
from grader.maths.values.spaces import Space
from grader.records import Evidence, Status, Witness


class SequenceOptions(EntriesOptions, Quantities):
    """Options of a sequence: of numbers, or, where ``index`` is given, of formulas in the index."""

    index: str = Field("", description="the index, for a sequence given by formulas: “ℓ”")
    last: str | int = Field("", description="the last index: a number, or the name of a size")
    variables: Names = Field((), description="symbols of formulas that stand for numbers")
    heads: Mapping[str, str] = Field(
        default_factory=dict, description="left sides that stand for an entry: {C A^ℓ B: K_{ℓ+1}}"
    )
    form: Literal["", "closed"] = Field(
        "", description="“closed”: no power of a matrix and no earlier entry may be left in a formula"
    )
    form_credit: Fraction = Field(Fraction(1, 2), ge=0, le=1, description="share for right entries in another form")

    @cached_property
    def counter(self) -> str:
        """The index as the lexer spells it."""
        return spelled_names((self.index,))[0]

    @cached_property
    def formula_space(self) -> Space:
        """What is declared of the symbols of formulas."""
        space = self.space
        scalars = {name: () for name in spelled_names(self.variables) if name not in space.shapes}
        return Space(
            {**space.shapes, **scalars},
            space.structure,
            space.definitions,
            space.sums,
            space.rows,
            space.columns,
            space.domain,
        )

    @cached_property
    def formula_scope(self) -> Scope:
        """The scope in which formulas are read."""
        space = self.formula_space
        known = (*space.symbols, self.counter) + ((self.last,) if isinstance(self.last, str) and self.last else ())
        return scope_of(known, space.matrices)

    @cached_property
    def entry_heads(self) -> dict[Node, Symbol]:
        """The declared left sides, each with the entry that it stands for.

        Raises:
            ValueError: one cannot be read, or stands for no entry.
        """
        found: dict[Node, Symbol] = {}
        for text, entry in self.heads.items():
            try:
                left, right = (read_formula(side, self.formula_scope).node for side in (text, entry))
            except AnswerError as error:
                raise ValueError(f"heads: cannot read “{text}: {entry}”: {error.diagnostics[0].message}") from error
            if not isinstance(right, Symbol) or not right.sub:
                raise ValueError(f"heads: expected an entry such as K_ℓ for “{text}”, found “{entry}”")
            found[left] = right
        return found

    @model_validator(mode="after")
    def _heads_are_read(self) -> SequenceOptions:
        _ = self.entry_heads if self.heads else {}  # what cannot be read is told at once
        return self


def key(value: str, options: SequenceOptions) -> TermsKey:
    """The truth, from the formula that the author typed.

    Args:
        value: such as ``K_0 = D, K_ℓ = C A^{ℓ−1} B``.
        options: of the part.

    Raises:
        SpecError: it cannot be read, or not be worked out.
    """
    try:
        terms = read(value, options)
    except AnswerError as error:
        says = f"the truth: cannot read {value[:80]!r} as a sequence: {error.diagnostics[0].message}"
        raise SpecError(author_error("solver-nonsense", says)) from error
    found = key_of(terms, options)
    compared = found.compare(terms)
    if compared.why or compared.wrong or compared.missing or compared.shapes:
        says = f"the truth {value[:80]!r}: {compared.why or compared.shapes or 'entries are missing'}"
        raise SpecError(author_error("solver-nonsense", says))
    return found


def key_of(terms: Terms, options: SequenceOptions) -> TermsKey:
    """A sequence that others are compared with."""
    return TermsKey(terms, options.formula_space, options.counter, options.start, options.last)


def read(text: str, options: SequenceOptions) -> Terms:
    """A bare answer.

    Raises:
        AnswerError: it cannot be read.
    """
    return read_terms(text, options.formula_scope, options.counter, options.start, options.entry_heads)


def find(tokens: Sequence[Token], options: SequenceOptions) -> Iterator[Match[Terms]]:
    """Sequences in running text."""
    return find_terms(tokens, options.formula_scope, options.counter, options.start, options.entry_heads)


def compare(answer: Terms, truth: TermsKey, options: SequenceOptions) -> Comparison:
    """Judge an answer that was read.

    Args:
        answer: as read.
        truth: the key.
        options: of the part.
    """
    compared = truth.compare(answer)
    evidence = Evidence("modular", "chance below 2⁻⁵⁰ for each entry", _witness(compared))
    if compared.why:
        says = f"Whether this is the right sequence could not be settled ({compared.why}); a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, Evidence("none"))
    bad = {*compared.wrong, *compared.missing}
    if not bad and options.form and (open_end := left_open(answer, truth.point)):
        status = Status.PARTIAL if options.form_credit else Status.INCORRECT
        says = f"Every entry is right, but {open_end}"
        return Comparison(status, options.form_credit, "form", says, Evidence("modular", evidence.error_bound))
    if not bad:
        return Comparison(Status.CORRECT, Fraction(1), "modular", "", Evidence("modular", evidence.error_bound))
    if compared.shifted:
        says = "Every entry stands one place too early: the index is shifted by one."
        return Comparison(Status.INCORRECT, Fraction(0), "shifted", says, evidence)
    only_special = bad <= compared.special and bool(compared.right)
    if only_special and options.credit == "entries":
        share = 1 - Fraction(len(bad), len(compared.special) + 1)
        listed = ", ".join(str(place) for place in sorted(bad))
        state = "missing" if compared.missing else "wrong"
        says = f"The general formula is right; the entry with index {listed} is {state}."
        return Comparison(Status.PARTIAL, share, "entries", says, evidence)
    if answer.listed and not answer.open and compared.right and options.credit == "entries":
        share = Fraction(len(compared.right), len(compared.right) + len(bad))
        listed = ", ".join(str(place) for place in sorted(bad))
        return Comparison(Status.PARTIAL, share, "entries", f"Wrong or missing: index {listed}.", evidence)
    if compared.shapes:
        return Comparison(Status.INCORRECT, Fraction(0), "shape", f"The sizes do not fit: {compared.shapes}.", evidence)
    says = "The general formula is wrong."
    if evidence.witness is not None:
        says += f" For example, {evidence.witness}."
    return Comparison(Status.INCORRECT, Fraction(0), "different", says, evidence)


def _witness(compared: Compared) -> Witness | None:
    if compared.witness is None:
        return None
    place, yours, expected = compared.witness
    return Witness((("index", str(place)),), yours, expected)


def same(one: Terms | TermsKey, other: Terms | TermsKey, options: SequenceOptions) -> bool | None:
    """Whether two answers are equal; None where that cannot be settled."""
    first, second = (terms.terms if isinstance(terms, TermsKey) else terms for terms in (one, other))
    if first.rules == second.rules:
        return True
    known = one if isinstance(one, TermsKey) else key_of(first, options)
    compared = known.compare(second)
    if compared.why:  # the sizes of the one do not fit in general; two such answers may be the same slip
        return known.at_equal_sizes(second) if key_of(second, options).compare(second).why else False
    return not (compared.wrong or compared.missing)


def arguments(truth: TermsKey, options: SequenceOptions) -> frozenset[str]:
    """Names of the arguments of a solver of one entry: those of a formula in matrices, and the index."""
    last = [options.last] if isinstance(options.last, str) and options.last else []
    return _instances.matrix_arguments(options.formula_space, [options.counter, *truth.whole, *last])


def instances(truth: TermsKey, options: SequenceOptions, start: int = 0) -> Iterator[Instance]:
    """The first entries of the key at drawn instances, with the arguments of each; others for each start.

    Raises:
        SpecError: they cannot be worked out.
    """
    found = 0
    whole = dict.fromkeys(truth.whole, 3)
    last = truth.last if isinstance(options.last, int) else truth.start + SPAN
    if isinstance(options.last, str) and options.last:
        whole[options.last] = last
    for drawn in _instances.drawn_instances(options.formula_space, whole, start):
        entry = Entry(truth.terms, drawn, truth.index, last)
        shared, told = _instances.arguments_of(drawn), _instances.told(drawn)
        try:
            values = {place: entry.value(place) for place in range(truth.first, min(last, truth.first + SPAN) + 1)}
        except (RetryError, ZeroDivisionError, ShapeError):
            continue
        except UnsupportedError as error:
            raise SpecError(author_error("solver-nonsense", f"the key cannot be worked out: {error}")) from error
        for place, value in values.items():
            index = {_instances.identifier(options.counter): place}
            yield Instance({**shared, **index}, _instances.array(value), f"{options.counter} = {place}, {told}")
        found += 1
        if found == _instances.INSTANCES:
            return
    if found < 2:
        raise SpecError(author_error("solver-nonsense", "the key is undefined at almost all matrices that were drawn"))


def wrong_terms(truth: TermsKey, options: SequenceOptions) -> Iterator[tuple[str, Terms]]:
    """Sequences of which one statement has a slip, or is left out, each with the name of the slip.

    Args:
        truth: the right one.
        options: of the part.
    """
    terms = truth.terms
    matrices = {name for name, shape in options.formula_space.shapes.items() if shape}
    for place, rule in enumerate(terms.rules):
        before, after = terms.rules[:place], terms.rules[place + 1 :]
        for slip in slips(rule.body, matrices):
            yield slip.name, replace(terms, rules=(*before, replace(rule, body=slip.node), *after))
        if len(terms.rules) > 1:
            yield f"drop statement {place + 1}", replace(terms, rules=(*before, *after))
