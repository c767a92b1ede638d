"""Text to tokens."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maths_sample import TEXTS, work

from grader.maths.reading import lexer, mojibake, scanner
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.scanner import MAX_DIGITS, MAX_EXPONENT
from grader.maths.reading.tokens import Kind, Token, text_at


def kinds(text: str) -> list[tuple[Kind, str, str]]:
    """What the tokens say, without where they stand."""
    return [(t.kind, t.text, t.sub) for t in tokenize(text)]


def only(text: str) -> Token:
    (token,) = tokenize(text)
    return token


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 1000))
def test_any_text_is_read_and_offsets_are_in_order(text: str, base: int) -> None:
    """The lexer never fails; tokens come in order, do not overlap, lie in the text and count from the base."""
    tokens = tokenize(text, base)
    at = base
    for token in tokens:
        assert at <= token.start <= token.end <= base + len(text)
        at = token.end
        assert (token.value is not None) == (token.kind is Kind.NUM)
    assert [(t.start - base, t.text) for t in tokens] == [(t.start, t.text) for t in tokenize(text)]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_offsets_point_at_the_characters_that_were_read(text: str) -> None:
    """A word stands, letter for letter, at its offsets, in any text without damage or mathematical alphabets."""
    if mojibake.repaired(text) is not None or any(
        "\U0001d400" <= c <= "\U0001d7ff" or "\uff01" <= c <= "\uff5e" for c in text
    ):
        return
    for token in tokenize(text):
        if token.kind is Kind.WORD:
            assert text[token.start : token.end].startswith(token.text)


SPELLINGS = [
    ("≤", ["<=", "=<", "\\le", "\\leq", "\\leqslant", "≦", "⩽", "&le;", "&lt;="]),
    ("≥", [">=", "\\ge", "\\geq", "\\geqslant", "≧", "⩾", "&ge;", "&gt;="]),
    ("<", ["\\lt", "&lt;"]),
    (">", ["\\gt", "&gt;"]),
    ("≠", ["!=", "\\ne", "\\neq"]),
    ("∈", ["\\in"]),
    ("∪", ["\\cup"]),
    ("∩", ["\\cap"]),
    ("≈", ["\\approx", "~=", "≃", "\\simeq"]),
    ("⇒", ["=>", "->", "==>", "\\Rightarrow", "\\implies", "→", "⟹", "\\to"]),
    ("-", ["−", "﹣", "－"]),
    ("/", ["÷", "∕", "⁄", "\\div"]),
    ("×", ["\\times", "∗"]),
    ("·", ["⋅", "\\cdot", "∙"]),
    ("=", [":=", "==", "≡", "＝", "\\equiv"]),
    ("λ", ["\\lambda", "lambda", "𝜆", "$\\lambda$"]),
    ("σ", ["\\sigma", "sigma", "𝜎"]),
    ("Σ", ["\\Sigma", "Sigma"]),
    ("ε", ["\\epsilon", "\\varepsilon", "epsilon", "ϵ"]),
    ("μ", ["\\mu", "µ", "mu"]),
    ("∞", ["\\infty", "infinity", "Infinity", "inf", "oo"]),
    ("∅", ["\\emptyset", "\\varnothing", "ø"]),
    ("ℝ", ["\\R"]),
    ("x", ["$x$", "\\mathbf{x}", "𝐱", "𝑥", "ｘ", "\\boldsymbol{x}", "**x**", "`x`", "\\text{x}"]),
    ("K_0", ["K_{0}", "K₀", "K\\_0", "$K_0$", "K_ {0}", "\\mathbf{K}_0"]),
    ("K_{10}", ["K₁₀", "K_10"]),
    ("K_ℓ", ["K_\\ell", "K_{\\ell}"]),
    ("σ_λ", ["\\sigma_{\\lambda}", "σ_lambda", "sigma_lambda"]),
    ("[1, 2]", ["\\left[1, 2\\right]", "\\bigl[1, 2\\bigr]", "[1，2]", "$[1, 2]$"]),
    ("\\{1\\}", ["\\left\\{1\\right\\}", "\\lbrace 1\\rbrace"]),
    ("\\frac{1}{2}", ["\\tfrac{1}{2}", "\\dfrac{1}{2}"]),
    ("\\boxed{5}", ["\\fbox{5}"]),
    ("…", ["...", "\\dots", "\\ldots", "\\cdots", "⋯"]),
    ("x**2", ["x^2"]),
]


@pytest.mark.parametrize(("one", "other"), [(one, other) for one, others in SPELLINGS for other in others])
def test_two_spellings_of_one_symbol_make_one_token(one: str, other: str) -> None:
    """ASCII, Unicode and LaTeX are one language."""
    assert kinds(one) == kinds(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N", "n"), ("Σ", "σ"), ("K_0", "K_1"), ("K", "K_0"), ("<", "≤"), ("λ", "Λ"), ("K_1", "K 1"), ("K_12", "K_1 2"),
        ("0.000000001", "0.000000002"), ("1e3", "1e4"), ("x^2", "x 2"), ("[", "("), ("\\{", "("),
    ],
)  # fmt: skip
def test_different_symbols_make_different_tokens(one: str, other: str) -> None:
    """What differs in mathematics stays apart."""
    assert kinds(one) != kinds(other)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), ("0.5", "1/2"), (".5", "1/2"), ("0.50", "1/2"), ("007", 7),
        ("3e-4", "3/10000"), ("3E-4", "3/10000"), ("3e−4", "3/10000"), ("3e+4", 30000), ("1.5e3", 1500),
        ("½", "1/2"), ("⅞", "7/8"), ("1½", "3/2"), ("12 345", None), ("12\u202f345.6", "123456/10"),
        ("12\\,345", 12345), ("12{,}345", 12345), ("１２", 12), ("𝟏𝟐", 12), ("0.000000001", "1/1000000000"),
        ("٣", 3),
    ],
)  # fmt: skip
def test_numbers_are_exact(text: str, value: object) -> None:
    """A number is one token with its exact value; a plain space parts two numbers."""
    tokens = tokenize(text)
    if value is None:
        assert [t.kind for t in tokens] == [Kind.NUM, Kind.NUM]
    else:
        assert [(t.kind, t.value) for t in tokens] == [(Kind.NUM, Fraction(str(value)))]


@given(st.fractions(0, 10**6).map(lambda q: round(q, 6)))
def test_decimals_keep_their_value(value: Fraction) -> None:
    """A decimal written out is read as exactly that number."""
    digits = f"{value.numerator * 10**6 // value.denominator:07d}"
    assert only(f"{digits[:-6]}.{digits[-6:]}").value == value


def test_the_full_stop_of_a_sentence_is_no_part_of_a_number() -> None:
    """``5.`` before a space or the end is 5 and a stop; ``0..5`` is no decimal."""
    assert [(t.kind, t.text) for t in tokenize("It is 5. So")][2:4] == [(Kind.NUM, "5"), (Kind.PUNCT, ".")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*3", [(Kind.NUM, "2"), (Kind.OP, "*"), (Kind.NUM, "3")]),
        ("2 * 3", [(Kind.NUM, "2"), (Kind.OP, "*"), (Kind.NUM, "3")]),
        ("2**3", [(Kind.NUM, "2"), (Kind.OP, "^"), (Kind.NUM, "3")]),
        ("**5**", [(Kind.NUM, "5")]),
        ("the *answer* is **12**.", [(Kind.WORD, "the"), (Kind.WORD, "answer"), (Kind.WORD, "is"), (Kind.NUM, "12"),
                                    (Kind.PUNCT, ".")]),
        ("$$5$$", [(Kind.NUM, "5")]),
        ("\\(5\\)", [(Kind.NUM, "5")]),
        ("\\[5\\]", [(Kind.NUM, "5")]),
        ("$5$", [(Kind.NUM, "5")]),
        ("`5`", [(Kind.NUM, "5")]),
        ("\\textbf{5}", [(Kind.NUM, "5")]),
        ("\\text{at least } 5", [(Kind.WORD, "at"), (Kind.WORD, "least"), (Kind.NUM, "5")]),
        ("- 5", [(Kind.BULLET, "-"), (Kind.NUM, "5")]),
        ("-5", [(Kind.OP, "-"), (Kind.NUM, "5")]),
        ("a\n- **b**", [(Kind.NAME, "a"), (Kind.NEWLINE, "\n"), (Kind.BULLET, "-"), (Kind.NAME, "b")]),
        ("a\n- b", [(Kind.NAME, "a"), (Kind.NEWLINE, "\n"), (Kind.BULLET, "-"), (Kind.NAME, "b")]),
        ("a\n\n\nb", [(Kind.NAME, "a"), (Kind.NEWLINE, "\n\n"), (Kind.NAME, "b")]),
        ("a\r\nb", [(Kind.NAME, "a"), (Kind.NEWLINE, "\n"), (Kind.NAME, "b")]),
        ("1\t2", [(Kind.NUM, "1"), (Kind.CELL, "\t"), (Kind.NUM, "2")]),
        ("1 \\\\ 2", [(Kind.NUM, "1"), (Kind.ROW, "\\\\"), (Kind.NUM, "2")]),
        ("\\frac12", [(Kind.COMMAND, "\\frac"), (Kind.NUM, "1"), (Kind.NUM, "2")]),
        ("\\frac{12}5", [(Kind.COMMAND, "\\frac"), (Kind.OPEN, "{"), (Kind.NUM, "12"), (Kind.CLOSE, "}"),
                        (Kind.NUM, "5")]),
        ("λI", [(Kind.NAME, "λ"), (Kind.NAME, "I")]),
        ("CAB", [(Kind.WORD, "CAB")]),
        ("x²", [(Kind.NAME, "x"), (Kind.OP, "^"), (Kind.OPEN, "{"), (Kind.NUM, "2"), (Kind.CLOSE, "}")]),
        ("10⁻³", [(Kind.NUM, "10"), (Kind.OP, "^"), (Kind.OPEN, "{"), (Kind.OP, "-"), (Kind.NUM, "3"),
                  (Kind.CLOSE, "}")]),
        ("\\left.5\\right|", [(Kind.NUM, "5"), (Kind.OP, "|")]),
        ("75\\%", [(Kind.NUM, "75"), (Kind.OP, "%")]),
        ("isn't", [(Kind.WORD, "isn't")]),
    ],
)  # fmt: skip
def test_what_makes_a_token(text: str, expected: list[tuple[Kind, str]]) -> None:
    """Dollar signs, emphasis, sizes and spacing make no tokens; list marks, cells and rows do."""
    assert [(t.kind, t.text) for t in tokenize(text)] == expected


def test_numbers_are_bounded() -> None:
    """Digits and exponents beyond the bounds make a word, not a number that costs unbounded work."""
    assert only("7" * MAX_DIGITS).kind is Kind.NUM
    assert only("7" * (MAX_DIGITS + 1)).kind is Kind.WORD
    assert only(f"1e{MAX_EXPONENT}").kind is Kind.NUM
    assert Kind.NUM not in {t.kind for t in tokenize(f"1e{MAX_EXPONENT + 1}")}
    assert Kind.NUM not in {t.kind for t in tokenize("1e" + "9" * 50)}


@pytest.mark.parametrize(
    "unit",
    [
        "1 ", "x_", "x_ ", "x_{", "\\text{", "{", "}", "\\", "\\[", "=\\]", "*", "**a", "$", "\n", "\n \n", " ", "\t",
        "12,", "1e1", "½", "²", "a'", "λI", "\\begin{", "\\frac1", "#", "...", "&l", "- ", "1.", "\\item[", "\\\\",
    ],
)  # fmt: skip
def test_work_grows_with_length_only(unit: str) -> None:
    """Four times the text takes about four times the work, counted and not timed."""
    short, long = (unit * (size // len(unit)) for size in (500, 2_000))
    assert work(lambda: tokenize(long)) < 5 * work(lambda: tokenize(short)) + 200


class _Counting:
    """A pattern that counts the characters that it matches."""

    def __init__(self, pattern: re.Pattern[str], counted: list[int]) -> None:
        self.pattern = pattern
        self.counted = counted

    def match(self, *arguments: Any) -> re.Match[str] | None:
        found = self.pattern.match(*arguments)
        self.counted[0] += len(found.group()) if found else 0
        return found


@pytest.mark.parametrize(
    "unit", ["λI", "word ", "wörd", "αβ", "1.5 ", "1 234", "⁰", "x₀", "   ", "<=", "\\frac", "***"]
)
def test_no_character_is_matched_over_and_over(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patterns match a few characters for each character of the text, however long it is."""
    counted = [0]
    for module in (lexer, scanner):
        for name, pattern in list(vars(module).items()):
            if isinstance(pattern, re.Pattern):
                monkeypatch.setattr(module, name, _Counting(pattern, counted))
    text = unit * (2_000 // len(unit))
    tokenize(text)
    assert 0 < counted[0] <= 4 * len(text)


def test_outside_the_tokens_there_is_no_text() -> None:
    """An index past the end, or a negative one, gives "" and never a token counted from the end."""
    tokens = tokenize("x + 1")
    assert [text_at(tokens, at) for at in range(-2, 5)] == ["", "", "x", "+", "1", "", ""]


def test_a_hyphen_before_a_cost_or_a_statement_is_a_dash() -> None:
    """In “$p$ - $O(n)$” it belongs to neither formula; “$x^2$ - $1$” is a difference, as “$a - b$” is."""
    for text in ("$p$ - $O(n)$", "$p$ - $\\mathcal{O}(n)$", "$p$ - $q = 1$"):
        assert tokenize(text)[1].kind is Kind.PUNCT
    for text in ("$p$ - $q$", "$p - q$", "p - q"):
        assert [token.text for token in tokenize(text)] == ["p", "-", "q"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A^T Tx", "A ^ T Tx"),
        ("1) one, 2", "1) one , 2"),
        ("lambda, log x; a.", "λ , log x ; a ."),
        ("f(x) => y := 2", "f ( x ) ⇒ y = 2"),
        ("\\mathbf{A} (b)", "A ( b )"),
        ("\\frac 12 x", "\\frac 1 2 x"),
        ("a|b <= c/d", "a | b ≤ c / d"),
    ],
)
def test_what_looks_plain_is_read_as_ever(text: str, said: str) -> None:
    """Words, letters and signs are taken quickly where nothing about them is special, and carefully where it is."""
    assert " ".join(token.text for token in tokenize(text)) == said


def test_a_kind_is_one_object_also_in_copies() -> None:
    """Kinds are compared by identity, also of tokens that went to another process."""
    (copied,) = pickle.loads(pickle.dumps(tokenize("x")))  # noqa: S301
    assert copied.kind is Kind.NAME
