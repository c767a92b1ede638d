"""Specs: from YAML files to frozen problems, with every error placed and explained.

Names are loaded on first use, so that importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.specs.codes import CODES
    from grader.specs.course import Course, course_folder, find_course, load_course
    from grader.specs.load import draw, draw_for, load_problem
    from grader.specs.schema import json_schema
    from grader.specs.settings import Settings, load_settings
    from grader.specs.settings_schema import settings_schema

__all__ = [
    "CODES",
    "Course",
    "Settings",
    "course_folder",
    "draw",
    "draw_for",
    "find_course",
    "json_schema",
    "load_course",
    "load_problem",
    "load_settings",
    "settings_schema",
]

_HOME = {
    "CODES": "codes",
    "Course": "course",
    "Settings": "settings",
    "course_folder": "course",
    "draw": "load",
    "draw_for": "load",
    "find_course": "course",
    "json_schema": "schema",
    "load_course": "course",
    "load_problem": "load",
    "load_settings": "settings",
    "settings_schema": "settings_schema",
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
