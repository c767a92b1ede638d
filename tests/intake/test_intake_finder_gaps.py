"""The answer to one part in a text: what cannot be read, what is not searched, places, bounded work."""

from __future__ import annotations

import pytest
from finder_sample import INTERVAL, NUMBER, SEQUENCE, answer, said, value
from steps import calls

from grader.intake.finding.finder import Rank, find_answer, find_in_text
from grader.maths.reading.lexer import tokenize

# ---------------------------------------------------------------- unreadable


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We have x = 3.\n\nFinal answer: 2^q/(", id="a final answer"),
        pytest.param("We have x = 3.\n\n\\boxed{2^q}", id="a box"),
        pytest.param("There are 3 samples.\n\nx = q/2", id="a statement about the symbol"),
        pytest.param("Final answer: 3\n\nLater.\n\n\\boxed{q + 1}", id="a box after a readable final answer"),
        pytest.param("Final answer: 3\n\nLater.\n\nFinal answer: q + 1", id="the later of two final answers"),
        pytest.param("Final answer:\n\n2^q\n\nThere are 3 samples.", id="on the line after"),
    ],
)
def test_an_announced_answer_that_cannot_be_read_is_reported(text: str) -> None:
    """Nothing is picked from elsewhere, nor a number out of the formula."""
    found = answer(text)
    assert not found.readable
    assert "q" in text[found.place.start : found.place.end]
    assert "3" not in text[found.place.start : found.place.end]


def test_no_piece_of_a_broken_list_is_an_answer() -> None:
    """A list that breaks off is unreadable; neither its first entries nor another list replace it."""
    found = answer("The inputs are [9, 9, 9].\n\nK = [0, 1.5, 1.2, ▯▯", SEQUENCE)
    assert not found.readable


@pytest.mark.parametrize("before", ["The inputs are [9, 9, 9].", "At first K = [9, 9, 9]."])
@pytest.mark.parametrize("mark", ["K = ", "Kernel: ", "The kernel is ", "**Kernel:** $K = "])
def test_a_broken_list_is_not_replaced_by_an_earlier_one(before: str, mark: str) -> None:
    """A list announced by its symbol or cue that breaks off is the answer, and no earlier list stands in for it."""
    found = answer(f"{before}\n\n{mark}[0, 1.5, 1.2, ▯▯", SEQUENCE)
    assert not found.readable


def test_no_piece_of_a_broken_interval_is_an_answer() -> None:
    """An interval whose bracket does not close is unreadable, though a bound stands elsewhere."""
    text = "We need λ ≤ 4.\n\nFinal answer: λ ∈ [1, 4"
    assert not answer(text, INTERVAL).readable


def test_a_statement_that_goes_on_to_a_value_is_readable() -> None:
    """“x = a + b = 5” ends in the value."""
    assert value("x = a + b = 5") == "5"


def test_a_formula_before_the_value_does_no_harm() -> None:
    """A symbolic statement followed by the value in figures is read as the value."""
    assert value("x = a + b\n\nx = 5") == "5"


@pytest.mark.parametrize(
    "text", ["", "  \n\n", "...", "I ran out of time.", "Skipped, no idea.", "Not done", "see above"]
)
def test_a_text_without_an_answer_has_none(text: str) -> None:
    """Blank text and words that say that there is no answer are no unreadable answer."""
    assert find_answer(tokenize(text), NUMBER) is None


def test_words_that_try_to_answer_are_unreadable() -> None:
    """A sentence in which nothing reads as the type is an answer that could not be read."""
    found = answer("It grows with the square of the width")
    assert not found.readable


# ---------------------------------------------------------------- elsewhere, and whole replies


def test_text_of_others_counts_only_for_statements() -> None:
    """Outside the part's own section a bare number is nobody's answer; a statement about x is one."""
    assert find_answer(tokenize("There were 7 samples."), NUMBER, own=False) is None
    assert said("There were 7 samples, and x = 5.", own=False) == "5"


def test_text_of_others_is_never_unreadable() -> None:
    """What cannot be read outside the part's own section is not held against it."""
    assert find_answer(tokenize("x = q/2"), NUMBER, own=False) is None
    assert find_answer(tokenize("Some words that say something else."), NUMBER, own=False) is None


def test_a_whole_reply_is_searched() -> None:
    """A reply with its derivation is read like a section."""
    found = find_in_text("First 2 + 3 is taken.\n\nThat leaves 7 over.\n\nThe final answer is 5.", NUMBER)
    assert found is not None
    assert found.readable
    assert found.place.rank is Rank.FINAL


def test_the_only_candidate_is_known_as_such() -> None:
    """One candidate alone is sole; of two none is."""
    assert answer("It comes to 5").sole
    assert not answer("It comes to 7, then 5").sole


# ---------------------------------------------------------------- offsets and bounds


@pytest.mark.parametrize("before", ["", "🙂 𝛼 ", "line\r\n", "é\u0301 "])
def test_places_are_offsets_of_the_text(before: str) -> None:
    """Characters outside the basic plane, line ends of Windows and accents shift nothing."""
    text = f"{before}Final answer: 5.25 exactly"
    assert said(text) == "5.25"
    assert answer(text).place.start == text.index("5.25")


@pytest.mark.parametrize(
    "unit",
    [
        "x = ", "x = 5\n", "x = 5 ? ", "x = q\n", "5 or ", "5 ", "not ", "not 5 ", "\\boxed{", "\\boxed{5} ",
        "\\boxed{q}\n", "Final answer: ", "Final answer: 5\n", "Final answer: q(\n", "wait ", "Wait, 7.\n",
        "oops x = 5 ", "(", "answer ", "check 5 ", "height ", "height 5 ", "a. ", "5? ",
    ],
)  # fmt: skip
def test_work_grows_with_length_only(unit: str) -> None:
    """Three times the text takes about three times the function calls, counted, not timed."""

    def steps(times: int) -> int:
        return calls(lambda: search("x = 3. " + unit * times))

    def search(text: str) -> None:
        found = find_in_text(text, NUMBER)
        assert found is None or 0 <= found.place.start < found.place.end <= len(text)

    steps(50)  # what is loaded and compiled once is not counted
    assert steps(900) < 4.5 * steps(300) + 1_000


def test_a_cue_above_a_list_announces_all_of_its_items() -> None:
    """The first item need not be the answer, also where items are bold or blank lines stand between them."""
    text = "**Height:**\n- from $y_k = \\sum_j a_j$ by adding\n\n- **In all:** 7\n"
    assert said(text) == "7"
