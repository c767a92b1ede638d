"""The benchmarks of large runs print what they measured, kill what they say, and find files that differ."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import pytest

from benchmarks import engines, inspect_score, killed_runs, large_runs
from benchmarks.items import Item
from benchmarks.large_runs import Grown
from benchmarks.measure import MIB, Measurement, measure
from benchmarks.replies import RIGHT, SILENT, WRONG, Made, Talk
from grader.records import HintKind

START = Measurement(2.0, 3.0, 100 * MIB)


def grown(replies: int, load: str = "cold") -> Grown:
    run = Measurement(2 + replies / 1000, 3 + replies / 500, 100 * MIB)
    return Grown(
        load, replies, 0.25, 0.1, replies * 700, replies * 900, run, replies / 1e5, replies / 1e6, "As planted."
    )


def test_the_memory_of_a_run_is_the_share_of_each_process() -> None:
    """What two processes share is counted once, so that the sum is no more than what each has resident."""
    made = "b = bytearray(60 * 2**20); import os, time; os.fork(); time.sleep(3)"
    shared = measure([sys.executable, "-c", made], shares=True).peak
    resident = measure([sys.executable, "-c", made]).peak
    assert 60 * MIB < shared < 100 * MIB < resident


def test_a_run_may_end_with_the_codes_that_are_named() -> None:
    """Any other is an error."""
    assert measure([sys.executable, "-c", "raise SystemExit(4)"], codes=(0, 4)).wall > 0
    with pytest.raises(RuntimeError, match="ended with 4"):
        measure([sys.executable, "-c", "raise SystemExit(4)"])


def test_the_tables_of_large_runs() -> None:
    """A row for each run, the start taken off where the run is much longer, and the factors of growth."""
    said = large_runs.report([grown(1_000), grown(10_000), grown(10_000, "natural")], START, 2)
    assert "| cold | 1,000 | 0.7 | 25 % | 3.0 | 5.0 | 333 |  | 100 | 0.9 |" in said
    assert "| cold | 10,000 | 7.0 | 25 % | 12.0 | 23.0 | 833 | 999 | 100 | 9.0 |" in said
    assert "| cold | 1,000 → 10,000 | 10.00 | 4.00 | 4.60 | 1.00 | 10.00 |" in said
    assert "| cold | 10,000 | 0.10 | 0.100 | 0.0100 | 23.0 | 230.0 | 200.0 |" in said
    assert "natural | 10,000 → " not in said
    assert "- natural, 10,000: As planted." in said


def test_the_tables_of_engines() -> None:
    """A row for each engine; chunks with other bytes are not passed over; sizes are told for each reply."""
    best = {"local": Measurement(2.0, 3.0, 100 * MIB), "ray": Measurement(4.0, 6.0, 200 * MIB)}
    row = engines.Compared("cold", 1_000, best, 0.5, {"the input": 700_000}, 3, same=False)
    said = engines.times([row])
    assert "| cold | 1,000 | 3 | local | 2.0 | 3.0 | 3.00 | 100 | DIFFER | 0.50 | 2,000 |" in said
    assert "| cold | 1,000 | 3 | ray | 4.0 | 6.0 | 6.00 | 200 | DIFFER | 0.50 | 2,000 |" in said
    assert "| cold | 1,000 | 700 |" in engines.sizes([row])


def test_large_runs_are_measured_from_files_to_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole program, on a few replies."""
    monkeypatch.setattr(large_runs, "FEW", 3)
    large_runs.main(["30", "--load", "natural", "--problems", "6", "--workers", "1", "--folder", str(tmp_path)])
    said = capsys.readouterr().out
    assert "## Large runs, 1 workers" in said
    assert "| natural | 30 |" in said
    assert "of 30 replies were graded as planted" in said
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- killed runs

SCRIPT = """
import os, subprocess, sys, time
from pathlib import Path
Path("out").mkdir(exist_ok=True)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path("child").write_text(str(child.pid))
Path("out/part").write_text("half")
time.sleep(float(sys.argv[1]))
child.kill()
"""


def wait_until(so: Callable[[], bool]) -> None:
    """Wait until something is so; fail where it does not come about in a minute."""
    deadline = time.monotonic() + 60
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


started = killed_runs.started


def started_and_written(command: Sequence[str], inside: Path) -> subprocess.Popen[bytes]:
    """A run that has come so far that it has written all, however long that took."""
    process = started(command, inside)
    wait_until(lambda: (inside / "out/part").is_file() and (inside / "out/part").stat().st_size == 4)
    return process


