"""Students' papers as text, Markdown, LaTeX and PDF; of one that is read the right answers are given."""

from __future__ import annotations

from intake.pdf.paper import Sheet, paper

from format_examples.base import READ, Example, data, text

TEXT = [
    Example("text", "letters in brackets", text("hw.txt", "Problem 1\n(a) x_3 = 14\n(b) The limit is 5.\n"), read=READ),
    Example(
        "text",
        "numbers and letters in one, Windows' ends of lines",
        text("hw.txt", "1(a) 14\r\n1(b) I get 5\r\n"),
        read=READ,
    ),
    Example(
        "text",
        "UTF-16, as Windows' editor writes it",
        data("hw.txt", "Problem 1\n(a) x₃ = 14\n(b) 5\n".encode("utf-16")),
        read=READ,
    ),
    Example(
        "text",
        "UTF-8 that was read as Windows-1254 and saved so",
        text("hw.txt", "Problem 1 – recursion\n(a) x₃ = 14 ✓\n(b) λ = 5\n".encode().decode("cp1254", errors="replace")),
        read=READ,
    ),
    Example("text", "a file with NUL bytes", data("hw.txt", b"Problem 1\n(a) 14\0\0\0\n"), says="NUL"),
    Example("text", "nothing", text("hw.txt", ""), says="empty", read={}),
]

MARKDOWN = [
    Example(
        "markdown",
        "headings",
        text("hw.md", "# Problem 1\n\n## (a)\n\n$x_3 = 14$\n\n## (b)\n\nIt is **5**.\n"),
        read=READ,
    ),
    Example(
        "markdown",
        "an answer that was struck out",
        text("hw.md", "**Problem 1**\n\n(a) ~~x_3 = 15~~ x_3 = 14\n\n(b) 5 <!-- or 6? -->\n"),
        read=READ,
    ),
    Example(
        "markdown",
        "a table of answers",
        text("hw.md", "| part | answer |\n|---|---|\n| 1(a) | 14 |\n| 1(b) | 5 |\n"),
        read=READ,
    ),
    Example(
        "markdown",
        "a fence that never closes",
        text("hw.md", "Problem 1\n\n(a) 14\n\n(b) 5\n\n```python\nprint(14)\n"),
        read=READ,
    ),
    Example(
        "markdown",
        "bytes of Windows-1252",
        data("hw.md", "# Problem 1 – réponse\n\n(a) 14\n\n(b) 5\n".encode("cp1252")),
        says="not UTF-8",
        read=READ,
    ),
]

_TEX = "\\documentclass{article}\n%s\\begin{document}\n%s\n\\end{document}\n"
LATEX = [
    Example(
        "latex",
        "sections and comments",
        text(
            "hw.tex",
            _TEX % ("", "\\section*{Problem 1}\n\\paragraph{(a)} $x_3 = 14$ % not 15\n\\paragraph{(b)} It is $5$."),
        ),
        read=READ,
    ),
    Example(
        "latex",
        "a list with letters of its own",
        text(
            "hw.tex",
            _TEX
            % (
                "\\usepackage{enumitem}\n",
                "\\section*{Problem 1}\n\\begin{enumerate}[label=(\\alph*)]\n\\item $14$\n\\item $5$\n\\end{enumerate}",
            ),
        ),
        read=READ,
    ),
    Example(
        "latex",
        "macros of its own",
        text(
            "hw.tex",
            _TEX
            % (
                "\\newcommand{\\answer}[1]{\\textbf{#1}}\n\\newcommand{\\fourteen}{14}\n",
                "\\section*{Problem 1}\n(a) \\answer{$x_3 = \\fourteen$}\n\n(b) \\answer{$5$}",
            ),
        ),
        read=READ,
    ),
    Example(
        "latex",
        "a macro that calls itself",
        text(
            "hw.tex",
            _TEX % ("\\newcommand{\\loop}{\\loop x}\n", "\\section*{Problem 1}\n\\loop\n\n(a) $14$\n\n(b) $5$"),
        ),
        says="loop",
        read=READ,
    ),
    Example(
        "latex",
        "answers in another file",
        text("hw.tex", _TEX % ("", "\\section*{Problem 1}\n\\input{answers}")),
        says="answers",
        read={},
    ),
]


def _pdf(*sheets: Sheet, locked: bool = False) -> bytes:
    return paper(*sheets, locked=locked)


PAPER = Sheet().lines(60, 780, "Problem 1", "(a) The third term is 14.", "(b) 5")
PDF = [
    Example("pdf", "one column", data("hw.pdf", _pdf(PAPER)), read=READ),
    Example(
        "pdf",
        "a raised exponent and page numbers",
        data(
            "hw.pdf",
            _pdf(
                Sheet().lines(60, 780, "Problem 1", "(a) 14", "with n").text(95, 756, "2", 7).text(300, 30, "1"),
                Sheet().lines(60, 780, "(b) 5").text(300, 30, "2"),
            ),
        ),
        read=READ,
    ),
    Example(
        "pdf",
        "two columns",
        data(
            "hw.pdf",
            _pdf(
                Sheet()
                .lines(60, 780, "Problem 1", *["some words that fill the first column"] * 8)
                .lines(60, 640, "(a) 14")
                .lines(320, 780, *["and words that fill the second one"] * 8)
                .lines(320, 640, "(b) 5")
            ),
        ),
        read=READ,
    ),
    Example(
        "pdf",
        "a scan after a page of text",
        data("hw.pdf", _pdf(PAPER, Sheet().picture(50, 50, 550, 800))),
        says="page 2",
        read=READ,
    ),
    Example("pdf", "locked with a password", data("hw.pdf", _pdf(PAPER, locked=True)), says="password"),
    Example("pdf", "a download that broke off", data("hw.pdf", _pdf(PAPER)[:300]), says="damaged"),
]


PAPERS = [*TEXT, *MARKDOWN, *LATEX, *PDF]
