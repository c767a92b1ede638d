"""Atoms: what stands on a base line as one, a character or a whole construction that has become TeX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.intake.pdf.drawn import DRAWN
from grader.intake.pdf.encodings import BIG, CLOSING, OPENING, PIECES, Face, character, face_of
from grader.intake.pdf.glyphs import Glyph

AXIS = 0.25
"""Height of the axis of fractions and brackets above the base line, in sizes of the type (TeX: 0.25, σ22 of cmsy10)."""

_LONGEST = 8.0  # sizes; a bracket whose middle is stretched, which is no piece that can be read
TALL = 1.14
"""A bracket higher than this, in sizes of the type, was made as high as what it holds."""

_BRACKETS = frozenset((*OPENING, *CLOSING, "|", "‖"))


@dataclass(slots=True, eq=False)
class Atom:
    """One thing on a base line.

    Args:
        text: the character; "" for a construction.
        tex: TeX of a construction; "" for a character.
        left, right: where it begins and where what follows it would begin, in points.
        y: its base line.
        size: of the type.
        bottom, top: of the ink.
        face: of its font.
        alphabet: command for its letter, as ``mathbb``.
        colour: of the ink.
        spaced: a space stands before it in the file.
        above, below: what stands as its superscript and subscript (or limits).
        doubt: what is not sure about it.
        gone: it has become part of another atom.
    """

    text: str
    tex: str
    left: float
    right: float
    y: float
    size: float
    bottom: float
    top: float
    face: Face
    alphabet: str = ""
    colour: int = 0
    spaced: bool = False
    above: list[Atom] = field(default_factory=list)
    below: list[Atom] = field(default_factory=list)
    doubt: str = ""
    gone: bool = False

    @property
    def middle(self) -> float:
        """Where the middle of its ink is, in height."""
        return (self.bottom + self.top) / 2

    @property
    def tall(self) -> bool:
        """It is a bracket as high as what it holds."""
        return self.top - self.bottom > TALL * self.size and self.text in _BRACKETS

    @property
    def end(self) -> float:
        """Right edge with its scripts."""
        if not self.above and not self.below:
            return self.right
        return max([self.right, *(atom.end for atom in self.above[-1:]), *(atom.end for atom in self.below[-1:])])


NAMELESS = "the font of a formula has no name, so that its alphabet is not known"
"""Why a line is doubtful: ``R`` may be ``\\mathbb{R}``, and tall bars may be missing."""

PLAIN = Face()
FORMULA = Face(math=True)
SLANTED = Face(math=True, upright=False, italic=True)


def box(tex: str, parts: Sequence[Atom], y: float, size: float, doubt: str = "") -> Atom:
    """A construction made of atoms, which are gone with it.

    Args:
        tex: what it says.
        parts: all it is made of; at least one.
        y, size: base line and type size of the line that it stands in.
        doubt: what is not sure about it.
    """
    for part in parts:
        part.gone = True
        doubt = doubt or part.doubt
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    bottom, top = min(part.bottom for part in parts), max(part.top for part in parts)
    return Atom("", tex, left, right, y, size, bottom, top, FORMULA, colour=parts[0].colour, doubt=doubt)


def atoms_of(glyphs: Iterable[Glyph], faces: Mapping[str, Face]) -> list[Atom]:
    """The atoms of glyphs: without spaces and double printing, pieces of brackets put together.

    Args:
        glyphs: in the order of the file.
        faces: what is known of fonts beside what their names say.
    """
    found: list[Atom] = []
    pieces: list[tuple[str, str, Atom]] = []
    seen: set[tuple[str, int, int]] = set()
    space = False
    for glyph in glyphs:
        face = faces.get(glyph.font) or face_of(glyph.font)
        text, alphabet = character(glyph.text, face.extension, face.coding)
        if not text or text.isspace() or glyph.size <= 0:
            space = True
            continue
        if text != glyph.text and "\U0001d400" <= glyph.text[0] < "\U0001d800":
            face = FORMULA if alphabet or text.isdigit() else SLANTED
        key = (text, round(glyph.x * 2), round(glyph.y * 2))
        if key in seen and text != "f":  # of the ligature ff both letters have the same place
            continue
        seen.add(key)
        left, bottom, right, top = glyph.box
        y = glyph.y
        if face.extension or glyph.font == DRAWN or text in BIG:
            y = (bottom + top) / 2 - AXIS * glyph.size  # cmex hangs its signs from their upper edge
        end = glyph.right if glyph.right > glyph.x else right
        if not alphabet and face.alphabet and (text.isalpha() or face.alphabet == "mathbf"):
            alphabet = face.alphabet if text.isascii() else ""
        doubt = NAMELESS if glyph.font in faces else ""
        atom = Atom(text, "", glyph.x, end, y, glyph.size, bottom, top, face, alphabet, glyph.colour, space)
        atom.doubt = doubt
        space = False
        if text in PIECES:
            pieces.append((*PIECES[text], atom))
        elif face.extension and text in "|‖" and top - bottom < TALL * glyph.size:
            pieces.append((text, "middle", atom))
        else:
            if text in BIG or text in _BRACKETS:
                atom.left = min(glyph.x, left)
            found.append(atom)
    return found + _whole(pieces) if pieces else found


def _whole(pieces: list[tuple[str, str, Atom]]) -> list[Atom]:
    """Tall brackets and roots, from their pieces, which stand one over the other."""
    columns: dict[int, list[tuple[str, str, Atom]]] = {}
    for piece in sorted(pieces, key=lambda piece: -piece[2].top):
        near = round(piece[2].left)
        for key in (near, near - 1, near + 1):
            if key in columns and abs(columns[key][-1][2].left - piece[2].left) < 0.15 * piece[2].size:
                columns[key].append(piece)
                break
        else:
            columns[near] = [piece]
    found: list[Atom] = []
    for column in columns.values():
        run: list[tuple[str, str, Atom]] = []
        for piece in column:
            if run and not _goes_on(run[-1], piece):
                found.append(_one(run))
                run = []
            run.append(piece)
        found.append(_one(run))
    return found


def _goes_on(above: tuple[str, str, Atom], below: tuple[str, str, Atom]) -> bool:
    whole = above[1] == "top" and below[1] == "bottom" and above[0] == below[0] and above[2].face.math
    close = above[2].bottom - below[2].top < (_LONGEST if whole else 0.6) * below[2].size
    return close and below[1] != "top" and above[1] != "bottom"


def _one(run: list[tuple[str, str, Atom]]) -> Atom:
    first = run[0][2]
    texts = [sign for sign, part, _ in run if part != "middle"] or [run[0][0]]
    bottom, top = min(piece[2].bottom for piece in run), max(piece[2].top for piece in run)
    right = max(piece[2].right for piece in run)
    if len(run) == 1 and not first.face.math:  # in a font of words a piece is what is left of a torn formula
        return first
    y = (bottom + top) / 2 - AXIS * first.size
    return Atom(texts[0], "", first.left, right, y, first.size, bottom, top, first.face, colour=first.colour)
