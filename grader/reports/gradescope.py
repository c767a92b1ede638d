"""What Gradescope is told of one submission: ``results.json`` of an autograder.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ tells its form. A part without a mark is a test without
a score, never one with 0; while there is such a part, the total is hidden from the student until grades are published
(docs/decisions/2026-11-26-open-parts-on-gradescope.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from grader import __version__
from grader.analysis.index import RunIndex
from grader.diagnostics import Diagnostic
from grader.records import Result, Run, Status
from grader.reports.classes.student_view import StudentPart, StudentView, student_view
from grader.reports.engine import printable
from grader.reports.numbers import exact, plural
from grader.store.results import result_object

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
"""When students see a test; the words are Gradescope's."""

SCHEMA = 1
_LONGEST = 6000  # characters of an answer that is stored
_UNTIL = "after_published"  # a test that students do not see yet hides the total from them

_FAILED = (
    "This submission was not graded: the grader had a problem of its own, which is not your doing. "
    "No mark was given, and none of 0 either. The course staff can see what happened, and will grade it again."
)


def results_object(
    run: Run, *, release_expected: bool = False, visibility: str = "visible", seconds: float = 0.0
) -> dict[str, Any]:
    """What becomes ``results.json``.

    Args:
        run: of the one submission, with the decisions of people.
        release_expected: show the expected answers; else nothing that is written tells them.
        visibility: when students see the parts, one of :data:`VISIBILITIES`.
        seconds: what grading took.

    Returns:
        JSON values. ``score`` is the sum of the scores of ``tests``, and is left out where no part has a mark. No
        penalty for late work is taken off; the output tells it.

    Raises:
        ValueError: the run is of none or several submissions.
    """
    if len(run.subjects) != 1:
        raise ValueError(f"{len(run.subjects)} submissions, expected one")
    subject = run.subjects[0]
    index = RunIndex(run)
    view = student_view(index, subject, release_expected)
    tests = [
        _test(part, f"{i}.{j}", index.last(subject, part.where.ref), release_expected)
        for i, (_, parts) in enumerate(view.problems, 1)
        for j, part in enumerate(parts, 1)
    ]
    marked = [test["score"] for test in tests if "score" in test]
    waiting = [part for part in view.parts if part.points is None]
    if waiting:
        tests.append(_waiting(waiting))
    made: dict[str, Any] = {"score": round(sum(marked), 4)} if marked else {}
    made |= {
        "execution_time": round(seconds, 2),
        "output": "\n".join(_whole(view)),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "schema": SCHEMA,
            "grader": __version__,
            "subject": subject,
            "earned": _number(view.total.earned),
            "graded": _number(view.total.graded),
            "possible": _number(view.total.possible),
            "open": ["/".join(part.where.ref) for part in waiting],
        },
    }
    return {key: _clean(value) for key, value in made.items()}


def failure_object(reasons: Sequence[Diagnostic] = ()) -> dict[str, Any]:
    """What becomes ``results.json`` where the submission could not be graded at all: nothing in it is a mark.

    Args:
        reasons: for the staff.
    """
    why = (
        _clean("\n\n".join(map(str, reasons))) or "The grader did not get as far as saying why; its output tells more."
    )
    return {
        "output": _FAILED,
        "output_format": "text",
        "test_output_format": "text",
        "stdout_visibility": "hidden",
        "tests": [
            {"name": "Not graded", "output": _FAILED, "visibility": _UNTIL},
            {"name": "For the staff: what happened", "output": why, "visibility": "hidden"},
        ],
        "extra_data": {"schema": SCHEMA, "grader": __version__, "failed": [one.code for one in reasons] or ["unknown"]},
    }


