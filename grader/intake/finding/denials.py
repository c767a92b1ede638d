"""What takes a value back in its own sentence: it is denied, turned round by a word beside it, or only supposed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

from grader.answers.base import Match
from grader.intake.finding import cues
from grader.maths.reading.tokens import Kind, Token

_BETWEEN_DENIAL = frozenset(
    {"equal", "to", "the", "be", "answer", "just", "simply", "option", "definitely", "choose", "pick"}
)
_VERBS = frozenset("is are was were would be looks seems cannot ) definitely clearly".split())
_QUOTES = frozenset("\"“”‘’'")
_ANYTHING_BUT = frozenset({("anything", "but"), ("everything", "but"), ("all", "but"), ("any", "but")})
_SIDES = frozenset("above below beyond larger smaller greater".split())

_BELIEF = frozenset("think believe agree accept confirm get".split())
"""Behind a denial: what follows is not held to be so."""

_OVER = frozenset(", ; : . but since because as so".split())
"""Behind a denied belief: what follows is said again."""

_IF = frozenset("if had were unless suppose supposing assuming with without then otherwise".split())
_WOULD = frozenset("would wouldn't i'd we'd you'd it'd they'd".split())
_SUPPOSING = _WOULD | {"only"}
_ONLY = frozenset("if when for where".split())


class _Sentences(Protocol):
    """A text whose sentences are known."""

    @property
    def tokens(self) -> Sequence[Token]:
        """All of it."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens as words, in lower case."""

    @property
    def vocabulary(self) -> frozenset[str]:
        """Which words occur."""

    def before(self, at: int) -> Sequence[str]:
        """The words of the sentence before a token."""

    def behind(self, at: int) -> Sequence[str]:
        """The words of the sentence from a token on."""


def denied(text: _Sentences, first: int, last: int, *, alone: bool = False) -> bool:
    """Whether a value is denied: “not 5”, “is not equal to 5”, “5 is wrong”, “I do not think that it is 5”.

    Args:
        text: in which it stands.
        first: index of its first token.
        last: index past its last token.
        alone: the value reads its own denials, and is denied only where it is quoted: “my answer "true" was wrong”.
    """
    if alone:
        return _quoted(text, first, last) and _refused(text, last)
    words, tokens = text.words, text.tokens
    for index in range(first, max(0, first - 6), -1):
        if tuple(words[max(0, index - 2) : index]) in _ANYTHING_BUT:
            return True
        if cues.denies(words[max(0, index - 2) : index]):
            return not (words[index - 1] == "not" and words[index : index + 1] == ["only"])
        token = tokens[index - 1]
        if token.kind is Kind.WORD and words[index - 1] not in _BETWEEN_DENIAL:
            break
        if token.kind not in (Kind.WORD, Kind.NAME) and token.text != "=" and token.text not in _QUOTES:
            break
    return _refused(text, last) or (not _BELIEF.isdisjoint(text.vocabulary) and _disbelieved(text.before(first)))


def _refused(text: _Sentences, last: int) -> bool:
    """Whether the words behind a value refuse it: “5 is wrong”, “"5" was not right”."""
    words, after = text.words, last
    while after < min(len(words), last + 5) and (words[after] in _VERBS or words[after] in _QUOTES):
        after += 1
    return last < after < len(words) and words[after] in cues.REFUSAL


def _quoted(text: _Sentences, first: int, last: int) -> bool:
    """Whether a value stands in quotation marks of its own."""
    beside = (*text.words[max(0, first - 1) : first], *text.words[last : last + 1])
    return len(beside) == 2 and all(word in _QUOTES for word in beside)


def _disbelieved(before: Sequence[str]) -> bool:
    """Whether the words before a value say that somebody does not hold what follows: “I don't think it is”."""
    for at in range(len(before) - 1, 0, -1):
        if before[at] in _OVER:
            return False
        if before[at] in _BELIEF and cues.denies(before[max(0, at - 2) : at]):
            return True
    return False


def supposed(text: _Sentences, match: Match[Any]) -> bool:
    """Whether a value is what something else would give, or only what a case does: “If it were so, we would get 5”.

    “5 would be the sum”, and “2A is the Hessian only if A is symmetric”, too.

    Args:
        text: in which it stands.
        match: the value.
    """
    if _SUPPOSING.isdisjoint(text.vocabulary):
        return False
    before, behind = text.before(match.first), text.behind(match.last)
    if behind[:1] == ["would"]:
        return "answer" not in behind
    if behind[:1] in (["is"], ["are"]) and any(a == "only" and b in _ONLY for a, b in pairwise(behind)):
        return True
    return bool(before) and before[0] in _IF and not _WOULD.isdisjoint(before)


def turned(text: _Sentences, match: Match[Any], *, number: bool = False, rounded: bool = False) -> bool:
    """Whether a word before or right after a value may turn its meaning round: “outside”, “the inverse of”.

    Args:
        text: in which it stands.
        match: the value.
        number: it is a number, of which “at least” and “about” make something else.
        rounded: it may be rounded, so that “about” says no more than that.
    """
    words = text.words
    after = words[match.last : match.last + 2]
    follows = after[:1] and (after[0] in cues.TURNING or after in (["but", "not"], ["only", "if"], ["only", "for"]))
    wary = cues.BOUND if rounded else cues.BOUND | cues.NEARLY
    bound = number and bool(wary & set(words[max(0, match.first - 1) : match.first]))
    near = words[match.last : match.last + 12]
    beyond = any(a in _SIDES and b in ("it", "that", "this", "which") for a, b in pairwise(near))
    return bool(follows) or bound or beyond or _is_operand(text, match) or cues.turns(text.before(match.first))


def _is_operand(text: _Sentences, match: Match[Any]) -> bool:
    """Whether words apply something to a value: “the inverse of the matrix I + A”, “I + A, inverted”."""
    at, after = match.first, [word for word in text.words[match.last : match.last + 3] if word != ","]
    while at > 0 and text.words[at - 1] in cues.OPERANDS:
        at -= 1
    of = at > 1 and text.words[at - 1] == "of" and text.words[at - 2] in cues.APPLIED
    return of or bool(after and after[0] in cues.APPLIED_AFTER and "of" not in after[1:2])
