"""Whether two claims give the same answer: decided by the answer type, else by their words."""

from __future__ import annotations

import unicodedata
from typing import Any

from grader.diagnostics import AnswerError
from grader.records import Claim, Part


def answer_type(name: str) -> Any:
    """The answer type called ``name``; imported late, for it brings the mathematics with it."""
    from grader.answers import get_type

    return get_type(name)


def normal_text(text: str) -> str:
    """The words without differences that nobody means: compatibility forms and runs of space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read(text: str, part: Part) -> Any | None:
    """The answer that ``text`` is, as the part's type reads it; None where it does not read."""
    try:
        return answer_type(part.type).read(text, part.options)
    except AnswerError:
        return None


def same_values(one: Any | None, other: Any | None, part: Part) -> bool | None:
    """Whether two answers that were read are equal; None where either is None or it is not settled."""
    if one is None or other is None:
        return None
    settled: bool | None = answer_type(part.type).same(one, other, part.options)
    return settled


def plain(value: Any, part: Part) -> object | None:
    """An answer that was read as the plain value that a solver takes; None where it is none."""
    found: object | None = answer_type(part.type).plain(value, part.options)
    return found


def shown(value: Any, part: Part) -> str:
    """An answer that was read, written back in Unicode."""
    return str(answer_type(part.type).render(value, part.options).unicode)


def same_answer(before: Claim, after: Claim, part: Part) -> bool:
    """Whether two claims about ``part`` say the same.

    The answer type decides (``1/2`` and ``0.5`` are the same number). Where it cannot read one of
    them, or cannot settle it, and where a claim gives several final answers, the words decide.
    """
    words = normal_text(before.told) == normal_text(after.told)
    if before.rivals or after.rivals:
        rivals = [sorted(normal_text(text) for text, _ in claim.rivals) for claim in (before, after)]
        return words and rivals[0] == rivals[1]
    if words:
        return True
    settled = same_values(read(before.text, part), read(after.text, part), part)
    if before.given or after.given:
        settled = same_values(read(before.told, part), read(after.told, part), part)
    return settled if settled is not None else False
