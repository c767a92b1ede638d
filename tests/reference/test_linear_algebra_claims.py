"""Claims about matrices: both judges agree, and each counterexample refutes its claim when it is worked out anew."""

# Matrices keep the course's symbols.
# ruff: noqa: N803, N806

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import sympy
from tables import table

from reference.linear_algebra import (
    definite_matrices,
    definiteness_claims,
    derivative_claims,
    map_claims,
    matrix_claims,
    search,
    shapes,
    spectrum_claims,
)

SPECS = Path(__file__).parents[2] / "problems" / "linear-algebra"
MODULES = [definiteness_claims, derivative_claims, map_claims, matrix_claims, spectrum_claims]


CLAIMS_SPECS = [table(path) for path in sorted(SPECS.glob("claims-*.yaml"))]


def pairs(module: ModuleType) -> list[tuple[str, str]]:
    """The functions that the specs name for a module: solve and confirm."""
    name = Path(str(module.__file__)).name
    (spec,) = [spec for spec in CLAIMS_SPECS if spec["solver"].endswith(f"/{name}")]
    return [(part["answer"]["solve"], part["confirm"]) for part in spec["parts"]]


CLAIMS = [(module, *pair) for module in MODULES for pair in pairs(module)]


def matrix(rows: object) -> sympy.Matrix:
    """A matrix in SymPy; a list of numbers is a column."""
    return sympy.Matrix(np.array(rows, dtype=object).tolist())


# What each counterexample has to show, worked out by SymPy.
REFUTED = {
    "symmetric_if_normal": lambda A: A * A.T == A.T * A and A.T != A,
    "diagonal_without_zeros": lambda A: A.is_diagonal() and 0 in A.diagonal(),
    "product_commutes": lambda A, B: A * B != B * A,
    "products_always_differ": lambda A, B: A != B and A * B == B * A,
    "commuting_with_all_is_identity": lambda J: sympy.eye(2) != J and J[0, 0] * sympy.eye(2) == J,
    "outer_product_is_symmetric": lambda x, y: x * y.T != y * x.T,
    "outer_product_has_rank_one": lambda x, y: (x * y.T).rank() != 1,
    "rank_counts_eigenvalues": lambda A: A.rank() != sum(n for value, n in A.eigenvals().items() if value != 0),
    "full_rank_is_one_to_one": lambda A, x: A.rank() == min(A.shape) and not any(A * x) and any(x),
    "sphere_is_stretched_by_eigenvalues": lambda A: (
        sorted(map(abs, map(float, A.eigenvals()))) != pytest.approx(sorted(map(float, A.singular_values())))
        and all(value.is_real for value in A.eigenvals())
    ),
    "determinant_is_ratio_of_volumes": lambda A: A.det() < 0,
    "square_matrices_are_diagonalisable": lambda A: not A.is_diagonalizable(),
    "eigenvectors_make_a_rotation": lambda A: (
        A.is_diagonalizable() and (A.eigenvects()[0][2][0].T * A.eigenvects()[1][2][0])[0, 0] != 0
    ),
    "positive_eigenvalues_make_positive_definite": lambda A, x: (
        all(value > 0 for value in A.eigenvals()) and (x.T * A * x)[0, 0] <= 0 and any(x)
    ),
    "indefinite_forms_have_no_zero": lambda A, x: (
        min(A.eigenvals()) < 0 < max(A.eigenvals()) and (x.T * A * x)[0, 0] == 0 and any(x)
    ),
    "definiteness_tells_the_spectrum": lambda A, B: (
        A.is_positive_definite and B.is_positive_definite and A.eigenvals() != B.eigenvals()
    ),
    "gradient_points_downhill": lambda A, x: any((A + A.T) * x),
    "quadratic_gradient_is_twice_A": lambda A, x: (A + A.T) * x != 2 * A * x,
    "last_row_of_a_matrix_gradient_is_row_n": lambda m, n: m != n,
    "second_derivatives_fill_d_p_p": lambda d, p: d * d * p != d * p * p,
    "vector_functions_have_one_value": lambda A, x: (A * x).shape != (1, 1),
}
TRUE = {
    "product_is_associative",
    "reversed_product_needs_equal_outer_sizes",
    "identity_changes_nothing",
    "inner_product_is_symmetric",
    "independent_columns_are_one_to_one",
    "row_part_has_the_same_image",
    "determinant_vanishes_without_full_rank",
    "symmetric_matrices_have_orthogonal_eigenvectors",
    "trace_is_the_sum_of_eigenvalues",
    "every_matrix_has_a_singular_value_decomposition",
    "positive_eigenvalues_of_symmetric_matrices",
    "indefinite_exactly_with_both_signs",
    "gradient_points_uphill",
    "hessian_is_symmetric",
}


