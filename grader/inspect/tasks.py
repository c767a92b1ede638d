"""The task: a course's problems as a data set, one sample for each part or for each problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageUser
from inspect_ai.solver import generate

from grader import __version__
from grader.diagnostics import InputError, operator_error
from grader.inspect.courses import Asked, chosen, listed, open_course
from grader.inspect.names import registered
from grader.inspect.questions import prompt_of
from grader.inspect.scorer import marks
from grader.records import HintKind, Part, Problem

PER = ("part", "problem")


def _problems(
    problems: str | list[str] = "",
    parts: str | list[str] = "",
    course: str = "",
    per: str = "part",
    human: bool = False,
) -> Task:
    """The questions of a course, scored by its specs.

    Args:
        problems: folders, ids or patterns of problems; those that the course assigns if "".
        parts: ids or patterns of parts, such as ``b.i`` or ``ssm-kernels/b.*``; all if "".
        course: folder of the course; the nearest one if "".
        per: ``part`` for a sample for each part, ``problem`` for one for each problem.
        human: whether parts that a person decides are asked, too.

    Raises:
        InputError: there is no course, or nothing of that name in it.
    """
    if per not in PER:
        raise InputError(operator_error("inspect-per", f"per is {per!r}, expected part or problem"))
    opened = open_course(course)
    asked = chosen(opened, listed(problems), listed(parts), human=human)
    title = opened.settings.title or opened.root.name
    return Task(
        dataset=MemoryDataset(list(samples(asked, per)), name=title),
        solver=generate(),
        scorer=marks(course=course),
        metadata={"course": title, "grade": __version__},
    )


def samples(asked: Sequence[Asked], per: str = "part") -> Iterator[Sample]:
    """The samples of some questions.

    Args:
        asked: problems with their asked parts.
        per: ``part`` or ``problem``.

    Yields:
        Samples whose message of the person declares what it asks, as ``grade transcripts`` reads it.
    """
    for problem, parts in asked:
        for some in [parts] if per == "problem" else [(part,) for part in parts]:
            yield _sample(problem, some, per)


def _sample(problem: Problem, parts: Sequence[Part], per: str) -> Sample:
    about = [f"{problem.id}/{part.id}" for part in parts]
    declared = {"hint": HintKind.NONE.value, "about": about}
    which = {"part": parts[0].id, "type": parts[0].type} if per == "part" else {"parts": [part.id for part in parts]}
    points = float(sum(part.points for part in parts))
    return Sample(
        input=[ChatMessageUser(content=prompt_of(problem, parts), metadata=declared)],
        id=about[0] if per == "part" else problem.id,
        metadata={"problem": problem.id, **which, "points": points},
    )


problems = registered(lambda name: task(name=name), _problems, "problems")
