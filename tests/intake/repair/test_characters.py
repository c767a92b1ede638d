"""Characters that do not belong: controls, marks that nobody sees, odd spaces and widths, pieces of brackets."""

from __future__ import annotations

import pytest

from grader.intake.repair import repaired
from grader.records import Confidence

REPAIRED = [
    # escapes of strings
    ("$\x0crac{1}{2}$", "$\\frac{1}{2}$", "a form feed"),
    ("so \x08eta = 3", "so \\beta = 3", "a backspace"),
    ("$a \times b$ and $\theta$", "$a \\times b$ and $\\theta$", "tabs in formulas"),
    ("$\\left( x \right)$", "$\\left( x \\right)$", "a carriage return in a formula"),
    ("$$\nabla f = 0$$", "$$\\nabla f = 0$$", "an end of line in a formula"),
    ("- lacktriangle This one", "- ▲ This one", "a bullet whose \\b was eaten"),
    ("$x = rac{1}{2}$", "$x = \\frac{1}{2}$", "a command whose first letter vanished"),
    ("$heta$", "$\\theta$", "another"),
    # controls
    ("x = 3\x00\x01", "x = 3", "null and start of heading"),
    ("\x1b[1;31mx = 3\x1b[0m", "x = 3", "colours of a terminal"),
    # ends of lines
    ("a\rb\rc", "a\nb\nc", "old ends of lines"),
    ("a\r\r\nb", "a\r\nb", "a doubled carriage return"),
    ("a\u2028b\x85c\vd", "a\nb\nc\nd", "separators"),
    # marks that nobody sees
    ("\ufeffx\u200b = \u20603", "x = 3", "zero width"),
    ("con\u00advex", "convex", "a soft hyphen"),
    ("\u200ex = 3\u200f", "x = 3", "marks of direction"),
    # spaces and widths
    ("x\u00a0=\u20033\u3000m", "x = 3 m", "odd spaces"),
    ("（ａ）ｘ＝３", "(a)x=3", "full width"),
    ("E\u0301tude de cre\u0301ole", "Étude de créole", "accents apart"),
    # private use
    ("\uf0b7 item", "• item", "a bullet of Word"),
    ("\uf061 \uf0a3 3", "α ≤ 3", "the Symbol font"),
]


@pytest.mark.parametrize(("raw", "read", "what"), REPAIRED, ids=[what for _, _, what in REPAIRED])
def test_characters_that_do_not_belong_are_put_right(raw: str, read: str, what: str) -> None:
    """What the writer sees is what is read."""
    mended = repaired(raw)
    assert mended.text == read
    assert mended.repairs


LEFT = [
    ("3\u200b5 and 3\u00ad5", "digits that are kept apart"),
    ("1\u2009000", "a thin space between digits"),
    ("👩\u200d🏫 می\u200cخواهم", "joiners that join"),
    ("a\tb\r\nc\td\r\n", "tabs and Windows' ends of lines"),
    ("x\u0302 + A\u0302 = 3", "a hat over a single letter"),
    ("theta times text nabla tractable reheated sometimes", "words"),
    ("\\theta \\times \\text{a} \\frac{1}{2} \\nabla", "commands that are whole"),
    ("$x$\ttext\t$y$\nneq\nabla", "tabs and lines outside formulas"),
    ("好，是。真的！", "Chinese sentences"),
]


@pytest.mark.parametrize(("text", "what"), LEFT, ids=[what for _, what in LEFT])
def test_characters_that_are_meant_are_left(text: str, what: str) -> None:
    """What looks like damage and is none comes out as it is."""
    assert repaired(text).text == text


def test_tall_brackets_in_pieces_are_taken_out_and_doubted() -> None:
    """Which lines they held is not known."""
    mended = repaired("W = \uf8ee\uf8f0\n1\n2\n\uf8f9\uf8fb and so on " + "far " * 60 + "\uf8ee")
    assert mended.text.startswith("W = \n1\n2\n and so on")
    assert [mended.text[one.start : one.end] for one in mended.doubts] == ["\n1\n2\n", ""]
    assert {one.confidence for one in mended.doubts} == {Confidence.LOW}


@pytest.mark.parametrize(
    ("text", "doubted"),
    [("x = \ue123", "\ue123"), ("x = \u202e53", "\u202e53"), ("x = \ufffd\ufffd1", "\ufffd\ufffd")],
)
def test_characters_that_nobody_can_read_are_doubted(text: str, doubted: str) -> None:
    """They stay in the text, for a person."""
    mended = repaired(text)
    assert mended.text == text
    assert [(mended.text[one.start : one.end], one.confidence) for one in mended.doubts] == [(doubted, Confidence.LOW)]
