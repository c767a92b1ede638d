"""What stood after each reply, and where it went at the next: the counts behind the alluvial chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from grader.analysis.index import Ref, RunIndex
from grader.records import HintKind, Result, Status


class Standing(StrEnum):
    """What stands for a part after a reply, given in it or carried on: the seven statuses in five groups."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    OPEN = "open"  # undecided, unreadable or failed: there is an answer, and no mark yet
    MISSING = "missing"  # asked, and not answered so far


STANDINGS: Mapping[Status, Standing] = {
    Status.CORRECT: Standing.CORRECT,
    Status.PARTIAL: Standing.PARTIAL,
    Status.INCORRECT: Standing.INCORRECT,
    Status.UNDECIDED: Standing.OPEN,
    Status.UNREADABLE: Standing.OPEN,
    Status.FAILED: Standing.OPEN,
    Status.MISSING: Standing.MISSING,
}


class Turned(StrEnum):
    """What a move between two standings is to the reader; partial answers are not right."""

    LOST = "lost"  # right → wrong
    WON = "won"  # wrong → right
    KEPT = "kept"  # the same standing
    MOVED = "moved"  # anything else


def turned(before: Standing, after: Standing) -> Turned:
    """The kind of a move; open and missing answers are neither right nor wrong."""
    wrong = (Standing.PARTIAL, Standing.INCORRECT)
    if before is after:
        return Turned.KEPT
    if before is Standing.CORRECT and after in wrong:
        return Turned.LOST
    if before in wrong and after is Standing.CORRECT:
        return Turned.WON
    return Turned.MOVED


@dataclass(frozen=True, slots=True)
class Move:
    """From a reply to the next one that the run has.

    Args:
        turn: number of the reply before.
        before, after: what stood then, and what stands after the next reply.
    """

    turn: int
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Flow:
    """All answers of a run through its replies; each answer is one subject's to one part.

    At each reply ``standing`` is what came from the reply before (``moves``) and what was asked first (``asked``);
    and it is what goes on (``moves``) and what ends (``ended``: the conversation stopped there, so nothing is known
    of it after).

    Args:
        turns: numbers of the replies, ascending.
        standing: answers by reply and standing; pairs that do not occur are left out, here and below.
        moves: answers that go from a reply to the next.
        asked: answers at the first reply after their part was asked.
        ended: answers at the last reply of their conversation.
        hints: conversations by the reply and the kind of hint just before it; None where none is recorded.
    """

    turns: tuple[int, ...]
    standing: Mapping[tuple[int, Standing], int]
    moves: Mapping[Move, int]
    asked: Mapping[tuple[int, Standing], int]
    ended: Mapping[tuple[int, Standing], int]
    hints: Mapping[tuple[int, HintKind | None], int]


def flow(index: RunIndex, subjects: Iterable[str] | None = None) -> Flow:
    """Count what stood and what moved.

    Args:
        index: of a run of transcripts.
        subjects: conversations to count; None for all.
    """
    chosen = index.subjects if subjects is None else tuple(subjects)
    return _count(index, [series for subject in chosen for series in index.asked(subject).values()])


def flows_by_part(index: RunIndex, subjects: Iterable[str] | None = None) -> Mapping[Ref, Flow]:
    """The same for each part alone, in the order of the parts; those that nobody was asked are left out.

    Args:
        index: of a run of transcripts.
        subjects: conversations to count; None for all.
    """
    by_part: dict[Ref, list[tuple[Result, ...]]] = {ref: [] for ref in index.parts}
    for subject in index.subjects if subjects is None else subjects:
        for ref, series in index.asked(subject).items():
            by_part[ref].append(series)
    return {ref: found for ref, several in by_part.items() if (found := _count(index, several)).turns}


def _count(index: RunIndex, several: Sequence[Sequence[Result]]) -> Flow:
    """The flow of some series of results."""
    turns = tuple(sorted({one.claim.turn for series in several for one in series if one.claim.turn is not None}))
    following = dict(pairwise(turns))
    standing: Counter[tuple[int, Standing]] = Counter()
    asked: Counter[tuple[int, Standing]] = Counter()
    ended: Counter[tuple[int, Standing]] = Counter()
    moves: Counter[Move] = Counter()
    hints: dict[tuple[str, int], HintKind | None] = {}
    for series in several:
        by_turn = {turn: one for one in series if (turn := one.claim.turn) is not None}
        for turn, result in by_turn.items():
            here = STANDINGS[result.verdict.status]
            standing[turn, here] += 1
            after = by_turn.get(following.get(turn, -1))
            if after is None:
                ended[turn, here] += 1
            else:
                moves[Move(turn, here, STANDINGS[after.verdict.status])] += 1
            if (result.claim.subject, turn) not in hints:
                hint = index.hint(result)
                hints[result.claim.subject, turn] = hint.kind if hint else None
        came = {following.get(turn, -1) for turn in by_turn}
        for turn in by_turn.keys() - came:
            asked[turn, STANDINGS[by_turn[turn].verdict.status]] += 1
    kinds = Counter((turn, kind) for (_, turn), kind in hints.items())
    return Flow(turns, dict(standing), dict(moves), dict(asked), dict(ended), dict(kinds))
