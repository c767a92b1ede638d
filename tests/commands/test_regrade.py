"""``grade regrade``: whose mark changes, and why, before anything is written; and what stays when it is."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from command_line import Done, grade_here, lines
from course_sample import edit, new_course

from grader.batch import FOLDER
from grader.commands import regrade
from grader.records import Decision, Status
from grader.records.decisions import answer_digest
from grader.store.decisions import FILE, append, question_digest
from grader.store.runs import NAME, load


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with its submissions graded into ``out``."""
    root = tmp_path_factory.mktemp("regraded") / "course"
    new_course(root)
    assert grade_here("submissions", "submissions", "--out", "out", cwd=root).code == 0
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but for what a run keeps to go on."""
    found = (path for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def told(done: Done) -> dict[str, tuple[str, list[str]]]:
    """Of each changed answer which way it went, and the kinds of reasons."""
    return {
        f"{one['subject']} {one['problem']}/{one['part']}": (one["direction"], [why["kind"] for why in one["why"]])
        for one in done.json["changes"]
    }


def test_without_any_change_nothing_is_said_to_change(course: Path) -> None:
    """It ends with 0, and the folder is as it was."""
    before = contents(course / "out")
    done = grade_here("regrade", "out", cwd=course)
    assert done.code == 0
    assert "nothing that is recorded changed" in done.out
    assert "No mark changes; 8 answers as before." in done.out
    assert contents(course / "out") == before


def test_a_credit_that_changed_is_shown_and_nothing_is_written_without_a_yes(course: Path) -> None:
    """Nobody is there to be asked: it ends with 1, and says from what to what, and why."""
    before = contents(course / "out")
    edit(course / "problems" / "damping.yaml", "credit: 2/3", "credit: 1/3")
    done = grade_here("regrade", "out", cwd=course)
    assert done.code == 1
    assert "damping/a: mistakes[1].credit: “2/3” → “1/3”" in done.out
    row = next(line for line in done.out.splitlines() if line.startswith("emil  "))
    assert "partial 2/3  partial 1/3  −1" in row
    assert "mistakes[1].credit" in row
    assert "1 mark changes: 1 down; 7 answers as before." in done.out
    assert "Nothing was written." in done.out
    assert contents(course / "out") == before


@pytest.mark.parametrize(("word", "code"), [("y", 0), ("n", 1), ("", 1)])
def test_on_a_terminal_a_person_is_asked(course: Path, monkeypatch: pytest.MonkeyPatch, word: str, code: int) -> None:
    """After all that changes was shown; only a yes writes."""
    monkeypatch.setattr(regrade, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    before = contents(course / "out")
    edit(course / "problems" / "damping.yaml", "credit: 2/3", "credit: 1/3")
    done = grade_here("regrade", "out", cwd=course, stdin=f"{word}\n")
    assert done.code == code
    assert "Write this to out? [y/N]" in done.err
    assert (contents(course / "out") == before) == (code == 1)


def test_each_cause_is_told_with_the_answers_that_it_bears_on(course: Path) -> None:
    """Spec, solver and input all changed: each mark has its own reasons, and only those."""
    edit(course / "problems" / "damping.yaml", "credit: 2/3", "credit: 1/3")
    edit(course / "reference" / "moving_average.py", "return sum(window, Fraction(0))", "return Fraction(1, 2)")
    edit(course / "submissions" / "emil" / "answers.md", "y = [2, 1, 4, 2]", "y = [1, 2, 3, 4]")
    done = grade_here("regrade", "out", "--json", cwd=course)
    assert done.code == done.json["exit"] == 1
    assert done.json["written"] == {}
    assert told(done) == {
        "emil damping/a": ("down", ["question"]),
        "emil moving-average/a": ("up", ["input"]),
        "ada moving-average/b": ("down", ["solver", "truth"]),
        "emil moving-average/b": ("up", ["solver", "truth"]),
    }
    since = "\n".join(done.json["since"])
    for words in ("mistakes[1].credit", "reference/moving_average.py: gain", "emil/answers.md changed"):
        assert words in since


def test_what_is_written_is_what_grading_anew_writes(course: Path) -> None:
    """And the former run can be put back: its reports are then as they were, byte by byte."""
    before = contents(course / "out")
    edit(course / "problems" / "damping.yaml", "credit: 2/3", "credit: 1/3")
    done = grade_here("regrade", "out", "--yes", cwd=course)
    assert done.code == 0
    assert "wrote out/run.sqlite" in done.out
    (former,) = (course / "out" / "history").iterdir()
    assert f"wrote out/history/{former.name}" in done.out
    assert former.read_bytes() == before["run.sqlite"]
    history = lines(course / "out" / "history.jsonl")
    assert [one["former"] for one in history] == [None, f"history/{former.name}"]
    (changed,) = history[1]["changes"]
    assert (changed["subject"], changed["before"]["points"], changed["after"]["points"]) == ("emil", 2.0, 1.0)
    assert grade_here("submissions", "submissions", "--out", "fresh", cwd=course).code == 0
    fresh = contents(course / "fresh")
    for name in ("report.html", "grades.csv", "results.jsonl"):
        assert (course / "out" / name).read_bytes() == fresh[name]
        assert fresh[name] != before[name]
    shutil.copy(former, course / "out" / "run.sqlite")
    assert grade_here("report", "out", cwd=course).code == 0
    again = contents(course / "out")
    assert {name: again[name] for name in before if name != "history.jsonl"} == {
        name: data for name, data in before.items() if name != "history.jsonl"
    }


def decide(out: Path, subject: str, part: str) -> None:
    """Give an answer to the first problem full marks by hand."""
    run = load(out / NAME).run
    claim = next(one.claim for one in run.results if (one.claim.subject, one.claim.part) == (subject, part))
    problem = next(one for one in run.problems if one.id == claim.problem)
    asked = question_digest(problem, problem.part(part))
    who = ("Eva", datetime(2026, 11, 26, tzinfo=UTC), "It is meant as a share.", asked)
    full = (answer_digest(claim), Status.CORRECT, Fraction(1))
    append(out / FILE, [Decision("d1", subject, claim.problem, part, None, *full, *who)])


def test_decisions_stay_with_their_answers(course: Path) -> None:
    """A mark that a person gave stands through a new grading, until the answer says something else."""
    decide(course / "out", "emil", "b")
    before = (course / "out" / FILE).read_bytes()
    edit(course / "problems" / "damping.yaml", "credit: 2/3", "credit: 1/3")
    done = grade_here("regrade", "out", "--yes", "--json", cwd=course)
    assert told(done) == {"emil damping/a": ("down", ["question"])}
    assert done.json["decisions"] == {"standing": 1, "stale": []}
    rows = {(one["subject"], one["part"]): one["status"] for one in lines(course / "out" / "results.jsonl")[4:6]}
    assert rows["emil", "b"] == "correct"
    edit(course / "submissions" / "emil" / "answers.md", "gain is 1/2", "gain is 1/3")
    done = grade_here("regrade", "out", "--yes", cwd=course)
    row = next(line for line in done.out.splitlines() if line.startswith("emil  "))
    assert "correct 2/2 by Eva  incorrect 0/2  −2" in row
    assert "the decision of Eva was about other words" in row
    assert "emil" in done.err  # the decision is told as one that no longer holds
    assert (course / "out" / FILE).read_bytes() == before
    done = grade_here("regrade", "out", "--json", cwd=course)
    assert done.json["decisions"] == {"standing": 0, "stale": ["emil, moving-average/b"]}


def test_who_is_gone_has_no_page_any_more(course: Path) -> None:
    """A page of an earlier run would look like one of this run; what somebody else put there stays."""
    shutil.rmtree(course / "submissions" / "emil")
    (course / "out" / "students" / "notes.html").write_text("ours", encoding="utf-8")
    done = grade_here("regrade", "out", "--yes", cwd=course)
    assert done.code == 0
    assert "Gone: emil." in done.out
    left = sorted(path.name.partition("-")[0] for path in (course / "out" / "students").iterdir())
    assert left == ["ada", "notes.html"]


def test_a_folder_that_is_gone_is_told_with_what_to_name(course: Path) -> None:
    """The input was moved: the option says where it is now."""
    (course / "submissions").rename(course / "handed-in")
    connection = sqlite3.connect(course / "out" / NAME)
    connection.execute("UPDATE about SET value = json_set(value, '$.folder', '/nowhere') WHERE name = 'manifest'")
    connection.commit()
    connection.close()
    done = grade_here("regrade", "out", cwd=course)
    assert done.code == 2
    assert "regrade-gone" in done.err
    assert "--course" in done.err
    done = grade_here("regrade", "out", "--course", ".", cwd=course)
    assert (done.code, "--input" in done.err) == (2, True)
    found = grade_here("regrade", "out", "--input", "handed-in", "--course", ".", cwd=course)
    assert found.code == 0
    assert "No mark changes" in found.out


def test_a_broken_spec_stops_it(course: Path) -> None:
    """A problem that cannot be loaded would look like one that is not asked any more; nothing is graded or written."""
    before = contents(course / "out")
    edit(course / "problems" / "damping.yaml", "points: 3", "points: three")
    done = grade_here("regrade", "out", "--yes", cwd=course)
    assert done.code == 3
    assert "spec" in done.err
    assert contents(course / "out") == before


def test_a_folder_without_a_run_is_a_usage_error(course: Path) -> None:
    """As for `grade report`."""
    (course / "empty").mkdir()
    done = grade_here("regrade", "empty", cwd=course)
    assert (done.code, "run-none" in done.err) == (2, True)


def test_the_page_shows_it_before_it_is_written(course: Path) -> None:
    """One file with the marks and the reasons; the folder itself stays as it was."""
    before = contents(course / "out")
    edit(course / "problems" / "damping.yaml", "credit: 2/3", "credit: 1/3")
    done = grade_here("regrade", "out", "--page", "changes.html", cwd=course)
    assert done.code == 1
    assert "wrote changes.html" in done.out
    page = (course / "changes.html").read_text(encoding="utf-8")
    assert "1 mark changes: 1 down; 7 answers as before." in page
    assert "mistakes[1].credit: “2/3” → “1/3”" in page
    assert contents(course / "out") == before


def test_a_hostile_name_is_shown_harmlessly(course: Path) -> None:
    """Control characters of a student's name are escapes on the terminal and in the JSON, and the name stays whole."""
    name = "ma\x1b[31mx\u202e<b>"
    shutil.copytree(course / "submissions" / "emil", course / "submissions" / name)
    done = grade_here("regrade", "out", cwd=course)
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert "ma\\x1b[31mx" in done.out
    assert "New: ma" in done.out
    written = grade_here("regrade", "out", "--yes", "--json", cwd=course)
    assert written.code == 0
    assert (written.json["new"], written.json["changes"]) == ([name], [])


def test_solvers_that_only_the_run_names_do_not_run(course: Path, tmp_path: Path) -> None:
    """A run may be a stranger's: outside of its course nothing of that is imported, and the error says how to go on."""
    mark = tmp_path / "it ran"
    solver = course / "reference" / "damping.py"
    solver.write_text(f"{solver.read_text(encoding='utf-8')}\nopen({str(mark)!r}, 'w')\n", encoding="utf-8")
    before = contents(course / "out")
    refused = grade_here("regrade", "course/out", cwd=tmp_path)
    assert refused.code == 2
    assert "regrade-course" in refused.err and "the run names the course course, which" in refused.err
    assert "grade regrade course/out --course course" in refused.err
    assert contents(course / "out") == before and not mark.exists()
    assert grade_here("regrade", "course/out", "--course", "course", cwd=tmp_path).code == 0
    assert mark.exists()
