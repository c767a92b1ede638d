"""What a part asks for, as a text may say it: its symbols and its cues."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from grader.intake.finding import cues
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import spelling
from grader.records import Part


@lru_cache(maxsize=1024)
def letters(symbol: str) -> frozenset[str]:
    """A symbol without its subscript, as it is and without marks such as a hat or brackets around all of it.

    Args:
        symbol: as a text spells it.
    """
    base = symbol.partition("_")[0]
    if base.startswith("( ") and base.endswith(" )") and base.count("(") == 1:
        base = base[2:-2]
    return frozenset({base, "".join(c for c in unicodedata.normalize("NFD", base) if not unicodedata.combining(c))})


def symbols_of(part: Part) -> frozenset[str]:
    """The symbols that a part asks for, as the lexer spells them; transposed too, where a row will do.

    Args:
        part: the question.
    """
    found = _symbols(part.symbols)
    return found | {f"{symbol} ^ T" for symbol in found} if getattr(part.options, "transposed", False) else found


@lru_cache(maxsize=1024)
def _symbols(written: tuple[str, ...]) -> frozenset[str]:
    return frozenset(spelling(tokenize(symbol)).partition("_")[0] for symbol in written)


def phrases_of(part: Part) -> frozenset[tuple[str, ...]]:
    """The cues of a part, word by word.

    Args:
        part: the question.
    """
    return _phrases(part.cues)


@lru_cache(maxsize=1024)
def _phrases(written: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(cues.as_cue, cue.lower().split())) for cue in written)


def cued(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of the phrases occurs among the words.

    Args:
        words: in lower case.
        phrases: word by word.
    """
    said = [cues.as_cue(word) for word in words]
    first, longest = openings(phrases)
    return not first.isdisjoint(said) and any(
        tuple(said[start : start + length]) in phrases
        for start, word in enumerate(said)
        if word in first
        for length in range(1, longest + 1)
    )


@lru_cache(maxsize=1024)
def openings(phrases: frozenset[tuple[str, ...]]) -> tuple[frozenset[str], int]:
    """The first words of phrases, and the number of words of the longest.

    Args:
        phrases: word by word.
    """
    return frozenset(phrase[0] for phrase in phrases if phrase), max(map(len, phrases), default=0)
