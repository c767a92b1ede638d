"""How much work the formulas of a text may be: as much as the text is long, whatever stands in it."""

from __future__ import annotations

_FREE = 200_000
_A_CHARACTER = 20
_FREE_IN_BLOCK = 60_000
_A_TOKEN = 400


class TooMuchWorkError(Exception):
    """A block that is no page of formulas: so many readings that it is left to a person."""


class Work:
    """What is left of the work that may be done.

    Args:
        characters: of the text.
    """

    def __init__(self, characters: int) -> None:
        self._left = _FREE + _A_CHARACTER * characters
        self._here = 0

    def begin(self, tokens: int) -> None:
        """Begin a block of so many tokens. A page of formulas takes less than a quarter of what it is given."""
        self._here = min(self._left, _FREE_IN_BLOCK + _A_TOKEN * tokens)

    def spend(self, states: int) -> None:
        """Look at so many ways to read a line.

        Raises:
            TooMuchWorkError: the block has had its share, or the text.
        """
        self._left -= states
        self._here -= states
        if self._here < 0:
            raise TooMuchWorkError
