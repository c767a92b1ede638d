"""Rational functions over ℚ in several variables, from trees: exact polynomials of FLINT, cancelled.

What is no rational function, or would be too large, is :class:`UnsupportedError`; every step is checked before it
is made, so the work is bounded by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any, NamedTuple

from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, symbols_in
from grader.maths.values.fields import UnsupportedError

MAX_VARIABLES = 24
"""Most variables of one function."""

MAX_DEGREE = 120
"""Highest total degree of a numerator or denominator."""

MAX_TERMS = 1_500
"""Most terms of a numerator or denominator."""

MAX_BITS = 20_000
"""Longest coefficient, in bits."""

MAX_FACTORED_TERMS = 250
"""Most terms of a polynomial that is factored."""

MAX_FACTORED_DEGREE = 40
"""Highest total degree of a polynomial in several variables that is factored."""

_MOST_PRODUCTS = 100_000


class Quotient(NamedTuple):
    """A cancelled quotient of two polynomials; the denominator is 1 where it is constant."""

    top: Any
    bottom: Any


class Reading(NamedTuple):
    """A tree as a rational function.

    Args:
        top, bottom: numerator and denominator, cancelled.
        divisors: polynomials by which the tree divides, as written: where one of them is 0, it is undefined.
        cancelled: something was cancelled on the way that is no number.
    """

    top: Any
    bottom: Any
    divisors: tuple[Any, ...]
    cancelled: bool


class Factors(NamedTuple):
    """A polynomial as a product: a rational number, and irreducible polynomials with their multiplicities."""

    content: Fraction
    powers: tuple[tuple[Any, int], ...]


class Ring:
    """Polynomials in some variables.

    Args:
        names: full names of the variables, in order. π and e are variables too: they satisfy no equation over ℚ.

    Raises:
        UnsupportedError: there are too many.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        import flint

        if len(names) > MAX_VARIABLES:
            raise UnsupportedError(f"more than {MAX_VARIABLES} variables")
        self.names = names
        self._fmpq = flint.fmpq
        self._context = flint.fmpq_mpoly_ctx.get(tuple(f"v{place}" for place in range(max(len(names), 1))))
        generators = self._context.gens()
        self.variables = dict(zip(names, generators, strict=False))
        self.one = self._context.constant(1)

    def constant(self, value: Fraction) -> Any:
        """A rational number as a polynomial."""
        return self._context.constant(self._fmpq(value.numerator, value.denominator))

    def read(self, node: Node) -> Reading:
        """A tree as a rational function.

        Args:
            node: sums, products, quotients and whole powers of numbers and variables.

        Raises:
            UnsupportedError: it is something else, or too large.
        """
        reader = _Reader(self)
        found = reader.read(node)
        return Reading(found.top, found.bottom, tuple(reader.divisors), reader.cancelled)

    def tree(self, polynomial: Any) -> Node:
        """A polynomial as a tree, its terms in the order of the ring.

        Args:
            polynomial: of this ring.
        """
        total: Node | None = None
        for exponents, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
            value = Fraction(int(coefficient.p), int(coefficient.q))
            bare = abs(value) == 1 and any(exponents)
            term: Node | None = None if bare else _number(abs(value))
            for name, exponent in zip(self.names, exponents, strict=False):
                if exponent:
                    base: Node = Symbol(*name.split("_", 1))
                    power = base if exponent == 1 else Binary("^", base, _number(Fraction(int(exponent))))
                    term = power if term is None else Binary("*", term, power)
            if term is None:  # unreachable: a term without variables has its number
                continue
            if total is None:
                total = Unary("-", term) if value < 0 else term
            else:
                total = Binary("-" if value < 0 else "+", total, term)
        return total or _number(Fraction(0))

    def along(self, polynomial: Any, name: str, values: Mapping[str, Fraction]) -> Any:
        """A polynomial in one variable alone, as ``fmpq_poly``, with numbers put in for the others.

        Args:
            polynomial: of this ring.
            name: the variable that is kept.
            values: of the others.
        """
        import flint

        place = self.names.index(name)
        chosen = [(i, self._fmpq(v.numerator, v.denominator)) for i, n in enumerate(self.names) if (v := values.get(n))]
        zeros = [i for i, n in enumerate(self.names) if n in values and not values[n]]
        found: dict[int, Any] = {}
        for exponents, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
            if any(exponents[i] for i in zeros):
                continue
            for i, value in chosen:
                if exponents[i] and i != place:
                    coefficient *= value ** int(exponents[i])
            power = int(exponents[place])
            found[power] = found.get(power, 0) + coefficient
        return flint.fmpq_poly([found.get(power, 0) for power in range(max(found, default=0) + 1)])


