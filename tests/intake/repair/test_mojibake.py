"""UTF-8 that was read as a code page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.repair import repaired
from grader.records import Confidence

PAGES = ("cp1252", "cp1254", "cp1250", "cp1251", "mac-roman", "cp437", "latin-1")
PLAIN = "Let λ ≥ 0 — then “σ ≤ √π” and Σ xᵢ² → ∞, so K = [α, β] ∈ ℝ. 🔹 Part (a): ∇f = 0 ⟹ x ⋅ y = ½.\n"


def read_as(text: str, page: str, instead: str | None = None) -> str:
    """What UTF-8 becomes in a program that takes it for a code page.

    Args:
        text: as written.
        page: name of the codec.
        instead: what comes for bytes that mean nothing in the page; None for the control character of that number.
    """
    out = []
    for byte in text.encode("utf-8"):
        character = bytes([byte]).decode(page, errors="ignore")
        out.append(character or (chr(byte) if instead is None else instead))
    return "".join(out)


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_file_is_put_right(page: str) -> None:
    """The page is found by what the whole file shows."""
    mended = repaired(read_as(PLAIN * 3, page))
    assert mended.text == PLAIN * 3
    assert {one.confidence for one in mended.repairs} == {Confidence.HIGH}


@pytest.mark.parametrize("page", ["cp1252", "cp1254", "latin-1"])
def test_damage_on_damage_is_put_right(page: str) -> None:
    """What was read wrongly twice is read rightly twice."""
    assert repaired(read_as(read_as(PLAIN * 3, page), page)).text == PLAIN * 3


mathematics = st.text(
    st.sampled_from("abc xyz=+-0123\nαβγλσΣ≤≥≠∈∑∏√∞→⟹−×·′“”’—…ℝ⋅⌊⌋²³½é🔹💡思考（）"), min_size=1, max_size=80
)


@given(mathematics, st.sampled_from(("cp1252", "cp1254", "latin-1")))
def test_any_text_of_mathematics_is_put_right(text: str, page: str) -> None:
    """Whatever its words, with a line that shows the page."""
    assert repaired(read_as(PLAIN + text, page)).text == repaired(PLAIN + text).text


LEAST_LOST = PLAIN.replace(" → ∞", "") * 2
LOST = [
    ("cp1254", "❓ Question", "❓ Question", Confidence.MEDIUM),
    ("cp1254", "the “impulse response”.", "the “impulse response”.", Confidence.MEDIUM),
    ("cp1252", "m ← k", "m ← k", Confidence.MEDIUM),
    ("cp1254", "已思考（用时 9 秒）", "已思考（用时 9 秒）", Confidence.MEDIUM),
    ("cp1252", "ρ = 3", "ρ = 3", Confidence.MEDIUM),
    ("cp1254", "\u20dd O(d)", "\u20dd O(d)", Confidence.MEDIUM),
    ("cp1254", "🔎 looked", "🔍 looked", Confidence.LOW),
]


@pytest.mark.parametrize("instead", ["", "\ufffd"])
@pytest.mark.parametrize(("page", "written", "read", "confidence"), LOST)
def test_lost_bytes_are_put_right_from_a_table(
    page: str, written: str, read: str, confidence: Confidence, instead: str
) -> None:
    """Where one common character fits what is left; where several fit, it is a guess and said to be one."""
    mended = repaired(read_as(LEAST_LOST + written, page, instead))
    assert mended.text == LEAST_LOST + read
    assert confidence in {one.confidence for one in mended.repairs}
    assert confidence in {one.confidence for one in mended.doubts}


def test_what_nothing_fits_stays_and_is_doubted() -> None:
    """Nothing is dropped without a word."""
    mended = repaired(read_as(PLAIN, "cp1252") + "K = Î + 1\n")
    assert mended.text.endswith("K = Î + 1\n")
    [doubt] = mended.doubts
    assert (mended.text[doubt.start : doubt.end], doubt.confidence) == ("Î", Confidence.LOW)


def test_where_several_characters_of_formulas_fit_none_is_taken() -> None:
    """Infinity, a product and “proportional to” are left as the same characters by cp1254."""
    mended = repaired(read_as(LEAST_LOST + "∞ > 3\n", "cp1254", ""))
    assert mended.text == LEAST_LOST + "âˆ > 3\n"
    low = [one for one in mended.doubts if one.confidence is Confidence.LOW]
    assert [(mended.text[one.start : one.end], "∏, ∝, ∞ fit" in one.why) for one in low] == [("âˆ", True)]


def test_a_space_that_was_a_byte_is_put_back() -> None:
    """The byte A0 looks like a space, and programs make it one."""
    damaged = read_as(PLAIN + "voilà: Reconstruction\xa0Loss\n", "cp1252").replace("\xa0", " ")
    assert repaired(damaged).text == PLAIN + "voilà: Reconstruction Loss\n"


LOOKS_DAMAGED = [
    "voilà… «é» “É” l’Île, Ã, naïve",
    "√π + √∞ ≈π, 3–Ö",
    "SÃO PAULO, Århus, Â, ÂGE",
    "«В» „д“ в„, Й° 3",
    "ß” Ø°, Œ´, ×½",
    "ğ” and “ğ",
]


@pytest.mark.parametrize("text", LOOKS_DAMAGED)
def test_words_that_look_damaged_are_left(text: str) -> None:
    """Letters with accents stand beside quotes and signs in many languages."""
    assert repaired(text).text == text


def test_damaged_words_pasted_into_a_good_text_are_put_right() -> None:
    """There only whole sequences count, and each has to spell a character that one expects."""
    text = "Für λ ≥ 3, größer: " * 5
    assert repaired(text + "1 â‰¤ Î» â‰¤ 4").text == text + "1 ≤ λ ≤ 4"
