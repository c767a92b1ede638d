"""Lists and bold type that were damaged: run-on items, dashes read as minus signs, escaped stars, cut percentages."""

from __future__ import annotations

import pytest

from grader.intake.repair import repaired
from grader.records import Confidence

REPAIRED = [
    # escaped stars
    (r"\*\*The answer:\*\* 3", "**The answer:** 3"),
    (r"**\*\*Naive way:\*\***  $O(n)$", "**Naive way:**  $O(n)$"),
    (r"So **\*\* $O(n)$ \*\***", "So **$O(n)$**"),
    (r"simply \*\* $O(n)$ \*\* (with $n$ large)", "simply **$O(n)$** (with $n$ large)"),
    (r"for **the first one**\*\*, we go on", "for **the first one**, we go on"),
    (r"\*\*For each $t$ :", "**For each $t$ :"),
    # items that ran on
    ("Each needs: - Making $x$ - Adding $y$", "Each needs:\n- Making $x$\n- Adding $y$"),
    (r"**Cost:** - One: $O(d)$  - All: $O(nd)$", "**Cost:**\n- One: $O(d)$\n- All: $O(nd)$"),
    ("**Slow way:** - Computing it at once", "**Slow way:**\n- Computing it at once"),
    ("- First make $a$  - Then make $b$  - Total: $O(d)$", "- First make $a$\n- Then make $b$\n- Total: $O(d)$"),
    ("**Given:** - $M = I$ (before) - $S = 0$", "**Given:**\n- $M = I$ (before)\n- $S = 0$"),
    ("Steps: 1. Take $x$ 2. Square it  3. Add", "Steps:\n1. Take $x$\n2. Square it\n3. Add"),
    ("1. **Make it:** - It is $x$ - Cost: $O(1)$", "1. **Make it:**\n- It is $x$\n- Cost: $O(1)$"),
    (r"All of these: - **K0** $= 1$ - **K1** $= 2$", "All of these:\n- **K0** $= 1$\n- **K1** $= 2$"),
    ("1. **Keep 80.** 2. **Lose 50.**", "1. **Keep 80.**\n2. **Lose 50.**"),
    # dashes in formulas
    ("With: $-x_{k+1} = Ax_k - y_k = Cx_k - x_0 = 0$", "With: \n- $x_{k+1} = Ax_k$\n- $y_k = Cx_k$\n- $x_0 = 0$"),
    (r"- $K = 1 = 0.7 - A^2 = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}$",
     "- $K = 1 = 0.7$\n- $A^2 = \\begin{bmatrix} 1 & 0 \\\\ 0 & 1 \\end{bmatrix}$"),
    # percent signs that began comments
    (r"Need: 1. \*\*Keep 802. \*\*Lose 50", "Need: 1. **Keep 80%\n2. **Lose 50"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "read"), REPAIRED)
def test_lists_are_put_right(raw: str, read: str) -> None:
    """Each item stands on a line of its own, and bold type is bold."""
    assert repaired(raw).text == read


LEFT = [
    "The answer is 3 - that is all - and more.",
    "- $a - b$ - no more",
    "- It is quick - Better than the other",
    "### 2.1 (c) Efficient ways - REVISED - FINAL",
    "Berlin - Hamburg - Munich",
    "Answer: - $3$",
    "Answer: -3 - x",
    "| a - B - C | d |",
    "```\nUse: - A - B\n```",
    "We have x = 1. Then 2. Follows from it.",
    "By step 1. Take 2. Of them.",
    "on 3. May 2025 and 4. June",
    r"2\*\*n + 3\*\*(n+1)",
    r"x \*\* 2 and y \*\* 3",
    r"a \* b \* c and \*this\*",
    r"$-x = 3 - y$",
    r"$-x = a - y = b$",
    r"$x = 0.7 - A^2$",
    r"$x = 0.7 - a \cdot b = c$",
    "1. **Take 802. Then 3",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_looks_like_a_damaged_list_is_left(text: str) -> None:
    """Dashes of sentences, powers, differences and numbers are what they are."""
    assert repaired(text).text == text


def test_a_dash_before_a_formula_is_not_sure() -> None:
    """It may be a minus: the word goes into the doubts."""
    mended = repaired("**Given:** - $M = I$ (before) - $S = 0$")
    assert {one.confidence for one in mended.repairs} == {Confidence.MEDIUM}
    assert [mended.text[one.start : one.end] for one in mended.doubts] == ["\n- ", "\n- "]


def test_a_cut_percentage_is_never_a_number_of_its_own() -> None:
    """802 is read nowhere, and the words that were lost are doubted."""
    mended = repaired(r"Need: 1. \*\*Keep 802. \*\*Lose 50")
    assert "802" not in mended.text
    low = [one for one in mended.doubts if one.confidence is Confidence.LOW]
    assert [mended.text[one.start : one.end] for one in low] == ["Keep 80%\n2. **Lose 50"]


def test_nothing_of_it_happens_in_latex() -> None:
    """There stars, dashes and percent signs are TeX's."""
    text = "\\begin{document}\nGiven: - A - B \\*\\*x\\*\\* $-x = a - y = b - z = c$\n\\end{document}"
    assert repaired(text).text == text


def test_items_keep_the_line_they_came_from() -> None:
    """Two items of one line have the number of that line."""
    mended = repaired("a\nUse: - A - B\nb")
    assert mended.text == "a\nUse:\n- A\n- B\nb"
    assert mended.places is not None
    assert mended.places.lines == (1, 2, 2, 2, 3)
