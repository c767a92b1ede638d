"""Finite sets in bare answers and in running text: braces, lists, solutions, ±."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers import _find
from grader.answers._formulas import formula_of, spelled
from grader.answers._matrix_entries import EXACT, Entry, RefusedError, Target, entry_of
from grader.answers._matrix_read import enclosed
from grader.answers._matrix_tokens import decimal_commas
from grader.answers.base import Match
from grader.diagnostics import AnswerError, Span, student_error
from grader.maths.domain import read_domain
from grader.maths.lexer import tokenize
from grader.maths.parser import NotAnExpressionError, parse_prefix, parse_relation, unreadable
from grader.maths.ranges import Condition
from grader.maths.scope import Scope
from grader.maths.tokens import CLOSING, Kind, Token, text_at
from grader.maths.tree import Binary, Call, Listing, Matrix, Node, Relation, Symbol, Unary, symbols_in, walk

MAX_ELEMENTS = 1_000
"""Most elements of a set that is read."""

WHAT = "a set such as {2, -3}, or x = 2 or x = -3"

_JOINING = frozenset({"or", "and", "∨", "∧", "&"})
_BRACES = ("{", "\\{")
_NUMBER_SETS = frozenset({"ℤ", "ℕ", "ℚ", "ℝ", "ℂ", "Z", "N", "Q", "R", "C"})
_NOTHING = frozenset(
    tuple(words.split())
    for words in (
        "no solution", "no solutions", "no real solution", "no real solutions", "no roots", "no real roots", "none",
        "empty", "empty set", "the empty set", "there is no solution", "there are no solutions",
        "there is no real solution", "there are no real solutions",
    )
)  # fmt: skip
_SOLUTIONS = frozenset("solution solutions root roots".split())
_WHOLES = frozenset("solution answer root set result value".split())
_MARKS = frozenset({"is", "are", "be", ":", "⇒", "→"})
_STARTS = (Kind.NAME, Kind.NUM, Kind.FUNC)
_ENDS = (Kind.NEWLINE, Kind.SEP, Kind.PUNCT, Kind.WORD, Kind.CELL, Kind.ROW, Kind.BULLET)
_EFFORT = 4
"""Tokens that are read in vain, for each token of a text, before the search is given up."""

_ANYWHERE = read_domain("")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a set: a number or formula, or a tuple of them."""

    entries: tuple[Entry, ...]
    is_tuple: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """A set as answered or as computed.

    Args:
        items: its elements as written, in order; some may be equal.
        name: the unknown whose solutions they are, "" if none is named.
        condition: the set where it is one of intervals; its elements are then not listed.
    """

    items: tuple[Element, ...] = ()
    name: str = ""
    condition: Condition | None = None


class _OtherUnknownError(NotAnExpressionError):
    """Values of different unknowns stand side by side: neither is a set of solutions."""


class SetReader:
    """Reads sets in the symbols of one question.

    Args:
        scope: the symbols.
        names: symbols with values.
        variable: the unknown of conditions; where there is one, ``(0, 2)`` is an interval.
    """

    def __init__(self, scope: Scope, names: Mapping[str, Fraction], variable: str) -> None:
        self.scope = scope
        self.prose = Scope(scope.known, True, scope.matrices, scope.functions, prose=True)
        self.names = names
        self.variable = variable

    def read(self, text: str) -> Members:
        """A bare answer; every character must belong to it.

        Args:
            text: the answer.

        Raises:
            AnswerError: it is no finite set.
        """
        everything = spelled(tokenize(text), self.scope)
        tokens = _find.strip_answer(everything)
        if not tokens:
            raise unreadable(everything, len(everything), "expected a set", WHAT)
        if len(tokens) < 8 and tuple(token.text.lower() for token in tokens) in _NOTHING:
            return Members()
        tokens = decimal_commas(tokens, ("{", "\\{", "")).tokens
        try:
            found, after = _Statement(tokens, self.scope, self, lines=True).read(0)
        except NotAnExpressionError as error:
            raise unreadable(tokens, error.at, f"expected {error.expected}", WHAT) from error
        except RefusedError as error:
            span = Span("<answer>", tokens[0].start, tokens[-1].end, 1, tokens[0].start + 1)
            raise AnswerError(student_error("answer-unreadable", str(error), span, f"write {WHAT}")) from error
        if after < len(tokens):
            raise unreadable(tokens, after, "the set should end here", WHAT)
        return found

    def find(self, tokens: Sequence[Token]) -> Iterator[Match[Members]]:
        """Finite sets in running text, in order.

        Args:
            tokens: of the text.
        """
        tokens = spelled(tokens, self.scope)
        inside = enclosed(tokens)
        at, spent = 0, 0
        while at < len(tokens) and spent <= _EFFORT * len(tokens) + 600:
            if (after := _says_none(tokens, at)) and not inside[at]:
                yield Match(at, after, Members())
                at = after
                continue
            if inside[at] or not _may_start(tokens, at):
                at += 1
                continue
            after = at
            try:
                reader = _Statement(tokens, self.scope if tokens[at].maths else self.prose, self)
                found, after = reader.read(at)
            except NotAnExpressionError as error:
                spent += error.at - at
                at = error.at + 1 if isinstance(error, _OtherUnknownError) else at + 1
                continue
            except RefusedError:
                spent += 8
                at += 1
                continue
            if not _ended(tokens, after) or not _says_something(tokens, at, after, found):
                spent += after - at
                at += 1
                continue
            yield Match(at, after, found, found.name)
            at = after


