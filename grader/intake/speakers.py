"""Lines that say who speaks: ``User:``, ``**Assistant:**``, ``### Claude Sonnet 4.5``."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from grader.intake.formats.markdown import fences

USER = "user"
ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label and where it stands.

    Args:
        role: ``user`` or ``assistant``.
        start: offset of its line.
        end: offset past it; the words follow.
        name: as written.
        declared: what stands in brackets after the name, "" if nothing.
        declared_start: offset of those words.
    """

    role: str
    start: int
    end: int
    name: str
    declared: str
    declared_start: int


_BOLD = r"(?:(?:\\?\*){2}|__)?"
_USERS = r"(?:[Uu]ser|USER|[Hh]uman|HUMAN|Student|Me|Prompt|You said)"
_MODELS = (
    r"(?:LLM|[Aa]ssistant|ASSISTANT|Model|AI|Bot|ChatGPT said"
    r"|(?:Claude|DeepSeek|Deepseek|ChatGPT|GPT|Gemini|Llama|Qwen|Mistral|Grok|Copilot)(?:[- ][\w.]{1,20}){0,4})"
)
_GAP = r"[ \t]{0,8}"  # bounded: several in a row must not cost a power of their length
_LABEL = (
    r"^[ \t]*(?:>[ \t]?)?(?P<hash>#{1,6}[ \t]{1,8})?(?P<bold>(?:\\?\*){2}|__)?"
    r"(?:(?P<user>%s)|(?P<model>%s))"
    rf"{_GAP}(?:\((?P<declared>[^()\n]{{0,300}})\))?{_GAP}"
    rf"(?:{_BOLD}{_GAP}:[ \t]?{_BOLD}|(?P<alone>{_BOLD}{_GAP}\r?$))"
)


def speakers(text: str, model: str = "") -> list[Speaker]:
    """All speaker labels outside code blocks, in order.

    A name without a colon counts only where it is a heading or bold, alone on its line.

    Args:
        text: the transcript.
        model: a further name of the model that speaks, "" if none is known.
    """
    models = f"(?:{re.escape(model)}|{_MODELS})" if model else _MODELS
    pattern = re.compile(_LABEL.replace("%s", _USERS, 1).replace("%s", models, 1), re.MULTILINE)
    blocks = [(opening[0], closing[1]) for opening, closing in fences(text)]
    starts = [start for start, _ in blocks]
    found: list[Speaker] = []
    for match in pattern.finditer(text):
        if match.group("alone") is not None and not (match.group("hash") or match.group("bold")):
            continue
        block = bisect_right(starts, match.start()) - 1
        if block >= 0 and match.start() < blocks[block][1]:
            continue
        role = USER if match.group("user") else ASSISTANT
        name = match.group("user") or match.group("model")
        declared = match.group("declared") or ""
        found.append(Speaker(role, match.start(), match.end(), name, declared, max(match.start("declared"), 0)))
    return found
