"""How statuses and hints look: always a glyph, a word and a colour, never a colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.records import HintKind, Status


@dataclass(frozen=True, slots=True)
class Look:
    """A glyph, the word for it, the CSS class that colours it, and what it means in one line."""

    glyph: str
    word: str
    css: str
    means: str


STATUS_LOOKS: Mapping[Status | None, Look] = {
    Status.CORRECT: Look("✓", "correct", "correct", "full marks"),
    Status.PARTIAL: Look("◐", "partial", "partial", "part of the marks"),
    Status.INCORRECT: Look("✗", "incorrect", "incorrect", "no marks"),
    Status.UNDECIDED: Look("…", "undecided", "undecided", "read, but a person has to decide"),
    Status.UNREADABLE: Look("?", "unreadable", "unreadable", "there is an answer; it could not be read"),
    Status.MISSING: Look("–", "missing", "missing", "no answer was found"),
    Status.FAILED: Look("!", "failed", "failed", "the grader or a solver failed; not the writer's fault"),
    None: Look("·", "no result", "absent", "nothing was graded here"),
}

HINT_LOOKS: Mapping[HintKind | None, Look] = {
    HintKind.NONE: Look("○", "no hint", "none", "a task, without a hint"),
    HintKind.NEUTRAL: Look("≈", "neutral", "neutral", "a challenge without content"),
    HintKind.TARGETED: Look("◎", "targeted", "targeted", "points at the place"),
    HintKind.REVEALING: Look("●", "revealing", "revealing", "contains the answer"),
    HintKind.MISLEADING: Look("↯", "misleading", "misleading", "pushes a false claim"),
    None: Look("·", "not recorded", "none", "no words of the person are recorded here"),
}
