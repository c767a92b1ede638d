"""Real constants, decided exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from maths_sample import RATIONAL_TREES, TREES, constant, parsed

from grader.maths.numbers.balls import UndefinedError, ball
from grader.maths.numbers.exact import Real, compare, evaluate, real
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, from_fraction, short_decimal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.75", "3/4"), ("0.1+0.2", "0.3"), ("1/√2", "√2/2"), ("√8", "2√2"), ("√2·√3", "√6"), ("√(1/2)", "1/√2"),
        ("√12 + √27", "5√3"), ("(√2)^2", "2"), ("(1+√2)^2", "3+2√2"), ("(1+√2)(1-√2)", "-1"), ("2^(1/2)", "√2"),
        ("8^(2/3)", "4"), ("\\sqrt[3]{16}", "2\\sqrt[3]{2}"), ("\\sqrt[3]{2}^3", "2"), ("√(√16)", "2"),
        ("\\sqrt[4]{4}", "√2"), ("√(4/9)", "2/3"), ("2^{-1/2}", "√2/2"), ("√0", "0"),
        ("ln 8", "3 ln 2"), ("ln(1/2)", "-ln 2"), ("ln 6", "ln 2 + ln 3"), ("log_2 8", "3"), ("log_2(√2)", "1/2"),
        ("ln 1", "0"), ("log_4 8", "3/2"), ("log_6 36", "2"), ("log_{10}(0.01)", "-2"), ("ln(e^3)", "3"), ("ln √e",
        "1/2"),
        ("ln 9/ln 3", "2"), ("ln(12)", "2 ln 2 + ln 3"),
        ("e^{ln 5}", "5"), ("exp(2)", "e^2"), ("e·e^2", "e^3"), ("e^{2 ln 3}", "9"), ("e^{-1}", "1/e"), ("exp(-ln 2)",
        "1/2"),
        ("√(e^2)", "e"), ("e^{1/2}·e^{1/2}", "e"), ("π/π", "1"), ("2π - π", "π"), ("π^2/π", "π"), ("√(π^2)", "π"),
        ("(π+e)(π-e)", "π^2 - e^2"), ("50%", "1/2"), ("5!/3!", "20"), ("0·π", "0"), ("0^5", "0"), ("1^100000", "1"),
        ("(-1)^100001", "-1"), ("π - π", "0"), ("\\sqrt[3]{-8}", "-2"),
    ],
)  # fmt: skip
def test_equal_constants_are_found_equal(one: str, other: str) -> None:
    """Radicals, logarithms, powers of e and of π have one normal form."""
    assert compare(constant(one), constant(other)) == 0
    assert compare(constant(other), constant(one)) == 0


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("0.000000001", "0.000000002"), ("1000", "1000.01"), ("22/7 - 1/100", "π"), ("π", "22/7"), ("2.718281828", "e"),
        ("√2", "1.41421356237309505"), ("1.4142135623730950", "√2"), ("-√3", "-√2"), ("√2+√3", "√10"), ("e^π", "24"),
        ("π^e", "e^π"), ("ln 2", "0.7"), ("sin 1", "cos 0"), ("0", "e^{-50}"), ("-0.1", "0"), ("2^100", "2^100+1"),
        ("√(10^40)", "√(10^40+1)"), ("ln 2 + ln 3", "ln 7"), ("tan 1", "2"), ("1 - 10^{-300}", "1"),
    ],
)  # fmt: skip
def test_unequal_constants_are_found_unequal(less: str, more: str) -> None:
    """However close, two different numbers are told apart, and in the right order."""
    assert compare(constant(less), constant(more)) == -1
    assert compare(constant(more), constant(less)) == 1


@pytest.mark.parametrize(("one", "other"), [("sin(π)", "0"), ("cos(π/3)", "1/2"), ("√(π²+2π+1)", "π+1")])
def test_what_is_not_settled_is_none(one: str, other: str) -> None:
    """Equal numbers without a normal form here are undecided, neither equal by luck nor unequal."""
    assert compare(constant(one), constant(other)) is None


@pytest.mark.parametrize(
    "text",
    [
        "1/0", "1/(2-2)", "0^0", "0^{-1}", "√(-1)", "(-8)^{1/2}", "ln 0", "ln(-1)", "log_2(0)", "log_1 5", "(-1)!",
        "(1/2)!", "1/ln 1", "0/0", "1/(√2-√2)", "√(1-√2)", "ln(1-√2)", "1/(π-π)", "(1-√2)^{1/2}", "arcsin(2)",
        "10^(10^10)", "2^100000", "3001!", "(2^20000)(2^30000)", "exp(10^20)", "9^9^9", "2^2^2^2^2^2", "(100!)!",
        "10^{-40000}", "7^{-99999}", "e^{e^{e^{e^9}}}", "(√2)^{1000000}", "\\sqrt[0]{5}", "1/0%", "(-π)^{π}",
    ],
)  # fmt: skip
def test_what_has_no_usable_value_is_said_so(text: str) -> None:
    """Division by zero, roots and logarithms of what has none, and numbers too large, without long work."""
    with pytest.raises(UndefinedError) as caught:
        constant(text)
    assert str(caught.value)


@pytest.mark.parametrize(("text", "value"), [("δ + 1", 1), ("2δ", 0), ("1/2 + δ^2", "1/2"), ("√δ", 0)])
def test_names_have_the_values_given(text: str, value: object) -> None:
    """A name takes the value that the caller gives it."""
    from grader.maths.reading.lexer import tokenize
    from grader.maths.reading.parser import parse_all
    from grader.maths.reading.scope import numbers_and

    node = parse_all(tokenize(text), numbers_and(frozenset({"δ"})))
    assert evaluate(node, {"δ": Fraction(0)}).fraction == Fraction(str(value))
    assert evaluate(Binary("+", node, Call("sin", (Symbol("δ"),))), {"δ": Fraction(0)}).node is not None
    with pytest.raises(UndefinedError, match="δ"):
        evaluate(node)


def fraction_of(node: Node) -> Fraction | None:
    """The value of a tree of rationals by Python's own fractions; None where it has none."""
    try:
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Unary):
            inner = fraction_of(node.operand)
            return None if inner is None else (-inner if node.op == "-" else inner / 100)
        if isinstance(node, Binary):
            left, right = fraction_of(node.left), fraction_of(node.right)
            if left is None or right is None or (node.op == "^" and left == 0 and right == 0):
                return None
            if node.op == "^":
                return left**right.numerator
            table = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__}
            return table[node.op](left, right)
    except ZeroDivisionError:
        return None
    raise TypeError(type(node))


