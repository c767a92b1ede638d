"""LaTeX as students hand it in, graded: macros, lists, exam classes, and what is broken.

The documents are in ``tests/tex``; what a reader finds in each was written down before they were graded.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import own_course

from grader import batch as pipeline
from grader.records import Result, Run

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "tests/tex"

# Parts of problems 1 (ssm-kernels), 3 (purification) and 4 (ridge-attention), and what is to be said of each.
EXPECTED = {
    # sections, letters for matrices, a class of growth as a macro, an operator
    "ana": {
        "1/a": "correct", "1/b.i": "correct", "1/b.ii": "correct", "1/c.conv": "correct", "1/c.naive": "correct",
        "1/d.depth": "correct", "1/d.work": "correct", "1/e.kernel": "correct", "1/e.work": "correct",
        "1/e.depth": "incorrect", "3/b.i": "correct", "3/c": "correct", "4/c": "missing",
    },
    # the exam class: \question, \part, \subpart, a counter that is set
    "ben": {
        "1/a": "partial", "1/b.i": "correct", "1/b.ii": "partial", "1/c.conv": "incorrect", "1/c.naive": "incorrect",
        "3/a.i": "correct", "3/a.ii": "correct", "3/b.i": "correct", "3/c": "incorrect", "4/c": "correct",
        "4/d": "correct", "4/e": "correct", "4/a": "missing",
    },
    # lists in lists, with enumitem; problems are the items of the outer list. “Given the kernel …” may be a premise.
    "cleo": {
        "1/a": "correct", "1/b.i": "correct", "1/b.ii": "correct", "1/c.conv": "undecided", "1/c.naive": "correct",
        "3/c": "correct", "4/a": "correct", "4/g": "correct", "3/a.i": "missing",
    },
    # headings, counters and environments of the student's own; cases and align
    "dev": {
        "1/a": "correct", "1/b.i": "correct", "1/d.depth": "correct", "4/c": "correct", "4/e": "correct",
        "4/f.output": "correct", "4/f.work": "correct",
    },
    # a fragment without preamble; several parts on one line
    "eva": {
        "1/a": "correct", "1/b.i": "correct", "1/b.ii": "correct", "3/a.i": "correct", "3/a.ii": "correct",
        "3/c": "correct", "4/c": "correct", "4/d": "correct", "4/e": "correct",
    },
    # a macro that needs itself, braces that do not close, files that are not there
    "finn": {
        "1/a": "correct", "1/b.i": "correct", "1/b.ii": "unreadable", "1/d.depth": "unreadable", "3/c": "correct",
    },
    # sections that are numbered as problems and lettered as parts; boxes, colours, a table
    "gia": {
        "1/a": "correct", "1/b.i": "correct", "1/b.ii": "correct", "1/c.conv": "correct", "1/c.naive": "correct",
        "3/a.i": "correct", "3/b.i": "correct", "3/c": "correct",
    },
    # a theorem that counts the problems, parts in another language
    "hugo": {
        "1/a": "correct", "1/b.i": "correct", "1/b.ii": "correct", "1/d.depth": "incorrect", "1/d.work": "correct",
        "3/c": "correct", "4/c": "correct", "4/e": "correct",
    },
}  # fmt: skip
PROBLEMS = {"1": "ssm-kernels", "3": "purification", "4": "ridge-attention"}


@pytest.fixture(scope="module")
def run() -> Run:
    """All documents, graded once."""
    course = own_course()
    return pipeline.grade_submissions(course, DOCUMENTS, workers=1)


def result(run: Run, subject: str, name: str) -> Result:
    number, _, part = name.partition("/")
    wanted = subject, PROBLEMS[number], part
    found = [r for r in run.results if (r.claim.subject, r.claim.problem, r.claim.part) == wanted]
    assert len(found) == 1, wanted
    return found[0]


ROWS = [(subject, name, status) for subject, parts in EXPECTED.items() for name, status in parts.items()]


@pytest.mark.parametrize(("subject", "name", "status"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_a_tex_document_is_graded_as_a_reader_would(run: Run, subject: str, name: str, status: str) -> None:
    """Right is correct, wrong is not, and what is broken is left to a person."""
    found = result(run, subject, name)
    assert found.verdict.status == status, (found.claim.text, found.verdict.feedback)


def test_places_are_those_of_the_file(run: Run) -> None:
    """An answer written with macros stands on the line of the file on which its writer finds it."""
    lines = (DOCUMENTS / "ana.tex").read_text(encoding="utf-8").split("\n")
    span = result(run, "ana", "1/d.work").claim.span
    assert span is not None
    assert r"\bigO{n^3 \log L + n^2 L}" in lines[span.line - 1]
