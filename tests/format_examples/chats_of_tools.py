"""Conversations in ChatGPT's tree and in the logs of tools that evaluate models; of each the messages are given."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from format_examples.base import AGAIN, ASK, DOUBT, SAY, Example, lines, pretty, text
from format_examples.talk import SHORT, TALK, openai


def node(
    key: str, parent: str | None, children: list[str], role: str = "", words: str = "", **more: Any
) -> dict[str, Any]:
    """A node of ChatGPT's tree."""
    kind = more.pop("content_type", "text")
    said = {
        "id": key,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": 1.7e9,
        "recipient": "all",
        "content": {"content_type": kind, "parts": [words]},
        "status": "finished_successfully",
        "weight": 1.0,
        "metadata": {"model_slug": "gpt-5"} if role == "assistant" else {},
        **more,
    }
    return {"id": key, "message": said if role else None, "parent": parent, "children": children}


def tree(*nodes: dict[str, Any], current: str, title: str = "Sequences") -> dict[str, Any]:
    return {"title": title, "create_time": 1.7e9, "current_node": current, "mapping": {n["id"]: n for n in nodes}}


WRONG = "Problem 1\n\n(a) x_3 = 15."
BRANCHES = tree(
    node("r", None, ["s"]),
    node("s", "r", ["u"], "system", "", metadata={"is_visually_hidden_from_conversation": True}),
    node("u", "s", ["x", "a"], "user", ASK),
    node("x", "u", [], "assistant", WRONG),
    node("a", "u", ["u2"], "assistant", SAY),
    node("u2", "a", ["t"], "user", DOUBT),
    node("t", "u2", ["a2"], "assistant", "3*5-1", recipient="python", content_type="code"),
    node("a2", "t", [], "assistant", AGAIN),
    current="a2",
)
PLAIN_TREE = tree(
    node("r", None, ["u"]), node("u", "r", ["a"], "user", ASK), node("a", "u", [], "assistant", SAY), current="a"
)
CHATGPT = [
    Example(
        "chatgpt", "conversations.json of ChatGPT", text("conversations.json", json.dumps([PLAIN_TREE])), read=[SHORT]
    ),
    Example(
        "chatgpt",
        "a tree with an answer that was asked for anew, and a tool",
        text("conversations.json", json.dumps([BRANCHES])),
        read=[TALK, [TALK[0], ("assistant", WRONG)]],
    ),
    Example(
        "chatgpt",
        "a node whose parent is not in the tree",
        text(
            "conversations.json",
            json.dumps(
                [{**PLAIN_TREE, "mapping": {k: v for k, v in PLAIN_TREE["mapping"].items() if k != "u"}}, PLAIN_TREE]
            ),
        ),
        says="found",
        read=[SHORT],
    ),
    Example(
        "chatgpt",
        "a tree that is a circle",
        text(
            "conversations.json",
            json.dumps(
                [
                    tree(node("a", "b", ["b"], "user", ASK), node("b", "a", ["a"], "assistant", SAY), current="b"),
                    PLAIN_TREE,
                ]
            ),
        ),
        says="found",
        read=[SHORT],
    ),
]

SAMPLE = {
    "id": 1,
    "epoch": 1,
    "input": ASK,
    "target": "14",
    "choices": None,
    "messages": openai(*TALK),
    "output": {"model": "claude", "choices": [], "usage": None},
    "scores": {"match": {"value": "C", "answer": "14", "explanation": ""}},
    "metadata": {},
    "attachments": {},
}
HEADER = {
    "version": 2,
    "status": "success",
    "eval": {
        "run_id": "Vx",
        "created": "2026-10-01T09:00:00+00:00",
        "task": "sequences",
        "model": "anthropic/claude",
        "config": {"epochs": 1},
    },
}


