"""The documentation is run: what the README and the pages in docs/ show is what happens.

A ``console`` block is played in a copy of the example course: every ``$ grade …`` line runs, and
what it prints must match the lines below it, in which ``...`` stands for anything. A ``python``
block is a doctest if it has ``>>>`` and a program otherwise. A ``yaml`` block that is a whole spec
is loaded and verified with the ``python`` block next to it as its solver.

Commands that need no shell, those of Inspect, and python blocks run in this process, which saves each of them the start
of Python, of Inspect and of the workers. On the pages of ``AS_PROCESSES`` ``grade`` and all python are processes of
their own, as for a reader.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from as_installed import distribution, program
from command_line import SECONDS, grade_here, inspect_here

from grader.scoring.workers import Caught

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("README.md"), *ROOT.glob("CONTRIBUTING.md"), *sorted((ROOT / "docs").rglob("*.md"))]
COURSE = ("problems", "reference", "examples", "submissions", "transcripts", "grade.toml", "pyproject.toml")
RUN = ("grade", "cd", "cat", "ls", "head", "mkdir", "echo", "printf")  # other commands are only shown
RUN_OF_INSPECT = re.compile(r"inspect .*\bgrader/")  # and of Inspect's those that use what grade registers
AS_PROCESSES = ("docs/changes.md",)
SHELL = re.compile(r"""[|&;<>(){}$`*?~"#\\\[\]]""")  # outside single quotes these are for a shell


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the page's line of its first line of text (from 1), and the text."""

    language: str
    line: int
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced code blocks of a Markdown page, in order."""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        fence = re.match(r" {0,3}(```+|~~~+)\s*([\w-]*)", lines[at])
        at += 1
        if not fence:
            continue
        start = at
        while at < len(lines) and not lines[at].strip().startswith(fence[1]):
            at += 1
        yield Block(fence[2], start + 1, "\n".join(lines[start:at]) + "\n")
        at += 1


def matches(expected: str, actual: str) -> bool:
    """Whether ``actual`` is ``expected``, where ``...`` stands for any text, also over several lines.

    Blanks at the ends of lines and empty lines at the ends of the text do not count. Pieces between
    the ``...`` are looked for from left to right, which takes linear time.
    """

    def tidy(text: str) -> str:
        return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")

    pieces, rest = tidy(expected).split("..."), tidy(actual)
    if len(pieces) == 1:
        return pieces[0] == rest
    if not rest.startswith(pieces[0]) or not rest[len(pieces[0]) :].endswith(pieces[-1]):
        return False
    rest = rest[len(pieces[0]) : len(rest) - len(pieces[-1])]
    for piece in pieces[1:-1]:
        found = rest.find(piece)
        if found < 0:
            return False
        rest = rest[found + len(piece) :]
    return True


def steps(block: Block) -> Iterator[tuple[int, str, str]]:
    """Line, command and expected output of each step of a console block."""
    lines = block.text.splitlines()
    at = 0
    while at < len(lines):
        line, command = block.line + at, lines[at]
        at += 1
        if not command.startswith("$ "):
            raise ValueError(f"line {line}: output without a command: {command!r}")
        while command.endswith("\\") and at < len(lines):
            command = f"{command}\n{lines[at].removeprefix('> ')}"
            at += 1
        start = at
        while at < len(lines) and not lines[at].startswith("$ "):
            at += 1
        yield line, command[2:], "\n".join(lines[start:at])


@dataclass(frozen=True)
class Course:
    """A copy of the example course, a folder with the command ``grade``, and whether all runs as processes."""

    root: Path
    programs: Path
    processes: bool = False


def make_course(root: Path, processes: bool = False) -> Course:
    """A copy of the example course, and beside it a folder with the command ``grade``."""
    course, programs = root / "course", root / "programs"
    course.mkdir()
    for name in COURSE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, course / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).is_file():
            shutil.copy(ROOT / name, course / name)
    program(distribution(programs) / "grade", "grader.commands.main")
    return Course(course, programs, processes)


def words_of(command: str) -> list[str]:
    """The words of a command that needs no shell; none where it needs one."""
    whole = command.replace("\\\n", " ")
    return [] if SHELL.search(re.sub(r"'[^']*'", "", whole)) else shlex.split(whole)


