"""Big operators with limits above and below them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.baselines import rows
from grader.intake.pdf.encodings import WITH_LIMITS
from grader.intake.pdf.hosts import host_of
from grader.intake.pdf.marks import Bar
from grader.intake.pdf.pool import Pool

_WIDEST = 5.0  # sizes; half of the widest limit
_FAR = 0.75  # most room between an operator and its limit, in sizes of the operator
_GAPS = (0.2, 0.8)  # most room within a limit, in its sizes; in TeX relations have none around them there
_OFF = 0.35  # most distance of the middles of an operator and its limit, in sizes of the operator
_DISPLAYED = 1.2  # height of a displayed operator, in sizes of the type
_MOST_NEAR = 120  # atoms that may be part of a limit
_SMALL = 0.85


def read_operator(sign: Atom, pool: Pool, bars: Sequence[Bar], *, early: bool) -> None:
    """Hang the limits on a big operator, if there are some; those beside it are read as scripts later.

    Args:
        sign: the operator.
        pool: the atoms.
        bars: those that lie, by height; no limit stands behind one.
        early: constructions are not put together yet; what has a bar in it waits.
    """
    above = [] if sign.above else _limit(sign, pool, bars, up=True, early=early)
    below = [] if sign.below else _limit(sign, pool, bars, up=False, early=early)
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
        name = "".join(one.text for one in word)
        if name in WITH_LIMITS:
            found.append(word)
            if name.startswith("arg"):  # the limit may stand under the second half alone
                found.append(word[3:])
        word = [atom] if atom is not None and letter else []
    return found


def _follows(before: Atom, atom: Atom) -> bool:
    size = before.size
    return atom.size == size and abs(atom.y - before.y) < 0.05 * size and -0.1 < (atom.left - before.right) / size < 0.3


def read_named(word: Sequence[Atom], pool: Pool, bars: Sequence[Bar], *, early: bool) -> None:
    """Hang the limit under a name on its last letter; see :func:`read_operator`."""
    first, last = word[0], word[-1]
    bottom, top = min(atom.bottom for atom in word), max(atom.top for atom in word)
    sign = Atom("", "", first.left, last.right, first.y, first.size, bottom, top, first.face)
    below = [] if last.below else _limit(sign, pool, bars, up=False, early=early)
    for atom in below:
        atom.gone = True
    if below:
        last.below.extend(_tree(below))
        first.left, last.right = min(sign.left, below[0].left), max(sign.right, below[-1].right)


def _tree(atoms: list[Atom]) -> list[Atom]:
    return max(rows(atoms), key=lambda row: len(row.atoms)).tree()


def _limit(sign: Atom, pool: Pool, bars: Sequence[Bar], *, up: bool, early: bool) -> list[Atom]:
    size, middle = sign.size, (sign.left + sign.right) / 2
    low = sign.top - 0.1 * size if up else sign.bottom - (_FAR + 0.6) * size
    high = sign.top + (_FAR + 0.6) * size if up else sign.bottom + 0.1 * size
    near = pool.inside(middle - _WIDEST * size, middle + _WIDEST * size, low, high, _MOST_NEAR)
    near = [atom for atom in near if atom.size <= _SMALL * size and atom is not sign]
    best: list[Atom] = []
    least = _FAR * size
    for row in rows(near):
        ordered = sorted(row.atoms, key=lambda atom: atom.left)
        for gap in _GAPS:
            chain = _chain(ordered, middle, gap * row.size)
            centre = (chain[0].left + max(atom.right for atom in chain)) / 2 if chain else middle + size
            if abs(centre - middle) >= _OFF * size:
                continue
            room = min(a.bottom for a in chain) - sign.top if up else sign.bottom - max(a.top for a in chain)
            if room >= least or _barred(bars, sign, chain, early):
                break
            displayed = sign.top - sign.bottom > _DISPLAYED * size and abs(centre - middle) < 0.1 * size
            if displayed or host_of(chain[0], pool, sign) is None:
                best, least = chain, room
            break
    return best


def _barred(bars: Sequence[Bar], sign: Atom, chain: Sequence[Atom], early: bool) -> bool:
    """Whether a bar lies between an operator and what may be its limit, or (early) in or close to that."""
    low, high = sorted((sign.middle, chain[0].middle))
    left = right = (sign.left + sign.right) / 2
    if early:
        near = 0.5 * chain[0].size
        low = min(low, min(atom.bottom for atom in chain) - near)
        high = max(high, max(atom.top for atom in chain) + near)
        left, right = chain[0].left, max(atom.right for atom in chain)
    at = bisect_left(bars, low, key=lambda bar: bar.bottom)
    while at < len(bars) and bars[at].bottom < high:
        if bars[at].left <= right and bars[at].right >= left:
            return True
        at += 1
    return False


def _chain(atoms: list[Atom], middle: float, gap: float) -> list[Atom]:
    """The neighbours, nowhere further apart than ``gap``, that stand over or under the middle of an operator."""
    chains: list[list[Atom]] = []
    end = 0.0
    for atom in atoms:
        if chains and atom.left - end < gap:
            chains[-1].append(atom)
            end = max(end, atom.right)
        else:
            chains.append([atom])
            end = atom.right
    for chain in chains:
        slack = 0.5 * chain[0].size
        if chain[0].left - slack <= middle <= max(atom.right for atom in chain) + slack:
            return chain
    return []
