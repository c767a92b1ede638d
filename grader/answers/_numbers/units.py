"""Units after a number: which letters are one, and when two of them measure the same.

A unit is kept as a product of powers of base units with an exact factor, so that ``120 mm`` is ``12 cm`` and
``12 m`` is not. Words that are in no table are units too, but nothing is known of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.maths.reading.tokens import Kind, Token, text_at

_BASES = """
m m 1 metre metres meter meters
cm m 1/100 centimetre centimetres centimeter centimeters
mm m 1/1000 millimetre millimetres millimeter millimeters
km m 1000 kilometre kilometres kilometer kilometers
nm m 1/1000000000 nanometre nanometres nanometer nanometers
inch m 254/10000 inches
ft m 3048/10000 foot feet
yd m 9144/10000 yard yards
mi m 1609344/1000 mile miles
s s 1 sec secs second seconds
ms s 1/1000 millisecond milliseconds
ns s 1/1000000000 nanosecond nanoseconds
min s 60 mins minute minutes
h s 3600 hr hrs hour hours
d s 86400 day days
wk s 604800 week weeks
year year 1 years yr yrs
month month 1 months
g kg 1/1000 gram grams gramme grammes
kg kg 1 kilogram kilograms kilo kilos
mg kg 1/1000000 milligram milligrams
tonne kg 1000 tonnes
lb lb 1 lbs
L m^3 1/1000 l liter liters litre litres
ml m^3 1/1000000 mL milliliter milliliters millilitre millilitres
N kg*m/s^2 1 newton newtons
kN kg*m/s^2 1000
J kg*m^2/s^2 1 joule joules
kJ kg*m^2/s^2 1000
W kg*m^2/s^3 1 watt watts
kW kg*m^2/s^3 1000 kilowatt kilowatts
Pa kg/m/s^2 1 pascal pascals
kPa kg/m/s^2 1000
V kg*m^2/s^3/A 1 volt volts
A A 1 amp amps ampere amperes
Ω kg*m^2/s^3/A^2 1 ohm ohms
Hz s^-1 1 hertz
kHz s^-1 1000
MHz s^-1 1000000
GHz s^-1 1000000000
K K 1 kelvin
mol mol 1 mole moles
kmh m/s 5/18 kph kmph
mph m/s 1609344/3600000
rad rad 1 radian radians
dollars dollar 1 dollar $ USD usd bucks
cents dollar 1/100 cent ¢
euros euro 1 euro € EUR eur
pounds pound 1 pound £ GBP
yen yen 1 ¥ JPY
bits bit 1 bit
bytes bit 8 byte
KB KB 1 kB
MB MB 1
GB GB 1
flops flop 1 flop FLOP FLOPs FLOPS
people people 1 persons person
"""

_LETTERS = frozenset("m s g h d L l N J W V A K Ω".split())
"""Units of one letter, which may also be a variable."""

_MOST_FACTORS = 6
_LONGEST_WORD = 20
_NO_UNIT = frozenset(
    "a an and are as at because but by exactly exact for from if in is it means not of on only or since so such that "
    "the then this thus to too was we were when where which while with final would here total altogether overall "
    "approx about per times over percent again indeed always also each both ways now maybe perhaps instead i".split()
)
"""Words of sentences, which are no units."""

_MONEY = re.compile(r"\s*(?:[-−]\s*)?\\?([$€£¥])\s?[-−]?[\d.]")

Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    Args:
        text: its one spelling.
        dimensions: base units with their exponents, in order; None where the word is in no table.
        factor: how many of the base units it is.
        doubtful: it is one letter right after the number, and so may be a variable.
    """

    text: str
    dimensions: Dimensions | None
    factor: Fraction = Fraction(1)
    doubtful: bool = False


def _parsed(text: str) -> dict[str, int]:
    """The exponents in ``kg*m/s^2``."""
    out: dict[str, int] = {}
    for sign, name, power in re.findall(r"([*/]?)(\w+)(?:\^(-?\d+))?", text):
        out[name] = out.get(name, 0) + int(power or 1) * (-1 if sign == "/" else 1)
    return out


