"""Bytes to text: which encoding a file has, by evidence, and what is said where the evidence is thin.

UTF-8 and marked UTF-16 are read without a word. Of everything else it is told as what it was read and why; where
another encoding fits nearly as well, the characters in which they differ are doubted.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.records import Confidence, Doubt

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOOK = 20_000  # characters by which an encoding is judged
_CLOSE = 0.1  # of a point for each character: so near is another encoding

_WESTERN = "éèêëàâäáãåçîïíìñôöóòõøùûüúæœß"
_SINGLE = {
    "cp1252": _WESTERN,
    "mac-roman": _WESTERN,
    "cp1254": _WESTERN + "ğışİŞĞ",
    "cp1250": "áäčďéěíľňóôöőřšťúůüűýžąćęłńśźżßşţăâî",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "koi8-r": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp866": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp1253": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ",
}
"""Encodings with one byte a character, and the letters that their languages write most."""

_SIGNS = "“”‘’–—…•°²³±×·µ½«»€§"
_DOUBLE = {
    "gb18030": "的一是不了在有我这为数和解答矩阵对于上可以我们因此所以大小则由得到，。：；（）、",
    "big5": "的一是不了在有我這為數和解答矩陣對於上可以我們因此所以大小則由得到，。：；（）、",
    "cp932": "のはをにがとでするたしあるいこれよっなてくら解答行列、。（）",
    "euc-jp": "のはをにがとでするたしあるいこれよっなてくら解答行列、。（）",
    "cp949": "이다는을를가에의하고은로한있수어서지그해답행렬",
}
"""Encodings with two bytes for most characters, and the characters that fill most of their texts."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    Args:
        text: the characters, without a mark of the byte order.
        notes: what is to be said of the encoding.
        doubts: characters that another encoding reads otherwise.
    """

    text: str
    notes: tuple[Diagnostic, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class NotTextError(ValueError):
    """The bytes are no text; the message says what was found."""


def decoded(data: bytes, name: str) -> Decoded:
    """Read bytes as text.

    Args:
        data: the whole file.
        name: of the file, for what is said of it.

    Raises:
        NotTextError: there are NUL characters, or UTF-16 breaks off.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, len(mark)) or _by_evidence(data, name)
    if b"\0" in data:
        encoding = _unmarked(data)
        if encoding and (found := _strict(data, encoding, 0)):
            why = "every other byte is NUL, as in plain letters of UTF-16"
            return Decoded(found.text, (_note(name, data, 0, encoding, why),))
        raise NotTextError(f"a NUL byte at position {data.index(0)}")
    return _strict(data, "utf-8", 0) or _by_evidence(data, name)


def _strict(data: bytes, encoding: str, skipped: int) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return None
        raise NotTextError(f"UTF-16 text that breaks off at byte {error.start + skipped}") from error
    if "\0" in text and encoding != "utf-8":
        raise NotTextError(f"a NUL character at position {text.index(chr(0))}")
    return Decoded(text)


