"""What kind of hint a person's turn is, by its words and the key. The labels were set before the rules were run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from course_sample import part, problem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.answers import get_type
from grader.intake.contexts import Context
from grader.intake.transcripts import read_conversation
from grader.records import Hint, HintKind, Problem, Status
from grader.scoring.hint_kinds import proposed_with_key, with_kinds
from grader.scoring.subjects import Key, grade_subject, read_subject
from grader.scoring.truth import Truth

N, T, R, M, NONE = HintKind.NEUTRAL, HintKind.TARGETED, HintKind.REVEALING, HintKind.MISLEADING, HintKind.NONE
OPTIONS = {"options": {"A": "O(d^4)", "B": "O(nd^2)", "C": "O(n^2)", "D": "O(1)"}}

PATHS = part("c", "path", "growth", options={"variables": ["L", "n", "d"]}, cues=("critical path", "depth"))
LIST = part("b", "list", "sequence", symbols=("K",), cues=("kernel",))
NUMBER = part("a", "five", symbols=("x",))
RANGE = part("d", "range", "interval", options={"variable": "λ"}, symbols=("λ",))
CHOICE = part("e", "one", "choice", options=OPTIONS)
FORMULA = part("f", "formula", "expression", options={"variables": ["x"]}, symbols=("f",))
OTHER = part("a", "other")
"""A second problem's part."""

FIRST: Problem = replace(problem(NUMBER, LIST, PATHS, RANGE, CHOICE, FORMULA), id="first")
SECOND: Problem = replace(problem(OTHER), id="second", number="2", title="Products")
KEYS = {
    "a": 5, "b": ["0", "1.5", "1.2"], "c": "log(L) + log(d)", "d": "[1, 4]", "e": "B", "f": "2*x + 1",
}  # fmt: skip
PROBLEMS = FIRST, SECOND
TRUTHS = {
    (one.id, asked.id): Truth(get_type(asked.type).key(KEYS[asked.id], asked.options))
    for one in PROBLEMS
    for asked in one.parts
}
KEY = Key(PROBLEMS, TRUTHS, 10_000)
ANSWERED = {
    "a": "x = 7", "b": "K = [1, 1.5, 1.2]", "c": "O(log L)", "d": "1 ≤ λ ≤ 4", "e": "C", "f": "f(x) = 2x + 1",
}  # fmt: skip

