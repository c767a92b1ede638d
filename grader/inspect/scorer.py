"""The scorer: each sample's last reply, judged part by part by the specs of a course, and its metrics."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol, cast

from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, Value, mean, metric, scorer, stderr
from inspect_ai.solver import TaskState

from grader.analysis.enough import too_few
from grader.diagnostics import Diagnostic, InputError, operator_error
from grader.inspect.courses import open_course
from grader.inspect.judging import Job
from grader.inspect.messages import messages_of
from grader.inspect.names import registered
from grader.inspect.pool import pool_for
from grader.inspect.questions import question_of
from grader.records import Result, Status
from grader.scoring.check import verdict_object

REASONS = {
    Status.UNREADABLE: "invalid_response_format",
    Status.MISSING: "no_response",
    Status.UNDECIDED: "undecided",
    Status.FAILED: "scoring_failed",
}
"""Why a part has no mark, in Inspect's words where it has one."""


def _marks(
    course: str = "",
    problem: str = "",
    part: str = "",
    unreadable: float | None = None,
    missing: float | None = None,
    undecided: float | None = None,
    failed: float | None = None,
) -> Scorer:
    """Marks by the specs of a course: parsed, compared with computed truth, explained.

    The value has two numbers: ``credit``, the share of the points of the parts that have a mark, and ``marked``, the
    share of the asked parts that have one. An answer without a mark (unreadable, missing, undecided, failed) is not
    wrong: ``credit`` leaves it out, and is NaN, which Inspect leaves out of its metrics, where no part has a mark.

    Args:
        course: folder of the course; the nearest one if "".
        problem: id of the problem; as the sample says if "": in its metadata (``problem``, ``part`` or ``parts``) or
            its id (``problem/part``), else the problems that the person names.
        part: id of the part; all that are asked if "".
        unreadable: credit, 0 to 1, of answers that cannot be read; None leaves them without a mark.
        missing: of answers that are not there.
        undecided: of answers on which a person has to decide.
        failed: of answers that could not be judged.

    Raises:
        InputError: there is no course, or a credit is not between 0 and 1.
    """
    instead = {
        Status.UNREADABLE: _credit("unreadable", unreadable),
        Status.MISSING: _credit("missing", missing),
        Status.UNDECIDED: _credit("undecided", undecided),
        Status.FAILED: _credit("failed", failed),
    }
    pool = pool_for(open_course(course))

    async def score(state: TaskState, target: Target) -> Score:
        messages = messages_of(state.messages)
        if not any(one.role == "assistant" for one in messages) and state.output.completion:
            messages = (*messages, *messages_of([state.output.message]))
        question = question_of(pool.course, state.sample_id, state.metadata, problem, part)
        judged = await pool.judge(Job(messages, question))
        if isinstance(judged, Diagnostic):
            return Score.unscored(reason="scoring_failed", explanation=judged.message, metadata={"parts": {}})
        if not judged.results:
            says = (
                "Nothing here names a problem of the course: give the sample's metadata a `problem`, or the scorer one."
            )
            return Score.unscored(reason="not_asked", explanation=says, metadata={"parts": {}})
        points = {(p.id, one.id): one.points for p in pool.course.problems for one in p.parts}
        return score_of(judged.results, points, instead)

    return score


def score_of(
    results: Sequence[Result],
    points: Mapping[tuple[str, str], Fraction],
    instead: Mapping[Status, Fraction | None],
) -> Score:
    """The score of a sample.

    Args:
        results: one for each part that was asked.
        points: of each part, by problem and part.
        instead: credit for answers without a mark, by status; None to leave them out.
    """
    earned = possible = Fraction(0)
    marked = 0
    for result in results:
        verdict = result.verdict
        credit = verdict.credit if verdict.credit is not None else instead.get(verdict.status)
        if credit is not None:
            worth = points[result.claim.problem, result.claim.part]
            earned, possible, marked = earned + credit * worth, possible + worth, marked + 1
    open_parts = [one.verdict.status for one in results if one.verdict.credit is None]
    problems = sorted({result.claim.problem for result in results})
    parts = {result.claim.part_name: _object(result) for result in results}
    return Score(
        value={"credit": float(earned / possible) if possible else math.nan, "marked": marked / len(results)},
        answer="\n".join(_named(result, results, _answer(result)) for result in results),
        explanation="\n".join(_named(result, results, _explanation(result)) for result in results),
        reason=REASONS[open_parts[0]] if open_parts else None,
        metadata={"problem": " ".join(problems), "parts": parts},
    )


def _named(result: Result, results: Sequence[Result], text: str) -> str:
    return text if len(results) == 1 else f"{result.claim.part_name}: {text}"


def _answer(result: Result) -> str:
    """What was read; the words where nothing was."""
    return result.verdict.read_as.unicode if result.verdict.read_as else result.claim.text.strip()


def _explanation(result: Result) -> str:
    verdict = result.verdict
    says = f"{verdict.status} ({verdict.reason})"
    return f"{says}: {verdict.feedback}" if verdict.feedback else says


def _object(result: Result) -> dict[str, Any]:
    """A part in the metadata of a score."""
    claim = result.claim
    found = {"text": claim.text, "confidence": claim.confidence.value, "carried": claim.carried}
    return {**verdict_object(result.verdict), **found}


def _credit(name: str, value: float | None) -> Fraction | None:
    """A credit from the scorer's arguments, exactly."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        fix = "Give a share from 0 to 1, or leave it out: then such answers have no mark."
        raise InputError(operator_error("inspect-credit", f"{name} is {value!r}, expected a number", fix=fix))
    return Fraction(str(value))


# ---------------------------------------------------------------- metrics


class _Computes(Protocol):
    """What Inspect's metrics do since its version 0.3.64."""

    def __call__(self, scores: list[SampleScore]) -> Value: ...


def _stderr_by_problem() -> Metric:
    """The standard error of the mean, with the problems as clusters, as Inspect's ``stderr(cluster=…)`` has it.

    NaN where there are too few problems to tell how much problems differ (:mod:`grader.analysis.enough`).
    """
    clustered = cast(_Computes, stderr(cluster="problem"))

    def compute(scores: list[SampleScore]) -> Value:
        with_problem = [_with_problem(one) for one in scores]
        sizes: dict[str, int] = {}
        for one in with_problem:
            name = (one.sample_metadata or {})["problem"]
            sizes[name] = sizes.get(name, 0) + 1
        return math.nan if too_few(sizes.values()) else clustered(with_problem)

    return compute


def _with_problem(one: SampleScore) -> SampleScore:
    problem = (one.score.metadata or {}).get("problem") or f"sample {one.sample_id}"
    return one.model_copy(update={"sample_metadata": {"problem": problem}})


def _by_part() -> Metric:
    """The mean credit of each part, over the samples in which it has a mark; what no sample marks is not listed."""

    def compute(scores: list[SampleScore]) -> Value:
        earned: dict[str, list[float]] = {}
        for one in scores:
            for name, found in (one.score.metadata or {}).get("parts", {}).items():
                if found.get("credit") is not None:
                    earned.setdefault(name, []).append(found["credit"])
        return {name: sum(found) / len(found) for name, found in sorted(earned.items())}

    return compute


stderr_by_problem = registered(lambda name: metric(name), _stderr_by_problem, "stderr_by_problem")
by_part = registered(lambda name: metric(name, scores="unreduced"), _by_part, "by_part")
METRICS = {"credit": [mean(), stderr_by_problem()], "marked": [mean()]}
marks = registered(lambda name: scorer(metrics=METRICS, name=name), _marks, "marks")
