"""What stands after an operand: powers, transposes, primes, factorials, percent, degrees, subscripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.maths.reading import atoms
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Big, Binary, Call, Node, Number, Symbol, Unary

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

_TRANSPOSING = frozenset({"T", "⊤", "t", "⊺", "H", "*"})
_POWER = 40


def raised(parser: Parser, left: Node) -> Node:
    """What ``^`` makes of an operand: a power, a transpose, degrees, a prime or another mark."""
    parser.at += 1
    braced = parser.opens("{")
    mark = parser.ahead() if braced else (parser.tokens[parser.at].text if parser.at < len(parser.tokens) else "")
    closes = not braced or parser.ahead(2) == "}"
    if closes and mark in ("∘", "°"):
        parser.at += 3 if braced else 1
        return Unary("°", left)
    if closes and mark in ("′", "″"):
        parser.at += 3 if braced else 1
        return _primed(parser, left, 2 if mark == "″" else 1)
    if closes and mark in ("+", "†") and not (mark == "+" and not braced and _is_sign(parser, left)):
        parser.at += 3 if braced else 1
        return Call("pinv", (left,))
    if closes and mark in _TRANSPOSING and _may_transpose(parser, mark):
        parser.at += 3 if braced else 1
        return Unary("ᵀ", _ones(left) if parser.scope.matrices else left)
    one = int(parser.ahead(2) == "1")
    inverse = braced and mark == "-" and parser.ahead(2 + one) in _TRANSPOSING and parser.ahead(3 + one) == "}"
    if inverse and _may_transpose(parser, parser.ahead(2 + one)):  # A^{-T}, A^{-1T}
        parser.at += 4 + one
        return Unary("ᵀ", Binary("^", left, Unary("-", Number(atoms.ONE, "1"))))
    if braced and mark == "(" and isinstance(left, Symbol) and parser.ahead(3) == ")" and parser.ahead(4) == "}":
        index = parser.ahead(2)  # x^{(1)} is another symbol than x
        if index.isalnum() and len(index) <= 3:
            parser.at += 5
            return Symbol(f"{left.name}⁽{index}⁾", left.sub)
    if isinstance(left, Call) and left.function == "norm" and left.base is None and _is_plain(parser):
        power = atoms.prefix(parser)  # ‖A‖^2_F, whose subscript is that of the norm
        named = Call("norm", left.arguments, _subscript(parser, names_norm=True)) if parser.take("_") else left
        return Binary("^", named, power)
    return Binary("^", left, _exponent(parser))


def raised_entrywise(parser: Parser, left: Node) -> Node:
    """What numpy's ``**`` makes of an operand, by which each entry of a matrix is raised; a sign of a power is next.

    Args:
        parser: where the sign is next.
        left: the operand.
    """
    number = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    if number is None or number.text not in ("2", "3", "4"):
        return raised(parser, left)
    parser.at += 2
    power = left
    for _ in range(int(number.text) - 1):
        power = Binary("∘", power, left)
    return power


def _is_plain(parser: Parser) -> bool:
    """Whether a number, with or without braces, is next, and a subscript follows it."""
    braced = parser.opens("{")
    token = parser.tokens[parser.at + braced] if parser.at + braced < len(parser.tokens) else None
    return token is not None and token.kind is Kind.NUM and parser.ahead(3 if braced else 1) == "_"


def _ones(node: Node) -> Node:
    """The vector of ones, where a 1 is transposed."""
    return Symbol("𝟙") if isinstance(node, Number) and node.text == "1" else node


def transposes(parser: Parser) -> bool:
    """Whether the mark that is next can only be that of a transpose: ``ᵀ``, ``^T``, ``′``.

    Args:
        parser: before it.
    """
    if parser.opens("′"):
        return bool(parser.scope.matrices)
    if not parser.opens("^"):
        return False
    mark = parser.ahead(2) if parser.ahead() == "{" else parser.ahead()
    return mark in ("T", "⊤", "⊺")


def _may_transpose(parser: Parser, mark: str) -> bool:
    scope = parser.scope
    if mark == "⊤" or (scope.free and mark in scope.matrices):  # no matrix stands in an exponent: T^T is T transposed
        return True
    return scope.free and mark not in scope.known and (mark != "t" or bool(scope.matrices))


def _is_sign(parser: Parser, left: Node) -> bool:
    """Whether a raised plus is the sign of the exponent after it, as in ``x^+2``; no matrix has one: ``S^+ U``."""
    token = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    if token is None or token.kind not in (Kind.NUM, Kind.NAME, Kind.OPEN):
        return False
    return token.kind is Kind.NUM or not (isinstance(left, Symbol) and left.full in parser.scope.matrices)


def _exponent(parser: Parser) -> Node:
    token = parser.peek()
    if token is not None and token.kind is Kind.OP and token.text in ("-", "+", "–"):
        parser.count()
        parser.at += 1
        inner = _exponent(parser)
        return inner if token.text == "+" else Unary("-", inner)
    return parser.expression(_POWER)


def is_dotted(parser: Parser, left: Node) -> bool:
    """Whether ``.T`` follows, as in numpy."""
    after = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    return parser.scope.free and after is not None and after.text in _METHODS and not after.space


_METHODS = frozenset({"T", "transpose", "dot", "sum", "trace"})
"""What programs write after a matrix and a dot."""


def belongs(parser: Parser, token: Token, left: Node) -> bool:
    """Whether a mark belongs to the operand before it."""
    if token.text in ("′", "″"):
        return parser.scope.free or (isinstance(left, Symbol) and f"{left.name}′" in parser.scope.known)
    if token.text == "_":
        return parser.scope.free or isinstance(left, Number)
    return token.text != "!" or parser.ahead() != "=" or parser.tokens[parser.at + 1].space  # n! = 6


def marked(parser: Parser, token: Token, left: Node) -> Node:
    """An operand with the mark that is next."""
    parser.at += 1
    if token.text in ("′", "″"):
        return _primed(parser, left, 2 if token.text == "″" else 1)
    if token.text == "_":
        return _lowered(parser, left)
    if token.text == ".":
        return _method(parser, left)
    return Unary({"!": "!", "°": "°", "degrees": "°"}.get(token.text, "%"), left)


def _method(parser: Parser, left: Node) -> Node:
    """What a method of numpy, whose name is next, makes of an operand: ``A.T``, ``A.dot(B)``, ``A.sum()``."""
    name = parser.tokens[parser.at].text
    parser.at += 1
    if name == "T":
        return Unary("ᵀ", left)
    parser.expect("(")
    other = parser.entry() if name == "dot" else None
    parser.expect(")")
    if other is not None:
        return Binary("*", left, other)
    if name == "sum":
        return Big("Σ", left, "")
    return Unary("ᵀ", left) if name == "transpose" else Call("tr", (left,))


def _primed(parser: Parser, left: Node, count: int) -> Node:
    """A prime: part of a symbol's name, or the transpose of a declared matrix."""
    if not isinstance(left, Symbol):
        if parser.scope.functions and not parser.scope.matrices:  # (fg)′ repeats the question of a derivative
            return Call("derivative", (left,))
        for _ in range(count):
            left = Unary("ᵀ", left)
        return left
    named = Symbol(left.name + "′" * count, left.sub)
    transposes = left.full in parser.scope.matrices and named.full not in parser.scope.known
    return Unary("ᵀ", left) if transposes and count == 1 else named


