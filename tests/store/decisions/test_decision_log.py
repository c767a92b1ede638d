"""The log of decisions: its lines, its file, and which decisions stand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from decision_sample import aside, decision, note, result, undo
from hypothesis import given
from hypothesis import strategies as st

from grader.diagnostics import InputError
from grader.records import Decision, Event, Status, Undo
from grader.store.decisions import Log, append, event_object, read_event, read_log

ANSWER = result("3 or 4")


def line(**changes: object) -> bytes:
    """The line of a decision with some keys changed, and those that are ``...`` left out."""
    found = {**event_object(decision(ANSWER)), **changes}
    return json.dumps({key: value for key, value in found.items() if value is not ...}).encode()


@pytest.mark.parametrize(
    "event",
    [
        decision(ANSWER),
        decision(ANSWER, "1", comment="Well seen. \u2028 <b>&", act="x"),
        decision(result("", turn=2), "0", why="\ud800 \x00 \u202e דנה"),
        note(ANSWER, "ask Emmy"),
        aside(ANSWER),
        undo("d1"),
    ],
)
def test_what_is_written_reads_back(tmp_path: Path, event: Event) -> None:
    """Any event survives the file, lone surrogates and control characters with it."""
    append(tmp_path / "d.jsonl", [event])
    assert read_log(tmp_path / "d.jsonl").events == (event,)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (b"hello", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 60000, "not JSON"),
        (b"9" * 6000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "schema is missing"),
        (line(schema=2), "schema is 2; this version reads 1"),
        (line(schema=True), "schema is true"),
        (line(event="delete"), 'event is "delete"'),
        (line(event=[1]), "event is [1]"),
        (line(why=...), 'the key "why" is not there'),
        (line(colour="red"), 'the key "colour" is unknown'),
        (line(credit=0.5), "credit is 0.5"),
        (line(credit="3/2"), 'credit is "3/2"'),
        (line(credit="-1"), 'credit is "-1"'),
        (line(credit="1/0"), 'credit is "1/0"'),
        (line(credit="1e9"), 'credit is "1e9"'),
        (line(credit=None), "credit is null"),
        (line(status="correct"), "status correct with credit 1/2"),
        (line(status="great"), 'status is "great"'),
        (line(turn=0), "turn is 0"),
        (line(turn=True), "turn is true"),
        (line(subject=""), "subject is empty"),
        (line(subject=7), "subject is 7"),
        (line(answer="abc"), 'answer is "abc"'),
        (line(at="yesterday"), 'at is "yesterday"'),
        (line(at="2026-11-26T15:00:00"), "at is"),
        (line(at=5), "at is 5"),
        (line(machine="correct"), 'machine is "correct"'),
        (line(why="x" * 9000), "why has 9000 characters"),
        (line(why="x" * 90000), "bytes"),
    ],
)
def test_a_line_that_is_no_event_is_told_with_its_number(tmp_path: Path, found: bytes, says: str) -> None:
    """A foreign line stops the reading, with what was found, and its line; the sound lines do not hide it."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(line() + b"\n" + found + b"\n" + line() + b"\n")
    with pytest.raises(InputError) as caught:
        read_log(path)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "decisions-line"
    assert diagnostic.span is not None and diagnostic.span.line == 2
    assert says in diagnostic.message


def test_many_foreign_lines_are_counted(tmp_path: Path) -> None:
    """Twenty are named, the others are counted."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"x\n" * 50)
    with pytest.raises(InputError) as caught:
        read_log(path)
    assert len(caught.value.diagnostics) == 21
    assert "30 more" in caught.value.diagnostics[-1].message


def test_no_file_is_an_empty_log(tmp_path: Path) -> None:
    """Before anything was decided there is nothing to read, and nothing to tell."""
    assert read_log(tmp_path / "d.jsonl") == Log()


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_last_line_that_breaks_off_is_left_out_and_told(tmp_path: Path, cut: int) -> None:
    """What a crash left of a line is no decision; the next one does not run into it, and the bytes are kept aside."""
    path = tmp_path / "d.jsonl"
    append(path, [decision(ANSWER)])
    with path.open("ab") as stream:
        stream.write(line()[:cut])
    log = read_log(path)
    assert log.events == (decision(ANSWER),)
    assert [d.code for d in log.diagnostics] == ["decisions-torn"]
    append(path, [undo("d1")])
    after = read_log(path)
    assert after.events == (decision(ANSWER), undo("d1"))
    assert after.diagnostics == ()
    assert (tmp_path / "d.jsonl.torn").read_bytes() == line()[:cut] + b"\n"


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full nothing is half written, and the caller is told."""
    path = tmp_path / "d.jsonl"
    append(path, [decision(ANSWER)])
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append(path, [undo("d1")])
    assert path.read_bytes() == before


