"""Conversations that say the same are graded once; whether first or copy, the same bytes are written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from course_sample import loaded, part
from hypothesis import given
from hypothesis import strategies as st

from grader.batch import copies, marks, work
from grader.batch.chunks import chunks_of_transcripts
from grader.batch.copies import words_of
from grader.batch.keys import key_for_transcripts
from grader.batch.shards import lines_of, records_of, rows_of
from grader.batch.shelf import Shelf
from grader.batch.work import Job, grade_chunk
from grader.intake.chats import Chat
from grader.intake.chats.base import Message
from grader.records import Origin
from grader.scoring.solvers import Limits
from grader.scoring.subjects import Key

NO_SHELF = Shelf(None, 0)
SOLVER = "def five():\n    return 5\n\ndef six():\n    return 6\n"
REPLIES = (
    "(a) 5\n\n(b) 7",
    "(a) $\\frac{10}{2}$\n\n(b) “six”, or 6",
    "I cannot say.",
    '(a) {"line": 4000000000000007}, 5',
)


@pytest.fixture
def key(tmp_path: Path) -> Key:
    """Of a course of two parts, whose answers are 5 and 6."""
    course = loaded(tmp_path, SOLVER, part("a", "five"), part("b", "six"))
    return key_for_transcripts(course, (), Limits(workers=1))


def talks(path: Path, replies: tuple[str, ...], **more: object) -> Path:
    """A file with a conversation for each reply."""
    lines = [
        {
            "id": f"talk {number} “{number}”",
            "model": f"m{number % 2}",
            "messages": [
                {"role": "user", "content": "Problem 1"},
                {"role": "assistant", "content": f"# Problem 1\n\n{reply}"},
            ],
            **more,
        }
        for number, reply in enumerate(replies)
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    return path


def written(key: Key, path: Path, folder: Path) -> tuple[bytes, ...]:
    """What comes of a file that is one chunk."""
    folder.mkdir()
    (chunk,) = chunks_of_transcripts(path, "", {}, "x")
    grade_chunk(Job("transcripts", key, folder, "x"), chunk)
    return tuple(file(folder, chunk.name).read_bytes() for file in (records_of, lines_of, rows_of))


def test_a_copy_is_written_like_the_first(key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes with copies and without, whatever the words, and with lone surrogates and quotes in the names."""
    path = talks(tmp_path / "talks.jsonl", (*REPLIES, *REPLIES, "(a) 5\n\n(b) 7"))
    monkeypatch.setattr(work, "_kept", {})
    with_copies = written(key, path, tmp_path / "with")
    monkeypatch.setattr(work, "copy_of", lambda *_: None)
    monkeypatch.setattr(work, "_kept", {})
    assert written(key, path, tmp_path / "without") == with_copies


def test_conversations_that_differ_in_more_than_names_are_no_copies(key: Key) -> None:
    """What is kept of one is found for another model that says the same, and for none that says something else."""
    known = copies.Copies(NO_SHELF)
    one = Chat("a", "m", (Message("user", "Problem 1"), Message("assistant", "(a) 5")), "f.jsonl")
    copy = copies.copy_of(key, *work.grade_subject(key, marks.unnamed(one)))
    assert copy is not None
    known.keep(words_of(one), copy)
    assert known.get(words_of(replace(one, id="b", file="g.jsonl", line=7))) is copy
    assert known.get(words_of(replace(one, model="n"))) is copy
    others = ({"model": ""}, {"messages": one.messages[:1]}, {"origin": Origin("s", 1)}, {"stop": "fixed"})
    assert [known.get(words_of(replace(one, **other))) for other in others] == [None] * 4


