"""Which problems and parts a person's words name. The table was written before the code was run on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_sample import WHOLE

from grader.intake.parts.contexts import contexts
from grader.intake.parts.references import references
from grader.intake.talks.transcripts import read_conversation

# The words, said while problem 1 is talked about, and the parts that they name.
NAMED = [
    ("double-check 1(c)", "1.c"),
    ("Double-check 1c please", "1.c"),
    ("Double-check 1 (c).", "1.c"),
    ("Please look at 1.c again", "1.c"),
    ("Is Problem 1(c) right?", "1.c"),
    ("Is question 1, part (c) right?", "1.c"),
    ("In problem 1 part c you forgot n", "1.c"),
    ("for part (b)", "1.b"),
    ("for part b", "1.b"),
    ("In part (b)(ii) the last entry is off", "1.b.ii"),
    ("in (b) (ii), the last entry is off", "1.b.ii"),
    ("b.ii looks odd", "1.b.ii"),
    ("part b ii looks odd", "1.b.ii"),
    ("bii looks odd", "1.b.ii"),
    ("(b)ii looks odd", "1.b.ii"),
    ("part (ii) of (b) looks odd", "1.b.ii"),
    ("recheck (d)-(f)", "1.d 1.e 1.f"),
    ("recheck (d)–(f)", "1.d 1.e 1.f"),
    ("recheck (d) – (f)", "1.d 1.e 1.f"),
    ("recheck (d) to (f)", "1.d 1.e 1.f"),
    ("recheck (d) through (f)", "1.d 1.e 1.f"),
    ("recheck parts d-f", "1.d 1.e 1.f"),
    ("recheck parts d to f", "1.d 1.e 1.f"),
    ("recheck parts (d)–(f) of problem 1", "1.d 1.e 1.f"),
    ("recheck 1(d)-(f)", "1.d 1.e 1.f"),
    ("recheck 1(d)-1(f)", "1.d 1.e 1.f"),
    ("recheck 1d-f", "1.d 1.e 1.f"),
    ("recheck (c), (d) and (f)", "1.c 1.d 1.f"),
    ("recheck parts c, d and f", "1.c 1.d 1.f"),
    ("recheck parts c & d", "1.c 1.d"),
    ("redo c and d", "1.c 1.d"),
    ("In (c), and in (d) too, what does a product cost?", "1.c 1.d"),
    ("1(c), 1(d) and 3(c)", "1.c 1.d 3.c"),
    ("1(c) and 3(a)(ii)", "1.c 3.a.ii"),
    ("problem 3 (c)", "3.c"),
    ("problem 3: parts (a) and (c)", "3.a 3.c"),
    ("Q3c", "3.c"),
    ("P3(c)", "3.c"),
    ("#3c", "3.c"),
    ("Ex. 3(c)", "3.c"),
    ("Aufgabe 3 c)", "3.c"),
    ("your answer to c", "1.c"),
    ("your answer for c is wrong", "1.c"),
    ("go back to c)", "1.c"),
    ("part C is missing", "1.c"),
    ("for part (c) and the same for part(d)", "1.c 1.d"),
    ("then rethink about c and d", "1.c 1.d"),
    ("reconsider c", "1.c"),
    ("think about a and b", ""),
    ("Part (C)", "1.c"),
    ("the scalar case", "1.b.i"),
    ("What about the diagonal case?", "1.e"),
    # no references
    ("what about a and b?", ""),
    ("Let c = 3 and d = 4.", ""),
    ("f(c) is not O(d)", ""),
    ("check the cost in d", ""),
    ("i think so", ""),
    ("it takes 3c steps", "3.c"),
    ("is (i) complete?", "1.b.i"),
    ("the general case", ""),
    ("the vector (a, b)", ""),
    ("a) first b) second", "1.a 1.b"),
    ("the kernel case", ""),
    ("step (3)", ""),
    ("2d convolution", ""),
]

PROMPTS = {"b.i": "One channel: the scalar recursion.", "b.ii": "Two states.", "e": "What does a diagonal A change?"}
COURSE = (
    replace(WHOLE[0], parts=tuple(replace(part, prompt=PROMPTS.get(part.id, "")) for part in WHOLE[0].parts)),
    *WHOLE[1:],
)
NUMBERS = {problem.id: problem.number for problem in COURSE}


def named(words: str) -> str:
    """The parts named, as ``1.c 3.a.ii``."""
    found = references(words, COURSE, "kernels").parts
    return " ".join(f"{NUMBERS[problem]}.{'.'.join(label)}" for problem, label in found)


@pytest.mark.parametrize(("words", "parts"), NAMED)
def test_words_name_parts(words: str, parts: str) -> None:
    """As a reader of the conversation would say."""
    assert named(words) == parts


@pytest.mark.parametrize(
    "words",
    ["it is (a − c)² + 1b².", "so 1b = 7", "is it 1b·x?", "x = 1c", "1c^2 is too large", "1a + x", "that is x² − 1c"],
)
def test_products_are_no_names(words: str) -> None:
    """A number and a letter with a power, or with a sign of a formula beside them, name no part."""
    assert named(words) == ""


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("**1c** is wrong", "1.c"),
        ("1c: redo", "1.c"),
        ("1a+1b", "1.a 1.b"),
        ("1c/1d", "1.c 1.d"),
        ("Is 1c's sign right?", "1.c"),
    ],
)
def test_marks_around_a_name_make_no_product_of_it(words: str, parts: str) -> None:
    """Emphasis, colons and signs between two names."""
    assert named(words) == parts


def scopes(folder: Path, *hints: str) -> list[str]:
    """For each reply to a hint the part that it is about, where it has no heading."""
    turns = "".join(f"User: {words}\n\nLLM: It is 5.\n\n" for words in ("Solve problems 1, 3 and 4.", *hints))
    path = folder / "talk.md"
    path.write_text(turns, encoding="utf-8")
    found = contexts(read_conversation(path, COURSE), COURSE)[1:]
    return [f"{NUMBERS.get(one.problem, '')}.{'.'.join(one.label)}" for one in found]


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("Double-check 1(c).", "1.c"),
        ("For part (b) of problem 3: is that all?", "3.b"),
        ("In problem 1, look at the scalar case.", "1.b.i"),
        ("Recheck 1(d)–(f).", "1."),
        ("Compare 1(b)(i) with 1(b)(ii).", "1.b"),
        ("1(c) and 3(c) do not fit.", "."),
        ("Are you sure?", "."),
    ],
)
def test_a_hint_that_names_a_part_scopes_the_reply(tmp_path: Path, words: str, scope: str) -> None:
    """What a reply without headings says is about the part that the hint names, or what several have in common."""
    assert scopes(tmp_path, words) == [scope]


def test_a_scope_lasts_until_another_is_named(tmp_path: Path) -> None:
    """A further doubt is about the same part; a range or another part ends it."""
    hints = ("Check 1(c).", "Really?", "And the scalar case?", "Recheck 1(d)-(f).", "Sure?")
    assert scopes(tmp_path, *hints) == ["1.c", "1.c", "1.b.i", "1.", "1."]


def test_a_declared_hint_is_about_what_it_declares(tmp_path: Path) -> None:
    """“so 3a” in it is a product; “problem 4” asks for that all the same."""
    for words, asked in (("x² becomes 2x, so 3a", {"1"}), ("Now problem 4, too.", {"1", "4"})):
        path = tmp_path / "talk.md"
        path.write_text(
            "User: Solve problem 1.\n\nLLM: It is 5.\n\n"
            f"User (hint: targeted; about: kernels/c): {words}\n\nLLM: Yes.\n",
            encoding="utf-8",
        )
        last = contexts(read_conversation(path, COURSE), COURSE)[-1]
        assert {NUMBERS[problem] for problem in last.asked} == asked


WORDS = st.lists(
    st.sampled_from(
        ["1(c)", " c)", "(", "part ", "c", " and d", "-f", " to ", "the scalar case ", "b.ii", "#3", "of (b)", "redo c"]
    )
    | st.text(max_size=4),
    max_size=30,
).map("".join)


@settings(deadline=None)
@given(WORDS)
def test_any_words_can_be_searched(words: str) -> None:
    """References are always to problems of the course."""
    found = references(words, COURSE, "kernels")
    assert {problem for problem, _ in found.parts} <= set(NUMBERS)
    assert all(label for _, label in found.parts)
