"""How a line of a formula may end: with exponents set so close that they look like what stands on the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.intake.repair.torn.lines import (
    CARRIERS,
    NUMBER_BEHIND,
    OPERATORS,
    POWERS,
    UNNUMBERED,
    Atom,
    Flow,
    Gap,
    Item,
    Line,
)
from grader.intake.repair.torn.reading import Caveat
from grader.intake.repair.torn.spelling import joined, raised, spelled
from grader.intake.repair.torn.tokens import Kind, Token

_CALLED = frozenset("OΘΩfgpPTEFGqo")
_SETS = frozenset("RCZNQS")
_LONGEST_POWER = 8
_INSIDE_POWER = (Kind.LETTER, Kind.NUMBER, Kind.BINARY)

_Way = tuple[int, tuple[Atom, ...], float, tuple[Caveat, ...]]
"""How many items at the end of a line go, what comes instead, the cost of it, and what makes it less than sure."""

_AS_IT_IS: _Way = (0, (), 0.0, ())


def ended(line: Line, end: int, cost: float = 0.0, after: str = "") -> Iterator[Flow]:
    """The ways in which a line may end without an operator.

    Args:
        line: so far; not empty.
        end: index of the first token after it.
        cost: of ending there.
        after: the operator before the line.
    """
    items = line.items
    last = items[-1]
    if line.piece and len(items) > 1 and isinstance(last, Atom) and last.token.kind in OPERATORS:
        return
    for gone, instead, more, caveats in _ways(items, line.piece, after):
        kept = items[: len(items) - gone]
        yield Flow((*kept, *instead, Gap.END), end, "", line.cost + cost + more, line.inner, caveats)


def _ways(items: Sequence[Item], piece: bool, after: str) -> Sequence[_Way]:
    last = items[-1]
    if not isinstance(last, Atom):
        return (_AS_IT_IS,)
    if after == "×" and re.fullmatch(r"10\d{1,2}", last.tex):
        power = Atom(f"10^{{{last.tex[2:]}}}", False, last.token)
        return (1, (power,), 0.0, (Caveat.GLUED_POWER,)), (0, (), 1.0, (Caveat.GLUED,))
    if (bracketed := _bracketed(items)) is not None:
        return bracketed
    base = items[-2] if len(items) > 1 else None
    if not isinstance(base, Atom):
        return (_AS_IT_IS,)
    first = items[-3] if len(items) > 2 else None
    if isinstance(first, Atom) and first.carries and base.tex == "-" and last.token.kind is Kind.NUMBER:
        return _inverse(first, last, piece)
    return _close_upon(base, last, after)


def _inverse(first: Atom, last: Atom, piece: bool) -> Sequence[_Way]:
    """A bracket, a minus and a number without spaces: an inverse."""
    closes = first.token.kind is Kind.CLOSE
    if not closes and (piece or not first.token.text.isupper()):
        return (_AS_IT_IS,)
    power = Atom(raised(f"-{last.tex}"), False, last.token)
    return (2, (power,), 0.0, () if closes else (Caveat.GLUED_POWER,)), (0, (), 2.0, ())


def _close_upon(base: Atom, last: Atom, after: str) -> Sequence[_Way]:
    """An atom close upon another: x2, ∥p∥2, Rd, Aj, 2N."""
    one, two = base.token, last.token
    power = (Atom(raised(last.tex), False, two),)
    if base.carries and two.kind is Kind.NUMBER and one.kind is not Kind.NUMBER:
        plain = two.text in ("0", "1") or "." in two.text
        caveat = Caveat.GLUED if plain else Caveat.GLUED_POWER
        back = NUMBER_BEHIND if one.kind in UNNUMBERED else 0.0  # that cost was for a number on the line
        return (1, power, 0.1 - back, (caveat,)), (0, (), 1.0, (Caveat.GLUED,))
    if two.kind is not Kind.LETTER:
        return (_AS_IT_IS,)
    if after == "∈" and one.text in _SETS:
        return ((1, power, 0.0, (Caveat.GLUED_POWER,)),)
    if base.carries and two.text in POWERS and _may_have_power(one, two):
        return (1, power, 0.1, (Caveat.GLUED,)), (0, (), 0.6, (Caveat.GLUED,))
    if one.kind is Kind.LETTER and two.text in "ijt":  # an index whose mark is lost, or a factor
        return ((0, (), 0.0, (Caveat.GLUED,)),)
    return (_AS_IT_IS,)


def _may_have_power(base: Token, power: Token) -> bool:
    if base.kind is Kind.LETTER:
        return base.text.isupper() or base.text == "e"
    return base.kind is Kind.NUMBER and (base.text == "2" or not power.text.islower())


def _bracketed(items: Sequence[Item]) -> Sequence[_Way] | None:
    """An exponent such as (1) behind a letter; it looks like what a function is called with."""
    if len(items) < 4:
        return None
    spaced = len(items) > 4 and items[-4] in (Gap.NARROW, Gap.LEANING)
    base, opens, inside, closes = items[-5 if spaced else -4], items[-3], items[-2], items[-1]
    if not (
        isinstance(base, Atom) and isinstance(opens, Atom) and isinstance(inside, Atom) and isinstance(closes, Atom)
    ):
        return None
    kinds = (base.token.kind, opens.token.kind, closes.token.kind)
    if kinds != (Kind.LETTER, Kind.OPEN, Kind.CLOSE) or base.token.text in _CALLED:
        return None
    power = (Atom(f"^{{({inside.tex})}}", False, closes.token),)
    gone = 4 if spaced else 3
    return (gone, power, 0.2, (Caveat.GLUED,)), (0, (), 0.6 if spaced else 0.1, (Caveat.GLUED,))


def with_tight_power(line: Line, tokens: Sequence[Token], at: int) -> Iterator[Flow]:
    """The line with an exponent such as −x or n−1 that is set on it, without spaces, up to its end.

    Args:
        line: up to an operator.
        tokens: of a block of fragments.
        at: index of the operator.
    """
    end = _tight_end(tokens, at)
    head = list(line.items[:-1]) if isinstance(line.last(), Gap) else list(line.items)
    last = head[-1] if head else None
    if end is None or not isinstance(last, Atom) or last.token.kind not in CARRIERS or last.token.text == "ℓ":
        return
    power = [spelled(token) for token in tokens[at:end]]
    before = head[-2] if len(head) > 1 else None
    small = last.token.kind is Kind.LETTER and last.token.text.islower() and last.token.text != "e"
    if small and isinstance(before, Atom) and before.carries:
        head.pop()
        power.insert(0, last.tex)
    atom = Atom(raised(joined(power)), False, tokens[at])
    yield Flow((*head, atom, Gap.END), end + 1, "", line.cost + 0.2, line.inner, (Caveat.GLUED_POWER,))


def _tight_end(tokens: Sequence[Token], at: int) -> int | None:
    """Index of the break after a sign and what stands close behind it; None where something else follows."""
    if tokens[at].kind is not Kind.BINARY or at == 0 or tokens[at - 1].kind in (Kind.SPACE, Kind.BREAK, Kind.SLOT):
        return None
    for end in range(at + 1, min(len(tokens), at + _LONGEST_POWER)):
        if tokens[end].kind is Kind.BREAK:
            return end if end > at + 1 else None
        if tokens[end].kind not in _INSIDE_POWER:
            return None
    return None
