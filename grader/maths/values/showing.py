"""Values at a small instance, as a person would write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.maths.values.operations import is_matrix, shape_of
from grader.maths.values.spaces import Instance

_MOST_SHOWN = 4


def shown(instance: Instance, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The values of symbols at a small instance, as a person would write them.

    Args:
        instance: where.
        names: of the symbols.
    """
    out = []
    for name in names:
        if name in instance.values:
            out.append((name, value_text(instance.values[name])))
        elif name in instance.whole:
            out.append((name, str(instance.whole[name])))
        elif (base := name.partition("_")[0]) in instance.families and base not in instance.defined:
            found = instance.elements(base)[:_MOST_SHOWN]
            out.extend((f"{base}_{at}", value_text(value)) for at, value in found)
    return tuple(out)


def value_text(value: Any) -> str:
    """A number or matrix, short; a ball by about its value."""
    if not is_matrix(value):
        return _number_text(value)
    rows, columns = shape_of(value)
    if columns == 1:
        return "[" + ", ".join(_number_text(value[i, 0]) for i in range(rows)) + "]ᵀ"
    lines = ["[" + ", ".join(_number_text(value[i, j]) for j in range(columns)) + "]" for i in range(rows)]
    return lines[0] if rows == 1 else "[" + ", ".join(lines) + "]"


def _number_text(value: Any) -> str:
    if not hasattr(value, "mid"):
        return str(value)
    middle = float(value.mid())
    return "0" if value.contains(0) and abs(middle) < 1e-12 else f"{middle:.6g}"
