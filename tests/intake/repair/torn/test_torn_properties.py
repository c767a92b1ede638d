"""Random sentences with formulas torn out of them: what is put back for certain is right; nothing else is promised."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st
from torn_painter import MARK, Formula, Product, Symbol, spaceless, torn

from grader.intake.repair.torn import put_back
from grader.records import Confidence

LETTERS = st.sampled_from("ABCDKMWXabcvwxyλσα")
INDICES = st.sampled_from(("i", "j", "k", "t", "0", "1", "2", "k+1", "t−1", "n"))
POWERS = st.sampled_from(("2", "3", "⊤", "−1", "n", "k−1"))
SYMBOLS = st.builds(Symbol, LETTERS, st.one_of(st.just(""), INDICES), st.one_of(st.just(""), st.just(""), POWERS))
PRODUCTS = st.builds(Product, st.lists(SYMBOLS, min_size=1, max_size=3).map(tuple), st.sampled_from(("", "", "O")))
OPERATORS = st.sampled_from(("=", "+", "−", "≤"))


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """A formula of one to three products."""
    products = draw(st.lists(PRODUCTS, min_size=1, max_size=3))
    operators = [draw(OPERATORS) for _ in products[1:]]
    return Formula(tuple(products), tuple(operators))


BEFORE = st.sampled_from(("We know that the value", "Now the matrix", "It follows that", "Here the cost of a step is"))
AFTER = st.sampled_from((" is what we want.", ", as before.", " holds, and this is enough.", "."))
SENTENCES = st.lists(st.tuples(BEFORE, formulas(), AFTER), min_size=1, max_size=5)
SPELLED = {"⊤": r"\top", "−": "-", "≤": r"\le"}


def spelled(tex: str) -> str:
    for sign, command in SPELLED.items():
        tex = tex.replace(sign, command)
    return spaceless(tex)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(SENTENCES)
def test_what_is_put_back_for_certain_is_right(sentences: list[tuple[str, Formula, str]]) -> None:
    """In a fixed lot of sentences a formula of high confidence is the one that stood there, script for script."""
    first = Formula((Product((Symbol("q", "0"),)),), ())
    lines = ["These are the facts.", *torn([("The first of all is", first, "."), *sentences])]
    edits = [edit for edit in put_back(lines).edits if edit.formula and edit.confidence is Confidence.HIGH]
    stood = {2 * number + 3: spelled(formula.tex) for number, (_, formula, _) in enumerate(sentences)}
    for edit in edits:
        if edit.start[0] in stood:
            assert spelled(edit.formula) == stood[edit.start[0]]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(alphabet=string.ascii_letters[:6] + "  .,:()=+−∑⊤12" + MARK, max_size=12), max_size=40))
def test_no_lines_are_too_odd(lines: list[str]) -> None:
    """Whatever the lines are, the edits stand in them, in order and apart from each other."""
    back = put_back([MARK, MARK, *lines])
    at = (0, 0)
    for edit in back.edits:
        assert at <= edit.start <= edit.end
        at = edit.end
    assert all(doubt.start <= doubt.end for doubt in back.doubts)
