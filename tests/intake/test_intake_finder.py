"""The answer to one part in a text: which place counts, what takes it back, what rivals it."""

from __future__ import annotations

import pytest
from finder_sample import CHOICE, INTERVAL, NUMBER, SEQUENCE, answer, part, rivals, said, value

from grader.intake.finding.finder import Rank, find_answer
from grader.maths.reading.lexer import tokenize
from grader.records import Part

# ---------------------------------------------------------------- ranks


@pytest.mark.parametrize(
    ("text", "wanted", "rank"),
    [
        pytest.param("\\boxed{5}\n\nThe final answer is 7.", "5", Rank.BOXED, id="a box over a final answer"),
        pytest.param("\\boxed{5}\n\nx = 7", "5", Rank.BOXED, id="a box over a later statement"),
        pytest.param("\\boxed{x = 5}, and 7 others", "5", Rank.BOXED, id="a box with a name in it"),
        pytest.param("$$\\boxed{\\frac{5}{2}}$$ after 7 steps", "5/2", Rank.BOXED, id="a box with a fraction"),
        pytest.param(
            "Final answer: 5\n\nThat gives x = 7 for the other case.", "5", Rank.FINAL, id="final over stated"
        ),
        pytest.param("**Answer:** 5\n\nThe height of the other one is 7.", "5", Rank.FINAL, id="bold announcement"),
        pytest.param("Answer\n5\n\nThere were 7 samples.", "5", Rank.FINAL, id="announced on the line before"),
        pytest.param("So my answer is 5, dear reader.", "5", Rank.FINAL, id="announced within a sentence"),
        pytest.param("x = 5\n\nThere were 7 samples.", "5", Rank.STATED, id="symbol over the last number"),
        pytest.param("The height is 5.\n\nThere were 7 samples.", "5", Rank.STATED, id="cue over the last number"),
        pytest.param("Height:\n5\n\nThere were 7 samples.", "5", Rank.STATED, id="a cue on the line before"),
        pytest.param("We end with 5 apples", "5", Rank.CANDIDATE, id="the only one of the type"),
    ],
)
def test_the_plainest_mark_wins(text: str, wanted: str, rank: Rank) -> None:
    """Boxed, then final answer, then a statement about the symbol or cue, then the last of the type."""
    assert value(text) == wanted
    assert answer(text).place.rank is rank


def test_the_ranks_hold_for_every_type() -> None:
    """A box, an announcement and a statement beat later candidates for sequences, intervals and choices."""
    assert value("\\boxed{[0, 1, 2]}\n\nThe inputs were [3, 4, 5].", SEQUENCE) == "[0, 1, 2]"
    assert value("K = [0, 1, 2]\n\nThe inputs were [3, 4, 5].", SEQUENCE) == "[0, 1, 2]"
    assert value("Final answer: [1, 4]\n\nλ ≤ 9 keeps only the first.", INTERVAL) == value("1 ≤ λ ≤ 4", INTERVAL)
    assert value("Answer: B\n\nSumming alone costs O(n).", CHOICE) == value("B", CHOICE)


@pytest.mark.parametrize(
    ("text", "asked", "wanted"),
    [
        ("The final answer is 5, because 7 of the 12 cancel.", NUMBER, "5"),
        ("So my answer is 5 after 7 steps.", NUMBER, "5"),
        ("Answer: 1 ≤ λ ≤ 4, since λ > 4 loses the third direction.", INTERVAL, "[1, 4]"),
        ("The final answer is B, since O(n) pays for one sum only.", CHOICE, "B"),
        ("Answer: K = [0, 1, 2], where the inputs are [1, 1, 1].", SEQUENCE, "[0, 1, 2]"),
    ],
)
def test_the_reason_given_for_an_answer_is_none(text: str, asked: Part, wanted: str) -> None:
    """In the sentence of an announcement the value announced counts, not one in its explanation."""
    assert value(text, asked) == value(wanted, asked)


