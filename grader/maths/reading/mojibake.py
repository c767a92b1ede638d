"""UTF-8 that was read as a Windows code page, put right: ``âˆ’`` is a minus sign, ``Ïƒ`` is σ.

A run of characters is repaired only where its bytes, by cp1252 or cp1254, are UTF-8 from the first to the last and
spell characters of mathematics; where a byte was lost on the way nothing is changed.
"""

from __future__ import annotations

import re


def _bytes_of_characters() -> dict[str, int]:
    """The byte that a character above 7 bits was made of; undefined ones may have become control characters."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for page in ("cp1254", "cp1252"):
        for byte in range(0x80, 0x100):
            character = bytes([byte]).decode(page, errors="ignore")
            if character:
                table[character] = byte
    return table


_BYTES = _bytes_of_characters()
_FOLLOWING = "".join(character for character, byte in _BYTES.items() if byte < 0xC0)
_LEADING = "".join(character for character, byte in _BYTES.items() if 0xC2 <= byte <= 0xF4)
_PAIR = re.compile(f"[{_LEADING}][{re.escape(_FOLLOWING)}]")
_FOLLOWS = frozenset(_FOLLOWING)
_RANGES = (
    (0xA0, 0xFF), (0x2B0, 0x36F), (0x391, 0x3C9), (0x3D1, 0x3D6), (0x3F0, 0x3F6),
    (0x1D2C, 0x1DBF), (0x2010, 0x22FF), (0x2308, 0x230B),
    (0x25A0, 0x25FF), (0x2610, 0x2612), (0x2713, 0x2718), (0x27C0, 0x27EF), (0x2900, 0x2AFF), (0x2C7C, 0x2C7D),
    (0x1D400, 0x1D7FF),
)  # fmt: skip
"""Code points of Western letters, Greek, raised and lowered characters, signs and alphabets of mathematics."""


def repaired(text: str) -> tuple[str, list[int]] | None:
    """A text with its damaged runs put right.

    Args:
        text: anything; a text of ASCII costs nothing.

    Returns:
        The repaired text and, for each of its characters and for its end, the offset in ``text`` at which what it
        was made of begins; None where there is nothing to repair.
    """
    if text.isascii() or _PAIR.search(text) is None:
        return None
    pieces: list[str] = []
    offsets: list[int] = []
    at, changed = 0, False
    for m in _PAIR.finditer(text):
        start = m.start()
        if start < at:
            continue
        found = _character(text, start)
        if found is None:
            continue
        character, end = found
        pieces += (text[at:start], character)
        offsets += range(at, start)
        offsets.append(start)
        at, changed = end, True
    if not changed:
        return None
    pieces.append(text[at:])
    offsets += range(at, len(text) + 1)
    return "".join(pieces), offsets


def _character(text: str, at: int) -> tuple[str, int] | None:
    """The one character whose bytes begin at an offset, and the offset past them."""
    lead = _BYTES[text[at]]
    length = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    run = text[at : at + length]
    if len(run) < length or not all(c in _FOLLOWS for c in run[1:]):
        return None
    try:
        character = bytes(_BYTES[c] for c in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return (character, at + length) if any(low <= ord(character) <= high for low, high in _RANGES) else None
