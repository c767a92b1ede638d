"""Conversations as other tools record them: each format is told by what the file holds, and what was said comes out."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard

from grader.diagnostics import InputError
from grader.intake.chats import Chat, chat_formats, format_of, read_chats
from grader.intake.talks.recorded import conversation_of
from grader.records import Origin

ASK, SAY = "Problem 1: what is 2 + 3?", "(a) It is 5."
HI = [{"role": "user", "content": ASK}, {"role": "assistant", "content": SAY}]
PLAIN = [("user", ASK), ("assistant", SAY)]


def node(key: str, parent: str | None, children: list[str], role: str = "", *parts: Any, **more: Any) -> dict[str, Any]:
    """A node of ChatGPT's tree."""
    content = {"content_type": more.pop("content_type", "text"), "parts": list(parts)}
    said = {"id": key, "author": {"role": role}, "content": content, "recipient": "all", "metadata": {}, **more}
    return {"id": key, "message": said if role else None, "parent": parent, "children": children}


TREE = {
    "title": "Sums",
    "current_node": "d2",
    "mapping": {
        "root": node("root", None, ["s"]),
        "s": node("s", "root", ["a"], "system", "Be brief.", metadata={"is_visually_hidden_from_conversation": True}),
        "a": node("a", "s", ["b"], "user", ASK),
        "b": node("b", "a", ["c", "x"], "assistant", "thinking", content_type="thoughts"),
        "x": node("x", "b", [], "assistant", "(a) It is 6."),
        "c": node("c", "b", ["t"], "assistant", "(a) It", metadata={"model_slug": "gpt-5"}),
        "t": node("t", "c", ["d"], "assistant", "print(2+3)", recipient="python"),
        "d": node("d", "t", ["d2"], "tool", "5", content_type="execution_output"),
        "d2": node("d2", "d", [], "assistant", "is 5.", {"content_type": "image_asset_pointer"}),
    },
}
LM_ROW = {
    "doc_id": 7, "doc": {"q": ASK}, "target": "5", "arguments": {"gen_args_0": {"arg_0": ASK, "arg_1": {}}},
    "resps": [[SAY]], "filtered_resps": ["5"], "filter": "strict", "doc_hash": "d", "prompt_hash": "p",
    "target_hash": "t",
}  # fmt: skip
SAMPLE = {"id": 3, "epoch": 2, "input": ASK, "target": "5", "messages": HI, "scores": {"s": {"value": float("nan")}}}
RUN = {"eval": {"task": "math/sums", "model": "openai/gpt-5", "run_id": "r"}, "status": "success"}


def lines(*values: Any) -> str:
    """One value a line."""
    return "".join(json.dumps(value) + "\n" for value in values)


