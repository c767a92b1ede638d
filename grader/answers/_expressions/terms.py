"""Sequences given by formulas in the index: ``K_0 = D, K_ℓ = C A^{ℓ−1} B``, by cases, or as a list with dots."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.answers import _find
from grader.answers._expressions.finding import find_formulas
from grader.answers._expressions.formulas import Formula, plain_tokens
from grader.answers.base import Match
from grader.maths.reading import bigs
from grader.maths.reading.parser import NotAnExpressionError, Parser, unreadable
from grader.maths.reading.scope import Scope
from grader.maths.reading.subscripts import parts
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.rendering.render import join, render
from grader.maths.substitution import substituted
from grader.maths.tree import Cases, Listing, Matrix, Node, Number, Relation, Symbol
from grader.records import Rendered

_JOINTS = frozenset({"and", "with", "where", "then", "…", "\\quad", "\\qquad", "&"})
_OPENERS = frozenset({"for", "if", "when", "(", "whenever", "all"})
_MOST_STATEMENTS = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """One statement: the entry at ``index`` is ``body``.

    Args:
        index: a number, a size such as L, or an expression in the index.
        body: the value.
        condition: where it holds; None for everywhere.
    """

    index: Node
    body: Node
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """A sequence as told: its statements, those on single entries first.

    Args:
        name: of the sequence, "" if none was given.
        rules: its statements.
        listed: it was a list; ``open`` if dots stand in it.
        open: entries are left to the reader.
    """

    name: str
    rules: tuple[Rule, ...]
    listed: bool = False
    open: bool = False


Heads = Mapping[Node, Symbol]
"""Formulas that stand for an entry where they are the left side of an equation: C A^ℓ B for K_{ℓ+1}."""

_NO_HEADS: Heads = {}

_WORKING = frozenset("compute computes computing is are equals becomes simplifies reduces get gives evaluate :".split())
"""Between a formula and what it comes to."""

_MOST_BETWEEN = 8
"""Tokens at most between the two."""


def read_terms(text: str, scope: Scope, index: str, start: int, heads: Heads = _NO_HEADS) -> Terms:
    """A bare answer as a sequence; every character must belong to it.

    Args:
        text: the answer.
        scope: the symbols.
        index: the index of the question.
        start: the first index.
        heads: left sides that stand for an entry.

    Raises:
        AnswerError: it is none; the span points at the character.
    """
    tokens = _find.strip_answer(plain_tokens(text, scope))
    what = "a sequence such as K_0 = …, K_ℓ = …"
    try:
        found, after = terms_at(tokens, scope, index, start, heads)
    except NotAnExpressionError as error:
        raise unreadable(tokens, error.at, f"expected {error.expected}", what) from error
    if after < len(tokens):
        raise unreadable(tokens, after, "the sequence should end here", what)
    return found


def terms_at(
    tokens: Sequence[Token], scope: Scope, index: str, start: int, heads: Heads = _NO_HEADS
) -> tuple[Terms, int]:
    """The statements from the first token on, and the index past them.

    Args:
        tokens, scope, index, start, heads: as in :func:`read_terms`.

    Raises:
        NotAnExpressionError: there are none.
    """
    rules: list[Rule] = []
    names: list[str] = []
    bare: dict[str, Rule] = {}
    at, dots = 0, False
    while at < len(tokens) and len(rules) < _MOST_STATEMENTS:
        while at < len(tokens) and _is_joint(tokens[at]):
            dots = dots or tokens[at].text == "…"
            at += 1
        if at >= len(tokens):
            break
        parser = Parser(tokens, at, scope)
        try:
            if rules and tokens[at].text == index and text_at(tokens, at + 1) == "=":  # “K_ℓ = …, ℓ = 1, …, L”
                rules[-1] = replace(rules[-1], condition=bigs.condition(parser))
                at = parser.at
                continue
            node = parser.relation()
            listed = _listed(node, start)
            if listed is not None and not rules:
                return listed, parser.at
            found = _statement(node, index, heads)
            if found is None:
                raise NotAnExpressionError(at, f"a statement such as K_{index} = …")
            condition, after = _condition(tokens, parser.at, scope)
        except NotAnExpressionError:
            if not rules:
                raise
            break
        name, rule = found
        names.append(name)
        rules.append(Rule(rule.index, rule.body, condition))
        if isinstance(node, Relation) and node.items[0] == Symbol(name):
            bare[name] = rules[-1]
        at = after
    if bare.keys() < set(names):  # s = pᵀp, K_ℓ = …: what has no index abbreviates
        short = {name: rule.body for name, rule in bare.items()}
        kept = [(name, rule) for name, rule in zip(names, rules, strict=True) if name not in bare]
        names = [name for name, _ in kept]
        rules = [replace(rule, body=substituted(rule.body, short)) for _, rule in kept]
    named = {name for name in names if name}
    if len(named) > 1:
        raise NotAnExpressionError(0, f"statements on one sequence, not on {' and '.join(sorted(named))}")
    if not rules:
        raise NotAnExpressionError(0, f"a statement such as K_{index} = …")
    return Terms(next(iter(named), ""), tuple(rules), False, dots), at


def _is_joint(token: Token) -> bool:
    return token.kind in (Kind.SEP, Kind.NEWLINE, Kind.BULLET, Kind.ROW) or token.text.lower() in _JOINTS


def _listed(node: Node, start: int) -> Terms | None:
    """A list, with a name or without: its entries from the first index on, and those behind dots from the end."""
    name = ""
    if isinstance(node, Relation) and set(node.signs) == {"="}:
        if isinstance(node.items[0], Symbol) and not node.items[0].sub:
            name = node.items[0].name
        node = node.items[-1]
    if isinstance(node, Matrix) and (len(node.rows) == 1 or len(node.rows[0]) == 1):
        node = Listing("[", tuple(entry for row in node.rows for entry in row))
    if not isinstance(node, Listing) or node.bracket not in "([{" or len(node.items) < 2:
        return None
    rules: list[Rule] = []
    dots = False
    for place, item in enumerate(node.items):
        if item == Symbol("…"):
            dots = True
        elif not dots:
            number = Fraction(start + place)
            rules.append(Rule(Number(number, str(number)), item))
        elif place == len(node.items) - 1:
            rules.append(Rule(Symbol("…last"), item))
    return Terms(name, tuple(rules), True, dots)


def _statement(node: Node, index: str, heads: Heads) -> tuple[str, Rule] | None:
    """A relation ``K_ℓ = …``, or a formula alone, as a name and a rule."""
    if not isinstance(node, Relation):
        return "", Rule(Symbol(index), node)
    head, body = heads.get(node.items[0], node.items[0]), node.items[-1]
    if node.signs[0] != "=" or not isinstance(head, Symbol):
        return None
    if any(sign not in "=≈" for sign in node.signs):
        return None
    if not head.sub:
        return (head.name, Rule(Symbol(index), body)) if not isinstance(body, Listing) else None
    below = parts(head.sub)
    return (head.name, Rule(below[0], body)) if len(below) == 1 else None


def _condition(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[Node | None, int]:
    """The range of the index after a statement, such as ``for ℓ ≥ 1`` or ``(ℓ = 1, …, L)``, and the index past it."""
    start = at + 1 if at < len(tokens) and tokens[at].kind is Kind.SEP else at
    if text_at(tokens, start).lower() not in _OPENERS:
        return None, at
    while text_at(tokens, start).lower() in _OPENERS:
        start += 1
    parser = Parser(tokens, start, scope)
    try:
        found = bigs.condition(parser)
    except NotAnExpressionError:
        return None, at
    parser.take(")")
    return found, parser.at


def find_terms(
    tokens: Sequence[Token], scope: Scope, index: str, start: int, heads: Heads = _NO_HEADS
) -> Iterator[Match[Terms]]:
    """Sequences in running text: lists, and the statements on one name gathered; a later one replaces an earlier.

    A statement right behind a first entry of another name (``K_0 = D, J_ℓ = …``) may be a slip: it is not taken.

    Args:
        tokens: of the text.
        scope, index, start, heads: as in :func:`read_terms`.
    """
    gathered: dict[str, dict[Node, tuple[Rule, Match[Formula]]]] = {}
    lists: list[Match[Terms]] = []
    restated: tuple[tuple[str, Rule], Match[Formula]] | None = None  # K_{ℓ+1} = C A^ℓ B, where C A^ℓ B stands for it
    for match in find_formulas(tokens, scope):
        node: Node = match.value.whole or match.value.node
        listed = _listed(node, start)
        if listed is not None:
            lists.append(Match(match.first, match.last, listed, listed.name))
            continue
        found = _statement(node, index, heads)
        if (
            restated is not None
            and not isinstance(node, Relation)
            and _works_out(tokens, restated[1].last, match.first)
        ):
            name, rule = restated[0][0], replace(restated[0][1], body=node)
            gathered[name][rule.index] = rule, replace(match, first=restated[1].first)
            restated = None
            continue
        if found is None or not (found[0] or isinstance(node, Cases)):
            continue
        name, rule = found
        restated = (found, match) if name and rule.body in heads else None
        condition, _ = _condition(tokens, match.last, scope)
        gathered.setdefault(name, {})[rule.index] = Rule(rule.index, rule.body, condition), match
    enough = [_gathered(name, told) for name, told in gathered.items() if _tells_enough(told)]
    others = [_gathered(name, told) for name, told in gathered.items() if not _tells_enough(told)]
    beginnings = {match.last for match in others}
    found_terms = [match for match in enough if not beginnings & {match.first, match.first - 1}]
    yield from sorted([*lists, *found_terms], key=lambda match: (match.last, match.first))


def _works_out(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words between two formulas say that the one is worked out as the other: “, we just compute:”."""
    words = [token.text.lower() for token in tokens[first:last]]
    return len(words) <= _MOST_BETWEEN and not _WORKING.isdisjoint(words) and not {".", "\n\n"} & set(words)


def _gathered(name: str, told: Mapping[Node, tuple[Rule, Match[Formula]]]) -> Match[Terms]:
    """The statements on one name as one sequence, from the first of them to the last."""
    matches = [match for _, match in told.values()]
    first, last = min(match.first for match in matches), max(match.last for match in matches)
    given = sorted({place for match in matches for place in match.given})
    return Match(first, last, Terms(name, tuple(rule for rule, _ in told.values())), name, given=tuple(given))


def _tells_enough(rules: Collection[Node]) -> bool:
    """Whether statements make a sequence: one in general, or several entries."""
    return len(rules) > 2 or any(not isinstance(index, Number) for index in rules)


def show_terms(terms: Terms) -> Rendered:
    """A sequence written back.

    Args:
        terms: the sequence.
    """
    if terms.listed:
        return join((render(rule.body) for rule in terms.rules), "[", "]")
    name = terms.name or "K"
    shown = []
    for rule in terms.rules:
        head = Symbol(name, render(rule.index).unicode.replace(" ", ""))
        shown.append(render(Relation((head, rule.body), ("=",))))
        if rule.condition is not None:
            shown[-1] = join([shown[-1], render(rule.condition)], "", "", " for ")
    return join(shown, "", "")
