"""What leaves the machine: nothing. Each command is run with a guard that sees every address that is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from network_guard import guard

from grader.commands.main import COMMANDS

ROOT = Path(__file__).parents[2]

RUNS: dict[str, tuple[str, ...]] = {
    "submissions": ("submissions", "submissions", "--out", "out", "--workers", "1"),
    "transcripts": ("transcripts", "transcripts", "--out", "talks", "--workers", "1"),
    "review": ("review", "out", "--list"),
    "report": ("report", "out"),
    "regrade": ("regrade", "out", "--workers", "1"),
    "intake": ("intake", "transcripts/door.md"),
    "verify": ("verify", "--workers", "1"),
    "check": ("check", "3", "--type", "number", "--expected", "3"),
    "problems": ("problems",),
    "explain": ("explain", "partial"),
    "init": ("init", "another"),
    "export": ("export", "out", "--to", "jsonl"),
    "schema": ("schema", "spec"),
    "autograder": ("autograder", "--help"),
    "completion": ("completion", "bash"),
}
"""A run of each command, in this order, in the course of ``grade init``."""


PROGRAM = """
import json, os, sys, traceback
from pathlib import Path
from grader.commands.main import cli
log, told = Path(os.environ["GRADE_GUARD"]), {}
for name, arguments in json.loads(sys.argv[1]).items():
    log.write_text("")
    failed = ""
    try:
        cli(arguments, prog_name="grade")
    except SystemExit as ended:
        if ended.code not in (None, 0, 1):
            failed = f"ended with {ended.code}"
    except BaseException:
        failed = traceback.format_exc()
    told[name] = log.read_text() + failed
Path("told.json").write_text(json.dumps(told))
"""
"""Runs commands one after the other in one guarded process, which starts workers once; they are guarded, too."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command asked the network for, and what it printed where it failed."""
    home = tmp_path_factory.mktemp("guarded")
    log = home / "log"
    guarded = guard(home / "guard", log)
    path = os.pathsep.join((str(home / "guard"), str(ROOT)))
    environment = {**os.environ, **guarded, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}

    def run(runs: dict[str, tuple[str, ...]], cwd: Path) -> dict[str, str]:
        command = [sys.executable, "-c", PROGRAM, json.dumps(runs)]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, str] = json.loads((cwd / "told.json").read_text())
        return told

    assert run({"init": ("init", "course")}, home) == {"init": ""}
    return run(RUNS, home / "course")


def test_every_command_is_tried() -> None:
    """A new command gets a run here."""
    assert sorted(COMMANDS.keys() - RUNS.keys()) == []


@pytest.mark.parametrize("command", RUNS)
def test_a_command_asks_for_no_address(asked: dict[str, str], command: str) -> None:
    """No name is looked up and nothing is connected to, by the command or by its workers."""
    assert asked[command] == ""


def test_the_guard_sees_what_it_is_for(tmp_path: Path) -> None:
    """A connection to anywhere else is told, and so is a name that is looked up."""
    log = tmp_path / "log"
    environment = {**os.environ, **guard(tmp_path, log), "PYTHONPATH": str(tmp_path)}
    program = (
        "import socket\n"
        "calls = lambda: socket.getaddrinfo('localhost', 1), lambda: socket.create_connection(('127.0.0.1', 9))\n"
        "for call in calls:\n"
        "    try:\n        call()\n    except OSError:\n        pass\n"
    )
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert {line.split()[0] for line in log.read_text().splitlines()} == {"socket.getaddrinfo", "socket.connect"}
