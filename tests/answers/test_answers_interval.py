"""Sets of numbers as answers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from answers_sample import Case, check_case

from grader import check
from grader.answers import get_type
from grader.diagnostics import SpecError

OPTIONS = {"variable": "λ", "domain": "λ >= 0"}


def case(response: str, expected: object, status: str, why: str, reason: str = "") -> Case:
    return Case(response, expected, status, why, reason, options=OPTIONS)


CASES = [
    case("[1, 4]", "[1, 4]", "correct", "as the key", "exact"),
    case("(1, 4)", "[1, 4]", "incorrect", "brackets count", "endpoint_open"),
    case("[1, 4)", "[1, 4]", "incorrect", "each of them", "endpoint_open"),
    case("]1, 4[", "[1, 4]", "incorrect", "turned outwards", "endpoint_open"),
    case("1 < λ < 4", "[1, 4]", "incorrect", "so do signs", "endpoint_open"),
    case("[1, 4]", "(1, 4)", "incorrect", "the other way round", "endpoint_closed"),
    case("[1, 25]", "[1, 4]", "incorrect", "too much", "too_wide"),
    case("λ ≥ 1", "[1, 4]", "incorrect", "one condition is missing", "too_wide"),
    case("[2, 3]", "[1, 4]", "incorrect", "too little", "too_narrow"),
    case("[1, 1]", "[1, 4]", "incorrect", "a single point", "too_narrow"),
    case("[5, 6]", "[1, 4]", "incorrect", "nothing in common", "disjoint"),
    case("[0, 2]", "[1, 4]", "incorrect", "partly", "different"),
    case("λ < 1 or λ > 4", "[1, 4]", "incorrect", "the outside", "reversed"),
    case("λ ∉ [1, 4]", "[1, 4]", "incorrect", "the outside by a sign", "reversed"),
    case("λ ∉ [1, 4]", "[0, 1) ∪ (4, oo)", "correct", "which may be asked for", "exact"),
    case("λ not in [1, 4]", "[0, 1) ∪ (4, oo)", "correct", "in words", "exact"),
    case("λ is not between 1 and 4", "[1, 4]", "incorrect", "the outside in words", "reversed"),
    case("\\mathbb{R} \\setminus [1, 4]", "[0, 1) ∪ (4, oo)", "correct", "all but an interval", "exact"),
    case("\\mathbb{R} \\setminus (1, 4)", "[0, 1) ∪ (4, oo)", "incorrect", "its ends belong", "endpoint_closed"),
    case("λ ∈ R \\setminus \\{1, 4\\}", "[0, 1) ∪ (1, 4) ∪ (4, oo)", "correct", "all but two points", "exact"),
    case("[1; 4,5]", "[1, 9/2]", "correct", "decimal commas beside a semicolon", "exact"),
    case("[1,5; 4]", "[1, 5]", "incorrect", "which are no commas between ends", ""),
    case("1 ≤ λ, 4", "[1, 4]", "unreadable", "a sign is missing"),
    case("λ should not be below 1, nor above 4", "[1, 4]", "correct", "two denials", "exact"),
    case("λ may be between 1 and 4, inclusive", "[1, 4]", "correct", "leave is no doubt", "exact"),
    case("λ ∈ [√(3+2√2), 4]", "[1+√2, 4]", "correct", "an end point in nested roots", "exact"),
    case("λ ≤ 4", "[0, 4]", "correct", "the domain closes the other end", "exact"),
    case("(-∞, 4]", "[0, 4]", "correct", "also in brackets", "exact"),
    case("0 ≤ λ ≤ 4", "λ ≤ 4", "correct", "also in the key", "exact"),
    case("1.0 ≤ λ ≤ 4.00", "[1, 4]", "correct", "decimals", "exact"),
    case("[\\frac{1}{2}, 4]", "[0.5, 4]", "correct", "a fraction", "exact"),
    case("[√8, 3]", "[2√2, 3]", "correct", "radicals", "exact"),
    case("[2.828, 3]", "[2√2, 3]", "incorrect", "decimals of a radical are another number"),
    case("\\lambda \\in \\left[1, 4\\right]", "[1, 4]", "correct", "LaTeX brackets", "exact"),
    case("$$1 \\le \\lambda \\le 4$$", "[1, 4]", "correct", "display mathematics", "exact"),
    case("\\boxed{1 \\le \\lambda \\le 4}", "[1, 4]", "correct", "a box", "exact"),
    case("λ ∈ [1,4].", "[1, 4]", "correct", "a full stop", "exact"),
    case("**[1, 4]**", "[1, 4]", "correct", "bold", "exact"),
    case("between 1 and 4 inclusive", "[1, 4]", "correct", "words", "exact"),
    case("between 1 and 4", "[1, 4]", "undecided", "the ends are not said", "endpoints_unstated"),
    case("between 1 and 4", "(1, 4)", "undecided", "nor here", "endpoints_unstated"),
    case("from 2 to 3", "[1, 4]", "incorrect", "wrong whatever the ends", "too_narrow"),
    case("at least 1 and at most 4", "[1, 4]", "correct", "words for each end", "exact"),
    case("more than 1 and at most 4", "[1, 4]", "incorrect", "words for an open end", "endpoint_open"),
    case("λ is at least 1 but no more than 4", "[1, 4]", "correct", "in a sentence", "exact"),
    case("positive", "(0, oo)", "correct", "a word", "exact"),
    case("λ > 10⁻³", "(1/1000, oo)", "correct", "Unicode powers", "exact"),
    case("λ > 1e-3", "(1/1000, oo)", "correct", "the notation of computers", "exact"),
    case("λ > 0.0010000001", "(1/1000, oo)", "incorrect", "close is not equal", "too_narrow"),
    case("2λ > λ + 0.001", "(1/1000, oo)", "correct", "solved for the student", "exact"),
    case("λ ≠ 2", "[0, 2) ∪ (2, oo)", "correct", "all but one point", "exact"),
    case("all real numbers", "[0, oo)", "correct", "within the domain", "exact"),
    case("∅", "∅", "correct", "the empty set", "exact"),
    case("λ > 4 and λ < 1", "∅", "correct", "a contradiction is the empty set", "exact"),
    case("{1, 2}", "{1, 2}", "correct", "points", "exact"),
    case("[1, 2]", "{1, 2}", "incorrect", "an interval is not its ends", "too_wide"),
    case("x ∈ [1, 4]", "[1, 4]", "unreadable", "another variable"),
    case("σ ≥ 1", "[1, oo)", "unreadable", "another variable"),
    case("Λ ≥ 1", "[1, oo)", "unreadable", "a capital is another letter"),
    case("λ_1 ≥ 1", "[1, oo)", "unreadable", "an index makes another variable"),
    case("λ² ≥ 1", "[1, oo)", "unreadable", "no condition is read out of another"),
    case("1/λ ≤ 1", "[1, oo)", "unreadable", "nor guessed"),
    case("[1, 4", "[1, 4]", "unreadable", "a bracket left open"),
    case("[1, x]", "[1, 4]", "unreadable", "an end without a value"),
    case("[1, 1/0]", "[1, 4]", "unreadable", "an end without a value"),
    case("1, 4", "[1, 4]", "unreadable", "two numbers are no interval"),
    case("λ > 1 or λ ≥ 1", "[1, oo)", "undecided", "two answers are not one", "two_answers"),
    case("The answer is λ ∈ [1, 4].", "[1, 4]", "correct", "in a sentence", "exact"),
    case("Since σ = [3, 2], we need λ ≥ 1 and λ ≤ 4.", "[1, 4]", "correct", "beside another list", "exact"),
    case("First λ ≥ 1. Also λ ≤ 4. Final answer: 1 ≤ λ ≤ 4.", "[1, 4]", "correct", "the stated final answer", "exact"),
    case("It is not λ ≥ 1", "[1, oo)", "missing", "a denial is not an answer"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.response[:40]} for {c.expected}")
def test_sets(case: Case) -> None:
    """The set counts, in any notation; the reason says how a wrong one differs."""
    check_case("interval", case)


@pytest.mark.parametrize(
    ("response", "expected"),
    [("(1, 4)", "[1, 4]"), ("[1, 25]", "[1, 4]"), ("[2, 3]", "[1, 4]"), ("λ < 0.001", "(1/1000, oo)"), ("[1, 4]",
    "(1, 4)"),
     ("λ > √2", "[√2, oo)"), ("[0, 2]", "[1, 4]"), ("λ ≥ 0", "(0, oo)")],
)  # fmt: skip
def test_the_witness_is_in_one_set_and_not_in_the_other(response: str, expected: str) -> None:
    """The number that shows the difference does show it."""
    kind = get_type("interval")
    options = kind.options_model.model_validate(OPTIONS)
    given, truth = kind.read(response, options), kind.key(expected, options)
    evidence = kind.compare(given, truth, options).evidence
    assert evidence is not None
    assert evidence.witness is not None
    ((name, value),) = evidence.witness.at
    assert name == "λ"
    number = get_type("number").read(value, get_type("number").options_model()).real
    shown = {True: "in the set", False: "not in the set"}
    assert (evidence.witness.yours, evidence.witness.expected) == (
        shown[number in given.numbers], shown[number in truth.numbers],
    )  # fmt: skip
    assert evidence.witness.yours != evidence.witness.expected


def test_keys_are_sympy_sets_or_text() -> None:
    """Intervals, unions, points and the empty set of SymPy are keys, with exact ends."""
    import sympy as sp

    half = sp.Rational(1, 2)
    for key, text in [
        (sp.Interval(1, 4), "[1, 4]"), (sp.Interval.open(half, sp.oo), "(1/2, ∞)"), (sp.Interval.Ropen(1, sp.sqrt(8)),
        "[1, 2√2)"),
        (sp.Union(sp.Interval(1, 2), sp.Interval(3, 4)), "[1, 2] ∪ [3, 4]"), (sp.FiniteSet(1, 2), "{1, 2}"),
        (sp.S.EmptySet, "∅"), (sp.S.Reals, "λ ≥ 0"), (sp.Interval(0, sp.pi), "[0, π]"), (sp.Interval(0, sp.exp(1)),
        "[0, e]"),
        (sp.Interval(sp.log(2), sp.exp(2)), "[ln 2, e^2]"), (sp.FiniteSet(sp.pi), "{π}"),
    ]:  # fmt: skip
        assert check(text, key, type="interval", **OPTIONS).reason == "exact", text


@pytest.mark.parametrize("key", ["x > 1", "", "[1, 4", 5, None, [1, 4], "between", "2λ"])
def test_a_bad_key_is_the_authors_error(key: object) -> None:
    """A key that is no set is told to its author."""
    kind = get_type("interval")
    with pytest.raises(SpecError):
        kind.key(key, kind.options_model.model_validate(OPTIONS))


@pytest.mark.parametrize(
    "options", [{"domain": "x >"}, {"variable": "λ", "domain": "x > 1"}, {"colour": 1}, {"variable": 3}]
)
def test_bad_options_are_refused(options: dict[str, object]) -> None:
    """A domain that cannot be read, or on another variable, is the author's error."""
    with pytest.raises(SpecError):
        check("[1, 4]", "[1, 4]", type="interval", **options)


