"""A whole LSTM of single numbers: run forward, and gradients backwards in time by hand.

The network is that of :mod:`reference.sequence_models.lstm`. Its loss is the last hidden state. :func:`backward` goes
back step by step with the formulas that the problem asks for; a complex step or a difference of :func:`loss` knows
none of them.

Source: P. Werbos, "Backpropagation through time", Proceedings of the IEEE 78 (1990).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reference.sequence_models.slopes import sigmoid, tanh

GATES = ("i", "p", "o", "g")
Weights = Mapping[str, Any]  # ix, ih, px, ph, ox, oh, gx, gh
_NONE: Mapping[tuple[int, str], Any] = {}


@dataclass(frozen=True)
class Step:
    """One step of a run: the four gates, the cell and the hidden state after it."""

    i: Any
    p: Any
    o: Any
    g: Any
    c: Any
    h: Any


Nudges = Mapping[tuple[int, str], Any]  # (step from 0, quantity) → what is added to it


def forward(
    weights: Weights, inputs: Sequence[Any], cell: Any = 0.0, hidden: Any = 0.0, nudges: Nudges = _NONE
) -> list[Step]:
    """The steps of a run.

    Args:
        weights: ``ix``, ``ih``, … for the four gates i, p, o and g.
        inputs: x_1, x_2, …
        cell, hidden: c_0 and h_0.
        nudges: what is added to a quantity once it is there, and before it acts: what comes after it shows its bar.
    """
    steps: list[Step] = []
    for t, x in enumerate(inputs):
        sums = {z: weights[f"{z}x"] * x + weights[f"{z}h"] * hidden for z in GATES}
        i, p, o = (sigmoid(sums[z]) + nudges.get((t, z), 0.0) for z in "ipo")
        g = tanh(sums["g"]) + nudges.get((t, "g"), 0.0)
        cell = p * cell + i * g + nudges.get((t, "c"), 0.0)
        hidden = o * tanh(cell) + nudges.get((t, "h"), 0.0)
        steps.append(Step(i, p, o, g, cell, hidden))
    return steps


def loss(weights: Weights, inputs: Sequence[Any], cell: Any = 0.0, hidden: Any = 0.0, nudges: Nudges = _NONE) -> Any:
    """The last hidden state; arguments as for :func:`forward`."""
    return forward(weights, inputs, cell, hidden, nudges)[-1].h


@dataclass(frozen=True)
class Bars:
    """Derivatives of the loss by the quantities of one step."""

    h: float
    c: float
    i: float
    p: float
    o: float
    g: float


def backward(weights: Weights, inputs: Sequence[float], cell: float = 0.0, hidden: float = 0.0) -> list[Bars]:
    """Derivatives of the loss by all quantities of all steps, last step first; in the order of time when returned.

    Args:
        weights, inputs, cell, hidden: as for :func:`forward`.
    """
    steps = forward(weights, inputs, cell, hidden)
    found: list[Bars] = []
    for t in range(len(steps) - 1, -1, -1):
        now = steps[t]
        if found:
            later, after = found[-1], steps[t + 1]
            inner = {z: getattr(later, z) * slope(getattr(after, z), z) * weights[f"{z}h"] for z in GATES}
            h_bar, from_cell = sum(inner.values()), later.c * after.p
        else:
            h_bar, from_cell = 1.0, 0.0
        c_bar = h_bar * now.o * (1 - math.tanh(now.c) ** 2) + from_cell
        before = steps[t - 1].c if t else cell
        found.append(Bars(h_bar, c_bar, c_bar * now.g, c_bar * before, h_bar * math.tanh(now.c), c_bar * now.i))
    return found[::-1]


def slope(value: float, gate: str) -> float:
    """Derivative of a gate's activation, from its value: z(1 − z), and 1 − g² for the gate g."""
    return 1 - value**2 if gate == "g" else value * (1 - value)


def weight_gradients(
    weights: Weights, inputs: Sequence[float], cell: float = 0.0, hidden: float = 0.0
) -> dict[str, float]:
    """Derivatives of the loss by the eight weights, summed over the steps; arguments as for :func:`forward`."""
    steps = forward(weights, inputs, cell, hidden)
    bars = backward(weights, inputs, cell, hidden)
    found = dict.fromkeys(weights, 0.0)
    for t, (step, bar) in enumerate(zip(steps, bars, strict=True)):
        before = steps[t - 1].h if t else hidden
        for z in GATES:
            inner = getattr(bar, z) * slope(getattr(step, z), z)
            found[f"{z}x"] += inner * inputs[t]
            found[f"{z}h"] += inner * before
    return found
