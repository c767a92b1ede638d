"""A student's page: that student's own data, the marks as they are, and no expected answers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from html_check import Page
from report_sample import EXPECTED, STUDENTS, claim, rendered, verdict

from grader.diagnostics import Span, author_error, student_error
from grader.records import Delivery, Failure, Person, Result, Run, Status, Witness
from grader.reports import Pages
from grader.reports.excerpts import excerpt, place, shorten
from grader.reports.numbers import exact

EMMY, CARL, SOPHIE = STUDENTS[1], STUDENTS[2], STUDENTS[7]


@pytest.mark.parametrize("subject", STUDENTS)
def test_a_page_holds_nothing_of_anyone_else(class_pages: Pages, students: Run, subject: str) -> None:
    """Neither names nor answers that only others gave."""
    text = Page(class_pages.student_page(subject)).text
    own = " ".join(one.claim.context for one in students.results if one.claim.subject == subject)
    for other in set(STUDENTS) - {subject}:
        assert other not in text or other in own
    foreign = {one.claim.text for one in students.results if len(one.claim.text) > 6} - {
        one.claim.text for one in students.results if one.claim.subject == subject
    }
    assert not [words for words in foreign if words in text and words not in own]
    assert "Zeno" not in text


def test_a_page_does_not_change_when_others_do(students: Run) -> None:
    """It is the same, byte for byte, with all that is known of others and without any of it."""
    planted = Delivery((Person("planted-id", "Planted Name", "planted@mail"),), late=True, others=("planted.md",))
    others = tuple(name for name in students.subjects if name != EMMY)
    crowded = replace(
        students,
        failures=(Failure(others[0], (student_error("a-b", "planted failure"),)), *students.failures),
        deliveries=dict.fromkeys(others, planted),
        absent=(Person("planted-absent", "Planted Absent"),),
    )
    mine = tuple(one for one in students.results if one.claim.subject == EMMY)
    alone = replace(students, subjects=(EMMY,), results=mine, failures=())
    page = Pages(crowded).student_page(EMMY)
    assert page == Pages(alone).student_page(EMMY)
    assert "lanted" not in page and "lanted" in Pages(crowded).student_page(others[0])


@pytest.mark.parametrize("subject", STUDENTS)
def test_the_expected_answer_is_withheld_where_the_answer_is_not_right(students: Run, subject: str) -> None:
    """Also from feedback that quotes it (part a.i) and from witnesses (part c)."""
    truth = "424242/7"  # stands nowhere else in the run
    results = []
    for one in students.results:
        judged = one.verdict
        if judged.status is not Status.CORRECT:
            judged = replace(judged, expected=rendered(truth), feedback=f"It is {truth}. Look again.")
            if judged.evidence:
                witness = Witness((("k", "3"),), "0", truth)
                judged = replace(judged, evidence=replace(judged.evidence, witness=witness))
        results.append(replace(one, verdict=judged))
    run = replace(students, results=tuple(results))
    assert "424242" not in Pages(run).student_page(subject)
    released = Pages(run, release_expected=True).student_page(subject)
    all_right = all(one.verdict.status is Status.CORRECT for one in results if one.claim.subject == subject)
    assert ("424242" in released) is not all_right


def test_feedback_that_only_shares_digits_with_the_expected_answer_is_kept(class_pages: Pages) -> None:
    """The expected answer of a.ii is 2; “12 is not the number” does not quote it."""
    assert EXPECTED["purification", "a.ii"] == "2"
    assert "Note that 12 is not the number" in Page(class_pages.student_page(SOPHIE)).text


def test_a_total_with_open_parts_is_a_lower_bound(class_pages: Pages) -> None:
    text = Page(class_pages.student_page(SOPHIE)).text
    assert "at least 3 of 18 points" in text and "1 part is not marked yet" in text


def test_a_final_total_is_shown_plainly(class_pages: Pages) -> None:
    text = Page(class_pages.student_page(EMMY)).text
    assert "14.5 of 18 points" in text and "at least" not in text and "not marked" not in text


def test_an_open_part_says_that_it_is_not_wrong(class_pages: Pages) -> None:
    text = Page(class_pages.student_page(CARL)).text
    assert "has not been marked wrong: a person will decide" in text and "not marked of 4" in text


def test_the_witness_is_said_in_plain_words(class_pages: Pages) -> None:
    text = Page(class_pages.student_page(EMMY)).text
    assert "Try λ = 1: it satisfies what was asked, but it is not in your set." in text


def test_the_answer_is_marked_where_it_was_written(class_pages: Pages) -> None:
    html = class_pages.student_page(EMMY)
    assert "So after a short calculation we find </span><mark>(1, 4)</mark>" in html
    assert "<bdi>hw8.md, line 17</bdi>" in html


def test_students_read_only_what_is_said_to_them(students: Run) -> None:
    """Errors of authors and operators are not shown to a student; those of the student are."""
    told = replace(
        students.results[0],
        verdict=replace(
            verdict(Status.FAILED),
            diagnostics=(author_error("solver-failed", "divided by zero in the key"), student_error("a-b", "odd sign")),
        ),
    )
    failure = Failure(STUDENTS[0], (student_error("intake-empty", "hw8.md is empty"),))
    run = replace(students, results=(told, *students.results[1:]), failures=(failure,))
    text = Page(Pages(run).student_page(STUDENTS[0])).text
    assert "Odd sign." in text and "hw8.md is empty." in text and "divided by zero" not in text
    assert "hw8.md is empty" not in Pages(run).student_page(EMMY)


def test_an_unknown_subject_is_an_error(class_pages: Pages) -> None:
    with pytest.raises(KeyError):
        class_pages.student_page("nobody")


def test_credit_is_shown_exactly(students: Run) -> None:
    third = Result(students.results[0].claim, verdict(Status.PARTIAL, "1", Fraction(1, 9)))
    text = Page(Pages(replace(students, results=(third,))).student_page(STUDENTS[0])).text
    assert "1/3 of 3" in text


def test_a_span_that_leaves_its_context_falls_back_to_the_words() -> None:
    made = replace(claim("s", ("p", "a"), "answer"), context="ans", context_start=1)
    shown = excerpt(made, 100)
    assert shown is not None and (shown.before, shown.answer, shown.after) == ("", "answer", "")


def test_a_long_answer_is_cut_and_says_by_how_much() -> None:
    shown = excerpt(claim("s", ("p", "a"), "x" * 5000), 240)
    assert shown is not None and (len(shown.answer), shown.cut) == (240, 4760)


def test_a_place_names_nothing_above_the_students_own_folder() -> None:
    span = Span("/srv/sub/ada/part1/hw.md", 0, 1, 3)
    assert place(span, "ada") == "part1/hw.md, line 3"
    assert place(span, "bob") == "hw.md, line 3"
    assert place(span) == "/srv/sub/ada/part1/hw.md, line 3"


def test_shortened_text_says_how_long_it_was() -> None:
    assert shorten("a  b\nc", 10) == "a b c"
    assert shorten("x" * 100, 5) == "xxxxx… (100 characters)"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("377/12", "31\u00a05/12"), ("1/3", "1/3"), ("-8/3", "-2\u00a02/3"), ("2.5", "2.5"), ("4", "4")],
)
def test_points_are_exact_and_easy_to_read(value: str, shown: str) -> None:
    """Decimals where two places suffice, else a mixed number; nothing is rounded."""
    assert exact(Fraction(value)) == shown
