"""A tree of HTML as Markdown: headings, lists, tables; formulas of MathJax and KaTeX by their source, MathML as TeX."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from grader.intake.extract.mathml import tex_of

_SILENT = ("script", "style", "template", "noscript", "nav", "footer", "button", "svg")


class Writer(MarkdownConverter):
    """Writes one tree as Markdown, with emphasis but without addresses and pictures."""

    def __init__(self) -> None:
        super().__init__(
            heading_style="ATX", escape_asterisks=False, escape_underscores=False, escape_misc=False, strip=["a", "img"]
        )
        self._items: Counter[int] = Counter()

    def convert_li(self, el: Tag, text: str, *context: Any, **named: Any) -> str:
        """An item. One of a numbered list is written as the first of a list that starts with its number: to count those
        before it, as markdownify does, takes the square of their number.
        """
        numbered = el.parent
        if isinstance(numbered, Tag) and numbered.name == "ol":
            start = str(numbered.get("start") or "")
            number = (int(start) if start.isdecimal() else 1) + self._items[id(numbered)]
            self._items[id(numbered)] += 1
            el = Tag(name="li")
            Tag(name="ol", attrs={"start": str(number)}).append(el)
        return str(super().convert_li(el, text, *context, **named))  # type: ignore[misc]


def markdown(tree: BeautifulSoup) -> str:
    """A tree as Markdown with formulas in TeX.

    Args:
        tree: of a page; its formulas, scripts and menus are taken out of it.
    """
    formulas = _without_formulas(tree)
    for tag in tree.find_all(_SILENT):
        tag.decompose()
    for tag in tree.find_all(["sup", "sub"]):
        words = tag.get_text()
        sign = "^" if tag.name == "sup" else "_"
        _become(tag, f"{sign}{words}" if len(words) == 1 else f"{sign}{{{words}}}")
    text = Writer().convert_soup(tree)
    whole = re.sub("\ue000(\\d+)\ue001", lambda match: formulas[int(match[1])], text)
    return re.sub(r"\n{3,}", "\n\n", whole).strip() + "\n"


def _without_formulas(tree: BeautifulSoup) -> list[str]:
    """Put a mark in place of each formula, which is none of Markdown's business.

    Returns:
        The formulas in TeX between dollars; the mark of one has its place among them.
    """
    formulas: list[str] = []

    def keep(tag: Tag, tex: str, *, display: bool) -> None:
        dollars = "$$" if display else "$"
        formulas.append(f"{dollars}{tex.strip()}{dollars}")
        _become(tag, f"\ue000{len(formulas) - 1}\ue001")

    for script in tree.find_all("script", type=re.compile("^math/tex")):
        keep(script, script.get_text(), display="display" in str(script.get("type")))
    for span in tree.select(".MathJax_Preview, .MathJax, .MathJax_Display"):
        span.decompose()
    for span in tree.select(".katex-display, .katex, math"):
        note = span.find("annotation", encoding="application/x-tex")
        source = note.get_text() if isinstance(note, Tag) else tex_of(span) if span.name == "math" else ""
        if span.parent is not None and source.strip():
            display = "katex-display" in (span.get("class") or ()) or span.get("display") == "block"
            keep(span, source, display=display)
    return formulas


def _become(tag: Tag, words: str) -> None:
    """Leave only words of an element, in its place; to replace it would look through all beside it."""
    tag.clear()
    tag.name, tag.attrs = "span", {}
    tag.append(words)
