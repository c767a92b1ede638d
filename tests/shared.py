"""What several files of tests need and takes long to make: the course of this repository, its truths, its examples."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from grader.batch import grade_submissions, grade_transcripts
from grader.records import Run
from grader.scoring.solvers import PartKey, solve_part
from grader.scoring.truth import Truth
from grader.specs import Course, load_course

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def own_course() -> Course:
    """The course of this repository, read once for all tests of a process."""
    return load_course(ROOT)


class OwnTruths(dict[PartKey, Truth]):
    """What the solvers of this repository say, each asked when its part is first looked at."""

    def __missing__(self, key: PartKey) -> Truth:
        course = own_course()
        problem = next(one for one in course.problems if one.id == key[0])
        part = problem.part(key[1])
        self[key] = solve_part(course.root, problem, part, part.solve)
        return self[key]


@lru_cache(maxsize=1)
def own_truths() -> OwnTruths:
    """Those of a process."""
    return OwnTruths()


def example_class(folder: Path) -> Run:
    """The example submissions, graded.

    Args:
        folder: that the processes of this session share.
    """
    submissions = ROOT / "examples/submissions"
    return made_once(folder, "class", lambda: grade_submissions(own_course(), submissions, workers=1))


def example_talks(folder: Path) -> Run:
    """The example transcripts, graded.

    Args:
        folder: that the processes of this session share.
    """
    return made_once(folder, "talks", lambda: grade_transcripts(own_course(), ROOT / "transcripts", workers=1))


def made_once(folder: Path, name: str, make: Callable[[], T]) -> T:
    """A value that the first process that wants it makes, and the others read.

    Args:
        folder: that they share.
        name: of the value.
        make: makes it; what it makes can be pickled.
    """
    path = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.is_file():
            path.write_bytes(pickle.dumps(make()))
        value: T = pickle.loads(path.read_bytes())  # noqa: S301 - written by a process of this session
        return value