@settings(max_examples=150, deadline=None)
@given(RATIONAL_TREES)
def test_rational_arithmetic_is_that_of_fractions(node: Node) -> None:
    """On rationals the value is Python's own, and there is none exactly where Python has none."""
    expected = fraction_of(node)
    if expected is None:
        with pytest.raises(UndefinedError):
            evaluate(node)
    else:
        assert evaluate(node).fraction == expected


def mp_of(node: Node):  # type: ignore[no-untyped-def]
    """The value of a tree by mpmath, independently of ball arithmetic; complex or an error where not real."""
    from mpmath import mp, mpf

    if isinstance(node, Number):
        return mpf(node.value.numerator) / node.value.denominator
    if isinstance(node, Symbol):
        return mp.pi if node.name == "π" else mp.e
    if isinstance(node, Unary):
        inner = mp_of(node.operand)
        return -inner if node.op == "-" else inner / 100
    if isinstance(node, Binary):
        left, right = mp_of(node.left), mp_of(node.right)
        return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right,
                "/": lambda: left / right, "^": lambda: left**right}[node.op]()  # fmt: skip
    argument = mp_of(node.argument)
    if node.function == "sqrt":
        return argument ** (1 / mp_of(node.base)) if node.base else mp.sqrt(argument)
    if node.function == "log":
        return mp.log(argument) / mp.log(mp_of(node.base)) if node.base else mp.log(argument)
    return {"exp": mp.exp, "abs": abs}[node.function](argument)


