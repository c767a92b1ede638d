"""Bad input of every kind: a clear message about that item, the right exit code, all others graded."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Done, grade_here, lines

GOOD = "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) 1\n\n# Problem 2\n\n(a) 0 <= c < 4\n\n(b) B\n"
ALL_RIGHT = ["correct"] * 4


def hand_in(course: Path, student: str, content: str | bytes = GOOD, file: str = "answers.md") -> Path:
    """A student's folder with one file."""
    path = course / "handed-in" / student / file
    path.parent.mkdir(parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def run(course: Path, *options: str) -> tuple[Done, dict[str, list[str]]]:
    """Grade what was handed in; the statuses of each student, in the order of the parts."""
    done = grade_here("submissions", "handed-in", *options, cwd=course)
    found: dict[str, list[str]] = {}
    if (course / "out/results.jsonl").exists():
        for result in lines(course / "out/results.jsonl"):
            found.setdefault(result["subject"], []).append(result["status"])
    return done, found


def test_an_empty_folder_matches_nothing(course: Path) -> None:
    """A folder without submissions ends with 5, says what was expected, and writes nothing."""
    (course / "handed-in").mkdir()
    done, found = run(course)
    assert done.code == 5
    assert "no submissions in handed-in" in done.err
    assert found == {}
    assert not (course / "out").exists()
    assert grade_here("transcripts", "handed-in", cwd=course).code == 5


def test_a_path_that_is_not_there(course: Path) -> None:
    """A path that does not exist is a usage error that names it."""
    done = grade_here("submissions", "nowhere", cwd=course)
    assert done.code == 2
    assert "nowhere" in done.err


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 500])
def test_a_binary_file_called_answers(course: Path, content: bytes) -> None:
    """A binary file is unreadable, not wrong and not missing; it is named, and the others are graded."""
    hand_in(course, "ada")
    path = hand_in(course, "bin", content)
    done, found = run(course)
    assert done.code == 4
    assert found == {"ada": ALL_RIGHT, "bin": ["unreadable"] * 4}
    assert str(path.relative_to(course)) in done.err


def test_a_huge_file_is_not_read(course: Path) -> None:
    """A file of 100 MB is refused by its size, with its name and the limit; the others are graded."""
    hand_in(course, "ada")
    path = hand_in(course, "big", "")
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    done, found = run(course)
    assert done.code == 4
    assert found == {"ada": ALL_RIGHT, "big": ["unreadable"] * 4}
    assert str(path.relative_to(course)) in done.err
    assert "input-too-large" in done.err
    assert "the limit is" in done.err


def test_one_unreadable_file_of_two(course: Path) -> None:
    """What stands in the readable file is graded; the rest is unreadable, since it may be in the other."""
    path = hand_in(course, "ada", "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) 1\n")
    (path.parent / "rest.md").write_bytes(b"\0\1\2\3" * 100)
    done, found = run(course)
    assert done.code == 4
    assert found == {"ada": ["correct", "correct", "unreadable", "unreadable"]}


def test_a_spec_with_an_error_costs_only_its_problem(course: Path) -> None:
    """A broken spec is told with file and line and ends with 3; the other problem is graded."""
    spec = course / "problems/damping.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("points: 3", "points: three"), encoding="utf-8")
    hand_in(course, "ada")
    done, found = run(course)
    assert done.code == 3
    assert "problems/damping.yaml:" in done.err
    assert found == {"ada": ["correct", "correct"]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("raise ValueError('no such door')", "solver-raised"),
        ("import time; time.sleep(60)", "solver-timeout"),
        ("import os; os._exit(3)", "solver-died"),
        ("return float('nan')", "solver-nonsense"),
        ("return 'A'", "solver-nonsense"),
        ("return bytearray(8 * 1024 ** 3)", "solver-memory"),
    ],
)
def test_a_bad_solver_costs_only_its_part(course: Path, body: str, code: str) -> None:
    """A solver that raises, hangs, dies, eats memory or returns nonsense fails its own part; exit 4."""
    solver = course / "reference/damping.py"
    name = "def swinging(stiffness: Fraction) -> sympy.Set:\n"
    text = solver.read_text(encoding="utf-8")
    assert name in text
    solver.write_text(text.replace(name, f"{name}    {body}\n"), encoding="utf-8")
    settings = course / "grade.toml"
    settings.write_text('title = "T"\ntimeout = 6\nmemory_mb = 512\n', encoding="utf-8")
    hand_in(course, "ada")
    done, found = run(course)
    assert done.code == 4
    assert found == {"ada": ["correct", "correct", "failed", "correct"]}
    assert code in done.err
    assert "reference/damping.py:" in done.err
    [failed] = [r for r in lines(course / "out/results.jsonl") if r["status"] == "failed"]
    assert (failed["credit"], failed["reason"]) == (None, "no_truth")
    assert failed["text"]


