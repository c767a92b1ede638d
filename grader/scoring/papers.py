"""What is asked of whom: the problems of a run, and numbers of their own for students."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.diagnostics import InputError, SpecError
from grader.intake.archives import File, read_bytes
from grader.intake.chats import Chat
from grader.intake.handins.submissions import Submission
from grader.intake.parts.named import named_problems
from grader.intake.talks.recorded import Unread
from grader.records import Problem
from grader.scoring.solvers import Limits, PartKey
from grader.scoring.subjects import Paper, Source
from grader.scoring.truth import Truth
from grader.scoring.truths import solve_all

if TYPE_CHECKING:
    from grader.specs import Course


def chosen_problems(
    course: Course, sources: Sequence[Source], selectors: Sequence[str], max_bytes: int
) -> tuple[Problem, ...]:
    """The problems of a run.

    Args:
        course: with its setting ``assigned``.
        sources: what is graded.
        selectors: that choose; with none, the assigned problems and those that a text names by a heading.
        max_bytes: larger files are not looked into.

    Returns:
        The problems, in the order of the course.
    """
    if selectors:
        return course.select(selectors)[0]
    assigned = course.assigned
    others = [problem for problem in course.problems if problem not in assigned]
    named = named_problems(_texts(sources, max_bytes), others) if others else ()
    return tuple(problem for problem in course.problems if problem in assigned or problem in named)


def _texts(sources: Sequence[Source], max_bytes: int) -> Iterator[str]:
    """The text of each file that can be read; the others are told of when they are graded."""
    for source in sources:
        if isinstance(source, Chat):
            yield from (one.text for one in source.messages)
        elif not isinstance(source, Unread):
            for file in source.files if isinstance(source, Submission) else (source,):
                yield _text(file, max_bytes)


def _text(file: File, max_bytes: int) -> str:
    try:
        return read_bytes(file, max_bytes).decode("utf-8", "replace")
    except (OSError, InputError):
        return ""


def papers(
    course: Course, truths: Mapping[PartKey, Truth], sources: Sequence[Source], limits: Limits
) -> dict[str, Paper]:
    """For each student the problems with their own numbers, where the course gives them any.

    Args:
        course: whose problems are asked, with its setting ``own_numbers``.
        truths: for the numbers of the specs; parts without drawn numbers keep them.
        sources: submissions; models all get the numbers of the specs.
        limits: of each solver.

    Returns:
        By student; empty where nothing is drawn. What cannot be drawn or solved fails its own part.
    """
    varied = [problem for problem in course.problems if problem.variation is not None]
    students = [source.subject for source in sources if isinstance(source, Submission)]
    if not (course.settings.own_numbers and varied):
        return {}
    drawn = {student: {problem.id: _own(problem, student, course) for problem in varied} for student in students}
    pairs = [
        (problem, part)
        for own in drawn.values()
        for problem in own.values()
        if isinstance(problem, Problem)
        for part in problem.parts
    ]
    solved = iter(solve_all(course.root, pairs, limits))
    made = {}
    for student, own in drawn.items():
        known = dict(truths)
        for name, problem in own.items():
            if isinstance(problem, Problem):
                known.update({(name, part.id): truth for part in problem.parts if (truth := next(solved))})
            else:
                known.update({key: Truth(None, problem.diagnostics) for key in known if key[0] == name})
        theirs = {name: problem for name, problem in own.items() if isinstance(problem, Problem)}
        made[student] = Paper(tuple(without_variation(theirs.get(p.id, p)) for p in course.problems), known)
    return made


def _own(problem: Problem, student: str, course: Course) -> Problem | SpecError:
    from grader.specs import draw_for

    try:
        return draw_for(problem, student, course.settings)
    except SpecError as error:
        return error


def without_variation(problem: Problem) -> Problem:
    """The problem without what it takes to draw it anew, which workers need not carry."""
    return replace(problem, variation=None)
