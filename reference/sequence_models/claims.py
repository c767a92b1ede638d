"""Claims about grids of recurrent cells and momentum: true, or false with an example that shows it.

For each claim there are two functions. The first looks for a counterexample among small cases and hands it over, with
the numbers on both sides; the truth comes from running the thing itself. The second decides in another way. The models
are those of the modules beside this one; claims about an LSTM are in :mod:`reference.sequence_models.lstm_claims`, and
are named here as well.

A false claim is a mapping: ``is`` says False, ``at`` where it fails, ``shows`` what is there instead.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from reference.linear import determinant, exact_array, solve
from reference.sequence_models import grid_rnn, momentum
from reference.sequence_models.lstm_claims import (  # noqa: F401 - the spec finds them here
    cell_feels_the_slope_of_the_output_gate,
    cell_feels_the_slope_of_the_output_gate_at_random,
    forget_gate_meets_the_new_cell,
    forget_gate_meets_the_new_cell_at_random,
    forget_gate_meets_the_old_cell,
    forget_gate_meets_the_old_cell_at_random,
    gates_see_the_old_input,
    gates_see_the_old_input_at_random,
    hidden_gradient_shrinks_by_tanh,
    hidden_gradient_shrinks_by_tanh_by_nudges,
)

Verdict = bool | dict[str, Any]

# ---------------------------------------------------------------- grids


def vector_costs_as_much_as_a_matrix() -> Verdict:
    """Claim: A x takes as many multiplications as A B with a B of two columns or more."""
    for a, b, c in product((2, 3), (2, 3), (2, 4)):
        vector, matrix = a * b, a * b * c
        if vector != matrix:
            shows = f"A x takes {vector} multiplications and A B takes {matrix}"
            return {"is": False, "at": {"a": a, "b": b, "c": c}, "shows": shows}
    return True


def vector_costs_as_much_as_a_matrix_counted() -> bool:
    """The same, by counting in loops."""
    a, b, c = 3, 4, 2
    return sum(1 for _ in np.ndindex(a, b)) == sum(1 for _ in np.ndindex(a, b, c))


def grid_is_done_in_a_row() -> Verdict:
    """Claim: a G x G grid is done after G units of time."""
    for G in range(2, 6):
        taken = grid_rnn.longest_chain(G)
        if taken != G:
            return {
                "is": False,
                "at": {"G": G},
                "shows": f"the last cell waits for {taken - 1} others and runs at time {taken}",
            }
    return True


def grid_is_done_in_a_row_by_rounds() -> bool:
    """The same, by running all cells that can run."""
    return all(grid_rnn.rounds(G) == G for G in range(2, 9))


def antidiagonals_run_together() -> bool:
    """Claim: with one unit of time for a cell, those with equal r + s run at the same time."""
    size = 9
    nodes = grid_rnn.times(size)
    return all(
        len({nodes[r, s] for r in range(size) for s in range(size) if r + s == k}) == 1 for k in range(2 * size - 1)
    )


def antidiagonals_run_together_by_reach() -> bool:
    """The same: no cell of an antidiagonal is reached from another one of it by steps to the east and south."""
    cells = [(r, s) for r in range(7) for s in range(7)]
    return not any(
        one != other and sum(one) == sum(other) and other[0] >= one[0] and other[1] >= one[1]
        for one, other in product(cells, cells)
    )


# ---------------------------------------------------------------- momentum


def _quadratic(second: Any) -> momentum.Gradient:
    return lambda theta: second @ theta


def jacobian_leaves_out_the_position() -> Verdict:
    """Claim: the Jacobian is [[I, 0], [−αH, βI]]."""
    for second, alpha, beta in product((1, 2, -1), (Fraction(1, 2), Fraction(1)), (Fraction(1, 2), Fraction(2))):
        found = momentum.jacobian([[second]], alpha, beta)
        claimed = np.array([[1, 0], [-alpha * second, beta]])
        if np.any(found != claimed):
            rows = ", ".join(f"[{row[0]}, {row[1]}]" for row in found.tolist())
            shows = f"with D = 1 the Jacobian is [{rows}]: θ_(k+1) contains p_(k+1), which depends on θ_k and p_k"
            return {"is": False, "at": {"H": second, "α": alpha, "β": beta}, "shows": shows}
    return True


def jacobian_leaves_out_the_position_at_random() -> bool:
    """The same in three dimensions, by complex steps."""
    second, eye = np.array([[2.0, 1.0, 0.0], [1.0, -3.0, 1.0], [0.0, 1.0, 1.0]]), np.eye(3)
    exact = [[Fraction(entry) for entry in row] for row in second.tolist()]
    found = momentum.jacobian_by_complex_steps(exact, Fraction(1, 5), Fraction(9, 10))
    return bool(np.allclose(found, np.block([[eye, 0 * eye], [-0.2 * second, 0.9 * eye]])))


def volume_does_not_depend_on_the_loss() -> bool:
    """Claim: the determinant of the Jacobian is the same for every F and α."""
    found = {
        determinant(momentum.jacobian([[a, b], [b, c]], alpha, Fraction(3, 4)))
        for a, b, c in product((-2, 0, 3), (0, 1), (1, 5))
        for alpha in (Fraction(0), Fraction(1, 3), Fraction(2))
    }
    return len(found) == 1


def volume_does_not_depend_on_the_loss_by_substeps() -> bool:
    """The same: the step is two shears and one stretch, and only the stretch, which has no F, changes volumes."""
    for second in (np.array([[1.0, 2.0], [2.0, -3.0]]), np.array([[0.0, 1.0], [1.0, 4.0]])):
        eye, nothing = np.eye(2), np.zeros((2, 2))
        stretch = np.block([[eye, nothing], [nothing, 0.75 * eye]])
        push = np.block([[eye, nothing], [-0.4 * second, eye]])
        move = np.block([[eye, eye], [nothing, eye]])
        whole = np.array(momentum.jacobian(second.astype(int).tolist(), Fraction(2, 5), Fraction(3, 4)), float)
        shears = [abs(np.linalg.det(shear) - 1) < 1e-12 for shear in (push, move)]
        if not (all(shears) and np.allclose(move @ push @ stretch, whole)):
            return False
    return True


def old_momentum_from_the_new_gradient() -> Verdict:
    """Claim: p_k = (p_(k+1) + α ∇F(θ_(k+1)))/β."""
    for second, position, speed in product((1, 2), (1, 0), (1, 2)):
        alpha = beta = Fraction(1, 2)
        gradient = _quadratic(exact_array([[second]], "H"))
        theta, p = exact_array([[position]], "θ"), exact_array([[speed]], "p")
        after, moved = momentum.step(theta, p, alpha, beta, gradient)
        claimed = (moved + alpha * gradient(after)) / beta
        if np.any(claimed != p):
            reached = f"leads to θ = {after[0, 0]} and p = {moved[0, 0]}"
            start = f"with F = H θ²/2, a step from θ = {position} and p = {speed}"
            shows = f"{start} {reached}; from there the formula gives p = {claimed[0, 0]}"
            return {"is": False, "at": {"H": second, "α": alpha, "β": beta}, "shows": shows}
    return True


def old_momentum_from_the_new_gradient_solved() -> bool:
    """The same in two dimensions, against the solution of the linear equations of a step."""
    alpha, beta = Fraction(1, 3), Fraction(4, 5)
    second = exact_array([[2, 1], [1, 3]], "H")
    after, moved = exact_array([[1], [2]], "θ"), exact_array([[-1], [4]], "p")
    state = solve(momentum.jacobian(second.tolist(), alpha, beta), np.concatenate([after, moved]))
    return bool(np.all(state[2:] == (moved + alpha * (second @ after)) / beta))