@pytest.mark.parametrize(("module", "solve", "confirm"), CLAIMS, ids=[solve for _, solve, _ in CLAIMS])
def test_both_judges_agree_and_the_counterexample_refutes(module, solve, confirm):
    """The class is the one known here; a false claim comes with a case in which it fails."""
    found = getattr(module, solve)()
    assert found["is"] is getattr(module, confirm)() is (solve in TRUE)
    assert found["shows"]
    if found["is"]:
        assert "at" not in found
    else:
        at = {name: matrix(value) if isinstance(value, list) else value for name, value in found["at"].items()}
        assert REFUTED[solve](**at), found


def test_every_claim_of_the_modules_is_asked():
    """No judge is left over: each function without arguments is named by a spec."""
    for module in MODULES:
        own = {
            name
            for name, function in vars(module).items()
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        }
        assert own == {name for pair in pairs(module) for name in pair}
    assert {solve for _, solve, _ in CLAIMS} == TRUE | REFUTED.keys()


def test_a_claim_is_true_if_no_case_refutes_it_and_false_at_the_first_that_does():
    """The search says nothing of cases after the first counterexample."""
    cases = [{"n": n} for n in range(5)]
    assert search.judged(cases, lambda n: n > 9, str, "small numbers") == {"is": True, "shows": "Small numbers"}
    found = search.judged(cases, lambda n: n > 2, lambda n: f"{n} is large", "")
    assert found == {"is": False, "at": {"n": 3}, "shows": "3 is large"}


def test_small_matrices_and_vectors_are_all_tried():
    """3⁴ matrices, the first of the given entries in front; 3² − 1 vectors."""
    found = list(search.matrices(2, 2))
    assert len({str(M.tolist()) for M in found}) == 81
    assert not np.any(found[0])
    assert len(list(search.vectors(2))) == 8
    assert all(np.any(x) for x in search.vectors(2))


@pytest.mark.parametrize("seed", range(15))
def test_ranks_at_random(seed):
    """Elimination agrees with singular values on matrices of known rank."""
    rng = np.random.default_rng(seed)
    m, n, r = rng.integers(1, 5, size=3)
    M = rng.integers(-3, 4, size=(m, r)) @ rng.integers(-3, 4, size=(r, n))
    assert search.rank(search.exact_array(M.tolist(), "M")) == np.linalg.matrix_rank(M)


# ---------------------------------------------------------------- shown classes and shapes


@pytest.mark.parametrize(
    "rows",
    [[[2, 0], [0, 3]], [[1, 2], [2, 4]], [[-1, 0], [0, -1]], [[-1, 1], [1, -1]], [[1, -10], [0, 1]], [[0, 3], [3, 0]]],
)
def test_the_vectors_that_are_shown_have_the_signs_that_are_told(rows):
    """At x the form is 0 or positive, and at y it is negative."""
    found = definite_matrices.classified(rows)
    at = {name: matrix(value) for name, value in found.get("at", {}).items()}
    values = {name: (x.T * matrix(rows) * x)[0, 0] for name, x in at.items()}
    if found["is"] == "indefinite":
        assert values["x"] > 0 > values["y"]
    elif found["is"] in ("PSD", "NSD"):
        assert values == {"x": 0}
        assert any(at["x"])
    else:
        assert not values


@pytest.mark.parametrize(
    ("names", "sizes", "expected"),
    [
        (("product_shape", "product_shape_by_vectors"), (2, 3, 4), (2, 4)),
        (("outer_product_shape", "outer_product_shape_by_entries"), (2, 5), (2, 5)),
        (("gradient_shape", "gradient_shape_in_symbols"), (3,), (3,)),
        (("hessian_shape", "hessian_shape_in_symbols"), (3,), (3, 3)),
        (("matrix_gradient_shape", "matrix_gradient_shape_in_symbols"), (2, 3), (2, 3)),
        (("value_shape", "value_shape_in_symbols"), (2, 3), (3,)),
        (("jacobian_shape", "jacobian_shape_in_symbols"), (2, 3), (3, 2)),
        (("second_derivative_shape", "second_derivative_shape_in_symbols"), (2, 3), (2, 2, 3)),
    ],
)
def test_shapes_at_sizes_that_differ(names, sizes, expected):
    """Computed and symbolic shapes, at sizes of which no two are the same; large ones are refused."""
    for name in names:
        assert getattr(shapes, name)(*sizes) == expected
        with pytest.raises(ValueError, match="too large"):
            getattr(shapes, name)(*([500] * len(sizes)))
