"""What a reply comes to: conclusions, foils, hedges, programs and refusals."""

from __future__ import annotations

import pytest
from finder_sample import CHOICE, NUMBER, SEQUENCE, answer, rivals, value

from grader.intake.finding.finder import Rank, find_answer, find_in_text
from grader.maths.reading.lexer import tokenize


@pytest.mark.parametrize(
    "text",
    [
        "With 36 outcomes and 3 cases the chance is 5.",
        "She pays 7 in all, of which 3 is the price. The fee is 5.",
        "It must be 3 or 5. Since it has to be odd and not a triple, it is 5.",
        "A car drives 60 km in one hour and 80 km in 4.\n\nMean speed: (60 + 80)/28 = 5 km/h.",
        "Running 10 rounds with 2 workers, the program prints **5**.",
        "After the loop with 7 rounds the value is 5.",
    ],
)
def test_what_a_text_ends_with_is_its_conclusion(text: str) -> None:
    """Of numbers that nothing else marks, the one that the last sentence says of its subject counts."""
    assert value(text).startswith("5")


@pytest.mark.parametrize(
    "text",
    [
        "The perimeter is 7. The area is 5.",
        "The perimeter is 7 and the area is 5.",
        "Sum: 3 + 4 = 7. Product: 5·1 = 5.",
        "We start with 7 and end with 5",
        "There were 7 of them. In the end there are 5.",
    ],
)
def test_two_conclusions_are_rivals(text: str) -> None:
    """Two values that are said of a subject each, or of none, leave open which is meant."""
    assert rivals(text) == {"7", "5"}


def test_a_list_is_concluded_too() -> None:
    """A list of the problem before the one that the sentence ends in is no rival."""
    assert value("The norms of (3, -4, 0) are 7, 5, 4, 2.", SEQUENCE) == "[7, 5, 4, 2]"


@pytest.mark.parametrize(
    "text",
    [
        "One might think that the answer is 7, but it is 5.",
        "A common mistake is to say that the answer is 7. The answer is 5.",
        "It may be tempting to answer 7; the answer is 5.",
        "It cannot be 7, since 7 is odd; the answer is 5.",
    ],
)
def test_a_foil_is_no_answer(text: str) -> None:
    """What somebody might say, or what is ruled out with a reason, gives way to the answer."""
    assert value(text) == "5"


def test_a_hedge_gives_way_to_a_choice() -> None:
    """“It could be C, … so I choose B” answers B; two hedges leave it open."""
    assert value("It could be C, but the sum dominates, so I choose B.", CHOICE) == value("B", CHOICE)
    assert len(rivals("It could be B, but also C.", CHOICE)) == 2
    assert answer("It could be 5.").place.rank is Rank.PASSING


def test_numbers_of_a_program_are_no_answer() -> None:
    """What stands in a fenced block counts only where nothing else does."""
    found = find_in_text("```python\nn = 7\nprint(n)  # 3\n```\n\nIt prints 5.", NUMBER)
    assert found is not None
    assert found.rivals == ()
    assert found.readable
    only = find_in_text("```\narray([0., 1., 2.])\n```", SEQUENCE)
    assert only is not None
    assert only.readable


@pytest.mark.parametrize(
    "text",
    [
        "I cannot solve this.", "There is not enough information to answer.", "I will not guess.",
        "This cannot be determined.", "I am unable to help with that.",
    ],
)  # fmt: skip
def test_a_refusal_is_no_answer(text: str) -> None:
    """It is not an answer that could not be read."""
    assert find_answer(tokenize(text), NUMBER) is None


@pytest.mark.parametrize("text", ["Page 7 of 12", "step 3 of 9", "See page 7."])
def test_a_page_is_no_answer(text: str) -> None:
    """Neither number of a page marker is a value."""
    found = find_answer(tokenize(text), NUMBER, least_words=1)
    assert found is None or not found.readable
