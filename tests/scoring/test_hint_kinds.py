"""What kind of hint a person's turn is, by its words and the key. The labels were set before the rules were run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from course_sample import part, problem
from hint_sample import GAPS, MORE, NONE, TABLE, THIRD, M, N, R, T
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.answers import get_type
from grader.intake.parts.contexts import Context
from grader.intake.talks.transcripts import read_conversation
from grader.records import Hint, HintKind, Problem, Status
from grader.scoring.hint_kinds import proposed_with_key, with_kinds
from grader.scoring.subjects import Key, grade_subject, read_subject
from grader.scoring.truth import Truth

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

ROWS = TABLE + MORE + THIRD


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


@pytest.mark.parametrize(("label", "words", "kind"), ROWS, ids=[row[1][:60] for row in ROWS])
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
    reading, results = grade_subject(KEY, path)
    asked = [result.verdict.status for result in results if result.claim.part == "a"]
    assert asked == [Status.CORRECT, Status.INCORRECT]
    plain = read_subject(KEY, path)
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
