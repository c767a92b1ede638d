"""The shape of an array: sizes of its axes, in order, as formulas in the sizes that are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from grader.answers import _find
from grader.answers._expressions.formulas import scope_of
from grader.answers._expressions.instances import identifier
from grader.answers._shapes.axes import Cut
from grader.answers._shapes.find import runs
from grader.answers._shapes.shape import Outcome, Setting, Shape, Truth, at_values, compared, drawn, shown, told
from grader.answers.base import AnswerType, Comparison, Example, Instance, Match, Options, Slipped, brief
from grader.answers.expression import domain_of, spelled_names
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Binary, Number, symbols_in
from grader.maths.values.domain import Domain
from grader.records import Evidence, Rendered, Status, Witness

_INSTANCES = 5
_FILLERS = frozenset(
    "shape size dimension dimensions dim the a an its it is are has have of in with matrix vector tensor array column "
    "row real square answer final result ∈ : = → matrices entries total torch np numpy tf so hence therefore thus that "
    "this must be should and i e".split()
)


def _texts(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _names(value: object) -> object:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise ValueError("expected a list of names")
    return tuple(item.strip() for item in items)


_LISTED = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})


class ShapeOptions(Options):
    """The sizes that a shape is told in."""

    variables: Annotated[tuple[str, ...], BeforeValidator(_names), _LISTED] = Field(
        (), description="names of the sizes; each is a positive whole number"
    )
    domain: str = Field("", description="what else is known of them, such as “m >= n”")
    also: Annotated[tuple[str, ...], BeforeValidator(_texts), _LISTED] = Field(
        (), description="other layouts that are right too"
    )
    vectors: Literal["free", "strict"] = Field(
        "free", description="free: d and d × 1 are the same, a row 1 × d is not; strict: all three differ"
    )

    @model_validator(mode="after")
    def _readable(self) -> ShapeOptions:
        domain_of(self.domain)
        for text in self.also:
            try:
                _read(text, self)
            except AnswerError as error:
                raise ValueError(f"cannot read “{text[:60]}” as a shape: {error.diagnostics[0].message}") from error
        return self

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The declared sizes as the lexer spells them."""
        return spelled_names(self.variables)

    @cached_property
    def known(self) -> Domain:
        """What is known of the sizes: each is a whole number from 1 on, and what the domain says."""
        domain = domain_of(self.domain)
        counts = {name: replace(domain.of(name), whole=True).within("≥", Fraction(1)) for name in self.symbols}
        return replace(domain, bounds={**domain.bounds, **counts})

    @property
    def scope(self) -> Scope:
        """The scope in which answers are read."""
        return scope_of(self.symbols)

    @cached_property
    def setting(self) -> Setting:
        """What is known where shapes are compared."""
        return Setting(self.symbols, self.known, self.vectors == "free")


_SAYS = {
    "row": "This is a row; the right shape has a single axis, or is a column.",
    "order": "The sizes are right, but they stand in another order.",
    "axes": "The number of axes is not right: the answer is {}.",
    "sizes": "The number of axes is right, but not all sizes are.",
}
_MN = {"variables": ["m", "n"]}


