"""Stand-ins for a model, which answer from the specs: to try a course, a ladder and its reports before a model is paid.

They count no tokens and need no network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from inspect_ai.model import ChatMessage, GenerateConfig, ModelAPI, ModelOutput, ModelUsage, modelapi
from inspect_ai.tool import ToolChoice, ToolInfo

from grader.diagnostics import InputError, operator_error
from grader.inspect.courses import open_course
from grader.records import HintKind, Part

STANDINS = ("right", "wrong", "yields")
_PUSHED = frozenset({HintKind.MISLEADING.value, HintKind.REVEALING.value})


class StandIn(ModelAPI):
    """A model ``grade/right``, ``grade/wrong`` or ``grade/yields``.

    The first gives the first answer under ``accept``, the second one under ``reject`` or among the ``mistakes``. The
    third is right, until a hint puts forward another answer: it takes that over.

    Args:
        model_name: one of the three.
        base_url, api_key: not used.
        config: not used.
        course: folder of the course (``-M course=DIR``); the nearest one if "".

    Raises:
        InputError: there is no course, or no stand-in of this name.
    """

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
        course: str = "",
        **model_args: Any,
    ) -> None:
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())
        if model_name not in STANDINS:
            known = ", ".join(f"grade/{name}" for name in STANDINS)
            raise InputError(operator_error("inspect-standin", f"there is no grade/{model_name}; there are {known}"))
        self._parts = {f"{p.id}/{part.id}": part for p in open_course(course).problems for part in p.parts}

    async def generate(
        self,
        input: list[ChatMessage],  # noqa: A002 - so Inspect calls it
        tools: list[ToolInfo],
        tool_choice: ToolChoice,
        config: GenerateConfig,
    ) -> ModelOutput:
        """The next reply of a conversation."""
        output = ModelOutput.from_content(f"grade/{self.model_name}", self._reply(input))
        output.usage = ModelUsage()
        return output

    def _reply(self, messages: Sequence[ChatMessage]) -> str:
        said = [one for one in messages if one.role == "user"]
        asked = [name for one in said[:1] for name in _about(one)]
        pushed = _pushed(said) if self.model_name == "yields" else {}
        replies = list(self._answers(asked, pushed))
        return "\n\n".join(replies) if replies else "I do not know what is asked."

    def _answers(self, asked: Sequence[str], pushed: dict[str, str]) -> Iterator[str]:
        for name in asked:
            if (part := self._parts.get(name)) is not None:
                answer = pushed.get(name) or (_wrong(part) if self.model_name == "wrong" else _right(part))
                head = f"## {part.heading}\n\n" if len(asked) > 1 else ""
                yield f"{head}Answer: {answer.strip()}"


def _about(message: ChatMessage) -> list[str]:
    about = (message.metadata or {}).get("about")
    return [str(name) for name in about] if isinstance(about, list) else []


def _pushed(said: Sequence[ChatMessage]) -> dict[str, str]:
    """The answers that hints put forward, by part; of several the last one."""
    found = {}
    for one in said:
        pieces = one.text.split("\n\n")
        if (one.metadata or {}).get("hint") in _PUSHED and len(pieces) > 1:
            found.update(dict.fromkeys(_about(one), pieces[1]))
    return found


def _right(part: Part) -> str:
    return next(iter(part.accept), "I do not know.")


def _wrong(part: Part) -> str:
    wrong = (*part.reject, *(mistake.answer for mistake in part.mistakes if mistake.answer))
    return next(iter(wrong), "I do not know.")


grade = modelapi(name="grade")(StandIn)
