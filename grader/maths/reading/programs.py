"""Functions as programs call them: ``np.linalg.norm(A, 'fro')``, ``np.linalg.svd(A)[1][0]``, ``np.linalg.cond(A)``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Call, Node, Number, Symbol

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

SPECTRAL = frozenset({"norm", "cond", "svd", "svdvals"})
"""Functions of one matrix whose second argument tells which norm is meant, or that give several things."""

_QUOTES = frozenset({"'", "′", '"', "’", "‘", "“", "”", "`"})


_NAMES = frozenset({"np", "numpy", "torch", "jnp", "@"})
_NEAR = 40
"""Tokens before and after a place that are looked at."""


def is_near(tokens: Sequence[Token], at: int) -> bool:
    """Whether numpy is spoken near a token: its names, its product, or a sum as a method.

    Args:
        tokens: of the text.
        at: index of the token.
    """
    near = tokens[max(0, at - _NEAR) : at + _NEAR]
    method = any(one.text == "." and other.text == "sum" and not other.space for one, other in pairwise(near))
    return method or any(token.text in _NAMES for token in near)


def divides_matrices(tokens: Sequence[Token], at: int) -> bool:
    """Whether Matlab is spoken near a token, where ``B / A`` is B times the inverse of A: it divides from the left too.

    Args:
        tokens: of the text.
        at: index of the token.
    """
    return any(token.text == "⧵" for token in tokens[max(0, at - _NEAR) : at + _NEAR])


def call(parser: Parser, function: str, below: Node | None = None) -> Node:
    """A function of a matrix, with its arguments in brackets, which are next.

    Args:
        parser: past the name.
        function: one of :data:`SPECTRAL`.
        below: which norm is meant, where its name tells.
    """
    qualified = parser.at > 1 and parser.tokens[parser.at - 2].text == "."
    opening = parser.tokens[parser.at].text
    closing = {"(": ")", "{": "}"}[opening]
    parser.at += 1
    bars, parser.bars = parser.bars, 0
    argument = parser.entry()
    which = below
    while parser.opens(","):
        parser.at += 1
        found = _option(parser)
        which = found or which
    parser.bars = bars
    parser.expect(closing)
    if function in ("svd", "svdvals"):
        return _values(parser, argument, of=function)
    if function == "norm" and which is None and qualified:
        which = Symbol("F")  # numpy's norm of a matrix, and of a vector the same
    return Call(function, (argument,), which)


def _option(parser: Parser) -> Node | None:
    """An argument that tells which norm is meant: ``2``, ``'fro'``, ``ord=2``, ``np.inf``; None for any other."""
    named = ""
    for length in (1, 2):  # full_matrices=, whose underscore is no token
        if parser.ahead(length) == "=":
            named = parser.tokens[parser.at].text
            parser.at += length + 1
            break
    if named and (parser.take("True") or parser.take("False")):
        return None
    if parser.opens(*_QUOTES):
        token = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
        if token is None or token.kind not in (Kind.WORD, Kind.NAME) or parser.ahead(2) not in _QUOTES:
            raise parser.fail("the name of a norm")
        parser.at += 3
        return Symbol(token.text)
    found = parser.entry()
    return found if named in ("", "ord", "p") else None


def _values(parser: Parser, argument: Node, of: str) -> Node:
    """The singular values that ``svd(A)[1]`` and ``svdvals(A)`` give, or one of them."""
    if of == "svd":
        if not (parser.opens("[") and parser.ahead() == "1" and parser.ahead(2) == "]"):
            raise parser.fail("[1] after svd(…): its singular values")
        parser.at += 3
    place = _place(parser)
    return Call("singular", (argument,), place)


def _place(parser: Parser) -> Node | None:
    """An index from 0 on in square brackets, or −1 for the last, as one from 1 on; None where none is next."""
    if not parser.opens("["):
        return None
    last = parser.ahead() == "-"
    number = parser.tokens[parser.at + 1 + last] if parser.at + 1 + last < len(parser.tokens) else None
    if number is None or number.value is None or parser.ahead(2 + last) != "]":
        raise parser.fail("an index in square brackets")
    if last and number.text != "1":
        raise parser.fail("[-1], the last")
    parser.at += 3 + last
    return Symbol("min") if last else Number(number.value + 1, str(int(number.text) + 1))


__all__ = ["SPECTRAL", "call"]
