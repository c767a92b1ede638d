"""How sure a formula that was put back may be, and the reason in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.intake.repair.torn.fitting import Fit
from grader.intake.repair.torn.reading import LOW, Caveat
from grader.records import Confidence

_SURE = 1.5
_LIKELY = 0.4
_ODD = 3.5
_STRANGE = 6.0
_GUESSED = frozenset({Caveat.FRACTION, Caveat.LOST_FRACTION, Caveat.ROOT})
_ORDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)

Judged = tuple[Confidence, str]
"""A confidence, and the reason."""


def judged(fits: Sequence[Fit], complete: bool) -> list[Judged]:
    """Confidences of the formulas of a block, and why each is not more.

    Args:
        fits: the formulas, in order.
        complete: whether no hole stayed empty, no piece was left, and it is known where the page begins.
    """
    odd = [fit.reading is None or fit.reading.cost > _ODD for fit in fits]
    guessed = [is_odd or _is_guessed(fit) for is_odd, fit in zip(odd, fits, strict=True)]
    smooth = complete and not any(odd)
    found = []
    for number, fit in enumerate(fits):
        beside = any(guessed[max(0, number - 1) : number] + guessed[number + 1 : number + 2])
        found.append(min(_against(fit, smooth, beside), key=lambda judge: _ORDER.index(judge[0])))
    return found


def _is_guessed(fit: Fit) -> bool:
    return fit.reading is not None and not _GUESSED.isdisjoint(fit.reading.caveats)


def _against(fit: Fit, smooth: bool, beside: bool) -> Iterator[Judged]:
    """What speaks against a formula at its place; the most telling reason of one confidence first."""
    reading = fit.reading
    if reading is None:
        yield Confidence.LOW, "these pieces of a formula could not be read"
        return
    if fit.rival:
        low = fit.margin < _LIKELY
        yield _ORDER[not low], f"the pieces of this formula can also be read as {fit.rival}"
    for caveat in sorted(set(reading.caveats), key=lambda caveat: caveat.value):
        yield _ORDER[caveat not in LOW], f"the formula was torn out of its sentence: {caveat.value}"
    if fit.margin < _LIKELY:
        yield Confidence.LOW, "which of the formulas torn out of their sentences stood here is not sure"
    if reading.cost > _STRANGE:
        yield Confidence.LOW, "the pieces of this formula fit together poorly"
    if beside:
        yield Confidence.LOW, "the formula was torn out of its sentence, beside one whose pieces fit together poorly"
    if fit.margin < _SURE:
        yield Confidence.MEDIUM, "the formula was torn out of its sentence; another may have stood here"
    if reading.cost > _ODD:
        yield Confidence.MEDIUM, "the formula was torn out of its sentence and put together from many pieces"
    if not smooth:
        yield Confidence.MEDIUM, "the formula was torn out of its sentence, and others near it are in doubt"
    yield Confidence.HIGH, "the formula was torn out of its sentence; holes and formulas agree"
