"""The benchmark of coverage simulates what it says and counts what it says."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import coverage, whole_measures
from benchmarks.coverage import Pair, covered, not_right_after, pairs, runs, sizes_of, truth_of
from benchmarks.whole_measures import MEASURES, world
from grader.analysis.stats import Interval


def test_an_interval_that_is_not_given_does_not_hold() -> None:
    found = covered(0.5, [Interval(0.4, 0.6, 0.95), Interval(0.6, 0.8, 0.95), None, Interval(0.5, 0.9, 0.95)])
    assert (found.held, found.given) == (0.5, 0.75)
    assert found.width == pytest.approx(0.8 / 3)


@pytest.mark.parametrize("clusters", coverage.CLUSTERS)
def test_problems_have_the_sizes_that_the_table_says(clusters: int) -> None:
    hard = np.arange(2 * clusters).reshape(2, clusters) % 3 == 0
    assert (sizes_of(clusters, "equal", hard) == 5).all()
    unequal = sizes_of(clusters, "unequal", hard)
    assert 1 <= unequal.min() < unequal.max() <= 30
    assert 4 <= unequal.mean() <= 5.5
    assert (unequal[0] == unequal[1]).all()
    assert (sizes_of(clusters, "more where hard", hard)[hard] == 9).all()


@pytest.mark.parametrize("kind", coverage.KINDS)
@pytest.mark.parametrize("rate", [0.5, 0.9])
def test_the_truth_is_the_rate_in_the_long_run(kind: str, rate: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "RUNS", 2_000)
    found = [pair for sums in runs(20, kind, rate, 0.3) for pair in sums.values()]
    assert sum(y for y, _ in found) / sum(k for _, k in found) == pytest.approx(truth_of(kind, rate), abs=0.01)


@pytest.mark.parametrize("correlation", [0.0, 0.3])
def test_simulated_answers_have_the_rate_and_the_correlation(
    correlation: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variance of the number right of five is 5 p (1 - p) (1 + 4 ICC)."""
    monkeypatch.setattr(coverage, "RUNS", 2_000)
    rights = [y for sums in runs(10, "equal", 0.8, correlation) for y, _ in sums.values()]
    assert np.mean(rights) == pytest.approx(4, abs=0.05)
    assert np.var(rights) == pytest.approx(0.8 * (1 + 4 * correlation), rel=0.07)


def test_two_models_have_their_rates_and_share_their_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "RUNS", 1_000)
    drawn = [
        (y1, y2)
        for a, b in pairs(Pair(10, (0.7, 0.5), 0.5, False))
        for (y1, _), (y2, _) in zip(a.values(), b.values(), strict=True)
    ]
    first, second = np.array(drawn).T
    assert (first.mean() / 5, second.mean() / 5) == pytest.approx((0.7, 0.5), abs=0.02)
    assert 0.1 < np.corrcoef(first, second)[0, 1] < 0.5


def test_the_truth_of_the_curve_is_what_is_simulated() -> None:
    rng = np.random.default_rng(2)
    rates = rng.beta(0.3 * 7 / 3, 0.7 * 7 / 3, 400_000)
    assert not_right_after(3, 0.3) == pytest.approx(np.mean((1 - rates) ** 3), abs=0.003)
    assert not_right_after(3, 0.0) == pytest.approx(0.343)


def test_every_table_has_a_row_for_each_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("RUNS", 4), ("CLUSTERS", (2, 5))):
        monkeypatch.setattr(coverage, name, value)
    coverage.main()
    printed = capsys.readouterr().out
    assert printed.count("\n| 2 | equal") == 1 + len(coverage.RATES)
    assert "nan" not in printed


def test_new_problems_keep_the_models_of_a_world() -> None:
    """And the truth of a measure hardly moves between two worlds of many problems."""
    one = world(1_000, 1)
    other = world(1_000, 2, one)
    assert other.ability == one.ability
    assert other.ease != one.ease
    there, here = one.expected(), other.expected()
    assert all(there[key].rate == pytest.approx(here[key].rate, abs=0.03) for key in there)


def test_whole_measures_go_the_whole_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(whole_measures, "PROBLEMS", 8)
    monkeypatch.setattr(whole_measures, "MANY", 50)
    monkeypatch.setattr("sys.argv", ["whole_measures", "2"])
    whole_measures.main()
    printed = capsys.readouterr().out
    assert printed.count("| misleading |") == len(MEASURES)
