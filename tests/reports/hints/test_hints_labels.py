"""Truth, key and annotator: conflicts first, each with its evidence."""

from __future__ import annotations

import re
from dataclasses import replace

from html_check import Page

from grader.records import Run
from grader.reports import Pages


def test_conflicts_are_named_with_their_evidence_and_lead_to_the_answer(report: str) -> None:
    (section,) = re.findall(r'<section id="labels">.*?</section>', report, re.S)
    assert 'href="#cell-0-0-4"' in section
    text = Page(section).text
    assert text.startswith("1 of 4 labelled answers: key, annotator and computation do not say the same")
    assert "✗ incorrect wrong right the annotator says right, the computation says incorrect" in text
    assert "at K = index 0: yours 1.5, expected 0" in text and "the key says wrong, the annotator says right" in text


def test_labels_are_held_against_the_computation(words: str) -> None:
    assert "The computation and the annotator say the same of 1 of 2 answers" in words
    assert "key say the same of 1 of 1 answer" in words and "1 label in free words cannot be compared" in words


def test_free_words_are_not_compared(words: str) -> None:
    assert "3 labelled answers without a conflict" in words
    order = [words.index(found) for found in ("· open", "= yes")]
    assert order == sorted(order)


def test_a_run_without_labels_has_no_section_for_them(talks: Run) -> None:
    bare = replace(talks, conversations=tuple(replace(talk, labels=()) for talk in talks.conversations))
    html = Pages(bare).hints_report()
    assert 'id="labels"' not in html and "Labels" not in Page(html).text