def _number(value: Fraction) -> Node:
    if value.denominator == 1:
        return Number(value, str(value))
    top, bottom = Fraction(value.numerator), Fraction(value.denominator)
    return Binary("/", Number(top, str(top)), Number(bottom, str(bottom)))


@lru_cache(maxsize=512)
def ring(names: tuple[str, ...]) -> Ring:
    """The ring of polynomials in some variables.

    Args:
        names: full names, in order.

    Raises:
        UnsupportedError: there are too many.
    """
    return Ring(names)


class _Reader:
    def __init__(self, over: Ring) -> None:
        self.ring = over
        self.divisors: list[Any] = []
        self.cancelled = False
        self._rules: dict[str, Callable[[Quotient, Quotient], Quotient]] = {
            "+": self.sum, "-": self.difference, "*": self.product, "/": self.quotient,
        }  # fmt: skip

    def read(self, node: Node) -> Quotient:
        if isinstance(node, Number):
            return Quotient(self.ring.constant(node.value), self.ring.one)
        if isinstance(node, Symbol):
            variable = self.ring.variables.get(node.full)
            if variable is None:
                raise UnsupportedError(f"“{node.full}” is no variable here")
            return Quotient(variable, self.ring.one)
        if isinstance(node, Binary):
            if node.op == "^":
                return self.power(self.read(node.left), self.read(node.right))
            rule = self._rules.get(node.op)
            if rule is None:
                raise UnsupportedError(f"“{node.op}” is no operation on numbers")
            return rule(self.read(node.left), self.read(node.right))
        if isinstance(node, Unary) and node.op in ("-", "%"):
            inner = self.read(node.operand)
            return Quotient(-inner.top if node.op == "-" else inner.top / 100, inner.bottom)
        if isinstance(node, Call) and node.function == "sqrt" and node.base is None:
            return self.root(self.read(node.argument))
        raise UnsupportedError("no rational function")

    def sum(self, one: Quotient, other: Quotient) -> Quotient:
        if one.bottom == other.bottom:
            return self.reduced(one.top + other.top, one.bottom)
        top = self.times(one.top, other.bottom) + self.times(other.top, one.bottom)
        return self.reduced(top, self.times(one.bottom, other.bottom))

    def difference(self, one: Quotient, other: Quotient) -> Quotient:
        return self.sum(one, Quotient(-other.top, other.bottom))

    def product(self, one: Quotient, other: Quotient) -> Quotient:
        return self.reduced(self.times(one.top, other.top), self.times(one.bottom, other.bottom))

    def quotient(self, one: Quotient, other: Quotient) -> Quotient:
        if other.top.is_zero():
            raise UnsupportedError("a division by zero")
        if not other.top.is_constant():
            self.divisors.append(other.top)
        return self.reduced(self.times(one.top, other.bottom), self.times(one.bottom, other.top))

    def power(self, base: Quotient, exponent: Quotient) -> Quotient:
        if not (exponent.top.is_constant() and exponent.bottom.is_constant()):
            raise UnsupportedError("a variable in an exponent")
        value = constant(exponent.top)
        if value.denominator != 1:
            if base.top.is_constant() and base.bottom.is_constant() and value.denominator == 2:
                return self.power(self.root(base), Quotient(self.ring.constant(value * 2), self.ring.one))
            raise UnsupportedError("a power that is no whole number")
        count = value.numerator
        if count < 0:
            base = self.quotient(Quotient(self.ring.one, self.ring.one), base)
            count = -count
        return Quotient(self.raised(base.top, count), self.raised(base.bottom, count))

    def root(self, inner: Quotient) -> Quotient:
        """The root of a square of a number; other roots are no rational functions."""
        if inner.top.is_constant() and inner.bottom.is_constant():
            value = constant(inner.top)
            if value >= 0:
                found = self.ring._fmpq(value.numerator, value.denominator)
                top, bottom = found.p.isqrt(), found.q.isqrt()
                if top * top == found.p and bottom * bottom == found.q:
                    return Quotient(self.ring.constant(Fraction(int(top), int(bottom))), self.ring.one)
        raise UnsupportedError("a root")

    def times(self, one: Any, other: Any) -> Any:
        if one.is_one():
            return other
        if other.is_one():
            return one
        if len(one) * len(other) > _MOST_PRODUCTS:
            raise UnsupportedError("a polynomial with too many terms")
        return self.checked(one * other)

    def raised(self, base: Any, count: int) -> Any:
        if count == 1 or base.is_one():
            return base
        if count == 0:
            return self.ring.one
        terms, degree = len(base), base.total_degree() if not base.is_zero() else 0
        if degree * count > MAX_DEGREE or count > MAX_BITS:
            raise UnsupportedError(f"a polynomial of a degree above {MAX_DEGREE}")
        variables = sum(1 for d in base.degrees() if d)
        if terms > 1 and min(comb(terms + count - 1, count), comb(degree * count + variables, variables)) > MAX_TERMS:
            raise UnsupportedError("a polynomial with too many terms")
        if (_bits(base) + terms.bit_length()) * count > MAX_BITS:
            raise UnsupportedError("coefficients that are too long")
        return base**count

    def reduced(self, top: Any, bottom: Any) -> Quotient:
        if bottom.is_one():
            return Quotient(self.checked(top), bottom)
        if bottom.is_constant():
            return Quotient(self.checked(top) / bottom.leading_coefficient(), self.ring.one)
        common = top.gcd(bottom)
        if not common.is_constant():
            self.cancelled = True
            top, bottom = top / common, bottom / common
        scale = bottom.leading_coefficient()
        return Quotient(self.checked(top) / scale, self.checked(bottom) / scale)

    def checked(self, polynomial: Any) -> Any:
        if len(polynomial) > MAX_TERMS:
            raise UnsupportedError("a polynomial with too many terms")
        if len(polynomial) and polynomial.total_degree() > MAX_DEGREE:
            raise UnsupportedError(f"a polynomial of a degree above {MAX_DEGREE}")
        return polynomial


