"""From a folder to a run: truths first, then every subject read, claimed and scored in a worker.

Nothing that goes wrong with one subject, one solver or one worker costs anything else. What a
worker could not do for a whole subject is tried again claim by claim, so that only the claim at
fault is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from grader import __version__
from grader.diagnostics import Diagnostic, operator_error
from grader.intake.handins.roster import roster_for
from grader.intake.handins.submissions import Submission, read_submissions
from grader.intake.talks.recorded import transcripts_at
from grader.records import Conversation, Failure, Result, Run, Status, Verdict
from grader.scoring.attempts import with_deliveries
from grader.scoring.follow import followed
from grader.scoring.papers import chosen_problems, papers, without_variation
from grader.scoring.solvers import Limits, PartKey
from grader.scoring.subjects import (
    SUBJECT_TIMEOUT,
    Key,
    Paper,
    Reading,
    Source,
    blank_claims,
    grade_subject,
    hint_of,
    name_of,
    read_subject,
    score_of,
)
from grader.scoring.truth import Truth
from grader.scoring.truths import truths
from grader.scoring.workers import WorkerFailure, default_workers, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

T = TypeVar("T")
R = TypeVar("R")
Progress: TypeAlias = Callable[[int, int, str], None]  # done, of how many, what
Note: TypeAlias = Callable[[str, Diagnostic], None]  # subject, what there is to say about its files

CLAIM_TIMEOUT = 10.0  # seconds for one claim, when it is scored by itself


def grade_submissions(
    course: Course,
    path: Path,
    *,
    problems: Sequence[str] = (),
    layout: str = "",
    assignment: str = "",
    workers: int | None = None,
    on_progress: Progress | None = None,
    on_note: Note | None = None,
) -> Run:
    """Grade a folder of submissions.

    Args:
        path: a folder or an archive in one of :func:`grader.intake.layouts.layouts`, or one student's file.
        problems: folders, ids or patterns of the problems to grade (:meth:`Course.select`). Without any: those that
            the course assigns, and those that a submission names by a heading.
        layout: name of the layout, where what is there does not show it.
        assignment: name, where a layout holds several.
        workers: number of processes; as many as there are processors if None.
        on_progress: told after each subject.
        on_note: told what there is to say about a subject's files, other than that they failed; what belongs to
            nobody under the name "".

    Returns:
        One result for each student and part; see :class:`grader.records.Run`.

    Raises:
        InputError: it cannot be told whose files are whose, or who is in the course.
    """
    roster = roster_for(course.root, course.settings.roster, path)
    found = read_submissions(path, course.settings, roster, layout=layout, assignment=assignment)
    tell = on_note or _tell_nobody
    for note in found.notes:
        tell("", note)
    run = _grade(course, "submissions", found.submissions, problems, workers, on_progress, on_note)
    return replace(with_deliveries(run, found.submissions, tell), absent=found.absent, layout=found.layout)


def _tell_nobody(subject: str, note: Diagnostic) -> None:
    """Nobody asked for notes."""


def grade_transcripts(
    course: Course,
    path: Path,
    *,
    problems: Sequence[str] = (),
    chat_format: str = "",
    workers: int | None = None,
    on_progress: Progress | None = None,
    on_note: Note | None = None,
) -> Run:
    """Grade a transcript, or a folder of them.

    Args:
        path: Markdown, or a file in one of :func:`grader.intake.chats.chat_formats`, or a folder of them.
        chat_format: name of the format, where the files do not show it.
        problems: as for :func:`grade_submissions`; a problem that is never asked has no results.

    Returns:
        One result for each conversation, part of an asked problem, and reply.
    """
    sources = tuple(transcripts_at(path, chat_format))
    return _grade(course, "transcripts", sources, problems, workers, on_progress, on_note)


def _grade(
    course: Course,
    kind: str,
    sources: tuple[Source, ...],
    selectors: Sequence[str],
    workers: int | None,
    on_progress: Progress | None,
    on_note: Note | None,
) -> Run:
    """Grade subjects of either kind."""
    workers = min(workers or default_workers(), max(1, len(sources)))
    settings = course.settings
    limits = Limits(settings.timeout, settings.memory_mb, workers)
    max_bytes = settings.max_file_mb * 1024 * 1024
    course = replace(course, problems=chosen_problems(course, sources, selectors, max_bytes))
    found = truths(course, limits) if sources else {}
    own = papers(course, found, sources, limits)
    key = Key(tuple(map(without_variation, course.problems)), found, max_bytes, own)
    graded: dict[int, tuple[Reading, tuple[Result, ...]]] = {}
    lost: list[int] = []
    jobs = tuple(enumerate(sources))
    done = map_in_workers(
        partial(grade_subject, key),
        jobs,
        workers=workers,
        timeout=SUBJECT_TIMEOUT,
        memory_mb=settings.memory_mb,
    )
    for count, ((index, source), outcome) in enumerate(done, 1):
        if isinstance(outcome, WorkerFailure):
            lost.append(index)
        else:
            graded[index] = outcome
        if on_progress is not None:
            on_progress(count, len(sources), name_of(source))
    errors: dict[int, tuple[Diagnostic, ...]] = {}
    for index in lost:
        graded[index], errors[index] = _salvage(key, sources[index], limits)
    run = _assemble(course, kind, [graded[i] for i in sorted(graded)], errors, own, on_note)
    return replace(run, results=_followed(course, run, found, own, limits))


def _followed(
    course: Course, run: Run, found: Mapping[PartKey, Truth], own: Mapping[str, Paper], limits: Limits
) -> tuple[Result, ...]:
    """The results of a run, judged by a student's own earlier answers where a part asks for that."""
    if not any(part.follow_through for problem in run.problems for part in problem.parts):
        return run.results
    problems = {name: {p.id: p for p in run.own.get(name, run.problems)} for name in run.subjects}
    truths_of = {name: own[name].truths if name in own else found for name in run.subjects}
    return followed(course.root, run.results, problems, truths_of, limits)


