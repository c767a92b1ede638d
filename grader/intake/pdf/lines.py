"""From the glyphs of one column of a page to its lines: words, and formulas as TeX.

A region is what is read from top to bottom: a column without headers and footers. Its glyphs become lines; what
stands above and below a base line but belongs to it (scripts, fractions, limits of sums, rows of a matrix) is part of
that line.

Constructions are put together from the narrowest to the widest, so that what stands inside one is whole before it is
read; each becomes one atom on the base line of its surroundings. What is left are lines with scripts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from grader.intake.pdf.accents import read_marks
from grader.intake.pdf.atoms import AXIS, Atom, atoms_of
from grader.intake.pdf.baselines import Row, rows
from grader.intake.pdf.boxes import Edges, frames, read_frame
from grader.intake.pdf.braces import Brace, braces, read_brace
from grader.intake.pdf.composed import with_composed
from grader.intake.pdf.encodings import BIG
from grader.intake.pdf.formulas import mark_formulas
from grader.intake.pdf.fractions import UNDIVIDED, doubt_bar, read_bar
from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.marks import Bar
from grader.intake.pdf.matrices import fit_drawn, pairs, read_pair, standing_bars
from grader.intake.pdf.operators import named, read_named, read_operator
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.tex import tex
from grader.intake.pdf.unnamed import unnamed_faces
from grader.intake.pdf.words import CELL_GAP, Token, tokens
from grader.records import Confidence

LOST = "small signs stand above or below a line and have no place in it"
"""Why a line is doubtful: scripts or limits that hang on nothing."""

_SMALL, _NEAR = 0.8, 1.4  # sizes of the type of the other line
_GRAVE = frozenset((LOST, UNDIVIDED))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST_CONSTRUCTIONS = 800
"""Most bars, pairs of brackets and big operators of a region that are read; with more of them it is a drawing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line: words, or one formula.

    Args:
        text: plain words with their spaces, also those at the border to the next piece; or TeX without dollars.
        math: it is a formula.
        display: the formula stands alone on its line, as a displayed one does.
        left, right: its edges in points.
        size: of the type, in points.
        colour: of the ink, as 0xRRGGBB.
        bold, italic, mono: the style of words; all false for a formula.
    """

    text: str
    math: bool
    display: bool
    left: float
    right: float
    size: float
    colour: int
    bold: bool = False
    italic: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Args:
        y: its base line.
        left, right, bottom, top: edges of its ink, in points.
        size: of the type that most of it is set in, in points.
        pieces: from left to right; their texts, put together, are the line.
        confidence: that the pieces say what the page shows.
        why: what is doubtful; "" if nothing is.
    """

    y: float
    left: float
    right: float
    bottom: float
    top: float
    size: float
    pieces: tuple[Piece, ...]
    confidence: Confidence = Confidence.HIGH
    why: str = ""


