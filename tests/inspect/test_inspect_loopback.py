"""A model behind a server that speaks OpenAI's protocol: asked, hinted and judged, with nothing but the loopback."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from inspect_ai.model import get_model
from inspect_sample import Said, run, server

from grader.commands.main import cli
from grader.inspect import hint_ladder


def reply(said: Said) -> str:
    """Right at once in (b); in (a) only after a hint that points at the place; misled by nothing."""
    if "(b)" in said[0][1].rsplit("\n\n", 1)[-1]:
        return "It settles at the sum of the weights.\n\nAnswer: 1"
    pointed = any("Which samples" in words for role, words in said if role == "user")
    return "I see.\n\nAnswer: [1, 2, 3, 4]" if pointed else "Answer: [2, 1, 4, 2]"


def test_replies_change_after_hints_and_the_log_says_so(course: Path) -> None:
    """Each request carries the conversation until then; what changed comes back through ``grade transcripts``."""
    with server(reply) as (address, requests):
        model = get_model("openai-api/loopback/small", base_url=address, api_key="none", memoize=False)
        log = run(course, model, problems="moving-average", solver=hint_ladder(course=str(course)))
    asked = sorted(
        (len(one["messages"]), [m["content"] for m in one["messages"] if m["role"] == "user"][-1][:14])
        for one in requests
    )
    assert [length for length, _ in asked] == [1, 1, 3, 5]
    assert asked[-1][1] == "Which samples "
    assert {one["model"] for one in requests} == {"small"}
    out = course.parent / "out"
    done = CliRunner().invoke(cli, ["transcripts", log.location, "--course", str(course), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted((one["part"], one["turn"], one["hint"], one["status"], one["credit"]) for one in rows) == [
        ("a", 1, "none", "partial", 0.25),
        ("a", 2, "neutral", "partial", 0.25),
        ("a", 3, "targeted", "correct", 1.0),
        ("b", 1, "none", "correct", 1.0),
    ]
