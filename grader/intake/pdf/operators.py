"""Big operators with limits above and below them."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.baselines import rows
from grader.intake.pdf.encodings import WITH_LIMITS
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.scripts import offset

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


def named(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The letters of names under which a limit may stand, as ``max``; in the file they follow each other."""
    found: list[list[Atom]] = []
    word: list[Atom] = []
    for atom in (*atoms, None):
        letter = atom is not None and atom.text.isalpha() and atom.face.upright and not atom.tex
        if atom is not None and letter and (not word or _follows(word[-1], atom)):
            word.append(atom)
            continue
        if "".join(one.text for one in word) in WITH_LIMITS:
            found.append(word)
        word = [atom] if atom is not None and letter else []
    return found


def _follows(before: Atom, atom: Atom) -> bool:
    size = before.size
    return atom.size == size and abs(atom.y - before.y) < 0.05 * size and -0.1 < (atom.left - before.right) / size < 0.3


def read_named(word: Sequence[Atom], pool: Pool) -> None:
    """Hang the limit under a name on its last letter."""
    first, last = word[0], word[-1]
    bottom, top = min(atom.bottom for atom in word), max(atom.top for atom in word)
    sign = Atom("", "", first.left, last.right, first.y, first.size, bottom, top, first.face)
    below = _limit(sign, pool, up=False)
    for atom in below:
        atom.gone = True
    if below:
        last.below.extend(_tree(below))
        first.left, last.right = min(sign.left, below[0].left), max(sign.right, below[-1].right)


def _tree(atoms: list[Atom]) -> list[Atom]:
    return max(rows(atoms), key=lambda row: len(row.atoms)).tree()


def _limit(sign: Atom, pool: Pool, *, up: bool) -> list[Atom]:
    size, middle = sign.size, (sign.left + sign.right) / 2
    low = sign.top - 0.1 * size if up else sign.bottom - (_FAR + 0.6) * size
    high = sign.top + (_FAR + 0.6) * size if up else sign.bottom + 0.1 * size
    near = pool.inside(middle - _WIDEST * size, middle + _WIDEST * size, low, high, 300)
    near = [atom for atom in near if atom.size <= _SMALL * size and atom is not sign]
    best: list[Atom] = []
    least = _FAR * size
    for row in rows(near):
        chain = _chain(sorted(row.atoms, key=lambda atom: atom.left), middle, row.size)
        if not chain:
            continue
        centre = (chain[0].left + max(atom.right for atom in chain)) / 2
        room = min(a.bottom for a in chain) - sign.top if up else sign.bottom - max(a.top for a in chain)
        if abs(centre - middle) < 0.35 * size and room < least and not _hangs_elsewhere(chain[0], sign, pool):
            best, least = chain, room
    return best


def _hangs_elsewhere(atom: Atom, sign: Atom, pool: Pool) -> bool:
    """Whether it is the script of a larger letter right before it, on another line."""
    near = pool.inside(atom.left - 1.2 * sign.size, atom.left, atom.y - sign.size, atom.y + sign.size, 100)
    for host in near:
        room = (atom.left - host.right) / host.size
        if host is not sign and host.size > 1.1 * atom.size and -0.3 < room < 0.12 and offset(atom, host):
            return True
    return False


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
