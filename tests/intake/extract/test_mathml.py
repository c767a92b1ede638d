"""Presentation MathML becomes the TeX that a person would have typed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from grader.intake.extract.mathml import tex_of

FORMULAS = [
    ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x=2"),
    ("<msup><mi>n</mi><mn>2</mn></msup>", "n^{2}"),
    ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
    ("<mi>O</mi><mo>(</mo><mi>log</mi><mo>&#x2061;</mo><mi>L</mi><mo>)</mo>", r"O(\log L)"),
    ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", r"\frac{a+b}{2}"),
    ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", r"\binom{n}{k}"),
    ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", r"\sum_{i=1}^{n}"),
    ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", r"\sqrt{x+1}"),
    ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
    ("<mover><mi>x</mi><mo>^</mo></mover>", r"\hat{x}"),
    (
        "<mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable><mo>]</mo>",
        r"[\begin{matrix} 1 & 2 \end{matrix}]",
    ),
    ("<msup><mi>K</mi><mo>⊤</mo></msup><mi>K</mi>", "K^{⊤}K"),
    ("<mi>diag</mi><mo>(</mo><mi>λ</mi><mo>)</mo>", r"\operatorname{diag}(λ)"),
    ("<mtext>if </mtext><mi>k</mi>", r"\text{if }k"),
    ("<msup><mrow><mi>A</mi><mi>B</mi></mrow><mn>2</mn></msup>", "{AB}^{2}"),
]


@pytest.mark.parametrize(("mathml", "tex"), FORMULAS)
def test_a_formula_becomes_tex(mathml: str, tex: str) -> None:
    """Scripts, fractions, roots, limits, matrices; functions by their names."""
    assert tex_of(BeautifulSoup(f"<math>{mathml}</math>", "html.parser").math) == tex


def test_deep_nesting_keeps_the_characters() -> None:
    """A formula nested a thousand times costs no stack."""
    deep = "<mrow>" * 1000 + "<mi>x</mi>" + "</mrow>" * 1000
    assert "x" in tex_of(BeautifulSoup(f"<math>{deep}</math>", "html.parser").math)
