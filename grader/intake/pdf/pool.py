"""The atoms of a region by place, so that what stands near a bar or a bracket is found without a look at all."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from grader.intake.pdf.atoms import Atom

_BAND = 8.0  # points


class Pool:
    """Atoms by the height of their middle and their left edge."""

    def __init__(self, atoms: Iterable[Atom]) -> None:
        self._bands: dict[int, list[tuple[float, int, Atom]]] = {}
        self._count = 0
        ordered = sorted(atoms, key=lambda atom: atom.left)
        for atom in ordered:
            self._bands.setdefault(int(atom.middle // _BAND), []).append((atom.left, self._count, atom))
            self._count += 1
        self._widest = max((atom.right - atom.left for atom in ordered), default=0.0)

    def add(self, atom: Atom) -> None:
        """Put one more atom in."""
        insort(self._bands.setdefault(int(atom.middle // _BAND), []), (atom.left, self._count, atom))
        self._count += 1
        self._widest = max(self._widest, atom.right - atom.left)

    def all(self) -> list[Atom]:
        """The atoms that have not become part of another one."""
        return [atom for band in self._bands.values() for _, _, atom in band if not atom.gone]

    def inside(self, left: float, right: float, bottom: float, top: float, most: int = 4000) -> list[Atom]:
        """The atoms whose middle lies in a rectangle; at most ``most``."""
        found: list[Atom] = []
        low, high = int(bottom // _BAND), int(top // _BAND)
        keys = range(low, high + 1) if high - low < len(self._bands) else sorted(self._bands)
        for key in keys:
            band = self._bands.get(key)
            if band is None or not low <= key <= high:
                continue
            at = bisect_left(band, (left - self._widest, -1))
            while at < len(band) and band[at][0] <= right:
                atom = band[at][2]
                at += 1
                if not atom.gone and left <= (atom.left + atom.right) / 2 <= right and bottom <= atom.middle <= top:
                    found.append(atom)
                    if len(found) >= most:
                        return found
        return found
