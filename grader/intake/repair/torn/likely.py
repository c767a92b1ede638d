"""How likely a run is as a script, a part of a fraction or a formula, as costs from 0 (nothing against it)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from grader.intake.repair.torn.tokens import Kind, Token

_STARS = frozenset("∗*⋆+†")
_INDEX = frozenset("ijklmnptdNLTℓ")


def solid(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without spaces and breaks."""
    return [token for token in tokens if token.kind not in (Kind.SPACE, Kind.BREAK, Kind.SLOT)]


def is_index(tokens: Sequence[Token]) -> bool:
    """Whether a run could as well stand below the line: i, k, n, a number, k+1."""
    run = solid(tokens)
    if not run or run[0].kind not in (Kind.LETTER, Kind.NUMBER) or "." in run[0].text:
        return False
    return len(run) > 1 or run[0].kind is Kind.NUMBER or run[0].text in _INDEX


def superscript(tokens: Sequence[Token]) -> float:
    """Cost of a run as an exponent or another mark above the line."""
    run = solid(tokens)
    if not run:
        return 8.0
    if len(run) == 1 and (run[0].kind is Kind.RAISED or run[0].text in _STARS):
        return 0.0
    cost = _any_script(run) + _spread(tokens)
    texts = [token.text for token in run]
    if len(run) == 1:
        if run[0].kind is Kind.NUMBER:
            return cost + (0.1 if texts[0] not in ("0", "1") and "." not in texts[0] else 1.2)
        return cost + (0.2 if texts[0] in _INDEX else 1.2)
    if texts[0] in ("−", "-"):
        return cost
    if all(token.kind in (Kind.NUMBER, Kind.BINARY) for token in run):
        cost += 1.5
    return cost + 0.3


def subscript(tokens: Sequence[Token]) -> float:
    """Cost of a run as a mark below the line."""
    run = solid(tokens)
    if not run:
        return 8.0
    if len(run) == 1 and run[0].text in _STARS:
        return 0.0
    cost = _any_script(run) + _spread(tokens)
    if run[0].kind is Kind.BINARY or any(token.kind is Kind.RAISED for token in run):
        cost += 3.0
    if run[0].kind is Kind.OPEN:
        cost += 1.0
    return cost + (0.0 if len(run) == 1 else 0.1)


def _spread(tokens: Sequence[Token]) -> float:
    """Cost of a script that has scripts itself."""
    begin, end = 0, len(tokens)
    while begin < end and tokens[begin].kind in (Kind.SPACE, Kind.BREAK):
        begin += 1
    while begin < end and tokens[end - 1].kind in (Kind.SPACE, Kind.BREAK):
        end -= 1
    inside = tokens[begin:end]
    kinds = {token.kind for token in inside}
    signs = (Kind.BINARY, Kind.RELATION)
    spaced = any(one.kind is Kind.SPACE and two.kind in signs for one, two in pairwise(inside))
    # An operator with a space before it stands on the line, or an exponent stood before it.
    return 1.0 * (Kind.SLOT in kinds) + 0.9 * (Kind.BREAK in kinds) + (0.8 if Kind.BREAK in kinds else 1.5) * spaced


def _any_script(run: Sequence[Token]) -> float:
    cost = 0.0
    if any(token.kind is Kind.RELATION for token in run):
        cost += 4.0
    if any(token.kind is Kind.NUMBER and "." in token.text for token in run):
        cost += 2.5
    if any(token.kind in (Kind.BIG, Kind.DOTS, Kind.ACCENT) for token in run):
        cost += 2.0
    if any(token.kind is Kind.BAR for token in run) and run[0].kind is not Kind.BINARY:
        cost += 1.5
    if run[0].kind in (Kind.CLOSE, Kind.COMMA, Kind.RELATION) or run[-1].kind in (
        Kind.OPEN,
        Kind.BINARY,
        Kind.RELATION,
    ):
        cost += 5.0
    if len(run) > 1 and run[0].text == "O" and run[1].kind is Kind.OPEN:
        cost += 4.0
    product = any(one.kind is two.kind is Kind.LETTER for one, two in pairwise(run))
    if product and not all(token.text in _INDEX for token in run if token.kind is Kind.LETTER):
        cost += 1.0
    if len(run) > 1 and any(token.text.isupper() and token.text not in _INDEX for token in run):
        cost += 1.0
    if len(run) > 1 and any(token.kind is Kind.RAISED for token in run[1:]):
        cost += 1.5
    if len(run) > 4:
        cost += 0.5 * min(len(run) - 4, 6)
    return cost + 3.0 * unmatched(run)


