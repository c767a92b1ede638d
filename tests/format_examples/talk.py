"""The conversation that all examples record, and how OpenAI writes messages."""

from __future__ import annotations

from typing import Any

from format_examples.base import AGAIN, ASK, DOUBT, SAY

TALK = [("user", ASK), ("assistant", SAY), ("user", DOUBT), ("assistant", AGAIN)]
SHORT = TALK[:2]


def openai(*turns: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"role": role, "content": words} for role, words in turns]
