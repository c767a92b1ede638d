"""Growth classes: what is read, how it is judged, and what is found in prose."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers import get_type
from grader.diagnostics import AnswerError, SpecError
from grader.maths.reading.lexer import tokenize
from grader.scoring.check import check
from tests.answers.answers_sample import Case, check_case

KIND = get_type("growth")
DN = {"variables": ["n", "d"], "assume": ["d <= n"]}
LDN = {"variables": ["L", "d", "n"]}
SIMPLE = {**DN, "form": "simplified"}
DEPTH = "Θ(log L + log d)"

CASES = [
    Case("O(n d**2)", "O(n d^2)", "correct", "a power with two stars", "exact", options=DN),
    Case("`O(nd²)`", "O(n d^2)", "correct", "code", "exact", options=DN),
    Case("**O(n d^2)**", "O(n d^2)", "correct", "emphasis", "exact", options=DN),
    Case(r"$\Theta\left(n\cdot d^2\right)$", "O(n d^2)", "correct", "Θ where O was typed", "exact", options=DN),
    Case("theta(n d^2)", "O(n d^2)", "correct", "spelled out", "exact", options=DN),
    Case(r"\boxed{O(nd^2)}", "O(n d^2)", "correct", "a box", "exact", options=DN),
    Case(r"The answer is \boxed{n d^2}.", "O(n d^2)", "correct", "a bare cost in a box", "exact", options=DN),
    Case("Final answer: n d^2", "O(n d^2)", "correct", "a bare cost after a colon", "exact", options=DN),
    Case("T(n) = O(n d^2)", "O(n d^2)", "correct", "a name before it", "exact", options=DN),
    Case("O(n d^2 + d^3) = O(n d^2)", "n d^2", "correct", "a chain of equal classes", "exact", options=DN),
    Case("O(n)·O(d^2)", "n d^2", "correct", "a product of classes", "exact", options=DN),
    Case("n·O(d^2)", "n d^2", "correct", "a factor before a class", "exact", options=DN),
    Case("n d^2 + O(n)", "n d^2", "correct", "a term before a class", "lower_order_terms", options=DN),
    Case("O(n·d·logd)", "n d log d", "correct", "glued letters", "exact", options=DN),
    Case("O(n polylog d)", "n log d", "partial", "some power of a logarithm", "too_loose", "1/2", DN),
    Case("Õ(n)", "n log n", "partial", "powers of logarithms are hidden", "too_loose", "1/2", DN),
    Case(r"\tilde{O}(n)", "Õ(n)", "correct", "as the key has it", "exact", options=DN),
    Case("O(n log^3 n)", "Õ(n)", "correct", "equal up to powers of logarithms", "exact", options=DN),
    Case("O(n^2)", "Õ(n)", "partial", "not equal up to powers of logarithms", "too_loose", options=DN),
    Case("O(log(dL))", DEPTH, "correct", "", "exact", options=LDN),
    Case("O(log L + log d + 1)", DEPTH, "correct", "", "lower_order_terms", options=LDN),
    Case("O(log L log n)", DEPTH, "incorrect", "the claim that a person pushed", "incomparable", "0", LDN),
    Case("O(log(nL))", DEPTH, "incorrect", "another variable", "incomparable", options=LDN),
    Case("O(log(nL))", DEPTH, "correct", "but d ~ n can be declared", "", options={**LDN, "assume": "d ~ n"}),
    Case("O(log^2 L log n) or O(log L log n)", "log L log n", "undecided", "a hedge", "two_answers", options=LDN),
    Case("It is not O(L) but O(log L + log d).", DEPTH, "correct", "a denial", "exact", options=LDN),
    Case("O(2N log L)", "log^2 L", "correct", "", "", options={"variables": ["N", "L"], "assume": "L = 2^N"}),
    Case("O(x d^2)", "O(n d^2)", "incorrect", "a letter that is not declared grows too", "incomparable", options=DN),
    Case("O(N d^2)", "O(n d^2)", "incorrect", "N is not n", "incomparable", options=DN),
    Case("O(N d), where N = n d", "n d^2", "correct", "unless the answer says what N is", "exact", options=DN),
    Case("N d, N = n·d", "n d^2", "correct", "a bare cost and its symbol", "exact", options=DN),
    Case("Let N = nd be the number of entries. Then it is O(N d).", "n d^2", "correct", "before", "exact", options=DN),
    Case("O(N d) where N = n", "n d^2", "incorrect", "and then it counts", "too_small", options=DN),
    Case("O(N d), where N = n d, or N = n", "n d^2", "incorrect", "two meanings are none", "incomparable", options=DN),
    Case("T = n d^2, O(T)", "n d^2", "correct", "the symbol first", "exact", options=DN),
    Case("O(2^{O(n)})", "2^n", "undecided", "a constant in an exponent", "undecided", options=DN),
    Case("O(n - n)", "n", "undecided", "terms that cancel", "undecided", options=DN),
    Case("O(-n)", "n", "incorrect", "no cost", "negative", "0", DN),
    Case("constant time", "O(1)", "correct", "words", "exact", options=DN),
    Case("It grows quadratic in d and linear in n.", "n d^2", "correct", "words in a sentence", "exact", options=DN),
    Case("cubic in n", "n d^2", "partial", "words", "too_loose", options=DN),
    Case("Ω(n)", "n log n", "undecided", "a lower bound where an upper one is asked", "undecided", options=DN),
    Case("Ω(n^2)", "n log n", "incorrect", "a lower bound that does not hold", "too_loose", options=DN),
    Case("Ω(n)", "O(n)", "correct", "tight all the same", "exact", options=DN),
    Case("o(n^2)", "n log n", "partial", "strictly less, and so it is", "too_loose", "1/2", DN),
    Case("o(n + d)", "n", "incorrect", "not strictly less", "too_small", options=DN),
    Case("n^2", "Ω(n log n)", "incorrect", "no lower bound", "too_small", "0", {**DN, "bound": "omega"}),
    Case("O(n^2)", "Ω(n log n)", "undecided", "the other direction", "undecided", options={**DN, "bound": "Ω"}),
    Case("O(n^2)", "n", "correct", "full marks where the author says so", "too_loose", "1", {**DN, "loose_credit": 1}),
    Case("O(n^2)", "n", "incorrect", "or none", "too_loose", "0", {**DN, "loose_credit": 0}),
    Case("O(1)", "n", "partial", "or some for too little", "too_small", "1/10", {**DN, "small_credit": "0.1"}),
    Case("O(2n)", "n", "partial", "not simplified", "constant_factor", "3/4", SIMPLE),
    Case("O(n + d)", "n", "partial", "not simplified", "", "1/2", {**SIMPLE, "unsimplified_credit": 0.5}),
    Case("O(n)", "2n + d", "correct", "simpler than the key", "", "1", SIMPLE),
    Case("O(log_2 n)", "log n", "correct", "the base is no factor to speak of", "exact", "1", SIMPLE),
    Case("O(number of edges)", "n", "unreadable", "words", options=DN),
    Case("no", "n", "unreadable", "no product of n and o", options=DN),
    Case("N/A", "n", "unreadable", "no quotient", options=DN),
    Case("idk", "n", "unreadable", "no product of three letters", options={}),
    Case("x = 3", "n", "unreadable", "another statement", options=DN),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.response}|{case.why}"[:50] for case in CASES])
def test_cases(case):
    """Each response gets the verdict, reason and credit that are stated."""
    check_case("growth", case)


def test_feedback_shows_the_path():
    """The sentence says along which path, which of the two outgrows the other, and by how much."""
    verdict = check("O(n^2)", "O(n d^2)", type="growth", **DN)
    assert verdict.feedback == (
        "Neither bounds the other: along d = n → ∞, the cost outgrows it by a factor of d; "
        "along n → ∞ with d fixed, it outgrows the cost by a factor of n."
    )
    assert verdict.evidence is not None
    assert verdict.evidence.method == "growth cone"
    assert str(verdict.evidence.witness) == "at n = d: yours d², expected d³"


FOUND = [
    ("The work is $O(n d^2)$ and the depth $\\mathcal{O}(\\log d + \\log L)$.", ["O(n·d²)", "O(log(d) + log(L))"]),
    ("O(log(nL)) = O(log n + log L)", ["O(log(n) + log(L))"]),
    ("O(n) = O(d)", ["O(n)", "O(d)"]),
    ("O(n - it is linear", []),
    ("O(L(1 + log n)) - the naive way", ["O(L·(1 + log(n)))"]),
    ("2^{O(n)} at most", []),
    ("Compare O notation with θ = 0.5 and (O).", []),
    ("f(n) = n and o (n) apart", []),
    ("each is O(log n), so log L · O(log n)", ["O(log(n))", "O(log(L)·log(n))"]),
    ("a linear layer with constant width", []),
    ("It runs in linear time in n.", ["n"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_classes_are_found_in_prose(text, expected):
    """Runs with a head and brackets are found with their factors; words and torn formulas are not taken for them."""
    options = KIND.options_model.model_validate(LDN)
    matches = list(KIND.find(tokenize(text), options))
    assert len(matches) == len(expected)
    for match, text_expected in zip(matches, expected, strict=True):
        value = KIND.read(text_expected, options)
        assert match.value.head == value.head
        assert KIND.same(match.value, value, options) is True


def test_the_name_of_a_cost_is_kept():
    """“T = O(n)” is a statement about T."""
    options = KIND.options_model.model_validate(DN)
    (match,) = KIND.find(tokenize("So T = O(n)."), options)
    assert match.symbol == "T"


@pytest.mark.parametrize(
    "options",
    [
        {"assume": "d <= n, n << d"}, {"assume": "n is nice"}, {"assume": "d <= foo(n)"}, {"bound": "Φ"},
        {"loose_credit": 2}, {"form": "pretty"}, {"variables": 3}, {"assume": "d <="}, {"limit": 1},
    ],
)  # fmt: skip
def test_options_that_cannot_be_used_are_refused(options):
    """Assumptions that contradict one another or do not read, unknown bounds and shares are the author's errors."""
    with pytest.raises(SpecError):
        check("O(n)", "O(n)", type="growth", **options)


