"""Trees back to Unicode, LaTeX and MathML."""

from __future__ import annotations

import pickle
from fractions import Fraction
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from maths_sample import RATIONAL_TREES, TREES, parsed
from tree_strategies import FREE, SCOPE, STATEMENTS, number, plain, reread

from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import compare, evaluate, real
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import formulas_in
from grader.maths.rendering import render
from grader.maths.tree import Binary, Call, Node, Symbol, Unary
from grader.records import Rendered

SPACE = "{http://www.w3.org/1998/Math/MathML}"
CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mroot": 2, "msqrt": 1, "mover": 2, "munder": 2,
            "munderover": 3}  # fmt: skip
ELEMENTS = {*CHILDREN, "math", "mrow", "mo", "mn", "mi", "mtext", "mtable", "mtr", "mtd"}
BIG = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@BIG
@given(STATEMENTS)
def test_what_is_shown_reads_back_as_the_same_tree(node: Node) -> None:
    """Unicode and LaTeX of any tree of the grammar say that tree again, with no bracket too few."""
    shown = render.render(node)
    for text in (shown.unicode, shown.latex):
        assert plain(reread(text)) == plain(node), text


@settings(max_examples=150, deadline=None)
@given(TREES | RATIONAL_TREES)
def test_a_constant_reads_back_where_only_numbers_are_read(node: Node) -> None:
    """What is shown of a constant is an expression of the same value for the reader of numbers, or has none."""
    shown = render.render(node)
    try:
        value = evaluate(node)
    except UndefinedError:
        value = None
    for text in (shown.unicode, shown.latex):
        again = parse_all(tokenize(text), FREE) if "|" in text else parsed(text)  # bars are borders of tables there
        if value is None:
            with pytest.raises(UndefinedError):
                evaluate(again)
        else:
            back = evaluate(again)
            assert back.form == value.form
            assert compare(back, value) in (0, None)
            assert back.approximate() == pytest.approx(value.approximate(), rel=1e-9, abs=1e-12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STATEMENTS | TREES)
def test_mathml_is_well_formed(node: Node) -> None:
    """It parses as XML, with the elements of MathML alone, each with as many children as it takes."""
    root = Xml.fromstring(render.render(node).mathml)  # noqa: S314  # the output of this package
    assert root.tag == f"{SPACE}math"
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        assert name in ELEMENTS
        assert len(element) == CHILDREN.get(name, len(element))


@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("1/2", "1/2", "\\frac{1}{2}"), ("2^3", "2³", "2^{3}"), ("(-2)^3", "(-2)³", "\\left(-2\\right)^{3}"),
        ("2^{-3}", "2⁻³", "2^{-3}"), ("2^(1/2)", "2^(1/2)", "2^{\\frac{1}{2}}"), ("√2", "√2", "\\sqrt{2}"),
        ("√(1+2)", "√(1 + 2)", "\\sqrt{1 + 2}"), ("2·3", "2·3", "2 \\cdot 3"), ("2-(3-4)", "2 - (3 - 4)", None),
        ("(1+2)·3", "(1 + 2)·3", None), ("1/(2·3)", "1/(2·3)", "\\frac{1}{2 \\cdot 3}"), ("-(1+2)", "-(1 + 2)", None),
        ("\\sqrt[3]{2}", "∛2", "\\sqrt[3]{2}"), ("ln 2", "ln(2)", "\\ln\\left(2\\right)"),
        ("log_2 8", "log₂(8)", "\\log_{2}\\left(8\\right)"), ("50%", "50%", "50\\%"), ("5!", "5!", "5!"), ("0.50",
        "0.50", "0.50"), ("-1/2", "-1/2", None), ("2(3+4)", "2(3 + 4)", "2\\left(3 + 4\\right)"),
        ("(1/2)^2", "(1/2)²", "\\left(\\frac{1}{2}\\right)^{2}"), ("2π", "2π", "2 \\pi"), ("½·3", "½·3", None),
    ],
)  # fmt: skip
def test_how_a_constant_is_shown(text: str, unicode: str, latex: str | None) -> None:
    """As it was written, with brackets where they are needed and nowhere else."""
    shown = render.render(parsed(text))
    assert shown.unicode == unicode
    assert latex is None or shown.latex == latex


