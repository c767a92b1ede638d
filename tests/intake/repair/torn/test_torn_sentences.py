"""Formulas go back into the sentences that they were torn out of.

The texts are what PyMuPDF takes out of pages that Chromium printed from KaTeX; ``▁`` is a space of zero width, and
a bar ends a line.
"""

from __future__ import annotations

from grader.intake.repair import Repaired, repaired
from grader.intake.repair.torn import put_back
from grader.records import Confidence

PAGE = (
    "Part (a): Steps|We take steps of size  against the loss |. The update is:|Let |. Then |"
    ", so the error shrinks when  is small.|For |: |, as above.|For |: |, as expected.|Part (b): Cost|"
    "Each product with | costs | and we need | of them.|Work per step: |Total depth: |.|"
    "With doubling the powers | are found in | steps.|Since | is |, one product of matrices takes | work.|"
    "Part (c): Values|Let | be given.|The weight is | for all |, and the bound is |.|η|f(w)|w|▁ =|t+1|w|▁ −|t|"
    "ηA (Aw|▁ −|⊤|t|b)|e|▁ =|t|w|▁ −|t|w|▁∗|e|▁ =|t+1|(I −ηA A)e|▁|⊤|t|η|t = 0 e|▁ =|0|w|▁ −|0|w|▁∗|t = 1 e|▁ =|"
    "1|(I −ηA A)e|▁|⊤|0|A|O(mn)|T|O(mn)|O(T log(mn))|M , M , … , M|2|4|2k|O(log T ⋅log n)|M|n × n|O(n )|3|"
    "v = [1, 0.5, 2]|d|▁ =|i|▁|σ|▁+λ|i|2|σ|▁i|2|λ > 0|1 ≤λ ≤4|"
).replace("|", "\n")

READ = r"""Part (a): Steps
We take steps of size $η$ against the loss $f(w)$. The update is:
$w_{t + 1} = w_{t} - η A^{\top}(A w_{t} - b)$
Let $e_{t} = w_{t} - w_{*}$. Then $e_{t + 1} = (I - η A^{\top} A) e_{t}$, so the error shrinks when $η$ is small.
For $t = 0$: $e_{0} = w_{0} - w_{*}$, as above.
For $t = 1$: $e_{1} = (I - η A^{\top} A) e_{0}$, as expected.
Part (b): Cost
Each product with $A$ costs $O(m n)$ and we need $T$ of them.
Work per step: $O(m n)$
Total depth: $O(T \log(m n))$.
With doubling the powers $M^{2}, M^{4}, \ldots, M^{2^{k}}$ are found in $O(\log T \cdot \log n)$ steps.
Since $M$ is $n \times n$, one product of matrices takes $O(n^{3})$ work.
Part (c): Values
Let $v = [1, 0.5, 2]$ be given.
The weight is $d_{i} = \frac{σ_{i}^{2}}{σ_{i}^{2} + λ}$ for all $λ > 0$, and the bound is $1 \le λ \le 4$.
"""


def mended(text: str) -> Repaired:
    """A text with its marks as they are, repaired."""
    return repaired(text.replace("▁", "\u200b"))


def doubted(read: Repaired, words: str) -> Confidence:
    """The least confidence of a stretch of a repaired text."""
    start = read.text.index(words)
    order = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
    over = (doubt.confidence for doubt in read.doubts if doubt.start < start + len(words) and doubt.end > start)
    return min(over, key=order.index, default=Confidence.HIGH)


def test_every_formula_of_a_page_goes_back_where_it_stood() -> None:
    """Within lines, at their ends, at their beginnings, and on lines of their own; the pieces are gone."""
    assert mended(PAGE).text == READ


def test_a_formula_put_back_is_logged_with_its_place() -> None:
    """A repair has the line of the file where the hole is, and a line of the new text the line where it began."""
    read = mended(PAGE)
    made = next(repair for repair in read.repairs if "A A" not in repair.after and "e_{t + 1}" in repair.after)
    assert made.rule == "torn-formulas"
    assert PAGE.splitlines()[made.span.line - 1].startswith(". Then")
    assert read.places is not None
    line = READ.splitlines().index("Work per step: $O(m n)$")
    assert PAGE.splitlines()[read.places.line(line + 1) - 1] == "Work per step: "


