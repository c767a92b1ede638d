"""Growth classes of exact counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.growth import class_of_degrees, degree, tight_class

CLASSES = {f"{a}{b}": {"n": a, "d": b} for a in range(4) for b in range(5)}


def degrees(cost) -> tuple[int, int, int]:
    return (
        degree([cost(n, 2) for n in range(3, 12)]),
        degree([cost(d * d, d) for d in range(2, 16)]),
        degree([cost(d + 1, d) for d in range(1, 12)]),
    )


@given(st.integers(0, 3), st.integers(0, 4), st.integers(1, 9))
def test_a_monomial_belongs_to_its_own_class_only(a, b, factor):
    """Both ways find n^a d^b among twenty classes."""

    def cost(n: int, d: int) -> int:
        return factor * n**a * d**b

    assert tight_class(cost, CLASSES) == f"{a}{b}"
    assert class_of_degrees(*degrees(cost), CLASSES) == f"{a}{b}"


def test_lower_order_terms_under_d_below_n_do_not_change_the_class():
    """n d² + d³ is n d² because d < n, and n² + n d² + d⁴ is no product of powers at all."""

    def ridge(n: int, d: int) -> int:
        return n * d**2 + 4 * d**3 + 7 * n

    assert tight_class(ridge, CLASSES) == "12"
    assert class_of_degrees(*degrees(ridge), CLASSES) == "12"

    def mixed(n: int, d: int) -> int:
        return n**2 + d**4

    with pytest.raises(ValueError, match="expected one tight class"):
        tight_class(mixed, CLASSES)
    with pytest.raises(ValueError, match="expected one class of degrees"):
        class_of_degrees(*degrees(mixed), CLASSES)


def test_a_cost_that_is_smaller_between_the_extreme_paths_is_told_apart():
    """n + d³ equals n d² in degree for fixed d and for d = n, but not for n = d²; both ways see that."""

    def cost(n: int, d: int) -> int:
        return n + d**3

    assert degrees(cost)[0::2] == (1, 3)
    with pytest.raises(ValueError, match="one tight class"):
        tight_class(cost, CLASSES)
    with pytest.raises(ValueError, match="one class"):
        class_of_degrees(*degrees(cost), CLASSES)


def test_counts_that_are_no_polynomial_have_no_degree():
    """Powers of two never settle, too few values prove nothing, and zeros are no cost."""
    assert degree([5, 5, 5]) == 0
    with pytest.raises(ValueError, match="polynomial"):
        degree([2**k for k in range(8)])
    with pytest.raises(ValueError, match="polynomial"):
        degree([1, 4, 9])
    with pytest.raises(ValueError, match="all counts are 0"):
        degree([0, 0, 0, 0])
