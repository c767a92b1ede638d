"""Unquoted words: exact numbers, and those that the versions of YAML read differently."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml

from grader.specs.exact import NumberTooLongError, exact_number, two_readings


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0), ("-0", 0), ("+7", 7), ("12", 12), ("0x1F", 31),
        ("0.5", Fraction(1, 2)), (".5", Fraction(1, 2)), ("-.5", Fraction(-1, 2)), ("5.", Fraction(5)),
        ("10.0", Fraction(10)), ("0.1", Fraction(1, 10)), ("007.5", Fraction(15, 2)),
        ("1e-6", Fraction(1, 10**6)), ("1E-6", Fraction(1, 10**6)), ("-1.5e+3", Fraction(-1500)),
        ("1/3", Fraction(1, 3)), ("-4/2", Fraction(-2)), ("0.1e-3", Fraction(1, 10**4)),
    ],
)  # fmt: skip
def test_a_number_is_taken_from_its_digits(word: str, value: int | Fraction) -> None:
    """Integers stay int, everything else is the exact fraction that the digits say."""
    found = exact_number(word)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "010",
        "1 2",
        "1/2/3",
        "1/-2",
        "01/02",
        "٣",
        "１",
        "1j",
        "inf",
        "nan",
        "0x",
    ],
)
def test_other_words_are_no_numbers(word: str) -> None:
    """Words without a settled numeric reading, digits of other scripts included, give None."""
    assert exact_number(word) is None


@pytest.mark.parametrize("word", ["9" * 401, "0." + "1" * 401, "1e401", "1e-401", "1e" + "9" * 5000, "1/" + "9" * 401])
def test_a_number_of_unreasonable_size_is_refused(word: str) -> None:
    """Digits and exponents are limited before any arithmetic."""
    with pytest.raises(NumberTooLongError):
        exact_number(word)


def test_division_by_zero_is_told_apart() -> None:
    """1/0 is neither a number nor text."""
    with pytest.raises(ZeroDivisionError):
        exact_number("1/0")


# Words on which PyYAML, a YAML 1.1 reader, and the digits as people read them disagree.
TRAPS = ["yes", "No", "ON", "off", "010", "-017", "0b101", "1_000", "1:30", "190:20:30.15", "2024-05-01"]
TRAPS += ["2024-05-01 10:00:00", ".inf", "-.INF", ".NaN"]


@pytest.mark.parametrize("word", TRAPS)
def test_words_that_yaml_1_1_converts_are_named(word: str) -> None:
    """PyYAML makes something else than text of each of these, and each is refused with a fix."""
    assert not isinstance(yaml.safe_load(word), str)
    why = two_readings(word)
    assert why is not None
    assert why[1]


@pytest.mark.parametrize("word", ["0o17", "−5", "–0.5", "1,000", "12,345.6"])
def test_words_that_look_like_numbers_are_named(word: str) -> None:
    """YAML reads these as text where their author surely means a number."""
    assert two_readings(word) is not None
    assert exact_number(word) is None


@pytest.mark.parametrize(
    "word", ["none", "y", "N", "one", "1:x", "λ", "a-b", "2024", "12", "0.5", "1e-6", "1/2", "0", "3,4", "offset", "-"]
)
def test_ordinary_words_have_one_reading(word: str) -> None:
    """Single letters, plain numbers and pairs such as 3,4 need no quotes."""
    assert two_readings(word) is None
