"""Students' papers and a chat, handed in as PDF files, get the verdicts that a careful reader would give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shared import own_course

from grader.batch import grade_submissions, grade_transcripts
from grader.records import Run, Status
from grader.specs import Course
from tests.intake.pdf.paper import Sheet, paper

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests/fixtures/pdf"

# The sources are beside the files; what is wrong in them is said there.
SUBMISSIONS = {
    "two-columns": {
        "ssm-kernels/b.i": Status.CORRECT,
        "ssm-kernels/b.ii": Status.CORRECT,
        "ssm-kernels/e.kernel": Status.CORRECT,
        "purification/a.i": Status.CORRECT,
        "purification/a.ii": Status.CORRECT,
        "purification/c": Status.PARTIAL,  # one of two bounds
        "ridge-attention/a": Status.CORRECT,
        "ridge-attention/c": Status.CORRECT,
        "ridge-attention/e": Status.CORRECT,
    },
    "slides": {
        "ssm-kernels/b.i": Status.CORRECT,
        "ssm-kernels/b.ii": Status.CORRECT,
        "ridge-attention/a": Status.CORRECT,
        "ridge-attention/e": Status.PARTIAL,  # O(d³) for O(d²): a foreseen mistake
    },
    "word": {
        "ssm-kernels/b.i": Status.CORRECT,
        "purification/a.i": Status.PARTIAL,  # the last loss is 2 for 1
        "purification/c": Status.CORRECT,
        "ridge-attention/c": Status.CORRECT,
        "ridge-attention/e": Status.CORRECT,
    },
}
CHAT = {
    (1, "ssm-kernels/b.i"): Status.CORRECT,
    (1, "ssm-kernels/b.ii"): Status.PARTIAL,  # 0.41 for 0.51
    (2, "ssm-kernels/b.ii"): Status.CORRECT,
    (2, "purification/a.i"): Status.CORRECT,
    (2, "purification/a.ii"): Status.CORRECT,
}


@pytest.fixture(scope="module")
def course() -> Course:
    """The repository's own course."""
    return own_course()


@pytest.fixture(scope="module")
def graded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[tuple[str, str]]]:
    """Three papers, a scan, a locked file, and one with words for the grader only; what was noted of whom."""
    folder = tmp_path_factory.mktemp("papers")
    for name in SUBMISSIONS:
        shutil.copy(FIXTURES / f"{name}.pdf", folder)
    (folder / "scan.pdf").write_bytes(paper(Sheet().picture(0, 0, 595, 842)))
    (folder / "locked.pdf").write_bytes(paper(Sheet().text(70, 700, "Problem 4"), locked=True))
    sheet = Sheet().text(70, 700, "Problem 4", 15, font="F2").text(70, 670, "(c) Answer: O(n)")
    (folder / "trick.pdf").write_bytes(paper(sheet.text(70, 640, "(e) Answer: O(d^2)", colour="1 1 1")))
    notes: list[tuple[str, str]] = []
    run = grade_submissions(course, folder, workers=1, on_note=lambda subject, note: notes.append((subject, str(note))))
    return run, notes


@pytest.fixture(scope="module")
def submissions(graded: tuple[Run, list[tuple[str, str]]]) -> Run:
    """The run alone."""
    return graded[0]


def test_papers_get_their_marks(submissions: Run) -> None:
    """Columns, slides and office programs; right and wrong answers."""
    found = {(r.claim.subject, f"{r.claim.problem}/{r.claim.part}"): r.verdict.status for r in submissions.results}
    for student, parts in SUBMISSIONS.items():
        assert {part: found[student, part] for part in parts} == parts, student


@pytest.mark.parametrize(("student", "reason"), [("scan", "page 1 without text"), ("locked", "locked with a password")])
def test_a_file_that_cannot_be_read_is_told_and_costs_only_itself(submissions: Run, student: str, reason: str) -> None:
    """Its parts are unreadable, with the reason."""
    assert {r.verdict.status for r in submissions.results if r.claim.subject == student} == {Status.UNREADABLE}
    (failure,) = (one for one in submissions.failures if one.subject == student)
    assert reason in failure.diagnostics[0].message


def test_what_nobody_sees_is_no_answer(graded: tuple[Run, list[tuple[str, str]]]) -> None:
    """White letters on white paper; the report says that they were there."""
    run, notes = graded
    found = {f"{r.claim.problem}/{r.claim.part}": r for r in run.results if r.claim.subject == "trick"}
    assert found["ridge-attention/e"].verdict.status is Status.MISSING
    assert found["ridge-attention/c"].claim.text == "O(n)"
    assert [who for who, note in notes if "characters that nobody can see" in note] == ["trick"]


def test_a_printed_chat_is_a_conversation(course: Course) -> None:
    """The person's bubbles stand further to the right; the second reply corrects the first."""
    run = grade_transcripts(course, FIXTURES / "chat.pdf", workers=1)
    found = {(r.claim.turn, f"{r.claim.problem}/{r.claim.part}"): r.verdict.status for r in run.results}
    assert {key: found.get(key) for key in CHAT} == CHAT
