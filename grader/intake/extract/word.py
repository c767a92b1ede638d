"""Word documents: paragraphs, headings, lists and tables as Markdown, equations as TeX."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar

from grader.intake.extract.base import Extracted, Extractor, broken, counted, safe_archive
from grader.intake.extract.omml import tex_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURES = ("drawing", "pict", "object")
_HEADING = re.compile(r"(?:heading|Heading|berschrift|Titre)\s*(\d)")


_DAMAGE = (
    KeyError, ValueError, OSError, AttributeError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What python-docx and the unpacking raise of parts that are missing, damaged or of another kind."""


class Word(Extractor):
    """See the module."""

    name: ClassVar[str] = "a Word document"
    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    def fits(self, data: bytes, suffix: str) -> bool:
        """An archive that holds a document of Word."""
        return data.startswith(b"PK\x03\x04") and (suffix in self.suffixes or b"word/document.xml" in data)

    def extract(self, data: bytes, name: str) -> Extracted:
        """The body, in its order; text that was deleted under revision is left out."""
        from docx import Document  # here, for few submissions are of Word
        from docx.opc.exceptions import PackageNotFoundError
        from lxml.etree import XMLSyntaxError

        safe = safe_archive(data, name, self.name)
        try:
            body = Document(io.BytesIO(safe)).element.body
        except (PackageNotFoundError, XMLSyntaxError, *_DAMAGE) as error:
            raise broken(name, self.name, str(error).strip("'\"") or type(error).__name__) from error
        pictures = sum(1 for kind in _PICTURES for _ in body.iter(_W + kind))
        return Extracted("\n\n".join(_blocks(body)) + "\n", counted(pictures, "picture", "pictures"))


def _blocks(body: Any) -> Iterator[str]:
    for block in body:
        if block.tag == _W + "p":
            if (text := _paragraph(block)).strip():
                yield text
        elif block.tag == _W + "tbl":
            yield _table(block)
        elif block.tag == _W + "sdt":
            content = block.find(_W + "sdtContent")
            yield from _blocks(content) if content is not None else ()


def _paragraph(paragraph: Any) -> str:
    """A paragraph: a heading with its signs, an item of a list with a dash."""
    text = "".join(_inline(paragraph)).strip()
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = _HEADING.search(style.get(_W + "val") or "") if style is not None else None
    if named and text:
        return f"{'#' * min(int(named[1]), 6)} {text}"
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return f"- {text}" if listed and text else text


def _inline(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _M + "oMathPara":
            yield "".join(f"\n\n$${tex_of(one).strip()}$$\n\n" for one in child.findall(_M + "oMath"))
        elif child.tag == _M + "oMath":
            yield f"${tex_of(child).strip()}$"
        elif child.tag == _W + "r":
            yield _run(child)
        elif child.tag not in (_W + "del", _W + "moveFrom", _W + "pPr"):
            yield from _inline(child)


def _run(run: Any) -> str:
    """The characters of a run; raised and lowered ones with the signs of TeX."""
    text = "".join(
        child.text or ""
        if child.tag == _W + "t"
        else "\n"
        if child.tag in (_W + "br", _W + "cr")
        else "\t"
        if child.tag == _W + "tab"
        else ""
        for child in run
    )
    if run.find(f"{_W}rPr/{_W}strike") is not None and text.strip():
        return f"~~{text}~~"
    shift = run.find(f"{_W}rPr/{_W}vertAlign")
    sign = {"superscript": "^", "subscript": "_"}.get(shift.get(_W + "val") or "") if shift is not None else None
    if sign and text.strip():
        return f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"
    return text


def _table(table: Any) -> str:
    rows = [[" ".join("".join(_inline(p)).split()) for p in _cells(row)] for row in table.findall(_W + "tr")]
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, each as one element whose children are inline."""
    yield from row.findall(_W + "tc")
