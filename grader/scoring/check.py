"""The neutral contract: one response against one expected answer, from Python or as lines of JSON."""

from __future__ import annotations

import time
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grader.answers import get_type, type_names
from grader.answers.base import brief
from grader.diagnostics import GradeError, SpecError, author_error
from grader.intake.formats.base import without_struck
from grader.records import Claim, Evidence, Part, Problem, Status, Verdict
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth

if TYPE_CHECKING:
    from grader.specs import Course

MAX_RESPONSE = 200_000
"""Longer responses are refused."""

MAX_DEPTH = 20
"""Deepest nesting of an expected answer or an option."""

_truths: dict[tuple[str, str, str, str], tuple[Problem, Truth]] = {}
"""What solvers gave in this process, by course, problem, part and student: lines of one file ask the same again."""


def check(response: str, expected: object, type: str = "auto", **options: Any) -> Verdict:  # noqa: A002
    """Judge a response against an expected answer.

    Args:
        response: a bare answer or a whole reply.
        expected: the right answer, as text or as a plain value.
        type: name of the answer type; ``auto`` works it out from ``expected``.
        options: of the type, such as ``rel=1e-6`` or ``variable="λ"``.

    Returns:
        The verdict, with its evidence.

    Raises:
        SpecError: the type, an option or the expected answer is wrong: a mistake of the caller.

    >>> check("between 1 and 4, inclusive", "[1, 4]", type="interval", variable="λ").status.value
    'correct'
    """
    return _check(response, expected, type, options)


def _check(response: str, expected: object, kind: str, options: Mapping[str, Any]) -> Verdict:
    if not isinstance(response, str):
        raise SpecError(author_error("check-response", f"the response must be text, found {_kind_of(response)}"))
    if not isinstance(kind, str):
        raise SpecError(author_error("spec-unknown-type", f"the type must be a name, found {_kind_of(kind)}"))
    if _depth(expected) > MAX_DEPTH or _depth(options) > MAX_DEPTH:
        raise SpecError(author_error("check-depth", f"lists may be nested at most {MAX_DEPTH} deep"))
    if kind == "auto":
        kind, options, expected = _worked_out(expected, options, response)
    part, truth = _part_and_truth(kind, expected, options)
    return _score(part, truth, response)


def _worked_out(expected: object, options: Mapping[str, Any], response: str) -> tuple[str, Mapping[str, Any], object]:
    from grader.scoring.auto import work_out

    return work_out(expected, options, response)


def _depth(value: object) -> int:
    """How deep lists and mappings are nested; more than :data:`MAX_DEPTH` is not told apart."""
    if isinstance(value, str | int | float):
        return 0
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        inner: list[object] = []
        for item in level:
            inner.extend(item.values() if isinstance(item, Mapping) else item if isinstance(item, list | tuple) else ())
        level, depth = inner, depth + 1
    return depth


def check_line(line: Mapping[str, Any], course: Course | None) -> dict[str, Any]:
    """Judge one line of ``grade check --jsonl``.

    Args:
        line: ``{"id", "response", "type", "expected", "options"}``, or ``problem`` and ``part`` in place of the
            last three; with ``student``, by the numbers of that student.
        course: where problems are looked up; None if there is none.

    Returns:
        One line of output. Its status is ``failed``, with the reason, where the line itself is wrong.
    """
    started = time.perf_counter()
    verdict = _check_line(line, course)
    seconds = round(time.perf_counter() - started, 6)
    return {"schema": 1, "id": line.get("id"), **verdict_object(verdict), "seconds": seconds}


def _check_line(line: Mapping[str, Any], course: Course | None) -> Verdict:
    response = line.get("response")
    if not isinstance(response, str):
        return _failed("bad_line", f"“response” must be text, found {_kind_of(response)}")
    try:
        if "problem" in line or "part" in line:
            return _check_part(line, response, course)
        if "expected" not in line:
            return _failed("bad_line", "“expected” is missing (or “problem” and “part”)")
        kind = line.get("type", "auto")
        if kind != "auto" and (not isinstance(kind, str) or kind not in type_names()):
            return _failed("unknown_type", f"there is no answer type “{str(kind)[:60]}”")
        options = line.get("options") or {}
        if not isinstance(options, Mapping):
            return _failed("bad_line", f"“options” must be an object, found {_kind_of(options)}")
        return _check(response, line["expected"], kind, {str(k): v for k, v in options.items()})
    except GradeError as error:
        first = error.diagnostics[0]
        return Verdict(Status.FAILED, None, "bad_key", feedback=first.message, diagnostics=error.diagnostics)


def _failed(reason: str, message: str) -> Verdict:
    """The verdict on an item that could not be judged.

    Args:
        reason: a short name for programs, such as ``bad_line``.
        message: what to tell a person.
    """
    return Verdict(Status.FAILED, None, reason, feedback=message)


