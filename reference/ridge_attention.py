"""Ridge attention: what a layer costs, what an inverse's update costs, and where gradients go.

A non-causal layer answers n queries from one pool of n (key, value) pairs by ridge regression. With the rows
of K, V and Q (each n x d) as keys, values and queries, the outputs are the rows of Q M⁻¹ KᵀV, where
M = KᵀK + λI is d x d.

Costs are counted twice. The solvers add up exact costs in the assignment's own model: d² for a d x d matrix
times a vector, or for a dyad; d³ for inverting or multiplying d x d matrices; one for each scalar operation
beyond these. The confirming functions run an instrumented implementation, which counts every scalar
operation it really performs, and read the class off the counts.

Sources: Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970); Sherman and Morrison, Annals of
Mathematical Statistics 21 (1950).

Sizes n and d are counts of vectors and of coordinates; costs are numbers of operations.

The problem's other questions have modules of their own, whose functions are named here as well: formulas
(:mod:`reference.ridge_formulas`) and the costs of causal attention (:mod:`reference.ridge_costs`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reference.graphs import Graph, Grid, Node, inverse, minus, product, transposed
from reference.growth import Class, class_of_degrees, degree, tight_class
from reference.ridge_costs import (  # noqa: F401 - the spec finds them here
    built_causal_attention_depth,
    built_causal_attention_work,
    causal_attention_depth,
    causal_attention_work,
)
from reference.ridge_formulas import (  # noqa: F401 - the spec finds them here
    attention_output,
    attention_output_by_descent,
    changed_inverse,
    changed_inverse_by_cofactors,
    mean_by_descent,
    mean_with_point,
    ridge_matrix,
    ridge_matrix_by_loss,
    ridge_vector,
    ridge_vector_by_loss,
    value_weights,
    value_weights_by_descent,
)

Array = npt.NDArray[Any]  # of floats, or of complex numbers where a docstring says so

# ---------------------------------------------------------------- costs in the assignment's model


def layer_cost(n: int, d: int) -> int:
    """Operations of one layer, in the assignment's model.

    The pool is summed up once: n dyads k kᵀ and n dyads k vᵀ, and their additions; λ is added on the
    diagonal; one inversion; one product M⁻¹ KᵀV; and for each query one vector times a d x d matrix.
    """
    dyads = 2 * n * d**2
    additions = 2 * n * d**2 + d
    return dyads + additions + d**3 + d**3 + n * d**2


def layer_work(layer_classes: Mapping[str, Class]) -> str:
    """The option that names the growth of the layer's cost tightly, for d < n.

    Args:
        layer_classes: option key → exponents of n and d.
    """
    return tight_class(layer_cost, layer_classes)


def update_cost(d: int) -> int:
    """Operations of one update of a known d x d inverse after a rank-one change, in the assignment's model.

    M⁻¹u and vᵀM⁻¹ (d² each), vᵀ(M⁻¹u) (d), add 1 and divide (2), scale one vector (d), the dyad (d²) and
    its subtraction (d²).
    """
    return 2 * d**2 + d + 2 + d + 2 * d**2


def update_work(update_classes: Mapping[str, Class]) -> str:
    """The option that names the growth of the update's cost tightly.

    Args:
        update_classes: option key → exponent of d.
    """
    return tight_class(lambda _n, d: update_cost(d), update_classes)


# ---------------------------------------------------------------- counted implementations


def counted_layer(K: Grid, V: Grid, Q: Grid, ridge: Node) -> Grid:
    """Outputs Q (KᵀK + λI)⁻¹ KᵀV of a layer, n x d, with every operation counted in the nodes' graph."""
    gram = product(transposed(K), K)
    for i, row in enumerate(gram):
        row[i] = row[i] + ridge
    weights = product(inverse(gram), product(transposed(K), V))
    return product(Q, weights)


def counted_update(known: Grid, u: Grid, v: Grid) -> Grid:
    """(M + u vᵀ)⁻¹ from M⁻¹ (d x d) and the columns u, v (d x 1), with every operation counted."""
    right = product(known, u)
    left = product(transposed(v), known)
    scale = known[0][0].graph.given(1) + product(transposed(v), right)[0][0]
    change = product([[row[0] / scale] for row in right], left)
    return minus(known, change)


def _integers(rng: np.random.Generator, rows: int, columns: int) -> list[list[int]]:
    return [[int(entry) for entry in row] for row in rng.integers(-2, 3, size=(rows, columns))]


def measured_layer_cost(n: int, d: int) -> int:
    """Scalar operations that a layer of these sizes really performs; the numbers in it do not matter."""
    graph = Graph()
    rng = np.random.default_rng(n * 1000 + d)
    K, V, Q = (graph.grid(_integers(rng, n, d)) for _ in range(3))
    counted_layer(K, V, Q, graph.given(1))
    return graph.work


def measured_update_cost(d: int) -> int:
    """Scalar operations that an update of these sizes really performs."""
    graph = Graph()
    known = graph.grid([[int(i == j) for j in range(d)] for i in range(d)])
    ones = [[1] for _ in range(d)]
    counted_update(known, graph.grid(ones), graph.grid(ones))
    return graph.work


