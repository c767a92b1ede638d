"""Marks that stand over or through another character: accents, and the stroke that negates a relation."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from grader.intake.pdf.atoms import Atom, box
from grader.intake.pdf.encodings import ACCENTS, COMBINING, NEGATED, NOT
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.tex import symbol

_WIDE = {"hat": "widehat", "tilde": "widetilde", "vec": "overrightarrow"}


def read_marks(atoms: Sequence[Atom], pool: Pool) -> None:
    """Put accents and strokes together with the characters that they stand on."""
    for atom in atoms:
        if atom.text == NOT or atom.text == "/":
            _negate(atom, pool)
        elif atom.text in ACCENTS:
            _accent(atom, pool)


def _negate(stroke: Atom, pool: Pool) -> None:
    half = 0.5 * stroke.size
    middle = (stroke.left + stroke.right) / 2
    near = pool.inside(middle - half - stroke.size * 0.5, middle + half + stroke.size * 0.5, stroke.y - half,
                       stroke.y + 2 * half, 50)  # fmt: skip
    for atom in near:
        overlap = min(atom.right, max(stroke.right, stroke.left + half)) - max(atom.left, stroke.left)
        if atom is stroke or atom.text not in NEGATED or overlap < 0.35 * (atom.right - atom.left):
            continue
        if atom.text in "|‖" and stroke.text == "/":
            continue
        atom.text = NEGATED[atom.text]
        stroke.gone = True
        return
    if stroke.text == NOT:
        stroke.gone = True
        for atom in near[:1]:
            atom.doubt = "a stroke through a sign whose negation is not known"


def _shaft(mark: Atom, letter: Atom, pool: Pool) -> None:
    """Take in the dashes that an arrow over letters begins with."""
    for atom in pool.inside(mark.left - 8 * mark.size, mark.left + 0.5 * mark.size, mark.bottom - 1, mark.top + 1, 50):
        if atom.text == "−" and abs(atom.y - mark.y) < 0.05 * mark.size and atom.right > letter.left - mark.size:
            atom.gone = True
            mark.left = min(mark.left, atom.left)


def _accent(mark: Atom, pool: Pool) -> None:
    size = mark.size
    middle = (mark.left + mark.right) / 2
    near = pool.inside(middle - 0.8 * size, middle + 0.8 * size, mark.y - size, mark.top, 50)
    best: Atom | None = None
    for atom in near:
        if atom is mark or not (atom.text.isalpha() or atom.tex) or atom.face.math < mark.face.math:
            continue
        overlap = min(atom.right, mark.right) - max(atom.left, mark.left)
        over = -0.12 * size <= mark.bottom - atom.top <= 0.35 * size
        if overlap > 0.45 * min(mark.right - mark.left, atom.right - atom.left) and over:
            best = atom if best is None or atom.top > best.top else best
    if best is None:
        return
    name = ACCENTS[mark.text]
    word = best.text.isascii() and not best.face.math and not mark.face.math and name in COMBINING
    if word and len(whole := unicodedata.normalize("NFC", best.text + COMBINING[name])) == 1 and name not in (
        "hat", "tilde", "bar", "dot"
    ):  # fmt: skip
        best.text, best.top = whole, mark.top
        mark.gone = True
        return
    mark.gone = True
    if name == "vec":
        _shaft(mark, best, pool)
    under = [best]
    if mark.right - mark.left > 1.3 * (best.right - best.left) and name in _WIDE:
        wide = pool.inside(mark.left, mark.right, best.y - 0.3 * size, mark.bottom + 0.1 * size, 50)
        under = sorted((a for a in wide if abs(a.y - best.y) < 0.05 * size), key=lambda atom: atom.left) or under
        name = _WIDE[name] if len(under) > 1 else name
    found = box(rf"\{name}{{{''.join(symbol(atom) for atom in under)}}}", under, best.y, best.size)
    found.top, found.colour = mark.top, best.colour
    pool.add(found)
