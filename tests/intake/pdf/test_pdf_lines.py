"""Lines of a column: words, spaces, where formulas begin and end, what stands above and below a base line."""

from __future__ import annotations

import pytest

from grader.intake.pdf.encodings import character, face_of
from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.lines import Line, lines
from grader.intake.pdf.marks import Bar
from grader.records import Confidence


def glyphs(
    text: str, x: float, y: float, size: float = 10.0, font: str = "Inter-Regular", wide: float = 0.5
) -> list[Glyph]:
    """A run of type; a space is only a gap."""
    found = []
    for at, one in enumerate(text):
        left = x + at * wide * size
        if one != " ":
            box = (left, y, left + wide * size, y + 0.7 * size)
            found.append(Glyph(one, left, y, left + wide * size, box, size, font, 0))
    return found


def shown(found: list[Line]) -> list[str]:
    """Lines as Markdown."""
    return ["".join(f"${piece.text}$" if piece.math else piece.text for piece in line.pieces) for line in found]


def test_words_and_lines() -> None:
    """Gaps between letters are spaces; lines come from top to bottom, whatever the order of the file."""
    found = lines(glyphs("lower line", 10, 80) + glyphs("upper line", 10, 100), [])
    assert shown(found) == ["upper line", "lower line"]
    assert [line.y for line in found] == [100, 80]
    assert all(line.confidence is Confidence.HIGH for line in found)


def test_nothing() -> None:
    """Without glyphs, or with spaces only, there is no line."""
    assert lines([], [Bar(0, 0, 9, 1, 0)]) == []
    assert lines([Glyph(" ", 0, 0, 5, (0, 0, 0, 0), 10, "Inter", 0)], []) == []


def test_word_between_formulas() -> None:
    """A formula begins and ends where its font does; the words between two stay words."""
    found = lines(
        glyphs("x", 10, 100, font="CMMI10")
        + glyphs("and", 20, 100, font="CMR10")
        + glyphs("y", 40, 100, font="CMMI10"),
        [],
    )
    assert shown(found) == ["$x$ and $y$"]


def test_formula_over_brackets_and_figures() -> None:
    """Brackets, figures and names of functions in a font of words belong to the formula that they stand in."""
    row = glyphs("O", 10, 100, font="CMMI10") + glyphs("(log", 15, 100, font="CMR10")
    row += glyphs("L", 36.7, 100, font="CMMI10") + glyphs(")", 41.7, 100, font="CMR10")
    assert shown(lines(row, [])) == [r"$O(\log L)$"]


def test_remark_in_brackets_is_no_formula() -> None:
    """Words in brackets behind a formula stay words."""
    row = glyphs("x", 10, 100, font="CMMI10") + glyphs("(see below)", 20, 100, font="CMR10")
    assert shown(lines(row, [])) == ["$x$ (see below)"]


def test_superscript_in_a_font_of_words() -> None:
    """Raised smaller type makes a formula of what it hangs on: O(n²) of a web page without formulas."""
    row = glyphs("cost O(n", 10, 100) + glyphs("2", 50, 103.5, 7) + glyphs(")", 54, 100)
    assert shown(lines(row, [])) == ["cost $O(n^2)$"]


@pytest.mark.parametrize(("words", "raised", "expected"), [("the 2", "nd", "the 2nd"), ("a note", "1", "a note¹")])
def test_raised_type_that_is_no_exponent(words: str, raised: str, expected: str) -> None:
    """Ordinal numbers and the figures of footnotes are no formulas."""
    row = glyphs(words, 10, 100) + glyphs(raised, 10 + 5 * len(words), 104, 6)
    assert shown(lines(row, [])) == [expected]


def test_script_belongs_to_the_nearer_line() -> None:
    """Between two close lines a subscript hangs on the upper one, a superscript on the lower one."""
    row = glyphs("x", 10, 100, font="CMMI10") + glyphs("i", 15, 98.5, 7, "CMMI7")
    row += glyphs("y", 10, 88, font="CMMI10") + glyphs("k", 15, 91.6, 7, "CMMI7")
    assert shown(lines(row, [])) == ["$x_i$", "$y^k$"]


