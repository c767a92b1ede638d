"""Recorded conversations that are made to stall or to crash: each is an error with its place, or is read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_chat_formats import ASK, GOOD, HI, RUN, SAMPLE, archive, node

from grader.diagnostics import InputError
from grader.intake.chats import Chat, chat_formats, read_chats
from grader.intake.talks.recorded import conversation_of
from grader.scoring.subjects import Key, read_subject

JUNK: list[Any] = [None, -1, float("inf"), True, "", [], {}, [[]], [{}], {"a": []}, "\ud800", {"type": []}, ["x", None]]
"""Values that stand where others are expected."""


def ways(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The keys and places that lead to each value in a value."""
    yield before
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from ways(value[key], (*before, key))


def put(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """A value with another one somewhere in it."""
    if not way:
        return new
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[way[0]] = put(value[way[0]], way[1:], new)
    return changed


@pytest.mark.parametrize(("name", "text", "chats"), GOOD, ids=[f"{g[0]}-{i}" for i, g in enumerate(GOOD)])
def test_any_value_of_a_wrong_type_is_an_error_or_nothing(
    tmp_path: Path, name: str, text: str, chats: list[Any]
) -> None:
    """Each value of a recorded conversation in turn is put in the place of others of any type."""
    first = text.split("\n")[0] if text.startswith("{") and text.count("\n") > 1 else text
    try:
        value = json.loads(first)
    except ValueError:
        value = json.loads(text)
    file = tmp_path / "f.json"
    for number, way in enumerate(ways(value)):
        for wrong in JUNK[number % 6 :: 6]:
            file.write_text(json.dumps(put(value, way, wrong)), encoding="utf-8")
            try:
                for one in read_chats(file, name):
                    if isinstance(one, Chat):
                        conversation_of(one, ())
            except InputError as error:
                assert error.diagnostics[0].span is not None


@pytest.mark.parametrize("text", ['{"resps": %s}', '[{"messages": %s}]', '{"messages": [{"role": %s}]}', "%s"])
@pytest.mark.parametrize("name", sorted(chat_formats()))
def test_values_nested_deeply_are_errors(tmp_path: Path, name: str, text: str) -> None:
    """At any depth: those that the reader of JSON refuses, and those that it only just reads."""
    for depth in (150, 900, 20_000):
        file = tmp_path / "f.jsonl"
        file.write_text(text % ("[" * depth + "]" * depth), encoding="utf-8")
        try:
            assert all(isinstance(one, InputError) for one in read_chats(file, name))
        except InputError as error:
            assert error.diagnostics[0].span is not None


def test_a_reply_in_very_many_pieces_is_put_together_at_once(tmp_path: Path) -> None:
    """A chain of replies costs its length; joined one by one it would cost the square of it."""
    count = 3_000
    chain = [node("n0", None, ["n1"], "user", ASK)]
    chain += [node(f"n{i}", f"n{i - 1}", [f"n{i + 1}"], "assistant", "x" * 50) for i in range(1, count)]
    chain[-1]["children"] = []
    file = tmp_path / "f.json"
    tree = {"title": "t", "current_node": f"n{count - 1}", "mapping": {one["id"]: one for one in chain}}
    file.write_text(json.dumps(tree), encoding="utf-8")
    (chat,) = read_chats(file)
    assert isinstance(chat, Chat)
    assert [len(one.text) for one in chat.messages] == [len(ASK), 52 * (count - 1) - 2]


def test_damaged_members_cost_their_sample(tmp_path: Path) -> None:
    """Packed by a method that unpacks whole blocks, or not to be unpacked; without its header a log has its samples."""
    path = tmp_path / "run.eval"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("header.json", "{broken")
        made.writestr("samples/1_epoch_1.json", json.dumps(SAMPLE), zipfile.ZIP_LZMA)
        made.writestr("samples/2_epoch_1.json", json.dumps(SAMPLE) + " " * 500)
        made.writestr("samples/3_epoch_2.json", json.dumps(SAMPLE))
    data = path.read_bytes()
    at = data.index(b"samples/2_epoch_1.json") + len("samples/2_epoch_1.json")
    path.write_bytes(data[: at + 5] + b"\xff" * 40 + data[at + 45 :])
    first, second, third = read_chats(path)
    assert isinstance(first, InputError)
    assert isinstance(second, InputError)
    assert isinstance(third, Chat)


def _damaged(path: Path, mark: bytes, at: int, new: bytes) -> None:
    """Other bytes behind the last place where a mark stands."""
    data = bytearray(path.read_bytes())
    start = data.rindex(mark) + at
    data[start : start + len(new)] = new
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("mark", "at", "new", "why"),
    [
        (b"PK\x01\x02", 16, b"\0\0\0\0", "its checksum is another"),
        (b"PK\x01\x02", 8, b"\1\0", "it is encrypted"),
        (b"PK\x01\x02", 42, b"\7\0", "there is no member where the archive says"),
        (b"PK\x01\x02", 20, b"\xff\xff\xff", "the archive ends in it"),
    ],
)
def test_a_member_that_is_not_what_the_archive_says_costs_its_sample(
    tmp_path: Path, mark: bytes, at: int, new: bytes, why: str
) -> None:
    """Its checksum, its flags, its place and its length are those of the list of members; the others are read."""
    path = archive(
        tmp_path / "run.eval",
        [("header.json", RUN), ("samples/1_epoch_1.json", SAMPLE), ("samples/2_epoch_1.json", SAMPLE)],
    )
    _damaged(path, mark, at, new)
    first, second = read_chats(path)
    assert isinstance(first, Chat)
    assert isinstance(second, InputError)
    assert why in second.diagnostics[0].message


