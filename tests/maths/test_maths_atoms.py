"""What begins an expression: literals, symbols, brackets, fractions, roots, functions, bars."""

from __future__ import annotations

import pytest
from tree_text import SCOPE, read

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_relation
from grader.maths.reading.scope import Scope

SAME: list[tuple[str, ...]] = [
    ("((σ_i ^ 2) / ((σ_i ^ 2) + λ))", "\\frac{\\sigma_i^2}{\\sigma_i^2+\\lambda}", "σᵢ²/(σᵢ² + λ)",
     "sigma_i^2/(sigma_i^2+lambda)", "\\dfrac{\\sigma_{i}^{2}}{\\sigma_{i}^{2}+\\lambda}"),
    ("(n * (d ^ 2))", "nd^2", "n d^2", "n*d**2"),
    ("((2 * n) * d)", "2nd", "2 n d", "2*n*d"), ("(n * (2 ^ d))", "n 2^d", "n2^d", "n·2^d"),
    ("((n * d) * (2 ^ n))", "n d 2^n", "nd2^n", "n\\,d\\,2^n"), ("((- n) * d)", "-nd", "-n d"),
    ("((1 / 2) * x)", "1/2x", "\\frac12 x", "1/2 x"),
    ("(a / b)", "\\frac ab", "a/b", "{a \\over b}"), ("binom(n, k)", "\\binom{n}{k}", "{n \\choose k}", "binom(n, k)",
    "comb(n, k)"),
    ("(! n)", "n!", "factorial(n)"), ("(! (n + 1))", "(n+1)!"), ("(e ^ (- x))", "e^{-x}", "e^-x", "e⁻ˣ"),
    ("(- (x ^ 2))", "-x^2", "-x²"), ("((- x) ^ 2)", "(-x)^2"), ("(2 ^ (2 ^ n))", "2^{2^n}", "2^2^n"),
    ("(sqrt(x) + 1)", "√x + 1", "\\sqrt x + 1", "sqrt(x) + 1", "np.sqrt(x) + 1"), ("sqrt((x + 1))", "√(x+1)",
    "\\sqrt{x+1}"),
    ("sqrt[3](x)", "\\sqrt[3]{x}", "∛x", "cbrt(x)", "root(x, 3)"), ("abs((x - 1))", "|x-1|", "\\left|x-1\\right|",
    "abs(x-1)"),
    ("(abs(x) * abs(s))", "|x||s|"), ("(norm(p) ^ 2)", "||p||^2", "‖p‖²", "\\|p\\|^2", "norm(p)^2"),
    ("(norm[2](p) ^ 2)", "\\|p\\|_2^2"), ("(sin(x) ^ 2)", "\\sin^2 x", "sin(x)^2", "sin²x"), ("arcsin(x)",
    "\\sin^{-1} x", "asin(x)"),
    ("sin((2 * x))", "sin 2x", "\\sin(2x)"), ("(sin(x) * cos(x))", "sin x cos x", "\\sin x \\cos x"),
    ("(log(n) * log(L))", "log n log L", "\\log n\\log L"), ("log((n * L))", "log nL", "\\log(nL)", "ln(nL)"),
    ("log[2](n)", "\\log_2 n", "log₂(n)", "log2(n)", "log2 n", "math.log2(n)", "lg n"), ("log[10](x)", "log10(x)",
    "log10 x"),
    ("(log(n) ^ 2)", "\\log^2 n", "log²(n)"), ("log[b](n)", "log_b n"), ("log((1 + x))", "log1p(x)", "np.log1p(x)",
    "ln(1+x)"),
    ("exp(((- λ) * s))", "exp(-λ s)", "\\exp\\left(-\\lambda s\\right)"), ("max(n, d)", "max(n, d)",
    "\\max\\{n, d\\}", "\\max(n,d)"),
    ("f(x)", "f(x)", "f\\left(x\\right)"), ("f(x, s)", "f(x, s)"), ("(x * (x + 1))", "x(x+1)"),
    ("x⁽1⁾", "x^{(1)}", "x⁽¹⁾"), ("x_i,j", "x_{i,j}"), ("x̂_i", "\\hat{x}_i"), ("m′", "m'", "m′", "m^{\\prime}"),
    ("ceil(log[2](n))", "\\lceil \\log_2 n \\rceil", "ceil(log2(n))", "⌈log₂ n⌉"), ("floor((n / 2))", "⌊n/2⌋",
    "floor(n/2)"),
    ("(° 90)", "90^\\circ", "90°"), ("(% 50)", "50%", "50\\%"), ("(1 ± sqrt(5))", "1 \\pm \\sqrt{5}", "1 ± √5"),
    ("(± x)", "±x"),
    ("(x + 1)", "\\boxed{x+1}", "{x+1}", "(x+1)", "[x+1]"), ("dot(p, q)", "\\langle p, q \\rangle", "⟨p, q⟩",
    "np.dot(p, q)"),
    ("((x * y) * z)", "x y z", "x*y*z"), ("tr((A * B))", "tr(AB)", "\\operatorname{tr}(A B)", "\\text{tr}(AB)",
    "trace(A B)"),
    ("(ᵀ A)", "A^T", "A'", "Aᵀ", "A^\\top", "A^{\\intercal}", "A.T", "transpose(A)"),
    ("(ᵀ (A ^ (- 1)))", "A^{-T}", "A⁻ᵀ"), ("pinv(A)", "A^+", "A^\\dagger", "pinv(A)", "np.linalg.pinv(A)"),
    ("(A ∘ B)", "A \\circ B", "A \\odot B", "A ∘ B"), ("(A ⊗ B)", "A ⊗ B", "A \\otimes B"),
    ("entry((A * B), (i * j))", "(AB)_{ij}"),
    ("(3.5e-4 * x)", "3.5e-4 x"), ("(5 * (10 ^ 3))", "5·10^3", "5 \\cdot 10^{3}", "5 \\times 10^3"),
    ("x = 3 = s", "x = 3 = s"), ("a < x ≤ 1", "a < x ≤ 1", "a < x \\leq 1", "a < x <= 1"), ("x ∈ [|0, 1|",
    "x ∈ [0, 1]", "x \\in [0,1]"),
    ("(indicator(i = 0) * x)", "1[i = 0] x", "\\mathbb{1}[i=0] x", "𝟙[i = 0] x"),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "text"), [(tree, text) for tree, *texts in SAME for text in texts])
