"""Talks without labels: turns by the manner of the words, with a confidence that never is high."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_sample import PROBLEMS

from grader.diagnostics import InputError
from grader.intake.talks.transcripts import read_conversation
from grader.records import Confidence, Conversation


def read(tmp_path: Path, text: str) -> Conversation:
    path = tmp_path / "talk.txt"
    path.write_text(text, encoding="utf-8")
    return read_conversation(path, PROBLEMS)


def begins(conversation: Conversation) -> list[tuple[str, int, str]]:
    """Role, line and first words of each turn."""
    return [(turn.role, turn.span.line, " ".join(turn.text.split()[:3])) for turn in conversation.turns]


PRINT = """Hi Claude, you will be my tutor for the homework, please give each step
of what you do.
The user wants a tutor, so the user will send problems.
Thought for 5 s
Hello! I'm happy to help with it. Please send the first problem.
image.png
PNG 20KB
1. Kernels
(a) Find the kernel of the system, and say how
we can compute it for all steps.
(b) Is the sum finite? How many steps does it take?
\U0001f4d8 Solution for Problem 1
\U0001f539 Part (a)
The kernel is K = [0, 1].
Compute the sum step by step:
What is its length? It has two terms.
I had to tell it twice that
the first term counts.


--- Page 2 ---
\U0001f539 Part (b)
Yes. If you need more, feel free to ask!
x = 2
for part (b), can you write out the
sum in full?
Thought for 12s
The sum is 0 + 1.
Correct now


--- Page 3 ---
Very good! Now solve problem 3 in the same way, and check your answer.
Revised approach for problem 3: (c) [1, 4]
"""


def test_a_print_of_a_chat(tmp_path: Path) -> None:
    """Greeting, attachment, question and praise begin a turn; openings, headings and thinking times a reply."""
    talk = read(tmp_path, PRINT)
    assert begins(talk) == [
        ("user", 1, "Hi Claude, you"),
        ("assistant", 3, "The user wants"),
        ("user", 6, "image.png PNG 20KB"),
        ("assistant", 12, "\U0001f4d8 Solution for"),
        ("user", 25, "for part (b),"),
        ("assistant", 28, "The sum is"),
        ("user", 33, "Very good! Now"),
        ("assistant", 34, "Revised approach for"),
    ]
    assert all(turn.inferred and turn.confidence is not Confidence.HIGH for turn in talk.turns)
    assert "transcript-unlabelled" in [note.code for note in talk.diagnostics]


def test_notes_at_the_ends_of_pages_are_remarks(tmp_path: Path) -> None:
    """The margin of a print comes out below its page: whole sentences, none of them about a certain part."""
    talk = read(tmp_path, PRINT)
    assert [(one.turn, one.span.line, " ".join(one.text.split()), one.part) for one in talk.remarks] == [
        (2, 17, "I had to tell it twice that the first term counts.", ""),
        (3, 29, "Correct now", ""),
    ]
    assert not any("twice" in turn.text or "Correct" in turn.text for turn in talk.turns)
    assert talk.labels == ()


PASTED = """Solve problem 3 of the homework, please. Can you show all steps?

The losses are 0 and 0.001.

What is the range of λ? Why does it end at 4?

The first value has to stay, so (c) [1, 4].

Are you sure about your answer to (c)? I do not see why.

You're right to ask. The answer is [1, 4] for both conditions.

Does that help, or would you like me to check (a), too?

Now do problem 1.

Sure! K = [0, 1].
"""


def test_a_pasted_chat(tmp_path: Path) -> None:
    """A reply may ask itself questions and offer more; what addresses it, or what a reply follows, is the person's."""
    talk = read(tmp_path, PASTED)
    assert begins(talk) == [
        ("user", 1, "Solve problem 3"),
        ("assistant", 3, "The losses are"),
        ("user", 9, "Are you sure"),
        ("assistant", 11, "You're right to"),
        ("user", 15, "Now do problem"),
        ("assistant", 17, "Sure! K ="),
    ]
    assert talk.turns[0].confidence is Confidence.LOW  # nothing in line 3 shows that a reply begins there
    assert talk.turns[2].confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        "K = [0, 1]\n\nThe sum is finite.\n",
        "# Notes\n\nWe can compute the kernel step by step.\n\nLet me show it.\n",
        "Solve problem 3.\nThe losses are 0.\nThey are small.\n",
        "Is it finite? Yes, it is.\n\nIs it small? It is.\n",
        "image.png\nPNG 20KB\n",
        "",
    ],
)
def test_what_is_no_talk_is_refused(tmp_path: Path, text: str) -> None:
    """Somebody has to ask, and somebody has to reply."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert caught.value.diagnostics[0].code == "transcript-no-turns"


QUOTED = """# Grok on homework 8

> Solve problem 3. Can you show
> all steps?

The losses are 0 and 0.001, as the first weights leave the data as they are and the second take one row.

> a quotation in the middle of nowhere

(c) [1, 4], for the third value has to stay and the fourth to go.

> Are you sure about (c)?

Yes: [1, 4]. Both ends belong to it, as the conditions are not strict.
"""


def test_prompts_in_quotations(tmp_path: Path) -> None:
    """The short ones ask, the long ones reply."""
    text = QUOTED.replace("> a quotation in the middle of nowhere\n\n", "")
    talk = read(tmp_path, text)
    assert begins(talk) == [
        ("user", 3, "> Solve problem"),
        ("assistant", 6, "The losses are"),
        ("user", 10, "> Are you"),
        ("assistant", 12, "Yes: [1, 4]."),
    ]
    assert {turn.confidence for turn in talk.turns} == {Confidence.HIGH}
    assert {turn.confidence for turn in read(tmp_path, QUOTED).turns} == {Confidence.MEDIUM}


def test_bold_prompts_and_quoted_replies(tmp_path: Path) -> None:
    """Either side may be the marked one."""
    talk = read(
        tmp_path, "**Solve 3(c), please.**\n\nIt is [1, 4], as far as I see.\n\n**Are you sure?**\n\nYes, it is.\n"
    )
    assert [turn.role for turn in talk.turns] == ["user", "assistant"] * 2
    talk = read(
        tmp_path, "Solve 3(c), please.\n\n> It is [1, 4], as far\n> as I can see.\n\nAre you sure?\n\n> Yes, I am.\n"
    )
    assert begins(talk) == [
        ("user", 1, "Solve 3(c), please."), ("assistant", 3, "> It is"),
        ("user", 6, "Are you sure?"), ("assistant", 8, "> Yes, I"),
    ]  # fmt: skip
