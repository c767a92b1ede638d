"""Finding the answer to one part in the text of its sections.

Candidates are the runs of tokens that read as the part's type. They are ranked: boxed, then announced as
the final answer, then a statement about the asked symbol or under one of the part's cues, then the rest.
Among the best the last counts, for a later statement revises an earlier one; but two different final
answers without a word of revision between them are rivals, and so are “3 or 4”. What is denied (“not 5”)
or asked is no candidate. A place that is marked as the answer and cannot be read is reported as such:
nothing is picked from elsewhere to fill it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from grader.answers import get_type
from grader.answers.base import Match
from grader.intake.finding import cues
from grader.intake.finding.announced import (
    Stretch,
    announcements,
    closing,
    ending,
    raised,
    read_alone,
    under_heading,
    unread,
)
from grader.intake.finding.denials import denied, turned
from grader.intake.finding.ranks import AnswerKind, Place, Rank, Ranker, Text
from grader.intake.finding.siblings import DOUBT as DOUBT_OF_SIBLINGS
from grader.intake.finding.siblings import Owners
from grader.intake.finding.stands import listed
from grader.intake.finding.unread import unread_places
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token
from grader.records import Part

DOUBT = "answer-doubtful"
"""Code of the diagnostic on an answer that may not be meant as it reads."""

_MOST_RIVALS = 3
"""Of more different answers, the last ones are listed."""

_MOST_COMPARED = 20
"""Candidates with which each other one is compared; bounded, to keep finding linear."""

_MOST_BETWEEN = 12
"""Tokens between two candidates that are put side by side with “or”."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a part, as found.

    Args:
        place: where it stands.
        readable: it reads as the part's type.
        rivals: other final answers that differ from it.
        sole: it was the only candidate.
        values: what it and its rivals read as, where it is readable.
        doubt: why it may not be meant as it reads; "" if there is no doubt.
        plain: it and its rivals are all given as answers: announced, or put side by side with “or”.
        given: where the text says what symbols in it stand for.
    """

    place: Place
    readable: bool
    rivals: tuple[Place, ...] = ()
    sole: bool = False
    values: tuple[Any, ...] = ()
    doubt: str = ""
    plain: bool = False
    given: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run of tokens that reads as the part's type; ``turned`` where a word may turn its meaning round."""

    match: Match[Any]
    rank: Rank
    turned: bool = False


def find_answer(
    tokens: Sequence[Token],
    part: Part,
    *,
    own: bool = True,
    least_words: int = 3,
    code: Sequence[tuple[int, int]] = (),
    siblings: Sequence[Part] = (),
) -> Found | None:
    """The answer to a part in a stretch of text, as :func:`answer_in` finds it.

    Args:
        tokens: of the text.
        part, own, least_words, code, siblings: as there.
    """
    return answer_in(Text(tokens), part, own=own, least_words=least_words, code=code, siblings=siblings)


