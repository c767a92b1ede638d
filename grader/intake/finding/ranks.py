"""How plainly a place in a text is marked as the answer to a part."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from grader.answers.base import AnswerType, Match
from grader.intake.finding import cues
from grader.intake.finding.asked import cued, letters, phrases_of, symbols_of
from grader.intake.finding.checking import check_stretches
from grader.intake.finding.commitments import commits
from grader.intake.finding.denials import supposed
from grader.intake.finding.foreign import is_a_name, of_another_part
from grader.intake.finding.stands import heads, inverted, listed
from grader.intake.finding.underlists import compared, general_lead, of_each
from grader.maths.reading.tokens import Kind, Token
from grader.records import Part

AnswerKind = AnswerType[Any, Any]

_NEAR = 30
"""Tokens within which a cue on the same line concerns a value."""

_SHORT = 6
"""Words at most in a line that announces a comparison."""

_BEHIND = 4
"""Tokens behind a cost in which it may be named."""

LINKS = frozenset({"in", "of", "for", "with", "by", "using", "the", "a", "an", "total", "overall", "parallel"})
"""Words that may stand between a value and the word for it behind it."""

_ANNOUNCES = frozenset({":", "is", "are", "be", "equals"})
"""At the end of a line: the next one says what."""

_CLOSING = 6
"""Most tokens, such as full stops, after the value that ends a text."""

_FORMULAS = frozenset({"expression", "matrix_expression", "shape"})
_COSTS = frozenset({"O", "Θ", "Ω"})
_IN_COST = 6
_THAT_IS = frozenset((word, "is") for word in ("that", "this", "which", "it"))
_REVISE = frozenset(phrase[-1] for phrase in cues.REVISION)


class Rank(IntEnum):
    """How plainly a place is marked as the answer."""

    PASSING = 0  # said in passing: a check, an example, a question, a reason
    CANDIDATE = 1  # reads as the type
    STATED = 2  # about the asked symbol, under a cue, or by its form
    FINAL = 3  # announced as the answer
    BOXED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text.

    Args:
        start: offset of its first character in the document.
        end: offset past its last character.
        rank: how plainly it is marked as the answer.
    """

    start: int
    end: int
    rank: Rank


