"""What a small atom hangs on, looked up among all atoms near it."""

from __future__ import annotations

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.encodings import BIG, CLOSING
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.scripts import offset

_MOST_NEIGHBOURS = 20
_RATIO = 0.7  # of the sizes of a script and of what it hangs on
_BEFORE = (-0.3, 0.12)  # room between a script and what it hangs on, in sizes of that


def host_of(atom: Atom, pool: Pool, but: Atom | None = None) -> Atom | None:
    """The larger atom right before an atom at the height of whose script it stands; None if there is none.

    Args:
        atom: the first one of a script.
        pool: the atoms.
        but: no host.
    """
    far = 2 * atom.size
    best: Atom | None = None
    least = 9.0
    for host in pool.inside(atom.left - far, atom.left, atom.y - far, atom.y + far, 100):
        hosts = host.tex or host.text.isalnum() or host.text in BIG or (host.text in CLOSING and not host.tall)
        room = (atom.left - host.right) / host.size
        if not hosts or host is but or host.size <= 1.1 * atom.size or not _BEFORE[0] < room < _BEFORE[1]:
            continue
        cost = abs(atom.y - host.y) / host.size + abs(room) + abs(atom.size / host.size - _RATIO)
        if cost < least and offset(atom, host):
            best, least = host, cost
    return best


def first_of(atom: Atom, pool: Pool) -> Atom:
    """The first of the neighbours of one size on one base line that an atom belongs to."""
    for _ in range(_MOST_NEIGHBOURS):
        near = pool.inside(atom.left - 1.5 * atom.size, atom.left, atom.bottom - atom.size, atom.top + atom.size, 100)
        for one in near:
            level = abs(one.y - atom.y) < 0.05 * atom.size and abs(one.size - atom.size) < 0.05 * atom.size
            if level and one is not atom and -0.2 < (atom.left - one.right) / atom.size < 0.3:
                atom = one
                break
        else:
            break
    return atom
