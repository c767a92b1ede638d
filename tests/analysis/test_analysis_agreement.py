"""The machine beside annotators, a key, and people who decided: what is compared, and what is a disagreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from analysis_sample import MARKS, NONE, C, D, P, U, W, hint, talks

from grader.analysis.agreement import BY_HAND, Agreement, agreements
from grader.analysis.index import RunIndex
from grader.analysis.opinions import opinions
from grader.records import Decision, Label, Result, Run, Status, Verdict

SAYS = {C: "right", P: "partial", W: "wrong"}


def run_of(*judged: tuple[Status, Status | str | None], by: str = "annotator") -> Run:
    """One conversation for each answer: its status, and what is said of it."""
    run = talks({f"t{at}": ([hint(NONE)], {"a": [(status, "1")]}) for at, (status, _) in enumerate(judged)})
    said = [SAYS.get(says, says) if isinstance(says, Status) else says for _, says in judged]
    return replace(
        run,
        conversations=tuple(
            replace(one, labels=(Label(by, 1, "p/a", says, "a note"),) if says else ())
            for one, says in zip(run.conversations, said, strict=True)
        ),
    )


def agreed(run: Run) -> tuple[Agreement, ...]:
    index = RunIndex(run)
    return agreements(index, opinions(index))


def test_a_table_of_what_both_say() -> None:
    """Open answers and free words are counted and not compared; what nobody labelled is in no count."""
    (found,) = agreed(run_of((C, C), (C, C), (C, W), (W, W), (P, W), (D, C), (U, W), (C, "nice"), (W, None)))
    assert found.by == "annotator"
    assert found.table == {(C, C): 2, (C, W): 1, (W, W): 1, (P, W): 1, (D, C): 1, (U, W): 1}
    assert (found.compared, found.agreed, found.open, found.free) == (5, 3, 2, 1)
    assert [(one.result.claim.subject, one.machine, one.says, one.note) for one in found.disagreements] == [
        ("t2", C, W, "a note"), ("t4", P, W, "a note"),
    ]  # fmt: skip


def test_kappa_by_hand() -> None:
    """Of 10 they agree on 7; by chance on (6·5 + 4·5)/100 = 1/2: kappa = 2/5. One problem tells no error."""
    (found,) = agreed(run_of(*[(C, C)] * 4, (C, W), (C, W), (W, C), *[(W, W)] * 3))
    assert found.kappa is not None
    assert (found.kappa.agreed, found.kappa.n) == (7, 10)
    assert found.kappa.value == pytest.approx((0.7 - 0.5) / 0.5)
    assert found.kappa.interval is None and found.kappa.why


def test_annotator_and_key_come_first() -> None:
    """Then the others as they come; of two labels of one person the first that can be compared counts."""
    run = run_of((C, None))
    labels = tuple(
        Label(by, 1, "p/a", says)
        for by, says in (("Ada", "right"), ("key", "wrong"), ("annotator", "hm"), ("annotator", "wrong"), ("Eve", "?"))
    )
    found = agreed(replace(run, conversations=tuple(replace(one, labels=labels) for one in run.conversations)))
    assert [(one.by, one.compared, one.agreed, one.free) for one in found] == [
        ("annotator", 1, 0, 1), ("key", 1, 0, 0), ("Ada", 1, 1, 0), ("Eve", 0, 0, 1),
    ]  # fmt: skip
    assert found[-1].kappa is None


def decided(result: Result, status: Status) -> Result:
    """The result as a person decided it."""
    claim, at = result.claim, datetime(2026, 11, 26, tzinfo=UTC)
    credit = MARKS.get(status, Fraction(0))
    decision = Decision(
        "1", claim.subject, claim.problem, claim.part, claim.turn, "", status, credit, "Ada", at, "a reason", ""
    )
    verdict = Verdict(status, credit, "decided_by_person")
    return replace(result, verdict=verdict, decision=decision, machine=result.verdict)


def test_the_machine_beside_those_who_decided() -> None:
    """What the machine had said is compared, also with labels; an answer that it left open is no disagreement."""
    run = run_of((C, C), (W, C), (D, None))
    results = tuple(decided(one, status) for one, status in zip(run.results, (C, C, W), strict=True))
    annotator, hand = agreed(replace(run, results=results))
    assert (annotator.compared, annotator.agreed) == (2, 1)
    assert (hand.by, hand.compared, hand.agreed, hand.open) == (BY_HAND, 2, 1, 1)
    assert hand.table == {(C, C): 1, (W, C): 1, (D, W): 1}
    assert [(one.machine, one.says, one.note) for one in hand.disagreements] == [(W, C, "a reason")]


def test_nobody_said_anything() -> None:
    assert agreed(run_of((C, None), (W, None))) == ()
