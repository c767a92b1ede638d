"""Damage that no rule can put right: the text stays, and is doubted."""

from __future__ import annotations

import pytest

from grader.intake.repair import repaired
from grader.records import Confidence

LOW, MEDIUM = Confidence.LOW, Confidence.MEDIUM

DOUBTED = [
    (r"zero: $det(A \lambda I) = 0$", [r"(A \lambda I)"], LOW),
    ("the roots of det(B λI)", ["(B λI)"], LOW),
    ("It costs O(nd2) or O(n2d3).", ["O(nd2)", "O(n2d3)"], LOW),
    ("Let L = 2N for some N.", ["L = 2N"], LOW),
    (r"As $\frac{(1+a)^n - 1}{a}$ was, $\frac{(1+a)^{n-1}}{a}$ is.", [r"\frac{(1+a)^{n-1}}{a}"], LOW),
    ("Name\tLoss\tSize\n0   2\t\t\n0.1   1\t\t\n", ["0   2\t\t", "0.1   1\t\t"], MEDIUM),
    ("Name\tLoss\tSize\tAge\n0   2\t\t\t\n", ["0   2\t\t\t"], LOW),
    (r"$$\begin{bmatrix} \vdots \\ \partial b^T x \\ \overline{\partial x_i} \end{bmatrix}$$",
     ["\\partial b^T x \\\\ \\overline{"], LOW),
    ("$$A v = B \\rightarrow v_1 = v_2\nC v = D \\rightarrow v_2 = v_1$$",
     ["$$A v = B \\rightarrow v_1 = v_2\nC v = D \\rightarrow v_2 = v_1$$"], MEDIUM),
]  # fmt: skip


@pytest.mark.parametrize(("text", "doubted", "confidence"), DOUBTED)
def test_what_cannot_be_put_right_is_doubted(text: str, doubted: list[str], confidence: Confidence) -> None:
    """The words are kept, and the doubt has its reason."""
    mended = repaired(text)
    assert mended.text == text
    assert [mended.text[one.start : one.end] for one in mended.doubts] == doubted
    assert {one.confidence for one in mended.doubts} == {confidence}
    assert all(one.why for one in mended.doubts)


SURE = [
    r"$det(A - \lambda I)$ and (A + λI) and $(\lambda I)$ and (A B I)",
    "O(n^2), O(n1 n2), O(2n), O(n log2(n)), $O(n_2)$, O(d²), O(10n)",
    "L = 2N and M = 2N for any N",
    r"$\frac{(1+a)^{n-1}}{a}$ alone, by hand",
    r"$\frac{(1+a)^{n-1}}{b}$ and $\frac{(1+a)^n - 1}{a}$",
    "a\tb\tc\n1\t2\t3\n4\t\t\n",
    r"$\overline{x} = \frac{\partial f}{\partial x} \\ y$",
    "$$a = b + c\n= d + e$$",
    "$$a = b +\nc = d$$",
    "$$a = b \\\\\nc = d$$",
]


@pytest.mark.parametrize("text", SURE)
def test_what_is_whole_is_not_doubted(text: str) -> None:
    """Texts that look alike and are as their writers meant them."""
    assert repaired(text).doubts == ()


def test_a_scan_has_doubtful_exponents() -> None:
    """Where a program read the page from a picture, small type may be misread without any other sign."""
    scanned = "So  $x$  and  $y$  with  $z$  gives  $\\frac{(1+\\alpha)^{\\ell-1}}{\\alpha}$ ."
    [doubt] = repaired(scanned).doubts
    assert doubt.confidence is LOW


WORDS = [
    ("it is effi\ncient to do so", "it is efficient to do so"),
    ("## 2.3 (c) RE- ALLY CORRECTED", "## 2.3 (c) REALLY CORRECTED"),
]


@pytest.mark.parametrize(("raw", "read"), WORDS)
def test_cut_words_are_whole_again(raw: str, read: str) -> None:
    """Where no word could end so."""
    assert repaired(raw).text == read


@pytest.mark.parametrize("text", ["a wi-fi\nnet", "it was stiff\nand cold", "A- B", "# NON-LINEAR A- B", "see II- III"])
def test_words_that_end_where_the_line_ends_are_left(text: str) -> None:
    """Nearly all do."""
    assert repaired(text).text == text
