"""Sums that a text tells step by step: ``S_0 = 0, S_t = S_{t−1} + k_t v_tᵀ`` is Σ k_i v_iᵀ over i up to t."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

from grader.maths.substitution import substituted
from grader.maths.tree import Big, Binary, Node, Number, Symbol, Unary, walk

_INDICES = "ijl"
_ONE = Number(Fraction(1), "1")


def refers_to_itself(name: str, node: Node, known: Set[str] = frozenset()) -> bool:
    """Whether a symbol is told by another one of its own name, such as the one before it.

    Args:
        name: of the symbol, with its subscript.
        node: what it is set equal to.
        known: symbols that the question declares; θ_k = θ_{k+1} − p_{k+1} tells θ_k where θ_{k+1} is one of them.
    """
    base = name.partition("_")[0]
    return any(isinstance(here, Symbol) and here.name == base and here.full not in known for here in walk(node))


def accumulated(name: str, node: Node, starts: Mapping[str, Node]) -> Node | None:
    """What a symbol is worth that grows by one term at each step.

    Args:
        name: such as ``S_t``.
        node: what it is set equal to, such as S_{t−1} + k_t v_tᵀ.
        starts: what the text says of other symbols, S_0 among them.

    Returns:
        Its start and the sum of the terms; None where it grows otherwise, or nothing is said of its start.
    """
    base, _, step = name.partition("_")
    start = starts.get(f"{base}_0")
    if start is None or len(step) != 1 or not step.isalpha() or refers_to_itself(base, start):
        return None
    terms = list(_terms(node, positive=True))
    before = (Symbol(base, f"{step}-1"), True)
    rest = [term for term in terms if term != before]
    if len(rest) != len(terms) - 1 or not rest or any(refers_to_itself(base, term) for term, _ in rest):
        return None
    index = next((letter for letter in _INDICES if letter != step and not _occurs(letter, rest)), "")
    if not index or any(step in s.sub and s.sub != step for term, _ in rest for s in _symbols(term)):
        return None
    whole = None if isinstance(start, Number) and start.value == 0 else start
    for term, positive in rest:
        named = {s.full: Symbol(s.name, index) for s in _symbols(term) if s.sub == step}
        summed = Big("Σ", substituted(term, named), index, _ONE, Symbol(step))
        part = summed if positive else Unary("-", summed)
        whole = part if whole is None else Binary("+", whole, part)
    return whole


def _terms(node: Node, *, positive: bool) -> Iterator[tuple[Node, bool]]:
    """The terms of a sum, each with whether it is added."""
    while isinstance(node, Binary) and node.op in "+-":  # a chain may be long, so no recursion to the left
        yield node.right, positive == (node.op == "+")
        node = node.left
    yield node, positive


def _symbols(node: Node) -> Iterator[Symbol]:
    return (here for here in walk(node) if isinstance(here, Symbol))


def _occurs(letter: str, terms: list[tuple[Node, bool]]) -> bool:
    return any(letter in (s.name, s.sub) for term, _ in terms for s in _symbols(term))
