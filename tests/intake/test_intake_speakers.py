"""Lines that say who speaks, in many styles; and lines that only look like them."""

from __future__ import annotations

import pytest

from grader.intake.talks.speakers import declared_model, speakers
from grader.records import Confidence

PAIRS = [
    ("User:", "Assistant:"), ("USER:", "ASSISTANT:"), ("You said:", "ChatGPT said:"), ("Me:", "GPT-4o:"), ("*User:*",
    "*Claude:*"),
    ("**Prompt 1:**", "**Response:**"), ("***User:***", "***GPT-5:***"), ("[User]", "[Assistant]"), ("<user>",
    "<assistant>"),
    ("<|user|>", "<|assistant|>"), ("> **User:**", "**DeepSeek-R1:**"), ("User prompt:", "Model response:"), ("User:",
    "o3-mini:"),
    ("My prompt:", "Claude's response:"), ("Prompt:", "Output:"), ("1. User:", "2. Claude:"), ("User 1:",
    "Llama 3.3 70B Instruct:"),
    ("User:", "Gemini 2.5 Flash:"), ("Me:", "Qwen3-235B-A22B:"), ("Student:", "Nova Pro:"), ("Human:", "Phi-4:"),
    ("User:", "Grok 4 Fast:"),
    ("Human:", "Command R+:"), ("Human:", "MiniMax-M2:"), ("User:", "GLM-4.6:"), ("User:", "Gemma 3 27B:"), ("User:",
    "Le Chat:"),
    ("User:", "Microsoft Copilot:"), ("User:", "Kimi K2 Thinking:"), ("User:", "Mistral Large:"), ("Prompter:",
    "gpt-oss-120b:"),
    ("User:", "Claude Opus 4.1:"), ("Student Query:", "LLM Response:"), ("You asked:", "Perplexity answered:"),
    ("User：", "助手："),
    ("User (10:32):", "Claude (10:33):"), ("Follow-up prompt:", "Claude's answer:"), ("**You:** ", "**Le Chat:** "),
]  # fmt: skip
ALONE = [
    ("## User", "## Gemini 2.5 Pro"), ("### Prompt 1", "### Response 1"), ("## Prompt 2 – On (c)", "## Response 2"),
    ("Human", "Assistant"),
    ("You", "ChatGPT"), ("**Prompt**", "**Kimi K2**"), ("🧑 User", "🤖 Assistant"),
    ("Turn 2 — User", "Turn 2 — Claude"),
    ("## Turn 2 — User", "## Turn 2 — Claude"), ("Student >", "Claude >"), ("**You** · 10:32 AM",
    "**Gemini** · 10:33 AM"),
]  # fmt: skip
TALK = (
    "# A talk\n\nSome words.\n\n{u}Solve 3(c).\n\n{m}It is 4.\n\nModel: y = ax\nA: the matrix\n\n{u}Sure?\n\n{m}Yes.\n"
)


@pytest.mark.parametrize(
    ("user", "model"), [*((u + " ", m + " ") for u, m in PAIRS), *((u + "\n", m + "\n") for u, m in PAIRS + ALONE)]
)
def test_labels_of_many_styles(user: str, model: str) -> None:
    """Both sides are told, and what begins like a label in a reply is a word of it."""
    found = speakers(TALK.format(u=user, m=model))
    assert [one.role for one in found] == ["user", "assistant", "user", "assistant"]
    assert {one.confidence for one in found} == {Confidence.HIGH}


@pytest.mark.parametrize("name", ["[Me]", "[User]", "**User**:"])
def test_the_letter_of_a_part_is_no_remark_on_a_label(name: str) -> None:
    """“[Me] (c): are you sure?” begins with a label; what stands in brackets behind it is of the question."""
    text = f"{name} Solve it.\n\n[Claude] 4\n\n{name} (c): are you sure?\n\n[Claude] Yes.\n"
    found = speakers(text)
    assert [one.role for one in found] == ["user", "assistant", "user", "assistant"]
    assert [one.declared for one in found] == [""] * 4
    assert text[found[2].end :].startswith("(c): are")


@pytest.mark.parametrize(("q", "a"), [("Q:", "A:"), ("Question:", "Answer:"), ("Q1:", "A1:"), ("> **Q1.**", "**A1.**")])
def test_letters_count_only_where_they_alternate(q: str, a: str) -> None:
    """Twice a question and its answer are a talk, with a border that is less than sure; a letter alone is a symbol."""
    text = f"{q} What is 1 + 1?\n\n{a} 2.\n\n{q} Sure?\n\n{a} Yes.\n"
    assert [(one.role, one.confidence) for one in speakers(text)] == [
        ("user", Confidence.MEDIUM), ("assistant", Confidence.MEDIUM),
    ] * 2  # fmt: skip
    assert speakers(f"{q} What is 1 + 1?\n\n{a} 2.\n") == []
    assert speakers(text.replace("\n\n" + q, f"\n\n{a} it is even.\n\n{q}")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Model: y = ax", "A: the matrix", "Phi is the golden ratio: 1.6", "Prompt engineering: a craft",
        "Users: many", "The user: one",
        "user says: no", "GPT: a transformer?", "    code:", "Claude Shannon: a mathematician", "Me and you: us",
        "Answer: 5", "Output: 3",
        "AI: artificial", "Nova is a star: bright", "Student t-test: p = 1", "Human beings: few",
    ],
)  # fmt: skip
def test_sentences_that_begin_like_labels(words: str) -> None:
    """In a reply they are its words."""
    found = speakers(f"User: Solve it.\n\nLLM: I do.\n\n{words}\n\nUser: Sure?\n\nLLM: Yes.\n")
    if words.startswith("GPT"):
        return  # a second label of the model in a row, which the cutting takes for a word of the reply
    assert [one.role for one in found] == ["user", "assistant", "user", "assistant"]


def test_labels_in_code_are_code() -> None:
    """A program may print what it likes."""
    assert speakers("```\nUser: a\nAssistant: b\n```\n~~~\n## User\n~~~\n") == []


def test_the_title_is_no_turn() -> None:
    """A model that the head names has not spoken yet; a greeting has."""
    title = "# Claude Sonnet 4.5\n\nA. Writer\n\nUser: Solve it.\n\nClaude: 4\n"
    assert [one.role for one in speakers(title)] == ["user", "assistant"]
    greeting = "Assistant: Hello! How can I help?\n\nUser: Solve it.\n\nAssistant: 4\n"
    assert [one.role for one in speakers(greeting)] == ["assistant", "user", "assistant"]
    told = "Model: Oracle 7\n\nUser: Solve it.\n\nOracle 7: 4\n"
    assert declared_model(told) == "Oracle 7"
    assert [one.name for one in speakers(told, declared_model(told))] == ["User", "Oracle 7"]


def test_the_person_may_have_a_name() -> None:
    """As the front matter says."""
    assert [one.role for one in speakers("Ada: Solve it.\n\nClaude: 4\n", person="Ada")] == ["user", "assistant"]


def test_labels_between_rules() -> None:
    """As people part a log: “==== PROMPT 1 ====”."""
    text = (
        "==== PROMPT 1 ====\nSolve it.\n==== RESPONSE 1 ====\n4\n\n--- PROMPT 2 ---\nSure?\n--- RESPONSE 2 ---\nYes\n"
    )
    assert [one.role for one in speakers(text)] == ["user", "assistant", "user", "assistant"]
