"""A small course for the tests of intake: three problems, numbered 1, 3 and 4."""

from __future__ import annotations

from fractions import Fraction

from grader.intake.parts.labels import known_parts
from grader.intake.parts.sections import find_sections
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
WHOLE_KNOWN = known_parts(WHOLE)


def sections_found(text: str) -> list[tuple[str, str, str]]:
    """Sections with a heading or an answer: problem, label, what stands there."""
    return [
        (section.problem, ".".join(section.label), text[section.start : section.end].strip())
        for section in find_sections(text, WHOLE_KNOWN)
        if section.heading or section.label
    ]