def test_a_name_with_markup_is_text(course: Path) -> None:
    """A student called <script> … is a name like any other: graded, and escaped on every page."""
    name = "<script>alert(1)<⁄script>"  # a slash that a file name may hold
    hand_in(course, name)
    done, found = run(course)
    assert done.code == 0, done.err
    assert found == {name: ALL_RIGHT}
    pages = [course / "out/report.html", *(course / "out/students").iterdir()]
    assert len(pages) == 2
    for page in pages:
        assert "<script>alert" not in page.read_text(encoding="utf-8")
    assert "<" not in "".join(p.name for p in pages)


def test_markup_in_an_answer_is_text(course: Path) -> None:
    """Markup in an answer is shown, never obeyed."""
    hand_in(course, "ada", GOOD.replace("(b) B", "(b) <img src=x onerror=alert(1)> B"))
    done, _ = run(course)
    assert done.code == 0
    for page in (course / "out").rglob("*.html"):
        assert "<img src=x" not in page.read_text(encoding="utf-8")


def test_a_name_that_looks_like_a_formula(course: Path) -> None:
    """In the grade book such a name gets an apostrophe, so no spreadsheet runs it."""
    hand_in(course, "=HYPERLINK(1)")
    run(course)
    assert "'=HYPERLINK(1)" in (course / "out/grades.csv").read_text(encoding="utf-8")


def test_a_link_out_of_the_submissions_is_not_followed(course: Path) -> None:
    """A link to a file elsewhere is skipped with a message: nobody hands in another's work that way."""
    (course / "secret.md").write_text(GOOD, encoding="utf-8")
    hand_in(course, "ada")
    (course / "handed-in/eve").mkdir()
    (course / "handed-in/eve/answers.md").symlink_to(course / "secret.md")
    _, found = run(course)
    assert found["ada"] == ALL_RIGHT
    assert "correct" not in found.get("eve", [])


def test_an_endless_formula_costs_only_itself(course: Path) -> None:
    """Deep brackets, towers of powers and very long numbers are not marked, in bounded time; others are."""
    hand_in(course, "ada")
    bombs = {"deep": "(" * 50_000, "tower": "9^9^9^9^9^9", "digits": "9" * 300_000}
    for name, bomb in bombs.items():
        hand_in(course, name, GOOD.replace("(b) 1\n", f"(b) {bomb}\n"))
    _, found = run(course)
    assert set(found) == {"ada", *bombs}
    assert found["ada"] == ALL_RIGHT
    for name in bombs:
        assert found[name][1] not in ("correct", "partial"), name
        assert [found[name][i] for i in (0, 2, 3)] == ["correct"] * 3, name


def test_a_transcript_that_cannot_be_read_costs_only_itself(course: Path) -> None:
    """A binary transcript is named and ends with 4; the conversation beside it is graded."""
    (course / "transcripts/noise.md").write_bytes(bytes(range(256)) * 10)
    done = grade_here("transcripts", "transcripts", cwd=course)
    assert done.code == 4
    assert "noise" in done.err
    assert {r["subject"] for r in lines(course / "out/results.jsonl")} == {"door"}


def test_a_course_without_any_sound_spec(course: Path) -> None:
    """If no spec loads there is nothing to grade against: 3, and every spec's error is told."""
    for spec in (course / "problems").glob("*.yaml"):
        spec.write_text("id: [", encoding="utf-8")
    hand_in(course, "ada")
    done, found = run(course)
    assert done.code == 3
    assert "damping.yaml" in done.err
    assert "moving-average.yaml" in done.err
    assert found == {}
