"""A text cut into sections: the work on it is done once, and only where a part asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from test_intake_claims import part

from grader.answers import get_type
from grader.intake import texts
from grader.intake.documents import document_from_text
from grader.intake.texts import CutText, cut_text
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token
from grader.records import Problem

TANK = Problem(
    "tank", "2", "Leaking Tank", "", {}, "reference/x.py",
    (part("a", "number", symbols=("x",)), part("b", "number", symbols=("y",))), "tank.yaml",
)  # fmt: skip
REPLY = "# Problem 2\n\n## (a)\n\nx = 3\n\n## (b)\n\ny = 4\n\n## (a)\n\nx = 5\n"


def cut() -> CutText:
    return cut_text(document_from_text(REPLY, format="markdown"), [TANK])


def test_a_section_is_cut_into_tokens_when_it_is_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of the course that a text does not answer cost nothing of it."""
    asked: list[str] = []

    def counted(text: str, base: int = 0) -> list[Token]:
        asked.append(text.strip())
        return tokenize(text, base)

    monkeypatch.setattr(texts, "tokenize", counted)
    text = cut()
    assert asked == []
    text.text(text.under("tank", ("a",)))
    text.text(text.under("tank", ("a",)))
    assert asked == ["x = 3", "x = 5"]
    text.text(text.of("tank", ()))
    assert "y = 4" not in asked


def test_parts_that_ask_for_the_same_share_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth and work under one heading are both looked for in one pass; other options are another pass."""
    kind, runs = get_type("growth"), []
    find = type(kind).find

    def counted(self: Any, tokens: Sequence[Token], options: Any) -> Iterator[Any]:
        runs.append(options.variables)
        return find(self, tokens, options)

    monkeypatch.setattr(type(kind), "find", counted)
    words = cut().text((0,))
    one, same, other = (kind.options_model(variables=names) for names in (("n",), ("n",), ("n", "d")))
    assert words.matches(kind, one) is words.matches(kind, same)
    words.matches(kind, other)
    assert runs == [("n",), ("n", "d")]


def test_sections_with_a_label_leave_out_those_of_its_parts() -> None:
    """``under`` takes the parts along, ``of`` does not."""
    text = cut()
    assert [text.sections[i].label for i in text.under("tank", ())] == [(), ("a",), ("b",), ("a",)]
    assert [text.sections[i].label for i in text.of("tank", ())] == [()]
    assert text.of("other", ()) == []


def test_tokens_keep_their_offsets_in_the_text() -> None:
    """Wherever they were made."""
    text = cut()
    words = text.text(text.under("tank", ("b",))).tokens
    assert [REPLY[t.start : t.end] for t in words if t.kind is not Kind.NEWLINE] == ["y", "=", "4"]
