"""SymPy's numbers and sets as text that the answer types read, in exact numbers.

SymPy is loaded only where a solver returned something of its own.
"""

from __future__ import annotations

import math
from typing import Any

from grader.answers.base import brief
from grader.diagnostics import SpecError, author_error


def number_text(value: Any, what: str) -> str:
    """A SymPy number as text.

    Args:
        value: a SymPy expression.
        what: for the message.

    Raises:
        SpecError: it is not a real number, or has symbols in it.
    """
    if value.is_real is not True or value.free_symbols:
        raise SpecError(author_error("solver-nonsense", f"{what}: {brief(value)} is not a real number"))
    return _spelled(value)


def set_text(value: Any) -> str:
    """A SymPy set of real numbers as text.

    Args:
        value: an interval, a finite set, or a union of these.

    Raises:
        SpecError: it is none of these.
    """
    if not hasattr(value, "is_Interval") and not hasattr(value, "is_empty"):
        raise SpecError(
            author_error(
                "solver-nonsense",
                f"expected a set of numbers (a SymPy set, or text), found {type(value).__name__} {brief(value)}",
                fix="return sympy.Interval(a, b), Interval.open(a, b), a Union of them, or text such as '[1, 4)'",
            )
        )
    import sympy

    if value is sympy.S.Reals:
        return "(-∞, ∞)"
    if value is sympy.S.EmptySet:
        return "∅"
    if isinstance(value, sympy.Union):
        return " ∪ ".join(set_text(piece) for piece in value.args)
    if isinstance(value, sympy.FiniteSet):
        return "{" + ", ".join(_spelled(member) for member in value.args) + "}"
    if isinstance(value, sympy.Interval):
        left, right = "(" if value.left_open else "[", ")" if value.right_open else "]"
        return f"{left}{_spelled(value.start)}, {_spelled(value.end)}{right}"
    raise SpecError(author_error("solver-nonsense", f"cannot use the set {brief(value)} as the truth"))


def _spelled(value: Any) -> str:
    """An expression with its constants spelled as the lexer does."""
    import sympy

    text: str = sympy.sstr(value)
    for theirs, ours in (("exp(1)", "e"), ("oo", "∞"), ("pi", "π"), ("E", "e")):
        text = text.replace(theirs, ours)
    return text


def expression_text(value: Any) -> str:
    """A SymPy expression, or a plain number, as text.

    Args:
        value: what a solver returned.

    Raises:
        SpecError: it is neither.
    """
    if isinstance(value, bool) or not (
        isinstance(value, int | float) or hasattr(value, "free_symbols") or hasattr(value, "numerator")
    ):
        raise SpecError(
            author_error("solver-nonsense", f"expected a formula, found {type(value).__name__} {brief(value)}")
        )
    if hasattr(value, "free_symbols"):
        return _spelled(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise SpecError(author_error("solver-nonsense", f"{value} is not a finite number"))
    return str(value)
