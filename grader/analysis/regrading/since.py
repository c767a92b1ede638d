"""What a run was made from, beside what an earlier one was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from pydantic import TypeAdapter

from grader.analysis.regrading.differences import Difference, SpecChange, differences, function_changes, spec_change
from grader.records import Problem
from grader.specs.settings import Settings
from grader.store.runs import Manifest, StoredRun
from grader.store.runs.course_files import solver_files, spec_path


@dataclass(frozen=True, slots=True)
class Since:
    """What changed between two runs.

    Args:
        specs: by the id of the problem, where anything did.
        solvers: which functions of its solver, and of what that imports, are others; by the id of the problem.
        new, gone: problems that are asked only now, and only then.
        settings: of the course.
        inputs: for files of the input ``changed``, ``new`` or ``gone``, by their path from it.
        environment: versions of grade, of Python and of libraries.
        solved_by: path of each problem's solver.
    """

    specs: Mapping[str, SpecChange] = field(default_factory=dict)
    solvers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    settings: tuple[Difference, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    environment: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        return any((self.specs, self.solvers, self.new, self.gone, self.settings, self.inputs, self.environment))

    def input_change(self, file: str, path: str) -> str:
        """What became of a file of the input.

        Args:
            file: as the place of an answer names it; a member of an archive counts as the archive.
            path: of the input, as it was given.

        Returns:
            ``changed``, ``new``, ``gone`` or "".
        """
        whole, start = PurePath(file), PurePath(path)
        below = whole.relative_to(start) if whole.is_relative_to(start) else whole
        names = [below.as_posix(), *(one.as_posix() for one in below.parents), start.name]
        return next((self.inputs[name] for name in names if name in self.inputs), "")


def since(before: StoredRun, after: StoredRun) -> Since:
    """What changed between two runs.

    Args:
        before, after: the runs, each with the files that it was made from.
    """
    then, now = ({one.id: one for one in run.run.problems} for run in (before, after))
    both = [name for name in now if name in then]
    specs = {name: _spec_change(then[name], now[name], before.manifest, after.manifest) for name in both}
    solvers = {}
    for name in both:
        changes = function_changes(_solver(then[name], before.manifest), _solver(now[name], after.manifest))
        solvers[name] = changes
    return Since(
        {name: change for name, change in specs.items() if change},
        {name: changes for name, changes in solvers.items() if changes},
        tuple(name for name in now if name not in then),
        tuple(name for name in then if name not in now),
        tuple(_settings(before.manifest.settings, after.manifest.settings)),
        _inputs(before.manifest.inputs, after.manifest.inputs),
        tuple(differences(dict(before.manifest.environment), dict(after.manifest.environment))),
    )


def _spec_change(before: Problem, after: Problem, then: Manifest, now: Manifest) -> SpecChange:
    return spec_change(_spec(before, then), _spec(after, now))


def _spec(problem: Problem, manifest: Manifest) -> bytes:
    return manifest.files[spec_path(problem, PurePath(manifest.course))]


def _solver(problem: Problem, manifest: Manifest) -> dict[str, bytes]:
    return {path: manifest.files[path] for path in solver_files(problem.solver, manifest.files)}


def _settings(before: Settings, after: Settings) -> tuple[Difference, ...]:
    adapter = TypeAdapter(Settings)
    return tuple(differences(adapter.dump_python(before, mode="json"), adapter.dump_python(after, mode="json")))


def _inputs(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in sorted({**before, **after}):
        if name not in after:
            found[name] = "gone"
        elif name not in before:
            found[name] = "new"
        elif before[name] != after[name]:
            found[name] = "changed"
    return found
