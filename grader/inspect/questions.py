"""What a model is asked: the questions of a spec in words, and what a sample or a log says was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.records import Part, Problem
from grader.specs import Course
from grader.specs.wording import wording

_ONE = "Answer {name} alone. End with your final answer on a line of its own, after “Answer:”."
_ALONE = "End with your final answer on a line of its own, after “Answer:”."
_ALL = (
    "Answer every part under a heading of its own, such as “## {first}”, and end each with your final answer on a line "
    "of its own, after “Answer:”."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a model in one sample.

    Args:
        problem: id.
        parts: ids; () where all parts of the problem are asked.
    """

    problem: str
    parts: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The asked parts as ``problem/part``."""
        return tuple(f"{self.problem}/{part}" for part in self.parts)


def prompt_of(problem: Problem, parts: Sequence[Part]) -> str:
    """The words of a question, as Markdown with TeX.

    Args:
        problem: asked.
        parts: of it that are asked. Those that they build on are told, and not asked.
    """
    pieces = [f"# {problem.title}", problem.prompt.strip()]
    asked = {part.id for part in parts}
    told = asked | _needed(problem, asked)
    for part in problem.parts:
        if part.id in told and (words := wording(part)):
            pieces.append(f"**{part.heading}** {words}" if len(problem.parts) > 1 else words)
    if len(problem.parts) == 1:
        pieces.append(_ALONE)
    elif len(parts) == 1:
        pieces.append(_ONE.format(name=f"part {parts[0].heading}"))
    else:
        pieces.append(_ALL.format(first=parts[0].heading))
    return "\n\n".join(piece for piece in pieces if piece)


def _needed(problem: Problem, asked: set[str]) -> set[str]:
    """The parts on which some parts build, and those on which these do."""
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        for name in problem.part(waiting.pop()).needs:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


# ---------------------------------------------------------------- what a log says


def question_of(
    course: Course, sample_id: object, metadata: Mapping[str, Any] | None, problem: str = "", part: str = ""
) -> Question | None:
    """What a sample asks: as the caller says, else its metadata (``problem``, ``part`` or ``parts``), else its id.

    Args:
        course: in which problems and parts are looked up.
        sample_id: ``problem/part`` or ``problem``, where it is a name of the course.
        metadata: of the sample.
        problem, part: as the caller says; "" if it does not.

    Returns:
        The question; None where nothing of this names a problem of the course, or it has no such part.
    """
    for name, parts in _named(str(sample_id), metadata or {}, problem, part):
        known = next((one for one in course.problems if one.id == name), None)
        if known is not None and all(one in {p.id for p in known.parts} for one in parts):
            return Question(name, parts)
    return None


def _named(
    sample_id: str, metadata: Mapping[str, Any], problem: str, part: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if problem:
        yield problem, (part,) if part else ()
        return
    if isinstance(name := metadata.get("problem"), str):
        parts = metadata.get("part", metadata.get("parts"))
        some = [parts] if isinstance(parts, str | int | float) else parts if isinstance(parts, list | tuple) else []
        yield name, (part,) if part else tuple(map(str, some))
    head, _, tail = sample_id.partition("/")
    yield head, (tail,) if tail else ()
