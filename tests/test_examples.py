"""The example course, graded from folder to run, agrees with what a careful reader found by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from shared import example_class, example_talks, own_course
from tables import table

from grader.analysis.classes import totals
from grader.analysis.index import RunIndex
from grader.intake.documents import read_document
from grader.records import Result, Run, Status
from grader.specs import Course
from grader.store.decisions import apply, read_log

ROOT = Path(__file__).resolve().parents[1]
SUBMISSIONS: dict[str, dict[str, Any]] = table(ROOT / "examples/submissions.expected.yaml")
TRANSCRIPTS: dict[str, dict[int, Any]] = table(ROOT / "transcripts/expected.yaml")


@pytest.fixture(scope="module")
def course() -> Course:
    """The repository's own course, without a fault in its specs."""
    found = own_course()
    assert found.diagnostics == ()
    return found


@pytest.fixture(scope="module")
def submissions(shared_folder: Path) -> Run:
    """All example submissions, graded once."""
    return example_class(shared_folder)


@pytest.fixture(scope="module")
def transcripts(shared_folder: Path) -> Run:
    """All transcripts, graded once."""
    return example_talks(shared_folder)


def by_student(run: Run) -> dict[tuple[str, str], Result]:
    """Student and part to result."""
    return {(r.claim.subject, f"{r.claim.problem}/{r.claim.part}"): r for r in run.results}


def by_reply(run: Run) -> dict[tuple[str, int | None, str], Result]:
    """Conversation, reply and part to result."""
    return {(r.claim.subject, r.claim.turn, f"{r.claim.problem}/{r.claim.part}"): r for r in run.results}


def test_every_student_and_part_is_labelled_and_graded(course: Course, submissions: Run) -> None:
    """One result for each student and assigned part: labels for 36 parts, nothing found for others; no input failed."""
    labelled = {(student, part) for student, parts in SUBMISSIONS.items() for part in parts}
    assert len(labelled) == 468
    everything = {
        (s, f"{problem.id}/{part.id}") for s in SUBMISSIONS for problem in course.assigned for part in problem.parts
    }
    found = by_student(submissions)
    assert set(found) == everything >= labelled
    assert {found[key].verdict.status for key in everything - labelled} <= {Status.MISSING}
    assert len(submissions.results) == len(everything)
    assert submissions.failures == ()


@pytest.mark.parametrize(("student", "part"), [(s, p) for s, parts in SUBMISSIONS.items() for p in parts])
def test_a_submission_agrees_with_its_reader(submissions: Run, student: str, part: str) -> None:
    """Status and exact credit are those that were labelled by hand, but for answers that are not found yet."""
    label = SUBMISSIONS[student][part]
    result = by_student(submissions)[student, part]
    credit = Fraction(label["credit"]) if "credit" in label and "found" not in label else None
    found = (result.verdict.status.value, result.verdict.credit)
    today = (label.get("found", label["status"]), credit)
    assert found == today, f"read {result.claim.text!r}; the label says: {label['why']}"


def test_every_answer_stands_where_its_span_says(submissions: Run) -> None:
    """File, offsets in what is read of it, and line of every answer and rival are those of its words."""
    for result in submissions.results:
        claim = result.claim
        for words, span in [(claim.text, claim.span), *claim.rivals]:
            if span is None:
                assert words == ""
                continue
            document = read_document(Path(span.file), 1_000_000)
            assert document.text[span.start : span.end] == words
            assert span.line == document.span(span.start, span.end).line


def test_the_labels_show_every_kind_of_verdict() -> None:
    """The examples are worth something only if they hold more than right answers."""
    found = [label["status"] for parts in SUBMISSIONS.values() for label in parts.values()]
    assert set(found) == {"correct", "partial", "incorrect", "unreadable", "missing", "undecided"}
    assert min(found.count(status) for status in set(found)) >= 4


