"""Cells of a table that are told in running text, each with its name."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.answers._find import glued_after, glued_before, opens_number
from grader.answers._numbers.numeric import Value
from grader.answers._sequences.brackets import bracketed, number, unbracketed
from grader.answers._sequences.tables import Table, in_tables
from grader.answers._sequences.vocabulary import Vocabulary
from grader.maths.reading.tokens import Kind, Token

_LABEL_AFTER = frozenset({"for", "with", "under", "in", "of", "("})
_LEAD = 4
"""Tokens between the name of a row and its numbers."""


def find_in_prose(tokens: Sequence[Token], names: Sequence[str], known: dict[str, Fraction]) -> Table | None:
    """Cells named in running text, such as “For α: reconstruction 0, regularization 2”; the last value counts.

    The words of names are followed as they occur. A word takes the place of those with which it never
    shares a name (β that of α), so a number belongs to the cell whose words are all in force when it comes.

    Args:
        tokens: of the text.
        names: of the cells, such as ``α reconstruction``.
        known: symbols with values.

    Returns:
        The cells; None where one is missing.
    """
    vocabulary = Vocabulary(names)
    wanted = vocabulary.wanted
    companions = {w: set().union(*(ws for ws in wanted if w in ws)) for ws in wanted for w in ws}
    values: list[Value | None] = [None] * len(wanted)
    spots: list[tuple[int, int]] = []
    force: set[str] = set()
    fresh = False
    opening = -1
    index = 0
    inside = in_tables(tokens)
    while index < len(tokens):
        if inside[index]:
            index += 1
            continue
        if word := vocabulary.match(tokens[index]):
            force, fresh = (force & companions[word]) | {word}, True
            opening = index if opening < 0 else opening
            index += 1
            continue
        entry = _stated_number(tokens, index, known, vocabulary)
        if entry is None:
            index += 1
            continue
        value, after = entry
        follow = after + 1 if after < len(tokens) and tokens[after].text in _LABEL_AFTER else after
        while follow > after and follow < len(tokens) and follow < after + 5:  # “0 for α, 0.001 for β”
            if word := vocabulary.match(tokens[follow]):
                force, fresh = (force & companions[word]) | {word}, True
            elif tokens[follow].kind is not Kind.WORD:
                break
            follow += 1
        slots = [slot for slot, words in enumerate(wanted) if words <= force]
        if fresh and len(slots) == 1:
            values[slots[0]] = value
            spots.append((index, after))
            fresh = False
        index = max(after, follow)
    if None in values:
        return None  # a cell without its name: which one is whose would be a guess
    first = min(spots[0][0], opening) if opening >= 0 else spots[0][0]
    return Table(tuple(values), first, max(end for _, end in spots), True)


def _stated_number(
    tokens: Sequence[Token], at: int, known: dict[str, Fraction], vocabulary: Vocabulary
) -> tuple[Value, int] | None:
    """A number that stands by itself: not an operand, not an entry of a matrix, not a link of a chain."""
    token = tokens[at]
    named = at > 0 and token.space and vocabulary.match(tokens[at - 1]) != ""  # α 0
    if not opens_number(token):
        return None
    if (glued_before(tokens, at) and not named) or tokens[at - 1 if at else at].text in ("&", "["):
        return None
    entry = number(tokens, at, known)
    if entry is None or glued_after(tokens, entry[1]):
        return None
    following = tokens[entry[1]] if entry[1] < len(tokens) else None
    if following is not None and (following.kind in (Kind.CLOSE, Kind.ROW) or following.text == "&"):
        return None
    return entry


def find_rows(tokens: Sequence[Token], names: Sequence[str], known: dict[str, Fraction]) -> Table | None:
    """Rows told as a name and its numbers in order: “α: 0, 2; β: 0.001, 1”. The last of each row counts.

    Args:
        tokens: of the text.
        names: of the cells, row by row.
        known: symbols with values.

    Returns:
        The cells; None where a row is missing.
    """
    vocabulary = Vocabulary(names)
    rows = vocabulary.rows()
    if not rows:
        return None
    width = len(names) // len(rows)
    found: dict[str, tuple[Value, ...]] = {}
    spots: list[int] = []
    for at, token in enumerate(tokens):
        row = vocabulary.match(token)
        if row not in rows:
            continue
        start = at + 1
        while start < min(len(tokens), at + _LEAD) and not _begins_numbers(tokens[start]):
            if vocabulary.match(tokens[start]) or tokens[start].kind is Kind.NEWLINE:
                break
            start += 1
        if start >= len(tokens) or not _begins_numbers(tokens[start]) or glued_before(tokens[start - 1 : start + 1], 1):
            continue
        listed = bracketed(tokens, start, known) if tokens[start].text == "(" else None
        listed = listed or unbracketed(tokens, start, known, least=width)
        if listed is not None and len(listed.values) == width and not glued_after(tokens, listed.last):
            found[row] = listed.values
            spots += [at, listed.last]
    if len(found) < len(rows):
        return None
    return Table(tuple(value for row in rows for value in found[row]), min(spots), max(spots), True)


def _begins_numbers(token: Token) -> bool:
    return opens_number(token) or token.text == "("
