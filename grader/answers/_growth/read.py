"""Costs and classes out of tokens: ``O(n d²)``, ``Θ(log L + log d)``, ``n log n``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from grader.diagnostics import AnswerError
from grader.maths.reading.parser import (
    NotAnExpressionError,
    narrow_reading,
    parse_all,
    parse_prefix,
    unreadable,
)
from grader.maths.reading.scope import CONSTANTS, Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Binary, Call, Listing, Matrix, Node, Number, Relation, Symbol, symbols_in, walk

HEADS = {"O": "O", "Θ": "Θ", "θ": "Θ", "Ω": "Ω", "ω": "ω", "o": "o", "Õ": "Õ"}
"""How a class begins, and what it is; ``theta(n)`` is Θ."""

WHAT = "a growth class such as O(n log n)"
"""What was expected, for messages."""

_FUNCTIONS = frozenset({*HEADS, "polylog", "ceiling"})
_REACH = 200
"""Most tokens between the brackets of a class."""

_LEFT = 24
"""Most tokens of factors and terms before a class."""

_LINE = 60
"""Most tokens of a bare cost in prose."""

_new = tuple.__new__
_LOG_IN_WORD = re.compile(r"([A-Za-z]{0,3})(log|ln|lg)([A-Za-z]{0,3})")
_NO_ANSWER = frozenset("no yes idk na n/a ok all any it i so we not tbd nil am".split())
_OPERAND = (Kind.NAME, Kind.NUM, Kind.CLOSE, Kind.OPEN, Kind.FUNC)
_FORMULA = frozenset("+ * / ^ ! \\frac √ \\sqrt \\binom".split())
_NO_COST = (Listing, Relation, Matrix)


@dataclass(frozen=True, slots=True)
class Bound:
    """A class of functions, or a bare cost.

    Args:
        head: ``O``, ``Θ``, ``Ω``, ``o``, ``ω``, ``Õ``, or "" for a bare cost.
        node: the tree of the function.
        other: the same where “log n d” is read as (log n) d; None where there is nothing of the kind.
    """

    head: str
    node: Node
    other: Node | None = None


@lru_cache(maxsize=512)
def scope_of(variables: tuple[str, ...]) -> Scope:
    """The scope in which costs are read.

    Args:
        variables: declared names.
    """
    known = CONSTANTS | frozenset(variables)
    return Scope(known, True, frozenset(), _FUNCTIONS - known)


def prepared(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with ``nlogn`` cut into its parts, ``polylog`` a function, and “n choose 2” as its command."""
    out: list[Token] = []
    for token in tokens:
        if token.kind is not Kind.WORD:
            out.append(token)
        elif token.text == "choose":
            out.append(token._replace(kind=Kind.COMMAND, text="\\choose"))
        elif token.text == "polylog":
            out.append(token._replace(kind=Kind.FUNC))
        elif m := _LOG_IN_WORD.fullmatch(token.text):
            out.extend(_pieces(token, m))
        else:
            out.append(token)
    return out


def _pieces(token: Token, m: re.Match[str]) -> Iterator[Token]:
    for group in (1, 2, 3):
        if text := m.group(group):
            kind = Kind.FUNC if group == 2 else Kind.NAME if len(text) == 1 else Kind.WORD
            sub = token.sub if m.end(group) == len(token.text) else ""
            yield Token(kind, text, token.start + m.start(group), token.start + m.end(group), True, None, sub)


def read_bound(tokens: Sequence[Token], variables: tuple[str, ...]) -> Bound:
    """The class or cost that tokens are, all of them.

    Args:
        tokens: of a bare answer, without its name and full stop.
        variables: declared names.

    Raises:
        AnswerError: they are not one.
    """
    tokens = prepared(_without_brace(tokens))
    bound = _bound(parse_all(tokens, scope_of(variables), WHAT), tokens, variables)
    if not _is_cost(bound.node) or not (bound.head or _is_meant(tokens, variables)):
        raise unreadable(tokens, 0, "expected a cost", WHAT)
    return bound


