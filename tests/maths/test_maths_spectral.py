"""Condition numbers, singular values, norms and entries: how they are read, and shown again."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_strategies import number, plain, reread
from tree_text import read

from grader.maths.reading.scope import Scope, formulas_in
from grader.maths.rendering import render
from grader.maths.tree import Big, Binary, Call, Listing, Node, Symbol, Unary

SCOPE: Scope = replace(formulas_in(("A", "B", "x", "n", "k"), ("A", "B", "x")), spectrum="A")
BESIDE: Scope = replace(formulas_in(("A", "x", "σ", "λ", "n"), ("A", "x")), spectrum="A")
"""σ and λ are numbers of the question, as in ridge regression and in a variance."""


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("κ(A)", "cond(A)"), ("\\kappa_2(A)", "cond[2](A)"), ("cond(A)", "cond(A)"),
        ("\\operatorname{cond}(A)", "cond(A)"),
        ("cond_2(A)", "cond[2](A)"), ("kappa(A^T A)", "cond(((ᵀ A) * A))"), ("\\kappa\\left(A\\right)", "cond(A)"),
        ("κ_F(A)", "cond[F](A)"), ("κ²(A)", "(cond(A) ^ 2)"), ("κ(A)^2", "(cond(A) ^ 2)"),
        ("σ_max(A)", "singular[max](A)"), ("\\sigma_{\\max}(A)", "singular[max](A)"), ("σₘₐₓ", "singular[max](A)"),
        ("\\sigma_{\\text{min}}", "singular[min](A)"), ("σ_1(B)", "singular[1](B)"),
        ("σ_{k+1}", "singular[(k + 1)](A)"),
        ("σ_i^2", "(singular[i](A) ^ 2)"), ("\\sigma_{\\max}^2(B)", "(singular[max](B) ^ 2)"),
        ("λ_max(A^T A)", "eigenvalue[max](((ᵀ A) * A))"), ("λ_i", "eigenvalue[i](A)"), ("ρ(A)", "radius(A)"),
        ("√Σσ_i²", "sqrt(Σ[i=_.._]((singular[i](A) ^ 2)))"), ("Σ a_ij", "Σ[i=_.._](Σ[j=_.._](a_ij))"),
        ("\\sum_{i>k} \\sigma_i", "Σ[i=(k + 1).._](singular[i](A))"), ("Σ_{ij} A_ij", "Σ[i=_.._](Σ[j=_.._](A_ij))"),
        ("\\sum_{i,j=1}^n A_{ij}", "Σ[i=1..n](Σ[j=1..n](A_ij))"),
    ],
)  # fmt: skip
def test_functions_of_a_spectrum_are_read(text: str, tree: str) -> None:
    """Letters with a matrix after them, words, and σ_i alone where the question says of which matrix."""
    assert read(text, SCOPE) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("σ²(A^T A)^{-1}", "((σ ^ 2) * (((ᵀ A) * A) ^ (- 1)))"), ("σ(x)", "(σ * x)"), ("λ(A + I)", "(λ * (A + I))"),
        ("σ_max(A)", "singular[max](A)"), ("λ_1(A)", "eigenvalue[1](A)"), ("σ_1 (x + A)", "(σ_1 * (x + A))"),
        ("σ_i", "σ_i"),
    ],
)  # fmt: skip
def test_letters_of_the_question_stay_symbols(text: str, tree: str) -> None:
    """A declared σ or λ is a number; only σ_max(A) with a declared matrix alone in the brackets is a function."""
    assert read(text, BESIDE) == tree


def test_without_matrices_letters_are_symbols() -> None:
    """κ(x) in a formula of numbers is a product."""
    assert read("κ(x)", formulas_in(("κ", "x"))) == "(κ * x)"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("\\|A\\|_2", "norm[2](A)"), ("‖A‖₂", "norm[2](A)"), ("||A||_F", "norm[F](A)"), ("‖A‖_∞", "norm[∞](A)"),
        ("\\|A\\|_\\infty", "norm[∞](A)"), ("\\lVert A \\rVert_{*}", "norm[*](A)"), ("\\|A\\|_*", "norm[*](A)"),
        ("\\|A\\|_{\\mathrm{op}}", "norm[op](A)"), ("\\|A\\|_{\\max}", "norm[max](A)"),
        ("\\|A\\|^2_F", "(norm[F](A) ^ 2)"), ("\\|A\\|^{2}_F", "(norm[F](A) ^ 2)"),
        ("\\|A\\|_F^2", "(norm[F](A) ^ 2)"), ("||A||_2 ||B||_2", "(norm[2](A) * norm[2](B))"),
        ("||A||_2^2 ||B||", "((norm[2](A) ^ 2) * norm(B))"), ("‖A‖‖B‖", "(norm(A) * norm(B))"),
        ("np.linalg.norm(A)", "norm[F](A)"), ("np.linalg.norm(A, 'fro')", "norm[fro](A)"), ("norm(A, 2)", "norm[2](A)"),
        ("np.linalg.norm(A, ord=2)", "norm[2](A)"), ("np.linalg.norm(x, np.inf)", "norm[∞](x)"),
        ("norm(A, \"nuc\")", "norm[nuc](A)"), ("np.linalg.cond(A)", "cond(A)"), ("np.linalg.cond(A, 2)", "cond[2](A)"),
        ("np.linalg.svd(A)[1][0]", "singular[1](A)"), ("np.linalg.svd(A)[1][-1]", "singular[min](A)"),
        ("np.linalg.svd(A, full_matrices=False)[1]", "singular(A)"), ("svdvals(A)[2]", "singular[3](A)"),
        ("np.linalg.svd(A)[0]", "error at [: expected [1] after svd(…): its singular values"),
        ("norm(A, 'f", "error at ': expected the name of a norm"),
        ("svdvals(A)[n]", "error at [: expected an index in square brackets"),
    ],
)  # fmt: skip
def test_norms_are_read(text: str, tree: str) -> None:
    """Names of norms below bars, side by side, and as programs call them."""
    assert read(text, SCOPE) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1^T x", "((ᵀ 𝟙) * x)"), ("1ᵀ x", "((ᵀ 𝟙) * x)"), ("\\mathbf 1^\\top x", "((ᵀ 𝟙) * x)"), ("(A) 1", "(A * 𝟙)"),
        ("1ᵀ(A ∘ B)1", "(((ᵀ 𝟙) * (A ∘ B)) * 𝟙)"), ("2 x", "(2 * x)"), ("A^+ B", "(pinv(A) * B)"), ("x^+2", "(x ^ 2)"),
    ],
)  # fmt: skip
def test_ones_and_raised_marks(text: str, tree: str) -> None:
    """A transposed 1, and a 1 behind a bracket, is the vector of ones; a raised plus behind a matrix inverts it."""
    assert read(text, SCOPE) == tree


_PLACES: st.SearchStrategy[Node] = st.sampled_from(
    [number(1), number(3), Symbol("max"), Symbol("min"), Symbol("i"), Symbol("n"), Binary("+", Symbol("k"), number(1))]
)
_LEAVES: st.SearchStrategy[Node] = st.sampled_from("ABxnk").map(Symbol) | st.integers(2, 9).map(number)


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    names = st.none() | st.sampled_from([number(2), Symbol("F"), Symbol("∞"), Symbol("*"), Symbol("op")])
    pairs = st.sampled_from([Listing("{", (Symbol("i"), Symbol("j"))), Binary("*", Symbol("i"), Symbol("j"))])
    matrices = st.sampled_from("AB").map(Symbol)
    return st.one_of(
        st.builds(lambda a, b: Call("singular", (a,), b), inner, _PLACES),
        st.builds(lambda a, b: Call("eigenvalue", (a,), b), inner, _PLACES),
        st.builds(lambda a, b: Call("cond", (a,), b), inner, st.none() | st.sampled_from([number(2), Symbol("F")])),
        st.builds(lambda a: Call("radius", (a,)), inner),
        st.builds(lambda a: Call("singular", (a,)), inner),
        st.builds(lambda a: Call("logsumexp", (a,)), inner),
        st.builds(lambda a, b: Call("norm", (a,), b), inner, names),
        st.builds(lambda a, b: Call("entry", (Binary("*", a, Unary("ᵀ", a)), b)), matrices, pairs),
        st.builds(lambda a: Binary("^", a, number(2)), inner),
        st.builds(Binary, st.sampled_from("+-*"), inner, inner),
        st.builds(lambda a: Big("Σ", a, "i"), inner),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(_LEAVES, _grow, max_leaves=6))
def test_what_is_shown_reads_back(node: Node) -> None:
    """Unicode and LaTeX of spectra, norms and entries say the same tree again; MathML is well-formed."""
    shown = render.render(node)
    for text in (shown.unicode, shown.latex):
        assert plain(reread(text, SCOPE)) == plain(node), text
    Xml.fromstring(shown.mathml)  # noqa: S314  # our own output


@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("sigma_max(A)", "σₘₐₓ(A)", "\\sigma_{\\max}\\left(A\\right)"),
        ("kappa(A)^2", "κ(A)²", "\\kappa\\left(A\\right)^{2}"),
        ("σ_{k+1}", "σₖ₊₁(A)", "\\sigma_{k + 1}\\left(A\\right)"), ("\\|A\\|_*", "‖A‖_{*}", "\\left\\|A\\right\\|_{*}"),
        ("ρ(A)", "ρ(A)", "\\rho\\left(A\\right)"),
    ],
)  # fmt: skip
def test_how_spectra_are_shown(text: str, unicode: str, latex: str) -> None:
    """With their matrix, also where it was not written: what was understood is shown."""
    shown = render.render(reread(text, SCOPE))
    assert (shown.unicode, shown.latex) == (unicode, latex)
