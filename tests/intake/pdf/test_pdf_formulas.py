"""Formulas that TeX and KaTeX have set are read back as the TeX they were made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from grader.intake.pdf.glyphs import pages
from grader.intake.pdf.lines import Line, lines
from grader.records import Confidence

FOLDER = Path(__file__).parents[2] / "fixtures" / "pdf" / "formulas"
_FILE = json.loads((FOLDER / "formulas.json").read_text(encoding="utf-8"))
FORMULAS = [one.get("read", one["tex"]) for one in _FILE]
KATEX = tuple(f"katex-{at}.pdf" for at in range(6))
_NUMBER = re.compile(r"F(\d+):")


def alike(tex: str) -> str:
    """TeX without what makes no difference: spaces, the size of brackets, braces around one sign."""
    tex = re.sub(r"\\(?:left|right|quad)(?![a-z])|\s+", "", tex)
    for _ in range(3):
        tex = re.sub(r"\{(\\?[A-Za-z0-9]+|\*)\}", r"\1", tex)
    return tex


@lru_cache(maxsize=4)
def read(name: str) -> dict[int, list[Line]]:
    """The lines of a file of formulas, by the number of the formula."""
    found: dict[int, list[Line]] = {}
    number = -1
    for page in pages((FOLDER / name).read_bytes(), name):
        for line in lines(page.glyphs, page.bars):
            label = _NUMBER.match("".join(piece.text for piece in line.pieces))
            number = int(label[1]) if label else number
            found.setdefault(number, []).append(line)
    return found


def formulas_of(read: list[Line]) -> Iterator[str]:
    """The formulas of lines, those of one line as one."""
    for line in read:
        if any(piece.math for piece in line.pieces):
            yield " ".join(piece.text for piece in line.pieces if piece.math)


@pytest.mark.parametrize("number", range(len(FORMULAS)), ids=lambda number: FORMULAS[number])
def test_formula_of_katex(number: int) -> None:
    """A formula that a browser printed, displayed, is one line and says what it was made from."""
    name = next(name for name in KATEX if number in read(name))
    made = list(formulas_of(read(name)[number]))
    assert [alike(tex) for tex in made] == [alike(FORMULAS[number])]


@pytest.mark.parametrize("number", range(len(FORMULAS)), ids=lambda number: FORMULAS[number])
def test_formula_of_tex(number: int) -> None:
    """A formula that TeX set, among words and displayed, says what it was made from both times."""
    made = list(formulas_of(read("tex.pdf")[number]))
    assert [alike(tex) for tex in made] == [alike(FORMULAS[number])] * 2


def test_words_beside_a_formula() -> None:
    """The words before and after a formula of TeX are no part of it."""
    for number, found in read("tex.pdf").items():
        words = "".join(piece.text for piece in found[0].pieces if not piece.math)
        assert words.split() == [f"F{number}:", "and", "words."]


def test_confidence_of_clean_formulas() -> None:
    """Nothing is doubtful about formulas whose geometry is clear."""
    for name in ("tex.pdf", *KATEX):
        for found in read(name).values():
            assert all(line.confidence is Confidence.HIGH and not line.why for line in found)