def verdict_object(verdict: Verdict) -> dict[str, Any]:
    """The part of a line of output that tells the verdict.

    Args:
        verdict: of any status.

    Returns:
        Plain JSON values: status, credit, reason, read_as, feedback and evidence.
    """
    return {
        "status": verdict.status.value,
        "credit": None if verdict.credit is None else float(verdict.credit),
        "reason": verdict.reason,
        "read_as": verdict.read_as.unicode if verdict.read_as else None,
        "feedback": verdict.feedback,
        "evidence": _evidence_object(verdict.evidence),
    }


def _evidence_object(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    witness = evidence.witness
    shown = {"at": dict(witness.at), "yours": witness.yours, "expected": witness.expected} if witness else None
    return {"method": evidence.method, "error_bound": evidence.error_bound or None, "witness": shown}


def _check_part(line: Mapping[str, Any], response: str, course: Course | None) -> Verdict:
    if course is None:
        return _failed("no_course", "a problem is named, but there is no course; give --course DIR")
    problem = next((p for p in course.problems if p.id == line.get("problem")), None)
    part = next((p for p in problem.parts if p.id == line.get("part")), None) if problem else None
    if problem is None or part is None:
        return _failed("unknown_part", f"the course has no part {line.get('problem')}/{line.get('part')}")
    student = line.get("student") or ""
    if not isinstance(student, str):
        return _failed("bad_line", f"“student” must be text, found {_kind_of(student)}")
    key = str(course.root), problem.id, part.id, student
    if key not in _truths:
        from grader.scoring.solvers import solve_part  # and with it processes, which a single answer does not need

        if student:
            from grader.specs import draw_for

            problem = draw_for(problem, student, course.settings)
            part = problem.part(part.id)
        _truths[key] = problem, solve_part(course.root, problem, part, part.solve)
    problem, truth = _truths[key]
    return _score(problem.part(part.id), truth, response, problem)


def _score(part: Part, truth: Truth, response: str, problem: Problem | None = None) -> Verdict:
    if len(response) > MAX_RESPONSE:
        return _failed("too_long", f"the response has {len(response):,} characters; the limit is {MAX_RESPONSE:,}")
    asked = problem or Problem("check", "", "", "", {}, "", (part,), "<check>")
    return score_claim(asked, part, Claim("check", asked.id, part.id, text=without_struck(response)), truth)


def _part_and_truth(kind: str, expected: object, options: Mapping[str, Any]) -> tuple[Part, Truth]:
    frozen = _frozen(options)
    try:
        return _prepared(kind, _frozen(expected), frozen)
    except TypeError:  # an unhashable value, such as a numpy array
        return _prepare(kind, expected, _check_options(kind, options))


@lru_cache(maxsize=4096)
def _prepared(kind: str, expected: Any, options: Any) -> tuple[Part, Truth]:
    return _prepare(kind, _thawed(expected), _checked(kind, options))


@lru_cache(maxsize=1024)
def _checked(kind: str, options: Any) -> Any:
    return _check_options(kind, _thawed(options))


def _check_options(kind: str, options: Mapping[str, Any]) -> Any:
    """The options of a type, validated.

    Raises:
        SpecError: one of them is wrong.
    """
    from pydantic import ValidationError

    try:
        return get_type(kind).options_model.model_validate(dict(options))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(piece) for piece in first["loc"]) or "options"
        raise SpecError(author_error("spec-bad-option", f"option {where} of {kind}: {first['msg']}")) from error


def _prepare(kind: str, expected: Any, checked: Any) -> tuple[Part, Truth]:
    value = get_type(kind).key(expected, checked)
    name = getattr(value, "name", "")
    part = Part("answer", (), "", Fraction(1), kind, checked, solve="", symbols=(name,) if name else ())
    return part, Truth(value, ())


def _frozen(value: Any) -> Any:
    """A hashable stand-in for plain data that keeps 1, 1.0 and True apart."""
    kind = type(value)
    if kind is str or kind is int:
        return (kind.__name__, value)
    if kind is dict or isinstance(value, Mapping):
        return ("map", tuple((str(k), _frozen(v)) for k, v in value.items()))
    if isinstance(value, list | tuple):
        return ("list", tuple(_frozen(v) for v in value))
    return (value.__class__.__name__, value)


def _thawed(value: Any) -> Any:
    kind, content = value
    if kind == "map":
        return {key: _thawed(v) for key, v in content}
    if kind == "list":
        return [_thawed(v) for v in content]
    return content


def _kind_of(value: object) -> str:
    return "nothing" if value is None else f"{value.__class__.__name__} {brief(value)}"
