"""Lists without commas, where nothing else is said: a number on each line, or numbers with space between."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.answers._numbers.commas import are_thousands
from grader.answers._numbers.numeric import Value
from grader.answers._sequences.brackets import number
from grader.maths.reading.tokens import Kind, Token, text_at


def numbers_apart(tokens: Sequence[Token], names: dict[str, Fraction]) -> tuple[Value, ...] | None:
    """The numbers of a bare answer that stands in lines, with bullets or without, or in one line with spaces.

    Args:
        tokens: of the answer, all of them.
        names: symbols with values.

    Returns:
        The numbers in order; None where anything else stands there, or a space may stand inside of a number.
    """
    lines: list[list[Token]] = [[]]
    for token in _without_first_mark(tokens):
        if token.kind is Kind.NEWLINE:
            lines.append([])
        elif token.kind is not Kind.BULLET or lines[-1]:
            lines[-1].append(token)
    lines = [line for line in lines if line]
    if len(lines) == 1:
        lines = _spaced(lines[0])
    values: list[Value] = []
    for line in lines:
        if (value := _only(line, names)) is None:
            return None
        values.append(value)
    return tuple(values) if len(values) > 1 else None


def _without_first_mark(tokens: Sequence[Token]) -> Sequence[Token]:
    """Tokens without the “1.” of a numbered list, which looks like a number at the start of a text."""
    second = next((at + 1 for at, token in enumerate(tokens) if token.kind is Kind.NEWLINE), len(tokens))
    counted = second < len(tokens) and tokens[second].kind is Kind.BULLET and tokens[second].text[:1] == "2"
    return tokens[2:] if counted and tokens[0].text == "1" and text_at(tokens, 1) in (".", ")") else tokens


def _spaced(line: Sequence[Token]) -> list[list[Token]]:
    """The numbers of a line with space between them, each with its sign; none where they may be thousands."""
    items: list[list[Token]] = []
    for at, token in enumerate(line):
        if token.kind is Kind.NUM and items and not token.space and text_at(line, at - 1) == "-":
            items[-1].append(token)
        elif (token.kind is Kind.NUM or token.text == "-") and (token.space or not items):
            items.append([token])
        else:
            return []
    texts = [item[-1].text for item in items]
    plain = len(items) > 1 and all(item[-1].kind is Kind.NUM for item in items)
    return items if plain and not are_thousands(texts) else []


def _only(line: Sequence[Token], names: dict[str, Fraction]) -> Value | None:
    """The number that is all of a line but for a comma or full stop at its end."""
    entry = number(line, 0, names)
    if entry is None:
        return None
    rest = line[entry[1] :]
    return entry[0] if not rest or (len(rest) == 1 and rest[0].kind in (Kind.SEP, Kind.PUNCT)) else None
