"""The settings of a course as JSON Schema (draft 2020-12), for completion and checks in editors of TOML."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from grader.specs.schema import DIALECT
from grader.specs.settings import CHOICES, FLOATS, PATHS, RANGES, Settings

# The words are those of the table in docs/specs.md.
_SAYS = {
    "title": "Title of the reports; the folder's name without it.",
    "problems": "Folder of the specs, from the course folder.",
    "timeout": "Seconds that a solver may run.",
    "memory_mb": "Memory of a worker, in MiB.",
    "max_file_mb": "Largest submission or transcript that is read, in MiB.",
    "assigned": "Folders of specs, ids or patterns: what submissions and transcripts are about; all without it.",
    "own_numbers": "Each student has numbers of their own where values are drawn.",
    "seed": "Text from which they are drawn, with the student's name.",
    "roster": "File of who is in the course; roster.csv without it, if that is there.",
    "due": "When submissions are due, with its zone: 2026-11-20T23:59:00+01:00; of a date, the last second.",
    "timezone": "Zone of a due that names none, such as Europe/Berlin.",
    "grace": "Minutes after that in which work is not late.",
    "late_penalty": "Percent of the earned points that late work loses; shown beside the marks, never taken off them.",
    "late_penalty_per": "So much for each day that has begun, or once.",
    "attempts": "Which of several attempts counts; the best is the best by its marks.",
}
# A path inside the course: not absolute, and without .. on the way.
_INSIDE = r"^(?!/)(?!(.*/)?\.\.(/|$)).*\S.*$"


def settings_schema() -> dict[str, Any]:
    """The schema of ``grade.toml``.

    Returns:
        A self-contained schema, JSON-safe.
    """
    return {
        "$schema": DIALECT,
        "title": "grade course settings",
        "description": "grade.toml of a course, or [tool.grade] of its pyproject.toml.",
        "type": "object",
        "properties": {field.name: _setting(field.name, field.default) for field in fields(Settings)},
        "additionalProperties": False,
    }


def _setting(name: str, default: Any) -> dict[str, Any]:
    """The schema of one setting."""
    made: dict[str, Any] = {"description": _SAYS[name]}
    if default not in ("", (), None):
        made["default"] = default
    if name in CHOICES:
        return made | {"type": "string", "enum": list(CHOICES[name])}
    if name in RANGES:
        least, most = RANGES[name]
        return made | {"type": "number" if name in FLOATS else "integer", "minimum": least, "maximum": most}
    if name == "assigned":
        return made | {"type": "array", "items": {"type": "string", "pattern": r"\S"}}
    if isinstance(default, bool):
        return made | {"type": "boolean"}
    return made | {"type": "string", **({"pattern": _INSIDE} if name in PATHS else {})}
