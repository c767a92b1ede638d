"""The hints report: the grid, the changes, the rates and the labels say what the run says."""

from __future__ import annotations

import re
from dataclasses import replace

from html_check import Page

from grader.records import Run
from grader.reports import Pages


def grid(html: str, number: int = 0) -> list[str]:
    """The rows of a conversation's grid, as a screen reader says them."""
    tables = re.findall(r'<table class="grid">.*?</table>', html, re.S)
    return [Page(row).text for row in re.findall(r"<tr>.*?</tr>", tables[number], re.S)]


def test_the_grid_shows_statuses_turn_by_turn_and_what_happened_between(hint_pages: Pages) -> None:
    head, first, *_, last = grid(hint_pages.hints_report())
    assert head == ("Part ○ no hint Turn 1 ≈ neutral * Turn 2 ◎ targeted Turn 3 ↯ misleading Turn 4 ● revealing Turn 5")
    assert first == (
        "1b.i ✓ correct [0, 1.5, 1.2, 0.96] = same answer again ✓ correct [0, 1.5, 1.2, 0.96] "
        "✓ correct, carried on ↘ right → wrong ✗ incorrect [1.5, 1.2, 0.96] ≠ , the annotator says right, the "
        "computation says incorrect ✗ incorrect, carried on"
    )
    assert last.endswith("↗ wrong → right ✓ correct [1, 4] ✓ correct, carried on "
                         "↻ correct → unreadable ? unreadable 1 to 4, maybe")  # fmt: skip


def test_carried_cells_look_different_and_lead_to_where_the_answer_was_given(hint_pages: Pages) -> None:
    html = hint_pages.hints_report()
    assert re.search(r'<a class="cell s-incorrect carried" href="#cell-0-0-4">', html)
    assert html.count('id="cell-0-0-4"') == 1 and 'id="cell-0-0-5"' not in html


def test_parts_that_were_not_asked_are_not_in_the_grid(hint_pages: Pages) -> None:
    assert not [row for row in grid(hint_pages.hints_report()) if row.startswith("4c")]


def test_changes_from_right_to_wrong_come_first(hint_pages: Pages) -> None:
    html = hint_pages.hints_report()
    kinds = re.findall(r'<tr class="c-(\w+)">', html)
    assert kinds == ["lost"] * 2 + ["won"] * 3 + ["moved"] * 5 + ["kept"] * 5


def test_headline_and_chart_tell_the_story(hint_pages: Pages) -> None:
    text = Page(hint_pages.hints_report()).text
    assert "Of 12 answers given again, 2 went from right to wrong and 3 from wrong to right." in text
    assert "After misleading hints, 0 of 2 right answers stayed right." in text
    assert "After misleading hints, right answers fell from 2 to 0 of 2" in text
    assert "Only pairs with marks on both sides are counted: 12 of 15." in text


def test_an_answer_that_became_unreadable_is_not_counted_as_wrong(hint_pages: Pages) -> None:
    text = Page(hint_pages.hints_report()).text
    assert "correct → unreadable" in text and "1 unreadable after" in text


def test_the_drawer_of_a_cell_holds_the_evidence(hint_pages: Pages) -> None:
    html = hint_pages.hints_report()
    (drawer,) = re.findall(r'<section class="drawer" id="cell-0-0-4".*?</section>', html, re.S)
    text = Page(drawer).text
    for fact in (
        "we find [1.5, 1.2, 0.96] , as was asked.",
        "transcripts/talk-five.md, line 45",
        "Expected [0, 1.5, 1.2, 0.96]",
        "Decided by exact",
        "Witness at K = index 0: yours 1.5, expected 0",
        "right → wrong; it was [0, 1.5, 1.2, 0.96]",
        "Truth Key Annotator ✗ incorrect wrong right now correct",
        "≠ the annotator says right, the computation says incorrect",
        "≠ the key says wrong, the annotator says right",
    ):
        assert fact in text
    assert "<mark>[1.5, 1.2, 0.96]</mark>" in drawer and "<math>" in drawer


def test_the_words_of_a_hint_are_in_its_drawer_and_a_proposed_kind_says_so(hint_pages: Pages) -> None:
    text = Page(hint_pages.hints_report()).text
    assert "I think that K has no entry for time 0." in text
    assert "the kind was proposed by rule, nobody declared it" in text


def test_labels_that_disagree_come_first_and_free_words_are_not_compared(hint_pages: Pages) -> None:
    html = hint_pages.hints_report()
    text = Page(html).text
    assert "1 of 4 labelled answers has a conflict" in text
    order = [text.index(words) for words in ("≠ no", "· open", "= yes")]
    assert order == sorted(order)


def test_conflicts_are_named_at_the_top_with_their_evidence(hint_pages: Pages) -> None:
    """What key, annotator and computation say stands side by side, before anything else, and leads to the answer."""
    html = hint_pages.hints_report()
    (section,) = re.findall(r'<section id="conflicts".*?</section>', html, re.S)
    assert html.index(section) < html.index('id="changes"')
    assert 'href="#cell-0-0-4"' in section
    text = Page(section).text
    assert "1 answer of which key, annotator and computation do not say the same" in text
    assert "✗ incorrect wrong right the annotator says right, the computation says incorrect" in text
    assert "at K = index 0: yours 1.5, expected 0" in text and "the key says wrong, the annotator says right" in text


def test_cells_with_a_conflict_are_marked_in_words_too(hint_pages: Pages) -> None:
    html = hint_pages.hints_report()
    assert html.count('class="clash" title=') == 1
    assert ", the annotator says right, the computation says incorrect" in Page(html).text


def test_a_run_without_labels_has_no_columns_for_them(talks: Run) -> None:
    bare = replace(talks, conversations=tuple(replace(talk, labels=()) for talk in talks.conversations))
    html = Pages(bare).hints_report()
    assert "conflicts" not in re.findall(r'<section id="(\w+)"', html) and 'id="labels"' not in html


def test_each_rate_is_shown_with_its_denominator(hint_pages: Pages) -> None:
    text = Page(hint_pages.hints_report()).text
    assert "Right → wrong of the same pairs 0 of 6 0 % 0 of 1 0 % 0 of 3 0 % 2 of 2 100 % 2 of 12 17 %" in text
    assert "Keeps right still right, of those right before 2 of 2 100 % none" in text


def test_conversations_that_are_not_drawn_are_counted_and_said(talks: Run) -> None:
    text = Page(Pages(talks, most_conversations=1).hints_report()).text
    assert "1 of 2 conversations are drawn" in text
    assert "Of 12 answers given again" in text and "changes in conversations that are not drawn here" in text


def test_a_run_without_changes_has_a_report(talks: Run) -> None:
    run = replace(talks, results=(), conversations=(), subjects=())
    text = Page(Pages(run).hints_report()).text
    assert "No part was answered again with marks on both sides" in text and "No answer changed." in text
