"""Reading the distributions under ``given``: ``n: {draw: integer, from: 2, to: 6, default: 4}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.specs.checks import text_of
from grader.specs.distributions import (
    MOST_ENTRIES,
    SQUARE,
    STRUCTURES,
    Array,
    Choice,
    Distribution,
    DrawError,
    Grid,
    Number,
    Sample,
    drawn,
)
from grader.specs.findings import Findings, shown, suggestion
from grader.specs.plain import plain_value
from grader.specs.yaml_nodes import MapNode, Node

FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    # kind: fields that it needs, fields that it may have besides `draw` and `default`
    "integer": (frozenset({"from", "to"}), frozenset({"step", "not"})),
    "decimal": (frozenset({"from", "to", "step"}), frozenset({"not"})),
    "choice": (frozenset({"of"}), frozenset()),
    "sample": (frozenset({"of", "size"}), frozenset()),
    "vector": (frozenset({"size", "from", "to"}), frozenset({"step", "not", "structure"})),
    "matrix": (frozenset({"shape", "from", "to"}), frozenset({"step", "not", "structure"})),
}


@dataclass(frozen=True, slots=True)
class Draws:
    """The distributions of a problem.

    Args:
        distributions: by the name of the parameter.
        defaults: the values that count where nothing is drawn.
    """

    distributions: Mapping[str, Distribution]
    defaults: Mapping[str, Any]


def is_drawn(node: Node) -> bool:
    """Whether an entry of ``given`` is a distribution."""
    return isinstance(node, MapNode) and node.get("draw") is not None


def read_draws(given: MapNode, findings: Findings) -> Draws:
    """The distributions among the entries of ``given``.

    Args:
        given: the mapping.
        findings: gets what is wrong with them.

    Returns:
        Those that are sound; a parameter without a default gets one that is drawn.
    """
    distributions: dict[str, Distribution] = {}
    defaults: dict[str, Any] = {}
    for name, (_, node) in given.entries.items():
        if not isinstance(node, MapNode) or node.get("draw") is None:
            continue
        try:
            one = _distribution(node, findings)
            if one is None:
                continue
            value = drawn({name: one}, "default")[name]  # also where there is a default: it must be possible
        except DrawError as error:
            findings.add("spec-draw", f"{shown(name)} cannot be drawn: {error}", node, "widen `from` and `to`")
            continue
        default = node.get("default")
        distributions[name] = one
        defaults[name] = value if default is None else plain_value(default, findings)
    return Draws(distributions, defaults)


def _distribution(node: MapNode, findings: Findings) -> Distribution | None:
    kind = text_of(node.get("draw")) or ""
    if kind not in FIELDS:
        at = node.get("draw") or node
        findings.add("spec-draw", f"there is no distribution {shown(kind)}", at, suggestion(kind, FIELDS))
        return None
    needed, allowed = FIELDS[kind]
    before = len(findings)
    for name in sorted(needed - node.entries.keys()):
        findings.add("spec-draw", f"the distribution {kind} needs the field {shown(name)}", node, f"add {shown(name)}")
    for name, (key, _) in node.entries.items():
        known = needed | allowed | {"draw", "default"}
        if name not in known:
            findings.add(
                "spec-draw", f"the distribution {kind} has no field {shown(name)}", key, suggestion(name, known)
            )
    fields = {n: plain_value(v, findings) for n, (_, v) in node.entries.items() if n not in ("draw", "default")}
    if len(findings) > before:
        return None
    try:
        return _made(kind, fields)
    except _FieldError as error:
        findings.add("spec-draw", f"{error.name}: {error}", node.get(error.name) or node, error.fix)
        return None


class _FieldError(ValueError):
    """A field of a distribution has a value that it cannot have."""

    def __init__(self, name: str, says: str, fix: str) -> None:
        super().__init__(says)
        self.name = name
        self.fix = fix


def _made(kind: str, fields: Mapping[str, Any]) -> Distribution:
    if kind in ("choice", "sample"):
        return _values(kind, fields)
    grid = _grid(fields, whole=kind == "integer")
    if kind in ("integer", "decimal"):
        return grid
    shape = _shape(kind, fields)
    structure = str(fields.get("structure", ""))
    if structure not in STRUCTURES:
        fix = suggestion(structure, [name for name in STRUCTURES if name])
        raise _FieldError("structure", f"there is no structure {shown(structure)}", fix)
    if structure in SQUARE and (len(shape) == 1 or shape[0] != shape[1]):
        says = f"{structure} is for square matrices"
        raise _FieldError("structure", says, "choose another structure, or a square shape")
    return Array(grid, shape, structure)


def _values(kind: str, fields: Mapping[str, Any]) -> Distribution:
    values = fields["of"]
    if not isinstance(values, list) or not values:
        raise _FieldError("of", "expected a list of values", "write [ and ] around the values")
    if kind == "choice":
        return Choice(tuple(values))
    size = fields["size"]
    if not _whole(size) or not 1 <= size <= len(values):
        raise _FieldError("size", f"found {size}, expected 1 to {len(values)}", "correct the size")
    return Sample(tuple(values), size)


def _grid(fields: Mapping[str, Any], *, whole: bool) -> Grid:
    first, last, step = (fields.get(name, 1) for name in ("from", "to", "step"))
    for name, value in (("from", first), ("to", last), ("step", step)):
        if not _number(value) or (whole and not _whole(value)):
            expected = "a whole number" if whole else "a number"
            raise _FieldError(name, f"found {value}, expected {expected}", "write a number")
    if step <= 0 or last < first:
        at = "step" if step <= 0 else "to"
        raise _FieldError(at, "expected `from` up to `to` in steps above 0", "correct the range")
    without = fields.get("not", [])
    without = without if isinstance(without, list) else [without]
    if not all(map(_number, without)):
        raise _FieldError("not", "expected numbers", "list the numbers that must not be drawn")
    return Grid(first, step, int((last - first) / Fraction(step)) + 1, tuple(without))


def _shape(kind: str, fields: Mapping[str, Any]) -> tuple[int, ...]:
    name = "shape" if kind == "matrix" else "size"
    given = fields[name]
    sizes = given if isinstance(given, list) else [given]
    fits = len(sizes) == (2 if kind == "matrix" else 1) and all(_whole(size) and size >= 1 for size in sizes)
    entries = 1
    for size in sizes if fits else ():
        entries *= size
    if not fits or entries > MOST_ENTRIES:
        expected = "two sizes, [rows, columns]" if kind == "matrix" else "one size"
        raise _FieldError(name, f"found {given}, expected {expected}, at most {MOST_ENTRIES} entries", "correct it")
    return tuple(sizes)


def _number(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
