"""What Inspect AI finds when ``grade`` is installed beside it: a task, a scorer and a solver (extra ``inspect``).

Inspect loads :mod:`grader.inspect.registry` by the entry point ``grader`` of the group ``inspect_ai``; nothing else of
``grade`` imports this package. Its names are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from grader.diagnostics import InputError, operator_error

if TYPE_CHECKING:
    from grader.inspect.ladder import hint_ladder
    from grader.inspect.scorer import by_part, marks, stderr_by_problem
    from grader.inspect.tasks import problems

__all__ = ["by_part", "hint_ladder", "marks", "problems", "stderr_by_problem"]

_HOME = {
    "by_part": "scorer",
    "hint_ladder": "ladder",
    "marks": "scorer",
    "problems": "tasks",
    "stderr_by_problem": "scorer",
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if find_spec("inspect_ai") is None:
        fix = "Install it beside grade: pip install 'inspect-ai>=0.3.285,<0.4'"
        raise InputError(operator_error("inspect-extra", "Inspect AI is not installed", fix=fix))
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
