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
