"""What runs of glyphs say. The runs are those that PyMuPDF took out of pages that Chromium printed from KaTeX.

A bar ends a line; ``▁`` is the zero width space of what hangs below the line.
"""

from __future__ import annotations

import pytest

from grader.intake.repair.torn.formulas import Formulas
from grader.intake.repair.torn.reading import LOW, Caveat, Reading
from grader.intake.repair.torn.tokens import tokens_of
from grader.intake.repair.torn.work import Work


def readings(runs: str) -> list[Reading]:
    """What all of the runs may say, the cheapest first."""
    work = Work(1_000)
    work.begin(1_000)
    tokens = tokens_of(runs.replace("▁", "\u200b").split("|"), 0)
    formulas = Formulas(tokens, work)
    return [reading for reading in formulas.formulas(0) if formulas.past_breaks(reading.end) == len(tokens)]


SAID = [
    ("x|▁ =|t+1|Ax|▁ +|t|Bu|▁t", r"x_{t + 1} = A x_{t} + B u_{t}"),
    ("CA|B|ℓ−1", r"C A^{ℓ - 1} B"),
    ("O(log m + log n)", r"O(\log m + \log n)"),
    ("O(nd +|2|d )|3", r"O(n d^{2} + d^{3})"),
    ("K K +|⊤|λI", r"K^{\top} K + λ I"),
    ("KK|+|⊤|λI", r"K K^{\top} + λ I"),
    ("(X X +|⊤|λI)|X y|−1|⊤", r"(X^{\top} X + λ I)^{- 1} X^{\top} y"),
    ("(M|u)(v M|)|−1|⊤|−1", r"(M^{- 1} u) (v^{\top} M^{- 1})"),
    ("M|▁|t|−1", r"M_{t}^{- 1}"),
    ("S|▁ =|t|S|▁ +|t−1|v|▁k|▁|t|t|⊤", r"S_{t} = S_{t - 1} + v_{t} k_{t}^{\top}"),
    ("m =|▁|▁ x|▁|n|1 ∑i=1|n|i", r"m = \frac{1}{n} \sum_{i = 1}^{n} x_{i}"),
    ("s|▁ =|k|▁c|▁b|▁r|▁|j=1|∑|n|j|j|j|k−1", r"s_{k} = \sum_{j = 1}^{n} c_{j} b_{j} r_{j}^{k - 1}"),
    ("a|▁ =|i|▁|σ|▁+λ|i|2|σ|▁i|2", r"a_{i} = \frac{σ_{i}^{2}}{σ_{i}^{2} + λ}"),
    ("m =|′|▁|n + 1|nm + x|▁|n+1", r"m' = \frac{n m + x_{n + 1}}{n + 1}"),
    ("A =|▁|▁|(2|0|1|3)", r"A = \begin{pmatrix} 2 & 1 \\ 0 & 3 \end{pmatrix}"),
    ("C =|▁|▁|▁|[1|0|0|2|0|3]", r"C = \begin{bmatrix} 1 & 0 & 0 \\ 0 & 2 & 3 \end{bmatrix}"),
    ("y|▁ =|k|C|▁A|Bu|▁|+|(|j=0|∑|k−1|k−1−j|j)|Du|▁k",
     r"y_{k} = C \left(\sum_{j = 0}^{k - 1} A^{k - 1 - j} B u_{j} \right) + D u_{k}"),
    ("a|▁ =|i|(KK|+ λI)|Kq|▁|[|⊤|−1|]i", r"a_{i} = \left[(K K^{\top} + λ I)^{- 1} K q \right]_{i}"),
    ("=|w^|(X X)|⊤", r"\hat{w} = (X^{\top} X)"),
    ("w|▁ −|t|w|▁∗", r"w_{t} - w_{*}"),
    ("V|▁ =|k|[v|▁, v|▁, … , v|▁]|0|1|2 −1|k", r"V_{k} = [v_{0}, v_{1}, \ldots, v_{2^{k} - 1}]"),
    ("A , A , … , A|1|2|2k", r"A^{1}, A^{2}, \ldots, A^{2^{k}}"),
    ("∥X −|WX∥|▁|F|2", r"\|X - W X\|_{F}^{2}"),
    ("1 ≤λ ≤4", r"1 \le λ \le 4"),
    ("[0, 1.5, 1.2]", r"[0, 1.5, 1.2]"),
    ("λ > 0.25", r"λ > 0.25"),
    ("f(x) = ax +|2|bx + c", r"f(x) = a x^{2} + b x + c"),
]  # fmt: skip


@pytest.mark.parametrize(("runs", "tex"), SAID, ids=[runs for runs, _ in SAID])
def test_runs_say(runs: str, tex: str) -> None:
    """The cheapest reading of the runs is the formula that was painted."""
    assert readings(runs)[0].tex == tex


UNSURE = [
    ("L = 2N", Caveat.GLUED, "a product or a power"),
    ("Aj", Caveat.GLUED, "a product or a power"),
    ("W (a)", Caveat.GLUED, "a value of a function or an exponent in brackets"),
    ("▁|x + y|2|2", Caveat.FRACTION, "two over a sum, or the root of a sum of squares"),
    ("∥p∥2", Caveat.GLUED_POWER, "the square of a norm, or the kind of norm"),
    ("x ∈Rn", Caveat.GLUED_POWER, "a space of vectors"),
    ("e−x", Caveat.GLUED_POWER, "an exponent on the line"),
    ("V|▁ =|1|AV|+|0|B", Caveat.LOST_MARK, "a subscript whose mark is lost"),
    ("a =|p|q", Caveat.LOST_FRACTION, "a fraction that left no mark"),
]


@pytest.mark.parametrize(("runs", "caveat", "what"), UNSURE, ids=[what for _, _, what in UNSURE])
def test_what_may_say_two_things_says_so(runs: str, caveat: Caveat, what: str) -> None:
    """A reading that is not the only one carries the reason."""
    assert any(caveat in reading.caveats for reading in readings(runs)[:3])


def test_a_power_that_looks_like_a_factor_decides_nothing() -> None:
    """2N may be two times N or a power of two; neither is sure."""
    assert all(set(reading.caveats) & LOW for reading in readings("L = 2N"))


def test_a_column_times_a_row_is_as_near_as_a_row_times_a_column() -> None:
    """Painted column by column, (1 0)(3; 4) and (1; 0)(3 4) are the same."""
    first, second, *_ = readings("c =|▁|▁|▁|(1|0) (3|4)")
    assert second.cost - first.cost < 0.4


@pytest.mark.parametrize("runs", ["", "▁", "▁|▁|▁", ")", "=", "+|+", "⊤", "(|(|(", "▁k▁k▁", "|".join("▁" * 200)])
def test_odd_runs_are_read_or_not(runs: str) -> None:
    """Nothing is too odd to be looked at."""
    assert all(reading.tex for reading in readings(runs))
