"""Assumptions about variables, as text: ``d <= n``, ``L = 2^N``, ``m constant``, ``d = O(n)``, ``n ~ d``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.answers._growth.read import HEADS, WHAT, prepared, scope_of
from grader.diagnostics import AnswerError
from grader.maths.growth.assume import Assumption
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.tree import Call, Node, Number, Symbol

_SIGN = re.compile(
    r"\\leq?(?:slant)?(?![a-z])|\\geq?(?:slant)?(?![a-z])|\\ll(?![a-z])|\\gg(?![a-z])|\\sim(?![a-z])|\\asymp(?![a-z])|"
    r"\\in(?![a-z])|<<|>>|<=|>=|==|[≤≥<>≪≫~∼≍=∈]"
)
_SPELLED = {
    "\\le": "≤", "\\leq": "≤", "\\leqslant": "≤", "<=": "≤", "<": "≤", "\\ge": "≥", "\\geq": "≥", "\\geqslant": "≥",
    ">=": "≥", ">": "≥", "\\ll": "≪", "<<": "≪", "\\gg": "≫", ">>": "≫", "\\sim": "~", "∼": "~", "≍": "~",
    "\\asymp": "~", "==": "=", "∈": "=", "\\in": "=",
}  # fmt: skip
_CONSTANT = re.compile(r"\s*+(.+?)\s++(?:is\s++|are\s++)?(?:a\s++)?(?:constants?|fixed|bounded)\s*")
_GROWS = re.compile(r".+?(?:\s+(?:grows?|→\s*∞|->\s*(?:∞|inf|infinity|oo)|\\to\s*\\infty))\s*")
_TURNED = {"≥": "≤", "≳": "≲", "≫": "≪"}
_OF_CLASS = {"O": "≲", "Θ": "~", "Ω": "≳", "o": "≪", "ω": "≫"}


def read_assumptions(lines: Sequence[str], variables: tuple[str, ...]) -> tuple[Assumption, ...]:
    """Assumptions out of text.

    Args:
        lines: each with one or several, with commas, semicolons or “and” between them.
        variables: declared names.

    Raises:
        ValueError: one of them does not read.
    """
    return tuple(one for line in lines for piece in _pieces(line) for one in _read(piece, variables))


def _pieces(line: str) -> Iterator[str]:
    """What stands between commas, semicolons and “and”, outside of brackets."""
    depth, start = 0, 0
    for m in re.finditer(r"[(\[{]|[)\]}]|[,;]|\band\b|$", line):
        mark = m.group()
        depth += (mark in ("(", "[", "{")) - (mark in (")", "]", "}")) if mark else 0
        if (mark in (",", ";", "and") and depth == 0) or not mark:
            if piece := line[start : m.start()].strip():
                yield piece
            start = m.end()


def _read(piece: str, variables: tuple[str, ...]) -> Iterator[Assumption]:
    if _GROWS.fullmatch(piece):
        return
    if m := _CONSTANT.fullmatch(piece):
        yield Assumption("constant", _side(m.group(1), piece, variables))
        return
    signs = [_SPELLED.get(m.group(), m.group()) for m in _SIGN.finditer(piece)]
    sides = [_side(side, piece, variables) for side in _SIGN.split(piece)] if signs else []
    if not signs:
        raise ValueError(f"expected an assumption such as “d <= n”, “L = 2^N” or “m constant”, found {piece!r}")
    for left, sign, right in zip(sides, signs, sides[1:], strict=False):
        yield _one(left, sign, right)


def _one(left: Node, sign: str, right: Node) -> Assumption:
    if isinstance(right, Call) and right.function in HEADS and sign == "=":
        sign, right = _OF_CLASS.get(HEADS[right.function], "≲"), right.argument
        if isinstance(right, Number) and sign in ("≲", "~") and isinstance(left, Symbol):
            return Assumption("constant", left)
    return Assumption(_TURNED[sign], right, left) if sign in _TURNED else Assumption(sign, left, right)


def _side(text: str, piece: str, variables: tuple[str, ...]) -> Node:
    try:
        return parse_all(prepared(tokenize(text)), scope_of(variables), WHAT)
    except AnswerError as error:
        raise ValueError(f"cannot read {text.strip()!r} in the assumption {piece!r}") from error
