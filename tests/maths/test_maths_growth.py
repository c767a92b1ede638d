"""Growth: what is decided about single functions, and the relations of the course's complexity questions."""

from __future__ import annotations

import pytest

from grader.maths.growth.assume import AssumptionError
from grader.maths.growth.judge import EQUAL
from tests.maths.growth_sample import assumed, reason, relation

ACCEPTED = [
    ("log(L)", "log(L+1)"), ("log(L)", "1+log(L)"), ("log(L)", "ceil(log(L+1, 2))"),
    ("log(L)+log(d)", "log(d*L)"), ("log(L)+log(d)", "max(log(L), log(d))"), ("log(L)+log(d)", "log(d*L+1)"),
    ("L*log(n)", "L*(1+log(n))"), ("L*log(n)", "L+L*log(n)"),
    ("log(L)*log(n)", "log(n)*log(L)"), ("log(L)*log(n)", "log(L)*(1+log(n))"),
    ("n**3*log(L)+n**2*L", "n**2*(n*log(L)+L)"),
    ("log(L)+log(n)", "log(n*L)"), ("log(L)+log(n)", "log(L)+log(n)+4"),
    ("n*L", "L*n"), ("n+L", "max(n, L)"),
    ("log(n)+d", "log(n)+log(d)+d"), ("log(n)+d", "3*d+log(n)+2*log(d)+4"),
    ("n*d**2", "9*n*d**2"), ("n*log(d)", "n*(1+log(d))"), ("n*log(d)", "6+2*n*log(d)"), ("G", "2*G-1"),
]  # fmt: skip
"""A class and another way to write it, whatever is assumed."""

REJECTED = [
    ("log(L)", {"L": "too_loose", "log(L)**2": "too_loose"}),
    ("log(L)+log(d)", {"log(L)": "too_small", "log(L)*log(n)": "incomparable", "log(L)*log(d)": "too_loose",
                       "L*log(d)": "too_loose", "log(L)+log(n)": "incomparable"}),
    ("L*log(n)", {"L": "too_small", "L*n": "too_loose", "L*n**2": "too_loose", "log(L)*log(n)": "too_small"}),
    ("log(L)*log(n)", {"log(L)": "too_small", "n**3*log(L)": "too_loose", "log(L)**2*log(n)": "too_loose",
                       "log(L)+log(n)": "too_small", "L*log(n)": "too_loose"}),
    ("n**3*log(L)+n**2*L", {"n**3*L": "too_loose", "n**2*L": "too_small", "n**3*L*log(L)": "too_loose"}),
    ("log(L)+log(n)", {"1": "too_small", "log(L)": "too_small", "log(n)": "too_small", "log(L)*log(n)": "too_loose"}),
    ("n*L", {"n*L*log(L)": "too_loose", "n**2*L": "too_loose", "n+L": "too_small"}),
    ("n+L", {"n*L": "too_loose", "n**2*L": "too_loose", "L": "too_small"}),
    ("n*d**2", {"d**4": "incomparable", "n**2*d**3": "too_loose", "n**2*d**2": "too_loose", "n**2": "incomparable",
                "1": "too_small", "n*d**3": "too_loose", "n**2*d": "incomparable"}),
    ("log(n)+d", {"n*log(d)": "incomparable", "log(n)+log(d)": "too_small"}),
    ("n*log(d)", {"n*d**2": "too_loose", "n": "too_small", "log(n)+d": "incomparable"}),
]  # fmt: skip
"""A class and others, when variables grow freely."""

BELOW = [
    ("n*d**2", "n*d**2+d**3", "lower_order_terms"), ("n*d**2", "d**4", "incomparable"),
    ("n*d**2", "n**2*d**3", "too_loose"), ("n*d**2", "n**2*d**2", "too_loose"), ("n*d**2", "n**2", "incomparable"),
    ("n*d**2", "1", "too_small"), ("n*d**2", "n*d**3", "too_loose"), ("n*d**2", "n**2*d", "too_loose"),
    ("log(n)+d", "n*log(d)", "too_loose"), ("log(n)+d", "log(n)+log(d)", "too_small"),
    ("n*log(d)", "log(n)+d", "too_small"), ("n*log(d)", "n", "too_small"), ("log(n)", "log(n)+log(d)", "exact"),
    ("n", "n+d", "exact"),
]  # fmt: skip
"""A class, an answer and their relation where d ≤ n."""


@pytest.mark.parametrize(("truth", "answer"), ACCEPTED)
def test_other_ways_to_write_a_class_are_accepted(truth, answer):
    """What differs by constants and lower-order terms is of one class, in both directions."""
    assert reason(answer, truth) in EQUAL
    assert reason(truth, answer) in EQUAL


