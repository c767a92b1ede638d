"""UTF-8 that was read as a code page, put right: ``âˆ’`` is a minus sign, ``Ïƒ`` is σ.

In a single answer a run of characters is repaired only where its bytes, by cp1252 or cp1254, are UTF-8 from the first
to the last and spell characters of mathematics; where a byte was lost on the way nothing is changed. In a whole file
there is more to go by (``grader/intake/repair/rules/mojibake.py``).
"""

from __future__ import annotations

import re
from functools import cached_property

_TWO, _THREE, _FOUR, _FOLLOWING = range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5), range(0x80, 0xC0)
"""First bytes of sequences of two, three and four, and the bytes that follow (Unicode, table 3-7)."""


class CodePage:
    """A table of 128 characters as which the bytes of UTF-8 may have been read.

    Args:
        codecs: names of Python codecs; where they differ a character of either stands for its byte.
    """

    def __init__(self, *codecs: str) -> None:
        self.name = codecs[0]
        self.bytes = {chr(byte): byte for byte in range(0x80, 0x100)}  # undefined bytes may have become controls
        self.undefined: frozenset[int] = frozenset(range(0x80, 0x100))
        for codec in codecs:
            for byte in range(0x80, 0x100):
                character = bytes([byte]).decode(codec, errors="ignore")
                if character:
                    self.bytes[character] = byte
                    self.undefined -= {byte}
        self._to_bytes = {ord(character): byte for character, byte in self.bytes.items()}

    def characters(self, of: range) -> str:
        """The characters that stand for bytes, written as within the brackets of a regular expression."""
        return re.escape("".join(character for character, byte in self.bytes.items() if byte in of))

    @cached_property
    def one(self) -> str:
        """A regular expression for the characters as which one character was read."""
        two, three, four, more = (f"[{self.characters(of)}]" for of in (_TWO, _THREE, _FOUR, _FOLLOWING))
        return f"(?:{two}|{three}{more}|{four}{more}{more}){more}"

    @cached_property
    def lead(self) -> str:
        """The characters that stand for first bytes, for a regular expression."""
        return self.characters(range(0xC2, 0xF5))

    @cached_property
    def following(self) -> str:
        """The characters that stand for further bytes, for a regular expression."""
        return self.characters(_FOLLOWING)

    def undone(self, run: str) -> str:
        """What a run of characters that ``one`` matches, one or several, was written as.

        U+FFFD where a sequence of it means nothing (a surrogate, a character spelled too long).
        """
        try:
            return run.translate(self._to_bytes).encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return "\N{REPLACEMENT CHARACTER}"


_PAGE = CodePage("cp1254", "cp1252")
_ONE = re.compile(_PAGE.one)
_RANGES = (
    (0xA0, 0xFF), (0x2B0, 0x36F), (0x391, 0x3C9), (0x3D1, 0x3D6), (0x3F0, 0x3F6),
    (0x1D2C, 0x1DBF), (0x2010, 0x22FF), (0x2308, 0x230B),
    (0x25A0, 0x25FF), (0x2610, 0x2612), (0x2713, 0x2718), (0x27C0, 0x27EF), (0x2900, 0x2AFF), (0x2C7C, 0x2C7D),
    (0x1D400, 0x1D7FF),
)  # fmt: skip


def of_mathematics(character: str) -> bool:
    """Whether it is a Western or Greek letter, raised or lowered, a sign or of an alphabet of mathematics."""
    return any(low <= ord(character) <= high for low, high in _RANGES)


def repaired(text: str) -> tuple[str, list[int]] | None:
    """A text with its damaged runs put right.

    Args:
        text: anything; a text of ASCII costs nothing.

    Returns:
        The repaired text and, for each of its characters and for its end, the offset in ``text`` at which what it
        was made of begins; None where there is nothing to repair.
    """
    if text.isascii():
        return None
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for m in _ONE.finditer(text):
        character = _PAGE.undone(m.group())
        if not of_mathematics(character):
            continue
        start = m.start()
        pieces += (text[at:start], character)
        offsets += range(at, start)
        offsets.append(start)
        at = m.end()
    if at == 0:
        return None
    pieces.append(text[at:])
    offsets += range(at, len(text) + 1)
    return "".join(pieces), offsets
