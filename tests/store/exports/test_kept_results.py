"""Exports are made of the run with the marks that people gave, as the reports are, and read it record by record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from export_sample import answers, class_of, course, keep
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.records import Claim, Decision, Event, Result, Run, Status, Undo, Verdict
from grader.records.decisions import answer_digest, status_of
from grader.specs import Course
from grader.store.decisions import Log, apply
from grader.store.exports import kept_run
from grader.store.runs import Reader

AT = datetime(2026, 11, 26, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course."""
    return course(tmp_path_factory.mktemp("decided") / "course")


@pytest.fixture(scope="module")
def run(graded: Course) -> Run:
    """Students, of whom one has turns, as in a conversation, that carry an answer on."""
    own = [one for name in ("ada", "emil", "=eve") for one in answers(name, 1, None, 0, "1/2")]
    said = Claim("talk", "damping", "a", 1, "2")
    turns = [replace(said, turn=turn, carried=turn > 1, text="3" if turn == 4 else "2") for turn in (1, 2, 3, 4)]
    open_ = Verdict(Status.UNDECIDED, None, "unsettled")
    return class_of(graded, [own, [Result(one, open_) for one in turns]])


@pytest.fixture(scope="module")
def out(graded: Course, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which it is kept."""
    return keep(graded, run, tmp_path_factory.mktemp("kept"))


def decision(number: int, on: Result, credit: Fraction, *, elsewhere: bool = False, other: bool = False) -> Decision:
    """A decision on an answer; on that of nobody, or on other words."""
    claim = on.claim
    digest = answer_digest(replace(claim, text="other") if other else claim)
    who = "nobody" if elsewhere else claim.subject
    return Decision(
        f"d{number}",
        who,
        claim.problem,
        claim.part,
        claim.turn,
        digest,
        status_of(credit),
        credit,
        "grace",
        AT,
        "",
        "0" * 32,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_results_and_notes_are_those_of_the_reports(run: Run, out: Path, data: st.DataObject) -> None:
    """Whatever was decided: on whom, on which words, taken back or carried on."""
    chosen = data.draw(st.lists(st.sampled_from(run.results), max_size=6))
    events: list[Event] = [
        decision(
            number,
            one,
            data.draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)])),
            elsewhere=data.draw(st.integers(0, 5)) == 0,
            other=data.draw(st.integers(0, 5)) == 0,
        )
        for number, one in enumerate(chosen)
    ]
    if events and data.draw(st.booleans()):
        events.append(Undo("u", data.draw(st.sampled_from([events[0].id, "gone"])), "grace", AT))
    log = Log(tuple(events))
    whole = apply(run, log)
    with kept_run(out, log) as kept:
        assert tuple(kept.results()) == whole.run.results
        assert sorted(map(str, kept.notes)) == sorted(map(str, whole.diagnostics))


def test_only_subjects_with_decisions_are_held_in_memory(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are read when they are asked for, one at a time, and once."""
    asked: list[str | None] = []
    results = Reader.results

    def counted(self: Reader, subject: str | None = None) -> object:
        asked.append(subject)
        return results(self, subject)

    monkeypatch.setattr(Reader, "results", counted)
    with kept_run(out, Log((decision(1, run.results[4], Fraction(1)),))) as kept:
        assert asked == ["emil"]
        assert next(kept.results()) == run.results[0]
        assert asked == ["emil", None]
