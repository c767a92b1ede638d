"""Numbers as answers: what number and sequence share (options, reading, comparing, showing)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from grader.answers._numbers.commas import join_commas
from grader.answers._numbers.units import Unit
from grader.answers._sympy import number_text
from grader.answers.base import Options, brief
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.numbers.balls import MAX_BITS, UndefinedError, difference
from grader.maths.numbers.exact import Real, compare, evaluate, real
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import NUMBERS, Scope, numbers_and
from grader.maths.reading.tokens import Token
from grader.maths.rendering import render
from grader.maths.tree import Node, Number, Unary, short_decimal
from grader.records import Rendered

FLOAT_TOLERANCE = Fraction(1, 10**9)
"""Relative tolerance where the truth is a float, or the answer a float printed by a computer."""

FLOAT_DIGITS = 15
"""A decimal with this many significant digits is taken for a float printed by a computer."""


def to_fraction(value: object) -> Fraction:
    """An exact number from an option.

    Args:
        value: an int, a Fraction, a decimal or quotient as text, or a float, which counts as printed.

    Raises:
        ValueError: it is none of these, or not finite.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError(f"expected a number, found {value!r}")
    try:
        return Fraction(repr(value) if isinstance(value, float) else value)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise ValueError(f"expected a number, found {value!r}") from None


Exact = Annotated[Fraction, BeforeValidator(to_fraction)]


class NumericOptions(Options):
    """How close is close enough. Without any of these, numbers must be equal exactly."""

    abs: Annotated[Exact, Field(ge=0)] | None = Field(None, description="absolute tolerance")
    rel: Annotated[Exact, Field(ge=0)] | None = Field(None, description="tolerance relative to the truth")
    sigfigs: int | None = Field(None, ge=1, le=50, description="right to this many significant figures")
    decimals: int | None = Field(None, ge=0, le=50, description="right to this many decimal places")
    values: Mapping[str, Exact] = Field(
        default_factory=dict, description="names that may stand in an answer, with their values"
    )

    @property
    def rounded(self) -> bool:
        """Whether a rounded number may be right."""
        return any((self.abs, self.rel, self.sigfigs, self.decimals is not None))


