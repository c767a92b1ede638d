"""A small course on disk, and answer types of its own, so that these tests depend on no real type."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from pydantic import field_validator
from specs_sample import SOLVER

import grader.answers
from grader.answers.base import Options
from grader.diagnostics import SpecError, author_error


class NumberOptions(Options):
    abs: Fraction | None = None
    digits: int | None = None


class ChoiceOptions(Options):
    options: dict[str, str] | list[str]
    credit: Literal["all", "each"] = "all"


class OrderOptions(Options):
    items: dict[str, str]

    @field_validator("items", mode="before")
    @classmethod
    def lettered(cls, value: object) -> object:
        return dict(zip("ABCD", value, strict=False)) if isinstance(value, list) else value


class IntervalOptions(Options):
    variable: str
    exact: bool = True
    domain: str = ""

    @field_validator("domain")
    @classmethod
    def readable(cls, text: str) -> str:
        if "?" in text:
            raise ValueError("the domain has a question mark")
        if "!" in text:
            raise SpecError(author_error("maths-unreadable", "the domain shouts", fix="whisper"))
        return text


class EssayOptions(Options):
    worth: int = 1


def _misfit(options: Any, points: Fraction) -> tuple[str, str, str] | None:
    return None if options.worth == points else ("worth", "they do not add up", "let them add up")


def _type(model: type[Options], summary: str) -> SimpleNamespace:
    """A type that the specs package may ask for what it needs, and nothing else."""
    return SimpleNamespace(
        options_model=model,
        summary=summary,
        decided_by="machine",
        needs_solver=True,
        misfit=lambda options, points: None,
    )


TYPES: dict[str, Any] = {
    "number": _type(NumberOptions, "a number"),
    "choice": _type(ChoiceOptions, "one of several"),
    "order": _type(OrderOptions, "several in order"),
    "interval": _type(IntervalOptions, "a range"),
    "essay": SimpleNamespace(
        options_model=EssayOptions, summary="a text", decided_by="human", needs_solver=False, misfit=_misfit
    ),
}


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three answer types with few options."""
    monkeypatch.setattr(grader.answers, "type_names", lambda: tuple(TYPES))
    monkeypatch.setattr(grader.answers, "get_type", TYPES.__getitem__)


@pytest.fixture
def course(tmp_path: Path, types: None) -> Path:
    """A course folder with one solver and no specs yet."""
    (tmp_path / "reference").mkdir()
    (tmp_path / "problems").mkdir()
    # Without the star import nothing is assumed of names that the solver does not define itself.
    (tmp_path / "reference" / "cooling.py").write_text(SOLVER.replace("from math import *\n", ""))
    (tmp_path / "reference" / "star.py").write_text(SOLVER)
    return tmp_path


@pytest.fixture
def write(course: Path) -> Callable[[str | bytes], Path]:
    """Write a spec into the course and get its path."""

    def write(text: str | bytes, name: str = "cooling.yaml") -> Path:
        path = course / "problems" / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
