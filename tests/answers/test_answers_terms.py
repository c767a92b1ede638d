"""Sequences given by formulas in the index."""

from __future__ import annotations

from typing import Any

import pytest

from grader import check

KERNEL: dict[str, Any] = {"index": "l", "shapes": {"A": ["n", "n"], "B": ["n", 1], "C": [1, "n"], "D": "scalar"}}
KEY = "K_0 = D, K_l = C A^{l-1} B"


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("K_0 = D, K_l = C A^{l-1} B", "correct"), ("K_0 = D, K_{l+1} = C A^l B", "correct"),
        ("K_l = C A^{l-1} B for l ≥ 1, K_0 = D", "correct"),
        ("\\begin{cases} D & l = 0 \\\\ C A^{l-1} B & l \\ge 1 \\end{cases}", "correct"), ("K_0 = D, K_l = C A^l B",
        "incorrect"), ("K_0 = D, K_l = B A^{l-1} C", "incorrect"),
        ("\\boxed{K_0 = D, \\quad K_l = C A^{l-1} B}", "correct"),
        ("K_l = C A^{l-1} B", "partial"), ("K_0 = D, K_l = C A^{l-1} (", "unreadable"),
        ("K_0 = D, J_l = C A^{l-1} B", "unreadable"), ("", "missing"),
    ],
)  # fmt: skip
def test_verdicts_on_a_kernel(response: str, status: str) -> None:
    """Shifted statements, cases and the order of statements do not matter; exponents, order and the first entry do."""
    assert check(response, KEY, type="sequence", **KERNEL).status.value == status


def test_a_recursion_without_an_end_is_not_settled() -> None:
    """A sequence that is defined by itself has no entries; the worker does not run on."""
    verdict = check("K_l = K_{l+1}", KEY, type="sequence", **KERNEL)
    assert verdict.status.value in ("undecided", "incorrect", "unreadable")


RANK_ONE = "K_l = C B + (C p)(p^T B)((1 + s)^{l-1} - 1)/s"
RANK_ONE_KEY = "K_l = C B + (C p)(p^T B)((1 + p^T p)^{l-1} - 1)/(p^T p)"
RANK_ONE_OPTIONS: dict[str, Any] = {
    "index": "l", "start": 1, "shapes": {"B": ["n", 1], "C": [1, "n"], "p": ["n", 1]}, "domain": "p^T p > 0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("response", "status"),
    [
        (f"s = p^T p, {RANK_ONE}", "correct"), (f"{RANK_ONE}, s = p^T p", "correct"),
        (f"{RANK_ONE} where s = p^T p", "correct"), (f"t = p^T p, s = t, {RANK_ONE}", "correct"),
        (f"s = p^T p + 1, {RANK_ONE}", "incorrect"), (f"s_1 = p^T p, {RANK_ONE}", "unreadable"),
    ],
)  # fmt: skip
def test_a_name_without_an_index_abbreviates(response: str, status: str) -> None:
    """What is said of s before or after is put into the statements on K; s is not taken for the sequence."""
    assert check(response, RANK_ONE_KEY, type="sequence", **RANK_ONE_OPTIONS).status.value == status


HEADS: dict[str, Any] = {**RANK_ONE_OPTIONS, "define": {"A": "I + p p^T"}, "heads": {"C A^l B": "K_{l+1}"}}


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("C A^l B = C B + (C p)(p^T B)((1 + p^T p)^l - 1)/(p^T p)", "correct"),
        ("CA^l B = CB + (Cp)(p^T B) ((1+s)^l - 1)/s with s = p^T p", "correct"),
        ("C A^l B = C B + (C p)(p^T B)((1 + p^T p)^{l-1} - 1)/(p^T p)", "incorrect"),
        ("C A^{l-1} B = C B + (C p)(p^T B)((1 + p^T p)^{l-1} - 1)/(p^T p)", "unreadable"),
    ],
)  # fmt: skip
def test_a_declared_left_side_stands_for_an_entry(response: str, status: str) -> None:
    """“C A^ℓ B = …” says what K_{ℓ+1} is; another left side, which is not declared, says nothing that is asked."""
    assert check(response, RANK_ONE_KEY, type="sequence", **HEADS).status.value == status


@pytest.mark.parametrize("heads", [{"C A (": "K_{l+1}"}, {"C A^l B": "K"}, {"C A^l B": "K_l + 1"}])
def test_a_left_side_that_stands_for_no_entry_is_the_authors_error(heads: dict[str, str]) -> None:
    """It is told when the options are read."""
    with pytest.raises(Exception, match="heads"):
        check("C B", RANK_ONE_KEY, type="sequence", **{**HEADS, "heads": heads})