def test_other_processes_find_what_one_kept(key: Key, tmp_path: Path) -> None:
    """Once it is flushed, and if they grade by the same; memory holds one copy only."""
    chats = [Chat("a", "m", (Message("user", "Problem 1"), Message("assistant", f"(a) {n}")), "f") for n in range(3)]
    made = [copies.copy_of(key, *work.grade_subject(key, marks.unnamed(one))) for one in chats]
    shelf = Shelf(tmp_path / "copies.sqlite", copies.MOST_KEPT)
    one = copies.Copies(shelf, b"key", at_hand=1)
    for chat, copy in zip(chats, made, strict=True):
        assert copy is not None
        one.keep(words_of(chat), copy)
    shelf.flush()
    for of, found in ((b"key", made), (b"other", [None] * 3)):
        other = copies.Copies(Shelf(tmp_path / "copies.sqlite", copies.MOST_KEPT), of, at_hand=1)
        assert [other.get(words_of(chat)) for chat in chats] == found
    assert [copies.Copies(NO_SHELF).get(words_of(chat)) for chat in chats] == [None] * 3


def test_what_comes_once_is_kept_only_while_many_come_again() -> None:
    """At first nobody knows; then what comes again counts, and what came before is kept in any case."""
    known = copies.Copies(NO_SHELF)
    words = [hashlib.sha256(str(number).encode()).digest()[:16] for number in range(3 * copies.TRIED)]
    wanted = [known.get(one) is None and known.wants(one) for one in words]
    assert wanted[: copies.TRIED] == [True] * copies.TRIED
    assert sum(wanted[copies.TRIED :]) < copies.TRIED / 50
    assert known.wants(words[-1])
    for one in words[: copies.TRIED]:
        known.get(one)
        known.wants(one)
    assert known.wants(b"something new, 16")


@pytest.mark.parametrize("words", ["(a) 5", "(a) \ud800 5", "(a) “5” λ", ""])
def test_what_is_packed_comes_back(key: Key, words: str) -> None:
    """Also with lone surrogates, which the database takes as bytes."""
    chat = Chat("a", "m", (Message("user", "Problem 1"), Message("assistant", f"{words} ")), "f")
    copy = copies.copy_of(key, *work.grade_subject(key, marks.unnamed(chat)))
    assert copy is not None
    assert copies.unpacked(copies.packed(copy)) == copy


@given(st.binary(max_size=40))
def test_what_is_damaged_is_no_copy(data: bytes) -> None:
    """Neither bytes that nobody packed, nor packed ones of something else."""
    assert copies.unpacked(data) is None
    assert copies.unpacked(zstandard.compress(json.dumps([data.hex(), [], 3]).encode())) is None


@given(st.text(), st.integers(1, 10**6), st.text(), st.integers(0, 50))
def test_a_marked_text_is_filled_in_at_its_places_alone(name: str, line: int, words: str, below: int) -> None:
    """Names and lines stand where they stood; words that look like them stay."""
    chat = marks.unnamed(Chat("", "", (), "", origin=Origin("", 1)))
    assert chat.origin is not None
    record = {
        "id": chat.id,
        "line": chat.line + below,
        "words": [words, f"{chat.line - 1},"],
        "epoch": chat.origin.epoch,
    }
    real = Chat(name, "", (), "f", line, origin=Origin("s", 3))
    for escaped in (True, False):
        marked = marks.marked(json.dumps(record, ensure_ascii=escaped))
        assert marked is not None
        filled = json.loads(marked.filled(marks.names_of(real, name, escaped=escaped), line))
        assert filled == {**record, "id": name, "line": line + below, "epoch": 3}


def test_a_mark_within_other_words_is_not_filled_in() -> None:
    """Then a conversation is written as it is, and not copied."""
    secret = marks.unnamed(Chat("", "", (), "")).id
    assert marks.marked(json.dumps({"id": f"see {secret}"})) is None


def test_labels_beside_the_file_are_read_for_each_conversation(key: Key, tmp_path: Path) -> None:
    """People labelled one conversation and not its copy."""
    path = talks(tmp_path / "talks.jsonl", REPLIES[:1] * 2)
    label = "labels:\n  - {by: annotator, turn: 1, part: sum/a, says: right}\n"
    (tmp_path / "talk 1 -1-.labels.yaml").write_text(label, encoding="utf-8")
    records, *_ = written(key, path, tmp_path / "out")
    assert records.count(b"annotator") == 1