@pytest.mark.parametrize("key", ["", "O(n", "n - n", "-n", "about n", 3.5, None, ["n"], "2^(log n) - n", "O(foo(n))"])
def test_keys_that_cannot_be_used_are_refused(key):
    """What does not read, is not positive or is not covered is no truth."""
    with pytest.raises(SpecError):
        check("O(n)", key, type="growth", **DN)


@pytest.mark.parametrize(
    ("assume", "holds"),
    [
        ("d <= n", True), (r"d \le n", True), ("n ≥ d", True), ("1 <= d <= n", True), ("d < n and n >= 1", True),
        ("d = O(n)", True), (r"d \in O(n)", True), ("n = Ω(d)", True), ("d << n", True), ("d = o(n)", True),
        ("d ~ n", True), ("d = Θ(n)", True), ("d = n", True), ("d constant", True), ("d is fixed", True),
        ("d = O(1)", True), ("d <= 7", True), ("d <= m; m <= n", True), ("d = log n", True), ("n = 2^d", True),
        ("n grows", False), ("d -> ∞", False), ("d <= n^2", False),
        ("n <= d", False), ("n constant", False), ("", False), ("d >= 1", False), ("max(d, m) <= n", True),
        ("d <= max(m, k), m <= n, k <= n", True), ("d <= sqrt(n)", True),
    ],
)  # fmt: skip
def test_assumptions_are_read_in_many_spellings(assume, holds):
    """n + d is Θ(n) exactly where the assumption bounds d by n."""
    verdict = check("O(n + d)", "O(n)", type="growth", variables=["n", "d"], assume=assume)
    assert (verdict.status == "correct") is holds


