"""What holds for every page: one safe, self-contained, well-formed file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from html_check import Page
from report_sample import SCRIPT, STUDENTS

from grader.records import Rendered, Run
from grader.reports import Pages
from grader.reports.mathml import formula

PAGES: dict[str, Callable[[Pages, Pages], str]] = {
    "class": lambda students, talks: students.class_report(),
    "hints": lambda students, talks: talks.hints_report(),
    **{f"student {i}": lambda students, talks, i=i: students.student_page(STUDENTS[i]) for i in range(8)},
}


@pytest.fixture(params=PAGES)
def html(request: pytest.FixtureRequest, class_pages: Pages, hint_pages: Pages) -> str:
    return PAGES[request.param](class_pages, hint_pages)


def test_every_element_is_closed_in_order_and_identifiers_are_unique(html: str) -> None:
    ids = Page(html).ids
    assert len(ids) == len(set(ids)) > 0


def test_nothing_is_requested_from_anywhere(html: str) -> None:
    """No address with a scheme or a host, no source, no import: the file is all there is."""
    page = Page(html)
    bare = re.sub(r"sha256-[\w+/=]+", "", html.replace("http-equiv", ""))  # a hash may hold two slashes
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)", bare, re.I)
    assert not any(attrs.get("src") or attrs.get("srcset") for _, attrs in page.tags)
    assert all((link.get("href") or "").startswith("#") for link in page.all("a"))


def test_links_within_the_page_lead_somewhere(html: str) -> None:
    """``#_`` closes a drawer: it must lead nowhere."""
    page = Page(html)
    wanted = {(link.get("href") or "")[1:] for link in page.all("a")} - {"_"}
    assert wanted <= set(page.ids) and "_" not in page.ids


def test_the_policy_allows_only_the_styles_and_the_script_of_this_very_file(html: str) -> None:
    page = Page(html)
    (policy,) = [meta["content"] or "" for meta in page.all("meta") if "http-equiv" in meta]
    hashes = {base64.b64encode(hashlib.sha256(raw.encode()).digest()).decode() for raw in page.raw}
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes and len(hashes) == 2


def test_there_are_no_inline_styles_or_handlers(html: str) -> None:
    names = {name for _, attrs in Page(html).tags for name in attrs}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_names_and_answers_cannot_become_elements(html: str) -> None:
    assert SCRIPT not in html
    assert len(Page(html).all("script")) == 1


def test_every_glyph_of_a_status_has_its_word(html: str) -> None:
    """A screen reader skips the glyph; the next thing that it reads is the word."""
    glyphs = re.findall(r'<span(?: class="g[^"]*")? aria-hidden="true">[✓◐✗…?–!·]</span>(.{0,40})', html)
    assert glyphs
    assert all(re.match(r'\s*(<span class="sr">)?[a-z]', after) for after in glyphs)


def test_the_table_shows_a_hostile_name_as_it_is(class_pages: Pages) -> None:
    text = Page(class_pages.class_report()).text
    assert SCRIPT in text and "../../x" in text and "דנה לוי" in text


def test_a_page_can_always_be_written_as_utf_8(students: Run) -> None:
    """Lone surrogates and control characters from file names and damaged files are replaced."""
    odd = "a\ud800b\x00c\x1b"
    first, *rest = students.results
    changed = replace(first, claim=replace(first.claim, subject=odd, context="", text=odd))
    pages = Pages(replace(students, subjects=(odd, *students.subjects), results=(changed, *rest)))
    for html in (pages.class_report(), pages.student_page(odd)):
        assert "a\ufffdb\ufffdc\ufffd" in html.encode("utf-8").decode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", html)


@pytest.mark.parametrize(
    "hostile",
    [
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "<math><mi href='javascript:alert(1)'>x</mi></math>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
        "<math><mi onclick='alert(1)' style='color:red'>x</mi></math>",
        "</dd><script>alert(1)</script>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    ],
)
def test_only_presentational_elements_survive_in_formulas(hostile: str) -> None:
    clean = str(formula(Rendered("x", "x", hostile)))
    assert not re.search(r"<(?!/?(math|mi|mtext)\b)", clean)
    assert not re.search(r"(href|style|on\w+)\s*=\s*['\"]?\w", re.sub(r"&lt;.*", "", clean))


def test_a_formula_keeps_its_structure() -> None:
    mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
    assert str(formula(Rendered("1/2", "", mathml))) == "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"


def test_a_formula_without_mathml_is_shown_as_escaped_text() -> None:
    assert str(formula(Rendered("x < 1", "", ""))) == "x &lt; 1"
    assert str(formula(None)) == ""


def test_a_huge_formula_is_shown_cut_with_its_length() -> None:
    huge = Rendered("9" * 30_000, "", f"<math><mn>{'9' * 30_000}</mn></math>")
    assert len(formula(huge)) < 500 and "(30000 characters)" in formula(huge)
