"""What the fields of a spec must agree on, as far as JSON Schema can say it.

The loader says the same with places and fixes (:mod:`grader.specs.checks`, ``decisions``, ``draws``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.specs.distributions import MOST_ENTRIES, STRUCTURES
from grader.specs.draws import FIELDS
from grader.specs.models import NUMBER_SCHEMA

Schema = dict[str, Any]

_NUMBER: Schema = {"anyOf": NUMBER_SCHEMA["anyOf"][:3]}
_SIZE: Schema = {"type": "integer", "minimum": 1, "maximum": MOST_ENTRIES}
_DRAWN: dict[str, Schema] = {
    "from": {**_NUMBER, "description": "The least value."},
    "to": {**_NUMBER, "description": "The greatest value."},
    "step": {**_NUMBER, "not": {"type": "number", "maximum": 0}, "description": "Between two values; more than 0."},
    "not": {"anyOf": [_NUMBER, {"type": "array", "items": _NUMBER}], "description": "What must not be drawn."},
    "of": {"type": "array", "minItems": 1, "description": "The values among which is drawn."},
    "shape": {"type": "array", "items": _SIZE, "minItems": 2, "maxItems": 2, "description": "Rows and columns."},
    "structure": {"type": "string", "enum": [one for one in STRUCTURES if one], "description": "What the array is."},
}
_SIZES: dict[str, Schema] = {
    "sample": {**_SIZE, "description": "How many of the values."},
    "vector": {
        "anyOf": [_SIZE, {"type": "array", "items": _SIZE, "minItems": 1, "maxItems": 1}],
        "description": "How many entries.",
    },
}


def drawn_value() -> Schema:
    """One entry of ``given``: any value, or a distribution with the fields of its kind."""
    return {"if": {"type": "object", "required": ["draw"]}, "then": {"$ref": "#/$defs/Draw"}}


def distribution() -> Schema:
    """A value that is drawn for each student."""
    rules = []
    for kind, (needed, allowed) in FIELDS.items():
        own = {name: _SIZES[kind] if name == "size" else _DRAWN[name] for name in sorted(needed | allowed)}
        if kind == "integer":
            whole = {"type": "integer"}
            own |= {name: {**whole, "description": _DRAWN[name]["description"]} for name in ("from", "to", "step")}
            own["step"]["minimum"] = 1
        then = {
            "properties": {"draw": True, "default": True, **own},
            "required": sorted(needed),
            "additionalProperties": False,
        }
        rules.append({"if": {"properties": {"draw": {"const": kind}}, "required": ["draw"]}, "then": then})
    return {
        "type": "object",
        "description": "A value that is drawn for each student, and the one that counts where nothing is drawn.",
        "properties": {
            "draw": {"type": "string", "enum": list(FIELDS), "description": "The kind of distribution."},
            "default": {"description": "The value where nothing is drawn; without it one is drawn."},
        },
        "required": ["draw"],
        "allOf": rules,
    }


def problem_rules() -> Schema:
    """There is a prompt: of the problem, or of each part."""
    each = {"properties": {"parts": {"items": {"required": ["prompt"]}}}}
    return {"anyOf": [{"required": ["prompt"]}, each]}


def part_rules(unsolved: Iterable[str], decided_by_people: Iterable[str]) -> list[Schema]:
    """What the fields of a part must agree on.

    Args:
        unsolved: names of the answer types that need no solver.
        decided_by_people: names of those on whose answers a person decides.
    """
    empty: Schema = {"type": "array", "maxItems": 0}
    confirmed = {"required": ["confirm"], "properties": {"answer": _of_type(unsolved)}}
    return [
        {
            "if": {"properties": {"follow_through": {"const": True}}, "required": ["follow_through"]},
            "then": {"required": ["needs"], "properties": {"needs": {"minItems": 1}}},
        },
        {
            "if": {"properties": {"answer": _of_type(decided_by_people)}},
            "then": {"properties": dict.fromkeys(("accept", "reject", "mistakes"), empty)},
        },
        {"if": confirmed, "then": {"properties": {"answer": {"required": ["solve"]}}}},
    ]


def mistake_rules() -> Schema:
    """A mistake is written down, or made by a function."""
    return {"oneOf": [{"required": ["answer"]}, {"required": ["solve"]}]}


SOLVER: Schema = {"pattern": r"^\s*(?![/\\])(?!([^\n]*/)?\.\.(/|\s*$))[^\\\n]*\.py\s*$"}
"""A path of a Python file inside the course."""


def _of_type(names: Iterable[str]) -> Schema:
    return {"properties": {"type": {"enum": sorted(names)}}, "required": ["type"]}
