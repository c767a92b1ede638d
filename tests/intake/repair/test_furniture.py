"""Page marks, headers, footers, and what a browser prints."""

from __future__ import annotations

import pytest

from grader.intake.repair import repaired

PAGES = [
    ("--- Page 1 ---\nFirst.\n\n\n--- Page 2 ---\nSecond.\n", "First.\n\nSecond.\n", "marks of an extraction"),
    ("so the \n\n\n=== Page 2 ===\nanswer is 3.\n", "so the \nanswer is 3.\n", "a sentence that a page cut"),
    ("One.\nPage 1 of 3\n\nTwo.\nPage 2 of 3\n", "One.\n\nTwo.\n", "pages of how many"),
    ("One.\n<!-- page 2 -->\nTwo.\n", "One.\nTwo.\n", "comments"),
    ("One.\n[Page 2]\nTwo.\n", "One.\nTwo.\n", "brackets"),
    ("Page 1\nOne.\nPage 2\nTwo.\nPage 3\nThree.\n", "One.\nTwo.\nThree.\n", "bare marks in a row"),
    ("a = 1\n\fb = 2\n\fc = 3\n", "a = 1\nb = 2\nc = 3\n", "form feeds"),
    ("10/25/25, 8:44 AM My chat\nHi\nhttps://chat.example/c/1 1/2\nyou\n", "Hi\nyou\n", "what a browser prints"),
    ("3. x\nSheet 8 @ 2025-10-25 08:44:19Z\n4. y\n", "3. x\n4. y\n", "a stamp"),
    ("x = 3\n© Some Faculty, 2025. \nAll rights reserved.\ny = 4\n", "x = 3\ny = 4\n", "a notice"),
    (
        "".join(f"Course 8, Sheet 3\n\nText {n}.\n\nJo Doe\n{n}\n--- Page {n + 1} ---\n" for n in range(1, 5)),
        "Course 8, Sheet 3\n\nText 1.\n\nText 2.\n\nText 3.\n\nText 4.\n",
        "headers, footers and page numbers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "read", "what"), PAGES, ids=[what for _, _, what in PAGES])
def test_what_pages_bring_is_taken_out(raw: str, read: str, what: str) -> None:
    """The text goes on where the page ended."""
    assert repaired(raw).text == read


LEFT = [
    "## Page 3\n\nText\n",
    "Page 3\n\nOn page 7 we saw that x = 3.\n",
    "See page 3 --- or page 4.\n",
    "x\n\n3\n\ny\n\n4\n",
    "- https://example.org/watch?v=1\n- mail me @ noon\n",
    "Take 10/25 of it, 8:44 is no ratio.\n",
    "(c) 2025 is the number of ways\n",
    "a\n---\nAnswer: 5\n",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_looks_like_furniture_is_left(text: str) -> None:
    """Headings, rules, sentences and numbers alone on a line are the writer's."""
    assert repaired(text).text == text


def test_numbers_alone_at_the_edge_of_pages_are_kept_where_they_do_not_count() -> None:
    """They may be answers."""
    text = "".join(f"Part {part}\n7\n\f" for part in "abcd")
    assert repaired(text).text.count("7") == 4


def test_headings_and_answers_at_the_edge_of_pages_are_kept() -> None:
    """Each page may begin with a problem and end with an answer."""
    text = "".join(f"Problem {n}\n(a)\nthe text\nAnswer: x = {n}\nThus 5\n\f" for n in range(1, 5))
    assert repaired(text).text == text.replace("\f", "")


def test_lines_keep_their_places_and_pages() -> None:
    """A line of the text that is read names its line and page in the file."""
    mended = repaired("--- Page 1 ---\na\n\n\n--- Page 2 ---\nb\nc\n")
    assert mended.text == "a\nb\nc\n"
    assert mended.places is not None
    lines = mended.text.split("\n")
    assert [(mended.places.line(n), mended.places.page(n)) for n, line in enumerate(lines, 1) if line] == [
        (2, 1), (6, 2), (7, 2),
    ]  # fmt: skip
