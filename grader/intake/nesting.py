"""How deep lists and mappings are nested, told without a call for each level."""

from __future__ import annotations

from typing import Any


def nested_beyond(value: Any, most: int) -> bool:
    """Whether a value of JSON or YAML is nested more deeply than that.

    Args:
        value: without aliases.
        most: levels of lists and mappings.
    """
    level = [value]
    for _ in range(most):
        level = [
            inner
            for one in level
            if isinstance(one, list | dict)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return any(isinstance(one, list | dict) for one in level)
