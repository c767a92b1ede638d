"""A transcript without speaker labels: what can be told of it, for the person who must label it.

Prints of web chats lose their labels. Nothing is graded from such a text; these signs only say
where to look.
"""

from __future__ import annotations

import re

from grader.diagnostics import Diagnostic, Span, operator_error
from grader.intake.documents import Document

_MOST_LINES = 12
_ATTACHMENT = re.compile(r"(?:image|photo|file|screenshot)[\w ()-]{0,20}\.(?:png|jpe?g|pdf|webp)[ \t]*$", re.I)
_GREETING = re.compile(r"(?:Hi|Hello|Hey|Dear)\b.{0,40}\b(?:you|DeepSeek|ChatGPT|Claude|Gemini)\b", re.I)
_ASKING = re.compile(
    r"(?:for |in |on )?(?:part|problem|question)\b.{0,80}\?|.{0,80}\b(?:can|could|did|would) you\b.{0,80}\?"
    r"|(?:think|rethink|check|try|consider|now let'?s)\b.{0,120}\?",
    re.IGNORECASE,
)


def no_turns(document: Document, labels: int) -> Diagnostic:
    """The error for a transcript in which no two turns are labelled.

    Args:
        document: the transcript.
        labels: how many speaker labels were found.
    """
    lines = [document.places.line(n) if document.places else n for n in likely_turns(document.text)]
    found = f"found {labels} speaker label{'' if labels == 1 else 's'}"
    fix = "Write 'User:' and 'Assistant:' at the start of the line where each turn begins."
    if lines:
        shown = ", ".join(map(str, lines[:_MOST_LINES]))
        fix += f" The person may be speaking at line {shown}{' …' if len(lines) > _MOST_LINES else ''}."
    return operator_error(
        "transcript-no-turns",
        f"The transcript cannot be cut into turns: {found}; expected at least one 'User:' and a reply.",
        Span(document.file, 0, 0, 1),
        fix,
    )


def likely_turns(text: str) -> list[int]:
    """Lines, from 1, at which a person may begin to speak: attachments, greetings, questions."""
    found: list[int] = []
    attached = False
    for number, line in enumerate(text.split("\n"), 1):
        start = line.strip()[:200]
        is_attachment = _ATTACHMENT.match(start) is not None
        if (is_attachment and not attached) or _GREETING.match(start) or _ASKING.match(start):
            found.append(number)
        # The line after an attachment gives its size; another attachment may follow at once.
        attached = is_attachment or (attached and re.match(r"[A-Z]{3,4} ?[\d.]+ ?[KM]B$", start) is not None)
    return found
