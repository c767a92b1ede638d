"""Tokens to expression trees: a Pratt parser for scalar expressions, linear in the tokens.

``parse_prefix`` reads the longest expression that starts at a token; a bare answer is read with
``parse_all``, to which every token must belong. Names are read only where the caller knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from grader.diagnostics import AnswerError, Span, student_error
from grader.maths.tokens import CLOSING, Kind, Token
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary

MAX_DEPTH = 60
"""Deepest nesting that is read."""

MAX_NODES = 250
"""Most operations in one expression."""

_PAIR_LOOK = 40
"""Tokens that are looked at to tell a pair in brackets from a factor; bounded, to keep parsing linear."""

CONSTANTS = frozenset({"π", "e"})
"""Names that are numbers wherever numbers are read."""

_SUM, _PRODUCT, _POWER = 10, 20, 40
_BINDING = {"+": _SUM, "-": _SUM, "–": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
"""How tightly operators bind. What stands to the right of one must bind more tightly, by at least 1."""


class NotAnExpressionError(ValueError):
    """No expression starts here.

    Args:
        at: index of the token at which reading stopped (may be one past the last).
        expected: what could have stood there, for the message.
    """

    def __init__(self, at: int, expected: str) -> None:
        super().__init__(f"expected {expected}")
        self.at = at
        self.expected = expected


def parse_prefix(
    tokens: Sequence[Token], at: int, names: Callable[[str], bool] = CONSTANTS.__contains__
) -> tuple[Node, int]:
    """The longest expression from token ``at`` on, and the index past its last token.

    Args:
        tokens: of the whole text.
        at: where to begin.
        names: which symbols may occur; at any other, the expression ends.

    Raises:
        NotAnExpressionError: none starts there, or one starts and breaks off.
    """
    parser = _Parser(tokens, at, names)
    return parser.expression(0), parser.at


def parse_all(
    tokens: Sequence[Token], names: Callable[[str], bool] = CONSTANTS.__contains__, what: str = "a number"
) -> Node:
    """The expression that the tokens are, all of them.

    Args:
        tokens: of a bare answer.
        names: which symbols may occur.
        what: what was expected, for the message.

    Raises:
        AnswerError: they are not one; the span points at the first token that does not fit.
    """
    try:
        node, after = parse_prefix(tokens, 0, names)
    except NotAnExpressionError as error:
        raise unreadable(tokens, error.at, f"expected {error.expected}", what) from error
    if after < len(tokens):
        raise unreadable(tokens, after, f"{what} should end here", what)
    return node


def unreadable(tokens: Sequence[Token], at: int, expected: str, what: str) -> AnswerError:
    """The error for a token that does not fit.

    Args:
        tokens: of a bare answer.
        at: index of the token; past the last where the answer ends too early.
        expected: what could have stood there, as the end of a sentence.
        what: the kind of answer that was expected, for the fix.

    Returns:
        The error, for the caller to raise.
    """
    if at < len(tokens):
        token = tokens[at]
        shown = {"\n": "the end of the line", "\n\n": "the end of the line", "\t": "a tab"}.get(
            token.text, f"“{token.text[:40]}”"
        )
        span = Span("<answer>", token.start, token.end, 1, token.start + 1)
        found = f"found {shown}"
    else:
        end = tokens[-1].end if tokens else 0
        span = Span("<answer>", end, end, 1, end + 1)
        found = "the answer ends here" if tokens else "the answer is empty"
    return AnswerError(
        student_error("answer-unreadable", f"{found}; {expected}", span, f"write {what} and nothing else")
    )


class _Parser:
    def __init__(self, tokens: Sequence[Token], at: int, names: Callable[[str], bool]) -> None:
        self.tokens = tokens
        self.at = at
        self.names = names
        self.depth = 0
        self.nodes = 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def expression(self, least: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAnExpressionError(self.at, f"nesting of at most {MAX_DEPTH} levels")
        left = self.prefix()
        while (token := self.peek()) is not None:
            self._count()
            if token.kind is Kind.OP and token.text in _BINDING:
                power = _BINDING[token.text]
                if power < least or (token.text == "–" and not self._dash_is_minus(token)):
                    break
                self.at += 1
                op = "-" if token.text == "–" else token.text
                right = self.exponent() if op == "^" else self.expression(power + 1)
                left = Binary(op, left, right)
            elif token.text in ("%", "!") or token.text.lower() in ("percent", "pct"):
                self.at += 1
                left = Unary("!" if token.text == "!" else "%", left)
            elif least <= _PRODUCT and self.is_times_ten(token, left):
                self.at += 1
                left = Binary("*", left, self.expression(_PRODUCT + 1))
            elif least <= _PRODUCT and self.starts_factor(token, left):
                mixed = isinstance(left, Number) and left.value.denominator == 1 and token.text == "\\frac"
                right = self.expression(_PRODUCT + 1)
                simple = isinstance(right, Binary) and isinstance(right.left, Number)
                left = Binary("+" if mixed and simple else "*", left, right)  # 1\frac{1}{2} is one and a half
            else:
                break
        self.depth -= 1
        return left

    def _count(self) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise NotAnExpressionError(self.at, f"an expression of at most {MAX_NODES} operations")

    def _dash_is_minus(self, token: Token) -> bool:
        """An en dash is a minus with space on both sides; without, it joins the ends of a range."""
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        return token.space and following is not None and following.space

    def is_times_ten(self, token: Token, left: Node) -> bool:
        """Whether a letter x is a multiplication sign, as in ``7.5 x 10^-1``."""
        ahead = [t.text for t in self.tokens[self.at + 1 : self.at + 3]]
        return isinstance(left, Number) and token.text in ("x", "X") and ahead == ["10", "^"]

    def starts_factor(self, token: Token, left: Node) -> bool:
        """Whether a token goes on with a product without a sign, as in ``2π`` and ``3√2``."""
        if token.kind is Kind.NAME:
            return self.names(token.symbol)
        if token.kind is Kind.FUNC or token.text in ("\\frac", "\\sqrt", "√"):
            return token.kind is not Kind.FUNC or token.text not in ("max", "min")
        if token.text == "(" and token.kind is Kind.OPEN:
            return not token.space and not self.bracket_is_pair()
        return token.kind is Kind.NUM and isinstance(left, Symbol) and not token.space

    def bracket_is_pair(self) -> bool:
        """Whether the bracket ahead holds a pair or more, and so is no factor; looks a few tokens ahead."""
        depth = 0
        for token in self.tokens[self.at : self.at + _PAIR_LOOK]:
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            if depth == 0:
                return False
            if depth == 1 and token.kind is Kind.SEP:
                return True
        return False

    def exponent(self) -> Node:
        self._count()
        token = self.peek()
        if token is not None and token.kind is Kind.OP and token.text in ("-", "+", "–"):
            self.at += 1
            inner = self.exponent()
            return inner if token.text == "+" else Unary("-", inner)
        return self.expression(_POWER)

    def prefix(self) -> Node:
        token = self.peek()
        if token is None:
            raise NotAnExpressionError(self.at, "a number")
        if token.kind is Kind.NUM and token.value is not None:
            self.at += 1
            return Number(token.value, token.text)
        if token.kind is Kind.NAME and self.names(token.symbol):
            self.at += 1
            return Symbol(token.text, token.sub)
        if token.kind is Kind.OP and token.text in ("-", "+", "–"):
            self.at += 1
            operand = self.expression(_PRODUCT + 1)
            return operand if token.text == "+" else Unary("-", operand)
        if token.kind is Kind.OPEN and token.text in ("(", "{"):
            return self.bracketed(token.text)
        ahead = [t.text for t in self.tokens[self.at + 1 : self.at + 3]]
        if token.text == "\\boxed" and ahead[:1] == ["{"] and ahead[1:] != ["\\boxed"]:
            self.at += 1
            return self.bracketed("{")
        if token.text == "\\frac":
            self.at += 1
            top = self.group()
            return Binary("/", top, self.group())
        if token.text in ("√", "\\sqrt") or (token.kind is Kind.FUNC and token.text == "sqrt"):
            return self.root()
        if token.kind is Kind.FUNC:
            return self.call(token)
        raise NotAnExpressionError(self.at, "a number")

    def bracketed(self, opening: str) -> Node:
        self.at += 1
        inner = self.expression(0)
        self.expect(CLOSING[opening])
        return inner

    def expect(self, text: str) -> None:
        token = self.peek()
        if token is None or token.text != text:
            raise NotAnExpressionError(self.at, f"“{text}”")
        self.at += 1

    def group(self) -> Node:
        """An argument of ``\\frac``: in braces, or a single number or symbol."""
        token = self.peek()
        if token is not None and token.text == "{":
            return self.bracketed("{")
        if token is not None and token.kind in (Kind.NUM, Kind.NAME):
            return self.prefix()
        raise NotAnExpressionError(self.at, "“{”")

    def root(self) -> Node:
        self.at += 1
        degree: Node | None = None
        token = self.peek()
        if token is not None and token.text == "[":
            self.at += 1
            degree = self.expression(0)
            self.expect("]")
        return Call("sqrt", self.expression(_POWER + 1) if not self._opens("{", "(") else self.prefix(), degree)

    def call(self, token: Token) -> Node:
        self.at += 1
        base: Node | None = None
        if token.sub:
            if not (token.sub.isascii() and token.sub.isdecimal() and len(token.sub) < 10):
                raise NotAnExpressionError(self.at - 1, "a number as the base of the logarithm")
            base = _literal(token.sub)
        name = "log" if token.text in ("ln", "log") else token.text
        argument = self.prefix() if self._opens("{", "(") else self.expression(_PRODUCT + 1)
        return Call(name, argument, base)

    def _opens(self, *texts: str) -> bool:
        token = self.peek()
        return token is not None and token.text in texts


def _literal(digits: str) -> Number:
    return Number(Fraction(digits), digits)
