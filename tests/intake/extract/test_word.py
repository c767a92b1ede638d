"""Word documents: paragraphs, tables and equations in their order."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml import parse_xml

from grader.diagnostics import InputError
from grader.intake.extract import extractor_of
from grader.intake.extract.omml import tex_of
from grader.intake.extract.word import Word

NAMES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
)


def run(text: str) -> str:
    """A run of characters in an equation."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


def sup(base: str, above: str) -> str:
    """A base with something raised."""
    return f"<m:sSup><m:e>{run(base)}</m:e><m:sup>{run(above)}</m:sup></m:sSup>"


EQUATIONS = [
    (run("x=2"), "x=2"),
    (sup("σ", "2"), "σ^{2}"),
    (f"<m:f><m:num>{sup('σ', '2')}</m:num><m:den>{run('σ+λ')}</m:den></m:f>", r"\frac{σ^{2}}{σ+λ}"),
    (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{run("i=1")}</m:sub><m:sup>{run("n")}</m:sup>'
        f"<m:e>{run('x')}</m:e></m:nary>",
        r"\sum_{i=1}^{n} x",
    ),
    (f"<m:d><m:e>{run('a+b')}</m:e></m:d>", r"\left( a+b \right)"),
    (
        f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:m><m:mr><m:e>{run("1")}</m:e>'
        f"<m:e>{run('2')}</m:e></m:mr><m:mr><m:e>{run('3')}</m:e><m:e>{run('4')}</m:e></m:mr></m:m></m:e></m:d>",
        r"\left[ \begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix} \right]",
    ),
    (f"<m:rad><m:deg/><m:e>{run('2')}</m:e></m:rad>", r"\sqrt{2}"),
    (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('2')}</m:e></m:rad>", r"\sqrt[3]{2}"),
    (f"<m:func><m:fName>{run('log')}</m:fName><m:e>{run('L')}</m:e></m:func>", r"\log L"),
    (f'<m:acc><m:accPr><m:chr m:val="̂"/></m:accPr><m:e>{run("β")}</m:e></m:acc>', r"\hat{β}"),
    (
        f"<m:sSubSup><m:e>{run('x')}</m:e><m:sub>{run('i')}</m:sub><m:sup>{run('T')}</m:sup></m:sSubSup>",
        "x_{i}^{T}",
    ),
    (run("50%"), r"50\%"),
]


@pytest.mark.parametrize(("omml", "tex"), EQUATIONS)
def test_an_equation_becomes_tex(omml: str, tex: str) -> None:
    """Each construct by its element."""
    assert tex_of(ElementTree.fromstring(f"<m:oMath {NAMES}>{omml}</m:oMath>")) == tex  # noqa: S314


def test_a_deep_equation_keeps_its_characters() -> None:
    """Beyond the bound only the structure is lost."""
    omml = "<m:d><m:e>" * 500 + run("x") + "</m:e></m:d>" * 500
    assert "x" in tex_of(ElementTree.fromstring(f"<m:oMath {NAMES}>{omml}</m:oMath>"))  # noqa: S314


def saved(document: object) -> bytes:
    """The bytes of a document."""
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def test_a_document_is_read_in_its_order() -> None:
    """Headings, raised characters, an equation within a line and one of its own, a list, a table, a struck answer."""
    document = Document()
    document.add_heading("Problem 1", level=1)
    paragraph = document.add_paragraph("(a) O(nd")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(") and ")
    paragraph._p.append(parse_xml(f"<m:oMath {NAMES}>{sup('σ', '2')}</m:oMath>"))
    own = document.add_paragraph()
    own._p.append(parse_xml(f"<m:oMathPara {NAMES}><m:oMath>{run('x=2')}</m:oMath></m:oMathPara>"))
    document.add_paragraph("first", style="List Bullet")._p.get_or_add_pPr().get_or_add_numPr()
    wrong = document.add_paragraph("(b) ")
    wrong.add_run("3").font.strike = True
    wrong.add_run("4")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("K0", "K1", "0", "1.5"), strict=True):
        cell.text = text
    found = Word().extract(saved(document), "a.docx")
    assert found.text.split("\n\n") == [
        "# Problem 1",
        "(a) O(nd^2) and $σ^{2}$",
        "$$x=2$$",
        "- first",
        "(b) ~~3~~4",
        "| K0 | K1 |\n|---|---|\n| 0 | 1.5 |\n",
    ]


def test_a_document_is_known_by_its_content_too() -> None:
    """A renamed one is read all the same."""
    assert isinstance(extractor_of(saved(Document()), ".txt"), Word)


@pytest.mark.parametrize("kind", ["cut", "empty", "other", "bomb", "xml"])
def test_a_broken_document_is_an_error(kind: str) -> None:
    """Cut off, no archive, an archive of something else, one that explodes, and one with broken XML."""
    whole = saved(Document())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * (101 * 2**20) if kind == "bomb" else b"<w:document")
    data = {
        "cut": whole[: len(whole) // 2],
        "empty": b"PK\x03\x04",
        "other": target.getvalue(),
        "bomb": target.getvalue(),
    }
    with pytest.raises(InputError, match="Word document that cannot be read"):
        Word().extract(data.get(kind, target.getvalue()), "a.docx")


def package(body: str, *, before: str = "", root: str = "w:document", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A document with this XML in its body, and a definition of the document type before it."""
    office = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{office}/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{kind}-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}-officedocument.wordprocessingml.document.main'
            '+xml"/></Types>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        made.writestr("word/document.xml", f"{before}<{root} {NAMES}><w:body>{body}</w:body></{root}>")
    return target.getvalue()


SAID = "<w:p><w:r><w:t>(a) 5</w:t></w:r></w:p>"


def test_a_package_of_its_own_is_read() -> None:
    """What the hostile ones below are made of."""
    assert Word().extract(package(SAID), "a.docx").text == "(a) 5\n"


def test_no_file_comes_in_through_an_entity(tmp_path: Path) -> None:
    """An entity that names a file, or a definition that does, leaves nothing of it in the text."""
    secret = tmp_path / "secret"
    secret.write_text("(b) 7", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    outer = f'<!DOCTYPE d [<!ENTITY % e SYSTEM "{secret.as_uri()}"> %e;]>'
    for before, body in ((entity, f"{SAID}<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"), (outer, SAID)):
        try:
            assert "7" not in Word().extract(package(body, before=before), "a.docx").text
        except InputError as error:
            assert "7" not in error.diagnostics[0].message


def test_what_is_damaged_inside_is_an_error() -> None:
    """Members that do not unpack, that are packed by a method that unpacks whole blocks, entities that explode."""
    laugh = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    bomb = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laugh}]>'
    nest = "<w:ins>" * 5_000 + "</w:ins>" * 5_000
    damaged = bytearray(package(SAID))
    damaged[300:340] = bytes(byte ^ 255 for byte in damaged[300:340])
    for data in (
        bytes(damaged), package(SAID, method=zipfile.ZIP_LZMA), package(SAID, root="w:other"),
        package("<w:p>&l9;</w:p>", before=bomb), package(f"<w:p>{nest}</w:p>"),
    ):  # fmt: skip
        with pytest.raises(InputError, match="Word document that cannot be read"):
            Word().extract(data, "a.docx")
