"""A plugin of pytest: the checks of ``grade verify`` as tests, one for each part of a course.

It does nothing unless a course is named, with ``--grade-course DIR`` or ``grade_course = DIR`` in pytest's settings,
and imports nothing of ``grade`` until then. All parts that were collected are verified together, in workers, when the
first of them runs.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.scoring.verification import Finding

_SUFFIXES = (".yaml", ".yml")


class GradeWeaknessWarning(UserWarning):
    """A wrong answer passes, or a part can be trusted less than it should be."""


class VerifyError(Exception):
    """A part does not verify; the arguments are the findings."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options and settings."""
    group = parser.getgroup("grade", "courses of grade")
    group.addoption("--grade-course", metavar="DIR", help="verify the parts of this course as tests")
    group.addoption("--grade-seeds", type=int, default=1, metavar="N", help="draws of the given values (default: 1)")
    group.addoption("--grade-strict", action="store_true", help="a weakness fails the test of its part")
    parser.addini("grade_course", "folder of a course whose parts are verified as tests, from the root folder")


def pytest_configure(config: pytest.Config) -> None:
    """Collect the specs of the course wherever pytest was told to look."""
    course = _course(config)
    if course is None:
        return
    if not course.is_dir():
        raise pytest.UsageError(f"--grade-course: {course} is no folder")
    config.pluginmanager.register(_Plugin(course), "grade-course")
    places = [Path(str(arg).partition("::")[0]).resolve() for arg in config.args]
    specs = _specs(course)
    if not any(specs == place or specs in place.parents or place in specs.parents for place in places):
        config.args.append(str(specs))


def _course(config: pytest.Config) -> Path | None:
    named = config.getoption("grade_course") or None
    if named is not None:
        return Path(config.invocation_params.dir, named).resolve()
    setting = str(config.getini("grade_course") or "")
    return Path(config.rootpath, setting).resolve() if setting else None


def _specs(course: Path) -> Path:
    from grader.specs import load_settings

    return (course / load_settings(course)[0].problems).resolve()


class _Plugin:
    """What is done where a course is named."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self.specs = _specs(course)
        self.found: dict[tuple[str, str], list[Finding]] | None = None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A spec of the course."""
        if file_path.suffix not in _SUFFIXES or self.specs not in file_path.resolve().parents:
            return None
        made: SpecFile = SpecFile.from_parent(parent, path=file_path)
        made.plugin = self
        return made

    def findings(self, session: pytest.Session) -> dict[tuple[str, str], list[Finding]]:
        """The findings about all collected parts; they are made once."""
        if self.found is None:
            from grader.scoring.verification import Plan, verify
            from grader.specs import load_course

            names = tuple(f"{item.problem}/{item.part}" for item in session.items if isinstance(item, PartItem))
            seeds = tuple(str(number) for number in range(1, session.config.getoption("grade_seeds") + 1))
            self.found = {}
            for finding in verify(load_course(self.course), Plan(only=names, seeds=seeds)):
                self.found.setdefault((finding.problem, finding.part), []).append(finding)
        return self.found


class SpecFile(pytest.File):
    """A problem spec: its parts are tests."""

    plugin: _Plugin

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each part; a spec that does not load is an error with every fault in it."""
        from grader.diagnostics import SpecError
        from grader.specs import load_problem

        try:
            problem = load_problem(self.path, self.plugin.course)
        except SpecError as error:
            raise self.CollectError("\n".join(map(str, error.diagnostics))) from error
        for part in problem.parts:
            line = part.span.line if part.span else 1
            yield PartItem.from_parent(self, name=part.id, problem=problem.id, line=line)


class PartItem(pytest.Item):
    """One part of a course."""

    def __init__(self, *, problem: str, line: int, **fields: Any) -> None:
        super().__init__(**fields)
        self.problem = problem
        self.part = self.name
        self.line = line

    def runtest(self) -> None:
        """Fail with the errors; warn of the rest."""
        spec = self.parent
        assert isinstance(spec, SpecFile)  # noqa: S101  # that is where it is made
        found = spec.plugin.findings(self.session)
        own = found.get((self.problem, self.part), []) + found.get((self.problem, ""), [])
        strict = bool(self.config.getoption("grade_strict"))
        faults = [f for f in own if f.level == "error" or (strict and f.level == "weakness")]
        for finding in own:
            if finding.level != "ok" and finding not in faults:
                warnings.warn(GradeWeaknessWarning(str(finding.diagnostic or finding.message)), stacklevel=1)
        if not own:
            raise VerifyError(f"{self.problem}/{self.part} was not verified")
        if faults:
            raise VerifyError(*faults)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The diagnostics, with file, line, column and fix."""
        if isinstance(excinfo.value, VerifyError):
            return "\n".join(str(getattr(one, "diagnostic", None) or one) for one in excinfo.value.args)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the part begins."""
        return self.path, self.line - 1, f"{self.problem}/{self.part}"
