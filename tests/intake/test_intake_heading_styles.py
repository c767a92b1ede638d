"""Headings in the many ways people, models and TeX write them, and lines that only look like headings.

The tables were written before the code was run on them.
"""

from __future__ import annotations

import pytest
from intake_sample import WHOLE

from grader.intake.sections import find_sections, known_parts

KNOWN = known_parts(WHOLE)


def found(text: str) -> list[tuple[str, str, str]]:
    """Sections with a heading or an answer: problem, label, what stands there."""
    return [
        (section.problem, ".".join(section.label), text[section.start : section.end].strip())
        for section in find_sections(text, KNOWN)
        if section.heading or section.label
    ]


PROBLEM_HEADINGS = [
    "Problem 3",
    "PROBLEM 3",
    "Problem #3",
    "Problem No. 3",
    "Problem 3 -",
    "Problem 3 — Losses of Linear Encoders",
    "Problem 3 (15 points)",
    "Problem 3 [10 pts]",
    "## Problem 3 (10 points)",
    "Problem III",
    "Problem Three:",
    "=== Problem 3 ===",
    "--- Problem 3 ---",
    "*** Problem 3 ***",
    "[Problem 3]",
    "【Problem 3】",
    "Question 3.",
    "Question 3 of 4",
    "Q3)",
    "Q.3",
    "Q 3:",
    "Ex. 3",
    "Ex 3:",
    "EXERCISE 3",
    "Task 3",
    "Assignment 8 - Problem 3",
    "HW8 P3",
    "Solution 3",
    "Solution 3:",
    "Answer 3:",
    "Aufgabe 3",
    "Ejercicio 3:",
    "Problema 3",
    "Problème 3",
    "Exercice 3",
    "Esercizio 3",
    "Questão 3",
    "Задача 3",
    "题3",
    "题目 3",
    "第3题",
    "第 3 题：",
    "問3",
    "問題3",
    "问题 3：",
    "✅ Problem 3",
    "📌 **Problem 3: Losses of Linear Encoders**",
    "3️⃣ Problem 3",
    "➡️ Problem 3",
    "## 🧮 Problem 3",
    r"\section*{Problem 3}",
    r"\section*{Problem~3}",
    r"\section{3}",
    r"\subsection*{Question 3: Encoders}",
    r"\noindent\textbf{Problem 3.}",
    r"{\bf Problem 3}",
    r"{\large\bf Problem 3}",
    r"\begin{center}\textbf{Problem 3}\end{center}",
    r"\item[Problem 3]",
    r"\paragraph{Problem 3.}",
    "<h2>Problem 3</h2>",
    "<b>Problem 3</b>",
]


@pytest.mark.parametrize("heading", PROBLEM_HEADINGS)
def test_a_problem_heading_opens_its_problem(heading: str) -> None:
    """What follows belongs to problem 3."""
    assert [entry[:2] for entry in found(f"# Problem 1\n(a) x\n\n{heading}\n\n(c) z\n")][2:] == [
        ("losses", ""),
        ("losses", "c"),
    ]


