"""Finding the answer to one part in the text of its sections.

Candidates are the runs of tokens that read as the part's type. They are ranked: boxed, then announced as
the final answer, then a statement about the asked symbol or under one of the part's cues, then the rest.
Among the best the last counts, for a later statement revises an earlier one; but two different final
answers without a word of revision between them are rivals, and so are “3 or 4”. What is denied (“not 5”)
or asked is no candidate. A place that is marked as the answer and cannot be read is reported as such:
nothing is picked from elsewhere to fill it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from grader.answers import get_type
from grader.answers.base import Match
from grader.intake import cues
from grader.maths.lexer import Kind, Token, tokenize
from grader.records import Part

_NEAR = 30
"""Tokens within which a cue on the same line concerns a value."""


_BETWEEN_DENIAL = frozenset({"equal", "to", "the", "be", "answer", "just", "simply"})


class Rank(IntEnum):
    """How plainly a place is marked as the answer."""

    PASSING = 0  # said in passing: a check, an example, a question
    CANDIDATE = 1  # reads as the type
    STATED = 2  # about the asked symbol, under a cue, or by its form
    FINAL = 3  # announced as the answer
    BOXED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text: offsets, and how plainly it is the answer."""

    start: int
    end: int
    rank: Rank


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a part, as found.

    Args:
        place: where it stands.
        readable: it reads as the part's type.
        rivals: other final answers that differ from it.
        sole: it was the only candidate.
        values: what it and its rivals read as, where it is readable.
    """

    place: Place
    readable: bool
    rivals: tuple[Place, ...] = ()
    sole: bool = False
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: Match[Any]
    rank: Rank


def find_answer(tokens: Sequence[Token], part: Part, *, own: bool = True, least_words: int = 3) -> Found | None:
    """The answer to a part in a stretch of text.

    Args:
        tokens: of the text.
        part: the question.
        own: the text stands under the part's own heading. Elsewhere only a statement about the asked symbol or
            under a cue counts, and nothing is reported as unreadable.
        least_words: a text of its own with fewer words, and no mathematics, is no answer.

    Returns:
        None where the text holds no answer.
    """
    kind = get_type(part.type)
    denies_itself = part.type == "choices"
    words = cues.spelled(tokens)
    matches = list(kind.find(tokens, part.options))
    affirmed = [m for m in matches if denies_itself or not _denied(tokens, words, m.first)]
    if matches and not affirmed:
        return None
    candidates = [_Candidate(match, _rank(tokens, words, match, part)) for match in affirmed]
    unread = _unread_places(tokens, words, candidates, part) if own else []
    candidates = _after_revision(tokens, words, candidates)
    if not own:
        candidates = [c for c in candidates if c.rank >= Rank.STATED]
    if not candidates:
        return _unreadable(tokens, words, unread, least_words if own else None)
    best = max(c.rank for c in candidates)
    finals = [c for c in candidates if c.rank == best]
    chosen = finals[-1]
    place = _place(tokens, chosen)
    if any(p.rank > best or (p.rank == best >= Rank.FINAL and p.start > place.start) for p in unread):
        return _unreadable(tokens, words, unread, least_words if own else None)
    others = finals[:-1] if best >= Rank.FINAL else _alternatives(tokens, words, finals)
    rivals = [c for c in others if kind.same(c.match.value, chosen.match.value, part.options) is False][-3:]
    places = tuple(_place(tokens, rival) for rival in rivals)
    return Found(place, True, places, len(candidates) == 1, tuple(c.match.value for c in (chosen, *rivals)))


def find_in_text(text: str, part: Part) -> Found | None:
    """:func:`find_answer` in a whole reply that is about one part."""
    return find_answer(tokenize(text), part, least_words=1)


def _place(tokens: Sequence[Token], candidate: _Candidate) -> Place:
    match = candidate.match
    return Place(tokens[match.first].start, tokens[match.last - 1].end, candidate.rank)


def _rank(tokens: Sequence[Token], words: Sequence[str], match: Match[Any], part: Part) -> Rank:
    if _boxed(tokens, match.first):
        return Rank.BOXED
    line = _line_start(tokens, match.first)
    sentence = max(line, _sentence_start(tokens, match.first, line))
    lead = words[max(line, match.first - _NEAR) : match.first]
    announced = cues.occurs(_leading(tokens, words, match.first, sentence, line), cues.FINAL) >= 0
    before = words[sentence : match.first]
    if _asked(tokens, match.last) or (cues.explains(before) and match.first - sentence > 1):
        return Rank.PASSING
    if announced:
        return Rank.FINAL
    if cues.occurs(before, cues.CHECK) >= 0:
        return Rank.PASSING
    if match.stated or _about_symbol(match.symbol, part):
        return Rank.STATED
    phrases = frozenset(tuple(cue.lower().split()) for cue in part.cues)
    announcing = lead or _line_before(tokens, words, line)
    return Rank.STATED if phrases and _cued(announcing, phrases) else Rank.CANDIDATE


def _leading(tokens: Sequence[Token], words: Sequence[str], at: int, sentence: int, line: int) -> Sequence[str]:
    """The words before a place: in its sentence, or those before it that announce it (“Answer. 5”)."""
    own = words[max(sentence, at - _NEAR) : at]
    if own:
        return own
    before = words[line:sentence]
    return before if 0 < len(before) <= 4 else _line_before(tokens, words, line)


def _line_before(tokens: Sequence[Token], words: Sequence[str], line: int) -> Sequence[str]:
    """The words of the line before, where it announces this one: it ends in a colon, or is short."""
    end = line
    while end > 0 and tokens[end - 1].kind in (Kind.NEWLINE, Kind.BULLET):
        end -= 1
    first = _line_start(tokens, end - 1) if end else 0
    announces = end > first and (words[end - 1] == ":" or end - first <= 3)
    return words[first:end] if announces else ()


def _cued(before: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    longest = max(len(phrase) for phrase in phrases)
    return any(
        tuple(before[start : start + length]) in phrases
        for start in range(len(before))
        for length in range(1, longest + 1)
    )


def _about_symbol(symbol: str, part: Part) -> bool:
    if not symbol or not part.symbols:
        return False
    name = symbol.partition("_")[0]
    return any(name == "".join(token.text for token in tokenize(s)) for s in part.symbols)


def _boxed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token stands in a box, after at most a name and an equals sign in it."""
    for index in range(at - 1, max(-1, at - 12), -1):
        if tokens[index].text == "\\boxed":
            return True
        if tokens[index].kind in (Kind.NEWLINE, Kind.PUNCT) or tokens[index].text == "}":
            return False
    return False


