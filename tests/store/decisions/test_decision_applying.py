"""Decisions put in place of the machine's verdicts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from decision_sample import PART, PROBLEM, decision, result, run, undo

from grader.diagnostics import Span
from grader.records import Run, Status, Verdict
from grader.store.decisions import Log, append, apply, apply_file, machine_run
from grader.store.grades import write_grades
from grader.store.results import result_object

ANSWER = result("3 or 4")


def marks(found: Run) -> list[tuple[str, Fraction | None]]:
    return [(str(one.verdict.status), one.verdict.credit) for one in found.results]


def codes(found: Run, log: Log) -> list[str]:
    return [one.code for one in apply(found, log).diagnostics]


def test_a_decision_stands_and_the_machine_is_kept_beside_it() -> None:
    """The verdict is the person's, with its comment; the machine's own stands beside it."""
    made = decision(ANSWER, comment="Which of the two?")
    (found,) = apply(run(ANSWER), Log((made,))).run.results
    assert (found.verdict.status, found.verdict.credit) == (Status.PARTIAL, Fraction(1, 2))
    assert found.verdict.reason == "decided_by_person"
    assert found.verdict.feedback == "Which of the two?"
    assert found.verdict.evidence is not None and found.verdict.evidence.method == "decided by a person"
    assert found.decision == made
    assert found.machine == ANSWER.verdict


def test_a_missing_answer_can_get_marks() -> None:
    """“It is on page 3: 2 points” and “nothing there: 0” are decisions as any other."""
    page_3, nothing = result("", "ada"), result("", "emmy")
    log = Log((decision(page_3, "1/2", "d1"), decision(nothing, "0", "d2")))
    assert marks(apply(run(page_3, nothing), log).run) == [("partial", Fraction(1, 2)), ("incorrect", Fraction(0))]


def test_a_persons_mark_overrides_the_machines() -> None:
    """What the machine found wrong can be right in a person's eyes."""
    wrong = replace(ANSWER, verdict=Verdict(Status.INCORRECT, Fraction(0), "unequal", feedback="No."))
    (found,) = apply(run(wrong), Log((decision(wrong, "1"),))).run.results
    assert found.verdict.status is Status.CORRECT
    assert found.verdict.feedback == ""  # the machine's words do not go with the person's mark
    assert found.machine == wrong.verdict


def test_applying_again_changes_nothing_and_undoing_gives_the_machines_back() -> None:
    """A run that has decisions in it is as good an input as one that has none."""
    log = Log((decision(ANSWER),))
    once = apply(run(ANSWER), log).run
    assert apply(once, log).run == once
    assert apply(once, log.with_events([undo("d1")])).run == run(ANSWER)
    assert machine_run(once) == run(ANSWER)


def test_a_changed_answer_is_not_marked_by_an_old_decision() -> None:
    """The decision was on other words: it is told, with both, and the answer is open again."""
    now = result("5", span=Span("ada.md", 0, 1, 7))
    applied = apply(run(now), Log((decision(ANSWER),)))
    assert marks(applied.run) == [("undecided", None)]
    (told,) = applied.diagnostics
    assert told.code == "decision-stale" and told.span is not None and told.span.line == 7
    assert "“3 or 4”" in told.message and "“5”" in told.message
    assert applied.stale == (decision(ANSWER),)


def test_white_space_changes_no_answer_and_a_rival_does() -> None:
    """A line broken elsewhere is the same answer; another final answer beside it is not."""
    assert codes(run(result(" 3  or\n4 ")), Log((decision(ANSWER),))) == []
    rival = result("3 or 4", rivals=(("5", Span("x", 0, 1, 1)),))
    assert codes(run(rival), Log((decision(ANSWER),))) == ["decision-stale"]


def test_an_answer_that_comes_back_has_its_decision_again() -> None:
    """A decision on a later answer does not wipe the one on the earlier: each holds for its own words."""
    later = result("5")
    log = Log((decision(ANSWER, "1/2", "d1"), decision(later, "1", "d2")))
    assert marks(apply(run(ANSWER), log).run) == [("partial", Fraction(1, 2))]
    assert marks(apply(run(later), log).run) == [("correct", Fraction(1))]
    assert codes(run(ANSWER), log) == codes(run(later), log) == []


def test_a_decision_on_what_the_run_does_not_have_is_told_once() -> None:
    """A part of the class graded alone: one note for all the others."""
    log = Log(tuple(decision(result("x", name), "1", name) for name in ("b", "c", "d", "e")))
    (told,) = apply(run(ANSWER), log).diagnostics
    assert told.code == "decision-elsewhere" and told.message.startswith("4 decisions are not applied")


