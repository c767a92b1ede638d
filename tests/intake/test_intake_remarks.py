"""What is no part of a reply: remarks of a person on it, and what the model thought aloud."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from intake_sample import PROBLEMS

from grader.diagnostics import Span
from grader.intake.formats.base import blank
from grader.intake.talks.judgements import judged_as_a_whole, says
from grader.intake.talks.manners import asking, opening, remarking
from grader.intake.talks.thoughts import thoughts, thoughts_of_reply
from grader.intake.talks.transcripts import read_conversation
from grader.records import Claim, Conversation


def read(tmp_path: Path, text: str) -> Conversation:
    path = tmp_path / "talk.md"
    path.write_text(text, encoding="utf-8")
    return read_conversation(path, PROBLEMS)


def said(conversation: Conversation) -> list[str]:
    """The replies, with runs of white space as one space."""
    return [" ".join(turn.text.split()) for turn in conversation.turns if turn.role == "assistant"]


TALK = "User: Solve problem 3.\n\nLLM: I do.\n\n(c) [1, 4]\n\n{remark}\n\nSo it is.\n\nUser: Sure?\n\nLLM: Yes.\n"


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        ("> Annotator: it should be (1, 4)", "it should be (1, 4)"),
        ("> **Annotator:** one line\n> and $x = 2$ in the next", "one line\nand $x = 2$ in the next"),
        ("[Comment: the key says [2, 4] here]", "the key says [2, 4] here"),
        ("(Note from me: $5$ is expected)", "$5$ is expected"),
        ("Note from me: $5$ is expected", "$5$ is expected"),
        ("**My comment:** not what I got, 7", "not what I got, 7"),
        ("<!-- I got [2, 4] -->", "I got [2, 4]"),
        ("Annotation: wrong, it is 7", "wrong, it is 7"),
        ("💬 My thoughts: it is 7", "it is 7"),
    ],
)
def test_a_marked_remark_is_no_part_of_the_reply(tmp_path: Path, remark: str, words: str) -> None:
    """It stands beside the reply, with the place it is about; the reply goes on after it."""
    talk = read(tmp_path, TALK.format(remark=remark))
    assert said(talk) == ["I do. (c) [1, 4] So it is.", "Yes."]
    (one,) = talk.remarks
    assert (one.text, one.turn, one.span.line) == (words, 1, 7)
    reply = talk.turns[1]
    assert reply.text[: one.after].rstrip().endswith("(c) [1, 4]")


@pytest.mark.parametrize("mark", ["### Annotation", "### My notes", "**Comments**", "#### Commentary:"])
def test_a_remark_below_a_heading_ends_at_the_next_one(tmp_path: Path, mark: str) -> None:
    """All paragraphs between the two are the person's, with their formulas."""
    talk = read(tmp_path, TALK.format(remark=f"{mark}\n\nFirst, $7$.\n\nThen, $8$.\n\n### Part (d)\n\n9"))
    assert said(talk)[0] == "I do. (c) [1, 4] ### Part (d) 9 So it is."
    assert [one.text.split() for one in talk.remarks] == [["First,", "$7$.", "Then,", "$8$."]]


PLAIN = """User: Solve problem 3.

LLM: I go through it.

(a) The loss is 0. **Gemini gets this one without help.**

This is entirely right. Gemini again writes more than it has to, but the LLM's steps are clear.

---

(b) $x = 5$ so $x > 4$ This is where Gemini slips; it doesn't see that $x = 7$.

It underestimates the sum, for the answer is $x = 9$.

---

(c) [1, 4]

This is wrong, since the upper end is 5.

User: Is that so?

LLM: You are right, the model is linear. The key idea is this. This is correct:

(c) [1, 5]

**This is now correct, with a lot of help.**
"""


