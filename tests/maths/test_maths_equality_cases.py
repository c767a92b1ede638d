"""Tables of scalar expressions that are equal, that differ, and that cannot be settled."""

from __future__ import annotations

import pytest
from equality_sample import compared
from tree_strategies import number

from grader.maths.tree import Big, Symbol, children
from grader.maths.values.domain import read_domain

POSITIVE = read_domain("x > 0, y > 0, z > 0")
NAMES = ("x", "y", "z", "n")


@pytest.mark.parametrize(
    ("one", "other", "domain"),
    [
        ("x^2 - 1", "(x-1)(x+1)", ""), ("ln(a b)", "ln a + ln b", ""), ("√(x^2)", "|x|", ""), ("√(x^2)", "x", "x > 0"),
        ("√x √y", "√(x y)", ""), ("e^{x+y}", "e^x e^y", ""), ("sin(x)^2 + cos(x)^2", "1", ""), ("sin 2x",
        "2 sin x cos x", ""),
        ("x^{1/2}", "√x", ""), ("x^n x", "x^{n+1}", ""), ("(-1)^{n+1}", "-(-1)^n", ""), ("log_2 x", "ln x / ln 2", ""),
        (r"\sum_{i=1}^n i", "n(n+1)/2", ""), (r"\sum_{i=1}^n x_i", r"\sum_{k=0}^{n-1} x_{k+1}", ""),
        (r"\sum_{i=0}^n r^i", r"\frac{r^{n+1}-1}{r-1}", ""), (r"\prod_{i=1}^n i", "n!", ""), ("(n+1)!", "(n+1) n!", ""),
        (r"\binom{n}{2}", "n(n-1)/2", ""), ("1/(1+e^{-x})", "e^x/(1+e^x)", ""), ("max(x, y)", "(x+y+|x-y|)/2", ""),
        ("2^{-n}", "(1/2)^n", ""), (r"\sqrt[3]{x}", "x^{1/3}", "x > 0"), ("tanh x", "(e^{2x}-1)/(e^{2x}+1)", ""),
        ("e^{ln x}", "x", "x > 0"), ("x/x", "1", ""), ("arctan(x)", "π/2 - arctan(1/x)", "x > 0"), ("50% x", "x/2", ""),
    ],
)  # fmt: skip
def test_equal_expressions(one: str, other: str, domain: str) -> None:
    """Identities of school and of algorithms are found, in both directions."""
    assert compared(one, other, domain).equal, compared(one, other, domain)
    assert compared(other, one, domain).equal, compared(other, one, domain)


@pytest.mark.parametrize(
    ("one", "other", "domain", "relation"),
    [
        ("x - y", "y - x", "", "sign"), ("x/y", "y/x", "", "reciprocal"), ("x", "2x", "", "scaled"), ("x", "x + 1",
        "", "offset"),
        ("x", "X", "", ""), ("√(x^2)", "x", "", ""), ("log_2 x", "ln x", "", ""), ("ln(x+y)", "ln x + ln y", "", ""),
        ("e^{-x}", "e^x", "", ""), (r"\sum_{i=1}^n x_i", r"\sum_{i=0}^n x_i", "", ""), ("n!", "(n-1)!", "", ""),
        (r"\sum_{i=1}^n i", "n(n-1)/2", "", ""), ("10^{-9}", "2·10^{-9}", "", ""), ("x^2", "x^{2.000000001}",
        "x > 0", ""),
        ("x + 10^{-30}", "x", "", ""), ("√(x+1)", "√x + 1", "", ""), ("(x+y)^2", "x^2+y^2", "", ""), ("m'", "m", "",
        ""),
        ("x_1", "x_2", "", ""), ("Σ", "σ", "", ""), ("√(x^2+10^{-20})", "x", "x > 0", ""),
    ],
)  # fmt: skip
def test_different_expressions(one: str, other: str, domain: str, relation: str) -> None:
    """Slips are found however small the difference, each with what it is where that has a name."""
    outcome = compared(one, other, domain)
    assert outcome.equal is False, outcome
    if relation:
        assert outcome.relation == relation
    if outcome.method != "names":
        assert outcome.difference is not None


@pytest.mark.parametrize(("one", "other"), [("f_k(x)", "x = y"), ("x", "2^{2^{2^{2^{2^x}}}}"), ("x", "[x, …, y] x")])
def test_what_cannot_be_worked_out_is_not_settled(one: str, other: str) -> None:
    """A relation as a value, a tower of powers, dots: undecided, with the reason, unless a difference is proved."""
    outcome = compared(one, other)
    assert not outcome.equal
    assert outcome.equal is False or outcome.why


def test_the_method_and_its_bound_are_told() -> None:
    """The same tree, points mod p and balls are told apart, and balls say that they prove no equality."""
    assert compared("x + 1", "x + 1").method == "identical"
    assert compared("x + 1", "1 + x").method == "modular"
    assert "2⁻⁵⁰" in compared("x + 1", "1 + x").bound
    outcome = compared("sin(x)^2 + cos(x)^2", "1")
    assert (outcome.equal, outcome.method) == (True, "ball arithmetic")
    assert "not a proof" in outcome.bound


def test_where_only_the_key_is_defined_is_a_remark_or_a_difference() -> None:
    """Without a domain x²/x is x, with a remark or none; where the domain holds the point, it is not."""
    assert compared("x", "x^2/x").equal
    assert compared("ln(x^2)", "2 ln x", "x ≠ 0").equal is False
    assert compared("ln(x^2)", "2 ln x", "x > 0").equal


def test_children_of_each_kind_are_visited() -> None:
    """The strategies here make sums, products, powers and functions, which the laws above rely on."""
    assert children(Big("Σ", Symbol("x", "i"), "i", number(1), Symbol("n")))


@pytest.mark.parametrize("letter", list("abcdfghkmpqrstuvwxyzλσμθ"))
def test_the_sign_of_a_root_is_never_left_to_chance(letter: str) -> None:
    """√(x²) is |x| and not x, whatever the letter; roots of even powers without a sign are found equal."""
    a = letter
    assert compared(f"√({a}^2)", a).equal is False
    assert compared(f"√({a}^2)", a).relation == ""
    assert compared(a, f"({a}^2)^{{1/2}}").equal is False
    assert compared(f"√(({a}-1)^2)", f"{a}-1").equal is False
    assert compared(f"√({a}^4)", f"{a}^2").equal
    assert compared(f"√({a}^2)", f"|{a}|").equal
    assert compared(f"√({a}^2)", a, f"{a} > 0").equal
