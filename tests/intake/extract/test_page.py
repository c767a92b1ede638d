"""Web pages: structure becomes Markdown, formulas become TeX again."""

from __future__ import annotations

import pytest
from bs4 import PageElement, Tag

from grader.diagnostics import InputError
from grader.intake.extract import extractor_of
from grader.intake.extract.page import Page

KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
    '<annotation encoding="application/x-tex">x_1^2</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">x12</span></span>'
)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h1>Problem 1</h1><p>(a) <b>B</b></p>", "# Problem 1\n\n(a) **B**\n"),
        (f"<p>(a) {KATEX} holds</p>", "(a) $x_1^2$ holds\n"),
        (f'<p>so</p><span class="katex-display">{KATEX}</span>', "so\n\n$$x_1^2$$\n"),
        ('<p>(a) <i class="MathJax">λ</i><script type="math/tex">\\lambda \\ge 1</script>', "(a) $\\lambda \\ge 1$\n"),
        ('<script type="math/tex; mode=display">a*b</script>', "$$a*b$$\n"),
        ("<p>O(nd<sup>2</sup>) and x<sub>k+1</sub></p>", "O(nd^2) and x_{k+1}\n"),
        ("<ul><li>(a) 1</li><li>(b) 2</li></ul>", "* (a) 1\n* (b) 2\n"),
        ("<table><tr><th>K</th></tr><tr><td>0.51</td></tr></table>", "| K |\n| --- |\n| 0.51 |\n"),
        ("<style>p{}</style><script>alert(1)</script><nav>menu</nav><p>(a) 3</p>", "(a) 3\n"),
        ("<p>1 &lt; λ &le; 4 &amp; so on</p>", "1 < λ ≤ 4 & so on\n"),
        ("", "\n"),
    ],
)  # fmt: skip
def test_a_page_becomes_markdown(page: str, text: str) -> None:
    """Headings, lists, tables, entities; scripts and menus are no answers."""
    assert Page().extract(page.encode(), "a.html").text == text


def test_pictures_are_told() -> None:
    """A photograph of an answer is not read, and that is said."""
    assert Page().extract(b"<p>(a)</p><img src=x><img src=y>", "a.html").left_out == ("2 pictures",)


def test_a_page_is_known_by_its_beginning() -> None:
    """Text with a sign of inequality is none."""
    assert isinstance(extractor_of(b"<!DOCTYPE html><html>", ".txt"), Page)
    assert extractor_of(b"x < p and y > 2", ".txt") is None


@pytest.mark.parametrize("tag", ["div", "sup", "math", "mrow", "table", "ul", "span class=katex"])
def test_deep_nesting_is_refused(tag: str) -> None:
    """Ten thousand elements in one another cost their number, not its square, and no crash."""
    page = f"<p>(a)</p><{tag}>".encode() + f"<{tag}>".encode() * 10_000 + b"3"
    with pytest.raises(InputError, match="nested too deeply"):
        Page().extract(page, "a.html")


def test_formulas_are_put_in_place_without_a_look_at_all_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand formulas in one paragraph cost their number, not its square."""
    looked = 0
    index = Tag.index

    def counted(self: Tag, element: PageElement) -> int:
        nonlocal looked
        looked += len(self.contents)
        return index(self, element)

    monkeypatch.setattr(Tag, "index", counted)
    page = b"<p>" + b"<math><mi>x</mi></math>n<sup>2</sup>" * 1_000
    assert Page().extract(page, "a.html").text.count("$x$n^2") == 1_000
    assert looked < 50_000
