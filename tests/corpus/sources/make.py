"""Makes the PDFs of this folder again from their sources: a browser with KaTeX, LaTeX, and a word processor.

Run it in this folder: ``python make.py KATEX`` with the folder of KaTeX's ``dist``; the programs ``chromium``,
``latex``, ``dvipdfmx`` and ``soffice`` have to be there. Nothing of the project needs this; the PDFs are kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORD = frozenset({"claude-word"})  # made by a word processor
HEADED = frozenset({"chatgpt-print"})  # with the date, the address and the numbers of pages that a browser prints


def main(katex: Path) -> None:
    """Make all of them.

    Args:
        katex: folder with ``katex.min.js``, ``katex.min.css`` and ``contrib/auto-render.min.js``.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        for source in sorted(HERE.glob("*.tex")):
            subprocess.run(["latex", "-interaction=batchmode", f"-output-directory={made}", source], check=True)
            subprocess.run(
                ["dvipdfmx", "-q", "-o", made / f"{source.stem}.pdf", made / f"{source.stem}.dvi"], check=True
            )
        for source in sorted(HERE.glob("*.html")):
            if source.stem in WORD:
                word = ["soffice", "--headless", f"-env:UserInstallation=file://{made}/profile"]
                subprocess.run([*word, "--convert-to", "docx:MS Word 2007 XML", "--outdir", made, source], check=True)
                subprocess.run(
                    [*word, "--convert-to", "pdf", "--outdir", made, made / f"{source.stem}.docx"], check=True
                )
                continue
            page = made / source.name
            page.write_text(
                source.read_text(encoding="utf-8").replace("</head>", _head(katex) + "</head>"), encoding="utf-8"
            )
            browser = [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                *([] if source.stem in HEADED else ["--no-pdf-header-footer"]),
            ]
            subprocess.run(
                [*browser, "--virtual-time-budget=8000", f"--print-to-pdf={made / source.stem}.pdf", page.as_uri()],
                check=True,
            )
        for pdf in made.glob("*.pdf"):
            shutil.copy(pdf, HERE.parent / pdf.name)


def _head(katex: Path) -> str:
    files = {
        name: (katex / name).resolve().as_uri()
        for name in ("katex.min.css", "katex.min.js", "contrib/auto-render.min.js")
    }
    delimiters = r"[{left: '\\(', right: '\\)', display: false}, {left: '\\[', right: '\\]', display: true}]"
    return (
        f'<link rel="stylesheet" href="{files["katex.min.css"]}"><script src="{files["katex.min.js"]}"></script>'
        f'<script src="{files["contrib/auto-render.min.js"]}"></script>'
        "<script>addEventListener('DOMContentLoaded', () => renderMathInElement(document.body, {delimiters: "
        f"{delimiters}}}))</script>"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
