"""The workflow and the hook that docs/ci.md offers do what they are for, in a course of their own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from command_line import grade_here

ROOT = Path(__file__).parents[1]


def commands(name: str = "verify") -> dict[str, str]:
    """The steps of an example workflow that run a command, by name."""
    workflow = yaml.safe_load((ROOT / f"examples/ci/{name}.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"][name]["steps"]
    return {step["name"]: step["run"] for step in steps if "run" in step}


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell command with `grade` of this tree first."""
    programs = folder.parent / "programs"
    programs.mkdir(exist_ok=True)
    grade = programs / "grade"
    grade.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader.commands.main "$@"\n', encoding="utf-8")
    grade.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
    }
    return subprocess.run(
        ["sh", "-ec", command], cwd=folder, capture_output=True, text=True, env=environment, check=False
    )


def test_the_steps_of_the_workflow_run(tmp_path: Path) -> None:
    """All but the installation: they verify, write both files, and show the summary."""
    steps = commands()
    assert steps.pop("Install") == "python -m pip install -r requirements.txt"
    assert run("grade init course", tmp_path).returncode == 0
    course = tmp_path / "course"
    for name, command in steps.items():
        done = run(command.replace("--seeds 20", "--seeds 2"), course)
        assert done.returncode == 0, f"{name}: {done.stderr}"
    assert (course / "out/verify.xml").is_file()
    assert "✅" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_the_verifying_step_fails_with_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong example fails the step and is marked at its line."""
    grade_here("init", "course", cwd=tmp_path)
    spec = tmp_path / "course/problems/damping.yaml"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace('accept: ["0 <= c < 4", ', 'accept: ["0 <= c < 5", '), encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    step = commands()["Verify"].replace("--seeds 20", "--seeds 0")
    done = grade_here(*shlex.split(step)[1:], cwd=tmp_path / "course")
    assert done.code == 1
    assert "::error file=problems/damping.yaml,line=19,col=14,title=verify-accept::" in done.out


def test_the_hook_runs_the_command() -> None:
    """It verifies the whole course when a spec, a solver or the settings change, whatever files are named."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["pass_filenames"]) == ("grade-verify", "grade verify", False)


def test_a_workflow_for_transcripts_fails_below_a_share(tmp_path: Path) -> None:
    """The example course earns 75 %: enough for the 60 of the workflow, and too little for 80."""
    steps = commands("transcripts")
    assert steps.pop("Install") == "python -m pip install -r requirements.txt"
    grade_here("init", "course", cwd=tmp_path)
    assert list(steps) == ["Grade"]
    course = tmp_path / "course"
    assert run(steps["Grade"], course).returncode == 0
    assert (course / "out/hints.html").is_file()
    assert grade_here(*shlex.split(steps["Grade"].replace("60", "80"))[1:], cwd=course).code == 1


def test_init_writes_the_workflow_of_the_examples() -> None:
    """But for the first line, which says where it stands."""
    made = (ROOT / "grader/commands/extras/verify.yml").read_text(encoding="utf-8").splitlines()
    assert made[1:] == (ROOT / "examples/ci/verify.yml").read_text(encoding="utf-8").splitlines()[1:]


def test_the_hook_of_a_new_course_is_the_hook_of_this_repository() -> None:
    """It runs the command that is installed, on the same files."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (repository,) = yaml.safe_load((ROOT / "grader/commands/extras/pre-commit.yaml").read_text(encoding="utf-8"))[
        "repos"
    ]
    (local,) = repository["hooks"]
    assert repository["repo"] == "local"
    assert local["entry"].startswith(hook["entry"])
    assert (local["id"], local["pass_filenames"], local["language"]) == (hook["id"], False, "system")
    for name, fits in (
        ("problems/a/b.yaml", True),
        ("reference/a.py", True),
        ("grade.toml", True),
        ("out/a.py", False),
    ):
        assert bool(re.search(local["files"], name)) == bool(re.search(hook["files"], name)) == fits
