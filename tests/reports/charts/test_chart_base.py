"""Labels that are kept apart, and numbers in words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from chart_sample import law
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.charts.base import counted, grouped, short, spread

PLACES = st.lists(st.floats(0, 300), max_size=12).map(sorted)


@law
@given(PLACES, st.floats(4, 30))
def test_labels_do_not_overlap_and_keep_their_order(wanted: list[float], height: float) -> None:
    """Neighbours are at least one height apart, and all stay inside where there is room for all."""
    room = max(300.0, height * len(wanted))
    found = spread(wanted, [height] * len(wanted), 0, room)
    assert all(b - a >= height - 1e-6 for a, b in pairwise(found))
    assert all(height / 2 - 1e-6 <= y <= room - height / 2 + 1e-6 for y in found)


@law
@given(PLACES)
def test_labels_that_are_apart_stay_where_they_are(wanted: list[float]) -> None:
    """Nothing moves that does not have to."""
    apart = [i * 40 + y / 100 for i, y in enumerate(wanted, 1)]
    assert spread(apart, [16] * len(apart), 0, 1000) == pytest.approx(apart)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (999, "999"), (1000, "1k"), (1299, "1.2k"), (9999, "9.9k"), (12_999, "12k"), (3_400_000, "3.4M")],
)
def test_short_numbers_have_four_characters_and_are_never_rounded_up(number: int, shown: str) -> None:
    """What does not fit is cut off."""
    assert short(number) == shown


@law
@given(st.integers(0, 10**12 - 1))
def test_short_numbers_fit(number: int) -> None:
    """Up to 999 G."""
    assert len(short(number)) <= 4


def test_counts_read_as_people_say_them() -> None:
    """One answer, two answers, thousands apart."""
    assert [counted(n, "answer") for n in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]
    assert grouped(1234567) == "1,234,567"
