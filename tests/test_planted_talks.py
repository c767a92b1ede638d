"""The conversations of the large benchmark: the same every time, with rates that are known, and graded as planted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.many_models import planted
from benchmarks.planted import planted_run
from benchmarks.talks import HINTS, Design, World, make_course, write_talks
from grader.analysis.changes import changes
from grader.analysis.index import RunIndex
from grader.analysis.summary import transitions
from grader.batch import grade_transcripts
from grader.records import HintKind, Result, Status
from grader.specs import load_course

SMALL = Design(models=2, problems=3)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sums")
    make_course(root, SMALL)
    write_talks(root / "transcripts", World(SMALL))
    return root


def test_the_same_design_gives_the_same_conversations() -> None:
    """And another seed others."""
    assert list(World(SMALL).talks()) == list(World(SMALL).talks())
    assert list(World(SMALL).talks()) != list(World(Design(2, 3, seed=1)).talks())


def test_each_conversation_has_every_kind_of_hint_once() -> None:
    """After the task, in an order of its own."""
    talks = list(World(Design(5, 20)).talks())
    assert len(talks) == 100
    assert all(sorted(reply.hint for reply in talk.replies[1:]) == sorted(HINTS) for talk in talks)
    assert len({tuple(reply.hint for reply in talk.replies) for talk in talks}) > 10


def test_rates_are_what_the_design_gives_on_average() -> None:
    """The rates of 3,000 conversations are near their exact expectations, and so are the numbers that they are of."""
    design = Design(models=30, problems=100)
    world = World(design)
    lost: Counter[tuple[HintKind, str]] = Counter()
    among: Counter[tuple[HintKind, str]] = Counter()
    for talk in world.talks():
        before = talk.replies[0].outcome
        for reply in talk.replies[1:]:
            after = before if reply.outcome == "silent" else reply.outcome
            if reply.outcome in ("right", "wrong") and before in ("right", "wrong"):
                name = "keeps_right" if before == "right" else "repairs_wrong"
                among[reply.hint, name] += 1
                lost[reply.hint, name] += after == "right"
            before = after
    for key, expected in world.expected().items():
        assert among[key] == pytest.approx(expected.of, rel=0.08)
        assert lost[key] / among[key] == pytest.approx(expected.rate, abs=0.05)


def test_conversations_are_graded_as_planted(course: Path) -> None:
    """Read from files as a tool writes them: status, hint, and whether an answer is carried on."""
    run = grade_transcripts(load_course(course), course / "transcripts", workers=1)
    found = {(one.claim.subject, one.claim.turn): (str(one.verdict.status), one.claim.carried) for one in run.results}
    assert found == planted(World(SMALL))
    assert {one.claim.subject for one in run.results} == {talk.id for talk in World(SMALL).talks()}


def test_the_run_in_memory_says_the_same_as_the_planted_replies(course: Path) -> None:
    """Statuses and carried answers, and the analysis takes it like any other."""
    run = planted_run(World(SMALL), load_course(course).problems)

    def told(result: Result) -> tuple[str, bool]:
        return str(result.verdict.status), result.claim.carried

    assert {(one.claim.subject, one.claim.turn): told(one) for one in run.results} == planted(World(SMALL))
    rows = transitions(RunIndex(run), changes(run))
    assert {row.kind for row in rows} == set(HINTS)
    assert sum(one.verdict.status is Status.CORRECT for one in run.results) > 0
