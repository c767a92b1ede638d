"""Boxes to tick, drawn or written, and which of them are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answers._choices.catalogue import TICKS, Catalogue
from grader.maths.reading.tokens import Kind, Token

CROSSES = frozenset({"❌", "✗", "✘"})
_DRAWN = frozenset({"☐", "☑", "☒", "✓", "✔", "□", "■"})
_SIGNS = _DRAWN | CROSSES | {"✅", "[", "("}
"""Texts of the first token of a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its words: from token ``first`` to ``last``; the words begin at ``text``."""

    ticked: bool
    first: int
    text: int
    last: int


def boxes(tokens: Sequence[Token]) -> list[Box]:
    """Boxes to tick, at the start of a line or several in one line, each with its words.

    Args:
        tokens: of the text.
    """
    found: list[Box] = []
    if not any(token.text in _SIGNS for token in tokens):
        return found
    first = 0
    crossed = any(token.text in CROSSES for token in tokens)
    for index in range(len(tokens) + 1):
        if index < len(tokens) and tokens[index].kind is not Kind.NEWLINE:
            continue
        found += _boxes_in(tokens, first, index, crossed)
        first = index + 1
    return found


def _boxes_in(tokens: Sequence[Token], first: int, last: int, crossed: bool) -> list[Box]:
    """The boxes of a line, which stand before their words, or behind them: “keys ✓, λ ✗”."""
    while first < last and (tokens[first].kind is Kind.BULLET or tokens[first].text == "|"):
        first += 1
    while first < last and tokens[last - 1].text == "|":
        last -= 1
    signs = [
        (n, *box)
        for n in range(first, last)
        if tokens[n].text in _SIGNS and (box := _box(tokens[n : min(n + 3, last)], crossed))
    ]
    if not signs:
        return []
    starts, ends = [n for n, _, _ in signs], [n + long for n, long, _ in signs]
    if starts[0] > first and ends[-1] == last and (crossed or len(signs) > 1):
        words = [first, *ends[:-1]]
        return [Box(tick, n, n, end) for (_, _, tick), n, end in zip(signs, words, ends, strict=True)]
    if starts[0] == first or (len(signs) > 1 and ends[-1] < last):
        stops = [*starts[1:], last]
        return [Box(tick, n, n + long, stop) for (n, long, tick), stop in zip(signs, stops, strict=True)]
    return []


def _box(tokens: Sequence[Token], crossed: bool) -> tuple[int, bool] | None:
    """How many tokens a box at the first of some tokens takes, and whether it is ticked; None where there is none.

    Args:
        tokens: a few.
        crossed: there are crosses beside the ticks, so that a green tick is more than a decoration.
    """
    texts = [t.text for t in tokens]
    if texts[0] in _DRAWN or (crossed and texts[0] in ("✅", *CROSSES)):
        return 1, texts[0] in TICKS or texts[0] == "✅"
    if texts[:2] == ["[", "]"] or texts[:2] == ["(", ")"]:
        return 2, False
    return (3, True) if len(texts) == 3 and texts[0] == "[" and texts[1] in TICKS and texts[2] == "]" else None


def line_option(line: Sequence[Token], options: Catalogue) -> str:
    """The option that a line states: by its letter, its whole text, or the words that only it has.

    Args:
        line: its tokens.
        options: of the question.

    Returns:
        Its key, "" where the line states none or several.
    """
    for at in range(min(len(line), 3)):
        key = options.letter(line[at])
        if key and (at + 1 == len(line) or line[at + 1].text in (")", ".", ":", "]", ",")):
            return key
    for at in range(min(len(line), 4)):
        found = options.text_at(line, at)
        if found is not None:
            return found[0]
    keys = {key for token in line if (key := options.word(token))}
    return keys.pop() if len(keys) == 1 else ""
