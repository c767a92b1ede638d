"""What Inspect loads by the entry point: importing these modules registers what they hold."""

from __future__ import annotations

from grader.inspect.ladder import hint_ladder
from grader.inspect.scorer import by_part, marks, stderr_by_problem
from grader.inspect.standins import grade
from grader.inspect.tasks import problems

__all__ = ["by_part", "grade", "hint_ladder", "marks", "problems", "stderr_by_problem"]
