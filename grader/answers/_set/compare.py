"""Finite sets compared: which elements are missing, and which do not belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers._matrix.entries import ZERO, Target
from grader.answers._numbers.numeric import NumericOptions
from grader.answers._set.statement import Element, Members
from grader.answers.base import Comparison
from grader.maths.rendering.render import join, render
from grader.maths.values.domain import Domain
from grader.records import Evidence, Rendered, Status, Witness

MAX_PAIRS = 20_000
"""Most pairs of elements that are compared; larger sets of anything but rational numbers are left to a person."""


@dataclass(frozen=True, slots=True)
class How:
    """How sets are compared.

    Args:
        numbers: tolerances.
        domain: what is known of the symbols.
        declared: full names of the symbols, in order.
        elements: each right element earns its share.
    """

    numbers: NumericOptions
    domain: Domain
    declared: tuple[str, ...]
    elements: bool

    @property
    def tolerant(self) -> bool:
        """Whether numbers may differ."""
        options = self.numbers
        return any(value is not None for value in (options.abs, options.rel, options.sigfigs, options.decimals))


@dataclass(frozen=True, slots=True)
class Key(Members):
    """The key: a set that answers are compared with.

    Args:
        targets: the entries of its elements.
    """

    targets: tuple[tuple[Target, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Gap:
    """How two sets differ: elements by their place.

    Args:
        missing, extra: those that are known to be missing or not to belong.
        open: of the answer, those of which it could not be settled.
        method: how it was decided.
        bound: on being wrong.
    """

    missing: list[int]
    extra: list[int]
    open: list[int]
    method: str = "exact"
    bound: str = ""


def targets_of(members: Members, how: How) -> tuple[tuple[Target, ...], ...]:
    """What the elements of answers are compared with.

    Args:
        members: the truth.
        how: of the part.
    """
    if isinstance(members, Key) and len(members.targets) == len(members.items):
        return members.targets
    return tuple(tuple(Target(e, how.domain, how.declared) for e in item.entries) for item in members.items)


def compared(answer: Members, truth: Members, how: How) -> Comparison:
    """The judgement on a finite set.

    Args:
        answer: as read.
        truth: the key.
        how: of the part.
    """
    gap = _gap(answer, truth, how)
    evidence = Evidence(gap.method, gap.bound)
    if gap.open and (how.elements or not (gap.missing or gap.extra)):
        which = show_element(answer.items[gap.open[0]]).unicode
        says = f"Whether {which} belongs to the set could not be settled; a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, evidence)
    if not gap.missing and not gap.extra:
        reason = "within_tolerance" if gap.method == "tolerance" else "exact"
        return Comparison(Status.CORRECT, Fraction(1), reason, "", evidence)
    if _is_pair(answer, truth):
        return _of_pair(answer, truth, how)
    return _of_wrong(answer, truth, gap, how)


def _is_pair(answer: Members, truth: Members) -> bool:
    """Whether a single tuple is given where a set of numbers is asked."""
    alone = len(answer.items) == 1 and answer.items[0].is_tuple
    return alone and bool(truth.items) and not any(item.is_tuple for item in truth.items)


def _of_pair(answer: Members, truth: Members, how: How) -> Comparison:
    opened = Members(tuple(Element((entry,)) for entry in answer.items[0].entries))
    gap = _gap(opened, truth, how)
    shown = show_element(answer.items[0]).unicode
    if not gap.missing and not gap.extra and not gap.open:
        says = (
            f"{shown} is a tuple or an interval; whether the set of these numbers is meant is for a person to decide."
        )
        return Comparison(Status.UNDECIDED, None, "tuple", says, Evidence("none"))
    witness = Witness((("element", shown),), "in the set", "not in the set")
    return Comparison(
        Status.INCORRECT, Fraction(0), "tuple", f"{shown} is a tuple; a set was asked.", Evidence("exact", "", witness)
    )


def _of_wrong(answer: Members, truth: Members, gap: _Gap, how: How) -> Comparison:
    missing = [truth.items[place] for place in gap.missing]
    extra = [answer.items[place] for place in gap.extra]
    reason = "missing_elements" if not extra else "extra_elements" if not missing else "different"
    told = [
        f"{lead} {', '.join(show_element(item).unicode for item in items[:5])}{', …' if len(items) > 5 else ''}."
        for lead, items in (("Missing:", missing), ("Not in the set:", extra))
        if items
    ]
    if reason == "different" and _is_negated(answer, truth):
        reason, told = "sign", ["Every element has the wrong sign.", *told]
    yours, expected = ("in the set", "not in the set") if extra else ("not in the set", "in the set")
    witness = Witness((("element", show_element((extra or missing)[0]).unicode),), yours, expected)
    evidence = Evidence(gap.method, gap.bound, witness)
    right = len(truth.items) - len(missing)
    if how.elements and right:
        share = Fraction(right, len(truth.items) + len(extra))
        says = f"{right} of {len(truth.items)} elements are right. {' '.join(told)}"
        return Comparison(Status.PARTIAL, share, reason, says, evidence)
    return Comparison(Status.INCORRECT, Fraction(0), reason, " ".join(told), evidence)


def _is_negated(answer: Members, truth: Members) -> bool:
    ours, theirs = _rationals(answer), _rationals(truth)
    return ours is not None and theirs is not None and {-value for value in ours} == set(theirs)


def _gap(answer: Members, truth: Members, how: How) -> _Gap:
    ours, theirs = _rationals(answer), _rationals(truth)
    if ours is not None and theirs is not None and not how.tolerant:
        known, given = set(theirs), set(ours)
        missing = [place for place, value in enumerate(theirs) if value not in given]
        extra = [place for place, value in enumerate(ours) if value not in known]
        return _Gap(_distinct(missing, theirs), _distinct(extra, ours), [])
    if len(answer.items) * len(truth.items) > MAX_PAIRS:
        return _Gap([], [], [0], "none")
    return _paired(answer, truth, how)


def _distinct(places: Sequence[int], values: Sequence[Fraction]) -> list[int]:
    return list({values[place]: place for place in reversed(places)}.values())[::-1]


def _rationals(members: Members) -> list[Fraction] | None:
    """The elements where all are exact rational numbers; decimals with as many digits as a float are not."""
    found = []
    for item in members.items:
        value = item.entries[0].value
        if item.is_tuple or len(item.entries) > 1 or value is None or value.inexact:
            return None
        exact = value.real.fraction
        if exact is None or max(exact.numerator.bit_length(), exact.denominator.bit_length()) > 40:
            return None
        found.append(exact)
    return found


def _paired(answer: Members, truth: Members, how: How) -> _Gap:
    """The gap from comparing each element with each."""
    targets = targets_of(truth, how)
    method, bound = "exact", ""
    equal: list[list[bool | None]] = []
    for item in answer.items:
        row: list[bool | None] = []
        for wanted, parts in zip(truth.items, targets, strict=True):
            right, by = _element_right(item, wanted, parts, how)
            row.append(right)
            if right is not False and by is not None:
                method, bound = by
        equal.append(row)
    extra = [place for place, row in enumerate(equal) if all(right is False for right in row)]
    open_ = [place for place, row in enumerate(equal) if None in row and True not in row]
    columns = [[row[place] for row in equal] for place in range(len(truth.items))]
    missing = [place for place, column in enumerate(columns) if all(right is False for right in column)]
    if how.tolerant and not missing:
        missing = _unmatched(equal, len(truth.items))
    elif not open_ and any(True not in column and None in column for column in columns):
        open_ = [next(place for place, row in enumerate(equal) if None in row)]
    return _Gap(missing, extra, open_, method, bound)


def _element_right(
    item: Element, wanted: Element, parts: Sequence[Target], how: How
) -> tuple[bool | None, tuple[str, str] | None]:
    """Whether two elements are equal, and how that was decided where it is not plain."""
    entries = item.entries
    if item.is_tuple == wanted.is_tuple is False and len(entries) != len(wanted.entries):  # one seems to be real
        entries = (*entries, ZERO) if len(entries) == 1 else entries
        parts = (*parts, Target(ZERO, how.domain, how.declared)) if len(parts) == 1 else parts
    elif item.is_tuple != wanted.is_tuple or len(entries) != len(wanted.entries):
        return False, None
    result: bool | None = True
    by = None
    for entry, target in zip(entries, parts, strict=True):
        judged = target.judge(entry, how.numbers)
        if judged.right is False:
            return False, None
        if judged.right is None:
            result = None
        if judged.judgement.method not in ("exact", "identical"):
            by = judged.judgement.method, judged.judgement.bound
    return result, by


def _unmatched(equal: Sequence[Sequence[bool | None]], count: int) -> list[int]:
    """Elements of the truth that get no element of their own, by augmenting paths (Kuhn 1955)."""
    owner: dict[int, int] = {}  # of each element of the answer

    def assign(place: int, seen: set[int]) -> bool:
        for candidate, row in enumerate(equal):
            if row[place] is not False and candidate not in seen:
                seen.add(candidate)
                if candidate not in owner or assign(owner[candidate], seen):
                    owner[candidate] = place
                    return True
        return False

    return [place for place in range(count) if not assign(place, set())]


def show_element(item: Element) -> Rendered:
    """An element written back.

    Args:
        item: any.
    """
    if not item.is_tuple:
        return render(item.node)
    return join((render(entry.node) for entry in item.entries), "(", ")")
