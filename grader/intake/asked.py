"""What a part asks for, as a text may say it: its symbols and its cues."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from grader.intake import cues
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import spelling
from grader.records import Part


def letters(symbol: str) -> set[str]:
    """A symbol without its subscript, as it is and without marks such as a hat or brackets around all of it.

    Args:
        symbol: as a text spells it.
    """
    base = symbol.partition("_")[0]
    if base.startswith("( ") and base.endswith(" )") and base.count("(") == 1:
        base = base[2:-2]
    return {base, "".join(c for c in unicodedata.normalize("NFD", base) if not unicodedata.combining(c))}


def symbols_of(part: Part) -> set[str]:
    """The symbols that a part asks for, as the lexer spells them; transposed too, where a row will do.

    Args:
        part: the question.
    """
    found = {spelling(tokenize(symbol)).partition("_")[0] for symbol in part.symbols}
    return found | {f"{symbol} ^ T" for symbol in found} if getattr(part.options, "transposed", False) else found


def phrases_of(part: Part) -> frozenset[tuple[str, ...]]:
    """The cues of a part, word by word.

    Args:
        part: the question.
    """
    return frozenset(tuple(map(cues.as_cue, cue.lower().split())) for cue in part.cues)


def cued(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of the phrases occurs among the words.

    Args:
        words: in lower case.
        phrases: word by word.
    """
    words = [cues.as_cue(word) for word in words]
    longest = max((len(phrase) for phrase in phrases), default=0)
    return any(
        tuple(words[start : start + length]) in phrases
        for start in range(len(words))
        for length in range(1, longest + 1)
    )
