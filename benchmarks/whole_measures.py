"""Whether the intervals of whole measures hold, from planted conversations to the tables of the report.

``python -m benchmarks.whole_measures`` draws conversations again and again (``benchmarks/talks.py``): the models stay,
the problems are new each time. Each time they go the whole way: changes, rows, measures by kind of hint, comparison of
two models. The truth is what the same models would show on very many problems. ``benchmarks.coverage`` measures the
formulas alone, in many more settings.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.coverage import covered, percent
from benchmarks.measure import table
from benchmarks.planted import planted_run
from benchmarks.talks import HINTS, Design, World, make_course
from grader.analysis.changes import changes
from grader.analysis.comparisons import OUTCOMES, compare
from grader.analysis.index import RunIndex
from grader.analysis.rows import rows
from grader.analysis.stats import Interval
from grader.analysis.summary import by_kind
from grader.records import Problem
from grader.specs import load_course

RUNS = 200
MODELS = 4
PROBLEMS = 30
MANY = 5_000  # problems for the truth
MEASURES = ("keeps_right", "repairs_wrong")
Intervals = dict[tuple[str, str], list[Interval | None]]


def world(problems: int, seed: int, like: World | None = None) -> World:
    """Conversations about new problems, with the models of another world."""
    found = World(Design(MODELS, problems, len(HINTS) + 1, seed))
    if like is not None:
        found.ability = dict(like.ability)
    return found


def intervals_of(drawn: World, problems: Sequence[Problem], found: Intervals) -> tuple[float, Interval | None]:
    """Add the intervals of one run; the p-value and the interval of the first two models, by their first replies."""
    index = RunIndex(planted_run(drawn, problems))
    every = tuple(rows(index, changes(index.run)))
    for one in by_kind(every):
        if one.kind in HINTS:
            for name in MEASURES:
                found[str(one.kind), name].append(one.measured[name].interval)
    pair = next(p for p in compare(every, OUTCOMES[0]).pairs if {p.first, p.second} == set(drawn.models[:2]))
    return pair.p_value, pair.difference.interval


def main() -> None:
    """Print the tables; ``python -m benchmarks.whole_measures 50`` makes 50 runs."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    first = world(PROBLEMS, 0)
    first.ability[first.models[1]] = first.ability[first.models[0]]  # two equal models, to be compared
    truth = world(MANY, 1, first).expected()
    found: Intervals = defaultdict(list)
    differences = []
    with tempfile.TemporaryDirectory() as folder:
        make_course(Path(folder), first.design)
        problems = load_course(Path(folder)).problems
        for seed in range(number):
            differences.append(intervals_of(world(PROBLEMS, 100 + seed, first), problems, found))
    body = []
    for kind in HINTS:
        for name in MEASURES:
            true = truth[kind, name].rate
            result = covered(true, found[str(kind), name])
            body.append([kind, name, f"{true:.3f}", percent(result.held), percent(result.given), f"{result.width:.3f}"])
    print(f"## Whole measures\n\n{MODELS} models, {PROBLEMS} problems, {number} runs; coverage of 95 % intervals, %.\n")
    print(table(["hint", "measure", "truth", "coverage", "given", "width"], body))
    wrong = sum(p <= 0.05 for p, _ in differences)
    held = covered(0, [interval for _, interval in differences]).held
    print(
        f"\nTwo equal models, by their first replies: told apart at 5 % in {percent(wrong / number)} % of the runs; "
        f"the interval of their difference holds 0 in {percent(held)} %.\nMonte Carlo standard error of 95 %: "
        f"{percent(math.sqrt(0.95 * 0.05 / number))} points."
    )


if __name__ == "__main__":
    main()
