"""Superscripts and subscripts: which atom of a line stands on the base line, and which hangs on another.

From left to right, each atom goes on with a row that is open (the base line, the script of the last atom, the script
of the last atom of that script …) or opens a script of the last atom of such a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import PLAIN, Atom

_MOST_DEEP = 8
RAISED = (0.1, 0.85)
"""How far a superscript stands above the base line of what it hangs on, in sizes of that."""
LOWERED = (0.05, 0.5)
"""How far a subscript stands below it."""
_NEAR = 0.5  # most room between a script and what it hangs on, in sizes
_CLOSE = 0.2  # the same for a script that is no smaller
_LEVEL = 0.1  # least difference of base lines that means something, in sizes


def level(atom: Atom, y: float, size: float) -> bool:
    """Whether an atom stands on a base line of type of that size; smaller type has to be nearer to it."""
    return abs(atom.y - y) <= (_LEVEL if atom.size > 0.85 * size else _LEVEL / 2) * size + 0.12


def offset(atom: Atom, host: Atom) -> str:
    """``above``, ``below`` or "": whether an atom is at the height of a script of another one."""
    up = atom.y - host.y
    size = host.size
    if max(RAISED[0] * size, 0) <= up <= max(RAISED[1] * size, host.top - host.y + 0.15 * size):
        return "above"
    if LOWERED[0] * size <= -up <= max(LOWERED[1] * size, host.y - host.bottom + 0.3 * size):
        return "below"
    return ""


class _Row:
    """A row of atoms on one base line."""

    __slots__ = ("atoms", "rows", "size", "y")

    def __init__(self, atoms: list[Atom], y: float, size: float) -> None:
        self.atoms, self.y, self.size = atoms, y, size
        self.rows: dict[str, _Row] = {}  # the open scripts of the last atom

    def add(self, atom: Atom) -> None:
        self.atoms.append(atom)
        self.rows = {}


def with_scripts(atoms: Sequence[Atom], y: float, size: float) -> list[Atom]:
    """The atoms on a base line, each with its scripts.

    Args:
        atoms: of one line, in any order.
        y, size: base line and size of the type that stands on it.
    """
    main = _Row([], y, size)
    for atom in sorted(atoms, key=lambda atom: (atom.left, -atom.size)):
        _place(atom, main)
    return main.atoms


def _open(row: _Row) -> list[_Row]:
    """The rows that can go on, outermost first."""
    found = [row]
    for one in found:
        if len(found) > _MOST_DEEP:
            break
        found.extend(one.rows.values())
    return found


def _hang(atom: Atom, rows: Sequence[_Row], room: float) -> bool:
    """Open a script with an atom, on the last atom of the innermost row where it has the place of one."""
    for smaller in (0.93, 1.05):  # the smallest type of TeX has scripts of its own size
        for row in reversed(rows):
            host = row.atoms[-1]
            gap = (atom.left - host.right) / host.size
            if atom.size > smaller * host.size or gap > (room if smaller < 1 else _CLOSE):
                continue
            where = offset(atom, host)
            if smaller > 1 and not 0.14 < abs(atom.y - host.y) / host.size < 0.6:
                continue
            if where and where not in row.rows:
                hung = host.above if where == "above" else host.below
                hung.append(atom)
                row.rows[where] = _Row(hung, atom.y, atom.size)
                return True
    return False


def _place(atom: Atom, main: _Row) -> None:
    rows = _open(main)
    best: _Row | None = None
    least = 9.0
    for row in rows:
        alike = atom.size / row.size
        if level(atom, row.y, row.size) and (row is main or 0.8 < alike < 1.25):
            cost = abs(atom.y - row.y) / row.size + 0.3 * abs(1 - alike)
            if cost < least:
                best, least = row, cost
    if best is main and atom.size < 0.8 * main.size and _hang(atom, rows[1:], 0.15):
        return  # a script of a subscript may be as low as the base line
    if best is not None:
        best.add(atom)
        return
    if not main.atoms or atom.left - max(row.atoms[-1].right for row in rows) > _NEAR * main.size:
        if atom.size < 0.9 * main.size and abs(atom.y - main.y) < main.size:  # a script before its base
            side = atom.left
            empty = Atom("", "{}", side, side, main.y, main.size, main.y, main.y + main.size / 2, PLAIN)
            empty.colour, empty.spaced = atom.colour, atom.spaced
            main.add(empty)
            rows = [main]
        else:
            main.add(atom)
            return
    if _hang(atom, rows, _NEAR * 4):
        return
    for row in rows[1:]:  # no place is right: with the nearest script of its size
        if 0.8 < atom.size / row.size < 1.25 and abs(atom.y - row.y) < 0.3 * row.size:
            row.add(atom)
            atom.doubt = atom.doubt or "a script does not stand on the line of its neighbours"
            return
    main.add(atom)
    if atom.size < 0.93 * main.size or abs(atom.y - main.y) > 0.3 * main.size:
        atom.doubt = atom.doubt or "a character stands off the base line"
