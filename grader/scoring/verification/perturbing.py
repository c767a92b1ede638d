"""Wrong answers next to the right one must not come out correct; those that do are weaknesses.

A digit, a sign, an exponent, an end point, a transposition, the order of factors: the answer type makes the slips
(:meth:`grader.answers.base.AnswerType.slips`), on trees and values and not on characters. Whether a slip makes another
answer is found out in floats, apart from the grader; only where that does not work is the type's own comparison asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.answers.base import Slipped
from grader.diagnostics import AnswerError
from grader.records import Status
from grader.scoring.verification.cases import Case
from grader.scoring.verification.findings import Finding

_FIX = (
    "Tighten the options of the part (tolerance, domain, structure, form). If the slip is really no mistake, name it "
    "under `known_weaknesses:` with the reason."
)


def check_perturbed(case: Case) -> Iterator[Finding]:
    """Each slip in the right answer is told from it, or is a weakness.

    Args:
        case: with a truth.
    """
    told_apart = 0
    for slip in case.kind.slips(case.truth.value, case.part.options):
        verdict = case.judge(slip.text)
        if verdict.status is not Status.CORRECT:
            told_apart += verdict.status.carries_marks
        elif _is_other(case, slip):
            yield _weakness(case, slip)
    if told_apart:
        yield case.tell.ok("perturb", f"{told_apart} wrong answers with one slip each are told from the right one")


def _is_other(case: Case, slip: Slipped) -> bool:
    """Whether an answer that passes says something else than the right one."""
    if slip.differs is not None:
        return slip.differs
    try:
        value = case.kind.read(slip.text, case.part.options)
    except AnswerError:
        return False
    return case.kind.same(value, case.truth.value, case.part.options) is False


def _weakness(case: Case, slip: Slipped) -> Finding:
    message = f"{slip.name}: {slip.text!r} is another answer, but comes out correct"
    place = case.part.place("key") if case.part.key else case.part.place("solve")
    return case.tell.weakness("perturb", slip.name, message, place, _FIX)