@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("n*d^2 + d^3", "nd² + d³", "n d^{2} + d^{3}"), ("x(x+1)", "x(x + 1)", "x\\left(x + 1\\right)"),
        ("2 x (x+1)", "2x(x + 1)", None), ("L (1+log n)", "L(1 + ln(n))", None), ("x*2", "x·2", "x \\cdot 2"),
        ("a*(b*c)", "a(bc)", "a\\left(b c\\right)"), ("n*p", "n p", "n p"), ("x*i", "x i", None),
        ("a/b*c", "(a/b)c", "\\frac{a}{b} c"),
        ("-(x*y)", "-xy", None), ("a - (b - c)", "a - (b - c)", None), ("e^{-x}", "e⁻ˣ", None),
        ("X X^T (X X^T + λI)^{-1}", "XXᵀ(XXᵀ + λI)⁻¹", "X X^{\\top}\\left(X X^{\\top} + \\lambda I\\right)^{-1}"),
        ("A^{-T}", "A⁻ᵀ", "A^{-\\top}"), ("(X^T)^2", "(Xᵀ)²", None),
        ("K_\\ell = C A^{\\ell-1} B", "K_ℓ = CA^(ℓ-1) B", None),
        ("C A^{L-1} B", "CAᴸ⁻¹B", None), ("m' = x", "m′ = x", "m' = x"), ("\\hat x_i", "x̂ᵢ", "\\hat{x}_{i}"),
        ("x^{(1)}", "x⁽¹⁾", "x^{(1)}"), ("\\|p\\|_2^2", "‖p‖₂²", "\\left\\|p\\right\\|_{2}^{2}"),
        ("|x-1|", "|x - 1|", None),
        ("\\sum_{i=1}^n x_i x_i^\\top", "∑ᵢ₌₁ⁿ xᵢxᵢᵀ", "\\sum_{i=1}^{n} x_{i} x_{i}^{\\top}"),
        ("\\sum_{j=0}^{\\ell-1} (x+1)", "∑ⱼ₌₀^{ℓ-1} (x + 1)", None),
        ("\\max_{1 \\le i \\le n} x_i", "max_{1≤i≤n} xᵢ", None),
        ("\\sin^2 x", "sin²(x)", "\\sin^{2}\\left(x\\right)"), ("n!", "n!", None), ("(n+1)!", "(n + 1)!", None),
        ("[[1,2],[3,4]]", "[[1, 2], [3, 4]]", "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"),
        ("[x; y]", "[[x], [y]]", None), ("(1, x)", "(1, x)", None), ("\\{1, x\\}", "{1, x}", "\\left\\{1, x\\right\\}"),
        ("\\binom{n}{k}", "binom(n, k)", "\\binom{n}{k}"), ("\\lceil x \\rceil", "⌈x⌉", None),
        ("A \\odot B", "A ∘ B", "A \\odot B"),
        ("1 \\pm \\sqrt{5}", "1 ± √5", "1 \\pm \\sqrt{5}"), ("90^\\circ", "90°", "90^{\\circ}"), ("A^+", "A⁺", "A^{+}"),
        ("1[\\ell = 0] D", "1[ℓ = 0] D", None), ("tr(AB)", "tr(AB)", "\\operatorname{tr}\\left(A B\\right)"),
        ("\\det A", "det(A)", None), ("f(x)", "f(x)", "f\\left(x\\right)"), ("x_{i,j}", "x_{i,j}", "x_{i,j}"),
        ("(AB)_{ij}", "(AB)ᵢⱼ", None), ("p \\cdot q", "⟨p, q⟩", None),
        ("\\begin{cases} D & \\ell = 0 \\\\ C & \\text{otherwise} \\end{cases}", "{D if ℓ = 0; C otherwise}",
         "\\begin{cases} D & \\text{if } \\ell = 0 \\\\ C & \\text{otherwise} \\end{cases}"),
    ],
)  # fmt: skip
def test_how_a_formula_is_shown(text: str, unicode: str, latex: str | None) -> None:
    """Letters stand side by side where that is no word, and every notation has its own signs."""
    shown = render.render(
        reread(text, formulas_in(("n", "d", "p", "q", "A", "B", "X"), ("p", "q", "A", "B", "X"), ("f",)))
    )
    assert shown.unicode == unicode
    assert latex is None or shown.latex == latex


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("n d^2", "<mi>n</mi><mo>\u2062</mo><msup><mi>d</mi><mn>2</mn></msup>"),
        ("\\frac{1}{x}", "<mfrac><mn>1</mn><mi>x</mi></mfrac>"),
        ("A^T", "<msup><mi>A</mi><mo>⊤</mo></msup>"),
        ("\\hat{x}_i", '<msub><mover accent="true"><mi>x</mi><mo>^</mo></mover><mi>i</mi></msub>'),
        ("\\sum_{i=1}^{n} x", "<mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"),
        ("\\binom{n}{k}", '<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>'),
        ("[[1, x]]", "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mi>x</mi></mtd></mtr></mtable>"),
        ("x < y", "<mi>x</mi><mo>&lt;</mo><mi>y</mi>"),
        ("\\sin x", "<mi>sin</mi><mo>\u2061</mo>"),
    ],
)  # fmt: skip
def test_mathml_says_what_each_part_is(text: str, parts: str) -> None:
    """Fractions, powers, tables and sums have their elements; products and applications their invisible signs."""
    assert parts in render.render(reread(text)).mathml


@pytest.mark.parametrize(
    ("name", "unicode", "latex"),
    [("λ", "λ", "\\lambda"), ("lambda", "λ", "\\lambda"), ("x", "x", "x"), ("x_1", "x₁", "x_{1}"), ("K_ℓ", "K_ℓ", None),
     ("σ_max", "σₘₐₓ", "\\sigma_{max}")],
)  # fmt: skip
def test_names_are_shown_with_their_index(name: str, unicode: str, latex: str | None) -> None:
    """A variable is shown as the symbol that its name in a spec means."""
    shown = render.render(render.symbol(name))
    assert shown.unicode == unicode
    assert latex is None or shown.latex == latex


