"""What a text says of symbols of its own in a cost: “O(N log k), where N = n k”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.answers._growth.read import HEADS, Bound, cost_at
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.substitution import substituted
from grader.maths.tree import Node, symbols_in

_JOINTS = frozenset("where with let letting here for and using , ; : ( )".split())
"""Before a definition, and between two."""

_INSIDE = frozenset("= + - – − * / ^ ( [ < > ≤ ≥ ≈ ∈ √ \\sqrt \\frac {".split())
"""Right before a symbol: it stands inside of a formula, and what follows defines nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """A definition.

    Args:
        name: the symbol.
        node: what it stands for.
        first, last: index of the first token, and past the last.
    """

    name: str
    node: Node
    first: int
    last: int


def definitions(tokens: Sequence[Token], variables: tuple[str, ...]) -> dict[str, Told]:
    """Symbols that a text sets equal to a cost in the declared variables, by their names.

    A symbol that is set equal to two different things stands for neither.

    Args:
        tokens: of the text.
        variables: declared names; without any, no symbol is one of the text's own.
    """
    found: dict[str, Told] = {}
    twice: set[str] = set()
    for told in _told(tokens, variables) if variables else ():
        known = found.setdefault(told.name, told)
        if known.node != told.node:
            twice.add(told.name)
    return {name: told for name, told in found.items() if name not in twice}


def _told(tokens: Sequence[Token], variables: tuple[str, ...]) -> Iterator[Told]:
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NAME or text_at(tokens, at + 1) != "=":
            continue
        name = token.symbol
        if name in variables or name in HEADS:
            continue
        inside = at > 0 and tokens[at - 1].text in _INSIDE and not (tokens[at - 1].text == "(" and tokens[at - 1].space)
        run = None if inside else cost_at(tokens, at + 2, variables)
        if run is None or run.bound.head or run.bound.other or text_at(tokens, run.last) in ("=", "≈"):
            continue
        named = symbols_in(run.bound.node)
        if named and named <= set(variables):
            yield Told(name, run.bound.node, at, run.last)


def needed(node: Node, told: Mapping[str, Told]) -> list[Told]:
    """The definitions that a cost needs, in the order of the text.

    Args:
        node: the cost.
        told: as :func:`definitions` finds them.
    """
    return sorted((told[name] for name in symbols_in(node) & told.keys()), key=lambda one: one.first)


def put_in(told: Sequence[Told], bound: Bound) -> Bound:
    """A class with definitions in the place of its symbols.

    Args:
        told: the definitions.
        bound: the class.
    """
    by = {one.name: one.node for one in told}
    other = bound.other and substituted(bound.other, by)
    return replace(bound, node=substituted(bound.node, by), other=other) if told else bound


def split_off(tokens: Sequence[Token], variables: tuple[str, ...]) -> tuple[Sequence[Token], dict[str, Told]]:
    """A bare answer without the definitions at its end, and these; all of it where it does not end with them.

    Args:
        tokens: of the answer.
        variables: declared names.
    """
    told = definitions(tokens, variables)
    last = len(tokens)
    kept: dict[str, Told] = {}
    for one in sorted(told.values(), key=lambda one: -one.first):
        if any(token.text.lower() not in _JOINTS for token in tokens[one.last : last]):
            break
        start = one.first
        while start > 0 and tokens[start - 1].text.lower() in _JOINTS and tokens[start - 1].text != ")":
            start -= 1
        if start in (0, one.first):
            break
        last, kept[one.name] = start, one
    return tokens[:last], kept