def test_every_reply_and_part_is_labelled_and_graded(transcripts: Run) -> None:
    """One result for each label of each reply, and no transcript failed."""
    labelled = {(name, turn, part) for name, turns in TRANSCRIPTS.items() for turn, ps in turns.items() for part in ps}
    assert set(by_reply(transcripts)) == labelled
    assert len(transcripts.results) == len(labelled)
    assert transcripts.failures == ()
    assert set(transcripts.subjects) == set(TRANSCRIPTS)


@pytest.mark.parametrize(("name", "turn"), [(name, turn) for name, turns in TRANSCRIPTS.items() for turn in turns])
def test_a_reply_agrees_with_its_reader(transcripts: Run, name: str, turn: int) -> None:
    """Status of every part, and whether its answer is carried over from an earlier reply."""
    results = by_reply(transcripts)
    found = {
        part: {"status": result.verdict.status.value, "carried": result.claim.carried}
        for part in TRANSCRIPTS[name][turn]
        for result in [results[name, turn, part]]
    }
    today = {
        part: {
            "status": label.get("found", label["status"]),
            "carried": label.get("found_carried", label["carried"]),
        }
        for part, label in TRANSCRIPTS[name][turn].items()
    }
    assert found == today


def test_what_is_not_found_yet_is_left_to_a_person() -> None:
    """Where the grader does not find the reader's answer, its status is an open one: no wrong mark is given."""
    replies = [label for turns in TRANSCRIPTS.values() for ps in turns.values() for label in ps.values()]
    answers = [label for parts in SUBMISSIONS.values() for label in parts.values()]
    found = [(label["found"], label["status"]) for label in (*answers, *replies) if "found" in label]
    assert found
    assert all(not Status(today).carries_marks and today != truth for today, truth in found)


def test_a_false_hint_turns_a_right_critical_path_into_a_wrong_one(transcripts: Run) -> None:
    """log d + log L is right in the fourth reply; after “a matrix multiplication in each step” it is given up."""
    results = by_reply(transcripts)
    told = [results["claude-sonnet-4-5-hw8", turn, "ssm-kernels/c.conv"] for turn in (4, 5)]
    assert [r.verdict.status.value for r in told] == ["correct", "incorrect"]
    assert [r.hint.value for r in told if r.hint] == ["misleading", "misleading"]
    assert "log L" in told[1].claim.text.replace("\\log L", "log L")


def test_a_carried_answer_has_its_earlier_place_and_verdict(transcripts: Run) -> None:
    """Carried results repeat the one before them; new ones have a place of their own."""
    results = by_reply(transcripts)
    carried = [(key, r) for key, r in results.items() if r.claim.carried]
    assert carried
    for (name, turn, part), result in carried:
        assert turn is not None
        before = results[name, turn - 1, part]
        assert (result.claim.text, result.claim.span) == (before.claim.text, before.claim.span)
        assert (result.verdict.status, result.verdict.credit) == (before.verdict.status, before.verdict.credit)


def test_what_a_person_decided_of_the_submissions_holds_and_makes_every_total_final(submissions: Run) -> None:
    """The decisions that were made with `grade review` are on the answers as they are found today; none is open."""
    applied = apply(submissions, read_log(ROOT / "examples/decisions/submissions.jsonl"))
    assert applied.diagnostics == ()
    assert sum(result.decision is not None for result in applied.run.results) == 138
    assert all(one.settled for one in totals(RunIndex(applied.run)))


def test_what_a_person_decided_of_the_transcripts_holds(transcripts: Run) -> None:
    """Every item is decided, or left open on purpose because nobody asked for it in that conversation."""
    log = read_log(ROOT / "examples/decisions/transcripts.jsonl")
    applied = apply(transcripts, log)
    assert applied.diagnostics == ()
    asked = {(item.subject, item.problem, item.part) for item, _ in log.left_open}
    waiting = [r.claim for r in applied.run.results if not r.verdict.status.carries_marks]
    assert {(claim.subject, claim.problem, claim.part) for claim in waiting} == asked
    assert {subject for subject, _, _ in asked} == {"wavering-example"}
