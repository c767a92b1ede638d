"""How deep lists and mappings are nested, told without a call for each level."""

from __future__ import annotations

from typing import Any


def nested_beyond(value: Any, most: int) -> bool:
    """Whether a value of JSON or YAML is nested more deeply than that.

    Args:
        value: without aliases.
        most: levels of lists and mappings.
    """
    level = [value] if isinstance(value, (list, dict)) else []  # of lists and mappings alone: most values hold few
    for _ in range(most):
        if not level:
            return False
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (list, dict))
        ]
    return bool(level)
