"""What the tests of the maths layer share: texts of all kinds, random trees, and counting of work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from grader.maths.numbers.exact import Real, evaluate
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary

PIECES = [
    "1", "0", "12", "1,234", "0.5", ".5", "3e-4", "1e", "½", "1½", "²", "⁻³", "₀", "x", "K_0", "K_{01}", "λ",
    "\\lambda",
    "lambda", "π", "\\pi", "e", "∞", "\\infty", "oo", "√", "\\sqrt", "sqrt", "\\frac", "\\frac12", "log_2", "log", "ln",
    "exp", "max", "abs", "(", ")", "[", "]", "{", "}", "\\{", "\\}", "\\left", "\\right", "⟨", "+", "-", "−", "–", "*",
    "**", "·", "\\cdot", "/", "^", "^{", "_", "_{", "%", "!", "=", "≈", "<", "<=", "≤", "\\leq", ">", "≥", "≠", "∈",
    "\\in", "∪", "∩", "|", ":", ",", ";", ".", "?", "…", "...", "$", "\\(", "\\)", "\\[", "\\]",
    "\\\\", "&", "\\boxed{",
    "\\text{", "\\begin{bmatrix}", "\\end{bmatrix}", "\\unknown", "\\", "\n", "\n\n", "\t", "| ", "|---|", "- ", "1. ",
    "# ", "[x] ", "☑ ", "\\item ", " ", "  ", "and", "or", "not", "between", "at least", "inclusive", "the answer is",
    "array(", "np.", "A", "B", "all", "none", "except", "keys", "𝐀", "１", "٣", "é", "🔹", "\u00a0", "\u2028", "\x00",
]  # fmt: skip
"""Bits of mathematics and prose, whole and broken."""

TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join)
"""Any text, with a leaning to what the readers react to."""


def parsed(text: str) -> Node:
    """The tree of a constant, as a student writes it."""
    return parse_all(tokenize(text))


def constant(text: str) -> Real:
    """The constant that a student writes."""
    return evaluate(parsed(text))


def work(call: Callable[[], object]) -> int:
    """How many lines of Python and calls of built-in functions a call takes: work, counted and not timed."""
    counted = 0

    def line(frame: object, event: str, argument: object) -> object:
        nonlocal counted
        counted += 1
        return line

    before = sys.gettrace()
    sys.settrace(line)  # type: ignore[arg-type]
    try:
        call()
    finally:
        sys.settrace(before)
    return counted


SMALL = st.integers(0, 6) | st.fractions(0, 4, max_denominator=6)


def _number(value: Fraction | int) -> Node:
    value = Fraction(value)
    if value.denominator == 1:
        return Number(value, str(value))
    return Binary("/", Number(Fraction(value.numerator), str(value.numerator)),
                  Number(Fraction(value.denominator), str(value.denominator)))  # fmt: skip


DECIMALS = st.integers(0, 400).map(lambda n: Number(Fraction(n, 100), f"{n // 100}.{n % 100:02d}"))
LEAVES: st.SearchStrategy[Node] = SMALL.map(_number) | DECIMALS | st.sampled_from([Symbol("π"), Symbol("e")])


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return (
        st.builds(Unary, st.sampled_from("--%"), inner)
        | st.builds(Binary, st.sampled_from("+-*/"), inner, inner)
        | st.builds(Binary, st.just("^"), inner, st.integers(-3, 3).map(lambda n: _signed(n)))
        | st.builds(Call, st.sampled_from(["sqrt", "log", "exp", "abs"]), st.tuples(inner), st.none())
        | st.builds(Call, st.just("log"), st.tuples(inner), st.sampled_from([2, 3, 10]).map(_number))
        | st.builds(Call, st.just("sqrt"), st.tuples(inner), st.sampled_from([2, 3, 5]).map(_number))
    )


def _signed(value: int) -> Node:
    return Unary("-", _number(-value)) if value < 0 else _number(value)


TREES: st.SearchStrategy[Node] = st.recursive(LEAVES, _grow, max_leaves=6)
"""Expressions without free symbols; some have no value."""

RATIONAL_TREES: st.SearchStrategy[Node] = st.recursive(
    SMALL.map(_number) | DECIMALS,
    lambda inner: (
        st.builds(Unary, st.sampled_from("-%"), inner)
        | st.builds(Binary, st.sampled_from("+-*/"), inner, inner)
        | st.builds(Binary, st.just("^"), inner, st.integers(-3, 3).map(_signed))
    ),
    max_leaves=8,
)
"""Expressions whose value, if they have one, is rational."""