def _line_start(tokens: Sequence[Token], at: int) -> int:
    index = at
    while index > 0 and tokens[index - 1].kind is not Kind.NEWLINE and at - index < 400:
        index -= 1
    return index


def _sentence_start(tokens: Sequence[Token], at: int, line: int) -> int:
    for index in range(at - 1, line - 1, -1):
        if tokens[index].kind is Kind.PUNCT and tokens[index].text in ".!?" and tokens[min(index + 1, at)].space:
            return index + 1
    return line


def _asked(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence that goes on at a token ends in a question mark."""
    for index in range(at, min(len(tokens), at + _NEAR)):
        if tokens[index].kind is Kind.NEWLINE or tokens[index].text in (".", "!"):
            return False
        if tokens[index].text == "?":
            return True
    return False


def _denied(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    """Whether a denial stands right before a value: “not 5”, “is not equal to 5”, “isn't K = 5”."""
    for index in range(at - 1, max(-1, at - 6), -1):
        if words[index] in cues.DENIAL:
            return True
        if tokens[index].kind is Kind.WORD and words[index] not in (
            "equal",
            "to",
            "the",
            "be",
            "answer",
            "just",
            "simply",
        ):
            return False
        if tokens[index].kind not in (Kind.WORD, Kind.NAME) and words[index] != "=":
            return False
    return False


def _after_revision(tokens: Sequence[Token], words: Sequence[str], candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates after the last word of revision that is followed by a plain statement."""
    for at in range(len(words), 0, -1):
        if tokens[at - 1].kind not in (Kind.WORD, Kind.NAME):
            continue
        if not any(tuple(words[max(0, at - n) : at]) in cues.REVISION for n in (1, 2, 3)):
            continue
        later = [c for c in candidates if c.match.first >= at - 1]
        earlier = [c for c in candidates if c.match.first < at - 1]
        if later and earlier and max(c.rank for c in later) >= min(Rank.STATED, max(c.rank for c in earlier)):
            return later
    return candidates


def _alternatives(tokens: Sequence[Token], words: Sequence[str], finals: Sequence[_Candidate]) -> list[_Candidate]:
    """Candidates that the text puts beside the last one with “or”."""
    found: list[_Candidate] = []
    for one, other in zip(reversed(finals[:-1]), reversed(finals[1:]), strict=True):
        between = words[one.match.last : other.match.first]
        if len(between) > 12 or "or" not in between or "\n\n" in between:
            break
        found.append(one)
    return found


def _unread_places(
    tokens: Sequence[Token], words: Sequence[str], candidates: Sequence[_Candidate], part: Part
) -> list[Place]:
    """Places that are marked as the answer, and in which no candidate begins."""
    starts = [c.match.first for c in candidates]
    covered = [(c.match.first, c.match.last) for c in candidates]
    symbols = {"".join(t.text for t in tokenize(s)) for s in part.symbols}
    places: list[Place] = []
    for at, token in enumerate(tokens):
        rank, first = Rank.CANDIDATE, at + 1
        if token.text == "\\boxed":
            rank = Rank.BOXED
        elif token.text == ":" and cues.occurs(words[max(_line_start(tokens, at), at - 4) : at], cues.FINAL) == len(
            words[max(_line_start(tokens, at), at - 4) : at]
        ):
            rank = Rank.FINAL
        elif token.text in ("=", "∈") and at and tokens[at - 1].text in symbols and tokens[at - 1].kind is Kind.NAME:
            rank, first = Rank.STATED, at - 1
        if rank is Rank.CANDIDATE:
            continue
        last = _extent(tokens, at + 1, boxed=rank is Rank.BOXED)
        if last <= at + 1 or any(first <= s < last for s in starts) or any(a <= first < b for a, b in covered):
            continue
        if rank is not Rank.STATED and not cues.is_mathematical(tokens[at + 1 : last]) and part.type not in (
            "choice", "choices",
        ):  # fmt: skip
            continue
        places.append(Place(tokens[first].start, tokens[last - 1].end, rank))
    return places


def _extent(tokens: Sequence[Token], at: int, *, boxed: bool) -> int:
    """The index past what a mark announces: the rest of its line, or the next line where there is none."""
    if boxed:
        depth = 0
        for index in range(at, min(len(tokens), at + 2000)):
            depth += (tokens[index].text == "{") - (tokens[index].text == "}")
            if depth == 0:
                return index + 1
        return at
    while at < len(tokens) and tokens[at].kind is Kind.NEWLINE:
        at += 1
    while at < len(tokens) and tokens[at].kind is not Kind.NEWLINE:
        at += 1
    return at


def _unreadable(
    tokens: Sequence[Token], words: Sequence[str], unread: Sequence[Place], least: int | None
) -> Found | None:
    """The best marked place that cannot be read, or the whole text where it looks like an answer."""
    if unread:
        rank = max(p.rank for p in unread)
        return Found([p for p in unread if p.rank == rank][-1], readable=False)
    content = [t for t in tokens if t.kind not in (Kind.NEWLINE, Kind.BULLET, Kind.PUNCT, Kind.SEP)]
    if least is None or not content:
        return None
    if not cues.is_mathematical(content) and (len(content) < least or cues.occurs(words, cues.NO_ANSWER) >= 0):
        return None
    return Found(Place(content[0].start, content[-1].end, Rank.PASSING), readable=False)
