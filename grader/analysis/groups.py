"""Wrong answers that several people gave, grouped by what they say and not by how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.analysis.equality import normal_text, read, same_values
from grader.analysis.index import Ref, RunIndex
from grader.records import Part, Result, Status

COMPARED = 24
"""How many of the most frequent writings are compared with one another: the work is quadratic."""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """People who gave the same answer to a part.

    Args:
        results: one a person, at least one; the first shows the most frequent writing.
        writings: number of different ways in which it was written.
    """

    results: tuple[Result, ...]
    writings: int


def wrong_answers(index: RunIndex, ref: Ref) -> tuple[AnswerGroup, ...]:
    """The answers to a part that are not fully right, grouped, the most frequent first.

    Answers are first grouped by how they were read (or by their words), then the ``COMPARED`` most
    frequent groups are joined where the answer type says that they are equal.
    """
    last = (index.last(subject, ref) for subject in index.subjects)
    wrong = (one for one in last if one and one.verdict.status in (Status.INCORRECT, Status.PARTIAL))
    return group(wrong, index.parts[ref].part)


def group(results: Iterable[Result], part: Part) -> tuple[AnswerGroup, ...]:
    """Group answers to one part by equality, the largest group first."""
    by_writing: dict[str, list[Result]] = {}
    for result in results:
        by_writing.setdefault(_writing(result), []).append(result)
    ordered = sorted(by_writing.values(), key=len, reverse=True)
    joined: list[tuple[Any, list[list[Result]]]] = []
    for writing in ordered[:COMPARED]:
        value = read(writing[0].claim.text, part)
        for other, members in joined:
            if same_values(value, other, part):
                members.append(writing)
                break
        else:
            joined.append((value, [writing]))
    groups = [members for _, members in joined] + [[writing] for writing in ordered[COMPARED:]]
    found = [AnswerGroup(tuple(one for w in members for one in w), len(members)) for members in groups]
    found.sort(key=lambda one: len(one.results), reverse=True)
    return tuple(found)


def _writing(result: Result) -> str:
    read_as = result.verdict.read_as
    return read_as.unicode if read_as else normal_text(result.claim.text)
