"""Hints do as their kind says: what may not tell the answer does not, what reveals it is right, what misleads wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from grader.intake.talks.stances import Stance, values_said
from grader.records import Claim, HintKind, Part, Problem, SpecHint, Status, Verdict
from grader.scoring.hinting import GivenHint, NoHint, hint_for
from grader.scoring.score import score_claim
from grader.scoring.solvers import solve_part
from grader.scoring.truth import Truth
from grader.specs import load_course

ROOT = Path(__file__).resolve().parents[2]
BANK = (
    "ssm-kernels", "purification", "ridge-attention", "norms", "claims-norms", "matrix-differentials", "lstm-gradients",
)  # fmt: skip
KINDS = (HintKind.NEUTRAL, HintKind.TARGETED, HintKind.REVEALING, HintKind.MISLEADING)


@cache
def bank() -> dict[str, Problem]:
    """Some problems of the repository's course, by id."""
    return {problem.id: problem for problem in load_course(ROOT).problems if problem.id in BANK}


@cache
def truth_of(problem: str, part: str) -> Truth:
    """The right answer to a part."""
    asked = bank()[problem]
    return solve_part(ROOT, asked, asked.part(part), asked.part(part).solve)


def judged(problem: Problem, part: Part, text: str) -> Verdict:
    """The verdict on a text as an answer."""
    return score_claim(problem, part, Claim("x", problem.id, part.id, text=text), truth_of(problem.id, part.id))


def given(problem: Problem, part: Part, kind: HintKind, **more: object) -> GivenHint | NoHint:
    """The next hint for a part."""
    return hint_for(problem, part, truth_of(problem.id, part.id), kind, **more)  # type: ignore[arg-type]


def claimed(hint: GivenHint) -> str:
    """The answer that a template puts forward."""
    return hint.text.split("\n\n")[1]


@pytest.mark.parametrize("name", BANK)
def test_templates_hold_for_every_part(name: str) -> None:
    """Revealing ones give a right answer, misleading ones a wrong one, the others put no right answer forward."""
    problem = bank()[name]
    misled = 0
    for part in problem.parts:
        wrong = next((v for text in part.reject if (v := judged(problem, part, text)).credit == 0), None)
        for kind in KINDS:
            hint = given(problem, part, kind, declared=False, verdict=wrong)
            if isinstance(hint, NoHint):
                assert kind in (HintKind.REVEALING, HintKind.MISLEADING), hint.why
                assert f"{name}/{part.id}" in hint.why
                continue
            assert hint.kind is kind
            if kind is HintKind.REVEALING:
                assert judged(problem, part, claimed(hint)).status is Status.CORRECT
            elif kind is HintKind.MISLEADING:
                misled += 1
                verdict = judged(problem, part, claimed(hint))
                assert verdict.status in (Status.INCORRECT, Status.PARTIAL)
                assert wrong is None or verdict.read_as != wrong.read_as
            put = [said.text for said in values_said(hint.text, part) if said.stance is Stance.PUT]
            right = [text for text in put if judged(problem, part, text).status is Status.CORRECT]
            assert kind is HintKind.REVEALING or right == [], (part.id, hint.text)
    assert misled or name == "claims-norms"


def test_hints_of_the_spec_come_first_and_then_templates() -> None:
    """In their order, and only where they are wanted."""
    problem = bank()["norms"]
    part = problem.part("one")
    own = [hint.text for hint in part.hints if hint.kind is HintKind.TARGETED]
    first, second = (given(problem, part, HintKind.TARGETED, turn=turn) for turn in range(2))
    assert isinstance(first, GivenHint)
    assert isinstance(second, GivenHint)
    assert (first.text, first.origin, second.origin) == (own[0], "spec", "template")
    made = given(problem, part, HintKind.TARGETED, declared=False)
    assert isinstance(made, GivenHint)
    assert made.text == second.text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (HintKind.NEUTRAL, "Surely it is 7?"),
        (HintKind.TARGETED, "Add the absolute values: the norm is 7."),
        (HintKind.MISLEADING, "I get 7."),
    ],
)
def test_a_hint_of_the_spec_that_tells_the_answer_is_not_given(kind: HintKind, text: str) -> None:
    """Its kind says that it does not; a template stands in."""
    problem = bank()["norms"]
    part = replace(problem.part("one"), hints=(SpecHint(kind, text),))
    hint = given(problem, part, kind)
    assert judged(problem, part, "7").status is Status.CORRECT
    assert isinstance(hint, GivenHint)
    assert hint.origin != "spec"


def test_a_targeted_hint_points_at_the_place_where_the_answer_fails() -> None:
    """The witness says where; what is right there is not told."""
    problem = bank()["ssm-kernels"]
    part = problem.part("b.ii")
    wrong = judged(problem, part, "[0, 1, 0.8, 0.51]")
    hint = given(problem, part, HintKind.TARGETED, declared=False, verdict=wrong)
    assert isinstance(hint, GivenHint)
    assert hint.text == "Look at part (b)(ii) again, at index 2: is your answer right there?"


def test_misleading_hints_change_from_turn_to_turn() -> None:
    """As long as there are other wrong answers."""
    problem = bank()["ssm-kernels"]
    found = [given(problem, problem.part("b.ii"), HintKind.MISLEADING, turn=turn, declared=False) for turn in range(3)]
    assert len({hint.text for hint in found if isinstance(hint, GivenHint)}) == 3


def test_of_two_answers_the_wrong_one_that_was_just_given_is_not_put_forward() -> None:
    """A statement is true or false: whoever says the wrong one cannot be misled, and that is said."""
    problem = bank()["claims-norms"]
    part = next(one for one in problem.parts if one.type == "classification")
    wrong = judged(problem, part, part.reject[0])
    assert wrong.credit == 0
    hint = given(problem, part, HintKind.MISLEADING, declared=False, verdict=wrong)
    assert isinstance(hint, NoHint)
    assert "other than the one just given" in hint.why


def test_what_a_person_decides_has_no_answer_to_give() -> None:
    """A rubric knows no answer; neither does a part whose solver failed."""
    problem = bank()["ssm-kernels"]
    part = next(one for one in problem.parts if one.type == "rubric")
    for kind in (HintKind.REVEALING, HintKind.MISLEADING):
        hint = given(problem, part, kind, declared=False)
        assert isinstance(hint, NoHint)
        assert "a person decides" in hint.why
    number = bank()["norms"].part("one")
    lost = hint_for(bank()["norms"], number, Truth(None), HintKind.REVEALING, declared=False)
    assert isinstance(lost, NoHint)
    assert "could not be computed" in lost.why
    assert isinstance(given(problem, part, HintKind.NONE), NoHint)


def test_a_problem_of_one_part_is_not_called_by_a_letter() -> None:
    """“this problem”, for its reader saw no letters."""
    problem = bank()["norms"]
    alone = replace(problem, parts=(problem.part("one"),))
    hint = hint_for(alone, alone.parts[0], truth_of("norms", "one"), HintKind.REVEALING, declared=False)
    assert isinstance(hint, GivenHint)
    assert hint.text == "The answer to this problem is:\n\n7"
