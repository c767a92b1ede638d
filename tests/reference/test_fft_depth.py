"""Outputs from a known kernel by fast Fourier transforms: right numbers, by a longer way than a tree of sums."""

# Matrices keep the course's symbols.
# ruff: noqa: N803

from __future__ import annotations

import cmath

import numpy as np
import pytest
from growing_sizes import lg

from reference import ssm_costs
from reference.graphs import Graph, Node, total


def transform(nodes: list[Node], sign: int) -> list[Node]:
    """Σ_k x_k e^(sign 2πi jk/N) for all j, by Cooley and Tukey's algorithm; complex operations cost 1."""
    size = len(nodes)
    if size == 1:
        return nodes
    even, odd = transform(nodes[::2], sign), transform(nodes[1::2], sign)
    turns = [nodes[0].graph.given(cmath.exp(sign * 2j * cmath.pi * j / size)) for j in range(size // 2)]
    turned = [turn * node for turn, node in zip(turns, odd, strict=True)]
    return [e + o for e, o in zip(even, turned, strict=True)] + [e - o for e, o in zip(even, turned, strict=True)]


def outputs(kernel: np.ndarray, inputs: np.ndarray) -> list[Node]:
    """y_0 … y_L for one output and d inputs; the kernel and the inputs are (L + 1) x d."""
    graph, length = Graph(), len(kernel)
    size = 1 << lg(2 * length)

    def spectra(columns: np.ndarray) -> list[list[Node]]:
        padded = [[graph.given(complex(x)) for x in [*column, *[0] * (size - length)]] for column in columns.T]
        return [transform(nodes, -1) for nodes in padded]

    pairs = list(zip(spectra(kernel), spectra(inputs), strict=True))
    summed = [total(K[j] * u[j] for K, u in pairs) for j in range(size)]
    scale = graph.given(1 / size)
    return [node * scale for node in transform(summed, 1)[:length]]


@pytest.mark.parametrize(("L", "d"), [(1, 1), (3, 2), (4, 3), (7, 1), (8, 5), (15, 2)])
def test_the_transform_gives_the_convolution_in_its_own_depth(L, d):
    """4 lg(2(L + 1)) + 2 + lg d: of the same growth as one tree of sums, with a constant about four times as large."""
    rng = np.random.default_rng((L, d))
    kernel, inputs = rng.integers(-3, 4, size=(2, L + 1, d))
    found = outputs(kernel, inputs)
    expected = [sum(kernel[lag] @ inputs[k - lag] for lag in range(k + 1)) for k in range(L + 1)]
    assert np.allclose([node.value for node in found], expected, atol=1e-9)
    depth = max(node.depth for node in found)
    assert depth == 4 * lg(2 * (L + 1)) + 2 + lg(d) > ssm_costs.convolution_depth(L, d)
