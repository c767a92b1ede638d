"""A problem with drawn values: its own values by default, other ones for each seed, texts that go along."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from specs_sample import GOOD

from grader.diagnostics import SpecError
from grader.records import Mistake
from grader.specs import draw, load_problem

Write = Callable[[str], Path]

MISTAKE = '{answer: "5", credit: 1/2, says: Half way.}'
MISTAKES = "{answer: '5', says: x}, {solve: simulated, says: 'not {{ start }}'}"
VARIED = (
    GOOD.replace("  start: 90", "  start: {draw: integer, from: 1, to: 99, default: 90}")
    .replace("prompt: Temperature?", "prompt: 'It starts at {{ start }}. Temperature?'")
    .replace("accept: [no, ", "accept: ['{{ start }}', '{{ 2 * start }}', ")
    .replace(MISTAKE, MISTAKES)
)


def test_the_spec_s_own_values_count_by_default(course: Path, write: Write) -> None:
    """Without a seed the default is given, texts have it put in, and all examples hold."""
    problem = load_problem(write(VARIED), course)
    assert problem.given["start"] == 90
    first = problem.parts[0]
    assert first.prompt == "It starts at 90. Temperature?"
    assert first.accept[:3] == ("90", "180", "010")
    assert first.mistakes == (Mistake("5", 0, "x"), Mistake("", 0, "not 90", "simulated"))


def test_a_seed_changes_values_and_what_goes_with_them(course: Path, write: Write) -> None:
    """Texts follow; examples that are written out for the spec's own values are left out where the part depends."""
    problem = load_problem(write(VARIED), course)
    one = draw(problem, "ada")
    start = one.given["start"]
    assert (one.seed, one.given) == ("ada", draw(problem, "ada").given)
    first, second = one.parts
    assert first.prompt == f"It starts at {start}. Temperature?"
    assert first.accept == (str(start), str(2 * start))
    assert first.mistakes == (Mistake("", 0, f"not {start}", "simulated"),)
    assert second == problem.parts[1]  # its function takes room alone
    assert len({draw(problem, str(i)).given["start"] for i in range(40)}) > 20


def test_a_problem_without_draws_is_itself_and_keeps_its_braces(course: Path, write: Write) -> None:
    """No seed changes it, and two braces in it are TeX's."""
    problem = load_problem(write(GOOD.replace("Temperature?", "'$x^{{2}}$'")), course)
    assert draw(problem, "ada") is problem
    assert problem.parts[0].prompt == "$x^{{2}}$"


def test_a_parameter_without_a_default_has_a_fixed_draw(course: Path, write: Write) -> None:
    """The default then is a draw, the same every time."""
    text = VARIED.replace(", default: 90", "")
    first, second = (load_problem(write(text), course) for _ in range(2))
    assert first.given == second.given
    assert 1 <= first.given["start"] <= 99


def test_a_drawn_value_that_breaks_the_spec_is_an_error_at_its_place(course: Path, write: Write) -> None:
    """Points that become 0 for a drawn value are found when it is drawn, at their line."""
    text = GOOD.replace("  start: 90", "  start: {draw: choice, of: [0], default: 90}")
    problem = load_problem(write(text.replace("points: 1\n", "points: '{{ start }}'\n")), course)
    with pytest.raises(SpecError) as caught:
        draw(problem, "ada")
    (one,) = caught.value.diagnostics
    assert one.code == "spec-points"
    assert one.span is not None
    assert one.span.line == 22


def test_a_varied_problem_can_be_sent_to_a_worker(course: Path, write: Write) -> None:
    """It can be pickled with all that is needed to draw it."""
    problem = pickle.loads(pickle.dumps(load_problem(write(VARIED), course)))  # noqa: S301
    assert draw(problem, "ada").given["start"] != 90
