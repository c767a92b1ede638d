"""Values of expressions at a point, in any field: numbers, matrices, sums over indices.

A value is a number of the field, a matrix of it, or :class:`Scaled`, a multiple of the identity of whatever size
fits. Matrices of one entry are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from grader.maths.reading.subscripts import indices_of
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary
from grader.maths.values import blocks, functions
from grader.maths.values.fields import MAX_POWER, Field, RetryError, UnsupportedError
from grader.maths.values.operations import (
    Ones,
    Scaled,
    add,
    is_matrix,
    multiply,
    negative,
    raised,
    transposed,
    unwrapped,
)

MAX_TERMS = 2_000
"""Most terms of sums and products that are worked out in one evaluation, nested ones multiplied."""

MAX_BITS = 40_000
"""Largest exact number that is worked with."""


class Point(NamedTuple):
    """Where an expression is evaluated.

    Args:
        field: the arithmetic.
        values: of symbols, by their full names.
        whole: exact values of symbols that count or that stand in exponents.
        element: what ``x_i`` is, from the name and the values of the indices; None if there is no such thing.
        ranges: default range of each index, for sums that do not say theirs.
        sizes: names of sizes by their value, for messages.
        families: names whose subscripts are indices.
        terms: how many terms of sums may still be worked out; :func:`evaluate` sets it.
    """

    field: Field
    values: dict[str, Any]
    whole: dict[str, Fraction]
    element: Callable[[str, tuple[int, ...]], Any]
    ranges: Mapping[str, int] = {}
    sizes: Mapping[int, str] = {}
    families: frozenset[str] = frozenset()
    terms: list[int] = []  # noqa: RUF012  # made anew by evaluate


def evaluate(node: Node, point: Point) -> Any:
    """The value of an expression.

    Args:
        node: the expression.
        point: values for its symbols.

    Raises:
        UnsupportedError: it holds what is not computed here, or a symbol without a value.
        ShapeError: sizes of matrices do not fit.
        RetryError: it is undefined at this point.
    """
    return _RULES[type(node)](node, point._replace(terms=[MAX_TERMS]))


def _evaluated(node: Node, point: Point) -> Any:
    """The value of a part of an expression."""
    return _RULES[type(node)](node, point)


def exact_value(node: Node, point: Point) -> Fraction | None:
    """The exact value of an exponent or bound, None where it is not made of whole symbols and literals.

    Args:
        node: the expression.
        point: where.
    """
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Symbol):
        return point.whole.get(node.full)
    if isinstance(node, Unary) and node.op == "-":
        inner = exact_value(node.operand, point)
        return None if inner is None else -inner
    if isinstance(node, Binary):
        left, right = exact_value(node.left, point), exact_value(node.right, point)
        return None if left is None or right is None else _exact_operation(node.op, left, right)
    if isinstance(node, Call) and node.function in ("floor", "ceil"):
        inner = exact_value(node.argument, point)
        return None if inner is None else Fraction(inner // 1 if node.function == "floor" else -(-inner // 1))
    return None


def _exact_operation(op: str, left: Fraction, right: Fraction) -> Fraction | None:
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    if op == "*":
        return left * right
    if op == "/":
        return left / right if right else None
    if op == "^" and right.denominator == 1 and abs(right) <= 64 and abs(left) <= MAX_POWER and (left or right > 0):
        return left**right.numerator
    return None


def _number(node: Number, point: Point) -> Any:
    return point.field.number(node.value)


def _symbol(node: Symbol, point: Point) -> Any:
    if not node.sub:  # the common case, kept short
        value = point.values.get(node.name)
        if value is not None:
            return value
    full = node.full
    if node.sub and node.name in point.families:
        found = _element(node, point)
        if found is not None:
            return found
    value = point.values.get(full)
    if value is not None:
        return value
    whole = point.whole.get(full)
    if whole is not None:
        return point.field.number(whole)
    if full in ("π", "e"):
        return point.field.constant(full)
    if node.sub:
        found = _element(node, point)
        if found is not None:
            return found
    if node.name == "𝟙":
        return Ones(False, point.field.number(Fraction(1)))
    if node.name in ("I", "Id") and "I" not in point.values:
        return _identity(node, point)
    raise UnsupportedError(f"“{full}” has no value")


def _identity(node: Symbol, point: Point) -> Any:
    """The identity, of the size that its subscript names, or else of whatever size fits."""
    one = point.field.number(Fraction(1))
    size = exact_value(Symbol(node.sub), point) if node.sub and not node.sub.isdecimal() else None
    size = Fraction(node.sub) if node.sub.isdecimal() and len(node.sub) < 4 else size
    if size is None or size.denominator != 1 or not 1 <= size <= 100:
        return Scaled(one)
    zero, count = one - one, int(size)
    return point.field.matrix(count, count, [one if i == j else zero for i in range(count) for j in range(count)])


def _element(node: Symbol, point: Point) -> Any:
    """What a symbol with indices as its subscript is; None if they are none, or there is no such element."""
    indices = indices_of(node.sub, lambda part: exact_value(part, point), point.whole)
    return None if indices is None else point.element(node.name, indices)


def _unary(node: Unary, point: Point) -> Any:
    inner = _evaluated(node.operand, point)
    op = node.op
    if op == "-":
        return negative(inner)
    if op == "ᵀ":
        return transposed(inner)
    if op == "%":
        return multiply(inner, point.field.number(Fraction(1, 100)), point.sizes)
    if op == "°":
        functions.require_numbers("an angle in degrees", inner)
        return inner * point.field.constant("π") / 180
    if op == "!":
        count = exact_value(node.operand, point)
        if count is None or count.denominator != 1 or not 0 <= count <= 400:
            functions.require_numbers("factorial", inner)
            return point.field.function("factorial", [inner], None)
        product = 1
        for factor in range(2, int(count) + 1):
            product *= factor
        return point.field.number(Fraction(product))
    raise UnsupportedError(f"“{op}” is two values")


def _binary(node: Binary, point: Point) -> Any:
    op = node.op
    if op == "^":
        return _power(node, point)
    left = _RULES[type(node.left)](node.left, point)
    right = _RULES[type(node.right)](node.right, point)
    if type(left) is type(right) and not is_matrix(left) and type(left) is not Scaled:
        if op == "+":
            return left + right
        if op == "*" or op == "∘":
            return left * right
        if op == "-":
            return left - right
    if op == "+":
        return add(left, right, point.sizes)
    if op == "-":
        return add(left, negative(right), point.sizes)
    if op == "*":
        return multiply(left, right, point.sizes)
    if op == "/":
        if is_matrix(right) or isinstance(right, Scaled):
            raise functions.shape_error("there is a division by a matrix; write its inverse where it belongs")
        if right == 0:
            raise RetryError("division by zero")
        return Scaled(left.factor / right) if isinstance(left, Scaled) else left / right
    if op == "∘":
        return functions.entrywise(left, right, point)
    if op == "⊗":
        return functions.kronecker(left, right, point)
    raise UnsupportedError(f"“{op}” is two values")


def _power(node: Binary, point: Point) -> Any:
    base = _evaluated(node.left, point)
    exponent = exact_value(node.right, point)
    if exponent is not None and exponent.denominator == 1:
        if abs(exponent) > MAX_POWER:
            raise UnsupportedError("an exponent is too large to work with")
        return raised(base, int(exponent), point.sizes)
    if is_matrix(base) or isinstance(base, Scaled):
        if isinstance(node.right, Symbol) and node.right.full not in point.values:
            raise UnsupportedError(f"“{node.right.full}” has no value")
        raise UnsupportedError("a matrix to a power that is no whole number")
    value = _evaluated(node.right, point)
    if is_matrix(value) or isinstance(value, Scaled):
        raise functions.shape_error("a matrix stands in an exponent")
    if isinstance(node.left, Symbol) and node.left.full == "e" and "e" not in point.values:
        return point.field.function("exp", [value], None)
    return point.field.power(base, exponent, value)


def _call(node: Call, point: Point) -> Any:
    if node.function == "indicator":
        return point.field.number(Fraction(holds(node.argument, point)))
    if node.function == "binom" and len(node.arguments) == 2:
        return _binomial(node, point)
    if node.function == "diag":
        return blocks.diagonal(node, point, _evaluated)
    arguments = [_evaluated(argument, point) for argument in node.arguments]
    base = None
    if node.base is not None:
        if node.function == "norm":
            return functions.norm(arguments[0], node.base, point)
        base = _evaluated(node.base, point)
    if node.function == "sqrt" and base is not None:
        return _root(arguments[0], exact_value(node.base, point) if node.base else None, base, point)
    return functions.apply(node.function, arguments, base, point)


def _binomial(node: Call, point: Point) -> Any:
    above, below = (exact_value(argument, point) for argument in node.arguments)
    if above is None or below is None or below.denominator != 1 or not 0 <= below <= 200:
        return functions.apply("binom", [_evaluated(argument, point) for argument in node.arguments], None, point)
    product = Fraction(1)
    for factor in range(int(below)):
        product *= (above - factor) / Fraction(factor + 1)
    return point.field.number(product)


def _root(argument: Any, degree: Fraction | None, base: Any, point: Point) -> Any:
    if degree == 0:
        raise UnsupportedError("a root of degree 0")
    functions.require_numbers("root", argument, base)
    if base == 0:
        raise RetryError("a root of degree 0")
    return point.field.power(argument, 1 / degree if degree else None, 1 / base)


def holds(node: Node, point: Point) -> bool:
    """Whether a condition on indices holds.

    Args:
        node: a relation between whole symbols and literals.
        point: where.

    Raises:
        UnsupportedError: it is on something else.
    """
    if not isinstance(node, Relation):
        raise UnsupportedError("a condition that is no relation")
    if node.signs == ("…",) and isinstance(node.items[0], Relation):  # ℓ = 1, …, L begins a range
        node = Relation(node.items[0].items, tuple("≥" if sign == "=" else sign for sign in node.items[0].signs))
    sides = [exact_value(item, point) for item in node.items]
    for left, sign, right in zip(sides, node.signs, sides[1:], strict=False):
        if left is None or (right is None and sign != "…" and sign in _SIGNS):
            raise UnsupportedError("a condition on what has no value")
        if sign == "…" or sign not in _SIGNS or right is None:
            continue
        if not _SIGNS[sign](left, right):
            return False
    return True


_SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b, "≠": lambda a, b: a != b, "<": lambda a, b: a < b, "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b, "≥": lambda a, b: a >= b,
}  # fmt: skip


def _big(node: Big, point: Point) -> Any:
    low = 1 if node.low is None else _bound(node.low, point)
    index = node.over
    if node.high is not None:
        high = _bound(node.high, point)
    elif index in point.ranges:
        high = point.ranges[index]
    else:
        high = point.ranges.get("", 3)
    if high - low + 1 > point.terms[0]:
        raise UnsupportedError(f"sums of more than {MAX_TERMS} terms")
    point.terms[0] -= max(0, high - low + 1)
    if not index:
        return functions.total(_evaluated(node.body, point), point)
    whole = dict(point.whole)
    inner = point._replace(whole=whole)
    if index in point.values:
        inner = inner._replace(values={name: value for name, value in point.values.items() if name != index})
    result: Any = None
    for place in range(low, high + 1):
        whole[index] = Fraction(place)
        term = _evaluated(node.body, inner)
        if hasattr(result, "height_bits") and result.height_bits() > MAX_BITS:
            raise UnsupportedError("a number is too large to work with")
        if result is None:
            result = term
        elif node.op == "Σ":
            result = add(result, term, point.sizes)
        elif node.op == "Π":
            result = multiply(result, term, point.sizes)
        else:
            result = functions.apply(node.op, [result, term], None, point)
    if result is None:
        return _empty(node, low, inner)
    return result


def _empty(node: Big, low: int, point: Point) -> Any:
    """A sum or product of no terms: a zero has the shape that its terms would have."""
    neutral = point.field.number(Fraction(node.op == "Π"))
    if node.op != "Σ":
        return neutral
    point.whole[node.over] = Fraction(low)
    try:
        return multiply(_evaluated(node.body, point), neutral)
    except (RetryError, UnsupportedError):
        return neutral


def _bound(node: Node, point: Point) -> int:
    value = exact_value(node, point)
    if value is None or value.denominator != 1:
        raise UnsupportedError("a sum whose bounds have no value")
    return int(value)


def _matrix(node: Matrix, point: Point) -> Any:
    return blocks.assembled([[_evaluated(entry, point) for entry in row] for row in node.rows], point)


def _listing(node: Listing, point: Point) -> Any:
    if not node.items or node.bracket not in ("(", "[", "⟨", ""):
        raise UnsupportedError("a list is no value here")
    return blocks.assembled([[_evaluated(item, point)] for item in node.items], point)


def _cases(node: Cases, point: Point) -> Any:
    for value, condition in zip(node.values, node.conditions, strict=True):
        if condition is None or holds(condition, point):
            return _evaluated(value, point)
    raise RetryError("no case applies")


def _relation(node: Relation, point: Point) -> Any:
    raise UnsupportedError("a relation is no value")


_RULES: dict[type, Callable[[Any, Point], Any]] = {
    Number: _number, Symbol: _symbol, Unary: _unary, Binary: _binary, Call: _call, Big: _big, Matrix: _matrix,
    Listing: _listing, Cases: _cases, Relation: _relation,
}  # fmt: skip

__all__ = ["Point", "evaluate", "exact_value", "holds", "unwrapped"]
