"""Sums and products over an index, definitions by cases, and indicators."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token
from grader.maths.tree import Big, Binary, Call, Cases, Node, Number, Relation, Symbol, symbols_in, walk

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

_PRODUCT = 20
_CONDITION_WORDS = frozenset({"if", "for", "when", "where", "and", "whenever", "&", ",", "all", "with"})
_OTHERWISE = frozenset({"otherwise", "else", "elsewhere"})
_MOST_CASES = 50
_SIGNS = frozenset("=≤<∈>≥≠")
_INDICES = frozenset("ijkltℓ")
_ONE = Number(Fraction(1), "1")


def is_sum(parser: Parser, token: Token) -> bool:
    """Whether a capital Σ or Π is a sum or product, and not a symbol: it has an index.

    Args:
        parser: where the letter is next.
        token: the letter.
    """
    if "=" in token.sub or (token.sub and token.symbol not in parser.scope.known):
        return True
    following = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    if following is None or following.kind is not Kind.NAME:
        return False
    return following.sub.islower() and (len(following.sub) == 1 or set(following.sub) <= _INDICES)


def big(parser: Parser, token: Token, op: str) -> Node:
    """A sum or product, whose sign is next.

    Args:
        parser: where reading stands.
        token: the sign, with the index below it.
        op: ``Σ`` or ``Π``.
    """
    parser.count()
    at = parser.at
    parser.at += 1
    below = tokenize(token.sub) if token.sub else []
    high = _above(parser)
    if not below and isinstance(high, Symbol) and "=" in high.sub:  # \sum^n_{i=1}
        below, high = tokenize(high.sub), Symbol(high.name)
    if not below and parser.opens("_"):  # \sum^{n}_{i=1}
        parser.at += 1
        below = _braced(parser)
        high = high or _above(parser)
    several = _several(below)
    if len(several) > 1:
        low = _side(parser, below[-1:], at) if len(below) > 2 and below[-2].text == "=" else None
        body = parser.expression(_PRODUCT)
        for index in reversed(several):
            body = Big(op, body, index, low, high)
        return body
    index, low, top = _range(parser, below, at)
    body = parser.expression(_PRODUCT)
    if not index and high is None and parser.scope.matrices:  # Σ a_ij², which says its indices by what it sums
        for index in sorted(_subscripts(body) - parser.scope.known, reverse=True) or [""]:
            body = Big(op, body, index)
        return body
    return Big(op, body, index, low, high or top)


def _subscripts(body: Node) -> set[str]:
    """Letters that stand alone or side by side in the subscripts of what is summed, and are bound by no inner sum."""
    found: set[str] = set()
    bound: set[str] = set()
    for here in walk(body):
        if isinstance(here, Big):
            bound.add(here.over)
        elif isinstance(here, Symbol) and set(here.sub.replace(",", "")) <= _INDICES:
            found |= set(here.sub.replace(",", ""))
        elif isinstance(here, Call) and here.function in ("singular", "eigenvalue", "entry"):
            places = symbols_in(here.base) if here.base is not None else symbols_in(here.arguments[-1])
            found |= places & _INDICES if here.function != "entry" or len(here.arguments) == 2 else set()
    return found - bound


def _several(below: list[Token]) -> list[str]:
    """The indices of a sum over more than one: ``i,j``, ``ij``, ``i,j=1``; none where it is not over several."""
    if len(below) == 1 and below[0].kind is Kind.WORD and len(below[0].text) == 2:  # a_ij is summed over i and j
        found = list(below[0].text)
        return found if len(set(found)) == len(found) else []
    names = below[:-2] if len(below) > 3 and below[-2].text == "=" and below[-1].kind is Kind.NUM else below
    if len(names) % 2 == 0 or len(names) < 3 or any(token.text != "," for token in names[1::2]):
        return []
    found = [token.symbol for token in names[::2]]
    single = all(token.kind is Kind.NAME for token in names[::2]) and len(set(found)) == len(found)
    return found if single else []


def over(parser: Parser, token: Token, op: str) -> Node:
    """A maximum or minimum over an index, which stands below its name; the name has been passed.

    Args:
        parser: where reading stands.
        token: the name.
        op: ``max`` or ``min``.
    """
    index, low, high = _range(parser, tokenize(token.sub), parser.at - 1)
    return Big(op, parser.expression(_PRODUCT), index, low, high)


def _above(parser: Parser) -> Node | None:
    if not parser.opens("^"):
        return None
    parser.at += 1
    if parser.opens("{"):
        return parser.bracketed("{")
    return parser.expression(41)


def _braced(parser: Parser) -> list[Token]:
    """The tokens in the braces that are next."""
    parser.expect("{")
    inside: list[Token] = []
    depth = 1
    while (token := parser.peek()) is not None:
        depth += (token.text == "{") - (token.text == "}")
        parser.at += 1
        if depth == 0:
            return inside
        inside.append(token)
    raise parser.fail("“}”")


def _range(parser: Parser, below: list[Token], at: int) -> tuple[str, Node | None, Node | None]:
    """Index and bounds from what stands below the sign: ``i``, ``i=1``, ``1≤i≤n``."""
    if not below:
        return "", None, None
    names = [place for place, token in enumerate(below) if token.kind is Kind.NAME]
    signs = [token.text for token in below if token.text in _SIGNS]
    if len(below) == 1 and names:
        return below[0].symbol, None, None
    if names[:1] == [0] and signs[:1] == ["="]:
        return below[0].symbol, _side(parser, below[2:], at), None
    if names[:1] == [0] and signs == ["≤"]:
        return below[0].symbol, None, _side(parser, below[2:], at)
    if names[:1] == [0] and len(below) > 2 and below[1].text in "≥>" and len(signs) == 1:
        side = _side(parser, below[2:], at)
        if below[1].text == "≥":
            return below[0].symbol, side, None
        return below[0].symbol, Binary("+", side, _ONE), None
    if signs == ["≤", "≤"]:
        first, second = (place for place, token in enumerate(below) if token.text == "≤")
        if second == first + 2 and below[first + 1].kind is Kind.NAME:
            low, high = _side(parser, below[:first], at), _side(parser, below[second + 1 :], at)
            return below[first + 1].symbol, low, high
    parser.at = at
    raise parser.fail("a sum with an index such as i=1 below it")


def _side(parser: Parser, tokens: list[Token], at: int) -> Node:
    inner = type(parser)(tokens, 0, parser.scope)
    if not tokens:
        parser.at = at
        raise parser.fail("a bound of the index")
    node = inner.expression(0)
    if inner.at < len(tokens):
        parser.at = at
        raise parser.fail("a bound of the index")
    return node


def cases(parser: Parser) -> Node:
    """``\\begin{cases} … \\end{cases}``, whose first token is next."""
    parser.at += 1
    values: list[Node] = []
    conditions: list[Node | None] = []
    while not parser.opens("\\end{cases}"):
        if parser.at >= len(parser.tokens) or len(values) >= _MOST_CASES:
            raise parser.fail("\\end{cases}")
        token = parser.tokens[parser.at]
        if token.kind in (Kind.NEWLINE, Kind.ROW):
            parser.at += 1
            continue
        values.append(parser.entry())
        conditions.append(condition(parser))
    parser.at += 1
    if not values:
        raise parser.fail("a case")
    return Cases(tuple(values), tuple(conditions))


def braced_cases(parser: Parser, first: Node) -> Node:
    """``{D if ℓ = 0; C otherwise}``, of which the bracket and the first value have been read.

    Args:
        parser: past the first value.
        first: it.
    """
    values, conditions = [first], [condition(parser)]
    while parser.take(";") and len(values) < _MOST_CASES:
        values.append(parser.entry())
        conditions.append(condition(parser))
    return Cases(tuple(values), tuple(conditions))


def condition(parser: Parser) -> Node | None:
    """The condition of a case, with the words before it; None for “otherwise”, or where none stands.

    Args:
        parser: past the value.
    """
    while (token := parser.peek()) is not None and token.text.lower() in _CONDITION_WORDS:
        parser.at += 1
    if token is None or token.kind in (Kind.ROW, Kind.NEWLINE) or token.text.startswith("\\end"):
        return None
    if token.text.lower() in _OTHERWISE:
        parser.at += 1
        parser.take(".")
        return None
    found = first = parser.relation()
    while parser.opens(",", "…", ".", "="):  # “ℓ = 1, …, L”, “ℓ = 1, 2, …, L”
        before = parser.at
        parser.at += 1
        if (token := parser.peek()) is not None and token.kind in (Kind.NAME, Kind.NUM):
            last = parser.relation()
            if isinstance(last, Relation):  # the next statement: “ℓ ≥ 1, K_0 = D”
                parser.at = before
                break
            found = Relation((first, last), ("…",)) if isinstance(first, Relation) else found
    return found


def indicator(parser: Parser) -> Node | None:
    """``[ℓ = 0]`` after a 1: one where the relation holds, else zero. None if no relation stands in the brackets.

    Args:
        parser: where the bracket is next.
    """
    if not parser.opens("[", "(", "{", "\\{"):
        return None
    at, opening = parser.at, parser.tokens[parser.at].text
    parser.at += 1
    found = parser.relation()
    if not isinstance(found, Relation):
        parser.at = at
        return None
    parser.expect({"[": "]", "(": ")", "{": "}", "\\{": "\\}"}[opening])
    return Call("indicator", (found,))