def test_one_letter_is_not_another() -> None:
    """A statement about X or about x_other is none about x; case counts."""
    assert value("x = 5\n\nX = 7") == "5"
    assert value("x = 5\n\ny = 7") == "5"


def test_a_symbol_with_an_index_is_the_symbol() -> None:
    """x_1 is a statement about x: it outranks a number said in passing."""
    assert answer("x_1 = 5\n\nThere were 7 samples.").place.rank is Rank.STATED


# ---------------------------------------------------------------- revisions


def test_a_later_statement_revises_an_earlier_one() -> None:
    """Of two statements about the symbol the last counts, without rivals."""
    assert value("x = 3\n\nThe other term adds two more.\n\nx = 5") == "5"


@pytest.mark.parametrize(
    "words",
    [
        "Correction:", "Wait,", "Scratch that.", "I was wrong.", "My mistake.", "I made a mistake.",
        "I made an error:",
        "Oops,", "Sorry,", "On second thought,", "Actually,", "Edit:", "Update:", "Revised:", "Let me redo this.",
        "Let me recompute.", "Let me reconsider.", "I changed my mind.", "Ignore the above.",
        "That is not quite right.", "I should have halved it.",
    ],
)  # fmt: skip
def test_words_of_revision_take_back_a_final_answer(words: str) -> None:
    """After a word of revision the new final answer stands alone."""
    assert value(f"Final answer: 3\n\n{words} Final answer: 5") == "5"
    assert value(f"\\boxed{{3}}\n\n{words} \\boxed{{5}}") == "5"


def test_a_revision_may_be_plainer_than_what_it_takes_back() -> None:
    """A statement after a word of revision replaces even a box."""
    assert value("\\boxed{3}\n\nCorrection: x = 5") == "5"


@pytest.mark.parametrize(
    "after",
    [
        "Wait, is that right? Yes, it is.",
        "Wait, that took 7 steps. Fine.",
        "Actually, this was done before with 7 samples.",
    ],
)
def test_a_word_of_revision_that_revises_nothing_changes_nothing(after: str) -> None:
    """Where no plain statement follows, what was said before stands."""
    assert value(f"Final answer: 5\n\n{after}") == "5"


def test_a_revision_of_a_revision() -> None:
    """The last of several revisions counts."""
    assert value("x = 1\n\nCorrection: x = 3\n\nOops, x = 5") == "5"


def test_a_withdrawn_answer_without_a_new_one_is_not_replaced_by_chance() -> None:
    """A revision towards something unreadable is unreadable; the old answer is not graded."""
    found = answer("Final answer: 3\n\nCorrection. Final answer: 2^q/(")
    assert not found.readable


# ---------------------------------------------------------------- denials, questions, passing remarks


@pytest.mark.parametrize(
    "text",
    [
        "The answer is not 3. The answer is 5.",
        "The answer is 5, not 3.",
        "x is not equal to 3; x is 5",
        "It isn't 3, it is 5.",
        "x ≠ 3, but x = 5",
        "x = 5 and not 3",
        "The answer is 5 and can't be 3.",
        "The answer is 5. It is never 3.",
        "x is neither 3 nor 7; x = 5",
        "The answer doesn't equal 3. The answer is 5.",
        "The answer is 5. The answer won't be 3.",
        "The answer is 5 rather than 3.",
        "The answer is 5 instead of 3.",
        "Answer: 5\n\nThe answer 3 is wrong.",
        "x = 5\n\nMy neighbour has x = 3, which is wrong.",
    ],
)
def test_what_is_denied_is_no_answer(text: str) -> None:
    """“not 3” gives no 3, wherever it stands."""
    assert value(text) == "5"


def test_a_denial_alone_is_no_answer() -> None:
    """“x is not 3” answers nothing, and 3 is not graded."""
    assert find_answer(tokenize("x is not 3"), NUMBER) is None


def test_an_apostrophe_of_typography_denies_too() -> None:
    """“isn’t” with a curly apostrophe is “isn't”."""
    assert value("The answer isn’t 3 but 5.") == "5"
    assert value("The answer is 5. The answer isn’t 3.") == "5"


