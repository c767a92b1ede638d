"""Tokens of matrices made ready for the parser: entries with only space between them, alignment, decimal commas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.maths.reading.arrays import MATRICES
from grader.maths.reading.tokens import Kind, Token, text_at

ARRAY_WORDS = frozenset("array asarray Matrix matrix tensor vector".split())
"""Words that programs call to make a matrix of a list."""

_SETTINGS = frozenset("dtype device requires_grad order copy".split())
_SPECIAL = MATRICES | _SETTINGS | {"&", "\n", "\n\n", "\\\\"}
_ENDS = frozenset(text.replace("begin", "end") for text in MATRICES)
_AFTER = frozenset("! % ° ′".split())
_BEGINNING = frozenset("\\frac \\sqrt \\binom √ ∛ ∜ ( [ ⟨".split())
_LONG_LINE = 50
"""Characters of a line after which numpy may go on with a list in the next one."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Tokens made ready, and where they came from.

    Args:
        tokens: with separators put in and marks of alignment left out.
        origin: for each the index of the token from which it was made, or before which it was put in.
        parted: whether separators were put in.
        gaps: indices of tokens of LaTeX matrices before which an entry or the sign between two is missing.
    """

    tokens: list[Token]
    origin: list[int]
    parted: bool = False
    gaps: tuple[int, ...] = ()


def ready(tokens: Sequence[Token], *, spaced: bool = True) -> Ready:
    """Tokens in which entries of ``[a b; c d]`` are parted by commas, and alignment is gone.

    Args:
        tokens: of a text.
        spaced: space in square brackets without commas parts entries.
    """
    texts = {token.text for token in tokens}
    marks = _splits(tokens) if spaced and "[" in texts else {}
    if not marks and texts.isdisjoint(_SPECIAL) and not any(_is_factor(tokens, i) for i in range(1, len(tokens))):
        return Ready(list(tokens), list(range(len(tokens))))
    out: list[Token] = []
    origin: list[int] = []
    inside = depth = 0  # open matrix environments, and brackets
    skipping = False
    for index, token in enumerate(tokens):
        if depth == 0 and _is_factor(tokens, index):
            out.append(Token(Kind.OP, "*", token.start, token.start))
            origin.append(index)
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        if token.kind is Kind.COMMAND:
            inside += token.text in MATRICES
            inside -= token.text.replace("end", "begin") in MATRICES and token.text.startswith("\\end")
        if not inside and _aligns(tokens, index):
            continue
        if skipping and token.text == ")":
            skipping = False
        elif token.text == "," and text_at(tokens, index + 2) == "=" and text_at(tokens, index + 1) in _SETTINGS:
            skipping = True
        if skipping:
            continue
        if index in marks:
            out.append(separator(marks[index], token.start))
            origin.append(index)
            if token.kind is Kind.NEWLINE:
                continue
        out.append(token)
        origin.append(index)
    return Ready(out, origin, bool(marks), _gaps(out))


def _gaps(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Where LaTeX matrices have an empty cell, or two numbers in one: what is meant there is not said."""
    if not any(token.text in MATRICES for token in tokens):
        return ()
    found, inside, filled, at = [], 0, True, 0
    for index, token in enumerate(tokens):
        if token.text in MATRICES:
            inside, filled, at = inside + 1, False, index
        elif not inside or token.kind is Kind.NEWLINE or token.text == "\\hline":
            continue
        elif token.text == "&" or token.kind is Kind.ROW or token.text in ("\\cr", *_ENDS):
            row_ends = token.text != "&"
            empty_row = row_ends and tokens[at].text != "&"
            if not filled and not empty_row:
                found.append(index)
            filled, at = False, index
            inside -= token.text in _ENDS
        else:
            if filled and token.kind is Kind.NUM and token.space and tokens[index - 1].kind is Kind.NUM:
                found.append(index)
            filled = True
    return tuple(found)


def _is_factor(tokens: Sequence[Token], index: int) -> bool:
    """Whether a list right after a number or a fraction is multiplied by it: ``2[1, 2]``, ``\\frac12 (1, 2)``."""
    if not index or tokens[index].text not in ("[", "("):
        return False
    before = tokens[index - 1]
    if before.kind is not Kind.NUM and before.text not in ("}", ")"):
        return False
    if tokens[index].text == "(":
        return before.text != ")" and _holds_list(tokens, index)
    return not tokens[index].space or text_at(tokens, index + 1) == "["


def _holds_list(tokens: Sequence[Token], index: int) -> bool:
    """Whether a bracket holds a list: a comma stands in it, in no other bracket."""
    depth = 0
    for token in tokens[index : index + _LONGEST_LIST]:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 or token.kind in (Kind.NEWLINE, Kind.WORD):
            return False
        if depth == 1 and token.kind is Kind.SEP:
            return True
    return False


_LONGEST_LIST = 60
"""Tokens of a bracket that are looked at."""


def _squared(tokens: list[Token]) -> list[Token]:
    """Tokens in which round brackets around rows, with semicolons between them, are square ones."""
    opened: list[tuple[int, set[str]]] = []
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            opened.append((index, set()))
        elif token.kind is Kind.SEP and opened and (token.text == ";" or tokens[min(index + 1, len(tokens) - 1)].space):
            opened[-1][1].add(token.text)  # a comma without space may be the decimal sign
        elif token.kind is Kind.CLOSE and opened:
            first, marks = opened.pop()
            if tokens[first].text == "(" and token.text == ")" and marks == {",", ";"}:
                tokens[first] = tokens[first]._replace(text="[")
                tokens[index] = token._replace(text="]")
    return tokens