def part(tokens: Sequence[Token]) -> float:
    """Cost of a run as an entry of a matrix or a part of a fraction."""
    run = solid(tokens)
    if not run:
        return 8.0
    cost = 4.0 * any(token.kind is Kind.RELATION for token in run) + 2.0 * unmatched(run)
    if run[0].kind in (Kind.CLOSE, Kind.COMMA, Kind.RAISED) or run[-1].kind in (Kind.OPEN, Kind.BINARY):
        cost += 4.0
    if len(run) > 1 and any(token.text in "⋱⋮" for token in run):
        cost += 3.0
    first = next(token for token in tokens if token.kind not in (Kind.SPACE, Kind.BREAK))
    return cost + 0.5 * (first.kind is Kind.SLOT)


def limit(tokens: Sequence[Token]) -> float:
    """Cost of a run as what stands below a sum: an index with its range, or indices."""
    run = solid(tokens)
    if not run:
        return 8.0
    listed = all(token.kind in (Kind.LETTER, Kind.COMMA) for token in run)
    good = any(token.kind is Kind.RELATION for token in run) or listed
    return 0.0 if good and run[0].kind is Kind.LETTER else 3.0


_DOUBLE_BARS = "∥‖"


def unmatched(run: Sequence[Token]) -> int:
    """Brackets without a partner."""
    depth = lost = bars = 0
    for token in run:
        bars += token.text in _DOUBLE_BARS
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            if depth:
                depth -= 1
            else:
                lost += 1
    return depth + lost + bars % 2


def beginning(token: Token) -> float:
    """Cost of a formula that begins with a token."""
    if token.kind in (Kind.CLOSE, Kind.RAISED, Kind.COMMA, Kind.ACCENT):
        return 6.0
    if token.kind is Kind.RELATION:
        return 4.0
    if token.kind is Kind.BINARY and token.text not in "−-±":
        return 4.0
    return 0.0


_SCRIPTED = re.compile(r"(\\[a-zA-Z]{1,20}|[^\W_]|[)\]|])((?:_\{[^{}]{1,40}\})?(?:\^\{[^{}]{1,40}\})?)")
_LAST = re.compile(r"dots, (\\?\w{1,20})$")  # of a list: x_1, …, x
_OF_A_KIND = 0.2
_A_FORMULA = 0.3


def variety(tex: str) -> float:
    """Cost of the different scripted symbols of a formula: one symbol tends to carry the same scripts throughout."""
    cost = _OF_A_KIND * len({found.group() for found in _SCRIPTED.finditer(tex) if found.group(2)})
    last = _LAST.search(tex)
    if last and re.search(re.escape(last.group(1)) + "[_^]", tex):
        cost += 2.0
    return cost


def going_on(tokens: Sequence[Token]) -> float:
    """Cost of a run as what comes after an operator of a formula."""
    marks = solid(tokens[:8])
    if len(marks) >= 3 and (marks[0].text, marks[2].text) == ("(", ")") and len(solid(tokens)) == 3:
        return 1.2  # (α) is rather an exponent
    token = marks[0] if marks else tokens[0]
    return 3.0 if token.kind in (Kind.CLOSE, Kind.RAISED, Kind.COMMA, Kind.ACCENT) else 0.0


def formula(run: Sequence[Token]) -> float:
    """Cost of a run as a whole formula, by its brackets and its size."""
    marks = solid(run)
    cost = _A_FORMULA + 4.0 * unmatched(marks)
    signs = (Kind.RELATION, Kind.BINARY, Kind.COMMA)
    ends = next((token for token in reversed(marks) if token.kind is not Kind.RAISED), None)
    if (
        len(marks) > 1
        and marks[0].text == "("
        and ends
        and ends.text == ")"
        and not any(t.kind in signs for t in marks)
    ):
        cost += 1.5
    if len(marks) == 1:
        cost += 0.7 if marks[0].kind is not Kind.LETTER else 0.0
    return cost
