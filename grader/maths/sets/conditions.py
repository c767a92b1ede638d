"""Conditions on one variable as people write them, to sets of numbers.

Read are relations and chains (``1 ≤ λ ≤ 4``, ``2λ > λ + 0.001``), intervals and unions (``λ ∈ [1, 4]``,
``]1, 4[``), sets (``{λ : λ ≥ 1}``, ``{1, 2}``), and words (“at least 1 and at most 4”, “between 1 and 4
inclusive”), joined by “and”, “or” and their signs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import compare, evaluate, real
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix
from grader.maths.reading.scope import formulas_in, numbers_and
from grader.maths.reading.tokens import CLOSING, Kind, Token, text_at
from grader.maths.sets import phrases, ranges
from grader.maths.sets.intervals import ALL, EMPTY, IntervalSet, UnsettledError, point, relation
from grader.maths.sets.linear import NotLinearError, is_variable, solve
from grader.maths.sets.ranges import Condition
from grader.maths.tree import Node, Number, Symbol, symbols_in

RELATIONS = frozenset("<≤>≥=≠")
"""Relations between numbers, as the lexer spells them."""

_AND = frozenset({"and", "∧", "∩", "but", "&", "while", "with"})
_OR = frozenset({"or", "OR", "∨", "∪", "U"})
_BEFORE_NUMBER = frozenset({"-", "+", "√", "\\sqrt", "\\frac"}) | RELATIONS
_OUTSIDE = frozenset({"outside", "except"})
_HALVES = {
    sub: Condition(relation(sign, real(0)))
    for sub, sign in {">0": ">", "++": ">", "≥0": "≥", "<0": "<", "≤0": "≤"}.items()
}
_HALVES["+"] = Condition(relation("≥", real(0)), ends_stated=False)
"""Halves of ℝ by what stands below it; some write ℝ₊ for the positive numbers, others for those and 0."""
_REALS = frozenset({"ℝ", "R", "\\mathbb", "real", "reals"})
_MOST_PIECES = 100
"""Longer unions are refused: each piece is compared with those before it."""


def read_condition(tokens: Sequence[Token], at: int, variable: str) -> tuple[Condition, int]:
    """The longest condition from token ``at`` on, and the index past it.

    Args:
        tokens: of the text.
        at: where to begin.
        variable: the symbol that the condition is on, with its subscript.

    Raises:
        NotAnExpressionError: none starts there.
    """
    try:
        return _Reader(tokens, variable).either(at)
    except (UnsettledError, NotLinearError, UndefinedError) as error:
        raise NotAnExpressionError(at, f"a condition that can be solved ({error})") from error


_Read = tuple[Condition, int]  # what was read, and the index past it


class _Reader:
    def __init__(self, tokens: Sequence[Token], variable: str) -> None:
        self.tokens = tokens
        self.variable = variable

    def text(self, at: int) -> str:
        return text_at(self.tokens, at)

    def in_words(self, at: int) -> _Read:
        return ranges.in_words(self.tokens, at)

    def interval(self, at: int) -> _Read:
        """``[1, 4)``, and ``[1, 4] ∖ {1}``."""
        return self.without(*ranges.interval(self.tokens, at))

    def without(self, found: Condition, after: int) -> _Read:
        """A set, and what is taken out of it: intervals and single numbers."""
        while self.text(after) == "∖":
            out, after = self.attempt(self.interval, after + 1) or self.braces(after + 1)
            found = Condition(found.numbers - out.numbers)
        return found, after

    def either(self, at: int) -> _Read:
        """Conditions joined by “or”."""
        found, after = self.both(at)
        count = 0
        while self.text(after + (self.text(after) == ",")) in _OR:
            after, count = after + (self.text(after) == ","), count + 1
            if count > _MOST_PIECES:
                raise NotAnExpressionError(after, f"at most {_MOST_PIECES} pieces")
            other = self.attempt(self.both, after + 1 + (self.text(after + 1) == "else"))
            if other is None or (self.text(after) == "or" and _overlap(found.numbers, other[0].numbers)):
                break  # “λ > 1 or λ ≥ 1” is not a union but two answers
            found, after = _joined(found, other[0], found.numbers | other[0].numbers), other[1]
        return found, after

    def both(self, at: int) -> _Read:
        """Conditions joined by “and”, or by a comma between two that name the variable."""
        found, after = self.noted(*self.one(at))
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

    def noted(self, found: Condition, after: int) -> _Read:
        """A condition with what is said of one of its ends behind it: “at least 3, 3 excluded”, “all x except 0”."""
        if self.text(after) == "except":
            left_out, after = self.attempt(self.single, after + 1) or self.one(after + 1)
            return replace(found, numbers=found.numbers - left_out.numbers), after
        begin = after + (self.text(after) == ",") + (self.text(after + 1) == "with")
        said = self.attempt(self.single, begin) if begin > after else None
        meaning = phrases.match(self.tokens, said[1], phrases.END) if said is not None else None
        if said is None or meaning is None or (said[0].numbers - found.numbers.closure()).pieces:
            return found, after
        numbers = found.numbers | said[0].numbers if meaning[0] == "closed" else found.numbers - said[0].numbers
        return replace(found, numbers=numbers), meaning[1]

    def single(self, at: int) -> _Read:
        """One number, which may be a word."""
        value, after = ranges.bare_number(self.tokens, at)
        return Condition(point(value)), after

    def attempt(self, read: Callable[[int], _Read], at: int) -> _Read | None:
        try:
            return read(at)
        except (NotAnExpressionError, NotLinearError, UndefinedError):
            return None

    def one(self, at: int) -> _Read:
        """One relation, chain, interval, set or phrase."""
        begin, at = at, phrases.skip_fillers(self.tokens, at)
        if self.is_reals(at):
            return self.reals(at)
        if self.is_variable(at) and self.text(at - 1) == "real" and at > begin + 1:  # “all real x”
            return Condition(ALL, variable_named=True), at + 1
        if self.text(at) in _OUTSIDE:
            return self.outside(at)
        for read in self.readers(at):
            found = self.attempt(read, at)
            if found is not None:
                return found
        raise NotAnExpressionError(at, "an inequality or an interval")

    def readers(self, at: int) -> Sequence[Callable[[int], _Read]]:
        """Everything that may begin here; first what the first token suggests."""
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is not None and (token.kind is Kind.NUM or token.text in _BEFORE_NUMBER):
            return self.chain, self.in_words
        if token is not None and token.text in ("[", "]"):
            return (self.interval,)
        if self.is_variable(at) and self.text(at + 1) in RELATIONS and self.text(at + 1) != "=":
            return self.chain, self.membership
        return self.membership, self.in_words, self.chain, self.interval, self.braces, self.in_brackets

    def is_reals(self, at: int) -> bool:
        """Whether ℝ stands here, which ``\\mathbb{R}`` may have become R."""
        before = self.text(at - 1)
        letter = self.text(at) == "R" and self.variable != "R"
        return self.text(at) == "ℝ" or (letter and (before in ("∈", "in", "∉") or self.text(at + 1) == "∖"))

    def reals(self, at: int) -> _Read:
        """``ℝ``, ``ℝ_{≥0}``, and ``ℝ ∖ [1, 4]``."""
        token, after = self.tokens[at], at + 1
        if token.sub in _HALVES:
            return _HALVES[token.sub], after
        if token.sub or self.text(after) == "^":
            raise NotAnExpressionError(at, "ℝ, or a half of it such as ℝ_{>0}")
        return self.without(Condition(ALL), after)

    def outside(self, at: int) -> _Read:
        """“outside [1, 4]”, “everything except 1 ≤ λ ≤ 4”."""
        left_out, after = self.one(at + 1 + (self.text(at + 1) == "of"))
        return Condition(~left_out.numbers, True, left_out.ends_stated, left_out.variable_named), after

    def in_brackets(self, at: int) -> _Read:
        """``(λ ≥ 1)``."""
        if self.text(at) != "(" or self.text(at + 1) == "(":
            raise NotAnExpressionError(at, "“(”")
        found, after = self.both(at + 1)
        if self.text(after) != ")" or not found.variable_named:
            raise NotAnExpressionError(after, "“)”")
        return found, after + 1

    def membership(self, at: int) -> _Read:
        """``λ ∈ …``, and ``λ`` before words."""
        if not self.is_variable(at):
            raise NotAnExpressionError(at, f"“{self.variable}”")
        after = at + 1
        outside = self.text(after) == "∉" or [self.text(after), self.text(after + 1)] == ["not", "in"]
        after += self.text(after) == "not" and outside
        if outside or self.text(after) in ("∈", "in", "="):
            after += 1
            if self.text(after) in ("the", "interval", "range", "set"):
                after = phrases.skip_fillers(self.tokens, after)
            if self.is_reals(after):
                found: _Read = self.reals(after)
            elif self.text(after) == "∅":
                found = Condition(EMPTY), after + 1
            else:
                found = self.attempt(self.interval, after) or self.braces(after)
            while self.text(found[1]) in ("∪", "∩"):
                other = self.attempt(self.interval, found[1] + 1) or self.braces(found[1] + 1)
                one, two = found[0].numbers, other[0].numbers
                found = Condition(one | two if self.text(found[1]) == "∪" else one & two), other[1]
            if outside:
                found = Condition(~found[0].numbers), found[1]
        else:
            after = phrases.skip_fillers(self.tokens, after)
            if self.text(after) in _OUTSIDE:
                found = self.outside(after)
            else:
                found = self.attempt(self.in_words, after) or self.dash(after, at)
        return Condition(found[0].numbers, True, found[0].ends_stated, True), found[1]

    def dash(self, at: int, variable_at: int) -> _Read:
        """``λ: 1–4``."""
        if self.text(variable_at + 1) not in (":", "=", "is", "ranges", "from"):
            raise NotAnExpressionError(at, "an interval")
        return ranges.between_dash(self.tokens, at)

    def chain(self, at: int) -> _Read:
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
            on_left, on_right = self.has_variable(left), self.has_variable(right)
            if on_left or on_right:
                solved = solved and self.alone(left, right)
                named = True
            if _is_infinite(left) or _is_infinite(right):
                if not self.alone(left, right) or not _bounds_nothing(left, symbol, right):
                    raise NotAnExpressionError(after, "a number")
            else:
                solved_for = solve(left, symbol, right, self.variable)
                if on_left and on_right and solved_for in (ALL, EMPTY):
                    raise NotAnExpressionError(after, "a condition that says something")
                numbers = solved_for if numbers is ALL else numbers & solved_for
            left, after, links = right, end, links + 1
        if not links or not named:
            raise NotAnExpressionError(after, "“<”, “≤”, “>” or “≥”")
        return Condition(numbers, solved, True, not bare), after

    def has_variable(self, node: Node) -> bool:
        """Whether the variable occurs in a tree."""
        return not isinstance(node, Number) and self.variable in symbols_in(node)

    def alone(self, left: Node, right: Node) -> bool:
        """Whether one side is the variable and nothing else."""
        return is_variable(left, self.variable) or is_variable(right, self.variable)

    def same_constant(self, left: Node, right: Node) -> bool:
        """Whether both sides are the same number."""
        if self.variable in symbols_in(left) | symbols_in(right) or _is_infinite(left) or _is_infinite(right):
            return False
        return compare(evaluate(left), evaluate(right)) == 0

    def expression(self, at: int) -> tuple[Node, int]:
        """A side of a relation: an expression in the variable, or ∞ with any sign."""
        if ranges.is_infinity(self.tokens, at):
            return Symbol("∞"), at + 1
        if self.text(at) in ("-", "+") and ranges.is_infinity(self.tokens, at + 1):
            return Symbol("-∞" if self.text(at) == "-" else "∞"), at + 2
        try:
            return parse_prefix(self.tokens, at, numbers_and(frozenset({self.variable})))
        except NotAnExpressionError:
            after = self.past_formula(at)
            if after is None:
                raise
            return self.expression(after)

    def past_formula(self, at: int) -> int | None:
        """The index past a formula in other symbols and the equals sign before its value: ``2/L = 0.2``."""
        try:
            node, after = parse_prefix(self.tokens, at, formulas_in(()))
        except NotAnExpressionError:
            return None
        return after + 1 if self.text(after) == "=" and not self.has_variable(node) else None

    def braces(self, at: int) -> _Read:
        """``{1, 2}``, ``{λ : 1 ≤ λ ≤ 4}``, ``{λ ∈ ℝ | λ ≥ 1}``, ``∅``."""
        if self.text(at) == "∅":
            return Condition(EMPTY), at + 1
        if self.text(at) not in ("{", "\\{"):
            raise NotAnExpressionError(at, "“{”")
        closing = CLOSING[self.text(at)]
        after = at + 1
        if self.is_variable(after):
            after += 1
            if self.text(after) in ("∈", "in") and self.text(after + 1) in _REALS:
                after += 2
            if self.text(after) not in (":", "|"):
                raise NotAnExpressionError(after, "“:” or “|”")
            found, after = self.either(after + 1)
        else:
            numbers, after = ranges.listed(self.tokens, after)
            found = Condition(numbers)
        if self.text(after) != closing:
            raise NotAnExpressionError(after, f"“{closing[-1]}”")
        return found, after + 1

    def is_variable(self, at: int) -> bool:
        token = self.tokens[at] if at < len(self.tokens) else None
        return token is not None and token.kind is Kind.NAME and token.symbol == self.variable


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
    return isinstance(node, Symbol) and node.name in ("∞", "-∞")


def _joined(one: Condition, other: Condition, numbers: IntervalSet) -> Condition:
    return Condition(
        numbers,
        one.solved and other.solved,
        one.ends_stated and other.ends_stated,
        one.variable_named or other.variable_named,
    )


def _bounds_nothing(left: Node, symbol: str, right: Node) -> bool:
    """Whether a relation with ∞ holds for every number, as ``λ < ∞`` does and ``λ > ∞`` does not."""
    if Symbol("∞") in (left, right):
        return symbol in ("<≤" if right == Symbol("∞") else ">≥")
    return symbol in (">≥" if right == Symbol("-∞") else "<≤")
