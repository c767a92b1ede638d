"""The glyph runs of torn formulas as tokens: letters, numbers, signs, and the breaks between runs.

A break is a token too. A new line begins where the base line, the size or the place of the glyphs changed, and a zero
width space stands where a formula's script was set below its line: both say what belonged where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

ZERO_WIDTH = "\u200b"


class Kind(Enum):
    """What a token is."""

    BREAK = auto()  # a new line
    SPACE = auto()
    SLOT = auto()  # zero width space: something stood here below or above the line
    NUMBER = auto()
    LETTER = auto()
    WORD = auto()  # log, diag, for, …
    RELATION = auto()
    BINARY = auto()
    COMMA = auto()
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()  # opens and closes
    BIG = auto()  # sums, products, integrals
    RAISED = auto()  # glyphs that only stand raised: ⊤, ′
    ACCENT = auto()
    DOTS = auto()
    OTHER = auto()


class Token(NamedTuple):
    """One token.

    Args:
        kind: what it is.
        text: its characters.
        line: index of its line.
    """

    kind: Kind
    text: str
    line: int


FUNCTIONS = (
    "arccos arcsin arctan arg argmax argmin cos cosh cot det diag dim exp gcd inf ker lim ln log max min mod poly "
    "polylog rank sec sgn sign sin sinh softmax span std sup tan tanh trace tr var vec"
).split()
# Words that stand inside displayed formulas.
LINKS = "for if and or where with when otherwise all such that subject to is each some on in of".split()

_RELATIONS = "=<>≤≥≠≈≡∼≃≅∝∈∉⊂⊆⊃⊇→←↔⇒⇐⇔⟹⟸⟺⟶⟵↦≪≫≺≻⊥≜≔"
_BINARIES = "+−-±∓×⋅·∗*∘∙⊗⊕⊙⊖∪∩∖∧∨÷/"
_SINGLE: dict[str, Kind] = {}
for _chars, _kind in (
    (_RELATIONS, Kind.RELATION),
    (_BINARIES.replace("/", ""), Kind.BINARY),
    (",;:", Kind.COMMA),
    ("([{⌊⌈⟨", Kind.OPEN),
    (")]}⌋⌉⟩", Kind.CLOSE),
    ("∥|‖∣", Kind.BAR),
    ("∑∏∫⨁⋃⋂⋁⋀∐∬∮", Kind.BIG),
    ("⊤′″†", Kind.RAISED),
    ("^ˆ˜¯ˉ˙¨~ˇ", Kind.ACCENT),
    ("…⋯⋱⋮", Kind.DOTS),
):
    for _char in _chars:
        _SINGLE[_char] = _kind

_PIECE = re.compile(
    r"(?P<number>\d{1,40}(?:\.\d{1,40})?|\.\d{1,40})"
    r"|(?P<word>[A-Za-z]{2,40})"
    r"|(?P<slot>\u200b)"
    r"|(?P<space>[ \t\u00a0\u2009\u2003]{1,200})"
    r"|(?P<one>.)",
    re.DOTALL,
)
_NAMES = re.compile("|".join(sorted(FUNCTIONS, key=len, reverse=True)))


def tokens_of(lines: Sequence[str], first: int) -> list[Token]:
    """Tokens of fragment lines.

    Args:
        lines: the fragments, one glyph run or a few a line.
        first: index of the first of them.

    Returns:
        Tokens in order; a BREAK closes every line.
    """
    found: list[Token] = []
    for number, line in enumerate(lines, first):
        for piece in _PIECE.finditer(line.strip()):
            text = piece.group()
            match piece.lastgroup:
                case "number":
                    found.append(Token(Kind.NUMBER, text, number))
                case "word":
                    found.extend(_of_word(text, number))
                case "slot":
                    found.append(Token(Kind.SLOT, text, number))
                case "space":
                    found.append(Token(Kind.SPACE, " ", number))
                case _:
                    found.append(Token(_kind_of(text), text, number))
        found.append(Token(Kind.BREAK, "\n", number))
    return found


def _of_word(text: str, line: int) -> list[Token]:
    """Letters that stand together: a name, a word of a sentence, or a product of single letters."""
    if text in FUNCTIONS or text in LINKS or (len(text) > 3 and text.isalpha() and not text.isupper()):
        name = _NAMES.match(text) if text not in FUNCTIONS and text not in LINKS else None
        if name is None or len(text) > name.end() + 2:
            return [Token(Kind.WORD, text, line)]
    found: list[Token] = []
    at = 0
    while at < len(text):
        name = _NAMES.match(text, at)
        if name and name.end() - at > 2:
            found.append(Token(Kind.WORD, name.group(), line))
            at = name.end()
        else:
            found.append(Token(Kind.LETTER, text[at], line))
            at += 1
    return found


def _kind_of(char: str) -> Kind:
    kind = _SINGLE.get(char)
    if kind is not None:
        return kind
    return Kind.LETTER if char.isalpha() else Kind.OTHER
