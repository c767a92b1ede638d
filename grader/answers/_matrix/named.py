"""Matrices and vectors that are named and not written out: “the identity matrix”, ``I``, ``x_1 = 1, x_2 = -2``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Binary, Node, Number, Symbol, Unary

IDENTITIES = frozenset({"I", "𝐈", "Id", "𝟙"})
"""Symbols of the identity, where they are not declared as something else."""

_ONE = Number(Fraction(1), "1")
_ZERO = Number(Fraction(0), "0")
_NAMES: dict[tuple[str, ...], str] = {
    **dict.fromkeys((("identity",), ("identity", "matrix"), ("unit", "matrix")), "I"),
    **dict.fromkeys((("zero", "matrix"), ("zero", "vector"), ("null", "matrix"), ("null", "vector")), "0"),
}
_LETTERS = ("x", "y", "z", "w")


def by_name(tokens: Sequence[Token]) -> Node | None:
    """“the identity matrix”, “the 3×3 identity”, “the zero vector”; None for anything else.

    Args:
        tokens: of a bare answer.
    """
    if not 0 < len(tokens) < 8 or tokens[-1].kind is not Kind.WORD:
        return None
    words = tuple(t.text.lower() for t in tokens if t.kind is Kind.WORD and t.text.lower() not in ("the", "by"))
    sizes = [token.text for token in tokens if token.kind is Kind.NUM]
    others = [token for token in tokens if token.kind not in (Kind.WORD, Kind.NUM)]
    name = _NAMES.get(words)
    if name is None or any(token.text not in ("*", "-") for token in others) or len(set(sizes)) > 1:
        return None
    if name == "0":
        return _ZERO if not sizes else None
    return Symbol("I", sizes[0] if sizes else "")


def factor_of_identity(node: Node, known: frozenset[str]) -> Node | None:
    """The c of c·I, where I stands for the identity of whatever size; None for anything else.

    Args:
        node: as parsed.
        known: symbols that are declared.
    """
    if isinstance(node, Symbol):
        return _ONE if node.name in IDENTITIES - known and not node.sub else None
    if isinstance(node, Unary) and node.op == "-":
        inner = factor_of_identity(node.operand, known)
        return None if inner is None else Unary("-", inner)
    if isinstance(node, Binary) and node.op == "*" and factor_of_identity(node.right, known) == _ONE:
        return node.left
    return None


def components(tokens: Sequence[Token]) -> list[Token] | None:
    """The vector whose components are given one by one, in order, as a list in brackets; None where none are.

    Args:
        tokens: of a bare answer: ``x_1 = 1, x_2 = -2`` or ``x = 1, y = -2``.
    """
    out: list[Token] = []
    count, at = 0, 0
    first = tokens[0] if tokens else None
    if first is None or first.kind is not Kind.NAME:
        return None
    start = int(first.sub) if first.sub in ("0", "1") else None
    while at < len(tokens):
        token = tokens[at]
        named = token.kind is Kind.NAME and text_at(tokens, at + 1) == "="
        numbered = start is not None and token.symbol == f"{first.text}_{start + count}"
        lettered = start is None and count < len(_LETTERS) and token.symbol == _LETTERS[count]
        if not named or not (numbered or lettered):
            return None
        out.append(Token(Kind.SEP if count else Kind.OPEN, "," if count else "(", token.start, token.start))
        count, at, begin = count + 1, at + 2, at + 2
        while at < len(tokens) and not (tokens[at].kind in (Kind.SEP, Kind.NEWLINE) or tokens[at].text == "and"):
            at += 1
        if at == begin or any(token.text == "=" for token in tokens[begin:at]):
            return None
        out += tokens[begin:at]
        while at < len(tokens) and (tokens[at].kind in (Kind.SEP, Kind.NEWLINE) or tokens[at].text == "and"):
            at += 1
    end = tokens[-1].end
    return [*out, Token(Kind.CLOSE, ")", end, end)] if count > 1 else None
