"""Whether replies were graded as planted: the results of ``grade transcripts`` beside the labels in its input."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

MEANS = {"right": {"correct"}, "wrong": {"incorrect", "partial"}, "unreadable": {"unreadable"}}
"""Statuses that a label means. A wrong answer of which something is right earns a part of the points."""


@dataclass(frozen=True, slots=True)
class Other:
    """A reply that was not graded as planted.

    Args:
        part: ``problem/part``.
        reply: its words.
        label: as planted.
        found: a row of ``results.jsonl``.
    """

    part: str
    reply: str
    label: str
    found: dict[str, Any]


@dataclass(slots=True)
class Agreement:
    """How many replies were graded as planted.

    Args:
        replies: in the input.
        agree: of them.
        others: by label and status found.
        strays: results for problems that nobody asked.
        examples: of the first MOST_EXAMPLES that do not agree.
    """

    replies: int = 0
    agree: int = 0
    others: Counter[tuple[str, str]] = field(default_factory=Counter)
    strays: int = 0
    examples: list[Other] = field(default_factory=list)

    def __str__(self) -> str:
        """One sentence."""
        rest = ", ".join(f"{count:,} {label} → {status}" for (label, status), count in self.others.most_common())
        strays = f" {self.strays:,} results are about problems that nobody asked." if self.strays else ""
        share = f"{self.agree:,} of {self.replies:,} replies were graded as planted"
        return f"{share}{f' (else {rest})' if rest else ''}.{strays}"


MOST_EXAMPLES = 200


def agreement(talks: Path, results: Path) -> Agreement:
    """Compare, conversation by conversation; neither file is held in memory.

    Args:
        talks: as :func:`benchmarks.replies.write_jsonl` writes them.
        results: ``results.jsonl`` of the run over them, in the same order.

    Raises:
        ValueError: a conversation has other results than one for each reply, or they are in another order.
    """
    found = Agreement()
    with talks.open(encoding="utf-8") as asked, results.open(encoding="utf-8") as graded:
        by_talk = groupby(map(json.loads, graded), key=lambda row: row["subject"])
        for line in asked:
            talk = json.loads(line)
            subject, rows = next(by_talk, ("", iter(())))
            listed = list(rows)
            own = [row for row in listed if row["problem"] == talk["metadata"]["problem"]]
            found.strays += len(listed) - len(own)
            replies = [one for one in talk["messages"] if one["role"] == "assistant"]
            if subject != talk["id"] or [row["turn"] for row in own] != list(range(1, len(replies) + 1)):
                raise ValueError(f"{talk['id']}: expected a result for each of {len(replies)} replies, found {listed}")
            standing = "missing"
            for reply, row in zip(replies, own, strict=True):
                silent = reply["planted"] == "silent"
                expected = {standing} if silent else MEANS[reply["planted"]]
                carried = silent and standing != "missing"
                found.replies += 1
                if row["status"] in expected and row["carried"] == carried:
                    found.agree += 1
                else:
                    status = row["status"] + (", carried" if row["carried"] else "")
                    found.others[reply["planted"], status] += 1
                    if len(found.examples) < MOST_EXAMPLES:
                        part = f"{row['problem']}/{row['part']}"
                        found.examples.append(Other(part, reply["content"], reply["planted"], row))
                standing = standing if silent else row["status"]
        if (more := next(by_talk, None)) is not None:
            raise ValueError(f"there are results for {more[0]}, which is not in the input")
    return found