def _bits(polynomial: Any) -> int:
    return max((max(int(c.p).bit_length(), int(c.q).bit_length()) for c in polynomial.coeffs()), default=0)


def constant(polynomial: Any) -> Fraction:
    """The value of a constant polynomial."""
    if polynomial.is_zero():
        return Fraction(0)
    value = polynomial.leading_coefficient()
    return Fraction(int(value.p), int(value.q))


def factors(polynomial: Any) -> Factors:
    """A polynomial as a product of irreducible ones.

    Args:
        polynomial: not 0.

    Returns:
        Its factors, each with its first coefficient 1.

    Raises:
        UnsupportedError: it is too large to be factored here.
    """
    if len(polynomial) > MAX_FACTORED_TERMS or _bits(polynomial) > MAX_BITS:
        raise UnsupportedError("a polynomial that is too long to be factored")
    if sum(1 for d in polynomial.degrees() if d) > 1 and polynomial.total_degree() > MAX_FACTORED_DEGREE:
        raise UnsupportedError("a polynomial of a degree too high to be factored")
    content, found = polynomial.factor()
    scale = Fraction(int(content.p), int(content.q)) if hasattr(content, "p") else Fraction(int(content))
    powers = []
    for factor, count in found:
        lead = factor.leading_coefficient()
        scale *= Fraction(int(lead.p), int(lead.q)) ** int(count)
        powers.append((factor / lead, int(count)))
    return Factors(scale, tuple(powers))


def names_in(trees: Iterable[Node], declared: Iterable[str] = ()) -> tuple[str, ...]:
    """The variables of some trees, those that are declared first.

    Args:
        trees: expressions.
        declared: full names, in order.
    """
    found: set[str] = set().union(*(symbols_in(tree) for tree in trees)) - {"…", "∞"}
    first = tuple(dict.fromkeys(declared))
    return (*first, *sorted(found - set(first)))
