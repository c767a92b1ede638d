"""The specs and solvers of a run, as they were when it was graded, and problems made from them again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from grader.diagnostics import SpecError
from grader.records import Problem
from grader.specs.files import read_bytes
from grader.specs.findings import Source
from grader.specs.load import draw_for, problem_of
from grader.specs.settings import Settings

if TYPE_CHECKING:
    from grader.specs import Course


def course_files(course: Course) -> dict[str, bytes]:
    """The texts of all specs and solvers of a course, and of what the solvers import from it.

    Args:
        course: as loaded.

    Returns:
        By path from the course folder, with ``/`` between folders; what cannot be read is left out.
    """
    found: dict[str, bytes] = {}
    for problem in course.problems:
        _take(course.root, spec_path(problem, course.root), found)
        _take_solver(course.root, problem.solver, found)
    return found


def spec_path(problem: Problem, root: PurePath) -> str:
    """The path of a problem's spec from the course folder."""
    return PurePath(problem.file).relative_to(root).as_posix()


def _take(root: Path, path: str, found: dict[str, bytes]) -> bool:
    try:
        found[path] = read_bytes(root / path, "file")
    except SpecError:
        return False
    return True


def _take_solver(root: Path, path: str, found: dict[str, bytes]) -> None:
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one not in found and _take(root, one, found):
            waiting += (name for name in imported(found[one], one) if (root / name).is_file())


def solver_files(solver: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Of some files the solver and what it imports, also by way of others; sorted.

    Args:
        solver: path of the solver.
        files: by path.
    """
    found: set[str] = set()
    waiting = [solver]
    while waiting:
        one = waiting.pop()
        if one in files and one not in found:
            found.add(one)
            waiting += imported(files[one], one)
    return tuple(sorted(found))


def imported(text: bytes, path: str) -> Iterator[str]:
    """The files of a course that a file of it may import, whether they exist or not.

    Args:
        text: Python. What only looks like an import does no harm: its file does not exist.
        path: of the file, from the course folder.
    """
    for match in _IMPORT.finditer(text.decode("utf-8", "replace")):
        dots, base, names = match["dots"] or "", match["base"] or "", match["names"].strip("()")
        home = PurePosixPath(*PurePosixPath(path).parts[: -len(dots)]) if dots else PurePosixPath()
        folder = home / base.replace(".", "/")
        yield from _modules(folder)
        for name in _NAME.findall(names):
            yield from _modules(folder / name.replace(".", "/"))


_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<base>[\w.]*)[ \t]+)?import[ \t]+(?P<names>\([^()]*\)|[^\n#;]*)",
    re.MULTILINE,
)
_NAME = re.compile(r"[^\W\d][\w.]*")


def _modules(path: PurePosixPath) -> Iterator[str]:
    if path.parts:
        yield f"{path}.py"
        yield f"{path / '__init__.py'}"


def stored_problem(file: str, spec: str, files: Mapping[str, bytes]) -> Problem:
    """A problem as it was when the run was graded.

    Args:
        file: path of the spec as messages name it.
        spec: its path in ``files``.
        files: specs and solvers of then.

    Raises:
        SpecError: this version of grade does not accept it.
        KeyError, UnicodeDecodeError: the stored files are not whole.
    """
    return problem_of(Source(files[spec].decode("utf-8-sig"), file), files)


class Papers(Mapping[str, tuple[Problem, ...]]):
    """Students' problems with numbers of their own, drawn again when they are asked for.

    Args:
        problems: of the run.
        seeds: for each student and problem with numbers of their own, from what they were drawn.
        settings: of the course then.
    """

    def __init__(
        self, problems: tuple[Problem, ...], seeds: Mapping[str, Mapping[str, str]], settings: Settings
    ) -> None:
        self._problems = problems
        self._seeds = seeds
        self._settings = settings
        self._drawn: dict[str, tuple[Problem, ...]] = {}

    def __getitem__(self, subject: str) -> tuple[Problem, ...]:
        if subject not in self._drawn:
            seeds = self._seeds[subject]
            self._drawn[subject] = tuple(
                replace(draw_for(one, seeds[one.id], self._settings) if one.id in seeds else one, variation=None)
                for one in self._problems
            )
        return self._drawn[subject]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seeds)

    def __len__(self) -> int:
        return len(self._seeds)
