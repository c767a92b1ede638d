"""The rows of a run of any size: those of one conversation, and of all of them a stretch at a time by workers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

from grader.analysis.index import RunIndex
from grader.analysis.rows import row_object, rows
from grader.records import Conversation, Item, Problem, Result, Run
from grader.scoring.workers import WorkerFailure, map_in_workers
from grader.store.decisions import item_of
from grader.store.runs import Reader, reading
from grader.store.runs.reading import Stretch

RESULTS = 2_000  # of a stretch, about
TIMEOUT = 120.0  # seconds for a stretch


def row_lines(
    path: Path, problems: Sequence[Problem], decided: Mapping[Item, Result], workers: int | None, memory_mb: int
) -> Iterator[str]:
    """The lines of ``changes.jsonl``, a stretch of them at a time.

    Args:
        path: of a stored run of transcripts.
        problems: of the run.
        decided: the results that people decided on.
        workers: number of processes; as many as there are processors if None.
        memory_mb: that each of them may use.

    Raises:
        InputError: the run cannot be read.
    """
    work = partial(_lines, path, problems, decided)
    with reading(path) as reader:
        stretches = reader.stretches(RESULTS)
        first = tuple(islice(stretches, 2))
        if len(first) < 2:  # not worth a process
            yield from map(work, first)
            return
        stretches = chain(first, stretches)
        for stretch, lines in map_in_workers(work, stretches, workers=workers, timeout=TIMEOUT, memory_mb=memory_mb):
            yield work(stretch) if isinstance(lines, WorkerFailure) else lines


def _lines(path: Path, problems: Sequence[Problem], decided: Mapping[Item, Result], stretch: Stretch) -> str:
    """The lines of a stretch; this is what runs in a worker."""
    with reading(path) as reader:
        return "".join(_lines_of_talks(reader, problems, decided, stretch))


def _lines_of_talks(
    reader: Reader, problems: Sequence[Problem], decided: Mapping[Item, Result], stretch: Stretch
) -> Iterator[str]:
    for talk, results in reader.talks(stretch):
        if decided:
            results = tuple(decided.get(item_of(one), one) for one in results)
        yield lines_of_talk(problems, talk, results)


def lines_of_talk(problems: Sequence[Problem], talk: Conversation | None, results: Sequence[Result]) -> str:
    """The lines of one conversation: no other one has a part in them.

    Args:
        problems: among which are those of the results.
        talk: the conversation.
        results: of it, in their order.
    """
    if not results:
        return ""
    asked = {one.claim.problem for one in results}
    own = tuple(one for one in problems if one.id in asked)
    talks = () if talk is None else (talk,)
    index = RunIndex(Run("transcripts", "", own, (results[0].claim.subject,), tuple(results), talks))
    objects = map(row_object, rows(index, index.changes))
    return "".join(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n" for one in objects)