@pytest.mark.parametrize(("truth", "answer", "expected"), [(t, a, r) for t, rows in REJECTED for a, r in rows.items()])
def test_other_classes_are_told_apart(truth, answer, expected):
    """The relation is as derived, and the mirrored one when answer and truth change places."""
    mirrored = {"too_loose": "too_small", "too_small": "too_loose"}.get(expected, expected)
    assert (reason(answer, truth), reason(truth, answer)) == (expected, mirrored)


@pytest.mark.parametrize(("truth", "answer", "expected"), BELOW)
def test_assumptions_order_what_is_free_without_them(truth, answer, expected):
    """d ≤ n makes d³ a lower-order term beside n d², and n² d a bound on it."""
    found = reason(answer, truth, "d <= n")
    assert found in EQUAL if expected in EQUAL else found == expected


FUNCTIONS = [
    ("n**2-n", "n**2", "lower_order_terms"), ("n-n", "n", "undecided"), ("n-n+d", "d", "lower_order_terms"),
    ("n-2*n", "n", "negative"), ("0", "n", "negative"), ("n-n**2", "n", "negative"), ("n-d", "n", "undecided"),
    ("log(fact(n))", "n*log(n)", "lower_order_terms"), ("2**n", "3**n", "too_small"), ("2**n", "fact(n)", "too_small"),
    ("fact(n)", "n**n", "too_small"), ("n*2**n", "2**n", "too_loose"), ("2**(2*n)", "4**n", "exact"),
    ("2**(2*n)", "2**n", "too_loose"), ("2**(n+1)", "2**n", "constant_factor"), ("6**n", "2**n*3**n", "exact"),
    ("n**log(n)", "2**n", "too_small"), ("n**log(n)", "n**9", "too_loose"), ("exp(sqrt(n))", "n**100", "too_loose"),
    ("n**log(7, 2)", "n**2.81", "too_small"), ("n**log(7, 2)", "n**2.8", "too_loose"),
    ("n**log(8, 2)", "n**3", "exact"), ("2**log(n, 2)", "n", "exact"), ("n**log(4, 2)", "n**2", "exact"),
    ("sqrt(n)", "n**0.5", "exact"), ("sqrt(n)", "n**(1/3)", "too_loose"), ("binom(n, 2)", "n**2", "constant_factor"),
    ("binom(2*n, n)", "4**n/sqrt(n)", "constant_factor"), ("log(n)**2", "log(n**2)", "too_loose"),
    ("log(log(n))", "log(n)", "too_small"), ("n*log(log(n))", "n", "too_loose"), ("min(n, m)", "n", "too_small"),
    ("min(n, m)", "n*m/(n+m)", "exact"), ("n**2*m**2", "n**3+m**3", "incomparable"), ("n*m", "n**2+m**2", "too_small"),
    ("n/log(n)", "n", "too_small"), ("1/n", "1", "too_small"), ("log(n, 2)", "log(n)", "exact"),
    ("3*log(n, 2)", "log(n)", "constant_factor"), ("n*log(n)", "n*d", "incomparable"), ("n**d", "2**n", "incomparable"),
    ("2**(n+d)", "2**n", "too_loose"), ("2**n*2**d", "2**(n+d)", "exact"), ("d**n", "n**d", "incomparable"),
    ("log(n)*log(d)", "log(n)**2+log(d)**2", "too_small"), ("log(n+d)", "log(n)+log(d)", "exact"),
    ("sqrt(n*d)", "n+d", "too_small"), ("n**3/n", "n**2", "exact"), ("(n+1)**2", "n**2", "lower_order_terms"),
    ("(n+1)**0.5", "n**0.5", "lower_order_terms"), ("log(n)**log(n)", "n**log(log(n))", "exact"),
    ("2**(2**n)", "2**n", "too_loose"), ("n**(1/d)", "n", "undecided"), ("log(n/d)", "log(n)", "undecided"),
    ("polylog(n)", "n", "too_small"), ("log(1+1/n)", "1", "undecided"), ("floor(n/2)", "n", "lower_order_terms"),
    ("n**(10**7)", "n", "undecided"), ("(n+m)**30", "n**30+m**30", "lower_order_terms"), ("foo(n)", "n", "undecided"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "truth", "expected"), FUNCTIONS)
def test_functions_of_every_kind_are_placed(answer, truth, expected):
    """Roots, logarithms, exponentials, factorials, minima, differences: placed where the theory puts them, or open."""
    found = reason(answer, truth)
    assert found == expected or (found in EQUAL and expected in EQUAL and expected == "lower_order_terms")


