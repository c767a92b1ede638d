"""A stretch of TeX as tokens, from which arguments are taken."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\(?:[A-Za-z@]+|.|\Z)|[{}]|#\d|[^\\{}#]+|#", re.DOTALL)
_BLANK = re.compile(r"\s*")
_COMMAND = re.compile(r"\\[A-Za-z@]+\Z")

Token = str


class Read(str):
    """What is expanded already and is not looked into again."""

    __slots__ = ()


class Spent(Exception):  # noqa: N818 - a signal within this package, no error
    """The work that a document may cost is done."""


class Work:
    """Counts what is looked at, so that no document costs more than a multiple of its length.

    Args:
        left: tokens that may still be looked at.
    """

    def __init__(self, left: int) -> None:
        self.left = left

    def do(self, amount: int = 1) -> None:
        """Count some tokens.

        Raises:
            Spent: there were more than may be.
        """
        self.left -= amount
        if self.left < 0:
            raise Spent


def tokens_of(text: str) -> list[Token]:
    """Commands, braces, ``#1`` and runs of other characters; together they are the text."""
    return _TOKEN.findall(text)


def joined(tokens: list[Token]) -> str:
    """Tokens as text: a command and a letter after it that did not belong to it stay apart."""
    pieces: list[str] = []
    open_command = False
    for piece in tokens:
        if not piece:
            continue
        if open_command and piece[0].isalpha():
            pieces.append(" ")
        pieces.append(piece)
        open_command = _COMMAND.search(piece[-40:]) is not None
    return "".join(pieces)


class Stream:
    """Tokens, read from the front; a run of characters may be read in pieces.

    Args:
        tokens: are not changed.
        work: counts.
    """

    def __init__(self, tokens: list[Token], work: Work) -> None:
        self.tokens, self.work = tokens, work
        self.at = self.inside = 0  # the next piece, and how many of its characters are read

    @property
    def peek(self) -> Token:
        """The next piece, or what is left of it; "" at the end."""
        if self.at >= len(self.tokens):
            return ""
        piece = self.tokens[self.at]
        return piece[self.inside :] if self.inside else piece

    @property
    def _run(self) -> bool:
        """Whether characters come next, not a command, a brace, a parameter, or what is read already."""
        piece = self.tokens[self.at] if self.at < len(self.tokens) else ""
        return bool(piece) and piece[0] not in "\\{}#" and not isinstance(piece, Read)

    def next(self) -> Token:
        """The next piece, read."""
        return self._read(len(self.peek))

    def _read(self, length: int) -> Token:
        self.work.do()
        piece = self.peek
        if length >= len(piece):
            self.at, self.inside = self.at + 1, 0
            return piece
        self.inside += length
        return piece[:length]

    def skip_space(self) -> None:
        """Past white space."""
        while self._run:
            blank = _BLANK.match(self.tokens[self.at], self.inside)
            length = blank.end() - self.inside if blank else 0
            if not length:
                return
            self._read(length)

    def take(self, character: str) -> bool:
        """Past one character, if it is the next after white space."""
        back = self.at, self.inside
        self.skip_space()
        if self._run and self.tokens[self.at][self.inside] == character:
            self._read(1)
            return True
        self.at, self.inside = back
        return False

    def optional(self) -> list[Token] | None:
        """An argument in square brackets; None if none stands here, or it never closes."""
        back = self.at, self.inside
        if not self.take("["):
            return None
        found: list[Token] = []
        depth = 0
        while self.at < len(self.tokens):
            if not depth and self._run and (length := self.tokens[self.at].find("]", self.inside) - self.inside) >= 0:
                if length:
                    found.append(self._read(length))
                self._read(1)
                return found
            piece = self.next()
            found.append(piece)
            depth += (piece == "{") - (piece == "}")
            if depth < 0:
                break
        self.at, self.inside = back
        return None

    def argument(self) -> list[Token] | None:
        """The next argument, in braces or one piece; None where there is none or its braces never close."""
        self.skip_space()
        if self.peek in ("", "}") or (self._run and self.peek[0] in "$&"):
            return None
        if self.peek != "{":
            return [self._read(1) if self._run else self.next()]
        back = self.at, self.inside
        found: list[Token] = []
        depth = 0
        while self.at < len(self.tokens):
            piece = self.next()
            depth += (piece == "{") - (piece == "}")
            if not depth:
                return found[1:]
            found.append(piece)
        self.at, self.inside = back
        return None