@pytest.mark.parametrize(
    "text",
    [
        "x = 5\n\nCould x = 7 be right?",
        "x = 5. Is it perhaps x = 7?",
        "Is x = 7? No. x = 5",
        "Answer: 5\n\nIs the answer 7?",
    ],
)
def test_what_is_asked_is_not_said(text: str) -> None:
    """A value in a question gives way to one that is stated."""
    assert value(text) == "5"


@pytest.mark.parametrize(
    "text",
    [
        "x = 5\n\nCheck: x = 7 would not satisfy the equation.",
        "x = 5\n\nFor example, x = 7 is too large.",
        "x = 5\n\nIf x = 7, the sum is too large.",
        "x = 5\n\nA common mistake is x = 7.",
        "x = 5\n\nOne might think that x = 7.",
        "x = 5\n\nSuppose x = 7; then the sum is too large.",
        "x = 5\n\nSanity check with x = 7 fails as it should.",
        "x = 5 instead of x = 7",
        "Given x = 7 at the start, the height is 5.",
    ],
)
def test_what_is_said_in_passing_is_not_the_answer(text: str) -> None:
    """Checks, examples, conditions and named mistakes give way to the statement."""
    assert value(text) == "5"


def test_a_cue_is_never_a_word_of_passing() -> None:
    """“Naive: 5” is an aside, unless the naive value is what is asked."""
    assert answer("Naive: 5").place.rank is Rank.PASSING
    assert answer("Naive: 5", part(cues=("naive",))).place.rank is Rank.STATED
    assert answer("The naive recursion instead: 5", part(cues=("naive",))).place.rank is Rank.STATED
    assert answer("The doubling instead: 5", part(cues=("naive",))).place.rank is Rank.PASSING


def test_a_check_after_the_final_answer_is_no_rival() -> None:
    """Numbers in a check are no second final answer."""
    assert value("Final answer: 5\n\nCheck: 5 + 2 = 7.") == "5"


# ---------------------------------------------------------------- rivals


@pytest.mark.parametrize(
    "text",
    [
        "x = 3 or x = 5",
        "x is 3 or 5",
        "x = 3 or 5",
        "Either x = 3 or x = 5.",
        "Answer: 3 or 5",
        "Answer: either 3 or 5, I am not sure which",
        "3 or 5",
        "\\boxed{3} or \\boxed{5}",
        "x = 3, or maybe x = 5",
        "either x = 3\nor x = 5",
    ],
)
def test_two_alternatives_are_rivals(text: str) -> None:
    """“either A or B” is two answers, and neither is chosen."""
    assert rivals(text) == {"3", "5"}


def test_alternatives_of_other_types_are_rivals() -> None:
    """Lists and options beside an “or” are two answers each."""
    assert len(rivals("Either K = [0, 1, 2] or K = [1, 2, 3].", SEQUENCE)) == 2
    assert len(rivals("B or C", CHOICE)) == 2
    assert len(rivals("Either [1, 4] or (1, 4), I cannot tell.", INTERVAL)) == 2


def test_the_symbol_need_not_be_said_twice() -> None:
    """“K = A or B” is as undecided as “K = A or K = B”."""
    assert len(rivals("K = [0, 1, 2] or [1, 2, 3]", SEQUENCE)) == 2
    assert len(rivals("λ ∈ [1, 4] or (1, 4), I cannot tell.", INTERVAL)) == 2


def test_no_number_is_picked_out_of_a_range() -> None:
    """“x = 3–5” is a difference or a range; it is not 3."""
    found = answer("x = 3–5")
    assert not found.readable or "3" not in rivals("x = 3–5")


def test_an_or_within_a_set_of_numbers_is_one_answer() -> None:
    """“λ < 1 or λ > 4” is a union: one answer to a question for a set."""
    assert value("λ < 1 or λ > 4", INTERVAL) == value("λ ∈ (-∞, 1) ∪ (4, ∞)", INTERVAL)


