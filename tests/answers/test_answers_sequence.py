"""Sequences and tables as answers."""

from __future__ import annotations

from typing import Any

import pytest
from answers_sample import Case, check_case, part_of

from grader import check
from grader.answers import get_type
from grader.diagnostics import AnswerError, SpecError
from grader.intake.finding.finder import find_in_text

KEY = ["0", "1.5", "1.2", "0.96"]
CELLS = ["α recon", "α reg", "β recon", "β reg"]
VALUES = ["0", "2", "0.001", "1"]


def listed(response: str, status: str, why: str, reason: str = "", credit: str = "", **options: Any) -> Case:
    return Case(response, KEY, status, why, reason, credit, options)


def table(response: str, status: str, why: str, reason: str = "", credit: str = "") -> Case:
    return Case(response, VALUES, status, why, reason, credit, {"names": CELLS})


LISTS = [
    listed("[0, 1.5, 1.2, 0.96]", "correct", "brackets", "exact"),
    listed("(0, 1.5, 1.2, 0.96)", "correct", "round brackets", "exact"),
    listed("{0, 1.5, 1.2, 0.96}", "correct", "braces", "exact"),
    listed("0, 1.5, 1.2, 0.96", "correct", "none", "exact"),
    listed("0; 1.5; 1.2; 0.96", "correct", "semicolons", "exact"),
    listed("0, 1.5, 1.2 and 0.96", "correct", "an “and” before the last", "exact"),
    listed("[0 1.5 1.2 0.96]", "correct", "as numpy prints it", "exact"),
    listed("[0. 1.5 1.2 0.96]", "correct", "as numpy prints floats", "exact"),
    listed("array([0. , 1.5 , 1.2 , 0.96])", "correct", "as numpy shows it", "exact"),
    listed("np.array([0, 1.5, 1.2, 0.96], dtype=float)", "correct", "as it is written in Python", "exact"),
    listed("tensor([0.0000, 1.5000, 1.2000, 0.9600])", "correct", "as torch prints it", "exact"),
    listed("[[0], [1.5], [1.2], [0.96]]", "correct", "a column", "exact"),
    listed("[0, 3/2, 6/5, 24/25]", "correct", "fractions", "exact"),
    listed("\\left[0, \\frac{3}{2}, \\frac65, 0.96\\right]", "correct", "LaTeX", "exact"),
    listed("\\begin{bmatrix} 0 \\\\ 1.5 \\\\ 1.2 \\\\ 0.96 \\end{bmatrix}", "correct", "a LaTeX column", "exact"),
    listed("(0, 1.5, 1.2, 0.96)^T", "correct", "transposed", "exact"),
    listed("K = [0, 1.5, 1.2, 0.96].", "correct", "named, with a full stop", "exact"),
    listed("**K = [0, 1.5, 1.2, 0.96]**", "correct", "bold", "exact"),
    listed("\\boxed{K = (0, 1.5, 1.2, 0.96)}", "correct", "boxed", "exact"),
    listed("K_0 = 0, K_1 = 1.5, K_2 = 1.2, K_3 = 0.96", "correct", "statements with an index", "exact"),
    listed("K₀ = 0\nK₁ = 1.5\nK₂ = 1.2\nK₃ = 0.96", "correct", "one a line", "exact"),
    listed(
        "- $K_0 = D = 0$\n- $K_1 = CB = 1.5$\n- $K_2 = CAB = 1.2$\n- $K_3 = CA^2B = 0.96$",
        "correct",
        "as chains",
        "exact",
    ),
    listed("K[0]=0, K[1]=1.5, K[2]=1.2, K[3]=0.96", "correct", "in the style of programs", "exact"),
    listed("K(0)=0, K(1)=1.5, K(2)=1.2, K(3)=0.96", "correct", "as a function", "exact"),
    listed(
        "\\mathbf{K}_0 = 0, \\mathbf{K}_1 = 1.5, \\mathbf{K}_2 = 1.2, \\mathbf{K}_3 = 0.96",
        "correct",
        "bold letters",
        "exact",
    ),
    listed("K_3 = 0.96, K_2 = 1.2, K_1 = 1.5, K_0 = 0", "correct", "in any order", "exact"),
    listed(
        "K_0 = 7, K_1 = 1.5, K_2 = 1.2, K_3 = 0.96. Correction: K_0 = 0",
        "correct",
        "the later statement counts",
        "exact",
    ),
    listed(
        "| ℓ | 0 | 1 | 2 | 3 |\n|---|---|---|---|---|\n| K | 0 | 1.5 | 1.2 | 0.96 |",
        "correct",
        "a table by index",
        "exact",
    ),
    listed(
        "| ℓ | K |\n|---|---|\n| 0 | 0 |\n| 1 | 1.5 |\n| 2 | 1.2 |\n| 3 | 0.96 |",
        "correct",
        "a table by index, downwards",
        "exact",
    ),
    listed("[0, 1.5, 1.2, 0.9]", "partial", "three of four", "entries", "3/4"),
    listed("[0, 1.5, 1, 0.9]", "partial", "two of four", "entries", "1/2"),
    Case("[0, 1.5, 1.2, 0.9]", KEY, "incorrect", "all or nothing", "entries", "0", {"credit": "all"}),
    listed("[9, 9, 9, 9]", "incorrect", "none", "entries", "0"),
    listed("[1.5, 1.2, 0.96, 0.768]", "incorrect", "moved by one", "shifted", "0"),
    listed("[0, 0, 1.5, 1.2]", "incorrect", "moved the other way", "shifted", "0"),
    listed("[1.5, 1.2, 0.96]", "incorrect", "the first is missing", "too_short", "0"),
    listed("[0, 1.5, 1.2]", "incorrect", "the last is missing", "too_short", "0"),
    listed("[0, 1.5, 1.2, 0.96, 0.768]", "incorrect", "one too many", "too_long", "0"),
    listed("K_0 = 0, K_1 = 1.5, K_3 = 0.96", "partial", "an index left out costs that entry alone", "entries", "3/4"),
    listed("[0, 1.5, 1.2, 0.9600001]", "partial", "close is not equal", "entries", "3/4"),
    listed("[0, 1.5, 1.2, 0.9600001]", "correct", "within the tolerance", "within_tolerance", rel="1e-6"),
    listed("K_1 = 0, K_2 = 1.5, K_3 = 1.2, K_4 = 0.96", "correct", "the first index is 1", "exact", start=1),
    listed("K = [D, CB, CAB, CA^2B]", "unreadable", "symbols without a value"),
    listed("[0, 1.5, ...]", "unreadable", "the rest is not written"),
    listed("[0, x, 1.2, 0.96]", "unreadable", "an entry without a value"),
    listed("[0, 1/0, 1.2, 0.96]", "unreadable", "an entry without a value"),
    listed("0.96", "unreadable", "one number is no sequence"),
    listed("[[0, 1.5], [1.2, 0.96]]", "unreadable", "a matrix is no sequence"),
    listed("K_ℓ = 1.5·0.8^(ℓ-1)", "unreadable", "a formula is no list"),
    listed("[0, 1.5, 1.2, 0.96", "unreadable", "a bracket left open"),
    listed(
        "Final answer: [0, 1.5, 1.2, 0.96]. Final answer: [0, 1, 1, 1].",
        "undecided",
        "two final answers",
        "two_answers",
    ),
]

