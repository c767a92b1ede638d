"""From an input to a run in files: what is graded, by what, and the pieces put together."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from grader import __version__
from grader.batch.chunks import Chunk, chunks_of_submissions, chunks_of_transcripts
from grader.batch.driver import Driver, Progress
from grader.batch.engines import Engine
from grader.batch.keys import depends, key_for_submissions, key_for_transcripts
from grader.batch.shards import lines_of, read_tally, records_of
from grader.diagnostics import Diagnostic, InputError, operator_error
from grader.intake.handins.roster import roster_for
from grader.intake.handins.submissions import HandedIn, read_submissions
from grader.intake.talks.recorded import recordings_at
from grader.records import Failure
from grader.scoring.solvers import Limits
from grader.scoring.subjects import Key
from grader.store.files import atomic_writer, write_text
from grader.store.results import FILE
from grader.store.runs import NAME, Manifest, StoredRun, load
from grader.store.runs.merging import merging

if TYPE_CHECKING:
    from grader.specs import Course

Note: TypeAlias = Callable[[str, Diagnostic], None]  # subject, what there is to say about its files

FOLDER = ".grade"
"""In the folder of the results: what a run needs to go on, and not to do again what it did."""

_CHUNKS = "chunks"
_BEGUN = "begun.json"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Graded:
    """A run that was graded and put together, in files that stand apart from those of a former run.

    Args:
        folder: with the files.
        manifest: what it was made from.
        subjects, results, failures: how many.
        statuses: results by status.
    """

    folder: Path
    manifest: Manifest
    subjects: int
    results: int
    failures: int
    statuses: Mapping[str, int]

    @property
    def records(self) -> Path:
        """The file with the run."""
        return self.folder / NAME

    @property
    def lines(self) -> Path:
        """The file with one line for each result."""
        return self.folder / FILE

    def load(self) -> StoredRun:
        """All of it, in memory."""
        return load(self.records)

    def publish(self, out: Path) -> None:
        """Put the files where people find them, in place of those of a former run.

        Args:
            out: folder of the results.

        Raises:
            OSError: a file cannot be put there.
        """
        self.records.replace(out / NAME)
        self.lines.replace(out / FILE)

    def close(self) -> None:
        """Say that the run is over: the next one is a run of its own, with a time of its own."""
        (self.folder / _BEGUN).unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what was put together; the chunks stay, and if there are none, nothing does."""
        for path in (self.records, self.lines, self.folder / _BEGUN):
            path.unlink(missing_ok=True)
        if not any((self.folder / _CHUNKS).iterdir()):
            shutil.rmtree(self.folder)
            if not any(self.folder.parent.iterdir()):
                self.folder.parent.rmdir()


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be graded, and how.

    Args:
        manifest: of the input and the options.
        path: of the input.
        workers: number of processes; as many as there are processors if None.
        only_failed: grade those again that failed, and nothing else.
        engine: that works on the chunks; processes on this machine if None.
        on_progress: told after each chunk.
        on_note: told what there is to say about a subject's files, other than that they failed; what belongs to nobody
            under the name "".
    """

    manifest: Manifest
    path: Path
    workers: int | None = None
    only_failed: bool = False
    engine: Engine | None = None
    on_progress: Progress | None = None
    on_note: Note | None = None

    def tell(self, subject: str, note: Diagnostic) -> None:
        """Tell of a subject's files, if anybody listens."""
        if self.on_note is not None:
            self.on_note(subject, note)


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
    chunks = folder / _CHUNKS
    chunks.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        settings = course.settings
        limits = Limits(settings.timeout, settings.memory_mb, order.workers)
        handed_in, key = _what(course, order, limits)
        names, key, manifest = _graded(folder, course, order, key, limits, handed_in)
        made = _put_together(folder, course, order, manifest, key, names, handed_in, errors)
        _remove_others(chunks, set(names))
        return made


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


def _graded(
    folder: Path, course: Course, order: Order, key: Key, limits: Limits, handed_in: HandedIn | None
) -> tuple[list[str], Key, Manifest]:
    """Grade whatever is not done; the names of the chunks, the key at the end, and the manifest."""
    manifest = order.manifest
    condition = depends(manifest, key)
    chunks: Iterator[Chunk]
    if handed_in is None:
        chunks = chunks_of_transcripts(order.path, manifest.chat_format, manifest.inputs, condition)
    else:
        chunks = chunks_of_submissions(handed_in.submissions, order.path, manifest.inputs, condition)
    driver = Driver(
        course,
        key,
        (folder / _CHUNKS).resolve(),
        manifest,
        condition,
        limits,
        order.engine,
        order.only_failed,
        _size(order.path, manifest.inputs),
        order.on_progress,
    )
    manifest = replace(manifest, at=_begun(folder, condition, manifest.at))
    driver.run(chunks)
    return driver.names, driver.key, manifest


def _put_together(
    folder: Path,
    course: Course,
    order: Order,
    manifest: Manifest,
    key: Key,
    names: Sequence[str],
    handed_in: HandedIn | None,
    errors: Sequence[Diagnostic],
) -> Graded:
    """All chunks in the order of the input, as one run."""
    title = course.settings.title or course.root.resolve().name
    if errors:
        title = f"{title} – incomplete: not every problem could be loaded"
    asked = set(key.by_id) - set(key.named.values())
    statuses: Counter[str] = Counter()
    subjects = results = failures = 0
    with merging(folder / NAME, manifest) as merger, atomic_writer(folder / FILE) as lines:
        merger.about(
            kind=manifest.command,
            title=title,
            layout=handed_in.layout if handed_in else "",
            grader_version=__version__,
        )
        if errors:
            merger.failure(Failure("the course", tuple(errors)))
        for name in names:
            tally = read_tally(folder / _CHUNKS, name)
            if tally is None:
                raise FileNotFoundError(2, "it was removed while the run was graded", str(records_of(folder, name)))
            renamed = merger.merge(records_of(folder / _CHUNKS, name), tally.renamed)
            _copy_lines(lines_of(folder / _CHUNKS, name), lines, renamed)
            for subject, note in tally.notes:
                order.tell(renamed.get(subject, subject), note)
            statuses.update(tally.statuses)
            subjects, results = subjects + tally.subjects, results + tally.results
            failures += tally.failures
            asked |= set(tally.truths)
        for problem in course.problems:
            if problem.id in asked:
                merger.problem(problem)
        for person in handed_in.absent if handed_in else ():
            merger.absent(person)
    return Graded(folder, manifest, subjects, results, failures, statuses)


def _copy_lines(path: Path, target: TextIO, renamed: Mapping[str, str]) -> None:
    """Copy lines of results, with the names that their subjects have in the whole run."""
    with path.open(encoding="utf-8", newline="") as stream:
        if not renamed:
            shutil.copyfileobj(stream, target, 1024 * 1024)
            return
        for line in stream:
            one = json.loads(line)
            one["subject"] = renamed.get(one["subject"], one["subject"])
            target.write(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n")


def _begun(folder: Path, condition: str, at: datetime) -> datetime:
    """When the run began: earlier than now where it was interrupted and goes on."""
    path = folder / _BEGUN
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
