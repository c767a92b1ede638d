"""The words with which conditions on a number are put in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from grader.maths.reading.tokens import Kind, Token

Phrases = Mapping[tuple[str, ...], str]


def _table(entries: Mapping[str, str]) -> Phrases:
    return {tuple(words.split()): meaning for words, meaning in entries.items()}


_MORE_THAN = ("greater", "larger", "bigger", "more", "higher")
_LESS_THAN = ("less", "smaller", "lower", "fewer")


def _comparisons() -> Phrases:
    table = {
        "at least": "≥", "at or above": "≥", "above or equal to": "≥", "not below": "≥", "never below": "≥",
        "not fall below": "≥", "at most": "≤", "at or below": "≤", "below or equal to": "≤", "not above": "≤",
        "never above": "≤", "up to": "≤", "up to and including": "≤",
        "up to but not including": "<", "up to but excluding": "<", "not exceeding": "≤",
        "not exceed": "≤", "never exceed": "≤",
        "below by": "≥", "bounded below by": "≥", "above by": "≤", "bounded above by": "≤",
        "above": ">", "exceeding": ">", "exceeds": ">", "exceed": ">", "over": ">", "beyond": ">",
        "below": "<", "under": "<", "equal to": "=", "equals": "=", "exactly": "=", "not equal to": "≠",
    }  # fmt: skip
    for words, strict, weak, opposite in ((_MORE_THAN, ">", "≥", "≤"), (_LESS_THAN, "<", "≤", "≥")):
        for word in words:
            table |= {f"{word} than": strict, f"{word} than or equal to": weak, f"{word} or equal to": weak}
            table |= {f"{word} than or equal": weak, f"{word} or equal": weak, f"{word} or equal than": weak}
            for denial in ("no", "not", "nor", "never", "cannot be", "not be", "never be"):
                table[f"{denial} {word} than"] = opposite
                table[f"{denial} {word} than or equal to"] = {"≤": "<", "≥": ">"}[opposite]
    for denial, (word, opposite) in product(
        ("not be", "cannot be", "never be", "nor", "nor be"),
        (("above", "≤"), ("over", "≤"), ("below", "≥"), ("under", "≥")),
    ):
        table[f"{denial} {word}"] = opposite
    for how, (phrase, symbol) in product(("strictly", "anything", "everything"), list(table.items())):
        table[f"{how} {phrase}"] = symbol
    return _table(table)


COMPARISONS: Phrases = _comparisons()
"""Before a number."""

_MORE = ("more", "greater", "larger", "above", "higher", "up")
_LESS = ("less", "smaller", "below", "lower", "fewer")
TRAILING: Phrases = _table(
    {f"{joint} {word}": "≥" for joint, word in product(("or", "and"), _MORE)}
    | {f"{joint} {word}": "≤" for joint, word in product(("or", "and"), _LESS)}
)
"""After a number."""

RANGES: Phrases = _table(
    {
        "between": "plain",
        "strictly between": "open",
        "from": "plain",
        "ranges from": "plain",
        "anywhere between": "plain",
        "not between": "outside",
        "not be between": "outside",
    }
)
"""Before two numbers."""

_CLOSED = ("inclusive", "inclusively", "included", "incl")
_OPEN = ("exclusive", "exclusively", "excluded", "excl", "not included", "not inclusive")
_BOTH = ("both", "endpoints", "end points", "the endpoints", "the end points", "ends", "both endpoints", "both ends")


def _ends() -> Phrases:
    table = {word: meaning for words, meaning in ((_CLOSED, "closed"), (_OPEN, "open")) for word in words}
    whose = [*_BOTH, "both end points", *(f"with {ends}" for ends in _BOTH)]
    table |= {f"{ends} {word}": meaning for ends in whose for word, meaning in list(table.items())}
    for verb, meaning in (("including", "closed"), ("excluding", "open"), ("not including", "open")):
        table |= {f"{verb} {ends}": meaning for ends in _BOTH}
    return _table(table)


ENDS: Phrases = _ends()
"""After two numbers: whether the ends belong."""

END: Phrases = _table(dict.fromkeys(_CLOSED, "closed") | dict.fromkeys(_OPEN, "open"))
"""After one of two numbers: whether it belongs."""

WHOLE: Phrases = _table(
    {
        "positive": ">", "strictly positive": ">", "nonnegative": "≥", "non - negative": "≥", "negative": "<",
        "not negative": "≥", "not positive": "≤",
        "all real numbers": "all", "all reals": "all", "any real number": "all", "no value": "none",
        "no values": "none", "no such value": "none",
    }
)  # fmt: skip
"""Complete conditions."""

_FILLERS = frozenset(
    "is are be must should may lies lie lying in the range interval value values of any all for when where if "
    "with has have needs need can choose take that so it holds exactly only then we require requires both a "
    "an real numbers whenever every namely satisfying satisfies satisfy such does ranging falls stay "
    "stays closed open to everything ought runs run running goes going varies extends".split()
)
_LONGEST = 8
"""Most words of a phrase, and of a run of fillers; bounded, to keep reading linear."""


_PHRASE_STARTS = (Kind.WORD, Kind.OP, Kind.OPEN, Kind.CLOSE, Kind.SEP)


def match(tokens: Sequence[Token], at: int, table: Phrases) -> tuple[str, int] | None:
    """The longest phrase of a table that stands at a token; round brackets in it are passed over.

    Args:
        tokens: of the text.
        at: where to begin.
        table: of phrases and their meanings.

    Returns:
        The meaning and the index past the phrase; None where none stands there.
    """
    if at < len(tokens) and tokens[at].kind not in _PHRASE_STARTS:
        return None
    words: list[str] = []
    index = at
    best: tuple[str, int] | None = None
    while index < len(tokens) and len(words) < _LONGEST:
        token = tokens[index]
        bracket = token.text in "()" or (token.kind is Kind.SEP and (table is ENDS or table is END))
        if not bracket:
            if token.kind is not Kind.WORD and token.text not in ("-",):
                break
            words.append(token.text.lower())
        index += 1
        if tuple(words) in table:
            closing = index < len(tokens) and tokens[index].text == ")" and _opened(tokens, at, index)
            best = table[tuple(words)], index + closing
        elif bracket and table is not ENDS and table is not END:
            break
    return best


def _opened(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(token.text == "(" for token in tokens[first:last])


def skip_fillers(tokens: Sequence[Token], at: int) -> int:
    """The index past words that say nothing about which numbers are meant.

    Args:
        tokens: of the text.
        at: index of the first of them; at most :data:`_LONGEST` are passed over.
    """
    index = at
    while index < len(tokens) and index < at + _LONGEST:
        token = tokens[index]
        if token.kind is not Kind.WORD or token.text.lower() not in _FILLERS:
            break
        if match(tokens, index, COMPARISONS) or match(tokens, index, WHOLE):
            break
        if index + 1 < len(tokens) and tokens[index + 1].text == "(" and not tokens[index + 1].space:
            break  # a call
        index += 1
    return index
