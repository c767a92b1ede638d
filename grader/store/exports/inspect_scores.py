"""Scores for logs of Inspect: the lines that ``precomputed_scores()`` of Inspect reads, by id and epoch of the samples.

Inspect takes one score for a sample: the share of the points in the last reply, over all parts that were asked.
``NaN`` is what ``Score.unscored()`` of Inspect has for a value: such a score is kept in the log, with its explanation,
and left out of metrics and reducers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

from grader.diagnostics import Diagnostic, InputError, operator_error, operator_warning
from grader.records import Conversation, Part, Result, last_reply
from grader.store.exports.base import TRANSCRIPTS, Export, Options, Written
from grader.store.exports.marks import earned_and_said
from grader.store.exports.source import Kept
from grader.store.files import atomic_writer

UNSCORED: Mapping[str, Any] = {"nan": float("nan"), "noanswer": "N", "omit": None}
"""What stands for a sample without a mark, by the words of ``--unscored``."""

MOST_LOGS = 8  # that a message lists


class InspectScores(Export):
    """See the module."""

    name: ClassVar[str] = "inspect"
    summary: ClassVar[str] = "Inspect AI: scores of the samples of a log, for its precomputed_scores()"
    file: ClassVar[str] = "inspect-scores.jsonl"
    ending: ClassVar[str] = ".jsonl"
    kinds: ClassVar[tuple[str, ...]] = (TRANSCRIPTS,)
    takes: ClassVar[frozenset[str]] = frozenset({"include_open", "unscored", "log"})

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """A line for each sample and epoch of one log."""
        log, samples = _log(kept, options.log)
        written = unscored = seen = 0
        with atomic_writer(path) as stream:
            for talk, results in kept.talks():
                if talk is None or talk.origin is None or talk.file != log:
                    continue
                reply = last_reply(results)
                parts = {one.claim.part_name: kept.part(one) for one in reply}
                made = score_object(talk, reply, parts, options)
                seen += 1
                unscored += isinstance(made["value"], str) or made["value"] is None or made["value"] != made["value"]
                if made["value"] is not None:
                    stream.write(json.dumps(made, ensure_ascii=False) + "\n")  # NaN, as Inspect reads and writes it
                    written += 1
        return Written(written, "score", tuple(_notes(unscored, samples - seen, options)), 0, unscored)


def score_object(
    talk: Conversation, results: Sequence[Result], parts: Mapping[str, Part], options: Options
) -> dict[str, Any]:
    """One line for ``precomputed_scores()``.

    Args:
        talk: recorded by Inspect.
        results: of its last reply.
        parts: that they are of, by ``problem/part``.
        options: of the export.

    Returns:
        The keys ``id, value, epoch, answer, explanation, metadata``. ``value`` is None where the line is left out.
    """
    origin = talk.origin
    if origin is None:
        raise ValueError(f"{talk.id} is no conversation of a log of Inspect")
    told = [(one.claim.part_name, one) for one in results]
    points = {name: part.points for name, part in parts.items()}
    waiting = [name for name, one in told if one.verdict.credit is None]
    whole = sum((points[name] for name, _ in told if name not in waiting), Fraction(0))
    value: Any = UNSCORED[options.unscored]
    scored = bool(whole) and (options.include_open or not waiting)
    if scored:
        earned = sum(((one.verdict.credit or 0) * points[name] for name, one in told), Fraction(0))
        value = float(earned / whole)
    statuses = {str(one.verdict.status) for name, one in told if name in waiting}
    return {
        "id": origin.sample,
        "value": value,
        "epoch": origin.epoch,
        "answer": told[0][1].claim.text if len(told) == 1 else "\n".join(f"{n}: {one.claim.text}" for n, one in told),
        "explanation": "\n".join(_explained(name, one, points[name]) for name, one in told),
        "metadata": {
            "conversation": talk.id,
            "model": talk.model,
            "reply": results[0].claim.turn,
            "parts": [_part(name, one, points[name]) for name, one in told],
            "open": waiting,
            # Inspect shows it as the reason of a score without a value.
            **({} if scored else {"unscored_reason": ", ".join(sorted(statuses)) or "no_points"}),
        },
    }


def _explained(name: str, result: Result, points: Fraction) -> str:
    verdict = result.verdict
    return f"{name} – {verdict.status} ({verdict.reason}), {earned_and_said(verdict, points, 'no mark')}"


def _part(name: str, result: Result, points: Fraction) -> dict[str, Any]:
    verdict = result.verdict
    return {
        "part": name,
        "status": str(verdict.status),
        "credit": None if verdict.credit is None else float(verdict.credit),
        "points": float(points),
        "reason": verdict.reason,
        "read_as": verdict.read_as.unicode if verdict.read_as else None,
        "decided_by": result.decision.by if result.decision else None,
    }


def _log(kept: Kept, wanted: str) -> tuple[str, int]:
    """The file of the log that is meant, and how many samples of it are in the run.

    Raises:
        InputError: ``export-logs``: none, or one of several.
    """
    logs = Counter(talk.file for talk in kept.conversations() if talk.origin is not None)
    if not logs:
        says = "no conversation of this run comes from a log of Inspect that names its samples"
        fix = "Grade a log first: grade transcripts LOG.eval --out OUT. Runs of before version 0.6 do not keep the ids."
        raise InputError(operator_error("export-logs", says, None, fix))
    found = [log for log in logs if not wanted or wanted in (log, Path(log).name, Path(log).stem)]
    if len(found) == 1:
        return found[0], logs[found[0]]
    listed = ", ".join(list(logs)[:MOST_LOGS]) + (", …" if len(logs) > MOST_LOGS else "")
    asked = f"{len(found)} of them are called {wanted!r}" if wanted else "Inspect takes the scores of one at a time"
    fix = f"Say which: --log {next(iter(logs))}"
    raise InputError(operator_error("export-logs", f"this run is of the logs {listed}; {asked}", None, fix))


def _notes(unscored: int, silent: int, options: Options) -> Iterator[Diagnostic]:
    if silent:
        what = "1 sample answers" if silent == 1 else f"{silent} samples answer"
        says = f"{what} no part that was asked for, and gets no line; Inspect leaves that unscored"
        fix = "If they should: grade intake LOG shows which parts were looked for."
        yield operator_warning("export-silent", says, None, fix)
    if unscored:
        how = {
            "nan": "their value is NaN, which Inspect keeps and leaves out of its metrics",
            "omit": "they are left out, and Inspect leaves them unscored",
            "noanswer": "their value is N, which the metrics of Inspect count as 0",
        }[options.unscored]
        what = "1 sample has" if unscored == 1 else f"{unscored} samples have"
        says = f"{what} no final score, for parts wait for a person; {how}"
        fix = "Decide on them: grade review OUT; or score them by the other parts: --include-open."
        yield operator_warning("export-open", says, None, fix)
