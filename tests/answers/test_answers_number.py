"""Numbers as answers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from answers_sample import Case, check_case
from hypothesis import given
from hypothesis import strategies as st

from grader import check
from grader.answers import get_type
from grader.diagnostics import AnswerError, SpecError

RIGHT = [
    Case("0.0003", "3/10000", "correct", "a decimal", "exact"),
    Case("3e-4", "3/10000", "correct", "the notation of computers", "exact"),
    Case("3E-4", "3/10000", "correct", "in capitals", "exact"),
    Case("3·10^-4", "3/10000", "correct", "a product with a power", "exact"),
    Case("3 × 10⁻⁴", "3/10000", "correct", "Unicode", "exact"),
    Case("$3 \\times 10^{-4}$", "3/10000", "correct", "LaTeX", "exact"),
    Case("3*10**-4", "3/10000", "correct", "Python", "exact"),
    Case("0.03%", "3/10000", "correct", "percent", "exact"),
    Case("½", "1/2", "correct", "a Unicode fraction", "exact"),
    Case("1½", "3/2", "correct", "a mixed number", "exact"),
    Case("1\\frac{1}{2}", "3/2", "correct", "a mixed number in LaTeX", "exact"),
    Case("−½", "-1/2", "correct", "a Unicode minus", "exact"),
    Case("-\\dfrac{1}{2}", "-1/2", "correct", "a LaTeX fraction", "exact"),
    Case("12,345,678", 12345678, "correct", "commas between thousands", "exact"),
    Case("12\\,345.5", "12345.5", "correct", "thin spaces between thousands", "exact"),
    Case("\\boxed{12}", 12, "correct", "a box", "exact"),
    Case("**12**", 12, "correct", "bold", "exact"),
    Case("12.", 12, "correct", "the full stop of a sentence", "exact"),
    Case("12.0", 12, "correct", "a decimal that is a whole number", "exact"),
    Case("x = 12", 12, "correct", "named", "exact"),
    Case("x = 1/3 ≈ 0.333", "1/3", "correct", "the exact value counts, its decimals are a remark", "exact"),
    Case("K_2 = C A B = 12", 12, "correct", "the end of a chain", "exact"),
    Case("√12", "2√3", "correct", "one normal form", "exact"),
    Case("2 ln 2", "ln 4", "correct", "logarithms", "exact"),
    Case("π/2", "\\frac{\\pi}{2}", "correct", "π", "exact"),
    Case("log_{10} 1000", 3, "correct", "a logarithm to a base that is no prime", "exact"),
    Case("log_2(8)", 3, "correct", "a logarithm to base 2", "exact"),
    Case("\\sqrt[3]{-8}", -2, "correct", "the real cube root"),
    Case("e^1000", "e^1000", "correct", "a number beyond the floats", "exact"),
    Case("2^2000", 2**2000, "correct", "a large power", "exact"),
    Case("0.333333333333333", "1/3", "correct", "a float as printed", "within_tolerance"),
    Case("0.1", 0.1, "correct", "the truth is a float"),
    Case("0.30000000000000004", "3/10", "correct", "a sum of floats, as printed", "within_tolerance"),
    Case("δ + 1", 1, "correct", "a name whose value is given", "exact", options={"values": {"δ": 0}}),
    Case("\\delta", 0, "correct", "the same name in LaTeX", "exact", options={"values": {"delta": 0}}),
]

WRONG = [
    Case("1000.01", 1000, "incorrect", "no tolerance unless it is declared", "different"),
    Case("1000", "1000.01", "incorrect", "in either direction"),
    Case("0.000000001", "0.000000002", "incorrect", "small numbers are not rounded to 0"),
    Case("1e-300", 0, "incorrect", "nor tiny ones"),
    Case("0.33", "1/3", "incorrect", "a rounded value where the exact one is asked", "rounded"),
    Case("3.14", "π", "incorrect", "a rounded π", "rounded"),
    Case("-12", 12, "incorrect", "a sign", "sign"),
    Case("1/12", 12, "incorrect", "a reciprocal", "reciprocal"),
    Case("0.12", 12, "incorrect", "a factor of 100", "percent"),
    Case("1200", 12, "incorrect", "a factor of 100", "percent"),
    Case("12", "12 + 10^{-50}", "incorrect", "a difference that no float sees"),
    Case("22/7", "π", "incorrect", "near π is not π"),
    Case("0.3333", "1/3", "incorrect", "decimals that end are not those that go on", "rounded"),
    Case("5", "e^1000", "incorrect", "a number beyond the floats"),
    Case("1000.1", 1000, "incorrect", "outside the declared tolerance", options={"rel": "1e-5"}),
    Case("0.001", "1e-310", "incorrect", "three figures of a tiny number", options={"sigfigs": 3}),
]

TOLERANT = [
    Case("1000.01", 1000, "correct", "relative", "within_tolerance", options={"rel": "1e-5"}),
    Case("1000.02", 1000, "incorrect", "relative, just outside", options={"rel": "1e-5"}),
    Case("10.1", 10, "correct", "absolute, on the border", options={"abs": "0.1"}),
    Case("10.11", 10, "incorrect", "absolute, just outside", options={"abs": "0.1"}),
    Case("3.14", "π", "correct", "three figures", options={"sigfigs": 3}),
    Case("3.15", "π", "incorrect", "not these three figures", options={"sigfigs": 3}),
    Case("0.00123", "0.0012345", "correct", "figures, not places", options={"sigfigs": 3}),
    Case("0.001", "0.0012345", "incorrect", "figures, not places", options={"sigfigs": 3}),
    Case("1230", "1234", "correct", "figures of a large number", options={"sigfigs": 3}),
    Case("2.72", "e", "correct", "two places", options={"decimals": 2}),
    Case("2.7", "e", "incorrect", "two places are asked", options={"decimals": 2}),
    Case("0", "1e-12", "correct", "absolute tolerance at small numbers", options={"abs": "1e-9"}),
    Case("0.000000001", "0.000000002", "incorrect", "a tolerance smaller than the numbers", options={"abs": "1e-10"}),
    Case("-0.001", 0, "incorrect", "a relative tolerance of 0 is none", options={"rel": "0.1"}),
]

UNREADABLE = [
    Case("2x + 1", 3, "unreadable", "no number is picked out of a formula"),
    Case("x = 2x + 1", 1, "unreadable", "nor out of an equation"),
    Case("O(n^2)", 2, "unreadable", "nor out of a growth class"),
    Case("[1, 4]", 1, "unreadable", "nor out of an interval"),
    Case("(1, 4)", 4, "unreadable", "nor out of a pair"),
    Case("[[1, 2], [3, 4]]", 4, "unreadable", "nor out of a matrix"),
    Case("\\begin{bmatrix}1 & 2\\end{bmatrix}", 2, "unreadable", "nor out of a LaTeX matrix"),
    Case("1/0", 0, "unreadable", "division by zero has no value"),
    Case("√(-4)", 2, "unreadable", "nor has the root of a negative number"),
    Case("10^10^10", 1, "unreadable", "nor one too large to write down"),
    Case("x = y", 1, "unreadable", "no number at all"),
    Case("e_1", "e", "unreadable", "a symbol with an index is not the constant"),
    Case("5δ_2", 0, "unreadable", "nor the name whose value is given", options={"values": {"δ": 0}}),
    Case("λ ≥ 1", 1, "unreadable", "nor out of an inequality"),
    Case("f(3)", 3, "unreadable", "nor an argument"),
    Case("x^2", 2, "unreadable", "nor an exponent"),
    Case("K_3", 3, "unreadable", "nor an index"),
    Case("\\frac{1}{n}", 1, "unreadable", "nor a numerator"),
    Case("1,234.5,678", "1234.5678", "unreadable", "commas after the decimals are no thousands"),
    Case("1,234.5e3,678", "1234500", "unreadable", "nor after an exponent"),
    Case("7 ± 1", 7, "unreadable", "nor a value with its error"),
    Case("\\boxed{2x}", 2, "unreadable", "a box that cannot be read is not filled from elsewhere"),
    Case("The answer is 2x.", 2, "unreadable", "nor is a sentence"),
]

PROSE = [
    Case("The answer is 12.", 12, "correct", "in a sentence"),
    Case("The answer is **12**.", 12, "correct", "in bold before a full stop"),
    Case("The answer is *12*.", 12, "correct", "in italics before a full stop"),
    Case("The answer is **12**", 12, "correct", "in bold at the end"),
    Case("**Answer:** 12", 12, "correct", "a bold label"),
    Case("Final answer: 12. As a check, 12/3 = 4.", 12, "correct", "a check is said in passing"),
    Case("12 is final; as a check, 12/3 = 4", 12, "correct", "also after a semicolon"),
    Case("We get 3, then 4, so the answer is 12", 12, "correct", "the announced one"),
    Case("First 3.\n\\boxed{12}\nSince 4 < 5.", 12, "correct", "a box counts before all else"),
    Case("The answer is 3. Wait, I made a mistake: the answer is 12.", 12, "correct", "a revision counts"),
    Case("It is 12, not 5.", 12, "correct", "a denied value is no rival"),
    Case("It is not 5 but 12.", 12, "correct", "the other way round"),
    Case("The answer is not 5.", 5, "missing", "a denial is not an answer"),
    Case("The answer isn't 5", 5, "missing", "short"),
    Case("the answer is not 5, I think", 5, "missing", "with an opinion"),
    Case("either 3 or 4", 4, "undecided", "two answers are not one", "two_answers"),
    Case("either 3 or 4", 5, "incorrect", "two answers, both wrong, are wrong", "two_answers"),
    Case("3 or 4", 3, "undecided", "whichever is right", "two_answers"),
    Case("The answer is 3. The answer is 4.", 4, "undecided", "two final answers without a revision", "two_answers"),
    Case("I don't know.", 5, "missing", "no answer"),
    Case("Is it 5?", 5, "undecided", "a question is no answer"),
]  # fmt: skip


@pytest.mark.parametrize("case", RIGHT + WRONG, ids=lambda c: c.response[:40])
def test_bare_answers(case: Case) -> None:
    """A bare number is right where it equals the truth exactly, in any notation, and wrong elsewhere."""
    check_case("number", case)


@pytest.mark.parametrize("case", TOLERANT, ids=lambda c: f"{c.response} for {c.expected}, {c.options}")
def test_tolerances(case: Case) -> None:
    """A declared tolerance counts, its border included, and the evidence names it."""
    verdict = check_case("number", case)
    assert verdict.evidence is not None
    assert verdict.evidence.error_bound


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda c: c.response[:40])
def test_no_number_is_picked_out_of_something_else(case: Case) -> None:
    """What does not read as a number is unreadable: neither wrong, nor right by a piece of it."""
    check_case("number", case)


@pytest.mark.parametrize("case", PROSE, ids=lambda c: c.response[:50])
def test_numbers_in_prose(case: Case) -> None:
    """Announcements, boxes, revisions, denials, checks and doubt are told apart."""
    check_case("number", case)


@pytest.mark.parametrize("case", [Case("sin(π)", 0, "undecided", "no normal form", "undecided")], ids=str)
def test_what_is_not_settled_is_left_to_a_person(case: Case) -> None:
    """Equality that cannot be settled carries no marks."""
    assert check_case("number", case).credit is None


def test_the_witness_is_what_was_given_and_what_was_asked() -> None:
    """Feedback on a wrong number can be checked by a person."""
    verdict = check("1/3", "2/3", type="number")
    assert verdict.evidence is not None
    assert str(verdict.evidence.witness) == "yours 1/3, expected 2/3"


@pytest.mark.parametrize("key", ["x", "", "1/0", float("nan"), float("inf"), None, True, [1, 2], {"a": 1}, "2 apples"])
def test_a_bad_key_is_the_authors_error(key: object) -> None:
    """A key that is no number is told to its author, and no answer is judged by it."""
    kind = get_type("number")
    with pytest.raises(SpecError) as caught:
        kind.key(key, kind.options_model())
    assert caught.value.diagnostics[0].audience == "author"


def test_keys_are_plain_values_of_solvers() -> None:
    """Integers, fractions, floats, numpy scalars and SymPy numbers are keys."""
    import numpy as np
    import sympy

    half: list[object] = [Fraction(1, 2), 0.5, "1/2", np.float64(0.5), np.array([0.5]), sympy.Rational(1, 2)]
    assert all(check("0.5", key, type="number").status == "correct" for key in half)
    assert check("√2/2", sympy.sqrt(2) / 2, type="number").status == "correct"
    assert check("e^2 + 1", sympy.E**2 + 1, type="number").status == "correct"
    assert check("3", np.int64(3), type="number").reason == "exact"
    with pytest.raises(SpecError):
        check("1", sympy.Symbol("x"), type="number")


@pytest.mark.parametrize(
    "options", [{"abs": -1}, {"sigfigs": 0}, {"decimals": -1}, {"rel": "x"}, {"tolerance": 1}, {"abs": True}]
)
def test_bad_options_are_refused(options: dict[str, object]) -> None:
    """A negative tolerance, or an option that there is not, is the author's error."""
    with pytest.raises(SpecError):
        check("1", 1, type="number", **options)