def lines(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> list[Line]:
    """The lines of a region, from top to bottom.

    Args:
        glyphs: of the region, in the order of the file.
        bars: thin rules in it.
    """
    atoms = with_composed(atoms_of(glyphs, unnamed_faces(glyphs)))
    if not atoms:
        return []
    pool = Pool(atoms)
    body = Counter(round(atom.size, 1) for atom in atoms).most_common(1)[0][0]
    atoms += standing_bars(bars, pool, body)
    fit_drawn(atoms, pool)
    read_marks(atoms, pool)
    _constructions(atoms, bars, pool, body)
    found = rows(pool.all())
    _doubt_small(found, body)
    return [line for row in found if (line := _line(row)) is not None]


def _doubt_small(found: Sequence[Row], body: float) -> None:
    """Small signs of a formula that are a line of their own close to another line have lost their place in that."""
    for upper, lower in pairwise(found):
        for row, other in ((upper, lower), (lower, upper)):
            small = row.size < _SMALL * min(body, other.size) and any(atom.face.math for atom in row.atoms)
            if small and other.atoms and upper.y - lower.y < _NEAR * other.size:
                row.atoms[0].doubt = other.atoms[0].doubt = LOST


def _constructions(atoms: Sequence[Atom], bars: Sequence[Bar], pool: Pool, body: float) -> None:
    """Put fractions, roots, matrices and operators together, narrowest first."""
    edges = frames(bars)
    framing = {id(bar) for frame in edges for bar in frame.bars}
    level = sorted((b for b in bars if b.level and id(b) not in framing), key=lambda bar: bar.right - bar.left)
    by_height = sorted(level, key=lambda bar: bar.bottom)
    for atom in atoms:
        if atom.text in BIG and atom.size > 1.25 * body and not atom.face.math:
            atom.size = body  # some fonts have no sign for displays, which are set in a larger size
            atom.y = atom.middle - AXIS * body
    signs = sorted((a for a in atoms if a.text in BIG and not a.gone), key=lambda atom: atom.right - atom.left)
    words = named(atoms)
    for sign in signs[:MOST_CONSTRUCTIONS]:
        read_operator(sign, pool, by_height, early=True)
    for word in words[:MOST_CONSTRUCTIONS]:
        read_named(word, pool, by_height, early=True)
    found: list[tuple[float, Atom | Bar | Brace | Edges | tuple[Atom, Atom | None] | list[Atom]]] = []
    found += [(frame.right - frame.left, frame) for frame in edges]
    found += [(brace.right - brace.left, brace) for brace in braces(atoms)]
    found += [(word[-1].right - word[0].left, word) for word in words]
    found += [(sign.right - sign.left, sign) for sign in signs]
    found += [(bar.right - bar.left, bar) for bar in level[:MOST_CONSTRUCTIONS]]
    found += [
        (pair[1].right - pair[0].left - 1 if pair[1] else 1e6, pair) for pair in pairs(atoms)
    ]  # a bar comes after
    found.sort(key=lambda one: one[0])
    for _, one in found[:MOST_CONSTRUCTIONS]:
        if isinstance(one, Bar):
            if read_bar(one, pool, body) is None:
                doubt_bar(one, pool)
        elif isinstance(one, Atom):
            read_operator(one, pool, by_height, early=False)
        elif isinstance(one, Edges):
            read_frame(one, pool)
        elif isinstance(one, Brace):
            read_brace(one, pool)
        elif isinstance(one, list):
            read_named(one, pool, by_height, early=False)
        else:
            read_pair(one, pool)


def _line(row: Row) -> Line | None:
    if not row.atoms:
        return None
    tree = row.tree()
    for atom in row.atoms:
        if atom.text in BIG and atom.above and not atom.below:
            atom.doubt = atom.doubt or "a sum with an upper limit alone"
    doubts = list(dict.fromkeys(atom.doubt for atom in row.atoms if atom.doubt))
    found = tokens(tree)
    mark_formulas(found)
    pieces = _pieces(found)
    if len(pieces) == 1 and pieces[0].math:
        pieces = [replace(pieces[0], display=True)]
    size = Counter(round(atom.size, 1) for atom in tree).most_common(1)[0][0]
    bottom, top = min(atom.bottom for atom in row.atoms), max(atom.top for atom in row.atoms)
    left, right = min(atom.left for atom in row.atoms), max(atom.right for atom in row.atoms)
    confidence = Confidence.MEDIUM if doubts else Confidence.HIGH
    if not _GRAVE.isdisjoint(doubts):
        confidence = Confidence.LOW
    return Line(row.y, left, right, bottom, top, size, tuple(pieces), confidence, "; ".join(doubts))


def _pieces(found: Sequence[Token]) -> list[Piece]:
    """Neighbours of one kind and style as one piece."""
    groups: list[list[Token]] = []
    for token in found:
        if groups and _together(groups[-1][-1], token):
            groups[-1].append(token)
        else:
            groups.append([token])
    pieces: list[Piece] = []
    for at, group in enumerate(groups):
        space = at > 0 and group[0].spaced
        if group[0].math:
            if space:
                pieces[-1:] = [replace(pieces[-1], text=pieces[-1].text + " ")] if not pieces[-1].math else [
                    pieces[-1], _words([group[0]], " ")
                ]  # fmt: skip
            pieces.append(_formula(group))
        else:
            pieces.append(_words(group, (" " if space else "") + _text(group)))
    return pieces


def _together(before: Token, token: Token) -> bool:
    if before.math != token.math:
        return False
    last, atom = before.atoms[-1], token.atoms[0]
    if token.math:
        return last.colour == atom.colour
    wide = atom.left - last.end > CELL_GAP * max(last.size, atom.size)
    return not wide and _style(last) == _style(atom)


def _style(atom: Atom) -> tuple[object, ...]:
    return atom.colour, atom.face.bold, atom.face.italic, atom.face.mono, round(atom.size)


def _formula(group: Sequence[Token]) -> Piece:
    atoms = [atom for token in group for atom in token.atoms]
    first = atoms[0]
    right = max(atom.end for atom in atoms)
    return Piece(tex(atoms), True, False, first.left, right, first.size, first.colour)


def _words(group: Sequence[Token], text: str) -> Piece:
    first, last = group[0].atoms[0], group[-1].atoms[-1]
    face = first.face
    return Piece(
        text, False, False, first.left, last.end, first.size, first.colour, face.bold, face.italic, face.mono
    )  # fmt: skip


def _text(group: Sequence[Token]) -> str:
    text = ""
    before: Atom | None = None
    for at, token in enumerate(group):
        gap = " "
        if token.spaced and at and before is not None and token.atoms[0].face.mono:
            width = max(token.atoms[0].right - token.atoms[0].left, 0.3 * before.size)
            gap = " " * max(1, min(round((token.atoms[0].left - before.right) / width), 200))
        text += (gap if token.spaced and at else "") + token.text
        before = token.atoms[-1]
        raised = "".join(atom.text for atom in before.above)
        text += raised.translate(_RAISED) if raised.isdigit() else raised
    return text