def test_a_person_who_talks_of_the_model_is_not_the_model(tmp_path: Path) -> None:
    """Whole paragraphs, ends of lines, and short judgements at the end of a section, once somebody remarks at all."""
    talk = read(tmp_path, PLAIN)
    assert said(talk) == [
        "I go through it. (a) The loss is 0. --- (b) $x = 5$ so $x > 4$ --- (c) [1, 4]",
        "You are right, the model is linear. The key idea is this. This is correct: (c) [1, 5]",
    ]
    assert [(one.turn, one.span.line) for one in talk.remarks] == [(1, 5), (1, 7), (1, 11), (1, 13), (1, 19), (2, 27)]
    assert [note.code for note in talk.diagnostics] == ["transcript-remarks"]
    assert [(label.turn, label.part, label.says) for label in talk.labels] == [
        (1, "losses/c", "wrong"), (2, "losses/c", "right"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "This is correct, so the check passes.", "The model assumes $x_0 = 0$.", "The key idea: factor.",
        "**The answer is 5.**",
        "It makes the matrix singular.", "The analysis is complete.", "The LLM has $n$ layers, so the cost is $O(n)$.",
        "I think this is right, let me check.", "You are right that the model overlooks it.", "This looks good.",
    ],
)  # fmt: skip
def test_a_model_may_judge_its_own_work(tmp_path: Path, words: str) -> None:
    """Where nobody remarks, nothing is taken from a reply."""
    talk = read(tmp_path, TALK.format(remark=words))
    assert words in talk.turns[1].text
    assert talk.remarks == ()


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("This is entirely correct.", "right"), ("Entirely correct, but it could say more.", "right"), ("Correct now",
        "right"),
        ("It is right, but the sign is odd.", "partial"), ("Mostly correct, with a slip.", "partial"),
        ("still missed", "wrong"),
        ("This is wrong because n is dropped.", "wrong"), ("That is not quite right.", "wrong"),
        ("This is still incorrect.", "wrong"),
        ("This is better, but still off.", "partial"), ("Now it goes on.", ""), ("I gave it a hint.", ""),
        ("An odd way.", ""),
        ("The rightmost entry counts.", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_remark_says(words: str, verdict: str) -> None:
    """Only plain judgements are proposed as labels."""
    assert says(words) == verdict


def test_the_persons_own_labels_win(tmp_path: Path) -> None:
    """A label in the file beside the transcript is not doubled by a proposed one."""
    (tmp_path / "talk.labels.yaml").write_text("labels: [{turn: 1, part: losses/c, says: partial}]\n", encoding="utf-8")
    talk = read(tmp_path, TALK.format(remark="> Annotator: This is wrong."))
    assert [(label.part, label.says) for label in talk.labels] == [("losses/c", "partial")]
    assert [one.part for one in talk.remarks] == ["losses/c"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>It is 5.\n\nOr 6.</think>\n\nIt is 4.", "It is 4."), ("◁think▷5◁/think▷It is 4.", "It is 4."),
        ("Thought for 12s\n\nIt is 4.", "It is 4."), ("**Thought for 1m 4s**\n\n> It is\n> 5?\n\nIt is 4.", "It is 4."),
        ("已思考（用时 14 秒）\nIt is 4.", "It is 4."), ("Thought for a couple of seconds >\nIt is 4.", "It is 4."),
        ("Thought process\n\nThe user wants 5.\n\nIt is 4.", "It is 4."), ("Thinking…\nIt is 4.", "It is 4."),
        ("<details><summary>Thinking</summary>\n\n5\n\n<details>6</details></details>\nIt is 4.", "It is 4."),
        ("It is 5.</think>It is 4.", "It is 4."), ("It is 4.\n<think>or 5", "It is 4."),
        ("**Reasoning:**\nIt is 5.\n\n**Answer:**\n4", "**Answer:**\n4"), ("<|channel|>analysis<|message|>5<|end|>4",
        "4"),
        ("I thought for 12s about it: 4", "I thought for 12s about it: 4"), ("Reasoning: 4 = 2 + 2",
        "Reasoning: 4 = 2 + 2"),
    ],
)  # fmt: skip
def test_thoughts_are_no_part_of_the_answer(text: str, left: str) -> None:
    """Tags, folded blocks, lines that say how long it took and what is quoted below them."""
    assert blank(text, [*thoughts(text), *thoughts_of_reply(text)]).strip() == left


def test_a_thought_that_was_cut_off_does_not_swallow_the_next_turn(tmp_path: Path) -> None:
    """Its reply ends there; the one after it stands."""
    talk = read(tmp_path, "User: (c)?\n\nLLM: <think>5\n\nUser: Go on.\n\nLLM: <think>6</think>7\n")
    assert said(talk) == ["", "7"]


def test_manners() -> None:
    """A person asks, a model opens its reply, an annotator talks of it."""
    asks = [
        "Why did you add the two terms?",
        "Now let's do problem 3.",
        "Good job! Solve the next one.",
        "Are you sure?",
    ]
    assert all(asking(words) >= 2 > remarking(words) for words in asks)
    assert all(
        opening(words)
        for words in ("You're right, I forgot.", "Sure, here it is.", "Let me redo (c).", "I'll solve it.")
    )
    assert not any(opening(words) for words in (*asks, "The sum is 5.", "(c) [1, 4]"))


