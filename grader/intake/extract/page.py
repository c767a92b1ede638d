"""HTML pages as Markdown: headings, lists, tables; formulas of MathJax and KaTeX by their TeX source, MathML as TeX."""

from __future__ import annotations

import re
from typing import ClassVar

from grader.intake.extract.base import Extracted, Extractor, broken, counted
from grader.intake.extract.mathml import tex_of as mathml_of

_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|h[1-6])\b", re.IGNORECASE | re.DOTALL
)
_LOOK = 4096
_MOST_DEPTH = 900  # elements in elements; what is below is not reached without Python's own limit either
_SILENT = ("script", "style", "template", "noscript", "nav", "footer", "button", "svg")


class Page(Extractor):
    """See the module."""

    name: ClassVar[str] = "an HTML page"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")

    def fits(self, data: bytes, suffix: str) -> bool:
        """By its ending, or because it begins with an element of HTML."""
        return suffix in self.suffixes or _START.match(data[:_LOOK]) is not None

    def extract(self, data: bytes, name: str) -> Extracted:
        """The body, in the order of the page."""
        try:
            return markdown_of(data)
        except (AssertionError, RecursionError, ValueError) as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise broken(name, self.name, why) from error


def markdown_of(page: bytes | str) -> Extracted:
    """A page, or a piece of one, as Markdown with formulas in TeX.

    Args:
        page: HTML.

    Raises:
        AssertionError, RecursionError, ValueError: it cannot be taken apart.
    """
    from bs4 import BeautifulSoup, Tag  # here, for few submissions are pages
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(page, "html.parser")
    level: list[Tag] = [soup]
    for _ in range(_MOST_DEPTH):
        level = [child for one in level for child in one.children if isinstance(child, Tag)]
    if level:
        raise ValueError("it is nested too deeply")
    formulas: list[str] = []

    def become(tag: Tag, words: str) -> None:
        """Leave only words of an element, in its place; to replace it would look through all beside it."""
        tag.clear()
        tag.name, tag.attrs = "span", {}
        tag.append(words)

    def keep(tag: Tag, tex: str, *, display: bool) -> None:
        """Put a mark in place of a formula, which is none of Markdown's business."""
        mark = "$$" if display else "$"
        formulas.append(f"{mark}{tex.strip()}{mark}")
        become(tag, f"\ue000{len(formulas) - 1}\ue001")

    for script in soup.find_all("script", type=re.compile("^math/tex")):
        keep(script, script.get_text(), display="display" in str(script.get("type")))
    for span in soup.select(".MathJax_Preview, .MathJax, .MathJax_Display"):
        span.decompose()
    for span in soup.select(".katex-display, .katex, math"):
        note = span.find("annotation", encoding="application/x-tex")
        source = note.get_text() if isinstance(note, Tag) else mathml_of(span) if span.name == "math" else ""
        if span.parent is not None and source.strip():
            display = "katex-display" in (span.get("class") or ()) or span.get("display") == "block"
            keep(span, source, display=display)
    for tag in soup.find_all(_SILENT):
        tag.decompose()
    for tag in soup.find_all(["sup", "sub"]):
        words = tag.get_text()
        sign = "^" if tag.name == "sup" else "_"
        become(tag, f"{sign}{words}" if len(words) == 1 else f"{sign}{{{words}}}")
    pictures = len(soup.find_all(["img", "canvas", "object", "embed"]))
    converter = MarkdownConverter(
        heading_style="ATX", escape_asterisks=False, escape_underscores=False, escape_misc=False, strip=["a", "img"]
    )
    text = converter.convert_soup(soup)
    whole = re.sub("\ue000(\\d+)\ue001", lambda match: formulas[int(match[1])], text)
    return Extracted(re.sub(r"\n{3,}", "\n\n", whole).strip() + "\n", counted(pictures, "picture", "pictures"))
