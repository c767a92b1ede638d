"""Sums and products over an index, definitions by cases, and indicators."""

from __future__ import annotations

import pytest
from tree_text import read


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("\\sum_{i=1}^{n} x_i", "Σ[i=1..n](x_i)"), ("Σ_{i=1}^n x_i", "Σ[i=1..n](x_i)"), ("sum_{i=1}^n x_i",
        "Σ[i=1..n](x_i)"),
        ("∑ᵢ₌₁ⁿ xᵢ", "Σ[i=1..n](x_i)"), ("\\sum\\limits_{i=1}^n x_i", "Σ[i=1..n](x_i)"), ("\\sum^n_{i=1} x_i",
        "Σ[i=1..n](x_i)"),
        ("\\sum^{n}_{i=1} x_i", "Σ[i=1..n](x_i)"), ("\\sum_{1 \\le i \\le n} x_i", "Σ[i=1..n](x_i)"), ("\\sum_i x_i",
        "Σ[i=_.._](x_i)"),
        ("Σᵢ x_i + 1", "(Σ[i=_.._](x_i) + 1)"), ("\\sum_{i=1}^n x_i s", "Σ[i=1..n]((x_i * s))"),
        ("\\sum_{i=1}^n (x_i + s)", "Σ[i=1..n]((x_i + s))"),
        ("\\sum_{i \\le n} x_i", "Σ[i=_..n](x_i)"), ("\\sum x_i", "Σ[=_.._](x_i)"), ("\\prod_{i=1}^n x_i",
        "Π[i=1..n](x_i)"),
        ("∏_{i=1}^n i", "Π[i=1..n](i)"), ("\\prod^n_{k=1} k", "Π[k=1..n](k)"), ("Π_k x_k", "Π[k=_.._](x_k)"),
        ("\\sum_{j=0}^{n-1} \\sum_{k=0}^{j} x_{j+k}", "Σ[j=0..(n - 1)](Σ[k=0..j](x_j+k))"),
        ("\\max_i x_i", "max[i=_.._](x_i)"), ("\\max_{1 \\le i \\le n} x_i", "max[i=1..n](x_i)"), ("\\min_{i} p_i",
        "min[i=_.._](p_i)"),
        ("Σ", "Σ"), ("Σ x", "(Σ * x)"),
    ],
)  # fmt: skip
def test_sums_with_their_index_and_bounds(text: str, tree: str) -> None:
    """A sum goes on over products, and ends at a sum; a capital Σ without an index is a symbol."""
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("\\begin{cases} D & \\ell = 0 \\\\ C A^{\\ell-1} B & \\ell \\ge 1 \\end{cases}",
        "D if ℓ = 0; ((C * (A ^ (ℓ - 1))) * B) if ℓ ≥ 1"),
        ("\\begin{cases} D, & \\text{if } \\ell = 0, \\\\ C B, & \\text{otherwise} \\end{cases}",
        "D if ℓ = 0; (C * B) if _"),
        ("\\begin{cases} x & \\ell = 1, \\dots, L \\\\ s & else \\end{cases}", "x if ℓ = 1 … L; s if _"),
        ("\\begin{cases} x \\\\ s \\end{cases}", "x if _; s if _"),
        ("{D if ℓ = 0; C otherwise}", "D if ℓ = 0; C if _"), ("1[ℓ=0] D + 1[ℓ≥1] C",
        "((indicator(ℓ = 0) * D) + (indicator(ℓ ≥ 1) * C))"),
        ("𝟙[i = j]", "indicator(i = j)"), ("1[x]", "(1 * x)"),
    ],
)  # fmt: skip
def test_cases_and_indicators(text: str, tree: str) -> None:
    """Each case has its condition, none for “otherwise”; brackets after a 1 that hold a relation are an indicator."""
    assert read(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "\\sum_{i=1}^n", "\\sum_{i=} x_i", "\\sum_{i,i} x_{ij}", "\\sum_{i \\ne j} x_i", "\\sum_{i ∈ S} x_i",
        "\\sum^{n}_{i x_i", "\\sum_{i=1+} x_i",
        "\\begin{cases} D & \\ell = 0", "\\begin{cases} \\end{cases}",
        "\\begin{cases} D & \\ell = \\\\ C \\end{cases}", "1[i = ",
        "\\begin{cases}" + "x \\\\ " * 60 + "\\end{cases}",
    ],
)  # fmt: skip
def test_what_is_no_sum_or_cases_is_refused(text: str) -> None:
    """An index that is not understood, a missing body, an open or endless list of cases: an error, no guess."""
    assert read(text).startswith("error"), read(text)
