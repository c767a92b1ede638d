"""Trees back to Unicode, LaTeX and MathML."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maths_sample import RATIONAL_TREES, TREES, parsed

from grader.maths import render
from grader.maths.balls import UndefinedError
from grader.maths.exact import compare, evaluate, real
from grader.maths.tree import Node, Symbol, Unary

SPACE = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = {"math", "mrow", "mo", "mn", "mi", "mfrac", "msup", "msub", "msqrt", "mroot", "mtext"}


@settings(max_examples=250, deadline=None)
@given(TREES | RATIONAL_TREES)
def test_what_is_shown_reads_back_as_the_same_value(node: Node) -> None:
    """Unicode and LaTeX are read as expressions of the same value, or of none where the tree has none."""
    shown = render.render(node)
    try:
        value = evaluate(node)
    except UndefinedError:
        value = None
    for text in (shown.unicode, shown.latex):
        again = parsed(text)
        if value is None:
            with pytest.raises(UndefinedError):
                evaluate(again)
        else:
            back = evaluate(again)
            assert back.form == value.form
            assert compare(back, value) in (0, None)
            assert back.approximate() == pytest.approx(value.approximate(), rel=1e-9, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_mathml_is_well_formed(node: Node) -> None:
    """It parses as XML, with the elements of MathML alone, each with as many children as it takes."""
    root = Xml.fromstring(render.render(node).mathml)  # noqa: S314  # the output of this package
    assert root.tag == f"{SPACE}math"
    children = {"mfrac": 2, "msup": 2, "msub": 2, "mroot": 2, "msqrt": 1}
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        assert name in ELEMENTS
        assert len(element) == children.get(name, len(element))


@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("1/2", "1/2", "\\frac{1}{2}"), ("2^3", "2³", "2^{3}"), ("(-2)^3", "(-2)³", "\\left(-2\\right)^{3}"),
        ("2^{-3}", "2⁻³", "2^{-3}"), ("2^(1/2)", "2^(1/2)", "2^{\\frac{1}{2}}"), ("√2", "√2", "\\sqrt{2}"),
        ("√(1+2)", "√(1 + 2)", "\\sqrt{1 + 2}"), ("2·3", "2·3", "2 \\cdot 3"), ("2-(3-4)", "2 - (3 - 4)", None),
        ("(1+2)·3", "(1 + 2)·3", None), ("1/(2·3)", "1/(2·3)", "\\frac{1}{2 \\cdot 3}"), ("-(1+2)", "-(1 + 2)", None),
        ("\\sqrt[3]{2}", "√[3](2)", "\\sqrt[3]{2}"), ("ln 2", "ln(2)", "\\ln\\left(2\\right)"),
        ("log_2 8", "log₂(8)", "\\log_{2}\\left(8\\right)"), ("50%", "50%", "50\\%"), ("5!", "5!", "5!"), ("0.50",
        "0.50", "0.50"),
        ("(1/2)^2", "(1/2)²", "\\left(\\frac{1}{2}\\right)^{2}"), ("2π", "2·π", "2 \\cdot \\pi"),
    ],
)  # fmt: skip
def test_how_an_expression_is_shown(text: str, unicode: str, latex: str | None) -> None:
    """As it was written, with brackets where they are needed and nowhere else."""
    shown = render.render(parsed(text))
    assert shown.unicode == unicode
    assert latex is None or shown.latex == latex


@pytest.mark.parametrize(
    ("name", "unicode", "latex"),
    [("λ", "λ", "\\lambda"), ("lambda", "λ", "\\lambda"), ("x", "x", "x"), ("x_1", "x₁", "x_{1}"), ("K_ℓ", "K_ℓ", None),
     ("σ_max", "σ_max", "\\sigma_{max}")],
)  # fmt: skip
def test_names_are_shown_with_their_index(name: str, unicode: str, latex: str | None) -> None:
    """A variable is shown as the symbol that its name in a spec means."""
    shown = render.render(render.symbol(name))
    assert shown.unicode == unicode
    assert latex is None or shown.latex == latex


@given(st.text(max_size=30))
def test_words_are_escaped(text: str) -> None:
    """Words of any kind make MathML whose text is those words, and never markup."""
    shown = render.words(text)
    assert shown.unicode == text
    assert "<" not in shown.mathml.replace("<math xmlns", "").replace("<mtext>", "").replace("</mtext></math>", "")
    if text.isprintable():
        (element,) = Xml.fromstring(shown.mathml)  # noqa: S314  # the output of this package
        assert element.tag == f"{SPACE}mtext"
        assert (element.text or "") == text


def test_lists_are_joined() -> None:
    """Items stand between brackets with separators, in all three notations."""
    items = [render.render(real(Fraction(n, 2)).node) for n in (1, -2)]
    shown = render.join(items, "{", "}")
    assert (shown.unicode, shown.latex) == ("{0.5, -1}", "\\{0.5, -1\\}")
    assert "".join(Xml.fromstring(shown.mathml).itertext()) == "{0.5,−1}"  # noqa: S314  # the output of this package
    assert render.join([], "[", "]").unicode == "[]"
    assert render.inner(render.math("<mn>1</mn>")) == "<mn>1</mn>"
    assert render.render(Unary("-", Symbol("π"))).unicode == "-π"
