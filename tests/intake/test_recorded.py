"""Recorded conversations become ours: turns are numbered, hints are told, what cannot be read is not lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from intake_sample import PROBLEMS

from grader.diagnostics import InputError
from grader.intake.chats import Chat
from grader.intake.chats.base import Message
from grader.intake.talks.recorded import Unread, conversation_of, transcripts_at
from grader.records import HintKind


def chat(*messages: Message) -> Chat:
    """A conversation with these messages."""
    return Chat("c", "m", messages, "f.jsonl", 7)


def test_turns_are_numbered_and_pieces_of_one_side_put_together() -> None:
    """A person's turn has the number of the reply to it; two messages of one side are one turn."""
    made = conversation_of(
        chat(
            Message("user", "Problem 1."),
            Message("user", "All of it."),
            Message("assistant", "(a) 1"),
            Message("user", "Are you sure?"),
            Message("assistant", "(a) 2"),
        ),
        PROBLEMS,
    )
    assert [(t.role, t.number, t.text) for t in made.turns] == [
        ("user", 1, "Problem 1.\n\nAll of it."),
        ("assistant", 1, "(a) 1"),
        ("user", 2, "Are you sure?"),
        ("assistant", 2, "(a) 2"),
    ]
    assert {(t.span.file, t.span.line) for t in made.turns} == {("f.jsonl", 7)}
    hints = [t.hint for t in made.turns if t.hint]
    assert [(h.kind, h.proposed) for h in hints] == [(HintKind.NONE, True), (HintKind.NEUTRAL, True)]


def test_damaged_words_are_put_right_and_logged() -> None:
    """As in a file of text; repairs and lines have the place of the record, doubts that in the words."""
    made = conversation_of(
        chat(Message("user", "Problem 1."), Message("assistant", "(a) λ â‰¥ 3\nCost: - One: $O(n2)$ - Two: 3")),
        PROBLEMS,
    )
    reply = made.turns[-1]
    assert reply.text == "(a) λ ≥ 3\nCost:\n- One: $O(n2)$\n- Two: 3"
    assert [(one.rule, one.span.line) for one in made.repairs] == [
        ("mojibake", 7), ("run-on-lists", 8), ("run-on-lists", 8),
    ]  # fmt: skip
    assert reply.places is not None
    assert reply.places.lines == (7, 8, 8, 8)
    assert [reply.text[one.start : one.end] for one in reply.doubts] == ["O(n2)"]


def test_a_declared_hint_is_kept() -> None:
    """A record may say what kind of hint a message is; a kind that does not exist is told."""
    words = ("Problem 1.", "It is less than that.")
    made = conversation_of(
        chat(Message("user", words[0]), Message("assistant", "2"), Message("user", words[1], "misleading")), PROBLEMS
    )
    assert made.turns[-1].hint is not None
    assert (made.turns[-1].hint.kind, made.turns[-1].hint.proposed) == (HintKind.MISLEADING, False)
    wrong = conversation_of(chat(Message("user", words[0], "loud"), Message("assistant", "2")), PROBLEMS)
    assert [d.code for d in wrong.diagnostics] == ["hint-kind"]


def test_metadata_of_a_message_may_declare_its_hint(tmp_path: Path) -> None:
    """As Inspect keeps it; what the message itself declares comes first."""
    log = {
        "eval": {"task": "t", "model": "m"},
        "status": "success",
        "samples": [
            {
                "id": "sum/a",
                "epoch": 1,
                "metadata": {"stop": "when_right"},
                "messages": [
                    {"role": "user", "content": "What is 2 + 3?", "metadata": {"hint": "none", "about": ["sum/a"]}},
                    {"role": "assistant", "content": "6", "metadata": None},
                    {"role": "user", "content": "Sure?", "metadata": {"hint": "neutral"}},
                    {"role": "user", "content": "It is 7.", "hint": "misleading", "metadata": {"hint": "neutral"}},
                ],
            }
        ],
    }
    path = tmp_path / "run.json"
    path.write_text(json.dumps(log), encoding="utf-8")
    [found] = transcripts_at(path)
    assert isinstance(found, Chat)
    assert found.stop == "when_right"
    assert [(one.hint, one.about) for one in found.messages] == [
        ("none", ("sum/a",)), ("", ()), ("neutral", ()), ("misleading", ()),
    ]  # fmt: skip


