"""Norms of vectors and matrices, by the names that stand below the bars."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.maths.tree import Node, Number, Symbol
from grader.maths.values import spectra
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import Scaled, is_matrix, raised, shape_of

if TYPE_CHECKING:
    from grader.maths.values.places import Point

SPECTRAL, FROBENIUS, NUCLEAR = "spectral", "frobenius", "nuclear"

_NAMED = {
    "2": SPECTRAL, "op": SPECTRAL, "spec": SPECTRAL, "spectral": SPECTRAL, "σ": SPECTRAL, SPECTRAL: SPECTRAL,
    "F": FROBENIUS, "Fro": FROBENIUS, "fro": FROBENIUS, "Frob": FROBENIUS, "HS": FROBENIUS, "Frobenius": FROBENIUS,
    FROBENIUS: FROBENIUS,
    "*": NUCLEAR, "nuc": NUCLEAR, "nuclear": NUCLEAR, "tr": NUCLEAR,
    "1": "1", "∞": "∞", "max": "max",
}  # fmt: skip
"""What stands below the bars, to the one name of the norm of a matrix."""

WORDS = frozenset(name for name in _NAMED if len(name) > 1)
"""Words that name a norm."""


def norm(value: Any, which: Node | None, point: Point) -> Any:
    """A norm of a vector or matrix; the bare bars of a matrix mean what the question declares.

    Args:
        value: a number or matrix.
        which: what stands below it: 1, 2, ∞, F, * …; None for nothing.
        point: where.

    Raises:
        UnsupportedError: it is another norm, or the one that is meant is not declared.
    """
    field = point.field
    if isinstance(value, Scaled):
        raise UnsupportedError("a norm of an identity of unknown size")
    if not is_matrix(value):
        return field.function("abs", [value], None)
    name = which.text if isinstance(which, Number) else which.full if isinstance(which, Symbol) else ""
    if 1 in shape_of(value):
        return _of_vector(value.entries(), name, which, point)
    if which is None and not point.norm:
        raise UnsupportedError("which norm of a matrix the bars mean is not declared")
    kind = _NAMED.get(point.norm if which is None else name)
    if kind == FROBENIUS:
        return _euclidean(value.entries(), point)
    if kind == SPECTRAL:
        return spectra.singular_values(value, field, point.terms)[0]
    if kind == NUCLEAR:
        return folded(spectra.singular_values(value, field, point.terms))
    sizes = [field.function("abs", [entry], None) for entry in value.entries()]
    if kind == "max":
        return field.function("max", sizes, None)
    rows, columns = shape_of(value)
    if kind == "1":
        return field.function("max", [folded(sizes[j::columns]) for j in range(columns)], None)
    if kind == "∞":
        lines = [folded(sizes[i * columns : (i + 1) * columns]) for i in range(rows)]
        return field.function("max", lines, None)
    raise UnsupportedError("this norm of a matrix")


def _of_vector(entries: list[Any], name: str, which: Node | None, point: Point) -> Any:
    field = point.field
    if which is None or _NAMED.get(name) in (SPECTRAL, FROBENIUS, NUCLEAR):
        return _euclidean(entries, point)
    sizes = [field.function("abs", [entry], None) for entry in entries]
    if name == "1":
        return folded(sizes)
    if name in ("∞", "max"):
        return field.function("max", sizes, None)
    if isinstance(which, Number) and which.value >= 1:
        powers = [field.power(size, which.value, field.number(which.value)) for size in sizes]
        return field.power(folded(powers), 1 / which.value, field.number(1 / which.value))
    raise UnsupportedError("this norm of a vector")


def _euclidean(entries: list[Any], point: Point) -> Any:
    return point.field.function("sqrt", [folded([entry * entry for entry in entries])], None)


def condition(value: Any, which: Node | None, point: Point) -> Any:
    """The condition number of a matrix; that in another norm than the spectral one is ‖A‖ ‖A⁻¹‖.

    Args:
        value: a number or matrix.
        which: what stands below κ; None for nothing.
        point: where.

    Raises:
        UnsupportedError: it is not computed here.
        ShapeError: in another norm, it is not square.
        RetryError: it is not invertible here.
    """
    if isinstance(value, Scaled) or not is_matrix(value):
        if not isinstance(value, Scaled) and value == 0:
            raise UnsupportedError("the condition number of 0")
        return point.field.number(Fraction(1))
    name = which.text if isinstance(which, Number) else which.full if isinstance(which, Symbol) else ""
    if _NAMED.get(point.norm or SPECTRAL if which is None else name) == SPECTRAL:
        return spectra.condition(value, point.field, point.terms)
    return norm(value, which, point) * norm(raised(value, -1, point.sizes), which, point)


def folded(terms: Any) -> Any:
    """The sum of values.

    Args:
        terms: at least one.
    """
    first, *rest = terms
    for term in rest:
        first = first + term
    return first