def pointed(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which ``⟨1, 2⟩`` is ``(1, 2)``, a vector, and ``(5, 2; 2, 1)`` is ``[5, 2; 2, 1]``.

    Args:
        tokens: of a text.
    """
    out = _squared(list(tokens)) if any(token.text == ";" for token in tokens) else list(tokens)
    if "⟨" not in {token.text for token in tokens}:
        return out
    start = -1
    for index, token in enumerate(tokens):
        if token.text == "⟨":
            start = index
        elif token.text == "⟩" and start >= 0:
            out[start], out[index] = tokens[start]._replace(text="("), token._replace(text=")")
            start = -1
        elif token.kind is Kind.OPEN:
            start = -1
    return out


def separator(text: str, at: int) -> Token:
    """A separator that is not in the text.

    Args:
        text: comma or semicolon.
        at: offset at which it is put in.
    """
    return Token(Kind.SEP, text, at, at, False, None)


def _aligns(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token outside of matrices only aligns a chain of equalities: ``&=``, and line breaks before ``=``."""
    token = tokens[index]
    if token.text == "&":
        return True
    if token.kind not in (Kind.ROW, Kind.NEWLINE) or token.text == "\n\n":
        return False
    after = index + 1
    while text_at(tokens, after) == "&" or (after < len(tokens) and tokens[after].text == "\n"):
        after += 1
        if after > index + 4:
            return False
    return text_at(tokens, after) == "="


@dataclass(slots=True)
class _Level:
    """An open bracket: where its items end by sign, and where space or a line break may part them."""

    bracket: str
    start: int
    parted: bool = False
    spaces: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


def _splits(tokens: Sequence[Token]) -> dict[int, str]:
    """Indices of tokens before which a comma is understood, and of line breaks that are semicolons."""
    found: dict[int, str] = {}
    levels: list[_Level] = []
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            if levels and parts(tokens, index):
                levels[-1].spaces.append(index)
            levels.append(_Level(token.text, token.start))
            continue
        if not levels:
            continue
        level = levels[-1]
        if token.kind is Kind.CLOSE:
            levels.pop()
            if level.bracket == "[" and token.text == "]" and not level.parted:
                found.update(dict.fromkeys(level.spaces, ","))
                found.update(dict.fromkeys(_row_breaks(tokens, level), ";"))
        elif token.text in (",", "&") or token.kind is Kind.ROW or token.text in MATRICES:
            level.parted = True
        elif token.text == "\n\n":
            levels.clear()
        elif token.text == "\n":
            level.breaks.append(index)
        elif level.bracket == "[" and parts(tokens, index):
            level.spaces.append(index)
    return found


def _row_breaks(tokens: Sequence[Token], level: _Level) -> list[int]:
    """Line breaks that part rows, as in MATLAB; where a long list goes on in another line they do not."""
    rows, start = [], level.start
    for index in level.breaks:
        if tokens[index].start - start > _LONG_LINE:
            return []
        start = tokens[index].start
        before, after = tokens[index - 1], tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and before.text not in ("[", "]", ";") and after.text not in ("[", "]", "\n"):
            rows.append(index)
    return rows


def parts(tokens: Sequence[Token], index: int) -> bool:
    """Whether the space before a token parts two entries.

    Args:
        tokens: of a text.
        index: of the token.
    """
    token = tokens[index]
    if not index or not token.space or not _ends_operand(tokens[index - 1]):
        return False
    if token.text == "-":
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        return following is not None and not following.space and _begins_operand(following)
    return _begins_operand(token)


def _ends_operand(token: Token) -> bool:
    if token.kind is Kind.WORD:
        return len(token.text) <= 4
    return token.kind in (Kind.NUM, Kind.NAME, Kind.CLOSE) or token.text in _AFTER


def _begins_operand(token: Token) -> bool:
    if token.kind is Kind.WORD:
        return len(token.text) <= 4
    return token.kind in (Kind.NUM, Kind.NAME, Kind.FUNC) or token.text in _BEGINNING


def decimal_commas(tokens: Sequence[Token], brackets: Sequence[str]) -> Ready:
    """Tokens in which ``0,5`` is one number inside of brackets whose items are parted by semicolons.

    Args:
        tokens: of a text.
        brackets: opening ones inside which it is so; "" for outside of all.
    """
    if ";" not in {token.text for token in tokens}:
        return Ready(list(tokens), list(range(len(tokens))))
    levels: list[list[bool]] = [[False]]
    counts = ["" in brackets]
    semicolons: list[list[bool]] = []
    for token in tokens:
        if token.kind is Kind.OPEN:
            levels.append([False])
            counts.append(token.text in brackets)
        elif token.text == ";" and counts[-1]:
            levels[-1][0] = True
        semicolons.append(levels[-1])
        if token.kind is Kind.CLOSE and len(levels) > 1:
            levels.pop()
            counts.pop()
    out, origin = [], []
    at, joined = 0, False
    while at < len(tokens):
        token = tokens[at]
        if semicolons[at][0] and _is_decimal(tokens, at):
            text = f"{token.text}.{tokens[at + 2].text}"
            out.append(token._replace(text=text, value=Fraction(text), end=tokens[at + 2].end))
            origin.append(at)
            at, joined = at + 3, True
            continue
        out.append(token)
        origin.append(at)
        at += 1
    return Ready(out, origin, joined)


def _is_decimal(tokens: Sequence[Token], at: int) -> bool:
    """Whether three tokens are digits, a comma and digits without space, and no more follow."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != ",":
        return False
    whole, comma, places = tokens[at], tokens[at + 1], tokens[at + 2]
    tight = not comma.space and not places.space
    digits = whole.kind is places.kind is Kind.NUM and whole.text.isdecimal() and places.text.isdecimal()
    return tight and digits and text_at(tokens, at + 3) != ","
