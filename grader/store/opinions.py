"""``labels.jsonl``: what was computed, what key and annotator say of each labelled answer, and their conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from grader.records import Label, Result
from grader.scoring.check import verdict_object

SCHEMA = 1


def opinion_object(
    subject: str, turn: int, part: str, result: Result | None, labels: Iterable[Label], conflicts: Iterable[str]
) -> dict[str, Any]:
    """One line of ``labels.jsonl``.

    Args:
        subject: the conversation.
        turn: number of the reply.
        part: ``problem/part``.
        result: what was computed; None if there is no answer of that turn.
        labels: what is said of it.
        conflicts: named.

    Returns:
        The keys ``schema, subject, problem, part, turn, text, truth, key, annotator, others, conflicts``. ``truth`` is
        null, or has ``status, reason, evidence``; ``key`` and ``annotator`` are null, or have ``says, note``.
    """
    verdict = verdict_object(result.verdict) if result is not None else None
    said: dict[str, list[Mapping[str, str]]] = {"key": [], "annotator": [], "others": []}
    for label in labels:
        words = {"says": label.says, "note": label.note}
        if label.by in ("key", "annotator") and not said[label.by]:
            said[label.by].append(words)
        else:
            said["others"].append({"by": label.by, **words})
    problem, _, name = part.partition("/")
    return {
        "schema": SCHEMA,
        "subject": subject,
        "problem": problem,
        "part": name,
        "turn": turn,
        "text": result.claim.text if result is not None else None,
        "truth": {name: verdict[name] for name in ("status", "reason", "evidence")} if verdict is not None else None,
        "key": next(iter(said["key"]), None),
        "annotator": next(iter(said["annotator"]), None),
        "others": said["others"],
        "conflicts": list(conflicts),
    }
