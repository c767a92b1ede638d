"""Claims about recurrence and momentum: both functions decide alike, and counterexamples hold the numbers they show."""

from __future__ import annotations

import math

import pytest

from reference.sequence_models import bptt, claims, lstm_claims
from reference.sequence_models.slopes import complex_slope

FALSE = {
    "cell_feels_the_slope_of_the_output_gate": "at_random",
    "forget_gate_meets_the_new_cell": "at_random",
    "gates_see_the_old_input": "at_random",
    "vector_costs_as_much_as_a_matrix": "counted",
    "grid_is_done_in_a_row": "by_rounds",
    "jacobian_leaves_out_the_position": "at_random",
    "old_momentum_from_the_new_gradient": "solved",
}
TRUE = {
    "forget_gate_meets_the_old_cell": "at_random",
    "antidiagonals_run_together": "by_reach",
    "volume_does_not_depend_on_the_loss": "by_substeps",
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_claim_comes_with_a_counterexample(name):
    """It names numbers and shows what they lead to; the second function does not need it."""
    found = getattr(claims, name)()
    assert found["is"] is False
    assert found["at"]
    assert found["shows"]
    assert getattr(claims, f"{name}_{FALSE[name]}")() is False


@pytest.mark.parametrize("name", TRUE)
def test_a_true_claim_has_no_counterexample(name):
    """Neither way finds one."""
    assert getattr(claims, name)() is True
    assert getattr(claims, f"{name}_{TRUE[name]}")() is True


def test_the_counterexample_to_the_forget_gate_is_that_of_its_network():
    """∂L/∂p_1 of the network that is told, by a nudge, is the number that is shown; c̄ c is the other one."""
    found = claims.forget_gate_meets_the_new_cell()
    at = found["at"]
    weights = dict.fromkeys((f"{z}{end}" for z in bptt.GATES for end in "xh"), float(at["w"]))
    inputs, cell = [float(at["x_1"]), float(at["x_2"])], float(at["c_0"])
    slope = complex_slope(lambda amount: bptt.loss(weights, inputs, cell, 0.0, {(0, "p"): amount}), 0.0)
    bars, steps = bptt.backward(weights, inputs, cell), bptt.forward(weights, inputs, cell)
    assert f"{slope:.4f}" in found["shows"]
    assert f"{bars[0].c * steps[0].c:.4f}" in found["shows"]
    assert slope == pytest.approx(bars[0].c * cell)


@pytest.mark.parametrize("gate", [6, 8, 10])
def test_where_the_cell_is_kept_its_gradient_stays_and_the_way_through_the_hidden_state_dies(gate):
    """c̄ changes by the product of the forget gates alone, h̄ by tanh(c) o (1 − o) w_oh and not by tanh(c)."""
    network = lstm_claims.kept(40, float(gate))
    steps, bars = bptt.forward(*network), bptt.backward(*network)
    kept = math.prod(step.p for step in steps[1:])
    assert bars[0].c / bars[-1].c == pytest.approx(kept, rel=2e-2)
    assert lstm_claims.cell_gradient_stays(40, gate) == lstm_claims.cell_gradient_stays_by_nudges(40, gate) == "kept"
    assert lstm_claims.hidden_gradient_shrinks_by_tanh_by_nudges(40, gate) is False
    found = lstm_claims.hidden_gradient_shrinks_by_tanh(40, gate)
    assert found["is"] is False
    last = steps[-1]
    assert bars[-2].h / bars[-1].h == pytest.approx(math.tanh(last.c) * last.o * (1 - last.o), rel=0.5)
    assert abs(bars[-2].h) < 0.01 * math.tanh(last.c)


def test_a_gate_that_lets_go_loses_the_gradient():
    """With p ≈ 0 instead, c̄ vanishes: the class is found from the run."""
    weights, inputs, cell = lstm_claims.kept(40, 8.0)
    bars = bptt.backward({**weights, "px": -1.0}, inputs, cell)
    assert lstm_claims._fate(bars[0].c / bars[-1].c) == "vanishes"
    assert lstm_claims._fate(1e3) == "explodes"
