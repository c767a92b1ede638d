"""Where a derivation stands in a reply."""

from __future__ import annotations

from pathlib import Path

from shared import own_course

from grader.intake.claims import claim_in_text

ROOT = Path(__file__).resolve().parents[2]


def test_a_table_of_results_is_no_part_of_a_derivation() -> None:
    """Nor is what stands between the two, which is about other parts."""
    problem = next(problem for problem in own_course().problems if problem.id == "ssm-kernels")
    derived = r"$y_k = C x_k + D u_k = \sum_{\ell=0}^{k} K_\ell u_{k-\ell}$"
    text = f"## (a)\n\n{derived}\n\n## (b)\n\nK = [0, 1]\n\n| part | answer |\n|---|---|\n| (a) | $K_0 = D$ |\n"
    claim = claim_in_text(text, problem, problem.part("a.conv"))
    assert "[0, 1]" not in claim.text
    assert "sum" in claim.text
