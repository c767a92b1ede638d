"""Parts and a search for the tests of the finder: what a text answers to a question."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.answers import get_type
from grader.intake.finding.finder import Found, find_answer
from grader.maths.reading.lexer import tokenize
from grader.records import Part


def part(kind: str = "number", **fields: Any) -> Part:
    """A part about x, announced by the word height."""
    options = get_type(kind).options_model(**fields.pop("options", {}))
    fields = {"symbols": ("x",), "cues": ("height",), **fields}
    return Part("a", ("a",), "", Fraction(1), kind, options, "solve", **fields)


NUMBER = part()
SEQUENCE = part("sequence", symbols=("K",), cues=("kernel",))
INTERVAL = part("interval", symbols=("λ",), cues=("range",), options={"variable": "λ", "domain": "λ >= 0"})
CHOICE = part("choice", symbols=(), cues=("cost",), options={"options": {"A": "O(n)", "B": "O(n^2)", "C": "O(n^3)"}})


def answer(text: str, asked: Part = NUMBER, **how: Any) -> Found:
    """What is found, which must be something."""
    found = find_answer(tokenize(text), asked, **how)
    assert found is not None, f"nothing was found in {text!r}"
    return found


def said(text: str, asked: Part = NUMBER, **how: Any) -> str:
    """The words of the answer found, which must be readable and the only one."""
    found = answer(text, asked, **how)
    assert found.readable, f"unreadable: {text[found.place.start : found.place.end]!r}"
    assert found.rivals == (), f"rivals: {[text[p.start : p.end] for p in found.rivals]}"
    return text[found.place.start : found.place.end]


def value(text: str, asked: Part = NUMBER) -> Any:
    """The one value that a text gives, rendered."""
    words = said(text, asked)
    kind = get_type(asked.type)
    return kind.render(kind.read(words, asked.options), asked.options).unicode


def rivals(text: str, asked: Part = NUMBER) -> set[str]:
    """All values between which a text does not decide, rendered."""
    found = answer(text, asked)
    assert found.readable
    kind = get_type(asked.type)
    assert len(found.values) == 1 + len(found.rivals)
    return {kind.render(v, asked.options).unicode for v in found.values}
