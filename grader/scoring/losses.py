"""What is said of work that a worker did not manage."""

from __future__ import annotations

from grader.diagnostics import Diagnostic, operator_error
from grader.records import Status, Verdict
from grader.scoring.workers import WorkerFailure


def failed(why: Diagnostic) -> Verdict:
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
        fix = "Look at the input; if it is honest, raise `memory_mb` in grade.toml, and grade with --only failed."
        return operator_error("worker-memory", f"{doing} failed: {failure.message}", fix=fix)
    if failure.kind == "timeout":
        fix = "Look at the input; everything else was done. --only failed tries again."
        return operator_error("worker-timeout", f"{doing} took too long: {failure.message}", fix=fix)
    fix = "Everything else was done; if the machine is short of memory, use fewer --workers, and --only failed."
    return operator_error("worker-died", f"{doing} failed: {failure.message}", fix=fix)
