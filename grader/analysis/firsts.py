"""After how many replies an answer was first right, and how long that took where some dialogues stopped before.

The curve is the product-limit estimate of Kaplan and Meier (:mod:`grader.analysis.stats.survival`). A dialogue that
stops without a right answer is *censored*: nobody knows when there would have been one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.analysis.enough import too_few
from grader.analysis.index import Ref, RunIndex
from grader.analysis.stats import ProductLimit, product_limit
from grader.records import Result, Status, StopPolicy

_SILENT = frozenset({Status.MISSING, Status.INCORRECT, Status.PARTIAL})  # after these no right answer has been given


@dataclass(frozen=True, slots=True)
class FirstRight:
    """When a subject first had a part right.

    Args:
        replies: number of replies since the part was asked, up to the first one that is known to be right; where there
            is none, the number after which nothing more is known (a censored value): the dialogue stopped, or an
            answer came that was not decided and may have been right. 0 where the first answer already was such a one,
            and where there was no answer at all, so that the part was perhaps never asked.
        right: whether there was a right one.
        model: as the conversation says; None where it does not.
        stop: how it was decided when the conversation ends.
    """

    subject: str
    problem: str
    part: str
    replies: int
    right: bool
    model: str | None = None
    stop: StopPolicy = StopPolicy.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether anything is known of it: there was an answer, and the first was decided or a later one right."""
        return self.replies > 0


@dataclass(frozen=True, slots=True)
class TimeToRight:
    """How many replies it took.

    Args:
        model: of the conversations; None for all together, and for those that name no model.
        curve: the product-limit estimate, with intervals by problem; None where nothing is known.
        asked: parts that were asked, in all conversations.
        unknown: those of them of which nothing is known; they are not in the curve.
        problems: number of problems, the clusters.
        why: why the curve has no intervals; "" where it has.
        stops: number of the parts in conversations that were stopped in each way.
    """

    model: str | None
    curve: ProductLimit | None
    asked: int
    unknown: int
    problems: int
    why: str
    stops: Mapping[StopPolicy, int]


def first_right(index: RunIndex) -> tuple[FirstRight, ...]:
    """For each subject and each part that was asked: after how many replies it was right."""
    found = []
    for subject in index.subjects:
        talk = index.conversations.get(subject)
        model, stop = (talk.model or None, talk.stop) if talk is not None else (None, StopPolicy.UNKNOWN)
        for ref, series in index.asked(subject).items():
            found.append(first_right_of(subject, ref, series, model, stop))
    return tuple(found)


def first_right_of(subject: str, ref: Ref, series: Sequence[Result], model: str | None, stop: StopPolicy) -> FirstRight:
    """When one part was first right in one conversation.

    Args:
        subject: the conversation.
        ref: the part.
        series: its results from the reply in which it was first asked, not empty.
        model: of the conversation.
        stop: of the conversation.
    """
    statuses = [one.verdict.status for one in series]
    if Status.CORRECT in statuses:
        return FirstRight(subject, *ref, statuses.index(Status.CORRECT) + 1, True, model, stop)
    known = next((at for at, status in enumerate(statuses) if status not in _SILENT), len(statuses))
    if all(status is Status.MISSING for status in statuses[:known]):
        known = 0
    return FirstRight(subject, *ref, known, False, model, stop)


def time_to_right(found: Iterable[FirstRight], model: str | None = None) -> TimeToRight:
    """How many replies it took to the first right answer.

    Args:
        found: for each conversation and part; several conversations of a model count one by one.
        model: as which the result is shown; ``found`` holds its parts alone.
    """
    asked = tuple(found)
    seen = [one for one in asked if one.known]
    curve = None
    problems = Counter(one.problem for one in seen)
    why = too_few(problems.values()) if seen else ""
    if seen:
        curve = product_limit([one.replies for one in seen], [one.right for one in seen], [one.problem for one in seen])
        if why:
            curve = replace(curve, steps=tuple(replace(step, interval=None) for step in curve.steps))
    stops = Counter(one.stop for one in asked)
    return TimeToRight(model, curve, len(asked), len(asked) - len(seen), len(problems), why, stops)
