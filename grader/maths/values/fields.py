"""The arithmetics in which expressions are evaluated: integers mod a prime, rationals, and balls.

All three come from FLINT, whose numbers and matrices share their operators; a field here adds what they do not
share: how a literal, a matrix and a function of a number are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any
from zlib import crc32

from grader.maths.numbers import balls
from grader.maths.numbers.balls import UndefinedError

PRIME = (1 << 61) - 1
"""The prime for decisions mod p: a Mersenne prime, so that half of all numbers have a root that is a power."""

COMPLEX_PRIME = (1 << 61) - 31
"""A prime modulo which −1 has a root, for expressions in the imaginary unit."""

MAX_POWER = 100_000
"""Largest whole exponent that is worked out exactly."""


class UnsupportedError(ValueError):
    """An expression holds what is not computed in this field."""


class RetryError(ValueError):
    """Values happen to make the expression undefined here (division by 0, no root mod p); others may not."""


class UnsureError(RetryError):
    """A ball lies across the border of where a function is defined, so that this is not known here."""


class Modular:
    """Integers mod a prime. Functions that are no polynomials are random values of their arguments.

    Args:
        prime: :data:`PRIME`, or :data:`COMPLEX_PRIME`, modulo which −1 is a square.
    """

    name = "modular"
    bits = 0  # of precision on which values depend; exact ones on none

    def __init__(self, prime: int = PRIME) -> None:
        import flint

        self._nmod, self._matrix, self.prime = flint.nmod, flint.nmod_mat, prime

    def number(self, value: Fraction) -> Any:
        """A rational number."""
        if value.denominator == 1:
            return self._nmod(value.numerator, self.prime)
        return self._nmod(value.numerator, self.prime) / self._nmod(value.denominator, self.prime)

    def whole(self, value: int) -> Any:
        """An integer of any size."""
        return self._nmod(value, self.prime)

    def imaginary(self) -> Any:
        """A root of −1."""
        base = 2
        while True:
            root = self._nmod(base, self.prime) ** ((self.prime - 1) // 4)
            if root * root == self._nmod(-1 % self.prime, self.prime):
                return root
            base += 1

    def matrix(self, rows: int, columns: int, entries: Sequence[Any]) -> Any:
        """A matrix from its entries, row by row."""
        return self._matrix(rows, columns, [int(entry) for entry in entries], self.prime)

    def constant(self, name: str) -> Any:
        """π or e: transcendental, and so as good as a random value."""
        return self._nmod(_oracle(name, ()), self.prime)

    def function(self, name: str, arguments: Sequence[Any], base: Any) -> Any:
        """A function: the same random value for the same arguments, and the principal root where there is one."""
        if name == "sqrt" and (base is None or base == 2):
            return self.root(arguments[0])
        key = (*(int(argument) for argument in arguments), -1 if base is None else int(base))
        return self._nmod(_oracle(name, key), self.prime)

    def root(self, value: Any) -> Any:
        """The square root that is itself a square; roots of products are then products of roots."""
        if self.prime != PRIME:
            return self._nmod(_oracle("sqrt", (int(value),)), self.prime)
        found = value ** ((PRIME + 1) // 4)
        if found * found != value:
            raise RetryError("no root")
        return found

    def power(self, base: Any, exponent: Fraction | None, value: Any) -> Any:
        """A power whose exponent is no whole number."""
        if exponent is not None and exponent.denominator == 2:
            return self.root(base) ** exponent.numerator
        return self._nmod(_oracle("power", (int(base), int(value))), self.prime)


class Exact:
    """Rational numbers; for witnesses."""

    name = "exact"
    bits = 0

    def __init__(self) -> None:
        import flint

        self._fmpq, self._matrix = flint.fmpq, flint.fmpq_mat

    def number(self, value: Fraction) -> Any:
        """A rational number."""
        return self._fmpq(value.numerator, value.denominator)

    def matrix(self, rows: int, columns: int, entries: Sequence[Any]) -> Any:
        """A matrix from its entries, row by row."""
        return self._matrix(rows, columns, list(entries))

    def constant(self, name: str) -> Any:
        """Neither π nor e is rational."""
        raise UnsupportedError(f"{name} is not rational")

    def function(self, name: str, arguments: Sequence[Any], base: Any) -> Any:
        """Functions with rational values."""
        first = arguments[0]
        if name == "abs":
            return abs(first)
        if name in ("max", "min"):
            return (max if name == "max" else min)(arguments)
        if name == "sign":
            return self._fmpq((first > 0) - (first < 0))
        if name == "sqrt" and base is None and first >= 0:
            top, bottom = first.p.isqrt(), first.q.isqrt()
            if top * top == first.p and bottom * bottom == first.q:
                return self._fmpq(top, bottom)
        raise UnsupportedError(f"{name} of a rational number need not be rational")

    def power(self, base: Any, exponent: Fraction | None, value: Any) -> Any:
        """A power whose exponent is no whole number."""
        if exponent is not None and exponent.denominator == 2:
            return self.function("sqrt", [base], None) ** exponent.numerator
        raise UnsupportedError("this power need not be rational")


class Balls:
    """Real numbers as balls (Johansson, “Arb”, IEEE Trans. Comput. 66, 2017), at the precision of the context."""

    name = "ball arithmetic"

    def __init__(self) -> None:
        import flint

        self._arb, self._fmpq, self._matrix, self._context = flint.arb, flint.fmpq, flint.arb_mat, flint.ctx

    @property
    def bits(self) -> int:
        """The precision at which numbers are made now."""
        return int(self._context.prec)

    def number(self, value: Fraction) -> Any:
        """A rational number."""
        return self._arb(self._fmpq(value.numerator, value.denominator))

    def matrix(self, rows: int, columns: int, entries: Sequence[Any]) -> Any:
        """A matrix from its entries, row by row."""
        return self._matrix(rows, columns, list(entries))

    def constant(self, name: str) -> Any:
        """π or e."""
        return self._arb.pi() if name == "π" else self._arb(1).exp()

    def function(self, name: str, arguments: Sequence[Any], base: Any) -> Any:
        """A real function."""
        try:
            value = balls.function(name, list(arguments), base)
        except UndefinedError as error:
            raise UnsupportedError(str(error)) from error
        if not value.is_finite():
            known = _outside(name, arguments[0])
            raise (RetryError if known else UnsureError)(f"{name} is undefined here")
        return value

    def power(self, base: Any, exponent: Fraction | None, value: Any) -> Any:
        """A power whose exponent is no whole number; that of a negative number with an odd root is real."""
        if exponent is not None and base < 0 and exponent.denominator % 2:
            raised = (-base) ** value
            return raised if exponent.numerator % 2 == 0 else -raised
        if exponent is not None and exponent > 0 and base.is_zero():
            return base
        try:
            raised = balls.operation("^", base, value)
        except UndefinedError as error:
            raise UnsupportedError(str(error)) from error
        if not raised.is_finite():
            known = base < 0 or base.is_zero()
            raise (RetryError if known else UnsureError)("a power is undefined here")
        return raised


def _outside(name: str, ball: Any) -> bool:
    """Whether a ball lies in full where a function has no real value."""
    if name == "sqrt":
        return bool(ball < 0)
    if name == "log":
        return bool(ball <= 0)
    return name in ("arcsin", "arccos", "asin", "acos") and bool(abs(ball) > 1)


Field = Modular | Exact | Balls


@lru_cache(maxsize=1)
def modular() -> Modular:
    """The integers mod p."""
    return Modular()


@lru_cache(maxsize=1)
def complex_modular() -> Modular:
    """The integers mod a prime modulo which −1 has a root."""
    return Modular(COMPLEX_PRIME)


@lru_cache(maxsize=1)
def exact() -> Exact:
    """The rationals."""
    return Exact()


@lru_cache(maxsize=1)
def real_balls() -> Balls:
    """The balls."""
    return Balls()


def _oracle(name: str, key: tuple[int, ...]) -> int:
    """A fixed value mod p for a function and its arguments, as good as random (SplitMix64, Steele et al. 2014)."""
    state = 0x9E3779B97F4A7C15
    for word in (crc32(name.encode()), *key):
        state = (state ^ word) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        state = (state ^ state >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 31
    return state % PRIME


def drawn(seed: int, *parts: str | int) -> int:
    """A number mod p that depends on the seed and the parts alone, as good as random.

    Args:
        seed: of the whole point.
        parts: what it is drawn for.
    """
    key = (seed + 1, *(crc32(part.encode()) if isinstance(part, str) else part + 7919 for part in parts))
    return _oracle("draw", key)
