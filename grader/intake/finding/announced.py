"""What a text announces as its final answer: behind “Answer:” or “the answer is”, or under a heading that says so.

What stands there is the answer, also where it does not read as one in a sentence: it is then read by itself, as a bare
answer would be. Where that fails, too, it is reported as unreadable, and nothing else takes its place.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from grader.answers.base import Match
from grader.diagnostics import AnswerError
from grader.intake.finding import cues
from grader.intake.finding.ranks import AnswerKind, Place, Rank, Text
from grader.maths.reading.tokens import Kind, Token
from grader.records import Part

_LAST = frozenset(phrase[-1] for phrase in cues.FINAL)
"""The last words of phrases that announce."""

_LINKS = frozenset({":", "is", "are"})
_PASSED = frozenset(": therefore thus then hence simply indeed just given by".split())
"""May stand between “is” and what it announces."""

_TITLE = frozenset("my our the final short full complete overall result and answer answers - . ( )".split())
"""Words of a heading above a final answer."""

_NO_ANNOUNCEMENT = frozenset(
    "you your they he she someone somebody friend student if whether unless would could might should may asks asked "
    "format write writing put state report before until after once not never isn't cannot each every any wrong "
    "previous earlier old intermediate textbook book".split()
)
"""In the sentence before “answer”: it is planned, supposed, denied, somebody else's, or of something else."""

_PLANS = frozenset("to will now us can must".split())
_PLANNED = frozenset("find get reach compute give obtain determine calculate".split())
"""“To find the final answer:” announces the way, not what comes out."""

_TURNS = frozenset({"but", "however", ";", "still", "nevertheless"})

_ELSEWHERE = frozenset(
    "not no n't isn't above below following follows unknown unclear same unchanged before previous earlier still left "
    "obtained found computed determined derived clear obvious correct right wrong true false ? because".split()
)
"""As the first words of what would be announced: it is not said here, denied, or only spoken about."""

_MOST = 300
"""Characters of an announced answer that is read by itself."""

_FEW_WORDS = 3
"""Words of prose in a stretch that is a formula all the same."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an announcement introduces.

    Args:
        first: index of its first token.
        last: index past its last token.
        heading: it stands in a line below, as under a heading.
        final: it is announced as the answer; else the text only ends in it: “I get 5.”
        shown: the text ends in it, and does not say that it comes out.
        blank: nothing is said where the answer is announced, or that there is none: “Answer: ???”
    """

    first: int
    last: int
    heading: bool = False
    final: bool = True
    shown: bool = False
    blank: bool = False


def announcements(text: Text) -> list[Stretch]:
    """What a text announces as its final answer, in order; of announcements in one another, what the inner one does.

    Args:
        text: the text.
    """
    found: list[Stretch] = []
    if _LAST.isdisjoint(text.words):
        return found
    for at, word in enumerate(text.words):
        first = _introduced(text, at) if word in _LAST else 0
        if not first:
            continue
        inner = bool(found) and first < found[-1].last
        last = found[-1].last if inner else _end(text, first, at)
        if last > first:
            given_up = cues.occurs(text.words[first : min(last, first + _FIRST_WORDS)], cues.GIVEN_UP) >= 0
            found[-1 if inner else len(found) :] = [Stretch(first, last, text.line(first) > at, blank=given_up)]
        elif not inner and word in _ONE:
            marks = _marks(text, first)
            found.append(Stretch(min(at, marks - 1), marks, blank=True))
    return found


_FIRST_WORDS = 8
"""In which an announcement says that there is no answer: “The answer is: I don't know”."""

_ONE = frozenset({"answer", "result", "ans"})
"""“Final answers:” may stand above those to other parts."""


def _marks(text: Text, first: int) -> int:
    """The end of the marks that stand in place of an answer: “???”."""
    while first < len(text.tokens) and text.tokens[first].kind is Kind.PUNCT:
        first += 1
    return first


def _introduced(text: Text, at: int) -> int:
    """The first token of what the word “answer” at a token announces; 0 where it announces nothing."""
    tokens, words = text.tokens, text.words
    begin, after = text.line(at), at + 1
    if tokens[at].kind is not Kind.WORD or after >= len(tokens):
        return 0
    if tokens[after].kind is Kind.NEWLINE:
        return _next(text, after) if _is_title(text, begin, after) else 0
    if words[after] not in _LINKS or cues.occurs(words[max(begin, at - 1) : after], cues.FINAL) < 0:
        return 0
    if _is_none(words[max(text.sentence(at), at - 8) : at]):
        return 0
    after += 1
    while after < len(tokens) and words[after] in _PASSED:
        after += 1
    return _next(text, after) if words[after - 1] == ":" else after


