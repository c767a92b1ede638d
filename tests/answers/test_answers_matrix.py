"""Matrices and vectors as answers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from answers_sample import Case, check_case
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import calls

from grader import check
from grader.answers import get_type
from grader.diagnostics import AnswerError, SpecError
from grader.maths.reading.lexer import tokenize

K = [[1, 2], [3, 4]]
V = [14, 32]
SCALE = {"scale": True}


def case(
    response: str, expected: object, status: str, why: str, reason: str = "", share: str = "", **options: Any
) -> Case:
    return Case(response, expected, status, why, reason, share, options)


NOTATIONS = [
    "[[1,2],[3,4]]", "[[1 2]\n [3 4]]", "[[1. 2.]\n [3. 4.]]", "[1 2; 3 4]", "[1, 2; 3, 4]", "[1 2\n3 4]", "1 2\n3 4",
    "1, 2\n3, 4", "1\t2\n3\t4", "1   2\n3   4", "| 1 | 2 |\n| 3 | 4 |", "|1 2|\n|3 4|", "⎡1  2⎤\n⎢    ⎥\n⎣3  4⎦",
    "|   |   |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", "| x | y |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", "[1 2]\n[3 4]",
    "((1, 2), (3, 4))", "{{1, 2}, {3, 4}}", "[(1, 2), (3, 4)]", "[[1,2];[3,4]]", "1 & 2 \\\\ 3 & 4",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\begin{bmatrix}1&2\\[2pt]3&4\end{bmatrix}",
    r"\left(\begin{array}{c|c}1&2\\\hline 3&4\end{array}\right)", r"\begin{pmatrix*}[r]1&2\\3&4\\\end{pmatrix*}",
    "np.array([[1, 2], [3, 4]], dtype=float)", "tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64)",
    "Matrix([\n[1, 2],\n[3, 4]])", "sympy.Matrix([[1, 2], [3, 4]])", "np.array(((1, 2), (3, 4)))",
    "A = [1 2; 3 4]", "A =\n1 2\n3 4", r"$$A = \begin{bmatrix}1&2\\3&4\end{bmatrix}$$",
    r"\boxed{\begin{bmatrix}1&2\\3&4\end{bmatrix}}",
    "[[1,3],[2,4]]^T", "[1 3; 2 4]'", "[[1,3],[2,4]].T", "0.5*[[2,4],[6,8]]", "[[2,4],[6,8]]/2", "-[[-1,-2],[-3,-4]]",
    "I_2 + [[0,2],[3,3]]", "[[1,2],[3,4]] × [[1,0],[0,1]]",
    r"A &= 2\begin{bmatrix}.5&1\\1.5&2\end{bmatrix} \\ &= \begin{bmatrix}1&2\\3&4\end{bmatrix}",
    "The matrix is [[1, 2], [3, 4]].", "Final answer:\n\n```\n[[1. 2.]\n [3. 4.]]\n```", "The result:\n1 2\n3 4\n",
    "The first row is [1, 2]. So the matrix is [[1, 2], [3, 4]].",
]  # fmt: skip


@pytest.mark.parametrize("response", NOTATIONS)
def test_a_matrix_is_read_in_every_notation(response: str) -> None:
    """However it is written, it is the same matrix."""
    verdict = check(response, K, type="matrix")
    assert verdict.status.value == "correct", verdict.feedback


CASES = [
    case("[[1, 2], [3, 5]]", K, "partial", "one entry", "one_entry", "3/4"),
    case("[[1, 2], [3, 5]]", K, "incorrect", "all or nothing", "one_entry", credit="all"),
    case("[[1, 3], [2, 4]]", K, "partial", "rows for columns", "transposed", "1/2"),
    case("[[1, 3], [2, 4]]", K, "partial", "which earns what is right in it", "transposed", "1/2"),
    case("[[1, 0], [0, 4]]", K, "partial", "two entries", "entries", "1/2"),
    case("[[-1, -2], [-3, -4]]", K, "incorrect", "every sign", "sign"),
    case("[[2, 4], [6, 8]]", K, "incorrect", "doubled", "scaled"),
    case("[[5, 6], [7, 8]]", K, "incorrect", "nothing right", "different"),
    case("[1, 2, 3, 4]", K, "incorrect", "no rows", "shape"),
    case("[[1, 2, 0], [3, 4, 0]]", K, "incorrect", "a column too many", "shape"),
    case("10", K, "incorrect", "a number", "shape"),
    case("[[0.999999, 2], [3, 4]]", K, "partial", "close is not equal", "one_entry"),
    case("[[0.999999, 2], [3, 4]]", K, "correct", "within a tolerance", "within_tolerance", abs="1e-5"),
    case("[[1/3, 1]]", [["0.33", 1]], "partial", "a key is exact too"),
    case("[[0.33, 1.41]]", [["1/3", "√2"]], "incorrect", "rounded", "rounded"),
    case("[[0.33, 1.41]]", [["1/3", "√2"]], "correct", "rounded as asked", decimals=2),
    case("[[1, 2, 3], [4, 5, 6]]", [[1, 4], [2, 5], [3, 6]], "incorrect", "another shape", "transposed"),
    case("2x", "[2x, 3]", "incorrect", "a formula alone", "shape", variables=["x"]),
    case("[2x, 3y]", "[2x, 3]", "partial", "with values at which it fails", "one_entry", "1/2", variables=["x", "y"]),
    case("[[cos t, -sin t], [sin t, cos t]]", "[[cos(t), -sin(t)], [sin(t), cos(t)]]", "correct", "", variables=["t"]),
    case("[[1 - αh, β], [-hα, β]]", "[[1 - α h, β], [-α h, β]]", "correct", "", variables=["α", "β", "h"]),
    case("[a b; 0 a²]", "[[a, b], [0, a^2]]", "correct", "space parts entries", variables=["a", "b"]),
    case("[1 - α h; β]", "[1 - α h, β]", "correct", "space that cannot part them", variables=["α", "β", "h"]),
    case("[0 0 1]", [0, 0, 1], "correct", "a list of numbers"),
    case("(2,5; 5; 7)", "[5/2, 5, 7]", "correct", "decimal commas"),
    case("[2,5; 5; 7]", "[5/2, 5, 7]", "correct", "decimal commas where rows would be torn"),
    case("⟨14, 32⟩", V, "correct", "pointed brackets"),
    case("14, 32", V, "correct", "no brackets"),
    case("[14; 32]", V, "correct", "a column"),
    case("(14, 32)^T", V, "correct", "a tuple with a mark"),
    case("[[14, 32]]", [[14], [32]], "correct", "a row for a column"),
    case("[[14, 32]]", [[14], [32]], "incorrect", "where that is told apart", "transposed", orientation="strict"),
    case("(14, 32)", [[14], [32]], "correct", "a tuple is neither", orientation="strict"),
    case("[2, 4]", [1, 2], "incorrect", "doubled", "scaled"),
    case("(-1/2, 1)", [1, -2], "correct", "a multiple", "exact", **SCALE),
    case("(√2, -√8)", [1, -2], "correct", "an irrational multiple", "exact", **SCALE),
    case("(√2, -√7)", [1, -2], "incorrect", "nearly one", "different", **SCALE),
    case("(t, -2t)", [1, -2], "correct", "any multiple", **SCALE),
    case("(0, 0)", [1, -2], "incorrect", "the zero vector", "zero", **SCALE),
    case("(1, -2, 0)", [1, -2], "incorrect", "longer", "shape", **SCALE),
    case("[0.4472135954999579, -0.8944271909999159]", [1, -2], "correct", "printed by a computer", **SCALE),
    case("[0.4472136, -0.89442719]", [1, -2], "incorrect", "rounded", **SCALE),
    case("[0.4472136, -0.89442719]", [1, -2], "correct", "within a tolerance", rel="1e-6", **SCALE),
    case("(0.0001, 0.0001)", [1, -2], "incorrect", "short is not near", abs="0.001", **SCALE),
    case("(0, 1e-9, 1)", [0, 0, 1], "incorrect", "small is not zero", **SCALE),
    case("[[0, 1], [1, 0]]", np.array([[1e-17, 1.0], [1.0, 0.0]]), "correct", "noise of floats"),
    case("[[1/2, 1/3]]", np.array([[0.5, 1 / 3]]), "correct", "floats as the key", "within_tolerance"),
    case("[[√2, π]]", sympy.Matrix([[sympy.sqrt(2), sympy.pi]]), "correct", "SymPy as the key"),
    case("[[x, x^2]]", sympy.Matrix([[sympy.Symbol("x"), sympy.Symbol("x") ** 2]]), "correct", "with symbols"),
    case("1/3", [[Fraction(1, 3)]], "correct", "one entry is a number"),
    case("diag(1, 2)", [[1, 0], [0, 2]], "correct", "diag"),
    case("np.eye(2)", [[1, 0], [0, 1]], "correct", "eye"),
    case("I_3", [[1, 0], [0, 1]], "incorrect", "of another size", "shape"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.response[:40])
def test_matrices_are_judged(case: Case) -> None:
    """Every case gets the verdict, the reason and the credit that it states."""
    check_case("matrix", case)


def test_a_wrong_entry_is_named_with_its_values() -> None:
    """The witness says which entry is wrong, what it is and what is expected."""
    verdict = check("[[1, 2], [5, 4]]", K, type="matrix")
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert verdict.evidence.witness.at == (("entry", "row 2, column 1"),)
    assert (verdict.evidence.witness.yours, verdict.evidence.witness.expected) == ("5", "3")


UNREADABLE = [
    ("[[1, 2], [3]]", "rows of different lengths"),
    ("[[1, 2], [3, 4", "torn off"),
    (r"\begin{bmatrix}1 & & 2\\3 & & 4\end{bmatrix}", "empty cells"),
    (r"\begin{bmatrix}1 2\\3 4\end{bmatrix}", "signs between the cells are missing"),
    (r"\begin{vmatrix}1&2\\3&4\end{vmatrix}", "a determinant"),
    ("[[1, 2], [3, 4]]^{-1}", "an inverse that is not worked out"),
    ("[[1, 2], [3, 4]]^2", "a power that is not worked out"),
    ("A [[1, 2], [3, 4]]", "a factor without a value"),
    ("[[1, 2], [3, 5]] = [[1, 2], [3, 4]]", "a chain that does not hold"),
    ("[[1, 2], [3, …]]", "dots"),
    ("[[1 ± 0, 2], [3, 4]]", "two values"),
    ("[[1/0, 2], [3, 4]]", "no value"),
    ("{1, 2, 3, 4}", "a set"),
    ("Matrix(2, 2, [1, 2, 3, 4])", "a call that is not read"),
    ("x^T [[1, 2], [3, 4]] x", "a matrix inside a formula"),
    ("f([[1, 2], [3, 4]])", "inside a call"),
    ("t[[1, 2], [3, 4]]", "a factor that is not declared"),
    ("‖[[1, 2], [3, 4]]‖", "inside a norm"),
    ("A + [[1, 2], [3, 4]] = B", "inside an equation"),
    ("[[1, 2], [3, 4]][0]", "a part of it"),
    ("rank [[1, 2], [3, 4]]", "its rank"),
    ("The inverse of [[1, 2], [3, 4]]", "its inverse"),
    ("[[1, 2], [3, 4]] mod 5", "what is left of it"),
    ("The entries are 1, 2, 3 and 4.", "numbers in a sentence"),
]


@pytest.mark.parametrize(("response", "why"), UNREADABLE, ids=[why for _, why in UNREADABLE])
def test_no_matrix_is_picked_out_of_something_else(response: str, why: str) -> None:
    """What is not a whole matrix carries no marks, though the right one may stand inside it."""
    assert not check(response, K, type="matrix").status.carries_marks, why


@pytest.mark.parametrize("response", ["[[1, 2], [3, 4]] or [[1, 2], [3, 5]]", "The answer is not [[1, 2], [3, 4]]."])
def test_two_answers_or_a_denial_are_not_right(response: str) -> None:
    """Neither an alternative nor a denied matrix is taken for the answer."""
    assert not check(response, K, type="matrix").status.carries_marks


HOSTILE = [
    "[" * 100 + "1" + "]" * 100, "(1," * 100, "[[1,2],[3,4]]*" * 150 + "x", "[[x,2],[3,4]]*" * 150 + "[[1,0],[0,1]]",
    "[[" + "1 " * 20_000 + "1]]", "[" + "[1,2]," * 20_000 + "[1,2]]", "1 2\n" * 9_000, "| 1 | 2 |\n" * 5_100,
    "\\begin{bmatrix}" + "1&" * 11_000 + "1\\end{bmatrix}", "[[2^9000,1],[1,1]]*[[2^9000,1],[1,1]]", "[" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_too_large_is_refused_with_a_reason(text: str) -> None:
    """Size, depth and work are bounded: reading raises nothing but AnswerError, which says why."""
    kind = get_type("matrix")
    with pytest.raises(AnswerError) as caught:
        kind.read(text, kind.options_model.model_validate({}))
    assert caught.value.diagnostics[0].message
    assert caught.value.diagnostics[0].fix


@pytest.mark.parametrize("unit", ["A = [1,2] = ", "= [1, 2] ", "[1, 2] ", "2*[", "| 1 | 2 |\n", "x = "])
def test_the_work_of_finding_is_bounded(unit: str) -> None:
    """Four times the text takes about four times the calls."""
    kind = get_type("matrix")
    options = kind.options_model.model_validate({})

    def attempt(size: int) -> None:
        list(kind.find(tokenize(unit * (size // len(unit))), options))

    attempt(500)
    assert calls(lambda: attempt(12_000)) < 6 * calls(lambda: attempt(3_000)) + 2_000


@pytest.mark.parametrize("value", [[[1, 2], [3]], [], "[1, 2", {"a": 1}, 7.5, [[float("nan")]], "1 +"])
def test_a_key_that_is_no_matrix_is_the_authors_error(value: object) -> None:
    """It is reported before any answer is read."""
    with pytest.raises(SpecError):
        check("[1, 2]", value, type="matrix")


def test_the_zero_vector_is_no_key_up_to_scale() -> None:
    """It has no multiple but itself."""
    with pytest.raises(SpecError):
        check("[1, 2]", [0, 0], type="matrix", scale=True)


ENTRIES = st.fractions(min_value=-50, max_value=50, max_denominator=40)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(ENTRIES, min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(deadline=None, max_examples=60)
@given(GRIDS)
def test_what_is_shown_reads_back(rows: list[list[Fraction]]) -> None:
    """A matrix written back in Unicode and in LaTeX is right, and so is its transpose with a mark of transposition."""
    kind = get_type("matrix")
    options = kind.options_model.model_validate({})
    truth = kind.key(rows, options)
    shown = kind.render(truth, options)
    for text in (shown.unicode, shown.latex):
        assert kind.compare(kind.read(text, options), truth, options).credit == 1, text
    turned = kind.key([list(column) for column in zip(*rows, strict=True)], options)
    assert kind.same(kind.read(f"({kind.render(turned, options).unicode})^T", options), truth, options) is True


@settings(deadline=None, max_examples=60)
@given(st.lists(ENTRIES, min_size=2, max_size=5).filter(any), ENTRIES.filter(bool), st.integers(0, 4))
def test_every_multiple_and_nothing_else_is_right_up_to_scale(
    vector: list[Fraction], factor: Fraction, place: int
) -> None:
    """A multiple is right; a vector that differs from it in one entry is not."""
    multiple = [factor * entry for entry in vector]
    other = [*multiple]
    other[place % len(other)] += 1
    crossed = any(
        a * y != b * x for a, x in zip(vector, other, strict=True) for b, y in zip(vector, other, strict=True)
    )

    def status(entries: list[Fraction]) -> str:
        return check(str([str(e) for e in entries]).replace("'", ""), vector, type="matrix", scale=True).status.value

    assert status(multiple) == "correct"
    assert (status(other) == "correct") == (not crossed and any(other))
