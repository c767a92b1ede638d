"""What Gradescope is told of a submission: each part one test, no mark that nobody gave, no expected answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from gradescope_contract import checked, told
from report_sample import SCRIPT, STUDENTS, class_run

from grader.commands.autograder import VISIBILITIES as OFFERED
from grader.diagnostics import operator_error
from grader.records import Decision, Delivery, Result, Run, Status
from grader.reports.gradescope import VISIBILITIES, failure_object, results_object


def run_of(student: str) -> Run:
    """The run of one student of the sample class."""
    run = class_run()
    results = tuple(result for result in run.results if result.claim.subject == student)
    return replace(run, subjects=(student,), results=results, failures=())


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("release", [False, True])
def test_every_submission_keeps_to_the_contract(student: str, release: bool) -> None:
    """Whatever the names and answers are: a test for each part, in order, and the total from their scores."""
    run = run_of(student)
    results = checked(results_object(run, release_expected=release))
    numbers = [test["number"] for test in results["tests"] if "number" in test]
    assert numbers == [f"{i}.{j}" for i, one in enumerate(run.problems, 1) for j, _ in enumerate(one.parts, 1)]


@pytest.mark.parametrize("student", STUDENTS)
def test_a_part_without_a_mark_has_neither_score_nor_status(student: str) -> None:
    """Unreadable, missing, undecided and failed parts are told, and counted nowhere."""
    run = run_of(student)
    by_ref = {(result.claim.problem, result.claim.part): result for result in run.results}
    results = results_object(run)
    refs = [(problem.id, part.id) for problem in run.problems for part in problem.parts]
    tests = [test for test in results["tests"] if "number" in test]
    for ref, test in zip(refs, tests, strict=True):
        result = by_ref.get(ref)
        marked = result is not None and result.verdict.status.carries_marks
        assert ("score" in test, "max_score" in test, "status" in test) == (marked,) * 3
        assert marked or "not marked yet" in test["name"]
        assert test["output"].strip()
    waiting = [f"{problem}/{part}" for (problem, part), test in zip(refs, tests, strict=True) if "score" not in test]
    assert results["extra_data"]["open"] == waiting


def test_without_any_mark_there_is_no_total() -> None:
    """A submission in which everything waits has no score of 0."""
    run = run_of(STUDENTS[0])
    results = tuple(
        replace(one, verdict=replace(one.verdict, status=Status.UNDECIDED, credit=None)) for one in run.results
    )
    made = checked(results_object(replace(run, results=results)))
    assert "score" not in made
    assert not [test for test in made["tests"] if "score" in test]


def test_a_failure_is_no_mark() -> None:
    """It tells student and staff apart, and holds no number that could be one."""
    made = checked(failure_object([operator_error("layout-metadata", "it broke", None, "Try again.")]))
    student, staff = made["tests"]
    assert "not your doing" in made["output"]
    assert (student["visibility"], staff["visibility"]) == ("after_published", "hidden")
    assert "it broke" in staff["output"]
    assert "it broke" not in made["output"]
    assert checked(failure_object())


def test_expected_answers_are_told_only_where_they_are_released() -> None:
    """Neither in the output nor in the data behind it."""
    wrong = [one.claim.subject for one in class_run().results if one.claim.text != "7777" and one.claim.part == "a.i"]
    released = [told(results_object(run_of(student), release_expected=True)) for student in wrong]
    kept = [told(results_object(run_of(student))) for student in wrong]
    assert any("7777" in text for text in released)
    assert not any("7777" in text for text in kept)
    assert not any("Expected:" in text or '"witness"' in text for text in kept)


def test_a_decision_of_a_person_is_a_mark() -> None:
    """With the comment for the student; who it was, and what the machine had said, is not told."""
    run = run_of(STUDENTS[0])
    first, *others = run.results
    claim = first.claim
    decision = Decision(
        "1", "S", claim.problem, claim.part, None, "0", Status.PARTIAL, Fraction(1, 3), "prof-secret",
        datetime(2026, 11, 26, tzinfo=UTC), "why-secret", "0", "Nearly; see page 3.",
    )  # fmt: skip
    verdict = replace(first.verdict, status=Status.PARTIAL, credit=Fraction(1, 3))
    decided = Result(claim, verdict, None, decision, first.verdict)
    results = checked(results_object(replace(run, results=(decided, *others))))
    test = results["tests"][0]
    assert (test["score"], test["max_score"]) == (1.0, 3.0)
    assert "A person looked at this on 2026-11-26 and gave 1 of 3 points." in test["output"]
    assert "Nearly; see page 3." in test["output"]
    assert "secret" not in told(results)
    assert test["extra_data"]["machine_status"] is None


def test_a_penalty_is_told_and_not_taken_off() -> None:
    """As on the student's page: the score is that of the parts."""
    run = run_of(STUDENTS[0])
    come = Delivery(at=datetime(2026, 11, 26, tzinfo=UTC), late=True, penalty=Fraction(1, 5))
    late = results_object(replace(run, deliveries={STUDENTS[0]: come}))
    assert late["score"] == results_object(run)["score"]
    assert "takes off 20 %" in late["output"]


def test_texts_are_texts() -> None:
    """Names and answers are shown in a format that renders nothing, and without characters that no page can hold."""
    run = run_of(SCRIPT)
    first, *others = run.results
    claim = replace(first.claim, text="a\ud800\x1b[31m\x00b", context="", span=None)
    results = checked(results_object(replace(run, results=(replace(first, claim=claim), *others))))
    assert (results["output_format"], results["test_output_format"]) == ("text", "text")
    assert not {test.get("output_format", "text") for test in results["tests"]} - {"text"}
    assert "\x1b" not in told(results)


def test_several_submissions_are_a_mistake_of_the_caller() -> None:
    """An autograder sees one."""
    with pytest.raises(ValueError, match="8 submissions"):
        results_object(class_run())


def test_the_command_offers_what_gradescope_knows() -> None:
    """The two lists of visibilities are one."""
    assert OFFERED == VISIBILITIES
