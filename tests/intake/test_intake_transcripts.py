"""Speaker labels, turns, hints, labels and contexts."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_sample import LOSSES, PROBLEMS

from grader.diagnostics import InputError
from grader.intake.talks.transcripts import contexts, find_transcripts, read_conversation
from grader.records import Conversation, HintKind


def read(tmp_path: Path, text: str, name: str = "talk.md", problems: tuple = PROBLEMS) -> Conversation:  # type: ignore[type-arg]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_conversation(path, problems)


def turns(conversation: Conversation) -> list[tuple[str, int, str, bool]]:
    return [(turn.role, turn.number, turn.text, turn.inferred) for turn in conversation.turns]


USERS = ["User:", "Human:", "Student:", "Me:", "Prompt:", "user:", "**User:**", "**User**:", r"\*\*User:\*\*",
         "### User", "## User:", "**User**", "> User:"]  # fmt: skip
MODELS = ["LLM:", "Assistant:", "Model:", "AI:", "Claude:", "DeepSeek:", "ChatGPT:", "Claude Sonnet 4.5:",
          "GPT-4o:", "**Assistant:**", "### Assistant", "**Claude Sonnet 4.5**:"]  # fmt: skip


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("model", MODELS)
def test_speaker_labels(tmp_path: Path, user: str, model: str) -> None:
    """Plain, bold, as headings; the words may follow on the line or below it."""
    gap = "\n" if user[-1] != ":" else " "
    conversation = read(tmp_path, f"{user}{gap}Solve 3(c).\n\n{model}\nIt is 4.\n\n{user}\nSure?\n\n{model}\nYes.\n")
    assert turns(conversation) == [
        ("user", 1, "Solve 3(c).", False),
        ("assistant", 1, "It is 4.", False),
        ("user", 2, "Sure?", False),
        ("assistant", 2, "Yes.", False),
    ]


def test_the_model_of_the_front_matter_is_a_speaker(tmp_path: Path) -> None:
    """Its name is a label; id and model are taken, other fields are told."""
    conversation = read(tmp_path, "---\nid: t1\nmodel: Oracle 7\nhost: x\n---\nUser: hi\n\nOracle 7: hello\n")
    assert (conversation.id, conversation.model) == ("t1", "Oracle 7")
    assert turns(conversation)[1] == ("assistant", 1, "hello", False)
    assert [d.code for d in conversation.diagnostics] == ["transcript-front-matter"]


@pytest.mark.parametrize(
    "front",
    [
        "id: 0x" + "f" * 5_000, "0x" + "f" * 5_000 + ": 1", "id: 1" + ":59" * 5_000, "id: " + "[" * 5_000,
        "id: 2020-99-99", "id: !!python/object/apply:os.abort []", "? [a]\n: 1", "id: &a {id: *a}", "id: !!binary x",
        "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(50)),
    ],
)  # fmt: skip
def test_hostile_front_matter_costs_no_turn(front: str, tmp_path: Path) -> None:
    """Numbers too long to write, aliases, nests and tags are words, or nothing; the turns are read all the same."""
    assert len(read(tmp_path, f"---\n{front}\n---\nUser: hi\n\nLLM: hello\n").turns) == 2


def test_labels_in_code_and_within_lines_are_text(tmp_path: Path) -> None:
    """Only a label at the start of a line outside code blocks starts a turn."""
    reply = "The format is User: text.\n\n```\nUser: quoted\nLLM: quoted\n```\n\nModel: y = ax"
    conversation = read(tmp_path, f"User: hi\n\nLLM: {reply}\n")
    assert turns(conversation)[1] == ("assistant", 1, reply, False)
    assert len(conversation.turns) == 2


UNLABELLED = """# A study

## 1 Problem 1

User: Solve problem 1.

LLM: The first reply.

(c) 4

## 2 Problem 1 again

User: Is
that so?

Well, the second reply.

## 2.1 (c)

5

User: What of the sum in 1(c)? You're right to ask! The third reply.

More of it.

### 3 Problem 3

User: Solve problem 3.