# format, text of the file, conversations as (id, model, messages)
GOOD: list[tuple[str, str, list[tuple[str, str, list[tuple[str, str]]]]]] = [
    ("openai", lines({"messages": HI}, {"messages": HI, "model": "gpt-5"}),
     [("f-1", "", PLAIN), ("f-2", "gpt-5", PLAIN)]),
    ("openai", json.dumps({"messages": HI, "id": "one"}, indent=1), [("one", "", PLAIN)]),
    ("openai", json.dumps([{"messages": HI}]), [("f-1", "", PLAIN)]),
    ("openai", lines({"messages": [{"role": "system", "content": "Be brief."}, *HI]}), [("f", "", PLAIN)]),
    (
        "openai",
        lines({"messages": [{"role": "user", "content": [{"type": "text", "text": ASK}, {"type": "image_url"}]},
                            HI[1]]}),
        [("f", "", PLAIN)],
    ),
    (
        "openai",
        lines({"custom_id": "r1", "response": {"status_code": 200, "body": {"id": "c", "model": "gpt-5", "choices": [
            {"message": HI[1]}, {"message": {"role": "assistant", "content": "(a) It is 6."}}]}}}),
        [("r1-1", "gpt-5", PLAIN[1:]), ("r1-2", "gpt-5", [("assistant", "(a) It is 6.")])],
    ),
    ("anthropic", lines({"model": "claude", "max_tokens": 9, "system": "Be brief.", "messages": HI}),
     [("f", "claude", PLAIN)]),
    (
        "anthropic",
        json.dumps({"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "stop_reason": "end_turn",
                    "content": [{"type": "thinking", "thinking": "2+3"}, {"type": "text", "text": SAY}]}),
        [("msg_1", "claude", PLAIN[1:])],
    ),
    (
        "anthropic",
        lines({"custom_id": "q", "result": {"type": "succeeded", "message": {
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude",
            "content": [{"type": "text", "text": SAY}]}}}),
        [("q", "claude", PLAIN[1:])],
    ),
    (
        "claude-export",
        json.dumps([{"uuid": "u", "name": "Sums", "chat_messages": [
            {"sender": "human", "text": ASK, "content": []},
            {"sender": "assistant", "text": "", "content": [{"type": "text", "text": SAY}]}]}]),
        [("Sums", "", PLAIN)],
    ),
    (
        "sharegpt",
        json.dumps([{"id": "s1", "conversations": [
            {"from": "human", "value": ASK}, {"from": "gpt", "value": f"<div><p>{SAY}</p></div>"}]}]),
        [("s1", "", PLAIN)],
    ),
    (
        "sharegpt",
        lines({"id": "s2", "conversations": [{"from": "gpt", "value": SAY}, {"from": "human", "value": ASK}]}),
        [("s2", "", PLAIN[::-1])],
    ),
    (
        "chatgpt",
        json.dumps([TREE]),
        [("Sums-1", "gpt-5", [("user", ASK), ("assistant", "(a) It\n\nis 5.")]),
         ("Sums-2", "gpt-5", [("user", ASK), ("assistant", "(a) It is 6.")])],
    ),
    ("lm-eval", lines(LM_ROW, {**LM_ROW, "filter": "flexible"}), [("f-7", "", PLAIN)]),
    (
        "lm-eval",
        lines({**LM_ROW, "arguments": [[ASK, {"until": []}]], "resps": [[SAY, "(a) It is 6."]]}),
        [("f-7-1", "", PLAIN), ("f-7-2", "", [("user", ASK), ("assistant", "(a) It is 6.")])],
    ),
    (
        "promptfoo",
        json.dumps({"evalId": "e", "results": {"version": 3, "results": [
            {"testIdx": 0, "prompt": {"raw": ASK}, "response": {"output": SAY}, "provider": {"id": "m"}},
            {"testIdx": 1, "prompt": {"raw": json.dumps(HI[:1])}, "response": {"output": SAY}, "provider": {"id": "m"}},
            {"testIdx": 2, "prompt": {"raw": "x"}, "response": {"output": "y", "metadata": {"messages": HI}},
             "provider": {"id": "m"}},
        ]}, "config": {}}),
        [("f-0-m", "m", PLAIN), ("f-1-m", "m", PLAIN), ("f-2-m", "m", PLAIN)],
    ),
    ("inspect", json.dumps({**RUN, "samples": [SAMPLE]}), [("sums-3-2", "openai/gpt-5", PLAIN)]),
]  # fmt: skip


