"""What the alluvial chart says: its finding, each of its bands, and its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from grader.analysis.flows import Flow, Move, Standing, Turned, turned
from grader.records import HintKind, Status
from grader.reports.charts.base import Table, counted, grouped
from grader.reports.looks import STATUS_LOOKS, Look

LOOKS: Mapping[Standing, Look] = {
    Standing.CORRECT: STATUS_LOOKS[Status.CORRECT],
    Standing.PARTIAL: STATUS_LOOKS[Status.PARTIAL],
    Standing.INCORRECT: STATUS_LOOKS[Status.INCORRECT],
    Standing.OPEN: Look("…", "open", "undecided", "no mark yet: undecided, unreadable, or the grader failed"),
    Standing.MISSING: Look("–", "no answer", "missing", "asked, and not answered so far"),
}
_ADJECTIVES = {Standing.MISSING: "unanswered"}


def move_says(flow: Flow, move: Move, after: int) -> str:
    """``3 of 12 correct answers became incorrect at reply 4, after a misleading hint``."""
    count, whole = flow.moves[move], flow.standing[move.turn, move.before]
    before, then = _ADJECTIVES.get(move.before, str(move.before)), _ADJECTIVES.get(move.after, str(move.after))
    noun = "part" if move.before is Standing.MISSING else "answer"
    verb = "stayed" if move.before is move.after else "became"
    of = counted(whole, f"{before} {noun}")
    return f"{grouped(count)} of {of} {verb} {then} at reply {after}{_after_hint(flow, after)}"


def _after_hint(flow: Flow, turn: int) -> str:
    """``, after a misleading hint`` where all hints before a reply are of one kind."""
    kinds = {kind for (at, kind), n in flow.hints.items() if at == turn and n}
    if len(kinds) != 1:
        return ""
    (kind,) = kinds
    if kind is None or kind is HintKind.NONE:
        return "" if kind is None else ", without a hint"
    return f", after {kind} hints" if flow.hints[turn, kind] > 1 else f", after a {kind} hint"


def title_of(flow: Flow) -> str:
    """The finding: the reply that turned most right answers wrong; where none did, what became right."""
    if not flow.moves:
        return "No answer has a reply after it, so nothing could change" if flow.turns else "No part was asked"
    lost, won = _by_reply(flow, Turned.LOST), _by_reply(flow, Turned.WON)
    if lost:
        before, after = max(lost, key=lost.__getitem__)
        right = counted(flow.standing[before, Standing.CORRECT], "right answer")
        hint = _after_hint(flow, after)
        most = ", more than at any other" if list(lost.values()).count(max(lost.values())) == 1 else ""
        rest = (most or f"; {grouped(lost.total())} in all") if len(lost) > 1 else ""
        return f"{grouped(lost[before, after])} of {right} became wrong at reply {after}{hint}{rest}"
    if won:
        before, after = max(won, key=won.__getitem__)
        one = "answer" if won.total() == 1 else "answers"
        there = "" if won.total() == 1 else "all " if len(won) == 1 else f"{grouped(won[before, after])} of them "
        return (
            f"No right answer became wrong; {grouped(won.total())} wrong {one} became right, {there}at reply {after}"
        ).replace("right, at", "right at")
    return "No answer changed between right and wrong"


def _by_reply(flow: Flow, kind: Turned) -> Counter[tuple[int, int]]:
    """Answers that were lost, or won, by the replies before and after; earlier replies first."""
    found: Counter[tuple[int, int]] = Counter()
    for before, after in pairwise(flow.turns):
        count = sum(
            n for move, n in flow.moves.items() if move.turn == before and turned(move.before, move.after) is kind
        )
        if count:
            found[before, after] = count
    return found


def moves_table(flow: Flow) -> Table:
    """All moves; then, for each reply, answers asked first and answers that end."""
    order = list(Standing)
    following = dict(pairwise(flow.turns))
    rows: list[tuple[str, ...]] = []
    for turn in flow.turns:
        for one in order:
            if (n := flow.asked.get((turn, one), 0)) and turn != flow.turns[0]:
                rows.append((f"{turn}", "not asked before", LOOKS[one].word, grouped(n), ""))
        for move in sorted(flow.moves, key=lambda move: (order.index(move.before), order.index(move.after))):
            if move.turn == turn:
                whole = grouped(flow.standing[turn, move.before])
                words = LOOKS[move.before].word, LOOKS[move.after].word
                rows.append((f"{turn} → {following[turn]}", *words, grouped(flow.moves[move]), whole))
        for one in order:
            if (n := flow.ended.get((turn, one), 0)) and turn != flow.turns[-1]:
                rows.append((f"{turn}", LOOKS[one].word, "conversation ends", grouped(n), ""))
    head = ("Reply", "From", "To", "Answers", "Of those before")
    return Table(head, tuple(rows), "Answers that go from one state to another")
