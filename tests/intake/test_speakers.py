"""Labels of speakers as people write them."""

from __future__ import annotations

import pytest

from grader.intake.speakers import speakers


def roles(text: str) -> list[str]:
    """The roles of the labels, in order."""
    return [speaker.role for speaker in speakers(text)]


@pytest.mark.parametrize(
    ("user", "model"),
    [
        ("**Prompt 1:**", "**Response:**"), ("You said:", "ChatGPT said:"), ("##### You said:", "###### ChatGPT said:"),
        ("Me:", "Kimi:"), ("**You:**", "**Perplexity:**"), ("## User", "## Gemini 2.5 Pro"),
        ("You said:", "Grok said:"),
        ("### Turn 1 — User", "### Turn 1 — Qwen3-Max"), ("👤 User:", "🤖 Assistant:"),
        ("[User]:", "[Llama 3.3 70B Instruct]:"),
        ("### 1. Prompt", "### 1. Response"), ("**My prompt:**", "**Mistral Large's response:**"),
        ("### Prompt #2", "### Response #2"),
        ("## Prompt 1 – the whole question", "## Response 1 – first try"), ("Human:", "Le Chat:"),
        ("User prompt:", "Model response:"),
    ],
)  # fmt: skip
def test_labels_in_the_ways_of_people_and_programs(user: str, model: str) -> None:
    """Numbered, named after the program, as headings, in bold, with pictures or brackets."""
    assert roles(f"{user}\nSolve 3(c).\n\n{model}\nIt is 4.\n\n{user}\nSure?\n\n{model}\nYes.\n") == [
        "user", "assistant", "user", "assistant",
    ]  # fmt: skip


def test_names_alone_on_their_lines_count_where_nothing_else_labels() -> None:
    """As a browser's window copies them; among labels with colons such a line is text."""
    assert roles("You\nSolve it.\n\nGemini\nDone.\n") == ["user", "assistant"]
    assert roles("User: Which?\n\nLLM: Two models:\n\nGemini\n\nClaude\n") == ["user", "assistant"]


def test_questions_and_answers_count_where_they_take_turns() -> None:
    """“A:” in a reply is no label, and neither are letters out of turn."""
    assert roles("Q: Solve it.\nA: 4\n\nQ: Sure?\nA: Yes\n") == ["user", "assistant"] * 2
    assert roles("User: hi\n\nLLM: Q: what is A?\nA: a matrix\nA: again\n") == ["user", "assistant"]
    assert roles("A: 4\nB: 5\n") == []


def test_a_line_on_the_model_in_the_head_is_no_reply() -> None:
    """“**Model:** GPT-5” before anybody speaks tells of the report."""
    head = "**Model:** GPT-5, one chat\n\n**Prompt 1:** Solve it.\n\n**Response:** 4\n"
    assert roles(head) == ["user", "assistant"]
    assert roles("Claude: I begin.\n\nUser: Solve it.\n\nClaude: 4\n") == ["assistant", "user", "assistant"]


def test_what_others_say_is_no_label() -> None:
    """“The user says:” is talk about a person."""
    assert roles("The\nuser says: solve it.\nModel responses:\n") == []