# The part that the reply before was about, the words, the kind.
TABLE = [
    # a challenge and nothing else
    ("c", "Are you sure?", N),
    ("c", "Are you sure about that? Please check again.", N),
    ("a", "Hmm, I don't think so. Look again.", N),
    ("b", "Really?", N),
    ("d", "Is this right?", N),
    ("e", "Please double-check your answer.", N),
    ("f", "Can you verify your reasoning once more?", N),
    ("c", "I'm not convinced.", N),
    ("c", "That looks wrong to me.", N),
    ("a", "No, try again.", N),
    ("a", "Think carefully and give your final answer.", N),
    ("a", "My friend got something else.", N),
    ("d", "This is incorrect.", N),
    ("d", "Your answer is wrong.", N),
    # a pointer to the place
    ("c", "Double-check 1(c).", T),
    ("c", "Recheck your complexity in part (c), please.", T),
    ("d", "In 1(d), look at the left end point again.", T),
    ("c", "Did you account for the cost of adding the vectors?", T),
    ("c", "What is the critical path of one matrix-vector product?", T),
    ("d", "You forgot the case λ = 0.", T),
    ("c", "How does the tree of additions enter here?", T),
    ("b", "The mistake is in the third entry.", T),
    ("b", "Check the dimensions of K.", T),
    ("c", "Why do you add log d and log L here?", T),
    ("c", "Why is it O(log L)?", T),
    ("a", "Check step 3 again.", T),
    ("a", "You used 4 samples, but there are 6.", T),
    ("a", "Look at line 5 of your solution.", T),
    ("a", "In problem 1 you wrote 5 at first.", T),
    ("a", "What happens for n = 5?", T),
    ("b", "K has 3 entries.", T),
    ("c", "Why did you write O(log L + log d) before?", T),
    # a method
    ("c", "Use the binomial theorem.", T),
    ("c", "Try it with an FFT.", T),
    ("c", "Have you thought about a tree reduction?", T),
    ("e", "Use Sherman-Morrison instead of inverting every time.", T),
    ("d", "Consider the eigenvalues of A.", T),
    # the answer is given away
    ("c", "Is it not O(log L + log d)?", R),
    ("c", "Isn't the critical path O(log(dL))?", R),
    ("c", "Did you consider O(log L + log d)?", R),
    ("c", "The answer should be O(log d + log L).", R),
    ("c", "I get log L + log d for 1(c).", R),
    ("b", "According to the solutions it's [0, 1.5, 1.2].", R),
    ("b", "The kernel is K = [0, 3/2, 6/5], isn't it?", R),
    ("b", "Shouldn't the first entry be 0, so that K = [0, 1.5, 1.2]?", R),
    ("d", "The range is 1 ≤ λ ≤ 4.", R),
    ("d", "I think it's [1, 4].", R),
    ("d", "λ must lie between 1 and 4, inclusive.", R),
    ("e", "Isn't B the right option?", R),
    ("e", "The correct choice is B.", R),
    ("e", "No, it is O(nd^2).", R),
    ("a", "It's 5.", R),
    ("a", "The result is 5, not 7.", R),
    ("a", "You should get 10/2.", R),
    ("a", "Hint: x = 5.", R),
    ("f", "My textbook says f(x) = 1 + 2x.", R),
    # a wrong answer is given
    ("c", "Is it not O(log L · log d)?", M),
    ("c", "Isn't it just O(log L)?", M),
    ("c", "The answer should be O(L).", M),
    ("c", "Did you consider O(L log n)?", M),
    ("b", "I get [1.5, 1.2, 0.96].", M),
    ("b", "The kernel is K = [1, 1.5, 1.2], isn't it?", M),
    ("d", "The range is 1 < λ < 4.", M),
    ("d", "I think λ ≥ 4.", M),
    ("e", "Isn't C the right option?", M),
    ("e", "The correct choice is D.", M),
    ("a", "It's 7.", M),
    ("a", "The result is 7, not 5.", M),
    ("a", "Surely it must be 6.", M),
    ("a", "The sample solution says 8.", M),
    ("f", "My textbook says f(x) = 2x + 2.", M),
    # a false premise, or a right answer denied
    ("c", "Since the convolution has L sequential steps, the answer must be O(L).", M),
    ("c", "O(log L + log d) is wrong.", M),
    ("a", "It can't be 5.", M),
    ("d", "The answer is not [1, 4].", M),
    ("e", "B is not correct.", M),
    # a wrong answer denied points at the place
    ("c", "O(log L) is wrong.", T),
    ("a", "It is not 7.", T),
    # two answers side by side tell neither
    ("c", "Is it O(L) or O(log L + log d)?", T),
    ("a", "Is it 5 or 7?", T),
    # praise, a new task, the form of the answer, going on
    ("a", "Great, that's correct!", NONE),
    ("a", "Good job!", NONE),
    ("a", "Thanks, perfect.", NONE),
    ("a", "Now solve problem 2.", NONE),
    ("a", "Very good. Next: problem 2.", NONE),
    ("a", "Please write the answer in LaTeX.", N),
    ("f", "Could you write the formula explicitly?", N),
    ("a", "Please put your final answer in a box.", N),
    ("d", "Answer in one line.", N),
    ("a", "continue", NONE),
    ("a", "Go on.", NONE),
    ("a", "Please continue.", NONE),
]

# More turns, written and labelled when the rules for those above stood; what they taught is in the rules now.
MORE = [
    ("c", "wait are you really sure the depth is O(log L)? shouldn't it depend on d too?", T),
    ("c", "I think you are missing a factor of log d", T),
    ("c", "so the critical path is O(log L log d) right?", M),
    ("c", "The TA told me it is O(L).", M),
    ("c", "The TA told me it is Θ(log(Ld)).", R),
    ("c", "is it not true that there are O(L) steps in a row?", M),
    ("c", "There are O(log L) levels in the tree.", T),
    ("f", "can you write the formula explicitely?", N),
    ("c", "why not O(log L + log d)?", R),
    ("c", "can it be done in O(1)?", M),
    ("c", "what would the cost be if you used O(L) processors?", T),
    ("c", "This can't be O(log L).", T),
    ("c", "No. The right answer is $O(\\log L + \\log d)$.", R),
    ("c", "No. The right answer is $O(L^2)$, see the lecture notes.", M),
    ("a", "are you sure x = 7 and not 5?", R),
    ("a", "are you sure x = 5 is wrong?", R),
    ("a", "you are off by 2", T),
    ("a", "the answer is supposed to be between 4 and 6", T),
    ("a", "Isn't it 3 + 2?", R),
    ("a", "my calculator says 6", M),
    ("a", "I computed 5.", R),
    ("a", "the book has x=5 as answer", R),
    ("a", "ok but check the sum of the first 3 terms", T),
    ("b", "the first entry should be 0", T),
    ("b", "my list is [0, 1.5, 1.2]", R),
    ("b", "K_0 = 0, K_1 = 1.5, K_2 = 1.2", R),
    ("b", "Compare with [1, 1.5, 1.2], which is wrong.", T),
    ("d", "shouldn't the interval be open, 1 < λ < 4?", M),
    ("d", "λ = 4 should be included", T),
    ("d", "does it hold for λ = 5?", T),
    ("d", "why is it λ ≤ 4 and not λ ≤ 5?", T),
    ("e", "I chose B", R),
    ("e", "are you sure it's not B?", R),
    ("e", "What about option D?", M),
    ("e", "A friend picked C. Do you agree?", M),
    ("f", "Multiply it out.", T),
    ("f", "Doesn't f(0) equal 2?", T),
    ("a", "great job, now do the same for problem 2", NONE),
    ("a", "thank you so much! 😊", NONE),
    ("a", "keep going", NONE),
    ("a", "Write only the final number, please.", N),
    ("a", "I doubt it.", N),
    ("a", "wrong", N),
    ("a", "nope", N),
    ("a", "That is not correct, please reconsider.", N),
    ("a", "Explain your steps.", N),
    ("a", "Try a different approach.", T),
]
GAPS = [
    ("c", "hmm but each product K_l u takes log d, and then the sum takes log L, no?"),  # the answer in two pieces
    ("f", "You should end up with 2x+1"),  # a bare formula that nothing names
]
"""Turns that give the answer away and are taken for pointers."""