def run(command: str | list[str], folder: Path, programs: Path) -> tuple[int, str]:
    """Run a command, or a line for a shell, as on a plain terminal of 80 columns: its code, and all that it shows."""
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": f"{programs}{os.pathsep}{ROOT}",
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    environment.pop("FORCE_COLOR", None)
    done = subprocess.run(
        ["bash", "-c", command] if isinstance(command, str) else command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stdout


def run_step(command: str, folder: Path, course: Course) -> tuple[int, str]:
    """Run a line of a console block: its code, and all that it shows."""
    words = words_of(command)
    if words[:1] == ["grade"] and not course.processes:
        done = grade_here(*words[1:], cwd=folder, columns=80)
        return done.code, done.shown
    if RUN_OF_INSPECT.match(command):
        return run_inspect(command, folder, course.programs)
    return run(command, folder, course.programs)


def run_inspect(command: str, folder: Path, programs: Path) -> tuple[int, str]:
    """Run a command of Inspect in this process: its code, and all that it shows.

    That a process of its own finds what grade registers is tested in ``inspect/test_inspect_cli.py``.
    """
    words: list[str] = []
    for word in shlex.split(command.replace("\\\n", " "))[1:]:
        words += sorted(map(str, folder.glob(word))) if "*" in word else [word]
    done = inspect_here(*words, cwd=folder, site=programs)
    return done.code, done.shown


def run_python(file: Path, course: Course, *, as_doctest: bool) -> tuple[int, str]:
    """Run a program, or a text with examples: 0 where it is right, and what it shows."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    if course.processes:
        options = ["-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"] if as_doctest else []
        return run([sys.executable, *options, str(file)], course.root, course.programs)
    said, caught, failed = io.StringIO(), Caught(), 0
    with contextlib.chdir(course.root), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), caught:
        if as_doctest:
            failed = doctest.testfile(str(file), module_relative=False, optionflags=flags, encoding="utf-8").failed
        else:
            runpy.run_path(str(file), run_name="__main__")
    trace = "".join(traceback.format_exception(caught.error)) if caught.error else ""
    return failed or bool(trace), said.getvalue() + trace


def console_errors(block: Block, course: Course) -> Iterator[str]:
    """Steps of a console block that do not do what the page shows."""
    folder = course.root
    for line, command, expected in steps(block):
        word = command.split()[0]
        if word not in RUN and not RUN_OF_INSPECT.match(command):
            continue
        if word == "cd":
            folder = folder / command.split()[1]
            continue
        code, shown = run_step(command, folder, course)
        if not expected.strip():
            if code:
                yield f"line {line}: `{command}` ended with {code}:\n{shown}"
        elif not matches(expected, shown):
            yield f"line {line}: `{command}` printed\n{shown}\n-- instead of --\n{expected}"


def python_errors(block: Block, course: Course) -> Iterator[str]:
    """What goes wrong when a python block runs; lines are counted as on the page."""
    as_doctest = ">>>" in block.text
    file = course.root.parent / f"block-{block.line}.{'txt' if as_doctest else 'py'}"
    file.write_text("\n" * (block.line - 1) + block.text, encoding="utf-8")
    code, shown = run_python(file, course, as_doctest=as_doctest)
    if code:
        yield f"line {block.line}: the python block fails:\n{shown}"


def is_whole_spec(block: Block) -> bool:
    """Whether a yaml block is a problem spec rather than a piece of one."""
    data = yaml.safe_load(block.text)
    return isinstance(data, dict) and {"id", "parts"} <= data.keys()


def spec_errors(spec: Block, solver: Block | None, course: Course) -> Iterator[str]:
    """What ``grade verify`` has to say of a spec on a page, alone in a course with its solver."""
    data = yaml.safe_load(spec.text)
    alone = course.root.parent / f"spec-{spec.line}"
    file = alone / "problems" / f"{data['id']}.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(spec.text, encoding="utf-8")
    if solver is None:
        yield f"line {spec.line}: the spec has no python block beside it for its solver"
        return
    target = alone / data["solver"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(solver.text, encoding="utf-8")
    done = grade_here("verify", "--course", alone, columns=80)
    if done.code:
        yield f"line {spec.line}: the spec does not verify with the solver beside it:\n{done.shown}"


def beside(spec: Block, found: list[Block]) -> Block | None:
    """The program (not doctest) that stands next after a spec, else the last one before it."""
    programs = [b for b in found if b.language == "python" and ">>>" not in b.text]
    after = [b for b in programs if b.line > spec.line]
    before = [b for b in programs if b.line < spec.line]
    return after[0] if after else before[-1] if before else None


def page_errors(page: str, root: Path, processes: bool = False) -> list[str]:
    """All that a page shows and that does not happen; the blocks run in order in one course."""
    course = make_course(root, processes)
    found = list(blocks(page))
    errors: list[str] = []
    for block in found:
        if block.language == "console":
            errors += console_errors(block, course)
        elif block.language == "python":
            errors += python_errors(block, course)
        elif block.language == "yaml" and is_whole_spec(block):
            errors += spec_errors(block, beside(block, found), course)
    return errors


def pages_to_run() -> list[Path]:
    """The pages with at least one block that is run."""
    languages = {"console", "python", "yaml"}
    return [p for p in PAGES if languages & {b.language for b in blocks(p.read_text(encoding="utf-8"))}]


@pytest.mark.parametrize("page", pages_to_run(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_shows_what_happens(page: Path, tmp_path: Path) -> None:
    """Every command, program and spec on the page does what the page says."""
    processes = page.relative_to(ROOT).as_posix() in AS_PROCESSES
    text = page.read_text(encoding="utf-8")
    if find_spec("inspect_ai") is None and re.search(rf"^\$ {RUN_OF_INSPECT.pattern}", text, re.MULTILINE):
        pytest.skip("the extra is not installed: pip install '.[inspect]'")
    errors = page_errors(text, tmp_path, processes)
    assert not errors, "\n\n".join(errors)


def test_the_readme_shows_commands() -> None:
    """The README has console blocks, so that its test is not empty."""
    found = [b for b in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if b.language == "console"]
    assert any(command.startswith("grade ") for block in found for _, command, _ in steps(block))


def test_links_between_pages_lead_somewhere() -> None:
    """Relative links of the README, CONTRIBUTING and docs/ name files that exist."""
    lost = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", page.read_text(encoding="utf-8")):
            outside = re.match(r"[a-z]+:", target) or target.startswith("out/")  # out/ is made by `make demo`
            if not outside and not (page.parent / target).exists():
                lost.append(f"{page.relative_to(ROOT)}: {target}")
    assert lost == []


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("a", "a\n", True),
        ("a\nb  \n", "a  \nb", True),
        ("a", "ab", False),
        ("a ... d", "a b c d", True),
        ("a ... d", "a b c", False),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("...", "anything\nat all", True),
        ("x ... y ... z", "x 1 y 2 z", True),
        ("x ... y ... z", "x 1 z", False),
        ("ab...ba", "aba", False),
        ("0.5 s", "0x5 s", False),
    ],
)
def test_three_dots_stand_for_anything(expected: str, actual: str, same: bool) -> None:
    """Output is compared literally apart from ``...`` and blanks at ends of lines."""
    assert matches(expected, actual) is same


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("# t\n```console\n$ echo one\none\n$ echo two\nthree\n```\n", "line 5"),
        ("```console\n$ echo graded 1 of some\n```\n```console\n$ echo graded 1 of some\n\nx\n```\n", "line 5"),
        ("```console\n$ ls nowhere\n```\n", "line 2"),
        ("text\n\n```python\nx = 1\nassert x == 2\n```\n", "line 5"),
        ("```python\n>>> 1 + 1\n3\n```\n", "line 2"),
        ("```yaml\nid: a\nparts: []\nsolver: reference/a.py\n```\n", "line 2"),
    ],
)
def test_a_wrong_page_is_noticed(page: str, line: str, tmp_path: Path) -> None:
    """Other output, a failing command, program or doctest, a spec without a solver: each is an error."""
    for way, processes in (("here", False), ("processes", True)):
        (tmp_path / way).mkdir()
        errors = page_errors(page, tmp_path / way, processes)
        assert len(errors) == 1
        assert line in errors[0]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("grade check '1 < λ ≤ 4 | x' --part c", ["grade", "check", "1 < λ ≤ 4 | x", "--part", "c"]),
        ("grade check 'a' \\\n  --type number", ["grade", "check", "a", "--type", "number"]),
        ("grade check a | head", []),
        ("grade init x && cd x", []),
        ('grade check "$HOME"', []),
        ("grade verify --only ssm-*", []),
    ],
)
def test_a_command_that_needs_a_shell_gets_one(command: str, words: list[str]) -> None:
    """Pipes, variables and patterns are left to bash; what stands in single quotes is plain text."""
    assert words_of(command) == words


def test_a_right_page_has_no_errors(tmp_path: Path) -> None:
    """Steps share a course, ``cd`` moves within a block, and other commands are not run."""
    page = (
        "```console\n$ make demo\nanything\n$ mkdir new\n$ cd new\n$ echo 'x' > file\n```\n"
        "```console\n$ cat \\\n    new/file\nx\n```\n"
        "```python\n>>> 1 + 1\n2\n```\n```yaml\nanswer: {type: number}\n```\n"
    )
    assert page_errors(page, tmp_path) == []
