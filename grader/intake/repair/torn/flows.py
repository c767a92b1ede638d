"""What of a formula stands on its own line: the atoms, and the gaps and marks where other pieces belong.

A typesetter for the web paints a formula in two goes. First goes what stands on the line, with an empty space where a
script, a fraction or a matrix will be; then, in the order of those spaces, go the pieces. A top-level operator or
relation ends such a go; what follows it is painted after the pieces. This module finds where a go may end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.intake.repair.torn.endings import ended, with_tight_power
from grader.intake.repair.torn.lines import OPERATORS, Atom, Flow, Gap, Line, Slots
from grader.intake.repair.torn.spelling import spelled
from grader.intake.repair.torn.tokens import FUNCTIONS, Kind, Token

MOST_TOKENS = 90
"""A line of a formula is not followed further than this."""

_MOST_WIDE = 6
_MOST_WIDE_IN_PIECE = 2
_WIDE_IN_PIECE = 0.7
_PART_AT_SPACE = 0.4
_PIECE_AT_SPACE = 0.6
_SHORT_PIECE_AT_SPACE = 0.3
_PIECE_AT_BRACKET = 0.2
_GLUED_PIECES = 1.0
_GLUED_MARKS = 0.3
_LEANING = frozenset("VY")
_NO_SPACE = 1.6
"""Cost of an operator on the line without a space before it: only scripts are set so. A space after ℓ is often lost."""
_BEFORE_OPERATORS = (Gap.AT_OPERATOR, Gap.WIDE_AT_OPERATOR, Gap.AFTER_SLOT)
_NO_PIECE = (Kind.CLOSE, Kind.COMMA, Kind.RELATION, Kind.ACCENT)
_WHITE = (Kind.SPACE, Kind.BREAK)


def flows(tokens: Sequence[Token], begin: int, large: bool) -> Iterator[Flow]:
    """The ways in which a line of a formula that begins at a token may go.

    Args:
        tokens: of a block of fragments.
        begin: index of the first token; neither a space nor a break.
        large: whether large brackets come soon, so that operators may stand inside.
    """
    line = Line([Gap.START])
    before = _operator_before(tokens, begin)
    for at in range(begin, min(len(tokens), begin + MOST_TOKENS)):
        token = tokens[at]
        if token.kind in _WHITE:
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if token.kind is Kind.BREAK:
                yield from ended(line, at + 1, 0.0, before)
            elif _may_part(line, after):
                yield from ended(line, at + 1, _PART_AT_SPACE, before)
            if not _widen(line, tokens, at, begin):
                return
        elif token.kind is Kind.SLOT:
            line.mark()
            if _close_upon(tokens, at):
                yield Flow(tuple(line.items), at + 1, "", line.cost, line.inner)
        elif is_operator(tokens, at, begin):
            if line.last() not in _BEFORE_OPERATORS:
                line.items.append(Gap.AT_OPERATOR)
            yield from with_tight_power(line, tokens, at)
            if token.kind is Kind.BINARY and tokens[at - 1].kind not in (*_WHITE, Kind.SLOT):
                line.cost += _NO_SPACE if tokens[at - 1].text != "ℓ" else _NO_SPACE / 2
            yield Flow(tuple(line.items), at + 1, spelled(token), line.cost, line.inner)
            if not large:
                return
            line.inner = True
            line.items.append(Atom(spelled(token), False, token))
        else:
            line.add(token, _ends_run(tokens, at))


def piece_flows(tokens: Sequence[Token], begin: int) -> Iterator[Flow]:
    """The ways in which a piece that begins at a token may go; operators do not end it.

    Args:
        tokens: of a block of fragments.
        begin: index of its first token; neither a space nor a break.
    """
    if tokens[begin].kind in _NO_PIECE:
        return
    if tokens[begin].kind is Kind.RAISED:
        yield _raised_marks(tokens, begin)
        return
    line = Line(piece=True)
    depth = 0
    for at in range(begin, min(len(tokens), begin + MOST_TOKENS)):
        token = tokens[at]
        if token.kind in _WHITE:
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if token.kind is Kind.BREAK:
                yield from ended(line, at + 1)
            elif _may_part(line, after) or (after is not None and after.kind is Kind.RAISED):
                yield from ended(line, at + 1, _PIECE_AT_SPACE if len(line.items) > 1 else _SHORT_PIECE_AT_SPACE)
            if not _widen(line, tokens, at, begin):
                return
        elif token.kind is Kind.SLOT:
            line.mark()
            if _close_upon(tokens, at):
                yield Flow(tuple(line.items), at + 1, "", line.cost)
        else:
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            if depth < 0:
                if line.items:
                    yield from ended(line, at, _PIECE_AT_BRACKET)
                return
            line.add(token, _ends_run(tokens, at))
            if at == begin and _glued(tokens, at):
                yield from ended(line, at + 1, _GLUED_PIECES)


def _glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number may be an exponent, with the next piece close upon it."""
    return tokens[at].kind is Kind.NUMBER and at + 1 < len(tokens) and tokens[at + 1].kind is Kind.LETTER


