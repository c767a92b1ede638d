"""A small course for the tests of intake: three problems, numbered 1, 3 and 4."""

from __future__ import annotations

from fractions import Fraction

from grader.intake.parts.labels import known_parts
from grader.records import Part, Problem


def problem(name: str, number: str, title: str, *labels: str) -> Problem:
    parts = tuple(Part(label, tuple(label.split(".")), "", Fraction(1), "number", None, "solve") for label in labels)
    return Problem(name, number, title, "", {}, "reference/x.py", parts, f"{name}.yaml")


KERNELS = problem("kernels", "1", "State Space Kernels", "b.i", "b.ii")
LOSSES = problem("losses", "3", "Losses of Linear Encoders", "a.i", "a.ii", "c")
RIDGE = problem("ridge-attention", "4", "What attention by ridge regression costs", "c", "d", "e")
PROBLEMS = (KERNELS, LOSSES, RIDGE)
KNOWN = known_parts(PROBLEMS)

# The same problems with more of their parts.
WHOLE = (
    problem("kernels", "1", "State Space Kernels", "a", "b.i", "b.ii", "c", "d", "e", "f"),
    problem("losses", "3", "Losses of Linear Encoders", "a.i", "a.ii", "b", "c"),
    problem("ridge", "4", "What attention by ridge regression costs", "a", "b", "c", "d"),
)