RECORDS = {
    "openai": {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "1"}]},
    "anthropic": {"system": "s", "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]},
    "sharegpt": {"conversations": [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "1"}]},
}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize(
    ("metadata", "policy", "codes"),
    [
        ({"stop": "fixed"}, "fixed", []),
        ({"stop": "when_right"}, "when_right", []),
        ({"stop": ["\n"]}, "unknown", []),
        ({"stop": "soon"}, "unknown", ["transcript-stop"]),
        ("stop", "unknown", []),
    ],
)
def test_how_a_conversation_was_stopped_stands_in_its_metadata(
    name: str, metadata: object, policy: str, codes: list[str], tmp_path: Path
) -> None:
    """The stop words of a request are none: they stand beside the messages."""
    file = tmp_path / "r.json"
    file.write_text(json.dumps({**RECORDS[name], "stop": "fixed", "metadata": metadata}), encoding="utf-8")
    (found,) = transcripts_at(file)
    assert isinstance(found, Chat)
    made = conversation_of(found, PROBLEMS)
    assert (made.stop, [d.code for d in made.diagnostics]) == (policy, codes)


def test_a_folder_holds_conversations_of_all_kinds(tmp_path: Path) -> None:
    """Markdown, lines and files that cannot be read stand side by side, in natural order."""
    turns = {"messages": [{"role": "user", "content": "Problem 1"}, {"role": "assistant", "content": "2"}]}
    (tmp_path / "a10.jsonl").write_text(json.dumps(turns) + "\n{broken\n" + json.dumps(turns) + "\n")
    (tmp_path / "a2.md").write_text("User: Problem 1\n\nLLM: 2\n")
    (tmp_path / "b.json").write_text('{"results": ')
    (tmp_path / "notes.csv").write_text("x")
    found = list(transcripts_at(tmp_path))
    assert [one.name if isinstance(one, Path | Unread) else one.id for one in found] == [
        "a2.md", "a10-1", "a10-2", "a10-3", "b.json",
    ]  # fmt: skip
    assert isinstance(found[2], Unread)


def test_a_title_that_no_file_can_have_is_no_obstacle() -> None:
    """Labels are looked for beside the file, under a name that a file can have."""
    made = conversation_of(Chat("a/../b\0c", "", (Message("assistant", "2"),), "f.json"), PROBLEMS)
    assert made.id == "a/../b\0c"


def test_a_format_that_is_named_is_believed(tmp_path: Path) -> None:
    """What then cannot be read is told record by record."""
    (tmp_path / "f.jsonl").write_text('{"x": 1}\n')
    (found,) = transcripts_at(tmp_path / "f.jsonl", "openai")
    assert isinstance(found, Unread)
    assert isinstance(found.error, InputError)


@pytest.mark.parametrize("text", ["User: Problem 1\n\nLLM: 2\n", ""])
def test_a_file_of_text_is_left_to_the_reader_of_text(tmp_path: Path, text: str) -> None:
    """Whatever its ending is."""
    path = tmp_path / "chat.log"
    path.write_text(text)
    assert list(transcripts_at(path)) == [path]


def test_what_a_model_thought_aloud_is_no_reply() -> None:
    """Servers that do not part the two leave the thought in the message, in tags."""
    made = conversation_of(
        chat(
            Message("user", "Problem 1. What does <think> mean?"),
            Message("assistant", "<think>(a) 2, or is it 1?</think>\n\n(a) 1"),
            Message("user", "Sure?"),
            Message("assistant", "(a) 3?\n</think>(a) 2"),
        ),
        PROBLEMS,
    )
    assert [t.text for t in made.turns] == ["Problem 1. What does <think> mean?", "(a) 1", "Sure?", "(a) 2"]
