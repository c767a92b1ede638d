"""Options in lists of letters or of texts as they are printed, with nothing but joints between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answers._choices.catalogue import Catalogue
from grader.answers._choices.naming import COUNTS, letters_at
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
SPOKEN = frozenset("i i'd i'll i'm would will think believe say guess go my so hence thus therefore then".split())
"""Before an answer in a sentence of one's own: “I would say that …”."""
_LETTER_LINKS = (
    SPOKEN
    | {"|", ".", "[", "]", "\\{", "\\}"}
    | frozenset(
        "and options option letters answer answers is are only correct right true choose select to through final must "
        "be best yes that it it's that's those these they them".split()
    )
    | COUNTS.keys()
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


def gives_reason(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word begins a reason; “as well as” does not.

    Args:
        tokens: of the text.
        at: index of the word.
    """
    beside = {text_at(tokens, at - 1).lower(), text_at(tokens, at + 1).lower()}
    return tokens[at].text.lower() in _REASONS and "well" not in beside


def _past_remark(tokens: Sequence[Token], at: int, last: int, options: Catalogue) -> int:
    """The index past a remark in brackets that names no option; 0 if there is none at a token."""
    end = next((i for i in range(at + 1, last) if tokens[i].kind is Kind.CLOSE), last)
    named = any(letters_at(tokens, i, end, options)[0] for i in range(at + 1, end))
    return 0 if named or end == last else end + 1


def _run_together(tokens: Sequence[Token], options: Catalogue) -> frozenset[str]:
    """Small letters run together, where nothing else is said: ``abde``; “be” in a sentence is a word."""
    words = [token.text for token in tokens if token.kind not in (Kind.PUNCT, Kind.OPEN, Kind.CLOSE)]
    folded = {key.lower(): key for key in options.keys}
    plain = len(words) == 1 and len(words[0]) > 1 and len(set(words[0])) == len(words[0])
    return frozenset(folded[c] for c in words[0]) if plain and set(words[0]) <= folded.keys() else frozenset()


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
    if letters := _run_together(tokens[first:last], options):
        return Statement(letters, first, last, True)
    keys: set[str] = set()
    denied: set[str] = set()
    denying = spanned = False
    at = begin = _announced(tokens, first, last)
    while at < last:
        token = tokens[at]
        word = token.text.lower()
        named, after = letters_at(tokens, at, last, options)
        if named:
            (denied if denying else keys).update(named)
            spanned |= len(named) > 1
            at = after
            continue
        if keys and (token.text in ("—", "–") or gives_reason(tokens, at)):
            break
        if keys and token.text == "(" and (past := _past_remark(tokens, at, last, options)):
            at = past
            continue
        if keys and word in ("not", "without") and at + 1 < last:
            denying = True
        elif word == "but" and text_at(tokens, at + 1).lower() in ("not", "without"):
            pass
        elif (word == "or" and not denying) or not (joins(token) or word in _LETTER_LINKS or word == "or"):
            return None
        at += 1
    keys -= denied if spanned else set()  # “A–E without C”
    if not keys or keys & denied or (denying and not denied):
        return None
    return Statement(frozenset(keys), begin, at, True)


def _announced(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the list begins that a sentence announces: “The complete answer is A, B”; else where the sentence does."""
    for at in range(first + 1, min(last - 1, first + _MOST_ANNOUNCING)):
        if tokens[at].text.lower() in ("is", "are", ":") and tokens[at - 1].text.lower() in _ANNOUNCING:
            before = {token.text.lower() for token in tokens[first:at]}
            return first if before & (DENIALS | NONE | {"or", "if"}) else at + 1
    return first