def test_notations_of_one_tree(tree: str, text: str) -> None:
    """ASCII, Unicode, LaTeX and program notations say the same tree; letters side by side are a product in order."""
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "error at the end: expected"), ("x^", "error at the end"), ("x +", "error at the end"), ("(x + 1",
        "error at the end: expected “)”"),
        ("\\frac{x}", "error at the end: expected “{”"), (")", "error at )"), ("and x", "error at and"), ("the",
        "error at the"),
        ("x is", "stops at is"), ("2 apples", "stops at apples"), ("\\text{if} x", "error at if"), ("binom(n)",
        "error at the end"),
        ("x + / s", "error at /"), ("|x", "error at the end: expected “|”"), ("‖p", "error at the end"), ("(x]",
        "error at ]"),
        ("\\sqrt[3", "error at the end: expected “]”"), ("1(x = 0) s", "stops at ("), ("x = = s", "error at ="),
        ("log_{x+1} s", "error at log"),
    ],
)  # fmt: skip
def test_a_broken_formula_stops_at_the_token_that_does_not_fit(text: str, told: str) -> None:
    """Nothing is picked out of a formula that breaks off: the reader says where it stopped."""
    assert read(text).startswith(told), read(text)


@pytest.mark.parametrize(
    "text", ["x + 1", "[1, 2]", "|x|", "1[i = 0]", "\\begin{cases} 1 \\end{cases}", "Σ_i i", "{1, 2}", "max(x, 1)"]
)
def test_where_only_numbers_are_read_formulas_are_not(text: str) -> None:
    """Without free symbols neither symbols nor lists, bars, sums or cases begin an expression."""
    tokens = tokenize(text)
    try:
        _, after = parse_relation(tokens, 0, Scope())
    except NotAnExpressionError:
        return
    assert after < len(tokens)


def test_a_letter_that_is_declared_decides_how_a_word_is_cut() -> None:
    """``cost`` is one symbol where it is declared, and the differential dX where that is."""
    assert read("cost + 1", Scope(frozenset({"cost"}), free=True)) == "(cost + 1)"
    assert read("\\mathrm{d}X", Scope(frozenset({"dX"}), free=True)) == "dX"
    assert read("\\mathrm{d}X", SCOPE) == "(d * X)"


def test_deep_nesting_is_refused() -> None:
    """Brackets, roots and signs beyond the bound are an error, not a crash."""
    for opening in ("(", "√(", "-", "\\frac{", "|", "‖", "f(", "sin ", "2^"):
        assert read(opening * 400 + "x").startswith(("error", "stops")), opening
