"""What a subscript says: numbers, or expressions in indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind
from grader.maths.tree import Node, Symbol, symbols_in

_SCOPE = Scope(free=True)


@lru_cache(maxsize=4096)
def parts(sub: str) -> tuple[Node, ...]:
    """The expressions in a subscript: two for ``i,j``, one for ``i+1``; none where it is a word.

    Args:
        sub: in the one spelling of the lexer.
    """
    found = []
    for piece in sub.split(","):
        tokens = tokenize(piece)
        try:
            node, after = parse_prefix(tokens, 0, _SCOPE)
        except NotAnExpressionError:
            return ()
        if after < len(tokens):
            return ()
        found.append(node)
    return tuple(found)


@lru_cache(maxsize=4096)
def letters(sub: str) -> tuple[Symbol, ...]:
    """The letters of a subscript of several, each an index: ``ij``."""
    tokens = tokenize(sub)
    if len(tokens) == 1 and tokens[0].kind is Kind.WORD:
        return tuple(Symbol(letter) for letter in sub)
    return ()


def indices_of(
    sub: str, value: Callable[[Node], Fraction | None], whole: Mapping[str, Fraction]
) -> tuple[int, ...] | None:
    """The values of the indices in a subscript, None where one of them has none.

    Args:
        sub: in the one spelling of the lexer.
        value: of an expression.
        whole: values of indices.
    """
    if sub.isdecimal() and len(sub) < 6:
        return (int(sub),)
    nodes: tuple[Node, ...] = parts(sub)
    if len(nodes) == 1 and len(sub) > 1 and (several := letters(sub)) and all(s.name in whole for s in several):
        nodes = several
    values = [value(node) for node in nodes]
    if not values or any(found is None or found.denominator != 1 for found in values):
        return None
    return tuple(int(found) for found in values if found is not None)


@lru_cache(maxsize=4096)
def index_names(sub: str) -> frozenset[str]:
    """Symbols that occur in a subscript, each letter of ``ij`` on its own too.

    Args:
        sub: in the one spelling of the lexer.
    """
    found: set[str] = set()
    for node in parts(sub):
        found |= symbols_in(node)
    return frozenset(found | {symbol.name for symbol in letters(sub)})
