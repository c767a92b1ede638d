"""The words by which classes are called, in every spelling: with hyphens, spaces and capitals or without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token

TRUE, FALSE = "true", "false"
"""Names of the two classes of a question that names none."""

_SHORTEST = 3
"""Letters of a class's name that stand for it at least, where nothing else is said."""
_HYPHENS = frozenset({"-", "‐", "–"})
_BREAKS = (Kind.NEWLINE, Kind.PUNCT, Kind.CELL, Kind.BULLET, Kind.ROW)


class Manner(StrEnum):
    """Where in a sentence a phrase says which class it is."""

    PLAIN = "plain"  # anywhere
    PREDICATE = "predicate"  # after “is”, or by itself; “the true gradient” says nothing
    VERB = "verb"  # “the claim holds”
    ADVERB = "adverb"  # at the end of a clause: “it converges linearly”; “linearly independent” says nothing
    BARE = "bare"  # only by itself: “No, …”, “Always.”


_TRUTH: Mapping[str, Mapping[Manner, str]] = {
    TRUE: {
        Manner.PREDICATE: "true|correct|valid|right|the case",
        Manner.VERB: "holds|hold|holds true|hold true|is the case",
        Manner.BARE: "yes|yep|yeah|t|it does|it is|always|always true|proven|proved|agree|i agree|✓|✔"
        "|i agree with the statement|i agree with the claim|i agree with this",
    },
    FALSE: {
        Manner.PREDICATE: "false|wrong|incorrect|untrue|invalid|refuted|disproved|disproven",
        Manner.VERB: "fails|fail|fails to hold|fail to hold|fails to be true|breaks down",
        Manner.BARE: "no|nope|nah|f|it does not|it doesn't|it is not|it isn't|not at all|absolutely not|certainly not"
        "|of course not|definitely not|never|disagree|i disagree|not always|not necessarily|not in general"
        "|not generally|✗|✘|i disagree with the statement|i disagree with the claim|i disagree with this"
        "|i don't agree|i do not agree|i cannot agree"
        "|i don't agree with the statement|i do not agree with the statement|i cannot agree with the statement",
    },
}


class Phrase(NamedTuple):
    """A phrase for a class.

    Args:
        label: name of the class.
        manner: where it counts.
    """

    label: str
    manner: Manner


class Mention(NamedTuple):
    """A phrase where it stands.

    Args:
        phrase: the phrase.
        first, last: its tokens.
        non: its first word begins with “non”.
    """

    phrase: Phrase
    first: int
    last: int
    non: bool


class Vocabulary:
    """The classes of one question, ready to be recognised.

    Args:
        classes: pairs of a name and the other ways to say it, in the order of the question; none for true and false.

    Attributes:
        names: of the classes.
        truth: whether these are true and false, or go by other names for them, such as yes and no.
        yes, no: names of these two; "" for other classes.
    """

    def __init__(self, classes: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self.names = tuple(name for name, _ in classes) or (TRUE, FALSE)
        self.yes, self.no = _sides(self.names)
        self.truth = bool(self.yes)
        self._phrases: dict[str, Phrase] = {}
        if self.truth:
            for side, manners in _TRUTH.items():
                for manner, listed in manners.items():
                    self._add(Phrase(self.yes if side == TRUE else self.no, manner), listed.split("|"))
        for label, others in classes:
            for text in (label, *others):
                manner = Manner.BARE if len(text.strip()) == 1 else _MANNERS.get(spelled(text), Manner.PLAIN)
                self._add(Phrase(label, manner), [text])
                if manner is Manner.PLAIN and text.isalpha():
                    self._add(Phrase(label, Manner.ADVERB), [text + ("ally" if text.endswith("ic") else "ly")])
        self._starts = {form[:end] for form in self._phrases for end in range(1, len(form) + 1)}

    def _add(self, phrase: Phrase, texts: Sequence[str]) -> None:
        for text in texts:
            self._phrases.setdefault(spelled(text), phrase)

    def label(self, text: str) -> str:
        """The class that a text names by one of its phrases; "" if none.

        Args:
            text: as an author writes it.
        """
        found = self._phrases.get(spelled(text))
        return found.label if found else ""

    def beginning(self, word: str) -> str:
        """The only class whose name a word begins, such as “min”; "" if there is none, or several.

        Args:
            word: in lower case.
        """
        found = {name for name in self.names if spelled(name).startswith(word)}
        return found.pop() if len(found) == 1 and len(word) >= _SHORTEST else ""

    def other(self, label: str) -> str:
        """The class that something is in if it is not in this one; "" where there are more than two."""
        rest = [name for name in self.names if name != label]
        return rest[0] if len(rest) == 1 else ""

    def mention(self, tokens: Sequence[Token], words: Sequence[str], at: int) -> Mention | None:
        """The longest phrase that begins at a token.

        Args:
            tokens: of the text.
            words: the same in lower case.
            at: where to begin.
        """
        first = words[at]
        if first[:3] != "non" and first + tokens[at].sub.lower() not in self._starts:
            return None  # most words
        non = first.startswith("non") and first[:4] not in self._starts and len(first) > 4
        form, found = "", None
        for index in range(at, len(tokens)):
            token = tokens[index]
            if token.kind in _BREAKS and token.text not in "✓✔✗✘":
                break
            if token.text in _HYPHENS and index > at:
                continue
            form += first[3:] if non and index == at else words[index] + token.sub.lower()
            if form not in self._starts:
                break
            phrase = self._phrases.get(form)
            if phrase is not None:
                found = Mention(phrase, at, index + 1, non)
        return found


def _sides(names: tuple[str, ...]) -> tuple[str, str]:
    """Of two classes the one that says yes and the one that says no; two empty names where they say neither."""
    by_side = {_SIDE.get(spelled(name), ""): name for name in names}
    return (by_side[TRUE], by_side[FALSE]) if len(names) == 2 and set(by_side) == {TRUE, FALSE} else ("", "")


def spelled(text: str) -> str:
    """One spelling of a phrase: lower case, without spaces and hyphens.

    Args:
        text: of the phrase.
    """
    return "".join(
        token.text.lower() + token.sub.lower()
        for token in tokenize(text)
        if token.kind is not Kind.NEWLINE and token.text not in _HYPHENS
    )


_WORDS = [
    (spelled(text), side, manner)
    for side, manners in _TRUTH.items()
    for manner, listed in manners.items()
    for text in listed.split("|")
]
_SIDE = {word: side for word, side, _ in _WORDS}
_MANNERS = {word: manner for word, _, manner in _WORDS if word not in ("always", "never")}


@lru_cache(maxsize=256)
def vocabulary(classes: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    """The vocabulary of classes, made once.

    Args:
        classes: as for :class:`Vocabulary`.
    """
    return Vocabulary(classes)
