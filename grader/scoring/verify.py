"""Prove that specs, solvers and keys agree, before a student sees them.

For every part: the solver runs, or agrees with the key at drawn instances; so does a second
computation; each answer under ``accept`` comes out correct, none under ``reject`` does; each foreseen
mistake can be read, is not correct, and earns what the spec says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from grader.answers import get_type
from grader.diagnostics import Diagnostic, Severity, author_error
from grader.records import Claim, Mistake, Part, Problem, Status, Verdict
from grader.scoring.proofs import Proof, proofs
from grader.scoring.score import score_claim
from grader.scoring.solvers import Limits, PartKey
from grader.scoring.truth import Truth
from grader.scoring.truths import truths
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

PART_TIMEOUT = 30.0  # seconds for judging all of one part's own examples
_CODES = {"accept": "verify-accept", "reject": "verify-reject", "mistake": "verify-mistake"}
_JUDGED = (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about a part that was checked.

    Args:
        level: ``ok``, ``warning`` or ``error``.
        check: ``spec``, ``solve``, ``key``, ``confirm``, ``accept``, ``reject`` or ``mistake``.
        problem, part: what it is about; "" where a spec could not be read so far.
        message: what was checked, and for a warning or an error what was found.
        diagnostic: for warnings and errors, with the place and the fix.
        telling: the message says more than that a check passed, such as a counterexample that a person can look at.
    """

    level: str
    check: str
    problem: str
    part: str
    message: str
    diagnostic: Diagnostic | None = None
    telling: bool = False


def verify(course: Course, *, workers: int | None = None) -> Iterator[Finding]:
    """Check every spec of a course.

    Args:
        workers: number of processes; as many as there are processors if None.

    Yields:
        Findings, part by part in the order of the course; those about unreadable specs first.
    """
    for diagnostic in course.diagnostics:
        yield _problem_with("spec", "", "", diagnostic)
    settings = course.settings
    limits = Limits(settings.timeout, settings.memory_mb, workers)
    solved = truths(course, limits)
    confirmed = truths(course, limits, "confirm")
    proved = proofs(course, limits)
    jobs = [(problem, part) for problem in course.problems for part in problem.parts]
    done = map_in_workers(
        partial(_check_part, solved, confirmed, proved),
        jobs,
        workers=workers,
        timeout=PART_TIMEOUT,
        memory_mb=settings.memory_mb,
    )
    for (problem, part), findings in done:
        if isinstance(findings, WorkerFailure):
            message = f"judging the examples of {problem.id}/{part.id} failed: {findings.message}"
            fix = "Look for an answer in the spec that is very long or deep."
            yield _problem_with("accept", problem.id, part.id, author_error("verify-lost", message, part.span, fix))
        else:
            yield from findings


def _check_part(
    solved: Mapping[PartKey, Truth],
    confirmed: Mapping[PartKey, Truth],
    proved: Mapping[tuple[PartKey, str], Proof],
    job: tuple[Problem, Part],
) -> tuple[Finding, ...]:
    """All findings about one part, in a worker."""
    problem, part = job
    key = (problem.id, part.id)
    truth = solved[key]
    if part.key:
        checked = _check_key(problem, part, truth, proved[key, "solve"], proved.get((key, "confirm")))
    else:
        checked = _check_solvers(problem, part, truth, confirmed.get(key))
    findings = list(checked)
    if truth.value is not None:
        for text in part.accept:
            findings.append(_check_accept(problem, part, text, truth))
        for text in part.reject:
            findings.append(_check_reject(problem, part, text, truth))
        findings.extend(_problem_with("mistake", problem.id, part.id, fault) for fault in truth.faults)
        for mistake in part.mistakes:
            if not mistake.solve or mistake.solve in truth.foreseen:
                findings.append(_check_mistake(problem, part, mistake, truth))
    return tuple(findings)


def _check_solvers(problem: Problem, part: Part, truth: Truth, confirmation: Truth | None) -> Iterator[Finding]:
    """The solver ran, and its second computation agrees."""
    if truth.value is None:
        for diagnostic in truth.diagnostics:
            yield _problem_with("solve", problem.id, part.id, diagnostic)
        return
    answer_type = get_type(part.type)
    if not part.solve:
        yield Finding("ok", "solve", problem.id, part.id, "a person decides, and nothing is computed")
        return
    shown = answer_type.render(truth.value, part.options).unicode
    told = answer_type.told(truth.value, part.options)
    yield Finding(
        "ok",
        "solve",
        problem.id,
        part.id,
        f"{part.solve} gives {told}",
        telling=told != shown or answer_type.decided_by == "human",
    )
    if confirmation is None:
        yield _unconfirmed(problem, part)
        return
    if confirmation.value is None:
        for diagnostic in confirmation.diagnostics:
            yield _problem_with("confirm", problem.id, part.id, diagnostic)
        return
    same = answer_type.same(truth.value, confirmation.value, part.options)
    if not same:
        # A numerical confirmation need not be identical; the part's own tolerance decides then.
        same = answer_type.compare(confirmation.value, truth.value, part.options).status is Status.CORRECT
    if same:
        yield Finding("ok", "confirm", problem.id, part.id, f"{part.confirm} agrees")
        return
    other = answer_type.render(confirmation.value, part.options).unicode
    message = f"{part.solve} gives {shown}, but {part.confirm} gives {other}"
    fix = "One of the two is wrong, or the tolerance is tighter than the second computation."
    yield _problem_with("confirm", problem.id, part.id, author_error("verify-confirm", message, part.span, fix))


