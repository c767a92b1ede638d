"""A course of sums, conversations about it, and the command in a process that can be killed, with small chunks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from command_line import SECONDS
from course_sample import loaded, part

from grader.specs import Course

SOLVER = "def five():\n    return 5\n\ndef six():\n    return 6\n"
_COMMAND = """\
import sys
import grader.batch.chunks as chunks
from grader.commands.main import main
if __name__ == "__main__":
    chunks.CHUNK = int(sys.argv.pop(1))
    main()
"""


def sums(root: Path) -> Course:
    """A course of two parts, whose answers are 5 and 6."""
    return loaded(root, SOLVER, part("a", "five"), part("b", "six"))


def talks(path: Path, count: int, replies: int = 2) -> Path:
    """A file of conversations, no two of which say the same."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            messages = []
            for turn in range(replies):
                messages.append({"role": "user", "content": "Problem 1" if turn == 0 else "Are you sure?"})
                words = f"# Problem 1\n\n(a) {number % 7}\n\n(b) {(number + turn) % 9}\n\nThought {number}."
                messages.append({"role": "assistant", "content": words})
            stream.write(json.dumps({"id": f"s{number}", "model": f"m{number % 3}", "messages": messages}) + "\n")
    return path


def handed_in(path: Path, count: int) -> Path:
    """A file of submissions, no two of which say the same; the work of every tenth student stands in two lines."""
    with path.open("w", encoding="utf-8") as stream:
        for number in (*range(count), *range(0, count, 10)):
            text = f"# Problem 1\n\n(a) {number % 7}\n\nThought {number}."
            stream.write(json.dumps({"student": f"s{number}", "text": text}) + "\n")
    return path


def start(folder: Path, *arguments: str, chunk: int = 3000) -> subprocess.Popen[bytes]:
    """Start the command in a folder, in a process group of its own."""
    script = folder / "command.py"
    script.write_text(_COMMAND, encoding="utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    return subprocess.Popen(
        [sys.executable, str(script), str(chunk), *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a command; its exit code."""
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode in (0, 4), errors.decode()
    return process.returncode


def kill_once(process: subprocess.Popen[bytes], chunks: Path, enough: int) -> None:
    """Kill a command, with all its processes, as soon as so many chunks are done."""
    until = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < until:
        if sum(1 for _ in chunks.glob("*.sqlite")) >= enough:
            break
        time.sleep(0.01)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of all files of a folder of results, but for the verdicts that are kept to save time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "memory" not in path.parts
    }
