"""One statement of a finite set: elements in braces, lists, solutions of an unknown, ±."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers._expressions.formulas import formula_of
from grader.answers._matrix.build import is_zero
from grader.answers._matrix.entries import EXACT, Entry, RefusedError, Target, entry_of
from grader.answers._set.complexes import is_complex, parts_of, standard
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix, parse_relation
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import CLOSING, Kind, Token, text_at
from grader.maths.sets.ranges import Condition
from grader.maths.tree import Binary, Call, Listing, Matrix, Node, Relation, Symbol, Unary, symbols_in, walk
from grader.maths.values.domain import read_domain

MAX_ELEMENTS = 1_000
"""Most elements of a set that is read."""

JOINING = frozenset({"or", "and", "∨", "∧", "&"})
"""Words and signs between two elements."""

BRACES = ("{", "\\{")
"""Brackets that open a set."""

_NUMBER_SETS = frozenset({"ℤ", "ℕ", "ℚ", "ℝ", "ℂ", "Z", "N", "Q", "R", "C"})
_ANYWHERE = read_domain("")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a set: a number or formula, a complex number by its two parts, or a tuple."""

    entries: tuple[Entry, ...]
    is_tuple: bool = False

    @property
    def node(self) -> Node:
        """The element as one tree."""
        nodes = tuple(entry.node for entry in self.entries)
        if self.is_tuple:
            return Listing("(", nodes)
        return nodes[0] if len(nodes) == 1 else standard(*nodes)


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


class OtherUnknownError(NotAnExpressionError):
    """Values of different unknowns stand side by side: neither is a set of solutions."""


class Statement:
    """One statement of a set.

    Args:
        tokens: of the text.
        scope: the symbols.
        names: symbols with values.
        variable: the unknown of conditions, "" if there is none.
        lines: “x = 1” may stand on one line and “x = 2” on the next.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        scope: Scope,
        names: Mapping[str, Fraction],
        variable: str,
        *,
        lines: bool = False,
    ) -> None:
        self.tokens = tokens
        self.lines = lines
        self.scope = scope
        self.names = names
        self.variable = variable

    def text(self, at: int) -> str:
        return text_at(self.tokens, at)

    def read(self, at: int) -> tuple[Members, int]:
        """``{1, 2}``, ``x ∈ {1, 2}``, ``x = 1 or x = 2``, ``±1``, ``∅``."""
        name, after = self.named_set(at)
        if self.text(after) in BRACES or self.text(after) == "∅":
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
        if token is None or not (token.kind in (Kind.NAME, Kind.WORD) or token.text == "("):
            return "", at
        if (of_matrix := self.spectrum(at)) > at:
            return token.symbol, of_matrix
        after, name = at + 1, token.symbol
        if token.text == "(":
            try:
                node, after = parse_prefix(self.tokens, at, self.scope)
            except NotAnExpressionError:
                return "", at
            name = _unknowns(node)
        opens = self.text(after + 1) in BRACES or self.text(after + 1) == "∅"
        if name and (self.text(after) == "∈" or (self.text(after) in ("=", "in") and opens)):
            return name, after + 1
        return "", at

    def spectrum(self, at: int) -> int:
        """The index past ``σ(A) =`` or ``spec(A) =`` before a set in braces; ``at`` where neither stands."""
        first = self.tokens[at]
        if first.kind is Kind.OPEN or [self.text(at + 1), self.text(at + 3)] != ["(", ")"]:
            return at
        equals = self.text(at + 4) == "=" and (self.text(at + 5) in BRACES or self.text(at + 5) == "∅")
        return at + 5 if equals else at

    def braces(self, at: int) -> tuple[tuple[Element, ...], int]:
        """The elements in braces, none for ``∅``, and the index past them."""
        if self.text(at) == "∅":
            return (), at + 1
        opening = self.text(at)
        if opening not in BRACES:
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
            if self.text(next_at) in BRACES or next_at >= len(self.tokens):
                break
            try:
                more, other, end = self.item(next_at, in_set=False)
            except NotAnExpressionError:
                if self.text(after) in (",", ";") and next_at == after + 1:
                    break  # the comma of a sentence
                raise
            if other and base_of(other) != base_of(name):
                raise OtherUnknownError(next_at, "the solutions of one unknown")
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
        if self.text(after).lower() in JOINING:
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
        if self.variable and base_of(name) != self.variable:
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
        parts = parts_of(node) if is_complex(node, self.scope.known | self.names.keys()) else None
        if parts is None:
            return Element((entry_of(node, self.names),))
        real, imaginary = (entry_of(part, self.names) for part in parts)
        return Element((real,) if is_zero(imaginary) else (real, imaginary))


def _is_constant(node: Node) -> bool:
    return not isinstance(node, Listing | Matrix | Relation) and not (
        symbols_in(node) - {"π", "e"} or any(isinstance(h, Unary | Binary) and h.op == "±" for h in walk(node))
    )


def _unknowns(node: Node) -> str:
    """The name of a symbol, or of a tuple of symbols; "" for anything else."""
    if isinstance(node, Symbol):
        return node.full
    if isinstance(node, Listing) and node.items and all(isinstance(item, Symbol) for item in node.items):
        return ",".join(base_of(item.full) for item in node.items if isinstance(item, Symbol))
    return ""


def base_of(name: str) -> str:
    """A name without its index: x for ``x_1``.

    Args:
        name: of a symbol, or of a tuple of them with commas between.
    """
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
