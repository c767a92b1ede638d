"""Cohen's kappa: textbook tables, its standard error, and where it says nothing."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stats_laws import law

from grader.analysis.stats import clustered_kappa, cohen_kappa

Table = dict[tuple[Hashable, Hashable], int]
names = ("right", "partial", "wrong")
tables = st.dictionaries(st.tuples(st.sampled_from(names), st.sampled_from(names)), st.integers(0, 30), min_size=2)


def two_by_two(a: int, b: int, c: int, d: int) -> Table:
    return {("yes", "yes"): a, ("yes", "no"): b, ("no", "yes"): c, ("no", "no"): d}


def printed_formula(table: Table) -> float:
    """The standard error as Fleiss, Cohen and Everitt print it, equation 13 for weights 0 and 1."""
    n = sum(table.values())
    p = np.array([[table.get((i, j), 0) / n for j in names] for i in names])
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = np.trace(p), rows @ columns
    kappa = (observed - chance) / (1 - chance)
    diagonal = sum(p[i, i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in range(3))
    off = (1 - kappa) ** 2 * sum(p[i, j] * (columns[i] + rows[j]) ** 2 for i in range(3) for j in range(3) if i != j)
    return float(np.sqrt((diagonal + off - (kappa - chance * (1 - kappa)) ** 2) / n) / (1 - chance))


@pytest.mark.parametrize(
    ("cells", "kappa", "observed"),
    [((20, 5, 10, 15), 0.4, 0.7), ((45, 15, 25, 15), 0.1304, 0.6), ((25, 35, 5, 35), 0.2593, 0.6)],
)
def test_textbook_tables(cells: tuple[int, int, int, int], kappa: float, observed: float) -> None:
    """The last two have the same raw agreement and not the same kappa."""
    found = cohen_kappa(two_by_two(*cells))
    assert found is not None
    assert found.value == pytest.approx(kappa, abs=5e-5)
    assert found.observed == observed


def test_the_paradox_of_prevalence() -> None:
    """92 % agreement, and a kappa below 0, where nearly all is right (Feinstein and Cicchetti 1990)."""
    found = cohen_kappa(two_by_two(92, 4, 4, 0))
    assert found is not None
    assert found.observed == 0.92
    assert found.value is not None
    assert found.value < 0
    assert found.prevalence["yes"] == pytest.approx(0.96)


@law
@given(tables)
def test_the_standard_error_is_the_printed_one(table: Table) -> None:
    found = cohen_kappa(table)
    if found is None or found.value is None or len({i for i, _ in table}) * len({j for _, j in table}) == 1:
        return
    if found.se is None:
        with np.errstate(invalid="ignore"):  # the root of what is 0 but for roundings
            assert not printed_formula(table) > 1e-7
        return
    assert found.se == pytest.approx(printed_formula(table), abs=1e-9)


@law
@given(tables)
def test_bounds_and_reasons(table: Table) -> None:
    """A value from -1 to 1 in its interval, or a reason."""
    found = cohen_kappa(table)
    if found is None:
        assert not sum(table.values())
        return
    assert sum(found.prevalence.values()) == pytest.approx(1)
    assert (found.interval is None) == bool(found.why)
    if found.value is not None:
        assert -1 <= found.value <= 1
    if found.interval is not None and found.value is not None:
        assert -1 <= found.interval.low <= found.value <= found.interval.high <= 1


@law
@given(tables)
def test_exchanging_raters_or_renaming_categories_does_not_matter(table: Table) -> None:
    one = cohen_kappa(table)
    other = cohen_kappa({(f"a {j}", f"a {i}"): count for (i, j), count in table.items()})
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.value == (None if other.value is None else pytest.approx(other.value))
        assert one.se == (None if other.se is None else pytest.approx(other.se))


@law
@given(tables)
def test_one_answer_a_problem_is_the_independent_case(table: Table) -> None:
    """But for the factor G / (G - 1) of the variance."""
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    plain, found = cohen_kappa(table), clustered_kappa(pairs, range(len(pairs)))
    assert (plain is None) == (found is None)
    if plain is None or found is None or plain.se is None or found.se is None:
        return
    assert found.value == pytest.approx(plain.value)
    assert found.se == pytest.approx(plain.se * np.sqrt(len(pairs) / (len(pairs) - 1)))


def test_copies_of_an_answer_tell_no_more_than_it() -> None:
    pairs = [("yes", "yes")] * 6 + [("yes", "no")] * 2 + [("no", "no")] * 5 + [("no", "yes")]
    once = clustered_kappa(pairs, range(14))
    thrice = clustered_kappa([pair for pair in pairs for _ in range(3)], [i for i in range(14) for _ in range(3)])
    assert once is not None
    assert thrice is not None
    assert once.se is not None
    assert thrice.se == pytest.approx(once.se)


def test_one_category_throughout_leaves_kappa_undefined() -> None:
    found = cohen_kappa({("right", "right"): 12})
    assert found is not None
    assert (found.value, found.interval, found.observed) == (None, None, 1)
    assert "same category" in found.why


@pytest.mark.parametrize(
    ("cells", "kappa", "why"),
    [
        ((12, 0, 0, 3), 1, "agree on everything"),
        ((12, 4, 0, 0), 0, "one of the two gave every answer the same category"),
        ((0, 5, 0, 0), 0, "one of the two gave every answer the same category"),
        ((0, 5, 5, 0), -1, "no answer moves kappa"),
    ],
)
def test_an_error_that_would_be_0_is_none(cells: tuple[int, int, int, int], kappa: int, why: str) -> None:
    found = cohen_kappa(two_by_two(*cells))
    assert found is not None
    assert (found.value, found.se, found.interval) == (kappa, None, None)
    assert why in found.why


def test_one_problem_has_no_interval() -> None:
    found = clustered_kappa([("a", "a"), ("a", "b"), ("b", "b")], "xxx")
    assert found is not None
    assert found.value is not None
    assert found.interval is None
    assert "one problem" in found.why


def test_of_nothing_there_is_none_and_negative_numbers_are_refused() -> None:
    assert cohen_kappa({}) is None
    assert clustered_kappa([], []) is None
    with pytest.raises(ValueError, match="not negative"):
        cohen_kappa({("a", "b"): -1})
