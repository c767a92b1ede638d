"""What begins an expression: literals, symbols, brackets, fractions, roots, functions, sums, matrices."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.maths.reading import arrays, bigs, calls, spectral
from grader.maths.reading.scope import CONSTANTS
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Binary, Call, Listing, Matrix, Node, Number, Symbol, Unary

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

ONE = Fraction(1)

_FACTOR = 21
"""How tightly the operators of a factor bind."""

MATRICES = arrays.MATRICES


_OF_NUMBERS = frozenset("abs norm floor ceil indicator dot tr det binom rank gcd lcm".split())


def is_number(node: Node) -> bool:
    """Whether a node is a number, whatever its symbols stand for: a dot beside it multiplies.

    Args:
        node: a tree.
    """
    if isinstance(node, Call):
        return node.function in _OF_NUMBERS or (node.function == "sqrt" and is_number(node.arguments[0]))
    while isinstance(node, Unary | Binary):
        if isinstance(node, Binary) and node.op != "^":
            return False
        node = node.operand if isinstance(node, Unary) else node.left
    return isinstance(node, Number)


def is_ones(parser: Parser) -> bool:
    """Whether a 1 is the vector of ones: it stands behind a bracket as a factor, as in ``1ᵀ(A ∘ B)1``.

    Args:
        parser: where the 1 is next.
    """
    if not parser.opens("1") or not parser.scope.matrices or parser.scope.prose or not parser.at:
        return False
    closed = parser.tokens[parser.at - 1].text in (")", "]")
    return closed and parser.ahead() not in ("[", "(", "/", "^", ".")


def bracket_multiplies(parser: Parser, token: Token, left: Node) -> bool:
    """Whether a square bracket begins a factor: right after an operand, or a matrix after another one.

    Args:
        parser: where the bracket is next.
        token: the bracket.
        left: the operand before it.
    """
    if isinstance(left, Matrix) and parser.scope.matrices and parser.ahead() == "[":
        return True
    return not token.space and not parser.bracket_is_pair()


def in_bars(node: Node) -> bool:
    """Whether a product ends with something in bars, with or without a power, so that a bar after it opens.

    Args:
        node: a tree.
    """
    while isinstance(node, Binary) and node.op in "*^":
        node = node.left if node.op == "^" else node.right
    return isinstance(node, Call) and node.function in ("abs", "norm")


def prefix(parser: Parser) -> Node:
    """The operand that starts at the next token.

    Raises:
        NotAnExpressionError: none does.
    """
    token = parser.peek()
    if token is None:
        raise parser.fail("a number")
    kind, text = token.kind, token.text
    if kind is Kind.NUM and token.value is not None:
        parser.at += 1
        if text == "1" and parser.scope.free and parser.opens("[") and (found := bigs.indicator(parser)) is not None:
            return found
        return Number(token.value, text)
    if kind is Kind.NAME:
        return _name(parser, token)
    if kind is Kind.OP and (text in ("-", "+", "–") or (text == "±" and parser.scope.free)):
        parser.count()
        parser.at += 1
        first = parser.peek()
        operand = parser.expression(21)
        return operand if text == "+" else _signed("±" if text == "±" else "-", operand, first)
    if kind is Kind.OPEN:
        return _open(parser, token)
    if kind is Kind.COMMAND:
        return _command(parser, token)
    if text in ("√", "∛", "∜") or (kind is Kind.FUNC and text == "sqrt"):
        return _root(parser, text)
    if kind is Kind.FUNC:
        return calls.function(parser, token)
    if text == "|" and (parser.scope.free or parser.scope.known > CONSTANTS):
        return _bars(parser)
    if text == "‖" and parser.scope.free:
        return _norm(parser, "‖")
    if kind is Kind.WORD and parser.scope.free and calls.word_is_operand(parser, token):
        return calls.word(parser, token)
    raise parser.fail("an expression" if parser.scope.free else "a number")


def _signed(sign: str, operand: Node, first: Token | None) -> Node:
    """An operand after a sign, which belongs to the first factor: ``-xy`` as ``-x y``."""
    if isinstance(operand, Binary) and operand.op == "*" and calls.is_letters(first):
        return Binary("*", _signed(sign, operand.left, first), operand.right)
    return Unary(sign, operand)


def times(left: Node, right: Node, first: Token | None) -> Node:
    """A product; the letters of a word are factors as if they stood apart: ``2nd`` as ``2 n d``.

    Args:
        left, right: its factors.
        first: the token that the right one began with.
    """
    if isinstance(right, Binary) and right.op == "*" and calls.is_letters(first):
        return Binary("*", times(left, right.left, first), right.right)
    return Binary("*", left, right)


def side_by_side(parser: Parser, left: Node) -> Node:
    """A product without a sign, or a mixed number.

    Args:
        parser: where the second factor is next.
        left: the first one.
    """
    token = parser.tokens[parser.at]
    if is_ones(parser):
        parser.at += 1
        return Binary("*", left, Symbol("𝟙"))
    minus = isinstance(left, Unary) and left.op == "-" and isinstance(left.operand, Number)
    whole = left.operand if isinstance(left, Unary) and minus else left
    mixed = isinstance(whole, Number) and whole.value.denominator == 1 and token.text == "\\frac"
    right = parser.expression(_FACTOR)
    simple = isinstance(right, Binary) and right.op == "/" and isinstance(right.left, Number)
    if mixed and simple and minus:
        return Unary("-", Binary("+", whole, right))  # -1\frac{1}{2} is minus one and a half
    if mixed and simple:
        return Binary("+", left, right)  # 1\frac{1}{2} is one and a half
    return times(left, right, token)


def _name(parser: Parser, token: Token) -> Node:
    scope = parser.scope
    if token.text == "Σ" and scope.free and "Σ" not in scope.known and bigs.is_sum(parser, token):
        return bigs.big(parser, token, "Σ")
    if token.text == "Π" and scope.free and "Π" not in scope.known and bigs.is_sum(parser, token):
        return bigs.big(parser, token, "Π")
    if token.text == "𝟙" and scope.free:
        parser.at += 1
        return bigs.indicator(parser) or Symbol("𝟙", token.sub)
    if scope.matrices and token.text in spectral.LETTERS and (found := spectral.function(parser, token)) is not None:
        return found
    following = parser.ahead()
    if following and token.text in _DIFFERENTIALS and scope.free and (joined := token.text + following) in scope.known:
        parser.at += 2  # the upright d of dX
        if joined in scope.functions and parser.opens("("):
            return calls.applied(parser, joined)
        return Symbol(joined, parser.tokens[parser.at - 1].sub)
    if not scope.allows(token.symbol):
        raise parser.fail("an expression" if scope.free else "a number")
    parser.at += 1
    if scope.functions and (applied := calls.of_symbol(parser, token)) is not None:
        return applied
    if parser.opens("(") and (applied := calls.by_custom(parser, token)) is not None:
        return applied
    return Symbol(token.text, token.sub)


_DIFFERENTIALS = frozenset("d ∂ δ Δ D ∇".split())


def _open(parser: Parser, token: Token) -> Node:
    text = token.text
    if not parser.scope.free:
        if text in ("(", "{"):
            return parser.bracketed(text)
        raise parser.fail("a number")
    if text == "[":
        return arrays.square(parser)
    if text in ("⌊", "⌈"):
        return Call("floor" if text == "⌊" else "ceil", (parser.bracketed(text),))
    if text == "⟨":
        inner = parser.bracketed(text)
        return Call("dot", inner.items) if isinstance(inner, Listing) and len(inner.items) == 2 else inner
    inner = parser.bracketed(text)
    if text == "\\{" and not (isinstance(inner, Listing) and inner.bracket == "{"):
        return Listing("{", (inner,))
    if text == "(" and isinstance(inner, Listing) and inner.bracket == "(":
        return arrays.as_matrix(inner)
    return inner


def items(parser: Parser, closing: str) -> Node:
    """What stands between brackets: an expression, or several with commas between them.

    Args:
        parser: past the opening bracket.
        closing: the bracket that ends it; it is left for the caller.
    """
    bracket = {")": "(", "]": "[", "}": "{", "\\}": "{", "⟩": "⟨"}.get(closing, "(")
    if parser.opens(closing):
        return Listing(bracket, ())
    first = parser.entry()
    if parser.opens("\\choose"):
        parser.at += 1
        return Call("binom", (first, parser.entry()))
    if parser.opens("\\over"):
        parser.at += 1
        return Binary("/", first, parser.entry())
    if closing in ("}", "\\}") and parser.opens("if", "otherwise"):
        return bigs.braced_cases(parser, first)
    if not (parser.opens(",", ";") and parser.tokens[parser.at].kind is Kind.SEP):
        return first
    found = [first]
    while parser.opens(",", ";"):
        parser.at += 1
        while parser.opens("\n"):
            parser.at += 1
        if parser.opens(closing):
            break
        found.append(ellipsis(parser) or parser.entry())
    return Listing(bracket, tuple(found))


def ellipsis(parser: Parser) -> Node | None:
    """``…`` as an item, None if something else is next."""
    if not parser.opens("…"):
        return None
    parser.at += 1
    return Symbol("…")


def _command(parser: Parser, token: Token) -> Node:
    text = token.text
    ahead = parser.ahead()
    if text == "\\boxed" and ahead == "{" and parser.ahead(2) != "\\boxed":
        parser.at += 1
        return _boxed(parser)
    if text == "\\frac":
        parser.count()
        parser.at += 1
        top = _group(parser)
        return Binary("/", top, _group(parser))
    if text == "\\sqrt":
        return _root(parser, text)
    if parser.scope.free or text in ("\\binom", "\\dbinom", "\\tbinom"):
        if text in ("\\binom", "\\dbinom", "\\tbinom"):
            parser.count()
            parser.at += 1
            top = _group(parser)
            return Call("binom", (top, _group(parser)))
        if text in ("\\sum", "\\prod"):
            return bigs.big(parser, token, "Σ" if text == "\\sum" else "Π")
        if text == "\\begin{cases}":
            return bigs.cases(parser)
        if text in MATRICES:
            return arrays.environment(parser)
    raise parser.fail("an expression" if parser.scope.free else "a number")


def _boxed(parser: Parser) -> Node:
    """What stands in a box, whose brace is next: an expression, a relation, or several items."""
    if not parser.scope.free:
        return parser.bracketed("{")
    at = parser.at
    parser.at += 1
    node = parser.relation()
    if parser.take("}"):
        return node
    parser.at = at
    return parser.bracketed("{")


def _group(parser: Parser) -> Node:
    """An argument of a command: in braces, or a single number or symbol."""
    token = parser.peek()
    if token is not None and token.text == "{":
        return parser.bracketed("{")
    if token is not None and token.kind in (Kind.NUM, Kind.NAME, Kind.COMMAND):
        return prefix(parser)
    raise parser.fail("“{”")


def _root(parser: Parser, sign: str) -> Node:
    parser.count()
    parser.at += 1
    degree: Node | None = {"∛": Number(Fraction(3), "3"), "∜": Number(Fraction(4), "4")}.get(sign)
    if degree is None and parser.opens("["):
        parser.at += 1
        degree = parser.expression(0)
        parser.expect("]")
    argument = prefix(parser) if parser.opens("{", "(") else parser.expression(41)
    return Call("sqrt", (argument,), degree)


def _bars(parser: Parser) -> Node:
    """``|x|``; the opening bar is next. ``||x||`` is a norm."""
    if parser.ahead() == "|" and not parser.tokens[parser.at + 1].space:
        return _norm(parser, "|")
    parser.at += 1
    parser.bars += 1
    inner = parser.expression(0)
    parser.bars -= 1
    parser.expect("|")
    return Call("abs", (inner,))


def _norm(parser: Parser, bar: str) -> Node:
    width = 2 if bar == "|" else 1
    parser.at += width
    parser.bars += 1
    inner = parser.expression(0)
    parser.bars -= 1
    for _ in range(width):
        parser.expect(bar)
    return Call("norm", (inner,))
