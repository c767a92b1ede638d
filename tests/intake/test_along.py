"""Parts that lines name which do not open with one label: clauses, sentences, lists that are counted, bare letters."""

from __future__ import annotations

import pytest
from intake_sample import WHOLE

from grader.intake.parts.named import named_in
from grader.intake.parts.references import references
from grader.intake.parts.sections import PartKey, find_sections

LETTERS = PartKey("sums", "", "Sums of a Kind", tuple((letter,) for letter in "abcdefg"))
WORDS = PartKey("steps", "", "Steps", (("powers",), ("off-diagonal",)))


def cut(text: str, key: PartKey = LETTERS) -> list[tuple[str, str]]:
    """The parts of a text about one problem, and what stands under each."""
    sections = find_sections(text, [key], (key.problem_id, ()))
    return [(".".join(one.label), text[one.start : one.end].strip()) for one in sections if one.label]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("(b) 5\n(e) and (f) were swapped: (e) is 6 and (f) is 7.", ["b: 5", "e: is 6 and", "f: is 7."]),
        ("You are right, the answer to (b) is 5.", ["b: is 5."]),
        ("Since (b) is 5, nothing changes.", []),
        ("You say that (b) is 16.", []),
        ("(a) 7\n\nCorrection to (b): it is 5", ["a: 7", "b: it is 5"]),
        ("So (a): 7", ["a: 7"]),
        ("I begin with (b), for it is easy. (b) The factor is 10.\n(a) 7", ["b: The factor is 10.", "a: 7"]),
        ("(a) As in the book. (b) 8", ["a: As in the book.", "b: 8"]),
        ("1. **(a)** 7\n2. **(b)** 8", ["a: 7", "b: 8"]),
        ("(a) True (b) false (c) true", ["a: True", "b: false", "c: true"]),
        ("Answers: (a) true, (b) 5, (c) 7", ["a: true,", "b: 5,", "c: 7"]),
        ("(d) 3\n(e) 6\n\nEdit: in (d) I was wrong. Correct is 2.", ["d: 3", "e: 6", "d: I was wrong. Correct is 2."]),
        ("(a) 3\n(b) 6\n\nCorrection: a) is 2.", ["a: 3", "b: 6", "a: is 2."]),
        ("(a) see (b) for that", ["a: see (b) for that"]),
        ("1. (a) 7\n2. (b) 8", ["a: 7", "b: 8"]),
        ("a\n7\nb\n8", []),
        ("c.\n7\nd.\n8", ["c: 7", "d: 8"]),
    ],
)
def test_parts_along_lines(text: str, parts: list[str]) -> None:
    """A clause that says something of a part opens it; one that only goes by it does not."""
    assert [f"{label}: {words}" for label, words in cut(text)] == parts


def test_a_bare_letter_opens_a_part_where_the_one_before_did() -> None:
    """Under “(c)” it is an answer, such as a shape."""
    nested = PartKey("pure", "", "Pure", (("a", "i"), ("a", "ii"), ("c",)))
    assert cut("a.i\n7\na.ii\n8\nc\n9", nested) == [("a.i", "7"), ("a.ii", "8"), ("c", "9")]
    assert cut("(c)\nd\n(d)\n7") == [("c", "d"), ("d", "7")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- **powers:** 7\n- **off-diagonal:** 0", [("powers", "7"), ("off-diagonal", "0")]),
        ("powers: 7\nNote: 8", [("powers", "7\nNote: 8")]),
    ],
)
def test_a_label_of_words_opens_its_part_also_with_words_behind_it(text: str, parts: list[tuple[str, str]]) -> None:
    """Other words before a colon open nothing."""
    assert cut(text, WORDS) == parts


@pytest.mark.parametrize("heading", [r"\section*{Sums of a Kind}", r"\subsection{Sums of a Kind}"])
def test_a_latex_heading_names_a_problem(heading: str) -> None:
    """By its title, so that a problem that is not assigned is graded."""
    assert named_in([f"{heading}\nx"], {"sums of a kind": "sums"}) == {"sums"}


def test_a_person_asks_for_a_part_by_its_letter() -> None:
    """“And c?” names a part; the letter in other words does not."""
    assert references("And c?", WHOLE, "kernels").parts == (("kernels", ("c",)),)
    assert references("What about c?", WHOLE, "kernels").parts == (("kernels", ("c",)),)
    assert references("x and c are given", WHOLE, "kernels").parts == ()