class Text:
    """Tokens with what is often asked about their lines and sentences; every answer costs little.

    Args:
        tokens: of the text.
        raw: the text itself, to whose characters the tokens' offsets belong; "" where only the tokens are known.
    """

    def __init__(self, tokens: Sequence[Token], raw: str = "") -> None:
        self.tokens = tokens
        self.raw = raw
        self.words = cues.spelled(tokens)
        self._found: list[tuple[AnswerKind, object, list[Match[Any]]]] = []

    def matches(self, kind: AnswerKind, options: Any) -> Sequence[Match[Any]]:
        """What reads as an answer of a type; it is looked for once, also where several parts ask for the same.

        Args:
            kind: the type.
            options: of the part.
        """
        for known, asked, found in self._found:
            if known is kind and asked == options:
                return found
        found = list(kind.find(self.tokens, options))
        self._found.append((kind, options, found))
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Which words occur."""
        return frozenset(self.words)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at + 1 for at, token in enumerate(self.tokens) if token.kind is Kind.NEWLINE)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        ends = (at + 1 for at, token in enumerate(self.tokens) if token.text in (".", "!", "?") and self.stops(at))
        return sorted({*self._line_starts, *ends})

    @cached_property
    def _checks(self) -> list[tuple[int, int]]:
        return check_stretches(self.tokens, self.words)

    def stops(self, at: int) -> bool:
        """Whether a sentence ends at a token: not in “e.g.”, nor in a number."""
        abbreviated = at > 0 and len(self.words[at - 1]) == 1 and self.words[at - 1] in "egi"
        follows = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return self.tokens[at].kind is Kind.PUNCT and not abbreviated and (follows is None or follows.space)

    def line(self, at: int) -> int:
        """The first token of the line of a token."""
        return self._line_starts[bisect.bisect_right(self._line_starts, at) - 1]

    def sentence(self, at: int) -> int:
        """The first token of the sentence of a token, at most ``2 * _NEAR`` before it."""
        return max(self._sentence_starts[bisect.bisect_right(self._sentence_starts, at) - 1], at - 2 * _NEAR)

    def before(self, at: int) -> Sequence[str]:
        """The words of the sentence before a token."""
        return self.words[self.sentence(at) : at]

    def leading(self, at: int) -> Sequence[str]:
        """The words before a place in its sentence, or those before them that announce it (“Answer. 5”)."""
        own = self.words[max(self.sentence(at), at - _NEAR) : at]
        if own:
            return own
        earlier = self.words[max(self.line(at), at - _NEAR) : at]
        return earlier if 0 < len(earlier) <= 4 else self.line_before(at)

    def line_before(self, at: int) -> Sequence[str]:
        """The words of the line before, where it announces this one: it ends in a colon or “is”, or is short."""
        end = self.line(at)
        while end > 0 and self.tokens[end - 1].kind in (Kind.NEWLINE, Kind.BULLET):
            end -= 1
        first = max(self.line(end - 1), end - _NEAR) if end else 0
        first = max(first, self.sentence(end - 1)) if 0 < end - self.sentence(end - 1) <= 3 else first
        announces = end > first and (self.words[end - 1] in _ANNOUNCES or end - first <= 3)
        return self.words[first:end] if announces else ()

    def between(self, first: int, last: int) -> Sequence[str]:
        """The words between two places, without what stands in brackets of its own: “P(A or B) =”.

        Args:
            first: index past the last token of the one.
            last: index of the first token of the other.
        """
        if last - first > 2 * _NEAR:
            return self.words[first:last]
        kept: list[str] = []
        opened: list[int] = []
        for at in range(first, last):
            if self.tokens[at].kind is Kind.OPEN:
                opened.append(len(kept))
            kept.append(self.words[at])
            if self.tokens[at].kind is Kind.CLOSE and opened:
                del kept[opened.pop() :]
        return kept

    def asked(self, at: int) -> bool:
        """Whether the sentence that goes on at a token ends in a question mark."""
        for index in range(at, min(len(self.tokens), at + _NEAR)):
            if self.tokens[index].kind is Kind.NEWLINE or self.words[index] in (".", "!"):
                return False
            if self.words[index] == "?":
                return True
        return False

    @property
    def asks_back(self) -> bool:
        """Whether the text ends in a question to whoever asked: “May I use the lecture?”, not “Is it a circle?”"""
        last = len(self.tokens)
        while last and self.tokens[last - 1].kind is Kind.NEWLINE:
            last -= 1
        return self.words[last - 1 : last] == ["?"] and not cues.ASKER.isdisjoint(self.before(last - 1))

    def tried(self, at: int) -> bool:
        """Whether a token stands under the heading of a check."""
        index = bisect.bisect_right(self._checks, (at, len(self.tokens) + 1)) - 1
        return index >= 0 and at < self._checks[index][1]

    def behind(self, at: int) -> Sequence[str]:
        """The words of the sentence from a token on, at most ``_NEAR``."""
        starts = self._sentence_starts
        index = bisect.bisect_right(starts, at)
        end = starts[index] if index < len(starts) else len(self.tokens)
        return self.words[at : min(end, at + _NEAR)]

    def says(self, match: Match[Any]) -> bool:
        """Whether a value is what a sentence or clause says of a subject, and ends it: “The fee is 250.”

        Args:
            match: the value.
        """
        before = self.words[max(0, match.first - 2) : match.first]
        if not before or before[-1] not in cues.COPULA or before[0] == "there":
            return self.alone(match)
        after = self.tokens[match.last] if match.last < len(self.tokens) else None
        return after is None or after.kind in (Kind.NEWLINE, Kind.CLOSE) or after.text in (*".!;,", "and")

    def ends_sentence(self, at: int) -> bool:
        """Whether nothing of a sentence stands from a token on but its end."""
        return at >= len(self.tokens) or self.tokens[at].kind is Kind.NEWLINE or self.words[at] in (".", "!", ";")

    def concluded(self, match: Match[Any]) -> bool:
        """Whether a value is introduced as a conclusion: “So: all four”.

        Args:
            match: the value.
        """
        return cues.concludes(self.leading(match.first))

    def alone(self, match: Match[Any]) -> bool:
        """Whether a value is all of its line.

        Args:
            match: the value.
        """
        before = self.tokens[match.first - 1].kind if match.first else Kind.NEWLINE
        last = match.last + (self.words[match.last : match.last + 1] in ([","], [";"]))
        after = self.tokens[last].kind if last < len(self.tokens) else Kind.NEWLINE
        return after is Kind.NEWLINE and before in (Kind.NEWLINE, Kind.BULLET)

    def closes(self, match: Match[Any]) -> bool:
        """Whether what a value says ends the text.

        Args:
            match: the value.
        """
        rest = self.tokens[match.last : match.last + _CLOSING + 1]
        ends = len(rest) <= _CLOSING and all(t.kind in (Kind.NEWLINE, Kind.CLOSE) or t.text in ".!" for t in rest)
        return ends and self.says(match)

    @cached_property
    def revisions(self) -> list[int]:
        """Tokens at which words of revision begin or end."""
        return [
            at
            for at, word in enumerate(self.words)
            if word in _REVISE
            and self.tokens[at].kind in (Kind.WORD, Kind.NAME)
            and any(tuple(self.words[max(0, at + 1 - n) : at + 1]) in cues.REVISION for n in (1, 2, 3))
        ]


class Ranker:
    """Ranks the candidates for one part.

    Args:
        text: in which they stand.
        part: whose symbols and cues count.
        own: the text is about the part; elsewhere a conclusion may be that of another.
    """

    def __init__(self, text: Text, part: Part, *, own: bool = True) -> None:
        self.text = text
        self.own = own
        self.symbols = symbols_of(part)
        self.phrases = phrases_of(part)
        self.beside = cues.BESIDE.difference(*self.phrases)  # “naive:” is no aside where the naive cost is asked
        self.label = part.label
        self.number = part.type == "number"
        self.alone = part.type in ("number", "choice", "expression")
        self.single = part.type in ("number", "choice")  # “λ may be at most 4” is no hedge
        self.cost = part.type == "growth"
        self.work = self.cost and bool({("work",), ("cost",)} & self.phrases)
        self.sequence = bool(getattr(part.options, "index", ""))  # of formulas in an index
        self.formulas = part.type in _FORMULAS or self.sequence

    def rank(self, match: Match[Any]) -> Rank:
        """The rank of one candidate.

        Args:
            match: a run of tokens of the text that reads as the part's type.
        """
        text, at = self.text, match.first
        if self._boxed(at) or any(token.text == "\\boxed" for token in text.tokens[at : match.last]):
            return Rank.BOXED
        before = text.before(at)
        if self._is_set_beside(before) or before[-1:] == ["from"] or cues.foils(before):
            return Rank.PASSING
        if self.sequence and match.symbol and self.symbols and not letters(match.symbol) & self.symbols:
            return Rank.PASSING  # “the answer with D = 0”
        announced = cues.occurs(text.leading(at), cues.FINAL) >= 0 or commits(before)
        if supposed(text, match) or of_another_part(before, self.label) or (self.number and is_a_name(before)):
            return Rank.PASSING
        if text.asked(match.last) or (len(before) > 1 and cues.explains(before)) or cues.grants(before):
            return Rank.PASSING
        if announced:
            return Rank.FINAL
        named = (before[-1:] == [":"] and cued(before[-4:], self.phrases)) or self._said_to_be_it(match)
        tried = text.tried(at) and not named
        if tried or cues.occurs(before, cues.CHECK) >= 0 or (self.single and cues.hedges(before)):
            return Rank.PASSING
        if self.formulas and (self._of_something_else(match) or self._is_mention(match)):
            return Rank.PASSING
        if self.cost and cues.of_one_step(before, text.words[match.last : match.last + 2]):
            # the steps may be taken at the same time, so that the depth of one is that of all
            return Rank.PASSING if self.work else Rank.CANDIDATE
        if self.cost and (cues.of_steps(before) or cues.is_factor(before, text.words[match.last : match.last + 9])):
            return Rank.PASSING
        if self.work and not cues.WHOLE & set(before) and of_each(text, at):
            return Rank.PASSING
        if match.stated or (match.symbol and match.symbol.partition("_")[0] in self.symbols):
            return Rank.STATED
        lead = text.leading(at)
        given = self.formulas and bool(self.symbols) and " " in match.symbol  # “so det J = 2” says no J
        concludes = self.own and cues.concludes(lead) and not given and not (self.alone and listed(text, match))
        stated = cued(lead, self.phrases) or concludes or self._named_behind(match)
        stated = stated or inverted(text, match) or heads(text, match)
        stated = stated or list(lead[-2:]) == ["simply", ":"] or self._labelled_cost(before)
        stated = stated or (self.cost and cued(general_lead(text, at), self.phrases))
        return Rank.STATED if stated and not compared(text, at) else Rank.CANDIDATE

    def _is_set_beside(self, before: Sequence[str]) -> bool:
        """Whether a value is what the answer is set against, and not the asked one: “the naive recursion instead:”."""
        asides = self.beside & set(before[-3:])
        own = before[-2:] == ["instead", ":"] and cued(before[-6:-2], self.phrases)
        return bool(asides) and not (own and asides == {"instead"})

    def _said_to_be_it(self, match: Match[Any]) -> bool:
        """Whether the sentence goes on by saying that a value is what is asked: “…; that is the critical path”."""
        behind = self.text.behind(match.last)
        said = next((at for at, pair in enumerate(pairwise(behind)) if pair in _THAT_IS), -1)
        return 0 <= said <= 1 and cued(behind[said + 2 :], self.phrases)

    def _labelled_cost(self, before: Sequence[str]) -> bool:
        """Whether a word for costs and a colon stand right before: “Critical path: O(log n)”."""
        return self.cost and list(before[-1:]) == [":"] and not cues.COST_LABELS.isdisjoint(before[-2:-1])

    def _named_behind(self, match: Match[Any]) -> bool:
        """Whether a cost is followed by the word for it: “Complexity: O(n) work”, “takes O(n) operations”."""
        before = self.text.before(match.first)
        listed = ":" in before and before[-1] in (":", ",", "and")
        if not self.cost or not (listed or (before and before[-1] in cues.TAKES)):
            return False
        words = self.text.words[match.last : match.last + _BEHIND]
        while words and words[0] in LINKS:
            words = words[1:]
        return any(cued(words[:length], self.phrases) for length in (1, 2) if words[length - 1 : length])

    def _of_something_else(self, match: Match[Any]) -> bool:
        """Whether a formula is a cost, or is given to a symbol that is not asked: “let α = pᵀp”, “in O(n)”.

        What it is given to may be an expression; one that is not asked may be the asked one in other words.
        """
        for at in range(match.first, max(-1, match.first - _IN_COST), -1):  # “O(n log d)”, and what is in it
            if self.text.tokens[at].text in _COSTS and self.text.words[at + 1 : at + 2] == ["("]:
                return ")" not in self.text.words[at : match.first]
        named = bool(match.symbol) and " " not in match.symbol
        return bool(self.symbols) and named and not letters(match.symbol) & self.symbols

    def _is_mention(self, match: Match[Any]) -> bool:
        """Whether a formula is one letter that a sentence only speaks of: “the weights α are linear in q”."""
        letter = match.last - match.first == 1 and self.text.tokens[match.first].kind is not Kind.WORD
        if not letter or self.text.alone(match):
            return False
        before = self.text.words[max(0, match.first - 1) : match.first]
        if before and before[0] in cues.CONCLUSION:
            return not self.text.ends_sentence(match.last)  # “so b.”
        return not before or not (before[0] in cues.COPULA or before[0] in ("=", ":", "≡", "equals", "answer"))

    def _boxed(self, at: int) -> bool:
        """Whether a token stands in a box, after at most a name and an equals sign in it."""
        tokens = self.text.tokens
        for index in range(at - 1, max(-1, at - 12), -1):
            if tokens[index].text == "\\boxed":
                return True
            if tokens[index].kind in (Kind.NEWLINE, Kind.PUNCT) or tokens[index].text == "}":
                return False
        return False
