"""Small courses: in memory with a solver file on disk, on the disk, and the one that ``grade init`` makes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from grader.answers import get_type
from grader.commands import init
from grader.diagnostics import Span
from grader.records import Mistake, Part, Problem
from grader.specs import Course, Settings, load_course

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


def loaded(root: Path, source: str, *parts: Part, **settings: Any) -> Course:
    """The same with its spec and settings on disk, as a run needs it: made of ids, types, solvers and what follows."""
    specs = [
        {
            "id": one.id,
            "prompt": "?",
            "points": 2,
            "answer": {"type": one.type, "solve": one.solve},
            **({"needs": list(one.needs), "follow_through": one.follow_through} if one.needs else {}),
        }
        for one in parts
    ]
    made = {"id": "sum", "number": 1, "title": "Sums", "solver": "reference/sums.py", "parts": specs}
    course(root, source)
    write(root / SPEC, yaml.safe_dump(made))
    write(
        root / "grade.toml", "".join(f"{name} = {value!r}\n" for name, value in {"title": "Sums", **settings}.items())
    )
    return load_course(root)


def new_course(root: Path) -> Path:
    """A copy of the course that ``grade init`` makes, with nothing around it: two problems of two parts each."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(Path(init.__file__).parent / "course", root, ignore=ignored))


def edit(path: Path, old: str, new: str) -> None:
    """Replace a piece of text that stands in a file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def write(path: Path, text: str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


__all__ = ["Mistake", "course", "edit", "loaded", "new_course", "part", "problem", "write"]