def test_subscript_and_superscript_at_one_place() -> None:
    """Both scripts of a letter are read, in whatever order they come."""
    row = glyphs("22", 15, 104, 7, "CMR7") + glyphs("x", 10, 100, font="CMMI10") + glyphs("ij", 15, 97.5, 7, "CMMI7")
    assert shown(lines(row, [])) == ["$x_{ij}^{22}$"]


def test_fraction_between_tight_lines() -> None:
    """The words above and below a small fraction are no part of it."""
    row = glyphs("words over it here", 10, 112) + glyphs("words under it too", 10, 88)
    row += glyphs("is", 10, 100) + glyphs("a+b", 25, 103.9, 7, "KaTeX_Math-Italic") + glyphs("so", 40, 100)
    row += glyphs("c", 28.5, 96.5, 7, "KaTeX_Math-Italic")
    found = lines(row, [Bar(25, 102.3, 35.5, 102.7, 0)])
    assert shown(found) == ["words over it here", r"is $\frac{a + b}{c}$ so", "words under it too"]


def test_underlined_words_are_no_fraction() -> None:
    """A rule between two lines of words divides nothing."""
    row = glyphs("some words here", 10, 100) + glyphs("more words here", 10, 88)
    assert shown(lines(row, [Bar(10, 98.6, 85, 99.0, 0)])) == ["some words here", "more words here"]


def test_small_signs_without_a_place() -> None:
    """Small signs of a formula that hang on nothing make their neighbour doubtful, for a person to look at."""
    row = glyphs("x=y", 10, 100, font="CMMI10") + glyphs("i=1", 60, 92, 7, "CMMI7")
    found = lines(row, [])
    assert [line.confidence for line in found] == [Confidence.LOW, Confidence.LOW]
    assert found[0].why


def test_bar_whose_parts_do_not_fit() -> None:
    """A bar between formulas that is no fraction's makes the lines doubtful."""
    row = glyphs("a+b+c+d", 10, 102.8, font="CMMI10") + glyphs("e", 12, 91.5, font="CMMI10")
    found = lines(row, [Bar(10, 100.5, 17, 100.9, 0)])
    assert {line.confidence for line in found} == {Confidence.LOW}


def test_style_and_colour_part_pieces() -> None:
    """Bold words and words in another colour are pieces of their own; together they are the line."""
    red = [Glyph(g.text, g.x, g.y, g.right, g.box, g.size, g.font, 0xFF0000) for g in glyphs("red", 60, 100)]
    found = lines(glyphs("plain", 10, 100) + glyphs("bold", 38, 100, font="Inter-Bold") + red, [])
    assert [(p.text.strip(), p.bold, p.colour) for p in found[0].pieces] == [
        ("plain", False, 0),
        ("bold", True, 0),
        ("red", False, 0xFF0000),
    ]
    assert shown(found) == ["plain bold red"]


def test_formula_alone_is_displayed() -> None:
    """A line that is one formula says so."""
    (line,) = lines(glyphs("x=y", 100, 100, font="CMMI10"), [])
    assert [piece.display for piece in line.pieces] == [True]


def test_matrix_of_pieces() -> None:
    """A bracket built of pieces, as TeX builds tall ones, is one bracket around all its rows."""
    row: list[Glyph] = []
    for text, at in (("\uf8ee", 10.0), ("\uf8f9", 40.0)):
        hook, stem, foot = ord(text), ord(text) + 1, ord(text) + 2
        for code, top in ((hook, 130.0), (stem, 120.0), (foot, 110.0)):
            row.append(Glyph(chr(code), at, top, at + 6, (at, top - 10, at + 6, top), 10, "CMEX10", 0))
    for at, (one, two) in enumerate(("12", "34", "56")):
        row += glyphs(one, 18, 122 - 9.5 * at, 8, "CMR10") + glyphs(two, 32, 122 - 9.5 * at, 8, "CMR10")
    (line,) = lines(row, [])
    assert shown([line]) == [r"$\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 \end{bmatrix}$"]


def test_lone_piece_in_a_font_of_words() -> None:
    """A piece of a bracket alone is what is left of a torn formula; it stays as it is, and is no bracket."""
    assert shown(lines(glyphs("\uf8ef", 10, 100), [])) == ["⎢"]


