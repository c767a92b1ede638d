"""Values that a solver tells besides the truth: counterexamples and facts, as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from grader.answers.base import brief
from grader.diagnostics import SpecError, author_error

_MOST = 200
"""Most characters of one value that are shown."""


def at_values(at: object) -> tuple[tuple[str, str], ...]:
    """The values at which a solver says that something can be seen, each as shown.

    Args:
        at: symbol → number, list, table or text.

    Raises:
        SpecError: it is something else.
    """
    if not isinstance(at, Mapping):
        says = f"“at” must be a mapping of symbols to values, found {type(at).__name__} {brief(at)}"
        raise SpecError(author_error("solver-nonsense", says))
    return tuple((str(name), value_text(value)) for name, value in at.items())


def told_at(at: Sequence[tuple[str, str]]) -> str:
    """The values in a sentence: ``A = [[0, −1], [1, 0]], x = 2``."""
    return ", ".join(f"{name} = {value}" for name, value in at)


def value_text(value: object) -> str:
    """A plain value as people write it, with a real minus sign.

    Args:
        value: a number, a text, or lists of these.

    Raises:
        SpecError: it is something else.
    """
    text = _text(value)
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _text(value: object) -> str:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, str):
        return value
    if isinstance(value, bool | complex | float | int | Fraction | Decimal):
        shown = f"{value:.10g}" if isinstance(value, float) else brief(value) if isinstance(value, int) else str(value)
        return shown.replace("-", "−")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_text, value)) + "]"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(_text, value))) + "}"
    if hasattr(value, "free_symbols"):  # SymPy
        return str(value.tolist() if hasattr(value, "tolist") else value).replace("-", "−")
    says = f"expected a number, a text or a list under “at”, found {type(value).__name__} {brief(value)}"
    raise SpecError(author_error("solver-nonsense", says))
