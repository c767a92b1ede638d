"""Answers to one part that say the same, grouped by equality and not by how they are written.

Two answers are joined only where their words are the same or the answer type has decided that they are equal. That two
of them fail at the same place, earn the same marks or are the same kind of slip joins nothing.

Which pairs are asked about is what keeps the work near linear in the number of answers: each new writing is compared
with the groups that share a *sign* with it, something that equal answers nearly always have in common (the answer as
it is shown, its plain value, the value at the point where the truth refutes it), and then the most frequent groups are
compared with one another. A pair of equal answers without a common sign and outside the most frequent ones stays
apart: a group may be too small, and it is never too large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grader.analysis.equality import normal_text, plain, read, same_values, shown
from grader.analysis.index import Ref, RunIndex
from grader.records import Part, Result, Status

COMPARED = 24
"""How many of the most frequent groups are compared pair by pair, without a common sign."""

MOST_PER_SIGN = 12
"""With how many groups of one sign a new writing is compared; more of them hardly mean the same."""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """People who gave the same answer to a part.

    Args:
        results: one a person, at least one; the first shows the most frequent writing.
        writings: number of different ways in which it was written.
    """

    results: tuple[Result, ...]
    writings: int


@dataclass(slots=True)
class _Group:
    """A group in the making: what the answer is, None where it does not read; its writings, the frequent first."""

    value: Any
    writings: list[list[Result]] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(map(len, self.writings))


def wrong_answers(index: RunIndex, ref: Ref) -> tuple[AnswerGroup, ...]:
    """The answers to a part that are not fully right, grouped, the most frequent first.

    Who gave no answer gave no wrong one, also where a person gave no marks for that: see :func:`blank`.

    Args:
        index: of a run; of transcripts the last answer of each subject counts.
        ref: of the part.
    """
    return group((one for one in _not_right(index, ref) if _says_something(one)), index.parts[ref].part)


def blank(index: RunIndex, ref: Ref) -> int:
    """How many gave no answer to a part and have a mark for that, which a person gave."""
    return sum(not _says_something(one) for one in _not_right(index, ref))


def _not_right(index: RunIndex, ref: Ref) -> Iterator[Result]:
    last = (index.last(subject, ref) for subject in index.subjects)
    return (one for one in last if one and one.verdict.status in (Status.INCORRECT, Status.PARTIAL))


def _says_something(result: Result) -> bool:
    return bool(result.claim.text or result.claim.rivals)


def group(results: Iterable[Result], part: Part, *, by_words: bool = False) -> tuple[AnswerGroup, ...]:
    """Group answers to one part by equality, the largest group first, in the order of ``results`` among equals.

    Answers that were held against different right ones, as where students have numbers of their own, answer different
    questions and are never joined.

    Args:
        results: answers to that part, one a person.
        part: whose type reads and compares them.
        by_words: join only what has the same words, as where they cannot be relied on to be read.
    """
    asked: dict[str | None, list[Result]] = {}
    for result in results:
        expected = result.verdict.expected
        asked.setdefault(expected.unicode if expected else None, []).append(result)
    made = (one for those in asked.values() for one in _groups(those, part, by_words=by_words))
    return tuple(sorted(made, key=lambda one: len(one.results), reverse=True))


def _groups(results: Iterable[Result], part: Part, *, by_words: bool) -> Iterator[AnswerGroup]:
    """The groups among answers to one question."""
    written: dict[Hashable, list[Result]] = {}
    for result in results:
        written.setdefault(_words(result), []).append(result)
    groups: list[_Group] = []
    of_sign: defaultdict[Hashable, list[_Group]] = defaultdict(list)
    for writing in sorted(written.values(), key=len, reverse=True):
        value = None if by_words or writing[0].claim.rivals else _value(writing[0], part)
        signs = () if value is None else tuple(_signs(writing[0], value, part))
        near = {id(one): one for sign in signs for one in of_sign[sign][:MOST_PER_SIGN]}
        found = next((one for one in near.values() if same_values(value, one.value, part)), None)
        if found is None:
            found = _Group(value)
            groups.append(found)
            for sign in signs:
                of_sign[sign].append(found)
        found.writings.append(writing)
    for one in _joined(sorted(groups, key=lambda one: one.size, reverse=True), part):
        yield AnswerGroup(tuple(r for w in one.writings for r in w), len(one.writings))


def _joined(groups: list[_Group], part: Part) -> list[_Group]:
    """The groups, the most frequent of which were compared pair by pair."""
    kept: list[_Group] = []
    for one in groups[:COMPARED]:
        same = next((other for other in kept if same_values(one.value, other.value, part)), None)
        if same is None:
            kept.append(one)
        else:
            same.writings.extend(one.writings)
    return kept + groups[COMPARED:]


def _words(result: Result) -> Hashable:
    """The words of an answer; several final answers are one writing only together."""
    claim = result.claim
    return normal_text(claim.told), tuple(sorted(normal_text(text) for text, _ in claim.rivals))


def _value(result: Result, part: Part) -> Any | None:
    """The answer as it was scored: with what the text says of its symbols where that was how it was read."""
    claim, told = result.claim, result.verdict.read_as
    value = read(claim.text, part)
    if claim.given:
        whole = read(claim.told, part)
        if value is None or (whole is not None and told is not None and shown(whole, part) == told.unicode):
            return whole
    return value


def _signs(result: Result, value: Any, part: Part) -> Iterator[Hashable]:
    """What equal answers have in common, nearly always."""
    verdict = result.verdict
    if verdict.read_as is not None:
        yield "shown", verdict.read_as.unicode
    for_solvers = plain(value, part)
    if for_solvers is not None:
        yield "plain", _hashable(for_solvers)
    witness = verdict.evidence.witness if verdict.evidence else None
    if witness is not None and witness.at:
        yield "there", witness.at, witness.yours


def _hashable(value: object) -> Hashable:
    """A plain value for a dictionary; numbers that agree to nine digits are put together."""
    if isinstance(value, list | tuple):
        return tuple(map(_hashable, value))
    if isinstance(value, int | Fraction | float) and not isinstance(value, bool):
        try:
            return f"{float(value):.9g}"
        except OverflowError:
            return str(value)
    return str(value)