def test_a_kill_ends_all_processes_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that it started, and what it wrote until then is told."""
    monkeypatch.setattr(killed_runs, "started", started_and_written)
    tried = killed_runs.killed_after([sys.executable, "-c", SCRIPT, "600"], tmp_path / "inside", 0)
    assert tried.killed
    assert tried.written == 4
    child = int((tmp_path / "inside/child").read_text())
    wait_until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)


def test_a_run_that_has_ended_is_not_killed(tmp_path: Path) -> None:
    """The table says that it went through."""
    tried = killed_runs.killed_after([sys.executable, "-c", SCRIPT, "0"], tmp_path / "inside", 60)
    assert not tried.killed
    assert "| 1 | " in killed_runs.tries([tried])
    assert "went through" in killed_runs.tries([tried])


def test_times_are_fixed_in_the_runs_that_are_compared(tmp_path: Path) -> None:
    """By the variable that programs which make the same bytes again go by."""
    show = "import os; open('epoch', 'w').write(os.environ['SOURCE_DATE_EPOCH'])"
    killed_runs.whole([sys.executable, "-c", show], tmp_path / "inside")
    assert (tmp_path / "inside/epoch").read_text() == killed_runs.EPOCH
    with pytest.raises(RuntimeError, match="ended with 3"):
        killed_runs.whole([sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "inside")


def test_files_that_differ_are_named(tmp_path: Path) -> None:
    """By other bytes of the same length, too, and where they are in one folder only; the memory is none."""
    first = {"same": "1", "other": "2", "x/alone": "3", ".grade/memory/verdicts.sqlite-wal": "4"}
    for name, files in {"a": first, "b": {"same": "1", "other": "9"}}.items():
        for file, text in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text)
            os.utime(tmp_path / name / file, (0, 0))
    assert killed_runs.differences(tmp_path / "a", tmp_path / "b") == ["other", "x/alone (in one only)"]
    assert killed_runs.differences(tmp_path / "a", tmp_path / "a") == []


def test_moments_are_given_and_drawn() -> None:
    """Drawn ones are the same for the same seed, and within the run."""
    first = killed_runs.moments([0.5], 2, 7, 10.0)
    assert first[0] == 5.0
    assert first == killed_runs.moments([0.5], 2, 7, 10.0) != killed_runs.moments([0.5], 2, 8, 10.0)
    assert all(0 <= moment <= 10 for moment in first)


# ---------------------------------------------------------------- beside Inspect


def talk(*labels: str) -> Talk:
    item = Item("p", 1, "?", "number", "", ("1",), ("2",), (), None, 0)
    return Talk("model-a-1", "model-a", item, tuple(Made((HintKind.NONE, "?"), "1", label) for label in labels))


def test_the_tables_beside_inspect() -> None:
    """Inspect scores a reply of each sample, `grade transcripts` all; the start is taken off both."""
    log = inspect_score.Log(Path("x"), 100, 300, ())
    took = {name: Measurement(wall, wall, MIB) for name, wall in _walls(11, 6, 1).items()}
    start = {name: Measurement(wall, wall, MIB) for name, wall in _walls(1, 1, 0.5).items()}
    said = inspect_score.times(log, took, start)
    assert f"| {inspect_score.MATCH} | 11.0 | 11.0 | 1 | 100 | 9 | 10 | 1.0 |" in said
    assert f"| {inspect_score.OURS} | 6.0 | 6.0 | 1 | 300 | 50 | 60 | 1.0 |" in said
    assert f"| {inspect_score.LIMIT} | 1.0 | 1.0 | 1 |  |  |  | 0.5 |" in said
    said = inspect_score.ratios(log, took, start)
    assert f"| {inspect_score.MATCH} | 5.50 | 1.83 | 6.00 |" in said
    assert "It takes 6.0 times as long as zip" in said


def _walls(inspect: float, ours: float, raw: float) -> dict[str, float]:
    names = (inspect_score.MATCH, inspect_score.INCLUDES)
    return {
        **dict.fromkeys(names, inspect),
        inspect_score.OURS: ours,
        inspect_score.READER: 2,
        inspect_score.LIMIT: raw,
    }


def test_a_sample_is_right_where_its_last_answer_is() -> None:
    """A reply without an answer leaves the one before it standing."""
    assert inspect_score._last(talk(WRONG, RIGHT, SILENT)) == RIGHT
    assert inspect_score._last(talk(SILENT)) == SILENT


def test_full_marks_are_what_each_scorer_calls_so() -> None:
    """A letter for Inspect's own, credit for ours; a part of the marks is not full."""
    assert [inspect_score._full(one) for one in ("C", "I", {"credit": 1.0}, {"credit": 0.5}, 1)] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_our_scorer_takes_part_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every contestant gets the same log."""
    monkeypatch.setattr(inspect_score, "installed", lambda: False)
    without = inspect_score.commands(tmp_path / "log", tmp_path, tmp_path, 2)
    monkeypatch.setattr(inspect_score, "installed", lambda: True)
    named = inspect_score.commands(tmp_path / "log", tmp_path, tmp_path, 2)
    assert set(named) - set(without) == {inspect_score.MARKS}
    assert all(str(tmp_path / "log") in command for command in named.values())
