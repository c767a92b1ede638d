"""A line of a formula while it is read: its atoms, and the gaps and marks between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from grader.intake.repair.torn.reading import Caveat
from grader.intake.repair.torn.spelling import ACCENTS, raised, spelled
from grader.intake.repair.torn.tokens import FUNCTIONS, Kind, Token

OPERATORS = (Kind.RELATION, Kind.BINARY)
CARRIERS = (Kind.LETTER, Kind.NUMBER, Kind.CLOSE, Kind.BAR, Kind.RAISED, Kind.OTHER)
"""What can have scripts."""
UNNUMBERED = (Kind.LETTER, Kind.CLOSE, Kind.BAR)
"""Right behind these no number stands on the line."""
POWERS = frozenset("dmnNjkpTℓ")
"""Letters that stand in exponents more often than in products, at the end of a formula."""

NUMBER_BEHIND = 2.0
"""Cost of a number right behind a letter."""
_NUMBER_BEHIND_MARK = 2.5
_INDEX_BEHIND_MARK = 1.0
_SIGN_ON_LINE = 3.0  # the sign of a sum is a piece
_INDICES = POWERS | frozenset("its")
_BARE = "/∂∇∀∃"


class Gap(Enum):
    """A space in a line of a formula, by where it stands and so by what it may hide."""

    START = auto()  # before the first atom
    NARROW = auto()  # a space between two atoms, where a formula has none
    LEANING = auto()  # a space after a letter that leans to the right
    WIDE = auto()  # the line broke between two atoms
    AT_OPERATOR = auto()  # a space before an operator, where there always is one
    WIDE_AT_OPERATOR = auto()
    SCRIPT_AT_OPERATOR = auto()  # a space before an operator in a piece, where scripts have none
    AT_SLOT = auto()  # the line broke before a mark, as it does
    AFTER_SLOT = auto()  # the line broke between a mark and a sign
    BEHIND_SLOT = auto()  # the line broke between a mark and an atom
    END = auto()  # after the last atom of a formula


@dataclass(frozen=True, slots=True)
class Atom:
    """An atom of a line.

    Args:
        tex: as TeX.
        carries: whether scripts can stand at it.
        token: what it was.
    """

    tex: str
    carries: bool
    token: Token


@dataclass(frozen=True, slots=True)
class Slots:
    """Marks that stand together.

    Args:
        count: how many.
    """

    count: int


Item = Atom | Gap | Slots


@dataclass(frozen=True, slots=True)
class Flow:
    """One way in which a line of a formula may go.

    Args:
        items: atoms, gaps and marks in order.
        end: index of the first token after it.
        operator: the operator that ends it, as TeX; "" where it ends without one.
        cost: of ending there.
        inner: whether it goes on past an operator, which only large brackets around it allow.
        caveats: what makes it less than sure.
    """

    items: tuple[Item, ...]
    end: int
    operator: str = ""
    cost: float = 0.0
    inner: bool = False
    caveats: tuple[Caveat, ...] = ()


@dataclass(slots=True)
class Line:
    """A line so far.

    Args:
        items: atoms, gaps and marks in order.
        wide: wide gaps so far.
        piece: whether it is a piece.
        inner: whether it went on past an operator.
        cost: so far.
    """

    items: list[Item] = field(default_factory=list)
    wide: int = 0
    piece: bool = False
    inner: bool = False
    cost: float = 0.0

    def add(self, token: Token, last_of_run: bool) -> None:
        """Enter an atom.

        Args:
            token: what it is.
            last_of_run: whether its run ends with it and no mark follows.
        """
        last = next((item for item in reversed(self.items[-2:]) if not isinstance(item, Gap)), None)
        self.cost += self._strange(token, last, last_of_run)
        tex = spelled(token)
        if token.kind is Kind.ACCENT and isinstance(last, Atom) and last.token.kind is Kind.LETTER:
            accent = ACCENTS.get(token.text, ACCENTS["^"])
            self.items[-1] = Atom(f"{accent}{{{last.tex}}}", True, last.token)
            return
        carries = token.kind in CARRIERS and token.text not in _BARE and (token.kind is not Kind.RAISED or tex == "'")
        carries = carries or (token.kind is Kind.WORD and token.text in FUNCTIONS)
        if token.kind is Kind.RAISED and self.last_atom() is not None:
            tex = raised(tex)
        self.items.append(Atom(tex, carries, token))

    @staticmethod
    def _strange(token: Token, last: Item | None, last_of_run: bool) -> float:
        """Cost of an atom behind another item."""
        if token.kind is Kind.BIG:
            return _SIGN_ON_LINE
        if isinstance(last, Slots):
            if token.kind is Kind.NUMBER:
                return _NUMBER_BEHIND_MARK
            return _INDEX_BEHIND_MARK + last_of_run if token.text in _INDICES else 0.0
        behind = isinstance(last, Atom) and last.token.kind in UNNUMBERED
        return NUMBER_BEHIND if behind and token.kind is Kind.NUMBER else 0.0

    def mark(self) -> None:
        """Enter a mark."""
        last = self.last()
        if isinstance(last, Slots):
            self.items[-1] = Slots(last.count + 1)
        else:
            self.items.append(Slots(1))

    def last(self) -> Item | None:
        """The last item."""
        return self.items[-1] if self.items else None

    def last_atom(self) -> Atom | None:
        """The last item that is an atom."""
        return next((item for item in reversed(self.items) if isinstance(item, Atom)), None)
