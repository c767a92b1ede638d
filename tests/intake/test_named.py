"""Headings name problems that are not assigned; words in running text do not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.intake.parts.named import named_problems
from grader.records import Part, Problem

PART = Part("a", ("a",), "", Fraction(1), "number", None, "f")
PROBLEMS = tuple(
    Problem(name, "", title, "", {}, "x.py", (PART,), f"{name}.yaml")
    for name, title in (("norms", "Norms"), ("matrix-products", "Products of matrices"))
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# Norms\n\n(a) 3", ["norms"]),
        ("**Norms**", ["norms"]),
        (r"\section{Norms}", ["norms"]),
        (r"\emph{Norms} are fun", []),
        ("Norms", []),  # one word alone may be any word
        ("norms are fun", []),
        ("Products of matrices", ["matrix-products"]),
        ("## Solution to Products of Matrices:", ["matrix-products"]),
        ("matrix-products", ["matrix-products"]),
        ("# Norms\n# Matrix products", ["norms", "matrix-products"]),
        ("We use products of matrices here.", []),
        ("", []),
    ],
)
def test_only_a_line_of_its_own_names_a_problem(text: str, names: list[str]) -> None:
    """The title or the id, alone on a line; of one word only where it is marked as a heading."""
    assert [problem.id for problem in named_problems([text], PROBLEMS)] == names
