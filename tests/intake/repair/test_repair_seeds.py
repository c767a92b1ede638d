"""The raw texts of two real sessions and three real papers, which are no part of the project: what is done to them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from grader.intake.documents import Document, read_document
from grader.records import Confidence

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the raw texts are not at hand")


@cache
def read(number: str) -> Document:
    """One of the texts, as it is read."""
    [path] = SEEDS.glob(f"{number}_*.txt")
    return read_document(path, 10**6)


def lines_of_doubts(document: Document, confidence: Confidence) -> set[int]:
    return {document.span(one.start, one.end).line for one in document.doubts if one.confidence is confidence}


def test_the_47_sequences_that_lost_bytes_are_put_right_or_doubted() -> None:
    """By kind as they were counted; the two of which two pictures fit are guesses, and said to be."""
    short = [one for one in read("000").repairs if one.rule == "mojibake" and one.confidence is not Confidence.HIGH]
    assert Counter(one.after for one in short) == {"❓": 21, "\u20dd": 11, "已思考": 7, "”": 6, "🔍": 2}
    assert {one.span.line for one in short if one.confidence is Confidence.LOW} == {808, 1141}
    assert {one.span.line for one in short if one.after == "”"} == {94, 1497, 2078, 2150, 2158, 2160}
    assert all("cp1254" in one.why for one in short)


def test_pages_and_their_furniture_are_gone_and_lines_keep_their_pages() -> None:
    """35 marks, three footers and their stamps."""
    document = read("000")
    assert "--- Page" not in document.text
    assert "08:44:19Z" not in document.text
    assert document.places is not None
    assert max(document.places.pages) == 35
    at = document.text.index("Completed Table:")
    assert (document.span(at, at + 1).line, document.span(at, at + 1).page) == (1771, 22)


def test_lists_and_bold_type_of_the_scan_are_put_right() -> None:
    """64 lines of escaped stars, nine run-on lists and more, two formulas with dashes of lists, one lost percentage."""
    document = read("001")
    lines = {rule: {one.span.line for one in document.repairs if one.rule == rule} for rule in
             ("emphasis", "run-on-lists", "list-dashes", "cut-percent")}  # fmt: skip
    assert len(lines["emphasis"]) >= 64
    assert {98, 295, 458, 673, 725, 740} <= lines["run-on-lists"]
    assert lines["list-dashes"] == {19, 76}
    assert lines["cut-percent"] == {587}
    assert "802" not in document.text
    assert r"\*\*" not in document.text
    assert lines_of_doubts(document, Confidence.LOW) == {381, 383, 587}
    assert {494, 495} <= lines_of_doubts(document, Confidence.MEDIUM)


def test_the_papers_are_put_right_or_doubted_where_they_are_damaged() -> None:
    """Lost minus signs, a bullet whose name was cut, two equations in one, a broken fraction."""
    paper = read("004")
    assert {one.before for one in paper.repairs} == {"lacktriangle"}
    assert lines_of_doubts(paper, Confidence.LOW) == {220, 222, 327}
    assert lines_of_doubts(paper, Confidence.MEDIUM) == {237}
    assert read("002").repairs == read("003").repairs == ()
