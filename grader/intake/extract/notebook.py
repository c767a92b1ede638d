"""Jupyter notebooks: Markdown cells as they are, code and its outputs in fences. Nothing is run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from grader.intake.extract.base import Extracted, Extractor, broken, counted

_PICTURES = ("image/png", "image/jpeg", "image/svg+xml", "image/gif")


class Notebook(Extractor):
    """See the module."""

    name: ClassVar[str] = "a Jupyter notebook"
    suffixes: ClassVar[tuple[str, ...]] = (".ipynb",)

    def fits(self, data: bytes, suffix: str) -> bool:
        """By its ending, or because it is JSON with cells."""
        return suffix in self.suffixes or (data.lstrip()[:1] == b"{" and b'"nbformat"' in data and b'"cells"' in data)

    def extract(self, data: bytes, name: str) -> Extracted:
        """Cells in order."""
        try:
            book = json.loads(data.decode("utf-8-sig"), parse_int=float)  # no number of it is read
        except (ValueError, RecursionError) as error:
            raise broken(name, self.name, f"it is not JSON ({error})") from error
        cells = _cells(book)
        if cells is None:
            raise broken(name, self.name, "it has no cells")
        pictures = 0
        pieces: list[str] = []
        for cell in cells:
            if not isinstance(cell, Mapping):
                continue
            source = _text(cell.get("source", cell.get("input")))
            if cell.get("cell_type") != "code":
                pieces.append(source)
                attached = cell.get("attachments")
                pictures += len(attached) if isinstance(attached, Mapping) else 0
                continue
            if source.strip():
                pieces.append(_fenced(source, "python"))
            for shown, seen in _outputs(cell):
                pictures += seen
                if shown.strip():
                    pieces.append(_fenced(shown, ""))
        return Extracted("\n\n".join(pieces), counted(pictures, "picture", "pictures"))


def _cells(book: Any) -> list[Any] | None:
    """The cells, of version 4 or 3 of the format."""
    if not isinstance(book, Mapping):
        return None
    sheets = book.get("worksheets")
    if isinstance(sheets, list):
        return [cell for sheet in sheets if isinstance(sheet, Mapping) for cell in _list(sheet.get("cells"))]
    cells = book.get("cells")
    return cells if isinstance(cells, list) else None


def _outputs(cell: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """What each output shows as text, and how many pictures it has."""
    for output in _list(cell.get("outputs")):
        if not isinstance(output, Mapping):
            continue
        data = output.get("data")
        if not isinstance(data, Mapping):
            yield _text(output.get("text")), 0
            continue
        text = _text(data.get("text/latex")) or _text(data.get("text/markdown")) or _text(data.get("text/plain"))
        yield text, sum(kind in data for kind in _PICTURES)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(piece for piece in value if isinstance(piece, str))
    return value if isinstance(value, str) else ""


def _fenced(text: str, language: str) -> str:
    fence = "```" if "```" not in text else "~~~~~~"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
