"""Six matrices to be classified by the signs of their quadratic forms, with vectors at which these can be seen."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

from reference.linear import Array, exact_array
from reference.linear_algebra.quadratic_forms import definiteness, definiteness_by_eigenvalues, form
from reference.linear_algebra.search import written

ZERO_FORM = {"PSD": "it is negative nowhere", "NSD": "it is positive nowhere"}
SURE = {"PD": "positive", "ND": "negative"}


def classified(A: Any) -> dict[str, Any]:
    """The narrowest class of A, and small vectors that show why it is no narrower or no wider one.

    Args:
        A: d x d; it need not be symmetric.

    Returns:
        ``is``: PD, PSD, ND, NSD or indefinite; ``at``: vectors; ``shows``: the values of the form there.

    Raises:
        ValueError: the form is 0 everywhere, or no vector with entries up to 12 in size shows the class.
    """
    name = definiteness(A)
    if name in SURE:
        return {"is": name, "shows": f"The form xᵀAx is {SURE[name]} for every x ≠ 0"}
    if name in ZERO_FORM:
        x = _vector(A, 0)
        return {"is": name, "at": {"x": _listed(x)}, "shows": f"xᵀAx = 0, and {ZERO_FORM[name]}"}
    x, y = _vector(A, 1), _vector(A, -1)
    values = f"xᵀAx = {form(A, x)} is positive, and yᵀAy = {written(form(A, y))} is negative"
    return {"is": name, "at": {"x": _listed(x), "y": _listed(y)}, "shows": values}


def _vector(A: Any, sign: int) -> Array:
    """A vector other than 0, with small entries, at which the form has a sign."""
    d = len(exact_array(A, "A"))
    for size in range(1, 13):
        for entries in itertools.product(range(size, -size - 1, -1), repeat=d):
            x = exact_array(list(entries), "x")
            value = form(A, x)
            if any(entries) and (value > 0) - (value < 0) == sign:
                return x
    raise ValueError(f"no vector with entries up to 12 in size gives the form the sign {sign}")


def _listed(x: Array) -> list[Fraction]:
    return [Fraction(entry) for entry in x[:, 0]]


# The parts of one problem ask for six matrices, each under a name of its own.


def class_of_first(first: Any) -> dict[str, Any]:
    """See :func:`classified`."""
    return classified(first)


def eigenvalue_class_of_first(first: Any) -> str:
    """See :func:`definiteness_by_eigenvalues`."""
    return definiteness_by_eigenvalues(first)


def class_of_second(second: Any) -> dict[str, Any]:
    """See :func:`classified`."""
    return classified(second)


def eigenvalue_class_of_second(second: Any) -> str:
    """See :func:`definiteness_by_eigenvalues`."""
    return definiteness_by_eigenvalues(second)


def class_of_third(third: Any) -> dict[str, Any]:
    """See :func:`classified`."""
    return classified(third)


def eigenvalue_class_of_third(third: Any) -> str:
    """See :func:`definiteness_by_eigenvalues`."""
    return definiteness_by_eigenvalues(third)


def class_of_fourth(fourth: Any) -> dict[str, Any]:
    """See :func:`classified`."""
    return classified(fourth)


def eigenvalue_class_of_fourth(fourth: Any) -> str:
    """See :func:`definiteness_by_eigenvalues`."""
    return definiteness_by_eigenvalues(fourth)


def class_of_fifth(fifth: Any) -> dict[str, Any]:
    """See :func:`classified`."""
    return classified(fifth)


def eigenvalue_class_of_fifth(fifth: Any) -> str:
    """See :func:`definiteness_by_eigenvalues`."""
    return definiteness_by_eigenvalues(fifth)


def class_of_sixth(sixth: Any) -> dict[str, Any]:
    """See :func:`classified`."""
    return classified(sixth)


def eigenvalue_class_of_sixth(sixth: Any) -> str:
    """See :func:`definiteness_by_eigenvalues`."""
    return definiteness_by_eigenvalues(sixth)
