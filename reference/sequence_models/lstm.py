"""Gradients of an LSTM whose states, gates and inputs are single numbers.

    i_t = σ(w_ix x_t + w_ih h_(t−1)),  p_t and o_t likewise,  g_t = tanh(w_gx x_t + w_gh h_(t−1)),
    c_t = p_t c_(t−1) + i_t g_t,  h_t = o_t tanh(c_t).

Here p is the forget gate. A bar stands for the derivative of the loss: c̄_t = ∂L/∂c_t. In each of the functions for a
bar, what comes after the number in question is summed up by a loss that is linear in the quantities whose bars are
given, so that its derivative is what is asked, by definition: in one function by a complex step, in the one whose
name begins with ``carried_`` by slopes carried through the operations. That these pieces, put together backwards in
time, are the gradient of a whole network is what :mod:`reference.sequence_models.bptt` and its tests show.

Source: S. Hochreiter and J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997); F. Gers,
J. Schmidhuber and F. Cummins, "Learning to forget", Neural Computation 12 (2000), for the gate p.

All arguments and results are numbers without units; families are lists.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from reference.sequence_models.lstm_claims import (  # noqa: F401 - the spec finds them here
    cell_gradient_stays,
    cell_gradient_stays_by_nudges,
    kept_facts,
    kept_facts_by_nudges,
)
from reference.sequence_models.slopes import carried_slope, complex_slope, sigmoid, tanh

Number = int | float | Fraction
Slope = Callable[[Callable[[Any], Any], float], float]

# ---------------------------------------------------------------- the two activations


def tanh_slope(x: Number) -> float:
    """Derivative of tanh at x, by a complex step."""
    return complex_slope(tanh, float(x))


def carried_tanh_slope(x: Number) -> float:
    """The same, carried through exponentials and quotients."""
    return carried_slope(tanh, float(x))


def sigmoid_slope(x: Number) -> float:
    """Derivative of the sigmoid at x, by a complex step."""
    return complex_slope(sigmoid, float(x))


def carried_sigmoid_slope(x: Number) -> float:
    """The same, carried through exponentials and quotients."""
    return carried_slope(sigmoid, float(x))


# ---------------------------------------------------------------- one step back in time


def _hidden_bar(slope: Slope, h: Number, x: Number, gates: Sequence[tuple[Any, Number, Number, Number]]) -> float:
    """Derivative by h_t of Σ z̄ z, over the gates z of the next step."""

    def loss(moved: Any) -> Any:
        return sum(float(bar) * act(float(wx) * float(x) + float(wh) * moved) for act, bar, wx, wh in gates)

    return slope(loss, float(h))


def hidden_bar(
    h_t: Number,
    x_t_1: Number,
    i_bar_t_1: Number,
    p_bar_t_1: Number,
    o_bar_t_1: Number,
    g_bar_t_1: Number,
    w_ix: Number,
    w_ih: Number,
    w_px: Number,
    w_ph: Number,
    w_ox: Number,
    w_oh: Number,
    w_gx: Number,
    w_gh: Number,
) -> float:
    """h̄_t for t before the last step, where h_t acts through the four gates of step t + 1 only."""
    gates = [
        (sigmoid, i_bar_t_1, w_ix, w_ih),
        (sigmoid, p_bar_t_1, w_px, w_ph),
        (sigmoid, o_bar_t_1, w_ox, w_oh),
        (tanh, g_bar_t_1, w_gx, w_gh),
    ]
    return _hidden_bar(complex_slope, h_t, x_t_1, gates)


def carried_hidden_bar(
    h_t: Number,
    x_t_1: Number,
    i_bar_t_1: Number,
    p_bar_t_1: Number,
    o_bar_t_1: Number,
    g_bar_t_1: Number,
    w_ix: Number,
    w_ih: Number,
    w_px: Number,
    w_ph: Number,
    w_ox: Number,
    w_oh: Number,
    w_gx: Number,
    w_gh: Number,
) -> float:
    """As :func:`hidden_bar`, with carried slopes, gate by gate."""
    gates = [
        (sigmoid, i_bar_t_1, w_ix, w_ih),
        (sigmoid, p_bar_t_1, w_px, w_ph),
        (sigmoid, o_bar_t_1, w_ox, w_oh),
        (tanh, g_bar_t_1, w_gx, w_gh),
    ]
    return sum(_hidden_bar(carried_slope, h_t, x_t_1, [gate]) for gate in gates)


def _cell_bar(slope: Slope, h_bar: Number, o: Number, c: Number, c_bar_next: Number, p_next: Number) -> float:
    """Derivative by c_t of h̄_t o_t tanh(c_t) + c̄_(t+1) p_(t+1) c_t."""
    later = float(c_bar_next) * float(p_next)
    return slope(lambda moved: float(h_bar) * float(o) * tanh(moved) + later * moved, float(c))


def cell_bar(h_bar_t: Number, o_t: Number, c_t: Number, c_bar_t_1: Number, p_t_1: Number) -> float:
    """c̄_t: the cell acts through h_t at once and through c_(t+1) later."""
    return _cell_bar(complex_slope, h_bar_t, o_t, c_t, c_bar_t_1, p_t_1)


def carried_cell_bar(h_bar_t: Number, o_t: Number, c_t: Number, c_bar_t_1: Number, p_t_1: Number) -> float:
    """As :func:`cell_bar`, with carried slopes."""
    return _cell_bar(carried_slope, h_bar_t, o_t, c_t, c_bar_t_1, p_t_1)


def _new_cell(c_t_minus_1: Number, i_t: Any, p_t: Any, g_t: Any) -> Any:
    return p_t * float(c_t_minus_1) + i_t * g_t


def candidate_bar(c_bar_t: Number, i_t: Number, g_t: Number) -> float:
    """ḡ_t by a complex step of c̄_t c_t."""
    return complex_slope(lambda moved: float(c_bar_t) * _new_cell(0, float(i_t), 0.0, moved), float(g_t))


def input_bar(c_bar_t: Number, i_t: Number, g_t: Number) -> float:
    """ī_t by a complex step of c̄_t c_t."""
    return complex_slope(lambda moved: float(c_bar_t) * _new_cell(0, moved, 0.0, float(g_t)), float(i_t))


def forget_bar(c_bar_t: Number, p_t: Number, c_t_minus_1: Number) -> float:
    """p̄_t by a complex step of c̄_t c_t; ``c_t_minus_1`` is the cell of the step before."""
    return complex_slope(lambda moved: float(c_bar_t) * _new_cell(c_t_minus_1, 0.0, moved, 0.0), float(p_t))


def output_bar(h_bar_t: Number, o_t: Number, c_t: Number) -> float:
    """ō_t by a complex step of h̄_t h_t."""
    return complex_slope(lambda moved: float(h_bar_t) * moved * tanh(float(c_t)), float(o_t))


def _difference(function: Callable[[Fraction], Any], at: Number) -> Any:
    """A difference quotient, which is exact where a function is linear."""
    return function(Fraction(at) + 1) - function(Fraction(at))


def candidate_difference(c_bar_t: Number, i_t: Number, g_t: Number) -> Fraction:
    """ḡ_t as the exact difference of c̄_t c_t, which is linear in g_t."""
    found: Fraction = _difference(lambda moved: Fraction(c_bar_t) * (i_t * moved), g_t)
    return found


def input_difference(c_bar_t: Number, i_t: Number, g_t: Number) -> Fraction:
    """ī_t as the exact difference of c̄_t c_t, which is linear in i_t."""
    found: Fraction = _difference(lambda moved: Fraction(c_bar_t) * (moved * g_t), i_t)
    return found


def forget_difference(c_bar_t: Number, p_t: Number, c_t_minus_1: Number) -> Fraction:
    """p̄_t as the exact difference of c̄_t c_t, which is linear in p_t."""
    found: Fraction = _difference(lambda moved: Fraction(c_bar_t) * (moved * c_t_minus_1), p_t)
    return found


def output_difference(h_bar_t: Number, o_t: Number, c_t: Number) -> float:
    """ō_t as the difference of h̄_t h_t, which is linear in o_t."""
    found = _difference(lambda moved: moved, o_t) * Fraction(h_bar_t)
    return float(found) * math.tanh(c_t)


# ---------------------------------------------------------------- a weight, over all steps


def _weight_bar(slope: Slope, i_bar: Sequence[Number], i: Sequence[Number], x: Sequence[Number]) -> float:
    """Derivative by w_ix of Σ ī_t i_t, where the argument of gate t moves by x_t for each unit of the weight."""
    logits = [math.log(gate / (1 - gate)) for gate in i]

    def loss(change: Any) -> Any:
        steps = zip(i_bar, logits, x, strict=True)
        return sum(float(bar) * sigmoid(logit + float(signal) * change) for bar, logit, signal in steps)

    return slope(loss, 0.0)


def weight_bar(i_bar: Sequence[Number], i: Sequence[Number], x: Sequence[Number]) -> float:
    """w̄_ix from ī_t, the gates' values i_t between 0 and 1, and the inputs x_t, by a complex step of the weight."""
    return _weight_bar(complex_slope, i_bar, i, x)


def carried_weight_bar(i_bar: Sequence[Number], i: Sequence[Number], x: Sequence[Number]) -> float:
    """As :func:`weight_bar`, with carried slopes."""
    return _weight_bar(carried_slope, i_bar, i, x)


# ---------------------------------------------------------------- the way through the output gate


def _output_path(slope: Slope, h: Number, x: Number, c: Number, w_ox: Number, w_oh: Number) -> float:
    def hidden(moved: Any) -> Any:
        return sigmoid(float(w_ox) * float(x) + float(w_oh) * moved) * tanh(float(c))

    return slope(hidden, float(h))


def output_path(h_t: Number, x_t_1: Number, c_t_1: Number, w_ox: Number, w_oh: Number) -> float:
    """∂h_(t+1)/∂h_t through the output gate alone, with the cell c_(t+1) held fixed; by a complex step."""
    return _output_path(complex_slope, h_t, x_t_1, c_t_1, w_ox, w_oh)


def carried_output_path(h_t: Number, x_t_1: Number, c_t_1: Number, w_ox: Number, w_oh: Number) -> float:
    """As :func:`output_path`, with carried slopes."""
    return _output_path(carried_slope, h_t, x_t_1, c_t_1, w_ox, w_oh)
