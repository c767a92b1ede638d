"""Rational functions over ℚ: what they are read as, how they factor, their signs over a domain, and their bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.maths.deciding.rational import MAX_VARIABLES, Reading, Ring, constant, factors, names_in, ring
from grader.maths.deciding.signs import real_zeros, sign, vanishes
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import Scope
from grader.maths.tree import Node
from grader.maths.values.domain import read_domain
from grader.maths.values.fields import UnsupportedError

FREE = Scope(free=True)
NAMES = ("x", "y", "z")


def tree(text: str) -> Node:
    return parse_all(tokenize(text), FREE)


def read(text: str, names: tuple[str, ...] = NAMES) -> tuple[Ring, Reading]:
    over = ring(names)
    return over, over.read(tree(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(x²-1)/(x-1)", "x+1"),
        ("1/x + 1/y", "(x+y)/(x y)"),
        ("(x+y)^3", "x³+3x²y+3x y²+y³"),
        ("x^{-2}", "1/x²"),
        ("50% x", "x/2"),
        ("√4 x", "2x"),
        ("1/(1/x)", "x"),
        ("4^{1/2} y", "2y"),
        ("0.5 x", r"\frac{x}{2}"),
    ],
)
def test_equal_functions_are_read_as_the_same_quotient(one: str, other: str) -> None:
    """Cancelling and a fixed first coefficient make the quotient unique."""
    (_, first), (_, second) = read(one), read(other)
    assert first.top == second.top
    assert first.bottom == second.bottom


def test_what_it_divides_by_is_kept_although_it_cancels() -> None:
    """The divisors as written tell where an expression is undefined."""
    over, found = read("(x²-1)/(x-1)")
    assert found.cancelled
    assert list(found.divisors) == [over.variables["x"] - 1]
    assert not read("(x+1)/y")[1].cancelled


@pytest.mark.parametrize("text", ["√x", "e^x", "sin x", "x^y", "|x|", "1/(x-x)", "√2", "x!", "w", r"\sum_{i=1}^3 x"])
def test_what_is_no_rational_function_is_refused(text: str) -> None:
    """Roots, functions, symbols in exponents, sums over an index, a division by zero, an unknown symbol."""
    with pytest.raises(UnsupportedError):
        read(text)


@pytest.mark.parametrize(
    "text",
    ["x^1000000", "2^{1000000}", "(x+y+z+1)^{90}", "((x+y+z)^{30})(x+2y+z)^{95}", "(((2^{100})^{100})^{100})^{100}"],
)
def test_large_functions_are_refused_before_they_are_made(text: str) -> None:
    """Degree, terms and length of coefficients are bounded."""
    with pytest.raises(UnsupportedError):
        read(text)
    with pytest.raises(UnsupportedError):
        Ring(tuple(f"x_{i}" for i in range(MAX_VARIABLES + 1)))


def test_polynomials_are_factored_over_the_rationals() -> None:
    """The product of the factors and the number before them is the polynomial; each begins with 1."""
    over, found = read("6x² y - 6y³")
    product = factors(found.top)
    assert product.content == 6
    total = over.constant(product.content)
    for factor, count in product.powers:
        assert factor.leading_coefficient() == 1
        total *= factor**count
    assert total == found.top
    assert len(product.powers) == 3


SMALL = st.recursive(
    st.sampled_from(["x", "y", "1", "2", "3"]),
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda p: f"({p[0]}){p[1]}({p[2]})"),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(SMALL)
def test_a_polynomial_written_out_reads_as_itself(text: str) -> None:
    """``tree`` is the inverse of ``read`` for polynomials."""
    over, found = read(text)
    assert over.read(over.tree(found.top)).top == found.top


@settings(max_examples=60, deadline=None)
@given(SMALL, st.fractions(-3, 3, max_denominator=4), st.fractions(-3, 3, max_denominator=4))
def test_values_along_one_variable_are_those_of_the_polynomial(text: str, x: Fraction, y: Fraction) -> None:
    """Putting numbers in for the others leaves a polynomial in one variable with the same values."""
    import flint

    over, found = read(text)
    line = over.along(found.top, "x", {"x": Fraction(1), "y": y, "z": Fraction(0)})
    value = found.top.compose(*(over.constant(number) for number in (x, y, Fraction(0))))
    assert line(flint.fmpq(x.numerator, x.denominator)) == flint.fmpq(*constant(value).as_integer_ratio())


@pytest.mark.parametrize(
    ("text", "domain", "expected"),
    [
        ("x²+1", "", 1),
        ("-x²-y²-1", "", -1),
        ("x²+y²", "", 0),
        ("x²-x+1", "", 1),
        ("x-1", "x > 1", 1),
        ("x-1", "x >= 1", 0),
        ("x²-2", "x > 2", 1),
        ("x²-2", "x > 1", 0),
        ("x+y", "x > 0, y >= 0", 1),
        ("x y", "x > 0, y < 0", -1),
        ("x", "x != 0", 0),
        ("x-2", "0 < x < 1", -1),
        ("x² y + z²", "y > 0", 0),
    ],
)
def test_the_sign_over_a_domain_is_seen_or_left_open(text: str, domain: str, expected: int) -> None:
    """1 and −1 are proved; 0 says that the sign changes or was not seen."""
    over, found = read(text)
    assert sign(found.top, over, read_domain(domain)) == expected


@pytest.mark.parametrize(
    ("text", "domain", "expected"),
    [
        ("x", "x != 0", False),
        ("x-1/2", "x integer", False),
        ("x-2", "x integer", True),
        ("x²-2", "x integer", False),
        ("x²-2", "", True),
        ("x-y", "x != y", False),
        ("y-x", "x != y", False),
        ("x+y", "x != y", True),
        ("x²+1", "", False),
        ("π x + 1", "x > 0", False),
    ],
)
def test_what_cannot_be_zero_is_told(text: str, domain: str, expected: bool) -> None:
    """False is proved from bounds, whole numbers and stated inequalities; True may only mean that nothing was seen."""
    names = names_in((tree(text),), NAMES)
    over, found = read(text, names)
    factor = factors(found.top).powers[0][0]
    assert vanishes(factor, over, read_domain(domain)) is expected


def test_real_zeros_are_exact_where_they_are_rational() -> None:
    """(x − 1/2)(x² − 2)(x² + 1) has the real zeros 1/2 and ±√2."""
    over, found = read("(x-1/2)(x²-2)(x²+1)")
    zeros = real_zeros(over.along(found.top, "x", {}))
    assert len(zeros) == 3
    assert [Fraction(int(z.p), int(z.q)) for z in zeros if hasattr(z, "p")] == [Fraction(1, 2)]
    assert all(abs(float(z.mid()) ** 2 - 2) < 1e-12 for z in zeros if not hasattr(z, "p"))
