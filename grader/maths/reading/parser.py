"""Tokens to expression trees: a Pratt parser, linear in the tokens (Pratt, “Top down operator precedence”, 1973).

``parse_prefix`` reads the longest expression that starts at a token; a bare answer is read with
``parse_all``, to which every token must belong. What begins an expression is read in :mod:`grader.maths.reading.atoms`.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.diagnostics import AnswerError, Span, student_error
from grader.maths.reading import arrays, atoms, calls, divisors, marks, programs
from grader.maths.reading.scope import NUMBERS, Scope
from grader.maths.reading.tokens import CLOSING, Kind, Token
from grader.maths.tree import Binary, Call, Node, Number, Relation, Symbol

MAX_DEPTH = 60
"""Deepest nesting that is read."""

MAX_NODES = 250
"""Most operations in one expression, or in one entry of a list or matrix."""

MAX_ENTRIES = 10_000
"""Most entries of lists and matrices in one expression."""

_PAIR_LOOK = 40
"""Tokens that are looked at to tell a pair in brackets from a factor; bounded, to keep parsing linear."""

SUM, PRODUCT, POWER = 10, 20, 40
"""How tightly operators bind. What stands to the right of one must bind more tightly, by at least 1."""

_BINDING = {
    "+": SUM, "-": SUM, "–": SUM, "±": SUM, "*": PRODUCT, "/": PRODUCT, "∘": PRODUCT, "⊗": PRODUCT, "@": PRODUCT,
    "⧵": PRODUCT, "^": POWER,
}  # fmt: skip
_SPELLED = {"–": "-", "@": "*"}
_RELATIONS = frozenset("= ≠ < ≤ > ≥ ∈ ∉ ≈".split())
_BREAKS = (Kind.ROW, Kind.NEWLINE)
_AFTER = frozenset({"%", "!", "′", "″", "°", "_", "percent", "pct", "percentage", "degrees"})
_FACTORS = frozenset(
    {"\\frac", "\\sqrt", "√", "∛", "∜", "\\binom", "\\dbinom", "\\tbinom", "\\sum", "\\prod", "⌊", "⌈", "𝟙"}
)


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


def parse_prefix(tokens: Sequence[Token], at: int, scope: Scope = NUMBERS) -> tuple[Node, int]:
    """The longest expression from token ``at`` on, and the index past its last token.

    Args:
        tokens: of the whole text.
        at: where to begin.
        scope: which symbols may occur; at any other, the expression ends.

    Raises:
        NotAnExpressionError: none starts there, or one starts and breaks off.
    """
    parser = Parser(tokens, at, scope)
    return parser.expression(0), parser.at


def parse_all(tokens: Sequence[Token], scope: Scope = NUMBERS, what: str = "a number") -> Node:
    """The expression that the tokens are, all of them.

    Args:
        tokens: of a bare answer.
        scope: which symbols may occur.
        what: what was expected, for the message.

    Raises:
        AnswerError: they are not one; the span points at the first token that does not fit.
    """
    try:
        node, after = parse_prefix(tokens, 0, scope)
    except NotAnExpressionError as error:
        raise unreadable(tokens, error.at, f"expected {error.expected}", what) from error
    if after < len(tokens):
        raise unreadable(tokens, after, f"{what} should end here", what)
    return node


def parse_relation(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[Node, int]:
    """The longest chain of relations from token ``at`` on, and the index past it; an expression alone counts.

    Args:
        tokens: of the whole text.
        at: where to begin.
        scope: which symbols may occur.

    Raises:
        NotAnExpressionError: none starts there, or one starts and breaks off.
    """
    parser = Parser(tokens, at, scope)
    return parser.relation(), parser.at


def other_reading(tokens: Sequence[Token], at: int, scope: Scope) -> Node | None:
    """The tree in which ``1/2x`` is 1/(2x) and not half of x; None where there is nothing of the kind.

    Args:
        tokens, at, scope: as in :func:`parse_relation`, which has read the tree.
    """
    parser = Parser(tokens, at, scope)
    parser.tight = True
    node = parser.relation()
    return node if parser.ambiguous else None


def narrow_reading(tokens: Sequence[Token], scope: Scope) -> Node | None:
    """The tree in which ``log n d`` is (log n) d and not log(nd); None where there is nothing of the kind.

    Args:
        tokens: all of them, which have been read as an expression.
        scope: which symbols may occur.
    """
    parser = Parser(tokens, 0, scope)
    parser.narrow = True
    node = parser.expression(0)
    return node if parser.wide and parser.at == len(tokens) else None


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


REMARKS = frozenset("or not since because where for if when".split())
"""Words with which a remark in brackets begins: “x + 1 (or x + 2)”."""


class Parser:
    """Where reading stands.

    Args:
        tokens: of the whole text.
        at: index of the next token.
        scope: which symbols may occur.
    """

    def __init__(self, tokens: Sequence[Token], at: int, scope: Scope) -> None:
        self.tokens = tokens
        self.at = at
        self.scope = scope
        self.depth = 0
        self.nodes = 0
        self.entries = 0
        self.bars = 0  # open bars of absolute values
        self.dots = 0  # sums and products with dots
        self.tight = False  # read 1/2x as 1/(2x)
        self.ambiguous = False  # it can be read in both ways
        self.narrow = False  # read log n d as (log n) d
        self.wide = False  # there is such an argument without brackets

    def peek(self) -> Token | None:
        """The next token, None at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def ahead(self, count: int = 1) -> str:
        """The text of a later token, "" past the end."""
        at = self.at + count
        return self.tokens[at].text if at < len(self.tokens) else ""

    def opens(self, *texts: str) -> bool:
        """Whether the next token is one of these."""
        return self.at < len(self.tokens) and self.tokens[self.at].text in texts

    def take(self, text: str) -> bool:
        """Pass the next token if it is this one."""
        found = self.at < len(self.tokens) and self.tokens[self.at].text == text
        self.at += found
        return found

    def expect(self, text: str) -> None:
        """Pass the next token, which has to be this one."""
        if not self.take(text):
            raise NotAnExpressionError(self.at, f"“{text}”")

    def fail(self, expected: str) -> NotAnExpressionError:
        """The error for what stands here, for the caller to raise."""
        return NotAnExpressionError(self.at, expected)

    def expression(self, least: int) -> Node:
        """The longest expression whose operators bind at least as tightly as ``least``."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAnExpressionError(self.at, f"nesting of at most {MAX_DEPTH} levels")
        node = self.rest(atoms.prefix(self), least)
        self.depth -= 1
        return node

    def rest(self, left: Node, least: int) -> Node:
        """An operand with all that follows it and binds at least as tightly as ``least``."""
        tokens, length = self.tokens, len(self.tokens)
        while self.at < length:
            token = tokens[self.at]
            text = token.text
            power = _BINDING.get(text)
            if power is not None and token.kind in (Kind.OP, Kind.PUNCT):
                if power < least or (text == "–" and not marks.dash_is_minus(self, token)):
                    break
                if text == "^":
                    self.count()
                    entrywise = token.end - token.start == 2 and self._is_program()
                    left = marks.raised_entrywise(self, left) if entrywise else marks.raised(self, left)
                    continue
                if text in "@⧵" and not self.scope.free:
                    break
                self.count()
                if text in "+*" and self.scope.free and self.ahead() == "…":
                    left = self._dots(left)
                    continue
                self.at += 1
                first = self.peek()
                right = self.expression(power + 1)
                dotted = token.sub and self.scope.matrices
                if dotted and not atoms.is_number(left) and not atoms.is_number(right):  # an inner product of vectors
                    left = Call("dot", (left, right))
                elif text == "*" and not token.sub and self._is_program():
                    left = Binary("∘", left, right)
                elif text == "⧵":
                    left = arrays.left_quotient(left, right)
                elif text == "/" and self.scope.matrices and programs.divides_matrices(self.tokens, self.at):
                    left = arrays.right_quotient(left, right)
                elif text == "*":
                    left = atoms.times(left, right, first)
                else:
                    left = Binary(_SPELLED.get(text, text), left, right)
            elif text in _AFTER or (text == "." and marks.is_dotted(self, left)):
                self.count()
                if not marks.belongs(self, token, left):
                    break
                left = marks.marked(self, token, left)
            elif text == "…" and least <= PRODUCT and self.scope.free:
                if not self._dots_go_on():
                    break
                self.count()
                left = self._dots(left)
            elif least <= PRODUCT and marks.is_times_ten(self, token, left):
                self.count()
                self.at += 1
                left = Binary("*", left, self.expression(PRODUCT + 1))
            elif least <= PRODUCT and text == "." and divisors.joins_matrices(self):
                self.count()
                self.at += 1
                left = atoms.side_by_side(self, left)
            elif least <= PRODUCT and self.starts_factor(token, left):
                self.count()
                if isinstance(left, Binary) and left.op == "/" and divisors.may_divide(self, token):
                    self.ambiguous = True
                    if self.tight:
                        left = Binary("/", left.left, atoms.side_by_side(self, left.right))
                        continue
                left = atoms.side_by_side(self, left)
            else:
                break
        return left

    def _dots(self, left: Node) -> Node:
        """A sum or product with dots, of which the terms before have been read."""
        from grader.maths.reading import dots  # it reads subscripts, and so needs this module

        return dots.continued(self, left)

    def _dots_go_on(self) -> bool:
        from grader.maths.reading import dots

        return dots.goes_on(self)

    def relation(self) -> Node:
        """An expression, or a chain of them with relations between; it may be aligned over several lines."""
        items, signs = [self.expression(0)], []
        while self._passes_to_sign():
            self.count()
            signs.append(self.tokens[self.at].text)
            self.at += 1
            if self.opens("&"):
                self.at += 1
            items.append(self.expression(0))
        return Relation(tuple(items), tuple(signs)) if signs else items[0]

    def _passes_to_sign(self) -> bool:
        """Whether a relation sign is next, perhaps after marks of alignment and a line break, which are passed."""
        at, tokens = self.at, self.tokens
        while at < len(tokens) and at < self.at + 4 and (tokens[at].text == "&" or tokens[at].kind in _BREAKS):
            at += 1
        if at < len(tokens) and tokens[at].text in _RELATIONS:
            self.at = at
            return True
        return False

    def entry(self) -> Node:
        """One entry of a list or matrix: an expression with a budget of its own."""
        nodes, self.nodes = self.nodes, 0
        self.entries += 1
        if self.entries > MAX_ENTRIES:
            raise NotAnExpressionError(self.at, f"at most {MAX_ENTRIES} entries")
        node = self.expression(0)
        self.nodes = nodes
        return node

    def count(self) -> None:
        """One more operation."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise NotAnExpressionError(self.at, f"an expression of at most {MAX_NODES} operations")

    def _is_program(self) -> bool:
        """Whether numpy is spoken near here, in which ``*`` multiplies matrices entry by entry."""
        return bool(self.scope.matrices) and programs.is_near(self.tokens, self.at)

    # ------------------------------------------------------------ products without a sign

    def starts_factor(self, token: Token, left: Node) -> bool:
        """Whether a token goes on with a product without a sign, as in ``2π`` and ``3√2``."""
        kind = token.kind
        if self.tokens[self.at - 1].maths and not token.maths and kind in (Kind.NAME, Kind.WORD):
            return False  # “$p^T p$ my form”
        if kind is Kind.NAME:
            return self.scope.allows(token.symbol) and not (self.scope.lines is False and token.text in ("∞", "…"))
        if token.text == "‖":
            return self.scope.free and not self.bars
        if kind is Kind.FUNC or (token.text in _FACTORS and kind is not Kind.WORD):
            return kind is not Kind.FUNC or token.text not in ("max", "min") or self.scope.free
        if kind is Kind.OPEN:
            if token.text == "(":
                return (not token.space or self.scope.free) and not self.bracket_is_pair()
            return token.text == "[" and self.scope.free and atoms.bracket_multiplies(self, token, left)
        if kind is Kind.NUM:
            if token.space:  # r n 2^r, (A ∘ B) 1
                last = left.right if isinstance(left, Binary) and left.op == "*" else left
                return atoms.is_ones(self) or (self.scope.free and isinstance(last, Symbol) and self.ahead() == "^")
            return isinstance(left, Symbol) or (self.scope.free and not isinstance(left, Number))
        if kind is Kind.WORD:
            return self.scope.free and calls.word_is_operand(self, token)
        if token.text == "|":
            return self.scope.free and not self.bars and (atoms.in_bars(left) or not token.space)
        return kind is Kind.COMMAND and token.text in atoms.MATRICES and self.scope.free

    def bracket_is_pair(self) -> bool:
        """Whether the bracket ahead holds a pair, condition or remark, and so is no factor; looks a few tokens on."""
        if self.ahead().lower() in REMARKS:
            return True
        depth = 0
        for token in self.tokens[self.at : self.at + _PAIR_LOOK]:
            if token.kind is Kind.COMMAND:
                depth += token.text.startswith("\\begin") - token.text.startswith("\\end")
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            if depth == 0:
                return False
            if depth == 1 and (token.kind is Kind.SEP or token.text in _RELATIONS):
                return True
        return False

    def bracketed(self, opening: str) -> Node:
        """What stands in brackets; the opening one is next."""
        self.at += 1
        bars, self.bars = self.bars, 0
        inner = atoms.items(self, CLOSING[opening]) if self.scope.free else self.expression(0)
        self.bars = bars
        self.expect(CLOSING[opening])
        return inner
