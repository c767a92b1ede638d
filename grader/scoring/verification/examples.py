"""The answers and mistakes that a spec lists get the verdicts that it promises."""

from __future__ import annotations

from collections.abc import Iterator

from grader.records import Mistake, Status
from grader.scoring.verification.cases import Case, told
from grader.scoring.verification.findings import Finding

_JUDGED = (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)
_FIX = "Correct the solver, the answer type's options, or the example under `{}:`."


def check_examples(case: Case) -> Iterator[Finding]:
    """Each answer under ``accept`` is correct, none under ``reject`` is, each mistake earns what it says.

    Args:
        case: with a truth.
    """
    for index, text in enumerate(case.part.accept):
        yield _accepted(case, text, index)
    for index, text in enumerate(case.part.reject):
        yield _rejected(case, text, index)
    for fault in case.truth.faults:
        yield case.tell.about("mistake", fault)
    for index, mistake in enumerate(case.part.mistakes):
        if not mistake.solve or mistake.solve in case.truth.foreseen:
            yield _foreseen(case, mistake, index)


def _accepted(case: Case, text: str, index: int) -> Finding:
    """An answer that must be correct."""
    verdict = case.judge(text)
    if verdict.status is Status.CORRECT:
        return case.tell.ok("accept", f"{text!r} is correct")
    message = f"{text!r} must be correct, but is {told(verdict)}"
    return case.tell.wrong("accept", "verify-accept", message, case.part.place("accept", index), _FIX.format("accept"))


def _rejected(case: Case, text: str, index: int) -> Finding:
    """An answer that must not be correct."""
    verdict = case.judge(text)
    if verdict.status is not Status.CORRECT:
        return case.tell.ok("reject", f"{text!r} is {verdict.status}")
    message = f"{text!r} must not be correct, but is"
    return case.tell.wrong("reject", "verify-reject", message, case.part.place("reject", index), _FIX.format("reject"))


def _foreseen(case: Case, mistake: Mistake, index: int) -> Finding:
    """A foreseen wrong answer: it reads, it is wrong, and it earns what the spec says."""
    text = case.shown(case.truth.foreseen[mistake.solve]) if mistake.solve else mistake.answer
    verdict = case.judge(text)
    place = case.part.place("mistakes", index)
    if verdict.status is Status.CORRECT:
        fix = "A mistake must be wrong: correct its `answer:`, or the solver."
        return case.tell.wrong("mistake", "verify-mistake", f"the mistake {text!r} is a correct answer", place, fix)
    if verdict.status not in _JUDGED:
        fix = "Write its `answer:` so that the declared type can read it."
        return case.tell.wrong("mistake", "verify-mistake", f"the mistake {text!r} is {told(verdict)}", place, fix)
    if verdict.credit != mistake.credit:
        message = f"{text!r} earns {verdict.credit}, not the {mistake.credit} declared"
        fix = "Another mistake of this part may read as the same answer."
        if verdict.reason == "foreseen_mistake":
            fix = f"It reads as the same answer as the mistake that says {verdict.feedback!r}."
        return case.tell.wrong("mistake", "verify-mistake", message, place, fix)
    return case.tell.ok("mistake", f"{text!r} earns {mistake.credit}")
