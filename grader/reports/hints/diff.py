"""What changed between two answers, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from grader.reports.excerpts import clipped

MOST_WORDS = 200
"""Words of an answer that are compared. Matching costs up to their cube, 0.1 s for 200 that repeat each other."""

KEPT = 48  # characters of an unchanged stretch that are shown beside a change
PROSE = 240  # characters from which on an answer is a text, in which few words may be the same
_WORD = re.compile(r"\d+(?:[.,]\d+)*\s*|[^\W\d]+\s*|[^\w\s]\s*|_\s*|\s+")


class Piece(NamedTuple):
    """A stretch of words.

    Args:
        kind: ``same``, ``del`` (only in the answer before) or ``ins`` (only in the one after).
    """

    kind: str
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """The words of two answers in one row: what both have, what was taken out, what was put in.

    White space is no difference. Unchanged stretches are cut in their middle, and of each answer the first
    :data:`MOST_WORDS` words are compared; what lies behind is named by its length. Long texts that have few words in
    common are not mixed: the one stands behind the other, cut.

    Returns:
        nothing where the words are the same.
    """
    old, new = _WORD.findall(before.strip()), _WORD.findall(after.strip())
    pieces = list(_pieces(old[:MOST_WORDS], new[:MOST_WORDS]))
    rest = "".join(old[MOST_WORDS:]), "".join(new[MOST_WORDS:])
    if not any(piece.kind != "same" for piece in pieces) and rest[0] == rest[1]:
        return ()
    kept = sum(len(piece.text) for piece in pieces if piece.kind == "same")
    if max(len(before), len(after)) > PROSE and kept < len(after) / 2:
        return Piece("del", clipped(before, PROSE)), Piece("same", " "), Piece("ins", clipped(after, PROSE))
    shown = [_cut(piece, at == 0, at == len(pieces) - 1) for at, piece in enumerate(pieces)]
    if any(rest):
        shown.append(Piece("same", f" … ({len(rest[0])} and {len(rest[1])} more characters are not compared)"))
    return tuple(shown)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Neighbours of one kind are one piece."""
    keys = [word.strip() for word in old], [word.strip() for word in new]
    same: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            same += new[k:m]
            continue
        if same:
            yield Piece("same", "".join(same))
            same = []
        if i < j:
            yield Piece("del", "".join(old[i:j]))
        if k < m:
            yield Piece("ins", "".join(new[k:m]))
    if same:
        yield Piece("same", "".join(same))


def _cut(piece: Piece, first: bool, last: bool) -> Piece:
    """An unchanged stretch without its middle; at the ends of the row without its far end."""
    text = piece.text
    if piece.kind != "same" or len(text) <= 2 * KEPT + 10:
        return piece
    head = "" if first else text[:KEPT]
    tail = "" if last else text[-KEPT:]
    return Piece("same", f"{head} … {tail}")
