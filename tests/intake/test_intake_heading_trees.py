"""Lists whose numbers and letters are problems and parts: indented lists of text, and the lists of TeX."""

from __future__ import annotations

import pytest
from intake_sample import WHOLE

from grader.intake.parts.sections import find_sections, known_parts

KNOWN = known_parts(WHOLE)
NUMBERS = {problem.id: problem.number for problem in WHOLE}


def found(text: str) -> list[tuple[str, str, str]]:
    """Sections with a heading or an answer: problem, label, what stands there."""
    return [
        (section.problem, ".".join(section.label), text[section.start : section.end].strip())
        for section in find_sections(text, KNOWN)
        if section.heading or section.label
    ]


TREES = [
    ("1.\n   a) x\n   b)\n      i. y\n      ii. z\n3.\n   c) u\n", "1.a x|1.b.i y|1.b.ii z|3.c u"),
    ("1. Kernels\n   (a) x\n   (c) y\n\n3. Encoders\n   (c) u\n", "1.a x|1.c y|3.c u"),
    ("1) Kernels\n   a. x\n   b.\n      i. y\n      ii. z\n", "1.a x|1.b.i y|1.b.ii z"),
    ("1. a) x\n   b) i) y\n      ii) z\n3. c) u\n", "1.a x|1.b.i y|1.b.ii z|3.c u"),
    ("1. a. x\n   b. i. y\n", "1.a x|1.b.i y"),
    ("- 1\n  - a: x\n  - c: y\n- 3\n  - c: u\n", "1.a x|1.c y|3.c u"),
    ("# 1\n## a\nx\n## b\n### i\ny\n# 3\n## c\nu\n", "1.a x|1.b.i y|3.c u"),
]


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_lists_are_trees_of_problems_and_parts(text: str, expected: str) -> None:
    """Numbers are problems, letters below them parts, and so on down."""
    read = [f"{NUMBERS[name]}.{label} {words}" for name, label, words in found(text) if words.strip("-") and label]
    assert "|".join(" ".join(one.replace("-", " ").split()) for one in read) == expected


def test_a_numbered_list_in_an_answer_is_no_tree() -> None:
    """Where problems are called by a word, “3. …” with lettered steps below it is a step."""
    text = "# Problem 1\n(c)\n3. Then\n   a) sum up\n   b) divide\n"
    assert "losses" not in [entry[0] for entry in found(text)]


TEX = [
    (
        "exam",
        r"""\begin{questions}
\question[10] Kernels
\begin{parts}
\part[2] x
\part
\begin{subparts}
\subpart y
\subpart z
\end{subparts}
\part w
\end{parts}
\question Something else
\question Encoders
\begin{parts}
\part \begin{subparts}\subpart p \subpart q\end{subparts}
\part r
\end{parts}
\end{questions}""",
        "1.a x|1.b.i y|1.b.ii z|1.c w|3.a.i p|3.a.ii q|3.b r",
    ),
    (
        "enumerate of problems",
        r"""\begin{enumerate}
\item Kernels
  \begin{enumerate}
  \item x
  \item
    \begin{enumerate}
    \item y
    \item z
    \end{enumerate}
  \item w
  \end{enumerate}
\item none
\item Encoders
  \begin{enumerate}
  \item \begin{enumerate} \item p \item q \end{enumerate}
  \item r
  \end{enumerate}
\end{enumerate}""",
        "1.a x|1.b.i y|1.b.ii z|1.c w|3.a.i p|3.a.ii q|3.b r",
    ),
    (
        "sections and enumerate",
        r"""\section*{Problem 1}
\begin{enumerate}[(a)]
\item x
\item \begin{enumerate}[i.] \item y \item z \end{enumerate}
\end{enumerate}
\section*{Problem 3}
\begin{enumerate}[label=(\alph*)]
\item[(c)] u
\end{enumerate}""",
        "1.a x|1.b.i y|1.b.ii z|3.c u",
    ),
    (
        "resumed by a counter",
        r"""\section{Problem 1}
\begin{enumerate}\setcounter{enumi}{2}
\item w
\item v
\end{enumerate}""",
        "1.c w|1.d v",
    ),
    (
        "paragraphs",
        "\\section*{Problem~1}\n\\paragraph{(a)} x\n\\paragraph{(b)}\n\\subparagraph{i.} y\n\\subparagraph{ii.} z\n",
        "1.a x|1.b.i y|1.b.ii z",
    ),
    (
        "several columns",
        "\\section*{Problem 1}\n\\begin{tasks}(2)\n\\task x\n\\task y\n\\end{tasks}\n",
        "1.a x|1.b y",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TEX], ids=[row[0] for row in TEX])
def test_tex_lists_are_trees(text: str, expected: str) -> None:
    """The nesting of lists gives problem, letter and numeral, as TeX prints them."""
    read = []
    for name, label, words in found(text):
        kept = [word for word in words.split() if not word.startswith("\\") and len(word) == 1]
        if name and label and kept:
            read.append(f"{NUMBERS[name]}.{label} {kept[0]}")
    assert "|".join(read) == expected
