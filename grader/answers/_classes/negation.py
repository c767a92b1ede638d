"""What turns, hedges or supposes a class: “not”, “maybe”, “I do not think that”, “only if”."""

from __future__ import annotations

from typing import NamedTuple

from grader.answers._classes import speech
from grader.answers._classes.passage import MOST_BEFORE, Passage
from grader.answers._classes.vocabulary import Mention
from grader.maths.reading.tokens import text_at


class Before(NamedTuple):
    """What stands before a phrase.

    Args:
        negated: number of negations.
        hedge: a word such as “maybe”; "" if there is none.
        first: index of the first token that matters; -1 where the class is only supposed, or it is open what is denied.
        partial: it is denied that something is so always, or in general.
    """

    negated: int
    hedge: str
    first: int
    partial: bool


def before(passage: Passage, mention: Mention) -> Before:
    """What stands before a phrase and turns or hedges it.

    Args:
        passage: the text.
        mention: where a phrase of a class stands in it.
    """
    words, low = passage.words, max(passage.sentence, mention.first - MOST_BEFORE)
    negated, hedge, first, partial = int(mention.non), "", mention.first, False
    seen_partial = of_claim = False
    at = mention.first - 1
    while at >= low:
        word = words[at]
        if word in speech.NEGATORS:
            if word in ("not", "isn't") and words[at + 1] in ("only", "just", "merely"):
                if not passage.known.truth:
                    return Before(0, "", -1, partial=False)  # “singular, not just ill-conditioned”
                at -= 1
                continue
            negated, first, partial = negated + 1, at, partial or seen_partial
        elif word == "or" and at - 1 in passage.mentioned:  # “does not explode or vanish” denies both
            while at - 1 in passage.mentioned:
                at -= 1
        elif at > low and (words[at - 1], word) in speech.NEGATING:
            negated, at = negated + 1, at - 1
            first = at
        elif word in speech.HEDGES:
            if not (word in ("can", "could") and words[at + 1] == "not"):
                hedge, first = hedge or word, at
        elif word == "that" and at > low and words[at - 1] in speech.TRUE_THAT | speech.FALSE_THAT:
            negated, at = negated + (words[at - 1] in speech.FALSE_THAT), at - 1
            first = at
        elif word == ",":
            jump = _aside(passage, at, low)
            if jump is None:
                break
            at = jump
            continue
        elif word not in speech.BETWEEN and word != "-":
            break
        seen_partial = seen_partial or word in speech.PARTIAL
        of_claim = (of_claim or word in speech.CLAIMS) and word != "that"
        at -= 1
    negated, first = _of_opinion(passage, at, low, negated, first, of_claim=of_claim)
    return Before(negated, hedge, first, partial)


def _aside(passage: Passage, at: int, low: int) -> int | None:
    """The index before an aside that ends at a comma, as in “not, in general, true”; None if there is none."""
    for index in range(at - 1, max(low, at - 5), -1):
        if passage.words[index] == ",":
            return index - 1
        if passage.words[index] not in speech.ADVERBS:
            return None
    return None


def _of_opinion(passage: Passage, at: int, low: int, negated: int, first: int, *, of_claim: bool) -> tuple[int, int]:
    """Negations and the first token that matters, with what stands further back in the clause.

    Args:
        at: the last token that has not been looked at.
        low: the first that may be.
        negated, first: as found so far.
        of_claim: the subject is the claim, so that a denial before it denies something else.
    """
    words = passage.words
    while at >= low and words[at] not in speech.CLAUSE and at not in passage.mentioned:
        word = words[at]
        near = [i for i in (at - 1, at - 2) if i >= low and words[i] in speech.NEGATORS]
        if word in speech.OPINIONS and near:
            return negated + 1, near[0]
        if word == "would" and words[at + 1] in speech.OPINIONS | speech.CHOICES:
            at -= 1
            continue
        if word in speech.SUPPOSES and not speech.CLAIMS & set(words[passage.sentence : min(at, passage.sentence + 3)]):
            return 0, -1  # “The claim that A = B if n = 1 is false” supposes nothing
        denies = word in speech.NEGATORS | speech.NO_ONE and words[at + 1] not in speech.NO_DENIAL
        if denies and not of_claim and word.isascii():
            return 0, -1  # “I am not convinced that it is true”
        at -= 1
    return negated, first


def condition(passage: Passage, last: int) -> tuple[str, int]:
    """The word that makes a condition after a phrase, and the index past it; "" if there is none.

    Args:
        passage: the text.
        last: index past the last token of the phrase.
    """
    words, at = passage.words, last
    comma = at < len(words) and words[at] == ","
    if comma:
        at += 1 + (text_at(passage.tokens, at + 1).lower() in ("but", "though", "although"))
    elif at < len(words) and words[at] == "(":
        at += 1
    while at < min(len(words), last + 6) and words[at] in ("in", "general", "even", "exactly", "precisely", "just"):
        at += 1
    if at >= len(words) or at > last + 6:
        return "", last
    word = words[at]
    if comma and word in speech.AFTER_COMMA:
        is_reason = word == "if" and "then" in words[at : at + 30]
        return ("", last) if is_reason else (word, at + 1)
    if not comma and word in speech.CONDITIONS:
        return word, at + 1
    if not comma and word == "as" and words[at + 1 : at + 2] == ["long"]:
        return "as long as", at + 2
    if not comma and word == "for" and text_at(passage.tokens, at + 1).lower() not in speech.UNIVERSAL:
        return "for", at + 1
    return "", last