class _Statement:
    """One statement of a set, and where it stands."""

    def __init__(self, tokens: Sequence[Token], scope: Scope, reader: SetReader, *, lines: bool = False) -> None:
        self.tokens = tokens
        self.lines = lines  # “x = 1” may stand on one line and “x = 2” on the next
        self.scope = scope
        self.names = reader.names
        self.variable = reader.variable

    def text(self, at: int) -> str:
        return text_at(self.tokens, at)

    def read(self, at: int) -> tuple[Members, int]:
        """``{1, 2}``, ``x ∈ {1, 2}``, ``x = 1 or x = 2``, ``±1``, ``∅``."""
        name, after = self.named_set(at)
        if self.text(after) in _BRACES or self.text(after) == "∅":
            items, after = self.braces(after)
            while self.text(after) == "∪":
                more, after = self.braces(after + 1)
                items = (*items, *more)
            return Members(items, name), after
        if name:
            raise NotAnExpressionError(after, "a set in braces")
        return self.listed(at)

    def named_set(self, at: int) -> tuple[str, int]:
        """``x ∈`` or ``S =`` before a set in braces, and the index past it."""
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is None or not (token.kind is Kind.NAME or token.text == "("):
            return "", at
        after, name = at + 1, token.symbol
        if token.text == "(":
            try:
                node, after = parse_prefix(self.tokens, at, self.scope)
            except NotAnExpressionError:
                return "", at
            name = _unknowns(node)
        opens = self.text(after + 1) in _BRACES or self.text(after + 1) == "∅"
        if name and (self.text(after) == "∈" or (self.text(after) in ("=", "in") and opens)):
            return name, after + 1
        return "", at

    def braces(self, at: int) -> tuple[tuple[Element, ...], int]:
        """The elements in braces, none for ``∅``, and the index past them."""
        if self.text(at) == "∅":
            return (), at + 1
        opening = self.text(at)
        if opening not in _BRACES:
            raise NotAnExpressionError(at, "“{”")
        closing = CLOSING[opening]
        found: list[Element] = []
        after = self.skipped(at + 1)
        while self.text(after) != closing:
            if self.text(after) == "\\{" or (self.text(after) == "{" and opening == "{"):
                raise NotAnExpressionError(after, "a number, a tuple or a formula as element")
            items, _, after = self.item(after, in_set=True)
            found.extend(items)
            if len(found) > MAX_ELEMENTS:
                raise NotAnExpressionError(after, f"at most {MAX_ELEMENTS} elements")
            after = self.skipped(after)
            if self.text(after) == closing:
                break
            if after >= len(self.tokens) or self.tokens[after].kind is not Kind.SEP:
                raise NotAnExpressionError(after, f"“,” or “{closing[-1]}”")
            after = self.skipped(after + 1)
        return tuple(found), after + 1

    def skipped(self, at: int) -> int:
        while self.text(at) == "\n":
            at += 1
        return at

    def listed(self, at: int) -> tuple[Members, int]:
        """Elements with commas or words between them, perhaps as solutions of one unknown."""
        items, name, after = self.item(at, in_set=False)
        found = list(items)
        alone = True
        while (next_at := self.past_separator(after)) > after:
            if self.text(next_at) in _BRACES or next_at >= len(self.tokens):
                break
            try:
                more, other, end = self.item(next_at, in_set=False)
            except NotAnExpressionError:
                if self.text(after) in (",", ";") and next_at == after + 1:
                    break  # the comma of a sentence
                raise
            if other and _base(other) != _base(name):
                raise _OtherUnknownError(next_at, "the solutions of one unknown")
            found.extend(more)
            alone = False
            after = end
            if len(found) > MAX_ELEMENTS:
                raise NotAnExpressionError(after, f"at most {MAX_ELEMENTS} elements")
        if alone and self.variable and len(found) == 1 and found[0].is_tuple:
            raise NotAnExpressionError(at, "a set in braces")
        return Members(tuple(found), name), after

    def past_separator(self, at: int) -> int:
        """The index past a comma, a semicolon or a word between two elements, or both."""
        after = at
        if self.lines and self.text(at) == "\n" and self.text(at + 2) == "=":
            return at + 1
        if after < len(self.tokens) and self.tokens[after].kind is Kind.SEP:
            after += 1
        if self.text(after).lower() in _JOINING:
            after += 1
        return after

    def item(self, at: int, *, in_set: bool) -> tuple[list[Element], str, int]:
        """One element, or two by “±”, its name, and the index past it."""
        node, after = parse_relation(self.tokens, at, self.scope)
        name = ""
        if isinstance(node, Relation):
            name = self.unknown(node, at)
            node = formula_of(node).node
        if isinstance(node, Listing) and node.bracket == "[" and not in_set:
            if len(node.items) < 3:
                raise NotAnExpressionError(at, "a set in braces, not in square brackets")
            return [self.element(item) for item in node.items], name, after
        return [self.element(each) for each in _both_signs(node)], name, after

    def unknown(self, chain: Relation, at: int) -> str:
        """The unknown to which a chain of equalities gives its last value."""
        if any(sign not in "=≈" for sign in chain.signs):
            raise NotAnExpressionError(at, "elements, not a condition on them")
        left, *middle = chain.items
        if isinstance(chain.items[-1], Symbol) and not isinstance(left, Symbol):
            left, *middle = reversed(chain.items)
        name = _unknowns(left)
        if not name:
            raise NotAnExpressionError(at, "an unknown alone on one side, as in x = 2")
        if self.variable and _base(name) != self.variable:
            raise NotAnExpressionError(at, f"“{self.variable}” on one side")
        sides = [entry_of(item, self.names) for item in middle if _is_constant(item)]
        exact = [side for side, sign in zip(sides[1:], chain.signs[len(chain.signs) - len(sides) + 1 :], strict=False)
                 if sign == "="]  # fmt: skip
        for side in exact:
            if Target(sides[0], _ANYWHERE, ()).judge(side, EXACT).right is False:
                raise NotAnExpressionError(at, "a chain of equalities that holds")
        return name

    def element(self, node: Node) -> Element:
        if isinstance(node, Matrix) and 1 in (len(node.rows), len(node.rows[0])):
            node = Listing("(", tuple(entry for row in node.rows for entry in row))
        if isinstance(node, Listing):
            if node.bracket == "{" or not node.items:
                raise RefusedError("expected numbers, tuples or formulas as elements")
            return Element(tuple(entry_of(item, self.names) for item in node.items), True)
        if isinstance(node, Symbol) and node.name in _NUMBER_SETS and node.name not in self.scope.known:
            raise RefusedError(f"expected the elements listed; “{node.name}” may be a set of numbers")
        return Element((entry_of(node, self.names),))


