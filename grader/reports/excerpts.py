"""An answer shown where it was said: highlighted in the lines around it, with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from grader.diagnostics import Diagnostic, Span
from grader.records import Claim


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words around an answer, the answer, and what was left out for length.

    Args:
        before, answer, after: consecutive pieces of the text.
        cut: number of characters of the answer that are not shown.
        place: file and line, "" if not known.
        rivals: other final answers that stand beside it.
    """

    before: str
    answer: str
    after: str
    cut: int
    place: str
    rivals: tuple[str, ...] = ()


def excerpt(claim: Claim, limit: int, around: int = 300, root: str = "") -> Excerpt | None:
    """The answer of ``claim`` in its context; None if there are no words at all.

    Args:
        limit: most characters of the answer to show.
        around: most characters to show on each side.
        root: name of a folder; the place is given from below it, and by the file's name alone
            where the path does not hold it. "" gives the path as it is.
    """
    if not claim.text and not claim.context:
        return None
    start = claim.context_start
    length = claim.span.end - claim.span.start if claim.span else len(claim.text)
    if claim.context and start >= 0 and start + length <= len(claim.context):
        before, after = claim.context[:start], claim.context[start + length :]
        answer = claim.context[start : start + length]
    else:  # no context was kept, or the span reaches out of it
        before, answer, after = "", claim.text, ""
    return Excerpt(
        before if len(before) <= around else "…" + before[len(before) - around :],
        answer[:limit],
        after if len(after) <= around else after[:around] + "…",
        max(0, len(answer) - limit),
        place(claim.span, root) if claim.span else "",
        tuple(shorten(text, limit) for text, _ in claim.rivals),
    )


def place(span: Span, root: str = "") -> str:
    """``file, line 12`` or, where there are pages, ``file, page 3, line 12``; see :func:`excerpt` for ``root``."""
    path = PurePath(span.file)
    if not root:
        name = span.file
    elif root in path.parts[:-1]:
        name = str(PurePath(*path.parts[path.parts.index(root) + 1 :]))
    else:
        name = path.name
    page = "" if span.page is None else f"page {span.page}, "
    return f"{name}, {page}line {span.line}"


def shorten(text: str, limit: int) -> str:
    """``text`` on one line, at most ``limit`` characters of it, with the number left out."""
    line = " ".join(text[: 4 * limit].split())
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    return f"{line[:limit]}… ({len(text)} characters)"


def clipped(text: str, limit: int) -> str:
    """The first words of ``text`` on one line, at most ``limit`` characters of them; all of it stands elsewhere."""
    line = " ".join(text[: 4 * limit].split())
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    whole, _, _ = line[: limit + 1].rpartition(" ")
    return f"{(whole or line[:limit]).rstrip(' ,;:.')} …"


def gist(text: str, limit: int) -> str:
    """What a person's words come to, in at most ``limit`` characters: their last question, else their first words."""
    said = re.split(r"(?<=[.?!])\s+", " ".join(text[: 4 * limit].split()))
    asked = [at for at, one in enumerate(said) if one.endswith("?") and len(one) <= limit]
    if sum(map(len, said)) <= limit or not asked:
        return clipped(text, limit)
    at = asked[-1]
    return f"{'… ' if at else ''}{said[at]}{' …' if at < len(said) - 1 else ''}"


def sentences(diagnostic: Diagnostic) -> str:
    """What was found and what to do, as sentences."""
    parts = (diagnostic.message, diagnostic.fix)
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)
