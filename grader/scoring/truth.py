"""The right answer to a part, as its solver or its key gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.answers import get_type
from grader.diagnostics import Diagnostic, SpecError, author_error
from grader.records import Part


@dataclass(frozen=True, slots=True)
class Truth:
    """The right answer to a part.

    Args:
        value: what the part's answer type made of the solver's value, or of the key; None if there is none.
        diagnostics: why there is none; empty if there is one.
        part: whose key this is, where it is one.
        foreseen: wrong answers that functions of the solver make, by the name of the function.
        faults: what is wrong with such functions; the truth stands.
    """

    value: Any | None
    diagnostics: tuple[Diagnostic, ...] = ()
    part: Part | None = None
    foreseen: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Truth], tuple[Any, ...]]:
        """Another process reads a key again, since what is worked out from one cannot be sent there."""
        if self.part is not None:
            return (key_truth, (self.part,))
        return (Truth, (self.value, self.diagnostics, None, self.foreseen, self.faults))


def key_truth(part: Part) -> Truth:
    """The truth of a part whose spec has a key.

    Args:
        part: the part.
    """
    try:
        return Truth(get_type(part.type).key(part.key, part.options), (), part)
    except SpecError as error:
        return Truth(None, tuple(_about_key(one, part) for one in error.diagnostics))


def unsolved_truth(part: Part) -> Truth:
    """What stands for the truth of a part of which nothing is computed, since a person decides.

    Args:
        part: without a key and without a solver.
    """
    return Truth(get_type(part.type).key(None, part.options))


def _about_key(diagnostic: Diagnostic, part: Part) -> Diagnostic:
    fix = diagnostic.fix or "Correct `key:`, or what is declared of its symbols."
    return author_error("solver-nonsense", diagnostic.message, diagnostic.span or part.span, fix)
