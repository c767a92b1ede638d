"""``results.jsonl``: one object for each subject, problem, part and turn; the neutral contract."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.records import Item, Problem, Result, Run
from grader.scoring.check import verdict_object
from grader.store.files import atomic_writer, write_lines

SCHEMA = 1
FILE = "results.jsonl"  # in the folder of the results


def result_object(result: Result, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """One line of ``results.jsonl``.

    Args:
        problems: of the run, against which the result's part is checked; empty for no check.

    Returns:
        The keys ``schema, subject, problem, part, turn, hint, status, credit, reason, text,
        read_as, file, page, line, carried, confidence, review, feedback, evidence, decided_by, decided_at,
        machine_status, machine_credit``, in this order. The last four are null unless a person decided: then
        ``status``, ``credit`` and ``feedback`` are that person's, and these say who it was, when (UTC), and what
        the machine had said. ``review``
        lists why a person should look at how the answer was read; empty where nothing speaks for that. ``credit``
        is a number from 0 to 1, null where the status carries no mark; ``turn`` counts the
        model's replies from 1 and is null for submissions.

    Raises:
        KeyError: the part is not one of ``problems``.
    """
    claim = result.claim
    if problems:
        {problem.id: problem for problem in problems}[claim.problem].part(claim.part)
    verdict = verdict_object(result.verdict)
    return {
        "schema": SCHEMA,
        "subject": claim.subject,
        "problem": claim.problem,
        "part": claim.part,
        "turn": claim.turn,
        "hint": str(result.hint) if result.hint is not None else None,
        "status": verdict["status"],
        "credit": verdict["credit"],
        "reason": verdict["reason"],
        "text": claim.text,
        "read_as": verdict["read_as"],
        "file": claim.span.file if claim.span else None,
        "page": claim.span.page if claim.span else None,
        "line": claim.span.line if claim.span else None,
        "carried": claim.carried,
        "confidence": str(claim.confidence),
        "review": [d.message for d in claim.diagnostics if d.code.startswith("answer-")],
        "feedback": verdict["feedback"],
        "evidence": verdict["evidence"],
        **_by_hand(result),
    }


def _by_hand(result: Result) -> dict[str, Any]:
    """Who decided, and what the machine had said; nulls where nobody did."""
    decision, machine = result.decision, result.machine
    credit = machine.credit if machine else None
    return {
        "decided_by": decision.by if decision else None,
        "decided_at": decision.at.isoformat().replace("+00:00", "Z") if decision else None,
        "machine_status": str(machine.status) if machine else None,
        "machine_credit": float(credit) if credit is not None else None,
    }


def mark_results(path: Path, decided: Mapping[Item, Result]) -> None:
    """Put the marks that people gave into the lines of results; the others stay as they are, byte for byte.

    Args:
        path: of the lines.
        decided: the results that people decided on.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open(encoding="utf-8", newline="") as lines, atomic_writer(path) as stream:
        for line in lines:
            one = json.loads(line)
            result = decided.get(Item(one["subject"], one["problem"], one["part"], one["turn"]))
            stream.write(line if result is None else line_of(result))


def line_of(result: Result) -> str:
    """A line of ``results.jsonl``, with its end."""
    return json.dumps(result_object(result), ensure_ascii=False, allow_nan=False) + "\n"


def write_results(run: Run, path: Path) -> None:
    """Write every result of a run, in its order, one JSON object a line."""
    write_lines((result_object(result) for result in run.results), path)