def _unmarked(data: bytes) -> str:
    """UTF-16 without a mark: NUL bytes at every other place, nearly; "" if it is not."""
    head = data[:_LOOK]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    name = ""
    if even >= 0.5 * half and odd == 0:
        name = "utf-16-be"
    elif odd >= 0.5 * half and even == 0:
        name = "utf-16-le"
    said = head[: len(head) // 2 * 2].decode(name, "ignore") if name else ""
    return "" if _CONTROLS.search(said) else name  # what counts up in bytes is no text


def _by_evidence(data: bytes, name: str) -> Decoded:
    """Read what is no UTF-8 as that which makes the most of its bytes."""
    try:
        data.decode("utf-8")
        first = 0
    except UnicodeDecodeError as error:
        first = error.start
    mostly = data.decode("utf-8", "replace")
    if (bad := mostly.count("\N{REPLACEMENT CHARACTER}")) * 3 < sum(c > "\x7f" for c in mostly[:_LOOK]):
        why = f"nearly all of it is; {bad} byte(s) mean nothing"
        return Decoded(mostly, (_note(name, data, first, "UTF-8", why),))
    head = data[:_LOOK]
    scores = sorted(((_score(head, encoding), -rank, encoding) for rank, encoding in enumerate(_ORDER)), reverse=True)
    best, _, encoding = scores[0]
    text = data.decode(encoding, "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    means = f"; {lost} byte(s) mean nothing in it" if lost else ""
    rival = next(
        (other for score, _, other in scores[1:] if best - score < _CLOSE and _differ(head, encoding, other)), ""
    )
    doubts: tuple[Doubt, ...] = ()
    why = f"its characters fit best{means}"
    if rival or best <= 0:
        why += f", but {rival} fits nearly as well" if rival else ", though hardly"
        says = f"the encoding of the file is not sure: it was read as {encoding}" + (
            f", and may be {rival}" if rival else ""
        )
        doubts = tuple(Doubt(m.start(), m.end(), Confidence.MEDIUM, says) for m in _FOREIGN.finditer(text))
    return Decoded(text, (_note(name, data, first, encoding, why),), doubts)


_ORDER = (*_SINGLE, *_DOUBLE)
_EASTERN = 0x2E7F  # characters of Chinese, Japanese and Korean come after
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def _differ(head: bytes, one: str, other: str) -> bool:
    return head.decode(one, "replace") != head.decode(other, "replace")


@cache
def _expected(encoding: str) -> frozenset[str]:
    letters = _SINGLE.get(encoding) or _DOUBLE[encoding]
    return frozenset(letters + letters.upper())


def _score(head: bytes, encoding: str) -> float:
    """What a character that is not ASCII is worth on average, from -2 to 1, if the bytes are in an encoding."""
    text = head.decode(encoding, "replace")
    expected = _expected(encoding)
    points = count = 0.0
    for m in _FOREIGN.finditer(text):
        before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        run = m.group()
        for at, c in enumerate(run):
            count += 1
            left = run[at - 1] if at else before
            right = run[at + 1] if at + 1 < len(run) else after
            points += _worth(c, left, right, expected)
    scarce = encoding in _DOUBLE and count < 4
    return (points / count if count else 0.0) - (1.0 if scarce else 0.0)


def _worth(c: str, left: str, right: str, expected: frozenset[str]) -> float:
    """What one character is worth, by its neighbours."""
    if c == "\N{REPLACEMENT CHARACTER}" or "\x80" <= c <= "\x9f":
        return -1.0
    if c in _SIGNS:
        return _worth_of_sign(c, left, right)
    if not c.isalpha():
        return -1.0 if left.isalpha() and right.isalpha() else 0.0
    if c not in expected:
        return 0.2 if ord(c) > _EASTERN else -0.5
    if ord(c) > _EASTERN:
        return 1.0
    if c > "\u0370":  # Greek and Cyrillic words have no Latin letters
        if (left.isascii() and left.isalpha()) or (right.isascii() and right.isalpha()):
            return -1.0
        if not left.isalpha() and not right.isalpha():
            return 0.0
    elif left > "\x7f" and right > "\x7f" and left.isalpha() and right.isalpha():
        return -0.5  # Latin words are not of accents alone
    if c.isupper() and left.isalpha():
        return -1.0 if left.islower() else 0.3
    return 1.0


def _worth_of_sign(c: str, left: str, right: str) -> float:
    """What a mark of typography or arithmetic is worth; in its place it tells more than a letter."""
    before, after = left.isalnum(), right.isalnum()
    if before and after:
        return 1.2 if c in "’×·±–" else -1.0
    place = {"“": (False, True), "«": (False, True), "‘": (False, True), "–": (False, False), "—": (False, False)}
    return 1.2 if place.get(c, (before, after)) == (before, after) else 0.2


def _note(name: str, data: bytes, at: int, encoding: str, why: str) -> Diagnostic:
    line = data.count(b"\n", 0, at) + 1
    column = at - data.rfind(b"\n", 0, at)
    return Diagnostic(
        "input-encoding",
        Severity.WARNING,
        Audience.OPERATOR,
        f"The file is not UTF-8 (byte 0x{data[at]:02x}); it was read as {encoding}: {why}.",
        Span(name, at, at + 1, line, column),
        "Save the file as UTF-8 and check the characters that are not ASCII.",
    )
