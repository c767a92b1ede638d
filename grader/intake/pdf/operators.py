"""Big operators with limits above and below them."""

from __future__ import annotations

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.baselines import rows
from grader.intake.pdf.pool import Pool

_WIDEST = 5.0  # sizes; half of the widest limit
_FAR = 0.75  # most room between an operator and its limit, in sizes of the operator
_SMALL = 0.85


def read_operator(sign: Atom, pool: Pool) -> None:
    """Hang the limits on a big operator, if there are some; those beside it are read as scripts later."""
    above = _limit(sign, pool, up=True)
    below = _limit(sign, pool, up=False)
    for atom in (*above, *below):
        atom.gone = True
        sign.left, sign.right = min(sign.left, atom.left), max(sign.right, atom.right)
        sign.bottom, sign.top = min(sign.bottom, atom.bottom), max(sign.top, atom.top)
    if above:
        sign.above.extend(_tree(above))
    if below:
        sign.below.extend(_tree(below))


def _tree(atoms: list[Atom]) -> list[Atom]:
    return max(rows(atoms), key=lambda row: len(row.atoms)).tree()


def _limit(sign: Atom, pool: Pool, *, up: bool) -> list[Atom]:
    size, middle = sign.size, (sign.left + sign.right) / 2
    low = sign.top - 0.1 * size if up else sign.bottom - (_FAR + 0.6) * size
    high = sign.top + (_FAR + 0.6) * size if up else sign.bottom + 0.1 * size
    near = pool.inside(middle - _WIDEST * size, middle + _WIDEST * size, low, high, 300)
    near = [atom for atom in near if atom.size <= _SMALL * size]
    best: list[Atom] = []
    least = _FAR * size
    for row in rows(near):
        chain = _chain(sorted(row.atoms, key=lambda atom: atom.left), middle, row.size)
        if not chain:
            continue
        centre = (chain[0].left + max(atom.right for atom in chain)) / 2
        room = min(a.bottom for a in chain) - sign.top if up else sign.bottom - max(a.top for a in chain)
        if abs(centre - middle) < 0.35 * size and room < least:
            best, least = chain, room
    return best


def _chain(atoms: list[Atom], middle: float, size: float) -> list[Atom]:
    """The neighbours that stand over or under the middle of an operator."""
    chains: list[list[Atom]] = []
    end = 0.0
    for atom in atoms:
        if chains and atom.left - end < 0.8 * size:
            chains[-1].append(atom)
            end = max(end, atom.right)
        else:
            chains.append([atom])
            end = atom.right
    for chain in chains:
        if chain[0].left - 0.5 * size <= middle <= max(atom.right for atom in chain) + 0.5 * size:
            return chain
    return []
