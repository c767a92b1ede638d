"""Web pages: structure becomes Markdown, formulas become TeX again."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from bs4.element import PageElement, Tag

from grader.diagnostics import InputError
from grader.intake.extract import extractor_of
from grader.intake.extract.page import Page
from grader.intake.html.trees import MOST_DEPTH, MOST_ELEMENTS

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


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<ul><li>", "<blockquote>", "<math>"])
def test_the_depth_that_is_read_is_said(tags: str) -> None:
    """What is nested nearly 200 times is read; the error says that number, wherever Python's own limit lies."""
    once = (MOST_DEPTH - 10) // tags.count("<")
    assert "(a)" in Page().extract((tags * once + "(a) 3").encode(), "a.html").text
    with pytest.raises(InputError, match="nested too deeply, in more than 200 elements"):
        Page().extract((tags * 2 * once + "(a) 3").encode(), "a.html")


def test_a_page_of_too_many_elements_is_refused() -> None:
    """Each takes time and memory."""
    with pytest.raises(InputError, match="more than 200,000 elements"):
        Page().extract(b"<br>" * (MOST_ELEMENTS + 1), "a.html")


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<![if x", "<?", "</", "<a ", "<a '"])
def test_what_is_never_closed_is_text(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser does not look for the end of the same page again for each: that took the square of their number."""
    fed: list[str] = []
    feed = HTMLParser.feed

    def told(parser: HTMLParser, text: str) -> None:
        fed.append(text)
        feed(parser, text)

    monkeypatch.setattr(HTMLParser, "feed", told)
    assert Page().extract(f"<p>(a) 3<br>{piece * 1_000}".encode(), "a.html").text.startswith("(a) 3")
    assert [page.count(piece) for page in fed] == [0]


def test_items_of_a_numbered_list_have_their_numbers_and_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the number where the list starts, also where a list stands in another one."""
    page = b"<ol start=3><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li><li></li><li>e</li></ol><ol><li>f</li></ol>"
    lines = [line.strip() for line in Page().extract(page, "a.html").text.splitlines() if line.strip()]
    assert lines == ["3. a", "4. b", "1. c", "2. d", "6. e", "1. f"]
    looked = 0
    before = Tag.find_previous_siblings

    def counted(self: Tag, *wanted: Any) -> object:
        nonlocal looked
        found = before(self, *wanted)
        looked += len(found)
        return found

    monkeypatch.setattr(Tag, "find_previous_siblings", counted)
    assert "1000. a" in Page().extract(b"<ol>" + b"<li>a</li>" * 1_000, "a.html").text
    assert looked == 0


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
