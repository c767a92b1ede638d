"""Functions with their arguments, and words: which of them name a function, and which are symbols side by side."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.maths.reading import arrays, atoms, bigs, marks, programs, spectral
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Binary, Call, Listing, Node, Number, Symbol, Unary

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser
    from grader.maths.reading.scope import Scope


FUNCTION_WORDS = {
    "inv": "inv", "inverse": "inv", "pinv": "pinv", "transpose": "transpose", "diag": "diag", "Diag": "diag",
    "tr": "tr", "Tr": "tr", "trace": "tr", "det": "det", "rank": "rank", "norm": "norm", "vec": "vec",
    "softmax": "softmax", "sigmoid": "sigmoid", "logistic": "sigmoid", "logsumexp": "logsumexp", "lse": "logsumexp",
    "LSE": "logsumexp", "cond": "cond", "svd": "svd", "svdvals": "svdvals",
    "sign": "sign", "sgn": "sign", "floor": "floor", "ceil": "ceil",
    "gcd": "gcd", "lcm": "lcm", "sec": "sec", "csc": "csc", "cot": "cot", "asin": "arcsin", "acos": "arccos",
    "atan": "arctan", "factorial": "factorial", "binom": "binom", "binomial": "binom", "comb": "binom",
    "outer": "outer", "dot": "dot", "solve": "solve", "inner": "dot", "matmul": "matmul",
    "kron": "kron", "multiply": "multiply", "hadamard": "multiply",
    "log2": "log2", "log10": "log10",
    "log1p": "log1p", "cbrt": "cbrt", "root": "root", "Abs": "abs", "eye": "eye", "pow": "pow",
    "power": "pow", "sum": "sum",
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


_OF_PRODUCTS = frozenset({"tr", "det"})
"""Functions that are written before a product without brackets."""


def is_letters(token: Token | None) -> bool:
    """Whether a word that was read as an operand stands for letters side by side, or for one symbol.

    Args:
        token: the word, or what else the operand began with.
    """
    if token is None or token.kind is not Kind.WORD:
        return False
    return token.text not in FUNCTION_WORDS and token.text not in _PREFIXES


def applied(parser: Parser, function: str, base: Node | None = None) -> Node:
    """A function with its arguments in brackets, which are next."""
    opening = parser.tokens[parser.at].text
    inner = parser.bracketed(opening)
    arguments = inner.items if isinstance(inner, Listing) and inner.bracket == opening else (inner,)
    return Call(function, arguments or (inner,), base)


def of_symbol(parser: Parser, token: Token) -> Node | None:
    """A declared function of what stands in brackets, with primes after its name; None where it is not applied.

    Args:
        parser: past the name.
        token: the name.
    """
    primes = 0
    while parser.ahead(primes) == "′":
        primes += 1
    name = token.symbol if not primes else Symbol(token.text + "′" * primes, token.sub).full
    first = parser.at + primes
    opens = spectral.bracket_ahead(parser, first) if name in parser.scope.functions else None
    if opens is None:
        return None
    parser.at = opens
    return spectral.raised(parser, applied(parser, meaning(parser, name)), first, opens)


def by_custom(parser: Parser, token: Token) -> Node | None:
    """A symbol with one other symbol in brackets, of which one is declared and the other is not; None otherwise.

    Nobody writes a product so: ``σ(x)`` is a function of which nothing is known, and ``κ(A)`` is κ, said of A.

    Args:
        parser: past the first symbol, whose scope is one of numbers.
        token: the first symbol.
    """
    scope, bracket = parser.scope, parser.tokens[parser.at]
    inside = parser.tokens[parser.at + 1 : parser.at + 3]
    if not scope.free or scope.matrices or bracket.space or token.text in _NO_FUNCTIONS or len(inside) < 2:
        return None
    declared = token.symbol in scope.known
    if inside[0].kind is not Kind.NAME or inside[1].text != ")" or (inside[0].symbol in scope.known) == declared:
        return None
    if not declared:
        return applied(parser, token.symbol)
    parser.at += 3
    return Symbol(token.text, token.sub)


_NO_FUNCTIONS = frozenset("π e O Θ Ω d ∂ ∇ Δ".split())
"""Symbols that are numbers, costs or differentials."""


def meaning(parser: Parser, name: str) -> str:
    """The one name of the function that a symbol stands for.

    Args:
        parser: whose scope tells.
        name: of the symbol, with its primes.
    """
    return dict(parser.scope.meanings).get(name, name) if parser.scope.meanings else name


def function(parser: Parser, token: Token) -> Node:
    """A named function: its base, a power right after its name, and its argument with or without brackets."""
    parser.count()
    at = parser.at
    parser.at += 1
    name = {"ln": "log", "lg": "log"}.get(token.text, token.text)
    base: Node | None = Number(Fraction(2), "2") if token.text == "lg" and parser.scope.free else None
    if token.sub:
        base = _base(parser, token, at)
    elif parser.opens("1", "2", "10") and token.end - token.start == 3 and not parser.tokens[parser.at].space:
        number, following = parser.tokens[parser.at], parser.tokens[parser.at + 1 : parser.at + 3]
        if number.text == "1" and [t.text for t in following] == ["p", "("] and not any(t.space for t in following):
            parser.at += 2
            return arrays.named(parser, "log1p")
        if number.text != "1" and following and following[0].space:  # log2 n, not log 2n
            parser.at += 1
            base = Number(number.value or atoms.ONE, number.text)
    if name in ("max", "min") and token.sub:
        return bigs.over(parser, token, name)
    if parser.opens("′") and parser.scope.free:  # tanh′ is a derivative
        parser.at += 1
        name += "′"
    power = None
    if parser.opens("^"):
        parser.at += 1
        power = atoms.prefix(parser)
    argument = _argument(parser, name)
    arguments = (
        argument.items if isinstance(argument, Listing) and argument.bracket in "({" and argument.items else (argument,)
    )
    if power is None:
        return Call(name, arguments, base)
    inverse = isinstance(power, Unary) and power.op == "-" and power.operand == Number(atoms.ONE, "1")
    if inverse and name in _INVERSES:
        return Call(_INVERSES[name], arguments, base)
    return Binary("^", Call(name, arguments, base), power)


_INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "sinh": "arsinh", "cosh": "arcosh", "tanh": "artanh"}


def _base(parser: Parser, token: Token, at: int) -> Node:
    """The base of a logarithm, from the subscript of its name."""
    sub = token.sub
    if sub.isascii() and sub.isdecimal() and len(sub) < 10:
        return Number(Fraction(int(sub)), sub)
    if len(sub) == 1 and sub.isalpha() and parser.scope.allows(sub):
        return Symbol(sub)
    if token.text in ("max", "min"):
        return Symbol(sub)
    parser.at = at
    raise parser.fail("a number as the base of the logarithm")


def _argument(parser: Parser, name: str) -> Node:
    """The argument of a function: in brackets, or the factors up to the next function, sign or bracket."""
    if parser.opens("("):
        at = parser.at
        inner = parser.bracketed("(")  # two lists are two arguments, and no matrix
        if name not in _OF_PRODUCTS or not marks.transposes(parser):
            return inner
        parser.at = at  # no number is transposed: Tr (A ∘ B)ᵀC is the trace of the whole product
    if parser.opens("{"):
        return atoms.prefix(parser)
    if parser.opens("\\{"):
        return parser.bracketed("\\{")
    if not parser.scope.free and not parser.opens("\\frac", "\\sqrt", "√"):
        first = parser.expression(21)
    else:
        first = parser.expression(21)
    while (token := parser.peek()) is not None and (
        _goes_on(parser, token, first) or (name in _OF_PRODUCTS and _is_in_product(parser, token, first))
    ):
        parser.wide = parser.wide or token.space
        if parser.narrow and token.space:
            break
        parser.count()
        first = Binary("*", first, parser.expression(21))
    return first


def _goes_on(parser: Parser, token: Token, left: Node) -> bool:
    """Whether a factor side by side still belongs to the argument: ``sin 2x``, ``log nL``."""
    if token.kind is Kind.NAME and isinstance(left, Number | Symbol | Binary):
        return parser.starts_factor(token, left)
    return token.kind is Kind.COMMAND and token.text == "\\frac" and isinstance(left, Number) and parser.scope.free


def _is_in_product(parser: Parser, token: Token, left: Node) -> bool:
    """Whether a factor belongs to the product whose trace is taken: ``Tr AᵀB``, ``Tr Aᵀ(B ∘ C)``."""
    return (token.kind is Kind.NAME or token.text == "(") and parser.scope.free and parser.starts_factor(token, left)


def is_prose_word(token: Token, scope: Scope) -> bool:
    """Whether a word opens no expression among words, whatever follows it; False where that depends on what does.

    Args:
        token: the word.
        scope: of expressions in prose.
    """
    word = token.text
    if word in scope.known or token.symbol in scope.known or word in _PREFIXES or word in FUNCTION_WORDS:
        return False
    if word in scope.functions or word == "sum" or not scope.prose:
        return False
    return word.lower() in _STOP_WORDS or scope.split(word) is None


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
    if word in FUNCTION_WORDS and parser.ahead() == "′" and parser.ahead(2) == "(":
        return True  # sigmoid′(x)
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


def word(parser: Parser, token: Token) -> Node:
    """The operand that a word stands for, which is next: a function, or symbols side by side."""
    word = token.text
    if token.symbol in parser.scope.known:
        parser.at += 1
        if token.symbol in parser.scope.functions and parser.opens("("):
            return applied(parser, token.symbol)
        return Symbol(word, token.sub)
    if word in _PREFIXES:
        parser.at += 2
        return atoms.prefix(parser)
    if word == "sum" and token.sub:
        return bigs.big(parser, token, "Σ")
    if word in FUNCTION_WORDS and word not in parser.scope.known:
        following = parser.ahead()
        if following == "′" and parser.ahead(2) == "(":
            parser.at += 2
            return applied(parser, f"{FUNCTION_WORDS[word]}′")
        if following in ("(", "{"):
            parser.count()
            parser.at += 1
            if word in programs.SPECTRAL:
                return programs.call(parser, word, spectral.below(token.sub))
            at = parser.at - 1
            found = arrays.named(parser, FUNCTION_WORDS[word])
            if FUNCTION_WORDS[word] not in _OF_PRODUCTS or not marks.transposes(parser):
                return found
            parser.at = at
        if word in _BARE:
            return function(parser, token._replace(text=FUNCTION_WORDS[word]))
    if word in parser.scope.functions:
        parser.at += 1
        return applied(parser, word)
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
    if is_last and parser.scope.functions:  # hf′(x)
        applied = of_symbol(parser, parser.tokens[parser.at - 1]._replace(text=symbol.name, sub=symbol.sub))
        if applied is not None:
            return applied
    if not is_last or not parser.opens("^", "′", "!", "."):
        return symbol
    return parser.rest(symbol, 40)