def _is_none(before: Sequence[str]) -> bool:
    """Whether the words of a sentence before “answer” plan or suppose one, deny it, or say that it is another's."""
    turn = max((at + 1 for at, word in enumerate(before) if word in _TURNS), default=0)
    before = before[turn:]  # “I am not sure, but my answer is”
    planned = any(a in _PLANS and b in _PLANNED for a, b in pairwise(before))
    return planned or not _NO_ANNOUNCEMENT.isdisjoint(before)


def _is_title(text: Text, first: int, last: int) -> bool:
    """Whether a line is the heading of an answer, and nothing but that."""
    kinds, words = text.tokens, text.words
    return all(words[at] in _TITLE or kinds[at].kind in (Kind.BULLET, Kind.NUM) for at in range(first, last))


def _next(text: Text, at: int) -> int:
    """The first token from ``at`` on that stands in a line."""
    while at < len(text.tokens) and text.tokens[at].kind is Kind.NEWLINE:
        at += 1
    return at


def _end(text: Text, first: int, at: int) -> int:
    """Where what is announced ends: its sentence or line; below an announcement the paragraph or the list.

    Args:
        text: the text.
        first: the first token of what is announced.
        at: a token of the announcement.
    """
    tokens = text.tokens
    below = text.line(first) > at
    last = first
    while last < len(tokens):
        token = tokens[last]
        if token.kind is Kind.NEWLINE and not (below and (token.text != "\n\n" or _lists(text, first, last))):
            break
        if not below and token.text in ".!?" and text.stops(last):
            break
        last += 1
    while last > first and _ends(tokens[last - 1]):
        last -= 1
    return last


def _ends(token: Token) -> bool:
    """Whether a token behind an answer is no part of it; “‰” is."""
    return token.kind is Kind.NEWLINE or (token.kind in (Kind.PUNCT, Kind.SEP) and token.text in ".!?,;:")


def _lists(text: Text, first: int, at: int) -> bool:
    """Whether a list that begins at ``first`` goes on behind the blank line at a token."""
    kinds = [token.kind for token in (text.tokens[first], *text.tokens[at + 1 : at + 2])]
    return kinds == [Kind.BULLET, Kind.BULLET] and not text.tokens[at + 1].text.startswith("#")


def closing(text: Text) -> Stretch | None:
    """What a text says last where that is short and said of “it”, or as what comes out: “I get 5.”, “It is 5.”

    Args:
        text: the text.
    """
    tokens, words = text.tokens, text.words
    last = len(tokens)
    while last and _ends(tokens[last - 1]):
        if words[last - 1] == "?":
            return None
        last -= 1
    if not last:
        return None
    begin = last - 1
    while begin and last - begin < 2 * _MOST_CLOSING and tokens[begin - 1].kind is not Kind.NEWLINE:
        if tokens[begin - 1].text in ".!?" and text.stops(begin - 1):
            break
        begin -= 1
    first = begin + 1 if words[begin] in ("so", "thus", "hence", "therefore", "then") else begin
    if follows := _follows(text, begin, last):
        first = follows
    elif tuple(words[first : first + 2]) in _COMES_OUT:
        first += 2
    else:
        return _lone_line(text, last)
    return Stretch(first, last, final=False) if 0 < last - first <= _MOST_CLOSING else None


def _follows(text: Text, begin: int, last: int) -> int:
    """The first token of what a sentence says follows, without a word of prose: “it is a column, so b”; else 0."""
    for at in range(last - 1, begin, -1):
        if text.tokens[at].kind is Kind.WORD and len(text.tokens[at].text) > 1:
            opens = text.words[at] in _SO and text.words[at - 1] in (",", ";", "and", "—", "–")
            bare = "=" not in text.words[at:last]
            return at + 1 if opens and bare and at + 1 < last else 0
    return 0


_SO = frozenset({"so", "hence", "thus", "therefore"})


def ending(text: Text) -> Stretch | None:
    """What stands behind the last colon or arrow of a text, in its last line: “W_W and W_N have h² each: 2h²”.

    Args:
        text: the text.
    """
    last = len(text.tokens)
    while last and _ends(text.tokens[last - 1]):
        last -= 1
    begin = text.line(last - 1) if last else 0
    for at in range(last - 1, begin, -1):
        ratio = text.tokens[at].space and text.tokens[at - 1].kind is Kind.NUM  # “3 : 4”
        if text.words[at] == "⇒" or (text.words[at] == ":" and not ratio):
            return Stretch(at + 1, last, final=False) if at + 1 < last else None
    return None


