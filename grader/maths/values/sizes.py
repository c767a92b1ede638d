"""The sizes of matrices and the steps of indices: values for them, and what is declared of their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import permutations
from math import gcd
from typing import TYPE_CHECKING

from grader.maths.tree import Symbol

if TYPE_CHECKING:
    from grader.maths.values.spaces import Space

Pair = tuple[str, str, bool]
"""Two sizes, of which the first is at least the second, or larger where the third says so."""

_MOST = 5
"""Sizes that are put in order at most."""


LARGE = ("n", "N", "T", "t", "L", "m")
"""Sizes that are drawn larger than others: numbers of samples rather than of coordinates."""

_PATTERNS = ((3, 5), (2, 4), (4, 6), (5, 3), (4, 2))
"""Smallest of the small sizes and of the large ones, tried in turn."""


def different(names: Iterable[str], turn: int) -> dict[str, int]:
    """Values for sizes, all different.

    Args:
        names: of the sizes.
        turn: number of the instance.
    """
    small, large = _PATTERNS[turn % len(_PATTERNS)]
    out: dict[str, int] = {}
    taken: set[int] = {1}
    for name in names:
        size = large if name in LARGE else small
        while size in taken:
            size += 1
        out[name] = size
        taken.add(size)
    return out


def stepped(turn: int, place: int, count: int) -> int:
    """Where an index stands in its range: through all of it, and two indices now together and now apart.

    Args:
        turn: number of the instance.
        place: of the index among the others.
        count: how many values it has.
    """
    stride = next(number for number in range(place + 1, place + count + 2) if gcd(number, count) == 1)
    return (turn * stride + place + turn // count * place) % count


def order(space: Space) -> tuple[Pair, ...]:
    """What is known of the order of sizes: by relations between them, and of matrices with independent columns.

    Args:
        space: what is declared.
    """
    names = set(space.size_names()) if space.structure or space.domain.relations else set()
    found: list[Pair] = []
    for relation in space.domain.relations:
        for left, sign, right in zip(relation.items, relation.signs, relation.items[1:], strict=False):
            if isinstance(left, Symbol) and isinstance(right, Symbol) and {left.full, right.full} <= names:
                if sign in (">", "≥"):
                    found.append((left.full, right.full, sign == ">"))
                elif sign in ("<", "≤"):
                    found.append((right.full, left.full, sign == "<"))
    for name, words in space.structure.items():
        shape = space.shapes.get(name, ())
        if len(shape) == 2 and names.issuperset(map(str, shape)) and shape[0] != shape[1]:
            said = set(words.split())
            if said & {"column", "columns", "tall"}:
                found.append((str(shape[0]), str(shape[1]), True))
            elif said & {"row", "rows", "wide"}:
                found.append((str(shape[1]), str(shape[0]), True))
    return tuple(found)


def dealt(sizes: Mapping[str, int], ordered: tuple[Pair, ...]) -> dict[str, int]:
    """Values for sizes, put in another order if that is needed for what is known of them.

    Args:
        sizes: the values.
        ordered: what is known.
    """
    return dict(zip(sizes, _dealt(tuple(sizes), tuple(sizes.values()), ordered), strict=True))


@lru_cache(maxsize=256)
def _dealt(names: tuple[str, ...], values: tuple[int, ...], ordered: tuple[Pair, ...]) -> tuple[int, ...]:
    concerned = [place for place, name in enumerate(names) if any(name in pair[:2] for pair in ordered)]
    if len(concerned) > _MOST:
        return values
    for chosen in permutations([values[place] for place in concerned]):
        tried = list(values)
        for place, value in zip(concerned, chosen, strict=True):
            tried[place] = value
        found = dict(zip(names, tried, strict=True))
        if all(found[one] > found[other] - (not strict) for one, other, strict in ordered):
            return tuple(tried)
    return values
