"""What a shell is told by the protocol of completion, as its script asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, grade, grade_here, work_of

from grader.commands.completion import SHELLS, VARIABLE
from grader.commands.main import COMMANDS

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def protocol(line: str, shell: str) -> dict[str, str]:
    """The variables in which a shell asks what may stand in place of the last word of a line."""
    words = line.split(" ")
    fish = {"COMP_WORDS": line, "COMP_CWORD": words[-1]}
    others = {"COMP_WORDS": line.replace(" ", "\n"), "COMP_CWORD": str(len(words) - 1)}
    return {VARIABLE: f"{shell}_complete", **(fish if shell == "fish" else others)}


def asked(line: str, cwd: Path, shell: str = "bash") -> list[str]:
    """What may stand in place of the last word of a line."""
    done = subprocess.run(
        [sys.executable, "-m", "grader.commands.main"],
        env=ENVIRONMENT | protocol(line, shell),
        cwd=cwd,
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8").split("\n")[:-1] if done.stdout.strip() else []


def values(line: str, cwd: Path) -> list[str]:
    """Those that are words; a shell completes paths by itself."""
    return [found.removeprefix("plain,") for found in asked(line, cwd) if found.startswith("plain,")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("grade su", ["submissions"]),
        ("grade submissions --rel", ["--release-expected"]),
        ("grade submissions submissions --problems ", ["damping", "moving-average"]),
        ("grade transcripts transcripts --problems m", ["moving-average"]),
        ("grade submissions submissions --layout n", ["nbgrader"]),
        ("grade transcripts transcripts --format open", ["openai"]),
        ("grade verify --only d", ["damping"]),
        ("grade verify --only damping/", ["damping/a", "damping/b"]),
        ("grade check 1 --type matrix", ["matrix", "matrix_expression"]),
        ("grade check 1 --problem m", ["moving-average"]),
        ("grade check 1 --problem damping --part ", ["a", "b"]),
        ("grade check 1 --part ", []),
        ("grade problems render da", ["damping"]),
        ("grade explain follow", ["follows"]),
        ("grade export out --to c", ["canvas", "csv"]),
        ("grade schema s", ["spec", "settings"]),
        ("grade autograder --problems d", ["damping"]),
        ("grade autograder --visibility after", ["after_due_date", "after_published"]),
        ("grade autograder r", ["run"]),
        ("grade init x --with g", ["github", "gitignore"]),
        ("grade completion ", list(SHELLS)),
        # a path in place of a command
        ("grade submissions/ --rel", ["--release-expected"]),
        ("grade transcripts/door.md --form", ["--format"]),
        ("grade submissions/ --problems d", ["damping"]),
        # nothing there
        ("grade nonsense --x", []),
        ("grade nonsense x y", []),
        ("grade --vers", ["--version"]),
    ],
)
def test_what_may_stand_there(course: Path, line: str, expected: list[str]) -> None:
    """Commands, options and their values, in a course."""
    assert values(line, course) == expected


def test_the_first_word_is_a_command_or_a_path(course: Path) -> None:
    """All commands in their order, with what each does; the path first, or bash would forget the commands."""
    first, *found = asked("grade ", course)
    assert first == "file,"
    assert found == [f"plain,{name}" for name in COMMANDS]
    told = COMMANDS["verify"].replace(",", ";")  # click's script for fish would end it at a comma
    assert f"plain,verify\t{told}" in asked("grade v", course, "fish")
    assert asked("grade ver", course, "zsh") == ["file", "ver", "_", "plain", "verify", told]


def test_paths_are_left_to_the_shell(course: Path) -> None:
    """An argument that is a path is one for the shell, which knows how to complete it."""
    assert asked("grade submissions sub", course) == ["file,sub"]
    assert asked("grade verify --course ", course) == ["dir,"]


def test_titles_and_folders_are_shown_beside_the_ids(course: Path) -> None:
    """In shells that show a help; folders of specs are selectors too."""
    (course / "problems/deep").mkdir()
    spec = (course / "problems/damping.yaml").read_text(encoding="utf-8")
    (course / "problems/deep/hostile.yaml").write_text(
        spec.replace("id: damping", "id: hostile").replace("When", 'a\x1b[2J\tb "c"'), encoding="utf-8"
    )
    (course / "problems/broken.yaml").write_bytes(b"\xff\xfe: [")
    (course / "problems/gone.yaml").symlink_to("nowhere")
    found = asked("grade submissions x --problems ", course, "fish")
    assert "plain,damping\tWhen a door swings through" in found
    assert "plain,deep\tall problems of this folder" in found
    assert 'plain,hostile\ta [2J b "c" a door swings through' in found
    assert len(found) == 4


@pytest.mark.parametrize("line", ["grade submissions x --problems ", "grade check 1 --problem a --part "])
def test_without_a_course_there_is_nothing(tmp_path: Path, line: str) -> None:
    """And nothing fails."""
    assert asked(line, tmp_path) == []


def test_a_course_elsewhere_is_found(course: Path, tmp_path: Path) -> None:
    """By --course, by the path, and by its own folder of specs."""
    (tmp_path / "else").mkdir()
    line = f"grade submissions x --course {course} --problems "
    assert values(line, tmp_path / "else") == ["damping", "moving-average"]
    assert values(f"grade submissions {course}/submissions --problems ", tmp_path / "else") == [
        "damping",
        "moving-average",
    ]
    (course / "problems").rename(course / "specs")
    (course / "grade.toml").write_text('problems = "specs"\n', encoding="utf-8")
    assert values("grade submissions x --problems ", course) == ["damping", "moving-average"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_of_the_shell(shell: str, tmp_path: Path) -> None:
    """It asks by the variable that the program knows, and the shell, where it is installed, takes it."""
    done = grade_here("completion", shell)
    assert done.code == 0
    assert f"{VARIABLE}={shell}_complete" in done.out
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed; its script was looked at, not run")
    script = tmp_path / "script"
    script.write_text(done.out, encoding="utf-8")
    subprocess.run([program, "-n", str(script)], check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_with_it(course: Path, tmp_path: Path) -> None:
    """The script, loaded into bash, fills in what the program offers."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/grade"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader.commands.main "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    lines = (
        'eval "$(grade completion bash)"',
        "compopt() { :; }",  # which is for a terminal alone
        "COMP_WORDS=(grade submissions x --problems d) COMP_CWORD=4",
        "_grade_completion grade",
        'echo "${COMPREPLY[@]}"',
    )
    environment = {**ENVIRONMENT, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", "\n".join(lines)], env=environment, cwd=course, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["damping"]


@pytest.mark.parametrize("line", ["grade ", "grade submissions x --problems ", "grade explain "])
def test_a_completion_is_little_work(line: str) -> None:
    """In this repository with its some fifty specs; as many functions are entered in less than 200 ms."""
    assert work_of(cwd=ROOT, **protocol(line, "bash")) < 400_000


def test_an_unknown_shell_is_a_usage_error() -> None:
    """It names those that there are."""
    done = grade("completion", "tcsh")
    assert done.code == 2
    assert "bash" in done.err