@pytest.mark.parametrize(
    ("head", "remark", "words"),
    [
        ('The lines that begin with "Note:" are mine.', "Note: it is 7.", "it is 7."),
        ("Comments by me are written as [Aside: ...].", "[Aside: it is 7]", "it is 7"),
        ("*The replies are copied. My remarks are in italics.*", "*Seven is better.*", "Seven is better."),
        ("I put my comments after 'Me again:'.", "Me again: it is 7.", "it is 7."),
    ],
)
def test_the_head_may_say_how_remarks_are_marked(tmp_path: Path, head: str, remark: str, words: str) -> None:
    """A word with which they begin, or italics; without such a head the same lines are the model's."""
    talk = read(tmp_path, f"# A talk\n\n{head}\n\n{TALK.format(remark=remark)}")
    assert said(talk)[0] == "I do. (c) [1, 4] So it is."
    assert [one.text for one in talk.remarks] == [words]
    assert read(tmp_path, TALK.format(remark=remark)).remarks == ()


def test_a_remark_about_several_parts_is_about_none_of_them(tmp_path: Path) -> None:
    """Words that name a part count more than the place; several parts get no label."""
    talk = read(tmp_path, TALK.format(remark="> Annotator: Correct in (a) and (c).\n\n> Annotator: Right in (b)(ii)."))
    assert [one.part for one in talk.remarks] == ["", ""]
    talk = read(tmp_path, TALK.format(remark="> Annotator: Right, now that (c) is closed."))
    assert [one.part for one in talk.remarks] == ["losses/c"]


def test_italics_at_the_end_of_a_reply(tmp_path: Path) -> None:
    """They are a remark where they talk of the model; a model's own italics are not."""
    talk = read(tmp_path, "User: (c)?\n\nLLM: [1, 4]\n\n*Claude still misses the upper end.*\n")
    assert (said(talk), len(talk.remarks)) == (["[1, 4]"], 1)
    talk = read(tmp_path, "User: (c)?\n\nLLM: [1, 4]\n\n*This is correct for all values.*\n")
    assert talk.remarks == ()


def test_italics_behind_a_sign_are_a_remark(tmp_path: Path) -> None:
    """A sign and a whole paragraph in italics; and what is said of everything is said of no one part."""
    talk = read(tmp_path, TALK.format(remark="⚠️ *Two slips: (c) is open, and the sum is lost.*"))
    assert (len(talk.remarks), "slips" in talk.turns[1].text) == (1, False)
    talk = read(tmp_path, TALK.format(remark="> Annotator: Everything is right."))
    assert ([one.part for one in talk.remarks], talk.labels) == ([""], ())


REPLIES = """User: Solve problem 3.

LLM: (a)(i) 5

(c) [1, 4]

User (hint: {kind}; about: {about}): Look again.

LLM: (a)(i) 6

(c) [2, 4]

> Annotator: {remark}
"""


@pytest.mark.parametrize(
    ("kind", "about", "remark", "labels"),
    [
        ("targeted", "losses/c", "Correct now", {"losses/c": "right"}),
        ("targeted", "losses/a.i, losses/c", "Correct now", {"losses/a.i": "right", "losses/c": "right"}),
        ("targeted", "losses/a.i", "Mostly correct.", {"losses/a.i": "partial"}),
        ("targeted", "losses/a.i, losses/c", "Mostly correct.", {}),
        ("targeted", "losses/a.i, losses/c", "Still wrong.", {}),
        ("targeted", "losses/c", "Still wrong.", {"losses/c": "wrong"}),
        ("none", "losses/c", "Correct now", {}),
        ("targeted", "losses/c", "An interesting way.", {}),
    ],
)
def test_a_remark_below_a_whole_reply_is_said_of_what_the_hint_named(
    tmp_path: Path, kind: str, about: str, remark: str, labels: dict[str, str]
) -> None:
    """A remark that judges a reply to a hint labels the parts that the hint names and the reply answers; “mostly” and
    “wrong” of several say of none, and below a new task it is not known what is meant."""
    talk = read(tmp_path, REPLIES.format(kind=kind, about=about, remark=remark))
    talk = replace(talk, remarks=tuple(replace(one, part="") for one in talk.remarks), labels=())
    claims = [
        Claim("talk", "losses", part, 2, "6", Span("talk.md", 0, 1, line)) for part, line in (("a.i", 9), ("c", 11))
    ]
    found = judged_as_a_whole(talk, PROBLEMS, claims)
    assert {label.part: label.says for label in found.labels} == labels
    assert all(label.note.startswith("said of the whole reply: ") for label in found.labels)
