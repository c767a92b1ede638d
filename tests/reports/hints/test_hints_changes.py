"""The list of changes: what was lost first, with the words that changed."""

from __future__ import annotations

import re
from dataclasses import replace

from html_check import Page

from grader.records import Run
from grader.reports import Pages


def row(html: str, anchor: str) -> str:
    (found,) = re.findall(rf'<tr class="c-\w+" data-cell="{anchor}".*?</tr>', html, re.S)
    return str(found)


def test_changes_from_right_to_wrong_come_first(report: str) -> None:
    kinds = re.findall(r'<tr class="c-(\w+)"', report)
    assert kinds == ["lost"] * 2 + ["won"] * 3 + ["moved"] * 3 + ["first"] * 2 + ["kept"] * 5


def test_what_is_no_news_is_folded(report: str) -> None:
    opened = dict(re.findall(r'<details class="group" id="(\w+)"( open)?>', report))
    assert opened == {"lost": " open", "won": " open", "moved": " open", "first": "", "kept": ""}


def test_a_change_shows_the_hint_both_answers_and_what_was_taken_out(report: str) -> None:
    html = row(report, "cell-0-0-4")
    text = Page(html).text
    assert text.startswith(
        "↘ right → wrong ≠ , labelled otherwise 1b.i turn 4 model-<b>7</b> ↯ misleading I think that K"
    )
    assert html.count("<math>") == 2 and "<del>0, </del>" in html


def test_an_answer_that_became_unreadable_is_not_counted_as_wrong(words: str) -> None:
    assert "correct → unreadable" in words and "1 unreadable after" in words


def test_the_changes_of_one_band_of_the_chart_stand_together_and_the_band_leads_there(report: str) -> None:
    """Also with scripts off: a band is a link to the body of the table that holds its changes."""
    assert 'href="#lost-3-correct-incorrect"' in report
    (body,) = re.findall(r'<tbody id="lost-3-correct-incorrect">.*?</tbody>', report, re.S)
    assert body.count("<tr") == 2


def test_a_hint_about_another_part_says_so(words: str) -> None:
    """The fifth hint names 3a and 1b.ii only, and 3c was answered again too."""
    assert "● revealing about another part" in words


def test_a_run_without_changes_has_a_report(talks: Run) -> None:
    run = replace(talks, results=(), conversations=(), subjects=())
    text = Page(Pages(run).hints_report()).text
    assert "No part was answered again with marks on both sides" in text and "No answer changed." in text
