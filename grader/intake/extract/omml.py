"""Equations of Office (OMML) as TeX.

Elements and their meaning: ECMA-376, part 1, section 22.1 (Office Math Markup Language).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOST_DEPTH = 60
"""Deepest nesting of an equation; below it only the characters are kept."""

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ACCENTS = {
    "̂": "hat", "̃": "tilde", "̄": "bar", "̅": "bar", "⃗": "vec", "̇": "dot", "̈": "ddot", "ˆ": "hat", "~": "tilde",
    "¯": "bar", "→": "vec",
}  # fmt: skip
_BIG = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "⋃": r"\bigcup", "⋂": r"\bigcap"}
_BRACKETS = {"{": r"\{", "}": r"\}", "‖": r"\|", "⟨": r"\langle ", "⟩": r"\rangle ", "": "."}
_FUNCTIONS = frozenset("log ln exp sin cos tan tanh sinh cosh max min sup inf det lim arg deg dim ker gcd".split())
_PROPERTIES = frozenset(
    f"{_M}{name}"
    for name in "rPr ctrlPr fPr radPr sSupPr sSubPr sSubSupPr sPrePr naryPr dPr mPr accPr barPr funcPr limLowPr "
    "limUppPr eqArrPr boxPr borderBoxPr groupChrPr phantPr argPr oMathParaPr".split()
)


def tex_of(element: Any, depth: int = 0) -> str:
    """An equation, or a piece of one, as TeX.

    Args:
        element: ``m:oMath`` or what stands in one, of lxml or ElementTree.
        depth: how deep it stands.
    """
    if depth > MOST_DEPTH:
        return "".join(element.itertext())
    return "".join(_one(child, depth + 1) for child in element if child.tag not in _PROPERTIES)


def _one(element: Any, depth: int) -> str:
    if not isinstance(element.tag, str):
        return ""  # a comment
    name = element.tag.removeprefix(_M)
    if name == "t":
        return _characters(element.text or "")
    make = _MAKERS.get(name)
    return make(element, depth) if make else tex_of(element, depth)


def _characters(text: str) -> str:
    return text.replace("\\", r"\backslash ").replace("#", r"\#").replace("%", r"\%").replace("&", r"\&")


def _part(element: Any, name: str, depth: int) -> str:
    child = element.find(_M + name)
    return "" if child is None else tex_of(child, depth)


def _property(element: Any, holder: str, name: str) -> str | None:
    """The value of a property; None if it is not given."""
    found = element.find(f"{_M}{holder}/{_M}{name}")
    return None if found is None else str(found.get(_M + "val") or "")


def _fraction(element: Any, depth: int) -> str:
    above, below = _part(element, "num", depth), _part(element, "den", depth)
    if _property(element, "fPr", "type") == "noBar":
        return rf"\binom{{{above}}}{{{below}}}"
    return rf"\frac{{{above}}}{{{below}}}"


def _root(element: Any, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e', depth)}}}"


def _scripts(element: Any, depth: int) -> str:
    base, below, above = (_part(element, name, depth) for name in ("e", "sub", "sup"))
    shown = base if len(base) <= 1 else f"{{{base}}}"
    return shown + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _before(element: Any, depth: int) -> str:
    below, above, base = (_part(element, name, depth) for name in ("sub", "sup", "e"))
    return f"{{}}_{{{below}}}^{{{above}}}{base}"


def _big(element: Any, depth: int) -> str:
    sign = _property(element, "naryPr", "chr")
    sign = _BIG.get("∫" if sign is None else sign, sign or r"\int")
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{sign}{limits} {_part(element, 'e', depth)}"


def _delimited(element: Any, depth: int) -> str:
    left = _property(element, "dPr", "begChr")
    right = _property(element, "dPr", "endChr")
    between = _property(element, "dPr", "sepChr")
    inner = [tex_of(child, depth) for child in element.findall(_M + "e")]
    opening, closing = ("(" if left is None else left), (")" if right is None else right)
    joined = ("," if between is None else between).join(inner)
    return rf"\left{_BRACKETS.get(opening, opening)} {joined} \right{_BRACKETS.get(closing, closing)}"


def _matrix(element: Any, depth: int) -> str:
    rows = [" & ".join(tex_of(cell, depth) for cell in row.findall(_M + "e")) for row in element.findall(_M + "mr")]
    return "\\begin{matrix} " + r" \\ ".join(rows) + " \\end{matrix}"


def _lines(element: Any, depth: int) -> str:
    rows = [tex_of(row, depth).replace(r"\&", "&") for row in element.findall(_M + "e")]
    return "\\begin{aligned} " + r" \\ ".join(rows) + " \\end{aligned}"


def _accent(element: Any, depth: int) -> str:
    sign = _property(element, "accPr", "chr")
    return rf"\{_ACCENTS.get('̂' if sign is None else sign, 'hat')}{{{_part(element, 'e', depth)}}}"


def _bar(element: Any, depth: int) -> str:
    command = "overline" if _property(element, "barPr", "pos") == "top" else "underline"
    return rf"\{command}{{{_part(element, 'e', depth)}}}"


def _function(element: Any, depth: int) -> str:
    name = _part(element, "fName", depth).strip()
    command = f"\\{name}" if name in _FUNCTIONS else name
    return f"{command} {_part(element, 'e', depth)}"


def _limit(element: Any, depth: int) -> str:
    base, limit = _part(element, "e", depth).strip(), _part(element, "lim", depth)
    sign = "_" if element.tag == _M + "limLow" else "^"
    return f"\\{base}{sign}{{{limit}}}" if base in _FUNCTIONS else rf"{base}{sign}{{{limit}}}"


_MAKERS: dict[str, Callable[[Any, int], str]] = {
    "f": _fraction, "rad": _root, "sSup": _scripts, "sSub": _scripts, "sSubSup": _scripts, "sPre": _before,
    "nary": _big, "d": _delimited, "m": _matrix, "eqArr": _lines, "acc": _accent, "bar": _bar, "func": _function,
    "limLow": _limit, "limUpp": _limit,
}  # fmt: skip
