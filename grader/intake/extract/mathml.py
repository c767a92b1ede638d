"""Formulas in presentation MathML as TeX.

Elements and their meaning: W3C, MathML Core, section 3 (Presentation Markup).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.intake.extract.omml import MOST_DEPTH

_CHARACTERS = {
    "#": r"\#", "%": r"\%", "&": r"\&", "{": r"\{", "}": r"\}", "\\": r"\setminus ", "\u2061": "", "\u2062": " ",
    "\u2063": "", "\u2064": "", "−": "-",
}  # fmt: skip
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "bar", "→": "vec", "˙": "dot", "¨": "ddot",
}  # fmt: skip
_FUNCTIONS = frozenset("log ln exp sin cos tan tanh sinh cosh max min sup inf det lim arg deg dim ker gcd".split())
_BIG = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "⋃": r"\bigcup", "⋂": r"\bigcap"}
_LEFT_OUT = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})


def tex_of(element: Any, depth: int = 0) -> str:
    """A formula, or a piece of one, as TeX.

    Args:
        element: ``math`` or what stands in one, as BeautifulSoup has it.
        depth: how deep it stands.
    """
    if depth > MOST_DEPTH:
        return str(element.get_text())
    name = element.name.rpartition(":")[2]
    if name in _LEFT_OUT:
        return ""
    make = _MAKERS.get(name)
    return make(element, depth + 1) if make else _row(element, depth + 1)


def _children(element: Any) -> list[Any]:
    return [child for child in element.children if getattr(child, "name", None)]


def _row(element: Any, depth: int) -> str:
    joined = ""
    for piece in (tex_of(child, depth) for child in _children(element)):
        glued = joined[-1:].isalpha() and "\\" in joined.rpartition(" ")[2] and piece[:1].isalpha()
        joined += f" {piece}" if glued else piece  # a command ends where no letter follows
    return joined


def _token(element: Any, depth: int) -> str:
    text = " ".join(element.get_text().split())
    if text in _FUNCTIONS:
        return f"\\{text} "
    if element.name == "mi" and len(text) > 1 and text.isalpha():
        return rf"\operatorname{{{text}}}"
    return _BIG.get(text) or "".join(_CHARACTERS.get(c, c) for c in text)


def _words(element: Any, depth: int) -> str:
    return rf"\text{{{element.get_text()}}}" if element.get_text().strip() else " "


def _part(element: Any, at: int, depth: int) -> str:
    children = _children(element)
    return tex_of(children[at], depth).strip() if at < len(children) else ""


def _fraction(element: Any, depth: int) -> str:
    above, below = _part(element, 0, depth), _part(element, 1, depth)
    bare = str(element.get("linethickness", "")).strip() in ("0", "0px", "0pt", "0em")
    return rf"\binom{{{above}}}{{{below}}}" if bare else rf"\frac{{{above}}}{{{below}}}"


def _script(*signs: str) -> Callable[[Any, int], str]:
    def make(element: Any, depth: int) -> str:
        base = _part(element, 0, depth)
        accent = _ACCENTS.get(_part(element, 1, depth)) if signs == ("^",) and element.name == "mover" else None
        if accent:
            return rf"\{accent}{{{base}}}"
        shown = (
            base
            if len(base) <= 1 or base in _BIG.values() or (base[:1] == "\\" and base[1:].isalpha())
            else f"{{{base}}}"
        )
        scripts = (f"{sign}{{{_part(element, at, depth)}}}" for at, sign in enumerate(signs, 1))
        return shown + "".join(scripts)

    return make


def _square_root(element: Any, depth: int) -> str:
    return rf"\sqrt{{{_row(element, depth)}}}"


def _root(element: Any, depth: int) -> str:
    return rf"\sqrt[{_part(element, 1, depth)}]{{{_part(element, 0, depth)}}}"


def _table(element: Any, depth: int) -> str:
    rows = [
        " & ".join(tex_of(cell, depth).strip() for cell in _children(row))
        for row in _children(element)
        if row.name in ("mtr", "mlabeledtr")
    ]
    return "\\begin{matrix} " + r" \\ ".join(rows) + " \\end{matrix}"


def _fenced(element: Any, depth: int) -> str:
    between = str(element.get("separators", ","))[:1]
    inner = between.join(tex_of(child, depth) for child in _children(element))
    opening, closing = str(element.get("open", "(")), str(element.get("close", ")"))
    return f"{_CHARACTERS.get(opening, opening)}{inner}{_CHARACTERS.get(closing, closing)}"


def _space(element: Any, depth: int) -> str:
    return " "


def _first(element: Any, depth: int) -> str:
    return _part(element, 0, depth)


_MAKERS: dict[str, Callable[[Any, int], str]] = {
    "mi": _token, "mn": _token, "mo": _token, "mtext": _words, "ms": _words, "mspace": _space, "mfrac": _fraction,
    "msup": _script("^"), "msub": _script("_"), "msubsup": _script("_", "^"), "mover": _script("^"),
    "munder": _script("_"), "munderover": _script("_", "^"), "msqrt": _square_root, "mroot": _root, "mtable": _table,
    "mfenced": _fenced, "semantics": _first, "maction": _first,
}  # fmt: skip
