"""From a claim to a verdict: read it, compare it with the truth, say why. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from grader.answers import get_type
from grader.answers.base import AnswerType, Comparison
from grader.diagnostics import AnswerError, Diagnostic
from grader.intake.doubts import DAMAGED
from grader.intake.finding.finder import DOUBT, find_in_text
from grader.maths.reading.limits import refusal
from grader.records import Claim, Confidence, Evidence, Mistake, Part, Problem, Rendered, Status, Verdict
from grader.scoring.truth import Truth

AnswerKind = AnswerType[Any, Any]

MOST_SHOWN = 10_000
"""Right answers of which it is kept how they are shown."""


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
    kind: AnswerKind = get_type(part.type)
    expected = _expected(kind, truth, part)
    if kind.decided_by == "human":
        return _for_a_person(kind, part, claim, truth)
    if not claim.text.strip():
        return Verdict(Status.MISSING, None, "no_answer", expected=expected)
    if too_large := refusal(claim.text):
        says = f"The answer is too large to be read: {too_large}."
        return Verdict(Status.UNREADABLE, None, "too_large", None, expected, says)
    reading = _read(kind, part, claim)
    if damage := next((d for d in claim.diagnostics if d.code == DAMAGED), None):
        return _damaged(kind, part, reading, damage, expected)
    if reading.value is None:
        if not reading.problems:
            return Verdict(Status.MISSING, None, "no_answer", expected=expected)
        says = "The answer could not be read: " + "; ".join(d.message for d in reading.problems) + "."
        return Verdict(Status.UNREADABLE, None, "unreadable", None, expected, says, None, reading.problems)
    read_as = _shown(kind, reading.value, part)
    compared = _compare(kind, part, reading.value, truth)
    if (whole := _read_with_given(kind, part, claim)) is not None:
        told = _compare(kind, part, whole, truth)
        unknown = compared.reason == "unknown_symbol" or compared.status is Status.UNDECIDED
        if compared.status is not Status.CORRECT and (unknown or told.status is not Status.UNDECIDED):
            reading, read_as, compared = replace(reading, value=whole), _shown(kind, whole, part), told
        elif compared.status is Status.CORRECT and told.status in (Status.INCORRECT, Status.PARTIAL):
            says = (
                f"As the question names things this is right; as the text itself defines them ({claim.told}) it is not."
            )
            reading = replace(reading, doubt=says)
    if reading.rivals:
        return _of_rivals(kind, part, truth, reading, compared, expected)
    if reading.doubt:
        says = f"Whether this is meant as the answer is for a person to decide: {reading.doubt}"
        return Verdict(Status.UNDECIDED, None, "doubtful", read_as, expected, says, Evidence("none"))
    return Verdict(
        compared.status, compared.credit, compared.reason, read_as, expected, compared.feedback, compared.evidence
    )


def _damaged(kind: AnswerKind, part: Part, reading: _Reading, damage: Diagnostic, expected: Rendered) -> Verdict:
    """The verdict on words that are lost or guessed: a person compares them with the original."""
    says = f"A person will look at this answer. {damage.message}"
    if reading.value is None:
        return Verdict(Status.UNREADABLE, None, "damaged", None, expected, says, None, (damage,))
    read_as = _shown(kind, reading.value, part)
    return Verdict(Status.UNDECIDED, None, "damaged", read_as, expected, says, Evidence("none"), (damage,))


def _for_a_person(kind: AnswerKind, part: Part, claim: Claim, truth: Truth) -> Verdict:
    """The verdict on a text that a person marks: undecided, with what the person goes by; missing without words."""
    facts = kind.render(truth.value, part.options)
    expected = facts if facts.unicode else None
    try:
        value = kind.read(claim.text, part.options)
    except AnswerError:
        return Verdict(Status.MISSING, None, "no_answer", expected=expected)
    asked = kind.compare(value, truth.value, part.options)
    return Verdict(asked.status, asked.credit, asked.reason, None, expected, asked.feedback, asked.evidence)


_shown_truths: dict[int, tuple[Truth, Rendered]] = {}
"""Right answers as they are shown, by the identity of the truth: each is the same for all who are asked."""


def _expected(kind: AnswerKind, truth: Truth, part: Part) -> Rendered:
    """The right answer as the type renders it; written once."""
    known = _shown_truths.get(id(truth))
    if known is None or known[0] is not truth:
        if len(_shown_truths) > MOST_SHOWN:
            _shown_truths.clear()
        known = _shown_truths[id(truth)] = (truth, _shown(kind, truth.value, part))
    return known[1]


def _shown(kind: AnswerKind, value: Any, part: Part) -> Rendered:
    """A value as the type renders it, once somebody looks at it."""
    made: list[Rendered] = []

    def whole() -> Rendered:
        if not made:
            made.append(kind.render(value, part.options))
        return made[0]

    return Rendered.late(lambda: whole().unicode, lambda: whole().latex, lambda: whole().mathml)


def plain_answer(part: Part, claim: Claim) -> object | None:
    """The answer that a claim gives, as a plain value that a solver takes.

    Args:
        part: the question.
        claim: the answer as found.

    Returns:
        None where there is not one answer that is plain: nothing is said, or two things, or not surely.
    """
    kind: AnswerKind = get_type(part.type)
    if not claim.text.strip() or refusal(claim.text):
        return None
    reading = _read(kind, part, claim)
    if reading.value is None or reading.rivals or reading.doubt:
        return None
    return kind.plain(reading.value, part.options)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a claim says.

    Args:
        value: as read by the part's type; None if it cannot be read, or nothing is said.
        rivals: values of other final answers.
        problems: why it cannot be read.
        doubt: why it may not be meant as the answer.
        plain: it is marked as the answer, so that rivals of which none is right are all wrong.
    """

    value: Any = None
    rivals: tuple[Any, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    doubt: str = ""
    plain: bool = True


def _read(kind: AnswerKind, part: Part, claim: Claim) -> _Reading:
    try:
        value = kind.read(claim.text, part.options)
    except AnswerError as error:
        found = find_in_text(claim.text, part)
        if found is None:
            return _Reading(problems=() if claim.span is None else error.diagnostics)
        if not found.readable:
            return _Reading(problems=error.diagnostics)
        value, *others = found.values
        doubt, plain = found.doubt, found.plain
    else:
        others = [_read_rival(kind, part, text) for text, _ in claim.rivals]
        doubt = next((d.message for d in claim.diagnostics if d.code == DOUBT), "")
        plain = claim.confidence is Confidence.HIGH
    rivals = tuple(r for r in others if r is not None and kind.same(r, value, part.options) is not True)
    return _Reading(value, rivals, (), doubt, plain)


def _read_with_given(kind: AnswerKind, part: Part, claim: Claim) -> Any:
    """The answer with what its text says elsewhere of the symbols in it; None where there is nothing of the kind."""
    if not claim.given:
        return None
    try:
        return kind.read(claim.told, part.options)
    except AnswerError:
        return None


def _read_rival(kind: AnswerKind, part: Part, text: str) -> Any:
    try:
        return kind.read(text, part.options)
    except AnswerError:
        found = find_in_text(text, part)
        return found.values[0] if found is not None and found.readable else None


def _compare(kind: AnswerKind, part: Part, value: Any, truth: Truth) -> Comparison:
    return _with_mistakes(kind, part, value, truth, kind.compare(value, truth.value, part.options))


def _with_mistakes(kind: AnswerKind, part: Part, value: Any, truth: Truth, compared: Comparison) -> Comparison:
    """The comparison, with the author's credit and words where the answer is a foreseen mistake."""
    if compared.status not in (Status.INCORRECT, Status.PARTIAL):
        return compared
    for mistake in part.mistakes:
        if _is_mistake(kind, part, value, truth, mistake):
            status = Status.PARTIAL if mistake.credit else Status.INCORRECT
            reason = compared.reason if compared.reason in kind.relations else "foreseen_mistake"
            return Comparison(status, Fraction(mistake.credit), reason, mistake.says, compared.evidence)
    return compared


def _is_mistake(kind: AnswerKind, part: Part, value: Any, truth: Truth, mistake: Mistake) -> bool:
    foreseen = truth.foreseen.get(mistake.solve) if mistake.solve else _read_mistake(kind, part, mistake)
    if foreseen is None:
        return False  # the author's error, which verify reports
    return kind.same(value, foreseen, part.options) is True


_mistakes: dict[tuple[int, int], tuple[Part, Mistake, Any]] = {}  # by identity, for options have no hash
MOST_MISTAKES = 4096
"""Foreseen mistakes that are kept as read: every wrong answer to their part is held against them."""


def _read_mistake(kind: AnswerKind, part: Part, mistake: Mistake) -> Any:
    """A foreseen mistake as the part's type reads it; None if it cannot be read."""
    key = id(part), id(mistake)
    if (kept := _mistakes.get(key)) is not None:  # which keeps both alive, so that no identity is used again
        return kept[2]
    try:
        value = kind.read(mistake.answer, part.options)
    except AnswerError:
        value = None
    if len(_mistakes) >= MOST_MISTAKES:
        _mistakes.clear()
    _mistakes[key] = part, mistake, value
    return value


def _of_rivals(
    kind: AnswerKind, part: Part, truth: Truth, reading: _Reading, last: Comparison, expected: Rendered
) -> Verdict:
    """The verdict on several answers: wrong if all are marked as final and none earns marks; else for a human."""
    values = (reading.value, *reading.rivals)
    shown = [_shown(kind, value, part) for value in values]
    listed = " and ".join(r.unicode for r in reversed(shown))
    if reading.plain and all(_compare(kind, part, v, truth).status is Status.INCORRECT for v in values):
        says = f"More than one final answer is given ({listed}); none of them is right. {last.feedback}".strip()
        return Verdict(Status.INCORRECT, Fraction(0), "two_answers", shown[0], expected, says, last.evidence)
    says = f"More than one answer is given: {listed}. A person will decide which one counts."
    return Verdict(Status.UNDECIDED, None, "two_answers", shown[0], expected, says, Evidence("none"))
