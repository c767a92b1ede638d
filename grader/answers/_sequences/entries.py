"""Lists of numbers compared entry by entry: credit, and the name of the slip where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import Field

from grader.answers._numbers.numeric import SLIPS, Judgement, NumericOptions, Value, judge, show
from grader.answers._sequences.vocabulary import plain_name
from grader.answers.base import Comparison
from grader.records import Evidence, Status, Witness


class EntriesOptions(NumericOptions):
    """Options of a sequence, and those of each of its numbers."""

    start: int = Field(0, description="index of the first entry")
    names: tuple[str, ...] = Field(
        (), description="names of the cells of a table; “α|first loss” gives a word alternatives"
    )
    credit: Literal["entries", "all"] = Field("entries", description="marks for each entry, or all or nothing")


_MOST_ORDERED = 20
"""Longest list of which it is told that it stands in another order."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries in order; None where statements with an index (``indexed``) leave one out.

    Args:
        values: the entries.
        indexed: each is told with its index.
        lead: the first entry, where the text gives it apart from the others, which may or may not begin with it.
    """

    values: tuple[Value | None, ...]
    indexed: bool = False
    lead: Value | None = None


def compare_entries(answer: Entries, truth: Entries, options: EntriesOptions) -> Comparison:
    """Judge a list: each entry counts where the length is right, or where the answer names its indices.

    Args:
        answer: as read.
        truth: without gaps.
        options: of the part; ``credit`` says what a partly right list earns.
    """
    given, asked = len(answer.values), len(truth.values)
    if given + 1 == asked and answer.lead is not None:
        answer = Entries((answer.lead, *answer.values))
    elif given < asked and answer.indexed:
        answer = Entries(answer.values + (None,) * (asked - given), indexed=True)
    if offset := _counted_from_elsewhere(answer, truth, options):
        return offset
    pairs = zip(answer.values, truth.values, strict=False)
    judged = [None if a is None or t is None else judge(a, t, options) for a, t in pairs]
    stated = [j for j in judged if j is not None]
    method = stated[0].method if stated else "exact"
    bound = next((j.bound for j in stated if j.bound), "")
    if len(answer.values) != asked:
        return _wrong_length(answer, truth, options, method, bound)
    rights = [j is not None and j.right is True for j in judged]
    if all(rights):
        reason = next((j.reason for j in stated if j.reason != "exact"), "exact")
        return Comparison(Status.CORRECT, Fraction(1), reason, "", Evidence(method, bound))
    if any(j.right is None for j in stated):
        return Comparison(Status.UNDECIDED, None, "undecided", SLIPS["undecided"], Evidence(method, bound))
    evidence = Evidence(method, bound, _witness(answer, truth, rights, options))
    if shift := _shift(answer, truth, options):
        return Comparison(Status.INCORRECT, Fraction(0), "shifted", shift, evidence)
    credit = Fraction(sum(rights), len(rights))
    feedback = _feedback(rights, judged, options)
    if len(rights) <= _MOST_ORDERED and _reordered(answer, truth, options):
        feedback += " The values are those of the right list, in another order."
    if options.credit == "all" or credit == 0:
        return Comparison(Status.INCORRECT, Fraction(0), "entries", feedback, evidence)
    return Comparison(Status.PARTIAL, credit, "entries", feedback, evidence)


def covers(one: Entries, other: Entries, options: EntriesOptions) -> bool:
    """Whether all that ``other`` gives, ``one`` gives too, at the same places.

    Args:
        one, other: lists as read; where ``other`` has a gap, anything covers it.
        options: of the part.
    """
    if len(other.values) > len(one.values):
        return False
    pairs = zip(one.values, other.values, strict=False)
    return all(b is None or (a is not None and judge(a, b, options).right is True) for a, b in pairs)


def same_entries(one: Entries, other: Entries, options: EntriesOptions) -> bool | None:
    """Whether two lists are equal entry by entry; None where one pair is not settled and none differs.

    Args:
        one, other: lists as read; a gap equals only a gap.
        options: of the part.
    """
    if len(one.values) != len(other.values):
        return False
    outcomes = [
        (a is None and b is None) if a is None or b is None else judge(a, b, options).right
        for a, b in zip(one.values, other.values, strict=True)
    ]
    return False if False in outcomes else (None if None in outcomes else True)


def _position(index: int, options: EntriesOptions) -> str:
    return plain_name(options.names[index]) if options.names else f"entry {index + options.start}"


def _witness(answer: Entries, truth: Entries, rights: list[bool], options: EntriesOptions) -> Witness | None:
    for index, right in enumerate(rights):
        expected, given = truth.values[index], answer.values[index]
        if not right and expected is not None:
            at = ("cell", plain_name(options.names[index])) if options.names else ("index", str(index + options.start))
            yours = "nothing" if given is None else show(given).unicode
            return Witness((at,), yours, show(expected).unicode)
    return None


def _feedback(rights: list[bool], judged: Sequence[Judgement | None], options: EntriesOptions) -> str:
    wrong = [(i, j) for i, (right, j) in enumerate(zip(rights, judged, strict=True)) if not right]
    named = ", ".join(_position(i, options) for i, _ in wrong[:6]) + (" …" if len(wrong) > 6 else "")
    reasons = {j.reason for _, j in wrong if j is not None}
    slip = SLIPS[reasons.pop()] if len(reasons) == 1 else ""
    missing = sum(j is None for _, j in wrong)
    note = f" {missing} of these {'was' if missing == 1 else 'were'} not given." if missing else ""
    extra = f" {slip}" if slip and slip != SLIPS["different"] else ""
    verb = "is" if sum(rights) == 1 else "are"
    right = f"{sum(rights)} of {len(rights)} entries {verb} right" if any(rights) else "No entry is right yet"
    return f"{right}. Look again at {named}.{extra}{note}"


def _counted_from_elsewhere(answer: Entries, truth: Entries, options: EntriesOptions) -> Comparison | None:
    """The verdict on the right values in order whose indices begin one later; None for all else."""
    if not answer.indexed or answer.values[0] is not None or not _equal(answer.values[1:], truth.values, options):
        return None
    says = f"The values are right, one after another, but their indices begin at {options.start + 1}"
    witness = Witness((("what", "first index"),), str(options.start + 1), str(options.start))
    evidence = Evidence("exact", "", witness)
    if "start" in options.model_fields_set:
        return Comparison(Status.INCORRECT, Fraction(0), "shifted", f"{says}, not at {options.start}.", evidence)
    return Comparison(Status.UNDECIDED, None, "shifted", f"{says}; a person decides whether that matters.", evidence)


def _reordered(answer: Entries, truth: Entries, options: EntriesOptions) -> bool:
    """Whether the entries are those of the truth in another order."""
    rest = list(truth.values)
    for value in answer.values:
        same = next((at for at, other in enumerate(rest) if _equal([value], [other], options)), -1)
        if same < 0:
            return False
        del rest[same]
    return not rest


def _shift(answer: Entries, truth: Entries, options: EntriesOptions) -> str:
    """What to say where the answer is the truth moved by one place."""
    a, t = list(answer.values), list(truth.values)
    if len(t) < 3 or options.names:
        return ""
    if _equal(a[:-1], t[1:], options):
        return f"The values are moved by one place: the entry for index {options.start} is missing at the front."
    if _equal(a[1:], t[:-1], options):
        return "The values are moved by one place: there is one too many at the front."
    return ""


def _equal(one: Sequence[Value | None], other: Sequence[Value | None], options: EntriesOptions) -> bool:
    return len(one) == len(other) and all(
        a is not None and b is not None and judge(a, b, options).right is True for a, b in zip(one, other, strict=True)
    )


def _wrong_length(answer: Entries, truth: Entries, options: EntriesOptions, method: str, bound: str) -> Comparison:
    """No entry of a list of another length earns marks: which entry each is would be a guess."""
    given, asked = len(answer.values), len(truth.values)
    told = sum(value is not None for value in answer.values)
    reason = "too_short" if given < asked else "too_long"
    says = f"There {'is 1 entry' if given == 1 else f'are {given} entries'} where {asked} are asked for."
    if told < given:
        ends = options.start + given - 1
        says = f"Indices go up to {ends}, where {asked} entries from {options.start} on are asked for."
    a, t = list(answer.values), list(truth.values)
    if _equal(a, t[1:], options):
        says += f" The entry for index {options.start} is missing at the front."
    elif _equal(a, t[:given], options):
        says += " Those given are right, but the end is missing."
    elif _equal(a[:asked], t, options):
        says += " The first ones are right; the rest was not asked for."
    witness = Witness((("what", "number of entries"),), str(given), str(asked))
    return Comparison(Status.INCORRECT, Fraction(0), reason, says, Evidence(method, bound, witness))
