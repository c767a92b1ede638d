"""Conditions on one variable as people write them, to sets of numbers.

Read are relations and chains (``1 ≤ λ ≤ 4``, ``2λ > λ + 0.001``), intervals and unions (``λ ∈ [1, 4]``,
``]1, 4[``), sets (``{λ : λ ≥ 1}``, ``{1, 2}``), and words (“at least 1 and at most 4”, “between 1 and 4
inclusive”), joined by “and”, “or” and their signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.maths import phrases
from grader.maths.balls import UndefinedError
from grader.maths.exact import Real, compare, evaluate, real
from grader.maths.intervals import ALL, EMPTY, IntervalSet, UnsettledError, between, point, relation
from grader.maths.lexer import Kind, Token
from grader.maths.linear import NotLinearError, is_variable, solve
from grader.maths.parser import CONSTANTS, NotAnExpressionError, parse_prefix
from grader.maths.tree import Node, Symbol, symbols_in

RELATIONS = frozenset("<≤>≥=≠")
_AND = frozenset({"and", "∧", "∩", "but", "&", "while", "with"})
_OR = frozenset({"or", "OR", "∨", "∪", "U"})
_MOST_PIECES = 100


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read.

    Args:
        numbers: the set that it describes.
        solved: the variable stands alone wherever it stands.
        ends_stated: it says whether its end points belong; “between 1 and 4” does not.
        variable_named: the variable occurs.
    """

    numbers: IntervalSet
    solved: bool = True
    ends_stated: bool = True
    variable_named: bool = False


def read_condition(tokens: Sequence[Token], at: int, variable: str) -> tuple[Condition, int]:
    """The longest condition from token ``at`` on, and the index past it.

    Args:
        tokens: of the text.
        at: where to begin.
        variable: the symbol that the condition is on.

    Raises:
        NotAnExpressionError: none starts there.
    """
    try:
        return _Reader(tokens, variable).either(at)
    except (UnsettledError, NotLinearError, UndefinedError) as error:
        raise NotAnExpressionError(at, f"a condition that can be solved ({error})") from error


