"""A cost as it is said: “it grows like n times log n”, “big-O of n squared”, “4 n d bytes”."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.answers._growth.read import HEADS
from grader.maths.reading.tokens import Kind, Token, text_at

_LEADS = frozenset(
    "it it's its the total overall grow grows growing scale scales scaling like as order on of proportional to about "
    "roughly approximately asymptotically is are takes take costs cost needs need requires require uses use we i get "
    "time work depth memory space storage usage complexity runtime running critical path length has have big there "
    "behaves does do at most least growth so hence therefore thus".split()
)
_MARKS = frozenset({"~", "∝", "≈", "∼", ":"})
_TAIL = frozenset(
    "operations operation ops flops flop steps multiplications additions comparisons levels layers numbers floats "
    "bytes entries values parameters scalars words cells time space memory work depth in total overall altogether "
    "asymptotically are is must be needed required stored done many "
    "multiply adds add rounds passes parallel sequential".split()
)
_LONGEST = 60
"""Most tokens of a bare answer; a longer text is a reply, in which classes are looked for."""

_SIGNS = {"times": "*", "plus": "+", "minus": "-", "over": "/"}
_POWERS = {"squared": 2, "cubed": 3}
_POWERS_OF = {"square": 2, "cube": 3}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_REMARKS = frozenset("via using because since due thanks instead compared".split())
"""Behind a cost: how or why it is so."""


def unframed(tokens: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """The bound that is named before a cost, and the cost without the words around it, with signs for operations.

    Args:
        tokens: of a bare answer.

    Returns:
        ``O``, ``Θ`` … or "", and tokens; the same ones where there are no such words.
    """
    first, last, head = 0, len(tokens), ""
    if last > _LONGEST:
        return head, tokens
    while first < last and (tokens[first].text.lower() in _LEADS or tokens[first].text in _MARKS):
        first += 1 + (text_at(tokens, first + 1) == "-")  # big-O
        if text_at(tokens, first) in HEADS and text_at(tokens, first + 1) == "of":
            head, first = HEADS[tokens[first].text], first + 2
    if not first and text_at(tokens, 0) in HEADS and text_at(tokens, 1) == "of":
        head, first = HEADS[tokens[0].text], 2
    behind = (at for at in range(first + 2, last) if _of_what(tokens, at))
    last = next(behind, last)
    while last > first + 1 and tokens[last - 1].kind is Kind.WORD and tokens[last - 1].text.lower() in _TAIL:
        last -= 1 + (tokens[last - 2].text == "-")  # multiply-adds
    remark = (at for at in range(first + 1, last) if tokens[at].text.lower() in _REMARKS)
    kept = tokens[first : next(remark, last)]
    told = any(token.kind is Kind.WORD for token in kept)
    return head, _in_signs(kept) if told else kept


def _in_signs(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with signs for the words of operations."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        words = [text_at(tokens, at + k).lower() for k in range(5)]
        name = tokens[at + 2] if words[0] in _POWERS_OF and words[1] == "of" and at + 2 < len(tokens) else None
        if name is not None and name.kind is Kind.NAME:  # “the cube of d”
            out += [name, *_power(tokens[at], _POWERS_OF[words[0]])]
            at += 3
        elif words[:2] == ["to", "the"] and words[3:4] == ["power"] and words[2] in _ORDINALS:
            out += _power(tokens[at], _ORDINALS[words[2]])  # “to the third power”
            at += 4
        elif words[:3] == ["to", "the", "power"]:
            out.append(tokens[at]._replace(kind=Kind.OP, text="^"))
            at += 3 + (words[3] == "of")
        elif words[:3] == ["square", "root", "of"]:
            out.append(tokens[at]._replace(kind=Kind.OP, text="√"))
            at += 3
        elif words[0] == "base" and out and out[-1].kind is Kind.FUNC:  # “log base 2 of T”
            at += 2 + (words[2] == "of")
        else:
            out += _signed(tokens, at)
            at += 1
    return out


def _of_what(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is said from a token on of what something is counted: “log n rounds of the scan”."""
    return tokens[at].text == "of" and tokens[at - 1].kind is Kind.WORD and tokens[at - 1].text.lower() in _TAIL


def _power(token: Token, power: int) -> list[Token]:
    """A power that stands for a word."""
    number = token._replace(kind=Kind.NUM, text=str(power), value=Fraction(power))
    return [token._replace(kind=Kind.OP, text="^"), number]


def _signed(tokens: Sequence[Token], at: int) -> list[Token]:
    """A token, or the signs that a word stands for."""
    token = tokens[at]
    word = token.text.lower()
    if token.kind is not Kind.WORD:
        return [token]
    if word in _SIGNS:
        return [token._replace(kind=Kind.OP, text=_SIGNS[word])]
    if word in _POWERS:
        return _power(token, _POWERS[word])
    return [] if word == "of" and at and tokens[at - 1].kind is Kind.FUNC else [token]
