"""The made replies as a log of Inspect (``.eval``), written by Inspect's own writer (extra ``bench``).

A sample is a conversation: its messages, the last reply as its output, and a right answer as its target. Hints and
labels stand in the messages' metadata. The log has no events and no scores, as of a run with ``--no-score`` whose
events are not kept; real logs are longer by these, which costs a reader that parses whole samples more.

``python -m benchmarks.eval_logs 500 FOLDER`` writes a course and ``replies.eval`` with 500 samples into a folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.items import items, make_course
from benchmarks.replies import LOADS, MOST_TURNS, Maker, Talk
from grader.records import HintKind

if TYPE_CHECKING:
    from inspect_ai.log import EvalSample

MODEL = "mockllm/model"
"""All replies of a log are of one model; Inspect loads it to score, so it has to be one that needs no network."""


def samples(maker: Maker, count: int) -> Iterator[EvalSample]:
    """Conversations as Inspect's samples.

    Args:
        maker: of the conversations.
        count: of samples.
    """
    from inspect_ai.log import EvalSample
    from inspect_ai.model import ChatCompletionChoice, ChatMessage, ChatMessageAssistant, ChatMessageUser, ModelOutput

    for number, talk in enumerate(islice(maker.talks(count * MOST_TURNS), count), 1):
        messages: list[ChatMessage] = []
        for place, made in enumerate(talk.replies):
            kind, words = made.hint
            declared = {"hint": str(kind), "about": [f"{talk.item.problem}/a"]} if kind is not HintKind.NONE else None
            messages.append(ChatMessageUser(content=words, metadata=declared, id=f"{number}-{place}-user"))
            label = {"planted": made.label}
            last = ChatMessageAssistant(content=made.text, metadata=label, id=f"{number}-{place}", model=MODEL)
            messages.append(last)
        yield EvalSample(
            id=sample_id(talk),
            epoch=1,
            input=messages[0].text,
            target=talk.item.right[0],
            messages=messages,
            output=ModelOutput(model=MODEL, choices=[ChatCompletionChoice(message=last, stop_reason="stop")]),
            metadata={"problem": talk.item.problem},
        )


def sample_id(talk: Talk) -> str:
    """The id of a conversation's sample, without the model, which is the log's.

    Args:
        talk: the conversation.
    """
    return talk.id.partition("-")[2]


def write_log(file: Path, maker: Maker, count: int) -> None:
    """Write a log.

    Args:
        file: ends in ``.eval``.
        maker: of the conversations.
        count: of samples, all held in memory.
    """
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalResults, EvalSpec, EvalStats, write_eval_log

    when = datetime(2026, 11, 26, tzinfo=UTC).isoformat()
    made = list(samples(maker, count))
    spec = EvalSpec(
        created=when,
        task="made-replies",
        task_id="made",
        run_id="made",
        eval_id="made",
        dataset=EvalDataset(name="made-replies", samples=count, sample_ids=[sample.id for sample in made]),
        model=MODEL,
        config=EvalConfig(),
    )
    log = EvalLog(
        status="success",
        eval=spec,
        results=EvalResults(total_samples=count, completed_samples=count),
        stats=EvalStats(started_at=when, completed_at=when),
        samples=made,
    )
    write_eval_log(log, str(file))


def main() -> None:
    """Write a course and a log."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("samples", type=int)
    reader.add_argument("folder", type=Path, help="where the course and replies.eval are written")
    reader.add_argument("--load", choices=LOADS, default="cold")
    given = reader.parse_args()
    make_course(given.folder)
    write_log(given.folder / "replies.eval", Maker(items(given.folder), LOADS[given.load]), given.samples)
    print(f"{given.samples:,} samples, {(given.folder / 'replies.eval').stat().st_size / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
