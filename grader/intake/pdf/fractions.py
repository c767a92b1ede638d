"""Bars with something above and below: fractions; with something below only: roots and overlines.

Source of the measures: D. E. Knuth, The TeXbook, appendix G, rules 11, 15c and 15d (σ8 to σ12 of cmsy10).
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import AXIS, Atom, box
from grader.intake.pdf.baselines import Row, rows
from grader.intake.pdf.hosts import first_of, host_of
from grader.intake.pdf.marks import Bar
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.tex import tex

_REACH = 90.0  # points above and below a bar within which its parts are looked for
_TOUCH = 0.62  # most room between the bar and the ink next to it, in sizes of the type
_HANGS = 0.62  # most height of the base line of a script, in sizes of what it hangs on
_MOST_INSIDE = 400  # atoms; a bar with more above or below it is no fraction
_LEVELS = 4  # of scripts of scripts
_DISPLAYED = 0.38  # the base line of a displayed numerator is at least that far above the bar, in its sizes
_SCRIPT = 0.7  # size of script type


def read_bar(bar: Bar, pool: Pool, body: float) -> Atom | None:
    """The construction that a level bar makes, put into the pool in place of its parts.

    Args:
        bar: the bar.
        pool: the atoms; what stands in narrower constructions is put together already.
        body: size of most type in the region.
    """
    found = _root(bar, pool, body) or _fraction(bar, pool) or _overline(bar, pool)
    if found is not None:
        pool.add(found)
    return found


UNDIVIDED = "a bar between formulas whose parts are not sure"
"""Why a line is doubtful: it may hold a fraction that is not read as one."""


def doubt_bar(bar: Bar, pool: Pool) -> None:
    """Mark what stands close above and below a bar that made nothing, if both are formulas."""
    if bar.right - bar.left > _REACH * 3:
        return
    size = 10.0
    over = pool.inside(bar.left, bar.right, bar.top, bar.top + size, _MOST_INSIDE)
    under = pool.inside(bar.left, bar.right, bar.bottom - size, bar.bottom, _MOST_INSIDE)
    over = [a for a in over if a.bottom - bar.top < 0.5 * a.size]
    under = [a for a in under if bar.bottom - a.top < 0.5 * a.size]
    if over and under and all(any(a.face.math for a in some) for some in (over, under)):
        for atom in (*over, *under):
            atom.doubt = atom.doubt or UNDIVIDED


def _fraction(bar: Bar, pool: Pool) -> Atom | None:
    slack = 1.0
    middle = (bar.bottom + bar.top) / 2
    over = pool.inside(bar.left - slack, bar.right + slack, middle, bar.top + _REACH, _MOST_INSIDE)
    under = pool.inside(bar.left - slack, bar.right + slack, bar.bottom - _REACH, middle, _MOST_INSIDE)
    if not over or not under or max(len(over), len(under)) >= _MOST_INSIDE:
        return None
    above = _row_at(over, bar, pool, up=True)
    below = _row_at(under, bar, pool, up=False)
    if above is None or below is None or not _fits(bar, above, below, pool):
        return None
    top, bottom = above.tree(), below.tree()
    parts = above.atoms + below.atoms
    size = _size_around(bar, pool, above, middle)
    inner = rf"\frac{{{tex(top)}}}{{{tex(bottom)}}}"
    found = box(inner, parts, middle - AXIS * size, size)
    found.left, found.right = min(bar.left, found.left), max(bar.right, found.right)
    return found


def _row_at(atoms: Sequence[Atom], bar: Bar, pool: Pool, *, up: bool) -> Row | None:
    """The line next to the bar, above or below it."""

    def room(atom: Atom) -> float:
        return atom.bottom - bar.top if up else bar.bottom - atom.top

    touching = [a for a in atoms if -0.35 * a.size <= room(a) <= _TOUCH * a.size and a.text != "√"]
    if not touching:
        return None
    middle = (bar.bottom + bar.top) / 2
    base = min(touching, key=lambda atom: abs(atom.y - middle))
    hosts = (a for a in atoms if a.text != "√" and abs(room(a)) < 1.5 * a.size)
    for atom in sorted(hosts, key=lambda atom: atom.size):
        if atom.size <= 1.1 * base.size or abs(atom.y - base.y) >= _HANGS * atom.size:
            continue
        level = [a for a in atoms if abs(a.y - base.y) < 0.6 * base.size and a.size < 1.1 * base.size]
        if any(abs(a.left - atom.right) < 0.4 * atom.size for a in level):
            base = atom  # what is nearest to the bar is its script
    near = [atom for atom in atoms if abs(atom.y - base.y) < base.size and atom.size < 1.25 * base.size]
    for row in rows(_own(near, base, pool)):
        if base in row.atoms:
            return row
    return None


def _own(atoms: Sequence[Atom], base: Atom, pool: Pool) -> list[Atom]:
    """The atoms without the scripts of another line that reach into the one of ``base``."""
    found: list[Atom] = []
    before: Atom | None = None
    foreign = False
    for atom in sorted(atoms, key=lambda atom: (-atom.y, atom.left)):
        small = atom.size < 0.9 * base.size
        goes_on = before is not None and abs(atom.y - before.y) < 0.05 * atom.size
        if before is None or not goes_on or abs(atom.left - before.right) > 0.3 * atom.size:
            foreign = small and _foreign(atom, base, pool)
        if not foreign:
            found.append(atom)
        before = atom
    return found


def _foreign(atom: Atom, base: Atom, pool: Pool) -> bool:
    """Whether a small atom hangs, at last, on one of another line."""
    host: Atom | None = atom
    for _ in range(_LEVELS):
        if host is None:
            return False
        if host.size >= 0.9 * base.size:
            return abs(host.y - base.y) > 0.5 * base.size
        host = host_of(first_of(host, pool), pool)
    return False


def _fits(bar: Bar, above: Row, below: Row, pool: Pool) -> bool:
    """Whether the bar is as wide as what it divides, and nothing goes on beside it."""
    width = bar.right - bar.left
    size = max(above.size, below.size)
    widths: list[float] = []
    for row in (above, below):
        left, right = min(a.left for a in row.atoms), max(a.right for a in row.atoms)
        widths.append(right - left)
        if abs((left + right) / 2 - (bar.left + bar.right) / 2) > 0.12 * width + 0.3 * size:
            return False
        beside = pool.inside(bar.left - size, bar.left - 1, row.y - 0.3 * size, row.y + size)
        beside += pool.inside(bar.right + 1, bar.right + size, row.y - 0.3 * size, row.y + size)
        for atom in beside:
            gap = max(left - atom.right, atom.left - right)
            if (
                not atom.tall
                and abs(atom.y - row.y) < 0.05 * size
                and 0.9 < atom.size / row.size < 1.1
                and gap < 0.12 * size
            ):
                return False
    if width - max(widths) > 0.7 * size or max(widths) - width > 0.25 * size:
        return False
    return not _underlined(bar, above, below)


def _underlined(bar: Bar, above: Row, below: Row) -> bool:
    """A bar close under words is an underlining; a numerator in full size stands higher."""
    prose = sum(1 for a in above.atoms if a.text.isalpha())
    formula = any(atom.face.math for row in (above, below) for atom in row.atoms)
    return prose >= 3 and not formula and (above.y - bar.top) / above.size < 0.2


def _size_around(bar: Bar, pool: Pool, above: Row, middle: float) -> float:
    """Size of the type of the line that the fraction stands in."""
    size = above.size
    near = pool.inside(bar.left - 2.5 * size, bar.left, middle - 2 * size, middle + 2 * size, 200)
    near += pool.inside(bar.right, bar.right + 2.5 * size, middle - 2 * size, middle + 2 * size, 200)
    least, best = 0.08, 0.0
    for atom in near:
        off = abs(middle - atom.y - AXIS * atom.size) / atom.size
        if off < least and 0.6 * size < atom.size < 2.2 * size:
            least, best = off, atom.size
    if best:
        return best
    return size if (above.y - middle) / size >= _DISPLAYED else size / _SCRIPT


def _root(bar: Bar, pool: Pool, body: float) -> Atom | None:
    near = pool.inside(bar.left - 2 * body, bar.left + 0.6 * body, bar.bottom - 8 * body, bar.top + 0.4 * body, 200)
    signs = [a for a in near if a.text == "√" and abs(a.right - bar.left) < 0.25 * a.size + 0.8]
    signs = [a for a in signs if abs(a.top - bar.top) < 0.25 * a.size + 0.8]
    if not signs:
        return None
    sign = max(signs, key=lambda atom: atom.right)
    inner = pool.inside(bar.left - 0.5, bar.right + 0.1, sign.bottom - 0.05 * sign.size, bar.top, _MOST_INSIDE)
    inner = [atom for atom in inner if atom is not sign]
    if not inner:
        return None
    found = rows(inner)
    row = max(found, key=lambda row: len(row.atoms))
    degree = _degree(sign, pool)
    content = tex(row.tree())
    before = f"[{tex(sorted(degree, key=lambda atom: atom.left))}]" if degree else ""
    doubt = "" if len(found) == 1 else "more than one line under a root"
    whole = box(rf"\sqrt{before}{{{content}}}", [sign, *inner, *degree], row.y, row.size, doubt)
    whole.right = max(bar.right, whole.right)
    return whole


def _degree(sign: Atom, pool: Pool) -> list[Atom]:
    """The small figure in the bend of a root."""
    size = sign.size
    near = pool.inside(sign.left - 0.8 * size, sign.left + 0.6 * size, sign.middle - 0.2 * size, sign.top + 0.2 * size)
    near = [a for a in near if a is not sign and a.right > sign.left + 0.12 * size]  # else it is an exponent before it
    return [a for a in near if a.size < 0.75 * size and a.bottom > sign.middle - 0.3 * size]


def _overline(bar: Bar, pool: Pool) -> Atom | None:
    reach = 14.0
    under = pool.inside(bar.left - 1, bar.right + 1, bar.bottom - reach, bar.bottom, 100)
    if not under or len(under) >= 100:
        return None
    under = [a for a in under if a.left > bar.left - 0.25 * a.size and a.right < bar.right + 0.25 * a.size]
    if not under:
        return None
    row = _row_at(under, bar, pool, up=False)
    if row is None or not any(atom.face.math for atom in row.atoms):
        return None
    left, right = min(a.left for a in row.atoms), max(a.right for a in row.atoms)
    room = bar.bottom - max(a.top for a in row.atoms)
    if room > 0.35 * row.size or abs(left - bar.left) > 0.25 * row.size or abs(right - bar.right) > 0.25 * row.size:
        return None
    over = pool.inside(bar.left, bar.right, bar.top, bar.top + row.size, 50)
    if any(0 <= atom.y - bar.top < 0.25 * atom.size for atom in over):
        return None  # it is as close to what stands above it
    command = "bar" if len(row.atoms) == 1 else "overline"
    if bar.top - bar.bottom > 0.18 * row.size:
        command = "vec"  # an arrow is as thin
    found = box(rf"\{command}{{{tex(row.tree())}}}", row.atoms, row.y, row.size)
    found.top = bar.top
    return found
