"""Which parts are known, and where a label that was read belongs.

A heading often gives only the end of a label: "(ii)" within (b), or "(c)" after (b)(ii). Known
labels decide what is meant; the usual order (letters, then roman numerals) decides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.intake.parts.kept import kept
from grader.records import Problem

Label = tuple[str, ...]

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN = {roman: number for number, roman in enumerate(_ROMANS, 1)}
_SHORT = 2  # characters of labels that are no words
_LAST_LETTER = "n"  # of a part that no spec names; beyond it a letter is more likely a variable


@dataclass(frozen=True, slots=True)
class PartKey:
    """How one problem and its parts are called.

    Args:
        problem_id: of the spec.
        number: as the assignment numbers it, "" if it does not.
        title: of the spec.
        labels: of all its parts, ``(("b", "i"), ("b", "ii"))``.
    """

    problem_id: str
    number: str
    title: str
    labels: tuple[Label, ...]


@kept
def known_parts(problems: Sequence[Problem]) -> tuple[PartKey, ...]:
    """The keys by which headings are recognised, one for each problem."""
    return tuple(PartKey(p.id, p.number, p.title, tuple(part.label for part in p.parts)) for p in problems)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label belongs.

    Args:
        label: full path.
        known: the spec has it, or a part below it.
        sure: nothing but the order of labels was used to work it out.
    """

    label: Label
    known: bool
    sure: bool


class Tree:
    """The labels of one problem, for looking up where a relative label belongs."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._canonical: dict[Label, Label] = {}
        self._parts: dict[Label, None] = {}  # in the spec's order
        for label in labels:
            self._parts.setdefault(_lower(label))
            for depth in range(1, len(label) + 1):
                self._canonical.setdefault(_lower(label[:depth]), label[:depth])

    @cached_property
    def _roman_first(self) -> bool:
        """Whether the first level is numbered i, ii, iii."""
        top = {label[0] for label in self._canonical}
        return bool(top) and all(name in ROMAN for name in top)

    @cached_property
    def words(self) -> dict[str, str]:
        """Labels that are words rather than letters or numbers, by what a heading says: ``every order``."""
        names = {name.lower() for label in self._parts for name in label}
        found = {" ".join(re.findall(r"[^\W_]+", name)): name for name in names if len(name) > _SHORT}
        return {said: name for said, name in found.items() if name not in ROMAN and not name.isdigit()}

    @cached_property
    def _parents(self) -> set[Label]:
        return {label[:-1] for label in self._canonical if len(label) > 1}

    def known(self, label: Label) -> bool:
        """Whether the spec has a part with this label or below it."""
        return _lower(label) in self._canonical

    def is_leaf(self, label: Label) -> bool:
        """Whether this is a part of the spec with no parts below it."""
        return _lower(label) in self._parts and _lower(label) not in self._parents

    def has_children(self, label: Label) -> bool:
        """Whether the spec has parts below this label."""
        return _lower(label) in self._parents or (not label and bool(self._canonical))

    def canonical(self, label: Label) -> Label:
        """The label as the spec writes it, else in lower case."""
        return self._canonical.get(_lower(label), _lower(label))

    def split(self, word: str) -> Label | None:
        """A glued label taken apart, "bi" to ("b", "i"), or None if it is none.

        A word that is itself a label or a roman numeral stays whole.
        """
        low = word.lower()
        if len(low) == 1 or low.isdigit() or low in ROMAN or (low,) in self._canonical:
            return (low,)
        if low[0].isalpha() and (low[1:] in ROMAN or (low[1:].isdigit() and len(low) == 2)):
            return (low[0], low[1:])
        return None

    @cached_property
    def _order(self) -> dict[Label, int]:
        """Labels of the spec's parts, in its order."""
        return {label: number for number, label in enumerate(self._parts)}

    def follows(self, label: Label, current: Label) -> bool:
        """Whether a part stands behind the current one, in the spec's order."""
        return self._order.get(_lower(label), -1) > self._order.get(_lower(current), -1)

    def next(self, label: Label, current: Label) -> bool:
        """Whether a part stands right behind the current one, in the spec's order."""
        return self._order.get(_lower(label), -1) == self._order.get(_lower(current), -1) + 1

    def place(self, names: Label, current: Label) -> Place | None:
        """Where ``names`` belongs when it stands under ``current``.

        Args:
            names: one or more names in lower case, outermost first.
            current: label of the section in which it stands, () if in none.

        Returns:
            None where no part can be meant: a variable, or a roman numeral with nothing above it.
        """
        current = _lower(current)
        first = names[0]
        for depth in range(len(current), -1, -1):
            candidate = current[:depth] + names
            if candidate in self._canonical and not (depth == 0 and self._is_nested_roman(first, current)):
                return Place(self._canonical[candidate], True, True)
        label = self._by_order(names, current)
        if label is None:
            return self._only_one_below(names) if not current else None
        return Place(label, label in self._canonical, True)

    def _is_nested_roman(self, first: str, current: Label) -> bool:
        """Whether "i" under (b) is roman one although the problem has a part (i) too."""
        return first == "i" and bool(current) and not self._roman_first and current[0] != "h"

    def _by_order(self, names: Label, current: Label) -> Label | None:
        first = names[0]
        if first in ROMAN and not self._roman_first:
            if not current:
                return None
            follows_letter = len(first) == 1 and len(current[0]) == 1 and ord(first) == ord(current[0]) + 1
            follows_roman = len(current) > 1 and ROMAN.get(current[1], 0) + 1 == ROMAN[first]
            if follows_letter and not follows_roman:
                return names
            if first in ("v", "x") and not follows_roman:
                return None  # a variable in brackets
            return (current[0], *names)
        if first in ROMAN:
            return names
        if len(first) == 1 and "a" <= first <= _LAST_LETTER:
            return (current[0], *names) if self._roman_first and current else names
        return None

    def _only_one_below(self, names: Label) -> Place | None:
        """The one part whose label ends so; the letter above it was left out."""
        ends = [p for p in self._parts if len(p) > len(names) and p[-len(names) :] == names]
        return Place(self._canonical[ends[0]], True, False) if len(ends) == 1 else None


def _lower(label: Label) -> Label:
    return tuple(name.lower() for name in label)
