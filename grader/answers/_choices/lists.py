"""Options in lists of letters or of texts as they are printed, with nothing but joints between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answers._choices.catalogue import Catalogue
from grader.maths.reading.tokens import Kind, Token, text_at

EVERY = frozenset({"all", "every", "everything", "each", "any"})
NONE = frozenset({"none", "nothing", "neither"})
DENIALS = frozenset(
    "not no except excluding without never cannot doesn't don't isn't aren't excepting save minus nor can't "
    "fixed frozen constant detached excluded omitted hyperparameter constants hyperparameters apart aside other "
    "exception".split()
)
_REASONS = frozenset({"because", "since", "as"})
JOINTS = frozenset("only just merely the and or also as well both a an of its our plus too with respect to".split())
_LETTER_LINKS = frozenset({"|", ".", "[", "]", "\\{", "\\}"}) | frozenset(
    "and options option letters answer answers is are only correct right true my i choose select to through "
    "final must be so hence best would".split()
)
_ANNOUNCING = frozenset("answer answers choice choices options selection".split())
_MOST_ANNOUNCING = 12
_LINKING = frozenset({"-", "–", "—", ":", "*", "&", "(", ")", "+", "{", "}", "/"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a stretch of text says about the options.

    Args:
        keys: the options that it affirms.
        first, last: its tokens.
        sweeping: it says “all” or “none”, or names letters: it is about all options, not one in passing.
    """

    keys: frozenset[str]
    first: int
    last: int
    sweeping: bool


def joins(token: Token) -> bool:
    """Whether a token may stand between options mentioned in one breath."""
    if token.kind is Kind.WORD:
        return token.text.lower() in JOINTS
    return token.kind in (Kind.SEP, Kind.BULLET, Kind.NEWLINE) or token.text in _LINKING


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token joins the ends of a range of letters: ``A-D``, “A to D”."""
    return tokens[at].kind is not Kind.BULLET and tokens[at].text in ("-", "–", "to", "through")


def labelled(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> Statement | None:
    """A list of options as they are printed: ``C: the sum, D: the mean``; their words need not be theirs alone."""
    keys: set[str] = set()
    at, begin = first, first
    while at < last:
        key = options.letter(tokens[at])
        text = options.text_at(tokens, at + 2) if key and text_at(tokens, at + 1) in (":", ")", ".") else None
        if text is not None and text[0] == key and text[1] <= last:
            begin = begin if keys else at
            keys.add(key)
            at = text[1]
            continue
        word = tokens[at].text.lower()
        if (keys and not joins(tokens[at])) or word in DENIALS | NONE | EVERY | {"or"}:
            return None
        at += 1
    return Statement(frozenset(keys), begin, last, True) if keys else None


def letters_only(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> Statement | None:
    """A list of letters with nothing but joints between: ``A, C and D``, ``(A) (C)``, ``ACD``, ``A, C, but not D``."""
    keys: set[str] = set()
    denied: set[str] = set()
    previous, denying = "", False
    for at in range(_announced(tokens, first, last), last):
        token = tokens[at]
        word = token.text.lower()
        key = options.letter(token)
        if denying and key:
            denied.add(key)
        elif key and previous and _is_range(tokens, at - 1):
            span = sorted((options.keys.index(previous), options.keys.index(key)))
            keys |= set(options.keys[span[0] : span[1] + 1])
        elif key:
            keys.add(key)
        elif token.kind is Kind.WORD and token.text.isupper() and set(token.text) <= set(options.keys):
            keys |= set(token.text)
        elif keys and (token.text in ("—", "–") or word in _REASONS):
            break
        elif keys and word in ("not", "without") and at + 1 < last:
            denying = True
        elif word == "but" and text_at(tokens, at + 1).lower() in ("not", "without"):
            continue
        elif word == "or" or not (joins(token) or word in _LETTER_LINKS):
            return None
        previous = key or previous
    else:
        at = last
    if not keys or keys & denied or (denying and not denied):
        return None
    return Statement(frozenset(keys), first, at, True)


def _announced(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the list begins that a sentence announces: “The complete answer is A, B”; else where the sentence does."""
    for at in range(first + 1, min(last - 1, first + _MOST_ANNOUNCING)):
        if tokens[at].text.lower() in ("is", "are", ":") and tokens[at - 1].text.lower() in _ANNOUNCING:
            before = {token.text.lower() for token in tokens[first:at]}
            return first if before & (DENIALS | NONE | {"or", "if"}) else at + 1
    return first