@pytest.mark.parametrize(("name", "alone"), [("T", "xᵀ"), ("H", "xᴴ")])
def test_a_variable_that_would_transpose_is_set_in_brackets(name: str, alone: str) -> None:
    """Raised to the power of T, x is not transposed, whether or not T is declared."""
    shown = render.render(Binary("^", Symbol("x"), Symbol(name)))
    assert shown.unicode == f"x^({name})" != alone
    for text in (shown.unicode, shown.latex):
        assert reread(text, FREE) == reread(text, SCOPE) == Binary("^", Symbol("x"), Symbol(name))


def test_a_dot_between_vectors_is_not_written_for_a_product() -> None:
    """In formulas of vectors a dot is an inner product; only beside a number is it a plain one."""
    product = Binary("*", Call("exp", (Symbol("p"),)), Binary("+", Symbol("q"), number(1)))
    shown = render.render(product)
    assert "·" not in shown.unicode
    assert "\\cdot" not in shown.latex
    assert reread("p·q") == Call("dot", (Symbol("p"), Symbol("q")))
    assert reread("p·2") == Binary("*", Symbol("p"), number(2))


def test_letters_of_a_word_are_factors_like_others() -> None:
    """``2nd²`` is the tree of ``2 n d²``, a product with a sign before it too."""
    assert reread("2nd²") == reread("2 n d²") == reread("2·nd²", FREE)
    assert reread("-nd") == reread("-n d")


def test_logarithms_without_a_base_can_be_called_log() -> None:
    """Where the base does not matter, as in growth, “log” is shown; elsewhere “ln” says which one was read."""
    node = reread("n log n")
    shown = render.render(node, logarithm="log")
    assert (shown.unicode, shown.latex) == ("n log(n)", "n \\log\\left(n\\right)")
    assert "<mi>log</mi>" in shown.mathml
    assert render.render(node).unicode == "n ln(n)"


def test_notations_are_written_when_they_are_asked_for() -> None:
    """A rendering writes nothing until it is read, writes each notation once, and is a value like any other."""
    asked: list[str] = []
    late = Rendered.late(*(lambda name=name: asked.append(name) or name for name in ("u", "l", "m")))  # type: ignore[misc]
    assert asked == []
    assert (late.unicode, late.unicode) == ("u", "u")
    assert asked == ["u"]
    assert late == Rendered("u", "l", "m") == late
    assert hash(late) == hash(Rendered("u", "l", "m"))
    assert late != Rendered("u", "l", "")
    assert asked == ["u", "l", "m"]
    shown = render.render(reread("x + 1"))
    copied = pickle.loads(pickle.dumps(shown))  # noqa: S301  # made here
    assert copied == shown
    assert type(copied) is Rendered
    with pytest.raises(AttributeError):
        late.other  # type: ignore[attr-defined]  # noqa: B018


@given(st.text(max_size=30))
def test_words_are_escaped(text: str) -> None:
    """Words of any kind make MathML whose text is those words, and never markup."""
    shown = render.words(text)
    assert shown.unicode == text
    assert "<" not in shown.mathml.replace("<math xmlns", "").replace("<mtext>", "").replace("</mtext></math>", "")
    if text.isprintable():
        (element,) = Xml.fromstring(shown.mathml)  # noqa: S314  # the output of this package
        assert element.tag == f"{SPACE}mtext"
        assert (element.text or "") == text


@given(st.text(max_size=12), st.text(max_size=8))
def test_symbols_are_escaped(name: str, sub: str) -> None:
    """No name of a symbol becomes markup."""
    shown = render.render(Symbol(name or "x", sub)).mathml
    text = shown
    for tag in ("math", "mi", "mn", "mo", "mrow", "msub", "msup", "msubsup", "mover"):
        for piece in (f"<{tag}>", f"</{tag}>"):
            text = text.replace(piece, "")
    text = text.replace('<math xmlns="http://www.w3.org/1998/Math/MathML">', "").replace('<mover accent="true">', "")
    assert "<" not in text


def test_lists_are_joined() -> None:
    """Items stand between brackets with separators, in all three notations."""
    items = [render.render(real(Fraction(n, 2)).node) for n in (1, -2)]
    shown = render.join(items, "{", "}")
    assert (shown.unicode, shown.latex) == ("{0.5, -1}", "\\{0.5, -1\\}")
    assert "".join(Xml.fromstring(shown.mathml).itertext()) == "{0.5,−1}"  # noqa: S314  # the output of this package
    assert render.join([], "[", "]").unicode == "[]"
    assert render.inner(render.math("<mn>1</mn>")) == "<mn>1</mn>"
    assert render.render(Unary("-", Symbol("π"))).unicode == "-π"
