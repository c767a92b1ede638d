"""Which options a sentence affirms and which it denies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from grader.answers import _find
from grader.answers._choices.catalogue import Catalogue
from grader.answers._choices.lists import (
    DENIALS,
    EVERY,
    JOINTS,
    NONE,
    Statement,
    joins,
    labelled,
    letters_only,
)
from grader.answers._choices.naming import COUNTS, ORDINALS
from grader.answers._choices.predicates import Said, said
from grader.maths.reading.tokens import Kind, Token, text_at

_EXCEPT = frozenset(
    {"except", "excluding", "excepting", "but", "apart", "aside", "other", "exception", "save", "minus"}
)
_INCLUDING = frozenset({"too", "including", "even", "also", "incl", "with", "plus"})
_ASIDES = frozenset(
    "yes no too indeed respectively therefore so hence thus answer answers correction wait solution gradients "
    "receive receives however then clearly namely only together alike four three two five them these".split()
)
_GETS = frozenset("get gets receive receives has have needs".split())
_SPOKEN_OF = frozenset("to new more else further beyond odd strange unusual special wrong surprising".split())
"""Right after “nothing”: it is said of something else than the options."""
_EMPTY = frozenset({"∅", "{ }", "\\{ \\}", "the empty set", "empty set"})
_LEFT_OUT = frozenset({"excluded", "omitted", "missing", "exempt", "excepted"})
_NEAR_WORDS = frozenset({"for", "including", "from", "than", "of", "option"})
"""Words that may stand between a denial and the option that it denies."""


@dataclass(slots=True)
class _Group:
    """Options mentioned in one breath."""

    keys: set[str] = field(default_factory=set)
    denied: bool = False


@dataclass(slots=True)
class _Mentions:
    """What is mentioned in a stretch of text, before it is weighed.

    Args:
        groups: options, as grouped by the words between them.
        every: index of the last word like “all”; -1 if there is none.
        none: there is a word like “none”.
        last: index of the last option mentioned; -1 if there is none.
        start: index of the first token that counts; -1 if there is none.
        end: index past the last.
    """

    groups: list[_Group] = field(default_factory=list)
    every: int = -1
    none: bool = False
    last: int = -1
    start: int = -1
    end: int = -1


def statements(tokens: Sequence[Token], options: Catalogue) -> Iterator[Statement]:
    """What each sentence, or list of points, says about the options.

    Args:
        tokens: of the text.
        options: of the question.

    Returns:
        The statements in order; what says nothing is left out.
    """
    whole: Said | None = None  # what sentences with predicates say together: “A is true. B is false.”
    for first, last in _blocks(tokens):
        part = said(tokens, first, last, options)
        together = whole.joined(part) if whole is not None and part is not None else part
        if whole is not None and (part is None or together is None):
            yield from filter(None, [whole.statement(options)])
        whole = part if together is None else together
        if part is None and (found := statement(tokens, first, last, options)) is not None:
            yield found
    if whole is not None:
        yield from filter(None, [whole.statement(options)])


def statement(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> Statement | None:
    """What a stretch of text says about the options.

    Args:
        tokens: of the text.
        first: index of its first token.
        last: index past its last token.
        options: of the question.

    Returns:
        None where it names no option, only denies, asks, or leaves open which are meant.
    """
    if _contradicts(tokens, first, last, options):
        return None
    if " ".join(t.text.lower() for t in tokens[first:last] if t.kind is not Kind.PUNCT) in _EMPTY:
        return Statement(frozenset(), first, last, True)
    if (part := said(tokens, first, last, options)) is not None and (one := part.statement(options)) is not None:
        return one
    for read in (labelled, letters_only):
        plain = read(tokens, first, last, options)
        if plain is not None:
            return plain
    if last < len(tokens) and tokens[last].text == "?":
        return None  # a question
    found = _mentions(tokens, first, last, options)
    if found is None or (found.groups and _has_stranger(tokens, first, last, options)):
        return None
    return _weighed(found, {token.text.lower() for token in tokens[first:last]}, tokens, last, options)


def _contradicts(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> bool:
    """Whether a letter and the text right after it name different options: ``A) the keys``, where these are B."""
    for at in range(first, last - 2):
        if tokens[at + 1].text not in (")", ".", ":") or tokens[at + 1].space:
            continue
        key = options.letter(tokens[at])
        if not key or (at > first and tokens[at - 1].kind not in (Kind.NEWLINE, Kind.BULLET, Kind.OPEN)):
            continue
        following = at + 2
        while following < min(last, at + 6) and tokens[following].text.lower() in JOINTS:
            following += 1
        other = _mention(tokens, following, options) if following < last else ""
        if other and other != key:
            return True
    return False


def _mentions(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> _Mentions | None:
    """The mentions among the tokens; None where an “or” leaves open which option is meant."""
    found = _Mentions()
    deny_next = False  # the next group is denied
    denying = False  # in a group that is denied
    apart = True  # the next mention begins a group
    for at in range(first, last):
        token = tokens[at]
        word = token.text.lower()
        if found.groups and word in ("because", "since"):
            break  # what follows is the reason
        if not found.groups and word in ("if", "suppose", "when"):
            return None  # what follows is supposed
        key = _mention(tokens, at, options) or (_excepted(tokens, at, options) if deny_next or denying else "")
        if key:
            if apart:
                found.groups.append(_Group(denied=deny_next))
            found.groups[-1].keys.add(key)
            denying = found.groups[-1].denied
            found.last = at
            apart = deny_next = False
        elif token.kind is Kind.WORD and word in EVERY:
            if _says_which(tokens, at, options) or _is_of_others(tokens, at, last):
                continue
            found.every = at
        elif token.kind is Kind.WORD and word == "none" and found.groups and _received(tokens, at):
            found.groups[-1].denied = apart = True  # “λ gets none”
            found.end = at + 1
            continue
        elif word == "nothing" and text_at(tokens, at + 1).lower() in _SPOKEN_OF:
            continue  # “I have nothing to add”
        elif token.kind is Kind.WORD and word in NONE:
            if _leaves_out(tokens, at) and _all_affirmed(found, options):
                break  # “nothing is left out” says once more that it is all of them
            found.none = True
        elif word == "not" and text_at(tokens, at + 1).lower() in ("only", "just", "merely"):
            continue  # “not only the keys”
        elif word == "or" and not apart and not denying:
            return None  # “the keys or the values”
        elif (token.kind is Kind.WORD and word in DENIALS) or (
            word == "but" and found.every >= 0 and _mention_near(tokens, at, last, options)
        ):
            if word in _EXCEPT or _mention_near(tokens, at, last, options) or not found.groups:
                deny_next = True
            else:
                found.groups[-1].denied = True
                found.end = at + 1  # without the denial its words would say the contrary
            apart = True
        elif not joins(token):
            apart = True
        if key or word in EVERY or word in NONE:
            found.start = at if found.start < 0 else found.start
            found.end = at + 1
    return found


def _leaves_out(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows says that something is not among them."""
    words = [text_at(tokens, at + k).lower() for k in range(1, 6)]
    return not _LEFT_OUT.isdisjoint(words) or ("left", "out") in pairwise(words)


