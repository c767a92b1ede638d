"""Where there is no terminal a run tells now and then, in a line, how far it is and what is left."""

from __future__ import annotations

import math

import pytest

from grader.batch import Advance
from grader.commands.grading_progress import progress


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (Advance(1200, 0, 300, 0, 1000, 30.0), "graded 1,200 students (40/s), 30%, 1 min 10 s left\n"),
        (Advance(1200, 1000, 300, 200, 1000, 10.0), "graded 1,200 students, 1,000 of them before (20/s), 30%, "
         "1 min 10 s left\n"),
        (Advance(3, 0, 500, 0, 1000, 1.0), "graded 3 students (3/s), 50%\n"),
        (Advance(3, 0, 500, 0, 0, 9.0), "graded 3 students (0/s)\n"),
    ],
)  # fmt: skip
def test_a_line_has_counts_rate_share_and_the_time_that_is_left(
    state: Advance, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be told yet, or at all, is left out."""
    monkeypatch.setattr("grader.commands.grading_progress.EVERY", 0.0)
    with progress(silent=False, students=True) as told:
        assert told is not None
        told(state)
    assert capsys.readouterr() == ("", line)


@pytest.mark.parametrize(("silent", "every"), [(True, 0.0), (False, math.inf)])
def test_where_it_is_to_be_silent_or_little_time_has_passed_nothing_is_told(
    silent: bool, every: float, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between two lines there is some time."""
    monkeypatch.setattr("grader.commands.grading_progress.EVERY", every)
    with progress(silent=silent, students=False) as told:
        if told is not None:
            told(Advance(1, 0, 1, 0, 2, 1.0))
    assert (told is None) is silent
    assert capsys.readouterr() == ("", "")
