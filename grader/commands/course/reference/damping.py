"""A damped oscillator x'' + c x' + k x = 0 with k > 0 and c >= 0.

It swings through rest exactly if the roots of s² + c s + k are not real.
"""

from __future__ import annotations

import cmath
from fractions import Fraction

import sympy


def swinging(stiffness: Fraction) -> sympy.Set:
    """The c >= 0 at which the discriminant c² − 4k is negative."""
    return sympy.Interval.Ropen(0, 2 * sympy.sqrt(sympy.Rational(str(stiffness))))


def swinging_by_roots(stiffness: Fraction) -> sympy.Set:
    """The same, by solving the inequality for the discriminant of the polynomial."""
    s, c = sympy.symbols("s c", real=True)
    discriminant = sympy.discriminant(s**2 + c * s + sympy.Rational(str(stiffness)), s)
    return sympy.solveset(discriminant < 0, c, sympy.Interval(0, sympy.oo))


def behaviour(stiffness: Fraction, strong: Fraction) -> str:
    """The option that describes the door with damping ``strong``, from the roots."""
    root = cmath.sqrt(strong**2 - 4 * stiffness)
    if root.imag:
        return "A"
    return "B" if strong > 0 else "C"


def behaviour_by_simulation(stiffness: Fraction, strong: Fraction) -> str:
    """The same, from steps of 1/1000 over 20 units of time, opened to 1 and let go."""
    x, v, h = 1.0, 0.0, 0.001
    lowest = x
    for _ in range(20_000):
        v -= h * (float(strong) * v + float(stiffness) * x)
        x += h * v
        lowest = min(lowest, x)
    if abs(x) > 0.01:
        return "C"
    return "A" if lowest < -1e-6 else "B"
