"""Exports of a kept run to what other tools read; one format a module, found by discovery."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from inspect import isabstract, isclass

from grader.store.exports.base import Export, Options, Written
from grader.store.exports.source import Kept, kept_run

__all__ = ["Export", "Kept", "Options", "Written", "exports", "kept_run"]


@cache
def exports() -> Mapping[str, Export]:
    """The known formats by name, in the order of their names."""
    found: dict[str, Export] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isclass(value) and issubclass(value, Export) and not isabstract(value):
                found[value.name] = value()
    return dict(sorted(found.items()))