class _Reader:
    def __init__(self, tokens: Sequence[Token], variable: str) -> None:
        self.tokens = tokens
        self.variable = variable

    def text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def either(self, at: int) -> tuple[Condition, int]:
        """Conditions joined by “or”."""
        found, after = self.both(at)
        count = 0
        while self.text(after + (self.text(after) == ",")) in _OR:
            after, count = after + (self.text(after) == ","), count + 1
            if count > _MOST_PIECES:
                raise NotAnExpressionError(after, f"at most {_MOST_PIECES} pieces")
            other = self.attempt(self.both, after + 1)
            if other is None or (self.text(after) == "or" and _overlap(found.numbers, other[0].numbers)):
                break  # “λ > 1 or λ ≥ 1” is not a union but two answers
            found, after = _joined(found, other[0], found.numbers | other[0].numbers), other[1]
        return found, after

    def both(self, at: int) -> tuple[Condition, int]:
        """Conditions joined by “and”, or by a comma between two that name the variable."""
        found, after = self.one(at)
        while True:
            next_at, comma = after, False
            if next_at < len(self.tokens) and self.tokens[next_at].kind is Kind.SEP:
                next_at, comma = next_at + 1, True
            nor = self.text(next_at) == "nor"
            if self.text(next_at) in _AND:
                next_at, comma = next_at + 1, False
            elif [self.text(next_at + k) for k in range(3)] == ["as", "well", "as"]:
                next_at, comma = next_at + 3, False
            if self.text(next_at) in ("also", "simultaneously"):
                next_at += 1
            other = self.attempt(self.one, next_at) if next_at > after or nor else None
            if other is None or (comma and not _continues(found, other[0])):
                return found, after
            if other[0].numbers.pieces and not other[0].numbers.interior().pieces:
                return found, after  # “1 ≤ λ ≤ 4, and λ = 4 is the largest” is no second condition
            found, after = _joined(found, other[0], found.numbers & other[0].numbers), other[1]

    def attempt(self, read: object, at: int) -> tuple[Condition, int] | None:
        try:
            return read(at)  # type: ignore[operator, no-any-return]
        except (NotAnExpressionError, NotLinearError, UndefinedError):
            return None

    def one(self, at: int) -> tuple[Condition, int]:
        """One relation, chain, interval, set or phrase."""
        at = phrases.skip_fillers(self.tokens, at)
        for read in (self.membership, self.phrase, self.chain, self.interval, self.braces, self.in_brackets):
            found = self.attempt(read, at)
            if found is not None:
                return found
        raise NotAnExpressionError(at, "an inequality or an interval")

    def in_brackets(self, at: int) -> tuple[Condition, int]:
        """``(λ ≥ 1)``."""
        if self.text(at) != "(" or self.text(at + 1) == "(":
            raise NotAnExpressionError(at, "“(”")
        found, after = self.both(at + 1)
        if self.text(after) != ")" or not found.variable_named:
            raise NotAnExpressionError(after, "“)”")
        return found, after + 1

    def membership(self, at: int) -> tuple[Condition, int]:
        """``λ ∈ …``, and ``λ`` before words."""
        if not self.is_variable(at):
            raise NotAnExpressionError(at, f"“{self.variable}”")
        after = at + 1
        if self.text(after) in ("∈", "in", "="):
            after += 1
            if self.text(after) in ("the", "interval", "range", "set"):
                after = phrases.skip_fillers(self.tokens, after)
            if self.text(after) == "ℝ":
                found: tuple[Condition, int] = Condition(ALL), after + 1
            elif self.text(after) == "∅":
                found = Condition(EMPTY), after + 1
            else:
                found = self.attempt(self.interval, after) or self.braces(after)
            while self.text(found[1]) in ("∪", "∩"):
                other = self.attempt(self.interval, found[1] + 1) or self.braces(found[1] + 1)
                joint = (
                    found[0].numbers | other[0].numbers
                    if self.text(found[1]) == "∪"
                    else (found[0].numbers & other[0].numbers)
                )
                found = Condition(joint), other[1]
        else:
            after = phrases.skip_fillers(self.tokens, after)
            found = self.attempt(self.phrase, after) or self.between_dash(after, at)
        return Condition(found[0].numbers, True, found[0].ends_stated, True), found[1]

    def between_dash(self, at: int, start: int) -> tuple[Condition, int]:
        """``λ: 1–4``: a range whose ends are not said to belong."""
        if self.text(start + 1) not in (":", "=", "is", "ranges", "from"):
            raise NotAnExpressionError(at, "an interval")
        at = at + 1 if self.text(at) == ":" else at
        low, after = self.number(at)
        if self.text(after) not in ("–", "—"):
            raise NotAnExpressionError(after, "“–”")
        high, after = self.number(after + 1)
        return Condition(between(low, high, low_closed=True, high_closed=True), ends_stated=False), after

    def phrase(self, at: int) -> tuple[Condition, int]:
        """Words: “at least 1”, “between 1 and 4 inclusive”, “positive”."""
        whole = phrases.match(self.tokens, at, phrases.WHOLE)
        if whole is not None:
            kind, after = whole
            return Condition({"all": ALL, "none": EMPTY}.get(kind) or relation(kind, real(0))), after
        spread = phrases.match(self.tokens, at, phrases.RANGES)
        if spread is not None:
            return self.spread(spread[0], spread[1])
        comparison = phrases.match(self.tokens, at, phrases.COMPARISONS)
        if comparison is None:
            return self.trailing(at)
        symbol, after = comparison
        value, after = self.number(after)
        return Condition(relation(symbol, value)), after

    def trailing(self, at: int) -> tuple[Condition, int]:
        """“1 or more”, “4 and below”."""
        value, after = self.number(at)
        if self.text(after) in ("to", "–"):  # “1 to 4 inclusive”
            high, end = self.number(after + 1)
            ends = phrases.match(self.tokens, end, phrases.ENDS)
            if ends is not None:
                closed = ends[0] == "closed"
                return Condition(between(value, high, low_closed=closed, high_closed=closed)), ends[1]
        found = phrases.match(self.tokens, after, phrases.TRAILING)
        if found is None:
            raise NotAnExpressionError(after, "“or more” or “or less”")
        return Condition(relation(found[0], value)), found[1]

    def spread(self, kind: str, at: int) -> tuple[Condition, int]:
        """“between A and B”, “from A to B”, perhaps with whether the ends belong."""
        low, after = self.number(at)
        including = [self.text(after + k) for k in range(4)] == ["up", "to", "and", "including"]
        after += 3 if including else 0
        if self.text(after) not in ("and", "to", "through", "–", "-", "until", "including"):
            raise NotAnExpressionError(after, "“and” or “to”")
        through = including or self.text(after) == "through"
        high, after = self.number(after + 1)
        ends = phrases.match(self.tokens, after, phrases.ENDS)
        closed = {"closed": True, "open": False}.get(ends[0] if ends else "", True if through else None)
        closed = False if kind == "open" else closed
        after = ends[1] if ends else after
        numbers = between(low, high, low_closed=closed is not False, high_closed=closed is not False)
        return Condition(numbers, ends_stated=closed is not None), after

    def chain(self, at: int) -> tuple[Condition, int]:
        """``1 ≤ λ ≤ 4``, ``λ > 1``, ``2λ > λ + 1``; and ``> 1`` without the variable."""
        bare = self.text(at) in RELATIONS and self.text(at) != "="
        first: Node = Symbol(self.variable)
        after = at
        if not bare:
            first, after = self.expression(at)
        numbers, solved, named = ALL, True, bare
        left, links = first, 0
        while self.text(after) in RELATIONS:
            symbol = self.text(after)
            right, end = self.expression(after + 1)
            if symbol == "=" and not self.alone(left, right):
                if links and self.same_constant(left, right):  # λ > 1/1000 = 0.001
                    after, links = end, links + 1
                    continue
                raise NotAnExpressionError(after, f"“{self.variable}” alone on one side")
            if self.variable in symbols_in(left) | symbols_in(right):
                solved = solved and self.alone(left, right)
                named = True
            if _is_infinite(left) or _is_infinite(right):
                if not self.alone(left, right):
                    raise NotAnExpressionError(after, "a number")
            else:
                solved_for = solve(left, symbol, right, self.variable)
                if self.variable in symbols_in(left) & symbols_in(right) and solved_for in (ALL, EMPTY):
                    raise NotAnExpressionError(after, "a condition that says something")
                numbers = numbers & solved_for
            left, after, links = right, end, links + 1
        if not links or not named:
            raise NotAnExpressionError(after, "“<”, “≤”, “>” or “≥”")
        return Condition(numbers, solved, True, not bare), after

    def alone(self, left: Node, right: Node) -> bool:
        return is_variable(left, self.variable) or is_variable(right, self.variable)

    def same_constant(self, left: Node, right: Node) -> bool:
        if self.variable in symbols_in(left) | symbols_in(right) or _is_infinite(left) or _is_infinite(right):
            return False
        return compare(evaluate(left), evaluate(right)) == 0

    def expression(self, at: int) -> tuple[Node, int]:
        if self.is_infinity(at):
            return Symbol("∞"), at + 1
        if self.text(at) in ("-", "+") and self.is_infinity(at + 1):
            return Symbol("∞"), at + 2
        return parse_prefix(self.tokens, at, lambda name: name in CONSTANTS or name == self.variable)

    def interval(self, at: int) -> tuple[Condition, int]:
        """``[1, 4)``, ``]1, 4[``, ``(0.001, ∞)``, and unions of them."""
        opening = self.text(at)
        if opening not in ("[", "(", "]"):
            raise NotAnExpressionError(at, "“[” or “(”")
        low, after = self.end(at + 1)
        if self.text(after) not in (",", ";"):
            raise NotAnExpressionError(after, "“,”")
        high, after = self.end(after + 1)
        closing = self.text(after)
        if closing not in ("]", ")", "["):
            raise NotAnExpressionError(after, "“]” or “)”")
        found = between(low, high, low_closed=opening == "[", high_closed=closing == "]")
        return Condition(found), after + 1

    def end(self, at: int) -> tuple[Real | None, int]:
        if self.is_infinity(at):
            return None, at + 1
        if self.text(at) in ("-", "+") and self.is_infinity(at + 1):
            return None, at + 2
        return self.number(at)

    def number(self, at: int) -> tuple[Real, int]:
        node, after = parse_prefix(self.tokens, at)
        return evaluate(node), after

    def braces(self, at: int) -> tuple[Condition, int]:
        """``{1, 2}``, ``{λ : 1 ≤ λ ≤ 4}``, ``{λ ∈ ℝ | λ ≥ 1}``, ``∅``."""
        if self.text(at) == "∅":
            return Condition(EMPTY), at + 1
        closing = {"{": "}", "\\{": "\\}"}.get(self.text(at))
        if closing is None:
            raise NotAnExpressionError(at, "“{”")
        after = at + 1
        if self.is_variable(after):
            after += 1
            if self.text(after) in ("∈", "in"):
                after += 2
            if self.text(after) not in (":", "|"):
                raise NotAnExpressionError(after, "“:” or “|”")
            found, after = self.either(after + 1)
        else:
            numbers, after = self.listed(after)
            found = Condition(numbers)
        if self.text(after) != closing:
            raise NotAnExpressionError(after, f"“{closing[-1]}”")
        return found, after + 1

    def listed(self, at: int) -> tuple[IntervalSet, int]:
        numbers = EMPTY
        while True:
            value, at = self.number(at)
            numbers = numbers | point(value)
            if self.text(at) != ",":
                return numbers, at
            at += 1

    def is_variable(self, at: int) -> bool:
        token = self.tokens[at] if at < len(self.tokens) else None
        return token is not None and token.kind is Kind.NAME and token.symbol == self.variable

    def is_infinity(self, at: int) -> bool:
        return self.text(at) == "∞"


def _continues(one: Condition, other: Condition) -> bool:
    """Whether two conditions with only a comma between them belong together: “at least 1, at most 4”."""
    if one.variable_named:
        return other.variable_named or _is_half_line(other)
    return _is_half_line(one) and (_is_half_line(other) or other.variable_named)


def _is_half_line(condition: Condition) -> bool:
    pieces = condition.numbers.pieces
    return len(pieces) == 1 and (pieces[0][0].value is None) != (pieces[0][1].value is None)


def _overlap(one: IntervalSet, other: IntervalSet) -> bool:
    return bool((one & other).interior().pieces)


def _is_infinite(node: Node) -> bool:
    return node == Symbol("∞")


def _joined(one: Condition, other: Condition, numbers: IntervalSet) -> Condition:
    return Condition(
        numbers,
        one.solved and other.solved,
        one.ends_stated and other.ends_stated,
        one.variable_named or other.variable_named,
    )
