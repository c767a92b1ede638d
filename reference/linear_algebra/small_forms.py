"""A quadratic form of two numbers by hand: its value, its symmetric matrix, its derivatives, and the usual slips."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from reference.linear import Array, exact_array, shaped
from reference.linear_algebra import gradients, quadratic_forms


def value(A: Any, x: Any) -> Fraction:
    """xᵀA x by products of matrices."""
    return quadratic_forms.form(A, x)


def value_by_entries(A: Any, x: Any) -> Fraction:
    """The same, as the sum of A_ij x_i x_j."""
    return quadratic_forms.form_by_entries(A, x)


def value_of_the_diagonal(A: Any, x: Any) -> Fraction:
    """The squares alone, without the mixed terms."""
    matrix, column = shaped(A, "A", 2, 2), shaped(x, "x", 2, 1)
    return Fraction(sum(matrix[i, i] * column[i, 0] ** 2 for i in range(2)))


def symmetric(A: Any) -> Array:
    """See :func:`reference.linear_algebra.quadratic_forms.symmetric_matrix`."""
    return quadratic_forms.symmetric_matrix(A)


def symmetric_by_interpolation(A: Any) -> Array:
    """See :func:`reference.linear_algebra.quadratic_forms.symmetric_matrix_by_interpolation`."""
    return quadratic_forms.symmetric_matrix_by_interpolation(A)


def gradient(A: Any, x: Any) -> Array:
    """See :func:`reference.linear_algebra.gradients.gradient_of_quadratic`."""
    return gradients.gradient_of_quadratic(A, x)


def gradient_by_duals(A: Any, x: Any) -> Array:
    """See :func:`reference.linear_algebra.gradients.gradient_of_quadratic_by_duals`."""
    return gradients.gradient_of_quadratic_by_duals(A, x)


def gradient_as_if_symmetric(A: Any, x: Any) -> Array:
    """2 A x."""
    found: Array = 2 * exact_array(A, "A") @ exact_array(x, "x")
    return found


def gradient_of_one_factor(A: Any, x: Any) -> Array:
    """A x: one term of the product rule."""
    found: Array = exact_array(A, "A") @ exact_array(x, "x")
    return found


def hessian(A: Any) -> Array:
    """See :func:`reference.linear_algebra.gradients.hessian_of_quadratic`."""
    return gradients.hessian_of_quadratic(A)


def hessian_by_duals(A: Any) -> Array:
    """See :func:`reference.linear_algebra.gradients.hessian_of_quadratic_by_duals`."""
    return gradients.hessian_of_quadratic_by_duals(A)


def twice(A: Any) -> Array:
    """2 A."""
    found: Array = 2 * exact_array(A, "A")
    return found
