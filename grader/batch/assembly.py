"""A run, or a piece of one, put together from its subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader import __version__
from grader.diagnostics import Diagnostic
from grader.intake.handins.submissions import Submission
from grader.records import Conversation, Failure, Problem, Result, Run
from grader.scoring.attempts import with_deliveries
from grader.scoring.subjects import Key, Paper, Reading, Source

Note = tuple[str, Diagnostic]
"""Subject, and what there is to say of its files."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject, read and scored.

    Args:
        source: from where.
        reading: what was read.
        results: one for each claim.
        lost: an error for each thing that was lost with a worker.
    """

    source: Source
    reading: Reading
    results: tuple[Result, ...]
    lost: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """The subjects of a chunk, put together.

    Args:
        run: of them alone, each under a name of its own.
        notes: what there is to say of their files.
        renamed: of subjects that share a name, the name that they share, by the one they have here.
    """

    run: Run
    notes: tuple[Note, ...]
    renamed: Mapping[str, str]


def assemble(kind: str, key: Key, subjects: Sequence[Subject]) -> Piece:
    """Put subjects together, each under a name of its own.

    Args:
        kind: ``submissions`` or ``transcripts``.
        key: by which they were graded.
        subjects: in order.
    """
    names = unique([one.reading.subject for one in subjects])
    results: list[Result] = []
    conversations: list[Conversation] = []
    failures: list[Failure] = []
    notes: list[Note] = []
    own: dict[str, tuple[Problem, ...]] = {}
    for name, one in zip(names, subjects, strict=True):
        reading = one.reading
        results += (replace(r, claim=replace(r.claim, subject=name)) for r in one.results)
        if reading.conversation is not None:
            conversations.append(replace(reading.conversation, id=name))
        if errors := (*reading.errors, *one.lost):
            failures.append(Failure(name, errors))
        notes += ((name, note) for note in reading.notes)
        if (paper := key.papers.get(reading.subject)) is not None:
            own[name] = paper.problems
    run = Run(
        kind=kind,
        title="",
        problems=key.problems,
        subjects=tuple(names),
        results=tuple(results),
        conversations=tuple(conversations),
        failures=tuple(failures),
        grader_version=__version__,
        own=own,
    )
    handed_in = [one.source for one in subjects if isinstance(one.source, Submission)]
    if kind == "submissions":
        run = with_deliveries(run, handed_in, lambda name, note: notes.append((name, note)))
    renamed = {name: one.reading.subject for name, one in zip(names, subjects, strict=True)}
    return Piece(run, tuple(notes), {name: base for name, base in renamed.items() if name != base})


def papers_of(key: Key, subjects: Sequence[Subject]) -> dict[str, Paper]:
    """The problems and truths of each subject, by its name."""
    every = Paper(key.problems, key.truths)
    return {one.reading.subject: key.papers.get(one.reading.subject, every) for one in subjects}


def unique(names: Sequence[str]) -> list[str]:
    """The names, those that occur again with a number: ``ada``, ``ada (2)``."""
    taken = set(names)
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        seen[name] += 1
        new = name
        while seen[name] > 1 and (new := f"{name} ({seen[name]})") in taken:
            seen[name] += 1
        taken.add(new)
        result.append(new)
    return result