def test_bounds_in_sentences_that_ask_for_them_are_sure() -> None:
    """Where holes and formulas agree, the answer of the page is certain."""
    assert doubted(mended(PAGE), r"Total depth: $O(T \log(m n))$") is Confidence.HIGH


def test_what_can_be_read_in_two_ways_is_not_sure() -> None:
    """2N may be a product or a power: both are told, and nothing is decided by it."""
    page = "The length is \n.\nThe first is \n, the next is \n.\nL = 2N\nx\n▁0\nx\n▁1\n"
    read = mended(page)
    assert "The length is $L = 2^{N}$." in read.text or "The length is $L = 2 N$." in read.text
    assert doubted(read, "$L = 2") is Confidence.LOW
    assert any("also be read as" in doubt.why or "exponent" in doubt.why for doubt in read.doubts)


def test_a_hole_without_a_formula_is_doubted() -> None:
    """The text has two holes and one formula: it is for a person to say which of them was filled."""
    read = mended("We know that \n is small.\nBut also that \n is large.\nx\n▁ =\n0\ny\n▁k\n")
    assert doubted(read, read.text.splitlines()[0]) is Confidence.LOW
    assert doubted(read, read.text.splitlines()[1]) is Confidence.LOW


def test_pieces_without_holes_are_left_and_doubted() -> None:
    """More pieces than any sentence asks for cannot be placed for certain."""
    read = mended("Nothing is missing here.\n▁\n▁\n⊤\n)\n▁\n")
    assert read.doubts
    assert all(repair.confidence is not Confidence.HIGH or not repair.after for repair in read.repairs)


def test_a_formula_stays_on_its_page() -> None:
    """The pieces of a page belong to the sentences of that page."""
    lines = ["On the first page it is ", ".", "x", "\u200b0", "On the second it is ", ".", "y", "\u200b1"]
    back = put_back(lines, breaks=[4])
    assert [(edit.start[0], edit.formula) for edit in back.edits if edit.formula] == [(0, "x_{0}"), (4, "y_{1}")]


ORDINARY = [
    "The answer is \nx = 3\nbecause the sum is \n4\n",
    "(a) 5\n(b) 7\n\nx\n2\n",
    "Let x = 3.\n\n$$\ny = 4\n$$\n",
    "1\n2\n3\n",
    "zero\u200bwidth marks\u200b in a text of words\n",
    "",
]


def test_texts_that_are_not_torn_stay_as_they_are() -> None:
    """Formulas on lines of their own, lists of numbers, stray marks: nothing is put anywhere."""
    for text in ORDINARY:
        assert put_back(text.split("\n")).edits == ()
        assert repaired(text).text.replace("\u200b", "") == text.replace("\u200b", "")


def test_a_page_too_long_to_be_fitted_is_left_and_doubted() -> None:
    """The work does not grow faster than the text: what is longer than any page is for a person."""
    lines = ["It is ", "."] * 400 + ["x", "\u200b0"] * 400
    back = put_back(lines)
    assert back.edits == ()
    assert back.doubts


def test_a_table_that_was_set_as_a_matrix_is_a_table_again() -> None:
    """Its first row is of words; it was painted column by column."""
    page = "The results are:|That is all we need of |.|▁|▁|▁|▁|Method|α|β|Total Cost|3|0.5|Rate|2|1|x|▁0|"
    read = mended(page.replace("|", "\n"))
    table = "| Method | Total Cost | Rate |\n|---|---|---|\n| $α$ | $3$ | $2$ |\n| $β$ | $0.5$ | $1$ |\n"
    assert f"The results are:\n\n{table}" in read.text
    assert "all we need of $x_{0}$." in read.text


def test_more_readings_than_a_page_can_have_are_not_looked_at() -> None:
    """The work is bounded by the length of the text, whatever stands in it."""
    lines = ["It is ", "."] * 60 + ["x", "\u200bk"] * 300
    back = put_back(lines)
    assert back.edits == ()
    assert {doubt.start[0] for doubt in back.doubts} >= set(range(120, 720))
