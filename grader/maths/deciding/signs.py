"""Signs and zeros of polynomials over what is known of their variables, which are real numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from grader.maths.deciding.rational import MAX_FACTORED_DEGREE, Ring
from grader.maths.values.domain import Bounds, Domain
from grader.maths.values.fields import UnsupportedError


def sign(polynomial: Any, over: Ring, domain: Domain) -> int:
    """1 or −1 where a polynomial has that sign all over the domain, for real variables; 0 if that is not seen.

    It is seen from the signs of its terms, written from the bounds of the variables: for x ≥ 1, x² − 1/2 is
    1/2 + 2t + t² with t = x − 1. For one variable it is also seen from the real zeros, which are isolated.

    Args:
        polynomial: of the ring.
        over: the ring.
        domain: what is known of the variables.
    """
    used = [name for name, degree in zip(over.names, polynomial.degrees(), strict=False) if degree]
    known = {name: _bounds(domain, name) for name in used}
    found = _by_terms(polynomial, over, known)
    if found or len(used) != 1:
        return found
    return _by_zeros(over.along(polynomial, used[0], {}), known[used[0]])


def vanishes(polynomial: Any, over: Ring, domain: Domain) -> bool:
    """Whether an irreducible polynomial may be 0 in the domain, for real variables; False only where it is proved.

    Args:
        polynomial: irreducible, of the ring.
        over: the ring.
        domain: what is known of the variables.
    """
    used = [name for name, degree in zip(over.names, polynomial.degrees(), strict=False) if degree]
    if len(used) == 1:
        degree = polynomial.total_degree()
        line = over.along(polynomial, used[0], {})
        known = _bounds(domain, used[0])
        if degree == 1:
            root = -line[0] / line[1]
            return known.holds(Fraction(int(root.p), int(root.q)))
        if known.whole:
            return False  # it has no rational zeros
    for relation in domain.relations:
        if relation.signs != ("≠",):
            continue
        try:
            left, right = (over.read(item) for item in relation.items)
        except UnsupportedError:
            continue
        apart = left.top * right.bottom - right.top * left.bottom
        if len(apart) and polynomial == apart / apart.leading_coefficient():
            return False
    return sign(polynomial, over, domain) == 0


def _bounds(domain: Domain, name: str) -> Bounds:
    if name in ("π", "e") and name not in domain.bounds:
        return Bounds(Fraction(2), Fraction(4), True, True)
    return domain.of(name)


def _by_terms(polynomial: Any, over: Ring, known: Mapping[str, Bounds]) -> int:
    shifts = []
    signs: dict[str, int] = {}  # of the variable, or of its distance from a bound: 2 positive, 1 not negative …
    for name, bounds in known.items():
        if bounds.low is not None and (bounds.low >= 0 or bounds.high is None):
            signs[name] = 2 if bounds.strict_low else 1
            shifts.append((name, bounds.low))
        elif bounds.high is not None:
            signs[name] = -2 if bounds.strict_high else -1
            shifts.append((name, bounds.high))
        elif bounds.holds(Fraction(0)):
            signs[name] = 0
        else:
            signs[name] = 3  # not 0
    for name, shift in shifts:
        if shift:
            moved = [over.variables[n] + (over.constant(shift) if n == name else 0) for n in over.names]
            polynomial = polynomial.compose(*moved)
    places = [signs.get(name, 0) for name in over.names]
    seen, strict = 0, False
    for exponents, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
        term, positive = (1 if coefficient > 0 else -1), True
        for kind, exponent in zip(places, exponents, strict=False):
            if not exponent:
                continue
            positive = positive and abs(kind) >= 2
            if exponent % 2:
                if kind in (0, 3):
                    return 0
                term *= 1 if kind > 0 else -1
        if seen and term != seen:
            return 0
        seen, strict = term, strict or positive
    return seen if strict else 0


def _by_zeros(line: Any, known: Bounds) -> int:
    """The sign of a polynomial in one variable, from its real zeros."""
    if line.degree() > MAX_FACTORED_DEGREE:
        return 0
    if not all(_outside(zero, known) for zero in real_zeros(line)):
        return 0
    value = line(_fmpq(known.value(0, 0, positive=True)))
    return int(value > 0) - int(value < 0)


def _fmpq(value: Fraction) -> Any:
    import flint

    return flint.fmpq(value.numerator, value.denominator)


def real_zeros(line: Any) -> list[Any]:
    """The real zeros of a polynomial in one variable: rational ones exact, the others as balls.

    Args:
        line: as ``fmpq_poly``, not 0.
    """
    found: list[Any] = []
    for factor, _ in line.factor()[1]:
        if factor.degree() == 1:
            found.append(-factor[0] / factor[1])
        elif factor.degree() > 1:
            found.extend(zero.real for zero, _ in factor.numer().complex_roots() if zero.imag.is_zero())
    return found


def _outside(zero: Any, known: Bounds) -> bool:
    """Whether a zero is surely beyond the bounds of its variable: gaps between its values do not count."""
    if hasattr(zero, "p"):
        value = Fraction(int(zero.p), int(zero.q))
        return not replace(known, whole=False, excluded=frozenset()).holds(value)
    below = known.low is not None and bool(zero < _ball(known.low))
    return below or (known.high is not None and bool(zero > _ball(known.high)))


def _ball(value: Fraction) -> Any:
    import flint

    return flint.arb(_fmpq(value))


def inside(zero: Any, known: Bounds) -> bool:
    """Whether a zero is surely a value that its variable may have.

    Args:
        zero: a rational number of FLINT, or a ball.
        known: of the variable.
    """
    if hasattr(zero, "p"):
        return known.holds(Fraction(int(zero.p), int(zero.q)))
    above = known.low is None or bool(zero > _ball(known.low))
    below = known.high is None or bool(zero < _ball(known.high))
    return above and below and not known.whole and all(not zero.overlaps(_ball(out)) for out in known.excluded)
