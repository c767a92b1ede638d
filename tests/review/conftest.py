"""Runs to review, each graded once for all tests of this folder."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from review_sample import Browser, course_at

from grader.batch import grade_submissions, grade_transcripts
from grader.review.desk import Desk
from grader.review.server import ReviewServer
from grader.specs import load_course
from grader.store.runs import NAME, manifest_of, save


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the runs of the class (``sub``) and of the conversation (``talk``)."""
    root = course_at(tmp_path_factory.mktemp("review"))
    course = load_course(root)
    kinds = (("sub", "submissions", "in", grade_submissions), ("talk", "transcripts", "talks", grade_transcripts))
    for out, kind, path, work in kinds:
        run = work(course, root / path, workers=1)
        save(run, root / out / NAME, manifest_of(kind, course, root / path, root / out))
    return root


@pytest.fixture
def out(graded: Path, tmp_path: Path) -> Path:
    """The class's run, for one test."""
    shutil.copy(graded / "sub" / NAME, tmp_path / NAME)
    return tmp_path


@pytest.fixture
def desk(out: Path) -> Desk:
    return Desk(out, "grace")


@pytest.fixture
def talk(graded: Path, tmp_path: Path) -> Desk:
    """A desk for the conversation."""
    (tmp_path / "talk").mkdir()
    shutil.copy(graded / "talk" / NAME, tmp_path / "talk" / NAME)
    return Desk(tmp_path / "talk", "grace")


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk)


@pytest.fixture
def server(desk: Desk) -> Iterator[ReviewServer]:
    """A server for the class."""
    with ReviewServer(desk) as made:
        thread = threading.Thread(target=made.serve)
        thread.start()
        yield made
        made.stop()
        thread.join()