NODES = st.recursive(
    st.sampled_from(["n", "d", "L", "2", "1"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", "·", "/"]), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})"),
        inner.map(lambda f: f"log({f})"), inner.map(lambda f: f"sqrt({f})"), inner.map(lambda f: f"({f})^2"),
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(NODES)
def test_what_is_shown_reads_back(text):
    """A class is read back from its own Unicode and LaTeX."""
    options = KIND.options_model.model_validate(LDN)
    value = KIND.read(f"O({text})", options)
    shown = KIND.render(value, options)
    for spelled in (shown.unicode, shown.latex):
        assert KIND.same(KIND.read(spelled, options), value, options) in (True, None)


@settings(max_examples=100, deadline=None)
@given(NODES, st.sampled_from(["O({})", "Θ({})", "{}"]), st.integers(2, 9))
def test_constant_factors_never_change_a_verdict(text, form, factor):
    """c·f is judged like f against any key, or both are open."""
    options = KIND.options_model.model_validate(LDN)
    truth = KIND.key("L log n + d", options)
    plain, times = (
        KIND.compare(KIND.read(form.format(f), options), truth, options) for f in (text, f"{factor}·({text})")
    )
    assert (plain.status, plain.credit) == (times.status, times.credit)


def test_credit_is_exact():
    """Shares are fractions, not floats."""
    assert check("O(n^2)", "n", type="growth", loose_credit="1/3").credit == Fraction(1, 3)


def test_a_chain_that_does_not_hold_is_not_read():
    """O(n) = O(n²) claims what is wrong; a person or the finder decides what is meant."""
    with pytest.raises(AnswerError):
        KIND.read("O(n) = O(d)", KIND.options_model.model_validate(DN))
