"""The records of a derivation that was read: its lines, each a chain of expressions with signs between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.maths.tree import Node, Symbol


class Role(StrEnum):
    """What a line is in its derivation."""

    STEP = "step"  # a statement that has to follow
    MENTION = "mention"  # an expression alone, which may be the result
    GOAL = "goal"  # what is to be shown
    CONDITION = "condition"  # where other lines hold: “for k = 0”
    INDEX = "index"  # how indices are related: “let ℓ = k − j”


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: ``items[0] signs[0] items[1] …``.

    Args:
        items: the expressions; None for one that cannot be read.
        signs: between them.
        role: what it is.
        conditions: relations between indices under which it is stated.
        doubtful: what stands beside it may take it back, or restrict it: it is not called wrong.
        general: it may be an identity about any matrices: where its sizes do not fit, it is not called wrong.
        stated: an expression alone is said to be the result.
        first, last: its tokens, the last one excluded.
    """

    items: tuple[Node | None, ...]
    signs: tuple[str, ...] = ()
    role: Role = Role.STEP
    conditions: tuple[Node, ...] = ()
    doubtful: bool = False
    general: bool = False
    stated: bool = False
    first: int = 0
    last: int = 0

    @property
    def said(self) -> tuple[tuple[Node | None, ...], tuple[str, ...]]:
        """What it says, wherever it stands."""
        return self.items, self.signs

    @property
    def is_read(self) -> bool:
        """Whether it says something about what is derived, and all of it could be read."""
        return self.role in (Role.STEP, Role.MENTION) and None not in self.items


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derivation as read.

    Args:
        lines: in order.
        unread: pieces of mathematics with a sign of equality in them that could not be read.
    """

    lines: tuple[Line, ...]
    unread: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Line, ...]:
        """The lines that state something."""
        return tuple(line for line in self.lines if line.role is Role.STEP and line.signs)

    @property
    def result(self) -> Node | None:
        """The last expression, None if it could not be read."""
        last = next((line for line in reversed(self.lines) if line.role in (Role.STEP, Role.MENTION)), None)
        if last is None:
            return None
        if len(last.items) == 2 and isinstance(last.items[1], Symbol) and not isinstance(last.items[0], Symbol):
            return last.items[0]
        return last.items[-1]
