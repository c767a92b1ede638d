"""What sentences say of classes: which one they affirm, with negation, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.answers import _find
from grader.answers._choices import boxes as _boxes
from grader.answers._classes import speech
from grader.answers._classes.negation import before, condition
from grader.answers._classes.passage import Passage
from grader.answers._classes.places import counts, is_echo
from grader.answers._classes.vocabulary import Mention, Vocabulary
from grader.maths.reading.tokens import Kind, Token

_SETTLED = frozenset({"refuted", "disproved", "disproven"})

_MOST_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Statement:
    """What a stretch of text says.

    Args:
        label: name of the class that it affirms.
        first, last: its tokens.
        hedge: the word that makes it less than a plain statement: “maybe”, “only”, “if”; "" if there is none.
        weight: 2 for what is plainly the answer, 1 for what is said of “it” or of a thing, 0 for the rest.
    """

    label: str
    first: int
    last: int
    hedge: str
    weight: int


def statements(tokens: Sequence[Token], known: Vocabulary) -> list[Statement]:
    """The statements of a text about the classes, without those of less weight than the weightiest.

    Args:
        tokens: of the text.
        known: the classes of the question.
    """
    boxes = [box for box in _boxes.boxes(tokens) if box.text < box.last]
    if boxes:
        ticked = [box for box in boxes if box.ticked]
        return [one for box in ticked for one in _ticked(tokens, box, known)]
    found = list(_Reader(tokens, known).run())
    if known.truth and any(
        one.label == known.no and not one.hedge for one in found
    ):  # “false; it is true only for n = 1”
        found = [one for one in found if one.label == known.no or not one.hedge]
    most = max((one.weight for one in found), default=0)
    return [one for one in found if one.weight == most]


def _ticked(tokens: Sequence[Token], box: _boxes.Box, known: Vocabulary) -> Iterator[Statement]:
    """What stands beside a ticked box, with the box."""
    for one in _Reader(tokens[box.text : box.last], known).run():
        yield Statement(one.label, box.first, box.text + one.last, one.hedge, 2)


def is_filler(token: Token) -> bool:
    """Whether a token may stand beside a class in a bare answer without saying anything.

    Args:
        token: one of the answer.
    """
    return token.kind in (Kind.NEWLINE, Kind.BULLET, Kind.PUNCT) or token.text.lower() in speech.FILLERS


class _Reader:
    def __init__(self, tokens: Sequence[Token], known: Vocabulary) -> None:
        self.passage = Passage(tokens, known)
        self.words = self.passage.words
        self.known = known
        self.previous: Statement | None = None  # the last statement in the sentence

    def run(self) -> Iterator[Statement]:
        passage, tokens, at = self.passage, self.passage.tokens, 0
        while at < len(tokens):
            token = tokens[at]
            if (end := passage.quoted(at)) > 0:
                passage.mentioned.update(range(at, end))
                at = end
                continue
            if token.kind is Kind.NEWLINE or _find.ends_sentence(tokens, at):
                passage.begin_sentence(at + 1)
                self.previous = None
            if self.known.truth and is_echo(passage, at):
                passage.mentioned.update(range(at, at + 3))
                at += 3
                continue
            mention = self.known.mention(tokens, self.words, at)
            if mention is None:
                at += 1
                continue
            statement = self._statement(mention) if counts(passage, mention) else None
            if statement is not None:
                self.previous = statement
                yield statement
            after = max(mention.last, statement.last if statement else 0)
            passage.mentioned.update(range(at, after))
            at = after

    def _statement(self, mention: Mention) -> Statement | None:
        negated, hedge, first, partial = before(self.passage, mention)
        if first < 0:
            return None
        label = mention.phrase.label
        if negated and self.words[mention.first] in _SETTLED:
            return None  # “not refuted”
        if negated % 2:
            label = self.known.other(label)
            if not label:
                return None
            if partial and not self.known.truth:
                hedge = hedge or "not always"
        under, last = condition(self.passage, mention.last)
        if under and not (self.known.truth and label == self.known.no):
            hedge = hedge or under
        else:
            last = mention.last
        lead = self.passage.lead(mention.first)
        weight = self._weight(mention.first, hedge)
        if not hedge and (doubt := self._doubt(lead, mention, weight)):
            hedge, first = doubt, self.passage.sentence
            weight = 2 if doubt in speech.REVISES else weight
        if self.previous is not None and self._is_beside(self.previous.last, first):
            weight = max(weight, self.previous.weight)
        return Statement(label, first, last, hedge, weight)

    def _doubt(self, lead: list[str], mention: Mention, weight: int) -> str:
        """Why the words before a class make it something else than the answer; "" if they do not."""
        supposed = lead[:1] and lead[0] in speech.CASES and not speech.CONCLUDES & set(lead)
        if supposed:
            return lead[0]
        if not self.known.truth:
            return ""
        if turned := next((word for word in lead[_clause(lead) :] if word in speech.OPPOSITES), ""):
            return f"the {turned}"
        judging = self.words[mention.first] in speech.JUDGING and speech.PRONOUNS & set(lead)
        if judging and (taken_back := next((word for word in lead if word in speech.REVISES), "")):
            return taken_back  # “wait, that is wrong”: the claim, or what was said of it?
        return "of something else" if weight == 0 else ""

    def _is_beside(self, last: int, first: int) -> bool:
        """Whether a class stands beside the one before: “a minimum and a maximum”."""
        between = self.words[last:first]
        return len(between) <= _MOST_BESIDE and bool({"and", "or", "/", "&"} & set(between))

    def _is_of_claim(self, lead: list[str]) -> bool:
        """Whether a class is said of the claim: “hence the claim is”, “The claim that A = B is”."""
        places = [at for at, word in enumerate(lead) if word in speech.CLAIMS]
        if not places:
            return False
        opening = places[0] <= 1 and lead[places[0] + 1 : places[0] + 2] == ["that"]
        rest = lead[places[-1] + 1 :]
        return opening or all(word in speech.SPOKEN and word not in speech.CLAUSE for word in rest)

    def _weight(self, first: int, hedge: str) -> int:
        whole = lead = self.passage.lead(first)
        if ":" in lead:
            cut = len(lead) - 1 - lead[::-1].index(":")
            ahead, lead = lead[:cut], lead[cut + 1 :]
            if any(word in ("answer", "verdict", "conclusion") for word in ahead) or not ahead:
                return 2
            if any(word not in speech.LABELS and len(word) > 1 for word in ahead):
                return 0 if hedge else 1
        if self._is_of_claim(lead):
            return 2
        lead = lead[_clause(lead) :]
        words = set(lead)
        concludes = bool(words & speech.CONCLUDES)
        if words <= speech.SPOKEN:
            pronoun = words & speech.PRONOUNS and not words & speech.CLAIMS
            opening = not any(token.kind is Kind.WORD for token in self.passage.tokens[: self.passage.sentence][:40])
            return 2 if not pronoun or concludes or opening or speech.AGAINST & set(whole) else 1
        if hedge:
            return 0
        if self.known.truth:  # of a formula, or of what a claim may be about
            known = speech.SPOKEN | speech.OBJECTS
            low = max(self.passage.sentence, first - len(lead))
            return int(
                all(self.words[at] in known or not _is_word(self.passage.tokens[at]) for at in range(low, first))
            )
        return 2 if concludes else 1


def _is_word(token: Token) -> bool:
    """Whether a token is a word of prose and no symbol, formula or mark."""
    return token.kind is Kind.WORD and not token.text.isupper()


def _clause(lead: Sequence[str]) -> int:
    """Where the last clause of the words before a class begins."""
    return max((at for at, word in enumerate(lead) if word in speech.CLAUSE or word in speech.CONCLUDES), default=0)