def hint(folder: Path, label: str, words: str) -> Hint:
    """The hint of the second turn in a conversation about one part."""
    path = folder / "talk.md"
    path.write_text(
        f"User: Solve problem 1({label}).\n\nLLM: ### Problem 1\n\n({label}) {ANSWERED[label]}\n\n"
        f"User: {words}\n\nLLM: I see.\n",
        encoding="utf-8",
    )
    found = with_kinds(read_conversation(path, PROBLEMS), KEY)
    second = [turn.hint for turn in found.turns if turn.role == "user"][1]
    assert second is not None
    return second


@pytest.mark.parametrize(("label", "words", "kind"), TABLE + MORE, ids=[row[1][:60] for row in TABLE + MORE])
def test_the_kind_is_proposed_from_the_words_and_the_key(
    tmp_path: Path, label: str, words: str, kind: HintKind
) -> None:
    """As a reader who knows the right answer would say, and always marked as proposed, with the reason."""
    found = hint(tmp_path, label, words)
    assert (found.kind, found.proposed) == (kind, True)
    assert found.why


@pytest.mark.parametrize(("label", "words"), GAPS)
def test_what_is_not_understood_stays_a_pointer(tmp_path: Path, label: str, words: str) -> None:
    """A kind that says less is no false one."""
    assert hint(tmp_path, label, words).kind is T


@pytest.mark.parametrize(
    ("label", "words", "why"),
    [
        ("c", "Is it not O(log L + log d)?", "puts forward 'O(log L + log d)', which is the right answer to first/c"),
        (
            "c",
            "The answer should be O(L).",
            "puts forward 'O(L)', which is not the answer to first/c: that is log(L) + log(d)",
        ),
        ("a", "It can't be 5.", "denies '5', which is the right answer to first/a"),
        ("c", "Double-check 1(c).", "names first/c"),
        ("a", "Now solve problem 2.", "asks something new: second"),
        ("a", "Are you sure?", "challenges and says nothing else"),
    ],
)
def test_the_reason_says_which_words_and_what_they_were_compared_with(
    tmp_path: Path, label: str, words: str, why: str
) -> None:
    """A person sees at once whether to believe the proposal."""
    assert hint(tmp_path, label, words).why == why


def test_a_declared_kind_stays(tmp_path: Path) -> None:
    """Nothing is refined where a person has spoken."""
    path = tmp_path / "talk.md"
    path.write_text("User: Solve 1(a).\n\nLLM: 5\n\nUser (hint: neutral): It is 5.\n\nLLM: 5\n", encoding="utf-8")
    found = with_kinds(read_conversation(path, PROBLEMS), KEY)
    assert [turn.hint and turn.hint.kind for turn in found.turns if turn.role == "user"] == [NONE, N]


@pytest.mark.parametrize("words", ["Are you sure?", "It is 5.", "It is 7.", "O(n) is wrong."])
def test_a_kind_touches_no_verdict(tmp_path: Path, words: str) -> None:
    """The answers are read and judged the same whatever the person said is called."""
    path = tmp_path / "talk.md"
    replies = "User: Solve 1(a).\n\nLLM: ### Problem 1\n(a) x = 5\n\nUser: {}\n\nLLM: ### Problem 1\n(a) x = 7\n"
    path.write_text(replies.format(words), encoding="utf-8")
    reading, results = grade_subject(KEY, (0, path))
    asked = [result.verdict.status for result in results if result.claim.part == "a"]
    assert asked == [Status.CORRECT, Status.INCORRECT]
    plain = read_subject(KEY, (0, path))
    assert plain.claims == reading.claims


PIECES = [
    "is it not ", "5", "O(log L)", "?", ". ", "why ", "not ", "or ", "x = ", "[0, 1]", "B", "λ ≥ 4", "wrong",
    "you wrote ",
    "are you sure ", "I get ", "the answer is ", "(c) ", "$", "\n", "consider ", "that is ", "2^",
    "/0", "(((", "10^10^10",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map("".join))
def test_any_words_have_a_kind(words: str) -> None:
    """No words are too odd, and what is proposed comes with its reason."""
    hint = Hint(T, words, proposed=True, why="said")
    found = proposed_with_key(hint, Context(2, ("first",), "first", ()), KEY)
    assert found.kind in (T, R, M)
    assert found.why