The fourth reply.
"""


def test_replies_without_a_label_are_worked_out(tmp_path: Path) -> None:
    """The question is its paragraph, the reply the rest; headings above a question are no reply's."""
    conversation = read(tmp_path, UNLABELLED)
    assert turns(conversation) == [
        ("user", 1, "Solve problem 1.", False),
        ("assistant", 1, "The first reply.\n\n(c) 4", False),
        ("user", 2, "Is\nthat so?", True),
        ("assistant", 2, "Well, the second reply.\n\n## 2.1 (c)\n\n5", True),
        ("user", 3, "What of the sum in 1(c)?", True),
        ("assistant", 3, "You're right to ask! The third reply.\n\nMore of it.", True),
        ("user", 4, "Solve problem 3.", True),
        ("assistant", 4, "The fourth reply.", True),
    ]
    codes = [(d.code, d.span.line if d.span else 0) for d in conversation.diagnostics]
    assert codes == [
        ("transcript-inferred-turn", 13),
        ("transcript-merged-turns", 22),
        ("transcript-inferred-turn", 28),
    ]


def test_a_persons_own_thanks_are_not_taken_for_a_reply(tmp_path: Path) -> None:
    """Before the last question mark the person speaks; labelled replies are never split."""
    text = "User: Good. You're right about (a). But is (c) right?\n\nIt is.\n\nUser: Ok. Let me think.\n\nLLM: Fine.\n"
    assert [t[2] for t in turns(read(tmp_path, text))] == [
        "Good. You're right about (a). But is (c) right?", "It is.", "Ok. Let me think.", "Fine.",
    ]  # fmt: skip


def test_two_messages_in_a_row_are_one_turn(tmp_path: Path) -> None:
    """A question without a reply goes on in the next; the last one is noted."""
    conversation = read(tmp_path, "User: One.\n\nUser: Two.\n\nLLM: Both.\n\nUser: Three.\n")
    assert turns(conversation) == [
        ("user", 1, "One.\n\nUser: Two.", False),
        ("assistant", 1, "Both.", False),
        ("user", 2, "Three.", False),
    ]
    assert [d.code for d in conversation.diagnostics] == ["transcript-no-reply"]


