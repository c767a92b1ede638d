"""Given values in texts: as they would be typed, and in TeX."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.specs.templates import tex, written


@pytest.mark.parametrize(
    ("value", "text", "in_tex"),
    [
        (3, "3", "3"),
        (Fraction(4, 5), "0.8", "0.8"),
        (Fraction(-1, 8), "-0.125", "-0.125"),
        (Fraction(2, 3), "2/3", r"\frac{2}{3}"),
        (Fraction(-2, 3), "-2/3", r"-\frac{2}{3}"),
        ([3, -4, 0], "[3, -4, 0]", r"\begin{pmatrix} 3 \\ -4 \\ 0 \end{pmatrix}"),
        (
            [[1, 2], [3, Fraction(1, 3)]],
            "[[1, 2], [3, 1/3]]",
            r"\begin{pmatrix} 1 & 2 \\ 3 & \frac{1}{3} \end{pmatrix}",
        ),
        ("left", "left", "left"),
    ],
)
def test_values_are_written_as_people_write_them(value: Any, text: str, in_tex: str) -> None:
    """Decimals that end are decimals, other fractions are ratios, lists are columns."""
    assert (written(value), tex(value)) == (text, in_tex)


@given(st.fractions(max_denominator=10**6))
def test_a_fraction_keeps_its_value(value: Fraction) -> None:
    """Whether as a decimal or as a ratio, what is written is the number itself."""
    assert Fraction(written(value)) == value
