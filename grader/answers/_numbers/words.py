"""Numbers in words: “seven tenths”, “two and a half”, “minus three”, “7 over 10”, “70 % of 10”, “the square root of 5”.

They become the tokens that stand for the same number in digits. In prose a word such as “one” is more often no
number, so that there only what ends a statement counts: “the rank is two.”
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers._numbers.commas import Joined
from grader.maths.reading.numerals import STARTS, quotient_sign, sign_at, spoken
from grader.maths.reading.tokens import Kind, Token, text_at

_SPOKEN = (STARTS | {"over", "divided", "of"}) - {"the"}
_BEFORE = frozenset("is are be was equals equal yields gives gets get to answer namely exactly so thus hence".split())


def speaks(tokens: Sequence[Token]) -> bool:
    """Whether any word of a number stands among the tokens.

    Args:
        tokens: of a text.
    """
    word = Kind.WORD
    return any(token.kind is word and token.text.lower() in _SPOKEN for token in tokens)


def with_digits(joined: Joined, *, bare: bool) -> Joined:
    """The tokens, with digits and signs in place of the words of numbers.

    Args:
        joined: tokens, and where they came from.
        bare: they are an answer and nothing else; in prose a word counts only where it ends a statement.
    """
    tokens = joined.tokens
    if not speaks(tokens):
        return joined
    out, first, last = list[Token](), list[int](), list[int]()
    at = 0
    while at < len(tokens):
        found = _number(tokens, at, bare) or ([tokens[at]], at + 1)
        made, end = found
        out += made
        replaced = end - at != 1 or made[0] is not tokens[at]
        first += [joined.first[at]] * len(made)
        last += [joined.last[end - 1] if replaced else joined.last[at]] * len(made)
        at = end
    return Joined(out, first, last)


def _number(tokens: Sequence[Token], at: int, bare: bool) -> tuple[list[Token], int] | None:
    """The tokens in digits of the number that begins here, and the index past it; None where none in words does."""
    token = tokens[at]
    if token.text == "of" and _is_share(tokens, at):
        return [sign_at("*", token)], at + 1
    if token.kind is Kind.NUM:
        end = quotient_sign(tokens, at + 1)
        if not end or end >= len(tokens) or tokens[end].kind is not Kind.NUM or not _ends(tokens, end + 1):
            return None
        return [token, sign_at("/", tokens[end - 1]), tokens[end]], end + 1
    if token.kind is not Kind.WORD or token.text.lower() not in STARTS:
        return None
    made, end = spoken(tokens, at)
    if len(made) > 2 and text_at(tokens, end) == "of" and end + 1 < len(tokens) and tokens[end + 1].kind is Kind.NUM:
        made, end = [*made, sign_at("*", tokens[end]), tokens[end + 1]], end + 2  # “half of 8”
    apart = bare and (at == 0 or tokens[at - 1].kind is not Kind.WORD)
    if not made or not (apart or _is_told(tokens, at)) or not _ends(tokens, end):
        return None
    return made, end


def _is_share(tokens: Sequence[Token], at: int) -> bool:
    """Whether “of” multiplies: between percent, or a fraction, and a number."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind is not Kind.NUM or at < 2:
        return False
    if text_at(tokens, at - 1) in ("%", "percent"):
        return True
    fraction = tokens[at - 1].kind is Kind.NUM and text_at(tokens, at - 2) == "/"
    return fraction or ((tokens[at - 1].value or 1).denominator > 1 and "." not in tokens[at - 1].text)


def _is_told(tokens: Sequence[Token], at: int) -> bool:
    """Whether what begins here is what is said of something: “is zero”, “= one half”."""
    before = tokens[at - 1] if at else None
    if before is not None and before.text in ("a", "an", "the", "exactly", "just") and at > 1:
        before = tokens[at - 2]
    if before is None:
        return True
    return before.text in ("=", "≈", ":") or before.kind is Kind.NEWLINE or before.text.lower() in _BEFORE


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a statement ends here, or goes on with an equals sign."""
    return at >= len(tokens) or tokens[at].kind in (Kind.PUNCT, Kind.NEWLINE, Kind.SEP) or tokens[at].text in "=≈)"
