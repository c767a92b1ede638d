"""Numbers in words: “seven tenths”, “two and a half”, “minus three”, “7 over 10”, “70 % of 10”, “the square root of 5”.

They become the tokens that stand for the same number in digits. In prose a word such as “one” is more often no
number, so that there only what ends a statement counts: “the rank is two.”
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.answers._numbers.commas import Joined
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.sets.phrases import NUMBERS

_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_PARTS = {
    word: value
    for value, word in enumerate(
        "half third quarter fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth".split(),
        start=2,
    )
} | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
_PLURAL = {"halves": 2} | {word + "s": value for word, value in _PARTS.items() if value > 2}
_SIGNS = {"minus": "-", "negative": "-", "plus": "+"}
_QUOTIENT = (("over",), ("divided", "by"))
_CARDINALS = NUMBERS.keys() | _TENS.keys()
_STARTS = _CARDINALS | _SIGNS.keys() | {"half", "square", "the"}
_SPOKEN = (_STARTS | {"over", "divided", "of"}) - {"the"}
_BEFORE = frozenset("is are be was equals equal yields gives gets get to answer namely exactly so thus hence".split())
_ROOT = ("square", "root", "of")


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
        return [_sign("*", token)], at + 1
    if token.kind is Kind.NUM:
        end = _quotient_sign(tokens, at + 1)
        if not end or end >= len(tokens) or tokens[end].kind is not Kind.NUM or not _ends(tokens, end + 1):
            return None
        return [token, _sign("/", tokens[end - 1]), tokens[end]], end + 1
    if token.kind is not Kind.WORD or token.text.lower() not in _STARTS:
        return None
    made, end = _spoken(tokens, at)
    apart = bare and (at == 0 or tokens[at - 1].kind is not Kind.WORD)
    if not made or not (apart or _is_told(tokens, at)) or not _ends(tokens, end):
        return None
    return made, end


def _spoken(tokens: Sequence[Token], at: int) -> tuple[list[Token], int]:
    """A number in words from here on, with its sign, its fraction and its denominator; nothing where none stands."""
    word = text_at(tokens, at).lower()
    if word in _SIGNS:
        made, end = _spoken(tokens, at + 1)
        return ([_sign(_SIGNS[word], tokens[at]), *made], end) if made else ([], at)
    if word == "the" and text_at(tokens, at + 1) == "square":
        return _spoken(tokens, at + 1)
    if tuple(text_at(tokens, at + k).lower() for k in range(3)) == _ROOT:
        made, end = _spoken(tokens, at + 3)
        if not made and at + 3 < len(tokens) and tokens[at + 3].kind is Kind.NUM:
            made, end = [tokens[at + 3]], at + 4
        return ([_sign("√", tokens[at]), *made], end) if len(made) == 1 else ([], at)
    if word == "half" and text_at(tokens, at + 1) in ("of", "a", "an"):
        return [], at
    if word == "half":
        return _fraction(1, 2, tokens[at]), at + 1
    value, end = _cardinal(tokens, at)
    if value is None:
        return [], at
    below = _PLURAL.get(text_at(tokens, end)) or _PARTS.get(text_at(tokens, end))
    if below:
        return _fraction(value, below, tokens[at]), end + 1
    if text_at(tokens, end) == "point" and text_at(tokens, end + 1) in NUMBERS:
        digits, end = "", end + 1
        while text_at(tokens, end) in NUMBERS:
            digits, end = digits + str(NUMBERS[text_at(tokens, end)]), end + 1
        return [_digits(f"{value}.{digits}", tokens[at])], end
    if text_at(tokens, end) == "and" and text_at(tokens, end + 1) in ("a", "one", "an"):
        part = _PARTS.get(text_at(tokens, end + 2))
        if part:
            whole = [_digits(str(value), tokens[at]), _sign("+", tokens[end]), *_fraction(1, part, tokens[end])]
            return [_bracket("(", tokens[at]), *whole, _bracket(")", tokens[end + 2])], end + 3
    over = _quotient_sign(tokens, end)
    if over:
        below, after = _cardinal(tokens, over)
        if below is not None:
            return _fraction(value, below, tokens[at]), after
    return [_digits(str(value), tokens[at])], end


def _cardinal(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """A whole number in words, and the index past it: “one thousand and twenty-four”."""
    total, group, read = 0, 0, at
    while True:
        word = text_at(tokens, at).lower()
        if word in NUMBERS and (group % 100 == 0 or (group % 10 == 0 and group % 100 > 10 and 0 < NUMBERS[word] < 10)):
            group += NUMBERS[word]
        elif word in _TENS and group % 100 == 0:
            group += _TENS[word]
        elif word == "hundred" and 0 < group < 10 and at > read:
            group *= 100
        elif word in _LARGE and group:
            total, group = total + group * _LARGE[word], 0
        elif at > read and word in ("and", "-") and text_at(tokens, at + 1).lower() in _CARDINALS:
            if word == "and" and not (text_at(tokens, at - 1).lower() in _LARGE or group % 100 == 0 < group):
                break  # “two and three” are two numbers
            at += 1
            continue
        else:
            break
        at += 1
    return (total + group, at) if at > read else (None, at)


def _quotient_sign(tokens: Sequence[Token], at: int) -> int:
    """The index past “over” or “divided by” at a token; 0 where neither stands there."""
    for words in _QUOTIENT:
        if tuple(text_at(tokens, at + k) for k in range(len(words))) == words:
            return at + len(words)
    return 0


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


def _fraction(above: int, below: int, place: Token) -> list[Token]:
    return [_digits(str(above), place), _sign("/", place), _digits(str(below), place)]


def _digits(text: str, place: Token) -> Token:
    return place._replace(kind=Kind.NUM, text=text, value=Fraction(text), sub="")


def _sign(text: str, place: Token) -> Token:
    return place._replace(kind=Kind.OP, text=text, sub="")


def _bracket(text: str, place: Token) -> Token:
    return place._replace(kind=Kind.OPEN if text == "(" else Kind.CLOSE, text=text, sub="")
