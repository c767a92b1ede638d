"""Matrices compared: entry by entry, in either orientation, or up to a factor; and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers._matrix.build import Grid, is_zero, shape_text, sized
from grader.answers._matrix.entries import EXACT, ZERO, Entry, Judged, RefusedError, Target, entry_of, text_of
from grader.answers._numbers.numeric import FLOAT_DIGITS, FLOAT_TOLERANCE, Judgement, NumericOptions, Value, judge
from grader.answers.base import Comparison
from grader.maths.numbers.exact import real
from grader.maths.tree import Binary, Node, Number, Unary
from grader.maths.values.domain import Domain
from grader.records import Evidence, Status, Witness


@dataclass(frozen=True, slots=True)
class Truth(Grid):
    """The key: a matrix that answers are compared with.

    Args:
        targets: its entries, row by row.
    """

    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How matrices are compared.

    Args:
        numbers: tolerances.
        domain: what is known of the symbols.
        declared: full names of the symbols, in order.
        scale: a factor does not matter.
        either: a vector may be written as a row or a column.
        entries: each right entry earns its share.
    """

    numbers: NumericOptions
    domain: Domain
    declared: tuple[str, ...]
    scale: bool
    either: bool
    entries: bool


def targets_of(grid: Grid, how: How) -> tuple[Target, ...]:
    """What the entries of answers are compared with.

    Args:
        grid: the truth.
        how: of the part.
    """
    if isinstance(grid, Truth) and grid.targets:
        return grid.targets
    return tuple(Target(entry, how.domain, how.declared) for entry in grid.flat)


def compared(answer: Grid, truth: Grid, how: How) -> Comparison:
    """The judgement on a matrix.

    Args:
        answer: as read.
        truth: the key.
        how: of the part.
    """
    targets = targets_of(truth, how)
    whole = sized(answer, truth.shape)
    if whole is not answer and (not is_zero(whole.flat[0]) or is_null(truth, how)):
        answer = whole
    if not fits(answer, truth, how):
        return _misshapen(answer, truth, targets, how)
    if how.scale:
        return _up_to_scale(answer, truth, targets, how)
    found = _judged(answer.flat, targets, how)
    wrong = [place for place, one in enumerate(found) if one.right is False]
    open_ = [place for place, one in enumerate(found) if one.right is None]
    evidence = _evidence(found)
    if not wrong and not open_:
        reason = "within_tolerance" if evidence.method == "tolerance" else "exact"
        return Comparison(Status.CORRECT, Fraction(1), reason, "", evidence)
    if open_ and (how.entries or not wrong):
        says = f"Whether the entry in {_place(answer, open_[0])} is right could not be settled; a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, evidence)
    return _of_wrong(answer, truth, targets, found, wrong, how)


def same(one: Grid, other: Grid, how: How) -> bool | None:
    """Whether two matrices are equal; None where that cannot be settled.

    Args:
        one, other: as read.
        how: of the part.
    """
    one, other = sized(one, other.shape), sized(other, one.shape)
    if not fits(one, other, how):
        return False
    if how.scale:
        if (null := is_null(other, how)) is not False:
            return null and is_null(one, how)
        status = _up_to_scale(one, other, targets_of(other, how), how).status
        return None if status is Status.UNDECIDED else status is Status.CORRECT
    right = [each.right for each in _judged(one.flat, targets_of(other, how), how)]
    return False if False in right else None if None in right else True


def fits(answer: Grid, truth: Grid, how: How) -> bool:
    """Whether the shapes agree; a list is neither row nor column.

    Args:
        answer: as read.
        truth: the key.
        how: of the part.
    """
    if answer.shape == truth.shape:
        return True
    free = how.either or answer.listed or truth.listed
    return free and answer.is_vector and truth.is_vector and answer.shape == truth.shape[::-1]


def _judged(entries: Sequence[Entry], targets: Sequence[Target], how: How) -> list[Judged]:
    return [target.judge(entry, how.numbers) for entry, target in zip(entries, targets, strict=True)]


def _evidence(found: Sequence[Judged], witness: Witness | None = None) -> Evidence:
    """How the entries were decided: the weakest of their methods."""
    plain = ("identical", "exact")
    weakest = next((one.judgement for one in found if one.judgement.method not in plain), None)
    return Evidence(weakest.method if weakest else "exact", weakest.bound if weakest else "", witness)


def _place(grid: Grid, place: int) -> str:
    columns = grid.shape[1]
    if grid.is_vector:
        return f"place {place + 1}"
    return f"row {place // columns + 1}, column {place % columns + 1}"