def answer_in(
    text: Text,
    part: Part,
    *,
    own: bool = True,
    least_words: int = 3,
    code: Sequence[tuple[int, int]] = (),
    siblings: Sequence[Part] = (),
) -> Found | None:
    """The answer to a part in a text.

    Args:
        text: which several parts may share.
        part: the question.
        own: the text stands under the part's own heading. Elsewhere only a statement about the asked symbol or
            under a cue counts, and nothing is reported as unreadable.
        least_words: a text of its own with fewer words, and no mathematics, is no answer.
        code: ranges of offsets that hold a program; what stands there counts only where nothing else does.
        siblings: parts of the same type that are answered in the same text; what stands under their cues, or is given
            to their symbols, is theirs.

    Returns:
        None where the text holds no answer.
    """
    kind: AnswerKind = get_type(part.type)
    tokens = text.tokens
    matches = text.matches(kind, part.options)
    stretches = _stretches(text, part) if own else []
    matches = read_alone(text, kind, part, matches, stretches)
    affirmed = [m for m in matches if not denied(text, m.first, m.last, alone=kind.reads_denials)]
    if matches and not affirmed:
        return None
    ranker = Ranker(text, part, own=own)
    how = {"number": part.type == "number", "rounded": bool(getattr(part.options, "rounded", False))}
    turns = [not kind.reads_denials and turned(text, m, **how) for m in affirmed]
    candidates = [
        _Candidate(m, raised(ranker.rank(m), m, stretches), turn) for m, turn in zip(affirmed, turns, strict=True)
    ]
    nowhere = unread_places(text, matches, part) + unread(text, matches, stretches) if own else []
    candidates, unclear = _own_among(text, candidates, part, siblings)
    if matches and not candidates:
        return None
    candidates = _outside(tokens, _after_revision(text, _ending(text, candidates) if own else candidates), code)
    candidates = _under_heading(text, candidates, stretches)
    if not own:  # a letter or word that stands somewhere is no answer
        least = Rank.FINAL if kind.in_words else Rank.STATED
        candidates = [c for c in candidates if c.rank >= least]
    if not candidates:
        return _unreadable(text, nowhere, least_words if own else None)
    candidates = _without_asides(text, _without_cases(text, candidates))
    candidates = _announced_after_boxes(kind, part, candidates)
    best = max(c.rank for c in candidates)
    finals = _without_remarks(kind, [c for c in candidates if c.rank == best])
    chosen = finals[-1]
    place = _place(tokens, chosen)
    if any(p.rank > best or (p.rank == best >= Rank.STATED and p.start > place.start) for p in nowhere):
        return _unreadable(text, nowhere, least_words if own else None)
    beside = _alternatives(text, candidates, chosen)
    earlier = _earlier(text, kind, part, candidates, finals)
    rivals = [
        c
        for c in earlier + [c for c in beside if c not in earlier]
        if kind.same(c.match.value, chosen.match.value, part.options) is False
    ]
    rivals = rivals[-_MOST_RIVALS:]
    places = tuple(_place(tokens, rival) for rival in rivals)
    values = tuple(c.match.value for c in (chosen, *rivals))
    plain = best >= Rank.FINAL or (bool(rivals) and all(rival in beside for rival in rivals))
    doubt = _doubt(chosen, best) or (DOUBT_OF_SIBLINGS if unclear else "")
    given = tuple(Place(tokens[a].start, tokens[b - 1].end, Rank.CANDIDATE) for a, b in chosen.match.given)
    return Found(place, True, places, len(candidates) == 1, values, doubt, plain, given)


def _stretches(text: Text, part: Part) -> list[Stretch]:
    """What a text announces as its answer, and what it ends in."""
    if part.type == "derivation":
        return []  # the way is the answer, not its end
    last = closing(text)
    return [*announcements(text), *([last] if last else [])]