def archive(name: str, *members: tuple[str, Any]) -> Any:
    """A log in a zip archive."""

    def make(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for member, value in members:
                made.writestr(member, value if isinstance(value, bytes) else json.dumps(value))
        return path

    return make


INSPECT = [
    Example(
        "inspect",
        "an archive .eval",
        archive("log.eval", ("header.json", HEADER), ("samples/1_epoch_1.json", SAMPLE)),
        read=[TALK],
    ),
    Example(
        "inspect",
        "a log that was not finished, from its journal",
        archive(
            "log.eval",
            ("_journal/start.json", HEADER),
            ("samples/1_epoch_1.json", {**SAMPLE, "scores": {"match": {"value": float("nan")}}}),
        ),
        read=[TALK],
    ),
    Example("inspect", "a log in JSON", text("log.json", json.dumps({**HEADER, "samples": [SAMPLE]})), read=[TALK]),
    Example(
        "inspect",
        "a sample that is damaged",
        archive(
            "log.eval",
            ("header.json", HEADER),
            ("samples/1_epoch_1.json", SAMPLE),
            ("samples/2_epoch_1.json", b'{"id": 2, "mess'),
        ),
        says="not JSON",
        read=[TALK],
    ),
]

ROW = {
    "doc_id": 0,
    "doc": {"question": ASK, "answer": "14"},
    "target": "14",
    "arguments": {"gen_args_0": {"arg_0": ASK, "arg_1": {"until": ["\n\n\n"], "do_sample": False}}},
    "resps": [[SAY]],
    "filtered_resps": ["14"],
    "filter": "strict-match",
    "metrics": ["exact_match"],
    "exact_match": 1.0,
    "doc_hash": "7b5c",
    "prompt_hash": "9a3d",
    "target_hash": "1f0e",
}
LM_EVAL = [
    Example(
        "lm-eval",
        "samples_*.jsonl, with a row for each filter",
        text("samples_seq.jsonl", lines(ROW, {**ROW, "filter": "flexible-extract"})),
        read=[SHORT],
    ),
    Example(
        "lm-eval",
        "several answers to one question",
        text("samples_seq.jsonl", lines({**ROW, "resps": [[SAY, WRONG]]})),
        read=[SHORT, [TALK[0], ("assistant", WRONG)]],
    ),
    Example(
        "lm-eval",
        "arguments as older versions write them",
        text("samples_seq.jsonl", lines({**ROW, "arguments": [[ASK, {"until": []}]]})),
        read=[SHORT],
    ),
    Example(
        "lm-eval",
        "a row without answers",
        text("samples_seq.jsonl", lines(ROW, {**ROW, "doc_id": 1, "resps": []})),
        says="no document with `resps`",
        read=[SHORT],
    ),
]


def promptfoo(*results: dict[str, Any]) -> dict[str, Any]:
    return {
        "evalId": "eval-1",
        "results": {
            "version": 3,
            "timestamp": "2026-10-01T09:00:00Z",
            "prompts": [],
            "results": list(results),
            "stats": {"successes": 1},
        },
        "config": {},
    }


RESULT = {
    "testIdx": 0,
    "promptIdx": 0,
    "prompt": {"raw": ASK, "label": "q"},
    "vars": {},
    "success": True,
    "score": 1,
    "response": {"output": SAY},
    "provider": {"id": "anthropic:claude"},
    "gradingResult": {"pass": True},
}
PROMPTFOO = [
    Example("promptfoo", "results.json", text("results.json", pretty(promptfoo(RESULT))), read=[SHORT]),
    Example(
        "promptfoo",
        "a prompt that is a chat",
        text(
            "results.json",
            json.dumps(
                promptfoo({**RESULT, "prompt": {"raw": json.dumps(openai(*TALK[:3]))}, "response": {"output": AGAIN}})
            ),
        ),
        read=[TALK],
    ),
    Example(
        "promptfoo",
        "a simulated person, with the turns in the metadata",
        text(
            "results.json",
            json.dumps(promptfoo({**RESULT, "response": {"output": AGAIN, "metadata": {"messages": openai(*TALK)}}})),
        ),
        read=[TALK],
    ),
    Example(
        "promptfoo",
        "a provider that failed",
        text(
            "results.json",
            json.dumps(
                promptfoo(
                    RESULT, {**RESULT, "testIdx": 1, "response": None, "error": "API error: 500", "success": False}
                )
            ),
        ),
        says="without a response",
        read=[SHORT],
    ),
]


TOOLS = [*CHATGPT, *INSPECT, *LM_EVAL, *PROMPTFOO]
