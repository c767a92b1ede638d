"""What comes of a chunk: a small ``run.sqlite``, and its lines of ``results.jsonl`` and of ``changes.jsonl``.

Each is written whole or not at all. The records come last, so a chunk whose records are there is done.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from grader.analysis.row_stream import lines_of_talk
from grader.batch.assembly import Note, Piece
from grader.batch.copies import Copy
from grader.batch.marks import names_of
from grader.diagnostics import InputError
from grader.intake.chats import Chat
from grader.records import Failure, Result, Run
from grader.scoring.subjects import Key, Reading
from grader.scoring.truths import digest_of_truths
from grader.store.files import atomic_writer
from grader.store.results import line_of
from grader.store.runs.codec import bound, from_plain, plain
from grader.store.runs.reading import Reader
from grader.store.runs.schema import made, opened
from grader.store.runs.writing import Records


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a chunk.

    Args:
        subjects, results, failures: how many.
        statuses: results by status.
        notes: what there is to say of the files.
        renamed: of subjects that share a name in the chunk, the name, by the one they have there.
        truths: of problems that the texts named, digests of their truths.
    """

    subjects: int
    results: int
    failures: int
    statuses: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    truths: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether something in the chunk may come out better when it is graded again."""
        return bool(self.failures or self.statuses.get("failed"))


def records_of(folder: Path, name: str) -> Path:
    """The file with a chunk's records."""
    return folder / f"{name}.sqlite"


def lines_of(folder: Path, name: str) -> Path:
    """The file with a chunk's lines of ``results.jsonl``."""
    return folder / f"{name}.jsonl"


def rows_of(folder: Path, name: str) -> Path:
    """The file with a chunk's lines of ``changes.jsonl``; empty for submissions."""
    return folder / f"{name}.rows"


class ShardWriter:
    """Takes what comes of a chunk, subject by subject, and at last :meth:`close`.

    Args:
        connection: to an empty file for the records.
        lines, rows: for the lines of ``results.jsonl`` and of ``changes.jsonl``.
        key: by which the chunk is graded.
    """

    def __init__(self, connection: sqlite3.Connection, lines: TextIO, rows: TextIO, key: Key) -> None:
        self._records = Records(connection)
        self._lines = lines
        self._rows = rows
        self._key = key
        self._statuses: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._notes: list[Note] = []
        self._uses: Counter[str] = Counter()  # of names
        self._renamed: dict[str, str] = {}
        self._asked: set[str] = set()

    def piece(self, piece: Piece) -> None:
        """Take submissions that were put together."""
        self._run(piece.run)
        self._notes += piece.notes
        self._renamed.update(piece.renamed)

    def conversation(self, reading: Reading, results: Sequence[Result]) -> None:
        """Take one conversation."""
        name = self._name(reading.subject)
        talk = reading.conversation
        talk = None if talk is None else replace(talk, id=name)
        own = tuple(replace(one, claim=replace(one.claim, subject=name)) for one in results)
        failures = (Failure(name, reading.errors),) if reading.errors else ()
        self._rows.write(lines_of_talk(self._key.only(reading.problems).problems, talk, own))
        self._run(
            Run(
                "transcripts",
                "",
                (),
                (name,),
                own,
                () if talk is None else (talk,),
                failures,
            )
        )
        self._notes += ((name, note) for note in reading.notes)
        self._asked |= reading.problems & self._key.others

    def copy(self, chat: Chat, copy: Copy) -> None:
        """Take a conversation that says what another one said."""
        name = self._name(chat.id)
        stored, line = bound(name), chat.line
        names = names_of(chat, name, escaped=True)
        records = self._records
        records.subject(name, None, ())
        records.raw_renderings(copy.renderings)
        self._asked |= copy.named
        for row, more in zip(copy.results, copy.more, strict=True):
            records.raw_result(stored, row, more.filled(names, line))
        records.raw_conversation(stored, bound(chat.model), copy.conversation.filled(names, line))
        names = names_of(chat, name, escaped=False)
        self._lines.write(copy.lines.filled(names, line))
        self._rows.write(copy.rows.filled(names, line))
        self._statuses.update(copy.statuses)
        self._counts.update(subjects=1, results=len(copy.results))

    def close(self) -> Tally:
        """Write what is waiting; what was written in all."""
        tally = Tally(
            self._counts["subjects"],
            self._counts["results"],
            self._counts["failures"],
            dict(sorted(self._statuses.items())),
            tuple(self._notes),
            self._renamed,
            {one: digest_of_truths(self._key.by_id[one], self._key.truths) for one in sorted(self._asked)},
        )
        self._records.about(tally=plain(tally, Tally))
        self._records.close()
        return tally

    def _run(self, run: Run) -> None:
        self._records.take(run)
        for one in run.results:
            self._lines.write(line_of(one))
        self._statuses.update(str(one.verdict.status) for one in run.results)
        self._counts.update(subjects=len(run.subjects), results=len(run.results), failures=len(run.failures))

    def _name(self, base: str) -> str:
        """A name that is no other's in the chunk."""
        self._uses[base] += 1
        if (number := self._uses[base]) == 1:
            return base
        while (name := f"{base} ({number})") in self._uses:
            number += 1
        self._uses[base], self._uses[name] = number, 1
        self._renamed[name] = base
        return name


@contextmanager
def writing_shard(folder: Path, name: str, key: Key) -> Iterator[ShardWriter]:
    """What takes what comes of a chunk; the files appear when the block ends without an error.

    Args:
        folder: of the chunks.
        name: of the chunk.
        key: by which it is graded.

    Raises:
        OSError: the files cannot be written.
    """
    with (
        made(records_of(folder, name)) as connection,
        atomic_writer(lines_of(folder, name)) as lines,
        atomic_writer(rows_of(folder, name)) as rows,
    ):
        yield ShardWriter(connection, lines, rows, key)


def read_tally(folder: Path, name: str) -> Tally | None:
    """What came of a chunk that is done; None where it is not, or what stands there cannot be read.

    Args:
        folder: of the chunks.
        name: of the chunk.
    """
    path = records_of(folder, name)
    if not (path.is_file() and lines_of(folder, name).is_file() and rows_of(folder, name).is_file()):
        return None
    try:
        with opened(path) as connection:
            return from_plain(Reader(connection, path).about("tally"), Tally)
    except (InputError, sqlite3.Error, KeyError, TypeError, ValueError):
        return None


def remove_shard(folder: Path, name: str) -> None:
    """Remove what came of a chunk, so that it is graded again."""
    records_of(folder, name).unlink(missing_ok=True)
    lines_of(folder, name).unlink(missing_ok=True)
    rows_of(folder, name).unlink(missing_ok=True)
