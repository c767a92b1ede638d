"""What is asked of whom: the problems of a run, and numbers of their own for students."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from grader.diagnostics import InputError, SpecError
from grader.intake.archives import File, read_bytes
from grader.intake.chats import Chat
from grader.intake.documents import read_document
from grader.intake.extract import extractor_of
from grader.intake.handins.submissions import Submission
from grader.intake.parts.named import named_problems
from grader.intake.talks.recorded import Unread
from grader.records import Problem
from grader.scoring.solvers import Limits, PartKey
from grader.scoring.subjects import SUBJECT_TIMEOUT, Paper, Source
from grader.scoring.truth import Truth
from grader.scoring.truths import solve_all
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course


def chosen_problems(
    course: Course, sources: Iterable[Source], selectors: Sequence[str], max_bytes: int
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
    named = _named(course, others, sources, max_bytes) if others else set()
    return tuple(problem for problem in course.problems if problem in assigned or problem.id in named)


def _named(course: Course, others: Sequence[Problem], sources: Iterable[Source], max_bytes: int) -> set[str]:
    """The ids of those problems that some text names; what cannot be read is told of when it is graded."""
    shut: list[File] = []  # files whose text has to be taken out of them
    found = {problem.id for problem in named_problems(_texts(sources, max_bytes, shut), others)}
    if shut and len(found) < len(others):
        left = [without_variation(problem) for problem in others if problem.id not in found]
        work = partial(_named_in_file, left, max_bytes)  # in workers, for what it may cost to read a hostile file
        memory = course.settings.memory_mb
        for _, names in map_in_workers(work, shut, timeout=SUBJECT_TIMEOUT, memory_mb=memory):
            found.update(() if isinstance(names, WorkerFailure) else names)
    return found


def _texts(sources: Iterable[Source], max_bytes: int, shut: list[File]) -> Iterator[str]:
    """The text of each file that is text; the others are put into ``shut``."""
    for source in sources:
        if isinstance(source, Chat):
            yield from (one.text for one in source.messages)
            yield from (f"# {name.partition('/')[0]}" for one in source.messages for name in one.about)
        elif not isinstance(source, Unread):
            for file in source.files if isinstance(source, Submission) else (source,):
                try:
                    data = read_bytes(file, max_bytes)
                except (OSError, InputError):
                    continue
                if len(data) <= max_bytes and extractor_of(data, file.suffix) is not None:
                    shut.append(file)
                else:
                    yield data.decode("utf-8", "replace")


def _named_in_file(problems: Sequence[Problem], max_bytes: int, file: File) -> tuple[str, ...]:
    try:
        text = read_document(file, max_bytes, extract=True).text
    except InputError:
        return ()
    return tuple(problem.id for problem in named_problems((text,), problems))


def papers(
    course: Course, truths: Mapping[PartKey, Truth], sources: Iterable[Source], limits: Limits
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
    if not (course.settings.own_numbers and varied):
        return {}
    students = [source.subject for source in sources if isinstance(source, Submission)]
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