TABLES = [
    table("| | recon | reg |\n|---|---|---|\n| α | 0 | 2 |\n| β | 0.001 | 1 |", "correct", "Markdown", "exact"),
    table("| | α | β |\n|---|---|---|\n| recon | 0 | 0.001 |\n| reg | 2 | 1 |", "correct", "transposed", "exact"),
    table("| | reg | recon |\n|---|---|---|\n| β | 1 | 0.001 |\n| α | 2 | 0 |", "correct", "in another order", "exact"),
    table("\trecon\treg\nα\t0\t2\nβ\t0.001\t1", "correct", "tabs", "exact"),
    table(
        "\\begin{tabular}{c|cc} & recon & reg \\\\ \\hline $\\alpha$ & 0 & 2 \\\\ $\\beta$ & 0.001 & 1 \\end{tabular}",
        "correct",
        "LaTeX",
        "exact",
    ),
    table("α: recon 0, reg 2; β: recon 0.001, reg 1", "correct", "in words", "exact"),
    table(
        "For α the recon loss is 0 and the reg loss is 2. For β the recon is 0.001 and the reg is 1.",
        "correct",
        "in sentences",
        "exact",
    ),
    table("[0, 2, 0.001, 1]", "correct", "in the order of the names", "exact"),
    table(
        "| | recon | reg |\n|---|---|---|\n| α | 0 | 2 |\n| β | 0.001 | 2 |",
        "partial",
        "three of four cells",
        "entries",
        "3/4",
    ),
    table(
        "| | recon | reg |\n|---|---|---|\n| α | 2 | 0 |\n| β | 1 | 0.001 |",
        "incorrect",
        "columns mixed up",
        "entries",
        "0",
    ),
    table("| | recon | reg |\n|---|---|---|\n| α | 0 | 2 |\n| β | | 1 |", "partial", "an empty cell", "entries", "3/4"),
    table(
        "| | recon | reg |\n|---|---|---|\n| α | 0 | 2 |\n| β | 1/1000 | 1 |",
        "correct",
        "a fraction in a cell",
        "exact",
    ),
    table("[0, 2, 0.001]", "incorrect", "a list of another length"),
    table("The final answer is 0, 2.", "incorrect", "another length, announced"),
    table("[0, 2, x", "unreadable", "a list that breaks off"),
]


