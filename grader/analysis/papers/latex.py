"""Tables as LaTeX for booktabs, in which nothing that came from outside acts as a command."""

from __future__ import annotations

from grader.analysis.papers.table import Column, Kind, Table, plain, words

_HEAD = (
    "% Needs \\usepackage{booktabs}. Letters that the fonts of pdfLaTeX do not have need LuaLaTeX or XeLaTeX.\n"
    "% Wide tables: put the tabular into \\resizebox{\\linewidth}{!}{…} or a sideways table.\n"
)
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "→": r"$\rightarrow$",
    "−": r"$-$",
    "–": "--",
    "—": "---",
    "…": r"\dots{}",
    "“": "``",
    "”": "''",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "Σ": r"$\Sigma$",
    "λ": r"$\lambda$",
    "α": r"$\alpha$",
    "β": r"$\beta$",
    "κ": r"$\kappa$",
}
_TABLE = str.maketrans(_SIGNS)


def latex_of(table: Table) -> str:
    """A ``table`` environment with caption, label, and the note below.

    Args:
        table: any.
    """
    columns = "".join(map(_aligned, table.columns))
    lines = [
        _HEAD + r"\begin{table}",
        r"\centering",
        rf"\caption{{{escaped(table.caption)}}}",
        rf"\label{{tab:{table.name}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        _line([escaped(column.title) for column in table.columns]),
        r"\midrule",
    ]
    for row in table.printed:
        lines.append(_line([escaped(words(cell, col.kind)) for cell, col in zip(row, table.columns, strict=True)]))
    lines += [
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\smallskip",
        rf"{{\footnotesize {escaped(table.notes)}}}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Words that LaTeX sets as they are.

    Args:
        text: any.
    """
    return plain(text).translate(_TABLE)


def _aligned(column: Column) -> str:
    if column.wide:
        return r"p{0.2\linewidth}"
    return "l" if column.kind is Kind.TEXT else "r"


def _line(cells: list[str]) -> str:
    r"""A row; a cell that begins with a bracket is no option of the ``\\`` before it."""
    first = f"{{}}{cells[0]}" if cells[0].startswith(("[", "*")) else cells[0]
    return " & ".join([first, *cells[1:]]) + r" \\"