def _is_constant(node: Node) -> bool:
    return not isinstance(node, Listing | Matrix | Relation) and not (
        symbols_in(node) - {"π", "e"} or any(isinstance(h, Unary | Binary) and h.op == "±" for h in walk(node))
    )


def _unknowns(node: Node) -> str:
    """The name of a symbol, or of a tuple of symbols; "" for anything else."""
    if isinstance(node, Symbol):
        return node.full
    if isinstance(node, Listing) and node.items and all(isinstance(item, Symbol) for item in node.items):
        return ",".join(_base(item.full) for item in node.items if isinstance(item, Symbol))
    return ""


def _base(name: str) -> str:
    """A name without its index: x for ``x_1``."""
    return ",".join(part.partition("_")[0] for part in name.split(","))


def _both_signs(node: Node) -> list[Node]:
    """The values that an element with “±” stands for."""
    count = sum(isinstance(here, Unary | Binary) and here.op == "±" for here in walk(node))
    if not count:
        return [node]
    if count > 1:
        raise RefusedError("“±” stands more than once in an element; write the values out")
    return [_signed(node, "+"), _signed(node, "-")]


def _signed(node: Node, sign: str) -> Node:
    if isinstance(node, Unary):
        inner = _signed(node.operand, sign)
        if node.op != "±":
            return Unary(node.op, inner)
        return inner if sign == "+" else Unary("-", inner)
    if isinstance(node, Binary):
        op = sign if node.op == "±" else node.op
        return Binary(op, _signed(node.left, sign), _signed(node.right, sign))
    if isinstance(node, Call):
        return Call(node.function, tuple(_signed(argument, sign) for argument in node.arguments), node.base)
    if isinstance(node, Listing):
        return Listing(node.bracket, tuple(_signed(item, sign) for item in node.items))
    return node


