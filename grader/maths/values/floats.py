"""Formulas worked out in floats with NumPy: a second evaluator that shares nothing with the exact one.

``verify`` asks it whether a formula with a slip says something else, so that the grader is not its own witness.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from grader.maths.tree import Big, Binary, Call, Listing, Matrix, Node, Number, Symbol, Unary, walk

Value: TypeAlias = Any  # a float, a matrix of floats (two axes), or a multiple of the identity


class NotInFloatsError(ValueError):
    """The formula holds what is not worked out here."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A multiple of the identity matrix of whatever size.

    Args:
        factor: the multiple.
    """

    factor: float


def in_floats(node: Node, values: Mapping[str, Any], named: Callable[[str], str] = str) -> Value:
    """The value of a formula.

    Args:
        node: the formula.
        values: of its symbols: numbers, matrices as arrays, families ``x_1, x_2, …`` as lists under ``x``.
        named: the name in ``values`` of a symbol.

    Returns:
        A float, an array of two axes, or an :class:`Identity`.

    Raises:
        NotInFloatsError: it holds what is not worked out here, or has no finite value.
    """
    try:
        found = _Floats(values, named).of(node)
    except (ArithmeticError, IndexError, KeyError, TypeError, ValueError) as error:
        raise NotInFloatsError(str(error)) from error
    import numpy as np

    if not isinstance(found, Identity) and not np.all(np.isfinite(np.asarray(found, dtype=float))):
        raise NotInFloatsError("no finite value")
    return found


class _Floats:
    def __init__(self, values: Mapping[str, Any], named: Callable[[str], str]) -> None:
        self.values = values
        self.named = named
        self.bound: dict[str, int] = {}

    def of(self, node: Node) -> Value:
        if isinstance(node, Number):
            return float(node.value)
        if isinstance(node, Symbol):
            return self.symbol(node)
        if isinstance(node, Unary):
            return self.unary(node)
        if isinstance(node, Binary):
            return self.binary(node)
        if isinstance(node, Call):
            return self.call(node)
        if isinstance(node, Big):
            return self.big(node)
        if isinstance(node, Matrix):
            return _array([[self.of(entry) for entry in row] for row in node.rows])
        if isinstance(node, Listing):
            return _array([[self.of(item)] for item in node.items])
        raise NotInFloatsError(type(node).__name__)

    def symbol(self, node: Symbol) -> Value:
        if node.full in self.bound:
            return float(self.bound[node.full])
        name = self.named(node.full)
        if name in self.values:
            return _plain(self.values[name])
        base = self.named(node.name)
        if node.sub and base in self.values:
            index = self.bound.get(node.sub)
            index = int(node.sub) if index is None and node.sub.isdecimal() else index
            family = self.values[base]
            if index is not None and isinstance(family, list) and 1 <= index <= len(family):
                return _plain(family[index - 1])
        constant = {"π": math.pi, "e": math.e}.get(node.full)
        if constant is not None:
            return constant
        if node.full == "I":
            return Identity(1.0)
        raise NotInFloatsError(node.full)

    def unary(self, node: Unary) -> Value:
        value = self.of(node.operand)
        if node.op == "-":
            return _times(-1.0, value)
        if node.op == "ᵀ":
            return value if isinstance(value, float | Identity) else value.T
        if node.op == "!" and isinstance(value, float):
            return math.gamma(value + 1)
        if node.op == "%" and isinstance(value, float):
            return value / 100
        raise NotInFloatsError(node.op)

    def binary(self, node: Binary) -> Value:
        left, right = self.of(node.left), self.of(node.right)
        if node.op == "+":
            return _plus(left, right)
        if node.op == "-":
            return _plus(left, _times(-1.0, right))
        if node.op == "*":
            return _times(left, right)
        if node.op == "/" and isinstance(right, float):
            return _times(left, 1.0 / right)
        if node.op == "^":
            return _raised(left, right)
        if node.op == "∘" and not isinstance(left, float | Identity) and not isinstance(right, float | Identity):
            if left.shape != right.shape:
                raise NotInFloatsError("sizes")
            return left * right
        raise NotInFloatsError(node.op)

    def call(self, node: Call) -> Value:
        values = [self.of(argument) for argument in node.arguments]
        first = values[0]
        if isinstance(first, float):
            return self.of_number(node, [float(value) for value in values])
        if isinstance(first, Identity) or len(values) > 1:
            raise NotInFloatsError(node.function)
        import numpy as np

        if node.function == "tr":
            if first.shape[0] != first.shape[1]:
                raise NotInFloatsError("sizes")
            return float(np.trace(first))
        if node.function == "det":
            return float(np.linalg.det(first))
        if node.function == "inv":
            return np.linalg.inv(first)
        if node.function == "transpose":
            return first.T
        if node.function == "pinv":
            return np.linalg.pinv(first)
        if node.function == "norm" and node.base is None:
            return float(np.linalg.norm(first))
        if node.function == "diag":
            return np.diag(first.ravel()) if 1 in first.shape else np.diag(first).reshape(-1, 1)
        raise NotInFloatsError(node.function)

    def of_number(self, node: Call, values: list[float]) -> float:
        first = values[0]
        if node.function == "log":
            return math.log(first) if node.base is None else math.log(first) / math.log(float(self.of(node.base)))
        if node.function == "sqrt":
            return float(first ** (1 / float(self.of(node.base)))) if node.base is not None else math.sqrt(first)
        if node.function in ("max", "min"):
            return (max if node.function == "max" else min)(values)
        if node.function in ("abs", "norm"):
            return abs(first)
        if node.function == "sigmoid":
            return 1 / (1 + math.exp(-first))
        if node.function in _OF_ONE and len(values) == 1:
            return float(getattr(math, node.function.replace("arc", "a"))(first))
        raise NotInFloatsError(node.function)

    def big(self, node: Big) -> Value:
        if node.op not in "ΣΠ" or not node.over or node.over in self.bound:
            raise NotInFloatsError(node.op)
        low = 1 if node.low is None else round(float(self.of(node.low)))
        high = self.last(node) if node.high is None else round(float(self.of(node.high)))
        if not 0 <= high - low < _MOST_TERMS:
            raise NotInFloatsError("range")
        total: Value = None
        for index in range(low, high + 1):
            self.bound[node.over] = index
            try:
                term = self.of(node.body)
            finally:
                del self.bound[node.over]
            total = term if total is None else _plus(total, term) if node.op == "Σ" else _times(total, term)
        return total

    def last(self, node: Big) -> int:
        """The last index of a sum whose bounds are not written: the length of the families in it."""
        names = {
            self.named(here.name) for here in walk(node.body) if isinstance(here, Symbol) and here.sub == node.over
        }
        lengths = {len(self.values[name]) for name in names if isinstance(self.values.get(name), list)}
        if len(lengths) != 1:
            raise NotInFloatsError("range")
        return lengths.pop()


_MOST_TERMS = 1000
_OF_ONE = frozenset("exp sin cos tan sinh cosh tanh arcsin arccos arctan floor ceil".split())


def _array(rows: list[list[Any]]) -> Any:
    import numpy as np

    return np.array([[float(entry) for entry in row] for row in rows])


def _plain(value: Any) -> Value:
    """A value of an instance in floats."""
    if hasattr(value, "astype"):
        array = value.astype(float)
        return float(array.ravel()[0]) if array.shape == () else array.reshape(-1, 1) if array.ndim == 1 else array
    return float(value)


def _plus(one: Value, other: Value) -> Value:
    if isinstance(one, Identity) and isinstance(other, Identity):
        return Identity(one.factor + other.factor)
    if isinstance(one, Identity) or isinstance(other, Identity):
        scaled, matrix = (one, other) if isinstance(one, Identity) else (other, one)
        import numpy as np

        if isinstance(matrix, float) or matrix.shape[0] != matrix.shape[1]:
            raise NotInFloatsError("sizes")
        return scaled.factor * np.eye(len(matrix)) + matrix
    if isinstance(one, float) != isinstance(other, float):
        raise NotInFloatsError("sizes")
    if not isinstance(one, float) and one.shape != other.shape:
        raise NotInFloatsError("sizes")
    return one + other


def _times(one: Value, other: Value) -> Value:
    if isinstance(one, Identity):
        return Identity(one.factor * other) if isinstance(other, float) else _scaled(one.factor, other)
    if isinstance(other, Identity):
        return _times(other, one)
    if isinstance(one, float) or isinstance(other, float):
        return one * other
    if one.shape[1] != other.shape[0]:
        raise NotInFloatsError("sizes")
    return one @ other


def _scaled(factor: float, value: Value) -> Value:
    return Identity(factor * value.factor) if isinstance(value, Identity) else factor * value


def _raised(base: Value, power: Value) -> Value:
    if not isinstance(power, float):
        raise NotInFloatsError("power")
    if isinstance(base, Identity):
        return Identity(base.factor**power)
    if isinstance(base, float):
        found = base**power
        if isinstance(found, complex):
            raise NotInFloatsError("complex")
        return found
    import numpy as np

    if power != round(power):
        raise NotInFloatsError("power")
    return np.linalg.matrix_power(base, round(power))
