"""Formulas as answers: reading them whole, their definitions, and finding them in running text."""

from __future__ import annotations

import pytest

from grader.answers._expressions.finding import find_formulas
from grader.answers._expressions.formulas import formula_of, read_formula, scope_of
from grader.diagnostics import AnswerError
from grader.maths.reading.lexer import tokenize
from grader.maths.rendering.render import render

SCOPE = scope_of(("x", "y", "n"))


def read(text: str) -> str:
    """A bare answer, read and written back."""
    return render(read_formula(text, SCOPE).node).unicode


@pytest.mark.parametrize(
    ("text", "shown"),
    [("x + y", "x + y"), ("f = x + y", "x + y"), ("x^2 = x·x = x x", "x x"), ("2s where s = x + 1", "2(x + 1)"),
    ("$x + 1$", "x + 1"), ("\\boxed{x}", "x"), ("(x + 1)", "x + 1")],
)  # fmt: skip
def test_what_a_bare_answer_says(text: str, shown: str) -> None:
    """The last side of a chain counts; a definition after “where” is put in; brackets around the whole are dropped."""
    assert read(text) == shown


@pytest.mark.parametrize(("text", "at"), [("x + (", 5), ("x + 2 apples", 6), ("x + / y", 4), ("(x + y", 6), ("x ^", 3)])
def test_an_error_points_at_the_character(text: str, at: int) -> None:
    """The span of the error is the first character that does not fit; nothing is read before it."""
    with pytest.raises(AnswerError) as error:
        read(text)
    span = error.value.diagnostics[0].span
    assert span is not None
    assert span.start == at


def test_formulas_in_running_text() -> None:
    """Formulas in dollars, after a sign of equality and on lines of their own are found, words are not."""
    found = list(find_formulas(tokenize("We get $x + 1$ and then f = x y.\n\nx^2"), SCOPE))
    assert [render(match.value.node).unicode for match in found][-2:] == ["xy", "x²"]
    assert not list(find_formulas(tokenize("there is no formula here"), SCOPE))


def test_a_division_by_a_product_is_read_in_two_ways() -> None:
    """``1/2x`` has a second reading, which an answer is checked in too; ``1/2 x`` has none."""
    assert read_formula("1/2x", SCOPE).other is not None
    assert read_formula("1/2 x", SCOPE).other is None
    assert formula_of(read_formula("x", SCOPE).node).name == ""


def test_what_an_equation_is_about() -> None:
    """The left side names a formula: a symbol, or an expression in one spelling, without braces and subscripts."""
    found = list(find_formulas(tokenize(r"$x^{\top} y = 2$ and $f = x y$, so $3 x$"), SCOPE))
    assert [match.symbol for match in found] == ["x ^ T y", "f", ""]


def test_a_value_that_the_sentence_goes_on_with_is_no_formula() -> None:
    """“n times the sum” names a product in words; its first factor is no answer."""
    texts = "the mean is (x + y)/2: x times two", "it is x times the old one"
    found = [[render(m.value.node).unicode for m in find_formulas(tokenize(text), SCOPE)] for text in texts]
    assert found == [["(x + y)/2"], []]


def test_statements_beside_one_another_are_formulas_of_their_own() -> None:
    """Behind a comma alone, only what defines a symbol in use belongs to the formula before."""
    found = list(find_formulas(tokenize("s = x y, z = x + s"), SCOPE))
    assert [render(match.value.node).unicode for match in found] == ["xy", "x + xy"]
    found = list(find_formulas(tokenize("z = x + s, s = x y"), SCOPE))
    assert [render(match.value.node).unicode for match in found] == ["x + xy"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Let $s = x + 1$. Then $f = s y$.", ["s = x + 1"]), ("$f = s y$, where $s = t x$ and $t = 2 y$.", []),
        ("$g = s$ where $s = x$. So $f = s y$.", ["s = x"]),
        ("$t = 2 y$, $s = t x$. So $f = s y$.", ["t = 2 y", "s = t x"]),
        ("$k = 0$ is a case. So $f = k y$.", []), ("$x = n$. So $f = x y$.", []),
    ],
)  # fmt: skip
def test_what_a_text_says_of_symbols_elsewhere_goes_with_the_formula(text: str, given: list[str]) -> None:
    """Definitions that stand apart have their place; numbers that a case looks at, and declared symbols, have none."""
    tokens = tokenize(text)
    last = [match for match in find_formulas(tokens, SCOPE) if match.value.name == "f"][-1]
    assert [text[tokens[a].start : tokens[b - 1].end] for a, b in last.given] == given


@pytest.mark.parametrize("text", ["It is $x$ my form is", "the sum $x y$ a second time"])
def test_a_formula_ends_where_its_dollars_close(text: str) -> None:
    """Letters and words behind the second dollar sign are no factors."""
    (found,) = find_formulas(tokenize(text), SCOPE)
    assert render(found.value.node).unicode in ("x", "xy")