def _test(part: StudentPart, number: str, result: Result | None, release: bool) -> dict[str, Any]:
    """The test of a part. Without a mark it has neither a score nor a status, which is passed or failed."""
    points = part.where.part.points
    made: dict[str, Any] = {"number": number}
    name = f"{part.where.problem.title}, part {part.where.part.id}"
    if part.points is None:
        made["name"] = f"{name} – not marked yet, {_points(points)}"
    else:
        made["name"] = name
        made["score"], made["max_score"] = _number(part.points), _number(points)
        made["status"] = "passed" if part.status is Status.CORRECT else "failed"
    made["output"] = "\n".join(_told(part))
    made["tags"] = [str(part.status) if part.status else "not graded"]
    if result is not None:
        made["extra_data"] = _stored(result, part, release)
    return made


def _told(part: StudentPart) -> Iterator[str]:
    """What the student's own page says of a part, in the same order."""
    if part.decision is not None and part.points is not None:
        given = f"{exact(part.points)} of {_points(part.where.part.points)}"
        yield f"A person looked at this on {part.decision.at:%Y-%m-%d} and gave {given}."
        if part.decision.comment:
            yield f"“{part.decision.comment}”"
    else:
        yield " ".join(filter(None, (part.says, part.feedback)))
        yield from filter(None, (part.check, part.earns))
        yield from (f"- {one}" for one in part.criteria)
    if part.wrote is not None and (part.wrote.answer.strip() or part.wrote.cut):
        cut = f" … (and {part.wrote.cut} more characters)" if part.wrote.cut else ""
        yield ""
        yield f"You wrote ({part.wrote.place}):" if part.wrote.place else "You wrote:"
        yield f"{part.wrote.answer.strip()}{cut}"
    if part.read_as is not None:
        yield f"We read it as: {part.read_as.unicode}"
    if part.expected is not None:
        yield f"Expected: {part.expected.unicode}"
    yield from part.remarks


def _stored(result: Result, part: StudentPart, release: bool) -> dict[str, Any]:
    """The line of ``results.jsonl``, less whatever the student's page would not tell."""
    made = result_object(result)
    made |= {"decided_by": None, "machine_status": None, "machine_credit": None}  # the student's page tells none of it
    made = {key: value[:_LONGEST] if isinstance(value, str) else value for key, value in made.items()}
    if not release:
        made["feedback"] = part.feedback
        made["evidence"] = None
    return made


def _waiting(parts: Sequence[StudentPart]) -> dict[str, Any]:
    """The test that hides the total from the student: what it leaves out is not 0."""
    text = (
        f"Not marked yet: {_names(parts)}, {_points(_worth(parts))} in all. The total counts only what is marked; this "
        "is left out of it and not marked as 0."
    )
    return {"name": f"Not marked yet: {plural(len(parts), 'part')}", "output": text, "visibility": _UNTIL}


def _whole(view: StudentView) -> Iterator[str]:
    """What there is to say of the submission as a whole."""
    total = view.total
    if total.graded:
        yield f"{exact(total.earned)} of {_points(total.graded)} in the parts that are marked."
    if view.waiting:
        yield f"{_parts(view.waiting)} for a person to mark: {_names(view.waiting)}. There is nothing for you to do."
    if view.absent:
        yield f"We found no answer to {_names(view.absent)}. If you gave one, tell your instructor where it stands."
    if total.open:
        yield (
            f"Parts that are not marked ({_points(_worth(p for p in view.parts if p.points is None))}) count neither "
            f"as 0 nor as right; what you have so far is the least you have."
        )
    yield from view.came
    yield from view.remarks


def _parts(parts: Sequence[StudentPart]) -> str:
    return f"{plural(len(parts), 'part')} {'waits' if len(parts) == 1 else 'wait'}"


def _names(parts: Iterable[StudentPart]) -> str:
    return ", ".join(part.where.name for part in parts)


def _worth(parts: Iterable[StudentPart]) -> Fraction:
    return sum((part.where.part.points for part in parts), Fraction(0))


def _points(value: Fraction) -> str:
    return f"{exact(value)} point{'' if value == 1 else 's'}"


def _number(value: Fraction) -> float:
    """Points as a decimal of at most four places."""
    return round(float(value), 4)


def _clean(value: Any) -> Any:
    """A JSON value whose texts every reader takes."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {_clean(key): _clean(one) for key, one in value.items()} if isinstance(value, dict) else value
