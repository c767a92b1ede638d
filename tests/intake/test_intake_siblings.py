"""Several parts under one heading: each gets what stands under its own cues, and nothing of another's."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.answers import get_type
from grader.intake.finding.asked import letters
from grader.intake.finding.finder import find_answer
from grader.maths.reading.lexer import tokenize
from grader.records import Part


def growth(name: str, *cues: str) -> Part:
    """A part that asks for a growth class in L, n and d."""
    options = get_type("growth").options_model(variables=["L", "n", "d"])
    return Part(name, ("e",), "", Fraction(1), "growth", options, "solve", cues=cues)


WORK, DEPTH = growth("work", "work", "total"), growth("depth", "critical path", "depth")
CONVOLUTION, NAIVE = growth("conv", "convolution"), growth("naive", "naive", "recursion")


def found(text: str, part: Part, sibling: Part) -> tuple[str, str]:
    """What is found for one of two parts, and the doubt about it; "" for nothing."""
    answer = find_answer(tokenize(text), part, siblings=[sibling])
    return (text[answer.place.start : answer.place.end], answer.doubt) if answer is not None else ("", "")


@pytest.mark.parametrize(
    ("text", "work", "depth"),
    [
        ("**Complexity:** $O(nL)$ work, $O(1)$ depth.", "O(nL)", "O(1)"),
        ("**Critical path:** $O(\\log L)$. **Work:** $O(n + L)$.", "O(n + L)", "O(\\log L)"),
        ("- **Work:** O(nL)\n- **Depth:** O(log L)", "O(nL)", "O(log L)"),
        ("Depth: O(log L), work: O(nL)", "O(nL)", "O(log L)"),
        ("The critical path is O(log L + log n).", "", "O(log L + log n)"),
        ("The powers take O(log L); that is the critical path.", "", "O(log L)"),
        ("O(nL) in total, and the depth is O(log n).", "O(nL)", "O(log n)"),
    ],
)
def test_a_class_goes_to_the_part_whose_cue_it_stands_under(text: str, work: str, depth: str) -> None:
    """Right behind the value, or the last one before it; a part without a class of its own gets none."""
    assert found(text, WORK, DEPTH) == (work, "")
    assert found(text, DEPTH, WORK) == (depth, "")


def test_a_cue_holds_on_until_another_one_comes() -> None:
    """The last class of each paragraph answers the part that the paragraph is about."""
    text = (
        "**Convolution.** A product takes O(log d), the sum O(log L).\nTogether O(log d + log L).\n\n"
        "**Naive recursion.** L steps with a product each: O(L log n)."
    )
    assert found(text, CONVOLUTION, NAIVE) == ("O(log d + log L)", "")
    assert found(text, NAIVE, CONVOLUTION) == ("O(L log n)", "")


def test_a_class_under_no_cue_is_in_doubt() -> None:
    """It may be either part's, so a person looks; with one part there is nothing to doubt."""
    assert found("It takes O(log L) altogether.", WORK, DEPTH) == (
        "O(log L)",
        "another part of the question may be meant",
    )
    alone = find_answer(tokenize("It takes O(log L) altogether."), WORK)
    assert alone is not None
    assert alone.doubt == ""


def test_what_another_symbol_is_given_to_is_no_answer() -> None:
    """“Let s = …” defines; “w = …” answers; a cost is no formula."""
    options = get_type("matrix_expression").options_model(shapes={"K": ["n", "d"], "q": ["d", 1], "λ": "scalar"})
    part = Part("g", ("g",), "", Fraction(1), "matrix_expression", options, "solve", symbols=("w",))
    text = "Let $M = K^T K + \\lambda I$. Then $w = K M^{-1} q$, in $O(nd)$."
    answer = find_answer(tokenize(text), part)
    assert answer is not None
    assert text[answer.place.start : answer.place.end] == "w = K M^{-1} q"
    assert answer.doubt == ""
    hat = find_answer(tokenize("$\\hat{w} = K q$"), part)
    assert hat is not None
    assert hat.doubt == ""
    other = find_answer(tokenize("Let $s = q^T q$."), part)
    assert other is not None
    assert other.doubt


