"""Grade homework and language models' answers: parsed, compared with computed truth, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.scoring.check import check as check
    from grader.scoring.reward import reward as reward

__version__ = "0.6.0"
__all__ = ["__version__", "check", "reward"]


def __getattr__(name: str) -> Any:
    if name == "check":  # loaded when first used, so that the command line starts fast
        from grader.scoring.check import check

        return check
    if name == "reward":
        from grader.scoring.reward import reward

        return reward
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
