"""An earlier run beside a later one: whose mark is another, from what to what, and why."""

from grader.analysis.regrading.differences import Difference, SpecChange
from grader.analysis.regrading.marks import Direction, Mark, MarkChange, Regrading, Sum, compare
from grader.analysis.regrading.reasons import Kind, Reason
from grader.analysis.regrading.since import Since

__all__ = [
    "Difference",
    "Direction",
    "Kind",
    "Mark",
    "MarkChange",
    "Reason",
    "Regrading",
    "Since",
    "SpecChange",
    "Sum",
    "compare",
]
