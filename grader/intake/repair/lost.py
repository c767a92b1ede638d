"""Characters that lost bytes where UTF-8 was read as a code page: what is left of common ones."""

from __future__ import annotations

from functools import cache

from grader.maths.reading.mojibake import CodePage

COMMON = (
    *"“”‘’–—…•·→←↑↓↔⇒⇐⇔⟹⟸∏∑∝∞∈∉∋≈≠≤≥≡⊤⊥⊙⊗⊕⋅⋯⋮⋱⌊⌋⌈⌉□■▢☐☑✅✓✔✗✘❌❓❗⭐⚠ℓℝℕℤ∂∇∫√±×÷°²³¹½ρΡ",
    *"αβγδεζηθικλμνξοπστυφχψωΓΔΘΛΠΣΦΨΩ",
    *"思考已用时秒",
    *"🔍🔎🔹🔸📘📝📌📊🧠💡🚀🎯✨😊🔧🔑🏁👍🤔",
    "\u20dd",  # the circle of an option to tick
    "\ufe0f",  # asks for the coloured picture of the sign before it
    "已思考",
)
"""Characters and words that people and models write in talk about mathematics. Others stay doubtful."""


@cache
def candidates(page: CodePage) -> dict[str, tuple[str, ...]]:
    """What may have been written, by what is left of it.

    Args:
        page: as which the bytes were read; bytes that mean nothing in it were dropped, or became U+FFFD.
    """
    found: dict[str, list[str]] = {}
    spell = {byte: character for character, byte in page.bytes.items()}
    for word in COMMON:
        spelling = word.encode("utf-8")
        if page.undefined.isdisjoint(spelling):
            continue
        for instead in ("", "\N{REPLACEMENT CHARACTER}"):
            left = "".join(instead if byte in page.undefined else spell[byte] for byte in spelling)
            found.setdefault(left, []).append(word)
    return {left: tuple(words) for left, words in found.items()}


LONGEST = max(len(word.encode("utf-8")) for word in COMMON)
"""Characters that the longest of them can be left as."""