def test_equal_alternatives_are_one_answer() -> None:
    """1/2 or 0.5: equal values in two notations do not rival each other."""
    found = answer("x = 1/2 or x = 0.5")
    assert found.rivals == ()


@pytest.mark.parametrize(
    "text",
    [
        "Final answer: 3\n\nSome more words.\n\nFinal answer: 5",
        "\\boxed{3}\n\nSome more words.\n\n\\boxed{5}",
    ],
)
def test_two_different_finals_are_rivals(text: str) -> None:
    """Two final answers without a word of revision: the text does not decide."""
    assert rivals(text) == {"3", "5"}


def test_a_final_answer_said_twice_is_one_answer() -> None:
    """Equal finals are no rivals, in whatever notation."""
    assert value("Final answer: 1/2\n\nAs I said.\n\nFinal answer: 0.5") == "0.5"


def test_rivals_keep_their_places() -> None:
    """The places of an answer and its rival are those of the values in the text."""
    text = "Final answer: 3\n\nMore.\n\nFinal answer: 5"
    found = answer(text)
    assert text[found.place.start : found.place.end] == "5"
    assert [(p.start, text[p.start : p.end]) for p in found.rivals] == [(14, "3")]


def test_numbers_that_nothing_marks_are_rivals() -> None:
    """Of two numbers without a cue neither is the answer: the last is no better than the first."""
    assert rivals("We start with 7 and end with 5") == {"7", "5"}


MATRIX = part("matrix_expression", symbols=(), cues=(), options={"shapes": {"A": ["n", "n"], "B": ["n", "n"]}})
ROUNDED = part(options={"decimals": 2})


@pytest.mark.parametrize(
    "text",
    [
        "inverse of A + B",
        "It is the inverse of the matrix $A + B$.",
        "the transpose of A B",
        "the negative of (A + B)",
        "A + B, inverted",
        "$A + B$ transposed",
    ],
)
def test_a_formula_to_which_words_apply_something_is_doubtful(text: str) -> None:
    """“The inverse of A + B” is not A + B, and no marks are given for it as if it were."""
    assert answer(text, MATRIX).doubt


@pytest.mark.parametrize(
    "text", ["The inverse of M is A + B.", "the block of the inverse: A + B", "A + B, inverse of M"]
)
def test_words_about_something_else_raise_no_doubt(text: str) -> None:
    """What is inverted there is another matrix."""
    assert not answer(text, MATRIX).doubt


@pytest.mark.parametrize("word", ["about", "approximately", "roughly"])
def test_about_is_a_doubt_only_where_rounded_numbers_do_not_count(word: str) -> None:
    """Where two decimals are asked, “about 0.33” says what is asked."""
    assert answer(f"It is {word} 0.33.", NUMBER).doubt
    assert not answer(f"It is {word} 0.33.", ROUNDED).doubt


@pytest.mark.parametrize("word", ["at least", "nearly", "below"])
def test_a_bound_is_a_doubt_also_where_rounded_numbers_count(word: str) -> None:
    """“At least 0.33” is no value."""
    assert answer(f"It is {word} 0.33.", ROUNDED).doubt


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x = 5\n\n## Self-check\n\nFor n = 1, x = 7, as it should be.\n", "5"),
        ("We sum.\n\n## Self-check\n\n- Height: 7\n", "7"),
    ],
)
def test_a_case_that_is_tried_is_no_answer(text: str, wanted: str) -> None:
    """What stands under the heading of a check is none, unless it has the question's own label."""
    assert said(text) == wanted


def test_a_conclusion_stands_over_the_costs_of_steps() -> None:
    """“Total cost: …” after a list of options that are each said of one step."""
    steps = "- Multiply: cost O(n).\n- Add: cost O(n).\n- Sort: cost O(n^3).\n\n"
    assert said(f"{steps}**Total cost**: O(n^2).\n", CHOICE) == "O(n^2)"
