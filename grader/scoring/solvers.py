"""Run one of the course's solvers: the truth of a part, or a diagnostic that says why there is none.

A solver is a plain function in a file of the course. It gets those of the problem's ``given``
values that its signature names. Whatever it does wrong becomes an error for its author, with the
line of the solver; :mod:`grader.scoring.truths` also survives solvers that hang, die or eat memory.

Where a spec has a ``key``, that formula is the truth, and no solver runs for it; that solver and key agree is
for :mod:`grader.scoring.proofs`.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from grader.answers import get_type
from grader.diagnostics import Diagnostic, Span, SpecError, author_error
from grader.records import Part, Problem
from grader.scoring.solver_files import (
    course_on_path,
    definition,
    functions_of,
    import_solver,
    raised,
    silence,
)
from grader.scoring.truth import Truth, key_truth, unsolved_truth
from grader.scoring.workers import Caught

PartKey: TypeAlias = tuple[str, str]  # (problem id, part id)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a piece of work in a worker may take.

    Args:
        timeout: seconds for one item.
        memory_mb: megabytes beyond what a worker starts with.
        workers: number of processes; as many as there are processors if None.
    """

    timeout: float = 10.0
    memory_mb: int = 1024
    workers: int | None = None


# ---------------------------------------------------------------- one solver, in this process


def solve_part(root: Path, problem: Problem, part: Part, function: str) -> Truth:
    """The truth of a part: its key, or what one function of the solver gives, in this process and without limits.

    Args:
        root: folder of the course; it is on ``sys.path`` while the solver runs.
        function: ``part.solve`` or ``part.confirm``.

    Returns:
        The truth, or the diagnostics ``solver-missing``, ``solver-import``, ``solver-function``,
        ``solver-arguments``, ``solver-raised`` or ``solver-nonsense``.
    """
    if part.key:
        return key_truth(part)
    if not function and not get_type(part.type).needs_solver:
        return unsolved_truth(part)
    try:
        value = _value(root, problem, part, function)
    except SpecError as error:
        return Truth(None, error.diagnostics)
    foreseen: dict[str, Any] = {}
    faults: list[Diagnostic] = []
    for mistake in part.mistakes if function == part.solve else ():
        try:
            if mistake.solve:
                foreseen[mistake.solve] = _value(root, problem, part, mistake.solve)
        except SpecError as error:
            faults.extend(error.diagnostics)
    return Truth(value, foreseen=foreseen, faults=tuple(faults))


def _value(root: Path, problem: Problem, part: Part, function: str) -> Any:
    """What a function of the solver gives, as the part's answer type has it."""
    with open_solver(root, problem, part, function) as solver:
        value = _plain(solver.call(_arguments(solver, problem)), function, solver.place)
    try:
        return get_type(part.type).key(value, part.options)
    except SpecError as error:
        raise SpecError(tuple(_placed(d, function, solver.place) for d in error.diagnostics)) from error


class TooLargeError(Exception):
    """A solver says that an instance is too large for it."""


@dataclass(frozen=True, slots=True)
class Solver:
    """One function of a solver, ready to be called.

    Args:
        function: the function.
        name: its name.
        path: of the file.
        place: where it is defined, if that is in the file.
    """

    function: Callable[..., object]
    name: str
    path: Path
    place: Span | None

    def call(self, arguments: Mapping[str, Any], *, may_refuse: bool = False) -> object:
        """The value that it returns.

        Args:
            arguments: by name.
            may_refuse: a ``ValueError`` that begins with “too large” is no error.

        Raises:
            SpecError: it raised an exception.
            TooLargeError: it refused.
        """
        caught = Caught()
        with caught:
            return self.function(**arguments)
        if may_refuse and isinstance(caught.error, ValueError) and str(caught.error).startswith("too large"):
            raise TooLargeError(str(caught.error)) from caught.error
        raise SpecError(raised(caught.error, self.path, self.place, f"the solver {self.name}"))

    @property
    def everything(self) -> bool:
        """Whether it takes whatever it is given."""
        return any(p.kind is p.VAR_KEYWORD for p in inspect.signature(self.function).parameters.values())

    def named(self) -> tuple[list[str], list[str]]:
        """Parameters that it takes by name, and those that a call must give."""
        parameters = inspect.signature(self.function).parameters.values()
        keyword = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
        positional = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY and p.default is p.empty]
        return [p.name for p in keyword], [p.name for p in keyword if p.default is p.empty] + positional


