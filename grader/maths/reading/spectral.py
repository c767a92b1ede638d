"""Condition numbers, singular values and eigenvalues: ``κ(A)``, ``σ_max(A)``, ``λ_i(AᵀA)``, and ``σ_1`` alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Binary, Call, Listing, Node, Number, Symbol

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

LETTERS = {"κ": "cond", "σ": "singular", "λ": "eigenvalue", "ρ": "radius"}
"""The letters, and the one name of the function of a matrix that each stands for."""

_ENDS = {"max": "max", "min": "min", "maximum": "max", "minimum": "min"}
_BARE = frozenset({"singular", "eigenvalue"})


def function(parser: Parser, token: Token) -> Node | None:
    """A function of the spectrum of a matrix; None where the letter is a symbol.

    Args:
        parser: where the letter is next.
        token: the letter.
    """
    scope, name = parser.scope, LETTERS[token.text]
    if token.symbol in scope.known:
        return None
    if token.sub and name == "radius":
        return None
    base = below(token.sub)
    if (token.sub and base is None) or (name in _BARE and not token.sub):
        return None
    start = parser.at
    opens = bracket_ahead(parser, start + 1)
    if opens is not None and (token.text not in scope.known or _is_declared_matrix(parser, opens)):
        return _applied(parser, name, base, start, opens)
    if name in _BARE and scope.spectrum and token.text not in scope.known:
        parser.at += 1
        return Call(name, (Symbol(*scope.spectrum.partition("_")[::2]),), base)
    return None


def below(sub: str) -> Node | None:
    """What stands below the letter: ``max``, ``min``, a number or an index; None where it is none of these.

    Args:
        sub: in the one spelling of the lexer.
    """
    from grader.maths.reading import subscripts  # it reads subscripts with the parser, and so needs it

    if sub in _ENDS:
        return Symbol(_ENDS[sub])
    if sub.isdecimal() and len(sub) < 4:
        return Number(Fraction(int(sub)), sub)
    if sub == "∞":
        return Symbol(sub)
    nodes = subscripts.parts(sub) if sub else ()
    return nodes[0] if len(nodes) == 1 and not isinstance(nodes[0], Listing) else None


def bracket_ahead(parser: Parser, at: int) -> int | None:
    """The index of the bracket around an argument, before which a power may stand: ``σ_i²(A)``; None if none is.

    Args:
        parser: where reading stands.
        at: index of the token after the name.
    """
    tokens = parser.tokens
    if at < len(tokens) and tokens[at].text == "^":
        at += 1
        if at + 2 < len(tokens) and tokens[at].text == "{" and tokens[at + 2].text == "}":
            at += 2
        if at < len(tokens) and (tokens[at].text == "}" or tokens[at].kind is Kind.NUM):
            at += 1
    return at if at < len(tokens) and tokens[at].text == "(" else None


def raised(parser: Parser, call: Node, first: int, opens: int) -> Node:
    """A call with the power that stands between its name and its bracket, if one does.

    Args:
        parser: which has read it.
        call: it.
        first: index of the token after the name.
        opens: index of the bracket.
    """
    power = next((token for token in parser.tokens[first:opens] if token.kind is Kind.NUM), None)
    if power is None or power.value is None:
        return call
    return Binary("^", call, Number(power.value, power.text))


def _is_declared_matrix(parser: Parser, at: int) -> bool:
    """Whether there is one declared matrix and nothing else in the brackets."""
    inside = parser.tokens[at + 1 : at + 3]
    if parser.tokens[at].space:
        return False
    return len(inside) == 2 and inside[0].symbol in parser.scope.matrices and inside[1].text == ")"


def _applied(parser: Parser, name: str, base: Node | None, start: int, opens: int) -> Node:
    """The function of what stands in the brackets, with the power before them."""
    parser.count()
    parser.at = opens
    call = Call(name, (parser.bracketed("("),), base)
    return raised(parser, call, start + 1, opens)
