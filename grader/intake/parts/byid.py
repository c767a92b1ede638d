"""The problems of a course by their ids: a run may have hundreds, and every turn asks for a few of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from grader.intake.parts.kept import kept
from grader.records import Problem


@kept
def by_id(problems: Sequence[Problem]) -> Mapping[str, Problem]:
    """The problems by their ids, in their order."""
    return {problem.id: problem for problem in problems}


@kept
def _places(problems: Sequence[Problem]) -> Mapping[str, int]:
    return {problem.id: place for place, problem in enumerate(problems)}


def those(ids: Collection[str], problems: Sequence[Problem]) -> list[Problem]:
    """The problems with some ids, in their order.

    Args:
        ids: of problems; those that the course lacks are left out.
        problems: of the course.
    """
    places = _places(problems)
    return [problems[place] for place in sorted(places[one] for one in set(ids) if one in places)]
