"""How answers changed from one reply to the next.

A reply in which a part is not answered again only carries its answer on; that is no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from grader.analysis.equality import same_answer
from grader.analysis.index import RunIndex
from grader.records import Change, HintKind, Result, Run, Status


def answered_anew(result: Result) -> bool:
    """Whether the part was answered in this very reply."""
    return not result.claim.carried and result.verdict.status is not Status.MISSING


def concerned(index: RunIndex, result: Result) -> bool:
    """Whether what the person said before a reply is about this part, or about none in particular.

    A hint that names 1(c) tells nothing of 1(e), though the model may answer both again. A further task is about all
    that is answered after it.

    Args:
        index: of the run.
        result: of the reply.

    Returns:
        False also where no hint is recorded.
    """
    hint = index.hint(result)
    if hint is None:
        return False
    ref = result.claim.problem, result.claim.part
    return hint.kind is HintKind.NONE or hint.concerns(ref[0], index.parts[ref].part)


def changes(run: Run) -> tuple[Change, ...]:
    """All pairs of consecutive turns of which the second answers the part anew.

    ``before`` is what stood just before the reply: an answer of the turn before, one carried on
    from an earlier turn, or a missing one. The first turn in which a part is asked has nothing
    before it and makes no change.

    Args:
        run: of transcripts; a run of submissions has no turns and so no changes.

    Returns:
        in the order of the conversations, then of the turns, then of the parts.
    """
    return RunIndex(run).changes


def changes_of(index: RunIndex, subject: str) -> tuple[Change, ...]:
    """The changes of one conversation, in the order of the turns, then of the parts."""
    found = list(_changes(index, subject))
    found.sort(key=lambda change: change.after.claim.turn or 0)
    return tuple(found)


def _changes(index: RunIndex, subject: str) -> Iterator[Change]:
    for ref, series in index.asked(subject).items():
        for before, after in pairwise(series):
            if answered_anew(after):
                same = before.verdict.status is not Status.MISSING and same_answer(
                    before.claim, after.claim, index.parts[ref].part
                )
                yield Change(before, after, index.hint(after), same)
