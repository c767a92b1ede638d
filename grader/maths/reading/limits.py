"""What is too large to be read as an answer: told before any work is spent on it.

Reading is linear in the text and bounded in depth; these limits keep the factor before it small, so that every
answer, also one made to stall, ends soon and with a reason.
"""

from __future__ import annotations

import re

MAX_LINE = 10_000
"""Longest line, in characters."""

MAX_NESTING = 100
"""Deepest nesting of brackets within a paragraph."""

MAX_WORDS = 60_000
"""Most words and numbers."""

MAX_SIGNS = 40_000
"""Most signs: brackets, operators, punctuation."""

_LARGE = 300
"""Shorter texts cannot reach any limit worth checking."""

_BRACKETS = re.compile(r"\n[ \t]*\n|[()\[\]{}]")
_WORDS = re.compile(r"\w+")
_SIGNS = re.compile(r"[^\w\s]")
_OPENING = frozenset("([{")


def refusal(text: str) -> str:
    """Why a text is too large to be read, as a sentence; "" if it is not.

    Args:
        text: an answer or a whole reply.
    """
    if len(text) < _LARGE:
        return ""
    if len(text) > MAX_LINE:
        longest = max(map(len, text.split("\n")))
        if longest > MAX_LINE:
            return f"a line has {longest:,} characters; at most {MAX_LINE:,} are read"
        for pattern, most, name in ((_WORDS, MAX_WORDS, "words"), (_SIGNS, MAX_SIGNS, "signs")):
            count = sum(1 for _ in pattern.finditer(text))
            if count > most:
                return f"it has {count:,} {name}; at most {most:,} are read"
    depth = 0
    for found in _BRACKETS.finditer(text):
        mark = found.group()
        if mark in _OPENING:
            depth += 1
            if depth > MAX_NESTING:
                return f"brackets are nested more than {MAX_NESTING} deep"
        elif len(mark) > 1:
            depth = 0
        elif depth:
            depth -= 1
    return ""