# The heading, standing in problem 1 or naming its problem, and the part it opens. The answer follows below.
PART_HEADINGS = [
    ("1(c)", "kernels", "c"),
    ("3 (c):", "losses", "c"),
    ("3-c)", "losses", "c"),
    ("#3c", "losses", "c"),
    ("3.(c)", "losses", "c"),
    ("3.a.ii)", "losses", "a.ii"),
    ("P3(a)(i)", "losses", "a.i"),
    ("P3 (c)", "losses", "c"),
    ("Q3 (c)", "losses", "c"),
    ("Q3 c)", "losses", "c"),
    ("Q3.c", "losses", "c"),
    ("Q3.a.ii", "losses", "a.ii"),
    ("Ex. 3(c)", "losses", "c"),
    ("Aufgabe 3 c)", "losses", "c"),
    ("Ejercicio 3(c)", "losses", "c"),
    ("题 3 (c)", "losses", "c"),
    ("問3 (c)", "losses", "c"),
    ("第3题 (c)", "losses", "c"),
    ("Problem 3(c) [5 pts]", "losses", "c"),
    ("Problem 3, (a), (i)", "losses", "a.i"),
    ("Problem 3 – Part (c)", "losses", "c"),
    ("Part 3(c)", "losses", "c"),
    ("Part 3c:", "losses", "c"),
    ("Part 3.c", "losses", "c"),
    ("### 1.3 (c)", "kernels", "c"),
    ("### 1.3. (c) Complexity", "kernels", "c"),
    ("1.3 (c)", "kernels", "c"),
    ("#### 1.2.1 (b)(ii) Two states", "kernels", "b.ii"),
    ("Part (c)", "kernels", "c"),
    ("PART C", "kernels", "c"),
    ("Part c.", "kernels", "c"),
    ("Part-(c)", "kernels", "c"),
    ("Sub-part (b)(ii)", "kernels", "b.ii"),
    ("🔹 Part (a)", "kernels", "a"),
    ("🔷 **(b)(i)**", "kernels", "b.i"),
    ("✅ (c)", "kernels", "c"),
    ("➡️ (c)", "kernels", "c"),
    ("🟢 **Part c**", "kernels", "c"),
    ("**(d) Efficient computation**", "kernels", "d"),
    ("**(d) Efficient, and parallel:**", "kernels", "d"),
    ("### **(d)** Efficient computation", "kernels", "d"),
    ("***(d)***", "kernels", "d"),
    ("__(d)__", "kernels", "d"),
    ("**d.**", "kernels", "d"),
    ("**Part d.**", "kernels", "d"),
    ("## d", "kernels", "d"),
    ("## (d) Answer", "kernels", "d"),
    ("## Answer (d)", "kernels", "d"),
    ("**Answer (d):**", "kernels", "d"),
    ("## Solution (d)", "kernels", "d"),
    ("Solution to part (d)", "kernels", "d"),
    ("For part (d):", "kernels", "d"),
    ("For (d):", "kernels", "d"),
    ("Re (d):", "kernels", "d"),
    ("Regarding part (d):", "kernels", "d"),
    ("(d).", "kernels", "d"),
    ("(d) –", "kernels", "d"),
    ("(d) [5 pts]", "kernels", "d"),
    ("(d) (5 points)", "kernels", "d"),
    ("（d）", "kernels", "d"),
    ("d）", "kernels", "d"),
    ("d:", "kernels", "d"),
    ("• (d)", "kernels", "d"),
    ("- **(d)**:", "kernels", "d"),
    ("> **(d)**", "kernels", "d"),
    ("   d)", "kernels", "d"),
    ("b.ii", "kernels", "b.ii"),
    ("b-ii)", "kernels", "b.ii"),
    ("(b), (ii)", "kernels", "b.ii"),
    ("(b) part (ii)", "kernels", "b.ii"),
    ("(b)(ii):", "kernels", "b.ii"),
    ("b(ii)", "kernels", "b.ii"),
    ("(b)ii.", "kernels", "b.ii"),
    ("b) 2)", "kernels", "b"),
    ("Teil (c)", "kernels", "c"),
    ("Parte (c)", "kernels", "c"),
    ("Teilaufgabe c)", "kernels", "c"),
    (r"\paragraph{(c)}", "kernels", "c"),
    (r"\paragraph*{(c) Critical path.}", "kernels", "c"),
    (r"\subsubsection*{(b) ii.}", "kernels", "b.ii"),
    (r"\subsection*{Part (c)}", "kernels", "c"),
    (r"\textbf{(c)}", "kernels", "c"),
    (r"\noindent \textbf{c)}", "kernels", "c"),
    (r"\textbf{Problem 3 (c)}", "losses", "c"),
    (r"\underline{3(c)}", "losses", "c"),
    (r"\item[c)]", "kernels", "c"),
    (r"\item[\textbf{(c)}]", "kernels", "c"),
    (r"\textit{(c)}", "kernels", "c"),
    ("(a), (b):", "kernels", ""),
    ("(a) & (b)", "kernels", ""),
    ("Parts (c)-(f)", "kernels", ""),
    ("Parts (c)–(f):", "kernels", ""),
    ("**(c) through (f)**", "kernels", ""),
    ("Parts c, d and e:", "kernels", ""),
    ("## Parts c–f", "kernels", ""),
    ("3(a)-(c)", "losses", ""),
    ("Problem 3 (a)–(c)", "losses", ""),
]


@pytest.mark.parametrize(("heading", "name", "label"), PART_HEADINGS)
def test_a_part_heading_opens_its_part(heading: str, name: str, label: str) -> None:
    """What stands below the heading belongs to the part, and the heading itself is none of it."""
    last = found(f"# Problem 1\n\n(f) x\n\n{heading}\n\nThe answer")[-1]
    assert last[:2] == (name, label)
    assert last[2].endswith("The answer")