def _assemble(
    course: Course,
    kind: str,
    graded: list[tuple[Reading, tuple[Result, ...]]],
    lost: Mapping[int, tuple[Diagnostic, ...]],
    papers: Mapping[str, Paper],
    on_note: Note | None,
) -> Run:
    """Put the subjects together, each under a name of its own."""
    names = _unique([reading.subject for reading, _ in graded])
    results: list[Result] = []
    conversations: list[Conversation] = []
    failures: list[Failure] = []
    for index, (name, (reading, own)) in enumerate(zip(names, graded, strict=True)):
        results += (replace(r, claim=replace(r.claim, subject=name)) for r in own)
        if reading.conversation is not None:
            conversations.append(replace(reading.conversation, id=name))
        errors = (*reading.errors, *lost.get(index, ()))
        if errors:
            failures.append(Failure(name, errors))
        if on_note is not None:
            for note in reading.notes:
                on_note(name, note)
    return Run(
        kind=kind,
        title=course.settings.title or course.root.resolve().name,
        problems=tuple(course.problems),
        subjects=tuple(names),
        results=tuple(results),
        conversations=tuple(conversations),
        failures=tuple(failures),
        grader_version=__version__,
        own={
            name: papers[reading.subject].problems
            for name, (reading, _) in zip(names, graded, strict=True)
            if reading.subject in papers
        },
    )


def _unique(names: list[str]) -> list[str]:
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


# ---------------------------------------------------------------- what a worker failed to do


def _salvage(
    key: Key, source: Source, limits: Limits
) -> tuple[tuple[Reading, tuple[Result, ...]], tuple[Diagnostic, ...]]:
    """Grade a subject whose worker failed: read it by itself, then score claim by claim.

    Returns:
        What came of it, and an error for each thing that is lost all the same; often for none.
    """
    job = (0, source)
    key = key.of(name_of(source))
    reading = next(_alone(partial(read_subject, key), (job,), SUBJECT_TIMEOUT, limits))[1]
    if isinstance(reading, WorkerFailure):
        name = name_of(source)
        why = lost(reading, f"reading {name}")
        claims = blank_claims(key, name) if isinstance(source, Submission) else ()
        return (Reading(name, claims), tuple(Result(claim, _failed(why)) for claim in claims)), (why,)
    results: list[Result] = []
    errors: list[Diagnostic] = []
    for claim, result in _alone(partial(score_of, key, reading), reading.claims, CLAIM_TIMEOUT, limits):
        if isinstance(result, WorkerFailure):
            why = lost(result, f"scoring {claim.subject}, {claim.problem}/{claim.part}")
            errors.append(why)
            result = Result(claim, _failed(why), hint_of(reading.conversation, claim.turn))
        results.append(result)
    return (reading, tuple(results)), tuple(errors)


def _alone(
    function: Callable[[T], R], items: tuple[T, ...], timeout: float, limits: Limits
) -> Iterator[tuple[T, R | WorkerFailure]]:
    """Each item in a worker, no two at a time, so that they do not compete for memory."""
    return map_in_workers(function, items, workers=1, timeout=timeout, memory_mb=limits.memory_mb)


def _failed(why: Diagnostic) -> Verdict:
    """The verdict on a claim that could not be scored."""
    feedback = "Grading this answer failed; that is not your fault, and a person will look at it."
    return Verdict(Status.FAILED, None, "worker_failed", feedback=feedback, diagnostics=(why,))


def lost(failure: WorkerFailure, doing: str) -> Diagnostic:
    """Say what a worker did not manage.

    Args:
        failure: of the worker.
        doing: what it was to do, as the beginning of a sentence.
    """
    if failure.kind == "bug":
        fix = "This is a bug of grade; please report it with the input."
        return operator_error("grade-bug", f"{doing} failed: {failure.message}", fix=fix)
    if failure.kind == "memory":
        fix = "Look at the input; if it is honest, raise `memory_mb` in grade.toml."
        return operator_error("worker-memory", f"{doing} failed: {failure.message}", fix=fix)
    if failure.kind == "timeout":
        fix = "Look at the input; everything else was done."
        return operator_error("worker-timeout", f"{doing} took too long: {failure.message}", fix=fix)
    fix = "Everything else was done; if the machine is short of memory, use fewer --workers."
    return operator_error("worker-died", f"{doing} failed: {failure.message}", fix=fix)
