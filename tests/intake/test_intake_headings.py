"""Which lines are headings, and of what."""

from __future__ import annotations

import pytest
from intake_sample import KERNELS, KNOWN, LOSSES, problem

from grader.intake.parts.sections import find_sections, known_parts


def found(text: str, inside: tuple[str, tuple[str, ...]] = ("", ())) -> list[tuple[str, str, str]]:
    """Sections with a heading or an answer: problem, label, what stands there."""
    return [
        (section.problem, ".".join(section.label), text[section.start : section.end].strip())
        for section in find_sections(text, KNOWN, inside)
        if section.heading or section.label
    ]


# The heading, and the part that it opens when it stands after "# Problem 1" or (where the third
# entry says so) after another heading. The words "the answer" follow on the same line or the next.
ONE_LINE = [
    ("# Problem 3", "losses", ""),
    ("Problem 3:", "losses", ""),
    ("**Problem 3**", "losses", ""),
    (r"\*\*Problem 3\*\*", "losses", ""),
    ("Question 3", "losses", ""),
    ("Q3", "losses", ""),
    ("Q3.", "losses", ""),
    ("Exercise 4", "ridge-attention", ""),
    ("HW8 Problem 3", "losses", ""),
    ("Homework 8, Problem 3", "losses", ""),
    ("Answers to problem 3", "losses", ""),
    ("## Solution to Problem 3", "losses", ""),
    ("Problem 3 Retry", "losses", ""),
    ("## 2 Problem 3", "losses", ""),
    ("#### 3.1 Problem 3: Losses of Linear Encoders", "losses", ""),
    (r"\section*{Problem 3}", "losses", ""),
    ("# 3", "losses", ""),
    ("Losses of Linear Encoders", "losses", ""),
    ("3. Losses of Linear Encoders", "losses", ""),
    ("Ridge attention", "ridge-attention", ""),
    ("# Problem 7", "", ""),
    ("# Exercise 3.2", "", ""),
    ("3(c)", "losses", "c"),
    ("3(c):", "losses", "c"),
    ("3 (c)", "losses", "c"),
    ("3c)", "losses", "c"),
    ("3c:", "losses", "c"),
    ("3.c", "losses", "c"),
    ("3. (c)", "losses", "c"),
    ("3. c)", "losses", "c"),
    ("3) c)", "losses", "c"),
    ("$$3. c)", "losses", "c"),
    ("P3c", "losses", "c"),
    ("Q3c:", "losses", "c"),
    ("3(a)(ii)", "losses", "a.ii"),
    ("3a.ii", "losses", "a.ii"),
    ("3a.ii:", "losses", "a.ii"),
    ("3.a.ii", "losses", "a.ii"),
    ("3aii)", "losses", "a.ii"),
    ("P3a(ii)", "losses", "a.ii"),
    ("Problem 3(c)", "losses", "c"),
    ("Problem 3 (a)(ii)", "losses", "a.ii"),
    ("Problem 3, part (c)", "losses", "c"),
    ("# Question 3 part c", "losses", "c"),
    ("**3(c):**", "losses", "c"),
    ("- **3(c)**", "losses", "c"),
    ("> 3(c):", "losses", "c"),
    ("(b)", "kernels", "b"),
    ("(b) (ii)", "kernels", "b.ii"),
    ("(b)(ii)", "kernels", "b.ii"),
    ("b)", "kernels", "b"),
    ("b.ii", "kernels", "b.ii"),
    ("b.ii:", "kernels", "b.ii"),
    ("b) ii.", "kernels", "b.ii"),
    ("bii:", "kernels", "b.ii"),
    ("(b.ii)", "kernels", "b.ii"),
    ("(b ii)", "kernels", "b.ii"),
    ("Part (b)", "kernels", "b"),
    ("part b", "kernels", "b"),
    ("Part B:", "kernels", "b"),
    ("🔹 Part (b):", "kernels", "b"),
    ("ğŸ”¹ Part (b):", "kernels", "b"),
    ("### 1.3 (b)", "kernels", "b"),
    ("#### 1.2.1 (b) ii.", "kernels", "b.ii"),
    (r"\subsection{(b) ii.}", "kernels", "b.ii"),
    (r"\textbf{(b)}", "kernels", "b"),
    (r"\item[(b)]", "kernels", "b"),
    ("**b)** ii)", "kernels", "b.ii"),
    ("_(b)_", "kernels", "b"),
    ("*(b)(ii)*:", "kernels", "b.ii"),
    ("<h3>Part (b)</h3>", "kernels", "b"),
    ("**Problem 3.** (c)", "losses", "c"),
    ("Problem 3: (a) ii.", "losses", "a.ii"),
    ("(f)", "kernels", "f"),  # no spec has it; its answer must not leak into another part
    ("### (f)", "kernels", "f"),
    ("Part (g):", "kernels", "g"),
    ("## (d)-(f)", "kernels", ""),
    ("### Parts (c) and (d)", "kernels", ""),
]


