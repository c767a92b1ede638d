"""Random formulas, set by a small typesetter, are read back; random glyphs break nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from test_pdf_formulas import alike
from typesetting import BIG, BRACKETS, Set, fraction, matrix, operator, placed, root, row, scripts, sign, smaller

from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.lines import Line, lines
from grader.intake.pdf.marks import Bar

OPERATORS = {"+": "+", "−": "-", "×": r"\times"}
SIZES = [9.96, 10.0, 12.0, 14.52]
GREEK = {"α": r"\alpha", "σ": r"\sigma", "λ": r"\lambda", "β": r"\beta"}


@dataclass(frozen=True)
class Formula:
    """TeX, and how it is set in a size."""

    tex: str
    set: Callable[[float], Set]


def letter(text: str) -> Formula:
    """A letter."""
    return Formula(GREEK.get(text, text), lambda size: sign(text, size))


def number(text: str) -> Formula:
    """A figure."""
    return Formula(text, lambda size: row([sign(one, size, "CMR10", 0.5 if one != "." else 0.28) for one in text]))


def joined(parts: list[Formula], signs: list[str]) -> Formula:
    """Terms with an operator between them."""
    tex = parts[0].tex
    for mark, part in zip(signs, parts[1:], strict=False):
        tex += f" {OPERATORS[mark]} {part.tex}"

    def setting(size: float) -> Set:
        gap = 0.22 * size if size in SIZES else 0.0
        whole = row([parts[0].set(size)])
        for mark, part in zip(signs, parts[1:], strict=False):
            whole.after(sign(mark, size, "CMR10" if mark == "+" else "CMSY10", 0.78), gap)
            whole.after(part.set(size), gap)
        return whole

    return Formula(tex, setting)


def with_scripts(base: Formula, above: Formula | None, below: Formula | None) -> Formula:
    """A base with scripts."""
    tex = base.tex + (f"_{{{below.tex}}}" if below else "") + (f"^{{{above.tex}}}" if above else "")

    def setting(size: float) -> Set:
        small = smaller(size)
        return scripts(base.set(size), above and above.set(small), below and below.set(small), size)

    return Formula(tex, setting)


def divided(over: Formula, under: Formula) -> Formula:
    """A fraction."""
    return Formula(rf"\frac{{{over.tex}}}{{{under.tex}}}", lambda size: fraction(over.set(size), under.set(size), size))


def rooted(inner: Formula) -> Formula:
    """A square root."""
    return Formula(rf"\sqrt{{{inner.tex}}}", lambda size: root(inner.set(size), size))


def summed(text: str, above: Formula, below: Formula, term: Formula) -> Formula:
    """A sum or a product with limits."""

    def setting(size: float) -> Set:
        small = smaller(size)
        return row([operator(text, above.set(small), below.set(small), size), term.set(size)])

    return Formula(f"{BIG[text]}_{{{below.tex}}}^{{{above.tex}}} {term.tex}", setting)


def arrayed(rows: list[list[Formula]], bracket: str) -> Formula:
    """A matrix."""
    body = r" \\ ".join(" & ".join(cell.tex for cell in line) for line in rows)
    name = BRACKETS[bracket]
    tex = rf"\begin{{{name}}} {body} \end{{{name}}}"
    return Formula(tex, lambda size: matrix([[cell.set(size) for cell in line] for line in rows], bracket, size))


LETTERS = st.sampled_from("abckmnxyzABKLWασλβ").map(letter)
NUMBERS = st.sampled_from(["1", "2", "10", "0.5"]).map(number)
SIGNS = st.lists(st.sampled_from("".join(OPERATORS)), min_size=3, max_size=3)
SMALL = LETTERS | NUMBERS | st.builds(joined, st.lists(LETTERS, min_size=2, max_size=3), SIGNS)
SCRIPTED = st.one_of(
    st.builds(with_scripts, LETTERS, SMALL, st.none()),
    st.builds(with_scripts, LETTERS, st.none(), SMALL),
    st.builds(with_scripts, LETTERS, SMALL, SMALL),
    st.builds(with_scripts, LETTERS, st.builds(with_scripts, NUMBERS, LETTERS, st.none()), st.none()),
)
SIMPLE = LETTERS | NUMBERS | SCRIPTED


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> Formula:
    """Formulas with formulas in them."""
    kind = draw(st.integers(0, 5)) if depth else 0
    if kind == 0:
        return draw(SIMPLE)
    if kind == 1:
        return divided(draw(sums(depth - 1)), draw(sums(depth - 1)))
    if kind == 2:
        return rooted(draw(sums(depth - 1)))
    if kind == 3:
        return summed(draw(st.sampled_from("∑∏")), draw(SMALL), draw(SMALL), draw(SCRIPTED))
    if kind == 4:
        high, wide = draw(st.sampled_from([(1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 3)]))
        return arrayed([[draw(formulas(min(depth - 1, 1))) for _ in range(wide)] for _ in range(high)], draw(BRACKET))
    return draw(sums(depth - 1))


@st.composite
def sums(draw: st.DrawFn, depth: int) -> Formula:
    """Terms with operators between them."""
    return joined([draw(formulas(depth)) for _ in range(draw(st.integers(1, 3)))], draw(SIGNS))


BRACKET = st.sampled_from("([")


def tex_of(found: list[Line]) -> str:
    """The formulas of lines, with marks where there is more than one."""
    return " // ".join(" || ".join(piece.text for piece in line.pieces) for line in found)


@settings(max_examples=100, deadline=None)
@given(formulas(), st.sampled_from(SIZES))
def test_formula_read_back(formula: Formula, size: float) -> None:
    """A formula, however it is nested, is read as the TeX that describes it."""
    whole = row(
        [sign("y", size), Set(0.28 * size), sign("=", size, "CMR10", 0.78), Set(0.28 * size), formula.set(size)]
    )
    found = lines(*placed(whole, 72, 400))
    assert alike(tex_of(found)) == alike(f"y = {formula.tex}")


@settings(max_examples=40, deadline=None)
@given(st.lists(formulas(2), min_size=2, max_size=4))
def test_formulas_on_lines(some: list[Formula]) -> None:
    """Lines of formulas as close as TeX sets them (one point of ink apart) are read one by one, from top to bottom."""
    glyphs: list[Glyph] = []
    bars: list[Bar] = []
    y = 700.0
    for formula in some:
        whole = row([sign("y", 10), Set(2.8), sign("=", 10, "CMR10", 0.78), Set(2.8), formula.set(10)])
        y -= max(12.0, whole.height + 4)
        signs, rules = placed(whole, 72, y)
        y -= max(0.0, whole.depth - 1)
        glyphs += signs
        bars += rules
    found = lines(glyphs, bars)
    assert [alike(tex_of([line])) for line in found] == [alike(f"y = {formula.tex}") for formula in some]


ANY_GLYPH = st.builds(
    lambda text, x, y, wide, high, size, font: Glyph(
        text, x, y, x + wide, (x, y - high, x + wide, y + high), size, font, 0
    ),
    st.sampled_from("ab1(){}[]|‖∑∏√=+−.,\x00\x12\x30P⎡⎢⎣⏟′ˆ\u0338⇒⊤ \ue020\uf8ee𝑥"),
    st.floats(0, 300),
    st.floats(0, 300),
    st.floats(-5, 40),
    st.floats(0, 60),
    st.sampled_from([0.0, 0.1, 5.0, 7.0, 10.0, 14.5, 900.0]),
    st.sampled_from(["CMMI10", "CMEX10", "CMR10", "KaTeX_Size3-Regular", "Inter-Regular", "drawn", "", "CambriaMath"]),
)
ANY_BAR = st.builds(
    lambda x, y, wide, high: Bar(x, y, x + wide, y + high, 0),
    st.floats(0, 300),
    st.floats(0, 300),
    st.floats(0, 200),
    st.floats(0, 100),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_GLYPH, max_size=40), st.lists(ANY_BAR, max_size=6))
def test_any_glyphs(glyphs: list[Glyph], bars: list[Bar]) -> None:
    """Whatever stands on a page, lines come out, from top to bottom, and no character twice."""
    found = lines(glyphs, bars)
    assert [line.y for line in found] == sorted((line.y for line in found), reverse=True)
    shown = "".join(piece.text for line in found for piece in line.pieces)
    assert shown.count("b") <= sum(glyph.text == "b" for glyph in glyphs) + 8 * shown.count("\\")
