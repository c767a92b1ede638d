"""Signs that are put together from several: three dots that make one, arrows with a long shaft.

Source: TeX's plain format, ``\\vdots``, ``\\ddots``, ``\\Longrightarrow`` and their kin (The TeXbook, appendix B).
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import FORMULA, Atom

_APART = (0.15, 0.62)  # distance of two dots in height, in sizes of the type
_JOINED = {
    ("=", "⇒"): "⟹", ("⇐", "="): "⟸", ("⇐", "⇒"): "⟺", ("−", "→"): "⟶", ("←", "−"): "⟵", ("←", "→"): "⟷",
    ("⊦", "→"): "↦",
}  # fmt: skip


def with_composed(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, with those that make one sign as one; in the file they follow each other."""
    found: list[Atom] = []
    for atom in atoms:
        found.append(atom)
        if atom.text == "." and len(found) > 2 and (sign := _dots(*found[-3:])):
            found[-3:] = [_whole(sign, found[-3:])]
        elif len(found) > 1 and (sign := _JOINED.get((found[-2].text, atom.text), "")) and _overlap(found[-2], atom):
            found[-2:] = [_whole(sign, found[-2:])]
    return found


def _whole(sign: str, parts: Sequence[Atom]) -> Atom:
    bottom, top = min(a.bottom for a in parts), max(a.top for a in parts)
    left, right = min(a.left for a in parts), max(a.right for a in parts)
    first = parts[0]
    y = first.y if first.text != "." else (bottom + top) / 2 - 0.25 * first.size
    return Atom(sign, "", left, right, y, first.size, bottom, top, FORMULA, colour=first.colour, spaced=first.spaced)


def _overlap(before: Atom, atom: Atom) -> bool:
    return before.size == atom.size and abs(before.y - atom.y) < 0.05 * atom.size and atom.left < before.right - 0.05


def _dots(one: Atom, two: Atom, three: Atom) -> str:
    """⋮ or ⋱ for dots one under the other or on a slope, "" for others."""
    if one.text != "." or two.text != "." or abs(one.size - two.size) > 0.1 or abs(two.size - three.size) > 0.1:
        return ""
    down, more = one.y - two.y, two.y - three.y
    aside, again = two.left - one.left, three.left - two.left
    size = one.size
    if abs(down - more) > 0.1 * size or not _APART[0] * size < abs(down) < _APART[1] * size:
        return ""
    if abs(aside) < 0.05 * size and abs(again) < 0.05 * size:
        return "⋮"
    if abs(aside - again) < 0.1 * size and 0.2 * size < abs(aside) < 0.8 * size:
        return "⋱" if (aside > 0) == (down > 0) else "⋰"
    return ""
