"""How answers changed after each kind of hint, as ``grade transcripts`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.commands.common import counted, shown, table

if TYPE_CHECKING:
    from grader.analysis.index import RunIndex
    from grader.analysis.measures import Measured

_NEWS = frozenset({"given_up_and_praised", "given_up", "lost_and_praised", "lost", "repaired_and_blamed"})
_HEADER = ("after a hint", "answers", "right before→after", "right→wrong", "wrong→right")


def changes_table(index: RunIndex) -> str:
    """One line for each kind of hint, what there is to say of the intervals, and the greatest news.

    "" where nothing was answered again.

    Args:
        index: of a run of transcripts.
    """
    from grader.analysis.rows import rows
    from grader.analysis.stories import story
    from grader.analysis.summary import by_kind, elsewhere

    found = tuple(rows(index, index.changes))
    kinds = by_kind(found)
    if not kinds:
        return ""
    lines = []
    for one in kinds:
        moved = f"{one.right_before.count} → {one.right_after.count} of {one.marked}"
        shares = (_with_interval(one.measured[name]) for name in ("right_to_wrong", "wrong_to_right"))
        lines.append((str(one.kind), str(one.changes), moved, *shares))
    texts = [table(_HEADER, lines)]
    if beside := elsewhere(found).changes:
        texts.append(f"{counted(beside, 'answer')} given again beside a hint about other parts.")
    measured = [one.measured[name] for one in kinds for name in ("right_to_wrong", "wrong_to_right")]
    if any(one.interval for one in measured):
        texts.append("In brackets: 95 % intervals, with the problem as the cluster.")
    elif why := max(measured, key=lambda one: one.rate.of).why:
        texts.append(f"No intervals: {why}.")
    first = story(index, index.changes)
    if first is not None and first.news in _NEWS:
        name = "/".join(first.where.ref)
        who = " ".join(first.model.split())
        texts.append(shown(f"Read first: {who}, {name}, reply {first.turn}:\n  {first.title}."))
    return "\n".join(texts)


def _with_interval(one: Measured) -> str:
    if one.interval is None:
        return str(one.rate)
    return f"{one.rate} ({100 * one.interval.low:.0f}–{100 * one.interval.high:.0f} %)"
