"""Where in a sentence a phrase says which class it is."""

from __future__ import annotations

from grader.answers._classes import speech
from grader.answers._classes.passage import MOST_BEFORE, Passage
from grader.answers._classes.vocabulary import Manner, Mention
from grader.maths.reading.tokens import Kind, text_at

_BEFORE_RIGHT = frozenset({"is", "was", "that's", "it's", "not", "isn't", "entirely", "completely", "quite", "that"})
_ECHOES = frozenset({("true", "false"), ("t", "f"), ("yes", "no"), ("right", "wrong"), ("correct", "incorrect")})
_ECHOED = frozenset(first for first, _ in _ECHOES)


def counts(passage: Passage, mention: Mention) -> bool:
    """Whether a phrase says anything where it stands: “the true gradient” does not.

    Args:
        passage: the text.
        mention: where a phrase of a class stands in it.
    """
    tokens, first, last = passage.tokens, mention.first, mention.last
    before = passage.words[first - 1] if first > passage.sentence else ""
    prefixed = before == "-" and not tokens[first].space and not tokens[first - 1].space
    if prefixed and text_at(tokens, first - 2).lower() not in ("non", "") and first - 2 >= passage.sentence:
        return False  # quasi-convex
    manner = mention.phrase.manner
    if manner is Manner.PLAIN:
        return not _denied_after(passage, last)
    if manner is Manner.ADVERB:
        return last == len(tokens) or tokens[last].kind is not Kind.WORD or passage.words[last] in speech.FOLLOWS
    if manner is Manner.BARE:
        return _is_bare(passage, mention)
    after = passage.words[last] if last < len(tokens) else ""
    if after == "that" and passage.known.truth and _goes_on(passage, last + 1):
        return False  # “it is not true that the claim is false”
    if manner is Manner.VERB:
        return after not in ("that", "to") and before not in ("a", "the", "to", "let")
    if _denied_after(passage, last) or _is_other_use(passage, mention, before, after):
        return False
    lead = passage.lead(first)
    if passage.words[first] in speech.JUDGING and speech.WORK & set(lead[-3:]) and ":" not in lead[-3:]:
        return False  # “my answer was wrong”
    if lead[:1] == ["to"]:
        return False  # “to be correct”
    if before in ("a", "an") and after in speech.CLAIMS:
        return True
    opens = first == passage.sentence or tokens[first - 1].kind is not Kind.WORD
    if not opens and before not in speech.BEFORE_PREDICATES and tuple(lead[-2:]) not in speech.CHOOSING:
        return False
    follows = tokens[last] if last < len(tokens) else None
    return follows is None or follows.kind is not Kind.WORD or after in speech.FOLLOWS


def _is_other_use(passage: Passage, mention: Mention, before: str, after: str) -> bool:
    """Whether a word stands for something else: “on the right by V”, “correct it”, “the (correct) assumption”."""
    word, tokens, last = passage.words[mention.first], passage.tokens, mention.last
    if word == "right" and len(tokens) <= last + 1 and not before:
        return False  # all that is said
    if word == "right" and (before not in _BEFORE_RIGHT or after in (",", "so", "by", "hand")):
        return True
    if word == "correct" and after in ("it", "this", "that", "the", "them", "my"):
        return True
    aside = before == "(" and after == ")" and mention.first - 1 > passage.sentence
    return aside and last + 1 < len(tokens) and tokens[last + 1].kind is Kind.WORD


def _goes_on(passage: Passage, at: int) -> bool:
    """Whether a clause comes to a class of its own: “that the claim is false”."""
    stop = min(len(passage.words), at + MOST_BEFORE)
    while at < stop and passage.words[at] in speech.BETWEEN | speech.NEGATORS:
        at += 1
    return at < stop and passage.known.mention(passage.tokens, passage.words, at) is not None


def _denied_after(passage: Passage, last: int) -> bool:
    """Whether a class is refused after it is named: “indefinite is ruled out”."""
    after = passage.words[last : last + 2]
    return len(after) == 2 and after[0] in ("is", "was", "cannot") and after[1] in speech.DENIED_AFTER


def _is_bare(passage: Passage, mention: Mention) -> bool:
    """Whether a short word stands by itself, or right before the reason."""
    first, last, tokens = mention.first, mention.last, passage.tokens
    lead = passage.lead(first)
    if any(word not in speech.LABELS for word in lead):
        return False
    if passage.words[first] == "no" and speech.REVISES & set(lead):
        return False  # “wait, no!”
    if last - first == 1 and len(passage.words[first]) == 1 and passage.words[first].isalpha():
        return _is_letter_alone(passage, first)
    numbered = passage.words[last : last + 1] == ["."] and last + 1 < len(tokens) and tokens[last + 1].kind is Kind.NUM
    if numbered and passage.words[first] == "no":
        return False  # “No. 3”
    after = tokens[last] if last < len(tokens) else None
    if after is None or after.kind in (Kind.NEWLINE, Kind.CELL) or after.text in ".!}":
        return True
    several = last - first > 1  # “it is not …” goes on more often than “no …”
    return after.kind in (Kind.PUNCT, Kind.SEP, Kind.OPEN, Kind.CLOSE) or (
        after.text in ("—", "–", "-", ":")
        or passage.words[last] in (("because", "since") if several else speech.REASONS)
    )


def _is_letter_alone(passage: Passage, at: int) -> bool:
    """Whether a letter is the answer: nothing but labels before it in the whole text, and no formula after it."""
    tokens, words = passage.tokens, passage.words
    names = (Kind.WORD, Kind.NAME, Kind.NUM, Kind.OP)
    if any(tokens[i].kind in names and words[i] not in speech.LABELS and i not in passage.mentioned for i in range(at)):
        return False
    after = at + 1
    if after < len(tokens) and words[after] in ("because", "since", "—", "–", ":", ",", "-", "("):
        after += words[after] not in ("because", "since")
    elif after < len(tokens) and tokens[after].kind is not Kind.NEWLINE and words[after] not in (".", "!", "}"):
        return False
    while after < len(tokens) and tokens[after].kind not in (*names, Kind.OPEN, Kind.COMMAND):
        after += 1
    return after == len(tokens) or tokens[after].kind is Kind.WORD


def is_echo(passage: Passage, at: int) -> bool:
    """Whether the question is repeated here: “True or false: …”.

    Args:
        passage: the text.
        at: index of a token.
    """
    words = passage.words
    if words[at] not in _ECHOED:
        return False
    if tuple(words[at : at + 3 : 2]) not in _ECHOES:
        return False
    if words[at + 1] not in ("or", "/", "|"):
        return False
    follows = text_at(passage.tokens, at + 3)
    return (
        words[at + 1] != "or"
        or (follows in (":", "?", ")", "]", ".") and at + 4 < len(words))
        or text_at(passage.tokens, at - 1) == "("
    )
