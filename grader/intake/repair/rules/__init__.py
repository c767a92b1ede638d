"""Rules of repair, one file each, found by discovery.

A rule is a module of this package with one subclass of :class:`~grader.intake.repair.base.Rule`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache

from grader.intake.repair.base import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are applied."""
    found: list[Rule] = []
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if inspect.isclass(value) and issubclass(value, Rule) and not inspect.isabstract(value):
                found.append(value())
    return tuple(sorted(found, key=lambda rule: rule.order))
