"""Formulas for the page. The renderer escapes; the page does not rely on it."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markupsafe import Markup, escape

from grader.records import Rendered

TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msup", "msub"),
    *("msubsup", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom"),
}
ATTRIBUTES = {
    "math": {"display"},  # HTML knows the namespace by itself
    "mi": {"mathvariant"},
    "mo": {"fence", "form", "largeop", "lspace", "movablelimits", "rspace", "separator", "stretchy"},
    "mover": {"accent"},
    "mfrac": {"linethickness"},
    "mspace": {"width"},
    "mtable": {"columnalign"},
    "mtd": {"columnspan", "rowspan"},
}
"""The presentational elements and attributes that may stand on a page."""

_LONGEST = 20_000  # characters of MathML; a longer formula would not be looked at as a formula
_CUT = 400  # characters of the text that stands for it
_LIGHT = 4_000  # characters of MathML on pages that show hundreds of formulas


@lru_cache(maxsize=4096)
def _clean(mathml: str) -> str:
    if "<math" not in mathml:
        mathml = f"<math>{mathml}</math>"
    whole = mathml.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # nh3 takes no halves of characters
    return nh3.clean(whole, tags=TAGS, attributes=ATTRIBUTES)


def formula(rendered: Rendered | None, *, light: bool = False) -> Markup:
    """The MathML of an answer, reduced to presentational elements; the Unicode form where it
    has none or is too long.

    Args:
        rendered: the answer; None for nothing.
        light: the page shows hundreds of formulas, so that a long one would make it heavy.
    """
    if rendered is None:
        return Markup()
    if not rendered.mathml.strip() or len(rendered.mathml) > (_LIGHT if light else _LONGEST):
        text = rendered.unicode
        return escape(text if len(text) <= _CUT else f"{text[:_CUT]}… ({len(text)} characters)")
    return Markup(_clean(rendered.mathml))  # noqa: S704 - made of allowed elements only, by nh3
