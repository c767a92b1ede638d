"""The course that a task, a scorer or a solver is about: the one that is named, else the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from grader.answers import get_type
from grader.diagnostics import InputError, Severity, SpecError, operator_error
from grader.records import Part, Problem
from grader.specs import Course, course_folder, load_course

Asked = tuple[Problem, tuple[Part, ...]]


def open_course(folder: str = "") -> Course:
    """A course with all its specs, whose root is absolute: Inspect may change the working directory later.

    Args:
        folder: of the course; "" for the nearest one at or above the working directory.

    Raises:
        InputError: there is none.
        SpecError: one of its specs is wrong.
    """
    fix = "Name its folder: -T course=DIR for a task, -S course=DIR for a scorer or a solver."
    course = load_course(course_folder(folder, fix))
    if errors := tuple(one for one in course.diagnostics if one.severity is Severity.ERROR):
        raise SpecError(errors)
    return replace(course, problems=tuple(replace(problem, variation=None) for problem in course.problems))


def listed(value: str | int | float | Sequence[object]) -> tuple[str, ...]:
    """Names as Inspect's command line hands them over: ``a,b`` comes as a list, ``1`` as a number.

    Args:
        value: one name, several with commas between, or a list.
    """
    names = value.split(",") if isinstance(value, str) else value if isinstance(value, Sequence) else [value]
    return tuple(str(name).strip() for name in names if str(name).strip())


def chosen(course: Course, problems: Sequence[str], parts: Sequence[str], *, human: bool = False) -> list[Asked]:
    """What is asked of a course.

    Args:
        course: the course.
        problems: folders, ids or patterns of problems; none for those that the course assigns.
        parts: ids or patterns of parts, such as ``b.i``, ``*.kernel`` or ``ssm-kernels/b.*``; none for all.
        human: whether parts that a person decides are asked, too.

    Returns:
        Problems with their asked parts, in order; none without parts.

    Raises:
        InputError: a name fits nothing, or nothing is left to ask.
    """
    found, idle = course.select(problems or course.settings.assigned)
    for name in idle:
        raise _unknown("problem", name, (problem.id for problem in course.problems))
    for pattern in parts:
        if not any(_fits(problem, part, pattern) for problem in found for part in problem.parts):
            raise _unknown("part", pattern, (f"{problem.id}/{part.id}" for problem in found for part in problem.parts))
    asked = []
    for problem in found:
        wanted = [part for part in problem.parts if not parts or any(_fits(problem, part, one) for one in parts)]
        kept = tuple(part for part in wanted if human or get_type(part.type).decided_by == "machine")
        if kept:
            asked.append((problem, kept))
    if not asked:
        fix = "Ask them with human=true; a person decides on the answers later."
        raise InputError(operator_error("inspect-none", "a person decides all the parts that are chosen", fix=fix))
    return asked


def _fits(problem: Problem, part: Part, pattern: str) -> bool:
    return fnmatchcase(part.id, pattern) or fnmatchcase(f"{problem.id}/{part.id}", pattern)


def _unknown(kind: str, name: str, known: Iterable[str]) -> InputError:
    some = sorted(known)
    listed = ", ".join(some[:12]) + (f" and {len(some) - 12} more" if len(some) > 12 else "")
    fix = f"Known are {listed or 'none'}."
    return InputError(operator_error("inspect-unknown", f"the course has no {kind} {name!r}", fix=fix))
