"""A formula in matrices and vectors, whose products do not commute; shapes and structure are declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from grader.answers._expressions import instances as _instances
from grader.answers._expressions.agreement import agree
from grader.answers._expressions.finding import find_formulas
from grader.answers._expressions.formulas import Formula, read_formula, scope_of, show_formula
from grader.answers._expressions.functions import Function, meanings, unknown
from grader.answers._expressions.matrix_forms import Unwanted, as_dyads, lacking, unwanted
from grader.answers._slips import matrix_slips
from grader.answers.base import AnswerType, Comparison, Example, Instance, Match, Options, Slipped, brief
from grader.answers.expression import Names, domain_of, judged, spelled_names
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Token
from grader.maths.tree import Node, Symbol
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import ShapeError
from grader.maths.values.spaces import Space
from grader.maths.values.structures import WORDS
from grader.maths.values.unknowns import Signature
from grader.records import Evidence, Rendered, Status, Witness

_NUMBERS = frozenset({"scalar", "number", "1", "1x1", "1×1", ""})


def shape_option(value: object) -> object:
    """A declared shape: ``[d, n]``, ``[d]`` (a column), ``d×n``, ``scalar``."""
    if isinstance(value, str):
        text = value.strip().strip("()[]").replace("×", ",").replace(r"\times", ",").replace("*", ",")
        if " x " in text:
            text = text.replace(" x ", ",")
        if text in _NUMBERS:
            return ()
        value = [piece.strip() for piece in text.split(",") if piece.strip()]
    if isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    if not isinstance(value, list | tuple) or len(value) > 2:
        raise ValueError(f"expected a shape such as [d, n], [d] or scalar, found {value!r}")
    sizes = tuple(int(size) if str(size).isdecimal() else str(size) for size in value)
    return () if all(size == 1 for size in sizes) else (*sizes, 1)[:2]


_SIZE = {"type": ["string", "integer"]}
Declared = Annotated[
    tuple[str | int, ...],
    BeforeValidator(shape_option),
    WithJsonSchema({"anyOf": [_SIZE, {"type": "array", "items": _SIZE, "maxItems": 2}]}),
]


class Quantities(Options):
    """Options that declare the symbols of formulas in matrices."""

    shapes: Mapping[str, Declared] = Field(
        default_factory=dict, description="shape of each symbol: [d, n], [d] for a column, scalar"
    )
    structure: Mapping[str, str] = Field(
        default_factory=dict,
        description="what is known of a matrix: symmetric, diagonal, orthogonal, positive definite …",
    )
    define: Mapping[str, str] = Field(
        default_factory=dict, description="symbols that stand for formulas: {M: “K'K + λI”}"
    )
    sums: Mapping[str, str | int] = Field(default_factory=dict, description="how far each index runs: {i: n}")
    rows: Mapping[str, str] = Field(
        default_factory=dict, description="names of the rows of a matrix, as columns: {K: k_i}"
    )
    columns: Mapping[str, str] = Field(default_factory=dict, description="names of the columns of a matrix: {U: u_i}")
    components: Mapping[str, str] = Field(default_factory=dict, description="the answer by its components: {w_i: i}")
    domain: str = Field("", description="what is known of its numbers, e.g. “λ > 0, n integer”")
    functions: Mapping[str, Function] = Field(
        default_factory=dict,
        description="functions of which nothing is known: {∇F: [D, D]} of vectors, {f: scalar} of a number; "
        "or by another name of a known one, {s: sigmoid}",
    )
    elementwise: bool = Field(False, description="functions, quotients and sums with numbers act entry by entry")
    norm: Literal["", "spectral", "frobenius"] = Field("", description="what ‖A‖ means of a matrix A")
    spectrum: str = Field("", description="the matrix whose singular values σ_i and eigenvalues λ_i are, unless told")

    @model_validator(mode="after")
    def _declares(self) -> Quantities:
        for name, words in self.structure.items():
            unknown = set(words.replace("-", " ").split()) - WORDS
            if unknown:
                raise ValueError(f"structure of {name}: unknown {' '.join(sorted(unknown))}")
        _ = self.space  # what cannot be read is told at once
        return self

    @cached_property
    def space(self) -> Space:
        """What is declared, read."""
        return space_of(self)

    @cached_property
    def scope(self) -> Scope:
        """The scope in which answers are read."""
        found = scope_with(self.space.symbols, self.space.matrices, self)
        return replace(found, defined=frozenset(self.space.definitions))


class MatrixExpressionOptions(Quantities):
    """Options of a formula in matrices."""

    transposed: bool = Field(False, description="a vector may be written as a row")
    avoid: Names = Field(
        (), description="symbols, functions and formulas that the answer may not hold, since the question does"
    )
    inverted: Names = Field((), description="the only matrices that may be inverted: [M] where M⁻¹ is given")
    form_credit: Fraction = Field(
        Fraction(0), ge=0, le=1, description="share for the right value with what was to be avoided"
    )

    @model_validator(mode="after")
    def _avoids(self) -> MatrixExpressionOptions:
        _ = self._unwanted  # what cannot be read is told at once
        return self

    @cached_property
    def _unwanted(self) -> Unwanted:
        return unwanted(spelled_names(self.avoid), spelled_names(self.inverted), self.scope)

    def lacks(self, node: Node, key: MatrixKey) -> str:
        """What a formula holds that was not to occur, as the end of a sentence; "" if nothing.

        Args:
            node: the formula.
            key: the truth, whose instances tell matrices from numbers.
        """
        return lacking(node, self._unwanted, key.instances[0][0].point) if self._unwanted else ""


def space_of(options: Quantities) -> Space:
    """What is declared, read.

    Raises:
        ValueError: a definition or the domain cannot be read, which pydantic reports.
    """
    shapes = dict(zip(spelled_names(tuple(options.shapes)), options.shapes.values(), strict=True))
    spelled = dict(zip(options.shapes, shapes, strict=True))
    structure = {spelled.get(name, spelled_names((name,))[0]): words for name, words in options.structure.items()}
    rows, columns = _ties(options.rows), _ties(options.columns)
    names = spelled_names(tuple(options.define))
    known = (
        *shapes,
        *names,
        *rows.values(),
        *columns.values(),
        *(s for shape in shapes.values() for s in shape if isinstance(s, str)),
    )
    matrices = tuple(name for name in known if name not in shapes or shapes[name])
    scope = scope_with(known, matrices, options)
    definitions: dict[str, Node] = {}
    for name, text in zip(names, options.define.values(), strict=True):
        try:
            definitions[name] = read_formula(text, scope).node
        except AnswerError as error:
            raise ValueError(f"the definition of {name}: {error.diagnostics[0].message}") from error
    return Space(
        shapes,
        structure,
        definitions,
        _indices(options.sums),
        rows,
        columns,
        domain_of(options.domain),
        functions=unknown(_functions(options)),
        elementwise=options.elementwise,
        norm=options.norm,
    )


def _functions(options: Quantities) -> dict[str, Signature | str]:
    """The declared functions by their names as the lexer spells them."""
    found = dict(zip(spelled_names(tuple(options.functions)), options.functions.values(), strict=True))
    if options.elementwise and "σ" not in {*spelled_names(tuple(options.shapes)), *found}:
        found["σ"] = "sigmoid"
    return found


def scope_with(known: Sequence[str], matrices: Sequence[str], options: Quantities) -> Scope:
    """The scope of formulas in declared symbols and functions.

    Args:
        known: full names of the declared symbols.
        matrices: those that stand for matrices or vectors.
        options: which declare the functions.
    """
    functions = _functions(options)
    named = meanings(functions)
    spectrum = spelled_names((options.spectrum,))[0] if options.spectrum else _only_matrix(options)
    scope = scope_of((*known, *unknown(functions)), matrices, (*unknown(functions), *dict(named)))
    return replace(scope, meanings=named, spectrum=spectrum)


def _only_matrix(options: Quantities) -> str:
    """The one matrix that is declared and no vector; "" where there are several or none."""
    found = [name for name, shape in options.shapes.items() if len(shape) > 1 and 1 not in shape]
    return spelled_names((found[0],))[0] if len(found) == 1 and not options.define else ""


def _ties(option: Mapping[str, str]) -> dict[str, str]:
    return dict(zip(spelled_names(tuple(option)), spelled_names(tuple(option.values())), strict=True))


def _indices(option: Mapping[str, str | int]) -> dict[str, str | int]:
    return dict(zip(spelled_names(tuple(option)), option.values(), strict=True))


@dataclass(frozen=True, slots=True)
class Truth(Formula):
    """The key: a formula that answers are compared with."""

    matrix: MatrixKey | None = None


_RIDGE: dict[str, Any] = {
    "shapes": {"K": ["n", "d"], "V": ["n", "e"], "q": ["d", 1], "λ": "scalar", "k_i": ["d", 1], "v_i": ["e", 1]},
    "rows": {"K": "k_i", "V": "v_i"},
    "sums": {"i": "n"},
    "define": {"M": "K^T K + λ I", "S": "V^T K", "N": "K^T V"},
}


class MatrixExpressionType(AnswerType[MatrixExpressionOptions, Formula]):
    """See the module."""

    name: ClassVar[str] = "matrix_expression"
    summary: ClassVar[str] = "a formula in matrices and vectors of declared shapes, whose products do not commute"
    options_model: ClassVar[type[Options]] = MatrixExpressionOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example(r"\mathbf{S}\mathbf{M}^{-1}\mathbf{q}", "S M⁻¹ q", Status.CORRECT, options=_RIDGE, why="bold LaTeX"),
        Example("N^T M^-1 q", "S M⁻¹ q", Status.CORRECT, "modular", _RIDGE, "S is the transpose of N"),
        Example(r"\sum_{i=1}^n v_i k_i^\top M^{-1} q", "S M⁻¹ q", Status.CORRECT, "modular", _RIDGE, "a sum over rows"),
        Example("Vᵀ(KKᵀ + λI)⁻¹Kq", "S M⁻¹ q", Status.CORRECT, "modular", _RIDGE, "the push-through identity"),
        Example("o = S G^{-1} q where G = K'K + λI", "S M⁻¹ q", Status.CORRECT, "modular", _RIDGE, "with a definition"),
        Example("M⁻¹ S q", "S M⁻¹ q", Status.INCORRECT, "shape", _RIDGE, "the order does not fit the shapes"),
        Example("S M q", "S M⁻¹ q", Status.INCORRECT, "different", _RIDGE, "with a small instance at which it fails"),
        Example("qᵀM⁻¹N", "S M⁻¹ q", Status.INCORRECT, "transposed", _RIDGE, "a row where a column is asked"),
        Example("qᵀM⁻¹N", "S M⁻¹ q", Status.CORRECT, "modular", {**_RIDGE, "transposed": True}, "if that is allowed"),
        Example("XᵀX", "XXᵀ", Status.INCORRECT, "shape", {"shapes": {"X": ["d", "n"]}}, "wrong transpose"),
        Example("A⁻¹B⁻¹", "(AB)⁻¹", Status.INCORRECT, "different", {"shapes": {"A": ["d", "d"], "B": ["d", "d"]}}, ""),
        Example("inv(B) @ inv(A)", "(AB)⁻¹", Status.CORRECT, "modular", {"shapes": {"A": ["d", "d"], "B": ["d", "d"]}},
                "numpy"),
        Example("2 A x", "(A + Aᵀ) x", Status.CORRECT, "modular",
                {"shapes": {"A": ["d", "d"], "x": ["d"]}, "structure": {"A": "symmetric"}}, "structure counts"),
        Example("2 A x", "(A + Aᵀ) x", Status.INCORRECT, "different", {"shapes": {"A": ["d", "d"], "x": ["d"]}}, ""),
        Example("A (", "A x", Status.UNREADABLE, "", {"shapes": {"A": ["d", "d"], "x": ["d"]}}, "it breaks off"),
    )  # fmt: skip

    def key(self, value: object, options: MatrixExpressionOptions) -> Formula:
        """See :meth:`AnswerType.key`."""
        if not isinstance(value, str):
            says = f"expected a formula as text, found {type(value).__name__} {brief(value)}"
            raise SpecError(author_error("solver-nonsense", says))
        try:
            found = read_formula(value, options.scope)
        except AnswerError as error:
            says = f"the truth: cannot read {value[:80]!r} as a formula: {error.diagnostics[0].message}"
            raise SpecError(author_error("solver-nonsense", says)) from error
        matrix = MatrixKey(found.node, options.space)
        try:
            matrix.instances  # noqa: B018  # what cannot be evaluated is the author's error, told here
        except (ShapeError, UnsupportedError) as error:
            raise SpecError(author_error("solver-nonsense", f"the truth {value[:80]!r}: {error}")) from error
        return Truth(found.node, found.name, found.whole, matrix=matrix)

    def read(self, text: str, options: MatrixExpressionOptions) -> Formula:
        """See :meth:`AnswerType.read`."""
        return _sensible(read_formula(text, options.scope), options)

    def find(self, tokens: Sequence[Token], options: MatrixExpressionOptions) -> Iterator[Match[Formula]]:
        """See :meth:`AnswerType.find`."""
        for match in find_formulas(tokens, options.scope):
            yield match if match.value.other is None else replace(match, value=_sensible(match.value, options))

    def compare(self, answer: Formula, truth: Formula, options: MatrixExpressionOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        key = _key_of(truth, options)
        node = next((side for side in _sides(answer, options) if not options.lacks(side, key)), answer.node)
        outcome = key.compare(node, may_be_transposed=options.transposed)
        if outcome.relation == "shape" and (dyads := as_dyads(node)) != node and key.compare(dyads).equal:
            node, outcome = dyads, replace(key.compare(dyads), remark="u ⊗ v is taken for the matrix u vᵀ.")
        if answer.dashed and outcome.equal is False and self.same(truth, answer.negated, options):
            says = "The dash before it may be a minus or the mark of a list; a person decides."
            return Comparison(Status.UNDECIDED, None, "two_readings", says, Evidence("none"))
        if outcome.equal and (unwanted := options.lacks(node, key)):
            status = Status.PARTIAL if options.form_credit else Status.INCORRECT
            evidence = Evidence(outcome.method, outcome.bound)
            return Comparison(status, options.form_credit, "form", f"The value is right, but {unwanted}", evidence)
        if outcome.equal is False and outcome.relation in ("shape", "transposed") and outcome.why:
            witness = Witness((), outcome.why, "sizes that fit")
            lead = "This is the right matrix transposed" if outcome.relation == "transposed" else "The sizes do not fit"
            says = f"{lead}: {outcome.why}."
            return Comparison(Status.INCORRECT, Fraction(0), outcome.relation, says, Evidence("shapes", "", witness))
        return judged(outcome)

    def same(self, one: Formula, other: Formula, options: MatrixExpressionOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return one.node == other.node or _key_of(one, options).same(other.node)

    def slips(self, truth: Formula, options: MatrixExpressionOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        return matrix_slips(truth.node, list(self.instances(truth, options)), options.space)

    def render(self, value: Formula, options: MatrixExpressionOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return show_formula(value)

    def arguments(self, truth: Formula, options: MatrixExpressionOptions) -> frozenset[str]:
        """See :meth:`AnswerType.arguments`."""
        return _instances.matrix_arguments(options.space)

    def instances(self, truth: Formula, options: MatrixExpressionOptions, turn: int = 0) -> Iterator[Instance]:
        """See :meth:`AnswerType.instances`."""
        return _instances.matrix_instances(truth.node, options.space, turn)

    def agrees(self, value: object, instance: Instance, options: MatrixExpressionOptions) -> bool:
        """See :meth:`AnswerType.agrees`."""
        return agree(value, instance.expected)


def _sensible(found: Formula, options: MatrixExpressionOptions) -> Formula:
    """The reading in which the sizes fit, where a text has two of which only the second one makes sense."""
    if found.other is None:
        return found
    second = _fits(found.other, options) and not _fits(found.node, options)
    return replace(found, node=found.other if second else found.node, other=None)


def _fits(node: Node, options: MatrixExpressionOptions) -> bool:
    try:
        MatrixKey(node, options.space).instances  # noqa: B018  # worked out for its errors
    except ShapeError:
        return False
    except UnsupportedError:
        pass  # what cannot be worked out is told when it is compared
    return True


def _sides(answer: Formula, options: MatrixExpressionOptions) -> tuple[Node, ...]:
    """The formula, and before it what a chain such as ``AᵀA = Σ xᵢxᵢᵀ = …`` says it is equal to.

    A symbol at the end names what stands before it, unless it is one of the question's: ``I A I = A`` ends with A.
    """
    if answer.whole is None or set(answer.whole.signs) != {"="}:
        return (answer.node,)
    *sides, last = answer.whole.items
    before = tuple(side for side in reversed(sides) if not isinstance(side, Symbol))
    known = isinstance(last, Symbol) and last.full in options.scope.known
    return (last, answer.node, *before) if known else (answer.node, *before)


def _key_of(formula: Formula, options: MatrixExpressionOptions) -> MatrixKey:
    if isinstance(formula, Truth) and formula.matrix is not None:
        return formula.matrix
    return MatrixKey(formula.node, options.space)


TYPE = MatrixExpressionType()
