"""Instances of keys: what a solver's function is handed, under which names, and when its value agrees."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.answers import get_type
from grader.answers._expressions.agreement import agree, written
from grader.answers._expressions.instances import identifier
from grader.answers.base import Instance
from grader.diagnostics import SpecError


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("λ", "lam"), ("ℓ", "ell"), ("σ", "sigma"), ("Σ", "Sigma"), ("Λ", "Lam"), ("m′", "m_prime"), ("x_1", "x_1"),
        ("d_k", "d_k"), ("x̂", "x_hat"), ("ȳ", "y_bar"), ("n", "n"), ("λ_0", "lam_0"), ("x_i+1", "x_i_1"),
        ("x_i-1", "x_i_minus_1"), ("∇F", "nabla_F"),
    ],
)  # fmt: skip
def test_symbols_are_arguments_under_names_of_python(symbol: str, name: str) -> None:
    """Greek letters by their English names, but λ and ℓ as lam and ell; primes and marks spelled out."""
    assert identifier(symbol) == name


def instances(kind: str, key: str, **options: Any) -> list[Instance]:
    """All instances of a key; their arguments are those that the type announces."""
    answers = get_type(kind)
    checked = answers.options_model(**options)
    truth = answers.key(key, checked)
    found = list(answers.instances(truth, checked))
    announced = answers.arguments(truth, checked)
    assert announced is not None
    assert all(set(one.arguments) <= announced for one in found)
    return found


def test_numbers_are_exact_and_satisfy_what_is_known() -> None:
    """Fractions where the domain allows them, integers where it asks for them."""
    for one in instances("expression", "x^n/λ", domain="x > 0, n integer, n >= 1, 0 < λ < 1"):
        x, n, lam = (one.arguments[name] for name in ("x", "n", "lam"))
        assert isinstance(n, int)
        assert n >= 1
        assert 0 < lam < 1 < x + 1
        assert one.expected == Fraction(x) ** n / lam


def test_a_family_is_a_list() -> None:
    """x_1 … x_n as a list of n numbers, from the first index that occurs."""
    for one in instances("expression", r"\sum_{i=1}^{n} x_i^2"):
        assert len(one.arguments["x"]) == one.arguments["n"]
        assert one.expected == sum(x * x for x in one.arguments["x"])


def test_what_is_not_rational_is_a_float() -> None:
    """Roots and logarithms are worked out as balls and handed over as floats."""
    found = instances("expression", "sqrt(x) + ln x", domain="x > 0")
    assert any(isinstance(one.expected, float) for one in found)


def test_matrices_are_arrays_of_their_shapes() -> None:
    """Sizes differ, columns have two dimensions also where they hold one number, and entries are fractions."""
    shapes = {"A": ["m", "n"], "x": ["n", 1], "λ": "scalar"}
    found = instances("matrix_expression", "λ A x", shapes=shapes)
    assert len({(one.arguments["m"], one.arguments["n"]) for one in found}) >= 3
    for one in found:
        m, n = one.arguments["m"], one.arguments["n"]
        assert m != n
        assert one.arguments["A"].shape == (m, n)
        assert one.arguments["x"].shape == (n, 1)
        assert all(isinstance(entry, Fraction) for entry in one.arguments["A"].ravel())
        assert np.array_equal(one.expected, one.arguments["lam"] * one.arguments["A"] @ one.arguments["x"])


def test_structure_ties_and_definitions_are_kept() -> None:
    """A symmetric matrix is one; rows of a matrix are not handed over by themselves; what is defined is."""
    found = instances(
        "matrix_expression",
        r"\sum_i k_i k_i^T S",
        shapes={"K": ["n", "d"], "S": ["d", "d"], "k_i": ["d", 1]},
        structure={"S": "symmetric"},
        rows={"K": "k_i"},
        sums={"i": "n"},
        define={"M": "K^T K"},
    )
    for one in found:
        keys, known = one.arguments["K"], one.arguments["S"]
        assert "k" not in one.arguments
        assert np.array_equal(known, known.T)
        assert np.array_equal(one.arguments["M"], keys.T @ keys)
        assert np.array_equal(one.expected, keys.T @ keys @ known)


def test_a_definition_that_is_not_rational_is_a_float() -> None:
    """p = softmax(a) is handed over with its a, and the key is worked out with it."""
    found = instances("matrix_expression", "p x^T", shapes={"a": ["k"], "x": ["n"]}, define={"p": "softmax(a)"})
    for one in found:
        powers = np.exp(one.arguments["a"].astype(float))
        p = powers / np.sum(powers)
        assert np.allclose(one.arguments["p"].astype(float), p, rtol=1e-14)
        assert np.allclose(one.expected.astype(float), p @ one.arguments["x"].astype(float).T, rtol=1e-14)


def test_entries_of_a_sequence_come_one_by_one() -> None:
    """Seven entries at each of five instances, from the first one of which the key tells."""
    found = instances("sequence", "K_ℓ = Σ_{i=1}^n c_i λ_i^{ℓ-1}", index="ℓ", start=1,
                      shapes={"c_i": "scalar", "λ_i": "scalar"}, sums={"i": "n"})  # fmt: skip
    assert [one.arguments["ell"] for one in found] == list(range(1, 8)) * 5
    for one in found:
        c, lam, ell = (one.arguments[name] for name in ("c", "lam", "ell"))
        assert len(c) == len(lam) == one.arguments["n"]
        assert one.expected == sum(weight * rate ** (ell - 1) for weight, rate in zip(c, lam, strict=True))


def test_sizes_of_a_growth_class_obey_what_is_assumed() -> None:
    """d stays below n, small sizes come first, and each variable is held back somewhere."""
    found = [one.arguments for one in instances("growth", "n d^2", variables=["n", "d"], assume=["d <= n"])]
    assert all(1 < sizes["d"] <= sizes["n"] for sizes in found)
    assert max(found[0].values()) < 10
    largest = max(sizes["n"] for sizes in found)
    assert largest == 2**160
    assert {2**4, 2**160} <= {sizes["d"] for sizes in found if sizes["n"] == largest}


def test_a_key_without_a_value_anywhere_is_refused() -> None:
    """Where nothing can be worked out nothing can be proved, and the author is told."""
    with pytest.raises(SpecError, match="undefined"):
        instances("expression", "1/(x - x)")


@pytest.mark.parametrize(
    ("value", "expected", "right"),
    [
        (Fraction(1, 3), Fraction(1, 3), True),
        (1 / 3, Fraction(1, 3), True),
        (0.3333, Fraction(1, 3), False),
        (Fraction(1, 3) + Fraction(1, 10**12), Fraction(1, 3), False),  # exact numbers are compared exactly
        ([1, 2], np.array([[1], [2]], dtype=object), True),
        ([[1, 2]], np.array([[1], [2]], dtype=object), False),
        (np.array([1.0, 2.0]), np.array([[1], [2]], dtype=object), True),
        ([[5]], Fraction(5), True),
        (np.float64(2), Fraction(2), True),
        ("2", Fraction(2), False),
        (None, Fraction(2), False),
        (True, Fraction(1), False),
        (float("nan"), Fraction(1), False),
        ([[1, 2], [3]], np.array([[1, 2], [3, 4]], dtype=object), False),
        ([], Fraction(1), False),
    ],
)
def test_values_agree_exactly_or_as_decimals(value: Any, expected: Any, right: bool) -> None:
    """Integers and fractions exactly, floats to a relative 1e-9; shapes count, and a list is a column."""
    assert agree(value, expected) is right
    assert written(value)


def test_a_function_of_which_nothing_is_known_is_handed_over_as_one() -> None:
    """It is the one with which the key was worked out: equal arguments give equal values, as columns or numbers."""
    declared = {"shapes": {"x": ["d"], "a": "scalar"}, "functions": {"∇F": ["d", "d"], "f": "scalar"}}
    for one in instances("matrix_expression", "f(a) ∇F(x - ∇F(x))", **declared):
        x, a, grad, f = (one.arguments[name] for name in ("x", "a", "nabla_F", "f"))
        assert grad(x).shape == x.shape
        assert np.all(f(a) * grad(x - grad(x)) == one.expected)
        assert np.any(grad(x) != grad(x + 1))