def test_an_equation_goes_to_the_part_that_asks_for_its_left_side() -> None:
    """Two sums in one line, each part asking for one of the left sides, in whatever spelling of the transpose."""
    options = get_type("matrix_expression").options_model(
        shapes={"A": ["n", "d"], "y": ["n", 1], "x_i": ["d", 1], "y_i": "scalar"}, sums={"i": "n"}
    )

    def part(name: str, symbol: str) -> Part:
        return Part(name, ("b",), "", Fraction(1), "matrix_expression", options, "solve", symbols=(symbol,))

    gram, moment = part("gram", "A^T A"), part("moment", "A^T y")
    for text in (
        r"$$A^\top A = \sum_{i=1}^n x_i x_i^\top, \qquad A^{\top} y = \sum_{i=1}^n y_i x_i$$",
        r"$A^\top y = \sum_{i=1}^n y_i x_i$ and $A^{\top} A = \sum_{i=1}^n x_i x_i^\top$",
    ):
        one, doubt = found(text, gram, moment)
        assert (one.partition("=")[0].replace("{", "").replace("}", ""), doubt) == (r"A^\top A ", "")
        other, doubt = found(text, moment, gram)
        assert (other.partition("=")[0].replace("{", "").replace("}", ""), doubt) == (r"A^\top y ", "")
    assert found(r"$A^\top A = \sum_{i=1}^n x_i x_i^\top$", moment, gram)[0] == ""


def alone(text: str, part: Part) -> tuple[str, bool]:
    """The answer to the only part under a heading, and whether it has rivals."""
    answer = find_answer(tokenize(text), part)
    assert answer is not None
    return text[answer.place.start : answer.place.end], bool(answer.rivals)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Critical path: O(log L) by FFT (its work is O(L log L)).", ("O(log L)", False)),
        ("It is O(log L) (or O(L)).", ("O(L)", True)),
        ("It takes (as one sees) O(L).", ("O(L)", False)),
    ],
)  # fmt: skip
def test_what_a_bracket_adds_is_no_rival(text: str, wanted: tuple[str, int]) -> None:
    """Unless an “or” in it says that it is one; a bracket that is closed adds nothing to what follows."""
    assert alone(text, CONVOLUTION) == wanted


def test_a_comparison_does_not_revise_a_result() -> None:
    """A list that sets results beside one another repeats them, with slips; alone it is an answer like any other."""
    compared = "**In comparison:**\n\n- convolution: O(log L + log n)\n- recursion: O(L log n)"
    text = f"**Total path of the convolution:** O(log d + log L)\n\n{compared}"
    assert found(text, CONVOLUTION, NAIVE) == ("O(log d + log L)", "")
    assert found(compared, CONVOLUTION, NAIVE) == ("O(log L + log n)", "")
    assert found(f"{text}\n\nThe convolution has O(L).", CONVOLUTION, NAIVE) == ("O(L)", "")


def test_the_word_behind_a_cost_announces_it_in_a_list_of_costs() -> None:
    """“Complexity: …” gives both results, though a step before it has a depth; “a step has O(d) depth” gives none."""
    text = "Its tree has the depth O(log L).\n\n**Complexity:** O(n L) work, O(n log L) depth."
    assert found(text, DEPTH, WORK) == ("O(n log L)", "")
    assert found("Depth: O(n log L). But no: a step has O(L) work.", DEPTH, WORK) == ("O(n log L)", "")


def test_an_adverb_is_a_cue_too() -> None:
    """ "Naively" says what "naive" says."""
    text = "The convolution takes O(log(dL)). Naively, it is O(L log n)."
    assert found(text, CONVOLUTION, NAIVE)[0] == "O(log(dL))"
    assert found(text, NAIVE, CONVOLUTION)[0] == "O(L log n)"


@pytest.mark.parametrize(
    ("text", "conv", "naive"),
    [
        ("It is O(log L) with a convolution, and O(L log n) for the naive recursion.", "O(log L)", "O(L log n)"),
        ("By convolution it takes O(log d) and O(log L), in all O(log L + log d). The naive recursion takes O(L).",
         "O(log L + log d)", "O(L)"),
    ],
)  # fmt: skip
def test_a_cue_behind_a_value_is_one_of_its_sentence(text: str, conv: str, naive: str) -> None:
    """Small words may stand between; the next sentence speaks of something else."""
    assert found(text, CONVOLUTION, NAIVE) == (conv, "")
    assert found(text, NAIVE, CONVOLUTION) == (naive, "")


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("The cost of one more power falls from O(n^3) to O(n). The whole kernel takes O(nL) operations.", "O(nL)"),
        ("Every step costs O(n), so the whole sequence costs O(nL).", "O(nL)"),
        ("The total work is O(nL), at O(n) per step.", "O(nL)"),
    ],
)  # fmt: skip
def test_the_cost_of_one_step_is_not_the_cost(text: str, work: str) -> None:
    """“every step costs”, “per step”, “one more”: the total counts."""
    options = get_type("growth").options_model(variables=["L", "n", "d"])
    part = Part("work", ("e",), "", Fraction(1), "growth", options, "solve", cues=("work", "operations", "cost"))
    assert found(text, part, DEPTH) == (work, "")


