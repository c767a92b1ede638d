"""Shapes of products and of derivatives: the thing is computed at given sizes, and its shape is looked up.

Derivatives are differences of a function's values, collected as the question lays them out; SymPy differentiates the
same kinds of functions with symbols to confirm the shapes. Large sizes are refused, since everything is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy

Shape = tuple[int, ...]
Floats = npt.NDArray[Any]
MOST = 400
"""Most numbers in an array that is computed."""


def _small(*sizes: int) -> None:
    if int(np.prod(sizes)) > MOST:
        raise ValueError(f"too large: sizes {sizes} make more than {MOST} numbers")


def _vector_function(d: int, p: int) -> Callable[[Floats], Floats]:
    """A function of d numbers with p outputs, none of them linear."""
    weights = np.arange(1, d * p + 1, dtype=float).reshape(p, d)
    return lambda x: np.tanh(weights @ x)


def _differences(f: Callable[[Floats], Any], at: Floats) -> Floats:
    """The derivatives of the outputs of f: axes of the output first, then those of the input."""
    slopes = []
    for index in np.ndindex(*at.shape):
        moved = at.copy()
        moved[index] += 1e-6
        slopes.append((np.asarray(f(moved)) - np.asarray(f(at))) / 1e-6)
    found: Floats = np.moveaxis(np.array(slopes), 0, -1)
    return found.reshape(*found.shape[:-1], *at.shape)


def _point(d: int) -> Floats:
    return np.linspace(0.1, 0.4, d)


def _plain(shape: Any) -> Shape:
    return tuple(int(size) for size in shape)


def _symbols(d: int) -> list[Any]:
    return [sympy.Symbol(f"x{i}") for i in range(d)]


# ---------------------------------------------------------------- products


def product_shape(n: int, m: int, o: int) -> Shape:
    """The shape of A B for A of n × m and B of m × o."""
    _small(n, m, o)
    return (np.ones((n, m)) @ np.ones((m, o))).shape


def product_shape_by_vectors(n: int, m: int, o: int) -> Shape:
    """The same: B takes o numbers to m of them, and A takes these to n."""
    _small(n, m, o)
    image = [sum([0.0] * m) for _ in range(n)]  # A (B x) for some x of o numbers
    return len(image), len([*range(o)])


def outer_product_shape(d: int, p: int) -> Shape:
    """The shape of x yᵀ for x of d and y of p numbers."""
    _small(d, p)
    return (np.ones((d, 1)) @ np.ones((p, 1)).T).shape


def outer_product_shape_by_entries(d: int, p: int) -> Shape:
    """The same: there is one entry for each pair, one row for each entry of x."""
    _small(d, p)
    table = sympy.Matrix(d, p, lambda i, j: sympy.Symbol(f"x{i}") * sympy.Symbol(f"y{j}"))
    return int(table.rows), int(table.cols)


# ---------------------------------------------------------------- one output


def gradient_shape(d: int) -> Shape:
    """The shape of the gradient of f: ℝ^d → ℝ."""
    _small(d)
    return _differences(lambda x: np.sum(np.sin(x)), _point(d)).shape


def gradient_shape_in_symbols(d: int) -> Shape:
    """The same by SymPy."""
    _small(d)
    x = _symbols(d)
    return _plain(sympy.derive_by_array(sum(s**2 for s in x), x).shape)


def hessian_shape(d: int) -> Shape:
    """The shape of the second derivative of f: ℝ^d → ℝ."""
    _small(d, d)
    return _differences(lambda y: _differences(lambda x: np.sum(np.sin(x)), y), _point(d)).shape


def hessian_shape_in_symbols(d: int) -> Shape:
    """The same by SymPy."""
    _small(d, d)
    x = _symbols(d)
    return _plain(sympy.hessian(sum(x) ** 3, x).shape)


def matrix_gradient_shape(m: int, n: int) -> Shape:
    """The shape of the gradient of f with respect to a matrix of m × n."""
    _small(m, n)
    return _differences(lambda A: np.sum(np.sin(A)), _point(m * n).reshape(m, n)).shape


def matrix_gradient_shape_in_symbols(m: int, n: int) -> Shape:
    """The same by SymPy."""
    _small(m, n)
    A = sympy.Matrix(m, n, lambda i, j: sympy.Symbol(f"a{i}_{j}"))
    return _plain(sympy.derive_by_array(sum(entry**2 for entry in A), A).shape)


# ---------------------------------------------------------------- several outputs


def value_shape(d: int, p: int) -> Shape:
    """The shape of f(x) for f: ℝ^d → ℝ^p."""
    _small(d, p)
    return _vector_function(d, p)(_point(d)).shape


def value_shape_in_symbols(d: int, p: int) -> Shape:
    """The same: one symbol for each output."""
    _small(d, p)
    outputs = sympy.Matrix([sum(_symbols(d)) ** (k + 1) for k in range(p)])
    return (int(outputs.rows),)


def jacobian_shape(d: int, p: int) -> Shape:
    """The shape of the Jacobian of f: ℝ^d → ℝ^p, one row for each output."""
    _small(d, p)
    return _differences(_vector_function(d, p), _point(d)).shape


def jacobian_shape_in_symbols(d: int, p: int) -> Shape:
    """The same by SymPy."""
    _small(d, p)
    x = _symbols(d)
    found = sympy.Matrix([sum(x) ** (k + 1) for k in range(p)]).jacobian(x)
    return int(found.rows), int(found.cols)


def second_derivative_shape(d: int, p: int) -> Shape:
    """The shape of all second derivatives of f: ℝ^d → ℝ^p: the two inputs first, then the output."""
    _small(d, d, p)
    f = _vector_function(d, p)
    found = _differences(lambda y: _differences(f, y), _point(d))
    return np.moveaxis(found, 0, -1).shape


def second_derivative_shape_in_symbols(d: int, p: int) -> Shape:
    """The same by SymPy, whose arrays have the inputs first."""
    _small(d, d, p)
    x = _symbols(d)
    outputs = [sum(x) ** (k + 1) for k in range(p)]
    return _plain(sympy.derive_by_array(sympy.derive_by_array(outputs, x), x).shape)
