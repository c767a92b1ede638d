"""Where a formula in a line begins and ends.

What is mathematics shows in the font (CMMI, KaTeX), in scripts and in constructions. From there a formula goes on over
what may belong to it: figures, operators, brackets, names of functions, single letters.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.encodings import CLOSING, COMMANDS, FUNCTIONS, OPENING
from grader.intake.pdf.words import Token

_FARTHEST = 200  # tokens; a bracket whose partner is further away has none
_SHORT = 6  # tokens; a bracket around fewer may be part of a formula though none of them is mathematics for certain
_SIGNS = frozenset("−+±-")
_IDLE = frozenset("|‖,.;:*∗·•→-–—…")  # what makes no formula by itself


def mark_formulas(found: list[Token]) -> None:
    """Mark the tokens of a line that are part of a formula.

    Args:
        found: the tokens; those that are mathematics by themselves are marked already.
    """
    _variables(found)
    _calls(found)
    at = 0
    while at < len(found):
        if found[at].math:
            at = _right(found, at)
        at += 1
    _left_of_all(found)
    _even(found)
    _left_of_all(found)
    _shed(found)


def spans(found: Sequence[Token]) -> list[tuple[int, int]]:
    """The formulas of a line: first token and the one after the last."""
    places: list[tuple[int, int]] = []
    for at, token in enumerate(found):
        if not token.math:
            continue
        if places and places[-1][1] == at:
            places[-1] = (places[-1][0], at + 1)
        else:
            places.append((at, at + 1))
    return places


def _variables(found: Sequence[Token]) -> None:
    """Single letters in italics among upright words are variables, where a font of words serves for formulas too."""
    for at, token in enumerate(found):
        if token.kind != "word" or not _slanted(token) or len(token.text) > 1:
            continue
        near = (*found[max(0, at - 2) : at], *found[at + 1 : at + 3])
        token.math = not any(one.kind == "word" and _slanted(one) and len(one.text) > 2 for one in near)


def _slanted(token: Token) -> bool:
    face = token.atoms[0].face
    return face.italic and not face.knuth and not face.math


def _calls(found: list[Token]) -> None:
    """A word right before a bracket that holds a formula is the name of a function: diag(λ, …)."""
    for at in range(len(found) - 2):
        word, bracket = found[at], found[at + 1]
        if word.kind != "word" or not word.text.isalpha() or not bracket.opens or bracket.spaced:
            continue
        end = _group(found, at + 1)
        if end is not None and any(token.math for token in found[at + 2 : end]):
            _take(found, at, end + 1)


def _take(found: list[Token], start: int, end: int) -> None:
    for token in found[start:end]:
        token.math = True


def _right(found: list[Token], at: int) -> int:
    """Take in what follows; the last place that is part of the formula."""
    while True:
        end = _operand(found, at + 1, tight=not found[at].works)
        if end is None and at + 1 < len(found) and found[at + 1].kind == "operator":
            end = _operand(found, at + 2, tight=False) if at + 2 < len(found) else at + 1
        if end is None:
            return at
        _take(found, at + 1, end + 1)
        at = end


def _operand(found: list[Token], at: int, *, tight: bool) -> int | None:
    """Where an operand that begins at a place ends; None if none begins there."""
    if at >= len(found):
        return None
    token = found[at]
    if tight and token.spaced and not token.math and not _symbol(token):
        return None
    if token.math or token.kind == "number":
        return at
    if token.kind == "word":
        if token.text in FUNCTIONS or token.text in COMMANDS or _symbol(token):
            return at
        if len(token.text) == 1 and token.atoms[0].face.bold and not token.spaced:
            return at
        counted = at > 0 and found[at - 1].kind == "number" and not token.atoms[0].face.knuth
        return at if len(token.text) == 1 and (counted or not tight) else None
    if token.kind == "operator" and not tight and token.text in _SIGNS:
        return _operand(found, at + 1, tight=True)
    if token.kind == "open":
        return _group(found, at)
    if token.text in ("|", "‖") and not tight:
        return _norm(found, at)
    return None


def _norm(found: Sequence[Token], at: int) -> int | None:
    """Where the bar stands that goes with the one at a place, if a formula is between them."""
    certain = False
    for place in range(at + 1, min(at + _FARTHEST, len(found))):
        token = found[place]
        if token.text == found[at].text:
            return place if certain else None
        if not (token.math or _may_be_math(token)):
            return None
        certain = certain or token.math
    return None


def _symbol(token: Token) -> bool:
    """It is a capital letter that is no word, in a font of words."""
    text = token.text
    if _slanted(token) and len(text) < 3:
        return True
    return len(text) == 1 and text.isupper() and text not in "AI" and not token.atoms[0].face.knuth


def _group(found: list[Token], at: int) -> int | None:
    """Where a bracket that opens at a place is closed, if all in it may be part of a formula."""
    depth = 0
    certain = False
    for place in range(at, min(at + _FARTHEST, len(found))):
        token = found[place]
        if token.opens:
            depth += 1
        elif token.closes:
            depth -= 1
            if not depth:
                return place if certain or place - at < _SHORT else None
        elif not token.math and not _may_be_math(token):
            return None
        certain = certain or token.math
    return None


def _may_be_math(token: Token) -> bool:
    if token.kind == "word":
        return len(token.text) == 1 or token.text in FUNCTIONS
    return token.kind != "other" or token.text in ",;.…"


def _left_of_all(found: list[Token]) -> None:
    for at in range(len(found) - 1, -1, -1):
        if found[at].math and (not at or not found[at - 1].math):
            _left(found, at)


def _left(found: list[Token], at: int) -> None:
    """Take in what precedes: an operand that stands close, or one and an operator."""
    while at:
        before = found[at - 1]
        start = None
        if not found[at].spaced or found[at].works or before.text in FUNCTIONS:
            start = _operand_before(found, at - 1, tight=not found[at].works)
        if start is None and before.kind == "operator":
            start = _operand_before(found, at - 2, tight=False)
            if start is None and (at == 1 or (not found[at].spaced and before.text in "−±+<>≤≥=")):
                start = at - 1
        if start is None:
            return
        _take(found, start, at)
        at = start


def _operand_before(found: list[Token], at: int, *, tight: bool) -> int | None:
    """Where an operand that ends at a place begins; None if none ends there."""
    if at < 0:
        return None
    token = found[at]
    if token.math or token.kind == "number" or token.text in FUNCTIONS:
        return at
    if token.kind == "word" and len(token.text) == 1:
        alone = at == 0 or found[at].spaced
        return at if not tight or alone else None
    if token.closes:
        start = _opening(found, at)
        if start is not None and _group(found, start) == at:
            return start if tight or any(one.math for one in found[start : at + 1]) else None
    return None


def _opening(found: Sequence[Token], at: int) -> int | None:
    """Where the bracket opens that is closed at a place."""
    depth = 0
    for place in range(at, max(-1, at - _FARTHEST), -1):
        depth += found[place].closes - found[place].opens
        if not depth:
            return place
    return None


def _even(found: list[Token]) -> None:
    """Take in brackets that close what a formula opens, and those that open what it closes."""
    for start, end in spans(found):
        waiting: list[int] = []
        alone = 0
        for place in range(start, end):
            if found[place].opens:
                waiting.append(place)
            elif found[place].closes and waiting:
                waiting.pop()
            elif found[place].closes:
                alone += 1
        for _ in range(alone):
            reached = _opening_before(found, start)
            if reached is None:
                break
            _take(found, reached, start)
            start = reached
        if waiting and (after := _group(found, waiting[0])) is not None and after >= end:
            _take(found, end, after + 1)
        elif start and end == len(found) and found[start - 1].kind == "open" and not found[start].spaced:
            found[start - 1].math = True  # it is closed on the next line


def _opening_before(found: Sequence[Token], start: int) -> int | None:
    for place in range(start - 1, max(-1, start - _FARTHEST), -1):
        token = found[place]
        if token.kind == "open":
            return place
        if token.kind == "close" or not (token.math or _may_be_math(token)):
            return None
    return None


def _shed(found: list[Token]) -> None:
    """Let go of brackets at the edges of a formula that have no partner in it, and of formulas that say nothing."""
    for start, end in spans(found):
        depth = sum((one.text in OPENING) - (one.text in CLOSING) for one in found[start:end])
        last, first = found[end - 1], found[start]
        if depth < 0 and last.kind == "close" and not last.scripted:
            last.math = False
        if depth > 0 and first.kind == "open" and end < len(found):
            first.math = False
        if all(set(one.text) <= _IDLE and one.text and not one.scripted for one in found[start:end]):
            for one in found[start:end]:
                one.math = False
