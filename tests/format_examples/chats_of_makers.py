"""Conversations as the makers of models write them; of each the messages are given."""

from __future__ import annotations

import json
from typing import Any

from format_examples.base import ASK, SAY, Example, lines, pretty, text
from format_examples.talk import SHORT, TALK, openai


def completion(words: str, finish: str = "stop") -> dict[str, Any]:
    return {
        "id": "chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG",
        "object": "chat.completion",
        "created": 1741570283,
        "model": "gpt-5-2025-08-07",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": words, "refusal": None},
                "logprobs": None,
                "finish_reason": finish,
            }
        ],
        "usage": {"prompt_tokens": 39, "completion_tokens": 60, "total_tokens": 99},
    }


OPENAI = [
    Example(
        "openai",
        "a file for fine-tuning, a conversation a line",
        text(
            "train.jsonl",
            lines(
                {"messages": [{"role": "system", "content": "Answer briefly."}, *openai(*TALK)]},
                {"messages": openai(*SHORT)},
            ),
        ),
        read=[TALK, SHORT],
    ),
    Example(
        "openai",
        "the output of a batch",
        text(
            "batch_out.jsonl",
            lines(
                {
                    "id": "batch_req_1",
                    "custom_id": "ada-1",
                    "response": {"status_code": 200, "request_id": "r", "body": completion(SAY)},
                    "error": None,
                }
            ),
        ),
        read=[TALK[1:2]],
    ),
    Example(
        "openai",
        "one request, pretty-printed, with a picture in it",
        text(
            "chat.json",
            pretty(
                {
                    "model": "gpt-5",
                    "messages": [
                        {
                            "role": "user",
                            "content": [
                                {"type": "text", "text": ASK},
                                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
                            ],
                        },
                        *openai(TALK[1]),
                    ],
                }
            ),
        ),
        read=[SHORT],
    ),
    Example(
        "openai",
        "a line that was cut off",
        text(
            "cut.jsonl",
            lines({"messages": openai(*SHORT)})
            + '{"messages": [{"role": "user", "con\n'
            + lines({"messages": openai(*TALK)}),
        ),
        says="not JSON",
        read=[SHORT, TALK],
    ),
    Example(
        "openai",
        "a batch line with an error in place of a reply",
        text(
            "errors.jsonl",
            lines(
                {"messages": openai(*SHORT)},
                {
                    "id": "b",
                    "custom_id": "eve-1",
                    "response": None,
                    "error": {"code": "server_error", "message": "overloaded"},
                },
            ),
        ),
        says="no messages",
        read=[SHORT],
    ),
]


def claude(words: str, *, thinking: str = "") -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [{"type": "thinking", "thinking": thinking, "signature": "x"}] if thinking else []
    return {
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-5",
        "content": [*blocks, {"type": "text", "text": words}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 25, "output_tokens": 60},
    }


ANTHROPIC = [
    Example(
        "anthropic",
        "requests with a system prompt, one a line",
        text(
            "requests.jsonl",
            lines({"model": "claude-sonnet-4-5", "max_tokens": 1024, "system": "Be brief.", "messages": openai(*TALK)}),
        ),
        read=[TALK],
    ),
    Example(
        "anthropic",
        "a response with its thinking, which is left out",
        text("response.json", pretty(claude(SAY, thinking="x_3 could be 15?"))),
        read=[TALK[1:2]],
    ),
    Example(
        "anthropic",
        "results of a batch, one of which failed",
        text(
            "results.jsonl",
            lines(
                {"custom_id": "ada", "result": {"type": "succeeded", "message": claude(SAY)}},
                {"custom_id": "eve", "result": {"type": "errored", "error": {"type": "invalid_request_error"}}},
            ),
        ),
        says="found",
        read=[TALK[1:2]],
    ),
    Example(
        "anthropic",
        "a response that holds a tool's call alone",
        text(
            "tool.json",
            pretty({**claude(SAY), "content": [{"type": "tool_use", "id": "t", "name": "python", "input": {}}]}),
        ),
        says="nothing is said",
    ),
]


def said(*turns: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "uuid": f"m{number}",
            "text": words,
            "content": [{"type": "text", "text": words}],
            "sender": "human" if role == "user" else "assistant",
            "created_at": "2026-10-01T09:00:00Z",
            "attachments": [],
            "files": [],
        }
        for number, (role, words) in enumerate(turns)
    ]


CLAUDE_EXPORT = [
    Example(
        "claude-export",
        "conversations.json of claude.ai",
        text(
            "conversations.json",
            json.dumps(
                [
                    {"uuid": "c1", "name": "Sequences", "account": {"uuid": "a"}, "chat_messages": said(*TALK)},
                    {"uuid": "c2", "name": "", "chat_messages": said(*SHORT)},
                ]
            ),
        ),
        read=[TALK, SHORT],
    ),
    Example(
        "claude-export",
        "a message whose text stands in its blocks alone",
        text(
            "conversations.json",
            pretty([{"uuid": "c", "name": "S", "chat_messages": [said(TALK[0])[0], {**said(TALK[1])[0], "text": ""}]}]),
        ),
        read=[SHORT],
    ),
    Example(
        "claude-export",
        "a conversation that nothing was said in",
        text(
            "conversations.json",
            json.dumps(
                [
                    {"uuid": "c1", "name": "empty", "chat_messages": []},
                    {"uuid": "c2", "name": "S", "chat_messages": said(*SHORT)},
                ]
            ),
        ),
        says="nothing is said",
        read=[SHORT],
    ),
    Example(
        "claude-export",
        "a download that broke off",
        text(
            "conversations.json",
            json.dumps(
                [
                    {"uuid": "c1", "name": "S", "chat_messages": said(*SHORT)},
                    {"uuid": "c2", "name": "T", "chat_messages": said(*TALK)},
                ]
            )[:-200],
        ),
        says="no JSON after 1 whole conversations",
        read=[SHORT],
    ),
]


def shared(*turns: tuple[str, str]) -> list[dict[str, str]]:
    return [{"from": "human" if role == "user" else "gpt", "value": words} for role, words in turns]


_PARAGRAPHS = "".join(f"<p>{words}</p>" for words in SAY.split("\n\n"))
SHAREGPT = [
    Example(
        "sharegpt",
        "a list of conversations, as Vicuna was trained on",
        text(
            "sg.json",
            json.dumps(
                [
                    {"id": "QWJhYvA_0", "conversations": shared(*TALK)},
                    {"id": "i6IyJda_0", "conversations": shared(*SHORT)},
                ]
            ),
        ),
        read=[TALK, SHORT],
    ),
    Example(
        "sharegpt",
        "replies in HTML",
        text(
            "sg.json",
            json.dumps(
                [
                    {
                        "id": "h_0",
                        "conversations": [
                            {"from": "human", "value": ASK},
                            {
                                "from": "gpt",
                                "value": f"<div class='markdown'>{_PARAGRAPHS}</div>",
                            },
                        ],
                    }
                ]
            ),
        ),
        read=[SHORT],
    ),
    Example(
        "sharegpt",
        "lines, the first turn being the model's",
        text("sg.jsonl", lines({"id": "g_1", "conversations": shared(TALK[1], TALK[2], TALK[3])})),
        read=[TALK[1:]],
    ),
    Example(
        "sharegpt",
        "a record without its turns",
        text("sg.jsonl", lines({"id": "a", "conversations": shared(*SHORT)}, {"id": "b", "conversations": None})),
        says="found",
        read=[SHORT],
    ),
]


MAKERS = [*OPENAI, *ANTHROPIC, *CLAUDE_EXPORT, *SHAREGPT]
