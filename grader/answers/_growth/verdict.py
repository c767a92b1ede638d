"""Judging a growth class: status, credit, and one sentence with the path that shows it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from grader.answers._growth.assume import read_assumptions
from grader.answers._growth.read import Bound
from grader.answers.base import Comparison
from grader.maths.growth.decide import Escape
from grader.maths.growth.judge import EQUAL, Function, Judgement, Setting, judge
from grader.maths.growth.paths import described
from grader.maths.growth.scale import NegativeError, UndecidedError
from grader.maths.reading.scope import CONSTANTS
from grader.maths.rendering.render import render
from grader.maths.tree import symbols_in
from grader.records import Evidence, Status, Witness

METHOD = "growth cone"
"""How verdicts are reached, for the evidence."""


class GrowthSettings(Protocol):
    """The options that a verdict depends on (see ``GrowthOptions``)."""

    @property
    def bound(self) -> str:
        """``Θ``, ``O`` or ``Ω``."""

    @property
    def variables(self) -> tuple[str, ...]:
        """Declared names."""

    @property
    def assume(self) -> tuple[str, ...]:
        """Assumptions as text."""

    @property
    def form(self) -> str:
        """``simplified`` or nothing."""

    @property
    def loose_credit(self) -> Fraction:
        """Credit for a bound that holds and is not tight."""

    @property
    def small_credit(self) -> Fraction:
        """Credit for a bound that does not hold."""

    @property
    def unsimplified_credit(self) -> Fraction:
        """Credit for the right class where its simplest form is asked."""


@lru_cache(maxsize=512)
def setting_of(assume: tuple[str, ...], variables: tuple[str, ...]) -> Setting:
    """What is known of the variables.

    Args:
        assume: as in a spec.
        variables: declared names.

    Raises:
        ValueError: an assumption does not read.
    """
    return Setting(read_assumptions(assume, variables), variables)


def relation(one: Bound, other: Bound, options: GrowthSettings) -> Judgement:
    """How the functions of two classes compare.

    Raises:
        UndecidedError, NegativeError: as in :func:`grader.maths.growth.judge.judge`.
    """
    where = setting_of(options.assume, options.variables)
    return judge(Function(one.node, one.head == "Õ"), Function(other.node, other.head == "Õ"), where)


def compared(answer: Bound, truth: Bound, options: GrowthSettings) -> Comparison:
    """The verdict on a class.

    Args:
        answer, truth: as read.
        options: of the part.
    """
    found = _judged(answer, truth, options)
    own = symbols_in(answer.node) - CONSTANTS - set(options.variables)
    strange = sorted(own - symbols_in(truth.node)) if options.variables else []
    if not strange or found.status not in (Status.INCORRECT, Status.PARTIAL):
        return found
    return replace(found, feedback=f"The question has no variable called {', '.join(strange)}. {found.feedback}")


def _judged(answer: Bound, truth: Bound, options: GrowthSettings) -> Comparison:
    """The verdict on a class, whatever symbols are in it."""
    try:
        found = relation(answer, truth, options)
    except NegativeError:
        says = "The expression is zero or negative for large values, so it bounds no cost."
        return _refused("negative", says, _plain_witness(answer, truth))
    except UndecidedError as error:
        return _open("undecided", f"The growth could not be compared with the expected one: {error.reason}.")
    asked = "Ω" if truth.head == "Ω" else options.bound
    if found.reason in EQUAL:
        return _equal(answer, truth, found, options)
    if asked == "Ω":
        return _lower(answer, truth, found, options)
    return _upper(answer, truth, found, options)


def _equal(answer: Bound, truth: Bound, found: Judgement, options: GrowthSettings) -> Comparison:
    """The verdict on an answer of the right class."""
    if answer.head in ("o", "ω"):
        word = "slower" if answer.head == "o" else "faster"
        says = f"{answer.head}(…) says that the cost grows strictly {word}, but the two grow alike."
        return _refused("too_small", says, _plain_witness(answer, truth))
    remark = {
        "exact": "",
        "constant_factor": "The class is right; constant factors need not be written.",
        "lower_order_terms": "The class is right; terms that the others bound can be left out.",
    }[found.reason]
    if options.form == "simplified" and not found.tidy:
        says = remark.replace("need not be written", "should not be written").replace("can be", "should be")
        evidence = Evidence(METHOD, "", _plain_witness(answer, truth))
        return _credited(options.unsimplified_credit, found.reason, says, evidence)
    return Comparison(Status.CORRECT, Fraction(1), found.reason, remark, Evidence(METHOD))


def _upper(answer: Bound, truth: Bound, found: Judgement, options: GrowthSettings) -> Comparison:
    """The verdict on another class where an upper or tight bound is asked."""
    reason = found.reason
    if answer.head in ("Ω", "ω") and reason == "too_small":
        return _open("undecided", f"{answer.head}(…) is a lower bound; it holds, but an upper one is asked.")
    claims = answer.head == "o" and not found.strict
    if reason == "too_loose" and not claims and answer.head not in ("Ω", "ω"):
        if found.above is not None:
            says = f"The bound holds but is not tight: {_outgrows(found.above, 'it outgrows the cost by a factor of')}."
        else:
            says = "The bound holds but is not tight: it hides powers of logarithms."
        evidence = Evidence(METHOD, "", _witness(answer, truth, found.above, None))
        return _credited(options.loose_credit, reason, says, evidence)
    return _failed(answer, truth, found, options)


def _lower(answer: Bound, truth: Bound, found: Judgement, options: GrowthSettings) -> Comparison:
    """The verdict on another class where a lower bound is asked."""
    if answer.head in ("O", "Õ", "o") and found.reason == "too_loose":
        return _open("undecided", f"{answer.head}(…) is an upper bound; it holds, but a lower one is asked.")
    if found.reason == "too_small":
        by = _outgrows(found.below, "the cost outgrows it by a factor of")
        evidence = Evidence(METHOD, "", _witness(answer, truth, None, found.below))
        return _credited(options.loose_credit, "too_loose", f"The bound holds but is not tight: {by}.", evidence)
    if found.reason == "too_loose":
        by = _outgrows(found.above, "it outgrows the cost by a factor of")
        evidence = Evidence(METHOD, "", _witness(answer, truth, found.above, None))
        return _credited(options.small_credit, "too_small", f"This is no lower bound: {by}.", evidence)
    return _failed(answer, truth, found, options)


def _failed(answer: Bound, truth: Bound, found: Judgement, options: GrowthSettings) -> Comparison:
    """The verdict on a bound that does not hold."""
    evidence = Evidence(METHOD, "", _witness(answer, truth, found.above, found.below))
    if found.reason == "too_small":
        says = f"This is too small: {_outgrows(found.below, 'the cost outgrows it by a factor of')}."
        return _credited(options.small_credit, found.reason, says, evidence)
    above = _outgrows(found.above, "it outgrows the cost by a factor of")
    if found.reason == "incomparable":
        below = _outgrows(found.below, "the cost outgrows it by a factor of")
        says = f"Neither bounds the other: {below}; {above}."
    else:
        says = f"The claim does not hold: {above}."
    return _credited(Fraction(0), found.reason, says, evidence)


def _outgrows(found: Escape | None, verb: str) -> str:
    """One direction in words: the path, and by what the one outgrows the other."""
    if found is None:
        return "they grow differently"
    if not found.ratio:
        return f"{found.text()}, {verb.removesuffix(' by a factor of')}"
    return f"{found.text()}, {verb} {found.ratio}"


def _witness(answer: Bound, truth: Bound, above: Escape | None, below: Escape | None) -> Witness:
    """Where the two differ, and what each grows like there; a place where the answer is too small comes first."""
    found = below or above
    if found is None:
        return _plain_witness(answer, truth)
    yours, expected = (found.second, found.first) if found is below else (found.first, found.second)
    at = described(found.path) if found.path is not None else (("path", found.text()),)
    if not (yours and expected):
        plain = _plain_witness(answer, truth)
        yours, expected = yours or plain.yours, expected or plain.expected
    return Witness(at, yours, expected)


def _plain_witness(answer: Bound, truth: Bound) -> Witness:
    return Witness((), render(answer.node).unicode, render(truth.node).unicode)


def _credited(credit: Fraction, reason: str, says: str, evidence: Evidence) -> Comparison:
    status = Status.CORRECT if credit == 1 else Status.PARTIAL if credit else Status.INCORRECT
    return Comparison(status, credit, reason, says, evidence)


def _refused(reason: str, says: str, witness: Witness) -> Comparison:
    return Comparison(Status.INCORRECT, Fraction(0), reason, says, Evidence(METHOD, "", witness))


def _open(reason: str, says: str) -> Comparison:
    return Comparison(Status.UNDECIDED, None, reason, f"{says} A person will look.", Evidence(METHOD))