# ---------------------------------------------------------------- running text


def _says_none(tokens: Sequence[Token], at: int) -> int:
    """The index past “no solutions” or “no real roots”, 0 where they do not stand here."""
    if tokens[at].text.lower() != "no":
        return 0
    after = at + 1 + (text_at(tokens, at + 1).lower() == "real")
    return after + 1 if text_at(tokens, after).lower() in _SOLUTIONS else 0


def _may_start(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if token.text in _BRACES or token.text == "∅":
        if before is not None and before.text in ("\\boxed", "_", "=", "∈"):
            return False  # a name before it begins the statement
        return not _find.glued_before(tokens, at)
    if token.kind not in _STARTS and token.text not in ("±", "-", "\\frac", "√", "\\sqrt", "("):
        return False
    if before is None or before.kind in (Kind.NEWLINE, Kind.PUNCT, Kind.BULLET) or before.maths != token.maths:
        return True
    if before.text.lower() in _MARKS or (before.text == "{" and text_at(tokens, at - 2) == "\\boxed"):
        return True
    named = token.kind is Kind.NAME and text_at(tokens, at + 1) in ("=", "∈")
    return named and before.kind in (Kind.WORD, Kind.SEP)


def _ended(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that belongs to a formula follows."""
    if at >= len(tokens) or tokens[at].maths != tokens[at - 1].maths:
        return True
    token = tokens[at]
    return token.kind in _ENDS or token.text in ("}", ")", "⇒", "⇔") or token.text.startswith(("\\end", "\\tag"))


def _says_something(tokens: Sequence[Token], at: int, after: int, found: Members) -> bool:
    """Whether a run of tokens in running text is a set and not a number or word in passing."""
    token = tokens[at]
    if found.name or token.text in ("∅", "\\{"):
        return True
    if token.text == "{" and (len(found.items) != 1 or not token.maths):
        return True  # in mathematics {2} is but a group
    if not tokens[at].maths and _find.glued_after(tokens, after):
        return False
    begins = at == 0 or tokens[at - 1].kind is Kind.NEWLINE
    ends = after >= len(tokens) or tokens[after].kind is Kind.NEWLINE or _find.ends_sentence(tokens, after)
    boxed = at >= 2 and tokens[at - 2].text == "\\boxed"
    marked = at > 0 and tokens[at - 1].text.lower() in _MARKS and (len(found.items) != 1 or _is_the_only(tokens, at))
    literal = token.kind is not Kind.NAME or after > at + 1
    return boxed or (
        literal and ((marked and ends) or (begins and ends) or (bool(token.maths) and len(found.items) > 1))
    )


def _is_the_only(tokens: Sequence[Token], at: int) -> bool:
    """Whether a single element is said to be all: “the solution is 3”, and not “one root is 2”."""
    if tokens[at - 1].text not in ("is", "are", "be"):
        return True
    words = [text_at(tokens, at - back).lower() for back in (2, 3)]
    return words[0] in _WHOLES and words[1] in ("the", "only", "unique", "final", "single")


def merged(matches: Sequence[Match[Members]], tokens: Sequence[Token]) -> list[Match[Members]]:
    """Matches with those made one that only a word joins: ``\\boxed{x = 2}`` or ``\\boxed{x = -3}``.

    Args:
        matches: in order.
        tokens: of the text.
    """
    found: list[Match[Members]] = []
    for match in matches:
        before = found[-1] if found else None
        if before is not None and _joins(before, match, tokens):
            both = Members((*before.value.items, *match.value.items), before.value.name)
            found[-1] = Match(before.first, match.last, both, before.symbol)
        else:
            found.append(match)
    return found


def _joins(one: Match[Members], other: Match[Members], tokens: Sequence[Token]) -> bool:
    if other.first - one.last > 6 or _base(one.symbol) != _base(other.symbol) or not (one.symbol and other.symbol):
        return False
    between = [token.text.lower() for token in tokens[one.last : other.first]]
    listed = tokens[one.first].text in _BRACES or any(token.text == "∈" for token in tokens[one.first : one.last])
    return not listed and bool(_JOINING & set(between)) and set(between) <= _JOINING | {"}", "{", "\\boxed", ","}
