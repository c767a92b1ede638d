"""Tokens: what the lexer makes of a text, and how they are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "⟨": "⟩", "⌈": "⌉", "⌊": "⌋"}
"""The bracket that closes each opening one, as their tokens spell them."""


class Kind(str):
    """What a token is; one object for each kind, to be compared with ``is``.

    It is no enum because reading asks for kinds more than for anything else, and before Python 3.12 an enum's member
    takes ten times as long to look up as the attribute of a plain class.
    """

    __slots__ = ("name",)

    name: str
    NUM: ClassVar[Kind]
    NAME: ClassVar[Kind]
    WORD: ClassVar[Kind]
    FUNC: ClassVar[Kind]
    OP: ClassVar[Kind]
    OPEN: ClassVar[Kind]
    CLOSE: ClassVar[Kind]
    SEP: ClassVar[Kind]  # , ;
    PUNCT: ClassVar[Kind]
    NEWLINE: ClassVar[Kind]  # text is "\n", or "\n\n" for a paragraph break
    CELL: ClassVar[Kind]  # a tab
    ROW: ClassVar[Kind]  # \\ in LaTeX
    COMMAND: ClassVar[Kind]  # \frac, \boxed, \sum, \begin{bmatrix} …
    BULLET: ClassVar[Kind]

    def __repr__(self) -> str:
        return f"<Kind.{self.name}: {str(self)!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, (Kind, self.name)  # a copy is the same object


for _name, _words in {
    "NUM": "number", "NAME": "symbol", "WORD": "word", "FUNC": "function", "OP": "operator", "OPEN": "opening bracket",
    "CLOSE": "closing bracket", "SEP": "separator", "PUNCT": "punctuation", "NEWLINE": "line break",
    "CELL": "cell border", "ROW": "row break", "COMMAND": "command", "BULLET": "list mark",
}.items():  # fmt: skip
    _kind = Kind(_words)
    _kind.name = _name
    setattr(Kind, _name, _kind)


class Token(NamedTuple):
    """One token.

    Args:
        kind: what it is.
        text: its one spelling, whatever was written.
        start: offset of its first character in the text, plus the given base.
        end: offset past its last character.
        space: white space, or skipped marks, stand before it.
        value: of numbers.
        sub: the subscript of a symbol, word or sum ("0" in ``K_0``, ``K_{0}``, ``K₀``), "" if none.
        wide: at least three characters of white space stand right before it, as between columns of plain text.
        maths: number of the stretch of TeX mathematics in which it stands, 0 outside of dollars and their like.
    """

    kind: Kind
    text: str
    start: int
    end: int
    space: bool = False
    value: Fraction | None = None
    sub: str = ""
    wide: bool = False
    maths: int = 0

    @property
    def symbol(self) -> str:
        """The text with its subscript: ``x_1`` is another symbol than ``x``."""
        return f"{self.text}_{self.sub}" if self.sub else self.text


def text_at(tokens: Sequence[Token], at: int) -> str:
    """The text of a token, "" where ``at`` lies outside the tokens.

    Args:
        tokens: of the text.
        at: index, which may be negative or past the end; it does not count from the end.
    """
    return tokens[at].text if 0 <= at < len(tokens) else ""


def spelling(tokens: Iterable[Token]) -> str:
    """One spelling of a run of tokens, without subscripts, braces and signs of products.

    ``A^{\\top} y_1`` and ``A^T*y`` are ``A ^ T y``.

    Args:
        tokens: the run. A name alone, such as ``m'``, has no space in it.
    """
    texts: list[str] = []
    for token in tokens:
        if token.text in ("{", "}"):
            continue
        if texts and texts[-1] == "*" and len(texts) > 1 and texts[-2] != "^":
            texts.pop()  # a sign between two factors: “λ*I” is “λ I”
        texts.append("T" if token.text == "⊤" else token.text)
    return " ".join(texts).replace(" ′", "′")


_PROGRAM_NAME = re.compile(
    r"[A-Za-z]{1,2}_?(?:inv|Inv|INV|hat|bar|tilde|prev|new|old)|[A-Z][a-z]{1,3}[A-Z][A-Za-z]{0,9}"
)


def is_program_name(token: Token) -> bool:
    """Whether a word is a symbol as programs name it, such as ``Minv`` and ``KtK``: a factor of a formula."""
    return token.kind is Kind.WORD and _PROGRAM_NAME.fullmatch(token.text) is not None
