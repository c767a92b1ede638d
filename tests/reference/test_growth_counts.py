"""Classes of growth follow the exact counts from 2^4 to 2^40; wrong ones drift, be it by a single logarithm."""

# Sizes keep the course's symbols.
# ruff: noqa: N803

from __future__ import annotations

import pytest
from growing_sizes import log, spread

from reference import ridge_costs, ssm_costs

# Constant factors and lower-order terms change the ratio by less; a logarithm too many changes it by more.
TIGHT = 3.0

LN, LD, ND = ("L", "n"), ("L", "d"), ("n", "d")

RIGHT = {
    "siso": (ssm_costs.scalar_convolution_depth, ("L",), lambda L: log(L)),
    "mimo": (ssm_costs.convolution_depth, LD, lambda L, d: log(L) + log(d)),
    "mimo, n free": (ssm_costs.convolution_depth, ("L", "d", "n"), lambda L, d, n: log(L) + log(d)),
    "naive": (ssm_costs.recurrence_depth, LN, lambda L, n: L * log(n)),
    "naive, d inputs": (ssm_costs.recurrence_depth, ("L", "n", "d"), lambda L, n, d: L * log(n)),
    "sequential": (ssm_costs.sequential_kernel_depth, LN, lambda L, n: L * log(n)),
    "doubling": (ssm_costs.doubling_kernel_depth, LN, lambda L, n: log(L) * log(n)),
    "prefix": (ssm_costs.prefix_kernel_depth, LN, lambda L, n: log(L) * log(n)),
    "doubling work": (ssm_costs.doubling_kernel_work, LN, lambda L, n: n**3 * log(L) + n**2 * L),
    "powers work": (ssm_costs.powers_kernel_work, LN, lambda L, n: n**3 * L),
    "diagonal": (ssm_costs.diagonal_kernel_depth, LN, lambda L, n: log(L) + log(n)),
    "diagonal work": (ssm_costs.diagonal_kernel_work, LN, lambda L, n: n * L),
    "rank one": (ssm_costs.rank_one_kernel_depth, LN, lambda L, n: log(L) + log(n)),
    "rank one work": (ssm_costs.rank_one_kernel_work, LN, lambda L, n: n + L),
    "causal": (ridge_costs.causal_attention_depth, ND, lambda n, d: n * log(d)),
    "causal work": (ridge_costs.causal_attention_work, ND, lambda n, d: n * d**2),
}

WRONG = {
    "siso": [lambda L: 1, lambda L: L, lambda L: log(L) ** 2],
    "mimo": [
        lambda L, d: log(L),
        lambda L, d: log(d),
        lambda L, d: log(L) * log(d),
        lambda L, d: log(L) + log(d) ** 2,
        lambda L, d: L * log(d),
    ],
    "mimo, n free": [lambda L, d, n: log(L) + log(n), lambda L, d, n: log(L) * log(n), lambda L, d, n: log(L * n * d)],
    "naive": [lambda L, n: L, lambda L, n: L * n, lambda L, n: L * n**2, lambda L, n: log(L) * log(n)],
    "sequential": [lambda L, n: L, lambda L, n: log(L) * log(n), lambda L, n: L + log(n)],
    "doubling": [
        lambda L, n: log(L),
        lambda L, n: log(L) + log(n),
        lambda L, n: log(L) ** 2 * log(n),
        lambda L, n: n**3 * log(L),
        lambda L, n: L * log(n),
    ],
    "doubling work": [
        lambda L, n: n**3 * L,
        lambda L, n: n**2 * L,
        lambda L, n: n**3 * log(L),
        lambda L, n: n**3 * L * log(L),
        lambda L, n: n**3 + n**2 * L,
    ],
    "powers work": [lambda L, n: n**3 * log(L) + n**2 * L, lambda L, n: n**3 * L * log(L)],
    "diagonal": [lambda L, n: 1, lambda L, n: log(L), lambda L, n: log(n), lambda L, n: log(L) * log(n)],
    "diagonal work": [lambda L, n: n * L * log(L), lambda L, n: n**2 * L, lambda L, n: n + L],
    "rank one": [lambda L, n: 1, lambda L, n: log(L), lambda L, n: log(L) * log(n)],
    "rank one work": [lambda L, n: n * L, lambda L, n: n**2 * L, lambda L, n: L, lambda L, n: n + L * log(L)],
    "causal": [lambda n, d: n, lambda n, d: n * d**2, lambda n, d: log(n) + d, lambda n, d: n * log(n)],
    "causal work": [
        lambda n, d: n**2 * d,
        lambda n, d: n * d**3,
        lambda n, d: n**2,
        lambda n, d: n * d,
        lambda n, d: n * d**2 * log(d),
    ],
}


def assumed(what: str):
    """Causal attention, and a recurrence with d inputs, have d ≤ n; other sizes are free."""
    return (lambda n, d, **_: d <= n) if what.startswith(("causal", "naive, d")) else (lambda **_: True)


@pytest.mark.parametrize("what", RIGHT)
def test_the_class_follows_the_counts(what):
    """Along paths on which the sizes grow equally, at different speeds, or not at all."""
    count, names, growth = RIGHT[what]
    assert spread(count, growth, names, assumed(what)) < TIGHT


@pytest.mark.parametrize(("what", "at"), [(what, at) for what, classes in WRONG.items() for at in range(len(classes))])
def test_a_wrong_class_drifts(what, at):
    """Answers that people give, and classes one logarithm off."""
    count, names, _ = RIGHT[what]
    assert spread(count, WRONG[what][at], names, assumed(what)) > TIGHT
