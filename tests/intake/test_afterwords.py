"""What a person writes behind the last reply, and what a model writes at the end of its own."""

from __future__ import annotations

import pytest

from grader.intake.documents import document_from_text
from grader.intake.talks.talk import read_talk

ANSWER = "**(e)** O(d^2)\n\n**(g)** w = K q"
TALK = f"# A test\n\n## Human (1)\n\nSolve problem 4.\n\n## Llama (1)\n\n{ANSWER}\n\n"


def last_reply(end: str) -> str:
    talk = read_talk(document_from_text(TALK + end, "talk.md"))
    return talk.text[talk.turns[-1].start : talk.turns[-1].end].strip()


@pytest.mark.parametrize(
    "end",
    [
        "## What I learned\n\nIn (g) the weights are w = K M^{-1} q.\n",
        "## Lessons learned\n\n- (g): w = K M^{-1} q\n\n### More\n\nNothing.\n",
        "## Summary\n\nThe model was fine. In (g) the right weights are w = K M^{-1} q.\n",
        "# Conclusion\n\nThe weights in (g) should be w = K M^{-1} q.\n",
        "**Conclusion**\n\nI had to ask twice. The weights in (g) should be w = K M^{-1} q.\n",
        "Discussion\n==========\n\nI was surprised. In (g), the right answer is w = K M^{-1} q.\n",
        "## 5. Takeaways\n\n1. Llama 4 needs hints.\n2. In (g), w = K M^{-1} q is right.\n",
        "Overall, the model did well on (e). For (g), the right answer is w = K M^{-1} q.\n",
    ],
)
def test_a_persons_section_at_the_end_is_no_part_of_the_reply(end: str) -> None:
    """By its title, by what it says of the model or of the person, or by the level of its heading."""
    assert last_reply(end) == ANSWER


@pytest.mark.parametrize(
    "end",
    [
        "## Summary\n\n(e): O(d^2), (g): w = K q\n",
        "## Key takeaways\n\n- The weights are w = K q.\n",
        "**Conclusion:** the weights are w = K q.\n",
        "### Conclusion\n\nLet me know if I can help with the model in (f).\n",
        "Overall: O(d^2)\n",
    ],
)
def test_a_models_summary_is_a_part_of_the_reply(end: str) -> None:
    """Models close with such titles, too; what stands below tells of no model and no person."""
    assert last_reply(end) == f"{ANSWER}\n\n{end.strip()}"
