"""A kept run with the marks that people gave, read record by record: a run may hold more than memory does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from grader.diagnostics import Diagnostic, InputError
from grader.records import Conversation, Delivery, Item, Part, Person, Problem, Result, Run
from grader.store.decisions import Log, apply, item_of
from grader.store.runs import NAME, Manifest, Reader, reading
from grader.store.runs.schema import damaged


class Kept:
    """What exports are made from.

    Args:
        reader: of the run, as the machine left it.
        path: of its file, for messages.
        log: what people decided.

    Attributes:
        decided: the results of which a decision holds, with it.
        notes: what there is to say of the decisions.
    """

    def __init__(self, reader: Reader, path: Path, log: Log) -> None:
        self._reader = reader
        self._path = path
        self.kind: str = reader.about("kind")
        self.title: str = reader.about("title")
        self.layout: str = reader.about("layout")
        self.decided, self.notes = self._with_decisions(log)

    def _with_decisions(self, log: Log) -> tuple[Mapping[Item, Result], tuple[Diagnostic, ...]]:
        """The results that people decided on, and what is to be said of the log.

        Decisions are few and concern their own subjects only, so that no others need be in memory.
        """
        names = dict.fromkeys(item.subject for item, _ in log.standing)
        results = tuple(result for name in names for result in self._reader.results(name))
        there = dict.fromkeys(result.claim.subject for result in results)
        own = {name: self._reader.own[name] for name in there if name in self._reader.own}
        applied = apply(Run(self.kind, self.title, self.problems, tuple(there), results, own=own), log)
        found = {item_of(result): result for result in applied.run.results if result.decision is not None}
        return found, applied.diagnostics

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was asked."""
        return self._reader.problems

    @property
    def manifest(self) -> Manifest:
        """What the run was made from."""
        return self._reader.manifest

    @cached_property
    def parts(self) -> Mapping[tuple[str, str], Part]:
        """Every part by its problem's id and its own, in the order of the assignment."""
        return {(problem.id, part.id): part for problem in self.problems for part in problem.parts}

    def part(self, result: Result) -> Part:
        """The part that a result is of.

        Raises:
            InputError: ``run-damaged``: the run has none of that name.
        """
        claim = result.claim
        found = self.parts.get((claim.problem, claim.part))
        if found is None:
            raise InputError(damaged(self._path, f"it has a result of a part that it does not have, {claim.part!r}"))
        return found

    def results(self) -> Iterator[Result]:
        """Results in the order of the run, one at a time, with the marks that people gave."""
        return map(self._with_mark, self._reader.results())

    def subjects(self) -> Iterator[tuple[str, Delivery]]:
        """Students or conversations in the order of the run, each with how the work came in."""
        return self._reader.subjects()

    def conversations(self) -> Iterator[Conversation]:
        """Conversations in the order of the run, one at a time."""
        return self._reader.conversations()

    def talks(self) -> Iterator[tuple[Conversation | None, tuple[Result, ...]]]:
        """The results of each subject that has any, with its conversation; see :meth:`Reader.talks`."""
        for talk, results in self._reader.talks():
            yield talk, tuple(map(self._with_mark, results))

    def _with_mark(self, result: Result) -> Result:
        return self.decided.get(item_of(result), result) if self.decided else result

    def absent(self) -> Iterator[Person]:
        """Those on the roster who handed in nothing."""
        return self._reader.absent()


@contextmanager
def kept_run(out: Path, log: Log) -> Iterator[Kept]:
    """The run in a folder of results.

    Args:
        out: the folder.
        log: what people decided.

    Raises:
        InputError: there is none that can be read; also where that shows only while it is read.
    """
    with reading(out / NAME) as reader:
        yield Kept(reader, out / NAME, log)
