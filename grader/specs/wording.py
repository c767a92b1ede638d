"""The words in which a part is asked: its prompt, and the options among which it lets choose."""

from __future__ import annotations

from collections.abc import Mapping

from grader.records import Part


def wording(part: Part) -> str:
    """A question as its reader gets it, in Markdown with TeX.

    Args:
        part: the question.

    Returns:
        The prompt, and below it the options; "" where the spec has no words for the part.
    """
    return "\n\n".join(piece for piece in (part.prompt.strip(), listed_options(part)) if piece)


def listed_options(part: Part) -> str:
    """The options of a choice by their letters, as a list in Markdown; "" for other questions.

    Args:
        part: the question.
    """
    options = getattr(part.options, "options", None)
    return "\n".join(f"- {key}: {text}" for key, text in options.items()) if isinstance(options, Mapping) else ""
