"""Values of expressions at a point, in any field: numbers, matrices, sums over indices.

A value is a number of the field, a matrix of it, or :class:`Scaled`, a multiple of the identity of whatever size
fits. Matrices of one entry are numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grader.maths.reading.subscripts import indices_of
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary
from grader.maths.values import blocks, entries, entrywise, functions, norms, products, spectra
from grader.maths.values.fields import MAX_POWER, RetryError, UnsupportedError
from grader.maths.values.operations import (
    SIZELESS,
    Ones,
    Scaled,
    add,
    gram_of_diagonal,
    is_long_diagonal,
    is_matrix,
    multiply,
    negative,
    raised,
    transposed,
    unwrapped,
)
from grader.maths.values.places import Point, exact_value, holds

MAX_TERMS = 2_000
"""Most terms of sums and products that are worked out in one evaluation, nested ones multiplied."""

MAX_BITS = 40_000
"""Largest exact number that is worked with."""


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
        return _ones(node, point)
    if node.name in ("I", "Id") and "I" not in point.values:
        return _identity(node, point)
    raise UnsupportedError(f"“{full}” has no value")


def _ones(node: Symbol, point: Point) -> Any:
    """The vector of ones, of the length that its subscript names, or else of whatever length fits."""
    one = point.field.number(Fraction(1))
    length = _size(node, point)
    return Ones(False, one) if length is None else point.field.matrix(length, 1, [one] * length)


def _size(node: Symbol, point: Point) -> int | None:
    """The size that the subscript of I or 𝟙 names; None where it names none."""
    size = exact_value(Symbol(node.sub), point) if node.sub and not node.sub.isdecimal() else None
    size = Fraction(node.sub) if node.sub.isdecimal() and len(node.sub) < 4 else size
    return int(size) if size is not None and size.denominator == 1 and 1 <= size <= 100 else None


def _identity(node: Symbol, point: Point) -> Any:
    """The identity, of the size that its subscript names, or else of whatever size fits."""
    one = point.field.number(Fraction(1))
    count = _size(node, point)
    if count is None:
        return Scaled(one)
    zero = one - one
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
    if type(left) is type(right) and not is_matrix(left) and type(left) not in SIZELESS:
        if op == "+":
            return left + right
        if op == "*" or op == "∘":
            return left * right
        if op == "-":
            return left - right
    if op == "+" or op == "-":
        right = negative(right) if op == "-" else right
        shifted = entrywise.shifted(left, right, point) if point.elementwise else None
        return add(left, right, point.sizes) if shifted is None else shifted
    if op == "*":
        return multiply(left, right, point.sizes)
    if op == "/":
        if is_matrix(right) and point.elementwise:
            return entrywise.quotient(left, right, point)
        if is_matrix(right) or isinstance(right, Scaled | Ones):
            raise functions.shape_error("there is a division by a matrix; write its inverse where it belongs")
        if right == 0:
            raise RetryError("division by zero")
        return left / right if type(left) not in SIZELESS else left._replace(factor=left.factor / right)
    if op == "∘":
        return products.hadamard(left, right, point)
    if op == "⊗":
        return products.kronecker(left, right, point)
    raise UnsupportedError(f"“{op}” is two values")


def _power(node: Binary, point: Point) -> Any:
    base = _evaluated(node.left, point)
    exponent = exact_value(node.right, point)
    if point.elementwise and exponent is not None and is_matrix(base) and abs(exponent) <= MAX_POWER:
        return entrywise.power(node.left, base, exponent, point)
    if exponent is not None and exponent.denominator == 1:
        if abs(exponent) > MAX_POWER:
            raise UnsupportedError("an exponent is too large to work with")
        if isinstance(node.left, Symbol) and exponent > 0 and exponent % 2 == 0 and is_long_diagonal(base):
            base, exponent = gram_of_diagonal(base), exponent / 2
        return raised(base, int(exponent), point.sizes)
    if is_matrix(base) or isinstance(base, Scaled | Ones):
        if isinstance(node.right, Symbol) and node.right.full not in point.values:
            raise UnsupportedError(f"“{node.right.full}” has no value")
        raise UnsupportedError("a matrix to a power that is no whole number")
    value = _evaluated(node.right, point)
    if is_matrix(value) or isinstance(value, Scaled | Ones):
        return entrywise.of_exponents(base, value, lambda entry: _raised_to(node, base, exponent, entry, point), point)
    return _raised_to(node, base, exponent, value, point)


def _raised_to(node: Binary, base: Any, exponent: Fraction | None, value: Any, point: Point) -> Any:
    """A number raised to a number that is not whole."""
    if isinstance(node.left, Symbol) and node.left.full == "e" and "e" not in point.values:
        return point.field.function("exp", [value], None)
    return point.field.power(base, exponent, value)


def _call(node: Call, point: Point) -> Any:
    name = node.function
    special = _CALLS.get(name)
    if special is not None:
        return special(node, point)
    if name in point.functions:
        return point.functions[name]([_evaluated(argument, point) for argument in node.arguments])
    arguments = [_evaluated(argument, point) for argument in node.arguments]
    base = None if node.base is None else _evaluated(node.base, point)
    if name == "sqrt" and base is not None:
        return _root(arguments[0], exact_value(node.base, point) if node.base else None, base, point)
    return functions.apply(name, arguments, base, point)


def _sized_argument(node: Call, point: Point) -> Any:
    """The only argument of a function that depends on its size."""
    value = _evaluated(node.argument, point)
    if len(node.arguments) != 1 or type(value) in SIZELESS:
        raise UnsupportedError(f"{node.function} of what has no known size")
    return value


def _of_spectrum(node: Call, point: Point) -> Any:
    """σ_i(A) or λ_i(A): one of the singular values, or eigenvalues, in descending order."""
    value = _sized_argument(node, point)
    spectrum = spectra.singular_values if node.function == "singular" else spectra.eigenvalues
    values = spectrum(value, point.field, point.terms)
    if node.base is None:
        return point.field.matrix(len(values), 1, list(values)) if len(values) > 1 else values[0]
    which = node.base.full if isinstance(node.base, Symbol) else ""
    if which in (spectra.MAX, spectra.MIN):
        return spectra.chosen(values, which)
    place = exact_value(node.base, point)
    if place is None and which == "r" and node.function == "singular":  # the last one that is not 0
        rank = spectra.numerical_rank(value, point.field, point.terms)
        place = Fraction(int(rank.unique_fmpz()))
    if place is None or place.denominator != 1:
        raise UnsupportedError(f"which one is meant by “{which}” is not known")
    return spectra.chosen(values, int(place))


def _radius(node: Call, point: Point) -> Any:
    values = spectra.eigenvalues(_sized_argument(node, point), point.field, point.terms)
    return point.field.function("max", [abs(value) for value in values], None)


def _entry(node: Call, point: Point) -> Any:
    return entries.entry(node, point, _evaluated, exact_value)


def _norm(node: Call, point: Point) -> Any:
    return norms.norm(_sized_argument(node, point), node.base, point)


def _rank(node: Call, point: Point) -> Any:
    value = _sized_argument(node, point)
    if is_matrix(value) and not hasattr(value, "rank"):
        return spectra.numerical_rank(value, point.field, point.terms)
    return functions.apply("rank", [value], None, point)


def _indicator(node: Call, point: Point) -> Any:
    return point.field.number(Fraction(holds(node.argument, point)))


def _binomial(node: Call, point: Point) -> Any:
    known = [exact_value(argument, point) for argument in node.arguments]
    above, below = known if len(known) == 2 else (None, None)
    if above is None or below is None or below.denominator != 1 or not 0 <= below <= 200:
        return functions.apply("binom", [_evaluated(argument, point) for argument in node.arguments], None, point)
    product = Fraction(1)
    for factor in range(int(below)):
        product *= (above - factor) / Fraction(factor + 1)
    return point.field.number(product)


_CALLS: dict[str, Callable[[Call, Point], Any]] = {
    "indicator": _indicator, "binom": _binomial, "entry": _entry, "norm": _norm, "rank": _rank, "radius": _radius,
    "singular": _of_spectrum, "eigenvalue": _of_spectrum,
    "diag": lambda node, point: blocks.diagonal(node, point, _evaluated),
    "cond": lambda node, point: norms.condition(_sized_argument(node, point), node.base, point),
}  # fmt: skip
"""Functions whose arguments are not simply evaluated, or whose base is none of a logarithm or root."""


def _root(argument: Any, degree: Fraction | None, base: Any, point: Point) -> Any:
    if degree == 0:
        raise UnsupportedError("a root of degree 0")
    functions.require_numbers("root", argument, base)
    if base == 0:
        raise RetryError("a root of degree 0")
    return point.field.power(argument, 1 / degree if degree else None, 1 / base)


def _big(node: Big, point: Point) -> Any:
    low = 1 if node.low is None else _bound(node.low, point)
    index = node.over
    if node.high is not None and not (node.high == _RANK and "r" not in point.whole):
        high = _bound(node.high, point)
    elif index in point.ranges:
        high = point.ranges[index]
    else:
        high = entries.extent(node.body, index, point, _evaluated) or 0
        if not high and index and not entries.occurs(index, node.body):
            raise UnsupportedError(f"how far {index} runs is not told")
        high = high or point.ranges.get("", 3)
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
    except RetryError:
        return neutral


_RANK = Symbol("r")
"""The upper bound of a sum over singular values that are not 0; those that are 0 add nothing."""


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
    rows = [item.items for item in node.items if isinstance(item, Listing) and item.bracket in ("(", "[")]
    if len(rows) == len(node.items) and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1:
        return blocks.assembled([[_evaluated(item, point) for item in row] for row in rows], point)
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
