"""Time by stage is counted once: what passes in a stage does not count for the one that called it."""

from __future__ import annotations

from itertools import count

import pytest

from benchmarks import stages
from benchmarks.stages import REST, STAGES, Clock, watched


def test_a_stage_has_the_time_that_its_inner_stages_have_not() -> None:
    """A clock that ticks once each time somebody looks: inner 1, outer 2, and the rest."""
    clock = Clock(count().__next__)
    inner = clock.timed("inner", lambda: None)
    clock.timed("outer", lambda: inner())()
    clock.lap()
    assert clock.spent == {REST: 2, "outer": 2, "inner": 1}


def test_a_stage_that_fails_has_ended() -> None:
    """What comes after it counts for the stage around it."""
    clock = Clock(count().__next__)
    with pytest.raises(ZeroDivisionError):
        clock.timed("failing", lambda: 1 / 0)()
    clock.lap()
    assert clock.spent == {REST: 2, "failing": 1}


def test_every_stage_is_watched_wherever_its_functions_are_used_and_then_no_more() -> None:
    """Functions are there under the names in the table, also in modules that took the names over."""
    from grader.intake import claims
    from grader.scoring import score

    before = (claims.answer_in, score.score_claim, stages.lines)
    with watched(Clock()):
        inside = (claims.answer_in, score.score_claim, stages.lines)
        assert all(getattr(one, "__wrapped__", None) is other for one, other in zip(inside, before, strict=True))
    assert (claims.answer_in, score.score_claim, stages.lines) == before
    assert len({name for name, _ in STAGES}) == len(STAGES)
