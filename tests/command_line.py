"""Run ``grade`` as a person does, in a process of its own or in this one."""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner

from grader.commands.main import cli

ROOT = Path(__file__).parents[1]
SECONDS = 600
"""After which a process of a test is given up: more than any takes, however busy the machine is."""


@dataclass(frozen=True)
class Done:
    """What a command did: its exit code, what it printed, and both streams as a terminal shows them."""

    code: int
    out: str
    err: str
    shown: str = ""

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


COUNTING = """
import sys
from steps import calls

def run():
    from grader.commands.main import main
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, ended.code

work = calls(run)
print(work, file=sys.stderr)
"""


def work_of(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> int:
    """How many functions a process enters to do this, from its imports to its end; see ``steps.py``."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}", **environment},
        timeout=SECONDS,
        check=True,
    )
    return int(done.stderr)


def grade(*arguments: str | Path, cwd: Path | None = None, stdin: str | None = None) -> Done:
    """Run ``grade`` with these arguments."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "grader.commands.main", *map(str, arguments)],
        cwd=cwd,
        input=None if stdin is None else stdin.encode("utf-8"),
        capture_output=True,
        env=environment,
        timeout=SECONDS,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def grade_here(*arguments: str | Path, cwd: Path | None = None, stdin: str | None = None, columns: int = 100) -> Done:
    """Run ``grade`` with these arguments in this process, which is quicker; a program's fault is raised.

    Commands that run here share one server of worker processes, which has imported the program once, and tell no
    progress, which depends on the machine.
    """
    with contextlib.chdir(cwd or Path()), mock.patch("grader.commands.grading_progress.EVERY", math.inf):
        runner = CliRunner(env={"COLUMNS": str(columns)})
        done = runner.invoke(cli, list(map(str, arguments)), stdin, prog_name="grade")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr, done.output)


def inspect_here(*arguments: str, cwd: Path, site: Path, **environment: str) -> Done:
    """Run Inspect's command in this process, which has imported it once; a program's fault is raised.

    Args:
        site: a folder in which grade looks installed; see ``as_installed.py``.
        environment: more variables.
    """
    from inspect_ai._cli.main import inspect

    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd):
        patch.syspath_prepend(site)
        runner = CliRunner(env={"INSPECT_DISPLAY": "none", "COLUMNS": "80", **environment})
        done = runner.invoke(inspect, arguments, prog_name="inspect")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr, done.output)


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
