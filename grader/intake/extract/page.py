"""Pages of HTML, as browsers and editors save them (:mod:`grader.intake.html`)."""

from __future__ import annotations

import re
from typing import ClassVar

from grader.intake.extract.base import Extracted, Extractor, broken, counted

_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|h[1-6])\b", re.IGNORECASE | re.DOTALL
)
_LOOK = 4096


class Page(Extractor):
    """See the module."""

    name: ClassVar[str] = "an HTML page"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")

    def fits(self, data: bytes, suffix: str) -> bool:
        """By its ending, or because it begins with an element of HTML."""
        return suffix in self.suffixes or _START.match(data[:_LOOK]) is not None

    def extract(self, data: bytes, name: str) -> Extracted:
        """The body, in the order of the page."""
        from grader.intake.html.trees import tree_of  # here, for few submissions are pages
        from grader.intake.html.writing import markdown

        try:
            tree = tree_of(data)
            pictures = len(tree.find_all(["img", "canvas", "object", "embed"]))
            return Extracted(markdown(tree), counted(pictures, "picture", "pictures"))
        except (AssertionError, RecursionError, ValueError) as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise broken(name, self.name, why) from error