def _lowered(parser: Parser, left: Node) -> Node:
    """A subscript after a bracket or bar: which norm, or an entry of a matrix."""
    if isinstance(left, Call) and left.function == "norm" and left.base is None:
        return Call("norm", left.arguments, _subscript(parser, names_norm=True))
    if isinstance(left, Call) and left.function == "dot" and [t.text for t in parser.tokens[parser.at :][:1]] == ["F"]:
        parser.at += 1  # ⟨A, B⟩_F
        return left
    return Call("entry", (left, _subscript(parser)))


def _subscript(parser: Parser, *, names_norm: bool = False) -> Node:
    if parser.opens("{"):
        closes = parser.ahead(2) == "}"
        inside = parser.tokens[parser.at + 1] if closes else None
        if inside is not None and (names_norm or inside.text == "*") and inside.kind in _NAMING:
            parser.at += 3
            return Symbol(inside.text, inside.sub)
        parser.at += 1
        inner = atoms.items(parser, "}")
        parser.expect("}")
        return inner
    token = parser.peek()
    if token is None or not (token.kind in (Kind.NUM, Kind.NAME) or token.text == "*"):
        raise parser.fail("a subscript")
    parser.at += 1
    return Number(token.value, token.text) if token.value is not None else Symbol(token.text, token.sub)


_NAMING = (Kind.WORD, Kind.NAME, Kind.FUNC, Kind.OP)


def is_times_ten(parser: Parser, token: Token, left: Node) -> bool:
    """Whether a letter x is a multiplication sign, as in ``7.5 x 10^-1``.

    Args:
        parser: where the token is next.
        token: the letter.
        left: what stands before it.
    """
    if token.text not in ("x", "X") or not isinstance(left, Number):
        return False
    return parser.ahead(1) == "10" and parser.ahead(2) == "^"


def dash_is_minus(parser: Parser, token: Token) -> bool:
    """Whether an en dash is a minus: with space on both sides; without, it joins the ends of a range.

    Args:
        parser: where the token is next.
        token: the dash.
    """
    following = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    return token.space and following is not None and following.space
