"""What is asked: problems, their parts, and what their authors foresee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grader.diagnostics import Span
from grader.records.kinds import HintKind


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that the author foresaw.

    Args:
        answer: as a student would write it; "" where a function of the solver makes the mistake.
        credit: share of the part's points, 0 to 1.
        says: the feedback for it.
        solve: name of that function, or "".
    """

    answer: str
    credit: Fraction
    says: str
    solve: str = ""


@dataclass(frozen=True, slots=True)
class SpecHint:
    """A hint that the author offers for a part."""

    kind: HintKind
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part comes from: a document and the item's identifier in it."""

    document: str
    item: str


@dataclass(frozen=True, slots=True)
class KnownWeakness:
    """A slip that ``verify`` cannot tell from the right answer, and that the author lets stand.

    Args:
        slip: the weakness, as ``verify`` names it.
        because: why it may stand.
    """

    slip: str
    because: str


@dataclass(frozen=True, slots=True)
class Part:
    """One gradable question.

    Args:
        id: unique in the problem, for example ``b.i``.
        label: path of the headings under which it is answered; ``("b", "i")``.
        prompt: the question, Markdown with TeX mathematics.
        points: full marks.
        type: name of the answer type.
        options: the type's own options, checked and frozen by it.
        solve: name of the function in the solver that computes the truth; with a key, its value at given variables.
        confirm: name of the function that computes it independently, or "".
        symbols: how the asked quantity is called in answers (``("K",)``); helps to find it.
        cues: words that announce the answer in prose (``("kernel",)``).
        accept: answers that ``verify`` must find correct.
        reject: answers that ``verify`` must not find correct.
        needs: parts whose answers this one builds on.
        key: the truth as a formula, as the author typed it, or "" where the solver returns the truth itself.
        known_weaknesses: slips that the part's own numbers or options hide, with the reasons.
        places: where the entries stand in the spec, by the name of their field; see :meth:`place`.
    """

    id: str
    label: tuple[str, ...]
    prompt: str
    points: Fraction
    type: str
    options: Any
    solve: str
    confirm: str = ""
    source: Source | None = None
    symbols: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[SpecHint, ...] = ()
    needs: tuple[str, ...] = ()
    follow_through: bool = False
    span: Span | None = None
    key: str = ""
    known_weaknesses: tuple[KnownWeakness, ...] = ()
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def heading(self) -> str:
        """How the part is called in its problem: ``(b)(ii)``."""
        return "".join(f"({step})" for step in self.label)

    def place(self, name: str, index: int = 0) -> Span | None:
        """Where an entry stands in the spec; the place of the part where that is not known.

        Args:
            name: of the field: ``accept``, ``reject``, ``mistakes``, ``key``, ``solve``, ``confirm`` …
            index: of the entry, for fields that are lists.
        """
        places = self.places.get(name, ())
        return places[index] if index < len(places) else self.span


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem spec: a question in parts, with the solver that knows the answers.

    Args:
        id: unique in the course, for example ``purification``.
        number: how the assignment numbers it ("3"), or "" if it does not.
        title: one line; also recognised as a heading in submissions.
        prompt: what all parts share, Markdown with TeX mathematics.
        given: the parameters handed to the solver; integers and exact fractions, strings, lists.
        solver: path of the solver, relative to the course folder.
        parts: in the order of the assignment.
        file: path of the spec.
        variation: how given values are drawn anew (:mod:`grader.specs.variants`); None where they are fixed.
        seed: from which its given values were drawn; "" for those that the spec itself names.
    """

    id: str
    number: str
    title: str
    prompt: str
    given: Mapping[str, Any]
    solver: str
    parts: tuple[Part, ...]
    file: str
    variation: Any = field(default=None, compare=False, repr=False)
    seed: str = ""

    def part(self, part_id: str) -> Part:
        """The part called ``part_id``; KeyError if there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)