def _check_key(problem: Problem, part: Part, truth: Truth, proof: Proof, second: Proof | None) -> Iterator[Finding]:
    """The key agrees with the solver, and with its second computation."""
    if truth.value is None:
        for diagnostic in truth.diagnostics:
            yield _problem_with("key", problem.id, part.id, diagnostic)
        return
    yield from _proved("key", problem, part, part.solve, proof)
    if second is None:
        yield _unconfirmed(problem, part)
    else:
        yield from _proved("confirm", problem, part, part.confirm, second)


def _proved(check: str, problem: Problem, part: Part, function: str, proof: Proof) -> Iterator[Finding]:
    for diagnostic in proof.diagnostics:
        yield _problem_with(check, problem.id, part.id, diagnostic)
    if not proof.diagnostics:
        message = f"the key agrees with {function} at {proof.instances} drawn instances"
        yield Finding("ok", check, problem.id, part.id, message)


def _unconfirmed(problem: Problem, part: Part) -> Finding:
    message = f"nothing confirms {part.solve}: one computation alone can be wrong"
    fix = f"Write a second function in {problem.solver} that finds it in another way; name it `confirm:`."
    warning = author_error("verify-unconfirmed", message, part.span, fix)
    return _problem_with("confirm", problem.id, part.id, _as_warning(warning))


def _check_accept(problem: Problem, part: Part, text: str, truth: Truth) -> Finding:
    """An answer that must be correct."""
    verdict = _judge(problem, part, text, truth)
    if verdict.status is Status.CORRECT:
        return Finding("ok", "accept", problem.id, part.id, f"{text!r} is correct")
    fix = "Correct the solver, the answer type's options, or the example under `accept:`."
    return _wrong(problem, part, "accept", f"{text!r} must be correct, but is {_told(verdict)}", fix)


def _check_reject(problem: Problem, part: Part, text: str, truth: Truth) -> Finding:
    """An answer that must not be correct."""
    verdict = _judge(problem, part, text, truth)
    if verdict.status is not Status.CORRECT:
        return Finding("ok", "reject", problem.id, part.id, f"{text!r} is {verdict.status}")
    fix = "Correct the solver, the answer type's options, or the example under `reject:`."
    return _wrong(problem, part, "reject", f"{text!r} must not be correct, but is", fix)


def _check_mistake(problem: Problem, part: Part, mistake: Mistake, truth: Truth) -> Finding:
    """A foreseen wrong answer: it reads, it is wrong, and it earns what the spec says."""
    text = mistake.answer
    if mistake.solve:
        text = get_type(part.type).render(truth.foreseen[mistake.solve], part.options).unicode
    verdict = _judge(problem, part, text, truth)
    said = repr(text)
    if verdict.status is Status.CORRECT:
        fix = "A mistake must be wrong: correct its `answer:`, or the solver."
        return _wrong(problem, part, "mistake", f"the mistake {said} is a correct answer", fix)
    if verdict.status not in _JUDGED:
        fix = "Write its `answer:` so that the declared type can read it."
        return _wrong(problem, part, "mistake", f"the mistake {said} is {_told(verdict)}", fix)
    if verdict.credit != mistake.credit:
        fix = "Another mistake of this part may read as the same answer."
        return _wrong(
            problem, part, "mistake", f"{said} earns {verdict.credit}, not the {mistake.credit} declared", fix
        )
    return Finding("ok", "mistake", problem.id, part.id, f"{said} earns {mistake.credit}")


def _judge(problem: Problem, part: Part, text: str, truth: Truth) -> Verdict:
    """The verdict on an example of the spec, as a student would get it."""
    return score_claim(problem, part, Claim("verify", problem.id, part.id, text=text), truth)


def _told(verdict: Verdict) -> str:
    """A verdict in a few words, with the reader's own complaint if it has one."""
    why = verdict.diagnostics[0].message if verdict.diagnostics else verdict.feedback
    return f"{verdict.status} ({verdict.reason})" + (f": {why}" if why else "")


def _wrong(problem: Problem, part: Part, check: str, message: str, fix: str) -> Finding:
    """An error about one of the part's examples."""
    error = author_error(_CODES[check], message, part.span, fix)
    return _problem_with(check, problem.id, part.id, error)


def _as_warning(error: Diagnostic) -> Diagnostic:
    """The same, as a warning."""
    return Diagnostic(error.code, Severity.WARNING, error.audience, error.message, error.span, error.fix)


def _problem_with(check: str, problem: str, part: str, diagnostic: Diagnostic) -> Finding:
    """A finding made from a diagnostic."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "ok"}[diagnostic.severity]
    return Finding(level, check, problem, part, diagnostic.message, diagnostic)
