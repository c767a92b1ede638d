"""Which atoms stand on one line, though not all of them on its base line.

Type is set in runs: neighbours of one size on one base line. The largest and longest runs make lines; a smaller run is
the script of a line if it hangs on something there, else a line of its own.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.scripts import level, offset, with_scripts

_SHORT = 8  # atoms; a longer run is no script of type of its own size
_FEW = 60  # atoms; fewer are no page
_CELL = 4.0  # points; neighbours are looked up in cells of this width


@dataclass(slots=True, eq=False)
class Row:
    """A line of atoms.

    Args:
        y: its base line.
        size: of the type on the base line.
        atoms: all its atoms, in no order.
        ends, starts: the atoms by the cell of their right and left edge.
    """

    y: float
    size: float
    atoms: list[Atom] = field(default_factory=list)
    ends: dict[int, list[Atom]] = field(default_factory=dict)
    starts: dict[int, list[Atom]] = field(default_factory=dict)

    def add(self, atoms: Iterable[Atom]) -> None:
        """Put atoms on the line."""
        for atom in atoms:
            self.atoms.append(atom)
            self.ends.setdefault(int(atom.right // _CELL), []).append(atom)
            self.starts.setdefault(int(atom.left // _CELL), []).append(atom)

    def before(self, x: float, room: float) -> list[Atom]:
        """Atoms that end near ``x``: at most ``room`` before it, or a little after."""
        return [a for a in _within(self.ends, x - room, x + 0.6 * self.size) if a.left < x + 0.1 * self.size]

    def after(self, x: float, room: float) -> list[Atom]:
        """Atoms that begin near ``x``: at most ``room`` after it."""
        return _within(self.starts, x - 0.1 * self.size, x + room)

    def tree(self) -> list[Atom]:
        """The atoms on the base line from left to right, each with its scripts."""
        return with_scripts(self.atoms, self.y, self.size)


def _within(cells: dict[int, list[Atom]], low: float, high: float) -> list[Atom]:
    found: list[Atom] = []
    for cell in range(int(low // _CELL), int(high // _CELL) + 1):
        found.extend(cells.get(cell, ()))
    return found


def rows(atoms: Sequence[Atom]) -> list[Row]:
    """The lines of atoms, from top to bottom."""
    found: list[Row] = []
    heights: list[tuple[float, int]] = []
    left: list[list[Atom]] = []
    runs = _runs(atoms)
    for again in (False, True):
        for run in runs:
            near = _near(heights, found, run[0])
            row = _row_of(run, near)
            if row is not None:
                row.add(run)
            elif not again and _small(run[0], near):
                left.append(run)  # what it hangs on may come yet
            else:
                insort(heights, (run[0].y, len(found)))
                found.append(Row(run[0].y, run[0].size))
                found[-1].add(run)
        runs, left = left, []
    return sorted(found, key=lambda row: -row.y)


def _runs(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Neighbours of one size on one base line; the largest and longest (of few atoms the leftmost) first."""
    strips: list[list[Atom]] = []
    for atom in sorted(atoms, key=lambda atom: -atom.y):
        if strips and strips[-1][0].y - atom.y < 0.04 * strips[-1][0].size + 0.05:
            strips[-1].append(atom)
        else:
            strips.append([atom])
    found: list[list[Atom]] = []
    for strip in strips:
        by_size: dict[int, list[Atom]] = {}
        for atom in sorted(strip, key=lambda atom: atom.left):
            size = round(atom.size * 2)
            run = by_size.get(size)
            if run is not None and atom.left - run[-1].right < 0.7 * atom.size:
                run.append(atom)
            else:
                by_size[size] = run = [atom]
                found.append(run)
    if len(atoms) < _FEW:  # what scripts of no smaller type hang on stands before them
        return sorted(found, key=lambda run: (-round(run[0].size * 2), run[0].left))
    return sorted(found, key=lambda run: (-round(run[0].size * 2), -len(run)))


def _near(heights: list[tuple[float, int]], found: list[Row], atom: Atom) -> list[Row]:
    """The lines whose base line is near enough to that of an atom, nearest first; also those of tall constructions."""
    reach = 3.5 * atom.size + 12
    at = bisect_left(heights, (atom.y - reach, -1))
    near: list[Row] = []
    while at < len(heights) and heights[at][0] <= atom.y + reach:
        near.append(found[heights[at][1]])
        at += 1
    return sorted(near, key=lambda row: abs(row.y - atom.y))


def _small(atom: Atom, near: list[Row]) -> bool:
    return any(atom.size < 0.93 * row.size for row in near)


def _row_of(run: list[Atom], near: list[Row]) -> Row | None:
    """The line that a run belongs to, None if it is one of its own."""
    first, last = run[0], run[-1]
    for row in near:
        if level(first, row.y, max(row.size, first.size)) and first.size > 0.6 * row.size:
            return row
    best, least = None, 9.0
    for row in near:
        if first.size > 1.02 * row.size or abs(row.y - first.y) > 6 * row.size:
            continue
        for host in row.before(first.left, 0.45 * row.size):
            if _hangs(first, host, row) and (len(run) <= _SHORT or first.size < 0.93 * host.size):
                cost = abs(first.left - host.right) / row.size + 0.2 * abs(first.y - host.y) / host.size
                if cost < least:
                    best, least = row, cost
        if best is None and first.size < 0.9 * row.size:
            for host in row.after(last.right, 0.25 * row.size):
                if host.size > first.size and offset(first, host) == "above" and first.y - host.y < 0.6 * host.size:
                    best, least = row, 1.0
    if best is None and len(run) < 3:
        best = _between(run, near)
    return best


def _hangs(atom: Atom, host: Atom, row: Row) -> bool:
    if not offset(atom, host):
        return False
    if atom.size < 0.93 * host.size or (atom.size <= 1.02 * host.size and host.size < 0.8 * row.size):
        return True
    apart = abs(atom.y - host.y) / host.size  # the smallest type of TeX has scripts of its own size
    return 0.14 < apart < 0.6 and abs(atom.left - host.right) < 0.12 * host.size and atom.size <= 1.02 * host.size


def _between(run: list[Atom], near: list[Row]) -> Row | None:
    """A line in which a character stands a little higher or lower than its neighbours, as in the name of TeX."""
    first, last = run[0], run[-1]
    for row in near:
        if abs(row.y - first.y) < 0.35 * row.size and abs(first.size - row.size) < 0.3 * row.size:
            before = any(abs(a.right - first.left) < 0.2 * row.size for a in row.before(first.left, 0.2 * row.size))
            if before and any(a.left - last.right < 0.2 * row.size for a in row.after(last.right, 0.2 * row.size)):
                return row
    return None
