"""Where two expressions in matrices differ: a small instance that a person can check."""

from __future__ import annotations

from typing import Any

from grader.maths.deciding.equality import Difference
from grader.maths.deciding.matrix_values import profiles, same, sized, value_at
from grader.maths.tree import Node
from grader.maths.values.fields import Field, RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of
from grader.maths.values.showing import shown, value_text
from grader.maths.values.spaces import Instance, Space

_TURNS = 12


def difference(one: Node, other: Node, space: Space, field: Field) -> Difference | None:
    """A small instance with rational entries at which two expressions differ; None where none was found.

    Args:
        one: the truth.
        other: the answer.
        space: what is declared of their symbols.
        field: the rationals, or balls.
    """
    names = space.size_names()
    sizes = dict(zip(names, [2, 1, 3, 2, 3] if len(names) > 3 else [2, 3, 1, 2], strict=False))
    for turn in range(_TURNS):
        if turn == 4:
            sizes = dict.fromkeys(names, 2)
        try:
            instance = Instance(space, turn, field, space.fitting(sizes), small=True)
            expected, yours = value_at(one, instance), value_at(other, instance)
        except (RetryError, ZeroDivisionError, ShapeError, UnsupportedError):
            continue
        yours, expected = sized(yours, expected), sized(expected, yours)
        if shape_of(yours) != shape_of(expected) or not _differ(yours, expected):
            continue
        used = _symbols(one, other, space)
        named = (*space.indices, *space.shapes, *space.rows.values())
        return entry_where(shown(instance, [name for name in named if name in used]), yours, expected)
    return None


def _differ(yours: Any, expected: Any) -> bool:
    """Whether two values of one shape are known to differ."""
    if not same(yours, expected):
        pairs = zip(_entries(yours), _entries(expected), strict=True)
        return any(one != other for one, other in pairs)  # balls are unlike where they are disjoint
    return False


def _entries(value: Any) -> list[Any]:
    return list(value.entries()) if is_matrix(value) else [value]


def _symbols(one: Node, other: Node, space: Space) -> set[str]:
    """The symbols that two expressions, and the definitions that they rest on, are made of."""
    found: set[str] = set()
    for made_of in profiles(space, one, other):
        found |= made_of.free
        families = made_of.families | {name.partition("_")[0] for name in made_of.free if "_" in name}
        found |= {name for name in space.shapes if "_" in name and name.partition("_")[0] in families}
        found |= {matrix for ties in (space.rows, space.columns) for matrix, family in ties.items()
                  if family.partition("_")[0] in made_of.families}  # fmt: skip
        found |= {name.upper() if name not in space.shapes else name for name in families}  # entries of a matrix
    return found


def entry_where(at: tuple[tuple[str, str], ...], yours: Any, expected: Any) -> Difference:
    """The values there, or the first entries that differ where there are many.

    Args:
        at: values of the symbols.
        yours, expected: the two values.
    """
    if not is_matrix(expected):
        return Difference(at, value_text(yours), value_text(expected))
    rows, columns = shape_of(expected)
    if rows * columns <= 4:
        return Difference(at, value_text(yours), value_text(expected))
    i, j = next((i, j) for i in range(rows) for j in range(columns) if yours[i, j] != expected[i, j])
    return Difference((*at, ("entry", f"({i + 1}, {j + 1})")), value_text(yours[i, j]), value_text(expected[i, j]))


def ball_entry(yours: Any, expected: Any) -> Difference:
    """About the values of balls, or of the first entries that are disjoint.

    Args:
        yours, expected: the two values.
    """
    if not is_matrix(expected):
        return Difference((), f"{float(yours.mid()):.6g}", f"{float(expected.mid()):.6g}")
    rows, columns = shape_of(expected)
    for i in range(rows):
        for j in range(columns):
            if not (yours[i, j] - expected[i, j]).contains(0):
                at = (("entry", f"({i + 1}, {j + 1})"),)
                return Difference(at, f"{float(yours[i, j].mid()):.6g}", f"{float(expected[i, j].mid()):.6g}")
    return Difference((), "", "")