def measured_layer_work(layer_classes: Mapping[str, Class]) -> str:
    """The same option as :func:`layer_work`, from the degrees of the counted operations."""
    fixed = degree([measured_layer_cost(n, 2) for n in range(3, 8)])
    root = degree([measured_layer_cost(d * d, d) for d in range(2, 9)])
    both = degree([measured_layer_cost(d + 1, d) for d in range(1, 8)])
    return class_of_degrees(fixed, root, both, layer_classes)


def measured_update_work(update_classes: Mapping[str, Class]) -> str:
    """The same option as :func:`update_work`, from the degree of the counted operations."""
    power = degree([measured_update_cost(d) for d in range(1, 9)])
    return class_of_degrees(0, power, power, update_classes)


# ---------------------------------------------------------------- gradients

Inputs = dict[str, Array]  # "lambda" (1), "keys", "values", "queries" (n x d)
Layer = Callable[[Inputs], Array]


def layer(inputs: Inputs) -> Array:
    """Outputs of a ridge attention layer, n x d; real or complex inputs (nothing is conjugated)."""
    K = inputs["keys"]
    M = K.T @ K + inputs["lambda"][0] * np.eye(K.shape[1])
    out: Array = inputs["queries"] @ np.linalg.solve(M, K.T @ inputs["values"])
    return out


def instance(seed: int, pairs: int, dimension: int) -> tuple[Inputs, Array]:
    """A generic instance and the gradient that arrives from downstream.

    Args:
        seed: of the generator.
        pairs: n.
        dimension: d.

    Returns:
        The inputs (standard normal entries; λ between 0.5 and 1.5) and ∂loss/∂outputs, n x d.
    """
    rng = np.random.default_rng(seed)
    inputs: Inputs = {name: rng.normal(size=(pairs, dimension)) for name in ("keys", "values", "queries")}
    inputs["lambda"] = rng.uniform(0.5, 1.5, size=1)
    return inputs, rng.normal(size=(pairs, dimension))


def difference_gradients(run: Layer, inputs: Inputs, downstream: Array, step: float = 1e-5) -> dict[str, Array]:
    """Gradient of the loss Σ downstream ∘ run(inputs) for every input, by central differences.

    The error is of order step² plus rounding of order 1e-16 / step.
    """
    gradients = {}
    for name, value in inputs.items():
        gradient = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            losses = []
            for shift in (step, -step):
                moved = value.copy()
                moved[index] += shift
                losses.append(float(np.sum(downstream * run({**inputs, name: moved}).real)))
            gradient[index] = (losses[0] - losses[1]) / (2 * step)
        gradients[name] = gradient
    return gradients


def reverse_gradients(inputs: Inputs, downstream: Array) -> dict[str, Array]:
    """The same gradients for :func:`layer`, by hand-written backpropagation.

    With P = M⁻¹, S = KᵀV and G = ∂loss/∂outputs: ∂S = P Qᵀ G, ∂M = −∂S Sᵀ P, then ∂Q = G Sᵀ P, ∂V = K ∂S,
    ∂K = V ∂Sᵀ + K(∂M + ∂Mᵀ), and ∂λ = tr ∂M. (P is symmetric.)
    """
    K, V, Q = inputs["keys"], inputs["values"], inputs["queries"]
    P = np.linalg.inv(K.T @ K + inputs["lambda"][0] * np.eye(K.shape[1]))
    S = K.T @ V
    S_bar = P @ Q.T @ downstream
    M_bar = -S_bar @ S.T @ P
    return {
        "lambda": np.array([np.trace(M_bar)]),
        "keys": V @ S_bar.T + K @ (M_bar + M_bar.T),
        "values": K @ S_bar,
        "queries": downstream @ S.T @ P,
    }


def reached(gradients: Sequence[Mapping[str, Array]], learned: Mapping[str, str]) -> list[str]:
    """Keys of the inputs whose gradient is clearly not 0 at every instance.

    Central differences are off by less than 1e-7 here, and gradients of a generic instance are of order 1;
    1e-4 stands well between.
    """
    unknown = set(learned.values()) - set(gradients[0])
    if unknown:
        raise ValueError(f"unknown inputs {sorted(unknown)}, expected some of {sorted(gradients[0])}")
    return [key for key, name in learned.items() if all(float(np.linalg.norm(g[name])) > 1e-4 for g in gradients)]


def gradient_inputs(learned: Mapping[str, str], pairs: int, dimension: int, seeds: Sequence[int]) -> list[str]:
    """The options whose input receives a gradient, by central differences at generic instances.

    Args:
        learned: option key → "lambda", "keys", "values" or "queries".
        pairs: n, number of keys, values and queries of an instance.
        dimension: d.
        seeds: one instance each.
    """
    drawn = [instance(seed, pairs, dimension) for seed in seeds]
    return reached([difference_gradients(layer, inputs, down) for inputs, down in drawn], learned)


def backprop_inputs(learned: Mapping[str, str], pairs: int, dimension: int, seeds: Sequence[int]) -> list[str]:
    """The same options as :func:`gradient_inputs`, by hand-written backpropagation."""
    drawn = [instance(seed, pairs, dimension) for seed in seeds]
    return reached([reverse_gradients(inputs, down) for inputs, down in drawn], learned)
