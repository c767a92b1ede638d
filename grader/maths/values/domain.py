"""What is known of variables: ``x > 0``, ``n integer``, ``λ ∈ (0, 1)``, ``a ≠ b``; and values that satisfy it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from grader.maths.numbers.exact import evaluate
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_relation
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Listing, Node, Relation, Symbol, symbols_in

_SCOPE = Scope(free=True)
_MIRRORED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "=", "≠": "≠"}
_WHOLE = frozenset({"integer", "integers", "whole", "int", "ℤ", "Z", "ℕ", "N", "natural", "naturals"})
_POSITIVE = frozenset({"positive", "ℕ", "N", "natural", "naturals"})
_OTHER_WORDS = frozenset({"real", "reals", "ℝ", "R", "number", "numbers", "is", "are", "a", "an", "in", "constant"})

_WORDS = _WHOLE | _POSITIVE | _OTHER_WORDS | {"negative", "nonnegative", "non", "strictly"}

_VALUES = tuple(
    Fraction(text)
    for text in "2 3 1/2 5 3/2 7 1/3 4 5/2 11 2/3 13 7/2 6 1/5 9 4/3 17 8 5/3 10 3/4 19 12 7/3 23 14 9/2 15".split()
)
"""Small numbers that a person can check, tried in turn."""

_SIGNS = (0b10101010, 0b11011111, 0b11100000, 0b01111101, 0b11101010, 0b00111111, 0b01100000, 0b01011101)
"""Where the variable at each place is negative, by the turn mod 8 as a bit: of any two variables the signs differ at
one of the turns 3, 5, 6 and 7, and both are negative at another."""

_ATTEMPTS = 60
"""Draws until the relations between variables hold."""

_COUNTS = (2, 3, 1, 5, 4, 6, 2, 7, 3)
"""Small counts, tried in turn."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of one variable.

    Args:
        low, high: bounds, None where there is none.
        strict_low, strict_high: the bound itself is left out.
        whole: it is an integer.
        excluded: values that it does not take.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    strict_low: bool = False
    strict_high: bool = False
    whole: bool = False
    excluded: frozenset[Fraction] = frozenset()

    def within(self, sign: str, value: Fraction) -> Bounds:
        """The same with one relation more.

        Args:
            sign: ``<``, ``≤``, ``>``, ``≥``, ``=`` or ``≠``, the variable on the left.
            value: on the right.
        """
        if sign == "≠":
            return replace(self, excluded=self.excluded | {value})
        found = self
        if sign in (">", "≥", "=") and (self.low is None or value >= self.low):
            found = replace(found, low=value, strict_low=sign == ">" or (self.strict_low and self.low == value))
        if sign in ("<", "≤", "=") and (self.high is None or value <= self.high):
            found = replace(found, high=value, strict_high=sign == "<" or (self.strict_high and self.high == value))
        return found

    def holds(self, value: Fraction) -> bool:
        """Whether the variable may have a value."""
        if self.low is not None and (value < self.low or (self.strict_low and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.strict_high and value == self.high)):
            return False
        return value not in self.excluded and not (self.whole and value.denominator != 1)

    def value(self, turn: int, place: int, *, positive: bool) -> Fraction:
        """A value that the variable may have, another one at every turn as far as possible.

        Args:
            turn: number of the point.
            place: of the variable among the others.
            positive: take a positive value where there is one.
        """
        for sign in (True, False) if positive else (False,):
            for attempt in range(40):
                found = self._candidate(turn + attempt, place, positive=sign)
                if self.holds(found):
                    return found
        return found

    def _candidate(self, turn: int, place: int, *, positive: bool) -> Fraction:
        if self.whole:
            return self._integer(turn, place, positive=positive)
        step = _VALUES[(turn * 5 + place * (2 * turn + 3)) % len(_VALUES)]
        if self.low is not None and self.high is not None:
            return self.low + (self.high - self.low) * step / (step + 1)
        if self.low is not None:
            return self.low + step if self.low >= 0 or not positive else max(step, self.low + step)
        if self.high is not None:
            if self.high <= 0 or not positive:
                return self.high - step
            return step if step < self.high else self.high * step / (step + 1)
        return -step if not positive and _is_negative(turn, place) else step

    def _integer(self, turn: int, place: int, *, positive: bool) -> Fraction:
        step = _COUNTS[(turn + 2 * place) % len(_COUNTS)]
        low = None if self.low is None else self.low // 1 + 1 if self.strict_low else -(-self.low // 1)
        high = None if self.high is None else -(-self.high // 1) - 1 if self.strict_high else self.high // 1
        if positive and low is not None and low < 1 and (high is None or high >= 1):
            low = 1
        if low is not None:
            found = low + step - 1
            if high is not None and found > high >= low:
                found = low + (turn + place) % (high - low + 1)
        elif high is not None:
            found = step if step <= high else high + 1 - step
            if positive and found < 1 <= high:
                found = 1 + (turn + place) % high
        else:
            found = -step if not positive and _is_negative(turn, place) else step
        return Fraction(found)


def _is_negative(turn: int, place: int) -> bool:
    return bool(_SIGNS[place % len(_SIGNS)] >> turn % 8 & 1)


_FREE = Bounds()


@dataclass(frozen=True, slots=True)
class Domain:
    """What is known of all variables.

    Args:
        bounds: of single variables, by their full names.
        relations: between several.
    """

    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether anything is known."""
        return bool(self.bounds or self.relations)

    def of(self, name: str) -> Bounds:
        """What is known of one variable."""
        return self.bounds.get(name, _FREE)

    def draw(self, names: Sequence[str], whole: Iterable[str], turn: int, *, positive: bool) -> dict[str, Fraction]:
        """Values for variables.

        Args:
            names: of all.
            whole: those that are to have integer values.
            turn: number of the point; another one gives other values.
            positive: take positive values where there are any.
        """
        counts = frozenset(whole)
        for attempt in range(_ATTEMPTS):
            positive = positive or attempt > _ATTEMPTS // 2
            values = {}
            for place, name in enumerate(names):
                known = self.of(name)
                if name in counts and not known.whole:
                    known = replace(known, whole=True)
                    if known.low is None and known.high is None:
                        known = replace(known, low=Fraction(1))
                values[name] = known.value(turn + 3 * attempt, place + attempt, positive=positive)
            if all(_holds(relation, values) for relation in self.relations):
                return values
        return values


def _holds(relation: Relation, values: Mapping[str, Fraction]) -> bool:
    """Whether a relation holds, as far as it can be told."""
    if not symbols_in(relation) <= set(values) | {"π", "e"}:
        return True
    sides = [evaluate(item, values).fraction for item in relation.items]
    for left, sign, right in zip(sides, relation.signs, sides[1:], strict=False):
        if left is None or right is None:
            continue
        order = (left > right) - (left < right)
        if order not in {"<": (-1,), "≤": (-1, 0), ">": (1,), "≥": (1, 0), "=": (0,), "≠": (-1, 1)}.get(
            sign, (-1, 0, 1)
        ):
            return False
    return True


class DomainError(ValueError):
    """An assumption cannot be read."""


@lru_cache(maxsize=1024)
def read_domain(text: str) -> Domain:
    """Assumptions from text.

    Args:
        text: statements with commas, semicolons or “and” between them: ``x > 0, n integer, 0 < λ < 1``.

    Raises:
        DomainError: one of them cannot be read.
    """
    bounds: dict[str, Bounds] = {}
    relations: list[Relation] = []
    waiting: list[str] = []
    for piece in _pieces(tokenize(text)):
        names = [token.symbol for token in piece if token.kind is Kind.NAME and token.text not in _OTHER_WORDS | _WHOLE]
        words = {token.text for token in piece if token.kind is Kind.WORD or token.text in _WHOLE | _OTHER_WORDS}
        if words & (_WHOLE | _POSITIVE | _OTHER_WORDS) and not any(t.text in "<≤>≥=≠" for t in piece):
            if unknown := {token.text for token in piece if token.kind is Kind.WORD} - _WORDS:
                raise DomainError(f"cannot read the assumption “{text}”: unknown word {', '.join(sorted(unknown))}")
            for name in (*waiting, *names):
                bounds[name] = _in_words(bounds.get(name, _FREE), {token.text for token in piece})
            waiting = []
            continue
        node = _relation(piece, text)
        if isinstance(node, Symbol):
            waiting.append(node.full)
            continue
        if not isinstance(node, Relation):
            raise DomainError(f"cannot read “{text}” as assumptions such as x > 0, n integer")
        for name in waiting:
            _add(Relation((Symbol(*name.split("_", 1)), *node.items[1:]), node.signs), bounds, relations)
        waiting = []
        _add(node, bounds, relations)
    if waiting:
        raise DomainError(f"nothing is said of {', '.join(waiting)}")
    return Domain(bounds, tuple(relations))


def _pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth <= 0 and (token.kind in (Kind.SEP, Kind.NEWLINE) or token.text in ("and", "∧")):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if piece]


def _in_words(known: Bounds, words: set[str]) -> Bounds:
    if words & _WHOLE:
        known = replace(known, whole=True)
    if words & _POSITIVE:
        known = known.within(">", Fraction(0))
    if words & {"nonnegative", "negative"}:
        known = known.within("≥" if "nonnegative" in words or "non" in words else "<", Fraction(0))
    return known


def _relation(piece: Sequence[Token], text: str) -> Node:
    try:
        node, after = parse_relation(piece, 0, _SCOPE)
    except NotAnExpressionError as error:
        raise DomainError(f"cannot read the assumption “{text}”: {error}") from error
    if after < len(piece):
        raise DomainError(f"cannot read the assumption “{text}” from “{piece[after].text}” on")
    return node


def _add(node: Relation, bounds: dict[str, Bounds], relations: list[Relation]) -> None:
    for left, sign, right in zip(node.items, node.signs, node.items[1:], strict=False):
        if sign == "∈" and isinstance(left, Symbol) and isinstance(right, Listing) and len(right.items) == 2:
            low, high = (_constant(item) for item in right.items)
            known = bounds.get(left.full, _FREE)
            opened = right.bracket == "("
            if low is not None:
                known = known.within(">" if opened else "≥", low)
            if high is not None:
                known = known.within("<" if opened else "≤", high)
            bounds[left.full] = known
            continue
        one, other = _constant(left), _constant(right)
        if isinstance(left, Symbol) and other is not None and sign in _MIRRORED:
            bounds[left.full] = bounds.get(left.full, _FREE).within(sign, other)
        elif isinstance(right, Symbol) and one is not None and sign in _MIRRORED:
            bounds[right.full] = bounds.get(right.full, _FREE).within(_MIRRORED[sign], one)
        elif "∞" not in symbols_in(left) | symbols_in(right):
            relations.append(Relation((left, right), (sign,)))


def _constant(node: Node) -> Fraction | None:
    if symbols_in(node):
        return None
    return evaluate(node).fraction
