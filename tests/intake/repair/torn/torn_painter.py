"""What a typesetter for the web paints and a text extraction takes out: formulas in pieces, sentences with holes.

A formula is painted line by line, where a top-level operator ends a line: first what stands on the line, with a mark
of zero width for what hangs below it, then the pieces in the order of their places, of two scripts the lower first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MARK = "\u200b"


@dataclass(frozen=True)
class Symbol:
    """A letter with scripts, which are strings or empty."""

    letter: str
    below: str = ""
    above: str = ""

    @property
    def tex(self) -> str:
        return self.letter + (f"_{{{self.below}}}" if self.below else "") + (f"^{{{self.above}}}" if self.above else "")


@dataclass(frozen=True)
class Product:
    """Symbols side by side, perhaps in brackets after a name."""

    symbols: tuple[Symbol, ...]
    name: str = ""

    @property
    def tex(self) -> str:
        inside = " ".join(symbol.tex for symbol in self.symbols)
        return f"{self.name}({inside})" if self.name else inside


@dataclass(frozen=True)
class Formula:
    """Products with operators between them."""

    products: tuple[Product, ...]
    operators: tuple[str, ...]

    @property
    def tex(self) -> str:
        parts = [self.products[0].tex]
        for operator, product in zip(self.operators, self.products[1:], strict=True):
            parts += [operator, product.tex]
        return " ".join(parts)

    def runs(self) -> list[str]:
        """The runs of glyphs, one a line."""
        found: list[str] = []
        for product, operator in zip(self.products, (*self.operators, ""), strict=True):
            found += _line(product, operator)
        return found


def _line(product: Product, operator: str) -> list[str]:
    text = f"{product.name}(" if product.name else ""
    pieces: list[str] = []
    closing = ")" if product.name else ""
    for index, symbol in enumerate(product.symbols):
        text += symbol.letter
        last = index + 1 == len(product.symbols) and not closing and not operator
        if symbol.below:
            text += "\n" + MARK
            pieces.append(symbol.below)
        if symbol.above:
            if not symbol.below and not last:
                text += " " if len(symbol.above) == 1 else "\n"
            pieces.append(symbol.above)
    text += closing
    if operator:
        text = text.rstrip("\n ") + " " + operator
    runs = text.split("\n")
    if (
        len(pieces) == 1
        and not operator
        and not closing
        and product.symbols[-1].above
        and not product.symbols[-1].below
    ):
        runs[-1] += pieces.pop()  # an exponent that comes first stands close upon the end of the line
    if runs[-1] == MARK and len(pieces[-1]) == 1 and len(pieces) == 1:
        runs[-1] += pieces.pop(0)
    return [*runs, *pieces]


def torn(sentences: Sequence[tuple[str, Formula, str]]) -> list[str]:
    """Lines of sentences, each with a hole between its two parts, and below them the runs of the formulas."""
    lines: list[str] = []
    for before, _, after in sentences:
        lines += [before + " ", after]
    for _, formula, _ in sentences:
        lines += formula.runs()
    return lines


def spaceless(tex: str) -> str:
    """TeX for comparison."""
    return tex.replace(" ", "").replace(r"\operatorname", "").replace("\\log", "log")
