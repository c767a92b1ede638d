"""What is shown in Unicode, typed on a plain keyboard: ``λ ∈ [1, 4]`` as ``lambda in [1, 4]``, ``xᵀy`` as ``x^T y``.

The text is respelled character by character, not written anew from a tree, so that it covers whatever any answer type
shows. Signs that no plain spelling is usual for become their LaTeX commands, which are ASCII too.
"""

from __future__ import annotations

import re
import unicodedata

from grader.maths.reading.symbols import (
    GREEK_NAME,
    LOWERED,
    MARKS_ABOVE,
    RAISED,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    VULGAR_FRACTIONS,
)
from grader.maths.tree import short_decimal

_SIGNS = {
    "·": "*", "×": "*", "−": "-", "–": "-", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "∈": "\\in",
    "∉": "\\notin", "∞": "oo", "∪": "or", "∩": "\\cap", "∅": "{}", "…": "...", "′": "'", "∑": "\\sum", "∏": "\\prod",
    "√": "sqrt", "∛": "cbrt", "∜": "\\sqrt[4]", "‖": "||", "ℓ": "l", "±": "\\pm", "∘": "\\circ", "⊗": "\\otimes",
    "°": "^{\\circ}", "∇": "\\nabla", "∂": "\\partial", "⟨": "\\langle ", "⟩": "\\rangle ", "⌊": "floor(", "⌋": ")",
    "⌈": "ceil(", "⌉": ")", "⊤": "T", "†": "\\dagger", "Õ": "\\tilde{O}", "“": '"', "”": '"', "’": "'",
    "ℝ": "\\mathbb{R}", "ℤ": "\\mathbb{Z}", "ℕ": "\\mathbb{N}", "ℚ": "\\mathbb{Q}", "ℂ": "\\mathbb{C}",
}  # fmt: skip
_MARKS = {mark: command for command, mark in reversed(MARKS_ABOVE.items())}
_ROOT = re.compile(
    rf"([√∛∜])(?:\[([^\[\]]*)\])?((?:[\d.]+|[^\W\d_][\u0300-\u036f\u20d7]?|[∞∇∂])[′{LOWERED}]*(?:_\{{[^{{}}]*\}}|_\w)?)?"
)
_MARKED = re.compile(f"[^\\W\\d_][{''.join(_MARKS)}]")
_FRACTION = re.compile(rf"\d*[{''.join(VULGAR_FRACTIONS)}]")
_UNION = re.compile(r"^(?P<name>\S+) ∈ (?P<pieces>[^∈]* ∪ [^∈]*)$")
_MEMBER = re.compile(r"(^|(?<= or ))(\w+) ∈ (?=[\[({])")
_SHIFTED = re.compile(f"[{RAISED}]+|[{LOWERED}]+")


def ascii_of(text: str) -> str:
    """A text in ASCII that reads as it does.

    Args:
        text: as rendered in Unicode.

    Returns:
        The text; characters that have no spelling in ASCII are left as they are.
    """
    if text.isascii():
        return text
    text = _ROOT.sub(_root, _UNION.sub(_union, unicodedata.normalize("NFD", text)))
    text = _FRACTION.sub(_fraction, unicodedata.normalize("NFC", _MARKED.sub(_marked, text)))
    text = _SHIFTED.sub(_shifted, _MEMBER.sub(r"\1\2 in ", text))
    out = ""
    for place, letter in enumerate(text):
        following = text[place + 1 : place + 2]
        if letter in GREEK_NAME:
            out = _word(out, GREEK_NAME[letter], following)
        elif letter == "∑" and following == "_" and not out.endswith("\\sum "):  # “∑ sum” is said twice
            out = _word(out, "sum", following)
        elif letter in _SIGNS:
            sign = _SIGNS[letter]
            out += " " if letter == "‖" and out.endswith("|") else ""  # three bars in a row would be a norm
            out = _word(out, sign, following) if sign[-1].isalpha() and letter not in "⊤±" else out + sign
            out += " " if (letter == "′" and following.isalpha()) or (letter == "±" and following) else ""
        else:
            out += f" {letter}" if letter == "|" and out.endswith("||") else letter
    return out


def _word(before: str, word: str, following: str) -> str:
    """A word after what stands before it, set apart from letters on both sides of it."""
    apart = " " if before[-1:].isalnum() and word[0] != "\\" else ""
    after = " " if (following.isalnum() and following.isascii()) or following in GREEK_NAME else ""
    return before + apart + word + after


def _union(m: re.Match[str]) -> str:
    """A union as conditions joined by “or”, of which each names the variable."""
    return " or ".join(f"{m['name']} ∈ {piece}" for piece in m["pieces"].split(" ∪ "))


def _root(m: re.Match[str]) -> str:
    """A root whose argument, and degree, stand in brackets."""
    sign, degree, argument = m.groups()
    if degree is not None:
        return f"\\sqrt[{_ROOT.sub(_root, degree)}]{argument or ''}"
    return f"{sign}({argument})" if argument else sign


def _shifted(m: re.Match[str]) -> str:
    """Raised or lowered characters as plain ones behind ``^`` or ``_``."""
    run = m.group()
    raised = run[0] in RAISED
    plain = run.translate(SUPERSCRIPTS if raised else SUBSCRIPTS).replace("⊤", "T")
    following = m.string[m.end() : m.end() + 1]
    after = " " if following.isalnum() and following not in RAISED + LOWERED else ""
    if raised:
        return (f"^{plain}" if len(plain) == 1 else f"^{{{plain}}}") + after
    single = len(plain) == 1 or plain.isdecimal()
    return (f"_{plain}" if single else f"_{{{plain}}}") + after


def _marked(m: re.Match[str]) -> str:
    """A letter with a mark above it as its LaTeX command."""
    letter, mark = m.group()[0], m.group()[1]
    return f"\\{_MARKS[mark]}{{\\{GREEK_NAME[letter]}}}" if letter in GREEK_NAME else f"\\{_MARKS[mark]}{{{letter}}}"


def _fraction(m: re.Match[str]) -> str:
    """A fraction in one character, with or without a whole number before it."""
    written = m.group()
    value = VULGAR_FRACTIONS[written[-1]] + int(written[:-1] or "0")
    return short_decimal(value) or f"({value})"
