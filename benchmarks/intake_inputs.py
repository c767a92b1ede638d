"""Inputs of any length for the benchmark of intake, made from a few paragraphs in every format."""

from __future__ import annotations

import io
import json

REPLY = """### Problem 1

#### (a)

Unrolling the recursion from $x_0 = 0$ gives $x_1 = B u_0$ and $x_2 = A B u_0 + B u_1$, so that the output is a sum over
past inputs. **Kernel:** $K_0 = D$ and $K_\\ell = C A^{\\ell-1} B$ for $\\ell = 1, \\dots, L$.

#### (c)

With the kernel known each output is a dot product of its own. A tree of additions has depth O(log L); since the
kernel's entries are matrices, the products inside cost another O(log d). The critical path is O(log(dL)).

- Naive: each of the L steps has a product of an n×n matrix with a vector, depth O(log n), so **O(L log n)** in all.

#### (e)

If A is diagonal, $K_\\ell = \\sum_{i=1}^{n} C_i B_i \\lambda_i^{\\ell-1}$, and the work is O(nL).

| scheme | depth |
|---|---|
| scan | O(log L log n) |
| loop | O(L log n) |

> It might be objected that constants matter – they do not in what follows.

"""


def reply(size: int) -> str:
    """A reply of about ``size`` characters."""
    return REPLY * max(1, round(size / len(REPLY)))


def damaged(size: int) -> str:
    """The same, its UTF-8 read as cp1254, with page markers and marks without width in it."""
    text = reply(size).replace("×", "×\u200b").encode().decode("cp1254", errors="replace")
    lines = text.split("\n")
    for number, at in enumerate(range(40, len(lines), 41), 1):
        lines.insert(at, f"--- Page {number} ---")
    return "\n".join(lines)


def pdf(pages: int) -> bytes:
    """A PDF of text and formulas set with scripts, ``pages`` long, written without any library."""
    content = _page().encode("latin-1")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(pages))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Italic >>")
    for number in range(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /R 3 0 R /I 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _page() -> str:
    """The drawing of one page: 44 lines of prose, each with a power and an index."""
    words = "the output is a sum over past inputs with the kernel of the recursion, and the path is"
    lines = []
    for row in range(44):
        y = 790 - 17 * row
        lines.append(
            f"BT /R 11 Tf 60 {y} Td ({words}) Tj ET BT /I 11 Tf 468 {y} Td (K) Tj ET "
            f"BT /I 7 Tf 477 {y - 2} Td (n) Tj ET "
            f"BT /R 11 Tf 484 {y} Td (=) Tj ET BT /I 11 Tf 494 {y} Td (A) Tj ET BT /R 7 Tf 502 {y + 4} Td (2) Tj ET"
        )
    return "\n".join(lines)


def word(paragraphs: int) -> bytes:
    """A Word document with an equation in every paragraph."""
    from docx import Document
    from docx.oxml import parse_xml

    made = Document()
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    for number in range(paragraphs):
        paragraph = made.add_paragraph(f"({number % 26 + 1}) The kernel is ")
        paragraph._p.append(
            parse_xml(
                f'<m:oMath xmlns:m="{space}"><m:sSup><m:e><m:r><m:t>A</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>'
                "</m:sup></m:sSup></m:oMath>"
            )
        )
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def notebook(cells: int) -> bytes:
    """A notebook with as many cells of Markdown as of code."""
    pairs = [
        {"cell_type": "markdown", "metadata": {}, "source": REPLY.splitlines(keepends=True)},
        {
            "cell_type": "code",
            "metadata": {},
            "execution_count": 1,
            "source": ["print(1)"],
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}],
        },
    ]
    value = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": pairs * (cells // 2)}
    return json.dumps(value).encode()


def page(paragraphs: int) -> bytes:
    """An HTML page with a formula in every paragraph."""
    one = "<h3>(a)</h3><p>The kernel is <math><mi>K</mi><mo>=</mo><msup><mi>A</mi><mn>2</mn></msup></math>, we see.</p>"
    return f"<!doctype html><html><body>{one * paragraphs}</body></html>".encode()


def sheet(answers: int) -> bytes:
    """An answer sheet."""
    return json.dumps([{"problem": "1", "part": "c", "answer": "O(log L)"}] * answers).encode()


def chat_lines(count: int) -> bytes:
    """Conversations in JSON Lines."""
    talk = [{"role": "user", "content": "Solve problem 1."}, {"role": "assistant", "content": REPLY}]
    return (json.dumps({"messages": talk}) + "\n").encode() * count
