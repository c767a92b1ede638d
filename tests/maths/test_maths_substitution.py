"""Trees with expressions put in the place of symbols."""

from __future__ import annotations

from tree_strategies import reread

from grader.maths.reading.scope import Scope
from grader.maths.substitution import MAX_SIZE, substituted
from grader.maths.tree import Node, symbols_in, walk

SCOPE = Scope(free=True)


def tree(text: str) -> Node:
    """The tree of a formula."""
    return reread(text, SCOPE)


def test_definitions_are_put_in_as_wholes() -> None:
    """A sum in the place of a factor keeps its brackets; names with a subscript are names of their own."""
    assert substituted(tree("2s"), {"s": tree("x+1")}) == tree("2(x+1)")
    assert substituted(tree("s_1 + s"), {"s": tree("x")}) == tree("s_1 + x")
    assert substituted(tree("s_1 + s"), {"s_1": tree("x")}) == tree("x + s")


def test_definitions_may_use_one_another() -> None:
    """A chain of definitions is followed; what is not defined stays."""
    assert substituted(tree("a"), {"a": tree("b+1"), "b": tree("c^2")}) == tree("c^2+1")
    assert substituted(tree("x"), {"a": tree("b")}) == tree("x")


def test_every_kind_of_node_is_entered() -> None:
    """Sums, their bounds, functions and their bases, matrices, lists, relations and cases hold the definition after."""
    for text in ("\\sum_{i=1}^s x_i", "\\sum_{i=s}^n i", "log_s x", "\\sqrt[s]{x}", "[[s, 1], [1, 2]]", "(s, 1)",
    "s!", "max(s, 1)",
                 "y = s", "\\begin{cases} s & x = 1 \\\\ 1 & s > 0 \\end{cases}", "|s|", "-s", "1[s = 0]"):  # fmt: skip
        assert "s" not in symbols_in(substituted(tree(text), {"s": tree("t + 1")})), text


def test_a_bound_index_is_not_replaced() -> None:
    """The index of a sum is another symbol than one of the same name outside."""
    assert substituted(tree("i + \\sum_{i=1}^n i"), {"i": tree("7")}) == tree("7 + \\sum_{i=1}^n i")


def test_circles_and_explosions_end() -> None:
    """A definition of itself ends after some rounds, and one that doubles at every step before it is too large."""
    assert sum(1 for _ in walk(substituted(tree("a"), {"a": tree("a + a")}))) <= MAX_SIZE
    chain = {f"a_{i}": tree(f"a_{i + 1} + a_{i + 1}") for i in range(60)}
    assert sum(1 for _ in walk(substituted(tree("a_0 + a_0"), chain))) <= MAX_SIZE