def _without_brace(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""Tokens without the brace that is left of ``\mathcal{O}(n)`` when its words begin at the letter."""
    torn = len(tokens) > 2 and tokens[0].text in HEADS and tokens[1].text == "}" and tokens[2].text == "("
    return [tokens[0], *tokens[2:]] if torn else tokens


def _is_cost(node: Node) -> bool:
    return not any(isinstance(here, _NO_COST) for here in walk(node))


def _is_meant(tokens: Sequence[Token], variables: tuple[str, ...]) -> bool:
    """Whether a bare cost is meant as one, and is no word or remark whose letters could be variables."""
    if variables:
        scope = scope_of(variables)
        strange = [t for t in tokens if t.kind is Kind.WORD and len(t.text) < 4 and scope.split(t.text) is None]
        known = any(t.symbol in variables or t.kind in (Kind.NUM, Kind.FUNC, Kind.WORD) for t in tokens)
        return known and all(t.text == "lg" for t in strange)
    said = "".join(t.text for t in tokens).lower()
    return said not in _NO_ANSWER and not all(t.text.lower() in _NO_ANSWER for t in tokens)


def with_head(node: Node) -> Bound:
    """A tree with the names of classes taken off its terms and factors: O(n) + O(d²) is O(n + d²)."""
    head, inner = _stripped(node)
    return Bound(head or "", inner)


def _bound(node: Node, tokens: Sequence[Token], variables: tuple[str, ...]) -> Bound:
    """The bound that tokens are, with its other reading if they have one."""
    bound = with_head(node)
    if not any(a.kind is Kind.FUNC and b.kind is Kind.NAME for a, b in pairwise(tokens)):
        return bound
    try:
        other = narrow_reading(tokens, scope_of(variables))
    except NotAnExpressionError:
        return bound
    return replace(bound, other=with_head(other).node) if other is not None and other != node else bound


def _stripped(node: Node) -> tuple[str | None, Node]:
    if isinstance(node, Call) and node.function in HEADS and len(node.arguments) == 1:
        return HEADS[node.function], _stripped(node.argument)[1]
    if isinstance(node, Binary) and node.op in "+*":
        (left, one), (right, other) = _stripped(node.left), _stripped(node.right)
        if left or right:
            return _weaker(left, right), Binary(node.op, one, other)
    return None, node


def _weaker(one: str | None, other: str | None) -> str:
    """What a sum or product of two classes is."""
    heads = {head for head in (one, other) if head}
    if len(heads) == 1:
        return "O" if heads == {"o"} and None in (one, other) else heads.pop()
    return "Õ" if "Õ" in heads else "Ω" if heads == {"Θ", "Ω"} else "O"


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that are a class.

    Args:
        first, last: index of the first token, and past the last.
        bound: the class.
    """

    first: int
    last: int
    bound: Bound


def find_classes(tokens: Sequence[Token], variables: tuple[str, ...]) -> Iterator[Run]:
    """Runs such as ``O(n d²)`` in prose, with the terms and factors beside them.

    Args:
        tokens: of the text.
        variables: declared names.
    """
    at = 0
    while at < len(tokens):
        if tokens[at].text not in HEADS:
            at += 1
            continue
        run = class_at(tokens, at, variables) if _is_head(tokens, at, variables) else None
        if run is None:
            at += 1
            continue
        widened = _widened(tokens, run, at, variables)
        if widened is not None:
            yield widened
        at = max(run.last, widened.last if widened else 0)


def _is_head(tokens: Sequence[Token], at: int, variables: tuple[str, ...]) -> bool:
    token = tokens[at]
    if token.text not in HEADS or token.kind is not Kind.NAME or token.sub or token.text in variables:
        return False
    if at + 1 >= len(tokens) or tokens[at + 1].text != "(":
        return False
    return not tokens[at + 1].space or token.text in "OΘΩÕ"


def class_at(tokens: Sequence[Token], at: int, variables: tuple[str, ...]) -> Run | None:
    """The class whose name is at a token, or None where its brackets hold no cost."""
    depth = 0
    for last in range(at + 1, min(len(tokens), at + _REACH)):
        depth += (tokens[last].kind is Kind.OPEN) - (tokens[last].kind is Kind.CLOSE)
        if depth == 0:
            break
    else:
        return None
    found = _whole(tokens[at : last + 1], variables)
    return None if found is None else Run(at, last + 1, found)


def _whole(tokens: Sequence[Token], variables: tuple[str, ...]) -> Bound | None:
    """The cost that tokens are, all of them, or None."""
    return _cost(
        tuple(_new(Token, (token[0], token[1], 0, token[3] - token[2], *token[4:])) for token in tokens), variables
    )


@lru_cache(maxsize=1024)
def _cost(tokens: tuple[Token, ...], variables: tuple[str, ...]) -> Bound | None:
    """As :func:`_whole`, of tokens that do not tell where they stand: what is said again is read once."""
    ready = prepared(tokens)
    try:
        node, after = parse_prefix(ready, 0, scope_of(variables))
    except NotAnExpressionError:
        return None
    return _bound(node, ready, variables) if after == len(ready) and _is_cost(node) else None


def _widened(tokens: Sequence[Token], run: Run, at: int, variables: tuple[str, ...]) -> Run | None:
    """A class with the terms and factors before and after it; None where it is a part of what cannot be read."""
    first, last = at, run.last
    if at > 0 and tokens[at - 1].text in ("+", "*", "/", "-", "^", "{", "√"):
        while first > max(0, at - _LEFT) and _belongs(tokens[first - 1]):
            first -= 1
    while text_at(tokens, last) in ("+", "*") and last + 1 < len(tokens):
        term = class_at(tokens, last + 1, variables) if _is_head(tokens, last + 1, variables) else None
        if term is None:
            ready = prepared(tokens[last + 1 : last + 1 + _LEFT])
            if len(ready) != len(tokens[last + 1 : last + 1 + _LEFT]) or ready[0].kind is Kind.WORD:
                break
            try:
                _, length = parse_prefix(ready, 0, scope_of(variables))
            except NotAnExpressionError:
                break
            last += 1 + length
        else:
            last = term.last
    if (first, last) == (at, run.last):
        return run if at == 0 or tokens[at - 1].text not in ("*", "/", "^", "√") else None
    while first < at and (found := _whole(tokens[first:last], variables)) is None:
        first += 1
    if first == at:
        if at > 0 and tokens[at - 1].text in ("*", "/", "^", "√", "{"):
            return run if text_at(tokens, at - 2) == "\\boxed" and text_at(tokens, run.last) == "}" else None
        found = _whole(tokens[first:last], variables)
    return Run(first, last, found) if found is not None else run


def _belongs(token: Token) -> bool:
    return token.kind in _OPERAND or token.text in _FORMULA


def find_costs(tokens: Sequence[Token], variables: tuple[str, ...]) -> Iterator[Run]:
    """Bare costs in the declared variables that are boxed, or all of a line or of what follows a colon or ``=``.

    Args:
        tokens: of the text.
        variables: declared names; without any, only boxes are looked into.
    """
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        boxed = text_at(tokens, at - 2) == "\\boxed" and token.kind is not Kind.OPEN
        starts = before is None or before.kind is Kind.NEWLINE or before.text in (":", "=")
        if not (boxed or (starts and variables)) or token.text in ("\\boxed", "="):
            continue
        run = cost_at(tokens, at, variables)
        if run is None:
            continue
        follows = tokens[run.last] if run.last < len(tokens) else None
        ends = follows is None or follows.kind in (Kind.NEWLINE, Kind.PUNCT, Kind.SEP) or follows.text == "}"
        node = run.bound.node
        names = symbols_in(node) - CONSTANTS
        if not ends or not _is_meant(tokens[at : run.last], variables) or isinstance(node, Number):
            continue
        if names and (boxed or names <= set(variables)) and not (isinstance(node, Symbol) and not boxed):
            yield run


def cost_at(tokens: Sequence[Token], at: int, variables: tuple[str, ...]) -> Run | None:
    """The longest cost that begins at a token, or None.

    Args:
        tokens: of the text.
        at: index of its first token.
        variables: declared names.
    """
    line = tokens[at : at + _LINE]
    ready = prepared(line)
    try:
        node, length = parse_prefix(ready, 0, scope_of(variables))
    except NotAnExpressionError:
        return None
    if not _is_cost(node):
        return None
    return Run(at, at + length - (len(ready) - len(line)), _bound(node, ready[:length], variables))


def read_error(tokens: Sequence[Token]) -> AnswerError:
    """The error for a chain of classes that are not equal."""
    return unreadable(tokens, 0, "expected a chain of equalities that holds", WHAT)
