"""What a person decides of answers by hand, and what is said of a decision later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from grader.records.kinds import Status

if TYPE_CHECKING:
    from grader.records.claims import Claim

DIGITS = 32  # hexadecimal digits of a digest: 128 bits


class Item(NamedTuple):
    """Which answer is meant: the identifiers of a result.

    Args:
        turn: number of the model's reply; None for submissions.
    """

    subject: str
    problem: str
    part: str
    turn: int | None = None

    def __str__(self) -> str:
        turn = "" if self.turn is None else f", turn {self.turn}"
        return f"{self.subject}, {self.problem}/{self.part}{turn}"


class _OfAnswer:
    """What is about one answer."""

    __slots__ = ()
    subject: str
    problem: str
    part: str
    turn: int | None

    @property
    def item(self) -> Item:
        """The answer that it is about."""
        return Item(self.subject, self.problem, self.part, self.turn)


@dataclass(frozen=True, slots=True)
class Decision(_OfAnswer):
    """The mark that a person gives to one answer; it stands above what the machine said.

    Args:
        id: unique in the log.
        subject, problem, part, turn: the answer; see :class:`Item`.
        answer: digest of its words (:func:`answer_digest`): it holds for these words only.
        status: ``correct`` for all of the points, ``incorrect`` for none, ``partial`` for what lies between.
        credit: share of the points, 0 to 1, exact.
        by, at, why: who decided, when (UTC), and the reason, for the staff.
        spec: digest of the part as it was asked and marked then.
        comment: for the writer of the answer; "" for none.
        act: shared by the decisions that were made in one go, for several who gave the same answer.
        text: the first words of the answer, so that a person can read the log.
        machine_status, machine_credit: what the machine had said then.
    """

    id: str
    subject: str
    problem: str
    part: str
    turn: int | None
    answer: str
    status: Status
    credit: Fraction
    by: str
    at: datetime
    why: str
    spec: str
    comment: str = ""
    act: str = ""
    text: str = ""
    machine_status: Status = Status.UNDECIDED
    machine_credit: Fraction | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.credit <= 1 or self.status is not status_of(self.credit):
            raise ValueError(f"status {self.status} with credit {self.credit}")


@dataclass(frozen=True, slots=True)
class Aside(_OfAnswer):
    """A person looked at an answer and leaves it without a mark: nobody asked for it, say. It is open still.

    Args:
        answer: digest of its words: where it says something else later, it is to be looked at again.
        why: for the staff.
        act, text: as for a :class:`Decision`.
    """

    id: str
    subject: str
    problem: str
    part: str
    turn: int | None
    answer: str
    by: str
    at: datetime
    why: str
    act: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note(_OfAnswer):
    """What one of the staff remarks on an answer without deciding it; its writer does not see it."""

    id: str
    subject: str
    problem: str
    part: str
    turn: int | None
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Undo:
    """A decision, or that an answer was left open, is taken back: what stood before it stands again.

    Args:
        of: id of the event.
    """

    id: str
    of: str
    by: str
    at: datetime
    why: str = ""


Event = Decision | Aside | Note | Undo
"""One line of the log of decisions."""


def status_of(credit: Fraction) -> Status:
    """The status that goes with a credit that a person gave."""
    return Status.CORRECT if credit == 1 else Status.INCORRECT if credit == 0 else Status.PARTIAL


def answer_digest(claim: Claim) -> str:
    """Digest of the words of an answer and of its rivals; differences in white space do not count."""
    rivals = sorted(" ".join(text.split()) for text, _ in claim.rivals)
    return digest(" ".join(claim.told.split()), *rivals)


def words_of(claim: Claim) -> str:
    """The words of an answer and of its rivals on one line, for a person: ``3 · 4`` where it says 3 or 4."""
    texts = dict.fromkeys(" ".join(text.split()) for text in (*(text for text, _ in claim.rivals), claim.told))
    return " · ".join(texts)


def carries_on(before: Claim, after: Claim) -> bool:
    """Whether a reply says nothing new on a part, so that what was decided before it holds for it too.

    Args:
        before, after: the claims of two replies that follow one another.
    """
    nothing = not (before.text or before.rivals or after.text or after.rivals)
    return nothing or (after.carried and answer_digest(before) == answer_digest(after))


def digest(*texts: str) -> str:
    """Digest of some texts in their order (the first 128 bits of SHA-256)."""
    return hashlib.sha256(json.dumps(texts).encode("ascii")).hexdigest()[:DIGITS]
