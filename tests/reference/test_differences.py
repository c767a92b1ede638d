"""Slopes by differences and by a complex step: both agree with derivatives known in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from reference.numerical_analysis import differences as diff


@pytest.mark.parametrize("slope", [diff.central_slope, diff.complex_slope])
def test_slopes_are_those_of_known_functions(slope):
    """exp, sin and a power, to ten digits."""
    assert slope(lambda t: np.exp(2 * t)) == pytest.approx(2, rel=1e-10)
    assert slope(lambda t: np.sin(1 + 3 * t)) == pytest.approx(3 * np.cos(1), rel=1e-10)
    assert slope(lambda t: (2 + t) ** 5) == pytest.approx(80, rel=1e-10)


@pytest.mark.parametrize("gradient", [diff.central_gradient, diff.complex_gradient])
def test_gradients_are_taken_entry_by_entry(gradient):
    """Σ w x³ has the gradient 3 w x², in the shape of x."""
    x, w = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]), np.arange(6.0).reshape(2, 3)
    assert np.allclose(gradient(lambda at: np.sum(w * at**3), x), 3 * w * x**2, rtol=1e-10, atol=1e-10)


def test_a_function_that_drops_the_imaginary_part_has_no_complex_slope():
    """The complex step needs analytic functions; what takes the real part has the slope 0, so it would be noticed."""
    assert diff.complex_slope(lambda t: np.real(np.exp(2 * t))) == 0
    assert diff.central_slope(lambda t: np.real(np.exp(2 * t))) == pytest.approx(2)