@pytest.mark.parametrize("text", ["", "only words\n", "User: alone\n", "LLM: alone\n", "```\nUser: a\nLLM: b\n```\n"])
def test_no_dialogue_is_refused(tmp_path: Path, text: str) -> None:
    """Fewer than a question and a reply are no conversation."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert caught.value.diagnostics[0].code == "transcript-no-turns"


def test_the_refusal_tells_where_to_look(tmp_path: Path) -> None:
    """Attachments, greetings and questions are likely places for a label."""
    text = "Hi Claude, you are my tutor.\nfine\nimage.png\nPNG 20KB\nimage.png\nPNG 1MB\nx = 1\n"
    text += "for part g, can you say why?\n"
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert "line 1, 3, 8." in caught.value.diagnostics[0].fix


def hints(conversation: Conversation) -> list[tuple[HintKind, bool, tuple[str, ...]]]:
    return [(t.hint.kind, t.hint.proposed, t.hint.about) for t in conversation.turns if t.hint]


def test_declared_hints_are_read(tmp_path: Path) -> None:
    """Kind and parts as declared; where no part is declared the words say it."""
    text = (
        "User: Solve problem 1.\n\nLLM: a\n\n"
        "User (hint: misleading; about: kernels/c, losses/a.i): No.\n\nLLM: b\n\n"
        "**User (hint: Revealing):** In 1(b)(ii) it is 2.\n\nLLM: c\n"
    )
    assert hints(read(tmp_path, text)) == [
        (HintKind.NONE, True, ()),
        (HintKind.MISLEADING, False, ("kernels/c", "losses/a.i")),
        (HintKind.REVEALING, False, ("kernels/b.ii",)),
    ]


@pytest.mark.parametrize(
    ("declared", "code"),
    [("hint: mean", "hint-kind"), ("hint: neutral; about: c", "hint-about"), ("laughing", "hint-declaration")],
)
def test_a_bad_declaration_is_told_with_its_line(tmp_path: Path, declared: str, code: str) -> None:
    """And the kind is proposed, unless that was right."""
    conversation = read(tmp_path, f"User: Solve problem 1.\n\nLLM: a\n\nUser ({declared}): Are you sure?\n\nLLM: b\n")
    (note,) = conversation.diagnostics
    assert note.code == code
    assert "Line 5" in note.message
    assert hints(conversation)[1][:2] == (HintKind.NEUTRAL, code != "hint-about")


@pytest.mark.parametrize(
    ("words", "kind", "about"),
    [
        ("Are you sure?", HintKind.NEUTRAL, ()),
        ("Please check your answer again.", HintKind.NEUTRAL, ()),
        ("Hmm, is that right? Double-check it.", HintKind.NEUTRAL, ()),
        ("Are you sure about 1(c)?", HintKind.TARGETED, ("kernels/c",)),
        ("Check (c),(d) again.", HintKind.TARGETED, ("kernels/c", "kernels/d")),
        ("Look at parts (d)-(f).", HintKind.TARGETED, ("kernels/d", "kernels/e", "kernels/f")),
        ("Redo part b.ii and Problem 3(a)(i)?", HintKind.NONE, ("kernels/b.ii", "losses/a.i")),
        ("rethink parts c and d", HintKind.TARGETED, ("kernels/c", "kernels/d")),
        ("What does the fast transform cost?", HintKind.TARGETED, ()),
        ("Is f(c) = $g(d)$ not O(n)?", HintKind.TARGETED, ()),
        ("Now problem 3.", HintKind.NONE, ()),
    ],
)
def test_kinds_are_proposed_from_the_words(tmp_path: Path, words: str, kind: HintKind, about: tuple[str, ...]) -> None:
    """A new problem is no hint; a challenge without content is neutral; what points is targeted."""
    conversation = read(tmp_path, f"User: Solve problem 1.\n\nLLM: a\n\nUser: {words}\n\nLLM: b\n")
    assert hints(conversation)[1] == (kind, True, about)


def asked(conversation: Conversation, problems: tuple = PROBLEMS) -> list[tuple[tuple[str, ...], str, str]]:  # type: ignore[type-arg]
    return [(c.asked, c.problem, ".".join(c.label)) for c in contexts(conversation, problems)]


def test_contexts_follow_the_conversation(tmp_path: Path) -> None:
    """Problems come in as they are asked; the part is the one that the words name."""
    text = (
        "User: Rules first.\n\nLLM: ok\n\nUser: Solve problem 1.\n\nLLM: a\n\nUser: Recheck (b)(ii)?\n\nLLM: b\n\n"
        "User: Now the losses of linear encoders, please.\n\nLLM: c\n\nUser: Sure?\n\nLLM: d\n\n"
        "User: What of 1(b)(i) and 3(c)?\n\nLLM: e\n"
    )
    both = ("kernels", "losses")
    assert asked(read(tmp_path, text)) == [
        ((), "", ""),
        (("kernels",), "kernels", ""),
        (("kernels",), "kernels", "b.ii"),
        (both, "losses", ""),
        (both, "losses", ""),
        (both, "", ""),  # two are named, so a reply without headings is about neither for sure
    ]


def test_a_replys_headings_tell_the_problem(tmp_path: Path) -> None:
    """Where the person only attached a file; its opening words do too."""
    assert asked(read(tmp_path, "User: Solve this.\n\nLLM: Gladly.\n\n# Problem 4\n(c) B\n")) == [
        (("ridge-attention",), "ridge-attention", "")
    ]
    assert asked(read(tmp_path, "User: Solve this.\n\nLLM: I solve problem 4 here: B\n")) == [
        (("ridge-attention",), "ridge-attention", "")
    ]


def test_the_heading_above_a_question_tells_the_problem(tmp_path: Path) -> None:
    """A section's heading names the problem that the question leaves out."""
    conversation = read(
        tmp_path, "## Problem 3\n\nUser: Solve it.\n\nLLM: x\n\n## Problem 4\n\nUser: Go on.\n\nLLM: y\n"
    )
    assert hints(conversation) == [(HintKind.NONE, True, ()), (HintKind.NONE, True, ())]