def _raised_marks(tokens: Sequence[Token], begin: int) -> Flow:
    """⊤, or primes: all of a piece, with what stands close behind it another one."""
    end = begin + 1
    while end < len(tokens) and tokens[end] == tokens[begin]:
        end += 1
    marks = tuple(Atom(spelled(token), False, token) for token in tokens[begin:end])
    close = end < len(tokens) and tokens[end].kind not in _WHITE
    return Flow((*marks, Gap.END), end if close else end + 1, "", _GLUED_MARKS * close)


def is_operator(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether the token at ``at`` ends a line that began at ``begin``: not a sign, not a raised −1."""
    token = tokens[at]
    if token.kind is Kind.RELATION:
        return True
    if token.kind is not Kind.BINARY:
        return False
    before = at - 1
    while before >= begin and tokens[before].kind in _WHITE:
        before -= 1
    if before < begin or tokens[before].kind in (Kind.OPEN, Kind.COMMA, *OPERATORS):
        return False
    return not _is_inverse(tokens, at) and not _is_star(tokens, at)


def _is_inverse(tokens: Sequence[Token], at: int) -> bool:
    """Whether a minus close upon a bracket or letter, with a number and then a break, is the −1 of an inverse."""
    if tokens[at].text not in "-−" or at == 0 or at + 2 >= len(tokens) or tokens[at + 1].kind is not Kind.NUMBER:
        return False
    before = tokens[at - 1]
    carries = before.kind is Kind.CLOSE or (before.kind is Kind.LETTER and before.text.isupper())
    return carries and tokens[at + 2].kind in _WHITE


def _is_star(tokens: Sequence[Token], at: int) -> bool:
    """Whether a star right behind a mark, at the end of its run, is a script."""
    close = at > 0 and tokens[at - 1].kind is Kind.SLOT and tokens[at].text in "∗*⋆"
    return close and (at + 1 == len(tokens) or tokens[at + 1].kind is Kind.BREAK)


def _ends_run(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token ends its run and no mark follows."""
    if at + 1 < len(tokens) and tokens[at + 1].kind is not Kind.BREAK:
        return False
    return at + 2 >= len(tokens) or tokens[at + 2].kind is not Kind.SLOT


def _operator_before(tokens: Sequence[Token], begin: int) -> str:
    """The operator that ended the line before: right before this one, or before the scripts of that."""
    near = (token.text for token in reversed(tokens[max(0, begin - 8) : begin]) if token.kind in OPERATORS)
    return next(near, "")


def _close_upon(tokens: Sequence[Token], at: int) -> bool:
    """Whether a piece may stand right behind a mark, at the end of the line: a script that ends a formula does."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and (after.kind in (Kind.LETTER, Kind.NUMBER) or _is_star(tokens, at + 1))


def _may_part(line: Line, after: Token | None) -> bool:
    """Whether something new may begin after a space."""
    last = line.last_atom()
    if last is None or after is None or after.kind in (*OPERATORS, Kind.COMMA, Kind.CLOSE, Kind.RAISED):
        return False
    if last.token.kind is after.kind is Kind.WORD:
        return False
    return last.token.kind not in (Kind.OPEN, Kind.COMMA, *OPERATORS)


def _widen(line: Line, tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Enter what a space or break may hide; False where the line cannot go on."""
    if at + 1 == len(tokens):
        return False
    last, after = line.last(), tokens[at + 1]
    wide = tokens[at].kind is Kind.BREAK
    if isinstance(last, Atom) and last.token.kind is Kind.NUMBER and after.kind is Kind.NUMBER:
        return False
    if after.kind is Kind.SLOT:
        if wide and isinstance(last, Atom):
            line.items.append(Gap.AT_SLOT)
        return True
    if wide:
        line.wide += 1
        line.cost += _WIDE_IN_PIECE * line.piece
        if line.wide > (_MOST_WIDE_IN_PIECE if line.piece else _MOST_WIDE):
            return False
    if isinstance(last, Slots):
        if wide:
            signs = (*OPERATORS, Kind.CLOSE, Kind.COMMA)
            line.items.append(Gap.AFTER_SLOT if after.kind in signs else Gap.BEHIND_SLOT)
    elif isinstance(last, Atom):
        gap = _gap(last, after, wide, is_operator(tokens, at + 1, begin), line.piece)
        if gap is not None:
            line.items.append(gap)
    return True


def _gap(last: Atom, after: Token, wide: bool, operator: bool, piece: bool) -> Gap | None:
    """What kind of gap stands between an atom and a token; None where a space always stands there."""
    if operator:
        return Gap.WIDE_AT_OPERATOR if wide else Gap.SCRIPT_AT_OPERATOR if piece else Gap.AT_OPERATOR
    if wide:
        return Gap.WIDE
    if not last.carries or last.token.kind is Kind.WORD or after.kind is Kind.RAISED:
        return None
    if after.kind is Kind.WORD:
        return Gap.AT_OPERATOR if after.text in FUNCTIONS else None
    return Gap.LEANING if last.token.text in _LEANING else Gap.NARROW
