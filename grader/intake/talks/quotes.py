"""Who speaks, by the marks of Markdown: prompts that are quoted or bold between replies; or the reverse."""

from __future__ import annotations

import re

from grader.intake.formats.base import Range
from grader.intake.talks.manners import asking
from grader.intake.talks.thoughts import paragraphs
from grader.records import Confidence

_START = 300  # characters of a title that may stand before the first turn
_BOLD = re.compile(r"\s*(?:\*\*|__)(?!\s)[^*\n]{4,2000}(?<!\s)(?:\*\*|__)\s*")
_TITLE = re.compile(r"\s*#{1,2}[ \t]")


def quoted_turns(text: str) -> tuple[list[Range], Confidence]:
    """The stretches of the person, where their paragraphs have one mark and those of the model none, or the reverse.

    Args:
        text: a transcript without labels; what is no part of the talk is blank.

    Returns:
        The stretches, in order, and a confidence; none where the marks do not tell.
    """
    kinds = [(_kind(text[start:end]), start, end) for start, end in paragraphs(text)]
    kinds = [one for one in kinds if one[0]]
    for mark in ("quote", "bold"):
        runs = _runs([("marked" if kind == mark else "plain", start, end) for kind, start, end in kinds])
        sizes = {kind: sum(end - start for k, start, end in runs if k == kind) for kind in ("marked", "plain")}
        if not (sizes["marked"] and sizes["plain"]):
            continue
        person = "marked" if sizes["marked"] < sizes["plain"] else "plain"
        found = [(start, end) for kind, start, end in runs if kind == person]
        if mark == "bold" and person == "plain":
            continue
        before = found[0][0] - runs[0][1]
        asks = [min(max(asking(re.sub(r"^[ \t>*_]+", "", text[start:end])), 0), 4) for start, end in found]
        clear = sum(points > 1 for points in asks)
        if before <= _START and 2 * clear >= len(found) and asks[0] + (len(found) > 1) > 1:
            return found, Confidence.HIGH if len(found) > 1 and clear == len(found) else Confidence.MEDIUM
    return [], Confidence.LOW


def _kind(words: str) -> str:
    """``quote``, ``bold`` or ``plain``; "" for a title, which nobody says."""
    if all(line.lstrip().startswith(">") for line in words.splitlines()):
        return "quote"
    if _BOLD.fullmatch(words):
        return "bold"
    return "" if _TITLE.match(words) and "\n" not in words.strip() else "plain"


def _runs(pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Neighbours of one kind as one."""
    found: list[tuple[str, int, int]] = []
    for kind, start, end in pieces:
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1], end)
        else:
            found.append((kind, start, end))
    return found