def form_in_mp(value: Real):  # type: ignore[no-untyped-def]
    """A normal form summed up by mpmath."""
    from mpmath import mp, mpf

    assert value.form is not None
    total = mpf(0)
    for monomial, coefficient in value.form:
        term = mpf(coefficient.numerator) / coefficient.denominator
        for (kind, number), exponent in monomial:
            atom = {"prime": lambda n: mpf(n), "log": lambda n: mp.log(n), "π": lambda n: +mp.pi, "e": lambda n: +mp.e}
            term *= atom[kind](number) ** (mpf(exponent.numerator) / exponent.denominator)
        total += term
    return total


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_values_agree_with_mpmath(node: Node) -> None:
    """The normal form, and the ball, hold the number that another library computes from the tree."""
    from mpmath import mp, mpc, mpf

    try:
        value = evaluate(node)
    except UndefinedError:
        return
    with mp.workdps(60):
        try:
            independent = mp_of(node)
        except (ZeroDivisionError, ValueError, OverflowError):
            assume(False)
        assume(not isinstance(independent, mpc) and mp.isfinite(independent) and abs(independent) < mpf(10) ** 30)
        near = mpf(10) ** -20 * max(1, abs(independent))
        if value.form is not None:
            assert abs(form_in_mp(value) - independent) < near
        try:
            held = ball(node, 256)
        except UndefinedError:  # √(π-π): 0 exactly, but a ball around 0 reaches below it
            assert value.form is not None
            return
        assert abs(mpf(str(held.mid().str(40, radius=False))) - independent) < near + mpf(
            str(held.rad().str(5, radius=False))
        )


@settings(max_examples=120, deadline=None)
@given(TREES, TREES)
def test_comparison_is_antisymmetric_and_agrees_with_numbers(one: Node, other: Node) -> None:
    """Turned round, the order turns round; what is called less is less in numbers, and each equals itself."""
    try:
        a, b = evaluate(one), evaluate(other)
    except UndefinedError:
        return
    order, back = compare(a, b), compare(b, a)
    assert (order is None) == (back is None)
    if order is not None and back is not None:
        assert order == -back
    if a.form is not None:
        assert compare(a, a) == 0
    x, y = a.approximate(), b.approximate()
    if order and abs(x - y) > 1e-9 * max(1.0, abs(x)):
        assert (x > y) == (order > 0)


@given(st.fractions(), st.fractions())
def test_rationals_are_ordered_as_fractions(a: Fraction, b: Fraction) -> None:
    """On rationals the order is never open, and is that of fractions."""
    assert compare(real(a), real(b)) == (a > b) - (a < b)


@given(st.fractions(max_denominator=10**6))
def test_the_tree_of_a_fraction_has_its_value(value: Fraction) -> None:
    """A rational goes to a tree and back unchanged."""
    assert evaluate(from_fraction(value)).fraction == value
    text = short_decimal(value)
    assert text is None or Fraction(text) == value


def test_showing_a_number_of_any_size_works() -> None:
    """A number beyond the floats is shown as infinite, never by a crash."""
    assert real(10**400).approximate() == float("inf")
    assert real(-(10**400)).approximate() == float("-inf")
    assert constant("√2·10^400").approximate() == float("inf")
    assert parsed("1/3") == from_fraction(Fraction(1, 3))


@pytest.mark.parametrize("text", ["π + √(π-π)", "π + √(√2·√2-2)", "π·(1 + √(ln 2 - ln 2))"])
def test_the_root_of_an_expression_that_is_zero_has_a_value(text: str) -> None:
    """Its balls hold negative numbers at every precision; its normal form is 0."""
    value = evaluate(parsed(text))
    assert compare(value, constant("π")) == 0
    assert value.approximate() == pytest.approx(3.14159265)
    assert compare(value, constant("3")) == 1
