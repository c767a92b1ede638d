"""Lists, tuples and matrices inside expressions, and the functions that programs call on them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.maths.reading.tokens import Kind
from grader.maths.tree import Big, Binary, Call, Listing, Matrix, Node, Number, Symbol, Unary

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

MATRICES = frozenset(
    f"\\begin{{{kind}}}"
    for kind in (
        "bmatrix", "pmatrix", "matrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array",
        "psmallmatrix", "bsmallmatrix", "bmatrix*", "pmatrix*",
    )
)  # fmt: skip
"""Tokens that begin a matrix in LaTeX."""

_LENGTHS = frozenset("pt em ex cm mm in".split())
_MINUS_ONE = Unary("-", Number(Fraction(1), "1"))


def environment(parser: Parser) -> Node:
    """A LaTeX matrix; its first token is next. A ``vmatrix`` is a determinant."""
    begin = parser.tokens[parser.at].text
    end = begin.replace("begin", "end")
    parser.at += 1
    if begin == "\\begin{array}" and parser.opens("{"):  # the letters of the columns
        while not parser.opens("}", ""):
            parser.at += 1
            if parser.at >= len(parser.tokens):
                raise parser.fail("“}”")
        parser.at += 1
    elif begin.endswith("*}") and parser.opens("[") and parser.ahead(2) == "]":  # how the columns are aligned
        parser.at += 3
    rows: list[list[Node | None]] = []
    row: list[Node | None] = [None]
    while True:
        token = parser.peek()
        if token is None:
            raise parser.fail("the end of the matrix")
        if token.text == "&":
            row.append(None)
            parser.at += 1
        elif token.kind is Kind.NEWLINE or token.text == "\\hline":
            parser.at += 1
        elif token.kind is Kind.ROW or token.text in (end, "\\cr"):
            if any(row):
                rows.append(row)
            row = [None]
            parser.at += 1
            if token.text == end:
                break
            if parser.opens("[") and parser.ahead(2) in _LENGTHS and parser.ahead(3) == "]":  # \\[2pt]
                parser.at += 4
        elif row[-1] is not None:
            raise parser.fail("“&” or the end of the row")
        else:
            row[-1] = _dots(parser) or parser.entry()
    matrix = _of_cells(rows)
    if matrix is None:
        raise parser.fail("a matrix with rows of equal length and an entry in every cell")
    return Call("det", (matrix,)) if begin == "\\begin{vmatrix}" else matrix


def _of_cells(rows: list[list[Node | None]]) -> Node | None:
    """A matrix; a diagonal one may have nothing, or dots, beside its diagonal. None where cells are left open."""
    while rows and all(len(row) > 1 and row[-1] is None for row in rows):
        rows = [row[:-1] for row in rows]
    full = [tuple(cell for cell in row if cell is not None) for row in rows]
    size = len(rows)
    if not rows or len({len(row) for row in rows}) != 1:
        return None
    beside = [cell for i, row in enumerate(rows) for j, cell in enumerate(row) if i != j]
    dotted = size > 1 and all(len(row) == size for row in rows) and rows[0][0] != _DOTS != rows[-1][-1]
    if dotted and all(cell is None or _is_zero(cell) for cell in beside):
        diagonal = [rows[i][i] for i in range(size)]
        entries = tuple(cell for cell in diagonal if cell is not None)
        if len(entries) == size and (_DOTS in entries or None in beside):
            return Call("diag", entries)
    return Matrix(tuple(full)) if sum(map(len, full)) == sum(map(len, rows)) else None


_DOTS = Symbol("…")


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _dots(parser: Parser) -> Node | None:
    if parser.opens("…", "\\vdots", "\\ddots"):
        parser.at += 1
        return Symbol("…")
    return None


def square(parser: Parser) -> Node:
    """What stands in square brackets, which are next: a list, a matrix, or an expression in brackets.

    Read are ``[1, 2]``, ``[1 2; 3 4]``, ``[[1, 2], [3, 4]]`` and numpy's ``[[1. 2.] [3. 4.]]``.
    """
    inside = parser.at > 0 and parser.tokens[parser.at - 1].text in ("[", ",")
    parser.at += 1
    bars, parser.bars = parser.bars, 0
    rows: list[tuple[Node, ...]] = []
    row: list[Node] = []
    commas = False
    while True:
        while parser.opens("\n", "\n\n"):
            parser.at += 1
        token = parser.peek()
        if token is None:
            raise parser.fail("“]”")
        if token.text == "]":
            break
        if token.text == ";" and row:
            rows.append(tuple(row))
            row = []
            parser.at += 1
        elif token.text == ",":
            if not row or parser.tokens[parser.at - 1].text == ",":
                raise parser.fail("an expression")
            commas = True
            parser.at += 1
        else:
            row.append(_dots(parser) or _spaced(parser) or parser.entry())
    parser.bars = bars
    parser.expect("]")
    if rows:
        rows += [tuple(row)] if row else []
        if len({len(cells) for cells in rows}) != 1:
            raise parser.fail("rows of equal length")
        return Matrix(tuple(rows)) if len(rows[0]) > 1 or len(rows) > 1 else Listing("[", rows[0])
    if inside and parser.opens(",", "]"):  # a row of one entry, as in [[x], [y]]
        return as_matrix(Listing("[", tuple(row)))
    if len(row) == 1 and not commas and not isinstance(row[0], Number | Listing):
        return row[0] if not isinstance(row[0], Unary) else Listing("[", tuple(row))
    return as_matrix(Listing("[", tuple(row)))


def _spaced(parser: Parser) -> Node | None:
    """A number with nothing but space around it, as numpy prints lists: ``[1 -2 3]``."""
    tokens, at = parser.tokens, parser.at
    negative = tokens[at].text == "-"
    at += negative
    if at >= len(tokens) or tokens[at].kind is not Kind.NUM or (negative and tokens[at].space):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not (following.space or following.text in ("]", "\n", ",", ";")):
        return None
    if following.space and following.kind is not Kind.NUM and following.text not in ("]", ","):
        after = tokens[at + 2] if at + 2 < len(tokens) else None
        if following.text != "-" or after is None or after.kind is not Kind.NUM or after.space:
            return None
    token = tokens[at]
    parser.at = at + 1
    number = Number(token.value or Fraction(0), token.text)
    return Unary("-", number) if negative else number


def as_matrix(listing: Listing) -> Node:
    """A list of rows of equal length as a matrix; any other list as it is.

    Args:
        listing: as read.
    """
    rows = listing.items
    if not rows or not all(isinstance(row, Listing) and row.bracket == "[" and row.items for row in rows):
        return listing
    lists = [row.items for row in rows if isinstance(row, Listing)]
    return Matrix(tuple(lists)) if len({len(cells) for cells in lists}) == 1 else listing


def named(parser: Parser, function: str) -> Node:
    """A function as programs call it, with its arguments in brackets, which are next.

    Args:
        parser: past the name.
        function: its one name.
    """
    opening = parser.tokens[parser.at].text
    inner = parser.bracketed(opening)
    arguments = inner.items if isinstance(inner, Listing) and inner.bracket == opening and inner.items else (inner,)
    if function == "array":  # array((1, 2)) holds the list of both
        return arguments[0] if len(arguments) == 1 else as_matrix(Listing("(", tuple(arguments)))
    if function == "binom" and len(arguments) != 2:
        raise parser.fail("a binomial coefficient of two numbers")
    if function == "eye" and len(arguments) == 1:
        size = arguments[0]
        return Symbol("I", size.text if isinstance(size, Number) and size.text.isdecimal() else "")
    if function == "sum" and len(arguments) == 1:
        return Big("Σ", arguments[0], "")
    if len(arguments) == 1:
        return _of_one(function, arguments[0])
    if len(arguments) == 2:
        return _of_two(function, *arguments)
    return Call(function, arguments)


def _of_one(function: str, argument: Node) -> Node:
    if function == "inv":
        return Binary("^", argument, _MINUS_ONE)
    if function == "transpose":
        return Unary("ᵀ", argument)
    if function == "factorial":
        return Unary("!", argument)
    if function in ("log2", "log10"):
        base = function[3:]
        return Call("log", (argument,), Number(Fraction(int(base)), base))
    if function == "log1p":
        return Call("log", (Binary("+", Number(Fraction(1), "1"), argument),))
    if function == "cbrt":
        return Call("sqrt", (argument,), Number(Fraction(3), "3"))
    return Call(function, (argument,))


def _of_two(function: str, one: Node, other: Node) -> Node:
    if function in _PRODUCTS:
        return Binary(_PRODUCTS[function], one, other)
    if function == "outer":
        return Binary("*", one, Unary("ᵀ", other))
    if function == "pow":
        return Binary("^", one, other)
    if function == "root":
        return Call("sqrt", (one,), other)
    if function == "solve":
        return left_quotient(one, other)
    return Call(function, (one, other))


_PRODUCTS = {"matmul": "*", "kron": "⊗", "multiply": "∘"}


def left_quotient(one: Node, other: Node) -> Node:
    """What solves a linear system: ``solve(A, b)``, ``A \\ b``.

    Args:
        one: the matrix.
        other: the right-hand side.
    """
    return Binary("*", Binary("^", one, _MINUS_ONE), other)


def right_quotient(one: Node, other: Node) -> Node:
    """Matlab's ``B / A``.

    Args:
        one: the dividend.
        other: the divisor.
    """
    return Binary("*", one, Binary("^", other, _MINUS_ONE))
