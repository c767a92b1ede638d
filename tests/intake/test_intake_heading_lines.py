"""Headings with their answers on one line, and several parts on one line.

The table was written before the code was run on it.
"""

from __future__ import annotations

import pytest
from intake_sample import WHOLE

from grader.intake.parts.sections import find_sections, known_parts

KNOWN = known_parts(WHOLE)


def found(text: str) -> list[tuple[str, str, str]]:
    """Sections with a heading or an answer: problem, label, what stands there."""
    return [
        (section.problem, ".".join(section.label), text[section.start : section.end].strip())
        for section in find_sections(text, KNOWN)
        if section.heading or section.label
    ]


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
    ("Part (c): 3, part (d): 5", [("kernels", "c", "3,"), ("kernels", "d", "5")]),
    ("(c) 3, the counterpart (d) is above", [("kernels", "c", "3, the counterpart (d) is above")]),
    ("(c) 3, as in part (d) above", [("kernels", "c", "3, as in part (d) above")]),
    ("(c) a), d) apply", [("kernels", "c", "a), d) apply")]),
    ("(c) (a), (d), and (e) apply", [("kernels", "c", "(a), (d), and (e) apply")]),
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


def test_sentences_lead_to_parts_where_nothing_has_a_heading() -> None:
    """A reply in prose: “For (d), …” begins what is said of (d)."""
    first = "Let me see. For (c), the path is O(L). For part d, it is O(n)."
    text = f"# Problem 1\n{first}\nAs for 1(e): O(1), for (f) I do not know."
    assert found(text)[1:] == [
        ("kernels", "c", "the path is O(L)."),
        ("kernels", "d", "it is O(n)."),
        ("kernels", "e", "O(1), for (f) I do not know."),
    ]


def test_sentences_lead_nowhere_where_parts_have_headings() -> None:
    """“For (d), …” under the heading of (e) looks back."""
    text = "# Problem 1\n(d) O(n)\n(e) O(L)\nFor (d), we had less.\n"
    assert [entry[1] for entry in found(text)] == ["", "d", "e"]