def _table() -> dict[str, tuple[str, dict[str, int], Fraction]]:
    table: dict[str, tuple[str, dict[str, int], Fraction]] = {}
    for line in _BASES.strip().splitlines():
        name, dimensions, factor, *synonyms = line.split()
        for word in (name, *synonyms):
            table[word] = (name, _parsed(dimensions), Fraction(factor))
    return table


_UNITS = _table()


def unit_at(tokens: Sequence[Token], at: int) -> tuple[Unit, int] | None:
    """The unit that stands at a token, right after a number.

    Args:
        tokens: of the text.
        at: index past the last token of the number.

    Returns:
        The unit and the index past it; None where none of the table stands there.
    """
    if at >= len(tokens) or tokens[at].kind not in (Kind.WORD, Kind.NAME, Kind.PUNCT, Kind.FUNC):
        return None
    powers: dict[str, int] = {}
    spelled: list[str] = []
    factor, sign, index = Fraction(1), 1, at
    for count in range(_MOST_FACTORS):
        token = tokens[index] if index < len(tokens) else None
        known = _UNITS.get(token.text) if token is not None and not token.sub else None
        if known is None:
            break
        name, dimensions, scale = known
        power, after = _power(tokens, index + 1)
        for base, exponent in dimensions.items():
            powers[base] = powers.get(base, 0) + sign * power * exponent
        factor *= scale ** (sign * power)
        spelled.append(("/" if sign < 0 else "·" if count else "") + name + (f"^{power}" if power != 1 else ""))
        index = after
        joint = text_at(tokens, after)
        sign = -1 if joint in ("/", "per") else 1
        goes_on = joint in ("/", "per", "*") and text_at(tokens, after + 1) in _UNITS
        beside = after < len(tokens) and tokens[after].space and joint in _LETTERS and joint not in ("A", "d")
        if not goes_on and not beside:
            break
        index += goes_on
    if not spelled:
        return None
    alone = len(spelled) == 1 and index == at + 1 and tokens[at].text in _LETTERS
    dims = tuple(sorted((base, power) for base, power in powers.items() if power and base != "rad"))
    return Unit("".join(spelled), dims, factor, alone and not tokens[at].space), index


def _power(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The whole exponent at a token, 1 where there is none, and the index past it."""
    if text_at(tokens, at) in ("squared", "cubed"):
        return (2 if tokens[at].text == "squared" else 3), at + 1
    if text_at(tokens, at) != "^":
        return 1, at
    braced = text_at(tokens, at + 1) == "{"
    index = at + 1 + braced
    negative = text_at(tokens, index) == "-"
    index += negative
    digits = text_at(tokens, index)
    if not (digits.isdecimal() and len(digits) == 1) or (braced and text_at(tokens, index + 1) != "}"):
        return 1, at
    return (-int(digits) if negative else int(digits)), index + 1 + braced


def word_at(tokens: Sequence[Token], at: int) -> Unit | None:
    """A word right after a number that may name what is counted: “12 apples”; None where it is none.

    Args:
        tokens: of the text.
        at: index past the last token of the number.
    """
    token = tokens[at] if at < len(tokens) else None
    if token is None or token.kind is not Kind.WORD or not token.space or len(token.text) > _LONGEST_WORD:
        return None
    plain = token.text.isalpha() and token.text.islower() and token.text not in _NO_UNIT
    return Unit(token.text, None) if plain else None


def money(text: str) -> Unit | None:
    """The currency whose sign stands before the number of a bare answer: ``$5``, but not ``$5$``.

    Args:
        text: the answer as written.
    """
    m = _MONEY.match(text)
    if m is None or text.count(m.group(1)) != 1:
        return None
    name, dimensions, factor = _UNITS[m.group(1)]
    return Unit(name, tuple(dimensions.items()), factor)
