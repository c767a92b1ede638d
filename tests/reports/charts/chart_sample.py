"""Values to draw, made by hand or drawn at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st

from grader.analysis.flows import Flow, Move, Standing
from grader.records import HintKind
from grader.reports.engine import environment

law = settings(max_examples=60, deadline=None, derandomize=True)
"""For all laws of charts: the same examples every time, and no test of time."""

Way = tuple[int, Sequence[Standing]]
"""The first reply after which an answer stands, and what stands after it and each later one."""


def flow_of(ways: Sequence[Way], hints: dict[tuple[int, HintKind | None], int] | None = None) -> Flow:
    """Count ways of answers, the slow and plain way."""
    standing: Counter[tuple[int, Standing]] = Counter()
    asked: Counter[tuple[int, Standing]] = Counter()
    ended: Counter[tuple[int, Standing]] = Counter()
    moves: Counter[Move] = Counter()
    for first, states in ways:
        asked[first, states[0]] += 1
        ended[first + len(states) - 1, states[-1]] += 1
        standing.update((first + i, state) for i, state in enumerate(states))
        moves.update(Move(first + i, before, after) for i, (before, after) in enumerate(pairwise(states)))
    last = max((first + len(states) for first, states in ways), default=1)
    return Flow(tuple(range(1, last)), standing, moves, asked, ended, hints or {})


def ways(most: int = 30, turns: int = 6) -> st.SearchStrategy[list[Way]]:
    """Answers that are asked early or late and end at any reply; the first is there throughout."""
    states = st.lists(st.sampled_from(Standing), min_size=1, max_size=turns)
    throughout = st.lists(st.sampled_from(Standing), min_size=turns, max_size=turns).map(lambda found: (1, found))
    one = st.tuples(st.integers(1, turns), states).map(lambda way: (way[0], way[1][: turns + 1 - way[0]]))
    return st.tuples(throughout, st.lists(one, max_size=most)).map(lambda pair: [pair[0], *pair[1]])


def drawn(name: str, *arguments: object, macro: str = "") -> str:
    """The HTML of a chart, made by a macro of the file ``name``; "" for the macro of the same name."""
    module = environment().get_template(f"charts/{name}.html.j2").module
    return str(getattr(module, macro or name)(*arguments))
