"""What a sentence does with a value: denies it, supposes it, takes it, repeats it, or says that nothing changed."""

from __future__ import annotations

import pytest
from finder_sample import NUMBER, answer, part, said

from grader.intake.finding.commitments import commits, stays
from grader.intake.finding.echoes import without_echoes
from grader.intake.finding.finder import find_in_text
from grader.intake.finding.ranks import Rank

MATRIX = part("matrix_expression", symbols=(), cues=(), options={"shapes": {"A": "n × n", "b": ["n"]}})
CLASS = part("classification", symbols=(), cues=())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I do not think that 7 is right. The height is 5.", "5"),
        ("I can't confirm 18. The height is 5.", "5"),
        ("If they did, we would get 8, as before. Here: 5.", "5"),
        ("The height is 5, so 7 would be the sum with the hat.", "5"),
        ("8 is an upper bound, but I'd still go with 5.", "5"),
        ("The sums are 4 and 6. The larger one is 6.", "6"),
        ("The two have 3 and 4 sides each: 12", "12"),
        ("1 + 3 = 4, 2 + 4 = 6 -> 6", "6"),
        ("5 — the ratio 8 : 2 in other words.", "5"),
        ("With the hat it would be 8. Without it, x = 5.", "5"),
        ("The height is 5. Then it would be 8 without the hat.", "5"),
        ("The subscript 2 is the height of a sign. I'm keeping 5.", "5"),
        ("The answer in (b) is 7. The height is 5.", "5"),
        ("The weights are 8 and 2, the hat has 5.\n\n5 is.", "5"),
        ("The height is 5.\n\nCheck: x = 8. y = 7.", "5"),
    ],
)
def test_the_value_that_a_writer_holds_is_read(text: str, words: str) -> None:
    """And none that is denied, supposed, or a step on the way."""
    assert said(text) == words


@pytest.mark.parametrize("text", ["5 would be nice.", "If it were so, it would be 5."])
def test_what_is_only_supposed_is_said_in_passing(text: str) -> None:
    """It is for a person where nothing else is there."""
    assert answer(text).doubt


def test_a_quoted_answer_that_is_refused_is_none() -> None:
    """Also of words that read their own denials."""
    assert said('So my answer "True" was wrong; it is False.', CLASS) == "False"


@pytest.mark.parametrize("text", ["We get a column, so b.", "We get a column; hence b"])
def test_a_letter_that_follows_is_an_answer(text: str) -> None:
    """A letter that a sentence only speaks of is none."""
    found = find_in_text(text, MATRIX)
    assert found is not None
    assert (text[found.place.start : found.place.end], found.readable) == ("b", True)


@pytest.mark.parametrize(
    "text",
    [
        "I used 12 steps.\n\nAnswer: ???",
        "I used 12 steps.\n\nAnswer:",
        "I used 12 steps.\n\nThe final answer is: I don't know.",
    ],
)
def test_an_announcement_of_nothing_is_filled_by_nothing(text: str) -> None:
    """No number of the prose takes its place."""
    found = find_in_text(text, NUMBER)
    assert found is not None
    assert not found.readable


def test_the_answers_of_several_parts_may_stand_below_their_announcement() -> None:
    """“Final answers:” at the end of a section is no announcement of this part."""
    found = find_in_text("The height is 5.\n\nFinal answers:", NUMBER)
    assert found is not None
    assert (found.readable, found.place.rank) == (True, Rank.STATED)


@pytest.mark.parametrize(
    ("words", "takes"),
    [
        ("i would still go with", True),
        ("we keep", True),
        ("i'd stick with", True),
        ("i would not go with", False),
        ("you go with", False),
    ],
)
def test_a_writer_takes_a_value_in_the_first_person(words: str, takes: bool) -> None:
    """And not for somebody else, nor where it is denied."""
    assert commits(words.split()) is takes


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("my answer remains unchanged .", True),
        ("so no change .", True),
        ("all other answers remain unchanged", False),
        ("the rest of the answer stays", False),
        ("the state stays 5", False),
    ],
)
def test_an_answer_is_said_to_stay(words: str, same: bool) -> None:
    """The one asked, not the others."""
    assert stays(words.split()) is same


def test_what_a_reply_quotes_of_the_person_is_not_what_it_says() -> None:
    """As a block or in quotation marks, if it is long enough to be a quotation; its own words stay."""
    hint = "It is the symmetric part, [[4, 1.5], [1.5, 3]]."
    reply = f"> {hint}\n\nNot quite.\n\n> No: [[8, 3], [3, 6]].\n\nYou say “the symmetric part, [[4, 1.5], [1.5, 3]]”."
    masked = without_echoes(reply, [hint])
    assert len(masked) == len(reply)
    assert masked.split() == "Not quite. > No: [[8, 3], [3, 6]]. You say .".split()
    assert without_echoes('The answer is "5".', ["Is it 5?"]) == 'The answer is "5".'
