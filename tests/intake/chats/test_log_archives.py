"""Logs of Inspect with any number of samples: read in stretches, in flat memory, as when they are read whole."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.chats import archives, format_of, read_chats
from grader.intake.chats.archives import Archive
from grader.intake.chats.base import Chat

JOURNAL = {"eval": {"task": "t", "model": "m"}}


def sample(number: int, reply: str, **more: object) -> str:
    """A sample with one reply."""
    messages = [{"role": "user", "content": "Problem 1"}, {"role": "assistant", "content": reply}]
    return json.dumps({"id": f"s{number}", "epoch": 1, "messages": messages, **more})


def log(path: Path, count: int) -> Path:
    """A log in which one sample comes twice, one is in pieces and one is no JSON."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_journal/start.json", json.dumps(JOURNAL))
        for number in range(count):
            archive.writestr(f"samples/s{number}_epoch_1.json", "{" if number == 3 else sample(number, f"{number}"))
        for start in (10, 9):
            said = [{"role": "assistant", "content": f"piece {start}"}]
            archive.writestr(f"samples/p_epoch_1/messages/{start}.json", json.dumps(said))
        archive.writestr("samples/p_epoch_1/sample.json", sample(99, "none"))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("samples/s1_epoch_1.json", sample(1, "again"))
        archive.writestr("header.json", json.dumps(JOURNAL))
    return path


def told(found: object) -> str:
    """A conversation in a word."""
    return f"{found.id}: {found.messages[-1].text}" if isinstance(found, Chat) else "error"


@pytest.mark.parametrize("size", [1, 200, 400, 10**9])
def test_stretches_make_up_the_log(tmp_path: Path, size: int) -> None:
    """In the order in which samples come first; of two of one name the last counts."""
    path = log(tmp_path / "a.eval", 5)
    whole = [told(one) for one in read_chats(path)]
    assert whole == ["t-s0-1: 0", "t-s1-1: again", "t-s2-1: 2", "error", "t-s4-1: 4", "t-s99-1: piece 10"]
    shown = format_of(path)
    assert shown is not None
    kind, head = shown
    stretches = list(kind.stretches(path, head, size))
    assert [told(one) for each in stretches for one in kind.read(path, head.within(each))] == whole


def test_members_wait_on_the_disk(tmp_path: Path) -> None:
    """However many there are."""
    path = log(tmp_path / "a.eval", 3_000)
    tracemalloc.start()
    try:
        archive = Archive(path)
        assert sum(1 for _ in archive.names()) == 3_006
        assert tracemalloc.get_traced_memory()[1] < 1_500_000
    finally:
        tracemalloc.stop()
    assert archive.json("samples/s7_epoch_1.json")["id"] == "s7"


def test_more_members_than_are_allowed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the number of them."""
    monkeypatch.setattr(archives, "MOST_MEMBERS", 4)
    with pytest.raises(InputError, match="more than 4 members"):
        Archive(log(tmp_path / "a.eval", 5))