# One line with heading and answer: the sections it makes.
ON_ONE_LINE = [
    ("Problem 1 (a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("Problem 1(a) $y = Cx$", [("kernels", "a", "$y = Cx$")]),
    ("Problem 1 (a): y = Cx", [("kernels", "a", "y = Cx")]),
    ("Problem 1 (a) critical path: O(n)", [("kernels", "a", "critical path: O(n)")]),
    ("Problem 1 part (a) y_k = Cx_k", [("kernels", "a", "y_k = Cx_k")]),
    ("**Problem 1 (a)** y = Cx", [("kernels", "a", "y = Cx")]),
    ("Part (a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("Part a: y = Cx", [("kernels", "a", "y = Cx")]),
    ("(a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("1a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("1.a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("Q1a y = Cx", [("kernels", "a", "y = Cx")]),
    ("P1(a) y = Cx", [("kernels", "a", "y = Cx")]),
    ("Q1. (a) y = Cx", [("kernels", "a", "y = Cx")]),
    (r"\textbf{(a)} $y = Cx$", [("kernels", "a", "$y = Cx$")]),
    (r"\paragraph{(a)} $y = Cx$", [("kernels", "a", "$y = Cx$")]),
    ("(c) 3, (d) 5, (e) 7", [("kernels", "c", "3,"), ("kernels", "d", "5,"), ("kernels", "e", "7")]),
    ("(c) 3 (d) 5", [("kernels", "c", "3"), ("kernels", "d", "5")]),
    ("c) 3; d) 5; e) 7", [("kernels", "c", "3;"), ("kernels", "d", "5;"), ("kernels", "e", "7")]),
    ("(c) $O(n)$ (d) $O(L)$", [("kernels", "c", "$O(n)$"), ("kernels", "d", "$O(L)$")]),
    ("(c) O(n).  (d) O(L).", [("kernels", "c", "O(n)."), ("kernels", "d", "O(L).")]),
    ("(b)(i) [0, 1] (ii) [0, 2]", [("kernels", "b.i", "[0, 1]"), ("kernels", "b.ii", "[0, 2]")]),
    ("1(c) 3, 1(d) 5", [("kernels", "c", "3,"), ("kernels", "d", "5")]),
    ("Problem 1: (c) 3, (d) 5", [("kernels", "c", "3,"), ("kernels", "d", "5")]),
    ("**(c)** 3 **(d)** 5", [("kernels", "c", "3"), ("kernels", "d", "5")]),
    (r"\textbf{(c)} 3 \quad \textbf{(d)} 5", [("kernels", "c", r"3 \quad"), ("kernels", "d", "5")]),
    ("(c) as in (d) it is 5", [("kernels", "c", "as in (d) it is 5")]),
    ("(c) 3, which (d) uses", [("kernels", "c", "3, which (d) uses")]),
    ("(c) f (d) = 3", [("kernels", "c", "f (d) = 3")]),
    ("(c) 3, see (d) and (e)", [("kernels", "c", "3, see (d) and (e)")]),
    ("(c) n (d + 1)", [("kernels", "c", "n (d + 1)")]),
    ("(c) the cost in n and (d) is small", [("kernels", "c", "the cost in n and (d) is small")]),
]


@pytest.mark.parametrize(("line", "expected"), ON_ONE_LINE)
def test_heading_and_answer_on_one_line(line: str, expected: list[tuple[str, str, str]]) -> None:
    """The line is cut at each label that names a part, and nowhere else."""
    sections = found(f"# Problem 1\n{line}\n")
    assert [one for one in sections if one[1]] == expected


NO_HEADINGS = [
    "Problem 3 in the text has a similar structure.",
    "problem 3 was easier",
    "Problem 3(c) asks for a range.",
    "Problem 3(c) is the same with n in place of L.",
    "Problem 3 (c) can be solved alike.",
    "Problem solved.",
    "Question: is that all?",
    "Questions 1 and 3 are alike.",
    "Part of the work is done at once.",
    "Parts of it are known.",
    "Part (c) uses part (b).",
    "Part I like best is this.",
    "(a + b) is a sum",
    "(i, j) is an index",
    "(see below)",
    "(c)ompute",
    "a) and b) together",
    "c = 5",
    "c is the speed",
    "d² + d",
    "(d²)",
    "e.g. this",
    "i.i.d. inputs",
    "1. First we unroll the recursion.",
    "2) Then we sum.",
    "1.5 is the gain",
    "3.2 (approximately)",
    "3 (of 4) entries are known",
    "3c + 2 = 5",
    "3a² + 1",
    "2d array",
    "3D plot",
    "Q = K V",
    "P(a) = 0.5",
    "Ex post, this is clear.",
    "Example 1: take n = 2.",
    "Task: find the kernel",
    "Solution: y = 3",
    "Answer: 3",
    "Answer 3 is the best choice.",
    "Answer c is right",
    "[1, 2]",
    "[a, b]",
    "[c] = mol/l",
    "[d]",
    "3-c",
    "Regarding (d) nothing changes.",
    "For (d) the same holds.",
    "Re: your remark",
    "第三",
    "题目",
    "A. K. Smith",
    "I) think",
    "V. The end",
    "Figure 3 (c) shows it.",
    "Table 3: costs",
    "Equation (3)",
    "Eq. (c) gives the value",
    "Step 3(c)",
    "Chapter 3",
    r"\item first",
    r"$(d)$",
    "| a | b |",
    "3 Mbit",
]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_a_line_that_only_looks_like_a_heading(line: str) -> None:
    """The line stays in the section in which it stands."""
    text = f"# Problem 1\n(b)(i)\nfirst words.\n{line}\nlast words"
    assert found(text)[-1] == ("kernels", "b.i", f"first words.\n{line}\nlast words")
