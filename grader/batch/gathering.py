"""The chunks of a run put together, in files that stand apart from those of a former run until they are published."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from grader import __version__
from grader.analysis.rows import FILE as CHANGES
from grader.batch.driver import Driver
from grader.batch.shards import lines_of, read_tally, records_of, rows_of
from grader.diagnostics import Diagnostic
from grader.intake.handins.submissions import HandedIn
from grader.records import Failure
from grader.store.files import atomic_writer
from grader.store.results import FILE
from grader.store.runs import NAME, Manifest, StoredRun, load, writing
from grader.store.runs.merging import Merger

CHUNKS = "chunks"
BEGUN = "begun.json"
"""Names in the folder of the work: what came of the chunks, and when the run began."""


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
    def rows(self) -> Path:
        """The file with one line for each part and reply, of transcripts, with what stood before it."""
        return self.folder / CHANGES

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
        if self.manifest.command == "transcripts":
            self.rows.replace(out / CHANGES)
        else:
            self.rows.unlink()

    def close(self) -> None:
        """Say that the run is over: the next one is a run of its own, with a time of its own."""
        (self.folder / BEGUN).unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what was put together; the chunks stay, and if there are none, nothing does."""
        for path in (self.records, self.lines, self.rows, self.folder / BEGUN):
            path.unlink(missing_ok=True)
        if not any((self.folder / CHUNKS).iterdir()):
            shutil.rmtree(self.folder)
            if not any(self.folder.parent.iterdir()):
                self.folder.parent.rmdir()


def gather(folder: Path, driver: Driver, handed_in: HandedIn | None, errors: Sequence[Diagnostic]) -> Graded:
    """Put all chunks together in the order of the input.

    Args:
        folder: of the work.
        driver: that graded them.
        handed_in: what was handed in, where it is submissions.
        errors: why some problems of the course could not be loaded; the run says so.

    Raises:
        OSError: something cannot be read or written.
    """
    course, key, order = driver.course, driver.key, driver.order
    title = course.settings.title or course.root.resolve().name
    if errors:
        title = f"{title} – incomplete: not every problem could be loaded"
    asked = set(key.by_id) - key.others
    chunks = driver.folder
    statuses: Counter[str] = Counter()
    subjects = results = failures = 0
    with (
        writing(folder / NAME, order.manifest, Merger) as merger,
        atomic_writer(folder / FILE) as lines,
        atomic_writer(folder / CHANGES) as rows,
    ):
        merger.about(
            kind=order.manifest.command,
            title=title,
            layout=handed_in.layout if handed_in else "",
            grader_version=__version__,
        )
        if errors:
            merger.failure(Failure("the course", tuple(errors)))
        for name in driver.names:
            tally, records = read_tally(chunks, name), records_of(chunks, name)
            if tally is None:
                raise FileNotFoundError(2, "it was removed while the run was graded", str(records))
            renamed = merger.merge(records, tally.renamed)
            _copy_lines(lines_of(chunks, name), lines, renamed)
            _copy_lines(rows_of(chunks, name), rows, renamed)
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
    return Graded(folder, order.manifest, subjects, results, failures, statuses)


def _copy_lines(path: Path, target: TextIO, renamed: Mapping[str, str]) -> None:
    """Copy lines of results or of changes, with the names that their subjects have in the whole run."""
    with path.open(encoding="utf-8", newline="") as stream:
        if not renamed:
            shutil.copyfileobj(stream, target, 1024 * 1024)
            return
        for line in stream:
            one = json.loads(line)
            one["subject"] = renamed.get(one["subject"], one["subject"])
            target.write(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n")