def test_a_cue_with_a_colon_announces_what_follows_it() -> None:
    """It takes nothing from the value before it, as a cue without one does."""
    assert found("Critical path: O(log n + log L) Work: O(n + L)", DEPTH, WORK) == ("O(log n + log L)", "")
    assert found("Critical path: O(log n + log L) Work: O(n + L)", WORK, DEPTH) == ("O(n + L)", "")


def test_what_stands_above_a_list_says_whose_it_is() -> None:
    """A result with a general name belongs to the way above; the cost of one step is not that of all of them."""
    text = (
        "**By convolution:**\n\n- A product each\n- **Critical path:** $O(\\log L + \\log d)$\n\n"
        "**Naive recursion:**\n\n- $L$ sequential steps, each with critical path $O(\\log n)$\n"
        "- **Critical path:** $O(L \\log n)$\n\n**Comparison:**\n\n- Convolution approach: $O(\\log L)$ or so\n"
    )
    assert found(text, NAIVE, CONVOLUTION) == ("O(L \\log n)", "")
    assert found(text, CONVOLUTION, NAIVE) == ("O(\\log L + \\log d)", "")


def test_a_symbol_in_brackets_is_the_symbol() -> None:
    """“(AᵀA + λI) = …” states what AᵀA + λI is."""
    assert letters("( A + B )") == letters("A + B")
    assert letters("( A ) + ( B )") != letters("A ) + ( B")


def test_or_more_simply_is_no_other_answer() -> None:
    """It says the same in fewer words; “or” alone puts two answers side by side."""
    two = find_answer(tokenize("Depth: O(log L + log n), or O(log n)."), DEPTH)
    one = find_answer(tokenize("Depth: O(log L + log n), or more simply: O(log n)."), DEPTH)
    assert two is not None
    assert one is not None
    assert (len(two.rivals), len(one.rivals)) == (1, 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("O(d) per token and O(nd) in total.", "O(nd)"),
        ("Each step costs O(d). The total cost is\n\n$$O(nd)$$", "O(nd)"),
        ("One step takes O(d).\n\n$$\\boxed{\\mathcal{O}(n d)}$$\n\nThe rest takes O(1).", "\\mathcal{O}(n d)"),
    ],
)  # fmt: skip
def test_a_total_beside_the_cost_of_a_step(text: str, wanted: str) -> None:
    """“in total” behind it, a line before it that ends in “is”, and a box among other classes."""
    options = get_type("growth").options_model(variables=["L", "n", "d"])
    part = Part("work", ("f",), "", Fraction(1), "growth", options, "solve", cues=("total cost", "work", "cost"))
    assert alone(text, part) == (wanted, False)


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("**Total:**\n\n- Per position: $O(d)$\n- For all n positions: $O(n d)$\n\nEach position requires:\n\n"
         "- An update: $O(d)$ work\n", "O(n d)"),
        ("Work: O(n L).\n\nThe cost O(n) multiplies with O(L) steps.", "O(n L)"),
        ("Work: O(n L).\n\nA product has the cost O(n), and there are L of them.", "O(n L)"),
    ],
)  # fmt: skip
def test_costs_of_steps_and_factors_are_passed_over(text: str, work: str) -> None:
    """What each step requires is no total, and neither is one of two factors."""
    options = get_type("growth").options_model(variables=["L", "n", "d"])
    part = Part("work", ("e",), "", Fraction(1), "growth", options, "solve", cues=("work", "total", "cost"))
    assert found(text, part, DEPTH)[0] == work


def test_the_name_of_a_cost_before_a_colon_says_whose_it_is() -> None:
    """“Work with doubling” is about work, though doubling is a word of another part."""
    depth = growth("depth", "critical path", "doubling")
    text = "**Critical path with doubling:** $O(\\log L)$\n**Work with doubling:** $O(nL)$"
    assert found(text, WORK, depth) == ("O(nL)", "")
    assert found(text, depth, WORK) == ("O(\\log L)", "")


def test_a_list_under_a_line_that_gives_a_cost_of_each_is_of_all() -> None:
    """“each entry needs O(log n):” has said what each takes; the list gives the totals."""
    text = "Each entry then needs $O(\\log n)$:\n\n- **Total critical path:** $O(\\log L)$\n- **Work:** $O(nL)$"
    assert found(text, WORK, DEPTH) == ("O(nL)", "")
