"""What the tests of equality share: symbols, and what is decided of two formulas."""

from __future__ import annotations

from typing import Any

from tree_strategies import reread

from grader.maths.deciding.equality import Outcome, Scalar
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.scope import Scope, formulas_in
from grader.maths.tree import Node
from grader.maths.values.domain import read_domain
from grader.maths.values.spaces import Space

FREE = Scope(free=True)
SHAPES: dict[str, tuple[str | int, ...]] = {
    "A": ("d", "d"), "B": ("d", "d"), "S": ("d", "d"), "X": ("n", "d"), "Y": ("n", "d"), "p": ("d", 1),
    "q": ("d", 1), "λ": (),
}  # fmt: skip
SPACE = Space(SHAPES, {"S": "symmetric"}, rows={"X": "x_i"}, sums={"i": "n"})
SCOPE = formulas_in((*SHAPES, "n", "d", "x_i", "x"), (*(name for name in SHAPES if name != "λ"), "x_i", "x"))


def compared(one: str, other: str, domain: str = "") -> Outcome:
    """What is decided of two scalar formulas; the first is the key."""
    return Scalar(reread(one, FREE), read_domain(domain)).compare(reread(other, FREE))


def tree(text: str) -> Node:
    """The tree of a formula in the matrices above."""
    return reread(text, SCOPE)


def compared_matrices(one: str, other: str, **options: Any) -> Outcome:
    """What is decided of two formulas in matrices; the first is the key."""
    return MatrixKey(tree(one), SPACE).compare(tree(other), **options)
