"""From what a derivation does to what is said of it: status, credit, the step, the witness."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from grader.answers._derivation.judging import Findings
from grader.answers._derivation.steps import Step
from grader.answers.base import Comparison
from grader.maths.deciding.equality import Outcome
from grader.maths.rendering.render import render
from grader.maths.tree import Node
from grader.records import Evidence, Status, Witness

_SHOWN = 80
_NEITHER = "Neither the given start nor the result was found; a person will look."
_RANKS = {"identical": 0, "exact": 1, "modular": 2, "ball arithmetic": 3}


@dataclass(frozen=True, slots=True)
class Policy:
    """What is credited.

    Args:
        least: lines that have to stand between the start and the end.
        by_steps: up to the first wrong step, the share of the steps is credited.
        slip: share for the right end with a wrong step on the way.
        result: share for the right result without steps; None leaves it to a person.
        form: share for the right value with what was to be avoided.
    """

    least: int
    by_steps: bool
    slip: Fraction
    result: Fraction | None
    form: Fraction


def verdict_on(found: Findings, policy: Policy) -> Comparison:
    """The comparison that is made of a derivation.

    Args:
        found: what it does.
        policy: what is credited.
    """
    wrong, unsettled = found.wrong, found.unsettled
    if wrong is not None and unsettled is not None and (found.is_lost or unsettled.number < wrong.number):
        lead = f"Step {unsettled.number} could not be settled: {unsettled.outcome.why}."
        return _open("unsettled", f"{lead} This was found besides: {_told(wrong, found)} A person will look.", wrong)
    if wrong is not None and found.is_beside_the_point:
        return _open("not_understood", f"{_NEITHER} This was found besides: {_told(wrong, found)}", wrong)
    if wrong is not None:
        return _wrong(wrong, found, policy)
    if unsettled is not None:
        unread = found.derivation.unread[:1] if unsettled.relation is None else ()
        why = f"“{unread[0]}” could not be read" if unread else unsettled.outcome.why
        lead = f"Step {unsettled.number} could not be settled{_quoted(unsettled)} ({why})."
        return _open("unsettled", f"{lead} Of the other steps none is wrong. A person will look.")
    if found.derivation.unread:
        says = f"A part could not be read: “{found.derivation.unread[0]}”. What was read follows. A person will look."
        return _open("unread", says)
    return _all_follow(found, policy)


def _all_follow(found: Findings, policy: Policy) -> Comparison:
    """The verdict where every step follows."""
    if found.end is None:
        return _without_end(found, policy)
    if found.other_result is not None:
        says = f"It ends with {_shown(found.other_result)}, which is not what was derived; a person will look."
        return _open("two_results", f"Every step follows. {says}")
    if found.start is None or not found.is_in_order or found.between < policy.least:
        return _without_steps(found, policy)
    return Comparison(Status.CORRECT, Fraction(1), "follows", _counted(found), _evidence(found))


def _counted(found: Findings) -> str:
    steps = len(found.steps)
    return f"All {steps} steps follow." if steps > 1 else "The step follows."


def _without_end(found: Findings, policy: Policy) -> Comparison:
    evidence = _evidence(found)
    if found.lacking and found.tells_names:
        return Comparison(Status.CORRECT, Fraction(1), "follows", _counted(found), evidence)
    if found.lacking:
        credit = policy.form
        status = Status.PARTIAL if credit else Status.INCORRECT
        witness = Witness((), _shown(found.ends[-1][0].node), "the asked form")
        says = f"Every step follows, but the end is not in the asked form: {found.lacking}"
        return Comparison(status, credit, "form", says, Evidence(evidence.method, evidence.error_bound, witness))
    result = found.derivation.result
    last = _shown(result) if result is not None else "nothing"
    witness = Witness((), f"it ends with {last}", "what was asked")
    if not found.steps:
        if result is None or found.asked.matrix.compare(found.world.meaning(result), witness=False).equal is not False:
            return _open("no_steps", "No steps were found that could be checked; a person will look.")
        says = f"No steps are shown, and the result {last} is not right."
        return Comparison(Status.INCORRECT, Fraction(0), "different", says, Evidence("modular", "", witness))
    if found.is_lost:
        return _open("not_understood", _NEITHER)
    good = len(found.steps)
    credit = Fraction(good, good + 1) if policy.by_steps else Fraction(0)
    status = Status.PARTIAL if credit else Status.INCORRECT
    says = f"Every step follows, but the derivation stops before what was asked: it ends with {last}."
    return Comparison(status, credit, "unfinished", says, Evidence(evidence.method, evidence.error_bound, witness))


def _without_steps(found: Findings, policy: Policy) -> Comparison:
    """The right end, but no derivation of it from the start that was asked."""
    told = [step for step in found.steps if step.outcome.method != "identical"]
    if len(told) <= 1:
        lead, reason = "No steps are shown", "no_steps"
    elif found.start is None or not found.is_in_order:
        lead, reason = "It does not begin with what was given", "other_start"
    else:
        lead, reason = "Between the given start and the result no step is shown", "no_steps"
    if policy.result is None or reason == "other_start":
        return _open(reason, f"The result is right. {lead}; a person will look whether it is derived.")
    status = Status.PARTIAL if policy.result else Status.INCORRECT
    witness = Witness((), "the result alone", "the steps to it")
    evidence = _evidence(found)
    says = f"The result is right. {lead}."
    return Comparison(status, policy.result, reason, says, Evidence(evidence.method, evidence.error_bound, witness))


def _wrong(step: Step, found: Findings, policy: Policy) -> Comparison:
    """The verdict where a step does not follow."""
    good, total = step.number - 1, len(found.steps)
    credit = Fraction(good, total) if policy.by_steps else Fraction(0)
    right_end = found.end is not None and not (found.end.line is step.line and found.end.node == step.right)
    if right_end:
        credit = max(credit, policy.slip)
    status = Status.PARTIAL if credit else Status.INCORRECT
    says = _told(step, found)
    if right_end:
        says += " The result is right all the same."
    return Comparison(status, credit, "step", says, _evidence_against(step))


def _told(step: Step, found: Findings) -> str:
    """What is wrong with a step, in a sentence or two."""
    outcome = step.outcome
    lead = f"Step {step.number} of {len(found.steps)} does not follow{_quoted(step)}"
    if outcome.shapes is not None:
        turned = "One is the other transposed" if outcome.relation == "transposed" else "The sizes do not fit"
        return f"{lead}. {turned}: {outcome.shapes[1]} on the left, {outcome.shapes[0]} on the right."
    if outcome.method == "shapes":
        return f"{lead}. The sizes do not fit: {outcome.why}."
    if outcome.relation == "undefined":
        return f"{lead}. {outcome.why[:1].upper()}{outcome.why[1:]}."
    hint = {
        "sign": "The two differ by their sign.",
        "scaled": "One is a constant multiple of the other.",
        "transposed": "One is the other transposed.",
    }.get(outcome.relation, "")
    where = _where(outcome)
    if found.asked.unknown and not hint:
        hint = "It does not hold at the solution."
    return " ".join(piece for piece in (f"{lead}.", hint, where) if piece)


def _where(outcome: Outcome) -> str:
    difference = outcome.difference
    if difference is None or not difference.yours:
        return ""
    at = ", ".join(f"{name} = {value}" for name, value in difference.at)
    lead = f"At {at}" if at else "At a drawn instance"
    return f"{lead} the left side is {difference.expected} and the right side is {difference.yours}."


def _evidence_against(step: Step) -> Evidence:
    outcome, difference = step.outcome, step.outcome.difference
    if difference is not None and difference.yours:
        witness = Witness(difference.at, f"{difference.yours} on the right", f"{difference.expected} as on the left")
    elif outcome.shapes is not None:
        witness = Witness((), f"{outcome.shapes[0]} on the right", f"{outcome.shapes[1]} as on the left")
    elif outcome.why:
        witness = Witness((), outcome.why, "sizes that fit" if outcome.method == "shapes" else "two equal sides")
    else:
        witness = Witness((), _shown(step.right), f"the value of {_shown(step.left)}")
    return Evidence(outcome.method, outcome.bound, witness)


def _evidence(found: Findings) -> Evidence:
    """The weakest of the methods by which the steps were decided."""
    outcomes = [step.outcome for step in found.steps] or [Outcome(None, "none")]
    weakest = max(outcomes, key=lambda outcome: _RANKS.get(outcome.method, 0))
    return Evidence(weakest.method, weakest.bound)


def _open(reason: str, says: str, step: Step | None = None) -> Comparison:
    return Comparison(
        Status.UNDECIDED, None, reason, says, Evidence("none") if step is None else _evidence_against(step)
    )


def _quoted(step: Step) -> str:
    if step.relation is None:
        return ""
    text = render(step.relation).unicode
    return f": {text}" if len(text) <= 2 * _SHOWN else f": {_shown(step.left)} {step.sign} {_shown(step.right)}"


def _shown(node: Node | None) -> str:
    if node is None:
        return "what could not be read"
    text = render(node).unicode
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
