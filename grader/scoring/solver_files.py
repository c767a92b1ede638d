"""Solver files: imported in isolation, silenced, and quoted by line when they go wrong."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType

from grader.diagnostics import Diagnostic, Span, SpecError, author_error
from grader.scoring.workers import Caught


def import_solver(path: Path) -> ModuleType:
    """Import a solver's file under a name that no other module has."""
    name = f"_solver_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SpecError(
            author_error("solver-import", f"{path} is not a Python file", None, "A solver's name ends in .py.")
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their own module up
    caught = Caught()
    with caught:
        spec.loader.exec_module(module)
        return module
    del sys.modules[name]
    raise SpecError(raised(caught.error, path, None, "importing the solver", "solver-import"))


@contextmanager
def course_on_path(root: Path, solver: str) -> Iterator[None]:
    """Make ``import reference.x`` find this course's folder, and not that of a course seen before."""
    home = str(root.resolve())
    top = Path(solver).parts[0].removesuffix(".py")
    others = [] if top in sys.stdlib_module_names else list(sys.modules)
    for name in [n for n in others if n == top or n.startswith(f"{top}.")]:
        module = sys.modules[name]
        places = [getattr(module, "__file__", None) or "", *getattr(module, "__path__", ())]
        if not any(place.startswith(home + os.sep) for place in places):
            del sys.modules[name]
    importlib.invalidate_caches()
    sys.path.insert(0, home)
    try:
        yield
    finally:
        sys.path.remove(home)


@contextmanager
def silence() -> Iterator[None]:
    """Throw away what a solver prints; standard output belongs to the command."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


# ---------------------------------------------------------------- places in a solver


def raised(
    error: BaseException | None, path: Path, place: Span | None, doing: str, code: str = "solver-raised"
) -> Diagnostic:
    """What a solver raised, with the last line of its own file that took part.

    Args:
        place: what to point at when no line of the file took part.
        doing: what was going on, for the message.
    """
    if isinstance(error, MemoryError):
        fix = "Make it smaller, or raise `memory_mb` in grade.toml."
        return author_error("solver-memory", f"{doing} needs more memory than it may use", place, fix)
    frames = traceback.extract_tb(error.__traceback__) if error else []
    lines = [frame.lineno for frame in frames if _is(path, frame.filename)]
    if isinstance(error, SyntaxError) and _is(path, error.filename):
        lines.append(error.lineno)
    if lines and lines[-1]:
        place = line_of(path, lines[-1])
    what = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1][:300]
    fix = "Run the function by itself with the given values to see the whole traceback."
    return author_error(code, f"{doing} raised {what}", place, fix)


def definition(solver: Callable[..., object], path: Path) -> Span | None:
    """Where a function is defined, if that is in the solver's own file."""
    code = getattr(solver, "__code__", None)
    return line_of(path, code.co_firstlineno) if code is not None and _is(path, code.co_filename) else None


def _is(path: Path, name: str | None) -> bool:
    """Whether a file name, made absolute on import, is that of the solver."""
    return name is not None and Path(name).absolute() == path.absolute()


def line_of_function(path: Path, name: str) -> Span | None:
    """Where ``def name`` stands, read from the text so that nothing need be imported."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    for number, line in enumerate(lines, 1):
        if line.startswith((f"def {name}(", f"def {name} ")):
            return line_of(path, number)
    return Span(str(path), 0, 0, 1)


def line_of(path: Path, number: int) -> Span:
    """One line of a file."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    start = sum(map(len, lines[: number - 1]))
    end = start + (len(lines[number - 1].rstrip("\r\n")) if number <= len(lines) else 0)
    return Span(str(path), start, end, number)


def functions_of(module: ModuleType) -> str:
    """A hint at the functions that a solver does have."""
    own = [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    ]
    return f"It has {', '.join(own)}." if own else "It has no functions."
