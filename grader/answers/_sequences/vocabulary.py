"""The words that name the cells of a table, found again in a text."""

from __future__ import annotations

from collections.abc import Sequence

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token

_SHORTEST = 3
"""A word stands for another that begins with it from this length on: “recon” for “reconstruction”."""

_ALIKE = 6
"""Letters that two spellings of a word have in common at least."""


def plain_name(name: str) -> str:
    """The name of a cell with the first of each word's alternatives: “α recon” for “α|identity recon|fit”."""
    return " ".join(word.partition("|")[0] for word in name.split())


def label_of(token: Token) -> str:
    """The word of a token as a label: symbols as they are, words in lower case, "" for anything else.

    A word as subscript labels its symbol: the label of ``L_rec`` is “rec”.
    """
    if token.kind is Kind.NAME:
        return token.sub.lower() if token.sub.isalpha() and len(token.sub) >= _SHORTEST else token.text
    return token.text.lower() if token.kind is Kind.WORD and len(token.text) >= _SHORTEST else ""


class Vocabulary:
    """The words of the names of cells.

    A word may have alternatives, as in ``α|identity reconstruction``; each stands for the first of them.

    Args:
        names: of the cells.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.wanted: list[set[str]] = []
        self.leads: list[str] = []
        self._meaning: dict[str, str] = {}
        for name in names:
            mine: list[str] = []
            for word in name.split():
                labels = [label for token in tokenize(word) if (label := label_of(token))]
                self._meaning |= dict.fromkeys(labels, labels[0]) if labels else {}
                mine += labels[:1]
            self.wanted.append(set(mine))
            self.leads.append(mine[0] if mine else "")
        self._found: dict[str, str] = {"": ""}

    def match(self, token: Token) -> str:
        """The word of a name that a token stands for, or ""."""
        label = label_of(token)
        if label not in self._found:
            near = {self._meaning[w] for w in self._meaning if _begins(w, label)}
            self._found[label] = self._meaning.get(label) or (near.pop() if len(near) == 1 else "")
        return self._found[label]

    def rows(self) -> list[str]:
        """The first words of the names, where these fall into rows of equal length one after another."""
        rows = list(dict.fromkeys(self.leads))
        width = len(self.leads) // len(rows) if rows else 0
        regular = [row for row in rows for _ in range(width)] == self.leads
        return rows if regular and width > 1 else []


def _begins(one: str, other: str) -> bool:
    """Whether one word begins the other, or both begin alike: “recon”, “regularisation” and “-ization”."""
    shorter = min(len(one), len(other))
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return common >= _SHORTEST and (common == shorter or common >= max(_ALIKE, shorter // 2))
