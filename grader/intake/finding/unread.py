"""Places that are marked as the answer to a part, and do not read as one."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Any

from grader.answers import get_type
from grader.answers.base import Match
from grader.intake.finding import cues
from grader.intake.finding.asked import cued, phrases_of, symbols_of
from grader.intake.finding.ranks import Place, Rank, Text
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token, is_program_name
from grader.records import Part

_OF_MANY = frozenset({"each", "every", "all", "any", "per"})  # “for each kernel value:” does not announce the kernel
_VALUE_STARTS = (Kind.NUM, Kind.OPEN, Kind.COMMAND, Kind.NEWLINE)

_MARKS = frozenset({"\\boxed", ":", "is", "are", "=", "∈"})

_NEAR = 4
"""Words within which a cue stands before what it announces."""

_ALL = frozenset({"each", "every", "all"})


def unread_places(text: Text, candidates: Sequence[Match[Any]], part: Part) -> list[Place]:
    """Places that are marked as the answer, and in which no candidate begins.

    Args:
        text: in which they stand.
        candidates: runs of tokens that read as the part's type.
        part: whose symbols and cues count.
    """
    starts = sorted(match.first for match in candidates)
    covers = sorted((match.first, match.last) for match in candidates)
    symbols, phrases = symbols_of(part), phrases_of(part)
    symbols |= {_full(tokens[0]) for symbol in part.symbols if len(tokens := tokenize(symbol)) == 1}
    places: list[Place] = []
    ends = 0  # the end of the last place: one place for each stretch of text
    for at, token in enumerate(text.tokens):
        if token.text not in _MARKS:
            continue
        rank, first = _mark(text, at, symbols, phrases)
        if rank is Rank.CANDIDATE or (rank < Rank.BOXED and (at < ends or text.tried(at))):
            continue
        last = _extent(text.tokens, at + 1, boxed=token.text == "\\boxed")
        index = bisect.bisect_left(starts, first)
        covered = bisect.bisect_right(covers, (first, len(text.tokens))) - 1
        if last <= at + 1 or (index < len(starts) and starts[index] < last):
            continue
        if covered >= 0 and covers[covered][1] > first:
            continue
        ends = last
        in_words = get_type(part.type).in_words and rank >= Rank.FINAL
        said = text.tokens[at + 1 : last]
        if in_words or cues.is_mathematical(said) or any(map(is_program_name, said)):
            places.append(Place(text.tokens[first].start, text.tokens[last - 1].end, rank))
    return places


def _mark(text: Text, at: int, symbols: frozenset[str], phrases: frozenset[tuple[str, ...]]) -> tuple[Rank, int]:
    """The rank of what a token announces, and its first token; CANDIDATE where it announces nothing."""
    token = text.tokens[at]
    if token.text == "\\boxed":
        return Rank.BOXED, at + 1
    if token.text in (":", "is", "are"):
        lead = text.words[max(text.line(at), at - _NEAR) : at]
        if token.text == ":" and cues.occurs(lead, cues.FINAL) == len(lead) > 0:
            return Rank.FINAL, at + 1
        if not _ALL.isdisjoint(text.words[max(text.line(at), at - 2 * _NEAR) : at]):
            return Rank.CANDIDATE, at + 1  # “For each kernel element:” announces how, not what
        starts = at + 1 < len(text.tokens) and text.tokens[at + 1].kind in _VALUE_STARTS
        announces = starts and cued(lead, phrases) and not _OF_MANY & set(lead)
        return (Rank.STATED if announces else Rank.CANDIDATE), at + 1
    if token.text in ("=", "∈") and at and text.tokens[at - 1].kind is Kind.NAME:
        named = _full(text.tokens[at - 1]) in symbols
        return (Rank.STATED if named else Rank.CANDIDATE), at - 1
    return Rank.CANDIDATE, at + 1


def _full(token: Token) -> str:
    """A symbol with its subscript."""
    return f"{token.text}_{token.sub}" if token.sub else token.text


def _extent(tokens: Sequence[Token], at: int, *, boxed: bool) -> int:
    """The index past what a mark announces: the rest of its line; where there is none the next line, or the list."""
    if boxed:
        depth = 0
        for index in range(at, min(len(tokens), at + 200)):
            depth += (tokens[index].text == "{") - (tokens[index].text == "}")
            if depth == 0:
                return index + 1
        return at
    while at < len(tokens) and tokens[at].kind is Kind.NEWLINE:
        at += 1
    stop = min(len(tokens), at + 400)
    in_list = at < stop and tokens[at].kind is Kind.BULLET
    while at < stop and not (tokens[at].kind is Kind.NEWLINE and not (in_list and _item_below(tokens, at))):
        at += 1
    return at


def _item_below(tokens: Sequence[Token], at: int) -> bool:
    """Whether the line below the end of a line, or below the blank lines there, is another item of a list."""
    for token in tokens[at : at + 4]:
        if token.kind is not Kind.NEWLINE:
            return token.kind is Kind.BULLET
    return False
