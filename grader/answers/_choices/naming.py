"""How an option is named in running text: by its letter, its text, a word that only it has, or its place."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers._choices.catalogue import Catalogue
from grader.maths.reading.numerals import NUMBERS
from grader.maths.reading.tokens import Kind, Token, text_at

AFFIRMING = frozenset("true correct right hold holds held valid yes apply applies remain remains t ✓ ✔ ✅".split())
DENYING = frozenset("false incorrect wrong fail fails failed untrue invalid no f ✗ ✘ ❌".split())
COUNTS = {word: count for word, count in NUMBERS.items() if count > 1}
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}
_WORDS_LIKE_LETTERS = frozenset({"a", "A", "i", "I"})
_AFTER_LETTERS = (
    AFFIRMING
    | DENYING
    | frozenset(
        "and or but nor not is are was were do does did don't doesn't isn't aren't because since as with without only "
        "through to except".split()
    )
)
"""After “a” and “I”, which are words of prose where another word follows."""
_AFTER_ORDINALS = frozenset(
    "and or one ones option options statement statements answer answers choice choices is are holds fails does".split()
)


def letter_at(tokens: Sequence[Token], at: int, options: Catalogue) -> str:
    """The option whose letter is a token; "" if there is none, or the token is an article or “I”.

    Args:
        tokens: of the text.
        at: index of the token.
        options: of the question.
    """
    key = options.letter(tokens[at])
    if key and tokens[at].text in _WORDS_LIKE_LETTERS and at + 1 < len(tokens):
        following = tokens[at + 1]
        if following.kind is Kind.WORD and following.text.lower() not in _AFTER_LETTERS:
            return ""
    return key


def subject(tokens: Sequence[Token], at: int, last: int, options: Catalogue) -> tuple[tuple[str, ...], int]:
    """The options that are named at a token, by their text, by a word that only one has, or as :func:`letters_at`.

    Args:
        tokens: of the text.
        at: index of the token.
        last: index past those that count.
        options: of the question.

    Returns:
        Their keys, none if nothing is named, and the index past the name.
    """
    if (text := options.text_at(tokens, at)) is not None and text[1] <= last:
        return (text[0],), text[1]
    keys, after = letters_at(tokens, at, last, options)
    if keys or tokens[at].kind not in (Kind.WORD, Kind.FUNC) or not (key := options.word(tokens[at])):
        return keys, after
    return (key,), at + 1


def letters_at(tokens: Sequence[Token], at: int, last: int, options: Catalogue) -> tuple[tuple[str, ...], int]:
    """The options that are named at a token by a letter, letters run together, a range of them, or “the second”.

    Args:
        tokens: of the text.
        at: index of the token.
        last: index past those that count.
        options: of the question.

    Returns:
        Their keys, none if nothing is named, and the index past the name.
    """
    token, word = tokens[at], tokens[at].text.lower()
    if key := letter_at(tokens, at, options):
        joint = at + 1 + (text_at(tokens, at + 1) == ")")
        end = joint + 1 + (text_at(tokens, joint + 1) == "(")
        if end < last and is_range(tokens, joint) and (other := options.letter(tokens[end])):
            first, final = sorted((options.keys.index(key), options.keys.index(other)))
            return options.keys[first : final + 1], end + 1
        stated = options.text_at(tokens, at + 2) if text_at(tokens, at + 1) in ("(", ":") else None
        return ((), at) if stated is not None and stated[0] != key else ((key,), at + 1)
    if token.kind is Kind.WORD and token.text.isupper() and set(token.text) <= set(options.keys):
        return tuple(token.text), at + 1
    place = ORDINALS.get(word, len(options.keys))
    before = [text_at(tokens, at - 1).lower(), text_at(tokens, at - 2).lower()]
    listed = "the" in before or (before[0] in ("and", ",") and before[1] in ORDINALS)
    if place < len(options.keys) and listed:
        following = text_at(tokens, at + 1).lower() if at + 1 < last else ""
        if following in _AFTER_ORDINALS or not following.isalnum():
            return (options.keys[place],), at + 1
    return (), at


def is_range(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token joins the ends of a range of letters: ``A-D``, “A to D”."""
    return tokens[at].kind is not Kind.BULLET and tokens[at].text in ("-", "–", "to", "through")
