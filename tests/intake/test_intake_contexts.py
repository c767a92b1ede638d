"""What a reply is about when a person asks back in words of one part."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from shared import own_course

from grader.intake.claims import claims_of_conversation
from grader.intake.documents import document_from_text
from grader.intake.parts.contexts import contexts
from grader.intake.talks.transcripts import conversation_in, read_conversation
from grader.records import Problem


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    """The first problem of this repository's course."""
    return [problem for problem in own_course().problems if problem.id == "ssm-kernels"]


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("What does one step of the naive recursion cost?", ("c",)), ("Is doubling really that deep?", ("d",)),
        ("What is the critical path?", ()), ("Are the naive recursion and the doubling alike?", ()),
        ("Is the sum right?", ()),
    ],
)  # fmt: skip
def test_a_word_that_one_part_has_says_which_is_meant(
    tmp_path: Path, problems: list[Problem], asked: str, label: tuple[str, ...]
) -> None:
    """“the naive recursion” is in (c) alone; “critical path” is asked in several."""
    path = tmp_path / "talk.md"
    talk = "User: Solve problem 1.\n\nLLM: Done.\n\n## (c)\n\nO(L)\n\n## (d)\n\nO(1)\n\nUser: "
    path.write_text(f"{talk}{asked}\n\nLLM: It is O(L).\n", encoding="utf-8")
    assert contexts(read_conversation(path, problems), problems)[-1].label == label


# ---------------------------------------------------------------- parts that alone are asked


@cache
def two_problems() -> list[Problem]:
    """Two problems of the repository's course, read once."""
    return [problem for problem in own_course().problems if problem.id in ("ssm-kernels", "purification")]


def asked_parts(*turns: str, name: str = "ssm-kernels") -> list[list[str]]:
    """The parts of a problem that each reply of a conversation is asked, of turns that begin with a speaker."""
    problems = two_problems()
    document = document_from_text("\n\n".join(turns), "talk.md", "markdown")
    found = contexts(conversation_in(document, Path("talk.md"), problems), problems)
    problem = next(one for one in problems if one.id == name)
    return [[part.id for part in one.as_asked(problem).parts] for one in found]


def test_an_answer_is_not_taken_for_that_to_a_part_that_is_not_asked() -> None:
    """Four costs stand under (c): where one alone is asked, a cost without a word is the answer to it."""
    problems = two_problems()
    for asked, sure in (("ssm-kernels/c.naive", True), ("ssm-kernels/c.naive, ssm-kernels/c.conv", False)):
        text = f"User (hint: none; about: {asked}): What does it cost?\n\nLLM: Answer: O(L log n)"
        document = document_from_text(text, "talk.md", "markdown")
        claims = claims_of_conversation(conversation_in(document, Path("talk.md"), problems), problems)
        found = {claim.part: claim for claim in claims}
        assert len(found) == asked.count("/")
        assert (found["c.naive"].text, found["c.naive"].diagnostics == ()) == ("O(L log n)", sure)


ONE = "User (hint: none; about: ssm-kernels/b.ii): Find the kernel."
SAID = "LLM: Answer: [0, 1]"


@pytest.mark.parametrize(
    ("turns", "asked"),
    [
        ((ONE, SAID), [["b.ii"]]),
        ((ONE, SAID, "User: Are you sure?", SAID), [["b.ii"], ["b.ii"]]),
        ((ONE, "LLM: ## Problem 3\n\n1 < λ"), [["b.ii"]]),
        ((ONE, SAID, "User (hint: none; about: ssm-kernels/b.i): And the other one?", SAID),
         [["b.ii"], ["b.i", "b.ii"]]),
        ((ONE, SAID, "User (hint: targeted; about: ssm-kernels/b.i): Look at the other one.", SAID),
         [["b.ii"], ["b.i", "b.ii"]]),
    ],
)  # fmt: skip
def test_a_turn_that_is_no_hint_and_about_a_part_asks_for_it_alone(turns: list[str], asked: list[list[str]]) -> None:
    """Challenges and replies add nothing, a further question and a hint about another part add that part."""
    assert asked_parts(*turns) == asked


def test_a_later_turn_may_ask_for_the_whole_problem() -> None:
    """What was asked wholly stays so, and a turn that declares nothing and names the problem asks for all of it."""
    first, second = asked_parts(ONE, SAID, "User: Now solve all of ssm-kernels.", SAID)
    assert first == ["b.ii"]
    assert len(second) > 2
    whole, still = asked_parts("User: Solve ssm-kernels.", SAID, ONE, SAID)
    assert whole == still == second
