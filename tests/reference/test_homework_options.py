"""The lettered options of the ridge attention problem say what the solver is told about them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tables import table

SPEC = Path(__file__).parents[2] / "problems" / "homework" / "ridge-attention.yaml"


def exponents(text: str) -> dict[str, int]:
    """Exponents of an option such as ``O(n^2 d^3)``; empty for ``O(1)``."""
    inside = re.fullmatch(r"O\((.*)\)", text)
    assert inside, text
    return {letter: int(power or 1) for letter, power in re.findall(r"([nd])(?:\^(\d))?", inside[1])}


@pytest.fixture(scope="module")
def spec():
    return table(SPEC)


@pytest.mark.parametrize(("part", "classes"), [("c", "layer_classes"), ("e", "update_classes")])
def test_the_classes_handed_to_the_solver_are_those_of_the_options(spec, part, classes):
    """A letter that stood for one class in the question and another in the solver would swap the truth."""
    (options,) = [p["answer"]["options"] for p in spec["parts"] if p["id"] == part]
    assert {letter: exponents(text) for letter, text in options.items()} == spec["given"][classes]


def test_the_inputs_handed_to_the_solver_are_those_of_the_options(spec):
    """Each letter of part d names the same input in the question and in the solver."""
    (options,) = [p["answer"]["options"] for p in spec["parts"] if p["id"] == "d"]
    names = {letter: text.split()[0].replace("λ", "lambda") for letter, text in options.items()}
    assert names == spec["given"]["learned"]
