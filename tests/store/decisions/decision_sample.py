"""Decisions and small runs for the tests of the log."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from grader.answers import get_type
from grader.records import Aside, Claim, Decision, Item, Note, Part, Problem, Result, Run, Status, Undo, Verdict
from grader.records.decisions import answer_digest, status_of
from grader.store.decisions import question_digest

AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
PART = Part("a", ("a",), "How many?", Fraction(4), "number", get_type("number").options_model(), "solve")
PROBLEM = Problem("count", "1", "Counting", "Count.", {"n": 3}, "reference/count.py", (PART,), "problems/count.yaml")


def result(text: str, subject: str = "ada", turn: int | None = None, **claim: Any) -> Result:
    """An answer of which the machine says undecided, or missing where there is none."""
    status = Status.UNDECIDED if text else Status.MISSING
    return Result(Claim(subject, "count", "a", turn, text, **claim), Verdict(status, None, "unsettled"))


def run(*results: Result, problem: Problem = PROBLEM) -> Run:
    subjects = tuple(dict.fromkeys(one.claim.subject for one in results))
    return Run("submissions", "Counting", (problem,), subjects, results)


def decision(on: Result, credit: str = "1/2", id_: str = "d1", **more: Any) -> Decision:
    claim, machine = on.claim, on.machine or on.verdict
    share = Fraction(credit)
    values = {
        "by": "grace",
        "at": AT,
        "why": "close",
        "spec": question_digest(PROBLEM, PART),
        "text": claim.text,
        "machine_status": machine.status,
        "machine_credit": machine.credit,
    } | more
    item = Item(claim.subject, claim.problem, claim.part, claim.turn)
    return Decision(id_, *item, answer_digest(claim), status_of(share), share, **values)


def undo(of: str, id_: str = "u1") -> Undo:
    return Undo(id_, of, "grace", AT)


def aside(on: Result, id_: str = "a1", why: str = "not asked") -> Aside:
    claim = on.claim
    item = Item(claim.subject, claim.problem, claim.part, claim.turn)
    return Aside(id_, *item, answer=answer_digest(claim), by="grace", at=AT, why=why, act="x", text=claim.text)


def note(on: Result, text: str, id_: str = "n1") -> Note:
    claim = on.claim
    return Note(id_, claim.subject, claim.problem, claim.part, claim.turn, "grace", AT, text)
