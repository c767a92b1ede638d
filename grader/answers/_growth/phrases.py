"""Growth in words: “linear in n”, “quadratic in d and linear in n”, “constant time”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.answers._growth.read import Bound, Run
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Binary, Call, Node, Number, Symbol

_POWERS = {"linear": 1, "quadratic": 2, "cubic": 3, "quartic": 4}
_LOGS = frozenset({"logarithmic", "log"})
_OTHERS = frozenset({"constant", "linearithmic", "quasilinear", "loglinear", "polylogarithmic"})
_SORTS = frozenset({*_POWERS, *_LOGS, *_OTHERS}) - {"log"}
_MEASURES = frozenset("time work depth cost complexity space memory growth operations steps path runtime".split())
_JOINTS = frozenset({"and", ",", "times", "*", "×", "but"})
_ONE = Number(Fraction(1), "1")


def phrase_at(tokens: Sequence[Token], at: int, variables: Sequence[str]) -> Run | None:
    """The growth that words from a token on tell of, or None.

    Args:
        tokens: of the text.
        at: index of the first word.
        variables: declared names; a phrase without a variable is about the only one.
    """
    node: Node | None = None
    measured = False
    last = at
    while last < len(tokens):
        sort = tokens[last].text.lower()
        if sort not in _SORTS:
            break
        after = last + 1
        while after < len(tokens) and tokens[after].text.lower() in _MEASURES:
            after, measured = after + 1, True
        name = ""
        if after + 1 < len(tokens) and tokens[after].text == "in" and tokens[after + 1].kind is Kind.NAME:
            name, after = tokens[after + 1].symbol, after + 2
        elif sort != "constant" and (node is not None or len(variables) != 1):
            break
        factor = _ONE if sort == "constant" else _factor(sort, _symbol(name or variables[0]))
        node = factor if node is None else Binary("*", node, factor)
        measured = measured or bool(name)
        last = end = after
        while last < len(tokens) and tokens[last].text.lower() in _JOINTS and last < end + 2:
            last += 1
        if last == end or last >= len(tokens) or tokens[last].text.lower() not in _SORTS:
            return Run(at, end, Bound("", node)) if measured or (at == 0 and end == len(tokens)) else None
    return None


def _symbol(name: str) -> Symbol:
    letter, _, sub = name.partition("_")
    return Symbol(letter, sub)


def _factor(sort: str, symbol: Node) -> Node:
    log = Call("log", (symbol,))
    if sort in _LOGS:
        return log
    if sort == "polylogarithmic":
        return Call("polylog", (symbol,))
    if sort in _POWERS:
        power = _POWERS[sort]
        return symbol if power == 1 else Binary("^", symbol, Number(Fraction(power), str(power)))
    return Binary("*", symbol, log)


def find_phrases(tokens: Sequence[Token], variables: Sequence[str]) -> Iterator[Run]:
    """Growth told in words about declared variables.

    Args:
        tokens: of the text.
        variables: declared names; without any, nothing is found.
    """
    at = 0
    while variables and at < len(tokens):
        run = phrase_at(tokens, at, variables) if tokens[at].text.lower() in _SORTS else None
        if run is None:
            at += 1
            continue
        yield run
        at = run.last
