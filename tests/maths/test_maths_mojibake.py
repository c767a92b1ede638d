"""UTF-8 read as a Windows code page is put right, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.mojibake import repaired


def damaged(text: str, page: str) -> str:
    """The text as it looks when its UTF-8 is read as a code page; undefined bytes become control characters."""
    return "".join(bytes([byte]).decode(page, errors="ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
@pytest.mark.parametrize("text", ["σ ≤ 3", "−3", "3 × 10⁻⁴", "λ ∈ [1, ∞)", "√2·π", "x₀ → ∞", "K ≠ ℓ", "𝑥 = ½"])
def test_what_was_damaged_is_put_right(text: str, page: str) -> None:
    """Every character whose bytes all arrived comes back."""
    found = repaired(damaged(text, page))
    assert found is not None
    assert found[0] == text


@pytest.mark.parametrize(
    "text",
    ["λ ≥ 1", "σ²", "«donné»", "„Ü“ und „Ö“", "naïve café", "5 €", "a×b", "Ã", "â", "âˆ", "Ï", "x ≤ 4", "İşğ", "10°"],
)
def test_sound_text_and_lost_bytes_are_left_alone(text: str) -> None:
    """Nothing is repaired that is not damaged, or whose bytes are not all there."""
    assert repaired(text) is None


def test_tokens_keep_the_offsets_of_the_damaged_text() -> None:
    """A token that was repaired points at the run that it came from."""
    text = "x â‰¤ Ïƒ, âˆ’3"
    tokens = tokenize(text, 100)
    assert [text[t.start - 100 : t.end - 100] for t in tokens] == ["x", "â‰¤", "Ïƒ", ",", "âˆ’", "3"]
    assert [t.text for t in tokens] == ["x", "≤", "σ", ",", "-", "3"]


@given(st.text(alphabet="âˆ’≤Ïƒ×Ã—€‰¤ x3\u0081", max_size=30))
def test_offsets_are_in_order_and_cover_the_text(text: str) -> None:
    """Whatever is repaired, each character and the end has an offset, and these never go back."""
    found = repaired(text)
    if found is not None:
        fixed, offsets = found
        assert len(offsets) == len(fixed) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)
        assert all(c == text[at] for c, at, after in zip(fixed, offsets, offsets[1:], strict=False) if after == at + 1)
