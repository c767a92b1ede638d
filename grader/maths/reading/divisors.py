"""What belongs to a divisor, and where a point is a product: signs whose reading depends on what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.maths.reading.tokens import Kind, Token

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

_CLOSING = frozenset(")]}|‖⟩")


def may_divide(parser: Parser, token: Token) -> bool:
    """Whether a factor that follows a quotient may belong to the divisor.

    "1/2x" may be 1/(2x). Among matrices a row is no divisor, so that "vvᵀ/vᵀv" can only be vvᵀ/(vᵀv); what stands
    behind a bracket does not belong to it, nor what stands behind a product that ends with the symbol by which it
    begins: "b xᵀx/xᵀx x".
    """
    before = parser.tokens[parser.at - 1]
    if before.kind is Kind.NUM:
        return not token.space
    if not parser.scope.matrices or (before.text in _CLOSING and not _script_ends(parser)):
        return False
    slash = next((i for i in range(parser.at - 1, -1, -1) if parser.tokens[i].text == "/"), -1)
    first = parser.tokens[slash + 1]
    return slash < 0 or slash + 2 >= parser.at or before.symbol != first.symbol


def _script_ends(parser: Parser) -> bool:
    """Whether the brace before closes what is raised or lowered, as in ``v^{\\top}``."""
    depth = 0
    for place in range(parser.at - 1, 0, -1):
        text = parser.tokens[place].text
        depth += (text == "}") - (text == "{")
        if depth == 0:
            return text == "{" and parser.tokens[place - 1].text in ("^", "_")
    return False


def joins_matrices(parser: Parser) -> bool:
    """Whether a point stands for a product: between the brackets of two matrices."""
    ends, starts = parser.tokens[parser.at - 1].text, parser.tokens[parser.at + 1 : parser.at + 3]
    return parser.scope.free and ends == "]" and [token.text for token in starts] == ["[", "["]
