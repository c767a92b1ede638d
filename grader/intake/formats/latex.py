"""LaTeX: preamble, comments, cross-references, spacing, struck-out text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from grader.intake.formats.base import STRUCK, Format, Range, between, blank, commands_with_argument

_VERBATIM = ("verbatim", "verbatim*", "lstlisting", "minted", "Verbatim")
_NOT_PROSE = STRUCK | {
    "label", "ref", "eqref", "cref", "cite", "includegraphics", "vspace", "hspace", "input", "include",
    "bibliography", "bibliographystyle", "usepackage", "documentclass", "pagestyle", "thispagestyle",
    "newpage", "url",
}  # fmt: skip
_COMMENT = re.compile(r"\\[\\%]|\\verb\*?([|!+/#@])[^\n]*?\1|%[^\n]*")
_SIGNS = re.compile(
    r"^[ \t]*\\(?:documentclass|begin\{(?:document|enumerate)\}|(?:sub){0,2}section\*?\{)", re.MULTILINE
)


class Latex(Format):
    """LaTeX documents and fragments."""

    name: ClassVar[str] = "latex"
    suffixes: ClassVar[tuple[str, ...]] = (".tex", ".latex")
    rank: ClassVar[int] = 1

    def shows(self, text: str) -> bool:
        """Whether a line starts with a command of document structure."""
        return _SIGNS.search(text) is not None

    def hidden(self, text: str) -> Iterator[Range]:
        """Preamble, what follows the end, comments, references, spacing, struck text."""
        code = sorted(r for name in _VERBATIM for r in between(text, f"\\begin{{{name}}}", f"\\end{{{name}}}"))
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