@dataclass(frozen=True, slots=True)
class Value:
    """A number as answered or as computed.

    Args:
        real: the number.
        inexact: it is a float, and so known only to :data:`FLOAT_TOLERANCE`.
        unit: what it is a number of, None where that is not said.
        decimal: what it is if its comma is the decimal sign and does not part thousands: ``2,236``.
    """

    real: Real
    inexact: bool = False
    unit: Unit | None = None
    decimal: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a number is right: ``right`` is None where that cannot be settled.

    Args:
        right: None where it cannot be settled.
        reason: a key of :data:`SLIPS`.
        method: how it was decided, for the evidence.
        bound: the tolerance that was allowed, in words.
    """

    right: bool | None
    reason: str
    method: str
    bound: str = ""


def plain_names(options: NumericOptions) -> dict[str, Fraction]:
    """The option ``values`` by the symbols that the lexer makes of their names.

    Args:
        options: of the part.
    """
    out: dict[str, Fraction] = {}
    if not options.values:
        return out
    for name, value in options.values.items():
        tokens = tokenize(name)
        out[tokens[0].symbol if len(tokens) == 1 else name] = value
    return out


def key_value(value: object, what: str, names: Mapping[str, Fraction] | None = None) -> Value:
    """The truth from a solver's plain value, or from a key that an author typed.

    Args:
        value: int, Fraction, float, a SymPy or numpy scalar, or text as a student would write it.
        what: for the message.
        names: symbols with values, for text.

    Raises:
        SpecError: it is not a finite number.
    """
    if isinstance(value, str):
        try:
            return read_value(tokenize(value), names or {})
        except AnswerError as error:
            raise SpecError(
                author_error("solver-nonsense", f"{what}: cannot read {value[:80]!r} as a number")
            ) from error
    if hasattr(value, "item") and not hasattr(value, "free_symbols"):
        value = value.item() if getattr(value, "size", 1) == 1 else value
    if isinstance(value, int | Fraction) and max(abs(value.numerator), value.denominator).bit_length() > MAX_BITS:
        raise SpecError(author_error("solver-nonsense", f"{what}: the number is too large to work with"))
    if isinstance(value, float):
        if not math.isfinite(value):
            raise SpecError(author_error("solver-nonsense", f"{what}: {value} is not a finite number"))
        return Value(real(Fraction(value)), inexact=not value.is_integer())
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Value(real(Fraction(value)))
    if hasattr(value, "free_symbols"):  # SymPy, without importing it here
        return key_value(number_text(value, what), what)
    raise SpecError(
        author_error("solver-nonsense", f"{what}: expected a number, found {type(value).__name__} {brief(value)}")
    )


def read_value(tokens: Sequence[Token], names: Mapping[str, Fraction]) -> Value:
    """A number from the tokens of one, every one of which must belong to it.

    Args:
        tokens: of a bare answer.
        names: symbols with values.

    Raises:
        AnswerError: they are not a number, or one without a real value.
    """
    return value_of(parse_all(join_commas(tokens).tokens, scope_of(names)), names)


def scope_of(names: Mapping[str, Fraction]) -> Scope:
    """The scope of numbers in which some names have values.

    Args:
        names: symbols with values.
    """
    return numbers_and(frozenset(names)) if names else NUMBERS


def value_of(node: Node, names: Mapping[str, Fraction]) -> Value:
    """The number that a tree stands for.

    Args:
        node: whose symbols are π, e or in ``names``.
        names: symbols with values.

    Raises:
        AnswerError: it has no real value, or one too large to work with.
    """
    try:
        return Value(evaluate(node, names))
    except UndefinedError as error:
        raise AnswerError(student_error("answer-undefined", f"the expression has no usable value: {error}")) from error


def judge(answer: Value, truth: Value, options: NumericOptions) -> Judgement:
    """Whether an answer is right, by the options or else exactly.

    Args:
        answer: as read.
        truth: from the solver.
        options: of the part; with several tolerances the widest counts.
    """
    margin, says = _margin(answer, truth, options)
    if margin is None:
        order = compare(answer.real, truth.real)
        if order is None:
            return Judgement(None, "undecided", "ball arithmetic")
        formed = answer.real.form is not None and truth.real.form is not None
        if order == 0:
            return Judgement(True, "exact", "exact" if formed else "separation bound")
        method = "exact" if formed else "ball arithmetic"
        return Judgement(False, _slip(answer, truth), method)
    within = _within(answer.real, truth.real, margin)
    if within is None:
        return Judgement(None, "undecided", "tolerance", says)
    return Judgement(within, "within_tolerance" if within else _slip(answer, truth), "tolerance", says)


_TOLERANCES = frozenset({"abs", "rel", "sigfigs", "decimals"})


def _margin(answer: Value, truth: Value, options: NumericOptions) -> tuple[Fraction | None, str]:
    """The largest difference that counts as equal, None where equality is exact, and its name."""
    declared = options.model_fields_set & _TOLERANCES
    if not declared and not (truth.inexact or answer.inexact or _looks_printed(answer)):
        return None, ""
    size = abs(_rough(truth.real))
    margins: list[tuple[Fraction, str]] = []
    if options.abs is not None:
        margins.append((options.abs, f"absolute {_short(options.abs)}"))
    if options.rel is not None:
        margins.append((options.rel * size, f"relative {_short(options.rel)}"))
    if options.sigfigs is not None:
        magnitude = _magnitude(size)
        margins.append(
            (Fraction(10) ** (magnitude - options.sigfigs + 1) / 2, f"{options.sigfigs} significant figures")
        )
    if options.decimals is not None:
        margins.append((Fraction(1, 2 * 10**options.decimals), f"{options.decimals} decimal places"))
    if margins:
        return max(margins)
    if truth.inexact or answer.inexact or _looks_printed(answer):
        return FLOAT_TOLERANCE * size, "relative 1e-9, for numbers printed by a computer"
    return None, ""  # a tolerance that is declared as none


def _magnitude(size: Fraction) -> int:
    """The power of ten of the leading digit of a positive number; 0 for 0."""
    if not size:
        return 0
    guess = (size.numerator.bit_length() - size.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** guess > size:
        guess -= 1
    while Fraction(10) ** (guess + 1) <= size:
        guess += 1
    return guess


def _rough(value: Real) -> Fraction:
    """About the value; 0 where it is too large or too small for a float."""
    exact = value.fraction
    if exact is not None:
        return exact
    near = value.approximate()
    return Fraction(near) if math.isfinite(near) else Fraction(0)


def _short(value: Fraction) -> str:
    return short_decimal(value, 12) or str(value)


def _decimal_text(answer: Value) -> str:
    """An answer that is a decimal, as written without its sign; "" if it is anything else."""
    node = answer.real.node
    node = node.operand if isinstance(node, Unary) and node.op == "-" else node
    return node.text if isinstance(node, Number) and "." in node.text else ""


def _looks_printed(answer: Value) -> bool:
    """Whether an answer is a decimal with so many digits that a computer must have printed it."""
    text = _decimal_text(answer)
    if len(text) < FLOAT_DIGITS:
        return False
    digits = text.lower().partition("e")[0].replace(".", "").lstrip("0")
    return len(digits) >= FLOAT_DIGITS


def _within(one: Real, other: Real, margin: Fraction) -> bool | None:
    """Whether two numbers differ by at most the margin; None where balls do not settle it."""
    a, b = one.fraction, other.fraction
    if a is not None and b is not None:
        return abs(a - b) <= margin
    for bits in (64, 256):
        gap = abs(difference(one.node, other.node, bits)) * margin.denominator - margin.numerator
        if gap <= 0:
            return True
        if gap > 0:
            return False
    return None


def _slip(answer: Value, truth: Value) -> str:
    """The name of a common slip that explains a wrong number, or ``different``."""
    a, t = answer.real.fraction, truth.real.fraction
    if is_rounding(answer, truth):
        return "rounded"
    if a is None or t is None or t == 0:
        return "different"
    if a == -t:
        return "sign"
    if a * t == 1:
        return "reciprocal"
    return "percent" if a == 100 * t or 100 * a == t else "different"


def is_rounding(answer: Value, truth: Value) -> bool:
    """Whether an answer is a decimal that is the truth to all places it is given.

    Args:
        answer: as read.
        truth: what it may be a rounding of.
    """
    text, value = _decimal_text(answer), answer.real.fraction
    if not text or value is None:
        return False
    mantissa, _, exponent = text.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    unit = Fraction(10) ** -places
    return abs(value - _rough(truth.real)) <= unit / 2


SLIPS = {
    "rounded": "This is the right value rounded; the exact value was asked for.",
    "rounded too far": "This is the right value rounded too far: more digits were asked for.",
    "sign": "The size is right; check the sign.",
    "reciprocal": "This is the reciprocal of the right value.",
    "percent": "This is off by a factor of 100; check the percentage.",
    "different": "The value differs.",
    "unit": "The unit is another one.",
    "comma": "The comma may part thousands or be the decimal sign; a person will look.",
    "undecided": "Whether this equals the right value could not be settled; a person will look.",
    "within_tolerance": "",
    "exact": "",
}
"""What each reason tells the writer of the answer."""


def plain(value: Value) -> Fraction | float:
    """A number as a solver takes it: exact where it is rational.

    Args:
        value: the number.
    """
    fraction = value.real.fraction
    return fraction if fraction is not None and not value.inexact else value.real.approximate()


def show(value: Value) -> Rendered:
    """A number as it was written; a float in short.

    Args:
        value: an answer or the truth.
    """
    if value.inexact and value.real.fraction is not None:
        text = f"{value.real.approximate():.10g}"
        return (
            render.render(Number(value.real.fraction, text))
            if text[0] != "-"
            else render.render(Unary("-", Number(-value.real.fraction, text[1:])))
        )
    return render.render(value.real.node)