@pytest.mark.parametrize(
    ("text", "key", "status"),
    [
        ("0,8, 0,5", ["0.8", "0.5"], "unreadable"),
        ("1,234, 567", [1234, 567], "unreadable"),
        ("[1,2, 3,4]", [1, 2, 3, 4], "unreadable"),
        ("[0,1, 2]", [0, 1, 2], "correct"),
        ("0, 1,2, 3", [0, 1, 2, 3], "correct"),
        ("[0, 1,0.7, 0.51]", [0, 1, "0.7", "0.51"], "correct"),
        ("0,8; 0,5", ["0.8", "0.5"], "correct"),
    ],
)
def test_commas_that_may_be_decimal_are_not_guessed_at(text: str, key: list[Any], status: str) -> None:
    """Where every comma without a space may stand inside a number, a list is unreadable; else commas separate."""
    assert check(text, key, type="sequence").status == status


@pytest.mark.parametrize("case", LISTS, ids=lambda c: c.response[:50])
def test_lists(case: Case) -> None:
    """Entries count in their places, in any notation; length and order are part of the answer."""
    check_case("sequence", case)


@pytest.mark.parametrize("case", TABLES, ids=lambda c: c.response[:40])
def test_tables(case: Case) -> None:
    """A cell is told by the words of its row and column, wherever these stand."""
    check_case("sequence", case)


@pytest.mark.parametrize(
    "text",
    ["The kernel is K = [0, 1.5, 1.2, 0.96], as A = [0.8, 0, 0, 1].", "A = [1, 0, 0, 1], so K = (0, 1.5, 1.2, 0.96)",
     "x_0 = 9, x_1 = 9, K_0 = 0, K_1 = 1.5, K_2 = 1.2, K_3 = 0.96, x_2 = 9",
     "With A = [9, 9, 9, 9]:\nK = [0, 1.5, 1.2, 0.96]\nC = [7, 7]"],
)  # fmt: skip
def test_the_asked_symbol_tells_which_list_is_meant(text: str) -> None:
    """Where K is asked, lists of other names are not the answer."""
    kind = get_type("sequence")
    part = part_of("sequence", {}, symbols=("K",))
    found = find_in_text(text, part)
    assert found is not None
    assert not found.rivals
    assert kind.compare(found.values[0], kind.key(KEY, part.options), part.options).status == "correct"


def test_feedback_names_the_entry() -> None:
    """The witness is the first wrong entry, by its index or its name."""
    first = check("[0, 1.5, 1, 0.9]", KEY, type="sequence").evidence
    assert first is not None
    assert str(first.witness) == "at index = 2: yours 1, expected 1.2"
    named = check(TABLES[8].response, VALUES, type="sequence", names=CELLS).evidence
    assert named is not None
    assert str(named.witness) == "at cell = β reg: yours 2, expected 1"
    started = check("[0, 1.5, 1, 0.9]", KEY, type="sequence", start=1).evidence
    assert started is not None
    assert "index = 3" in str(started.witness)


def test_keys_are_lists_and_arrays() -> None:
    """Lists, tuples, numpy arrays, columns and text are keys."""
    import numpy as np

    keys: list[Any] = [
        KEY,
        tuple(KEY),
        np.array([0, 1.5, 1.2, 0.96]),
        np.array([[0], [1.5], [1.2], [0.96]]),
        "[0, 3/2, 6/5, 0.96]",
    ]
    for key in keys:
        assert check("[0, 1.5, 1.2, 0.96]", key, type="sequence").status == "correct"


@pytest.mark.parametrize(
    "key", ["x", 5, None, ["x"], [1, None], [float("nan")], {"a": 1}, [[1, 2], [3, 4]], "[1, ...]"]
)
def test_a_bad_key_is_the_authors_error(key: object) -> None:
    """A key that is no list of numbers is told to its author."""
    kind = get_type("sequence")
    with pytest.raises(SpecError):
        kind.key(key, kind.options_model())


def test_a_key_has_as_many_entries_as_names() -> None:
    """A spec that names four cells cannot have a truth of three."""
    with pytest.raises(SpecError, match="3 entries"):
        check("[1, 2, 3]", [1, 2, 3], type="sequence", names=CELLS)
    with pytest.raises(SpecError, match="the truth has 3 entries"):
        check("[1, 2, 3]", "[1, 2, 3]", type="sequence", names=CELLS)


@pytest.mark.parametrize("text", ["[" * 3000, "[1, " * 3000, "1, " * 11_000, "K_1 = " * 3000, "| 1 " * 3000,
    "\\begin{bmatrix}" * 500,
                                  "K_99999 = 1, K_1 = 1", "K_" + "9" * 5000 + " = 1, K_1 = 2",
                                  "array(" * 3000])  # fmt: skip
def test_hostile_lists_are_read_or_refused(text: str) -> None:
    """Whatever is written, the outcome is a value or an error for its writer."""
    kind = get_type("sequence")
    try:
        assert kind.read(text, kind.options_model()).values
    except AnswerError as error:
        assert error.diagnostics[0].message
