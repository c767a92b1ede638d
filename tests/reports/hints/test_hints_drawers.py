"""The drawers: everything about one answer, and the words of a hint."""

from __future__ import annotations

import re

from html_check import Page


def drawer(html: str, anchor: str) -> str:
    (found,) = re.findall(rf'<section class="drawer" id="{anchor}".*?</section>', html, re.S)
    return str(found)


def test_the_drawer_of_a_cell_holds_the_evidence(report: str) -> None:
    html = drawer(report, "cell-0-0-4")
    text = Page(html).text
    for fact in (
        "we find [1.5, 1.2, 0.96] , as was asked.",
        "transcripts/talk-five.md, line 45",
        "Expected [0, 1.5, 1.2, 0.96]",
        "Decided by exact",
        "Witness at K = index 0: yours 1.5, expected 0",
        "Truth Key Annotator ✗ incorrect wrong right now correct",
        "≠ the annotator says right, the computation says incorrect",
        "≠ the key says wrong, the annotator says right",
    ):
        assert fact in text
    assert "<mark>[1.5, 1.2, 0.96]</mark>" in html and "<math>" in html


def test_it_says_what_changed_since_the_turn_before_word_by_word(report: str) -> None:
    html = drawer(report, "cell-0-0-4")
    assert "Since turn 3 ↘ right → wrong ↯ misleading It was ✓ correct [0, 1.5, 1.2, 0.96]" in Page(html).text
    assert "[<del>0, </del>1.5, 1.2, 0.96]" in html


def test_drawers_of_a_part_lead_to_one_another(report: str) -> None:
    """Over replies that only carry an answer on."""
    assert '<a href="#cell-0-0-2" rel="prev">← turn 2</a>' in drawer(report, "cell-0-0-4")
    assert 'rel="next"' not in drawer(report, "cell-0-0-4")
    assert '<a href="#cell-0-0-4" rel="next">turn 4 →</a>' in drawer(report, "cell-0-0-2")


def test_the_words_of_a_hint_are_in_its_drawer_and_a_proposed_kind_says_so(words: str) -> None:
    assert "I think that K has no entry for time 0." in words
    assert "the kind was proposed by rule, nobody declared it" in words
