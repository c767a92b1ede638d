"""Macros that a TeX document defines are carried out, line for line and within bounds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import calls

from grader.intake.documents import document_from_text
from grader.intake.tex.expansion import expanded

CASES = [
    # the definitions, what is written, what is read
    (r"\newcommand{\R}{\mathbb{R}}", r"$\R^n$", r"$\mathbb{R}^n$"),
    (r"\newcommand\R{\mathbb R}", r"$x\in\R$", r"$x\in\mathbb R$"),
    (r"\newcommand*{\vx}{\mathbf{x}}", r"$A\vx$", r"$A\mathbf{x}$"),
    (r"\newcommand{\bigO}[1]{\mathcal{O}(#1)}", r"$\bigO{n \log n}$", r"$\mathcal{O}(n \log n)$"),
    (r"\newcommand{\bigO}[1]{O(#1)}", r"$\bigO n$", r"$O(n)$"),
    (r"\newcommand{\norm}[2][2]{\|#2\|_{#1}}", r"$\norm{x} + \norm[1]{y}$", r"$\|x\|_{2} + \|y\|_{1}$"),
    (r"\def\half{\frac12}", r"$\half x$", r"$\frac12 x$"),
    (r"\def\pair#1#2{(#1, #2)}", r"$\pair{a}{b} \pair cd$", r"$(a, b) (c, d)$"),
    (r"\DeclareMathOperator{\diag}{diag}", r"$\diag(x)$", r"$\operatorname{diag}(x)$"),
    (r"\DeclareMathOperator*{\argmin}{arg\,min}", r"$\argmin_x$", r"$\operatorname*{arg\,min}_x$"),
    (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}", r"$\abs{x}$", r"$\left\lvert x \right\rvert$"),
    (r"\DeclarePairedDelimiter\abs{|}{|}", r"$\abs*{x}$", r"$\left| x \right|$"),
    (r"\NewDocumentCommand{\K}{O{0} m}{K_{#1}^{#2}}", r"$\K{a} \K[1]{b}$", r"$K_{0}^{a} K_{1}^{b}$"),
    (r"\providecommand{\x}{1}\providecommand{\x}{2}", r"$\x$", r"$1$"),
    (r"\newcommand{\x}{1}\renewcommand{\x}{2}", r"$\x$", r"$2$"),
    (r"\let\lam\lambda", r"$\lam x$", r"$\lambda x$"),
    (r"\newcommand{\a}{1}\let\b\a\renewcommand{\a}{2}", r"$\a\b$", r"$21$"),
    (r"\let\oldvec\vec\renewcommand{\vec}[1]{\oldvec{\mathbf{#1}}}", r"$\vec{x}$", r"$\vec{\mathbf{x}}$"),
    (r"\newcommand{\a}{\b}\newcommand{\b}{y}", r"$\a$", r"$y$"),
    (r"\newcommand{\sq}[1]{{#1}^2}", r"$\sq{\sq{x}}$", r"${{x}^2}^2$"),
    (r"\newcommand{\al}{\alpha}", r"$\al x\al$, $2\al b$", r"$\alpha x\alpha$, $2\alpha b$"),
    (r"\newcommand{\al}[1]{\alpha#1}", r"$\al{b}$", r"$\alpha b$"),
    (r"\newcommand{\la}[1]{#1x}", r"$\la{\alpha}$", r"$\alpha x$"),
    (r"\newcommand{\none}[1]{}", r"a\none{b}c", r"ac"),
    (r"\newcommand{\ppart}[1]{\textbf{(#1)}}", r"\ppart{a} 3", r"\textbf{(a)} 3"),
    (r"\newenvironment{sol}[1]{\textbf{(#1)}}{}", r"\begin{sol}{a}3\end{sol}", r"\textbf{(a)}3"),
    (
        r"\newtheorem{q}{Question}",
        r"\begin{q}x\end{q}\begin{q}[Kernel]",
        r"\textbf{Question 1} x\textbf{Question 2 (Kernel)} ",
    ),
    (r"\newtheorem*{q}{Claim}", r"\begin{q}x\end{q}", r"\textbf{Claim} x"),
    (r"\newcounter{p}\newcommand{\p}{\stepcounter{p}\thep}", r"\p, \p", r"1, 2"),
    (r"\newcounter{p}\setcounter{p}{3}", r"(\alph{p})(\roman{p})", r"(c)(iii)"),
    (
        r"\renewcommand{\thesubsection}{(\alph{subsection})}",
        r"\subsection{A}\subsection{B}",
        r"\subsection{(a) A}\subsection{(b) B}",
    ),
    (
        r"\renewcommand\thesubsection{\thesection.\alph{subsection}}",
        r"\section{P}\subsection{A}",
        r"\section{P}\subsection{(a) A}",
    ),
    (
        r"\renewcommand{\thesection}{Problem \arabic{section}}",
        r"\section*{X}\section{A}",
        r"\section*{X}\section{Problem 1 A}",
    ),
    (
        r"\titleformat{\section}{\bf}{Problem \thesection}{1em}{}",
        r"\section{A}\section{B}",
        r"\section{Problem 1 A}\section{Problem 2 B}",
    ),
    (r"\renewcommand{\thesection}{\arabic{section}}", r"\section{A}", r"\section{A}"),
    (
        r"\renewcommand{\thesubsection}{\alph{subsection}}",
        r"\section{P}\subsection{A}\section{Q}\subsection{B}",
        r"\section{P}\subsection{(a) A}\section{Q}\subsection{(a) B}",
    ),
    # what is no definition, and what stays as it stands
    (r"% \newcommand{\x}{1}", r"$\x$", r"$\x$"),
    (r"\begin{verbatim}\newcommand{\x}{1}\end{verbatim}", r"$\x$", r"$\x$"),
    (r"\newcommand{\x}{1}", r"\begin{verbatim}\x\end{verbatim}\x", r"\begin{verbatim}\x\end{verbatim}1"),
    (r"\newcommand{\x}{1}", r"\xi \y", r"\xi \y"),
    (r"\renewcommand{\section}[1]{\textbf{#1}}", r"\section{A}", r"\section{A}"),
    (r"\newcommand{\x}[1]{#1}", r"\x", r"\x"),
]


def read(text: str) -> tuple[str, list[str]]:
    """A document as it is read, and what is said of it."""
    document = document_from_text(text, "x.tex", "latex")
    return document.text, [note.message for note in document.diagnostics]


@pytest.mark.parametrize(("defined", "written", "wanted"), CASES)
def test_a_macro_reads_as_what_it_stands_for(defined: str, written: str, wanted: str) -> None:
    """The line below the definitions reads as TeX would print it."""
    text = read(f"{defined}\n{written}\n")[0]
    assert text.split("\n")[1] == wanted


FAULTS = [
    (r"\newcommand{\x}{a + \x}", r"$\x$", "itself"),
    (r"\newcommand{\x}{\y}\newcommand{\y}{\x}", r"$\x$", "itself"),
    (r"\def\x(#1){#1}", r"\x(1)", "marks between its arguments"),
    (r"\newcommand{\x}[1]{\ifx#1a b\else c\fi}", r"\x{a}", "condition"),
    (r"\newcommand{\x}{\mathbf{x}", r"$\x$", "braces do not close"),
    (r"\newcommand{\x}[2]{#1#2}", r"$\x{a}$", "arguments"),
    (r"\NewDocumentCommand{\x}{s m}{#2}", r"\x{a}", "kind 's'"),
    (r"\newcommand{\x}{\def\y{1}\y}", r"\x", "defines others"),
]


@pytest.mark.parametrize(("defined", "written", "why"), FAULTS)
def test_what_cannot_be_carried_out_stays_and_is_told(defined: str, written: str, why: str) -> None:
    """The use stays as it stands; one warning names the macro and the reason."""
    text, notes = read(f"{defined}\n{written}\nlast words\n")
    assert text.split("\n")[1:] == [written, "last words", ""]
    assert len(notes) == 1
    assert why in notes[0]


def test_a_macro_that_is_never_used_is_not_talked_of() -> None:
    """Templates are full of them."""
    assert read("\\newcommand{\\x}{\\x}\n\\newcommand{\\y}[1]{\\ifx#1a b\\fi}\ny\n")[1] == []


def test_a_bomb_prints_nothing() -> None:
    """Ten macros, each ten of the one before: the use is left, and the work is bounded."""
    names = "abcdefghijkl"
    lines = ["\\newcommand{\\" + 2 * a + "}{" + f"\\{2 * b}" * 10 + "}" for b, a in pairwise(names)]
    text = "\n".join([r"\newcommand{\aa}{x}", *lines, r"\ll", "5"])
    found, notes = read(text)
    assert found.split("\n")[-2:] == [r"\ll", "5"]
    assert "characters" in notes[0]


def test_arguments_over_several_lines_keep_every_line() -> None:
    """A place in the text that is read is on the same line of the file."""
    text = "\\newcommand{\\twice}[2]{#1 = #1}\n\\twice{a\nb}{c\nd}\nlast"
    found = read(text)[0]
    assert found.count("\n") == text.count("\n")
    assert found.split("\n")[-1] == "last"


def test_a_file_that_is_taken_in_is_told() -> None:
    """``\\input`` is not followed; comments and commands of other names say nothing."""
    text = "% \\input{a}\n\\input{parts/b}\n\\inputs{c}\n\\include{d}\n"
    document = document_from_text(text, "x.tex", "latex")
    assert [(d.code, d.span.line) for d in document.diagnostics if d.span] == [("latex-input", 2), ("latex-input", 4)]
    assert "'parts/b'" in document.diagnostics[0].message


PIECES = [
    "\\newcommand{\\x}", "\\newcommand{\\y}[1]", "\\def\\z", "#1", "#2", "{", "}", "[", "]", "\\x", "\\y", "\\z",
    "\\y{a}",
    "\n", "$", "%", "\\let\\x\\y", "\\newenvironment{e}", "\\begin{e}", "\\end{e}", "\\newtheorem{t}{T}", "\\begin{t}",
    "\\begin{verbatim}", "\\end{verbatim}", "\\newcounter{k}", "\\stepcounter{k}", "\\thek", "\\setcounter{k}{2}", "*",
    "\\",
    "\\renewcommand{\\thesection}{\\Alph{section}}", "\\section{", "\\subsection*{x}",
    "\\titleformat{\\section}{}{}{}{}",
    "\\DeclareMathOperator{\\o}{op}", "\\NewDocumentCommand{\\d}{m O{x}}", "\\begin", "\\input{f}", "é", " ", "ab",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_every_line_stays_where_it_is(text: str) -> None:
    """Any text at all is read with as many lines."""
    found = expanded(text, text)
    assert found.text.count("\n") == text.count("\n")
    document_from_text(text, format="latex")


@pytest.mark.parametrize(
    "unit",
    [
        "\\newcommand{\\x}{ab}\\x ", "\\newcommand{\\x}{", "\\newcommand{\\x}[1]{#1#1}\\x{", "\\def\\x{\\x}\\x ",
        "\\x[", "{",
        "\\newcommand{\\x}[1]{#1}\\x{\\x{\\x{a}}}", "\\let\\x\\y ", "\\newcounter{k}\\stepcounter{k}\\thek ",
        "\\begin{e}",
        "\\newcommand{\\y}[9][x]{#1}\\y[", "\\input{a} ", "\\newtheorem{t}{T}\\begin{t}x\\end{t}",
    ],
)  # fmt: skip
def test_the_cost_grows_with_length_only(unit: str) -> None:
    """Ten times the document takes about ten times the function calls."""

    def steps(size: int) -> int:
        text = "\\newcommand{\\x}{1}\n" + unit * (size // len(unit))
        return calls(lambda: document_from_text(text, format="latex"))

    steps(1_000)  # what is loaded and compiled once is not counted
    assert steps(60_000) < 12 * steps(6_000) + 200_000
