"""A small course in memory, with a solver file on disk, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.answers import get_type
from grader.diagnostics import Span
from grader.records import Mistake, Part, Problem
from grader.specs import Course, Settings

SPEC = "problems/sum.yaml"


def part(name: str, solve: str, kind: str = "number", **fields: Any) -> Part:
    """A part worth 2 points."""
    options = get_type(kind).options_model(**fields.pop("options", {}))
    return Part(
        id=name,
        label=tuple(name.split(".")),
        prompt="",
        points=Fraction(2),
        type=kind,
        options=options,
        solve=solve,
        span=Span(SPEC, 10, 11, 4),
        **fields,
    )


def problem(*parts: Part, given: Mapping[str, Any] | None = None, solver: str = "reference/sums.py") -> Problem:
    """A problem numbered 1."""
    return Problem("sum", "1", "Sums", "", given if given is not None else {"a": 2, "b": 3}, solver, parts, SPEC)


def course(root: Path, source: str, *parts: Part, timeout: float = 10.0, memory_mb: int = 512) -> Course:
    """A course of one problem whose solver is ``source``."""
    write(root / "reference/sums.py", source)
    write(root / "reference/__init__.py", "")
    settings = Settings(title="Sums", timeout=timeout, memory_mb=memory_mb)
    return Course(root, (problem(*parts),), settings, ())


def write(path: Path, text: str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


__all__ = ["Mistake", "course", "part", "problem", "write"]
