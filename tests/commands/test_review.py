"""``grade review`` on the command line: lists, single decisions, the server, and marks that survive a new run."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import ROOT, grade, lines

from grader.commands.review import command

UNDECIDED = "# Homework\n\n## Moving average\n\n(a) either 1 or 2\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of ``grade init`` with a student who gives two answers and no others, graded into ``out``."""
    folder = tmp_path_factory.mktemp("home")
    assert grade("init", "course", cwd=folder).code == 0
    (folder / "course/submissions/zoe").mkdir()
    (folder / "course/submissions/zoe/answers.md").write_text(UNDECIDED, encoding="utf-8")
    done = grade("submissions", "course/submissions", "--out", "out", cwd=folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def home(graded: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(graded, tmp_path / "home"))


@pytest.fixture
def out(home: Path) -> Path:
    """The folder of the run."""
    return home / "out"


def test_what_is_open_is_listed(out: Path) -> None:
    """As a table, and as objects, one for each answer that the machine left open."""
    done = CliRunner().invoke(command, [str(out), "--list"])
    assert done.exit_code == 0
    assert "moving-average/b" in done.stdout and "zoe" in done.stdout
    assert done.stdout.endswith("0 of 4 open answers settled.\n")
    found = json.loads(CliRunner().invoke(command, [str(out), "--list", "--json"]).stdout)
    assert {(one["subject"], one["problem"], one["part"]) for one in found} == {
        ("zoe", "moving-average", "a"),
        ("zoe", "moving-average", "b"),
        ("zoe", "damping", "a"),
        ("zoe", "damping", "b"),
    }
    assert {one["status"] for one in found} == {"unreadable", "missing"}
    assert all(one["decided_by"] is None and one["points"] > 0 for one in found)


def test_one_decision_is_made_survives_a_new_run_and_is_taken_back(home: Path, out: Path) -> None:
    """The mark stands in the reports and the grade book of the next run, and is gone when it is undone."""
    decide = ["--by", "ada", "--decide", "zoe", "moving-average/b", "50 %", "--why", "page 3"]
    made = CliRunner().invoke(command, [str(out), *decide])
    assert made.exit_code == 0, made.stderr
    act = re.search(r"Undo: --undo (\w+)", made.stdout)
    assert act is not None and "for zoe, moving-average/b" in made.stdout
    again = grade("submissions", "course/submissions", "--out", "out", cwd=home)
    assert "1 mark given by hand." in again.out
    (line,) = [one for one in lines(out / "results.jsonl") if one["decided_by"]]
    assert (line["decided_by"], line["credit"], line["status"], line["machine_status"]) == (
        "ada",
        0.5,
        "partial",
        "missing",
    )
    assert "by_hand" in (out / "grades.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "ada" in (out / "report.html").read_text(encoding="utf-8")
    assert CliRunner().invoke(command, [str(out), "--undo", act[1], "--report"]).exit_code == 0
    assert not [one for one in lines(out / "results.jsonl") if one["decided_by"]]
    assert len(lines(out / "decisions.jsonl")) == 2


def test_an_answer_is_left_open_from_the_command_line(out: Path) -> None:
    """It is settled without a mark, and says so."""
    made = CliRunner().invoke(command, [str(out), "--decide", "zoe", "damping/a", "open", "--why", "ill", "--json"])
    assert json.loads(made.stdout)["credit"] is None
    listed = CliRunner().invoke(command, [str(out), "--list"]).stdout
    assert "damping/a" not in listed and "1 of 4 open answers settled, 1 of them left open." in listed


def test_a_changed_answer_is_told_and_left_to_a_person(home: Path, out: Path) -> None:
    """The next run names the decision that is not applied any more, with both wordings."""
    CliRunner().invoke(command, [str(out), "--by", "ada", "--decide", "zoe", "moving-average/a", "1"])
    answers = home / "course/submissions/zoe/answers.md"
    answers.write_text(UNDECIDED.replace("1 or 2", "1 or 3"), encoding="utf-8")
    again = grade("submissions", "course/submissions", "--out", "out", cwd=home)
    assert again.code == 0
    assert "decision-stale" in again.err and "1 or 2”" in again.err and "1 or 3”" in again.err
    assert "given by hand" not in again.out


def test_a_spoiled_log_stops_before_anything_is_written(home: Path, out: Path) -> None:
    """Neither a new run nor the reports go on without the decisions; the line is named."""
    (out / "decisions.jsonl").write_text('{"schema": 1}\nhello\n', encoding="utf-8")
    before = (out / "results.jsonl").stat().st_mtime_ns
    for arguments in (
        ("submissions", "course/submissions", "--out", "out"),
        ("report", "out"),
        ("review", "out", "--list"),
    ):
        done = grade(*arguments, cwd=home)
        assert done.code == 2
        assert "decisions.jsonl:1:1" in done.err and "decisions.jsonl:2:1" in done.err
    assert (out / "results.jsonl").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--decide", "nobody", "damping/a", "full"), 5, "review-no-answer"),
        (("--decide", "zoe", "damping/x", "full"), 5, "review-no-answer"),
        (("--decide", "zoe", "damping/a", "9"), 2, "more than all"),
        (("--decide", "zoe", "damping/a", "good"), 2, "is no mark"),
        (("--decide", "zoe", "damping/a", "full", "--turn", "2"), 5, "turn 2"),
        (("--decide", "zoe", "damping/a", "full", "--why", "x" * 9000), 2, "decisions-long"),
        (("--undo", "none"), 5, "review-no-act"),
        (("--undo", "none", "--list"), 2, "three things to do"),
    ],
)
def test_what_cannot_be_done_is_said(out: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    """The exit code tells usage from nothing found, and nothing is recorded."""
    done = CliRunner().invoke(command, [str(out), *arguments])
    assert done.exit_code == code
    assert says in done.stderr
    assert not (out / "decisions.jsonl").exists()


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    """The message says what is missing."""
    done = CliRunner().invoke(command, [str(tmp_path), "--list"])
    assert done.exit_code == 2 and "run.sqlite" in done.stderr


def test_the_server_says_where_it_is_and_what_was_decided(out: Path) -> None:
    """It prints its address, answers there, and ends by an interrupt with what comes next."""
    started = [sys.executable, "-m", "grader", "review", str(out), "--by", "ada", "--report"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8") as server:
        assert server.stdout is not None
        printed = ""
        while "Ctrl-C ends" not in printed:
            line = server.stdout.readline()
            assert line, printed
            printed += line
        address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{32,}/", printed)
        assert address is not None and "4 answers to decide" in printed
        with urllib.request.urlopen(address[0]) as answer:  # noqa: S310 - our own server
            page = answer.read().decode()
        name = re.search(r"/item/(\w+)", page)
        assert name is not None
        origin = address[0].split("/", 3)
        where, headers = f"{address[0]}item/{name[1]}", {"Origin": "/".join(origin[:3])}
        form = urllib.request.Request(where, b"mark=none&who=0", headers)  # noqa: S310
        with urllib.request.urlopen(form) as answer:  # noqa: S310
            assert "Recorded:" in answer.read().decode()
        server.send_signal(signal.SIGTERM)
        rest = server.stdout.read()
        assert server.wait(30) == 0
    assert "1 mark given, 1 of 4 open answers settled." in rest
    assert f"grade report {out}" in rest and "report.html" in rest
    (made,) = [json.loads(line) for line in (out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert made["by"] == "ada" and made["credit"] == "0"
