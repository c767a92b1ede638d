"""Names that derivations give to things: ∂f/∂X, ∇_X f, dL/dW, L(W), W^*, each made one symbol."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, text_at

_STARS = frozenset({"*", "\\star", "\\ast", "⋆"})
_BEST = frozenset({"opt", "best", "ridge", "ols", "OLS", "LS", "ls", "min"})
_NAMES = (Kind.NAME, Kind.WORD)
_LONGEST_CALL = 14
"""Tokens between the brackets of ``L(W; X, λ)``."""


def named(tokens: Sequence[Token], scope: Scope, unknown: str = "") -> list[Token]:
    """Tokens in which each derivative, and each decorated unknown, is one symbol.

    Args:
        tokens: of a derivation.
        scope: what is declared.
        unknown: the symbol for which is solved: Ŵ, W^* and W_opt are W. "" if there is none.
    """
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if _is_foreign_differential(tokens[at], scope):
            out.append(tokens[at]._replace(kind=Kind.NAME))
            at += 1
            continue
        found = (
            _fraction(tokens, at, scope)
            or _slash(tokens, at, scope)
            or _nabla(tokens, at, scope)
            or (_starred(tokens, at, unknown, scope.known) if unknown else None)
        )
        if found is None:
            out.append(tokens[at])
            at += 1
            continue
        name, after = found
        first = tokens[at]
        text, _, below = (name, "", "") if "/" in name else name.partition("_")
        out.append(first._replace(kind=Kind.NAME, text=text, sub=below, value=None, end=tokens[after - 1].end))
        at = after
    return out


def _is_foreign_differential(token: Token, scope: Scope) -> bool:
    """Whether a word is the differential of a declared matrix, and not declared itself: dx is not d times x."""
    word = token.text
    return (
        token.kind is Kind.WORD
        and len(word) == 2
        and word[0] == "d"
        and word[1] in scope.matrices
        and (token.symbol not in scope.known)
    )


def bare(name: str) -> str:
    """A name without the mark above its letter."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def of_what(name: str) -> str:
    """The variable of a derivative: X for ∂f/∂X; "" for any other name."""
    above, _, below = name.partition("/∂")
    return below if above.startswith("∂") else ""


def _differential(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[str, int] | None:
    """``∂X``, ``dX`` or ``d X`` at a token: the name of X, and the index past it."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.text == "∂" or (token.text == "d" and not token.sub and "d" not in scope.known):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and following.kind in _NAMES:
            return following.symbol, at + 2
        return None
    if token.kind is Kind.WORD and token.text[0] == "d" and len(token.text) == 2:
        number = numbered(tokens, at)
        return token.text[1:] + (f"_{token.sub}" if token.sub else "") + number, at + 1 + len(number)
    return None


def numbered(tokens: Sequence[Token], at: int) -> str:
    """The digit that stands right after a name, as in ``L2``; "" if none does."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.kind is not Kind.NUM or following.space or tokens[at].sub:
        return ""
    return following.text if len(following.text) == 1 else ""


def _fraction(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[str, int] | None:
    """``\\frac{∂f}{∂X}``."""
    if tokens[at].text != "\\frac" or text_at(tokens, at + 1) != "{":
        return None
    above = _differential(tokens, at + 2, scope)
    if above is None or text_at(tokens, above[1]) != "}" or text_at(tokens, above[1] + 1) != "{":
        return None
    below = _differential(tokens, above[1] + 2, scope)
    if below is None or text_at(tokens, below[1]) != "}":
        return None
    return f"∂{above[0]}/∂{below[0]}", below[1] + 1


def _slash(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[str, int] | None:
    """``∂f/∂X``, ``df/dX``."""
    above = _differential(tokens, at, scope)
    if above is None or text_at(tokens, above[1]) != "/":
        return None
    below = _differential(tokens, above[1] + 1, scope)
    return None if below is None else (f"∂{above[0]}/∂{below[0]}", below[1])


def _nabla(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[str, int] | None:
    """``∇_X f``, ``∇_X f(X)``, ``∇f``; where f is declared as a function it is left alone."""
    token = tokens[at]
    if token.text != "∇" or token.symbol in scope.known or at + 1 >= len(tokens):
        return None
    function = tokens[at + 1]
    if function.kind not in _NAMES or f"∇{function.symbol}" in scope.functions or function.symbol in scope.known:
        return None
    after = at + 2
    if text_at(tokens, after) == "(" and (closing := closing_of(tokens, after)):
        after = closing
    return (f"∂{function.symbol}/∂{token.sub}" if token.sub else f"∇{function.symbol}"), after


def closing_of(tokens: Sequence[Token], at: int) -> int:
    """The index past the bracket that closes the one at a token; 0 if it is not near.

    Args:
        tokens: of the text.
        at: index of the opening bracket.
    """
    depth = 0
    for place in range(at, min(len(tokens), at + _LONGEST_CALL)):
        depth += (tokens[place].kind is Kind.OPEN) - (tokens[place].kind is Kind.CLOSE)
        if depth == 0:
            return place + 1
    return 0


def _starred(tokens: Sequence[Token], at: int, unknown: str, known: frozenset[str]) -> tuple[str, int] | None:
    """``W^*``, ``Ŵ``, ``W_opt``, ``W^{opt}`` where W is the unknown."""
    token = tokens[at]
    if token.kind is Kind.NAME and token.symbol not in known and text_at(tokens, at + 1) == "^":  # the best W̃ is W̃
        brace = text_at(tokens, at + 2) == "{"
        if text_at(tokens, at + 2 + brace) in _STARS and (not brace or text_at(tokens, at + 4) == "}"):
            return token.symbol, at + 3 + 2 * brace
    if token.kind not in _NAMES or bare(token.text) != unknown.partition("_")[0]:
        return None
    if token.text != bare(token.text) and unicodedata.normalize("NFD", token.text)[-1] != "\u0302":
        return None  # W̃ is another matrix
    sub, after = token.sub, at + 1
    marked = token.text != bare(token.text)
    if sub in _BEST or sub in _STARS:
        sub, marked = "", True
    if text_at(tokens, after) == "^":
        brace = text_at(tokens, after + 1) == "{"
        mark = text_at(tokens, after + 1 + brace)
        if (mark in _STARS or mark in _BEST) and (not brace or text_at(tokens, after + 3) == "}"):
            marked, after = True, after + 2 + 2 * brace
    name = bare(token.text) + (f"_{sub}" if sub else "")
    return (unknown, after) if marked and name == unknown else None
