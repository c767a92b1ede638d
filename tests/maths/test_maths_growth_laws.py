"""Growth: laws of the order, and agreement with numbers of thousands of digits along drawn paths."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.maths.growth.decide import escape, positive
from grader.maths.growth.judge import EQUAL
from grader.maths.growth.paths import FIXED
from grader.maths.growth.scale import UndecidedError
from grader.maths.growth.simplex import most_positive
from grader.maths.growth.terms import read
from tests.maths.growth_sample import assumed, reason, tree

NAMES = ("n", "d", "m")

TERMS = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(st.sampled_from([0, 1, 2, Fraction(1, 2)]), st.integers(0, 2)), max_size=3
)
"""A product: for each variable the exponent of the variable and of its logarithm."""

SUMS = st.lists(TERMS, min_size=1, max_size=3)
PLAIN = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(0, 3), st.just(0)), max_size=3),
    min_size=1,
    max_size=3,
)
ASSUMED = st.sampled_from([(), ("d <= n",), ("d <= n**2",), ("d <= n", "n <= d**3"), ("m <= n", "d <= m")])


def written(total: list[dict[str, tuple[Fraction, int]]]) -> str:
    """A sum in the notation that the tests read."""
    return "+".join(
        "*".join([f"{name}**({a})*log({name})**({b})" for name, (a, b) in term.items()] or ["1"]) for term in total
    )


SIZE = 4_000
"""Binary digits of the number that grows."""

SPEEDS = st.tuples(
    st.sampled_from(["slow", "fast", "even"]), st.sampled_from([1, 2, 3, Fraction(1, 2), Fraction(3, 2)])
)


def logarithm(speed: tuple[str, Fraction], size: int) -> Fraction:
    """The logarithm of a variable at one point of its path: q·T, T^q or q·log T for T = 2^size."""
    kind, q = speed
    if kind == "even":
        return q * Fraction(2) ** size
    if kind == "fast":
        return Fraction(2) ** int(q * size)
    return q * Fraction(size * math.log(2))


def log_of(total: list[dict[str, tuple[Fraction, int]]], at: dict[str, Fraction]) -> tuple[Fraction, float]:
    """The logarithm of a sum's largest term: its exact part, and the part from logarithms of logarithms."""
    values = []
    for term in total:
        exact = sum((a * at[name] for name, (a, _) in term.items()), start=Fraction(0))
        values.append((exact, sum(b * log(at[name]) for name, (_, b) in term.items())))
    return max(values, key=lambda pair: pair[0] + Fraction(pair[1]))


def log(value: Fraction) -> float:
    return math.log(value.numerator) - math.log(value.denominator)


def holds(assumptions: tuple[str, ...], at: dict[str, Fraction]) -> bool:
    """Whether assumptions of this file hold at a point, up to a constant factor."""
    powers = {"d <= n": ("d", "n", 1), "d <= n**2": ("d", "n", 2), "n <= d**3": ("n", "d", 3), "m <= n": ("m", "n", 1),
              "d <= m": ("d", "m", 1)}  # fmt: skip
    return all(at[low] <= power * at[high] for low, high, power in (powers[a] for a in assumptions))


@settings(max_examples=150, deadline=None)
@given(SUMS, SUMS, ASSUMED, st.tuples(SPEEDS, SPEEDS, SPEEDS))
def test_what_is_bounded_stays_bounded_along_every_drawn_path(one, other, assumptions, speeds):
    """Where f is O of g is decided, log f − log g does not grow along a path that keeps to the assumptions."""
    at = {name: logarithm(speed, SIZE) for name, speed in zip(NAMES, speeds, strict=True)}
    assume(holds(assumptions, at))
    reading = assumed(*assumptions)
    f, g = (positive(read(tree(written(total)), reading), reading) for total in (one, other))
    try:
        found = escape(f, g, reading)
    except UndecidedError:
        return
    if found is None:
        (exact, loose), (other_exact, other_loose) = log_of(one, at), log_of(other, at)
        assert exact - other_exact + Fraction(loose - other_loose) < 40