ASSUMED = [
    ("N", "log(L)", ("L = 2**N",), "exact"), ("2**N", "L", ("L = 2**N",), "exact"), ("N", "log(L)", (), "incomparable"),
    ("n*m", "n", ("m constant",), "constant_factor"), ("n**m", "n", ("m constant",), "undecided"),
    ("n+m", "n", ("m <= 5",), "lower_order_terms"), ("n*d", "n**2", ("n ~ d",), "constant_factor"),
    ("2**d", "2**n", ("n ~ d",), "undecided"), ("2**d", "2**n", ("d = n",), "exact"),
    ("d", "n**2", ("d <= n**2",), "too_small"), ("n+d", "n**2", ("d <= n**2",), "too_small"),
    ("d**2+n**4", "n**4", ("d <= n**2",), "lower_order_terms"), ("n+m", "n", ("d <= n", "m <= d"), "exact"),
    ("d", "n", ("d << n",), "too_small"), ("n-d", "n", ("d << n",), "lower_order_terms"),
    ("d", "n+m", ("d <= n + m",), "too_small"), ("d+n+m", "n+m", ("d <= n + m",), "lower_order_terms"),
    ("n*log(n)", "n*log(d)", ("n <= d**2", "d <= n"), "constant_factor"),
    ("log(d)", "log(n)", ("d <= n",), "too_small"), ("2**d", "2**n", ("d <= 2*n",), "incomparable"),
    ("log(n)*n", "n*log(d)", ("n <= d",), "too_small"), ("2**d", "2**n", ("d <= n",), "too_small"),
    ("sqrt(n*m)*log(d)", "n*log(n)+m*log(n)", ("d <= n",), "too_small"),
    ("d*log(n)", "n*log(d)", ("d <= n",), "too_small"), ("n*log(d)", "d*log(n)", ("d <= n",), "too_loose"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "truth", "assumptions", "expected"), ASSUMED)
def test_assumptions_are_used(answer, truth, assumptions, expected):
    """Comparisons, substitutions, constants, orders of growth and sums on either side."""
    found = reason(answer, truth, *assumptions)
    assert found == expected or (found in EQUAL and expected in EQUAL)


@pytest.mark.parametrize(
    "assumptions", [("d <= n", "n << d"), ("n <= log(n)",), ("d = n + 1", "n = d + 1"), ("d <= n/m", "m = foo(n)")]
)
def test_assumptions_that_cannot_hold_are_refused(assumptions):
    """Contradictions and what is not covered are the author's errors."""
    with pytest.raises(AssumptionError):
        assumed(*assumptions)


PATHS = [
    ("n**2", "n*d**2", ("d <= n",), "along n → ∞ with d fixed", "n", "along d = n → ∞", "n"),
    ("log(L)*log(n)", "log(L)+log(d)", (), "along L = d = n → ∞", "log L", "along d → ∞ with L and n fixed", "log d"),
    ("n*d", "n**2", (), "along d → ∞ with n fixed", "d", "along n → ∞ with d fixed", "n"),
    ("2**n", "n**3*d", (), "along d = n → ∞", "2^d/d⁴", "along d → ∞ with n fixed", "d"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "truth", "assumptions", "above", "over", "below", "under"), PATHS)
def test_a_path_shows_how_two_functions_differ(answer, truth, assumptions, above, over, below, under):
    """An incomparable answer comes with a path each way, and with the ratio along it."""
    found = relation(answer, truth, *assumptions)
    assert found.above is not None
    assert found.below is not None
    assert (found.above.text(), found.below.text()) == (above, below)
    assert found.above.ratio.replace("n", over[-1]) == over.replace("n", over[-1]) or found.above.ratio == over
    assert found.below.ratio


def test_a_path_between_the_extremes_is_found():
    """n + d³ and n d² agree for fixed d and for d = n; n = d² tells them apart."""
    found = relation("n+d**3", "n*d**2", "d <= n")
    assert found.reason == "too_small"
    assert found.below is not None
    assert "n" in found.below.text()


def test_work_is_bounded():
    """Many terms and many variables end in a decision or in doubt, not in a long search."""
    many = "+".join(f"a{i}*b{i}" for i in range(30))
    assert reason(many, "n") in ("incomparable", "undecided")
    assert reason(f"({many})*({many})*({many})", "n") == "undecided"
    mixed = "n*log(d)*log(m)+d*log(m)*log(k)+m*log(k)*log(n)"
    assert reason(mixed, "k*log(n)+n*log(k)*m") in ("too_small", "incomparable", "undecided")
    assert reason("2**(n*d)+2**(m*k)", "2**(n*m)+2**(d*k)") in ("incomparable", "undecided")
