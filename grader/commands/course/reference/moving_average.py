"""A causal filter with finitely many weights, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy


def filtered(window: Sequence[Fraction], signal: Sequence[Fraction]) -> list[Fraction]:
    """The output for each sample of the signal, from the definition of the filter."""
    return [sum((w * signal[k - j] for j, w in enumerate(window) if k >= j), Fraction(0)) for k in range(len(signal))]


def filtered_by_polynomials(window: Sequence[Fraction], signal: Sequence[Fraction]) -> list[Fraction]:
    """The same as coefficients of a product: a filter multiplies generating functions."""
    z = sympy.Symbol("z")
    w = sympy.Poly([sympy.Rational(str(c)) for c in reversed(window)], z)
    u = sympy.Poly([sympy.Rational(str(c)) for c in reversed(signal)], z)
    product = w * u
    return [Fraction(str(product.coeff_monomial(z**k))) for k in range(len(signal))]


def gain(window: Sequence[Fraction]) -> Fraction:
    """The factor for a constant signal: the sum of the weights."""
    return sum(window, Fraction(0))


def gain_by_running(window: Sequence[Fraction]) -> Fraction:
    """The same, from the last output for a signal of ones that is longer than the window."""
    return filtered(window, [Fraction(1)] * (len(window) + 1))[-1]
