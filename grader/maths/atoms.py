"""What begins an expression: literals, symbols, brackets, fractions, roots, functions, sums, matrices."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.maths import arrays, bigs
from grader.maths.tokens import Kind, Token
from grader.maths.tree import Binary, Call, Listing, Node, Number, Symbol, Unary

if TYPE_CHECKING:
    from grader.maths.parser import Parser

ONE = Fraction(1)

MATRICES = arrays.MATRICES

FUNCTION_WORDS = {
    "inv": "inv", "inverse": "inv", "pinv": "pinv", "transpose": "transpose", "diag": "diag", "Diag": "diag",
    "tr": "tr", "Tr": "tr", "trace": "tr", "det": "det", "rank": "rank", "norm": "norm", "vec": "vec",
    "softmax": "softmax", "sigmoid": "sigmoid", "sign": "sign", "sgn": "sign", "floor": "floor", "ceil": "ceil",
    "gcd": "gcd", "lcm": "lcm", "sec": "sec", "csc": "csc", "cot": "cot", "asin": "arcsin", "acos": "arccos",
    "atan": "arctan", "factorial": "factorial", "binom": "binom", "binomial": "binom", "comb": "binom",
    "outer": "outer", "dot": "dot", "solve": "solve", "inner": "dot", "matmul": "matmul", "log2": "log2", "log10": "log10",
    "log1p": "log1p", "cbrt": "cbrt", "root": "root", "Abs": "abs", "eye": "eye", "pow": "pow", "power": "pow", "sum": "sum",
    "coth": "coth", "sech": "sech", "csch": "csch", "arcsec": "arcsec", "asinh": "arsinh", "acosh": "arcosh",
    "atanh": "artanh", "arsinh": "arsinh", "arcosh": "arcosh", "artanh": "artanh", "arcsinh": "arsinh",
    "arccosh": "arcosh", "arctanh": "artanh", "hypot": "hypot", "relu": "relu", "ReLU": "relu",
    "array": "array", "asarray": "array", "Matrix": "array", "matrix": "array", "tensor": "array", "vector": "array",
}  # fmt: skip
"""Words that name a function where an argument in brackets follows; in prose they are words."""

_PREFIXES = frozenset({"np", "numpy", "torch", "jnp", "linalg", "math", "sp", "sympy", "scipy"})
_BARE = frozenset("tr Tr det rank diag sec csc cot vec sech csch coth trace sgn sign".split())
_STOP_WORDS = frozenset(
    "is are the and or for if of to in on at by as so we it be an that this then where with when else otherwise from "
    "not than which has have per via into all any each every both but only since because hence thus therefore let give "
    "gives get equals equal while mod".split()
)
"""Words of sentences, which are no products of letters."""

NO_PRODUCTS = _STOP_WORDS | _PREFIXES
"""Short words that are never read as letters side by side, besides the names of functions and of Greek letters."""

_LONGEST_PRODUCT = 3
"""Unknown words of up to so many letters are products of letters where other symbols may occur."""


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
        return _function(parser, token)
    if text == "|" and parser.scope.free:
        return _bars(parser)
    if text == "‖" and parser.scope.free:
        return _norm(parser, "‖")
    if kind is Kind.WORD and parser.scope.free and word_is_operand(parser, token):
        return _word(parser, token)
    raise parser.fail("an expression" if parser.scope.free else "a number")


def _signed(sign: str, operand: Node, first: Token | None) -> Node:
    """An operand after a sign, which belongs to the first factor: ``-xy`` as ``-x y``."""
    if isinstance(operand, Binary) and operand.op == "*" and is_letters(first):
        return Binary("*", _signed(sign, operand.left, first), operand.right)
    return Unary(sign, operand)


def is_letters(token: Token | None) -> bool:
    """Whether a word that was read as an operand stands for letters side by side, or for one symbol.

    Args:
        token: the word, or what else the operand began with.
    """
    if token is None or token.kind is not Kind.WORD:
        return False
    return token.text not in FUNCTION_WORDS and token.text not in _PREFIXES


def times(left: Node, right: Node, first: Token | None) -> Node:
    """A product; the letters of a word are factors as if they stood apart: ``2nd`` as ``2 n d``.

    Args:
        left, right: its factors.
        first: the token that the right one began with.
    """
    if isinstance(right, Binary) and right.op == "*" and is_letters(first):
        return Binary("*", times(left, right.left, first), right.right)
    return Binary("*", left, right)


def _name(parser: Parser, token: Token) -> Node:
    scope = parser.scope
    if token.text == "Σ" and scope.free and "Σ" not in scope.known and bigs.is_sum(parser, token):
        return bigs.big(parser, token, "Σ")
    if token.text == "Π" and scope.free and "Π" not in scope.known and bigs.is_sum(parser, token):
        return bigs.big(parser, token, "Π")
    if token.text == "𝟙" and scope.free:
        parser.at += 1
        return bigs.indicator(parser) or Symbol("𝟙", token.sub)
    following = parser.ahead()
    if following and token.text in _DIFFERENTIALS and scope.free and (joined := token.text + following) in scope.known:
        parser.at += 2  # the upright d of dX
        return Symbol(joined, parser.tokens[parser.at - 1].sub)
    if not scope.allows(token.symbol):
        raise parser.fail("an expression" if scope.free else "a number")
    parser.at += 1
    symbol = Symbol(token.text, token.sub)
    if token.symbol in scope.functions and parser.opens("("):
        return _applied(parser, token.symbol)
    return symbol


_DIFFERENTIALS = frozenset("d ∂ δ Δ D".split())


def _applied(parser: Parser, function: str, base: Node | None = None) -> Node:
    """A function with its arguments in brackets, which are next."""
    opening = parser.tokens[parser.at].text
    inner = parser.bracketed(opening)
    arguments = inner.items if isinstance(inner, Listing) and inner.bracket == opening else (inner,)
    return Call(function, arguments or (inner,), base)


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


def _function(parser: Parser, token: Token) -> Node:
    """A named function: its base, a power right after its name, and its argument with or without brackets."""
    parser.count()
    at = parser.at
    parser.at += 1
    name = {"ln": "log", "lg": "log"}.get(token.text, token.text)
    base: Node | None = Number(Fraction(2), "2") if token.text == "lg" and parser.scope.free else None
    if token.sub:
        base = _base(parser, token, at)
    if name in ("max", "min") and token.sub:
        return bigs.over(parser, token, name)
    power = None
    if parser.opens("^"):
        parser.at += 1
        power = prefix(parser)
    argument = _argument(parser)
    arguments = (
        argument.items if isinstance(argument, Listing) and argument.bracket in "({" and argument.items else (argument,)
    )
    if power is None:
        return Call(name, arguments, base)
    inverse = isinstance(power, Unary) and power.op == "-" and power.operand == Number(ONE, "1")
    if inverse and name in _INVERSES:
        return Call(_INVERSES[name], arguments, base)
    return Binary("^", Call(name, arguments, base), power)


_INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "sinh": "arsinh", "cosh": "arcosh", "tanh": "artanh"}


def _base(parser: Parser, token: Token, at: int) -> Node:
    """The base of a logarithm, from the subscript of its name."""
    sub = token.sub
    if sub.isascii() and sub.isdecimal() and len(sub) < 10:
        return Number(Fraction(int(sub)), sub)
    if parser.scope.free and len(sub) == 1 and sub.isalpha():
        return Symbol(sub)
    if token.text in ("max", "min"):
        return Symbol(sub)
    parser.at = at
    raise parser.fail("a number as the base of the logarithm")


def _argument(parser: Parser) -> Node:
    """The argument of a function: in brackets, or the factors up to the next function, sign or bracket."""
    if parser.opens("{", "("):
        return prefix(parser)
    if not parser.scope.free and not parser.opens("\\frac", "\\sqrt", "√"):
        first = parser.expression(21)
    else:
        first = parser.expression(21)
    while (token := parser.peek()) is not None and _goes_on(parser, token, first):
        parser.count()
        first = Binary("*", first, parser.expression(21))
    return first


def _goes_on(parser: Parser, token: Token, left: Node) -> bool:
    """Whether a factor side by side still belongs to the argument: ``sin 2x``, ``log nL``."""
    if token.kind is Kind.NAME and isinstance(left, Number | Symbol | Binary):
        return parser.starts_factor(token, left)
    return token.kind is Kind.COMMAND and token.text == "\\frac" and isinstance(left, Number) and parser.scope.free


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


def word_is_operand(parser: Parser, token: Token) -> bool:
    """Whether a word stands for a function or for symbols side by side, and is not a word of a sentence.

    Args:
        parser: where the word is next.
        token: the word.
    """
    word = token.text
    if word in parser.scope.known or token.symbol in parser.scope.known:
        return True
    if word in _PREFIXES:
        return parser.ahead() == "."
    following = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    called = following is not None and following.text in ("(", "{") and not following.space
    if word in FUNCTION_WORDS and (called or word in _BARE):
        return True
    if word in parser.scope.functions:
        return called
    if word == "sum" and token.sub:
        return True
    if word.lower() in _STOP_WORDS:
        return False
    if parser.scope.split(word) is not None:
        return True
    return not parser.scope.prose and len(word) <= _LONGEST_PRODUCT and not called


def _word(parser: Parser, token: Token) -> Node:
    word = token.text
    if token.symbol in parser.scope.known:
        parser.at += 1
        if token.symbol in parser.scope.functions and parser.opens("("):
            return _applied(parser, token.symbol)
        return Symbol(word, token.sub)
    if word in _PREFIXES:
        parser.at += 2
        return prefix(parser)
    if word == "sum" and token.sub:
        return bigs.big(parser, token, "Σ")
    if word in FUNCTION_WORDS and word not in parser.scope.known:
        following = parser.ahead()
        if following in ("(", "{"):
            parser.count()
            parser.at += 1
            return arrays.named(parser, FUNCTION_WORDS[word])
        if word in _BARE:
            return _function(parser, token._replace(text=FUNCTION_WORDS[word]))
    if word in parser.scope.functions:
        parser.at += 1
        return _applied(parser, word)
    parser.at += 1
    letters = parser.scope.split(word) or tuple(word)
    node: Node = Symbol(letters[0], token.sub if len(letters) == 1 else "")
    for place, letter in enumerate(letters[1:], 2):
        parser.count()
        node = Binary(
            "*", node, _last(parser, Symbol(letter, token.sub if place == len(letters) else ""), place == len(letters))
        )
    return node


def _last(parser: Parser, symbol: Symbol, is_last: bool) -> Node:
    """The last letter of a word with the powers and marks that follow it: ``nd^2`` is n times d²."""
    if not is_last or not parser.opens("^", "′", "!", "."):
        return symbol
    return parser.rest(symbol, 40)
