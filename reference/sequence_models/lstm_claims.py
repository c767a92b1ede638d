"""Claims about gradients in an LSTM: true, or false with an example that shows it.

For each claim there are two functions. The first looks for a counterexample among small networks and hands it over,
with the numbers on both sides; the truth comes from a complex nudge in a run of the network. The second decides at
random networks, with slopes that are carried through the operations.

A false claim is a mapping: ``is`` says False, ``at`` where it fails, ``shows`` what is there instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from random import Random
from typing import Any

from reference.sequence_models import bptt
from reference.sequence_models.slopes import carried_slope, complex_slope

Verdict = bool | dict[str, Any]
Network = tuple[dict[str, float], list[float], float]  # weights, inputs, first cell
Formula = Callable[[Network, list[bptt.Step]], float]

_GAP = 1e-3  # by which both sides of an equation differ in a counterexample, or else are taken as equal


def _small_networks() -> Iterator[tuple[dict[str, Any], Network]]:
    """Networks of two steps in which all weights are equal, with what tells them apart."""
    for weight, first, second, cell in product((1, 2, -1), (1, 2), (2, -1), (1, 2)):
        weights = dict.fromkeys((f"{z}{end}" for z in bptt.GATES for end in "xh"), float(weight))
        told = {"w": weight, "x_1": first, "x_2": second, "c_0": cell, "h_0": 0}
        yield told, (weights, [float(first), float(second)], float(cell))


def _random_networks(count: int) -> Iterator[Network]:
    draw = Random(3).uniform  # noqa: S311  # no secret
    for _ in range(count):
        weights = {f"{z}{end}": draw(-1.5, 1.5) for z in bptt.GATES for end in "xh"}
        yield weights, [draw(-1, 1), draw(-1, 1)], draw(0.5, 1.5)


def _bar(network: Network, t: int, name: str, slope: Callable[..., float]) -> float:
    weights, inputs, cell = network
    return slope(lambda amount: bptt.loss(weights, inputs, cell, 0.0, {(t, name): amount}), 0.0)


def _refuted(name: str, claimed: Formula) -> Verdict:
    """Whether a formula for a bar of the first step is right, where the loss is h_2; with a counterexample if not."""
    for told, network in _small_networks():
        found = _bar(network, 0, name, complex_slope)
        formula = claimed(network, bptt.forward(*network))
        if abs(found - formula) > _GAP:
            shows = f"with L = h_2 and all weights w, ∂L/∂{name}_1 = {found:.4f}, but the formula gives {formula:.4f}"
            return {"is": False, "at": told, "shows": shows}
    return True


def _agrees(name: str, claimed: Formula) -> bool:
    """The same at random networks, with slopes that are carried through the operations."""
    return all(
        abs(_bar(network, 0, name, carried_slope) - claimed(network, bptt.forward(*network))) < _GAP / 100
        for network in _random_networks(20)
    )


def _hidden_with_old_input(network: Network, steps: list[bptt.Step]) -> float:
    weights, inputs, _ = network
    sums = {z: weights[f"{z}x"] * inputs[0] + weights[f"{z}h"] * steps[0].h for z in bptt.GATES}
    slopes = {z: 1 - math.tanh(sums[z]) ** 2 if z == "g" else _logistic_slope(sums[z]) for z in bptt.GATES}
    return sum(_bar(network, 1, z, complex_slope) * slopes[z] * weights[f"{z}h"] for z in bptt.GATES)


def _logistic_slope(x: float) -> float:
    return 1 / (2 + 2 * math.cosh(x))


def _cell_with_gate_slope(network: Network, steps: list[bptt.Step]) -> float:
    first, second = steps
    gate = float(first.o * (1 - first.o))
    direct = _bar(network, 0, "h", complex_slope) * gate * (1 - math.tanh(first.c) ** 2)
    return direct + _bar(network, 1, "c", complex_slope) * float(second.p)


def _forget_with_new_cell(network: Network, steps: list[bptt.Step]) -> float:
    return _bar(network, 0, "c", complex_slope) * float(steps[0].c)


def _forget_with_old_cell(network: Network, steps: list[bptt.Step]) -> float:
    return _bar(network, 0, "c", complex_slope) * network[2]


def gates_see_the_old_input() -> Verdict:
    """Claim: the slopes in h̄_t belong to pre-activations with x_t, where it is x_(t+1)."""
    return _refuted("h", _hidden_with_old_input)


def gates_see_the_old_input_at_random() -> bool:
    """The same, at random networks."""
    return _agrees("h", _hidden_with_old_input)


def cell_feels_the_slope_of_the_output_gate() -> Verdict:
    """Claim: c̄_t has o_t (1 − o_t) in place of o_t."""
    return _refuted("c", _cell_with_gate_slope)


def cell_feels_the_slope_of_the_output_gate_at_random() -> bool:
    """The same, at random networks."""
    return _agrees("c", _cell_with_gate_slope)


def forget_gate_meets_the_new_cell() -> Verdict:
    """Claim: p̄_t is c̄_t c_t."""
    return _refuted("p", _forget_with_new_cell)


def forget_gate_meets_the_new_cell_at_random() -> bool:
    """The same, at random networks."""
    return _agrees("p", _forget_with_new_cell)


def forget_gate_meets_the_old_cell() -> Verdict:
    """Claim: p̄_t is 0 whenever c_(t−1) is 0, since it is c̄_t c_(t−1)."""
    return _refuted("p", _forget_with_old_cell)


def forget_gate_meets_the_old_cell_at_random() -> bool:
    """The same, at random networks."""
    return _agrees("p", _forget_with_old_cell)


# ---------------------------------------------------------------- a cell that is kept


def kept(steps: int, gate: float, w_oh: float = 1.0) -> Network:
    """A network with p ≈ 1 and i, o ≈ 0: constant inputs of 1 act as biases of ±gate.

    Args:
        steps: its length.
        gate: how far the gates are pushed; sigmoid(gate) ≈ 1.
        w_oh: from the hidden state to the output gate.
    """
    weights = {"ix": -gate, "px": gate, "ox": -gate, "gx": 1.0, "ih": 0.5, "ph": 0.5, "oh": w_oh, "gh": 0.5}
    return weights, [1.0] * steps, 1.0


def _ratios(network: Network, name: str) -> list[float]:
    """Bars of the steps over those of the steps after them."""
    bars = [getattr(bar, name) for bar in bptt.backward(*network)]
    return [early / late for early, late in pairwise(bars)]


def hidden_gradient_shrinks_by_tanh(steps: int, gate: int) -> Verdict:
    """Claim: where the cell is kept, h̄_t ≈ h̄_(t+1) tanh(c_(t+1))."""
    network = kept(steps, float(gate))
    found = _ratios(network, "h")[-1]
    claimed = math.tanh(bptt.forward(*network)[-1].c)
    if abs(found - claimed) < _GAP:
        return True
    at = {"p": round(bptt.forward(*network)[-1].p, 5), "o": round(bptt.forward(*network)[-1].o, 5), "w_oh": 1}
    shows = (
        f"the ratio of h̄ at the last two steps is {found:.1e}, and tanh(c) = {claimed:.3f}; o (1 − o) w_oh is missing"
    )
    return {"is": False, "at": at, "shows": shows}


def hidden_gradient_shrinks_by_tanh_by_nudges(steps: int, gate: int) -> bool:
    """The same by nudges of the last two hidden states, for several w_oh."""
    for w_oh in (1.0, -2.0):
        network = kept(steps, float(gate), w_oh)
        late, early = (_bar(network, steps - k, "h", carried_slope) for k in (1, 2))
        if abs(early / late - math.tanh(bptt.forward(*network)[-1].c)) > _GAP:
            return False
    return True


def cell_gradient_stays(steps: int, gate: int) -> str:
    """What becomes of c̄ from the last step back to the first one where the cell is kept: kept, vanishes or explodes."""
    bars = bptt.backward(*kept(steps, float(gate)))
    return _fate(bars[0].c / bars[-1].c)


def cell_gradient_stays_by_nudges(steps: int, gate: int) -> str:
    """The same by nudges of the first and of the last cell."""
    network = kept(steps, float(gate))
    return _fate(_bar(network, 0, "c", carried_slope) / _bar(network, steps - 1, "c", carried_slope))


def _fate(ratio: float) -> str:
    return "kept" if 0.5 < abs(ratio) < 2 else "vanishes" if abs(ratio) <= 0.5 else "explodes"


def kept_facts(steps: int, gate: int) -> dict[str, float]:
    """Numbers of a run in which the cell is kept: what c̄ and h̄ are multiplied by, to three digits.

    Args:
        steps: length of the network.
        gate: how far the gates are pushed.
    """
    network = kept(steps, float(gate))
    bars, last = bptt.backward(*network), bptt.forward(*network)[-1]
    return _rounded(bars[0].c / bars[-1].c, bars[-2].h / bars[-1].h, math.tanh(last.c))


def kept_facts_by_nudges(steps: int, gate: int) -> dict[str, float]:
    """The same by nudges of cells and hidden states."""
    network = kept(steps, float(gate))
    c = [_bar(network, t, "c", carried_slope) for t in (0, steps - 1)]
    h = [_bar(network, t, "h", carried_slope) for t in (steps - 2, steps - 1)]
    return _rounded(c[0] / c[1], h[0] / h[1], math.tanh(bptt.forward(*network)[-1].c))


def _rounded(cell: float, hidden: float, tanh: float) -> dict[str, float]:
    found = {"c̄ of the first step over that of the last": cell, "h̄ over that of the next step": hidden, "tanh(c)": tanh}
    return {name: float(f"{value:.3g}") for name, value in found.items()}
