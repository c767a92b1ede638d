"""Students' documents of other programs, and archives of them; of one that is read the right answers are given."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from format_examples.base import READ, Example, data, text


def _word(*paragraphs: tuple[str, str], equation: str = "", picture: bool = False) -> bytes:
    from docx import Document
    from docx.oxml import parse_xml

    made = Document()
    for style, words in paragraphs:
        paragraph = made.add_paragraph(words, style=style or None)
        if equation and words.endswith("= "):
            space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
            paragraph._p.append(parse_xml(f'<m:oMath xmlns:m="{space}">{equation}</m:oMath>'))
    if picture:
        made.add_picture(io.BytesIO(PIXEL))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000"
    "000049454e44ae426082"
)
_RUN = "<m:r><m:t>%s</m:t></m:r>"
WORD = [
    Example(
        "word",
        "headings",
        data("hw.docx", _word(("Heading 1", "Problem 1"), ("", "(a) x_3 = 14"), ("", "(b) The limit is 5."))),
        read=READ,
    ),
    Example(
        "word",
        "an equation",
        data("hw.docx", _word(("Heading 1", "Problem 1"), ("", "(a) x_3 = "), ("", "(b) 5"), equation=_RUN % "14")),
        read=READ,
    ),
    Example(
        "word",
        "a list and a photograph",
        data("hw.docx", _word(("Title", "Homework"), ("", "Problem 1"), ("", "(a) 14"), ("", "(b) 5"), picture=True)),
        says="1 picture",
        read=READ,
    ),
    Example("word", "a file that was cut off", data("hw.docx", _word(("", "Problem 1"))[:900]), says="Word document"),
    Example(
        "word", "an old .doc", data("hw.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)), says="not a kind of file"
    ),
]


def _notebook(*cells: tuple[str, str]) -> str:
    made = [
        {"cell_type": kind, "metadata": {}, "source": words.splitlines(keepends=True)}
        | (
            {"execution_count": 1, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["15\n"]}]}
            if kind == "code"
            else {}
        )
        for kind, words in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


NOTEBOOK = [
    Example(
        "notebook",
        "cells of Markdown",
        text("hw.ipynb", _notebook(("markdown", "# Problem 1"), ("markdown", "(a) $x_3 = 14$"), ("markdown", "(b) 5"))),
        read=READ,
    ),
    Example(
        "notebook",
        "a program and what it printed, of which nothing is run",
        text(
            "hw.ipynb",
            _notebook(
                ("markdown", "# Problem 1\n\n(a) 14"),
                ("markdown", "(b) 5"),
                ("code", "import os\nos.system('echo 15')"),
            ),
        ),
        read=READ,
    ),
    Example(
        "notebook",
        "an output with a script in it",
        text(
            "hw.ipynb",
            json.dumps(
                {
                    "nbformat": 4,
                    "nbformat_minor": 5,
                    "metadata": {},
                    "cells": [
                        {"cell_type": "markdown", "metadata": {}, "source": "Problem 1\n\n(a) 14\n\n(b) 5"},
                        {
                            "cell_type": "code",
                            "metadata": {},
                            "source": "",
                            "execution_count": 1,
                            "outputs": [
                                {
                                    "output_type": "display_data",
                                    "data": {"text/html": ["<script>alert(1)</script>"]},
                                    "metadata": {},
                                }
                            ],
                        },
                    ],
                }
            ),
        ),
        read=READ,
    ),
    Example(
        "notebook", "JSON that breaks off", text("hw.ipynb", _notebook(("markdown", "(a) 14"))[:-20]), says="notebook"
    ),
]

HTML = [
    Example(
        "html",
        "headings and a formula of KaTeX",
        text(
            "hw.html",
            "<!doctype html><h1>Problem 1</h1><p>(a) <span class='katex'><span class='katex-mathml'><math><semantics>"
            "<mrow/><annotation encoding='application/x-tex'>x_3 = 14</annotation></semantics></math></span></span></p>"
            "<p>(b) 5</p>",
        ),
        read=READ,
    ),
    Example(
        "html",
        "MathML alone",
        text(
            "hw.html",
            "<html><body><h2>Problem 1</h2><p>(a) <math><msub><mi>x</mi><mn>3</mn></msub><mo>=</mo><mn>14</mn></math>"
            "</p><p>(b) <math><mn>5</mn></math></p></body></html>",
        ),
        read=READ,
    ),
    Example(
        "html",
        "a page with scripts and a menu",
        text(
            "hw.html",
            "<html><nav>(a) 15</nav><script>document.write('(b) 6')</script><h2>Problem 1</h2><p>(a) 14</p>"
            "<p>(b) 5</p></html>",
        ),
        read=READ,
    ),
    Example(
        "html",
        "tags that never close, and a photograph",
        text("hw.html", "<h2>Problem 1<p>(a) 14<p>(b) 5<img src='page2.jpg'>"),
        says="1 picture",
        read=READ,
    ),
]

SHEET = [
    Example("sheet", "JSON by part", text("hw.json", '{"1a": "14", "1b": 5}'), read=READ),
    Example(
        "sheet",
        "a list of answers",
        text(
            "hw.json", '[{"problem": 1, "part": "a", "answer": "x_3 = 14"}, {"problem": 1, "part": "b", "answer": 5}]'
        ),
        read=READ,
    ),
    Example("sheet", "YAML", text("hw.yaml", "1:\n  a: 14\n  b: 5\n"), read=READ),
    Example(
        "sheet",
        "YAML whose aliases explode",
        text(
            "hw.yaml",
            "a: &a [x, x, x, x, x, x, x, x, x]\n"
            + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)),
        ),
        says="alias",
    ),
    Example("sheet", "JSON that is none", text("hw.json", '{"1a": 14,, "1b": 5}'), says="answer sheet"),
]


def _zip(*members: tuple[str, bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "ada.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in members:
                made.writestr(name, content)
        return path

    return make


ZIP = [
    Example(
        "zip",
        "a paper and its appendix",
        _zip(("hw.md", b"Problem 1\n\n(a) 14\n"), ("more.md", b"Problem 1\n\n(b) 5\n")),
        read=READ,
    ),
    Example(
        "zip",
        "a Word document in a folder",
        _zip(("hw/answers.docx", _word(("Heading 1", "Problem 1"), ("", "(a) 14"), ("", "(b) 5")))),
        read=READ,
    ),
    Example(
        "zip",
        "a path that climbs out",
        _zip(("hw.md", b"Problem 1\n\n(a) 14\n\n(b) 5\n"), ("../../passwd", b"x")),
        says="lead",
        read=READ,
    ),
    Example(
        "zip",
        "a bomb",
        _zip(("hw.md", b"Problem 1\n\n(a) 14\n\n(b) 5\n"), ("big.txt", bytes(120 * 2**20))),
        says="unpacks to more",
        read={},
    ),
]


DOCUMENTS = [*WORD, *NOTEBOOK, *HTML, *SHEET, *ZIP]
