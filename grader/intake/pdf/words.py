"""A line of atoms as pieces: words with their spaces, and the formulas between them.

What is mathematics shows in the font (CMMI, KaTeX), in scripts and in constructions. From there a formula goes on over
what may belong to it: figures, operators, brackets, names of functions, single letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.encodings import BIG, CLOSING, COMMANDS, FUNCTIONS, OPENING, OPERATORS, RELATIONS

WORD_GAP = 0.15  # room between two words, in sizes of the type
CELL_GAP = 1.2  # room that parts a line like cells of a table
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_DASHES = frozenset("-–—")
_PROSE_SIGNS = frozenset("•◦▪–—")


@dataclass(slots=True)
class Token:
    """Atoms of a line that go together.

    Args:
        atoms: one or more.
        kind: ``formula``, ``word``, ``number``, ``operator``, ``open``, ``close``, ``other``.
        spaced: a space stands before it.
        math: it is part of a formula.
    """

    atoms: list[Atom]
    kind: str
    spaced: bool
    math: bool = False

    @property
    def text(self) -> str:
        """Its characters, without scripts."""
        return "".join(atom.text for atom in self.atoms)


def tokens(row: Sequence[Atom]) -> list[Token]:
    """The tokens of a line, each marked whether it belongs to a formula."""
    found: list[Token] = []
    for before, atom in zip((None, *row), row, strict=False):
        spaced = before is not None and _space(before, atom)
        kind = _kind(atom)
        last = found[-1] if found else None
        joins = last is not None and not spaced and before is not None and not (before.above or before.below)
        if last is not None and joins and kind == last.kind and kind in ("word", "number"):
            last.atoms.append(atom)
        elif last is not None and joins and kind == "number" and last.kind == "word":
            last.atoms.append(atom)  # x1, L2: no place for a formula to begin
        else:
            found.append(Token([atom], kind, spaced, kind == "formula"))
    for token in found:
        end = token.atoms[-1]
        if not token.math and (end.above or end.below) and not _footnote(token):
            token.math = True
    _calls(found)
    _spread(found)
    return found


def _calls(found: list[Token]) -> None:
    """A word right before a bracket that holds a formula is the name of a function: diag(λ, …)."""
    for at in range(len(found) - 2):
        word, bracket = found[at], found[at + 1]
        if word.kind != "word" or not word.text.isalpha() or bracket.kind != "open" or bracket.spaced:
            continue
        end = _group(found, at + 1)
        if end is not None and any(token.math for token in found[at + 2 : end]):
            for token in found[at : end + 1]:
                token.math = True


def _space(before: Atom, atom: Atom) -> bool:
    gap = atom.left - before.end
    size = min(before.size, atom.size) if atom.size < before.size else before.size
    return gap > WORD_GAP * size or (atom.spaced and gap > 0.08 * size)


def _kind(atom: Atom) -> str:
    text = atom.text
    if atom.tex or text in BIG or (atom.face.math and text not in _PROSE_SIGNS and text != "\N{REPLACEMENT CHARACTER}"):
        return "formula"
    if atom.alphabet:
        return "formula"
    if text.isdigit():
        return "number"
    if text.isalpha() or text in "'’":
        return "word"
    if text in OPENING:
        return "open"
    if text in CLOSING:
        return "close"
    if (text in OPERATORS or text in RELATIONS or text in "|‖/") and text not in _DASHES and text != "•":
        return "operator"
    return "other"


def _footnote(token: Token) -> bool:
    """A figure raised behind a word or a stop, or the letters of an ordinal number."""
    end = token.atoms[-1]
    if end.below or token.kind == "formula":
        return False
    raised = "".join(atom.text for atom in end.above)
    if token.kind == "number" and raised.lower() in _ORDINALS:
        return True
    long = token.kind == "word" and len(token.text) > 2 and token.text not in FUNCTIONS
    return raised.isdigit() and (long or token.kind == "other")


def _spread(found: list[Token]) -> None:
    """Mark what a formula takes in on its right, then on its left, and make its brackets even."""
    at = 0
    while at < len(found):
        if found[at].math:
            at = _right(found, at)
        at += 1
    for at in range(len(found) - 1, -1, -1):
        if found[at].math and (not at or not found[at - 1].math):
            _left(found, at)
    _even(found)


def _right(found: list[Token], at: int) -> int:
    """Take in what follows; the last place that is part of the formula."""
    while True:
        end = _operand(found, at + 1, tight=not _waits(found[at]))
        if end is None and at + 1 < len(found) and found[at + 1].kind == "operator":
            end = _operand(found, at + 2, tight=False) if at + 2 < len(found) else at + 1
        if end is None:
            return at
        for token in found[at + 1 : end + 1]:
            token.math = True
        at = end


def _waits(token: Token) -> bool:
    """It is an operator, and what it works on comes."""
    last = token.atoms[-1]
    return (last.text in OPERATORS or last.text in RELATIONS) and not (last.above or last.below)


def _operand(found: list[Token], at: int, *, tight: bool) -> int | None:
    """Where an operand that begins at a place ends; None if none begins there."""
    if at >= len(found):
        return None
    token = found[at]
    if tight and token.spaced and not token.math:
        return None
    if token.math:
        return at
    if token.kind == "number":
        return at
    if token.kind == "word":
        if len(token.text) == 1 and not tight:
            return at
        return at if token.text in FUNCTIONS or (token.text in COMMANDS) else None
    if token.kind == "operator" and not tight and token.text in "−+±-":
        return _operand(found, at + 1, tight=True)
    if token.kind == "open":
        return _group(found, at)
    return None


def _group(found: list[Token], at: int) -> int | None:
    """Where a bracket that opens at a place is closed, if all in it may be part of a formula."""
    depth = 0
    certain = False
    for place in range(at, min(at + 200, len(found))):
        token = found[place]
        if token.kind == "open" or (token.math and token.text in OPENING):
            depth += 1
        elif token.kind == "close" or (token.math and token.text in CLOSING):
            depth -= 1
            if not depth:
                return place if certain or place - at < 6 else None
            continue
        elif not token.math and not _may_be_math(token):
            return None
        certain = certain or token.math
    return None


def _may_be_math(token: Token) -> bool:
    if token.kind == "word":
        return len(token.text) == 1 or token.text in FUNCTIONS
    return token.kind != "other" or token.text in ",;.…"


def _left(found: list[Token], at: int) -> None:
    """Take in what precedes: an operand that stands close, or one and an operator."""
    while at:
        before = found[at - 1]
        start = None
        if not found[at].spaced or before.text in FUNCTIONS:
            start = _operand_before(found, at - 1, tight=True)
        if start is None and before.kind == "operator":
            start = _operand_before(found, at - 2, tight=False)
            if start is None and (at == 1 or (not found[at].spaced and before.text in "−±+<>≤≥=")):
                start = at - 1
        if start is None:
            return
        for token in found[start:at]:
            token.math = True
        at = start


def _operand_before(found: list[Token], at: int, *, tight: bool) -> int | None:
    if at < 0:
        return None
    token = found[at]
    if token.math or token.kind == "number" or token.text in FUNCTIONS:
        return at
    if token.kind == "word" and len(token.text) == 1:
        return at
    if token.kind == "close":
        depth = 0
        for place in range(at, max(-1, at - 200), -1):
            depth += (found[place].text in CLOSING) - (found[place].text in OPENING)
            if not depth:
                return place if _group(found, place) == at and (tight or found[at].math) else None
    return None


def _even(found: list[Token]) -> None:
    """Take in brackets that close what a formula opens; let go of brackets at its edges that have no partner in it."""
    at = 0
    while at < len(found):
        if not found[at].math:
            at += 1
            continue
        start = at
        while at < len(found) and found[at].math:
            at += 1
        waiting: list[int] = []
        alone: list[int] = []
        for place in range(start, at):
            text = found[place].text
            if text in OPENING:
                waiting.append(place)
            elif text in CLOSING:
                if waiting:
                    waiting.pop()
                else:
                    alone.append(place)
        for _ in alone:
            reached = _opening_before(found, start)
            if reached is None:
                break
            for token in found[reached:start]:
                token.math = True
            start = reached
        if waiting and (reached := _group(found, waiting[0])) is not None and reached >= at:
            for token in found[at : reached + 1]:
                token.math = True
            at = reached + 1
        _shed(found, start, at)


def _opening_before(found: list[Token], start: int) -> int | None:
    for place in range(start - 1, max(-1, start - 60), -1):
        token = found[place]
        if token.kind == "open":
            return place
        if token.kind == "close" or (token.kind == "word" and len(token.text) > 1 and token.text not in FUNCTIONS):
            return None
    return None


def _shed(found: list[Token], start: int, end: int) -> None:
    depth = 0
    for place in range(start, end):
        depth += (found[place].text in OPENING) - (found[place].text in CLOSING)
    last = found[end - 1]
    if depth < 0 and last.kind == "close" and not (last.atoms[-1].above or last.atoms[-1].below):
        last.math = False
    first = found[start]
    if depth > 0 and first.kind == "open":
        first.math = False
