"""Ridge attention: counted costs are those of correct computations, and gradients agree three ways."""

# Matrices keep the course's symbols: A, K, W.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import ridge_attention as ridge
from reference.graphs import Graph, product

LAYER = {
    "p": {"d": 4},
    "q": {"n": 1, "d": 2},
    "r": {"n": 2, "d": 3},
    "s": {"n": 2, "d": 2},
    "t": {"n": 2},
    "u": {},
}
UPDATE = {"v": {"d": 4}, "w": {"d": 3}, "x": {"d": 2}, "y": {"d": 1}, "z": {}}


def values(grid) -> np.ndarray:
    return np.array([[float(entry.value) for entry in row] for row in grid])


def integer_rows(rng: np.random.Generator, rows: int, columns: int) -> list[list[int]]:
    return rng.integers(-3, 4, size=(rows, columns)).tolist()


@pytest.mark.parametrize("seed", range(4))
def test_the_counted_layer_computes_ridge_regression(seed):
    """Its outputs are those of least squares on the keys stacked over √λ I: the real thing is counted."""
    rng = np.random.default_rng(seed)
    K, V, Q = (integer_rows(rng, 6, 3) for _ in range(3))
    graph = Graph()
    out = ridge.counted_layer(graph.grid(K), graph.grid(V), graph.grid(Q), graph.given(2))
    stacked = np.vstack([np.array(K, float), np.sqrt(2) * np.eye(3)])
    weights = np.linalg.lstsq(stacked, np.vstack([np.array(V, float), np.zeros((3, 3))]), rcond=None)[0]
    assert np.allclose(values(out), np.array(Q, float) @ weights, atol=1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_the_counted_update_gives_the_inverse_of_the_changed_matrix(seed):
    """On a non-symmetric matrix and u ≠ v, where a transposition would show."""
    rng = np.random.default_rng(seed)
    M = np.array(integer_rows(rng, 4, 4), float) + 12 * np.eye(4)
    u, v = integer_rows(rng, 4, 1), integer_rows(rng, 4, 1)
    graph = Graph()
    known = graph.grid([[Fraction(float(x)) for x in row] for row in np.linalg.inv(M)])
    new = ridge.counted_update(known, graph.grid(u), graph.grid(v))
    assert np.allclose(values(new), np.linalg.inv(M + np.array(u) @ np.array(v).T), atol=1e-12)


def test_every_operation_is_counted_once():
    """An a x b times b x c product makes a·b·c multiplications and a·(b − 1)·c additions."""
    graph = Graph()
    product(graph.grid([[1] * 4] * 3), graph.grid([[1] * 5] * 4))
    assert graph.work == 3 * 4 * 5 + 3 * 3 * 5


@pytest.mark.parametrize(("n", "d"), [(3, 2), (9, 4), (20, 3), (8, 7)])
def test_the_two_cost_models_agree_up_to_a_constant_factor(n, d):
    """Costs by the assignment's rules and operations really made differ by a small factor at every size."""
    assert ridge.layer_cost(n, d) / 3 <= ridge.measured_layer_cost(n, d) <= 3 * ridge.layer_cost(n, d)
    assert ridge.update_cost(d) / 3 <= ridge.measured_update_cost(d) <= 3 * ridge.update_cost(d)


def test_the_option_follows_its_letters():
    """The class is chosen by its exponents: other keys and another order give the same class."""
    assert ridge.layer_work(LAYER) == ridge.measured_layer_work(LAYER) == "q"
    assert ridge.update_work(UPDATE) == ridge.measured_update_work(UPDATE) == "x"
    backwards = dict(reversed(LAYER.items()))
    assert ridge.layer_work(backwards) == ridge.measured_layer_work(backwards) == "q"


def test_options_without_the_right_class_are_refused():
    """No option is called right for being the nearest."""
    for work, options in (
        (ridge.layer_work, LAYER),
        (ridge.measured_layer_work, LAYER),
        (ridge.update_work, UPDATE),
        (ridge.measured_update_work, UPDATE),
    ):
        wrong = {key: power for key, power in options.items() if key not in ("q", "x")}
        with pytest.raises(ValueError, match=r"found \[\]"):
            work(wrong)


NAMES = ["lambda", "keys", "values", "queries"]


@pytest.mark.parametrize("seed", range(5))
def test_gradients_agree_by_differences_by_backpropagation_and_by_complex_steps(seed):
    """Three ways to each of the four gradients; complex steps have no cancellation (Squire, Trapp 1998)."""
    inputs, downstream = ridge.instance(seed, 7, 3)
    differences = ridge.difference_gradients(ridge.layer, inputs, downstream)
    backwards = ridge.reverse_gradients(inputs, downstream)
    for name in NAMES:
        exact = np.zeros(inputs[name].shape)
        for index in np.ndindex(exact.shape):
            moved = inputs[name].astype(complex)
            moved[index] += 1e-30j
            exact[index] = np.sum(downstream * ridge.layer({**inputs, name: moved})).imag / 1e-30
        assert np.allclose(backwards[name], exact, rtol=1e-9, atol=1e-11)
        assert np.allclose(differences[name], exact, rtol=1e-5, atol=1e-7)


def test_an_input_that_the_output_ignores_is_seen_to_receive_nothing():
    """The method can say no: with λ fixed inside the layer, or the values cut off, that gradient is 0."""
    inputs, downstream = ridge.instance(3, 6, 2)
    for ignored in NAMES:
        held = inputs[ignored].copy()

        def deaf(given_inputs, ignored=ignored, held=held):
            return ridge.layer({**given_inputs, ignored: held})

        gradients = ridge.difference_gradients(deaf, inputs, downstream)
        reached = ridge.reached([gradients], {name: name for name in NAMES})
        assert reached == [name for name in NAMES if name != ignored]


@settings(deadline=None, max_examples=15, derandomize=True)  # a gradient of 0 has probability 0, not never
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=3, unique=True), st.integers(1, 4))
def test_the_same_inputs_receive_gradients_at_any_generic_instance(seeds, dimension):
    """The answer does not hang on the instances: both ways agree, in the order and with the keys given."""
    learned = {"d": "queries", "c": "values", "b": "keys", "a": "lambda"}
    found = ridge.backprop_inputs(learned, dimension + 4, dimension, seeds)
    assert found == ridge.gradient_inputs(learned, dimension + 4, dimension, seeds) == ["d", "c", "b", "a"]


def test_an_unknown_input_is_named():
    """A misspelt name in the spec is an author's error, not an input without gradient."""
    with pytest.raises(ValueError, match="unknown inputs"):
        ridge.gradient_inputs({"A": "lamda"}, 6, 2, [1])
