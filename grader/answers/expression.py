"""A scalar expression, equal wherever its variables may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from grader.answers._expressions import forms as _forms
from grader.answers._expressions import instances as _instances
from grader.answers._expressions.agreement import agree
from grader.answers._expressions.finding import find_formulas
from grader.answers._expressions.formulas import Formula, read_formula, scope_of, show_formula
from grader.answers._expressions.functions import Functions, meanings, unknown
from grader.answers._slips import of_tree, other_values
from grader.answers._sympy import expression_text
from grader.answers.base import AnswerType, Comparison, Example, Instance, Match, Options, Slipped, brief
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.deciding.equality import Outcome, Scalar
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Token
from grader.maths.tree import Listing, Matrix, Relation
from grader.maths.values.domain import Domain, DomainError, read_domain
from grader.maths.values.points import Draws
from grader.maths.values.profile import profile
from grader.maths.values.unknowns import Signature
from grader.records import Evidence, Rendered, Status, Witness

FormName = Literal["", "simplified", "factored", "expanded", "single_fraction", "exact"]


def names_of(value: object) -> object:
    """The option ``variables`` as a list of names: a list, a mapping, or text with commas."""
    if isinstance(value, str):
        return tuple(name for name in value.replace(",", " ").split() if name)
    return tuple(str(name) for name in value) if isinstance(value, list | tuple | dict) else value


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(names_of),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "object"}]}),
]


class ExpressionOptions(Options):
    """Options of a scalar expression."""

    variables: Names = Field((), description="its symbols; they decide how “nd” is cut into letters")
    domain: str = Field("", description="what is known of them, e.g. “x > 0, n integer”")
    functions: Functions = Field(
        default_factory=dict,
        description="functions of numbers of which nothing is known: [f, g, f']; or names of known ones: {σ: sigmoid}",
    )
    form: FormName = Field("", description="the form that is asked: simplified, factored, expanded …")
    form_credit: Fraction = Field(Fraction(1, 2), ge=0, le=1, description="share for the right value in another form")

    @model_validator(mode="after")
    def _domain_reads(self) -> ExpressionOptions:
        domain_of(self.domain)
        return self

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The declared symbols as the lexer spells them."""
        return spelled_names(self.variables)

    @cached_property
    def scope(self) -> Scope:
        """The scope in which answers are read."""
        if not self.functions:
            return scope_of(self.symbols)
        named = meanings(self.declared)
        unknowns = tuple(self.unknown)
        return replace(scope_of((*self.symbols, *unknowns), (), (*unknowns, *dict(named))), meanings=named)

    @cached_property
    def declared(self) -> dict[str, Signature | str]:
        """The declared functions by their names as the lexer spells them."""
        return dict(zip(spelled_names(tuple(self.functions)), self.functions.values(), strict=True))

    @cached_property
    def unknown(self) -> dict[str, Signature]:
        """The declared functions of which nothing is known."""
        return unknown(self.declared)


