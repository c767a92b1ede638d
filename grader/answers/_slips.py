"""Wrong answers next to the right one: what the answer types share in making them, and in telling that they are wrong.

Whether an answer with a slip says something else is found out in floats, by another evaluator than the one that grades;
where that does not work, nothing is claimed, and the type's own comparison is asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import Any, TypeAlias

from grader.answers._expressions.instances import identifier
from grader.answers._numbers.numeric import NumericOptions
from grader.answers.base import Instance, Slipped
from grader.maths.rendering import unicode
from grader.maths.sets.intervals import Cut, IntervalSet, render_set
from grader.maths.slips import slips, spread
from grader.maths.tree import Node
from grader.maths.values.floats import Identity, NotInFloatsError, in_floats
from grader.maths.values.spaces import Space

Differs: TypeAlias = Callable[[Node], bool | None]

MOST = 60
"""Wrong answers to one question."""

CLOSE = 1e-7
"""Relative distance below which two floats count as the same."""

DRIFT = 8.0
"""Factor by which the ratio of two costs changes only if they are of different classes."""


def of_tree(
    node: Node, differs: Differs, written: Callable[[Node], str] = unicode.text_of, matrices: Set[str] = frozenset()
) -> Iterator[Slipped]:
    """Answers with one slip in their tree.

    Args:
        node: the right one.
        differs: whether a tree says something else; None where that is not known.
        written: a tree as an answer.
        matrices: full names of symbols that stand for matrices.
    """
    for slip in spread(list(slips(node, matrices)), lambda slip: slip.name.partition(" ")[0], MOST):
        yield Slipped(slip.name, written(slip.node), differs(slip.node))


# ---------------------------------------------------------------- numbers


def other_numbers(
    truth: Node, options: NumericOptions, *, inexact: bool = False, scale: bool = False, unordered: bool = False
) -> Differs:
    """Tells whether a tree of numbers is beyond all tolerance from the right one.

    Args:
        truth: a number, list or matrix.
        options: with tolerances.
        inexact: the truth is a float.
        scale: a common factor does not matter.
        unordered: it is a set.
    """
    right = _flat(truth)

    def differs(node: Node) -> bool | None:
        found = _flat(node)
        if right is None or found is None:
            return None
        (shape, values), (shape_right, expected) = found, right
        if unordered:
            values, expected = sorted(set(values)), sorted(set(expected))
        if len(values) != len(expected) or (shape != shape_right and not unordered):
            return True
        if scale:
            return not _parallel(values, expected)
        return any(
            abs(one - other) > margin(other, options, inexact=inexact)
            for one, other in zip(values, expected, strict=True)
        )

    return differs


def margin(value: float, options: NumericOptions, *, inexact: bool = False) -> float:
    """A distance from a number beyond which nothing counts as right.

    Args:
        value: the right number.
        options: with tolerances.
        inexact: the number is a float.
    """
    size = abs(value)
    allowed = [CLOSE * 1e-3 * size, float(options.abs or 0), float(options.rel or 0) * size]
    if inexact:
        allowed.append(CLOSE * size)
    if options.decimals is not None:
        allowed.append(10.0**-options.decimals)
    if options.sigfigs is not None and size > 0:
        allowed.append(10.0 ** (math.floor(math.log10(size)) + 1 - options.sigfigs))
    return 2 * max(allowed)


def _flat(node: Node) -> tuple[tuple[int, ...], list[float]] | None:
    """The shape and the numbers of a tree."""
    try:
        value = in_floats(node, {})
    except NotInFloatsError:
        return None
    if isinstance(value, Identity):
        return None
    return ((), [value]) if isinstance(value, float) else (value.shape, [float(entry) for entry in value.ravel()])


def _parallel(one: Sequence[float], other: Sequence[float]) -> bool:
    size = math.sqrt(sum(a * a for a in one) * sum(b * b for b in other))
    return size > 0 and abs(abs(sum(a * b for a, b in zip(one, other, strict=True))) - size) <= CLOSE * size


# ---------------------------------------------------------------- formulas at instances


def other_values(truth: Node, instances: Sequence[Instance], more: Mapping[str, str] | None = None) -> Differs:
    """Tells whether a formula has another value than the right one at drawn instances.

    Args:
        truth: the right formula.
        instances: values of the symbols.
        more: names of families of rows (``k_i``) to the matrices whose rows they are, columns after a ``|``.
    """
    places = [_with_rows(instance.arguments, more or {}) for instance in instances]
    right = [_at(truth, place) for place in places]

    def differs(node: Node) -> bool | None:
        known = [(_at(node, place), value) for place, value in zip(places, right, strict=True)]
        compared = [_far(one, other) for one, other in known if one is not None and other is not None]
        if any(compared):
            return True
        return False if compared and len(compared) == len(known) else None

    return differs


def _at(node: Node, values: Mapping[str, Any]) -> Any:
    try:
        return in_floats(node, values, identifier)
    except NotInFloatsError:
        return None


def _far(one: Any, other: Any) -> bool:
    import numpy as np

    if isinstance(one, Identity) and isinstance(other, Identity):
        return one.factor != other.factor
    one, other = _sized(one, other), _sized(other, one)
    if one.shape != other.shape:
        return True
    return bool(np.max(np.abs(one - other)) > CLOSE * max(1e-3, float(np.max(np.abs(other)))))


def _sized(value: Any, like: Any) -> Any:
    """A value as a matrix, a multiple of the identity of the size of another one."""
    import numpy as np

    return value.factor * np.eye(len(np.atleast_2d(like))) if isinstance(value, Identity) else np.atleast_2d(value)


def _with_rows(values: Mapping[str, Any], ties: Mapping[str, str]) -> dict[str, Any]:
    """Values with the rows and columns of matrices as families."""
    found = dict(values)
    for family, matrix in ties.items():
        name, _, columns = matrix.partition("|")
        whole = values.get(identifier(name))
        if whole is not None and getattr(whole, "ndim", 0) == 2:
            lines = whole.T if columns else whole
            found.setdefault(identifier(family.partition("_")[0]), [line.reshape(-1, 1) for line in lines])
    return found


def matrix_slips(node: Node, instances: Sequence[Instance], space: Space) -> Iterator[Slipped]:
    """Formulas in matrices with one slip.

    Args:
        node: the right one.
        instances: at which it is worked out.
        space: what is declared of its symbols.
    """
    matrices = {name for name, shape in space.shapes.items() if shape}
    ties = {family: matrix for matrix, family in space.rows.items()}
    ties |= {family: f"{matrix}|columns" for matrix, family in space.columns.items()}
    return of_tree(node, other_values(node, instances, ties), matrices=matrices)


# ---------------------------------------------------------------- costs


def other_growth(truth: Node, instances: Sequence[Instance]) -> Differs:
    """Tells whether a cost outgrows the right one, or the other way round: their ratio drifts over the sizes.

    Args:
        truth: the right cost.
        instances: sizes.
    """

    def logarithm(node: Node, sizes: Mapping[str, Any]) -> float | None:
        value = _at(node, sizes)
        return math.log(value) if isinstance(value, float) and value > 0 else None

    right = [logarithm(truth, instance.arguments) for instance in instances]

    def differs(node: Node) -> bool | None:
        found = [logarithm(node, instance.arguments) for instance in instances]
        gaps = [one - other for one, other in zip(found, right, strict=True) if one is not None and other is not None]
        return True if gaps and max(gaps) - min(gaps) > math.log(DRIFT) else None

    return differs


# ---------------------------------------------------------------- sets of numbers


def of_set(numbers: IntervalSet, variable: str, domain: IntervalSet) -> Iterator[Slipped]:
    """Sets with an end point more or less, another end, the wrong direction, or a piece left out.

    Args:
        numbers: the right set.
        variable: of its numbers.
        domain: what the variable is known to satisfy.
    """
    pieces = numbers.pieces
    changed: list[tuple[str, tuple[tuple[Cut, Cut], ...]]] = []
    for place, piece in enumerate(pieces):
        for side, cut in enumerate(piece):
            if cut.value is None:
                continue
            end, open_end = unicode.text_of(cut.value.node), Cut(None, 2 * side - 1)
            if not _is_point(piece):
                changed.append((f"strictness at {end}", _with(pieces, place, side, Cut(cut.value, -cut.side))))
            changed.append((f"drop {end}", _with(pieces, place, side, open_end)))
        if len(pieces) > 1:
            changed.append((f"drop piece {place + 1}", pieces[:place] + pieces[place + 1 :]))
    for name, made in changed:
        found = IntervalSet(made)
        yield Slipped(name, render_set(found, variable).unicode, _other_set(found, numbers, domain))


def _is_point(piece: tuple[Cut, Cut]) -> bool:
    low, high = (float_of(cut) for cut in piece)
    return low == high


def _with(pieces: Any, place: int, side: int, cut: Cut) -> tuple[tuple[Cut, Cut], ...]:
    piece = list(pieces[place])
    piece[side] = cut
    return (*pieces[:place], (piece[0], piece[1]), *pieces[place + 1 :])


def float_of(cut: Cut) -> float:
    """Where a cut lies, as a float.

    Args:
        cut: of a set.
    """
    if cut.value is None:
        return math.copysign(math.inf, cut.side)
    value = _at(cut.value.node, {})
    return value if isinstance(value, float) else math.nan


def _other_set(one: IntervalSet, other: IntervalSet, domain: IntervalSet) -> bool | None:
    """Whether two sets differ at an end point, or between two, where the variable can be."""
    ends = sorted({float_of(cut) for s in (one, other, domain) for piece in s.pieces for cut in piece if cut.value})
    if any(math.isnan(end) for end in ends):
        return None
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    places = [*ends, *between, *([ends[0] - 1, ends[-1] + 1] if ends else [0.0])]
    return any(_holds(domain, x) and _holds(one, x) != _holds(other, x) for x in places)


def _holds(numbers: IntervalSet, x: float) -> bool:
    def after(cut: Cut) -> bool:
        at = float_of(cut)
        return x > at or (x == at and cut.side < 0)

    return any(after(low) and not after(high) for low, high in numbers.pieces)
