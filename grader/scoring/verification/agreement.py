"""Solver, key and second computation agree."""

from __future__ import annotations

from collections.abc import Iterator

from grader.records import Status
from grader.scoring.proofs import Proof
from grader.scoring.verification.cases import Case
from grader.scoring.verification.findings import Finding


def check_agreement(case: Case) -> Iterator[Finding]:
    """The solver ran and its second computation agrees; or the key agrees with both.

    Args:
        case: with what was computed.
    """
    return _key(case) if case.part.key else _solver(case)


def _solver(case: Case) -> Iterator[Finding]:
    part, tell = case.part, case.tell
    if case.truth.value is None:
        for diagnostic in case.truth.diagnostics:
            yield tell.about("solve", diagnostic)
        return
    if not part.solve:
        yield tell.ok("solve", "a person decides, and nothing is computed")
        return
    shown = case.shown(case.truth.value)
    told = case.kind.told(case.truth.value, part.options)
    telling = told != shown or case.kind.decided_by == "human"
    yield tell.ok("solve", f"{part.solve} gives {told}", telling=telling)
    if case.confirmation is None:
        yield _unconfirmed(case)
        return
    if case.confirmation.value is None:
        for diagnostic in case.confirmation.diagnostics:
            yield tell.about("confirm", diagnostic)
        return
    same = case.kind.same(case.truth.value, case.confirmation.value, part.options)
    if not same:
        # A numerical confirmation need not be identical; the part's own tolerance decides then.
        compared = case.kind.compare(case.confirmation.value, case.truth.value, part.options)
        same = compared.status is Status.CORRECT
    if same:
        yield tell.ok("confirm", f"{part.confirm} agrees")
        yield from _follow_through(case)
        return
    message = f"{part.solve} gives {shown}, but {part.confirm} gives {case.shown(case.confirmation.value)}"
    fix = "One of the two is wrong, or the tolerance is tighter than the second computation."
    yield tell.wrong("confirm", "verify-confirm", message, part.place("confirm"), fix)


def _follow_through(case: Case) -> Iterator[Finding]:
    """With the right earlier answers the function gives the right answer."""
    if case.follow is None:
        return
    if not case.follow:
        yield case.tell.ok("follow", f"{case.part.solve} gives the same from the right answers to earlier parts")
        return
    fix = "Let the function start from the earlier answers where they are given, and compute the rest as without them."
    place = case.part.place("follow_through")
    yield case.tell.wrong("follow", "verify-follow", case.follow, place, fix)


def _key(case: Case) -> Iterator[Finding]:
    if case.truth.value is None:
        for diagnostic in case.truth.diagnostics:
            yield case.tell.about("key", diagnostic)
        return
    for check, role in (("key", "solve"), ("confirm", "confirm")):
        if role in case.proofs:
            yield from _proved(case, check, getattr(case.part, role), case.proofs[role])
        elif role == "confirm":
            yield _unconfirmed(case)


def _proved(case: Case, check: str, function: str, proof: Proof) -> Iterator[Finding]:
    for diagnostic in proof.diagnostics:
        yield case.tell.about(check, diagnostic)
    if not proof.diagnostics:
        yield case.tell.ok(check, f"the key agrees with {function} at {proof.instances} drawn instances")


def _unconfirmed(case: Case) -> Finding:
    message = f"nothing confirms {case.part.solve}: one computation alone can be wrong"
    fix = f"Write a second function in {case.problem.solver} that finds it in another way; name it `confirm:`."
    return case.tell.warning("confirm", "verify-unconfirmed", message, case.part.place("solve"), fix)
