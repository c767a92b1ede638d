"""The steps of a derivation: a chain of equalities, lines of equations, or both among words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from grader.answers._derivation.judging import Asked, Findings
from grader.answers._derivation.lines import Derivation, Line, Role
from grader.answers._derivation.names import named
from grader.answers._derivation.preparing import prepared, reindexed
from grader.answers._derivation.reading import read_lines
from grader.answers._derivation.showing import show
from grader.answers._derivation.verdict import Policy, verdict_on
from grader.answers._expressions import forms as _forms
from grader.answers._expressions import instances as _instances
from grader.answers._expressions.agreement import agree
from grader.answers._expressions.formulas import scope_of, spelled
from grader.answers._expressions.matrix_forms import Unwanted, lacking, unwanted
from grader.answers._slips import matrix_slips
from grader.answers.base import AnswerType, Comparison, Example, Instance, Match, Options, Slipped, brief
from grader.answers.expression import FormName, Names, spelled_names
from grader.answers.matrix_expression import Quantities, scope_with, space_of
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_relation, unreadable
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Node, Relation, Symbol, symbols_in
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import ShapeError
from grader.maths.values.spaces import Space
from grader.records import Rendered, Status


def range_option(value: object) -> object:
    """The range of an index: ``5`` (from 0), ``[1, 5]``, ``0..5``."""
    if isinstance(value, str):
        value = [piece.strip() for piece in value.replace("…", "..").split("..")]
        value = value[0] if len(value) == 1 else value
    if isinstance(value, int | str) and not isinstance(value, bool) and str(value).isdecimal():
        value = [0, int(value)]
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(str(end).isdecimal() for end in value):
        raise ValueError(f"expected the range of an index such as [0, 5], found {value!r}")
    low, high = (int(end) for end in value)
    if not low <= high <= low + 20:
        raise ValueError(f"expected a range of at most 20 indices, found {low} to {high}")
    return low, high


Range = Annotated[
    tuple[int, int],
    BeforeValidator(range_option),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}
    ),
]


class DerivationOptions(Quantities):
    """Options of a derivation."""

    variables: Names = Field((), description="its numbers, where there are no matrices: [σ, λ]")
    start: str = Field("", description="what it has to begin with: an expression, or an equation for the unknown")
    unknown: str = Field("", description="the symbol for which equations are solved; the key is its value")
    indices: Mapping[str, Range] = Field(
        default_factory=dict, description="free indices, and the range that each is tried in: {k: [0, 5]}"
    )
    zero_before: Names = Field((), description="families whose elements with a negative index are zero: [u]")
    avoid: Names = Field(
        (), description="symbols, functions and formulas that the end may not hold, since the start does"
    )
    inverted: Names = Field((), description="the only matrices that the end may invert: [M] where M⁻¹ is given")
    form: FormName = Field("", description="the form that is asked of an end in numbers: simplified, factored …")
    least_steps: int = Field(1, ge=0, le=20, description="fewest lines between the start and the end")
    credit: Literal["all", "steps"] = Field(
        "all", description="all or nothing, or the share up to the first wrong step"
    )
    slip: Fraction = Field(Fraction(0), ge=0, lt=1, description="share for the right end by way of a wrong step")
    result_credit: Fraction | None = Field(
        None, ge=0, lt=1, description="share for the right result without steps; left out, a person decides"
    )
    form_credit: Fraction = Field(Fraction(0), ge=0, lt=1, description="share for an end with what it is to avoid")

    @model_validator(mode="after")
    def _reads(self) -> DerivationOptions:
        _ = self.beginning, self.unwanted  # what cannot be read is told at once
        if self.unknown and self.target not in self.space.shapes:
            raise ValueError(f"the unknown {self.unknown} has no declared shape")
        return self

    @cached_property
    def space(self) -> Space:
        """What is declared, read."""
        found = space_of(self)
        numbers = {name: () for name in spelled_names(self.variables) if name not in found.shapes}
        names = spelled_names(tuple(self.indices))
        return replace(
            found,
            shapes={**found.shapes, **numbers},
            indices=dict(zip(names, self.indices.values(), strict=True)),
            padded=frozenset(spelled_names(self.zero_before)),
        )

    @cached_property
    def target(self) -> str:
        """The unknown as the lexer spells it."""
        return spelled_names((self.unknown,))[0] if self.unknown else ""

    @cached_property
    def scope(self) -> Scope:
        """The scope in which answers are read; what the start gives a name to is known by it."""
        symbols = self.space.symbols
        first = named(tokenize(self.start), scope_of(symbols))[:2]
        if len(first) == 2 and first[1].text == "=" and first[0].kind in (Kind.NAME, Kind.WORD):
            symbols = (*symbols, first[0].symbol)
        return scope_with(symbols, self.space.matrices, self)

    @cached_property
    def counting(self) -> frozenset[str]:
        """Names that count: indices and sizes."""
        space = self.space
        return frozenset({*space.indices, *space.sums, *space.size_names()})

    @cached_property
    def beginning(self) -> Node | None:
        """The start, read; None if none is asked.

        Raises:
            ValueError: it cannot be read, which pydantic reports.
        """
        if not self.start:
            return None
        try:
            return relation_of(self.start, self)
        except AnswerError as error:
            raise ValueError(f"the start: {error.diagnostics[0].message}") from error

    @cached_property
    def unwanted(self) -> Unwanted:
        """What the end may not hold."""
        return unwanted(spelled_names(self.avoid), spelled_names(self.inverted), self.scope)

    @cached_property
    def policy(self) -> Policy:
        """What is credited."""
        return Policy(self.least_steps, self.credit == "steps", self.slip, self.result_credit, self.form_credit)


def relation_of(text: str, options: DerivationOptions) -> Node:
    """An expression or equation that an author typed.

    Raises:
        AnswerError: it cannot be read.
    """
    tokens = named(prepared(spelled(tokenize(text), options.scope), options.scope), options.scope, options.target)
    try:
        node, after = parse_relation(tokens, 0, options.scope)
    except NotAnExpressionError as error:
        raise unreadable(tokens, error.at, f"expected {error.expected}", "a formula") from error
    if after < len(tokens):
        raise unreadable(tokens, after, "a formula should end here", "a formula")
    return node


@dataclass(frozen=True, slots=True)
class Truth(Derivation):
    """The key: what a derivation has to end with."""

    asked: Asked | None = None


_GRADIENT: dict[str, Any] = {
    "shapes": {"A": ["m", "n"], "X": ["n", "p"], "B": ["p", "q"], "G": ["m", "q"], "dX": ["n", "p"]},
    "define": {"Y": "A X B", "dY": "A dX B"},
    "start": "df = Tr(Gᵀ dY)",
}
_AXB = "∂f/∂X = Aᵀ G Bᵀ"
_RIDGE: dict[str, Any] = {
    "shapes": {"W": ["m", "m"], "X": ["m", "n"], "λ": "scalar"},
    "unknown": "W",
    "start": "-2 (X - W X) Xᵀ + 2 λ W = 0",
}
_PURIFIER = "X Xᵀ (X Xᵀ + λ I)^{-1}"


class DerivationType(AnswerType[DerivationOptions, Derivation]):
    """See the module."""

    name: ClassVar[str] = "derivation"
    summary: ClassVar[str] = "the steps from a start to a result, each of which has to follow from the one before"
    options_model: ClassVar[type[Options]] = DerivationOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example("df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(B Gᵀ A dX), so ∂f/∂X = Aᵀ G Bᵀ", _AXB, Status.CORRECT, "follows",
                _GRADIENT, "a chain, and what is read off it"),
        Example(r"\begin{align} df &= \operatorname{Tr}(G^\top dY) \\ &= \operatorname{Tr}(G^\top A\, dX\, B) \\ "
                r"&= \operatorname{Tr}(B G^\top A\, dX) \end{align} Hence $\nabla_X f = A^\top G B^\top$.", _AXB,
                Status.CORRECT, "follows", _GRADIENT, "aligned lines"),
        Example("df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(G B A dX), so ∂f/∂X = Aᵀ G Bᵀ", _AXB, Status.INCORRECT, "step",
                _GRADIENT, "the third step does not follow, though the end is right"),
        Example("df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(B Gᵀ A dX), so ∂f/∂X = B Gᵀ A", _AXB, Status.INCORRECT, "step",
                _GRADIENT, "the last step forgets to transpose"),
        Example("df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(B Gᵀ A dX)", _AXB, Status.INCORRECT, "unfinished", _GRADIENT,
                "it stops before the end"),
        Example("∂f/∂X = Aᵀ G Bᵀ", _AXB, Status.UNDECIDED, "no_steps", _GRADIENT, "the result alone is for a person"),
        Example("-2(X - WX)X' + 2λW = 0 ⇔ W(XX' + λI) = XX' ⇔ W = XX'(XX' + λI)⁻¹", _PURIFIER, Status.CORRECT,
                "follows", _RIDGE, "equations for an unknown"),
        Example("Setting -2(X - WX)X' + 2λW to zero gives WXX' + λW = XX'.\nFactoring out W, with S = XX', we have "
                "W(S + λI) = S and hence Ŵ = S(S + λI)^-1.", _PURIFIER, Status.CORRECT, "follows", _RIDGE,
                "words between"),
        Example("-2(X - WX)X' + 2λW = 0\nWXX' - λW = XX'\nW(XX' - λI) = XX'\nW = XX'(XX' - λI)^-1", _PURIFIER,
                Status.INCORRECT, "step", _RIDGE, "a sign is lost in the second line, which is named"),
        Example("-2(X - WX)X' + 2λW = 0\nW(XX' + λI = XX'\nW = XX'(XX' + λI)^-1", _PURIFIER,
                Status.UNDECIDED, "unsettled", _RIDGE, "what cannot be read is for a person"),
        Example("(a+b)² - (a-b)² = a² + 2ab + b² - a² + 2ab - b² = 2ab + 2ab = 4ab", "4ab", Status.CORRECT, "follows",
                {"variables": ["a", "b"], "start": "(a+b)² - (a-b)²", "form": "factored"}, "numbers"),
        Example("It is obvious.", _AXB, Status.UNREADABLE, "", _GRADIENT, "no step that could be read"),
    )  # fmt: skip

    def key(self, value: object, options: DerivationOptions) -> Derivation:
        """See :meth:`AnswerType.key`."""
        if not isinstance(value, str):
            says = f"expected a formula as text, found {type(value).__name__} {brief(value)}"
            raise SpecError(author_error("solver-nonsense", says))
        try:
            relation = relation_of(value, options)
        except AnswerError as error:
            says = f"the truth: cannot read {value[:80]!r} as a formula: {error.diagnostics[0].message}"
            raise SpecError(author_error("solver-nonsense", says)) from error
        items, signs = (relation.items, relation.signs) if isinstance(relation, Relation) else ((relation,), ())
        asked = _asked(items, options)
        try:
            asked.matrix.instances  # noqa: B018  # what cannot be evaluated is the author's error, told here
        except (ShapeError, UnsupportedError) as error:
            raise SpecError(author_error("solver-nonsense", f"the truth {value[:80]!r}: {error}")) from error
        _refuse_start_as_end(asked)
        role = Role.STEP if signs else Role.MENTION
        return Truth((Line(tuple(items), tuple(signs), role),), (), asked)

    def read(self, text: str, options: DerivationOptions) -> Derivation:
        """See :meth:`AnswerType.read`."""
        tokens = tokenize(text)
        found = _read(tokens, options)
        if not found.lines:
            raise unreadable(tokens, 0, "expected the steps of a derivation", "a derivation, with signs of equality")
        return found

    def find(self, tokens: Sequence[Token], options: DerivationOptions) -> Iterator[Match[Derivation]]:
        """See :meth:`AnswerType.find`."""
        found = _read(tokens, options)
        if found.lines:
            yield Match(0, len(tokens), found)

    def concerned(
        self, tokens: Sequence[Token], found: Sequence[Match[Derivation]], options: DerivationOptions
    ) -> bool:
        """See :meth:`AnswerType.concerned`: whether some line holds the symbol that the start is about."""
        read = found[0].value if found else _read(tokens, options)
        start, name = options.beginning, options.target
        if not name and isinstance(start, Relation) and isinstance(start.items[0], Symbol):
            name = start.items[0].full
        base = name.partition("_")[0]
        said = (symbol for line in read.lines for item in line.items if item is not None for symbol in symbols_in(item))
        return not base or bool(read.unread) or any(symbol.partition("_")[0] == base for symbol in said)

    def compare(self, answer: Derivation, truth: Derivation, options: DerivationOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        if answer is truth:
            return Comparison(Status.CORRECT, Fraction(1), "identical")
        assert isinstance(truth, Truth) and truth.asked is not None  # noqa: S101  # it is made by key
        return verdict_on(Findings(answer, truth.asked), options.policy)

    def same(self, one: Derivation, other: Derivation, options: DerivationOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        first, second = ([line.said for line in value.lines if line.is_read] for value in (one, other))
        if first == second:
            return None if one.unread or other.unread else True
        if min(len(one.steps), len(other.steps)) > 1:
            return False
        results = one.result, other.result
        if results[0] is None or results[1] is None:
            return None
        return MatrixKey(results[0], options.space).same(results[1])

    def slips(self, truth: Derivation, options: DerivationOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        if isinstance(truth, Truth) and truth.asked is not None and options.start and not options.unknown:
            found = matrix_slips(truth.asked.key, list(self.instances(truth, options)), options.space)
            for slip in found:
                yield Slipped(slip.name, f"{options.start} = {slip.text}", slip.differs)

    def render(self, value: Derivation, options: DerivationOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return show(value)

    def printed(self, truth: Derivation, options: DerivationOptions) -> None:
        """See :meth:`AnswerType.printed`: many derivations are right, and the key is the end of them only."""

    def arguments(self, truth: Derivation, options: DerivationOptions) -> frozenset[str]:
        """See :meth:`AnswerType.arguments`."""
        return _instances.matrix_arguments(options.space)

    def instances(self, truth: Derivation, options: DerivationOptions, turn: int = 0) -> Iterator[Instance]:
        """See :meth:`AnswerType.instances`."""
        assert isinstance(truth, Truth) and truth.asked is not None  # noqa: S101  # it is made by key
        return _instances.matrix_instances(truth.asked.key, options.space, turn)

    def agrees(self, value: object, instance: Instance, options: DerivationOptions) -> bool:
        """See :meth:`AnswerType.agrees`."""
        return agree(value, instance.expected)


def _read(tokens: Sequence[Token], options: DerivationOptions) -> Derivation:
    ready = spelled(tokens, options.scope)
    start = options.beginning
    name = start.items[0] if isinstance(start, Relation) else None
    if isinstance(name, Symbol) and name.sub in options.space.indices:
        ready = reindexed(ready, name)
    return read_lines(ready, options.scope, options.target, options.counting)


def _asked(items: Sequence[Node], options: DerivationOptions) -> Asked:
    """What is asked, from the key and the options."""
    key, space = items[-1], options.space
    name = items[0].full if len(items) > 1 and isinstance(items[0], Symbol) else ""
    target = options.target or name
    definitions = dict(space.definitions)
    start = options.beginning
    if isinstance(start, Relation) and not options.target:  # df = Tr(Gᵀ dY): a name, and the expression
        if isinstance(start.items[0], Symbol) and start.items[0].full not in space.symbols:
            definitions[start.items[0].full] = start.items[-1]
        start = start.items[-1]
    free = replace(space, definitions=definitions)
    true = replace(free, definitions={**definitions, target: key}) if target else free
    without = options.unwanted
    matrix = MatrixKey(key, free)

    def lacks(node: Node) -> str:
        held = lacking(node, without, matrix.instances[0][0].point) if without else ""
        return held or _forms.missing(node, options.form)

    return Asked(key, target, start, bool(options.target), free, true, lacks)


def _refuse_start_as_end(asked: Asked) -> None:
    """An author's start that would pass as the end makes repeating the question an answer."""
    if asked.start is None or isinstance(asked.start, Relation) or asked.beginning is None:
        return
    if asked.beginning.compare(asked.key).equal and not asked.lacks(asked.start):
        says = "the start has the value of the key, and nothing tells the two apart"
        fix = "Say under avoid:, inverted: or form: what the end has to be and the start is not."
        raise SpecError(author_error("solver-nonsense", says, None, fix))


TYPE = DerivationType()