def test_an_event_that_would_not_read_back_is_not_written(tmp_path: Path) -> None:
    """A reason of a megabyte is refused before the file is touched."""
    with pytest.raises(InputError, match="9000 characters"):
        append(tmp_path / "d.jsonl", [decision(ANSWER, why="x" * 9000)])
    assert not (tmp_path / "d.jsonl").exists()


def test_appends_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    """Eight writers, twenty events each: all lines are whole, and each writer's are in order."""
    path = tmp_path / "d.jsonl"

    def write(who: int) -> None:
        for number in range(20):
            append(path, [decision(ANSWER, id_=f"{who}-{number}", by=str(who))])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    found = read_log(path).events
    assert len(found) == 160
    for who in range(8):
        assert [e.id for e in found if e.by == str(who)] == [f"{who}-{n}" for n in range(20)]


WRITER = """
import sys
from pathlib import Path
from decision_sample import decision, result
from grader.store.decisions import append
for number in range(100000):
    append(Path(sys.argv[1]), [decision(result("3 or 4"), id_=str(number), why="x" * 4000)])
    print(number, flush=True)
"""


def test_what_was_confirmed_before_a_kill_is_there(tmp_path: Path) -> None:
    """A writer that is killed at any moment leaves all that it said it kept, and at most a piece of one more line."""
    path = tmp_path / "d.jsonl"
    folders = (Path(__file__).parent, Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        confirmed = [int(writer.stdout.readline()) for _ in range(20)]
        writer.kill()
        confirmed += [int(line) for line in writer.stdout.read().split()]
    found = [int(event.id) for event in read_log(path).events]
    assert found == list(range(len(found)))
    assert len(confirmed) <= len(found) <= len(confirmed) + 1


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["0", "1/3", "1"]), st.integers(0, 30))))
def test_what_stands_is_what_a_simple_model_says(steps: list[tuple[int, str, int]]) -> None:
    """Any interleaving of decisions on three answers and undoings of earlier ones: the last that was not taken back
    stands, as with a list for each answer from which undoing removes."""
    answers = [result("x"), result("y"), result("x", "emmy")]
    model: list[list[Decision]] = [[], [], []]
    events: list[Event] = []
    for number, (which, credit, back) in enumerate(steps):
        decided = [event for event in events if isinstance(event, Decision)]
        if back < len(decided):
            events.append(undo(decided[back].id, f"u{number}"))
            for stack in model:
                stack[:] = [one for one in stack if one.id != decided[back].id]
        else:
            events.append(decision(answers[which], credit, f"d{number}"))
            model[which].append(events[-1])
    expected = [stack[-1] for stack in model if stack]
    log = Log(tuple(events))
    assert sorted(one.id for one in log.standing.values()) == sorted(one.id for one in expected)
    assert log.loose == ()


def test_what_is_left_open_stands_in_place_of_a_decision_and_can_be_taken_back() -> None:
    """The last word counts: a mark, then left open, then not; and a mark above what was left open."""
    log = Log((decision(ANSWER), aside(ANSWER)))
    assert not log.standing and [one.id for one in log.left_open.values()] == ["a1"]
    back = log.with_events([undo("a1")])
    assert not back.left_open and [one.id for one in back.standing.values()] == ["d1"]
    above = log.with_events([decision(ANSWER, "1", "d2")])
    assert not above.left_open and [one.id for one in above.standing.values()] == ["d2"]


def test_an_undoing_of_nothing_is_named() -> None:
    """A line that was removed from the file shows by the undoing that names it."""
    assert [one.of for one in Log((undo("gone"),)).loose] == ["gone"]


@pytest.mark.parametrize(("status", "credit"), [("correct", "0"), ("partial", "1"), ("missing", "0"), ("partial", "0")])
def test_status_and_credit_of_a_decision_agree(status: str, credit: str) -> None:
    """Full credit is correct, none is incorrect, the rest partial; nothing else can be made."""
    with pytest.raises(ValueError, match=status):
        Decision("d", "s", "p", "a", None, "", Status(status), Fraction(credit), "g", decision(ANSWER).at, "", "")


def test_an_undoing_has_no_item() -> None:
    """It names a decision, and stands in its line with that alone."""
    found = read_event(json.dumps(event_object(undo("d1"))).encode())
    assert isinstance(found, Undo) and found.of == "d1"
