"""The class report: every number of it can be found again in the run."""

from __future__ import annotations

import re
from dataclasses import replace

from html_check import Page
from report_sample import STUDENTS, problem
from report_sample import part as make_part
from steps import calls

from grader.records import Result, Run, Status
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
    assert "3 answers not fully right, 1 different" in Page(block).text
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
