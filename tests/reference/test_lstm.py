"""Gradients of an LSTM: pieces put together are those of a whole network, and the usual slips are not."""

from __future__ import annotations

import math
import random

import pytest

from reference.sequence_models import bptt, lstm
from reference.sequence_models.slopes import Sloped, carried_slope, complex_slope, exp, sigmoid, tanh

SEEDS = range(6)


def network(seed: int, length: int = 6) -> tuple[dict[str, float], list[float], float, float]:
    """Weights, inputs, and a start that is not 0."""
    draw = random.Random(seed).uniform  # noqa: S311
    weights = {f"{z}{end}": draw(-1.5, 1.5) for z in bptt.GATES for end in "xh"}
    return weights, [draw(-1, 1) for _ in range(length)], draw(-1, 1), draw(-1, 1)


@pytest.mark.parametrize("x", [-20.0, -3.5, -0.1, 0.0, 0.4, 2.0, 12.0])
def test_both_ways_to_a_slope_agree_with_the_closed_forms(x):
    """sech² and s(1 − s), also far out, where a difference of nearly equal numbers would lose all digits."""
    sech = 1 / math.cosh(x)
    logistic = math.exp(-abs(x)) / (1 + math.exp(-abs(x))) ** 2
    for slope in (complex_slope, carried_slope):
        assert slope(tanh, x) == pytest.approx(sech**2, rel=1e-12)
        assert slope(sigmoid, x) == pytest.approx(logistic, rel=1e-12)


def test_numbers_with_a_slope_follow_the_rules():
    """(x² − 3)/(2 − e^x) + 1/x at x = 2, against its derivative by hand."""
    x = Sloped(2.0, 1.0)
    found = (x * x - 3) / (-exp(x) + 2.0) + 1 / x
    e = math.exp(2.0)
    assert found.value == pytest.approx(1 / (2 - e) + 0.5)
    assert found.slope == pytest.approx((4 * (2 - e) + e) / (2 - e) ** 2 - 0.25)


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_by_hand_are_those_of_a_complex_step_through_the_whole_network(seed):
    """All eight weights, and by central differences too."""
    weights, inputs, cell, hidden = network(seed)
    found = bptt.weight_gradients(weights, inputs, cell, hidden)
    for name in weights:

        def loss(value, name=name):
            return bptt.loss({**weights, name: value}, inputs, cell, hidden)

        assert found[name] == pytest.approx(complex_slope(loss, weights[name]), rel=1e-12, abs=1e-15)
        h = 1e-5
        difference = (loss(weights[name] + h) - loss(weights[name] - h)) / (2 * h)
        assert found[name] == pytest.approx(difference, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_bars_by_hand_are_those_of_a_nudge_to_a_quantity(seed):
    """Each gate, cell and hidden state at each step, by a complex nudge that all later steps feel."""
    weights, inputs, cell, hidden = network(seed)
    for t, bars in enumerate(bptt.backward(weights, inputs, cell, hidden)):
        for name in ("h", "c", *bptt.GATES):

            def loss(value, at=(t, name)):
                return bptt.loss(weights, inputs, cell, hidden, {at: value})

            assert getattr(bars, name) == pytest.approx(complex_slope(loss, 0.0), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_piece_is_what_a_step_back_in_time_takes(seed):
    """The functions of the problem, at the numbers of a network, are the bars that were found by hand."""
    w, x, cell, hidden = network(seed)
    steps, bars = bptt.forward(w, x, cell, hidden), bptt.backward(w, x, cell, hidden)
    for t in range(1, len(x) - 1):
        now, after, bar, later = steps[t], steps[t + 1], bars[t], bars[t + 1]
        weights = {f"w_{name}": value for name, value in w.items()}
        gates = {f"{z}_bar_t_1": getattr(later, z) for z in bptt.GATES}
        for function in (lstm.hidden_bar, lstm.carried_hidden_bar):
            assert function(now.h, x[t + 1], **gates, **weights) == pytest.approx(bar.h)
        for function in (lstm.cell_bar, lstm.carried_cell_bar):
            assert function(bar.h, now.o, now.c, later.c, after.p) == pytest.approx(bar.c)
        before = steps[t - 1].c
        for function, arguments, expected in (
            (lstm.candidate_bar, (bar.c, now.i, now.g), bar.g),
            (lstm.input_bar, (bar.c, now.i, now.g), bar.i),
            (lstm.forget_bar, (bar.c, now.p, before), bar.p),
            (lstm.output_bar, (bar.h, now.o, now.c), bar.o),
            (lstm.candidate_difference, (bar.c, now.i, now.g), bar.g),
            (lstm.input_difference, (bar.c, now.i, now.g), bar.i),
            (lstm.forget_difference, (bar.c, now.p, before), bar.p),
            (lstm.output_difference, (bar.h, now.o, now.c), bar.o),
        ):
            assert function(*arguments) == pytest.approx(expected)
    gates = [bar.i for bar in bars], [step.i for step in steps], x
    expected = bptt.weight_gradients(w, x, cell, hidden)["ix"]
    assert lstm.weight_bar(*gates) == pytest.approx(expected)
    assert lstm.carried_weight_bar(*gates) == pytest.approx(expected)


@pytest.mark.parametrize("function", [lstm.output_path, lstm.carried_output_path])
def test_the_way_through_the_output_gate_is_tanh_times_the_slope_of_the_gate(function):
    """tanh(c) o (1 − o) w, and not tanh(c)."""
    gate = 1 / (1 + math.exp(-(0.5 * 2.0 - 1.3 * 0.4)))
    assert function(0.4, 2.0, 0.7, 0.5, -1.3) == pytest.approx(math.tanh(0.7) * gate * (1 - gate) * -1.3)
