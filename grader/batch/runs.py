"""From an input to a run in files: what is graded, by what, and the pieces put together."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.chunks import Chunk, chunks_of_submissions, chunks_of_transcripts
from grader.batch.driver import Driver
from grader.batch.gathering import BEGUN, CHUNKS, Graded, gather
from grader.batch.keys import depends, key_for_submissions, key_for_transcripts
from grader.batch.orders import Order
from grader.diagnostics import Diagnostic, InputError, operator_error
from grader.intake.handins.roster import roster_for
from grader.intake.handins.submissions import HandedIn, read_submissions
from grader.intake.talks.recorded import recordings_at
from grader.scoring.solvers import Limits
from grader.scoring.subjects import Key
from grader.store.files import remove_parts, write_text

if TYPE_CHECKING:
    from grader.specs import Course

FOLDER = ".grade"
"""In the folder of the results: what a run needs to go on, and not to do again what it did."""

_LOCK = "lock"


def grade_into(folder: Path, course: Course, order: Order, errors: Sequence[Diagnostic] = ()) -> Graded:
    """Grade an input, in chunks that are kept in a folder, and put them together there.

    Args:
        folder: for the work, to which nobody else writes; made if need be.
        course: as loaded.
        order: what is to be graded.
        errors: why some problems of the course could not be loaded; the run says so.

    Raises:
        InputError: it cannot be told whose files are whose, or who is in the course; ``batch-busy``: another process
            works in the folder.
        OSError: something cannot be written.
    """
    chunks = folder / CHUNKS
    chunks.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        remove_parts(folder)
        settings = course.settings
        limits = Limits(settings.timeout, settings.memory_mb, order.workers)
        handed_in, key = _what(course, order, limits)
        driver = _driven(folder, course, order, key, limits, handed_in)
        graded = gather(folder, driver, handed_in, errors)
        _remove_others(chunks, set(driver.names))
        return graded


def _what(course: Course, order: Order, limits: Limits) -> tuple[HandedIn | None, Key]:
    """What was handed in, where it is submissions, and the key to it."""
    manifest = order.manifest
    if manifest.command == "transcripts":
        there = next(recordings_at(order.path, manifest.chat_format), None) is not None
        return None, key_for_transcripts(course, manifest.selectors, limits) if there else Key((), {}, 0)
    settings = course.settings
    roster = roster_for(course.root, settings.roster, order.path)
    found = read_submissions(order.path, settings, roster, layout=manifest.layout, assignment=manifest.assignment)
    for note in found.notes:
        order.tell("", note)
    return found, key_for_submissions(course, found.submissions, manifest.selectors, limits)


def _driven(folder: Path, course: Course, order: Order, key: Key, limits: Limits, handed_in: HandedIn | None) -> Driver:
    """Whatever is not done is graded."""
    manifest = order.manifest
    condition = depends(manifest, key)
    order = replace(order, manifest=replace(manifest, at=_begun(folder, condition, manifest.at)))
    chunks: Iterator[Chunk]
    if handed_in is None:
        chunks = chunks_of_transcripts(order.path, manifest.chat_format, manifest.inputs, condition)
    else:
        chunks = chunks_of_submissions(handed_in.submissions, order.path, manifest.inputs, condition)
    total = _size(order.path, manifest.inputs)
    driver = Driver(course, key, (folder / CHUNKS).resolve(), order, condition, limits, total)
    driver.run(chunks)
    return driver


def _begun(folder: Path, condition: str, at: datetime) -> datetime:
    """When the run began: earlier than now where it was interrupted and goes on."""
    path = folder / BEGUN
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if known["of"] == condition:
            return datetime.fromisoformat(known["at"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # it is the first, or of another run
    write_text(path, json.dumps({"of": condition, "at": at.isoformat()}) + "\n")
    return at


def _size(path: Path, inputs: Mapping[str, str]) -> int:
    """Bytes of an input."""
    if not path.is_dir():
        return path.stat().st_size
    return sum((path / name).stat().st_size for name, digest in inputs.items() if digest)


def _remove_others(chunks: Path, names: set[str]) -> None:
    """Remove what came of chunks that are not of this run: of other specs, or of an input that was changed."""
    for entry in os.scandir(chunks):
        if Path(entry.name).stem not in names:
            Path(entry.path).unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder; where the platform has no such locks, nothing is kept out."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            fix = "Wait until it ends, or write into another folder with --out."
            says = f"another process is grading into {folder.parent}"
            raise InputError(operator_error("batch-busy", says, None, fix)) from error
        yield
