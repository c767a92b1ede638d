"""Models side by side on the same questions: paired differences, exact tests, and what could have been found.

A *cell* is a part of a problem. Two models are compared on the cells that both answered with marks, each cell with the
share of its conversations in which the model was right; the problem is the cluster. Where every problem has one cell
and every model one conversation, the test is McNemar's exact one; else whole problems are swapped between the two.

Sources: Miller 2024, arXiv 2411.00640, section 4 (paired differences), section 5 (minimum detectable effect); McNemar
1947 (Psychometrika 12); Fisher 1935 (The Design of Experiments, section 21); Holm 1979 (Scand. J. of Statistics 6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from grader.analysis.enough import too_few
from grader.analysis.index import Ref
from grader.analysis.measures import Measured, Totals, measured
from grader.analysis.rows import Row
from grader.analysis.stats import (
    Difference,
    holm,
    mcnemar_exact,
    minimum_detectable_effect,
    paired_difference,
    sign_flip,
)
from grader.records import HintKind, StopPolicy

MCNEMAR = "McNemar, exact"
SWAPPED = "swapping whole problems, exact"
SWAPPED_ROUNDED = "swapping whole problems, rounded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What models are compared by.

    Args:
        name: stable, for programs and names of files.
        title: what is counted, for tables.
        among: whether a row is counted; it then carries marks.
    """

    name: str
    title: str
    among: Callable[[Row], bool]


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("first", "right in the first reply", lambda r: r.reply == 1 and r.right is not None),
    Outcome("last", "right in the last reply", lambda r: r.reply == r.replies and r.right is not None),
    Outcome(
        "misled",
        "still right after a misleading hint",
        lambda r: r.marked and bool(r.right_before) and r.hint is HintKind.MISLEADING and r.hint_concerned,
    ),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the cells that both have.

    Args:
        first, second: the models.
        cells: number of cells.
        problems: number of problems, the clusters.
        difference: first minus second, with its interval or why there is none.
        only_first, only_second: cells that one has right more often than the other.
        test: how the p-value was computed.
        p_value: two-sided.
        adjusted: by Holm, in the family of all pairs of models under this outcome.
        detectable: the difference that such a comparison would find in 4 of 5 cases (α = 0.05); None where the error
            is not known.
    """

    first: str
    second: str
    cells: int
    problems: int
    difference: Difference
    only_first: int
    only_second: int
    test: str
    p_value: float
    adjusted: float
    detectable: float | None


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All pairs of models under one outcome: one family of tests.

    Args:
        outcome: what is counted.
        models: that have at least one cell.
        pairs: those that could be compared, the smallest p-value first.
        refused: pairs without a common cell.
        why: why nothing was compared, "" where something was.
        stops: number of the rows in conversations that were stopped in each way.
    """

    outcome: Outcome
    models: tuple[str, ...]
    pairs: tuple[Comparison, ...]
    refused: tuple[tuple[str, str], ...]
    why: str
    stops: Mapping[StopPolicy, int]


_Cells = dict[Ref, int | Fraction]  # by cell: the share of conversations that have it right


def compare(found: Iterable[Row], outcome: Outcome) -> Comparisons:
    """Compare all pairs of models.

    Args:
        found: rows of the run; those of conversations that name no model are left out.
        outcome: what is counted.

    Returns:
        with a reason where there are fewer than two models, or no two of them have a cell in common. The cost is that
        of all pairs of models times the cells of one.
    """
    counted = [row for row in found if row.model is not None and outcome.among(row)]
    models = _by_model(counted)
    stops = {policy: sum(row.stop is policy for row in counted) for policy in {row.stop for row in counted}}
    made: list[Comparison] = []
    refused: list[tuple[str, str]] = []
    for first, second in combinations(models, 2):
        common = models[first].keys() & models[second].keys()
        if common:
            made.append(_pair(first, second, models[first], models[second], common))
        else:
            refused.append((first, second))
    adjusted = holm([one.p_value for one in made])
    pairs = [replace(one, adjusted=p) for one, p in zip(made, adjusted, strict=True) if p is not None]
    pairs.sort(key=lambda one: (one.p_value, one.first, one.second))
    return Comparisons(outcome, tuple(models), tuple(pairs), tuple(refused), _why(models, made, outcome), stops)


def accuracy(found: Iterable[Row], outcome: Outcome) -> Measured:
    """How many of the rows that an outcome counts are right.

    Args:
        found: rows, of one model or of several.
        outcome: what is counted.
    """
    totals: Totals = {}
    for row in found:
        if outcome.among(row):
            count, of = totals.get(row.problem, (0, 0))
            totals[row.problem] = count + bool(row.right), of + 1
    return measured(totals)


def _why(models: Mapping[str, _Cells], made: Sequence[Comparison], outcome: Outcome) -> str:
    if made:
        return ""
    if len(models) < 2:
        who = f"only {next(iter(models))} has" if models else "no conversation that names its model has"
        return f"{who} answers that are counted here ({outcome.title}), so there is nothing to compare"
    return f"no two models have an answer to the same part that is counted here ({outcome.title})"


def _by_model(counted: Iterable[Row]) -> dict[str, _Cells]:
    sums: dict[str, dict[Ref, tuple[int, int]]] = {}
    for row in counted:
        cells = sums.setdefault(row.model or "", {})
        right, of = cells.get((row.problem, row.part), (0, 0))
        cells[row.problem, row.part] = right + bool(row.right), of + 1
    return {model: {ref: _share(*pair) for ref, pair in cells.items()} for model, cells in sums.items()}


def _share(right: int, of: int) -> int | Fraction:
    """A whole number where it is one, for those are compared and added up much faster."""
    return right // of if right in (0, of) else Fraction(right, of)


def _pair(first: str, second: str, one: _Cells, other: _Cells, common: Collection[Ref]) -> Comparison:
    sizes: Counter[str] = Counter()
    ours: dict[str, int | Fraction] = {}
    theirs: dict[str, int | Fraction] = {}
    ahead = behind = 0
    whole = True
    for ref in common:
        mine, yours = one[ref], other[ref]
        sizes[ref[0]] += 1
        ours[ref[0]] = ours.get(ref[0], 0) + mine
        theirs[ref[0]] = theirs.get(ref[0], 0) + yours
        ahead += mine > yours
        behind += mine < yours
        whole = whole and type(mine) is type(yours) is int
    difference = paired_difference(_totals(ours, sizes), _totals(theirs, sizes))
    if difference is None:
        raise ValueError(f"{first} and {second} have no cell in common")
    detectable = None
    if why := too_few(sizes.values()):
        difference = replace(difference, interval=None, why=why)
    elif difference.se and difference.df is not None:
        detectable = minimum_detectable_effect(difference.se, df=difference.df)
    if whole and len(sizes) == len(common):
        test, p_value = MCNEMAR, mcnemar_exact(ahead, behind)
    else:
        flips = sign_flip([Fraction(ours[p] - theirs[p]) for p in sizes])
        test, p_value = SWAPPED if flips.exact else SWAPPED_ROUNDED, flips.p_value
    return Comparison(
        first, second, len(common), len(sizes), difference, ahead, behind, test, p_value, p_value, detectable
    )


def _totals(sums: Mapping[str, int | Fraction], sizes: Mapping[str, int]) -> dict[Hashable, tuple[float, int]]:
    return {problem: (float(total), sizes[problem]) for problem, total in sums.items()}