def _all_affirmed(found: _Mentions, options: Catalogue) -> bool:
    """Whether every option was mentioned, and none denied."""
    keys: set[str] = set().union(*(group.keys for group in found.groups))
    return keys == set(options.keys) and not any(group.denied for group in found.groups)


def _received(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is what somebody gets."""
    return text_at(tokens, at - 1).lower() in _GETS


def _weighed(
    found: _Mentions, words: set[str], tokens: Sequence[Token], last: int, options: Catalogue
) -> Statement | None:
    """What mentions say taken together; None where they contradict one another or affirm nothing."""
    every, none = found.every >= 0, found.none
    affirmed: set[str] = set().union(*(g.keys for g in found.groups if not g.denied))
    denied: set[str] = set().union(*(g.keys for g in found.groups if g.denied))
    if affirmed & denied or (none and (every or affirmed)):
        return None
    if none and denied:  # “none except λ”
        return Statement(frozenset(denied), found.start, found.end, True) if words & _EXCEPT else None
    if (none or every) and words & DENIALS and not found.groups:
        return None  # “none is excluded”, “not all of them”
    if none:
        return Statement(frozenset(), found.start, found.end, True)
    if every and not (affirmed and denied):
        listed_after = affirmed and not denied and found.last > found.every
        behind = [token.text.lower() for token in tokens[found.every : last]]
        including = not _INCLUDING.isdisjoint(behind) or behind[-3:] == ["one", "of", "them"]
        if listed_after and affirmed != set(options.keys) and not including:
            following = tokens[found.every + 1].text.lower() if found.every + 1 < last else ""
            if COUNTS.get(following) == len(options.keys):
                return None  # “all four: the keys and the values”
            return Statement(frozenset(affirmed), found.start, found.end, True)
        return Statement(frozenset(options.keys) - denied, found.start, found.end, True)
    together = any(len(group.keys) > 1 for group in found.groups if not group.denied)
    return Statement(frozenset(affirmed), found.start, found.end, together) if affirmed else None


def _mention(tokens: Sequence[Token], at: int, options: Catalogue) -> str:
    """The option that a token mentions: by a word that only it has, or by its letter in brackets."""
    token = tokens[at]
    if token.kind in (Kind.WORD, Kind.FUNC) and (key := options.word(token)):
        return key
    if token.kind is Kind.NAME and (key := options.word(token)) and not _in_formula(tokens, at):
        return key
    in_brackets = text_at(tokens, at - 1) == "(" and text_at(tokens, at + 1) == ")"
    return options.letter(token) if in_brackets else ""


def _in_formula(tokens: Sequence[Token], at: int) -> bool:
    """Whether a symbol is a factor or a side of an equation, and so no mention."""
    near = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    signs = any(t.kind is Kind.COMMAND or (t.kind is Kind.OP and t.text in ("=", "^", "*", "/")) for t in near)
    return signs or any(t.kind is Kind.NAME and t.text.isalpha() for t in near)


def _excepted(tokens: Sequence[Token], at: int, options: Catalogue) -> str:
    """The option named by letter or ordinal right after a word of exception: “all but A”, “all but the first”."""
    before = at - 1 - (text_at(tokens, at - 1) == "the")
    if text_at(tokens, before).lower() in ("only", "just", "merely"):
        return ""
    if text_at(tokens, before) in ("and", ",", "or") and text_at(tokens, before - 1) in options.keys:
        return tokens[at].text if tokens[at].text in options.keys else ""
    if text_at(tokens, before).lower() not in _EXCEPT | {"not", "from", "than", "of", "option"}:
        return ""
    if (place := ORDINALS.get(tokens[at].text.lower())) is not None and place < len(options.keys):
        return options.keys[place]
    return tokens[at].text if tokens[at].text in options.keys else ""


def _mention_near(tokens: Sequence[Token], at: int, last: int, options: Catalogue) -> bool:
    """Whether the next word after a denial that is no joint is a mention: “but not λ”."""
    for index in range(at + 1, min(last, at + 6)):
        token = tokens[index]
        if _mention(tokens, index, options) or _excepted(tokens, index, options):
            return True
        if token.kind in (Kind.SEP, Kind.NEWLINE) or token.text in (".", ":"):
            return False
        if token.kind is Kind.WORD and token.text.lower() not in JOINTS | _NEAR_WORDS | DENIALS:
            return False
    return False


def _has_stranger(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> bool:
    """Whether a list holds an item of one word that is none of the options: “keys, values, weights”."""
    item: list[int] = []
    items: list[list[int]] = [item]
    for at in range(first, last):
        token = tokens[at]
        if token.text == ":":  # what stands before it announces the list
            items = [item := []]
        elif token.text in ("(", ")") and _is_lettered(tokens, at if token.text == "(" else at - 2, options):
            continue  # “LayerNorm (B)”
        elif token.kind in (Kind.SEP, Kind.NEWLINE) or token.text.lower() in ("(", ")", "and", "or", "&"):
            items.append(item := [])
        elif token.kind in (Kind.WORD, Kind.NAME, Kind.FUNC) and token.text.lower() not in JOINTS:
            item.append(at)
    known = EVERY | NONE | DENIALS | _ASIDES
    for item in items:
        mentioned = any(_mention(tokens, at, options) or options.letter(tokens[at]) for at in item)
        if 0 < len(item) <= 2 and not mentioned and not any(tokens[at].text.lower() in known for at in item):
            return True
    return False


def _is_lettered(tokens: Sequence[Token], at: int, options: Catalogue) -> bool:
    """Whether the letter of an option stands in brackets from a token on."""
    closed = text_at(tokens, at) == "(" and text_at(tokens, at + 2) == ")"
    return closed and bool(options.letter(tokens[at + 1]))


def _says_which(tokens: Sequence[Token], at: int, options: Catalogue) -> bool:
    """Whether “all” goes with one option, as in “all the keys”, and not with the options."""
    following = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text.lower() in ("the", "of", "our") else at + 1
    return following < len(tokens) and bool(_mention(tokens, following, options))


def _is_of_others(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether “all” goes with something else than the options: “for every A”, “any n”, “not at all”."""
    before, following = text_at(tokens, at - 1).lower(), tokens[at + 1] if at + 1 < last else None
    if before in ("at", "after", "above"):
        return True
    if following is None or following.kind not in (Kind.WORD, Kind.NAME):
        return False
    symbol = following.kind is Kind.NAME
    return symbol or (before == "for" and following.text.lower() not in {"of", "the", "options", *COUNTS})


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Sentences and paragraphs; points of one list, and a list after a colon, stay together."""
    first = 0
    for at, token in enumerate(tokens):
        stop = _find.ends_sentence(tokens, at) and not _marks_option(tokens, at)
        if stop or (token.text == "\n\n" and not _list_goes_on(tokens, at)):
            if first < at:
                yield first, at
            first = at + 1
    if first < len(tokens):
        yield first, len(tokens)


def _marks_option(tokens: Sequence[Token], at: int) -> bool:
    """Whether a full stop belongs to the letter before it, at the start of a line: ``A. yes``."""
    first = at == 1 or (at > 1 and tokens[at - 2].kind in (Kind.NEWLINE, Kind.BULLET))
    return first and tokens[at - 1].kind is Kind.NAME and at + 1 < len(tokens)


def _list_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a blank line stands between a colon or a point of a list and the next point."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind is not Kind.BULLET or at == 0:
        return False
    if tokens[at - 1].text == ":":
        return True
    for index in range(at - 1, max(-1, at - 60), -1):
        if tokens[index].kind is Kind.NEWLINE:
            return index + 1 < at and tokens[index + 1].kind is Kind.BULLET
    return False