def test_a_bomb_of_deflate_costs_its_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its member says that it is small; it is unpacked no further than any may be."""
    monkeypatch.setattr("grader.intake.chats.archives.MOST_MEMBER", 10_000)
    path = tmp_path / "run.eval"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("header.json", json.dumps(RUN))
        made.writestr("samples/1_epoch_1.json", json.dumps("x" * 20_000))
    _damaged(path, b"PK\x01\x02", 24, b"\7\0\0\0")
    (found,) = read_chats(path)
    assert isinstance(found, InputError)
    assert "unpacks to more than it says" in found.diagnostics[0].message


def test_brackets_in_texts_are_no_levels(tmp_path: Path) -> None:
    """A reply full of LaTeX is read, though it has more brackets than levels are allowed."""
    file = tmp_path / "f.jsonl"
    talk = [HI[0], {"role": "assistant", "content": "\\frac{1}{2} [3]" * 200}]
    file.write_text(json.dumps({"messages": talk}) + "\n", encoding="utf-8")
    (chat,) = read_chats(file)
    assert isinstance(chat, Chat)


def test_an_id_may_be_longer_than_a_name_of_a_file(tmp_path: Path) -> None:
    """It has no labels beside it then."""
    file = tmp_path / "f.json"
    file.write_text(json.dumps({"id": "x" * 1_000, "messages": HI}), encoding="utf-8")
    (chat,) = read_chats(file)
    assert isinstance(chat, Chat)
    assert conversation_of(chat, ()).labels == ()


def test_a_bomb_of_zstandard_costs_its_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its member says that it is small; it is unpacked no further than any may be."""
    monkeypatch.setattr("grader.intake.chats.archives.MOST_MEMBER", 10_000)
    path = archive(tmp_path / "run.eval", [("header.json", RUN), ("samples/1_epoch_1.json", "x" * 20_000)], packed=True)
    (found,) = read_chats(path)
    assert isinstance(found, InputError)
    assert "unpacks to more than it says" in found.diagnostics[0].message


def test_a_conversation_is_no_longer_than_a_file_may_be(tmp_path: Path) -> None:
    """A record is held to the limit of files, as what it costs to read it grows with it."""
    file = tmp_path / "f.json"
    file.write_text(json.dumps({"messages": [*HI, {"role": "user", "content": "x" * 2_000}]}), encoding="utf-8")
    (chat,) = read_chats(file)
    assert isinstance(chat, Chat)
    (error,) = read_subject(Key((), {}, 1_000), chat).errors
    assert "at most 1,000, as max_file_mb" in error.message
    assert read_subject(Key((), {}, 10_000), chat).errors == ()
