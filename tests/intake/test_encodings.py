"""Which encoding a file has, by evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.encodings import NotTextError, decoded
from grader.records import Confidence

FRENCH = "Le café où l’été commence – « oui » vaut 3, à côté du garçon."
RUSSIAN = "Ответ: число больше нуля, значит верно"
CHINESE = "解答：矩阵的大小是 n，所以我们得到 3"
JAPANESE = "解答：行列のサイズは n である。これより"
QUOTES = "don’t say “x = 3” – it’s wrong"

FILES = [
    (FRENCH, "cp1252"),
    (FRENCH, "mac-roman"),
    ("a café", "cp1252"),
    ("a café", "mac-roman"),
    ("Die Lösung ist größer, nach Übung", "cp1252"),
    ("x = 3 ± 2, 5°, y² = 3 × 4 · 5 µm", "cp1252"),
    (QUOTES, "cp1252"),
    (QUOTES, "mac-roman"),
    ("Çözüm: değer küçük, ışık şöyle, İstanbul", "cp1254"),
    ("Rozwiązanie: większe niż zero, więc się zgadza", "cp1250"),
    ("Řešení: číslo je větší než nula", "cp1250"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    ("Λύση: το αποτέλεσμα είναι μεγαλύτερο", "cp1253"),
    (CHINESE, "gb18030"),
    ("解答：矩陣的大小是 n，所以我們得到", "big5"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc-jp"),
    ("해답: 행렬의 크기는 n 이다. 그러므로", "cp949"),
    ("plain words, and λ", "utf-16-le"),
    ("plain words, and 3", "utf-16-be"),
]


@pytest.mark.parametrize(("text", "encoding"), FILES)
def test_an_encoding_is_found_by_what_its_bytes_spell(text: str, encoding: str) -> None:
    """And it is told which one was taken."""
    found = decoded(text.encode(encoding), "x.txt")
    assert found.text == text
    [note] = found.notes
    assert note.code == "input-encoding"
    assert f"read as {encoding}" in note.message


@pytest.mark.parametrize("text", ["", "plain", "λ ≥ 3", FRENCH, RUSSIAN, CHINESE, "\x7f\x01"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(text: str, encoding: str) -> None:
    """UTF-8, and UTF-16 with its mark."""
    found = decoded(text.encode(encoding), "x.txt")
    assert (found.text, found.notes, found.doubts) == (text, (), ())


def test_a_few_bad_bytes_do_not_make_utf_8_another_encoding() -> None:
    """They become the sign for what was lost, and are counted."""
    found = decoded("αβγδεζ σ ≤ 3 ".encode() + b"\xff", "x.txt")
    assert found.text == "αβγδεζ σ ≤ 3 \N{REPLACEMENT CHARACTER}"
    assert "UTF-8: nearly all of it is; 1 byte(s) mean nothing" in found.notes[0].message


def test_where_two_encodings_fit_the_characters_are_doubted() -> None:
    """It is said which two."""
    found = decoded("a Ø b".encode("cp1252"), "x.txt")
    assert {one.confidence for one in found.doubts} == {Confidence.MEDIUM}
    assert [found.text[one.start : one.end] for one in found.doubts] == ["Ø"]
    assert "nearly as well" in found.notes[0].message or "hardly" in found.notes[0].message


@pytest.mark.parametrize("data", [b"a\0b", b"\0", b"ab\0\0c", b"\xff\xfea", "\ufeffa\0".encode("utf-16-le")])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """NUL characters, and UTF-16 that breaks off."""
    with pytest.raises(NotTextError):
        decoded(data, "x.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing else happens, and doubts lie in the text."""
    try:
        found = decoded(data, "x.txt")
    except NotTextError:
        return
    assert all(0 <= one.start < one.end <= len(found.text) for one in found.doubts)
