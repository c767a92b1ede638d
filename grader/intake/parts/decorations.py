"""What stands before and after a heading's words: #, **, bullets, pictographs, LaTeX commands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MOST = 16  # decorations before a heading


@dataclass(frozen=True, slots=True)
class Decoration:
    """What a line opens with.

    Args:
        end: offset of the first character that is no decoration.
        level: 1 to 6 for Markdown and LaTeX headings, else 0.
        bold: how many bold marks are open.
        em: how many single marks of emphasis (``*`` or ``_``) are open.
        braces: LaTeX braces that are open.
        bracket: a square bracket is open.
        item: the words are the argument of ``\\item[..]``.
        cell: the line is the row of a table.
    """

    end: int
    level: int = 0
    bold: int = 0
    em: int = 0
    braces: int = 0
    bracket: bool = False
    item: bool = False
    cell: bool = False


_BEFORE = re.compile(
    r"(?P<space>[ \t\u00a0\u200b\ufeff]+)|(?P<hash>#{1,6}(?=[ \t\u00a0(]|$))|(?P<bold>(?:\\?\*){2,3}|__)"
    r"|(?P<rule>[=~_-]{2,20}(?=[ \t]))|(?P<keycap>\d\ufe0f?\u20e3)|(?P<sign>#(?=\d{1,2}[ \t]?\(?[a-z]))"
    r"|(?P<bracket>\[(?=(?i:problem|question|exercise|part|q\d|p\d|\d{1,2}[ .]?\(?[a-z]\)?[\](])))"
    r"|(?P<bullet>>|[-+•▪◦‣·–—](?=[ \t])|\*(?=[ \t])|\$\$)|(?P<em>\*|_(?=\())|(?P<cell>\|)"
    r"|<(?P<tag>h[1-6]|b|strong|em|i|u|p|li)>|(?P<item>\\item[ \t]*\[)"
    r"|\\(?P<heading>(?:sub){0,2}section|(?:sub)?paragraph|chapter)\*?[ \t]*\{"
    r"|(?P<brace>\\(?:textbf|emph|underline|textit|textsc|textsf|textrm|uline|textcolor[ \t]*\{[^{}\n]{1,30}\})[ \t]*\{"
    r"|\{(?=\\(?:bf|it|em|sc|large|Large|LARGE|huge|Huge)))"
    r"|(?P<centre>\\begin\{center\})"
    r"|(?P<command>\\(?:noindent|bigskip|medskip|smallskip|par|large|Large|LARGE|huge|Huge|bfseries|itshape|scshape|bf|it|em|sc"
    r"|newpage|clearpage|centering|hline|toprule|midrule|item)"
    r"(?![A-Za-z]))"
)
_LEVELS = {"chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4, "subparagraph": 5}


def read_decoration(line: str) -> Decoration:
    """Skip what may stand before a heading's words."""
    at = level = bold = em = braces = 0
    bracket = item = cell = False
    for _ in range(_MOST):
        match = _BEFORE.match(line, at)
        if match is None:
            if (after := _past_pictograph(line, at)) == at:
                break
            at = after
            continue
        kind = match.lastgroup or ""
        if kind == "hash":
            level = len(match.group())
        elif kind == "heading":
            level = _LEVELS[match.group("heading")]
        elif kind == "tag" and match.group("tag")[0] == "h":
            level = int(match.group("tag")[1])
        bold += kind in ("bold", "brace")
        em += kind == "em"
        braces += kind in ("heading", "brace")
        bracket |= kind == "bracket"
        item |= kind == "item"
        cell |= kind == "cell"
        at = match.end()
    return Decoration(at, level, bold, em, braces, bracket, item, cell)


def _past_pictograph(line: str, at: int) -> int:
    """Past a pictograph and its space, also one that a wrong code page damaged; else ``at``."""
    end = at
    while end < len(line) and end - at < 8 and ord(line[end]) > 127 and not line[end].isspace():
        end += 1
    if end == at or not line[end : end + 1].isspace():
        return at
    kinds = {unicodedata.category(character) for character in line[at:end]}
    # Letters and mathematical symbols alone are words: "λ (a)" is no decorated heading.
    return end if kinds - {"Ll", "Lu", "Lm", "Lo", "Lt", "Sm", "Nd", "No", "Nl", "Mn"} else at


_STOP = re.compile(r"[ \t\u00a0]*(?:[:)\]|&}]|\.(?!\d)|[–—-](?=[ \t])|(?:\\?\*)+|__?(?!\w)|</|\\\\|$)")


_AGAIN = re.compile(
    r"[ \t]{0,8},?[ \t]{0,8}[(–—-]?[ \t]{0,8}(?:corrected|correction|revised|revisited|redone|recomputed|updated|fixed"
    r"|again|continued|cont\.)"
    r"\)?(?=[ \t]{0,8}(?:[:.*_]|$))",  # bounded: three runs of spaces in a row must not cost the cube
    re.IGNORECASE,
)


def stops(line: str, at: int) -> bool:
    """Whether a heading's words end here: end of the line, a colon, a closing mark, or “, corrected” before one."""
    return _STOP.match(line, at) is not None or _AGAIN.match(line, at) is not None


_DELIMITER = re.compile(r"[ \t\u00a0]*(?:[:)]|\.(?!\d)|[–—-](?=[ \t]))")
_TAG_END = re.compile(r"</(?:h[1-6]|b|strong|em|i|u)>|\\end\{center\}")
_POINTS = re.compile(
    r"[ \t]*[(\[][ \t]?\d{1,3}(?:[.,/]\d{1,2})?[ \t]?(?:points?|pts?\.?|marks?|p\.?|punkte?|puntos?)[ \t]?[)\]]",
    re.IGNORECASE,
)
_RULE_END = re.compile(r"[ \t]+[=~_*-]{2,20}[ \t]*$")
_AMPERSAND = re.compile(r"[ \t]*&")
_PIPE = re.compile(r"[ \t]*\|")
_BOLD_END = re.compile(r"[ \t]*(?:(?:\\?\*){2,3}|__)")


def past_tail(line: str, at: int, look: Decoration) -> int:
    """Past the delimiters and closing marks after a heading's words; each mark closes only once."""
    bold, em, braces, cell = look.bold, look.em, look.braces, look.cell
    square = look.item or look.bracket
    if match := _AGAIN.match(line, at):
        at = match.end()
    for _ in range(_MOST):
        if match := _DELIMITER.match(line, at):
            at = match.end()
        elif bold and (match := _BOLD_END.match(line, at)):
            at, bold = match.end(), bold - 1
        elif braces and line[at : at + 1] == "}":
            at, braces = at + 1, braces - 1
        elif square and line[at : at + 1] == "]":
            at, square = at + 1, False
        elif match := (_PIPE if cell else _AMPERSAND).match(line, at):
            at, cell = match.end(), False
        elif em and line[at : at + 1] in ("*", "_"):
            at, em = at + 1, em - 1
        elif match := _TAG_END.match(line, at) or _POINTS.match(line, at) or _RULE_END.match(line, at):
            at = match.end()
        else:
            break
    return at
