"""Which symbols mean something where an expression is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

CONSTANTS = frozenset({"π", "e"})
"""Names that are numbers wherever numbers are read."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The symbols that an expression may be made of.

    Args:
        known: declared symbols, as the lexer spells them; they decide how ``nd`` is cut into letters.
        free: other symbols may occur too. Without it an expression ends where an unknown symbol stands.
        matrices: symbols that stand for matrices or vectors: a prime or a raised T after one transposes it.
        functions: symbols that are applied to what stands in brackets after them.
        lines: expressions may go on over line breaks.
        prose: the expression stands among words: a word is no product of unknown letters.
        meanings: the functions that some of those symbols stand for: σ for ``sigmoid``.
        spectrum: the matrix whose singular values are the σ_i, and whose eigenvalues are the λ_i; "" if none.
        defined: those of the known symbols that the author defines by others; a text may define them otherwise.
    """

    known: frozenset[str] = CONSTANTS
    free: bool = False
    matrices: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    lines: bool = False
    prose: bool = False
    meanings: tuple[tuple[str, str], ...] = ()
    spectrum: str = ""
    defined: frozenset[str] = frozenset()

    def allows(self, symbol: str) -> bool:
        """Whether a symbol, with its subscript, may stand in the expression."""
        return self.free or symbol in self.known or (symbol.partition("_")[0] in self.matrices)

    def may_define(self, symbol: str) -> bool:
        """Whether a text may say what a symbol, with its subscript, stands for."""
        return symbol not in self.known or symbol in self.defined

    def in_prose(self) -> Scope:
        """The same symbols and any others, in an expression that stands among words."""
        return replace(self, free=True, lines=False, prose=True)

    def split(self, word: str) -> tuple[str, ...] | None:
        """The known symbols that a word is made of side by side, as ``nd`` of n and d; None if it is not.

        Args:
            word: of letters.
        """
        return _split(word, self.known)


NUMBERS = Scope()
"""Only constants."""


@lru_cache(maxsize=2048)
def numbers_and(names: frozenset[str]) -> Scope:
    """The scope of expressions in some named numbers.

    Args:
        names: that may occur besides the constants.
    """
    return Scope(CONSTANTS | names)


@lru_cache(maxsize=2048)
def formulas_in(known: Iterable[str], matrices: Iterable[str] = (), functions: Iterable[str] = ()) -> Scope:
    """The scope of formulas in which other symbols than the declared ones can be read, to be told of.

    Args:
        known, matrices, functions: as in :class:`Scope`; any hashable collection.
    """
    return Scope(CONSTANTS | frozenset(known), True, frozenset(matrices), frozenset(functions))


@lru_cache(maxsize=4096)
def _split(word: str, known: frozenset[str]) -> tuple[str, ...] | None:
    if word in known:
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 12), end):  # the earliest start first: the longest symbol
            before = best[start]
            if before is not None and word[start:end] in known:
                best[end] = (*before, word[start:end])
                break
    return best[-1]
