"""Claims about kernels and ridge attention: both ways of judging agree, and what refutes a claim is true of it."""

from __future__ import annotations

import inspect
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reference import homework_claims as claims

NAMES = sorted(
    name
    for name, function in inspect.getmembers(claims, inspect.isfunction)
    if not name.startswith("_")
    and not inspect.signature(function).parameters
    and function.__module__ == claims.__name__
)
JUDGED = [name for name in NAMES if any(other.startswith(f"{name}_") for other in NAMES)]


def example(name: str) -> dict[str, Any]:
    """What refutes a claim."""
    found = getattr(claims, name)()
    assert isinstance(found, dict)
    assert found["is"] is False and found["shows"]
    return found["at"]


@pytest.mark.parametrize("name", JUDGED)
def test_two_ways_of_judging_agree(name: str) -> None:
    """The search for a counterexample and the other way have one outcome; eleven of the twelve claims are false."""
    (other,) = [one for one in NAMES if one.startswith(f"{name}_")]
    found = getattr(claims, name)()
    assert (
        (found if isinstance(found, bool) else found["is"])
        is getattr(claims, other)()
        is (name == "weights_push_through")
    )


def test_there_are_twelve_claims() -> None:
    """None is left out of the test above."""
    assert len(JUDGED) == 12 and len(NAMES) == 24


def ridge(at: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """K, M⁻¹ and q of an example, in floating point."""
    keys = np.array(at["K"], dtype=float)
    return keys, np.linalg.inv(keys.T @ keys + float(at["λ"]) * np.eye(2)), np.array(at["q"], dtype=float)


def test_scores_that_are_not_negative_give_a_negative_weight() -> None:
    """The example has K q ≥ 0 and a weight below 0."""
    keys, inverse, q = ridge(example("negative_only_with_a_negative_score"))
    assert min(keys @ q) >= 0 > min(keys @ inverse @ q)


def test_weights_of_the_example_do_not_add_up_to_one() -> None:
    """Neither 1 nor close to it."""
    keys, inverse, q = ridge(example("weights_add_up_to_one"))
    assert abs(sum(keys @ inverse @ q) - 1) > 0.1


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("output_by_inverse_of_s", lambda k, v, m, q: m @ v.T @ k @ q),
        ("output_by_inverse_of_n", lambda k, v, m, q: m @ k.T @ v @ q),
        ("outputs_as_rows_of_s", lambda k, v, m, q: q @ v.T @ k @ m),
    ],
)
def test_wrong_orders_of_factors_are_wrong_in_the_example(name: str, formula: Any) -> None:
    """The weighted sum of the values differs from the claimed product."""
    at = example(name)
    keys, inverse, q = ridge(at)
    values = np.array(at["V"], dtype=float)
    assert not np.allclose(values.T @ (keys @ inverse @ q), formula(keys, values, inverse, q))


def test_a_scan_computes_the_states_of_the_recursion_in_few_units_of_time() -> None:
    """Two units a round, and one round for each doubling of the length."""
    assert [claims.scanned_depth(1 << power) for power in range(1, 7)] == [(2 * power, True) for power in range(1, 7)]


def test_the_closed_form_without_minus_one_agrees_once() -> None:
    """At n = 1, p = 1 and ℓ = 1 both sides are 2, so the example needs more."""
    at = example("closed_form_without_minus_one")
    assert (at["p"], at["ℓ"]) != (1, 1)
    assert Fraction(2) == 1 + Fraction(2) ** 0