@contextmanager
def open_solver(root: Path, problem: Problem, part: Part, name: str) -> Iterator[Solver]:
    """Import a problem's solver, with the course on ``sys.path``, and what it prints thrown away.

    Args:
        root: folder of the course.
        problem: whose solver it is.
        part: that names the function.
        name: of the function.

    Raises:
        SpecError: there is no such file or function, or the import fails.
    """
    path = root / problem.solver
    if not path.is_file():
        raise SpecError(
            author_error(
                "solver-missing",
                f"the solver {problem.solver} does not exist in the course folder",
                part.span,
                "Write the file, or correct `solver:` in the spec.",
            )
        )
    with course_on_path(root, problem.solver), silence():
        module = import_solver(path)
        function = getattr(module, name, None)
        if not callable(function):
            raise SpecError(
                author_error(
                    "solver-function",
                    f"{problem.solver} has no function {name!r}, which part {part.id} names",
                    part.span,
                    functions_of(module),
                )
            )
        yield Solver(function, name, path, definition(function, path))


def _arguments(solver: Solver, problem: Problem) -> dict[str, Any]:
    """Those given values that the function's signature names."""
    if solver.everything:
        return dict(problem.given)
    return chosen_arguments(solver, problem.given, problem)


def chosen_arguments(solver: Solver, values: Mapping[str, Any], problem: Problem) -> dict[str, Any]:
    """Those of some values that a function's signature names.

    Args:
        solver: the function.
        values: by name.
        problem: for messages.

    Raises:
        SpecError: a parameter without a default has no value.
    """
    keyword, needed = solver.named()
    lacking = [name for name in needed if name not in values or name not in keyword]
    if lacking:
        known = ", ".join(values) or "nothing"
        raise SpecError(
            author_error(
                "solver-arguments",
                f"{solver.name} needs {', '.join(lacking)}, but the spec gives {known}",
                solver.place,
                f"Add the value under `given:` in {problem.file}, or give the parameter a default; "
                "arguments are passed by name.",
            )
        )
    return {name: values[name] for name in keyword if name in values}


# ---------------------------------------------------------------- what a solver may return


def _plain(value: object, function: str, place: Span | None) -> object:
    """A solver's value with NumPy's arrays and numbers as Python's; NaN and None are refused."""
    if type(value).__module__ == "numpy":
        value = value.tolist()  # type: ignore[attr-defined]
    if isinstance(value, Mapping):
        return {key: _plain(item, function, place) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, function, place) for item in value]
    if isinstance(value, set | frozenset):
        return {_plain(item, function, place) for item in value}
    bad = "None" if value is None else ""
    if isinstance(value, float | complex) and value != value:  # NaN alone differs from itself
        bad = "NaN"
    elif isinstance(value, float) and math.isinf(value):
        bad = "an infinite number"
    if bad:
        raise SpecError(
            author_error(
                "solver-nonsense",
                f"{function} returns {bad}, expected an answer",
                place,
                "Let the function return the value itself, for every given value.",
            )
        )
    return value


def _placed(diagnostic: Diagnostic, function: str, place: Span | None) -> Diagnostic:
    """An answer type's complaint about a key, told as one about the solver that made it."""
    message = f"{function} does not return an answer of the declared type: {diagnostic.message}"
    fix = diagnostic.fix or "Return a plain value of that kind; `grade explain TYPE` shows some."
    return author_error("solver-nonsense", message, diagnostic.span or place, fix)
