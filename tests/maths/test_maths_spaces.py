"""Random instances of declared matrices: their shapes and their structure hold exactly."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_strategies import reread

from grader.maths.reading.scope import formulas_in
from grader.maths.values import fields, structures
from grader.maths.values.domain import read_domain
from grader.maths.values.fields import RetryError
from grader.maths.values.operations import ShapeError, shape_of
from grader.maths.values.showing import shown, value_text
from grader.maths.values.spaces import Instance, Space

FIELDS = pytest.mark.parametrize("field", [fields.exact(), fields.modular()], ids=["rationals", "mod p"])


def entries(field: Any, seed: int) -> structures.Source:
    """Small random numbers."""
    return lambda i, j: field.number(Fraction(fields.drawn(seed, i, j) % 11 - 5))


def unit(field: Any, size: int) -> Any:
    """The identity."""
    return field.matrix(size, size, [field.number(Fraction(i == j)) for i in range(size) for j in range(size)])


@FIELDS
@pytest.mark.parametrize("seed", range(4))
def test_structures_hold_exactly(field: Any, seed: int) -> None:
    """Symmetric, skew, diagonal, triangular, orthogonal and projecting matrices are what they are called."""
    draw = {}
    for words in ("symmetric", "skew", "diagonal", "orthogonal", "projection", "upper triangular",
    "lower triangular", "identity",
                  "symmetric positive definite", "positive semi-definite", "positive diagonal",
                  "invertible"):  # fmt: skip
        draw[words] = structures.drawn(words, 4, 4, entries(field, seed), field)
        assert shape_of(draw[words]) == (4, 4)
    for words in ("symmetric", "symmetric positive definite", "positive semi-definite", "projection"):
        assert draw[words] == draw[words].transpose(), words
    assert draw["skew"] == -draw["skew"].transpose()
    assert draw["orthogonal"].transpose() * draw["orthogonal"] == unit(field, 4)
    assert draw["projection"] * draw["projection"] == draw["projection"]
    assert draw["projection"] != unit(field, 4)
    assert draw["identity"] == unit(field, 4)
    for i in range(4):
        for j in range(4):
            assert i == j or draw["diagonal"][i, j] == 0
            assert i <= j or draw["upper triangular"][i, j] == 0
            assert i >= j or draw["lower triangular"][i, j] == 0


@FIELDS
def test_rectangular_orthogonal_matrices_have_orthonormal_columns_or_rows(field: Any) -> None:
    """The shorter of the two products with the transpose is the identity; a unit vector has length 1."""
    tall = structures.drawn("orthonormal columns", 5, 3, entries(field, 1), field)
    wide = structures.drawn("orthonormal", 2, 4, entries(field, 2), field)
    vector = structures.drawn("unit", 4, 1, entries(field, 3), field)
    assert tall.transpose() * tall == unit(field, 3)
    assert wide * wide.transpose() == unit(field, 2)
    assert (vector.transpose() * vector)[0, 0] == 1


@pytest.mark.parametrize(
    "field", [fields.exact(), fields.modular(), fields.real_balls()], ids=["rationals", "mod p", "balls"]
)
def test_a_full_rank_is_full(field: Any) -> None:
    """Entries for which it is not are drawn anew, also where the rank of a matrix of balls cannot be taken."""

    def dependent(i: int, j: int) -> Any:
        return field.number(Fraction((i + 1) * (j + 2)))

    for words, rows, columns in (("full column rank", 4, 2), ("full row rank", 2, 3), ("invertible", 3, 3)):
        with pytest.raises(RetryError, match="rank"):
            structures.drawn(words, rows, columns, dependent, field)
        drawn = structures.drawn(words, rows, columns, entries(field, 5), field)
        assert shape_of(drawn) == (rows, columns)
    assert shape_of(structures.drawn("", 3, 3, dependent, field)) == (3, 3)


def test_definite_matrices_are_definite() -> None:
    """All leading minors of a positive definite matrix are positive; the diagonal of a positive one too."""
    field = fields.exact()
    for seed in range(4):
        matrix = structures.drawn("positive definite", 4, 4, entries(field, seed), field)
        for size in range(1, 5):
            corner = field.matrix(size, size, [matrix[i, j] for i in range(size) for j in range(size)])
            assert corner.det() > 0
        diagonal = structures.drawn("positive diagonal", 3, 3, entries(field, seed), field)
        assert all(diagonal[i, i] > 0 for i in range(3))


SPACE = Space(
    {"K": ("n", "d"), "V": ("n", "e"), "q": ("d", 1), "λ": (), "S": ("d", "d"), "U": ("d", "d"), "c_i": (), "n": ()},
    {"S": "symmetric", "U": "orthogonal"},
    rows={"K": "k_i", "V": "v_i"},
    sums={"i": "n"},
    domain=read_domain("λ > 0"),
)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.sampled_from(["modular", "exact", "balls"]))
def test_instances_have_the_declared_shapes_and_structure(turn: int, which: str) -> None:
    """Sizes differ from one another and from 1; matrices have them; rows of a matrix are its rows."""
    field: Any = {"modular": fields.modular(), "exact": fields.exact(), "balls": fields.real_balls()}[which]
    sizes = SPACE.sizes(turn)
    assert len({1, *sizes.values()}) == 4
    try:
        instance = Instance(SPACE, turn, field, sizes, small=which != "modular")
    except RetryError:
        return
    values = instance.values
    for name, shape in (("K", ("n", "d")), ("V", ("n", "e")), ("S", ("d", "d")), ("U", ("d", "d"))):
        assert shape_of(values[name]) == tuple(sizes[size] for size in shape)
    assert shape_of(values["q"]) == (sizes["d"], 1)
    assert instance.whole["n"] == sizes["n"]
    row = instance.element("k", (2,))
    assert shape_of(row) == (sizes["d"], 1)
    if which == "balls":
        return
    assert values["S"] == values["S"].transpose()
    assert values["U"] * values["U"].transpose() == unit(field, sizes["d"])
    assert [row[i, 0] for i in range(sizes["d"])] == [values["K"][1, i] for i in range(sizes["d"])]
    assert instance.element("c", (1,)) != instance.element("c", (2,))
    with pytest.raises(RetryError):
        instance.element("k", (sizes["n"] + 1,))


def test_an_instance_is_drawn_alike_every_time() -> None:
    """The same turn gives the same matrices, another turn others."""
    one, two, other = (Instance(SPACE, turn, fields.modular(), SPACE.sizes(0)) for turn in (0, 0, 1))
    assert one.values["K"] == two.values["K"]
    assert one.values["K"] != other.values["K"]


def test_numbers_satisfy_the_domain_also_where_they_may_be_negative() -> None:
    """A number of which nothing is known may be negative where that is wanted; one that is positive stays so."""
    space = Space({"A": ("d", "d"), "λ": (), "μ": ()}, domain=read_domain("λ > 0"))
    drawn = [
        Instance(space, turn, fields.exact(), space.sizes(turn), small=True, positive=False).values for turn in range(8)
    ]
    assert all(values["λ"] > 0 for values in drawn)
    assert {values["μ"] > 0 for values in drawn} == {True, False}


def test_definitions_are_worked_out_and_must_fit() -> None:
    """A defined symbol has the value of its formula; one that does not have its declared shape is an error."""
    scope = formulas_in(("K", "M", "λ"), ("K", "M"))
    space = Space({"K": ("n", "d"), "λ": (), "M": ("d", "d")}, definitions={"M": reread("K'K + λI", scope)})
    instance = Instance(space, 0, fields.exact(), space.sizes(0), small=True)
    key = instance.values["K"]
    expected = key.transpose() * key + unit(instance.field, space.sizes(0)["d"]) * instance.values["λ"]
    assert instance.values["M"] == expected
    wrong = Space({"K": ("n", "d"), "M": ("d", "d")}, definitions={"M": reread("K K'", scope)})
    with pytest.raises(ShapeError, match="definition of M"):
        Instance(wrong, 0, fields.exact(), wrong.sizes(0))


def test_values_are_shown_as_a_person_writes_them() -> None:
    """A column is a transposed row, a matrix has its rows in brackets, a size is a number."""
    space = Space({"A": ("d", "d"), "q": ("d", 1), "λ": ()})
    instance = Instance(space, 0, fields.exact(), {"d": 2}, small=True)
    told = dict(shown(instance, ["A", "q", "λ", "d", "Z"]))
    assert told.keys() == {"A", "q", "λ", "d"}
    assert told["A"].startswith("[[")
    assert told["q"].endswith("]ᵀ")
    assert told["d"] == "2"
    assert value_text(instance.values["λ"]) == told["λ"]


def test_a_space_draws_an_instance_once_and_goes_to_another_process_without_it() -> None:
    """All who compare in a space share its instances; what is sent elsewhere is the declaration alone."""
    space = Space({"A": ("n", "n"), "x": ("n",)})
    first = space.instance(0, fields.modular())
    assert space.instance(0, fields.modular()) is first and space.instance(1, fields.modular()) is not first
    again = Instance(space, 0, fields.modular(), space.sizes(0))
    assert again.values == first.values
    sent = pickle.loads(pickle.dumps(space))  # noqa: S301  # our own bytes
    assert sent == space and sent.instance(0, fields.modular()).values == first.values
