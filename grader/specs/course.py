"""A course folder: finding it, and loading all its specs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from grader.diagnostics import Diagnostic, InputError, Severity, Span, SpecError, author_error, operator_error
from grader.records import Problem
from grader.specs.settings import Settings, has_settings, load_settings

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Course:
    """A course folder, loaded.

    Args:
        root: the folder, as given.
        problems: all that loaded; folder by folder, in each by number, then by file name.
        settings: from ``grade.toml`` or ``pyproject.toml``.
        diagnostics: what is wrong with the specs that did not load, and with the settings.
    """

    root: Path
    problems: tuple[Problem, ...]
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with any spec or setting."""
        return all(one.severity is not Severity.ERROR for one in self.diagnostics)

    def problem(self, problem_id: str) -> Problem:
        """The problem called ``problem_id``; KeyError if there is none."""
        for problem in self.problems:
            if problem.id == problem_id:
                return problem
        raise KeyError(problem_id)

    def select(self, selectors: Sequence[str]) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
        """The problems that folders, ids or patterns name.

        Args:
            selectors: each a folder below the folder of the specs, a problem's id, or a pattern of ids such as
                ``ssm-*``; none for all problems.

        Returns:
            The problems in the order of the course, and the selectors that name none.
        """
        if not selectors:
            return self.problems, ()
        folder = PurePath(self.root, self.settings.problems)
        by_selector = {one: [p for p in self.problems if _selected(p, one, folder)] for one in selectors}
        chosen = {problem.id for found in by_selector.values() for problem in found}
        return (
            tuple(problem for problem in self.problems if problem.id in chosen),
            tuple(one for one, found in by_selector.items() if not found),
        )

    @property
    def assigned(self) -> tuple[Problem, ...]:
        """The problems that submissions and transcripts are about, by the setting ``assigned``; all without it."""
        return self.select(self.settings.assigned)[0]


def _selected(problem: Problem, selector: str, folder: PurePath) -> bool:
    own = PurePath(problem.file).parent
    named = folder / selector.strip("/")
    return fnmatchcase(problem.id, selector) or named == own or named in own.parents


def find_course(start: Path) -> Path | None:
    """The nearest course folder: ``start`` or a folder above it.

    A folder is one if it has a folder ``problems``, a ``grade.toml``, or a ``[tool.grade]`` in
    ``pyproject.toml``.

    Args:
        start: a folder or file.

    Returns:
        The folder; None if there is none up to the root of the file system.
    """
    here = Path(os.path.realpath(start))
    for folder in (here, *here.parents):
        if (folder / "problems").is_dir() or has_settings(folder):
            return folder
    return None


def course_folder(named: str | Path | None, fix: str) -> Path:
    """The folder of the course that is meant: the one that is named, else the nearest at or above this folder.

    Args:
        named: the folder; None or "" where nobody names one.
        fix: how one is named, for the error.

    Returns:
        The folder; absolute, so that it is the same if the working directory changes.

    Raises:
        InputError: ``course-none``: there is none.
    """
    root = Path(named) if named else find_course(Path())
    if root is None or not root.is_dir():
        says = f"there is no course in {named}" if named else f"no course was found at or above {Path.cwd()}"
        raise InputError(operator_error("course-none", says, fix=fix))
    return root.resolve()


def load_course(root: Path) -> Course:
    """Load every spec of a course; what is wrong with one does not keep the others from loading.

    Args:
        root: the course folder.

    Returns:
        The course; of two problems with one id, the first is kept and the second is an error.
    """
    from grader.specs.load import load_problem

    settings, found = load_settings(root)
    diagnostics = list(found)
    loaded: dict[str, Problem] = {}
    folder = root / settings.problems
    paths = list(_spec_files(folder, root, diagnostics))
    if not paths:
        diagnostics.append(
            author_error(
                "spec-no-problems",
                f"the course has no specs: no file below {folder} ends in .yaml",
                Span(str(folder), 0, 0, 1),
                "put problem specs there, or set problems in grade.toml",
            )
        )
    for path in paths:
        try:
            problem = load_problem(path, root)
        except SpecError as error:
            diagnostics.extend(error.diagnostics)
            continue
        if problem.id in loaded:
            diagnostics.append(_duplicate(problem, loaded[problem.id]))
        else:
            loaded[problem.id] = problem
    course = Course(root, tuple(sorted(loaded.values(), key=_order)), settings, tuple(diagnostics))
    _, idle = course.select(settings.assigned)
    return replace(course, diagnostics=(*diagnostics, *map(_assigned_nothing, idle))) if idle and loaded else course


def _spec_files(folder: Path, root: Path, diagnostics: list[Diagnostic]) -> Iterator[Path]:
    """Specs below a folder in order of their paths; hidden ones, and links that lead outside, are not."""
    home = Path(os.path.realpath(root))
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        specs = [name for name in sorted(files) if name.endswith(_SUFFIXES) and not name.startswith(".")]
        for name in linked + specs:
            path = Path(place) / name
            if name in linked or not Path(os.path.realpath(path)).is_relative_to(home):
                diagnostics.append(
                    author_error(
                        "spec-link",
                        "this link is not followed: specs are files inside the course folder",
                        Span(str(path), 0, 0, 1),
                        "put the file itself here",
                    )
                )
            else:
                yield path


def _assigned_nothing(selector: str) -> Diagnostic:
    return author_error(
        "spec-setting",
        f'assigned names "{selector}", but the course has no such folder of specs and no problem with that id',
        None,
        "name a folder below the folder of the specs, a problem's id, or a pattern of ids",
    )


def _duplicate(problem: Problem, first: Problem) -> Diagnostic:
    return author_error(
        "spec-duplicate-problem",
        f'the problem id "{problem.id}" is already used in {first.file}',
        _id_span(problem),
        "give each problem of the course an id of its own",
    )


def _id_span(problem: Problem) -> Span:
    """Where a loaded problem's id stands."""
    from grader.specs.files import read_source
    from grader.specs.yaml_nodes import MapNode, read_nodes

    source = read_source(Path(problem.file), "spec")
    node, _ = read_nodes(source)
    name = node.get("id") if isinstance(node, MapNode) else None
    return source.span(name) if name else Span(problem.file, 0, 0, 1)


def _order(problem: Problem) -> tuple[str, bool, tuple[tuple[bool, int, str], ...], str]:
    """Folder; then "2" before "10" and "3a" before "3b", problems without a number last; then file."""
    pieces = re.findall(r"[0-9]{1,18}|[^0-9]+", problem.number)
    number = tuple((not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces)
    return str(Path(problem.file).parent), not problem.number, number, problem.file
