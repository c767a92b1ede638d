"""What each stage of grading costs for a reply that was never seen before, from the file to the lines of results.

One process grades replies of several kinds, other ones in each run, after some of the same kind have warmed up what is
worked out once for each part. A whole run is timed by the processor. In another one the functions that begin a stage
are replaced by ones that look at the clock: a stage has the time that passes in it and in none of the stages within.
Its cost is its share of the first, of the quickest run.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.items import items, make_course
from benchmarks.measure import ROOT, table
from benchmarks.replies import LOADS, Maker, record
from benchmarks.talks import Design, World, write_talks
from benchmarks.talks import make_course as make_course_of_sums

RUNS = 3
REPLIES = 1_000
"""In each run."""

QUESTIONS = 80
"""Of the course of made replies, to keep solving them short."""

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the file's records", ("benchmarks.stages:sources_of",)),
    ("turns", ("grader.intake.talks.recorded:conversation_of", "grader.intake.talks.transcripts:conversation_in",
               "grader.intake.talks.thoughts:spoken", "grader.intake.talks.annotations:read_labels")),
    ("repair", ("grader.intake.repair:repaired",)),
    ("problems and parts named", ("grader.intake.parts.references:references", "grader.intake.parts.named:named_in")),
    ("hints", ("grader.intake.talks.asking:Asking.turn", "grader.scoring.hint_kinds:with_kinds")),
    ("what a reply is about", ("grader.intake.parts.contexts:contexts",)),
    ("masks", ("grader.intake.documents:document_from_text",)),
    ("sections", ("grader.intake.parts.lettered:sections_of",)),
    ("tokens", ("grader.maths.reading.lexer:tokenize",)),
    ("candidates", ("grader.intake.finding.ranks:Text.matches",)),
    ("ranks", ("grader.intake.finding.finder:answer_in",)),
    ("claims", ("grader.intake.claims:claims_of_conversation",)),
    ("reading answers", ("grader.scoring.score:_read", "grader.scoring.score:_read_with_given")),
    ("comparing", ("grader.scoring.score:_compare",)),
    ("verdicts", ("grader.scoring.score:score_claim",)),
    ("lines of results", ("benchmarks.stages:lines",)),
)  # fmt: skip
"""Stages, in their order, and the functions that begin them."""

REST = "all else"

_OURS = ("grader", "benchmarks")


class Clock:
    """Time by stage: what passes in a stage does not count for the one that called it.

    Args:
        now: the clock.
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.spent: Counter[str] = Counter()
        self._now = now
        self._stack: list[str] = [REST]
        self._since = now()

    def lap(self) -> None:
        """Count what has passed since the last lap for the stage that goes on."""
        now = self._now()
        self.spent[self._stack[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for a stage.

        Args:
            stage: name.
            function: that begins it.
        """

        @functools.wraps(function)
        def counted(*arguments: Any, **named: Any) -> Any:
            self.lap()
            self._stack.append(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.lap()
                self._stack.pop()

        return counted


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """The functions of all stages are timed, wherever a module has taken their names over.

    Args:
        clock: that counts.
    """
    undo: list[tuple[Any, str, Any]] = []
    for stage, names in STAGES:
        for where in names:
            package, _, name = where.partition(":")
            owner: Any = importlib.import_module(package)
            *path, last = name.split(".")
            for one in path:
                owner = getattr(owner, one)
            function = getattr(owner, last)
            known = [module for key, module in list(sys.modules.items()) if key.partition(".")[0] in _OURS]
            for holder in [owner] if path else known:
                for key, value in list(vars(holder).items()):
                    if value is function:
                        undo.append((holder, key, function))
                        setattr(holder, key, clock.timed(stage, function))
    try:
        yield
    finally:
        for holder, key, function in reversed(undo):
            setattr(holder, key, function)


@dataclass(frozen=True, slots=True)
class Kind:
    """Replies of one kind.

    Args:
        name: for the table.
        course: folder.
        warm: files that are graded before.
        runs: files of each run.
    """

    name: str
    course: Path
    warm: Path
    runs: tuple[Path, ...]


def sources_of(path: Path) -> tuple[Any, ...]:
    """The conversations of a file."""
    from grader.intake.talks.recorded import transcripts_at

    return tuple(transcripts_at(path))


def lines(results: Sequence[Any]) -> int:
    """The results as lines; how long they are."""
    from grader.store.results import result_object

    return sum(len(json.dumps(result_object(one), ensure_ascii=False)) for one in results)


def graded(key: Any, path: Path) -> tuple[int, int]:
    """Grade a file from end to end in this process.

    Returns:
        Numbers of replies and of results.
    """
    from benchmarks import stages  # by their module, where they may be replaced
    from grader.scoring import score, subjects

    replies = results = 0
    for source in stages.sources_of(path):
        reading, found = subjects.grade_subject(key, source, score.score_claim)
        turns = reading.conversation.turns if reading.conversation else ()
        replies += sum(turn.role == "assistant" for turn in turns)
        results += len(found)
        stages.lines(found)
    return replies, results


def kinds(folder: Path) -> Iterator[Kind]:
    """The kinds of replies, made in a folder."""
    course = folder / "made"
    make_course(course, QUESTIONS)
    questions = items(course)
    for name, says in (("cold", "made replies, long"), ("natural", "made replies, short")):
        maker, files = Maker(questions, LOADS[name]), []
        for number in range(RUNS + 1):
            files.append(folder / f"{name}-{number}.jsonl")
            talks = maker.talks(REPLIES, 1_000_000 * number)
            files[-1].write_text("".join(json.dumps(record(talk)) + "\n" for talk in talks), encoding="utf-8")
        yield Kind(says, course, files[0], tuple(files[1:]))
    design = Design(models=RUNS + 1, problems=200)
    make_course_of_sums(folder / "sums", design)
    write_talks(folder / "talks", World(design))
    first, *others = sorted((folder / "talks").iterdir())
    yield Kind("conversations of many models", folder / "sums", first, tuple(others))
    warm = folder / "warm"
    warm.mkdir()
    last, *before = sorted((ROOT / "transcripts").glob("*.md"), key=lambda file: file.stat().st_size, reverse=True)
    for file in before:
        (warm / file.name).write_bytes(file.read_bytes())
    yield Kind("a retold transcript", ROOT, warm, (last,))


def cost(kind: Kind) -> tuple[dict[str, float], float, int, int]:
    """Seconds by stage and in all for a reply, and how many replies and results a run had."""
    from grader.batch.keys import key_for_transcripts
    from grader.scoring.solvers import Limits
    from grader.specs import load_course

    course = load_course(kind.course)
    key = key_for_transcripts(course, ["*"], Limits(course.settings.timeout, course.settings.memory_mb, 2))
    taken: list[tuple[float, dict[str, float], int, int]] = []
    for path in kind.runs:
        one = _warmed(key, kind)
        start = time.process_time()
        replies, results = graded(one, path)
        whole = time.process_time() - start
        one, clock = _warmed(key, kind), Clock()
        with watched(clock):
            graded(one, path)
            clock.lap()
        by_clock = sum(clock.spent.values())
        shares = {stage: spent / by_clock for stage, spent in clock.spent.items()}
        taken.append((whole / replies, shares, replies, results))
    seconds, shares, replies, results = min(taken, key=lambda run: run[0])
    return {stage: seconds * share for stage, share in shares.items()}, seconds, replies, results


def _warmed(key: Any, kind: Kind) -> Any:
    """A copy of the key, as a worker gets one, that has graded other replies and none of the run's."""
    import pickle

    from benchmarks.contestants import bounded_caches

    for _, empty in bounded_caches("grader"):
        empty()
    copy = pickle.loads(pickle.dumps(key))  # noqa: S301 - our own bytes
    graded(copy, kind.warm)
    gc.collect()
    gc.freeze()  # workers do so when they start; else passes over what earlier kinds left are counted for some stage
    return copy


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = [(kind.name, *cost(kind)) for kind in kinds(Path(folder))]
    rows = [
        [stage, *(f"{by_stage.get(stage, 0) * 1e6:,.0f}" for _, by_stage, *_ in found)]
        for stage in (*(name for name, _ in STAGES), REST)
    ]
    rows.append(["**all**", *(f"{seconds * 1e6:,.0f}" for _, _, seconds, *_ in found)])
    rows.append(["replies a second, one process", *(f"{1 / seconds:,.0f}" for _, _, seconds, *_ in found)])
    rows.append(["results for a reply", *(f"{results / replies:.1f}" for *_, replies, results in found)])
    print("## Stages\n")
    print(table(["µs of CPU for a reply", *(name for name, *_ in found)], rows))


if __name__ == "__main__":
    main()
