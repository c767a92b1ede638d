"""Numbers in words as the tokens of the same numbers in digits: “seven tenths”, “two and a half”, “minus three”."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.maths.reading.tokens import Kind, Token, text_at

NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
"""Numbers in words below twenty."""

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
STARTS = _CARDINALS | _SIGNS.keys() | {"half", "square", "the"}
"""Words with which a number may begin."""

_ROOT = ("square", "root", "of")


def spoken(tokens: Sequence[Token], at: int) -> tuple[list[Token], int]:
    """A number in words, with its sign, its fraction and its denominator.

    Args:
        tokens: of a text.
        at: where it begins.

    Returns:
        Its tokens in digits, none where no number stands there, and the index past it.
    """
    word = text_at(tokens, at).lower()
    if word in _SIGNS:
        made, end = spoken(tokens, at + 1)
        return ([sign_at(_SIGNS[word], tokens[at]), *made], end) if made else ([], at)
    if word == "the" and text_at(tokens, at + 1) == "square":
        return spoken(tokens, at + 1)
    if tuple(text_at(tokens, at + k).lower() for k in range(3)) == _ROOT:
        made, end = spoken(tokens, at + 3)
        if not made and at + 3 < len(tokens) and tokens[at + 3].kind is Kind.NUM:
            made, end = [tokens[at + 3]], at + 4
        return ([sign_at("√", tokens[at]), *made], end) if len(made) == 1 else ([], at)
    if word == "half" and text_at(tokens, at + 1) in ("a", "an"):
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
            whole = [_digits(str(value), tokens[at]), sign_at("+", tokens[end]), *_fraction(1, part, tokens[end])]
            return [_bracket("(", tokens[at]), *whole, _bracket(")", tokens[end + 2])], end + 3
    over = quotient_sign(tokens, end)
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


def quotient_sign(tokens: Sequence[Token], at: int) -> int:
    """The index past “over” or “divided by”; 0 where neither stands there.

    Args:
        tokens: of a text.
        at: where they may stand.
    """
    for words in _QUOTIENT:
        if tuple(text_at(tokens, at + k) for k in range(len(words))) == words:
            return at + len(words)
    return 0


def _fraction(above: int, below: int, place: Token) -> list[Token]:
    return [_digits(str(above), place), sign_at("/", place), _digits(str(below), place)]


def _digits(text: str, place: Token) -> Token:
    return place._replace(kind=Kind.NUM, text=text, value=Fraction(text), sub="")


def sign_at(text: str, place: Token) -> Token:
    """An operator in the place of a word.

    Args:
        text: the operator.
        place: the word.
    """
    return place._replace(kind=Kind.OP, text=text, sub="")


def _bracket(text: str, place: Token) -> Token:
    return place._replace(kind=Kind.OPEN if text == "(" else Kind.CLOSE, text=text, sub="")
