"""The command line's front door: fast, complete help, and a path in place of a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_line import ROOT, grade, grade_here, work_of

from grader.commands.main import COMMANDS, cli

HEAVY = ("sympy", "numpy", "flint", "jinja2", "pydantic", "rich", "yaml", "pebble", "nh3", "multiprocessing")


def test_help_imports_nothing_heavy() -> None:
    """`grade --help` loads none of the large libraries and no subcommand."""
    code = (
        "import sys\nfrom grader.commands.main import cli\n"
        "cli(['--help'], standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stderr.split())
    assert [name for name in HEAVY if name in loaded] == []
    assert {name for name in loaded if name.startswith("grader.")} == {"grader.commands", "grader.commands.main"}


def test_help_is_little_work() -> None:
    """`grade --help` enters some fifty thousand functions, which takes less than 150 ms (``benchmarks.startup``)."""
    assert work_of("--help") < 100_000


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_page_with_an_example(name: str) -> None:
    """A command's help shows how it is used, and its summary is that of the list of commands."""
    with click.Context(cli) as context:
        command = cli.get_command(context, name)
    assert command is not None
    assert command.short_help == COMMANDS[name]
    done = grade_here(name, "--help")
    assert done.code == 0
    assert "Example: grade " in done.out
    assert f"Usage: grade {name}" in done.out


def test_the_commands_are_the_modules() -> None:
    """Each command of the list has its module, named as it is."""
    folder = ROOT / "grader/commands"
    assert [name for name in COMMANDS if not (folder / f"{name}.py").is_file()] == []


def test_the_version_is_shown() -> None:
    """`grade --version` prints the package's version."""
    import grader

    assert grade("--version").out == f"grade {grader.__version__}\n"


def test_a_misspelt_command_names_the_nearest() -> None:
    """A word that is no command and no path is a usage error that says what was perhaps meant."""
    done = grade_here("verfy")
    assert done.code == 2
    assert "Did you mean `grade verify`?" in done.err


def test_a_path_is_graded_as_what_it_holds(course: Path) -> None:
    """`grade PATH` says whether it found submissions or transcripts, and grades them with the options given."""
    done = grade_here("submissions", "--json", course / "submissions", cwd=course)
    guessed = grade_here(course / "submissions", "--json", cwd=course)
    assert "grade submissions" in guessed.err
    assert guessed.json["statuses"] == done.json["statuses"]
    talk = grade_here(course / "transcripts", "--json", "--out", "talk", cwd=course)
    assert "grade transcripts" in talk.err
    assert talk.json["command"] == "transcripts"
    assert (course / "talk/hints.html").is_file()


def test_a_commands_name_wins_over_a_folder(course: Path) -> None:
    """In a course, `grade submissions` is the command although a folder has that name."""
    done = grade_here("submissions", cwd=course)
    assert done.code == 2
    assert "Missing argument 'PATH'" in done.err


def test_a_course_is_no_input(course: Path) -> None:
    """A whole course as PATH is a usage error that names its folder of submissions."""
    done = grade_here(".", cwd=course)
    assert done.code == 2
    assert "path-course" in done.err


def test_a_mixed_folder_is_not_guessed(course: Path) -> None:
    """Where some files are conversations and some are not, the command asks which is meant."""
    (course / "transcripts/ada.md").write_text("# Problem 1\n\n(b) 1\n", encoding="utf-8")
    done = grade_here(course / "transcripts", cwd=course)
    assert done.code == 2
    assert "path-mixed" in done.err


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_names_from_inputs_cannot_steer_the_terminal() -> None:
    """Control characters of an input are printed as escapes."""
    from grader.commands.common import shown

    assert shown("a\x1b[2Jb\nc") == "a\\x1b[2Jb\nc"