def test_a_changed_question_keeps_the_mark_and_asks_for_another_look() -> None:
    """Points, words or given values that changed: the same words keep their mark, and a person is told."""
    log = Log((decision(ANSWER),))
    for changed in (
        replace(PROBLEM, parts=(replace(PART, points=Fraction(8)),)),
        replace(PROBLEM, parts=(replace(PART, prompt="How few?"),)),
        replace(PROBLEM, given={"n": 4}),
    ):
        applied = apply(run(ANSWER, problem=changed), log)
        assert marks(applied.run) == [("partial", Fraction(1, 2))]
        assert [one.code for one in applied.diagnostics] == ["decision-question"]
        assert len(applied.again) == 1


def test_the_question_of_a_student_with_own_numbers_is_their_own() -> None:
    """Where numbers are drawn for each student, the digest is of that student's question."""
    own = replace(run(ANSWER), own={"ada": (replace(PROBLEM, given={"n": 99}),)})
    assert codes(own, Log((decision(ANSWER),))) == ["decision-question"]


def test_a_machine_that_marks_it_now_asks_for_another_look() -> None:
    """The person decided where the machine could not; now it can: the person's mark stands, and both are told."""
    marked = replace(ANSWER, verdict=Verdict(Status.CORRECT, Fraction(1), "exact"))
    applied = apply(run(marked), Log((decision(ANSWER),)))
    assert marks(applied.run) == [("partial", Fraction(1, 2))]
    assert [one.code for one in applied.diagnostics] == ["decision-machine"]
    assert "undecided" in applied.diagnostics[0].message and "correct" in applied.diagnostics[0].message


def test_a_decision_covers_the_replies_that_carry_the_answer_on() -> None:
    """It ends where the model answers anew, also with the same words, and where another decision was made."""
    first = result("x", turn=1)
    same = [result("x", turn=2, carried=True), result("x", turn=3, carried=True)]
    anew = result("x", turn=4)
    found = apply(run(first, *same, anew), Log((decision(first, "1/2"),)))
    assert [one for _, one in marks(found.run)] == [Fraction(1, 2)] * 3 + [None]
    assert found.diagnostics == ()
    two = Log((decision(first, "1/2"), decision(same[1], "1", "d2")))
    assert [one for _, one in marks(apply(run(first, *same, anew), two).run)] == [Fraction(1, 2)] * 2 + [1, None]


def test_a_decision_on_nothing_covers_the_replies_that_still_have_nothing() -> None:
    """“Nothing there” holds until there is something, and not again later."""
    turns = [result("", turn=1), result("", turn=2), result("x", turn=3), result("", turn=4)]
    found = apply(run(*turns), Log((decision(turns[0], "0"),)))
    assert [one for _, one in marks(found.run)] == [0, 0, None, None]


def test_an_undoing_of_what_is_not_there_is_told() -> None:
    """The file lost a line: that is said, and the rest holds."""
    log = Log((decision(ANSWER), undo("gone")))
    assert codes(run(ANSWER), log) == ["decision-undo"]


def test_the_file_beside_the_results_is_applied(tmp_path: Path) -> None:
    """``decisions.jsonl`` in the folder of the run is enough; without it nothing changes."""
    assert apply_file(run(ANSWER), tmp_path).run == run(ANSWER)
    append(tmp_path / "decisions.jsonl", [decision(ANSWER)])
    assert marks(apply_file(run(ANSWER), tmp_path).run) == [("partial", Fraction(1, 2))]


def test_results_say_who_decided_and_what_the_machine_had_said() -> None:
    """The line of a result has the mark that stands, the person, the time and the machine's status."""
    plain = result_object(ANSWER)
    assert [plain[key] for key in ("decided_by", "decided_at", "machine_status", "machine_credit")] == [None] * 4
    (found,) = apply(run(ANSWER), Log((decision(ANSWER),))).run.results
    line = result_object(found)
    assert (line["status"], line["credit"], line["reason"]) == ("partial", 0.5, "decided_by_person")
    assert (line["decided_by"], line["decided_at"]) == ("grace", "2026-11-26T15:00:00Z")
    assert (line["machine_status"], line["machine_credit"]) == ("undecided", None)


def test_the_grade_book_counts_marks_given_by_hand(tmp_path: Path) -> None:
    """A column says how many of a student's marks a person gave; there is none where nobody decided."""
    write_grades(run(ANSWER), tmp_path / "none.csv")
    assert "by_hand" not in (tmp_path / "none.csv").read_text()
    write_grades(apply(run(ANSWER), Log((decision(ANSWER),))).run, tmp_path / "some.csv")
    header, row = (tmp_path / "some.csv").read_text().splitlines()
    assert header.split(",")[-1] == "by_hand" and row.split(",")[-1] == "1"
    assert row.split(",")[1:3] == ["2", "2"]
