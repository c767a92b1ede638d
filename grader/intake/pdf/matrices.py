"""Brackets around several lines: matrices, column vectors, binomials, cases."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import AXIS, TALL, Atom, box
from grader.intake.pdf.baselines import Row, rows
from grader.intake.pdf.drawn import DRAWN
from grader.intake.pdf.encodings import BIG, CLOSING, OPENING, face_of
from grader.intake.pdf.marks import Bar
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.scripts import level
from grader.intake.pdf.tex import tex

Pair = tuple[Atom, Atom | None]
"""An opening bracket and the one that closes it."""

_COLUMN_GAP = 0.55  # least room between two columns, in sizes of the type
_BINOMIAL = 1.28  # two lines of a binomial are further apart than rows of a matrix (TeX: σ8 + σ11 against 1.2)
_ENVIRONMENTS = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "‖": "Vmatrix", "{": "Bmatrix"}
_MOST_INSIDE = 2000
_DRAWN = face_of(DRAWN)
_MOST_STANDING = 300  # rules that stand; with more of them it is a drawing
_SMALL_GAP = 0.2  # the same in small type
_SMALL_MATRIX = 40  # most atoms of a matrix in small type
_HIGHEST = 14.0  # sizes; a rule that is higher is no bracket
_THICKEST = 1.3  # points; a rule that is thicker is none either
_PAST = 0.8  # sizes; the same, of what stands further to the right than the other lines
_LEVEL = 6.0  # points
_BREAK = 1.7  # sizes; what stands further to the right of cases is no part of them


def pairs(atoms: Sequence[Atom]) -> list[Pair]:
    """Tall brackets with those that close them, on one height and of one size; narrowest first."""
    found: list[Pair] = []
    waiting: dict[int, list[Atom]] = {}
    for atom in sorted((atom for atom in atoms if atom.tall), key=lambda atom: atom.left):
        height = round(atom.middle / _LEVEL)
        opening = _opened(waiting, height, atom)
        if opening is not None:
            found.append((opening, atom))
        elif atom.text not in CLOSING:
            waiting.setdefault(height, []).append(atom)
    found += _small_pairs(atoms)
    found.sort(key=lambda pair: pair[1].right - pair[0].left if pair[1] else 0.0)
    return found + [(atom, None) for stack in waiting.values() for atom in stack if atom.text == "{"]


def _small_pairs(atoms: Sequence[Atom]) -> list[Pair]:
    """Brackets of usual height around lines of small type; in the file all of it stands together."""
    found: list[Pair] = []
    for at, atom in enumerate(atoms[:-1]):
        following = atoms[at + 1]
        small = following.size < 0.8 * atom.size and abs(following.y - atom.y) > 0.12 * atom.size
        if atom.text not in ("(", "[") or atom.tall or not small or following.left < atom.left:
            continue
        for other in atoms[at + 1 : at + _SMALL_MATRIX]:
            if (
                other.text == OPENING[atom.text]
                and abs(other.y - atom.y) < 0.05 * atom.size
                and other.size == atom.size
            ):
                found.append((atom, other))
            if other.size >= 0.8 * atom.size:
                break
    return found


def fit_drawn(atoms: Sequence[Atom], pool: Pool) -> None:
    """Give signs that are drawn the size of the largest type beside them."""
    for atom in atoms:
        if atom.face is not _DRAWN:
            continue
        room = 40.0
        near = pool.inside(atom.left - room, atom.right + room, atom.bottom, atom.top, 100)
        sizes = [one.size for one in near if one.face.math and one.face is not _DRAWN]
        if sizes:
            atom.size = max(sizes)
            atom.y = atom.middle - AXIS * atom.size


def standing_bars(bars: Sequence[Bar], pool: Pool, body: float) -> list[Atom]:
    """Rules that stand in pairs around a formula: absolute values and determinants; put into the pool as signs."""
    levels: dict[tuple[int, int], list[Bar]] = {}
    for bar in bars:
        high = bar.top - bar.bottom
        if not bar.level and TALL * body < high < _HIGHEST * body and bar.right - bar.left < _THICKEST:
            levels.setdefault((round(bar.bottom), round(bar.top)), []).append(bar)
    found: list[Atom] = []
    if sum(map(len, levels.values())) > _MOST_STANDING:
        return found
    for row in levels.values():
        row.sort(key=lambda bar: bar.left)
        for one, other in zip(row[::2], row[1::2], strict=False):
            inner = pool.inside(one.left, other.right, one.bottom, one.top, 300)
            words = sum(1 for atom in inner if atom.text.isalpha() and not atom.face.math)
            if not inner or len(inner) >= 300 or words > 0.3 * len(inner) or _in_table(one, bars):
                continue
            for bar in (one, other):
                atom = Atom("|", "", bar.left, bar.right, 0, body, bar.bottom, bar.top, _DRAWN, colour=bar.colour)
                atom.y = atom.middle - AXIS * body
                found.append(atom)
                pool.add(atom)
    return found


def _in_table(bar: Bar, bars: Sequence[Bar]) -> bool:
    """Whether a rule that lies meets one that stands at its end."""
    return any(
        one.level
        and one.left - 1 <= bar.left <= one.right + 1
        and min(abs(one.top - bar.top), abs(one.bottom - bar.bottom)) < 1
        for one in bars
    )


def _opened(waiting: dict[int, list[Atom]], at: int, atom: Atom) -> Atom | None:
    """The last bracket of the same height that an atom closes; it waits no longer."""
    for near in (at, at - 1, at + 1):
        stack = waiting.get(near)
        if not stack:
            continue
        last = stack[-1]
        height = last.top - last.bottom
        alike = abs(height - (atom.top - atom.bottom)) < 0.1 * height and abs(last.middle - atom.middle) < 0.1 * height
        closes = last.text == atom.text if atom.text in "|‖" else atom.text in CLOSING and last.text in OPENING
        if alike and closes:
            return stack.pop()
    return None


def read_pair(pair: Pair, pool: Pool) -> Atom | None:
    """The matrix between two brackets, put into the pool in place of its parts; None if they hold one line only."""
    opening, closing = pair
    if opening.gone or (closing is not None and closing.gone):
        return None
    size = opening.size
    left, right = opening.right, closing.left if closing else opening.right + 60 * size
    inner = pool.inside(left - 0.1 * size, right + 0.1 * size, opening.bottom,
                        opening.top, _MOST_INSIDE)  # fmt: skip
    inner = [atom for atom in inner if atom is not opening and atom is not closing]
    if closing is None:
        inner = _until_break(inner, opening, size)
    if not inner or len(inner) >= _MOST_INSIDE:
        return None
    lines = rows(inner)
    small = all(line.size < 0.8 * size for line in lines)
    columns = _columns(inner, size * (_SMALL_GAP / _COLUMN_GAP if small else 1))
    if len(lines) < 2 and (closing is None or len(columns) < 2 or not _vector(lines[0])):
        return None
    found = _read(opening, closing, lines, columns, size)
    pool.add(found)
    return found


def _vector(line: Row) -> bool:
    """Whether one line of columns between brackets is a row vector: there is no comma or relation."""
    return not any(atom.text and atom.text in ",;=<>≤≥" and level(atom, line.y, line.size) for atom in line.atoms)


def _until_break(atoms: Sequence[Atom], brace: Atom, size: float) -> list[Atom]:
    """What belongs to cases: up to a wide gap, or to what goes on on the line of the brace itself."""
    found: list[Atom] = []
    end = brace.right
    y = brace.middle - AXIS * size
    first = [atom for atom in atoms if atom.left < end + 0.5 * size]
    odd = any(level(atom, y, size) for atom in first)
    edge = max((atom.right for atom in atoms if not level(atom, y, size) and atom.left < end + 25 * size), default=end)
    for atom in sorted(atoms, key=lambda atom: atom.left):
        if atom.left - end > _BREAK * size or (not odd and atom.size > 0.8 * size and level(atom, y, size)):
            break
        if odd and atom.left > edge and atom.left - end > _PAST * size and level(atom, y, size):
            break  # it goes on behind the cases, on the line of the middle one
        found.append(atom)
        end = max(end, atom.right)
    return found


def _columns(atoms: Sequence[Atom], size: float) -> list[float]:
    """Left edges of the columns."""
    starts: list[float] = []
    end = -1e9
    for atom in sorted(atoms, key=lambda atom: atom.left):
        if atom.left - end > _COLUMN_GAP * size:
            starts.append(atom.left)
        end = max(end, atom.right)
    return starts


def _read(opening: Atom, closing: Atom | None, lines: Sequence[Row], columns: Sequence[float], size: float) -> Atom:
    doubt = ""
    cells = [_cells(line, columns) for line in lines]
    if any(len(line.atoms) and not any(row) for line, row in zip(lines, cells, strict=True)):
        doubt = "a row of a matrix is not sure"
    body = r" \\ ".join(" & ".join(row) for row in cells)
    signs = opening.text + (closing.text if closing else "")
    if closing is None:
        inner = rf"\begin{{cases}} {body} \end{{cases}}"
    elif _binomial(signs, lines, columns, size):
        inner = rf"\binom{{{cells[0][0]}}}{{{cells[1][0]}}}"
    elif signs in ("()", "[]", "||", "‖‖", "{}"):
        name = _ENVIRONMENTS[opening.text]
        inner = rf"\begin{{{name}}} {body} \end{{{name}}}"
    else:
        left, right = (rf"\{s}" if s in "{}" else s for s in signs)
        inner = rf"\left{left} \begin{{matrix}} {body} \end{{matrix}} \right{right}"
    parts = [opening, *(atom for line in lines for atom in line.atoms)]
    parts += [closing] if closing else []
    return box(inner, parts, opening.middle - AXIS * size, size, doubt)


def _cells(line: Row, columns: Sequence[float]) -> list[str]:
    cells: list[list[Atom]] = [[] for _ in columns]
    at = 0
    for atom in line.tree():
        while at + 1 < len(columns) and atom.left >= columns[at + 1] - 0.01:
            at += 1
        cells[at].append(atom)
    return [tex(cell) for cell in cells]


def _binomial(signs: str, lines: Sequence[Row], columns: Sequence[float], size: float) -> bool:
    if signs != "()" or len(lines) != 2 or len(columns) != 1 or max(len(line.atoms) for line in lines) > 3:
        return False
    plain = all(
        atom.text and atom.text not in BIG and not (atom.above or atom.below) and level(atom, line.y, line.size)
        for line in lines
        for atom in line.atoms
    )
    apart = (lines[0].y - lines[1].y) / max(lines[0].size, lines[1].size)
    return plain and (apart > _BINOMIAL or lines[0].size < 0.85 * size)
