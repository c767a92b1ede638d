"""What is worked out of the problems of a course once, and not for each text that is read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import wraps
from threading import Lock
from typing import Any, TypeVar, cast

Item = TypeVar("Item")
Made = TypeVar("Made")

MOST = 64
"""Sequences for which a function keeps what it made: students may have problems of their own, and conversations may be
about few of many."""

LONG = 10_000
"""Characters of a text that is too long to be remembered by what is kept."""

FEW = 16
"""Texts that what is kept remembers: those of one conversation, about."""

MANY = 1_000
"""Texts of persons that are remembered: the same prompts and hints come in conversation after conversation."""

SHORT = 2_000
"""Characters of such a text at most."""


def kept(make: Callable[[Sequence[Item]], Made]) -> Callable[[Sequence[Item]], Made]:
    """A function that makes something of a sequence, and of the very same items the very same thing again.

    The items are told apart by identity, for problems have no hash; they are kept alive, so that no identity is used
    again. A tuple is known by its own identity, too: the problems of a run are one, and it is asked about at every
    turn of every conversation. What is made must not be changed by anybody.

    Args:
        make: the function; it must look at nothing but the items.
    """
    found: OrderedDict[tuple[int, ...], tuple[tuple[Item, ...], Made]] = OrderedDict()
    lock = Lock()
    last: tuple[tuple[Item, ...] | None, Any] = (None, None)

    @wraps(make)
    def looked_up(items: Sequence[Item]) -> Made:
        nonlocal last
        known, made = last  # taken and set as a pair, so that threads see no half of it
        if items is known:
            return cast("Made", made)
        made = by_items(items)
        if isinstance(items, tuple):
            last = (items, made)
        return made

    def by_items(items: Sequence[Item]) -> Made:
        key = tuple(map(id, items))
        with lock:
            if key in found:
                found.move_to_end(key)
            else:
                found[key] = tuple(items), make(items)
                if len(found) > MOST:
                    found.popitem(last=False)
            return found[key][1]

    return looked_up
