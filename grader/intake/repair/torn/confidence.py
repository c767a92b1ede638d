"""How sure a formula that was put back may be, and the reason in a sentence."""

from __future__ import annotations

from grader.intake.repair.torn.fitting import Fit
from grader.intake.repair.torn.reading import LOW
from grader.records import Confidence

_SURE = 1.2
_LIKELY = 0.4
_ODD = 3.5
_STRANGE = 6.0


def is_odd(fit: Fit) -> bool:
    """Whether the pieces of a formula fit together so poorly that something else may be amiss around it."""
    return fit.reading is None or fit.reading.cost > _ODD


def confidence_of(fit: Fit, smooth: bool) -> tuple[Confidence, str]:
    """Confidence of a formula at its place.

    Args:
        fit: the formula.
        smooth: whether in its block no hole stayed empty and no fragment was left.

    Returns:
        The confidence, and why it is not more.
    """
    reading = fit.reading
    if reading is None:
        return Confidence.LOW, "these pieces of a formula could not be read"
    if fit.rival:
        return (
            Confidence.LOW if fit.margin < _LIKELY else Confidence.MEDIUM,
            f"the pieces of this formula can also be read as {fit.rival}",
        )
    caveats = sorted(set(reading.caveats), key=lambda caveat: (caveat not in LOW, caveat.value))
    if caveats and caveats[0] in LOW:
        return Confidence.LOW, f"the formula was torn out of its sentence: {caveats[0].value}"
    if fit.margin < _LIKELY:
        return Confidence.LOW, "which of the formulas torn out of their sentences stood here is not sure"
    if reading.cost > _STRANGE:
        return Confidence.LOW, "the pieces of this formula fit together poorly"
    if fit.margin < _SURE:
        return Confidence.MEDIUM, "the formula was torn out of its sentence; another may have stood here"
    if caveats:
        return Confidence.MEDIUM, f"the formula was torn out of its sentence: {caveats[0].value}"
    if reading.cost > _ODD:
        return Confidence.MEDIUM, "the formula was torn out of its sentence and put together from many pieces"
    if not smooth:
        return Confidence.MEDIUM, "the formula was torn out of its sentence, and others near it are in doubt"
    return Confidence.HIGH, "the formula was torn out of its sentence; holes and formulas agree"