def _ending(text: Text, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates, of which one states the answer that the text ends in, where no other does: “…, each h²: 2h²”."""
    last = ending(text) if candidates and max(c.rank for c in candidates) < Rank.STATED else None
    if last is None:
        return candidates

    def is_last(candidate: _Candidate) -> bool:
        match = candidate.match
        return candidate.rank is Rank.CANDIDATE and match.first <= last.first and match.last >= last.last

    return [replace(c, rank=Rank.STATED) if is_last(c) else c for c in candidates]


def _under_heading(text: Text, candidates: list[_Candidate], stretches: Sequence[Stretch]) -> list[_Candidate]:
    """The candidates without those above the heading of the answer that are marked no better than those under it."""
    start = under_heading(text, stretches)
    below = [c for c in candidates if c.match.first >= start and c.rank >= Rank.CANDIDATE]
    if not start or not below:
        return candidates
    best = max(c.rank for c in below)
    return [c for c in candidates if c.match.first >= start or c.rank >= Rank.FINAL or c.rank > best]


def _own_among(
    text: Text, candidates: list[_Candidate], part: Part, siblings: Sequence[Part]
) -> tuple[list[_Candidate], bool]:
    """The candidates that are not another part's, and whether it is unclear that they are this one's."""
    if not siblings or not candidates:
        return candidates, False
    owners = Owners(text.words, part, siblings)
    owned = [owners.owned(c.match.first, c.match.last, c.match.symbol) for c in candidates]
    own = [c for c, is_own in zip(candidates, owned, strict=True) if is_own]
    return (own, False) if own else ([c for c, is_own in zip(candidates, owned, strict=True) if is_own is None], True)


def _earlier(
    text: Text, kind: AnswerKind, part: Part, candidates: Sequence[_Candidate], finals: Sequence[_Candidate]
) -> list[_Candidate]:
    """The candidates before the chosen one, the last of ``finals``, that it neither revises nor refines."""
    chosen = finals[-1]
    earlier = list(finals[:-1]) if _all_count(kind, part, chosen.rank) else []
    if chosen.rank is Rank.CANDIDATE and text.closes(chosen.match):
        number = part.type == "number"
        chooses = any(kind.same(c.match.value, chosen.match.value, part.options) for c in earlier)
        # of what nothing marks, the one said in conclusion; who says one of several again has chosen it
        said = [c for c in earlier if text.says(c.match) and not (number and listed(text, c.match))]
        earlier = [] if chooses else said
    if kind.in_words and chosen.rank is Rank.STATED and text.concluded(chosen.match):
        verdicts = part.type == "classification"  # “True. So the claim is false” is a contradiction
        earlier = [c for c in earlier if text.concluded(c.match) or (verdicts and c.match.stated)]
    if part.type == "choice" and chosen.rank is Rank.STATED:  # nor does one option revise another in its sentence
        sentence = text.sentence(chosen.match.first)
        earlier += [c for c in candidates if c.rank is Rank.CANDIDATE and text.sentence(c.match.first) == sentence]
    conditional = chosen.match.first > 0 and text.words[chosen.match.first - 1] in ("for", "when", "if")
    return [c for c in earlier if conditional or not _refines(kind, part, chosen, c)]


def _announced_after_boxes(kind: AnswerKind, part: Part, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates from the announced final answer on, where boxes before it hold different values.

    Some writers box every intermediate result; what they then announce as the final answer is the answer.
    """
    boxed = [at for at, c in enumerate(candidates) if c.rank is Rank.BOXED]
    if len(boxed) < 2:
        return candidates
    after = [c for c in candidates[boxed[-1] + 1 :] if c.rank is Rank.FINAL]
    values = [candidates[at].match.value for at in boxed[-_MOST_RIVALS:]]
    differ = any(kind.same(values[-1], value, part.options) is False for value in values[:-1])
    return after if after and differ else candidates


def _without_cases(text: Text, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates without those that only look at a case, where another one states something.

    “[1, 4]. For λ > 4 the third direction is lost” states the first; so does “λ > 1; at λ = 1 they tie”.
    """

    def is_case(candidate: _Candidate) -> bool:
        at = candidate.match.first
        return candidate.rank < Rank.FINAL and at > 0 and text.words[at - 1] in cues.CONDITIONAL

    stating = [c for c in candidates if not is_case(c) and c.rank >= Rank.CANDIDATE]
    return stating or candidates


def _without_asides(text: Text, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates without those that a bracket behind another one adds: “O(log L) (its work is O(L log L))”."""

    def is_aside(at: int) -> bool:
        here, before = candidates[at].match.first, candidates[at - 1].match.last
        if text.sentence(here) > before or here - before > _MOST_BETWEEN:
            return False
        between = text.words[before:here]
        return between.count("(") > between.count(")") and not {"or", "maybe", "="} & set(between)

    return [c for at, c in enumerate(candidates) if at == 0 or c.rank >= Rank.FINAL or not is_aside(at)]


def _all_count(kind: AnswerKind, part: Part, best: Rank) -> bool:
    """Whether all candidates of the best rank are answers, so that different ones are rivals.

    Finals are. A statement about the asked symbol is revised by a later one, but one option does not revise
    another, and numbers that nothing marks as the answer do not revise one another.
    """
    return best is not Rank.STATED or kind.in_words or part.type == "interval"


def _refines(kind: AnswerKind, part: Part, chosen: _Candidate, other: _Candidate) -> bool:
    """Whether the chosen statement only narrows an earlier one of a derivation."""
    return chosen.rank < Rank.FINAL and kind.refines(chosen.match.value, other.match.value, part.options)


def _without_remarks(kind: AnswerKind, finals: list[_Candidate]) -> list[_Candidate]:
    """The candidates without those that only remark on another, such as “at λ = 1 both are equal”."""
    remarks, others = kind.is_remark, finals[-_MOST_COMPARED:]
    kept = [c for c in finals if not any(o is not c and remarks(c.match.value, o.match.value) for o in others)]
    return kept or finals


def _doubt(chosen: _Candidate, best: Rank) -> str:
    if chosen.turned:
        return "a word beside it may turn its meaning round"
    return "it is said in passing or as a question" if best is Rank.PASSING else ""


def find_in_text(text: str, part: Part) -> Found | None:
    """:func:`find_answer` in a whole reply that is about one part.

    Args:
        text: the reply; even a single word of it may be meant as the answer.
        part: the question.
    """
    code = [m.span() for m in _FENCED.finditer(text)] if "```" in text else ()
    return answer_in(Text(tokenize(text), text), part, least_words=1, code=code)


_FENCED = re.compile(r"^ {0,3}```[^`\n]*\n(?:(?! {0,3}```).*\n)*? {0,3}```", re.MULTILINE)


def _outside(
    tokens: Sequence[Token], candidates: list[_Candidate], code: Sequence[tuple[int, int]]
) -> list[_Candidate]:
    """The candidates outside of programs, where there are any."""
    if not code:
        return candidates
    starts = [start for start, _ in code]

    def in_code(candidate: _Candidate) -> bool:
        offset = tokens[candidate.match.first].start
        index = bisect.bisect_right(starts, offset) - 1
        return index >= 0 and offset < code[index][1]

    return [c for c in candidates if not in_code(c)] or candidates


def _place(tokens: Sequence[Token], candidate: _Candidate) -> Place:
    match = candidate.match
    return Place(tokens[match.first].start, tokens[match.last - 1].end, candidate.rank)


def _after_revision(text: Text, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates after the last word of revision that is followed by a plain statement."""
    starts = [c.match.first for c in candidates]
    highest_before = list(accumulate((c.rank for c in candidates), max))
    highest_after = list(accumulate((c.rank for c in reversed(candidates)), max))[::-1]
    for at in reversed(text.revisions):
        cut = bisect.bisect_left(starts, at)
        if 0 < cut < len(candidates) and highest_after[cut] >= min(Rank.STATED, highest_before[cut - 1]):
            return candidates[cut:]
    return candidates


def _alternatives(text: Text, candidates: Sequence[_Candidate], chosen: _Candidate) -> list[_Candidate]:
    """Candidates that the text puts beside the chosen one with “or”, on either side."""
    at = candidates.index(chosen)
    found: list[_Candidate] = []
    for step in (-1, 1):
        near, index = chosen, at + step
        while 0 <= index < len(candidates):
            first, last = sorted((near.match, candidates[index].match), key=lambda m: m.first)
            between = text.between(first.last, last.first)
            if len(between) > _MOST_BETWEEN or not {"or", "maybe", "vs"} & set(between) or "\n\n" in between:
                break
            if "simply" in between:  # “or more simply” says the same
                break
            near = candidates[index]
            found.append(near)
            index += step
    return found


def _unreadable(text: Text, unread: Sequence[Place], least: int | None) -> Found | None:
    """The best marked place that cannot be read, or the whole text where it looks like an answer."""
    if unread:
        rank = max(p.rank for p in unread)
        return Found([p for p in unread if p.rank == rank][-1], readable=False)
    content = [t for t in text.tokens if t.kind not in (Kind.NEWLINE, Kind.BULLET, Kind.PUNCT, Kind.SEP)]
    if least is None or not content:
        return None
    silent = len(content) < least or cues.occurs(text.words, cues.NO_ANSWER) >= 0 or text.asks_back
    if silent and not cues.is_mathematical(content):
        return None
    return Found(Place(content[0].start, content[-1].end, Rank.PASSING), readable=False)
