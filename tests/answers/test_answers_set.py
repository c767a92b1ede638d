"""Sets as answers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from answers_sample import Case, check_case
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import calls

from grader import check
from grader.answers import get_type
from grader.diagnostics import AnswerError, SpecError
from grader.maths.reading.lexer import tokenize

K = [2, -3]
PAIRS = [(1, 2), (3, 4)]
UNION = "[0, 1) ∪ {2}"
X = {"variable": "x"}
AB = {"variables": ["a", "b"]}


def case(
    response: str, expected: object, status: str, why: str, reason: str = "", share: str = "", **options: Any
) -> Case:
    return Case(response, expected, status, why, reason, share, options)


NOTATIONS = [
    "{2, -3}", "{-3; 2}", r"\{2,-3\}", r"\left\{ 2,\, -3 \right\}", r"\lbrace 2, -3\rbrace", "{2, -3, 2}", "2, -3",
    "2; -3", "2 and -3", "2 or -3", "x = 2, -3", "x = 2 or x = -3", "x=2 and x=-3", "x = 2 or -3", "x=2 ∨ x=-3",
    "x₁ = 2, x₂ = -3", "x_{1} = -3; x_{2} = 2", "x ∈ {2, -3}", r"x \in \{2,-3\}", "S = {2, -3}", "{2} ∪ {-3}",
    "x = (-1 ± 5)/2", r"x = \frac{-1\pm\sqrt{25}}{2}", "x = (-1 ± √25)/2 = (-1 ± 5)/2", "x = 2\nx = -3",
    "2 = x or x = -3",
    r"$$x = 2 \quad\text{or}\quad x = -3$$", "$x=2$ or $x=-3$", r"\boxed{2, -3}", r"\boxed{x=2} or \boxed{x=-3}",
    "The solutions are 2 and -3.", "The roots are $2$ and $-3$.", "The solution set is {2, -3}.", "Roots: 2, -3",
    "So x = 2 or x = -3.",
    "x = 2 (double root), x = -3", "λ = -3 or λ = 2 (multiplicity 2)",
    "Final answer: {2, -3}. Check: 4 + 2 - 6 = 0.", "{4/2, -3.0}", "x = 2 , −3",
]  # fmt: skip


@pytest.mark.parametrize("response", NOTATIONS)
def test_a_set_is_read_in_every_notation(response: str) -> None:
    """However it is written, it is the same set."""
    verdict = check(response, K, type="set")
    assert verdict.status.value == "correct", verdict.feedback


CASES = [
    case("{2}", K, "incorrect", "one is missing", "missing_elements", "0"),
    case("{2}", K, "partial", "half of them", "missing_elements", "1/2", credit="elements"),
    case("{2, -3, 5}", K, "incorrect", "one too many", "extra_elements"),
    case("{2, -3, 5}", K, "partial", "one too many", "extra_elements", "2/3", credit="elements"),
    case("{2, 5}", K, "partial", "one wrong", "different", "1/3", credit="elements"),
    case("{4, 5}", K, "incorrect", "nothing right", "different", "0", credit="elements"),
    case("{-2, 3}", K, "incorrect", "every sign", "sign"),
    case("x = ±3", [3], "incorrect", "a false solution", "extra_elements"),
    case("23", K, "incorrect", "one number", "different"),
    case("2 - 3", K, "incorrect", "a difference", "different"),
    case("{2, -3, x}", K, "incorrect", "a symbol among them", "extra_elements"),
    case("∅", K, "incorrect", "the empty set", "missing_elements"),
    case("(2, -3)", K, "undecided", "a pair of the right numbers", "tuple"),
    case("(2, 5)", K, "incorrect", "a pair of others", "tuple"),
    case("{0.5, 3}", ["1/2", 3], "correct", "a decimal", "exact"),
    case("{0,5; 3}", ["1/2", 3], "correct", "a decimal comma", "exact"),
    case("{0.33, 3}", ["1/3", 3], "incorrect", "rounded", "different"),
    case("{0.33, 3}", ["1/3", 3], "correct", "rounded as asked", "within_tolerance", decimals=2),
    case("{1}", ["1", "1.0005"], "incorrect", "one number is not near to two at once", abs="0.001"),
    case("{1, 1}", ["1", "1.0005"], "correct", "two are", abs="0.001"),
    case("±√2", "{√2, -√2}", "correct", "radicals", "exact"),
    case("{1.414, -1.414}", "{√2, -√2}", "incorrect", "rounded"),
    case("{1.41421356237310, -1.41421356237310}", "{√2, -√2}", "correct", "printed", "within_tolerance"),
    case("{30°, 150°}", "{π/6, 5π/6}", "correct", "degrees", "exact"),
    case("no solution", [], "correct", "words"), case("{}", "∅", "correct", "empty braces"),
    case("There are no real solutions.", [], "correct", "in a sentence"),
    case("0", [], "incorrect", "zero is an element", "extra_elements"),
    case("{(3, 4), (1, 2)}", PAIRS, "correct", "pairs", "exact"),
    case("(3, 4) and (1, 2)", PAIRS, "correct", "pairs in words", "exact"),
    case("(x, y) = (1, 2) or (x, y) = (3, 4)", PAIRS, "correct", "solutions of a system", "exact"),
    case("(x, y) ∈ {(1, 2), (3, 4)}", PAIRS, "correct", "membership", "exact"),
    case("{(2, 1), (3, 4)}", PAIRS, "incorrect", "the order in a pair counts", "different"),
    case("{1, 2, 3, 4}", PAIRS, "incorrect", "the numbers alone", "different"),
    case("(±1, 0)", [(1, 0), (-1, 0)], "correct", "a sign in a pair"),
    case("{a + b, a - b}", "{a - b, b + a}", "correct", "formulas", **AB),
    case("a ± b", "{a - b, b + a}", "correct", "formulas with both signs", **AB),
    case("{a + b, b - a}", "{a - b, b + a}", "incorrect", "another formula", "different", **AB),
    case("{log(ab)}", "{log a + log b}", "correct", "an identity", **AB),
    case("{(1, 2)}", sympy.FiniteSet((1, 2)), "correct", "a set of SymPy"),
    case("{π, 2π}", sympy.FiniteSet(sympy.pi, 2 * sympy.pi), "correct", "with constants"),
    case("{1, 2}", {1, 2}, "correct", "a set of Python"),
    case("[3, 2, 1]", [1, 2, 3], "correct", "a list of more than two"),
    case("x = 2 or 0 ≤ x < 1", UNION, "correct", "conditions", "exact", **X),
    case("{2} ∪ [0, 1)", UNION, "correct", "another order", "exact", **X),
    case("{2} ∪ [0, 1)", sympy.Union(sympy.Interval.Ropen(0, 1), sympy.FiniteSet(2)), "correct", "SymPy", **X),
    case("[0, 2]", UNION, "incorrect", "the gap is filled", "too_wide", **X),
    case("{0, 2}", UNION, "incorrect", "points", "too_narrow", **X),
    case("(0, 1)", "(0, 1)", "correct", "an interval, and no pair", "exact", **X),
    case("ℝ", "(-∞, 0) ∪ (0, ∞)", "incorrect", "all numbers", **X),
    case("x = 2", "{2}", "correct", "a point", "exact", **X),
    case("2 ≤ x ≤ 2", "{2}", "correct", "a point in other words", "exact", **X),
    case("So the solution is x = 2 or 0 ≤ x < 1.", UNION, "correct", "in a sentence", **X),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.response[:40])
def test_sets_are_judged(case: Case) -> None:
    """Every case gets the verdict, the reason and the credit that it states."""
    check_case("set", case)


def test_what_is_missing_and_what_does_not_belong_is_named() -> None:
    """The feedback lists both."""
    verdict = check("{2, 5, 7}", K, type="set")
    assert verdict.feedback == "Missing: -3. Not in the set: 5, 7."


OPEN = [
    ("{2, -3", "torn off"), ("2, -3}", "begins too late"), ("{{2}, {-3}}", "sets in a set"),
    (r"\{2, \{-3\}\}", "a set in it"),
    ("{2, …, -3}", "dots"), ("±1 ± 2", "two signs"), ("x = 2 = -3", "a chain that does not hold"),
    ("x = 2 or y = -3", "two unknowns"), ("x = 2, y = -3", "two unknowns"), ("(x - 2)(x + 3) = 0", "an equation"),
    ("x² + x - 6 = 0", "an equation"), ("x - 2 = 0 or x + 3 = 0", "equations"), ("|x| = 2", "an equation"),
    ("x ≠ 2, -3", "a denial"), ("x ∉ {2, -3}", "a denial"), ("The solutions are not 2 and -3.", "a denial"),
    ("[2, -3]", "an interval or a list"), ("{2, -3} or {2, 3}", "two answers"), ("{2, -3}, {2}", "two sets"),
    ("all numbers except {2, -3}", "all others"), ("the complement of {2, -3}", "all others"),
    ("x not in {2, -3}", "all others"), ("{2, -3} ∩ {2}", "an intersection"),
    (r"\{2, -3\} \setminus \{2\}", "a difference"),
    ("{x | x > 2}", "a condition"),
    ("f(2) = -3", "a value of a function"), ("There are 2 roots.", "how many there are"), ("x > 2", "an inequality"),
    ("One root is 2, the other is -3.", "two statements of which none says all"), ("ℤ", "a set of numbers by its name"),
]  # fmt: skip


@pytest.mark.parametrize(("response", "why"), OPEN, ids=[f"{why}-{response}" for response, why in OPEN])
def test_no_set_is_picked_out_of_something_else(response: str, why: str) -> None:
    """What does not say which set is meant carries no marks."""
    assert not check(response, K, type="set").status.carries_marks, why


@pytest.mark.parametrize(
    "response", ["{x ∈ ℤ : 0 ≤ x ≤ 4}", "{x ∈ ℤ | 0 ≤ x ≤ 4}, that is, [0, 4]", "y = 2", "0 ≤ y ≤ 4"]
)
def test_conditions_on_something_else_are_no_interval(response: str) -> None:
    """Whole numbers, and other unknowns, are not read as real numbers of the asked one."""
    assert not check(response, "[0, 4]", type="set", variable="x").status.carries_marks


HOSTILE = [
    "{" + "1," * 2_000 + "1}", "1," * 2_000 + "1", "{" * 3_000, "\\{" * 3_000, "x = " * 2_000 + "1", "± " * 3_000,
    "x = 1 or " * 2_000, "(1,2) " * 2_000, "{" + ",".join(map(str, range(1_001))) + "}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_too_large_is_refused_with_a_reason(text: str) -> None:
    """Size and depth are bounded: reading raises nothing but AnswerError, which says why."""
    kind = get_type("set")
    with pytest.raises(AnswerError) as caught:
        kind.read(text, kind.options_model.model_validate({}))
    assert caught.value.diagnostics[0].message
    assert caught.value.diagnostics[0].fix


@pytest.mark.parametrize("unit", ["x = 1 or ", "{1, 2} ", "1, ", "± ", "x = ", "(1, 2), "])
def test_the_work_of_finding_is_bounded(unit: str) -> None:
    """Four times the text takes about four times the calls."""
    kind = get_type("set")
    options = kind.options_model.model_validate({})

    def attempt(size: int) -> None:
        list(kind.find(tokenize(unit * (size // len(unit))), options))

    attempt(500)
    assert calls(lambda: attempt(8_000)) < 6 * calls(lambda: attempt(2_000)) + 2_000


@pytest.mark.parametrize("value", ["{1, 2", "[0, 1)", 7, {"a": 1}, [float("inf")], [None]])
def test_a_key_that_is_no_set_is_the_authors_error(value: object) -> None:
    """It is reported before any answer is read."""
    with pytest.raises(SpecError):
        check("{1}", value, type="set")


def test_intervals_as_a_key_need_the_unknown() -> None:
    """The error says which option is missing."""
    with pytest.raises(SpecError) as caught:
        check("[0, 1)", "[0, 1)", type="set")
    assert "variable" in caught.value.diagnostics[0].fix


NUMBERS = st.lists(st.fractions(min_value=-20, max_value=20, max_denominator=12), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(NUMBERS, st.randoms())
def test_order_and_repetition_do_not_matter(numbers: list[Fraction], random: Any) -> None:
    """A shuffled list with repetitions is the same set, and reads back as it is shown."""
    shuffled = numbers + numbers[:2]
    random.shuffle(shuffled)
    kind = get_type("set")
    options = kind.options_model.model_validate({})
    truth = kind.key(numbers, options)
    answer = kind.read("{" + ", ".join(map(str, shuffled)) + "}", options)
    assert kind.same(answer, truth, options) is True
    shown = kind.render(answer, options)
    for text in (shown.unicode, shown.latex):
        assert kind.same(kind.read(text, options), truth, options) is True, text


@settings(deadline=None, max_examples=60)
@given(NUMBERS, NUMBERS)
def test_two_lists_are_equal_exactly_when_their_sets_are(one: list[Fraction], other: list[Fraction]) -> None:
    """Sets of rational numbers are decided as Python decides them."""
    verdict = check("{" + ", ".join(map(str, one)) + "}", other, type="set")
    assert (verdict.status.value == "correct") == (set(one) == set(other))