@pytest.mark.parametrize(("heading", "name", "label"), ONE_LINE)
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_heading_opens_its_section(heading: str, name: str, label: str, gap: str) -> None:
    """The heading names this problem and part, with the answer behind it or below it."""
    if gap == " " and not (label and heading[-1] in ":)}]*."):
        gap = "\n"  # a heading without a mark at its end stands on a line of its own
    last = found(f"# Problem 1\n\n{heading}{gap}The answer")[-1]
    assert last[:2] == (name, label)
    assert last[2].endswith("The answer")
    assert heading.strip("#*> ") not in last[2]


PROSE = [
    "1. Observation: the powers double.",
    "2. Substitute into the output equation:",
    "1. a kernel of length 5",
    "Step 1",
    "Step 1: unroll",
    "Condition 1: the third value stays.",
    "K_1 = 1.5",
    "K_0 = D, K_1 = CB",
    "1.5 × 2",
    "(1, 4)",
    "(1) first, the sum",
    "[1, 4]",
    "(c) 2025 Jane Doe",
    "(c) 2025",
    "Problem 1 is hard because of its sums.",
    "Problem 3's losses are squares.",
    "Question 3 asks for a range.",
    "Part (b) follows from part (a).",
    "The result of (b) is used here, see a) and b).",
    "Answer: (b)",
    "Answer (b)",
    "4d = 12",
    "4d < n",
    "4 d is the dimension",
    "(dX)Y + X(dY)",
    "(aX)(bY)",
    "1 C.T @ (C @ b - y)",
    "2(x + 1) = 4",
    "(x) is a variable",
    "x. Then we are done",
    "i.e. the kernel",
    "e.g. the first",
    "a kernel of length five",
    "b = 2",
    "B) nd²",
    "(B) nd²",
    "A. 3",
    "i = 0",
    "(b) + (c) = 3",
    "(b) and (c) are alike.",
    "P1 = 0.5",
    "Q = 3",
    "--- Page 3 ---",
    "| d | 4 |",
    "image.png",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_heading(line: str) -> None:
    """The line stays within the section in which it stands."""
    text = f"# Problem 1\n(b)(i)\nfirst words.\n{line}\nlast words"
    assert found(text)[-1] == ("kernels", "b.i", f"first words.\n{line}\nlast words")


@pytest.mark.parametrize("before", ["as we saw in part", "which follows from", "equal to", "both (a) and", "see"])
def test_a_wrapped_sentence_is_no_heading(before: str) -> None:
    """A label at the start of a line that continues a sentence opens nothing."""
    text = f"# Problem 1\n(b)(i)\nThe value is known, {before}\n(c) of this sheet"
    assert [entry[:2] for entry in found(text)] == [("kernels", ""), ("kernels", "b.i")]


def test_relative_labels_are_placed_by_what_is_known() -> None:
    """(ii) after (i) is its sibling, (c) after (b)(ii) goes back up, and so on through problems."""
    text = "Problem 1\n(b)\n(i) A\nii) B\n(c) C\nProblem 3\n(a) i. D\n(ii) E\nc) F\n"
    assert found(text) == [
        ("kernels", "", ""),
        ("kernels", "b", ""),
        ("kernels", "b.i", "A"),
        ("kernels", "b.ii", "B"),
        ("kernels", "c", "C"),
        ("losses", "", ""),
        ("losses", "a.i", "D"),
        ("losses", "a.ii", "E"),
        ("losses", "c", "F"),
    ]


def test_the_letter_i_and_the_roman_one_are_told_apart() -> None:
    """After (h) comes the letter i; under (b) it is roman one."""
    known = known_parts([problem("long", "1", "A long problem", *"abcdefghij")])
    labels = [s.label for s in find_sections("(b) x\n(i) y\n(h) z\n(i) u\n(j) v\n", known) if s.heading]
    # (b) is a part without parts below it: the list in its answer opens nothing
    assert labels == [("b",), ("h",), ("i",), ("j",)]


def test_a_list_within_an_answer_stays_in_it() -> None:
    """Conditions (i) and (ii) in the answer to (c) are not parts; the answer below them is (c)'s."""
    text = "Problem 3\n(c) Two conditions:\n(i) the third stays\n(ii) the fourth goes\nso [1, 4]"
    assert found(text)[-1] == (
        "losses",
        "c",
        "Two conditions:\n(i) the third stays\n(ii) the fourth goes\nso [1, 4]",
    )


def test_options_with_capital_letters_are_no_parts() -> None:
    """ "(B)" and "B)" below (c) are the option chosen."""
    assert found("Problem 4\n(c)\n(B)\n(d)\nA) and B)\n")[1:] == [
        ("ridge-attention", "c", "(B)"),
        ("ridge-attention", "d", "A) and B)"),
    ]


def test_capital_letters_label_parts_where_no_small_ones_do() -> None:
    """A student who writes (C), (D) means the parts."""
    assert [entry[1] for entry in found("Problem 4\n(C) nd²\n(D) all\n")[1:]] == ["c", "d"]


def test_a_compact_list_has_a_part_a_line() -> None:
    """One answer a line, each with its key."""
    text = "1b.i: [0, 1.5]\n1b.ii: [0, 1]\n3a.i - 0, 2\n3(c) at least 1\n4c B\n4d: A, B\n"
    assert found(text) == [
        ("kernels", "b.i", "[0, 1.5]"),
        ("kernels", "b.ii", "[0, 1]"),
        ("losses", "a.i", "0, 2"),
        ("losses", "c", "at least 1"),
        ("ridge-attention", "c", "B"),
        ("ridge-attention", "d", "A, B"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Part | Answer |\n|---|---|\n| 1(b)(i) | [0, 1] |\n| 3c | [1, 4] |\n",
        "| Problem | Part | Answer |\n|---|---|---|\n| 1 | b.i | [0, 1] |\n| 3 | c | [1, 4] |\n",
        "| Problem | Part | Answer |\n|---|---|---|\n| 1 | (b)(i) | [0, 1] |\n| 3 | (c) | [1, 4] |\n",
    ],
)
def test_a_table_has_a_part_a_row(table: str) -> None:
    """The cells that name a part are its heading; what follows the table is not the last row's."""
    assert found(f"{table}\nThe end: 9\n") == [("kernels", "b.i", "[0, 1] |"), ("losses", "c", "[1, 4] |")]


@pytest.mark.parametrize("head", ["|  |  |\n| --- | --- |\n", "||\n", "|\n|\n", "|  |\n\n"])
def test_a_table_may_have_no_head(head: str) -> None:
    """As a table of a page has none; its cells name parts all the same."""
    assert found(f"{head}| 1(b)(i) | [0, 1] |\n| (c) | 2 |\n")[0][:2] == ("kernels", "b.i")


def test_a_table_in_a_problem_may_name_parts_by_a_letter() -> None:
    """Under a head "Part" a bare letter is a part."""
    text = "# Problem 4\n| Part | Answer |\n|---|---|\n| c | B |\n| d | A, B |\n"
    assert found(text)[1:] == [("ridge-attention", "c", "B |"), ("ridge-attention", "d", "A, B |")]


def test_a_row_may_say_beside_the_letter_what_it_gives() -> None:
    """“d, work” and “c (all)” name a part, and their words are read with the answer."""
    text = "# Problem 4\n| Part | Answer |\n|---|---|\n| c (cost) | B |\n| **d**, inputs | A, B |\n| e – update | C |\n"
    assert found(text)[1:] == [
        ("ridge-attention", "c", "(cost) | B |"),
        ("ridge-attention", "d", "inputs | A, B |"),
        ("ridge-attention", "e", "update | C |"),
    ]
    assert found(text.replace("Part", "Symbol"))[1:] == []


def test_latex_lists_letter_the_parts() -> None:
    """Items of the first level are a, b, c, those of the second i, ii where the spec has them."""
    text = (
        "\\section*{Problem 3}\n\\begin{enumerate}\n\\item First\n\\begin{enumerate}\n\\item A\n\\item B\n"
        "\\end{enumerate}\n\\item C\n\\item D \\begin{enumerate}\\item x \\item y\\end{enumerate}\n"
        "\\end{enumerate}\nafter"
    )
    sections = find_sections(text, KNOWN)
    assert [".".join(s.label) for s in sections] == ["", "a", "a.i", "a.ii", "a", "b", "c", ""]
    assert [s.explicit for s in sections] == [True] + [False] * 7


def test_latex_items_can_name_their_part() -> None:
    """``\\item[(c)]`` is believed over any count, and lists of steps within a part letter nothing."""
    text = (
        "\\section{Problem 4}\n\\begin{enumerate}\n\\item[(c)] B\n\\begin{enumerate}\n\\item step\n"
        "\\end{enumerate}\n\\item[(e)] C\n\\end{enumerate}"
    )
    assert [entry[1] for entry in found(text)] == ["", "c", "e", ""]


def test_underlined_headings_count() -> None:
    """Setext headings; the line below them belongs to the heading."""
    assert found("Problem 1\n=========\n(b)\n---\ni. x\n") == [
        ("kernels", "", ""),
        ("kernels", "b", ""),
        ("kernels", "b.i", "x"),
    ]


def test_a_problem_that_the_course_lacks_keeps_its_answers() -> None:
    """Parts of problem 2 are nobody's, and do not leak into problem 3."""
    assert found("Problem 2\n(a) x\n(c) y\nProblem 3\n(c) z\n") == [
        ("", "", ""),
        ("", "a", "x"),
        ("", "c", "y"),
        ("losses", "", ""),
        ("losses", "c", "z"),
    ]


def test_a_number_alone_counts_before_a_part() -> None:
    """ "3." on its own line is a problem where the next line names one of its parts."""
    assert found("3.\n(c) z\n") == [("losses", "", ""), ("losses", "c", "z")]
    assert found("# Problem 1\n(b)(i)\n3.\nz")[-1] == ("kernels", "b.i", "3.\nz")


def test_a_course_of_one_problem_needs_no_number() -> None:
    """Without any problem heading the only problem is meant, until another is named."""
    known = known_parts([LOSSES])
    labels = [(s.problem, s.label) for s in find_sections("(c) z\nProblem 9\n(c) u", known) if s.heading]
    assert labels == [("losses", ("c",)), ("", ()), ("", ("c",))]


def test_the_place_of_a_text_can_be_given() -> None:
    """A reply about 1(b) may go straight on with (ii)."""
    assert found("(ii) x", ("kernels", ("b",)))[-1] == ("kernels", "b.ii", "x")


def test_a_letter_left_out_is_no_sure_reading() -> None:
    """(ii) under problem 1 can only be (b)(ii), and is marked as worked out."""
    section = find_sections("# Problem 1\n(ii) x", known_parts([KERNELS]))[-1]
    assert (section.label, section.explicit) == (("b", "ii"), False)
