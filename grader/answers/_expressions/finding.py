"""Formulas in running text, and what the text says elsewhere of the symbols in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.answers._expressions.accumulated import refers_to_itself
from grader.answers._expressions.formulas import (
    Definition,
    Formula,
    formula_and_definitions,
    spelled,
    summed_up,
)
from grader.answers._expressions.spellings import in_places
from grader.answers.base import Match
from grader.maths.reading.calls import is_prose_word
from grader.maths.reading.parser import REMARKS, NotAnExpressionError
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, is_program_name, spelling, text_at
from grader.maths.substitution import substituted
from grader.maths.tree import Node, Number, Symbol, symbols_in

_STARTS = (Kind.NAME, Kind.NUM, Kind.OPEN, Kind.FUNC, Kind.COMMAND, Kind.WORD)
_BEFORE = (Kind.NEWLINE, Kind.BULLET, Kind.SEP, Kind.WORD, Kind.PUNCT, Kind.CELL, Kind.ROW)
_OPERATIONS = frozenset("times plus minus over divided multiplied squared cubed to of".split())
_COSTS = frozenset({"O", "Θ"})
_SAYS = frozenset("= : is be are get gets give gives obtain obtains yields equals becomes answer".split())
_CONJUNCTIONS = frozenset("and or for if when where with because since which but so".split())


def find_formulas(tokens: Sequence[Token], scope: Scope) -> Iterator[Match[Formula]]:
    """Formulas in running text, in order: in dollars, in boxes, after a sign of equality, or on lines of their own.

    Args:
        tokens: of the text.
        scope: the symbols. What the text says of others (“let G = …”) is put in where they are used.
    """
    made = spelled(tokens, scope)
    yield from in_places(_found(made, scope), made, tokens)


def _found(tokens: Sequence[Token], scope: Scope) -> Iterator[Match[Formula]]:
    found: list[Match[Formula]] = []
    definitions: dict[str, Definition] = {}
    again: set[str] = set()
    for match, told in _formulas(tokens, scope):
        found.append(match)
        definitions |= told
        name, node = match.value.name, match.value.node
        if not name or not scope.may_define(name):
            continue
        if not refers_to_itself(name, node, scope.known):
            again |= {name} & definitions.keys()
            definitions[name] = Definition(node, match.first, match.last)
        elif name in symbols_in(node):
            again.add(name)  # M = M + …
        elif name not in definitions:
            definitions |= summed_up({**definitions, name: Definition(node, match.first, match.last)}, scope)
    for name in again & scope.defined & definitions.keys():
        del definitions[name]  # said twice, as in a loop: the author's own definition holds
    for match in found:
        others = {name: told for name, told in definitions.items() if name != match.value.name}
        used = _used(match.value.node, others)
        if used:
            node = substituted(match.value.node, {name: told.node for name, told in others.items()})
            match = replace(match, value=replace(match.value, node=node), given=used)
        yield match


def _used(node: Node, definitions: Mapping[str, Definition]) -> tuple[tuple[int, int], ...]:
    """Where the definitions stand that a formula needs, directly or through one another, in order.

    “k = 0” looks at a case and defines nothing.
    """
    needed: set[str] = set()
    more = symbols_in(node) & definitions.keys()
    while more:
        needed |= more
        more = set().union(*(symbols_in(definitions[name].node) for name in more)) & definitions.keys() - needed
    told = [definitions[name] for name in needed if not isinstance(definitions[name].node, Number)]
    return tuple(sorted({(one.first, one.last) for one in told} | {one.start for one in told if one.start}))


def _formulas(tokens: Sequence[Token], scope: Scope) -> Iterator[tuple[Match[Formula], dict[str, Definition]]]:
    """The formulas, each with the definitions right after it."""
    prose = scope.in_prose()
    costs = [at for at in range(1, len(tokens)) if _is_cost_behind(tokens, at, scope)]
    at = 0
    while at < len(tokens):
        if not _may_start(tokens, at):
            at += 1
            continue
        inside = tokens[at].maths != 0
        if not inside and tokens[at].kind is Kind.WORD and is_prose_word(tokens[at], prose):
            at += 1  # as reading it would find; most tokens are such words
            continue
        try:
            found, after, told = formula_and_definitions(tokens, at, scope if inside else prose)
            stop = _stop(tokens, at, after, costs) if told or costs else after
            if stop < after:
                found, after, told = formula_and_definitions(tokens[at:stop], 0, scope if inside else prose)
                after, told = at + after, {}
        except NotAnExpressionError as error:
            if tokens[at].text == "\\boxed" and text_at(tokens, at + 2) != "\\boxed":
                at += 1  # several statements in one box
            else:
                at = max(at + 1, min(error.at, len(tokens)))  # nothing is read out of a formula that breaks off
            continue
        if not _ends(tokens, after) or not _says_something(tokens, at, after, found):
            at += 1
            continue
        yield Match(at, after, found, found.name or _left_side(tokens, at, after, found)), told
        at = after


def _stop(tokens: Sequence[Token], at: int, after: int, costs: Sequence[int]) -> int:
    """Where a formula stops at the latest: at a cost behind it, and at the end of its line.

    What the next line says of its symbols is a formula by itself, and may be the answer.
    """
    cost = bisect_left(costs, at + 1)
    last = costs[cost] if cost < len(costs) else after
    lines = (place for place in range(at + 1, after) if tokens[place].kind is Kind.NEWLINE and not tokens[place].maths)
    return min(after, last, next(lines, after))


def _is_cost_behind(tokens: Sequence[Token], at: int, scope: Scope) -> bool:
    """Whether a cost begins at a token that is no factor of what stands before it: “o = S M⁻¹q    O(d²)”."""
    token, before = tokens[at], tokens[at - 1]
    begins = token.text in _COSTS and token.space and text_at(tokens, at + 1) == "(" and token.text not in scope.known
    return begins and before.kind in (Kind.NAME, Kind.WORD, Kind.NUM, Kind.CLOSE)


def _left_side(tokens: Sequence[Token], at: int, after: int, found: Formula) -> str:
    """What an equation says of an expression such as ``A^T y``, spelled; "" where there is no equation."""
    if found.whole is None or found.whole.signs[0] != "=":
        return ""
    end = next((index for index in range(at, after) if tokens[index].text == "="), at)
    return spelling(tokens[at:end])


def _may_start(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind not in _STARTS and token.text not in ("-", "√", "‖", "|"):
        return False
    before = tokens[at - 1] if at else None
    if before is not None and _are_glued(before, token):
        return False
    if before is None or before.kind in _BEFORE or before.maths != token.maths:
        return True
    if before.text == "=" and at >= 2 and is_program_name(tokens[at - 2]):
        return False  # what a name of a program is given
    if before.text in ("=", ":", "⇒", "≈", "&", "→"):
        return True
    return before.text == "{" and at >= 2 and tokens[at - 2].text == "\\boxed"


def _are_glued(before: Token, after: Token) -> bool:
    """Whether a formula goes on where its dollars close or open: “w = K(A + λI$)^{-1}$q”, out of a damaged text."""
    inner = (Kind.NAME, Kind.NUM, Kind.FUNC, Kind.CLOSE)
    glued = before.maths != after.maths and after.start - before.end == 1  # one dollar stands between them
    return glued and before.kind in inner and (after.kind in inner or after.text in ("^", "⊤"))


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that belongs to a formula follows."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.maths != tokens[at - 1].maths:
        return not _are_glued(tokens[at - 1], token)
    if token.kind is Kind.WORD and is_program_name(token):
        return False  # “o = S Minv q”
    if token.kind in (Kind.NEWLINE, Kind.SEP, Kind.PUNCT, Kind.WORD, Kind.CELL, Kind.ROW, Kind.BULLET):
        return True
    if token.text == "(" and text_at(tokens, at + 1).lower() in REMARKS:
        return True
    if token.text in _COSTS and token.space:
        return True
    return token.text in ("}", ")", "⇒", "⇔", ":", "|") or token.text.startswith(("\\end", "\\qquad", "\\tag"))


def _says_something(tokens: Sequence[Token], at: int, after: int, found: Formula) -> bool:
    """Whether a run of tokens in running text is a formula and not a word, a letter or a number in passing."""
    if found.whole is not None or not isinstance(found.node, Symbol | Number):
        return not (after == at + 1 and tokens[at].kind is Kind.WORD and not tokens[at].maths)
    boxed = at >= 2 and tokens[at - 2].text == "\\boxed"
    goes_on = text_at(tokens, after).lower() in _OPERATIONS or (
        text_at(tokens, at - 1) == ":" and after < len(tokens) and tokens[after].kind is Kind.WORD
    )  # “n times the old mean”
    marked = at > 0 and tokens[at - 1].text.lower() in _SAYS and not goes_on
    alone = (at == 0 or tokens[at - 1].kind is Kind.NEWLINE) and (
        after >= len(tokens) or tokens[after].kind is Kind.NEWLINE
    )
    behind = tokens[after] if after < len(tokens) else None
    named = behind is not None and behind.kind is Kind.WORD and behind.text.lower() not in _CONJUNCTIONS
    return boxed or marked or alone or (bool(tokens[at].maths) and not named)  # “the $n$ updates” says nothing of n
