"""Headings as models write them in replies, above all in replies to a hint: “### Re-examining part (c)”.

The table was written before the code was run on it.
"""

from __future__ import annotations

import pytest
from intake_sample import sections_found

# The heading, standing in problem 1 (for parts of (b): under (b)), and what it opens.
HEADINGS = [
    ("**i. Scalar Case**", "kernels", "b.i"),
    ("*i. Scalar case*", "kernels", "b.i"),
    ("**(i) Scalar case:** x", "kernels", "b.i"),
    ("#### Part (b)(i): scalar", "kernels", "b.i"),
    (r"##### (i) $A=\alpha$", "kernels", "b.i"),
    ("Case (i):", "kernels", "b.i"),
    ("**Case (i)**", "kernels", "b.i"),
    ("Example (i):", "kernels", "b.i"),
    ("**Example i.**", "kernels", "b.i"),
    ("Case i:", "kernels", "b.i"),
    ("Subpart i", "kernels", "b.i"),
    ("Sub-part (i):", "kernels", "b.i"),
    ("Sub-question (i)", "kernels", "b.i"),
    ("**ii. Two states**", "kernels", "b.ii"),
    ("### ii) Two states", "kernels", "b.ii"),
    ("- **(ii)** x", "kernels", "b.ii"),
    ("* ii. x", "kernels", "b.ii"),
    ("(b-ii)", "kernels", "b.ii"),
    ("(b)-(ii)", "kernels", "b.ii"),
    ("b) (ii)", "kernels", "b.ii"),
    ("### (b) ii", "kernels", "b.ii"),
    ("#### b. ii. Two-state", "kernels", "b.ii"),
    ("## Problem 3: Losses of Linear Encoders – Solution", "losses", ""),
    ("# Solution to Problem 3", "losses", ""),
    ("**Problem 3 Solution**", "losses", ""),
    ("Problem 3 (Losses of Linear Encoders)", "losses", ""),
    ("## 3. Losses of Linear Encoders (15 pts)", "losses", ""),
    ("### 3) Losses of Linear Encoders", "losses", ""),
    ("# Homework 8 – Problem 3 Solutions", "losses", ""),
    ("# HW8 – Problem 3: Losses", "losses", ""),
    ("Problem 3 – Solutions", "losses", ""),
    ("## Problem 3 (continued)", "losses", ""),
    ("## Problem 3, Revised", "losses", ""),
    ("# Losses of Linear Encoders", "losses", ""),
    ("# **Problem 3**", "losses", ""),
    ("Problem 3: Detailed Solution", "losses", ""),
    ("## Final answers for Problem 3", "losses", ""),
    ("### Problem 3 Summary", "losses", ""),
    ("### (c) Efficient parallel computation given K", "kernels", "c"),
    ("### **(c) Parallelization and Critical Path**", "kernels", "c"),
    ("#### **Part (c): Efficient Convolution**", "kernels", "c"),
    ("**(c) Convolution: parallelism**", "kernels", "c"),
    ("**Part (c) – Parallelism**", "kernels", "c"),
    ("**Part (c) (Revised):**", "kernels", "c"),
    ("### (c) Revised Answer", "kernels", "c"),
    ("### Revised (c)", "kernels", "c"),
    ("### Corrected Part (c)", "kernels", "c"),
    ("## Revised answer for part (c)", "kernels", "c"),
    ("**Corrected answer (c):**", "kernels", "c"),
    ("### Re-examining part (c)", "kernels", "c"),
    ("### Rechecking 1(c)", "kernels", "c"),
    ("## Part (c) again", "kernels", "c"),
    ("## Revisiting Part (c)", "kernels", "c"),
    ("### Updated Part (c): Critical Path", "kernels", "c"),
    ("**For part (c)**", "kernels", "c"),
    ("### For (c)", "kernels", "c"),
    ("### On part (c)", "kernels", "c"),
    ("**Answer to part (c)**", "kernels", "c"),
    ("**Final answer for (c):** x", "kernels", "c"),
    ("Final Answer (c): x", "kernels", "c"),
    ("✅ **Final answer for part (c):** x", "kernels", "c"),
    ("✔️ (c)", "kernels", "c"),
    ("🔍 Part (c)", "kernels", "c"),
    ("1️⃣ (c)", "kernels", "c"),
    ("➤ (c)", "kernels", "c"),
    ("★ Part (c)", "kernels", "c"),
    ("◆ (c)", "kernels", "c"),
    ("§ (c)", "kernels", "c"),
]


@pytest.mark.parametrize(("heading", "name", "label"), HEADINGS)
def test_a_reply_is_cut_at_its_headings(heading: str, name: str, label: str) -> None:
    """What stands below the heading belongs to the problem or part that it names."""
    before = "(b)" if label.startswith("b.") else "(f) x"
    last = sections_found(f"# Problem 1\n\n{before}\n\n{heading}\n\nThe answer")[-1]
    assert last[:2] == (name, label)
    assert last[2].endswith("The answer")


@pytest.mark.parametrize(
    "line",
    [
        "### Comparison with part (b)",
        "### Using (b)",
        "**In part (b)**, we saw this.",
        "### Case 1",
        "Case (a):",
        "**Example (d)**",
        "Case closed:",
        "### For large n",
        "**Answer: (b)**",
        "### Final answer",
        "### A new idea (b)",
        "### Key points to check",
    ],
)
def test_a_heading_that_only_mentions_a_part(line: str) -> None:
    """It stays in the part in which it stands."""
    assert sections_found(f"# Problem 1\n(c)\nfirst\n{line}\nlast")[-1][:2] == ("kernels", "c")
