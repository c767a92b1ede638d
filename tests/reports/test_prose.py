"""Questions in Markdown with TeX: what becomes of them on a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import table

from grader.reports.prose import prose

ROOT = Path(__file__).parents[2]


def test_formulas_become_mathml_and_the_rest_is_markdown() -> None:
    """Inline and displayed formulas, bold words, lists."""
    page = prose("Give **all** $x_k$:\n\n- one\n- two\n\n$$A^{-1}$$")
    assert "<strong>all</strong>" in page
    assert "<li>one</li>" in page
    assert "<msub><mi>x</mi><mi>k</mi></msub>" in page
    assert 'display="block"><mrow><msup><mi>A</mi>' in page
    assert "$" not in page


@pytest.mark.parametrize("text", ["It costs $5 or $6.", r"It costs \$5, not \$6.", "a $ b $ c", "cost: $20"])
def test_a_dollar_may_be_a_dollar(text: str) -> None:
    """Signs with a space inside, or escaped, or before a digit that nothing closes, begin no formula."""
    assert "<math" not in prose(text)


@pytest.mark.parametrize("tex", [r"x_{a}_{b}", r"\begin{bmatrix} 1", r"\left( x", "{" * 3000])
def test_a_formula_that_cannot_be_converted_is_shown_as_written(tex: str) -> None:
    """Its words stand there, and those around it."""
    page = prose(f"before ${tex}$ after")
    assert f"before <code>{tex}</code> after" in page.replace("&amp;", "&")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![x](http://example.org/x.png)",
        "[x](javascript:alert(1))",
        r"$\text{<img src=x onerror=alert(1)>}$",
        r"$\href{javascript:alert(1)}{x}$",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_but_prose_and_formulas_comes_out(text: str) -> None:
    """No script, link, picture, style or handler."""
    page = prose(text)
    assert not any(f"<{tag}" in page for tag in ("script", "img", "a ", "style", "iframe"))


def test_every_question_of_the_bank_can_be_shown() -> None:
    """No formula of this course is left as TeX."""
    for file in sorted((ROOT / "problems").rglob("*.yaml"))[::3]:
        spec = table(file)
        for text in (spec.get("prompt", ""), *(part.get("prompt", "") for part in spec["parts"])):
            assert "<code>\\" not in prose(text), file


@given(st.text(alphabet="$\\{}^_ab1 \n*<>&[]()`|-#\ue000\ue001", max_size=60))
def test_any_text_can_be_shown(text: str) -> None:
    """Whatever the author wrote, there is a page."""
    assert "<script" not in prose(text)
