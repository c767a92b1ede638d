"""Reading ``run.sqlite``: a run as it was graded, or only some of its results."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.diagnostics import InputError, SpecError, operator_error
from grader.records import Conversation, Delivery, Failure, Person, Problem, Rendered, Result, Run
from grader.store.runs.codec import Row, from_plain, from_text, with_renderings
from grader.store.runs.course_files import Papers, stored_problem
from grader.store.runs.manifest import Manifest
from grader.store.runs.schema import damaged, opened

_LAST = """
    SELECT problem, part, status, credit, count(*) FROM results AS one
    WHERE turn IS NULL OR turn = (
        SELECT max(turn) FROM results AS other
        WHERE other.subject = one.subject AND other.problem = one.problem AND other.part = one.part
    )
    GROUP BY problem, part, status, credit
"""


@dataclass(slots=True)
class PartTotal:
    """How the last answers to a part came out.

    Args:
        problem, part: ids.
        statuses: answers by status.
        marked: answers that carry a mark.
        credit: sum of their credits.
    """

    problem: str
    part: str
    statuses: dict[str, int] = field(default_factory=dict)
    marked: int = 0
    credit: Fraction = Fraction(0)


COUNTED = ("subjects", "results", "conversations", "failures", "absent")


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run that was kept, and what it was made from."""

    run: Run
    manifest: Manifest