def _lone_line(text: Text, last: int) -> Stretch | None:
    """The line that ends at a token, where it is a paragraph of its own without a word of prose: “4, 4”."""
    first, tokens = text.line(last - 1), text.tokens
    apart = first == 0 or tokens[first - 1].text == "\n\n"
    prose = any(token.kind in (Kind.WORD, Kind.BULLET) and len(token.text) > 1 for token in tokens[first:last])
    return (
        Stretch(first, last, final=False, shown=True) if apart and not prose and last - first <= _MOST_CLOSING else None
    )


_COMES_OUT = frozenset(
    [(who, verb) for who in ("i", "we") for verb in ("get", "find", "obtain", "got", "found", "obtained", "say")]
    + [(it, verb) for it in ("it", "this", "that") for verb in ("is", "gives")]
    + [("it's", "just")]
)
"""The beginning of a sentence that says what comes out."""

_MOST_CLOSING = 40


def read_alone(
    text: Text, kind: AnswerKind, part: Part, matches: Sequence[Match[Any]], stretches: Sequence[Stretch]
) -> Sequence[Match[Any]]:
    """What was found in a text, and the stretches that read as an answer by themselves only.

    Args:
        text: the text.
        kind: the type of the part. Of words the whole stretch counts, also where some of them say something in a
            sentence: “Answer: A: the keys, B”.
        part: the question.
        matches: what was found in the text, in order.
        stretches: of the text.
    """
    for stretch in stretches:
        met = _met(matches, stretch)
        if met and (not kind.in_words or met[0].first <= stretch.first):
            continue
        said = text.raw[text.tokens[stretch.first].start : text.tokens[stretch.last - 1].end]
        if not said or len(said) > _MOST:
            continue
        try:
            value = kind.read(said, part.options)
        except AnswerError:
            continue
        alone = Match(stretch.first, stretch.last, value, stated=not stretch.shown)
        matches = sorted([alone, *(match for match in matches if match not in met)], key=lambda match: match.first)
    return matches


def _met(matches: Sequence[Match[Any]], stretch: Stretch) -> Sequence[Match[Any]]:
    """The answers found that meet a stretch."""
    last = bisect.bisect_left(matches, stretch.last, key=lambda match: match.first)
    first = last
    while first and matches[first - 1].last > stretch.first:
        first -= 1
    return matches[first:last]


def raised(rank: Rank, match: Match[Any], stretches: Sequence[Stretch]) -> Rank:
    """The rank of a candidate that is all that an announcement introduces, or holds all of it.

    Args:
        rank: by itself.
        match: the candidate.
        stretches: of the text.
    """
    if Rank.PASSING < rank < Rank.FINAL:
        for stretch in stretches:
            if not stretch.shown and match.first <= stretch.first and match.last >= stretch.last:
                rank = max(rank, Rank.FINAL if stretch.final else Rank.STATED)
    return rank


def _speaks(text: Text, stretch: Stretch) -> bool:
    """Whether a stretch only speaks of an answer that is not said in it: “not 5”, “given below”."""
    return not _ELSEWHERE.isdisjoint(text.words[stretch.first : min(stretch.last, stretch.first + 2)])


def unread(text: Text, matches: Sequence[Match[Any]], stretches: Sequence[Stretch]) -> list[Place]:
    """The places that are announced as the answer, look like formulas, and read as none.

    Args:
        text: the text.
        matches: what was found in it, and in stretches by themselves.
        stretches: of the text.
    """
    places: list[Place] = []
    for stretch in stretches:
        if not stretch.final or _met(matches, stretch) or (_speaks(text, stretch) and not stretch.blank):
            continue
        said = text.tokens[stretch.first : stretch.last]
        prose = sum(token.kind is Kind.WORD and len(token.text) > 1 for token in said)
        written = prose <= _FEW_WORDS and prose < len(said) and text.tokens[stretch.last - 1].text != ":"
        if written or stretch.blank:
            start, end = text.tokens[stretch.first].start, text.tokens[stretch.last - 1].end
            places.append(Place(start, end, Rank.FINAL))
    return places


def under_heading(text: Text, stretches: Sequence[Stretch]) -> int:
    """The first token under the last heading that announces the answer; 0 if there is none.

    Args:
        text: the text.
        stretches: of the text.
    """
    return max((stretch.first for stretch in stretches if stretch.heading), default=0)