@lru_cache(maxsize=1024)
def spelled_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of symbols as the lexer spells them.

    Args:
        names: as written in a spec: ``λ``, ``lambda``, ``x_1``, ``m'``.
    """
    found = []
    for name in names:
        tokens = tokenize(name)
        found.append(
            "".join(t.symbol for t in tokens)
            if tokens and tokens[-1].text == "′"
            else tokens[0].symbol
            if len(tokens) == 1
            else name
        )
    return tuple(found)


def domain_of(text: str) -> Domain:
    """The option ``domain``, read.

    Raises:
        ValueError: it cannot be read, which pydantic reports at its place.
    """
    try:
        return read_domain(text)
    except DomainError as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Truth(Formula):
    """The key: a formula that answers are compared with."""

    scalar: Scalar | None = None


class ExpressionType(AnswerType[ExpressionOptions, Formula]):
    """See the module."""

    name: ClassVar[str] = "expression"
    summary: ClassVar[str] = "a scalar formula, equal wherever its variables may be"
    options_model: ClassVar[type[Options]] = ExpressionOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example(r"\frac{\sigma^2}{\sigma^2+\lambda}", "σ²/(σ²+λ)", Status.CORRECT, why="LaTeX"),
        Example("1 - lambda/(sigma^2 + lambda)", "σ²/(σ²+λ)", Status.CORRECT, "modular", why="another form"),
        Example("σ/(σ+λ)", "σ²/(σ²+λ)", Status.INCORRECT, "different", why="with the values at which it fails"),
        Example("ln a + ln b", r"\ln(ab)", Status.CORRECT, why="logarithms of positive numbers"),
        Example("ln(a+b)", r"\ln(ab)", Status.INCORRECT, why="a slip"),
        Example("m + (x-m)/(n+1)", "m' = (n m + x)/(n+1)", Status.CORRECT, why="the right-hand side alone"),
        Example("m' = (m+x)/2", "m' = (n m + x)/(n+1)", Status.INCORRECT, why="right only for n = 1"),
        Example(r"\sum_{j=0}^{n-1} x_{j+1}", r"\sum_{i=1}^{n} x_i", Status.CORRECT, why="a shifted index"),
        Example(r"\sum_{j=0}^{n-1} x_j", r"\sum_{i=1}^{n} x_i", Status.INCORRECT, why="shifted without the shift"),
        Example("N^2", "n^2", Status.INCORRECT, options={"variables": ["n"]}, why="N is not n"),
        Example("2x +", "2x", Status.UNREADABLE, why="it breaks off"),
        Example(
            "x^2 - 1", "(x-1)(x+1)", Status.PARTIAL, "form", {"form": "factored"}, "the form counts where it is asked"
        ),
    )

    def key(self, value: object, options: ExpressionOptions) -> Formula:
        """See :meth:`AnswerType.key`."""
        text = value if isinstance(value, str) else expression_text(value)
        try:
            found = read_formula(text, options.scope)
        except AnswerError as error:
            raise SpecError(
                author_error(
                    "solver-nonsense",
                    f"the truth: cannot read {brief(text)!r} as a formula: {error.diagnostics[0].message}",
                )
            ) from error
        scalar = Scalar(found.node, domain_of(options.domain), options.symbols, options.unknown)
        return Truth(found.node, found.name, found.whole, scalar=scalar)

    def read(self, text: str, options: ExpressionOptions) -> Formula:
        """See :meth:`AnswerType.read`."""
        return read_formula(text, options.scope)

    def find(self, tokens: Sequence[Token], options: ExpressionOptions) -> Iterator[Match[Formula]]:
        """See :meth:`AnswerType.find`."""
        return find_formulas(tokens, options.scope)

    def compare(self, answer: Formula, truth: Formula, options: ExpressionOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        outcome = _compared(answer, truth, options)
        if answer.dashed and outcome.equal is False and self.same(truth, answer.negated, options):
            says = "The dash before it may be a minus or the mark of a list; a person decides."
            return Comparison(Status.UNDECIDED, None, "two_readings", says, Evidence("none"))
        if outcome.equal and options.form:
            missing = _forms.missing(answer.node, options.form)
            if missing:
                evidence = Evidence(outcome.method, outcome.bound)
                share = options.form_credit
                status = Status.PARTIAL if share else Status.INCORRECT
                return Comparison(status, share, "form", f"The value is right; {missing}", evidence)
        return judged(outcome)

    def same(self, one: Formula, other: Formula, options: ExpressionOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return _compared(one, other, options).equal

    def slips(self, truth: Formula, options: ExpressionOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        instances = list(self.instances(truth, options)) if isinstance(truth, Truth) else []
        return of_tree(truth.node, other_values(truth.node, instances))

    def render(self, value: Formula, options: ExpressionOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return show_formula(value)

    def arguments(self, truth: Formula, options: ExpressionOptions) -> frozenset[str]:
        """See :meth:`AnswerType.arguments`."""
        return _instances.scalar_arguments(_draws(truth, options))

    def instances(self, truth: Formula, options: ExpressionOptions, turn: int = 0) -> Iterator[Instance]:
        """See :meth:`AnswerType.instances`."""
        return _instances.scalar_instances(truth.node, _draws(truth, options), turn)

    def agrees(self, value: object, instance: Instance, options: ExpressionOptions) -> bool:
        """See :meth:`AnswerType.agrees`."""
        return agree(value, instance.expected)


def _draws(truth: Formula, options: ExpressionOptions) -> Draws:
    made_of = profile(truth.node, functions=options.unknown)
    return Draws([made_of], domain_of(options.domain), options.symbols, options.unknown)


def _compared(answer: Formula, truth: Formula, options: ExpressionOptions) -> Outcome:
    if isinstance(answer.node, Relation | Listing | Matrix) != isinstance(truth.node, Relation | Listing | Matrix):
        sides = answer.node.items if isinstance(answer.node, Relation) else ()
        if any(_compared(replace(answer, node=side), truth, options).equal for side in sides):
            return Outcome(None, "none", why="it is a bound, or a remark on the bounds of the value")
        return Outcome(False, "shape", relation="kind")
    scalar = truth.scalar if isinstance(truth, Truth) else None
    scalar = scalar or Scalar(truth.node, domain_of(options.domain), options.symbols, options.unknown)
    if answer.name and truth.name and answer.name != truth.name and answer.name in options.symbols:
        return Outcome(None, "none", why=f"it is said of {answer.name}, not of {truth.name}")
    outcome = scalar.compare(answer.node)
    if answer.other is not None and scalar.compare(answer.other).equal != outcome.equal:
        return Outcome(None, "none", why="it can be read in two ways; brackets would tell which is meant")
    return outcome


SLIPS = {
    "sign": "The size is right; check the sign.",
    "reciprocal": "This is the reciprocal of the right expression.",
    "scaled": "This is a constant multiple of the right expression.",
    "offset": "This differs from the right expression by a constant.",
    "kind": "An expression was asked for; this is a list, a matrix or a relation.",
    "undefined": "This has no value where it should have one, as where something without an inverse is inverted.",
    "two_values": "One value was asked for; ± gives two.",
    "different": "This says something else than what was asked.",
}
"""What each way of being wrong tells the writer of the answer."""


def judged(outcome: Outcome) -> Comparison:
    """The comparison that an outcome makes.

    Args:
        outcome: of the ladder of decisions.
    """
    if outcome.equal is None:
        says = f"Whether this equals the right expression could not be settled ({outcome.why}); a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, Evidence(outcome.method, outcome.bound))
    if outcome.equal:
        evidence = Evidence(outcome.method, outcome.bound)
        return Comparison(Status.CORRECT, Fraction(1), outcome.method.replace(" ", "_"), outcome.remark, evidence)
    difference = outcome.difference
    witness = Witness(difference.at, difference.yours, difference.expected) if difference else None
    reason = outcome.relation or "different"
    says = f"{outcome.why}." if reason == "unknown_symbol" else SLIPS.get(reason, SLIPS["different"])
    if witness is not None and witness.at:
        says = f"{says} For example, {witness}."
    return Comparison(Status.INCORRECT, Fraction(0), reason, says, Evidence(outcome.method, outcome.bound, witness))


TYPE = ExpressionType()
