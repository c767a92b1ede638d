"""A text that is read sentence by sentence for what it says of classes."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers._classes.vocabulary import Vocabulary
from grader.maths.reading.tokens import Kind, Token

MOST_BEFORE = 20
"""Tokens before a phrase that are looked at."""

_QUOTES = {"“": "”", '"': '"', "„": "“", "«": "»"}
_LONGEST_QUOTE = 150
_SHORT_QUOTE = 3
"""A quotation of a word or two, such as “false”, may be the answer."""

_MARKS = (Kind.BULLET, Kind.PUNCT, Kind.CELL)


class Passage:
    """A text, and how far it has been read.

    Args:
        tokens: of the text.
        known: the classes of the question.

    Attributes:
        words: the tokens in lower case, with plain apostrophes.
        sentence: index of the first token of the sentence that is being read.
        mentioned: tokens of this sentence that name classes.
    """

    def __init__(self, tokens: Sequence[Token], known: Vocabulary) -> None:
        self.tokens = tokens
        self.words = [token.text.lower().replace("’", "'") for token in tokens]
        self.known = known
        self.sentence = 0
        self.mentioned: set[int] = set()

    def begin_sentence(self, at: int) -> None:
        """A sentence begins at a token."""
        self.sentence = at
        self.mentioned.clear()

    def quoted(self, at: int) -> int:
        """Where a quotation ends that begins at a token inside of a sentence; 0 if none does.

        Args:
            at: index of the token.
        """
        closing = _QUOTES.get(self.tokens[at].text, "")
        if not closing or at == self.sentence:
            return 0
        for index in range(at + 1, min(len(self.tokens), at + _LONGEST_QUOTE)):
            if self.tokens[index].text == closing:
                return index + 1 if index - at > _SHORT_QUOTE else 0
            if self.tokens[index].text == "\n\n":
                return 0
        return 0

    def lead(self, at: int) -> list[str]:
        """The words of the sentence before a token, without marks and names of classes.

        Args:
            at: index of the token.
        """
        start = max(self.sentence, at - 2 * MOST_BEFORE)
        places = (i for i in range(start, at) if self.tokens[i].kind not in _MARKS and i not in self.mentioned)
        return [self.words[i] for i in places]
