"""The option ``functions``: functions that a question declares, unknown ones or other names of known ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from grader.maths.values.unknowns import Signature

KNOWN = frozenset("sigmoid tanh relu exp log softmax logsumexp".split())
"""Functions that a letter may stand for: σ for ``sigmoid``."""

_NUMBERS = frozenset({"scalar", "number", "1"})
_SIZE = {"type": ["string", "integer"]}


def function_option(value: object) -> object:
    """A declared function: ``scalar``, the sizes of what it takes and gives, or the name of a known function."""
    if isinstance(value, str) and value.strip() in KNOWN:
        return value.strip()
    if isinstance(value, str) and value.strip() in _NUMBERS:
        return (1, 1)
    if isinstance(value, list | tuple) and len(value) == 2:
        return tuple(int(size) if str(size).isdecimal() else str(size) for size in value)
    known = ", ".join(sorted(KNOWN))
    raise ValueError(f"expected scalar, the two sizes [taken, given], or one of {known}; found {value!r}")


Function = Annotated[
    Signature | str,
    BeforeValidator(function_option),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": _SIZE, "minItems": 2, "maxItems": 2}]}),
]
"""What an author writes for one function."""


def names_option(value: object) -> object:
    """Functions of numbers as a list of names, or with what each stands for."""
    if isinstance(value, str):
        value = [name for name in value.replace(",", " ").split() if name]
    return dict.fromkeys(map(str, value), "scalar") if isinstance(value, list | tuple) else value


_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}
Functions = Annotated[Mapping[str, Function], BeforeValidator(names_option), WithJsonSchema(_SCHEMA)]
"""What an author writes for functions of numbers: ``[f, g, f', g']``, ``{σ: sigmoid}``."""


def unknown(functions: Mapping[str, Any]) -> dict[str, Signature]:
    """Those functions of which nothing is known.

    Args:
        functions: as declared, by their names as the lexer spells them.
    """
    return {name: taken for name, taken in functions.items() if not isinstance(taken, str)}


def meanings(functions: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Those functions that are other names of known ones, and of their derivatives.

    Args:
        functions: as declared, by their names as the lexer spells them.
    """
    own = [(name, taken) for name, taken in functions.items() if isinstance(taken, str)]
    return (*own, *((f"{name}′", f"{taken}′") for name, taken in own if f"{name}′" not in functions))
