"""From a claim to a verdict: read it, compare it with the truth, say why. Pure: no files, no clock."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.answers import get_type
from grader.answers.base import Comparison
from grader.diagnostics import AnswerError, Diagnostic
from grader.intake.finder import find_in_text
from grader.records import Claim, Evidence, Mistake, Part, Problem, Status, Verdict
from grader.scoring.solvers import Truth


def score_claim(problem: Problem, part: Part, claim: Claim, truth: Truth) -> Verdict:
    """The judgement on what a subject says in answer to a part.

    Args:
        problem: of the part; verdicts name it nowhere, follow-through will need it.
        part: the question.
        claim: the answer as found; its text is a bare answer or a whole reply.
        truth: what the solver computed, read by the part's type.

    Returns:
        A verdict whose status is ``failed`` where there is no truth to compare with, ``missing`` for an empty claim,
        ``unreadable`` where the words do not read as the type, ``undecided`` where two answers are given of which one
        is right, or where equality could not be settled.
    """
    if truth.value is None:
        says = "The right answer could not be computed, so nothing was marked; the instructor knows."
        return Verdict(Status.FAILED, None, "no_truth", feedback=says, diagnostics=truth.diagnostics)
    kind = get_type(part.type)
    expected = kind.render(truth.value, part.options)
    if not claim.text.strip():
        return Verdict(Status.MISSING, None, "no_answer", expected=expected)
    value, rivals, problems = _read(kind, part, claim)
    if value is None:
        if problems is None:
            return Verdict(Status.MISSING, None, "no_answer", expected=expected)
        says = "The answer could not be read: " + "; ".join(d.message for d in problems) + "."
        return Verdict(Status.UNREADABLE, None, "unreadable", None, expected, says, None, problems)
    read_as = kind.render(value, part.options)
    compared = _with_mistakes(kind, part, value, kind.compare(value, truth.value, part.options))
    if rivals:
        return _of_rivals(kind, part, truth, [value, *rivals], compared, expected)
    return Verdict(
        compared.status, compared.credit, compared.reason, read_as, expected, compared.feedback, compared.evidence
    )


def _read(kind: Any, part: Part, claim: Claim) -> tuple[Any, list[Any], tuple[Diagnostic, ...] | None]:
    """The value of a claim and those of its rivals; or None and why (None again: there is no answer)."""
    try:
        value = kind.read(claim.text, part.options)
    except AnswerError as error:
        found = find_in_text(claim.text, part)
        if found is None:
            return None, [], None if claim.span is None else error.diagnostics
        if not found.readable:
            return None, [], error.diagnostics
        value, *rivals = found.values
    else:
        rivals = [kind.read(text, part.options) for text, _ in claim.rivals]
    return value, [r for r in rivals if kind.same(r, value, part.options) is not True], None


def _with_mistakes(kind: Any, part: Part, value: Any, compared: Comparison) -> Comparison:
    """The comparison, with the author's credit and words where the answer is a foreseen mistake."""
    if compared.status not in (Status.INCORRECT, Status.PARTIAL):
        return compared
    for mistake in part.mistakes:
        if _is_mistake(kind, part, value, mistake):
            status = Status.PARTIAL if mistake.credit else Status.INCORRECT
            return Comparison(status, Fraction(mistake.credit), "foreseen_mistake", mistake.says, compared.evidence)
    return compared


def _is_mistake(kind: Any, part: Part, value: Any, mistake: Mistake) -> bool:
    try:
        foreseen = kind.read(mistake.answer, part.options)
    except AnswerError:
        return False  # the author's error, which verify reports
    return kind.same(value, foreseen, part.options) is True


def _of_rivals(kind: Any, part: Part, truth: Truth, values: list[Any], last: Comparison, expected: Any) -> Verdict:
    """The verdict on several final answers: wrong if none is right, else for a human to decide."""
    shown = [kind.render(value, part.options) for value in values]
    listed = " and ".join(r.unicode for r in reversed(shown))
    if all(kind.compare(value, truth.value, part.options).status is Status.INCORRECT for value in values):
        says = f"More than one final answer is given ({listed}); none of them is right. {last.feedback}".strip()
        return Verdict(Status.INCORRECT, Fraction(0), "two_answers", shown[0], expected, says, last.evidence)
    says = f"More than one final answer is given: {listed}. A person will decide which one counts."
    return Verdict(Status.UNDECIDED, None, "two_answers", shown[0], expected, says, Evidence("none"))
