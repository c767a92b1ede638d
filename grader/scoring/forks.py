"""What starts anew in a forked process: a lock that another thread held is held there by nobody, and stays locked."""

from __future__ import annotations

import os
import weakref
from typing import Protocol


class Renewable(Protocol):
    """Holds locks, or processes that are another process's."""

    def renew(self) -> None:
        """Make the locks anew, and forget the processes."""


_renewable: weakref.WeakSet[Renewable] = weakref.WeakSet()


def renew_after_fork(one: Renewable) -> None:
    """Renew something in each process that is forked from this one, for as long as it lives.

    Args:
        one: what holds the locks.
    """
    _renewable.add(one)


def _renew_all() -> None:
    for one in list(_renewable):
        one.renew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_all)
