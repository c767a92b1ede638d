"""Blocks of a torn text: prose with holes, and below it the runs of glyphs that stood in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grader.intake.repair.torn.tokens import FUNCTIONS, LINKS, ZERO_WIDTH

_WORD = re.compile(r"[A-Za-z]{2,60}")
_SMALL = frozenset(
    "an and any are as at be but by can do each for from get has how if in into is it its let new no not now of on or "
    "per set so such sum that the then this thus to two up use using via was we where which why with you".split()
)
_OPERATORS = "=+−-∑∏∫∥|<>≤≥∈⊤′⋱⋮∗"
_OF_WORDS = re.compile("[\u2e80-\ud7ff\uf900-\uffef]")  # letters that formulas do not use
_LONGEST_RUN = 120
_FEWEST_MARKS = 2
_SENTENCE = re.compile(r"[.!?:]\s*$|\s$")


@dataclass(frozen=True, slots=True)
class Block:
    """Prose and the fragments below it.

    Args:
        prose: indices of the lines of prose, from ``prose`` up to ``runs``.
        runs: index of the first fragment.
        end: index after the last fragment.
    """

    prose: int
    runs: int
    end: int


def is_torn(lines: Sequence[str]) -> bool:
    """Whether a text shows the marks of torn formulas at all: lines that begin with a zero width space."""
    marks = 0
    for line in lines:
        marks += line.startswith(ZERO_WIDTH)
        if marks >= _FEWEST_MARKS:
            return True
    return False


def is_run(line: str) -> bool:
    """Whether a line is a run of glyphs of a formula, not words and not the signs between them."""
    if line.startswith(ZERO_WIDTH):
        return True
    text = line.strip(" \t")
    if not text or len(text) > _LONGEST_RUN or text != line or not any(map(_tells, text)) or _OF_WORDS.search(text):
        return False
    if len(text) > 1 and not any(char.isalnum() or char in _OPERATORS for char in text):
        return False  # “).” ends a sentence
    for found in _WORD.finditer(text):
        word = found.group()
        if word in FUNCTIONS:
            continue
        if word.lower() in _SMALL or word in LINKS:
            return word in LINKS and any(char in text for char in "=<>≤≥∈") and text[-1] not in ".:"
        if len(word) > 3 and not word.isupper() and not word.startswith(_NAMED):
            return False
    return not (text[0].isdigit() and re.match(r"\d{1,3}\.(?:\s|$)", text))


_NAMED = ("diag", "log", "exp", "rank", "trace", "softmax")


def _tells(char: str) -> bool:
    """Whether a character can be all that a run says: anything but the signs of a sentence and pictures."""
    return char.isalnum() or char in _OPERATORS or char in "()[]{}"


def blocks(lines: Sequence[str], breaks: Collection[int] = ()) -> Iterator[Block]:
    """The blocks of a text that have fragments, in order.

    Args:
        lines: of the text.
        breaks: indices of lines that begin a page: a formula never leaves its page.
    """
    begins = frozenset(breaks)
    prose = at = 0
    while at < len(lines):
        if at in begins:
            prose = at
        if not is_run(lines[at]) or lines[at].strip()[0] in ")]},;":  # “)” after a hole goes on with a sentence
            at += 1
            continue
        runs = at
        at = _runs_end(lines, at, begins)
        if prose < runs:
            yield Block(prose, runs, at)
        prose = at


def _runs_end(lines: Sequence[str], at: int, begins: Collection[int]) -> int:
    """Index after the fragments that begin at a line. A few words of a table or a display may stand among them."""
    first = at
    while at < len(lines) and (at == first or at not in begins):
        if is_run(lines[at]) or _among_runs(lines, at):
            at += 1
        else:
            break
    return at


def _among_runs(lines: Sequence[str], at: int) -> bool:
    """Whether a line of few words has fragments on both sides and is no sentence."""
    line = lines[at]
    if not line.strip() or _SENTENCE.search(line) or len(line.split()) > 3 or not "".join(line.split()).isalpha():
        return False
    return at > 0 and is_run(lines[at - 1]) and at + 1 < len(lines) and is_run(lines[at + 1])
