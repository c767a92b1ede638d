"""Questions as their authors write them, Markdown with TeX formulas, made into HTML."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from types import ModuleType

import nh3
from markupsafe import Markup

from grader.reports.mathml import ATTRIBUTES, TAGS

_FORMULA = re.compile(
    r"\$\$(?P<display>.+?)\$\$|(?<![\\$\w])\$(?![\s$])(?P<inline>[^$]+?)(?<![\s\\])\$(?!\w)", re.DOTALL
)
_HELD, _END = "\ue000", "\ue001"  # around the number of a formula while Markdown is read; private use
_PLACE = re.compile(f"{_HELD}(\\d+){_END}")
_LONGEST = 4000  # characters of a formula that is converted
_BLOCKS = {"p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}


@lru_cache(maxsize=2048)
def prose(text: str) -> Markup:
    """A question as HTML: paragraphs, lists, tables, and formulas as MathML.

    Links, pictures and raw HTML come out as their words. A formula that cannot be converted is shown as it was
    written.

    Args:
        text: Markdown with formulas in ``$…$`` and ``$$…$$``.
    """
    formulas: list[str] = []

    def hold(match: re.Match[str]) -> str:
        formulas.append(_mathml(match["display"] or match["inline"], display=match["display"] is not None))
        return f"{_HELD}{len(formulas) - 1}{_END}"

    held = _FORMULA.sub(hold, text.replace(_HELD, "").replace(_END, ""))
    page = _PLACE.sub(lambda match: formulas[int(match[1])], _markdown(held))
    return Markup(nh3.clean(page, tags=_BLOCKS | _TABLES | TAGS, attributes=ATTRIBUTES))  # noqa: S704 - allowed elements only


def _markdown(text: str) -> str:
    from markdown_it import MarkdownIt  # late: only questions need it

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def _mathml(tex: str, display: bool) -> str:
    """MathML of a formula in TeX."""
    from latex2mathml import converter, exceptions  # late: its tables take a while to load

    try:
        if len(tex) <= _LONGEST:
            return str(converter.convert(tex, display="block" if display else "inline"))
    except _stumbles(exceptions):
        pass  # it is shown as it was written
    return f"<code>{html.escape(tex)}</code>"


def _stumbles(exceptions: ModuleType) -> tuple[type[Exception], ...]:
    """What the converter raises at a formula it cannot read: errors of its own, without a common base, and others."""
    own = (one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception))
    return (*own, IndexError, KeyError, ValueError, RecursionError)
