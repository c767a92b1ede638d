"""Writing ``run.sqlite``: record by record, so that a run need never be in memory as a whole."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from grader.records import Conversation, Delivery, Failure, Person, Problem, Result, Run
from grader.store.runs.codec import Renderings, Row, as_json, bound, plain, result_row, to_text
from grader.store.runs.course_files import solver_files, spec_path
from grader.store.runs.manifest import Manifest, digest
from grader.store.runs.schema import INDICES, insertion, made

BATCH = 500  # subjects or results that are written together


class Records:
    """What takes the records of a run, or of a piece of one, each kind in the order of the run.

    Args:
        connection: to an empty file.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._renderings = Renderings()
        self._subjects: list[Row] = []
        self._results: list[Row] = []
        self._counts: dict[str, int] = {}  # of records, by table

    def about(self, **values: Any) -> None:
        """What a run says of itself: plain values by name."""
        self._many("about", [(name, as_json(value)) for name, value in values.items()])

    def take(self, run: Run) -> None:
        """All subjects of a run, and what came of them."""
        for subject in run.subjects:
            self.subject(subject, run.deliveries.get(subject), run.own.get(subject, ()))
        for result in run.results:
            self.result(result)
        for conversation in run.conversations:
            self.conversation(conversation)
        for failure in run.failures:
            self.failure(failure)

    def subject(self, name: str, delivery: Delivery | None, own: Sequence[Problem]) -> None:
        """A student or a conversation.

        Args:
            name: unique in the run.
            delivery: how the work came in, where that is known.
            own: the problems as this student had them; empty where they had no numbers of their own.
        """
        value = None if delivery is None else to_text(delivery, Delivery)
        self._subjects.append((self._next("subjects"), bound(name), value))
        if len(self._subjects) >= BATCH:
            self._flush()
        if own:
            self._many("papers", ((bound(name), one.id, bound(one.seed)) for one in own if one.seed))

    def result(self, result: Result) -> None:
        """One answer with its verdict."""
        row, more = result_row(result, self._renderings)
        self.raw_result(bound(result.claim.subject), row, more)

    def raw_result(self, subject: str | bytes, row: Row, more: str) -> None:
        """One answer, made by :func:`grader.store.runs.codec.result_row`."""
        self._results.append((self._next("results"), subject, *row, more))
        if len(self._results) >= BATCH:
            self._flush()

    def raw_renderings(self, rows: Sequence[Row]) -> None:
        """Formulas of answers that are put in raw."""
        self._renderings.add(rows)

    def conversation(self, one: Conversation) -> None:
        """A conversation, with all its turns."""
        self.raw_conversation(bound(one.id), bound(one.model), to_text(one, Conversation))

    def raw_conversation(self, identity: str | bytes, model: str | bytes, value: str) -> None:
        """A conversation as JSON."""
        self._many("conversations", [(self._next("conversations"), identity, model, value)])

    def failure(self, one: Failure) -> None:
        """What could not be worked on."""
        self._many("failures", [(self._next("failures"), bound(one.subject), to_text(one, Failure))])

    def absent(self, person: Person) -> None:
        """Somebody who handed in nothing."""
        self._many("absent", [(self._next("absent"), to_text(person, Person))])

    def close(self) -> None:
        """Write what is waiting, and how many records there are."""
        self._flush()
        self.about(counts=self._counts)
        self._connection.execute("COMMIT")

    def _flush(self) -> None:
        self._many("renderings", self._renderings.take())
        self._many("subjects", self._subjects)
        self._many("results", self._results)
        self._subjects, self._results = [], []

    def _next(self, table: str) -> int:
        self._counts[table] = self._counts.get(table, 0) + 1
        return self._counts[table] - 1

    def _many(self, table: str, rows: Iterable[Row]) -> None:
        self._connection.executemany(insertion(table), rows)


class Writer(Records):
    """What takes a whole run, with what it was made from.

    Args:
        connection: to an empty file.
        manifest: what the run was made from.
    """

    def __init__(self, connection: sqlite3.Connection, manifest: Manifest) -> None:
        super().__init__(connection)
        self._manifest = manifest
        self._kept: set[str] = set()  # files of the course
        self.about(manifest=plain(replace(manifest, files={}, inputs={}), Manifest))
        self._many("inputs", ((bound(path), value) for path, value in manifest.inputs.items()))

    def problem(self, problem: Problem) -> None:
        """A problem of the run; its spec and solver are among the files of the manifest, and are kept with it."""
        files = self._manifest.files
        spec = spec_path(problem, Path(self._manifest.course))
        if spec not in files:
            raise FileNotFoundError(errno.ENOENT, "it was removed while the run was graded", problem.file)
        new = [path for path in (spec, *solver_files(problem.solver, files)) if path not in self._kept]
        self._many("files", ((bound(path), digest(files[path]), files[path]) for path in new))
        self._kept.update(new)
        self._many("problems", [(self._next("problems"), problem.id, bound(problem.file), bound(spec))])

    def close(self) -> None:
        """Write what is waiting, how many records there are, and the indices."""
        self._flush()
        for statement in INDICES:
            self._connection.execute(statement)
        super().close()


W = TypeVar("W", bound=Writer)


@contextmanager
def writing(path: Path, manifest: Manifest, kind: Callable[[sqlite3.Connection, Manifest], W]) -> Iterator[W]:
    """What takes a run's records; the file appears when the block ends without an error.

    Args:
        path: of the file; an older one is replaced.
        manifest: what the run was made from.
        kind: of writer.

    Raises:
        OSError: it cannot be written.
    """
    with made(path) as connection:
        writer = kind(connection, manifest)
        yield writer
        writer.close()


def save(run: Run, path: Path, manifest: Manifest) -> None:
    """Keep a run.

    Args:
        run: as the machine graded it, without decisions by people.
        path: of the file, ``run.sqlite`` in the folder of the results.
        manifest: what it was made from.

    Raises:
        OSError: the file cannot be written.
    """
    with writing(path, manifest, Writer) as writer:
        writer.about(kind=run.kind, title=run.title, layout=run.layout, grader_version=run.grader_version)
        for problem in run.problems:
            writer.problem(problem)
        writer.take(run)
        for person in run.absent:
            writer.absent(person)
