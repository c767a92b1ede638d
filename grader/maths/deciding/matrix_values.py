"""Values of expressions in matrices at an instance, and how two of them are related."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.maths.reading.subscripts import index_names
from grader.maths.tree import Node
from grader.maths.values import entries, spectra
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import Ones, Scaled, ShapeError, is_matrix, shape_of, transposed
from grader.maths.values.profile import Profile, profile
from grader.maths.values.spaces import Instance, Space


def profiles(space: Space, *nodes: Node) -> list[Profile]:
    """What expressions are made of, and the definitions that they rest on, directly or through others.

    Args:
        space: what is declared.
        nodes: the expressions.
    """
    waiting, found = list(nodes), []
    left = dict(space.definitions)
    families = space.families() if left else {}
    for node in waiting:  # it grows
        used = profile(node, functions=space.functions)
        found.append(used)
        if left:
            names = used.free | used.families | {name.partition("_")[0] for name in used.free}
            for name in [name for name in left if name in names or name.partition("_")[0] in families.keys() & names]:
                waiting.append(left.pop(name))
    return found


def value_at(node: Node, instance: Instance) -> Any:
    """The value of an expression at an instance; one with an open index is the vector of its components.

    Args:
        node: the expression.
        instance: where.

    Raises:
        ShapeError: sizes do not fit.
        UnsupportedError: it holds what is not computed here.
        RetryError: it is undefined here.
    """
    return instance.kept(node, _worked_out)


def _worked_out(node: Node, instance: Instance) -> Any:
    index = open_index(node, instance)
    if not index:
        value = evaluate(node, instance.point)
        if isinstance(value, Ones):
            raise UnsupportedError("a vector of ones of unknown length")
        return value
    count = instance.point.ranges.get(index) or entries.extent(node, index, instance.point, evaluate)
    count = count or instance.point.ranges.get("", 3)
    components = []
    for place in range(1, count + 1):
        point: Point = instance.point._replace(whole={**instance.whole, index: Fraction(place)})
        components.append(evaluate(node, point))
    if any(is_matrix(component) or isinstance(component, Scaled | Ones) for component in components):
        raise ShapeError(f"the component {index} is no number")
    return instance.field.matrix(count, 1, components)


def open_index(node: Node, instance: Instance) -> str:
    """The index that an expression leaves open, "" if none: i in ``k_i^T q``."""
    families = instance.point.families
    made_of = profile(node, diagonals=False)
    for name in sorted(made_of.free):
        base, _, sub = name.partition("_")
        if sub and name not in instance.values and (base in families or is_matrix(instance.values.get(base))):
            for index in sorted(index_names(sub)):
                if index not in instance.whole and index not in instance.values:
                    return index
    for index in sorted(made_of.whole & made_of.free - instance.whole.keys() - instance.values.keys()):
        if made_of.families and entries.occurs(index, node):  # i in Σ_j A_ij x_j
            return index
    known = {"∞", spectra.MAX, spectra.MIN, "r", *instance.whole, *instance.values}
    return min(entries.open_indices(node) - known, default="")


def sized(value: Any, like: Any) -> Any:
    """A multiple of the identity in the size of another value."""
    if not isinstance(value, Scaled):
        return value
    if isinstance(like, Scaled):
        return value.factor
    if is_matrix(like) and like.nrows() == like.ncols():
        out = like - like
        for place in range(like.nrows()):
            out[place, place] = value.factor
        return out
    return value.factor


def same(one: Any, other: Any) -> bool:
    """Whether two values have one shape and equal entries."""
    return shape_of(one) == shape_of(other) and bool(one == other)


def relation(pairs: list[tuple[Any, Any]]) -> str:
    """How values that differ are related at all instances.

    Args:
        pairs: at each instance, the answer's value and the expected one.

    Returns:
        ``transposed``, ``sign``, ``scaled`` or "".
    """
    if all(same(transposed(yours), expected) for yours, expected in pairs):
        return "transposed"
    if all(same(-yours, expected) for yours, expected in pairs):
        return "sign"
    factors = {_factor(yours, expected) for yours, expected in pairs}
    if len(factors) == 1 and None not in factors:
        return "scaled"
    return ""


def _factor(yours: Any, expected: Any) -> int | None:
    """The number by which one value is a multiple of the other; None if it is none."""
    one = yours.entries() if is_matrix(yours) else [yours]
    other = expected.entries() if is_matrix(expected) else [expected]
    lead = next((k for k, entry in enumerate(other) if entry != 0), None)
    if lead is None or one[lead] == 0:
        return None
    factor = one[lead] / other[lead]
    return int(factor) if all(a == factor * b for a, b in zip(one, other, strict=True)) else None
