"""Reading ``run.sqlite``: a run as it was graded, or only some of its results."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

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


_NEXT_SUBJECT = """
    SELECT place FROM results WHERE place >= ? AND subject IS NOT (SELECT subject FROM results WHERE place = ? - 1)
    ORDER BY place LIMIT 1
"""
_PLACE_OF_CONVERSATION = """
    SELECT subjects.place FROM conversations JOIN subjects ON subjects.name = conversations.id
    WHERE conversations.place = ?
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

    def count(self, status: str, credit: Fraction | None, times: int = 1) -> None:
        """Take so many answers with a status and a credit; less than 0 to take them out."""
        self.statuses[status] = self.statuses.get(status, 0) + times
        if credit is not None:
            self.credit += credit * times
            self.marked += times


MOST_RENDERINGS = 20_000  # that a reader knows at a time

Stretch: TypeAlias = tuple[int, int]
"""Places of results: the first, and the one behind the last; subjects begin at both."""

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
        return replace(bare, inputs=dict(self._rows("inputs", "path")), files=self._files)

    @cached_property
    def _files(self) -> Mapping[str, bytes]:
        return {path: bytes(data) for path, _, data in self._rows("files", "path")}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was asked, as the specs said it then."""
        files = self._files
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
        if subject is not None:
            yield from self._results("WHERE subject = CAST(? AS TEXT)", _raw(subject))
            return
        found = 0
        for made in self._results():
            found += 1
            yield made
        self._whole("results", found)

    def _results(self, where: str = "", *values: Any) -> Iterator[Result]:
        renderings = self._renderings
        for row in self._connection.execute(f"SELECT * FROM results {where} ORDER BY place", values):  # noqa: S608
            with self._sound():
                made = _result(row, renderings)
            yield made

    def stretches(self, size: int) -> Iterator[Stretch]:
        """Stretches of about so many results that together are all of them; no subject is divided.

        Args:
            size: of a stretch, in results.
        """
        start, end = 0, self._connection.execute("SELECT coalesce(max(place), -1) + 1 FROM results").fetchone()[0]
        while start < end:
            row = self._connection.execute(_NEXT_SUBJECT, (start + size, start + size)).fetchone()
            stop = row[0] if row else end
            yield start, stop
            start = stop

    def talks(self, stretch: Stretch | None = None) -> Iterator[tuple[Conversation | None, tuple[Result, ...]]]:
        """The results of each subject that has any, with its conversation, in the order of the run; one at a time.

        Args:
            stretch: to which to keep; None for the whole run.
        """
        results = self._results("WHERE place >= ? AND place < ?", *stretch) if stretch else self.results()
        waiting: Iterator[Conversation] = iter(())
        talk: Conversation | None = None
        for number, (name, own) in enumerate(groupby(results, key=lambda result: result.claim.subject)):
            if number == 0:
                waiting = self._conversations_from(name) if stretch else self.conversations()
            while (talk is None or talk.id != name) and (talk := next(waiting, None)) is not None:
                pass  # those between have no results
            yield talk, tuple(own)

    def _conversations_from(self, subject: str) -> Iterator[Conversation]:
        """Conversations from that of a subject on; they stand in the order of the subjects, some of which have none."""
        (place,) = self._connection.execute(
            "SELECT place FROM subjects WHERE name = CAST(? AS TEXT)", (_raw(subject),)
        ).fetchone()
        low, high = 0, place + 1
        while low < high:
            middle = (low + high) // 2
            row = self._connection.execute(_PLACE_OF_CONVERSATION, (middle,)).fetchone()
            if row is not None and row[0] < place:
                low = middle + 1
            else:
                high = middle
        for (value,) in self._connection.execute(
            "SELECT value FROM conversations WHERE place >= ? ORDER BY place", (low,)
        ):
            with self._sound():
                made = from_text(value, Conversation)
            yield made

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

    def last_totals(self, decided: Iterable[Result] = ()) -> list[PartTotal]:
        """For each part how the last answers of all subjects came out, in the order of the problems.

        Args:
            decided: results that people decided on.
        """
        found: dict[tuple[str, str], PartTotal] = {}
        for problem, part, status, credit, count in self._connection.execute(_LAST):
            one = found.setdefault((problem, part), PartTotal(problem, part))
            with self._sound():
                one.count(status, None if credit is None else Fraction(credit), count)
        for result in decided:
            if result.machine is not None and self._is_last(result):
                one = found[result.claim.problem, result.claim.part]
                one.count(result.machine.status, result.machine.credit, -1)
                one.count(result.verdict.status, result.verdict.credit)
        order = [(one.id, part.id) for one in self.problems for part in one.parts]
        return [found[ref] for ref in order if ref in found]

    def _is_last(self, result: Result) -> bool:
        claim = result.claim
        query = "SELECT max(turn) FROM results WHERE subject = CAST(? AS TEXT) AND problem = ? AND part = ?"
        last = self._connection.execute(query, (_raw(claim.subject), claim.problem, claim.part)).fetchone()
        return bool(last == (claim.turn,))

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
        return _Renderings(self._connection)

    def _rows(self, table: str, order: str = "place") -> Iterator[Row]:
        return self._connection.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - names of our own


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class _Renderings(dict[int, Rendered]):
    """Renderings by their numbers, read when they are asked for; those of late are known."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, number: int) -> Rendered:
        row = self._connection.execute("SELECT * FROM renderings WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        if len(self) >= MOST_RENDERINGS:
            self.clear()
        self[number] = found = Rendered(*row[1:])
        return found


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