@given(st.fractions(max_denominator=10**6), st.fractions(max_denominator=10**6))
def test_two_fractions_are_the_same_where_they_are_equal(a: Fraction, b: Fraction) -> None:
    """On rationals the type decides as Python does."""
    kind = get_type("number")
    options = kind.options_model()
    one, other = (
        kind.read(f"{a.numerator}/{a.denominator}", options),
        kind.read(f"({b.numerator})/{b.denominator}", options),
    )
    assert kind.same(one, other, options) == (a == b)
    assert kind.same(one, one, options) is True


@pytest.mark.parametrize("text", ["1+" * 3000 + "1", "-" * 3000 + "1", "(" * 3000, "2^" + "-" * 3000 + "1", "9" * 5000,
                                  "log_{²} 3", "log_" + "1" * 5000 + " 3", "1" + "%" * 3000, "√" * 3000 + "2",
                                  "(1+√2)" * 40, "(1+√2+√3+√5+√7+√11+√13)^16", "2^" * 3000 + "2"])  # fmt: skip
def test_hostile_numbers_are_read_or_refused(text: str) -> None:
    """Whatever is written, the outcome is a value or an error for its writer."""
    kind = get_type("number")
    try:
        assert kind.render(kind.read(text, kind.options_model()), kind.options_model()).unicode
    except AnswerError as error:
        assert error.diagnostics[0].message


def test_feedback_on_a_rounded_number_fits_what_was_asked() -> None:
    """The exact value is mentioned only where it was asked for."""
    assert "exact" in check("0.33", "1/3", type="number").feedback
    assert "more digits" in check("0.33", "1/3", type="number", decimals=4).feedback


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("1/3 = 0.33", "correct"),
        ("p = 2/6 = 1/3 = 0.333", "correct"),
        ("p = 1 - 0.67 = 0.33", "correct"),
        ("1/3 = 0.34", "unreadable"),
        ("0.33 = 1/2", "unreadable"),
        ("2/3 = 0.67", "incorrect"),
    ],
)
def test_a_chain_may_round_where_rounded_numbers_count(text: str, status: str) -> None:
    """“1/3 = 0.33” is no contradiction where two decimals are asked; where the exact value is asked it is one."""
    assert check(text, "1/3", type="number", decimals=2).status == status
    assert check(text, "1/3", type="number").status != "correct"