def _witness(answer: Grid, truth: Grid, place: int, found: Judged | None = None) -> Witness:
    """The entry that is wrong, with the values at which it is where it is a formula."""
    at: tuple[tuple[str, str], ...] = (("entry", _place(answer, place)),)
    yours, expected = text_of(answer.flat[place]), text_of(truth.flat[place])
    if found is not None and found.difference is not None and found.difference.at:
        return Witness(at + found.difference.at, found.difference.yours, found.difference.expected)
    return Witness(at, yours, expected)


def _misshapen(answer: Grid, truth: Grid, targets: Sequence[Target], how: How) -> Comparison:
    shapes = _shape(answer), _shape(truth)
    evidence = Evidence("exact", "", Witness((), *shapes))
    turned = answer.transposed
    if turned.shape == truth.shape and all(one.right for one in _judged(turned.flat, targets, how)):
        says = "This is the transpose of the right matrix: rows and columns are exchanged."
        return Comparison(Status.INCORRECT, Fraction(0), "transposed", says, evidence)
    says = f"The shape is {shapes[0]} where {shapes[1]} is expected."
    if answer.shape == (1, 1):
        says = f"This is a number; {shapes[1]} is expected."
    return Comparison(Status.INCORRECT, Fraction(0), "shape", says, evidence)


def _shape(grid: Grid) -> str:
    if grid.listed and grid.shape != (1, 1):
        return f"a vector of {len(grid.flat)} entries"
    return shape_text(grid.shape)


def _of_wrong(
    answer: Grid, truth: Grid, targets: Sequence[Target], found: Sequence[Judged], wrong: Sequence[int], how: How
) -> Comparison:
    """The comparison for a matrix of the right shape with wrong entries."""
    count = len(found)
    reason, says = _diagnosis(answer, targets, found, wrong, how)
    witness = _witness(answer, truth, wrong[0], found[wrong[0]])
    evidence = _evidence([found[place] for place in wrong], witness)
    right = count - len(wrong)
    if not how.entries or not right:
        return Comparison(Status.INCORRECT, Fraction(0), reason, f"{says} {_told(witness)}", evidence)
    says = f"{says} {right} of {count} entries are right. {_told(witness)}"
    return Comparison(Status.PARTIAL, Fraction(right, count), reason, says, evidence)


def _told(witness: Witness) -> str:
    text = str(witness)
    return f"{text[:1].upper()}{text[1:]}."


def _diagnosis(
    answer: Grid, targets: Sequence[Target], found: Sequence[Judged], wrong: Sequence[int], how: How
) -> tuple[str, str]:
    """The reason for a wrong matrix and what to say about it."""
    reasons = {found[place].judgement.reason for place in wrong}
    right_ones = [answer.flat[place] for place, one in enumerate(found) if one.right]
    if reasons == {"sign"} and len(found) > 1 and all(is_zero(entry) for entry in right_ones):
        return "sign", "Every entry has the wrong sign."
    rows, columns = answer.shape
    if rows == columns > 1 and all(one.right for one in _judged(answer.transposed.flat, targets, how)):
        return "transposed", "This is the transpose of the right matrix: rows and columns are exchanged."
    factor = _factor(answer, targets)
    if factor is not None:
        return "scaled", f"This is {factor} times the right one."
    if reasons == {"rounded"}:
        return "rounded", "Entries are rounded; the exact ones were asked for."
    if len(wrong) == 1 and len(found) > 1:
        return "one_entry", "One entry is wrong."
    if len(wrong) == len(found):
        return "different", "No entry is right."
    signs = " Check their signs." if reasons == {"sign"} else ""
    return "entries", f"{len(wrong)} entries are wrong.{signs}"


def _factor(answer: Grid, targets: Sequence[Target]) -> Fraction | None:
    """The rational factor by which the answer is the truth, None if there is none or it is 0 or 1."""
    found: Fraction | None = None
    for entry, target in zip(answer.flat, targets, strict=True):
        a = entry.value.real.fraction if entry.value else None
        t = target.entry.value.real.fraction if target.entry.value else None
        if a is None or t is None or (t == 0) != (a == 0):
            return None
        if t and (found := found if found is not None else a / t) != a / t:
            return None
    return found if found not in (None, 1) and len(targets) > 1 else None


# ---------------------------------------------------------------- up to a factor


def is_null(grid: Grid, how: How) -> bool | None:
    """Whether all entries are 0; None where that cannot be settled.

    Args:
        grid: as read.
        how: of the part.
    """
    zero = Target(ZERO, how.domain, how.declared)
    right = [zero.judge(entry, EXACT).right for entry in grid.flat]
    return False if False in right else None if None in right else True


