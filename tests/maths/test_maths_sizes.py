"""What is declared of sizes and structures holds for what is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths.values import fields, structures
from grader.maths.values.domain import read_domain
from grader.maths.values.sizes import dealt, order
from grader.maths.values.spaces import Instance, Space


@given(st.integers(0, 20))
def test_tall_matrices_have_more_rows(turn: int) -> None:
    """Independent columns need at least as many rows; relations between sizes hold too."""
    tall = Space({"X": ("m", "n"), "Q": ("p", "m")}, {"X": "full column rank", "Q": "orthonormal columns"})
    sizes = tall.sizes(turn)
    assert sizes["p"] > sizes["m"] > sizes["n"]
    known = Space({"A": ("d", "n")}, domain=read_domain("d > n")).sizes(turn)
    assert known["d"] > known["n"]
    wide = Space({"A": ("m", "n")}, {"A": "wide"}).sizes(turn)
    assert wide["m"] < wide["n"]


def test_sizes_without_an_order_are_as_they_were() -> None:
    """Where nothing is declared nothing changes, and what cannot hold is left."""
    plain = Space({"A": ("m", "n")}, {"A": "square"})
    assert order(plain) == ()
    assert dealt({"m": 2, "n": 3}, (("m", "n", True), ("n", "m", True))) == {"m": 2, "n": 3}


def _drawn(structure: str, rows: int, columns: int, field: Any) -> Any:
    instance = Instance(Space({"A": (rows, columns)}, {"A": structure}), 3, field, {}, small=field.name != "modular")
    return instance.values["A"]


@pytest.mark.parametrize("field", [fields.exact(), fields.modular()], ids=["exact", "modular"])
def test_new_structures(field: Any) -> None:
    """Probabilities add up to 1, a one-hot vector has a single 1, a triangular factor has its zeros."""
    shares = _drawn("probability vector", 4, 1, field).entries()
    assert sum(shares[1:], shares[0]) == 1
    assert sorted(entry != 0 for entry in _drawn("one-hot", 4, 1, field).entries()) == [False, False, False, True]
    factor = _drawn("upper triangular positive diagonal", 3, 3, field)
    assert all(factor[i, j] == 0 for i in range(3) for j in range(i))
    assert any(factor[i, j] != 0 for i in range(3) for j in range(i + 1, 3))


def test_what_descends_is_positive() -> None:
    """A descending diagonal, and a descending vector, as singular values are."""
    along = _drawn("positive descending diagonal", 3, 3, fields.exact())
    assert along[0, 0] > along[1, 1] > along[2, 2] > 0
    assert along[0, 1] == 0
    entries = _drawn("descending", 3, 1, fields.exact()).entries()
    assert entries[0] > entries[1] > entries[2] > 0
    assert {"hot", "descending", "probability", "tall"} <= structures.WORDS
