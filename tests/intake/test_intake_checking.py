"""What stands under the heading of a check is tried out, not answered; a labelled value there is an answer still."""

from __future__ import annotations

import pytest

from grader.intake.finding import cues
from grader.intake.finding.checking import check_stretches
from grader.maths.reading.lexer import tokenize


def under_checks(text: str) -> str:
    """The words under headings of checks."""
    tokens = tokenize(text)
    words = cues.spelled(tokens)
    return " ".join(text[tokens[at].start : tokens[at].end] for first, last in check_stretches(tokens, words)
                    for at in range(first, last) if text[tokens[at].start : tokens[at].end].strip())  # fmt: skip


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("# Result\nx = 1\n## ✅ Self-Check\nx = 2\n## Next\nx = 3\n", "x = 2"),
        ("**Self-check:**\nx = 2\n\nx = 3\n", "x = 2"),
        ("### Verification\n\nx = 2\n\nx = 3\n", "x = 2 x = 3"),
        ("Check the result of the network.\nx = 2\n", ""),
        ("## Check your work: x = 2\ny = 3\n", ""),
        ("## Final answer\nx = 2\n", ""),
        ("", ""),
    ],
)
def test_a_heading_opens_a_check(text: str, under: str) -> None:
    """Up to the next heading, or, where it is none of Markdown's, to the next blank line."""
    assert under_checks(text) == under
