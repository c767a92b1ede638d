"""What a rule of repair is, and what it goes by."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from grader.intake.repair.views import View
from grader.records import Confidence, Doubt


class Change(NamedTuple):
    """One change to a text, by a rule.

    Args:
        start, end: offsets in the text that the rule was given.
        after: what comes in place of the characters between them.
        confidence: that the writer meant it; None for that of the rule.
        why: what the rule went by, in one sentence; "" for what the rule says of itself.
    """

    start: int
    end: int
    after: str
    confidence: Confidence | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found in a text.

    Args:
        changes: in the order of the text; they do not overlap.
        doubts: about what cannot be put right, with offsets in the text before the changes. Changes that are not
            sure are doubted without being named here.
        pages: offsets at which pages begin, with their numbers, in the text before the changes.
    """

    changes: Sequence[Change] = ()
    doubts: Sequence[Doubt] = ()
    pages: Sequence[tuple[int, int]] = ()


NOTHING = Found()


class Rule(ABC):
    """One kind of damage and how it is put right. The work is linear in the text.

    Class attributes:
        name: as in ``Repair.rule``.
        order: smaller is applied first.
        does: what it does, one sentence for the person who looks.
        confidence: of its changes, where a change does not say.
        told: whether a diagnostic tells of it. What nobody sees, as the kind of a space, is only logged.
        hides: what it takes out may have hidden damage from the rules before it, which then look again.
        rounds: how often it is applied in a row at most, where its own damage lies on itself.
        of_marks: its damage always holds a character that is not plain (:attr:`View.plain`).
    """

    name: ClassVar[str]
    order: ClassVar[int]
    does: ClassVar[str]
    confidence: ClassVar[Confidence] = Confidence.HIGH
    told: ClassVar[bool] = True
    hides: ClassVar[bool] = True
    rounds: ClassVar[int] = 1
    of_marks: ClassVar[bool] = False

    @abstractmethod
    def look(self, view: View) -> Found:
        """What is damaged in a text. A text that is not costs a quick test."""