def _up_to_scale(answer: Grid, truth: Grid, targets: Sequence[Target], how: How) -> Comparison:
    null = is_null(answer, how)
    if null is None:
        says = "Whether this is the zero vector could not be settled; a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, Evidence("none"))
    if null:
        says = "All entries are 0; a multiple other than the zero one is expected."
        evidence = Evidence("exact", "", Witness((), "0", "not 0"))
        return Comparison(Status.INCORRECT, Fraction(0), "zero", says, evidence)
    constant = all(entry.value for entry in (*answer.flat, *truth.flat))
    options = how.numbers
    given = any(value is not None for value in (options.abs, options.rel, options.sigfigs, options.decimals))
    if constant and (given or any(_is_printed(entry) for entry in (*answer.flat, *truth.flat))):
        found, wanted = _near(answer, truth, options)
    else:
        found, wanted = _proportional(answer, truth, how)
    wrong = next((place for place, one in enumerate(found) if one.right is False), None)
    if wrong is None and all(one.right for one in found):
        evidence = _evidence(found)
        reason = "within_tolerance" if evidence.method == "tolerance" else "exact"
        return Comparison(Status.CORRECT, Fraction(1), reason, "", evidence)
    if wrong is None:
        says = "Whether this is a multiple of the right one could not be settled; a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, _evidence(found))
    witness = Witness((("entry", _place(answer, wrong)),), text_of(answer.flat[wrong]), wanted[wrong])
    says = f"This is no multiple of the right one. {_told(witness)}"
    return Comparison(Status.INCORRECT, Fraction(0), "different", says, _evidence([found[wrong]], witness))


def _proportional(answer: Grid, truth: Grid, how: How) -> tuple[list[Judged], list[str]]:
    """Whether the products crosswise with one entry agree: exact, and for formulas too."""
    a, t = answer.flat, truth.flat
    pivot = next((place for place, entry in enumerate(t) if not is_zero(entry)), 0)
    found, wanted = [], []
    for place, (mine, theirs) in enumerate(zip(a, t, strict=True)):
        wanted.append("not 0" if is_zero(a[pivot]) else _multiple(theirs, a[pivot], t[pivot]))
        if place == pivot:
            found.append(Judged(Judgement(True, "exact", "exact")))
            continue
        try:
            product = entry_of(Binary("*", theirs.node, a[pivot].node), {})
            other = entry_of(Binary("*", mine.node, t[pivot].node), {})
            found.append(Target(product, how.domain, how.declared).judge(other, EXACT))
        except RefusedError:
            found.append(Judged(Judgement(None, "undecided", "none")))
    return found, wanted


def _multiple(entry: Entry, above: Entry, below: Entry) -> str:
    """An entry times a quotient, as text."""
    a, b, c = (each.value.real.fraction if each.value else None for each in (entry, above, below))
    if a is not None and b is not None and c:
        return text_of(Entry(real(a * b / c).node))
    return text_of(Entry(Binary("/", Binary("*", entry.node, above.node), below.node)))


def _is_printed(entry: Entry) -> bool:
    """Whether an entry is a float, or written with as many digits as a computer prints."""
    node: Node = entry.node.operand if isinstance(entry.node, Unary) else entry.node
    digits = node.text.lower().partition("e")[0].replace(".", "").lstrip("0") if isinstance(node, Number) else ""
    printed = isinstance(node, Number) and "." in node.text and len(digits) >= FLOAT_DIGITS
    return printed or (entry.value is not None and entry.value.inexact)


def _near(answer: Grid, truth: Grid, options: NumericOptions) -> tuple[list[Judged], list[str]]:
    """Whether the answer is the multiple of the truth that lies nearest, within the tolerance.

    An answer shorter than 1 is stretched first: a tolerance does not make everything short equal to everything.
    """
    a, t = _fractions(answer), _fractions(truth)
    length = sum((x * x for x in a), Fraction(0))
    if length and length < 1:
        halvings = (length.denominator.bit_length() - length.numerator.bit_length() + 1) // 2
        a = [x * 2**halvings for x in a]
    along, whole = (sum((x * y for x, y in zip(v, t, strict=True)), Fraction(0)) for v in (a, t))
    factor = along / (whole or 1)
    target = [factor * y for y in t]
    if any(_is_printed(entry) for entry in (*answer.flat, *truth.flat)):
        least = FLOAT_TOLERANCE * max(abs(y) for y in target)
        options = options.model_copy(update={"abs": max(least, options.abs or Fraction(0))})
    found = [Judged(judge(Value(real(x)), Value(real(y)), options)) for x, y in zip(a, target, strict=True)]
    if factor == 0:
        found = [Judged(Judgement(False, "different", "exact"))] * len(found)
    return found, [f"{float(y):.6g}" if abs(y) < 10**300 else "large" for y in target]


def _fractions(grid: Grid) -> list[Fraction]:
    """The entries, those that are irrational to many places."""
    found = []
    for entry in grid.flat:
        value = entry.value.real if entry.value else real(0)
        exact = value.fraction
        found.append(exact if exact is not None else Fraction(value.approximate()))
    return found
