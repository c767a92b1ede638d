"""Numbers that are drawn for students never hit a case in which a foreseen mistake is right, or the ways disagree."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shared import own_course

from grader.records import Problem
from grader.specs.load import draw

ROOT = Path(__file__).parents[2]
SEEDS = 30
DRAWN = [
    problem
    for problem in own_course().problems
    if Path(problem.file).parent.name == "linear-algebra" and problem.variation is not None
]


def value(problem: Problem, name: str) -> Any:
    """What a function of the problem's solver gives for its values."""
    module = importlib.import_module(problem.solver.removesuffix(".py").replace("/", "."))
    function = getattr(module, name)
    return function(**{k: v for k, v in problem.given.items() if k in inspect.signature(function).parameters})


def plain(found: Any) -> Any:
    """A result that can be compared: the class of a classification, floats for numbers, sets in order."""
    if isinstance(found, dict):
        return found["is"]
    if isinstance(found, str):
        return found
    return np.array(found, dtype=float)


def equal(one: Any, other: Any, scaled: bool) -> bool:
    """Whether two results are the same, or multiples of one another."""
    if isinstance(one, str):
        return bool(one == other)
    if one.shape != other.shape:
        return False
    if scaled:
        return bool(np.isclose(one[0, 0] * other[1, 0], one[1, 0] * other[0, 0]))
    return bool(np.allclose(one, other))


@pytest.mark.parametrize("problem", DRAWN, ids=[problem.id for problem in DRAWN])
def test_drawn_numbers_keep_truth_and_mistakes_apart(problem: Problem) -> None:
    """For many seeds: both ways agree; the mistakes that the solver makes are wrong, and no two are the same."""
    for seed in range(SEEDS):
        one = draw(problem, f"student {seed}")
        for part in one.parts:
            if part.key:
                continue
            scaled = getattr(part.options, "scale", False)
            truth, other = plain(value(one, part.solve)), plain(value(one, part.confirm))
            assert equal(truth, other, scaled), (part.id, one.given)
            known = [("", truth)]
            for mistake in part.mistakes:
                if mistake.solve:
                    wrong = plain(value(one, mistake.solve))
                    same = [name for name, other in known if equal(other, wrong, scaled)]
                    assert not same, (part.id, mistake.solve, same, one.given)
                    known.append((mistake.solve, wrong))


def test_there_is_something_to_draw() -> None:
    """The problems with numbers of their own are those that are asked with numbers."""
    assert {problem.id for problem in DRAWN} == {
        "areas-and-circles",
        "projections-by-hand",
        "sign-of-a-form",
        "eigenvalues-by-hand",
        "forms-by-hand",
        "matrix-products",
        "matrix-sums",
        "small-inverse",
        "vector-products",
    }
