"""Sizes that grow together at different speeds, and whether counts follow a class along them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from inspect import signature
from itertools import product


def lg(x: int) -> int:
    """⌈log₂ x⌉."""
    return (x - 1).bit_length()


def log(x: int) -> float:
    """log₂ x, for a class."""
    return math.log2(x)


SPEEDS: tuple[Callable[[int], int], ...] = (lambda e: e, lambda e: e // 2 + 2, lambda e: lg(e) + 1, lambda e: 4)
"""Exponents of a size when the fastest one is 2^e: as fast, as its root, as its logarithm, not at all."""


def paths(names: tuple[str, ...], room: Callable[..., bool]) -> Iterator[list[dict[str, int]]]:
    """Lists of sizes, up to 2^40, for every choice of speeds of which one is the full one.

    It takes every choice: where d grows alone, log L + log n stays behind log L + log d, and it does so nowhere else
    by more than a constant factor.

    Args:
        names: of the sizes.
        room: whether sizes satisfy what is assumed of them; others are left out.
    """
    for speeds in product(SPEEDS, repeat=len(names)):
        if SPEEDS[0] in speeds:
            path = [{n: 2 ** speed(e) for n, speed in zip(names, speeds, strict=True)} for e in range(4, 41, 4)]
            if path := [sizes for sizes in path if room(**sizes)]:
                yield path


def spread(
    count: Callable[..., int],
    growth: Callable[..., float],
    names: tuple[str, ...],
    room: Callable[..., bool] = lambda **_: True,
) -> float:
    """By which factor the ratio of counts and class changes over all sizes; small if the class is tight."""
    taken = signature(count).parameters
    ratios = [
        count(**{n: size for n, size in sizes.items() if n in taken}) / growth(**sizes)
        for path in paths(names, room)
        for sizes in path
    ]
    return max(ratios) / min(ratios)