class Reader:
    """A stored run, read as far as it is asked for.

    Args:
        connection: to the file.
        path: of the file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @cached_property
    def manifest(self) -> Manifest:
        """What the run was made from."""
        with self._sound():
            bare = from_plain(self.about("manifest"), Manifest)
        files = {path: bytes(data) for path, _, data in self._rows("files", "path")}
        return replace(bare, inputs=dict(self._rows("inputs", "path")), files=files)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was asked, as the specs said it then."""
        files = self.manifest.files
        try:
            with self._sound():
                return tuple(stored_problem(file, spec, files) for _, _, file, spec in self._rows("problems"))
        except SpecError as error:
            says = "this version of grade does not accept a spec with which the run was graded"
            fix = "Use the version that graded it, or grade again into another folder."
            raise InputError((operator_error("run-specs", says, None, fix), *error.diagnostics)) from error

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """What a record makes of its text, or that it makes no sense."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(damaged(self._path, f"{type(error).__name__} in one of its records")) from error

    def about(self, name: str) -> Any:
        """What the run says of itself under a name: a plain value."""
        found = self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        with self._sound():
            return json.loads(found[0])

    def results(self, subject: str | None = None) -> Iterator[Result]:
        """Results in the order of the run, one at a time.

        Args:
            subject: whose; None for all.
        """
        renderings = self._renderings
        query = "SELECT * FROM results ORDER BY place"
        if subject is not None:
            query = "SELECT * FROM results WHERE subject = CAST(? AS TEXT) ORDER BY place"
        values = () if subject is None else (subject.encode("utf-8", "surrogatepass"),)
        found = 0
        for row in self._connection.execute(query, values):
            with self._sound():
                made = _result(row, renderings)
            found += 1
            yield made
        if subject is None:
            self._whole("results", found)

    def _whole(self, table: str, found: int) -> None:
        """That a table has as many records as were written."""
        counts = self.about("counts")
        with self._sound():
            missing = found != counts.get(table, 0)
        if missing:
            raise InputError(damaged(self._path, f"some of its {table} are missing"))

    def subjects(self) -> Iterator[tuple[str, Delivery]]:
        """Students or conversations in the order of the run, each with how the work came in."""
        found = 0
        for _, name, value in self._rows("subjects"):
            with self._sound():
                made = Delivery() if value is None else from_text(value, Delivery)
            found += 1
            yield name, made
        self._whole("subjects", found)

    def conversations(self) -> Iterator[Conversation]:
        """Conversations in the order of the run, one at a time."""
        found = 0
        for _, _, _, value in self._rows("conversations"):
            with self._sound():
                made = from_text(value, Conversation)
            found += 1
            yield made
        self._whole("conversations", found)

    def absent(self) -> Iterator[Person]:
        """Those on the roster who handed in nothing."""
        found = 0
        for _, value in self._rows("absent"):
            with self._sound():
                made = from_text(value, Person)
            found += 1
            yield made
        self._whole("absent", found)

    @cached_property
    def own(self) -> Mapping[str, tuple[Problem, ...]]:
        """The problems as those students had them who had numbers of their own; drawn when they are asked for."""
        seeds: dict[str, dict[str, str]] = {}
        for subject, problem, seed in self._rows("papers", "rowid"):
            seeds.setdefault(subject, {})[problem] = seed
        return Papers(self.problems, seeds, self.manifest.settings) if seeds else {}

    def failures(self) -> Iterator[Failure]:
        """What could not be worked on, one at a time."""
        for _, _, value in self._rows("failures"):
            with self._sound():
                one = from_text(value, Failure)
            yield one

    def last_totals(self) -> list[PartTotal]:
        """For each part how the last answers of all subjects came out, in the order of the problems."""
        found: dict[tuple[str, str], PartTotal] = {}
        for problem, part, status, credit, count in self._connection.execute(_LAST):
            one = found.setdefault((problem, part), PartTotal(problem, part))
            one.statuses[status] = one.statuses.get(status, 0) + count
            if credit is not None:
                with self._sound():
                    one.credit += Fraction(credit) * count
                one.marked += count
        order = [(one.id, part.id) for one in self.problems for part in one.parts]
        return [found[ref] for ref in order if ref in found]

    def run(self) -> Run:
        """All of it."""
        subjects = list(self._rows("subjects"))
        results = tuple(self.results())
        with self._sound():
            made = Run(
                **{name: self.about(name) for name in ("kind", "title", "layout", "grader_version")},
                problems=self.problems,
                subjects=tuple(name for _, name, _ in subjects),
                results=results,
                conversations=tuple(self.conversations()),
                failures=tuple(self.failures()),
                own=self.own,
                deliveries={name: from_text(value, Delivery) for _, name, value in subjects if value is not None},
                absent=tuple(self.absent()),
            )
            counts = self.about("counts")
            missing = [name for name in COUNTED if len(getattr(made, name)) != counts.get(name, 0)]
        if missing:
            raise InputError(damaged(self._path, f"some of its {missing[0]} are missing"))
        return made

    @cached_property
    def _renderings(self) -> Mapping[int, Rendered]:
        return {number: Rendered(*texts) for number, *texts in self._rows("renderings", "id")}

    def _rows(self, table: str, order: str = "place") -> Iterator[Row]:
        return self._connection.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - names of our own


def _result(row: Row, renderings: Mapping[int, Rendered]) -> Result:
    _, subject, problem, part, turn, hint, status, credit, reason, answer, text = row
    more: dict[str, Any] = json.loads(text)
    with_renderings(more, renderings)
    where = {"subject": subject, "problem": problem, "part": part, "turn": turn, "text": answer}
    mark = {"status": status, "credit": credit, "reason": reason}
    return from_plain(
        {**more, "hint": hint, "claim": {**more["claim"], **where}, "verdict": {**more["verdict"], **mark}}, Result
    )


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A stored run, to be read record by record.

    Raises:
        InputError: it is not there, is no stored run, is damaged, or was written by a newer version; also where that
            shows only while it is read.
    """
    with opened(path) as connection:
        yield Reader(connection, path)


def load(path: Path) -> StoredRun:
    """A run that was kept, as it was graded.

    Args:
        path: of the file, ``run.sqlite`` in the folder of the results.

    Raises:
        InputError: as for :func:`reading`.
    """
    with reading(path) as reader:
        return StoredRun(reader.run(), reader.manifest)
