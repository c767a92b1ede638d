"""The class report: every number of it can be found again in the run."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from html_check import Page
from report_sample import LONG, STUDENTS, class_run, problem, verdict
from report_sample import part as make_part
from steps import calls

from grader.records import Decision, Delivery, Person, Result, Run, Status, Verdict
from grader.reports import Pages, student_file_name


def test_headline_and_key_numbers(class_pages: Pages) -> None:
    text = Page(class_pages.class_report()).text
    assert "41 of 48 answers are graded; 5 answers wait for a person and 2 are missing." in text
    assert "Students 8 Median, final totals 14.5 of 18" in text
    assert "Final totals 3 of 8 Marks waiting for a person 17 of 144 Marks of missing answers 6" in text


def test_the_chart_says_its_finding_in_the_title_and_its_values_to_screen_readers(class_pages: Pages) -> None:
    html = class_pages.class_report()
    assert "Half of the students have at least 9.75 of 18 points; 5 of 8 totals can still rise" in html
    assert "to 100 %: 1 final total" in html


def test_a_row_has_each_status_with_its_marks(class_pages: Pages) -> None:
    """Carl Gauss: half, full, full, none, half, and one that waits: at least 8.5."""
    html = class_pages.class_report()
    (row,) = [r for r in re.findall(r"<tr>.*?</tr>", html, re.S) if '<th scope="row"><bdi>Carl Gauss' in r]
    cells = " ".join(Page(row).text.split())
    assert cells == (
        "Carl Gauss ≥ at least 8.5 1 open ◐ partial 1.5 ✓ correct 3 ✓ correct 2 ✗ incorrect 0 ◐ partial 2 … undecided"
    )


def test_everything_without_marks_is_listed_for_a_person(class_pages: Pages, students: Run) -> None:
    page = Page(class_pages.class_report())
    waiting = [
        one for one in students.results if one.verdict.status in (Status.FAILED, Status.UNDECIDED, Status.UNREADABLE)
    ]
    assert len(waiting) == 5
    assert {f"see-{number}" for number in range(5)} < set(page.ids) and "see-5" not in page.ids
    assert all(one.claim.text in page.text for one in waiting)


def test_marks_that_were_found_with_low_confidence_are_pointed_out(class_pages: Pages) -> None:
    assert "2 marked answers to glance at found with medium or low confidence" in Page(class_pages.class_report()).text


def test_equal_wrong_answers_are_one_row_however_they_are_written(class_pages: Pages) -> None:
    """1/2, 0.5 and 0.50 are one mistake of three people."""
    html = class_pages.class_report()
    (block,) = re.findall(r'<details id="wrong-3".*?</details>', html, re.S)
    assert "3 answers not fully right, all the same" in Page(block).text
    assert "written in 3 ways" in Page(block).text


def test_inputs_that_failed_are_listed_with_the_fix(class_pages: Pages) -> None:
    text = Page(class_pages.class_report()).text
    assert "Zeno <of Elea> the file has 61 MB, at most 5 MB are read Split it." in text


def test_links_to_student_pages_are_there_only_where_asked_for(students: Run) -> None:
    linked = Pages(students, student_folder="students").class_report()
    assert all(f'href="students/{student_file_name(name)}"' in linked for name in STUDENTS)
    assert "students/" not in Pages(students).class_report()


def test_a_run_with_nothing_in_it_has_a_report(students: Run) -> None:
    empty = replace(students, subjects=(), results=(), failures=())
    text = Page(Pages(empty).class_report()).text
    assert "There was nothing to grade." in text and "No total is known" in text


def test_students_without_results_are_open_and_not_zero(students: Run) -> None:
    run = replace(students, results=(), subjects=("Ada",))
    text = Page(Pages(run).class_report()).text
    assert "Ada ≥ at least 0 6 open · no result" in text
    assert "0 of 6 answers are graded; the rest has no result." in text


def a_class_of(size: int, students: Run) -> Run:
    """Students with 20 parts each, their results repeated from a small class."""
    parts = tuple(make_part(f"q{i}", 1) for i in range(20))
    big = problem("big", "9", "Many parts", *parts)
    subjects = tuple(f"student {i}" for i in range(size))
    base = students.results
    results = tuple(
        Result(
            replace((one := base[(7 * i + j) % len(base)]).claim, subject=subject, problem="big", part=p.id),
            one.verdict,
        )
        for i, subject in enumerate(subjects)
        for j, p in enumerate(parts)
    )
    return replace(students, problems=(big,), subjects=subjects, results=results)


def test_three_hundred_students_take_linear_work_and_a_modest_file(students: Run) -> None:
    """Twice the students take about twice the function calls, counted, not timed; 300 × 20 answers fit in 3 MB."""
    half, whole = (a_class_of(size, students) for size in (150, 300))
    assert len(Pages(whole).class_report()) < 3_000_000  # and what is compiled once is not counted
    assert calls(lambda: Pages(whole).class_report()) < 2.3 * calls(lambda: Pages(half).class_report())


def test_a_student_page_takes_the_work_of_one_student(students: Run) -> None:
    """It takes no more function calls in a class of 300 than in one of 150."""
    few, many = (Pages(a_class_of(size, students)) for size in (150, 300))
    for pages in (few, many):
        pages.student_page("student 0")  # what the pages share is worked out once
    assert calls(lambda: many.student_page("student 1")) < 1.2 * calls(lambda: few.student_page("student 1"))


def test_the_first_screen_names_the_part_that_went_worst_and_why() -> None:
    """3c: 36 % over 7 graded; two students left both ends out."""
    text = Page(Pages(class_run()).class_report()).text
    assert "3c went worst: 36 % of the marks over 7 graded answers" in text
    assert "2 of the 6 answers that are not fully right say (1, 4) ." in text
    assert "The commonest wrong answer of all is to 3a.ii : 3 students say" in text


def test_what_needs_doing_comes_with_its_marks(class_pages: Pages) -> None:
    text = Page(class_pages.class_report()).text
    assert "5 answers to decide , 17 marks at stake" in text
    assert "2 answers not found , worth 6 marks; most of them to 1b.ii (2 of 8 students). Not counted as 0." in text


def test_the_most_marks_at_stake_come_first_and_each_item_says_why(class_pages: Pages) -> None:
    html = class_pages.class_report()
    items = re.findall(r'<li class="card" id="see-\d+".*?</li>', html, re.S)
    stakes = [int(Page(one).text.split(" mark")[0].split()[-1]) for one in items]
    assert stakes == sorted(stakes, reverse=True) == [4, 4, 4, 3, 2]
    assert all("There is an answer, but it does not read as what was asked." in Page(one).text for one in items[3:])


MISSING = Verdict(Status.MISSING, None, "missing")


def decided_run(students: Run) -> Run:
    """The undecided answer of Carl Gauss, as a person decided it."""
    at = next(i for i, one in enumerate(students.results) if one.verdict.status is Status.UNDECIDED)
    old = students.results[at]
    decision = Decision(
        "1", *(old.claim.subject, old.claim.problem, old.claim.part, None), "d", Status.PARTIAL, Fraction(1, 2),
        "T. <Assistant>", datetime(2026, 11, 26, 9, 30, tzinfo=UTC), "the second value stands", "s", "Well tried!",
    )  # fmt: skip
    judged = replace(old.verdict, status=Status.PARTIAL, credit=Fraction(1, 2), reason="decided_by_person")
    new = replace(old, verdict=judged, decision=decision, machine=old.verdict)
    return replace(students, results=(*students.results[:at], new, *students.results[at + 1 :]))


def test_what_people_decided_is_shown_with_who_when_and_why(students: Run) -> None:
    """And what the machine had said; the answer waits no more, and its mark is starred."""
    text = Page(Pages(decided_run(students)).class_report()).text
    assert "1 answer decided by people" in text
    assert "partial 2 of 4 undecided T. <Assistant> 2026-11-26 09:30 UTC the second value stands" in text
    assert "4 answers to decide" in text and "* decided by a person" in text


def test_what_was_decided_in_one_go_is_one_row(students: Run) -> None:
    """With how many and who; and who gave no answer gave no wrong one, whatever mark a person gave for that."""
    ref = next((r.claim.problem, r.claim.part) for r in students.results if r.verdict.status is Status.MISSING)
    decision = Decision(
        "1", "x", *ref, None, "d", Status.INCORRECT, Fraction(0), "ada", datetime(2026, 11, 26, tzinfo=UTC),
        "nothing there", "s", act="7",
    )  # fmt: skip
    none = Verdict(Status.INCORRECT, Fraction(0), "decided_by_person")
    results = []
    for one in students.results:
        same = (one.claim.problem, one.claim.part) == ref
        blank = replace(one.claim, text="", span=None, rivals=())
        results.append(replace(one, claim=blank, verdict=none, decision=decision, machine=MISSING) if same else one)
    text = Page(Pages(replace(students, results=tuple(results))).class_report()).text
    many = sum((one.claim.problem, one.claim.part) == ref for one in students.results)
    assert f"{many} answers decided by people" in text
    assert f"{many} × " in text and text.count("nothing there") == 1
    assert f"{many} without an answer" in text and "0 answers not fully right" in text


def test_the_student_reads_that_a_person_looked_and_what_they_say(students: Run) -> None:
    """The comment is for the student; the reason is for the staff, and so is the name."""
    text = Page(Pages(decided_run(students)).student_page("Carl Gauss")).text
    assert "A person looked at this on 26 November 2026 and gave 2 of 4 points. “ Well tried! ”" in text
    assert "the second value stands" not in text and "Assistant" not in text


def test_late_work_groups_and_attempts_are_a_table_with_the_penalty_apart(students: Run) -> None:
    late = Delivery(
        (Person("8", "A <i>"), Person("9")), None, True, timedelta(hours=3), Fraction(1, 10), 2, 3, ("<b>",)
    )
    run = replace(students, deliveries={"Emmy Noether": late}, absent=(Person("10", "Nobody"),))
    text = Page(Pages(run).class_report()).text
    assert "1 submission came late; 1 handed in nothing" in text
    assert "Emmy Noether 3 hours 14.5 −1.45 13.05 2 of 3 8 (A <i>) , 9" in text
    assert "10 (Nobody)" in text


def test_a_page_with_very_much_that_waits_stays_light_and_says_what_it_leaves_out(students: Run) -> None:
    """300 students with 20 open texts of 5,000 characters each: under the 10 MB that a file may have."""
    run = a_class_of(300, students)
    results = tuple(
        replace(
            one,
            claim=replace(one.claim, text=f"{i} {LONG}", context=f"{i} {LONG}", context_start=0, span=None),
            verdict=verdict(Status.UNDECIDED, f"{i} {LONG}", None, f"{i} {LONG}"),
        )
        for i, one in enumerate(run.results)
    )
    html = Pages(replace(run, results=results), student_folder="students").class_report()
    assert len(html.encode()) < 10_000_000
    assert "5880 more looks are only counted here" in Page(html).text