@settings(max_examples=150, deadline=None)
@given(SUMS, SUMS, ASSUMED)
def test_the_path_of_a_refutation_shows_it(one, other, assumptions):
    """Where f is not O of g, log f − log g grows along the path that is named, which keeps to the assumptions."""
    reading = assumed(*assumptions)
    f, g = (positive(read(tree(written(total)), reading), reading) for total in (one, other))
    try:
        found = escape(f, g, reading)
    except UndecidedError:
        return
    if found is None or found.path is None:
        return
    gaps = []
    for size in (40, 160, 320):
        at = {}
        for name in NAMES:
            shape = found.path.get(name, FIXED)
            t = Fraction(2) ** size
            power = t ** int(shape.power * 2) if shape.kind != "fixed" else t
            root = Fraction(math.isqrt(int(power))) if shape.kind != "fixed" else t
            at[name] = {
                "fixed": Fraction(2),
                "power": shape.power * Fraction(size * math.log(2)),
                "exp": root,
                "log": Fraction(math.log(size * math.log(2))),
            }[shape.kind]
        assert holds(assumptions, at)
        (exact, loose), (other_exact, other_loose) = log_of(one, at), log_of(other, at)
        gaps.append(exact - other_exact + Fraction(loose - other_loose))
    assert gaps[0] <= gaps[1] <= gaps[2] > gaps[0]  # at first a constant such as d² log m may be larger than log n


@settings(max_examples=100, deadline=None)
@given(SUMS, ASSUMED)
def test_a_function_is_of_its_own_class(one, assumptions):
    """The order is reflexive, and neither constant factors nor the order of terms change anything."""
    reading = assumed(*assumptions)
    text = written(one)
    value = positive(read(tree(text), reading), reading)
    scaled = positive(read(tree(f"7*({text})/3"), reading), reading)
    assert escape(value, value, reading) is None
    assert escape(scaled, value, reading) is None
    assert escape(value, scaled, reading) is None
    assert reason(written(one[::-1]), text, *assumptions) in EQUAL


@settings(max_examples=60, deadline=None)
@given(PLAIN, PLAIN, PLAIN, ASSUMED)
def test_the_order_is_transitive(one, two, three, assumptions):
    """f = O(g) and g = O(h) give f = O(h)."""
    reading = assumed(*assumptions)
    f, g, h = (positive(read(tree(written(total)), reading), reading) for total in (one, two, three))
    if escape(f, g, reading) is None and escape(g, h, reading) is None:
        assert escape(f, h, reading) is None


@settings(max_examples=60, deadline=None)
@given(PLAIN, PLAIN, ASSUMED)
def test_a_sum_is_the_maximum_and_an_upper_bound(one, two, assumptions):
    """f + g is max(f, g), bounds both, and f·g / min(f, g) is it again, or not settled where the divisor is a sum."""
    f, g = written(one), written(two)
    assert reason(f"max({f}, {g})", f"({f})+({g})", *assumptions) in EQUAL
    assert reason(f"({f})*({g})/min({f}, {g})", f"({f})+({g})", *assumptions) in EQUAL | {"undecided"}
    assert reason(f, f"({f})+({g})", *assumptions) in EQUAL | {"too_small"}


@settings(max_examples=60, deadline=None)
@given(PLAIN, st.integers(1, 4), ASSUMED)
def test_powers_and_logarithms_keep_a_class(one, power, assumptions):
    """Powers of two ways to write a class are of one class; the logarithm of a power is that of the base."""
    f = written(one)
    assume(any(a for term in one for a, _ in term.values()))
    assert reason(f"({f})**{power}", "*".join([f"({f})"] * power), *assumptions) in EQUAL
    assert reason(f"log(({f})**{power})", f"log({f})", *assumptions) in EQUAL


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_simplex_method_agrees_with_points_that_are_tried(rows):
    """No row is negative at the solution, and every row that is positive at some point of the cone is so there."""
    point = most_positive(rows, [], 3)
    values = [sum(c * x for c, x in zip(row, point, strict=True)) for row in rows]
    assert min(point) >= 0
    assert min(values) >= 0
    for a in range(4):
        for b in range(4):
            for c in range(4):
                tried = [row[0] * a + row[1] * b + row[2] * c for row in rows]
                if min(tried) >= 0:
                    assert all(value > 0 for value, seen in zip(values, tried, strict=True) if seen > 0)
