"""How far the words of an answer reach: with the braces that they open, without what a program prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_intake_claims import hand_in

from grader.intake.texts import whole


@pytest.mark.parametrize("answer", [r"\textbf{$5.25$}", r"\textbf{\mathbf{x = 5.25}}", r"\textbf{x} = \mathbf{5.25}"])
def test_braces_that_an_answer_opens_belong_to_it(tmp_path: Path, answer: str) -> None:
    """Else the answer could not be read, for want of a brace that is there."""
    claim = hand_in(tmp_path, **{"a.tex": f"\\section*{{Problem 2}}\n\n(a) {answer}\n"})["tank/a"]
    assert "5.25" in claim.text
    assert claim.text.count("{") == claim.text.count("}")


def test_what_a_program_prints_is_no_second_answer(tmp_path: Path) -> None:
    """Code and its output answer only where nothing else does."""
    code = "```text\nx = 7\n```\n"
    assert hand_in(tmp_path, **{"a.md": f"# Problem 2\n\n(a) x = 5\n\n{code}"})["tank/a"].rivals == ()
    assert hand_in(tmp_path, **{"a.md": f"# Problem 2\n\n(a)\n\n{code}"})["tank/a"].text == "7"


@pytest.mark.parametrize(
    ("text", "words", "extent"),
    [
        ("so $K_0 = D$ and $K_1 = C$ hold", "K_0 = D$ and $K_1 = C", "$K_0 = D$ and $K_1 = C$"),
        ("so $K_0 = D$ holds", "K_0 = D", "K_0 = D"),
        ("so \\textbf{$5$} it is", "\\textbf{$5", "\\textbf{$5$}"),
        ("so {{5}} it is", "{{5", "{{5}}"),
        ("so {5 it is", "{5", "{5"),
    ],
)
def test_words_read_by_themselves_as_they_do_in_the_text(text: str, words: str, extent: str) -> None:
    """Dollars around several formulas, and closing braces that follow at once, belong to them."""
    start = text.index(words)
    first, last = whole(text, start, start + len(words))
    assert text[first:last] == extent
