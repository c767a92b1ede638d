"""Three dots one under the other, or on a slope, are one sign: ⋮ and ⋱."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import FORMULA, Atom

_APART = (0.15, 0.62)  # distance of two dots in height, in sizes of the type


def with_dots(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, with dots that stand over each other as one; in the file the three follow each other."""
    found: list[Atom] = []
    for atom in atoms:
        found.append(atom)
        if atom.text == "." and len(found) > 2 and (sign := _sign(found[-3:])):
            three = found[-3:]
            bottom, top = min(a.bottom for a in three), max(a.top for a in three)
            left, right = min(a.left for a in three), max(a.right for a in three)
            y = (bottom + top) / 2 - 0.25 * atom.size
            found[-3:] = [Atom(sign, "", left, right, y, atom.size, bottom, top, FORMULA, colour=atom.colour)]
    return found


def _sign(three: Sequence[Atom]) -> str:
    one, two, three_ = three
    if one.text != "." or two.text != "." or abs(one.size - two.size) > 0.1 or abs(two.size - three_.size) > 0.1:
        return ""
    down, more = one.y - two.y, two.y - three_.y
    aside, again = two.left - one.left, three_.left - two.left
    size = one.size
    if abs(down - more) > 0.1 * size or not _APART[0] * size < abs(down) < _APART[1] * size:
        return ""
    if abs(aside) < 0.05 * size and abs(again) < 0.05 * size:
        return "⋮"
    if abs(aside - again) < 0.1 * size and 0.2 * size < abs(aside) < 0.8 * size:
        return "⋱" if (aside > 0) == (down > 0) else "⋰"
    return ""
