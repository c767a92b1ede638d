"""Models side by side: which cells are paired, which test is used, and when there is nothing to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from analysis_sample import MISLEADING, NONE, Answer, C, D, W, hint, talks
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.comparisons import MCNEMAR, OUTCOMES, SWAPPED, Comparisons, compare
from grader.analysis.index import RunIndex
from grader.analysis.rows import Row, rows
from grader.analysis.stats import mcnemar_exact
from grader.records import Run, StopPolicy

FIRST, LAST, MISLED = OUTCOMES
TASK, FALSE = hint(NONE), hint(MISLEADING)


def run_of(said: Mapping[str, Mapping[str, list[Answer]]]) -> Run:
    """One conversation for each model, called as the model; a misleading hint before all replies but the first."""
    run = talks({
        model: ([TASK, *[FALSE] * (len(next(iter(parts.values()))) - 1)], dict(parts)) for model, parts in said.items()
    })  # fmt: skip
    return replace(run, conversations=tuple(replace(one, model=one.id) for one in run.conversations))


def long(run: Run) -> list[Row]:
    index = RunIndex(run)
    return list(rows(index, index.changes))


def spread(found: list[Row]) -> list[Row]:
    """The rows as if each part were a problem of its own."""
    return [replace(row, problem=row.part, part="x") for row in found]


def cells(model: str, right: str, problems: str = "") -> list[Row]:
    """First replies of a model to problems 0, 1, …: ``+`` right, ``-`` wrong, ``.`` not asked; or to named problems."""
    (row,) = long(run_of({model: {"a": [(C, "1")]}}))
    return [
        replace(row, problem=problems[at] if problems else str(at), part=str(at), right=sign == "+")
        for at, sign in enumerate(right)
        if sign != "."
    ]


def test_one_cell_a_problem_is_mcnemars_test() -> None:
    """Eight problems; the first alone is right in five, the second alone in one: 7/64 of each tail, twice."""
    found = compare(cells("A", "+++++-+-") + cells("B", "-----++-"), FIRST)
    (one,) = found.pairs
    assert (one.first, one.second, one.cells, one.problems, one.only_first, one.only_second) == ("A", "B", 8, 8, 5, 1)
    assert one.test == MCNEMAR
    assert one.p_value == one.adjusted == mcnemar_exact(5, 1) == pytest.approx(14 / 64)
    assert (one.difference.first, one.difference.second) == (6 / 8, 2 / 8)
    assert one.difference.interval is not None and one.detectable is not None
    assert one.detectable > one.difference.se > 0  # type: ignore[operator]


def test_several_cells_a_problem_are_swapped_together() -> None:
    """Two problems of three parts: one is ahead in all six, and that is two coins, not six."""
    (one,) = compare(cells("A", "++++++", "pppqqq") + cells("B", "------", "pppqqq"), FIRST).pairs
    assert (one.test, one.cells, one.problems) == (SWAPPED, 6, 2)
    assert one.p_value == 0.5
    assert one.difference.interval is None and one.detectable is None
    assert one.difference.why == "2 problems are too few to tell how much problems differ"


def test_only_common_cells_count() -> None:
    """What one of the two was not asked, or what carries no marks, is in neither rate."""
    (one,) = compare(cells("A", "++..-") + cells("B", ".-++-"), FIRST).pairs
    assert (one.cells, one.only_first, one.only_second) == (2, 1, 0)
    run = run_of({"A": {"a": [(C, "1")], "b": [(D, "y")]}, "B": {"a": [(W, "2")], "b": [(C, "1")]}})
    (other,) = compare(long(run), FIRST).pairs
    assert (other.cells, other.difference.value) == (1, 1.0)


def test_conversations_of_a_model_share_a_cell() -> None:
    """Right in one of two conversations is half right; McNemar's test does not apply."""
    found = cells("A", "++++++") + cells("A", "------") + cells("B", "------")
    (one,) = compare(found, FIRST).pairs
    assert (one.cells, one.difference.first, one.difference.second, one.test) == (6, 0.5, 0.0, SWAPPED)
    assert one.p_value == pytest.approx(2 / 64)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ([], "no conversation that names its model has answers that are counted here"),
        (cells("A", "+-"), "only A has answers that are counted here"),
        (cells("A", "+.") + cells("B", ".-"), "no two models have an answer to the same part"),
        ([replace(row, model=None) for row in cells("A", "+-") + cells("B", "+-")], "no conversation that names"),
    ],
)
def test_nothing_to_compare_is_said(found: list[Row], why: str) -> None:
    made = compare(found, FIRST)
    assert made.pairs == ()
    assert made.why.startswith(why)


def test_pairs_without_a_common_cell_are_named() -> None:
    made = compare(cells("A", "++.") + cells("B", "-+.") + cells("C", "..+"), FIRST)
    assert [(one.first, one.second) for one in made.pairs] == [("A", "B")]
    assert made.refused == (("A", "C"), ("B", "C"))
    assert made.why == ""


def test_the_family_is_all_pairs() -> None:
    """Of three pairs the smallest p-value is multiplied by three; the smallest comes first."""
    found = [*cells("A", "+" * 8), *cells("B", "-" * 8), *cells("C", "+" * 7 + "-")]
    made = compare(found, FIRST)
    assert [(one.first, one.second) for one in made.pairs] == [("A", "B"), ("B", "C"), ("A", "C")]
    assert [one.adjusted for one in made.pairs] == pytest.approx([3 * 2 / 256, 2 * 2 / 128, 1.0])


def test_outcomes() -> None:
    """The first reply, the last one, and right answers after a misleading hint, whatever stands between."""
    run = run_of({"A": {"a": [(C, "1"), (C, "1"), (W, "2")]}, "B": {"a": [(W, "2"), None, (C, "1")]}})
    stopped = replace(run, conversations=tuple(replace(one, stop=StopPolicy.FIXED) for one in run.conversations))
    found = long(stopped)
    made: list[Comparisons] = [compare(found, outcome) for outcome in OUTCOMES]
    assert [one.pairs[0].difference.value if one.pairs else None for one in made] == [1.0, -1.0, None]
    assert made[2].why.startswith("only A has answers")
    assert made[1].stops == {StopPolicy.FIXED: 2}


@given(st.lists(st.text("+-.", min_size=5, max_size=5), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_the_two_does_not_matter(answers: list[str], random: object) -> None:
    """Mixed rows give the same p-values; who comes first only turns the sign."""
    found = [row for at, right in enumerate(answers) for row in cells(f"m{at}", right, "ppqrs")]
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    def seen(made: Comparisons) -> dict[frozenset[str], tuple[float, float, float]]:
        return {
            frozenset((one.first, one.second)): (
                one.p_value, one.adjusted, one.difference.value * (1 if one.first < one.second else -1),
            )
            for one in made.pairs
        }  # fmt: skip

    one, other = seen(compare(found, FIRST)), seen(compare(mixed, FIRST))
    assert one.keys() == other.keys()
    for key in one:
        assert one[key] == pytest.approx(other[key])
        assert 0 <= one[key][0] <= one[key][1] <= 1
