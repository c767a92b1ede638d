"""Answer types: one module each, named as the type; a new module is found without registration."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from grader.diagnostics import SpecError, author_error

_NOT_TYPES = frozenset({"base"})


@cache
def type_names() -> tuple[str, ...]:
    """Names of all answer types, sorted."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if name not in _NOT_TYPES and not name.startswith("_")))


@cache
def get_type(name: str) -> Any:
    """The answer type called ``name`` (an instance of :class:`grader.answers.base.AnswerType`).

    Raises:
        SpecError: there is no such type.
    """
    if name not in type_names():
        from difflib import get_close_matches

        close = get_close_matches(name, type_names(), 1)
        fix = f"did you mean “{close[0]}”?" if close else f"use one of: {', '.join(type_names())}"
        raise SpecError(author_error("spec-unknown-type", f"there is no answer type “{name[:60]}”", fix=fix))
    return importlib.import_module(f"{__name__}.{name}").TYPE
