"""A matrix or vector written out, or an eigenvector up to a factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from grader.answers._expressions.formulas import scope_of
from grader.answers._matrix.build import MAX_ENTRIES, Grid
from grader.answers._matrix.compare import How, Truth, compared, is_null, same, targets_of
from grader.answers._matrix.entries import ZERO, Entry, key_entry
from grader.answers._matrix.read import Reader
from grader.answers._numbers.numeric import NumericOptions, plain, plain_names
from grader.answers._slips import of_tree, other_numbers
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped, brief
from grader.answers.expression import Names, domain_of, spelled_names
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.reading.tokens import Token
from grader.maths.rendering.render import render
from grader.maths.tree import Listing, Matrix, Node
from grader.records import Rendered, Status


class MatrixOptions(NumericOptions):
    """Options of a matrix. Without a tolerance, numbers must be equal exactly."""

    variables: Names = Field((), description="symbols of its entries; they decide how “nd” is cut into letters")
    domain: str = Field("", description="what is known of them, e.g. “x > 0”")
    scale: bool = Field(False, description="a factor other than 0 does not matter, as for eigenvectors")
    credit: Literal["entries", "all"] = Field("entries", description="each right entry earns its share, or all count")
    worked: bool = Field(
        False,
        description="sums, products, multiples, transposes must be worked out: “[[1]] + [[3]]” repeats a question",
    )
    orientation: Literal["either", "strict"] = Field(
        "either", description="whether a vector may be written as a row and as a column"
    )

    @model_validator(mode="after")
    def _domain_reads(self) -> MatrixOptions:
        domain_of(self.domain)
        return self

    @property
    def symbols(self) -> tuple[str, ...]:
        """The declared symbols as the lexer spells them."""
        return spelled_names(self.variables)


_M = "[[0.4, -0.1], [-0.05, 0.075]]"


class MatrixType(AnswerType[MatrixOptions, Grid]):
    """See the module."""

    name: ClassVar[str] = "matrix"
    summary: ClassVar[str] = "a matrix or vector written out, or an eigenvector up to a factor"
    options_model: ClassVar[type[Options]] = MatrixOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example(r"\begin{bmatrix} 8 & 10 \\ 12 & 14 \end{bmatrix}", "[[8, 10], [12, 14]]", Status.CORRECT, "exact"),
        Example("[8 10; 12 14]", "[[8, 10], [12, 14]]", Status.CORRECT, "exact", why="rows by semicolons"),
        Example("array([[ 8., 10.],\n       [12., 14.]])", [[8, 10], [12, 14]], Status.CORRECT, why="printed by numpy"),
        Example("| 8 | 10 |\n|---|---|\n| 12 | 14 |", [[8, 10], [12, 14]], Status.CORRECT, why="a Markdown table"),
        Example(
            r"A^{-1} = \frac{1}{40}\begin{pmatrix}16&-4\\-2&3\end{pmatrix}", _M, Status.CORRECT, why="a factor in front"
        ),
        Example("[[2/5, -1/10], [-1/20, 3/40]]", _M, Status.CORRECT, "exact", why="fractions"),
        Example("[[0.4, -0.1], [-0.05, 0.75]]", _M, Status.PARTIAL, "one_entry", why="three of four entries"),
        Example("[[0.4, -0.1], [-0.05, 0.75]]", _M, Status.INCORRECT, "one_entry", {"credit": "all"}, "all or nothing"),
        Example("[[-0.4, 0.1], [0.05, -0.075]]", _M, Status.INCORRECT, "sign", why="a diagnosis"),
        Example("[[16, -4], [-2, 3]]", _M, Status.INCORRECT, "scaled", why="without the factor"),
        Example("[[1, 2, 3], [4, 5, 6]]", "[[1, 4], [2, 5], [3, 6]]", Status.INCORRECT, "transposed"),
        Example("[[1, 2], [3, 4]]", "[[1, 4], [2, 5], [3, 6]]", Status.INCORRECT, "shape", why="a row is missing"),
        Example("(14, 32)", [14, 32], Status.CORRECT, "exact", why="a vector as a tuple"),
        Example(r"\begin{bmatrix}14\\32\end{bmatrix}", [14, 32], Status.CORRECT, "exact", why="or as a column"),
        Example("(-1/2, 1)", [1, -2], Status.CORRECT, "exact", {"scale": True}, "an eigenvector"),
        Example("(0, 0)", [1, -2], Status.INCORRECT, "zero", {"scale": True}, "which is never 0"),
        Example("(1, 2)", [1, -2], Status.INCORRECT, "different", {"scale": True}),
        Example(
            r"2\begin{bmatrix} y & x \\ x & 3y \end{bmatrix}",
            "[[2y, 2x], [2x, 6y]]",
            Status.CORRECT,
            options={"variables": ["x", "y"]},
            why="formulas as entries",
        ),
        Example("[[8, 10], [12]]", "[[8, 10], [12, 14]]", Status.UNREADABLE, why="rows of different lengths"),
        Example("So the product is [[8, 10], [12, 14]].", "[[8, 10], [12, 14]]", Status.CORRECT, why="in a sentence"),
    )

    def key(self, value: object, options: MatrixOptions) -> Grid:
        """See :meth:`AnswerType.key`."""
        how = _how(options)
        grid = _key_text(value, options) if isinstance(value, str) else _key_plain(value, options)
        if options.scale and is_null(grid, how):
            raise SpecError(author_error("solver-nonsense", "the truth is 0, which has no multiples but itself"))
        return Truth(grid.rows, grid.listed, grid.name, targets=targets_of(grid, how))

    def read(self, text: str, options: MatrixOptions) -> Grid:
        """See :meth:`AnswerType.read`."""
        return _reader(options).read(text)

    def find(self, tokens: Sequence[Token], options: MatrixOptions) -> Iterator[Match[Grid]]:
        """See :meth:`AnswerType.find`."""
        return _reader(options).find(tokens)

    def compare(self, answer: Grid, truth: Grid, options: MatrixOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        outcome = compared(answer, truth, _how(options))
        if options.worked and not answer.worked and outcome.status is Status.CORRECT:
            says = "The value is right, but it is still to be worked out, entry by entry."
            return replace(outcome, status=Status.INCORRECT, credit=Fraction(0), reason="form", feedback=says)
        return outcome

    def same(self, one: Grid, other: Grid, options: MatrixOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return same(one, other, _how(options))

    def is_remark(self, value: Grid, other: Grid) -> bool:
        """See :meth:`AnswerType.is_remark`: a row or column of another matrix is said of that."""
        if other.is_vector or not value.is_vector:
            return False
        nodes = [entry.node for entry in value.flat]
        lines = (*other.rows, *other.transposed.rows)
        return any(nodes == [entry.node for entry in line] for line in lines)

    def slips(self, truth: Grid, options: MatrixOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        node = _tree(truth)
        differs = other_numbers(node, options, scale=options.scale)
        return of_tree(node, differs)

    def render(self, value: Grid, options: MatrixOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return render(_tree(value))

    def plain(self, value: Grid, options: MatrixOptions) -> list[Any] | None:
        """See :meth:`AnswerType.plain`."""
        rows = [[plain(entry.value) for entry in row if entry.value is not None] for row in value.rows]
        if any(len(row) < value.shape[1] for row in rows):
            return None  # a formula stands among the entries
        return [entry for row in rows for entry in row] if value.listed else rows


def _tree(value: Grid) -> Node:
    """A matrix as it is written: a number, a list or rows."""
    if value.shape == (1, 1):
        return value.flat[0].node
    if value.listed:
        return Listing("(", tuple(entry.node for entry in value.flat))
    return Matrix(tuple(tuple(entry.node for entry in row) for row in value.rows))


def _how(options: MatrixOptions) -> How:
    either = options.orientation == "either"
    domain = domain_of(options.domain)
    return How(options, domain, options.symbols, options.scale, either, options.credit == "entries")


def _reader(options: MatrixOptions) -> Reader:
    names = plain_names(options)
    return _reader_of(options.symbols, tuple(names.items()))


@lru_cache(maxsize=512)
def _reader_of(symbols: tuple[str, ...], named: tuple[tuple[str, Fraction], ...]) -> Reader:
    names: Mapping[str, Fraction] = dict(named)
    return Reader(scope_of((*symbols, *names)), names, symbols)


def _key_text(value: str, options: MatrixOptions) -> Grid:
    try:
        return _reader(options).read(value)
    except AnswerError as error:
        says = f"the truth: cannot read {brief(value)!r} as a matrix: {error.diagnostics[0].message}"
        raise SpecError(author_error("solver-nonsense", says)) from error


def _key_plain(value: Any, options: MatrixOptions) -> Grid:
    """The truth from lists, a numpy array or a SymPy matrix."""
    if hasattr(value, "tolist") and hasattr(value, "shape"):
        value = value.tolist()
    if not isinstance(value, list | tuple) or not value:
        raise SpecError(
            author_error(
                "solver-nonsense", f"the truth: expected a matrix, found {type(value).__name__} {brief(value)}"
            )
        )
    names = plain_names(options)
    scope = scope_of((*options.symbols, *names))
    listed = not any(isinstance(row, list | tuple) or getattr(row, "ndim", 0) for row in value)
    rows = [[row] for row in value] if listed else [list(row) if hasattr(row, "__len__") else [] for row in value]
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        raise SpecError(author_error("solver-nonsense", "the truth: expected rows of equal length"))
    if len(rows) * len(rows[0]) > MAX_ENTRIES:
        raise SpecError(author_error("solver-nonsense", f"the truth: more than {MAX_ENTRIES} entries"))
    made = tuple(tuple(key_entry(cell, "the truth", scope, names) for cell in row) for row in rows)
    return Grid(_without_noise(made), listed)


def _without_noise(rows: tuple[tuple[Entry, ...], ...]) -> tuple[tuple[Entry, ...], ...]:
    """Floats that are 0 but for rounding, as 0: next to entries of size 1, 1e-17 is no number that was meant."""
    largest = max((abs(e.value.real.approximate()) for row in rows for e in row if e.value), default=0.0)

    def cleaned(entry: Entry) -> Entry:
        noise = entry.value is not None and entry.value.inexact
        if noise and entry.value is not None and abs(entry.value.real.approximate()) <= 1e-14 * largest:
            return ZERO
        return entry

    return tuple(tuple(cleaned(entry) for entry in row) for row in rows)


TYPE = MatrixType()