class ShapeType(AnswerType[ShapeOptions, Shape]):
    """See the module."""

    name: ClassVar[str] = "shape"
    summary: ClassVar[str] = "the shape of a matrix, vector or tensor, as formulas in the given sizes"
    draws_instances: ClassVar[bool] = False
    options_model: ClassVar[type[Options]] = ShapeOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example("m x n", "m × n", Status.CORRECT, "same_shape", _MN, "another sign"),
        Example(r"$\mathbb{R}^{m \times n}$", "m × n", Status.CORRECT, "same_shape", _MN, "the space"),
        Example("(m, n)", "m × n", Status.CORRECT, "same_shape", _MN, "as NumPy prints it"),
        Example("an m-by-n matrix", "m × n", Status.CORRECT, "same_shape", _MN, "words"),
        Example("m rows and n columns", "m × n", Status.CORRECT, "same_shape", _MN, "more words"),
        Example("n × m", "m × n", Status.INCORRECT, "order", _MN, "the other way round"),
        Example("n × m", "m × n", Status.CORRECT, "same_shape", {**_MN, "also": ["n × m"]}, "where that is right too"),
        Example("m × n × 1", "m × n", Status.INCORRECT, "axes", _MN, "an axis too many"),
        Example("m × (n+1)", "m × n", Status.INCORRECT, "sizes", _MN, "another size"),
        Example("(1+n) × 2m", "(n+1) × 2m", Status.CORRECT, "same_shape", _MN, "sizes are formulas"),
        Example("vector of length m", "m × 1", Status.CORRECT, "same_shape", _MN, "a column is a vector"),
        Example("1 × m", "m × 1", Status.INCORRECT, "row", _MN, "a row is none"),
        Example("m", "m × 1", Status.INCORRECT, "axes", {**_MN, "vectors": "strict"}, "where columns count apart"),
        Example("scalar", "1 × 1", Status.CORRECT, "same_shape", {}, "a single number"),
        Example("3 by 2", [3, 2], Status.CORRECT, "same_shape", {}, "numbers"),
        Example("m × ", "m × n", Status.UNREADABLE, "", _MN, "it breaks off"),
    )

    def key(self, value: object, options: ShapeOptions) -> Shape:
        """See :meth:`AnswerType.key`."""
        others = tuple(_read(text, options) for text in options.also)
        if isinstance(value, str):
            try:
                return Truth(_read(value, options).sizes, None, others)
            except AnswerError as error:
                says = f"cannot read {value[:60]!r} as a shape: {error.diagnostics[0].message}"
                raise SpecError(author_error("solver-nonsense", says)) from error
        sizes = _counts(value)
        if sizes is None:
            says = f"expected a shape: a tuple of whole numbers, found {type(value).__name__} {brief(value)}"
            raise SpecError(author_error("solver-nonsense", says))
        return Truth(tuple(Number(Fraction(size), str(size)) for size in sizes), None, others)

    def read(self, text: str, options: ShapeOptions) -> Shape:
        """See :meth:`AnswerType.read`."""
        return _read(text, options)

    def find(self, tokens: Sequence[Token], options: ShapeOptions) -> Iterator[Match[Shape]]:
        """See :meth:`AnswerType.find`."""
        for run in runs(tokens, options.scope):
            yield Match(run.first, run.last, run.shape, run.symbol, stated=run.named and not run.symbol)

    def compare(self, answer: Shape, truth: Shape, options: ShapeOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        others = truth.others if isinstance(truth, Truth) else ()
        outcomes = [compared(answer, right, options.setting) for right in (truth, *others)]
        if any(outcome.equal for outcome in outcomes):
            return Comparison(Status.CORRECT, Fraction(1), "same_shape", "", Evidence("shape"))
        unsure = next((outcome for outcome in outcomes if outcome.equal is None), None)
        if unsure is not None:
            says = f"Whether this is the right shape could not be settled ({unsure.why}); a person will look."
            return Comparison(Status.UNDECIDED, None, "undecided", says, Evidence("none"))
        return _wrong(answer, outcomes[0], options)

    def same(self, one: Shape, other: Shape, options: ShapeOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return compared(one, other, options.setting).equal

    def slips(self, truth: Shape, options: ShapeOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`: another size, or two exchanged, other than layouts that are right too."""
        right = [_read(text, options).sizes for text in options.also]
        for place, size in enumerate(truth.sizes):
            more = (*truth.sizes[:place], Binary("+", size, Number(Fraction(1), "1")), *truth.sizes[place + 1 :])
            yield Slipped(f"size {place + 1}", shown(Shape(more)).unicode)
            turned = (*truth.sizes[: place - 1], size, truth.sizes[place - 1], *truth.sizes[place + 1 :])
            if place and turned != truth.sizes and turned not in right:
                yield Slipped(f"exchange sizes {place} and {place + 1}", shown(Shape(turned)).unicode)

    def render(self, value: Shape, options: ShapeOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return shown(value)

    def arguments(self, truth: Shape, options: ShapeOptions) -> frozenset[str]:
        """See :meth:`AnswerType.arguments`."""
        return frozenset(map(identifier, _sizes_of(truth, options)))

    def instances(self, truth: Shape, options: ShapeOptions, turn: int = 0) -> Iterator[Instance]:
        """See :meth:`AnswerType.instances`."""
        found = 0
        for values in drawn(_sizes_of(truth, options), options.known):
            expected = at_values(truth, values)
            if expected is None:
                continue
            where = ", ".join(f"{name} = {value}" for name, value in values.items()) or "the given values"
            yield Instance({identifier(name): value for name, value in values.items()}, expected, where)
            found += 1
            if found == _INSTANCES:
                return
        if not found:
            raise SpecError(author_error("solver-nonsense", "the key gives no shape in whole numbers at drawn sizes"))

    def agrees(self, value: object, instance: Instance, options: ShapeOptions) -> bool:
        """See :meth:`AnswerType.agrees`."""
        sizes = _counts(value)
        setting = options.setting
        return sizes is not None and setting.counts(sizes) == setting.counts(instance.expected)

    def written(self, value: object) -> str:
        """See :meth:`AnswerType.written`."""
        sizes = _counts(value)
        return told(sizes) if sizes is not None else f"{type(value).__name__} {brief(value)}"


def _sizes_of(truth: Shape, options: ShapeOptions) -> tuple[str, ...]:
    own = set().union(*(symbols_in(size) for size in truth.sizes), set())
    return (*options.symbols, *sorted(own - set(options.symbols)))


def _counts(value: Any) -> tuple[int, ...] | None:
    """The sizes that a solver returns: a tuple of whole numbers, or one for a vector; None for anything else."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, int) and not isinstance(value, bool):
        value = (value,)
    if not isinstance(value, list | tuple):
        return None
    sizes = [size.item() if hasattr(size, "item") else size for size in value]
    plain = all(isinstance(size, int) and not isinstance(size, bool) and size >= 0 for size in sizes)
    return tuple(sizes) if plain else None


def _wrong(answer: Shape, outcome: Outcome, options: ShapeOptions) -> Comparison:
    symbols = set().union(*(symbols_in(size) for size in answer.sizes), set())
    unknown = sorted(symbols - set(options.symbols)) if options.symbols else []
    reason, says = outcome.reason, _SAYS[outcome.reason]
    if unknown and reason == "sizes":
        reason, says = "other_symbol", f"The question has no size called {', '.join(unknown)}."
    if reason == "axes":
        says = says.format(_told_axes(len(options.setting.plain(answer.sizes))))
    elif reason == "order" and len(answer.sizes) == 2:
        says = f"{says[:-1]}: rows come first, then columns."
    witness = Witness(outcome.at, outcome.yours, outcome.expected)
    if outcome.at and reason == "sizes":
        says = f"{says} For example, {witness}."
    return Comparison(Status.INCORRECT, Fraction(0), reason, says, Evidence("shape", "", witness))


def _told_axes(count: int) -> str:
    """What has as many axes, in words."""
    return {0: "a number", 1: "a vector", 2: "a matrix"}.get(count, f"an array of {count} axes")


def _read(text: str, options: ShapeOptions) -> Shape:
    """A bare answer; see :meth:`AnswerType.read`."""
    tokens = _find.strip_answer(tokenize(text))
    found = list(runs(tokens, options.scope))
    if len(found) == 1 and _is_rest_filler(tokens, found[0].first, found[0].last):
        return found[0].shape
    bare = _bare(_announced(tokens), options) if not found else None
    if bare is None:
        says = f"“{text.strip()[:80]}” does not read as a shape" if text.strip() else "the answer is empty"
        fix = "write the sizes of the axes with × between them, such as m × n, or “vector of length d”"
        raise AnswerError(student_error("answer-unreadable", says, fix=fix))
    return bare


def _announced(tokens: Sequence[Token]) -> Sequence[Token]:
    """What “Answer:” or “The shape is” announces; all where nothing of the kind stands before."""
    for at, token in enumerate(tokens):
        if token.text.lower() not in _FILLERS:
            return tokens
        if token.text in (":", "is"):
            return tokens[at + 1 :]
    return tokens


def _is_rest_filler(tokens: Sequence[Token], first: int, last: int) -> bool:
    for at, token in enumerate(tokens):
        if first <= at < last or token.text.lower() in _FILLERS or token.kind in (Kind.NEWLINE, Kind.BULLET):
            continue
        named = token.kind is Kind.NAME and at < first and tokens[at + 1].text.lower() in (":", "∈", "=", "is", "has")
        if not named and token.text not in ".()_-{}\\boxed":
            return False
    return True


def _bare(tokens: Sequence[Token], options: ShapeOptions) -> Shape | None:
    """``d`` for a vector of d numbers, and ``m, n`` without brackets; only where nothing else stands."""
    if len(tokens) > 2 and (tokens[0].text, tokens[-1].text) in (("[", "]"), ("(", ")")):
        tokens = tokens[1:-1]
    cut = Cut(tokens, options.scope)
    at, sizes = 0, []
    while at < len(cut.tokens):
        size = cut.size(at, len(cut.tokens))
        if size is None:
            return None
        sizes.append(size[0])
        at = size[1]
        if at < len(cut.tokens) and cut.tokens[at].text != ",":
            return None
        at += 1
    if len(tokens) == 1 and tokens[0].text in ("ℝ", "R") and tokens[0].text not in options.symbols:
        return Shape((), tuple(sizes) if tokens[0].text == "R" else None)  # a number, or R of them
    dots = [index for index, token in enumerate(cut.tokens) if token.sub == "·"]
    if len(sizes) == 1 and dots:
        cut.signs = [sign or index in dots for index, sign in enumerate(cut.signs)]
        apart = cut.axes(0)
        other = apart.sizes if apart is not None and apart.last == len(cut.tokens) else None
        return Shape(tuple(sizes), other)
    return Shape(tuple(sizes)) if sizes else None


TYPE = ShapeType()