@pytest.mark.parametrize(
    ("response", "status"),
    [("x_1 ≥ 2", "correct"), ("x₁ ≥ 2", "correct"), ("x_2 ≥ 2", "unreadable"), ("x ≥ 2", "unreadable")],
)
def test_a_variable_may_have_an_index(response: str, status: str) -> None:
    """A condition on x_1 is not one on x_2, nor on x."""
    check_case("interval", Case(response, "[2, oo)", status, "the variable is x_1", options={"variable": "x_1"}))


def test_unsettled_ends_are_left_to_a_person() -> None:
    """An end whose equality cannot be settled makes no mark."""
    check_case("interval", Case("[sin(π), 1]", "[0, 1]", "undecided", "no normal form", options={"variable": "x"}))
    assert Fraction(1) == check("[0, 1]", "[0, 1]", type="interval").credit


def test_the_numbers_of_a_finite_sympy_set_are_spelled_as_those_of_an_interval() -> None:
    """SymPy writes E for e; the key reads it in a finite set as it does at the end of an interval."""
    import sympy as sp

    kind = get_type("interval")
    options = kind.options_model(variable="λ")
    assert kind.same(kind.key(sp.FiniteSet(sp.E), options), kind.key("{e}", options), options) is True
    assert kind.same(kind.key(sp.Interval(sp.E, sp.pi), options), kind.key("[e, π]", options), options) is True
