"""Units of numbers: none asked, the same in other words, converted, or another one."""

from __future__ import annotations

import pytest
from answers_sample import Case, check_case

from grader import check
from grader.answers import get_type
from grader.diagnostics import SpecError

CASES = [
    Case("12 cm", "12 cm", "correct", "the same unit", "exact"),
    Case("12\\text{ cm}", "12 cm", "correct", "in LaTeX", "exact"),
    Case("12 centimetres", "12 cm", "correct", "spelled out", "exact"),
    Case("x = 12cm", "12 cm", "correct", "without a space", "exact"),
    Case("\\boxed{12\\,\\mathrm{cm}}", "12 cm", "correct", "in a box", "exact"),
    Case("The length is 12 cm.", "12 cm", "correct", "in a sentence", "exact"),
    Case("120 mm", "12 cm", "correct", "converted", "exact"),
    Case("0.12 m", "12 cm", "correct", "converted", "exact"),
    Case("12", "12 cm", "correct", "without the unit, with a remark", "exact"),
    Case("12 cm", "12", "correct", "with a unit nobody asked for", "exact"),
    Case("12 m", "12 cm", "incorrect", "another length", "unit"),
    Case("12 kg", "12 cm", "incorrect", "no length", "unit"),
    Case("12 m", "12 m/s", "incorrect", "no speed", "unit"),
    Case("12 cm²", "12 cm", "incorrect", "an area", "unit"),
    Case("The length is 12 m.", "12 cm", "incorrect", "another length in a sentence", "unit"),
    Case("13 cm", "12 cm", "incorrect", "another number", "different"),
    Case("12 apples", "12 cm", "undecided", "a word of which nothing is known", "unit"),
    Case("12m", "12", "undecided", "a unit or a variable", "unit"),
    Case("12 x", "12", "unreadable", "a variable is no unit"),
    Case("3 n", "3", "unreadable", "nor is another one"),
    Case("43.2 km/h", "12 m/s", "correct", "a quotient converted", "exact"),
    Case("12 m per s", "12 m/s", "correct", "in words", "exact"),
    Case("12 m s^{-1}", "12 m/s", "correct", "with an exponent", "exact"),
    Case("9.81 m/s²", "9.81 m/s^2", "correct", "a square", "exact"),
    Case("2 N m", "2 J", "correct", "a product", "exact"),
    Case("5 minutes", "300 s", "correct", "time", "exact"),
    Case("$25", "$25", "correct", "money", "exact"),
    Case("2500 cents", "$25", "correct", "small money", "exact"),
    Case("25 cents", "$25", "incorrect", "cents are not dollars", "unit"),
    Case("5 €", "€5", "correct", "the sign on either side", "exact"),
    Case("5 €", "$5", "incorrect", "another currency", "unit"),
    Case("$5$", "5", "correct", "dollars around mathematics are no money", "exact"),
    Case("11.9 cm", "12 cm", "correct", "a tolerance", "within_tolerance", options={"abs": "0.1"}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.response} for {c.expected}")
def test_units(case: Case) -> None:
    """A unit counts where both name one; what can be converted is, exactly."""
    check_case("number", case)


def test_a_missing_or_needless_unit_is_remarked_on() -> None:
    """The mark is full, and the feedback says what was amiss."""
    assert "cm" in check("12", "12 cm", type="number").feedback
    assert "cm" in check("12 cm", "12", type="number").feedback


@pytest.mark.parametrize("key", ["2 apples", "12 x", "cm", "5 cm/", "$"])
def test_a_key_with_an_unknown_unit_is_the_authors_error(key: str) -> None:
    """Only units of the table can be asked for."""
    kind = get_type("number")
    with pytest.raises(SpecError):
        kind.key(key, kind.options_model())


@pytest.mark.parametrize("key", ["12 cm", "9.81 m/s^2", "3 dollars", "1/2 kg·m/s^2", "5 €"])
def test_what_is_shown_reads_back(key: str) -> None:
    """Number and unit, as shown in Unicode and in LaTeX, are read as the same."""
    kind = get_type("number")
    options = kind.options_model()
    truth = kind.key(key, options)
    shown = kind.render(truth, options)
    for text in (shown.unicode, shown.latex):
        value = kind.read(text, options)
        assert value.unit == truth.unit, text
        assert kind.same(value, truth, options) is True, text