def test_a_course_of_one_problem_is_always_asked(tmp_path: Path) -> None:
    """Nobody numbers the only problem."""
    conversation = read(tmp_path, "User: Solve (c).\n\nLLM: [1, 4]\n", problems=(LOSSES,))
    assert asked(conversation, (LOSSES,)) == [(("losses",), "losses", "c")]


LABELS = """labels:
  - {by: key, turn: 1, part: kernels/c, says: right, note: hm}
  - {turn: 3, part: kernels/c, says: right}
  - {turn: 1, part: other/c, says: right}
  - {turn: 1, part: kernels/c}
  - {turn: 1, part: kernels/c, says: wrong, who: me}
  - words
  - {turn: 2, part: kernels/b.ii, says: wrong}
"""


def test_labels_stand_beside_the_transcript(tmp_path: Path) -> None:
    """Good entries are read; each bad one is told with its line."""
    (tmp_path / "talk.labels.yaml").write_text(LABELS, encoding="utf-8")
    conversation = read(tmp_path, "User: Solve problem 1.\n\nLLM: a\n\nUser: Sure?\n\nLLM: b\n")
    assert [(x.by, x.turn, x.part, x.says, x.note) for x in conversation.labels] == [
        ("key", 1, "kernels/c", "right", "hm"),
        ("annotator", 2, "kernels/b.ii", "wrong", ""),
    ]
    assert [(d.code, d.span.line if d.span else 0) for d in conversation.diagnostics] == [
        ("labels-entry", line) for line in (3, 4, 5, 6, 7)
    ]


@pytest.mark.parametrize("text", ["labels: [", "just words", "labels: {a: 1}", "- !!python/object:x.Y {}", "\0"])
def test_a_broken_label_file_stops_nothing(tmp_path: Path, text: str) -> None:
    """The conversation is read; the file is told."""
    (tmp_path / "talk.labels.yaml").write_text(text, encoding="utf-8")
    conversation = read(tmp_path, "User: Solve problem 1.\n\nLLM: a\n")
    assert conversation.labels == ()
    assert [d.code for d in conversation.diagnostics] in (["labels-entry"], ["input-binary"])


def test_transcripts_are_found_in_natural_order(tmp_path: Path) -> None:
    """Markdown and text, not README, labels, hidden files or links that lead outside."""
    for name in ("t10.md", "t2.txt", "deep/t1.markdown", "README.md", "t2.labels.yaml", ".t.md"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x", encoding="utf-8")
    (tmp_path / "out.md").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "out.md")
    names = [f.relative_to(tmp_path / "in").as_posix() for f in find_transcripts(tmp_path / "in")]
    assert names == ["deep/t1.markdown", "t2.txt", "t10.md"]
    assert find_transcripts(tmp_path / "out.md") == [tmp_path / "out.md"]


def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path: Path) -> None:
    """No name is left for its copy and its labels, so that there are none."""
    path = tmp_path / ("t" * 252 + ".md")
    path.write_text("User: hi\n\nLLM: hello\n", encoding="utf-8")
    assert len(read_conversation(path, ()).turns) == 2


@pytest.mark.parametrize(
    ("declared", "policy", "codes"),
    [
        ("stop: when_right", "when_right", []),
        ("stop: When right", "when_right", []),
        ("stop: fixed", "fixed", []),
        ("stop: unknown", "unknown", []),
        ("model: m", "unknown", []),
        ("stop: <b>soon</b>", "unknown", ["transcript-stop"]),
        ("stop: [fixed]", "unknown", []),
    ],
)
def test_how_a_conversation_was_stopped_is_declared(
    declared: str, policy: str, codes: list[str], tmp_path: Path
) -> None:
    """In the front matter; nothing said, and what is no policy, is unknown, and the latter is told."""
    conversation = read(tmp_path, f"---\n{declared}\n---\nUser: hi\n\nLLM: hello\n")
    assert conversation.stop == policy
    assert [d.code for d in conversation.diagnostics] == codes
