"""Braces that lie over or under a formula, with what is written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.pdf.atoms import Atom, box
from grader.intake.pdf.baselines import rows
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.tex import tex

PARTS = frozenset("⏞⏝⏟⏜")
"""Braces that lie; those of TeX are made of pieces, which :mod:`grader.intake.pdf.encodings` names so."""

_REACH = 60.0  # points above and below a brace within which its parts are looked for
_TOUCH = 0.7  # most room between a brace and what it holds, in sizes of the type
_MOST_INSIDE = 300


@dataclass(frozen=True, slots=True)
class Brace:
    """A brace that lies.

    Args:
        parts: its pieces, from left to right.
        under: it stands under what it holds.
    """

    parts: tuple[Atom, ...]
    under: bool

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.parts[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(part.right for part in self.parts)


def braces(atoms: Sequence[Atom]) -> list[Brace]:
    """The braces that lie, from their pieces."""
    found: list[Brace] = []
    run: list[Atom] = []
    for atom in atoms:
        if atom.text not in PARTS:
            continue
        if run and abs(atom.middle - run[0].middle) > 0.5 * atom.size:
            run = []
        run.append(atom)
        closing = "⏜" if run[0].text == "⏟" else "⏝"
        if not atom.face.extension or (atom.text == closing and len(run) == 4):
            _add(found, Brace(tuple(run), run[0].text == "⏟"))
            run = []
    return found


def _add(found: list[Brace], brace: Brace) -> None:
    """Put a brace to the others, or to the part of it that ends where this one begins."""
    for at, one in enumerate(found[-3:], max(0, len(found) - 3)):
        level = abs(one.parts[0].middle - brace.parts[0].middle) < 0.5 * brace.parts[0].size
        if one.under == brace.under and level and abs(one.right - brace.left) < 1:
            found[at] = Brace(one.parts + brace.parts, brace.under)
            return
    found.append(brace)


def read_brace(brace: Brace, pool: Pool) -> None:
    """Put a brace together with what it holds and what is written beside it."""
    bottom, top = min(part.bottom for part in brace.parts), max(part.top for part in brace.parts)
    inner = pool.inside(brace.left - 1, brace.right + 1, bottom - _REACH, top + _REACH, _MOST_INSIDE)
    inner = [atom for atom in inner if atom not in brace.parts]
    over = [atom for atom in inner if atom.middle > (bottom + top) / 2]
    under = [atom for atom in inner if atom.middle < (bottom + top) / 2]
    held = _nearest(over, top, up=True) if brace.under else _nearest(under, bottom, up=False)
    label = _nearest(under, bottom, up=False) if brace.under else _nearest(over, top, up=True)
    if not held:
        return
    row = rows(held)[0]
    name, sign = ("underbrace", "_") if brace.under else ("overbrace", "^")
    whole = rf"\{name}{{{tex(row.tree())}}}"
    if label and label[0].size < 0.9 * row.size:
        whole += f"{sign}{{{tex(rows(label)[0].tree())}}}"
    else:
        label = []
    pool.add(box(whole, [*row.atoms, *brace.parts, *label], row.y, row.size))


def _nearest(atoms: Sequence[Atom], edge: float, *, up: bool) -> list[Atom]:
    """The line next to an edge."""
    best: list[Atom] = []
    least = 1e9
    for row in rows(atoms):
        room = min(a.bottom for a in row.atoms) - edge if up else edge - max(a.top for a in row.atoms)
        if -0.2 * row.size < room < min(least, _TOUCH * row.size):
            best, least = row.atoms, room
    return best
