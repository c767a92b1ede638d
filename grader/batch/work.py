"""Grading one chunk: what runs in a worker, on this machine or on another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from grader.batch.assembly import Subject, assemble
from grader.batch.chunks import Chunk
from grader.batch.copies import FILE as COPIES
from grader.batch.copies import MOST_KEPT as MOST_COPIES
from grader.batch.copies import Copies, Copy, copy_of, words_of
from grader.batch.marks import unnamed
from grader.batch.shards import Tally, writing_shard
from grader.batch.shelf import Shelf
from grader.batch.verdicts import FILE as VERDICTS
from grader.batch.verdicts import MOST_KEPT as MOST_VERDICTS
from grader.batch.verdicts import Verdicts
from grader.intake.chats import Chat
from grader.intake.talks.annotations import labels_beside
from grader.records import Result
from grader.scoring.follow import jobs
from grader.scoring.score import score_claim
from grader.scoring.subjects import Key, Reading, Source, Unsolved, grade_subject, name_of

MEMORY = "memory"
"""Folder beside that of the chunks, with what processes know in common; no result depends on what is in it."""


@dataclass(frozen=True, slots=True)
class Job:
    """How the chunks of a run are graded; sent once to each worker.

    Args:
        kind: ``submissions`` or ``transcripts``.
        key: of the course.
        folder: for what comes of the chunks; absolute, and the same for all workers.
        condition: digest of all on which verdicts depend, apart from the answers.
        versions: of the problems: the same for each alone.
        memory: folder of what the processes of one machine know in common; None for none.
    """

    kind: str
    key: Key
    folder: Path
    condition: str
    versions: Mapping[str, str] = field(default_factory=dict)
    memory: Path | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """Nothing came of a chunk yet: it is about problems that were not solved.

    Args:
        problems: their ids.
    """

    problems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Copied:
    """A conversation that says, word for word, what another one said.

    Args:
        chat: the conversation.
        copy: what is to be written of it.
    """

    chat: Chat
    copy: Copy


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A chunk in which answers follow from earlier slips: the solvers, which run apart, have the last word.

    Args:
        subjects: as graded so far.
    """

    subjects: tuple[Subject | Copied, ...]


Outcome: TypeAlias = Tally | Needs | Unfinished


def grade_chunk(job: Job, chunk: Chunk) -> Outcome:
    """Grade the subjects of a chunk, and write what came of them: a pure function of the specs and the chunk.

    Args:
        job: how.
        chunk: what.

    Returns:
        What was written; or why it was not.
    """
    subjects: list[Subject | Copied] = []
    needs: set[str] = set()
    known = _known_of(job)
    for source in chunk.sources():
        try:
            subjects.append(_graded(job.key, source, known))
        except Unsolved as missing:
            needs |= missing.problems
    known.flush()
    if needs:
        return Needs(frozenset(needs))
    if follows(job.key, subjects):
        return Unfinished(tuple(subjects))
    return write_chunk(job, chunk, subjects)


@dataclass(frozen=True, slots=True)
class Known:
    """What a process knows of the run that it works on.

    Args:
        copies: conversations of late.
        verdicts: on answers of late, and of former runs.
        shelves: on which these are kept for other processes.
    """

    copies: Copies
    verdicts: Verdicts
    shelves: tuple[Shelf, ...]

    def flush(self) -> None:
        """Let the other processes know what is new."""
        for shelf in self.shelves:
            shelf.flush()


def _graded(key: Key, source: Source, known: Known) -> Subject | Copied:
    scorer = score_claim if name_of(source) in key.papers else known.verdicts.score
    if not isinstance(source, Chat) or source.diagnostics or _has_labels(source.file):
        return Subject(source, *grade_subject(key, source, scorer))
    words = words_of(source)
    if (found := known.copies.get(words)) is not None:
        return Copied(source, found)
    if not known.copies.wants(words):
        return Subject(source, *grade_subject(key, source, scorer))
    reading, results = grade_subject(key, unnamed(source), scorer)
    copy = None if _follows(key, reading, results) else copy_of(key, reading, results)
    if copy is None:
        return Subject(source, *grade_subject(key, source, scorer))
    known.copies.keep(words, copy)
    return Copied(source, copy)


@lru_cache(maxsize=4)  # looking into a large folder takes long
def _has_labels(file: str) -> bool:
    """Whether people put labels beside a file of conversations: what is written of these depends on them too."""
    return any(True for _ in labels_beside(Path(file).parent))


_kept: dict[str, Known] = {}


def _known_of(job: Job) -> Known:
    """What this process knows of a run; what it knew of another is forgotten."""
    name = f"{job.condition} {len(job.key.truths)} {job.memory}"
    if name not in _kept:
        _kept.clear()
        _kept[name] = _nothing_known(job)
    return _kept[name]


def _nothing_known(job: Job) -> Known:
    folder = job.memory
    copies = Shelf(folder and folder / COPIES, MOST_COPIES)
    verdicts = Shelf(folder and folder / VERDICTS, MOST_VERDICTS)
    of = hashlib.blake2b(f"{job.condition} {len(job.key.truths)}".encode(), digest_size=16).digest()
    return Known(Copies(copies, of), Verdicts(job.versions, verdicts), (copies, verdicts))


def follows(key: Key, subjects: Sequence[Subject | Copied]) -> bool:
    """Whether an answer may have to be judged by the same subject's earlier ones."""
    return any(_follows(key, one.reading, one.results) for one in subjects if isinstance(one, Subject))


def _follows(key: Key, reading: Reading, results: Sequence[Result]) -> bool:
    return key.follow_through and bool(jobs(results, {reading.subject: key.of(reading.subject).by_id}))


def write_chunk(job: Job, chunk: Chunk, subjects: Sequence[Subject | Copied]) -> Tally:
    """Write what came of a chunk.

    Args:
        job: how it was graded.
        chunk: that it is.
        subjects: in order.

    Returns:
        What was written.
    """
    with writing_shard(job.folder, chunk.name, job.key) as writer:
        if job.kind == "submissions":
            writer.piece(assemble(job.kind, job.key, [one for one in subjects if isinstance(one, Subject)]))
        else:
            for one in subjects:
                if isinstance(one, Copied):
                    writer.copy(one.chat, one.copy)
                else:
                    writer.conversation(replace(one.reading, errors=(*one.reading.errors, *one.lost)), one.results)
        return writer.close()