@pytest.fixture(params=["f.json", "f.txt"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file whose ending tells nothing."""
    return tmp_path / str(request.param)


def spoken(found: list[Chat | InputError]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Conversations as the table has them."""
    return [(c.id, c.model, [(m.role, m.text) for m in c.messages]) for c in found if isinstance(c, Chat)]


@pytest.mark.parametrize(("name", "text", "chats"), GOOD, ids=[f"{g[0]}-{i}" for i, g in enumerate(GOOD)])
def test_a_file_is_read_as_what_it_holds(file: Path, name: str, text: str, chats: list[Any]) -> None:
    """The format is found by content, whatever the ending; ids, models and words are those recorded."""
    file.write_text(text, encoding="utf-8")
    found = format_of(file)
    assert found is not None
    assert found[0].name == name
    assert spoken(list(read_chats(file))) == chats


def test_every_format_is_in_the_table() -> None:
    """A new format brings its examples."""
    assert {name for name, _, _ in GOOD} == set(chat_formats())


# ---------------------------------------------------------------- archives of Inspect


def archive(path: Path, members: list[tuple[str, Any]], *, packed: bool = False) -> Path:
    """A log as Inspect writes it; with members compressed by Zstandard if ``packed``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        for name, value in members:
            data = json.dumps(value).encode()
            made.writestr(name, zstandard.ZstdCompressor().compress(data) if packed else data)
    if packed:
        as_zstandard(path)
    return path


def as_zstandard(path: Path) -> None:
    """Say in the headers of stored members that their method is 93, as a writer that knows Zstandard does."""
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.find(mark)
        while start >= 0:
            data[start + at : start + at + 2] = (93).to_bytes(2, "little")
            start = data.find(mark, start + 4)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "members",
    [
        [("header.json", RUN), ("samples/3_epoch_2.json", SAMPLE)],
        [("_journal/start.json", RUN), ("samples/3_epoch_2.json", SAMPLE)],
        [
            ("header.json", RUN),
            ("samples/3_epoch_2/skeleton.json", {**SAMPLE, "messages": []}),
            ("samples/3_epoch_2/messages/1.json", HI[1:]),
            ("samples/3_epoch_2/messages/0.json", HI[:1]),
        ],
        [
            ("header.json", RUN),
            ("samples/3_epoch_2.json", {**SAMPLE, "attachments": {"k": SAY}, "messages": [
                HI[0], {"role": "assistant", "content": "attachment://k"}]}),
        ],
    ],
)  # fmt: skip
def test_archives_of_inspect_are_read_without_it(tmp_path: Path, members: list[Any], packed: bool) -> None:
    """Whole samples, samples in pieces, long texts that stand elsewhere; plain and compressed by Zstandard."""
    path = archive(tmp_path / "run.eval", members, packed=packed)
    assert spoken(list(read_chats(path))) == [("sums-3-2", "openai/gpt-5", PLAIN)]


@pytest.mark.parametrize(
    ("told", "origin"),
    [
        ({"id": 3, "epoch": 2}, Origin("3", 2)),
        ({"id": "a/b c-2_epoch_1", "epoch": 1}, Origin("a/b c-2_epoch_1", 1)),
        ({"id": " x "}, Origin(" x ", 1)),
        ({"id": None}, None),
        ({"id": "x", "epoch": "2"}, None),
        ({"id": "x", "epoch": True}, None),
    ],
)
def test_the_record_of_a_sample_is_kept_exactly(tmp_path: Path, told: dict[str, Any], origin: Origin | None) -> None:
    """Id and epoch, as Inspect has them, reach the conversation, so that scores can be given back to the sample."""
    file = tmp_path / "run.json"
    file.write_text(json.dumps({**RUN, "samples": [{"messages": HI, **told}]}), encoding="utf-8")
    (chat,) = read_chats(file)
    assert isinstance(chat, Chat)
    assert (chat.origin, conversation_of(chat, ()).origin) == (origin, origin)


def test_of_two_members_of_one_name_the_last_counts(tmp_path: Path) -> None:
    """Inspect writes a sample again when it is scored anew."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        old = ("samples/3_epoch_2.json", {**SAMPLE, "messages": HI[:1]})
        path = archive(tmp_path / "run.eval", [("header.json", RUN), old, ("samples/3_epoch_2.json", SAMPLE)])
    assert spoken(list(read_chats(path))) == [("sums-3-2", "openai/gpt-5", PLAIN)]


def test_a_member_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    """A bomb costs its own sample; the others are read."""
    path = tmp_path / "run.eval"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("header.json", json.dumps(RUN))
        made.writestr("samples/9_epoch_1.json", b" " * (65 * 1024 * 1024))
        made.writestr("samples/3_epoch_2.json", json.dumps(SAMPLE))
    first, second = read_chats(path)
    assert isinstance(first, InputError)
    assert "at most" in first.diagnostics[0].message
    assert isinstance(second, Chat)


# ---------------------------------------------------------------- what is broken


@pytest.mark.parametrize(
    ("text", "says", "others"),
    [
        (lines({"messages": HI}) + "{broken\n" + lines({"messages": HI}), "not JSON", 2),
        (lines({"messages": HI}, [1, 2], {"messages": HI}), "a JSON list, expected an object", 2),
        (lines({"messages": HI}, {"messages": []}, {"messages": HI}), "no messages", 2),
        (lines({"messages": HI}, {"messages": [{"role": "user", "content": " "}]}), "nothing is said", 1),
        (json.dumps([{"chat_messages": []}, {"chat_messages": 3}]), "nothing is said", 0),
        (json.dumps([{"messages": HI}, {"messages": HI}])[:-30], "no JSON after 1 whole conversations", 1),
        (lines(LM_ROW, {**LM_ROW, "doc_id": 8, "resps": []}), "no document with `resps`", 1),
        (json.dumps({"results": {"version": 3, "results": [{"prompt": "x"}]}}), "without a response", 0),
        (json.dumps({**RUN, "samples": [{"id": 1}]}), "without `messages`", 0),
    ],
)
def test_a_broken_record_costs_only_itself(tmp_path: Path, text: str, says: str, others: int) -> None:
    """It is told with its place and what was expected; the other conversations are read."""
    file = tmp_path / "f.json"
    file.write_text(text, encoding="utf-8")
    found: list[Chat | InputError] = []
    try:
        found.extend(read_chats(file))
    except InputError as error:
        found.append(error)
    wrong = [one for one in found if isinstance(one, InputError)]
    assert says in wrong[0].diagnostics[0].message
    assert len(found) - len(wrong) >= others


@pytest.mark.parametrize("text", ["", "hello", "{}", "[]", "[[[[", '{"messages": 3}', "null", "PK\x03\x04", "\0\0"])
def test_other_files_are_of_no_format(tmp_path: Path, text: str) -> None:
    """They are told so, by name of the formats."""
    file = tmp_path / "f.json"
    file.write_text(text, encoding="utf-8")
    assert format_of(file) is None
    with pytest.raises(InputError, match="none of the formats"):
        list(read_chats(file))


def test_a_file_of_two_formats_must_be_named(tmp_path: Path) -> None:
    """Ambiguity is an error that lists the candidates, and --format decides."""
    file = tmp_path / "f.json"
    turns = [{"from": "human", "value": ASK}, {"from": "gpt", "value": SAY}]
    file.write_text(json.dumps([{"messages": HI, "conversations": turns}]), encoding="utf-8")
    with pytest.raises(InputError, match="openai, sharegpt"):
        format_of(file)
    assert spoken(list(read_chats(file, "sharegpt"))) == [("f-1", "", PLAIN)]


def test_a_long_file_of_lines_needs_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Conversations are read one at a time: the peak does not grow with the file."""
    import tracemalloc

    monkeypatch.setattr("grader.intake.chats.LOOK", 10_000)
    file = tmp_path / "f.jsonl"
    peaks = []
    for count in (5, 500, 5_000):  # what is loaded once is not counted
        with file.open("w", encoding="utf-8") as stream:
            for _ in range(count):
                stream.write(lines({"messages": [HI[0], {"role": "assistant", "content": SAY * 20}]}))
        tracemalloc.start()
        assert sum(1 for _ in read_chats(file)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1] + 200_000 < file.stat().st_size  # when garbage is collected is left open


def test_a_line_that_is_too_long_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next line is read all the same."""
    monkeypatch.setattr("grader.intake.chats.streams.MOST_LINE", 2000)
    file = tmp_path / "f.jsonl"
    file.write_text(lines({"messages": HI}, {"messages": HI, "x": "y" * 5000}, {"messages": HI}), encoding="utf-8")
    first, wrong, last = read_chats(file)
    assert isinstance(wrong, InputError)
    assert wrong.diagnostics[0].span is not None
    assert wrong.diagnostics[0].span.line == 2
    assert isinstance(first, Chat)
    assert isinstance(last, Chat)
    assert last.line == 3


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    """As editors on Windows write it."""
    file = tmp_path / "f.json"
    file.write_bytes(b"\xef\xbb\xbf" + io.BytesIO(json.dumps({"messages": HI}).encode()).read())
    assert spoken(list(read_chats(file))) == [("f", "", PLAIN)]
