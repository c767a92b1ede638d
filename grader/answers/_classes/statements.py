"""What sentences say of classes: which one they affirm, with negation, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.answers import _find
from grader.answers._classes import speech
from grader.answers._classes.vocabulary import FALSE, Manner, Mention, Vocabulary
from grader.maths.reading.tokens import Kind, Token, text_at

_MOST_BEFORE = 20
"""Tokens before a mention that are looked at."""


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
    reader = _Reader(tokens, known)
    found = list(reader.run())
    most = max((one.weight for one in found), default=0)
    return [one for one in found if one.weight == most]


def is_filler(token: Token) -> bool:
    """Whether a token may stand beside a class in a bare answer without saying anything.

    Args:
        token: one of the answer.
    """
    return token.kind in (Kind.NEWLINE, Kind.BULLET, Kind.PUNCT) or token.text.lower() in speech.FILLERS


class _Reader:
    def __init__(self, tokens: Sequence[Token], known: Vocabulary) -> None:
        self.tokens = tokens
        self.words = [token.text.lower().replace("’", "'") for token in tokens]
        self.known = known
        self.sentence = 0  # its first token
        self.mentioned: set[int] = set()  # tokens of classes in the sentence

    def run(self) -> Iterator[Statement]:
        tokens, at = self.tokens, 0
        while at < len(tokens):
            token = tokens[at]
            if token.kind is Kind.NEWLINE or _find.ends_sentence(tokens, at):
                self.sentence = at + 1
                self.mentioned.clear()
            if self.known.truth and self._is_echo(at):
                at += 3
                continue
            mention = self.known.mention(tokens, self.words, at)
            if mention is None:
                at += 1
                continue
            statement = self._statement(mention) if self._counts(mention) else None
            if statement is not None:
                yield statement
            after = max(mention.last, statement.last if statement else 0)
            self.mentioned.update(range(at, after))
            at = after

    def _is_echo(self, at: int) -> bool:
        """Whether the question is repeated here: “True or false: …”."""
        words = self.words
        if words[at : at + 1] not in (["true"], ["t"]) or words[at + 2 : at + 3] not in (["false"], ["f"]):
            return False
        if words[at + 1] not in ("or", "/", "|"):
            return False
        follows = text_at(self.tokens, at + 3)
        return (follows in (":", "?", ")", "]", ".") and at + 4 < len(words)) or text_at(self.tokens, at - 1) == "("

    # ------------------------------------------------------------ whether a mention says anything

    def _counts(self, mention: Mention) -> bool:
        tokens, first, last = self.tokens, mention.first, mention.last
        before = self.words[first - 1] if first > self.sentence else ""
        prefixed = before == "-" and not tokens[first].space and not tokens[first - 1].space
        if prefixed and text_at(tokens, first - 2).lower() not in ("non", "") and first - 2 >= self.sentence:
            return False  # quasi-convex
        manner = mention.phrase.manner
        if manner is Manner.PLAIN:
            return not self._denied_after(last)
        if manner is Manner.BARE:
            return self._is_bare(mention)
        after = self.words[last] if last < len(tokens) else ""
        if manner is Manner.VERB:
            return after not in ("that", "to") and before not in ("a", "the", "to", "let")
        if self._denied_after(last):
            return False
        if before in ("a", "an") and after in speech.CLAIMS:
            return True
        opens = first == self.sentence or tokens[first - 1].kind is not Kind.WORD
        if not opens and before not in speech.BEFORE_PREDICATES:
            return False
        follows = tokens[last] if last < len(tokens) else None
        return follows is None or follows.kind is not Kind.WORD or after in speech.FOLLOWS

    def _denied_after(self, last: int) -> bool:
        """Whether a class is refused after it is named: “indefinite is ruled out”."""
        after = self.words[last : last + 2]
        return len(after) == 2 and after[0] in ("is", "was", "cannot") and after[1] in speech.DENIED_AFTER

    def _is_bare(self, mention: Mention) -> bool:
        """Whether a short word stands by itself, or right before the reason."""
        first, last, tokens = mention.first, mention.last, self.tokens
        if any(word not in speech.LABELS for word in self._lead(first)):
            return False
        after = tokens[last] if last < len(tokens) else None
        if after is None or after.kind in (Kind.NEWLINE, Kind.CELL) or after.text in ".!}":
            return True
        if len(self.words[first]) == 1 and self.words[first].isalpha():
            return self.words[last] in ("because", "since", "—", "–")
        return after.kind in (Kind.PUNCT, Kind.SEP, Kind.OPEN, Kind.CLOSE) or (
            after.text in ("—", "–", "-", ":") or self.words[last] in speech.REASONS
        )

    def _lead(self, at: int) -> list[str]:
        """The words of the sentence before a token, without marks of lists."""
        kinds = (Kind.BULLET, Kind.PUNCT, Kind.CELL)
        start = max(self.sentence, at - 2 * _MOST_BEFORE)
        own = self.mentioned
        return [self.words[i] for i in range(start, at) if self.tokens[i].kind not in kinds and i not in own]

    # ------------------------------------------------------------ what it says

    def _statement(self, mention: Mention) -> Statement | None:
        negated, hedge, first, partial = self._before(mention)
        if first < 0:
            return None
        label = mention.phrase.label
        if negated % 2:
            label = self.known.other(label)
            if not label:
                return None
            if partial and not self.known.truth:
                hedge = hedge or "not always"
        condition, last = self._condition(mention.last)
        if condition and not (self.known.truth and label == FALSE):
            hedge = hedge or condition
        else:
            last = mention.last
        return Statement(label, first, last, hedge, self._weight(mention.first, hedge))

    def _before(self, mention: Mention) -> tuple[int, str, int, bool]:
        """Negations before a mention, a hedge, the first token that matters (-1: it is only supposed), “not always”."""
        words, low = self.words, max(self.sentence, mention.first - _MOST_BEFORE)
        negated, hedge, first, partial = int(mention.non), "", mention.first, False
        seen_partial = False
        at = mention.first - 1
        while at >= low:
            word = words[at]
            if word in speech.NEGATORS:
                if word in ("not", "isn't") and words[at + 1] in ("only", "just", "merely"):
                    at -= 1
                    continue
                negated, first, partial = negated + 1, at, partial or seen_partial
            elif at > low and (words[at - 1], word) in speech.NEGATING:
                negated, at = negated + 1, at - 1
                first = at
            elif word in speech.HEDGES:
                hedge, first = hedge or word, at
            elif word == ",":
                jump = self._aside(at, low)
                if jump is None:
                    break
                at = jump
                continue
            elif word not in speech.BETWEEN and word != "-":
                break
            seen_partial = seen_partial or word in speech.PARTIAL
            at -= 1
        return self._of_opinion(at, low, negated, hedge, first, partial)

    def _aside(self, at: int, low: int) -> int | None:
        """The index before an aside that ends at a comma, as in “not, in general, true”; None if there is none."""
        for index in range(at - 1, max(low, at - 5), -1):
            if self.words[index] == ",":
                return index - 1
            if self.words[index] not in speech.ADVERBS:
                return None
        return None

    def _of_opinion(
        self, at: int, low: int, negated: int, hedge: str, first: int, partial: bool
    ) -> tuple[int, str, int, bool]:
        words = self.words
        while at >= low and words[at] not in speech.CLAUSE:
            word = words[at]
            near = [i for i in (at - 1, at - 2) if i >= low and words[i] in speech.NEGATORS]
            if word in speech.OPINIONS and near:
                return negated + 1, hedge, near[0], partial
            if word == "would" and words[at + 1] in speech.OPINIONS:
                at -= 1
                continue
            if word in speech.SUPPOSES or (word in speech.INFERENCES and near):
                return 0, "", -1, False
            at -= 1
        return negated, hedge, first, partial

    def _condition(self, last: int) -> tuple[str, int]:
        """The word that makes a condition after a mention, and the index past it; "" if there is none."""
        words, at = self.words, last
        comma = at < len(words) and words[at] == ","
        if comma:
            at += 1 + (text_at(self.tokens, at + 1).lower() in ("but", "though", "although"))
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
        if not comma and word == "for" and text_at(self.tokens, at + 1).lower() not in speech.UNIVERSAL:
            return "for", at + 1
        return "", last

    def _weight(self, first: int, hedge: str) -> int:
        lead = self._lead(first)
        if any(word in ("if", "suppose", "assume", "assuming", "when") for word in lead[:1]):
            return 0
        if ":" in lead:
            cut = len(lead) - 1 - lead[::-1].index(":")
            ahead, lead = lead[:cut], lead[cut + 1 :]
            if any(word in ("answer", "verdict", "conclusion") for word in ahead) or not ahead:
                return 2
            if any(word not in speech.LABELS and len(word) > 1 for word in ahead):
                return 0 if hedge else 1
        cut = max((at for at, word in enumerate(lead) if word in speech.CLAUSE or word in speech.CONCLUDES), default=0)
        lead = lead[cut:]
        plain = all(word in speech.SPOKEN for word in lead)
        concludes = any(word in speech.CONCLUDES for word in lead)
        pronoun = any(word in speech.PRONOUNS for word in lead) and not any(word in speech.CLAIMS for word in lead)
        opening = not any(token.kind is Kind.WORD for token in self.tokens[: self.sentence][:40])
        if plain:
            return 2 if not pronoun or concludes or opening else 1
        if hedge or self.known.truth:
            return 0
        return 2 if concludes else 1
