"""Names in Inspect's registry: ``grader/…``, however ``grade`` is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from inspect_ai.util import registry_info

F = TypeVar("F", bound=Callable[..., object])

PACKAGE = "grader"
"""The prefix: Inspect takes that of the import package, and looks for an entry point of the same name."""


def registered(decorate: Callable[[str], Callable[[F], F]], function: F, name: str) -> F:
    """A function, registered under ``grader/name``.

    Inspect puts the prefix before the name of what lies in ``site-packages``, and nothing before that of a package
    whose distribution is called otherwise (``grade``) and is installed to be edited: there the name carries it.

    Args:
        decorate: makes Inspect's decorator for a name.
        function: a factory of a task, a scorer, a solver or a metric.
        name: without the prefix.
    """
    made = decorate(name)(function)
    if registry_info(made).name.startswith(f"{PACKAGE}/"):
        return made
    return decorate(f"{PACKAGE}/{name}")(function)
