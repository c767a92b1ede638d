"""Values of expressions at a point: numbers, matrices, functions, sums over indices; and what is not computed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tree_strategies import reread

from grader.maths.reading.scope import formulas_in
from grader.maths.values import fields
from grader.maths.values.evaluate import MAX_TERMS, Point, evaluate, exact_value, holds
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import Scaled, ShapeError, is_matrix, shape_of

FIELD = fields.exact()
SCOPE = formulas_in(tuple("A B X p q x y n k λ".split()), tuple("A B X p q".split()))


def matrix(rows: int, columns: int, *entries: int) -> Any:
    """A matrix of rational numbers."""
    return FIELD.matrix(rows, columns, [FIELD.number(Fraction(entry)) for entry in entries])


def element(name: str, at: tuple[int, ...]) -> Any:
    """x_i is 10 i, and x_ij is 10 i + j."""
    return FIELD.number(Fraction(10 * at[0] + (at[1] if len(at) > 1 else 0))) if name in ("x", "c") else None


POINT = Point(
    FIELD,
    {
        "A": matrix(2, 2, 1, 2, 3, 4), "B": matrix(2, 2, 0, 1, 1, 1), "X": matrix(3, 2, 1, 0, 2, 1, 0, 1),
        "p": matrix(2, 1, 3, 4),
        "q": matrix(2, 1, 1, -1), "x": FIELD.number(Fraction(1, 2)), "y": FIELD.number(Fraction(3)),
        "λ": FIELD.number(Fraction(2)),
    },
    {"n": Fraction(4), "k": Fraction(2)}, element, {"i": 3}, {2: "d", 3: "n"}, frozenset({"x", "c"}),
)  # fmt: skip


def value(text: str) -> Any:
    """The value of a formula at the point."""
    return evaluate(reread(text, SCOPE), POINT)


def told(text: str) -> str:
    """A value as text: rows with semicolons between them."""
    found = value(text)
    if isinstance(found, Scaled):
        return f"{found.factor} I"
    if not is_matrix(found):
        return str(found)
    rows, columns = shape_of(found)
    return "; ".join(" ".join(str(found[i, j]) for j in range(columns)) for i in range(rows))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + y", "7/2"), ("x/y", "1/6"), ("-x^2", "-1/4"), ("x^{-2}", "4"), ("2^n", "16"), ("y^{n-k}", "9"), ("50%",
        "1/2"), ("n!", "24"),
        ("\\binom{n}{k}", "6"), ("\\sum_{i=1}^n i", "10"), ("\\sum_{i=1}^n c_i", "100"), ("\\sum_i c_i", "60"),
        ("\\prod_{i=1}^n i", "24"),
        ("\\sum_{i=1}^n \\sum_{j=1}^i 1", "10"), ("\\sum_{i=1}^0 i", "0"), ("\\prod_{i=1}^0 i", "1"), ("c_{k+1}",
        "30"), ("c_{ij}", None), ("c_{1,2}", "12"),
        ("\\sum_{i=2}^k c_{i,i}", "22"), ("1[k = 2]", "1"), ("1[k > 2]", "0"),
        ("\\begin{cases} 1 & k = 0 \\\\ y & k \\ge 1 \\end{cases}", "3"),
        ("\\begin{cases} 1 & k = 0 \\\\ y & otherwise \\end{cases}", "3"), ("|−y|", "3"), ("max(x, y)", "3"),
        ("√(9/4)", "3/2"), ("⌊n/3⌋ y", None), ("y^{⌊n/3⌋}", "3"),
        ("A B", "2 3; 4 7"), ("A^T", "1 3; 2 4"), ("A^{-1}", "-2 1; 3/2 -1/2"), ("A^0", "1 0; 0 1"), ("A^2",
        "7 10; 15 22"), ("A^n", "199 290; 435 634"),
        ("p'q", "-1"), ("p q'", "3 -3; 4 -4"), ("X p", "3; 10; 4"), ("p·q", "-1"), ("tr(A)", "5"), ("det(A)", "-2"),
        ("rank(X)", "2"), ("‖p‖", "5"), ("‖p‖_1", "7"),
        ("‖p‖_{∞}", "4"), ("λ I", "2 I"), ("A + λ I", "3 2; 3 6"), ("diag(p)", "3 0; 0 4"), ("diag(A)", "1; 4"),
        ("diag(1/p)", "1/3 0; 0 1/4"), ("diag(c_i)", "10 0 0; 0 20 0; 0 0 30"),
        ("diag(c_1, …, c_k)", "10 0; 0 20"), ("diag(2c_1, 2c_2, …, 2c_n)", "20 0 0 0; 0 40 0 0; 0 0 60 0; 0 0 0 80"),
        ("diag(c_1, …, c_k^2)", None), ("diag(c_1, c_3, …, c_n)", None), ("diag(c_2, …, c_n)", None),
        ("diag(1, …, k)", None),
        ("A ∘ B", "0 2; 3 4"), ("A ∘ I", "1 0; 0 4"), ("p ⊗ q", "3; -3; 4; -4"), ("[[1, 2], [x, y]]", "1 2; 1/2 3"),
        ("[[A, p], [q', 1]]", "1 2 3; 3 4 4; 1 -1 1"),
        ("[[A, 0], [0, I]]", None), ("vec(A)", "1; 3; 2; 4"), ("pinv(X) X", "1 0; 0 1"), ("sum(p)", "7"), ("I_2",
        "1 0; 0 1"), ("A⁻¹ A", "1 0; 0 1"), ("p/2", "3/2; 2"),
    ],
)  # fmt: skip
def test_values(text: str, expected: str | None) -> None:
    """Arithmetic, sums, cases, matrix algebra, norms, blocks and diagonals; None where there is no value here."""
    if expected is None:
        with pytest.raises((UnsupportedError, ShapeError)):
            value(text)
    else:
        assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    ["A p'", "p q", "A + X", "A + p", "A + 1", "X^{-1}", "X^2", "1/A", "X + I", "tr(X)", "det(X)", "A ∘ X",
    "[[A, X], [1, 2]]", "p + q'"],
)  # fmt: skip
def test_sizes_that_do_not_fit(text: str) -> None:
    """What is not defined for these shapes is told in the names of the sizes."""
    with pytest.raises(ShapeError) as error:
        value(text)
    assert str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "exp(A)", "√A", "A^{1/2}", "A^x", "max(A)", "A!", "A°", "log_A 2", "\\sqrt[A]{2}", "binom(A, 2)",
        "min(1, A)", "vec(I)", "tr(I)", "det(I)", "‖I‖",
        "softmax(I)", "I ⊗ A", "sum(I)", "diag(I)", "rank(I)", "exp(I)", "dot(p)", "tr(A, A)", "2 ± 1", "x = y",
        "{1, 2}", "()", "Z", "e x", "ln 2", "√2",
        "\\sum_{i=1}^{10^9} i", "\\sum_{i=1}^{2000} \\sum_{j=1}^{2000} 1", "\\sum_{i=1}^y i", "2^{10^7}",
        "\\prod_{i=1}^{1000} i^{1000}", "\\sqrt[0]{2}",
        "\\begin{cases} 1 & y > 0 \\end{cases}", "[1, …, 3]", "softmax(A)", "1[y = 3]",
    ],
)  # fmt: skip
def test_what_is_not_computed_is_told(text: str) -> None:
    """Functions of matrices, open sizes, irrational values, unknown symbols and endless sums: one kind of error."""
    with pytest.raises(UnsupportedError) as error:
        value(text)
    assert str(error.value)


@pytest.mark.parametrize(
    "text", ["1/(y - 3)", "0^{-1}", "[[1, 1], [1, 1]]^{-1}", "\\begin{cases} 1 & k = 0 \\end{cases}"]
)
def test_what_is_undefined_here_asks_for_another_point(text: str) -> None:
    """Division by zero, singular matrices and cases of which none applies."""
    with pytest.raises((RetryError, ZeroDivisionError)):
        value(text)


def test_terms_of_nested_sums_count_together() -> None:
    """Sums inside sums share one budget, which each evaluation has anew."""
    inside = f"\\sum_{{i=1}}^{{40}} \\sum_{{j=1}}^{{{MAX_TERMS // 40 - 1}}} 1"
    assert value(inside) == 40 * (MAX_TERMS // 40 - 1)
    assert value(inside) == 40 * (MAX_TERMS // 40 - 1)
    with pytest.raises(UnsupportedError):
        value(f"\\sum_{{i=1}}^{{40}} \\sum_{{j=1}}^{{{MAX_TERMS // 40 + 1}}} 1")


def test_exact_values_are_of_whole_symbols_alone() -> None:
    """Exponents, bounds and conditions are made of literals and counting symbols."""
    assert exact_value(reread("2n - k/2", SCOPE), POINT) == 7
    assert exact_value(reread("⌈n/3⌉", SCOPE), POINT) == 2
    assert exact_value(reread("x + 1", SCOPE), POINT) is None
    assert exact_value(reread("n/0", SCOPE), POINT) is None
    assert holds(reread("1 ≤ k < n", SCOPE), POINT)
    assert not holds(reread("k = n", SCOPE), POINT)


@pytest.mark.parametrize("text", ["x^A", "rank(A A^T - A A^T)", "min(0, A)", "log(A, 2)"])
def test_balls_refuse_what_they_do_not_have(text: str) -> None:
    """The rank of what may be 0, or a function of a square matrix, is an error of the same kind in ball arithmetic."""
    balls = fields.real_balls()
    entries = [balls.number(Fraction(entry)) for entry in (1, 2, 3, 4)]
    point = POINT._replace(field=balls, values={"A": balls.matrix(2, 2, entries), "x": balls.number(Fraction(2))})
    with pytest.raises(UnsupportedError):
        evaluate(reread(text, SCOPE), point)


@pytest.mark.parametrize(
    ("text", "sizes", "expected"),
    [
        ("[[I - A, λ I], [-A, λ I]]", {2: "d"}, "0 -2 2 0; -3 -3 0 2; -1 -2 2 0; -3 -4 0 2"),
        ("[[I, A], [0, I]]", {}, "1 0 1 2; 0 1 3 4; 0 0 1 0; 0 0 0 1"),
        ("((I, A), (0, I))", {}, "1 0 1 2; 0 1 3 4; 0 0 1 0; 0 0 0 1"),
        ("[[I, I, A], [I, I, A]]", {}, "1 0 1 0 1 2; 0 1 0 1 3 4; 1 0 1 0 1 2; 0 1 0 1 3 4"),
        ("[[I, 0], [0, λ I]]", {2: "d"}, "1 0 0 0; 0 1 0 0; 0 0 2 0; 0 0 0 2"),
        ("[[y, λ I], [1, I]]", {1: "d", 5: "e"}, "3 2; 1 1"),
        ("[[I, 0], [0, λ I]]", {2: "d", 3: "n"}, None), ("[[I, 0], [0, λ I]]", {}, None),
    ],
)  # fmt: skip
def test_blocks_of_identities_have_the_size_of_their_neighbours(text: str, sizes: Any, expected: str | None) -> None:
    """Sizes are handed on from block to block; with one size declared there is no other one; else none is guessed."""
    tree = reread(text, SCOPE)
    if expected is None:
        with pytest.raises(UnsupportedError, match="unknown size"):
            evaluate(tree, POINT._replace(sizes=sizes))
        return
    found = evaluate(tree, POINT._replace(sizes=sizes))
    rows, columns = shape_of(found)
    assert "; ".join(" ".join(str(found[i, j]) for j in range(columns)) for i in range(rows)) == expected
