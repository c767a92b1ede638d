"""What an announcement introduces is the answer: nothing around it outranks it or fills in for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from finder_sample import CHOICE, INTERVAL, NUMBER, SEQUENCE, part
from shared import own_course

from grader.intake.claims import claims_of_conversation
from grader.intake.documents import document_from_text
from grader.intake.finding.finder import Found, find_in_text
from grader.intake.talks.transcripts import conversation_in
from grader.records import Claim, Part

CLASS = part("classification", symbols=(), cues=())
CHOICES = part(
    "choices", symbols=(), cues=(), options={"options": {"A": "sum", "B": "mean", "C": "median", "D": "mode"}}
)
GROWTH = part("growth", symbols=(), cues=("cost",), options={"variables": ["n", "L"]})
TICKED = "- [ ] A\n- [x] B\n- [ ] C\n- [x] D"
SHAPE = part("shape", symbols=(), cues=(), options={"variables": ["d", "p"]})
MATRIX = part("matrix_expression", symbols=("W",), cues=(), options={"shapes": {"X": "n × n", "Y": "n × n"}})


def found_in(text: str, asked: Part) -> tuple[Found | None, str]:
    """What is found in a whole reply, and its words."""
    found = find_in_text(text, asked)
    return found, text[found.place.start : found.place.end] if found else ""


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("It took 40 lines: $12 \\cdot 3 = 36$.\n\n## Final answer\n\n|7|", NUMBER, "|7|"),
        ("I wrote 40 lines.\n\nMy answer is 2e3.", NUMBER, "2e3"),
        ("I am not quite sure after 40 lines, but my answer is 6.", NUMBER, "6"),
        ("There are 40 lines of it.\n\nMy result: 3 + 4", NUMBER, "3 + 4"),
        ("I put in $t = 40$ and $s = 8$.\n\n### Answer\n\ng(2) = 22", NUMBER, "22"),
        ("The sum cancels; none is left.\n\nFINAL ANSWER: B, D", CHOICES, "B, D"),
        ("The sum drops out, all the way.\n\n### Answer\n\n(b), (d)", CHOICES, "(b), (d)"),
        ("I looked for another and found none.\n\nMy result: B and D", CHOICES, "B and D"),
        ("I went through all of it.\n\nSo my answer is B: mean, D: mode.", CHOICES, "B: mean, D: mode"),
        ("I am far from certain, but my answer is No.", CLASS, "No"),
        ("Nothing odd turned up.\n\nAnswer: That is right.", CLASS, "That is right"),
        ("I wrote 40 lines.\n\nThe final answer is 8n + 3L.", GROWTH, "8n + 3L"),
        ("Let $h = (3, 4)$ be.\n\n**Answer:** a column with d entries", SHAPE, "column with d entries"),
        ("Let $h = (3, 4)$ for a moment.\n\n## Final answer\n\n(X)Y + X(Y)", MATRIX, "(X)Y + X(Y)"),
        ("All of it is done.\n\n**Answer:**\n\n" + TICKED, CHOICES, TICKED),
        ("Let me see.\n\nWe have $[1, 3]$ as a bound.\n\nAnswer:\n\n1 ≤ λ ≤ 4", INTERVAL, "1 ≤ λ ≤ 4"),
    ],
)  # fmt: skip
def test_what_is_announced_outranks_what_stands_around_it(text: str, asked: Part, words: str) -> None:
    """Also where it reads as an answer by itself only."""
    found, said = found_in(text, asked)
    assert found is not None
    assert (said, found.readable, found.rivals) == (words, True, ())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A side step: $q = 7/3$.\n\n## Final answer\n\n$$[24, \\cdot + ($$", MATRIX),
        ("A side step: $q = 7/3$; it cancels.\n\nThe final answer is $42 \\cdot + ($.", MATRIX),
        ("It took 40 minutes.\n\n**Final answer:** k", NUMBER),
        ("It took 40 minutes.\n\nThe answer is $\\frac{3}{$", NUMBER),
        ("With $[3, 4]$ on the side.\n\n### My answer\n\n[1, , +", SEQUENCE),
        ("The answer of O(1) is for one step.\n\n## Answer\n\n$O(n \\cdot + ($", GROWTH),
    ],
)
def test_an_announced_answer_that_cannot_be_read_is_not_replaced(text: str, asked: Part) -> None:
    """It is unreadable, whatever could be read before it."""
    found, said = found_in(text, asked)
    assert found is not None
    assert not found.readable
    assert said in text.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 7.\n\nThe answer is not 5.", "7"),
        ("x = 7\n\nThe answer is given above.", "7"),
        ("To find the final answer: multiply both.\n\nx = 7", "7"),
        ("You asked whether the answer is $3 + ($. I find x = 7.", "7"),
        ("Please write the final answer as `q`. I did: x = 7.", "7"),
        ("## Answer\n\nWe add both sides and halve.\n\nThe height is 7.", "7"),
        ("The answer is easy to see: x = 7.", "7"),
        ("x = 7\n\nAnswer: see above", "7"),
        ("Is the answer $k$? No: x = 7.", "7"),
    ],
)
def test_a_plan_a_denial_or_a_pointer_announces_nothing(text: str, words: str) -> None:
    """Then the statement about the asked symbol counts."""
    found, said = found_in(text, NUMBER)
    assert found is not None
    assert (said.removeprefix("x = "), found.readable, found.rivals) == (words, True, ())


@pytest.mark.parametrize(
    "text",
    [
        "Final answer: 5\n\nFinal answer: 7",
        "The final answer is 5.\n\n## Answer\n\n7",
        "My answer is 5 or 7.",
        "## Answer\n\n5\n\n## Final answer\n\n7",
    ],
)
def test_two_different_announced_answers_are_rivals(text: str) -> None:
    """Neither is preferred, unless the text takes the first one back."""
    found, _ = found_in(text, NUMBER)
    assert found is not None
    assert len(found.rivals) == 1


def test_options_and_numbers_of_a_hedge_stay_open() -> None:
    """What was undecided before is not made certain by an announcement elsewhere."""
    found, _ = found_in("The answer is B, or maybe A.", CHOICE)
    assert found is not None
    assert found.rivals


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("I wrote 40 lines.\n\nI get -1.", NUMBER, "-1"),
        ("It took 40 lines. So it is 7.", NUMBER, "7"),
        ("There is a label.\n\nI get false.", CLASS, "false"),
        ("There is a label.\n\nWe find True.", CLASS, "True"),
        ("After a while.\n\nIt is |10|.", NUMBER, "|10|"),
        ("We drew it.\n\nIt is B, D.", CHOICES, "B, D"),
    ],
)
def test_what_a_reply_ends_in_is_its_answer(text: str, asked: Part, words: str) -> None:
    """“I get …” as the last sentence states what comes out."""
    found, said = found_in(text, asked)
    assert found is not None
    assert (said.removeprefix("It is "), found.readable, found.rivals) == (words, True, ())


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("I went through it again.\n\n|3|", NUMBER, "|3|"),
        ("We drew the picture first.\n\n8n + 3L", GROWTH, "8n + 3L"),
        ("x = 7\n\n|3|", NUMBER, "7"),
        ("The final answer is 7.\n\n|3|", NUMBER, "7"),
    ],
)
def test_a_formula_alone_at_the_end_is_read_by_itself(text: str, asked: Part, words: str) -> None:
    """It is an answer where nothing is marked as one."""
    found, said = found_in(text, asked)
    assert found is not None
    assert (said.removeprefix("x = "), found.readable, found.rivals) == (words, True, ())


@pytest.mark.parametrize("text", ["I get 5. There were 7.", "We end with 7. Is it 5?", "Do I get 5 or 7?"])
def test_elsewhere_it_is_no_statement(text: str) -> None:
    """Only the end of a reply says what comes out of all of it."""
    found, _ = found_in(text, NUMBER)
    assert found is None or found.rivals or found.doubt or found.place.rank < 2


# ---------------------------------------------------------------- in conversations


def claims(*replies: str) -> list[Claim]:
    """The claims on the cost of a convolution (1 (c)) in replies that follow one another."""
    problems = [problem for problem in own_course().problems if problem.id == "ssm-kernels"]
    words = "\n\n".join(f"User: 1(a)?\n\nLLM: {reply}" for reply in replies)
    conversation = conversation_in(document_from_text(words, "talk.md", "markdown"), Path("talk.md"), problems)
    return [claim for claim in claims_of_conversation(conversation, problems) if claim.part == "a"]


@pytest.mark.parametrize("later", ["The final answer is $8 \\cdot + ($.", "### Final answer\n\n$$[1, \\cdot + ($$"])
def test_an_unreadable_announcement_is_no_earlier_answer(later: str) -> None:
    """What was said before is not carried over it."""
    first, second = claims("The final answer is K_0 = D, K_1 = CB.", later)
    assert first.text
    assert not second.carried
    assert second.text in later


def test_talk_about_an_answer_carries_it() -> None:
    """A reply that announces nothing leaves the earlier answer as it is."""
    _, second = claims("The final answer is K_0 = D, K_1 = CB.", "My answer is right; I stand by it.")
    assert second.carried


# ---------------------------------------------------------------- replies that answer nothing


@pytest.mark.parametrize(
    "text",
    [
        "I would like to know more first. Which of the two conventions do you use?",
        "Before I start: may I use the theorem of last week?",
        "Could you tell me what is meant by a channel here?",
    ],
)
def test_a_question_to_the_asker_is_no_answer(text: str) -> None:
    """Nothing is answered, so there is nothing to be read."""
    assert find_in_text(text, MATRIX) is None


@pytest.mark.parametrize("text", ["The entries cancel on the diagonal.", "Is it a circle around zero?"])
def test_other_words_may_be_an_answer(text: str) -> None:
    """A person reads them."""
    found, _ = found_in(text, MATRIX)
    assert found is not None
    assert not found.readable


@pytest.mark.parametrize(
    "text", ["I have nothing to add to what I said.", "There is nothing new here.", "I see nothing wrong with it."]
)
def test_nothing_to_add_is_no_choice(text: str) -> None:
    """Unlike “nothing” and “none of them”."""
    found, _ = found_in(text, CHOICES)
    assert found is None or not found.readable
    assert found_in("Nothing.", CHOICES)[0] is not None
