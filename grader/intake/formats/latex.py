"""LaTeX: preamble, comments, cross-references, spacing, struck-out text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from grader.intake.formats.base import STRUCK, Format, Note, Range, between, blank, commands_with_argument
from grader.intake.tex.expansion import Refused, expanded

_VERBATIM = ("verbatim", "verbatim*", "lstlisting", "minted", "Verbatim")
_NOT_PROSE = STRUCK | {
    "label", "ref", "eqref", "cref", "cite", "includegraphics", "vspace", "hspace", "input", "include",
    "bibliography", "bibliographystyle", "usepackage", "documentclass", "pagestyle", "thispagestyle",
    "newpage", "url",
}  # fmt: skip
_COMMENT = re.compile(r"\\[\\%]|\\verb\*?([|!+/#@])[^\n]*?\1|%[^\n]*")
_SIGNS = re.compile(
    r"^[ \t]*\\(?:documentclass|begin\{(?:document|enumerate|questions|parts)\}|(?:sub){0,2}section\*?\{"
    r"|(?:re)?newcommand\*?[ \t]*[{\\]|def\\|DeclareMathOperator|paragraph\*?\{|usepackage)",
    re.MULTILINE,
)


class Latex(Format):
    """LaTeX documents and fragments."""

    name: ClassVar[str] = "latex"
    suffixes: ClassVar[tuple[str, ...]] = (".tex", ".latex")
    rank: ClassVar[int] = 1

    def shows(self, text: str) -> bool:
        """Whether a line starts with a command of document structure."""
        return _SIGNS.search(text) is not None

    def carried_out(self, text: str) -> tuple[str, tuple[Note, ...]]:
        """The text with the macros that it defines carried out; macros that are not, and files that are not read."""
        if "\\" not in text:
            return text, ()
        bare = _bare(text)
        found = expanded(text, bare)
        return found.text, (*map(_macro, found.refused), *_other_files(bare))

    def hidden(self, text: str) -> Iterator[Range]:
        """Preamble, what follows the end, comments, references, spacing, struck text."""
        code = _code(text)
        comments = list(_comments(text, code))
        yield from comments
        # What a comment says is not LaTeX: look for everything else with the comments gone.
        bare = blank(text, [*comments, *code])
        begin = bare.find(r"\begin{document}")
        if begin >= 0:
            yield 0, begin + len(r"\begin{document}")
        end = bare.find(r"\end{document}", max(begin, 0))
        if end >= 0:
            yield end, len(text)
        yield from between(bare, r"\iffalse", r"\fi")
        yield from between(bare, r"\begin{comment}", r"\end{comment}")
        yield from commands_with_argument(bare, _NOT_PROSE)


def _code(text: str) -> list[Range]:
    return sorted(r for name in _VERBATIM for r in between(text, f"\\begin{{{name}}}", f"\\end{{{name}}}"))


def _bare(text: str) -> str:
    """The text with blanks for comments and code."""
    code = _code(text)
    bare = blank(text, [*_comments(text, code), *code])
    return blank(bare, [*between(bare, r"\iffalse", r"\fi"), *between(bare, r"\begin{comment}", r"\end{comment}")])


def _macro(refused: Refused) -> Note:
    """That a macro was not carried out."""
    if not refused.name:
        return Note(
            "latex-macro",
            refused.start,
            "The macros of this document print so much that they are carried out up to here only.",
            "Write out what they stand for where they are used in an answer.",
        )
    return Note(
        "latex-macro",
        refused.start,
        f"The macro {refused.name} {refused.why}; it was left as it stands.",
        "Write out what it stands for where it is used in an answer.",
    )


_FILES = re.compile(r"\\(?:input|include|subfile|import|subimport)(?![A-Za-z])[ \t]*((?:\{[^{}\n]{1,200}\}){1,2})")
_MOST_FILES = 5


def _other_files(bare: str) -> Iterator[Note]:
    """That other files are not read, the first few."""
    for match, _ in zip(_FILES.finditer(bare), range(_MOST_FILES), strict=False):
        name = match.group(1).strip("{}").replace("}{", "")
        yield Note(
            "latex-input",
            match.start(),
            f"The document takes in another file, {name!r}, which is not followed: only this file is read.",
            "Hand in one file that holds all answers, or the other file beside it.",
        )


def _comments(text: str, code: list[Range]) -> Iterator[Range]:
    blocks = iter(code)
    block = next(blocks, None)
    for match in _COMMENT.finditer(text):
        if not match.group().startswith("%"):
            continue
        while block and block[1] <= match.start():
            block = next(blocks, None)
        if block is None or match.start() < block[0]:
            yield match.span()