def test_ligatures() -> None:
    """Letters of a ligature have one place; the word keeps them all, also those that come twice."""
    one = [Glyph(text, 20, 100, 28, (20, 100, 28, 107), 10, "CMR10", 0) for text in "ffi"]
    assert shown(lines(glyphs("e", 15, 100, font="CMR10") + one + glyphs("cient", 28, 100, font="CMR10"), [])) == [
        "efficient"
    ]


def test_letters_printed_twice() -> None:
    """Words that are printed twice to look bold are there once."""
    assert shown(lines(glyphs("bold", 10, 100) + glyphs("bold", 10.1, 100), [])) == ["bold"]


@pytest.mark.parametrize(
    ("font", "text", "expected"),
    [
        ("CMEX10", "P", "∑"),
        ("CMEX10", "\x12", "("),
        ("CMEX10", "\x0c", "|"),
        ("CMR10", "P", "P"),
        ("CMSY10", "k", "‖"),
        ("CMSY10", "L", "L"),
        ("CMMI10", "`", "ℓ"),
        ("CMR10", "\ufb01", "fi"),
    ],
)
def test_codes_of_fonts(font: str, text: str, expected: str) -> None:
    """Fonts of signs have codes of their own, which some programs leave without names; in others a letter is one."""
    face = face_of(font)
    assert character(text, face.extension, face.coding)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("𝑥", ("x", "")), ("𝐱", ("x", "mathbf")), ("ℝ", ("R", "mathbb")), ("𝒪", ("O", "mathcal"))]
)
def test_mathematical_alphabets(text: str, expected: tuple[str, str]) -> None:
    """Letters of Unicode's mathematical alphabets are letters with a command."""
    assert character(text, False) == expected


@pytest.mark.parametrize(
    ("font", "math", "bold", "italic", "mono"),
    [
        ("CMMI10", True, False, True, False),
        ("KaTeX_Main-Bold", True, True, False, False),
        ("Inter-SemiBold", False, True, False, False),
        ("CMBX12", False, True, False, False),
        ("NimbusRomNo9L-ReguItal", False, False, True, False),
        ("JetBrainsMono-Regular", False, False, False, True),
        ("", False, False, False, False),
    ],
)
def test_faces(font: str, math: bool, bold: bool, italic: bool, mono: bool) -> None:
    """The name of a font tells its style, and whether it is one for formulas."""
    face = face_of(font)
    assert (face.math, face.bold, face.italic, face.mono) == (math, bold, italic, mono)


def test_fonts_without_names() -> None:
    """Type without a font's name and without spaces is a formula among named words (MathJax prints so); it is told."""
    row = glyphs("so", 10, 100) + glyphs("x", 25, 100, font="unnamed-1") + glyphs("=2", 34, 100, font="unnamed-2")
    (line,) = lines(row + glyphs("holds", 50, 100), [])
    assert shown([line]) == ["so $x = 2$ holds"]
    assert line.confidence is Confidence.MEDIUM


def test_words_without_a_name() -> None:
    """Where the words themselves have no font's name, nothing is a formula for lack of one."""
    (line,) = lines(glyphs("only words", 10, 100, font="unnamed-1"), [])
    assert shown([line]) == ["only words"]


def test_row_vector_between_low_brackets() -> None:
    """Columns far apart between usual brackets are a row vector; a comma makes them arguments."""
    row = glyphs("(", 10, 100, font="KaTeX_Main-Regular") + glyphs("1", 15, 100, font="KaTeX_Main-Regular")
    row += glyphs("0", 30, 100, font="KaTeX_Main-Regular") + glyphs(")", 35, 100, font="KaTeX_Main-Regular")
    assert shown(lines(row, [])) == [r"$\begin{pmatrix} 1 & 0 \end{pmatrix}$"]
    row += glyphs(",", 19, 100, font="KaTeX_Main-Regular", wide=0.2)
    assert shown(lines(row, [])) == [r"$(1, \quad 0)$"]


def test_other_scripts_without_a_name() -> None:
    """Chinese words in a font without a name, as browsers take it from elsewhere, are no formula."""
    row = glyphs("thought for", 10, 100) + glyphs("用时14秒", 70, 100, font="unnamed-1", wide=1.0)
    assert shown(lines(row, [])) == ["thought for 用时14秒"]
