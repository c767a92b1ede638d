"""Formulas as answers: what expression, equation and matrix expression share (reading, definitions, finding)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from grader.answers import _find
from grader.answers._expressions.accumulated import accumulated, refers_to_itself
from grader.answers._expressions.spellings import plain_tokens, spelled
from grader.maths.reading.parser import REMARKS, NotAnExpressionError, other_reading, parse_relation, unreadable
from grader.maths.reading.scope import CONSTANTS, Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.rendering.render import render
from grader.maths.substitution import substituted
from grader.maths.tree import Listing, Node, Relation, Symbol, Unary, symbols_in
from grader.records import Rendered

_DEFINING = frozenset({"where", "with", "and", "here", "using", "for", "letting", "let"})
_CONDITIONAL = frozenset({"for", "if", "when", "whenever", "provided", "assuming", "given", "as"})
_MOST_DEFINITIONS = 12


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as answered or as computed.

    Args:
        node: the expression, with what the answer defines put in.
        name: the symbol to which it is given, "" if none.
        whole: the relation as written, where there is one.
        other: the expression in another usual reading, such as 1/(2x) for ``1/2x``; None if there is none.
        dashed: a dash and a space stand before it: the mark of a list, or a minus.
    """

    node: Node
    name: str = ""
    whole: Relation | None = None
    other: Node | None = None
    dashed: bool = False

    @property
    def negated(self) -> Formula:
        """The formula in which the dash before it is a minus."""
        return replace(self, node=Unary("-", self.node), name="", whole=None, other=None, dashed=False)


class Definition(NamedTuple):
    """What a text says of a symbol.

    Args:
        node: what it stands for.
        first: index of the first token.
        last: index past the last token.
        start: where the text says what the symbol is worth at first, if this tells how it grows.
    """

    node: Node
    first: int
    last: int
    start: tuple[int, int] | None = None


def scope_of(known: Sequence[str], matrices: Sequence[str] = (), functions: Sequence[str] = ()) -> Scope:
    """The scope in which formulas in some declared symbols are read.

    Args:
        known: full names of the declared symbols.
        matrices: those that stand for matrices or vectors.
        functions: symbols that are applied to what stands in brackets.
    """
    return _scope(tuple(known), tuple(matrices), tuple(functions))


@lru_cache(maxsize=1024)
def _scope(known: tuple[str, ...], matrices: tuple[str, ...], functions: tuple[str, ...]) -> Scope:
    bases = frozenset(name.partition("_")[0] for name in known)
    return Scope(CONSTANTS | frozenset(known) | bases, True, frozenset(matrices), frozenset(functions))


def read_formula(text: str, scope: Scope, what: str = "a formula") -> Formula:
    """A bare answer as a formula; every character must belong to it.

    Args:
        text: the answer.
        scope: the symbols.
        what: what was expected, for the message.

    Raises:
        AnswerError: it is not one; the span points at the character.
    """
    whole = plain_tokens(text, scope)
    dashed = bool(whole) and whole[0].kind is Kind.BULLET and whole[0].text in ("-", "–", "−")
    tokens = _find.strip_answer(whole)
    try:
        found, after = formula_at(tokens, 0, scope)
    except NotAnExpressionError as error:
        raise unreadable(tokens, error.at, f"expected {error.expected}", what) from error
    if after < len(tokens) and not _is_aside(tokens, after):
        raise unreadable(tokens, after, f"{what} should end here", what)
    return replace(found, dashed=True) if dashed else found


def _is_aside(tokens: Sequence[Token], at: int) -> bool:
    """Whether all that is left is a remark in brackets: “R⁻¹QᵀY (QᵀQ = I, R invertible)”."""
    if tokens[at].text != "(" or not tokens[at].space:
        return False
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place].kind is Kind.OPEN) - (tokens[place].kind is Kind.CLOSE)
        if depth == 0:
            inside = tokens[at + 1 : place]
            if any(token.text.lower() in ("or", "not", "either", "maybe") for token in inside):
                return False  # another answer
            opens = inside[0].text.lower() if inside else ""
            relates = any(token.text in ("=", "≠", "<", ">", "≤", "≥") for token in inside)
            says = opens in REMARKS or (relates and inside[0].kind is not Kind.WORD)  # “(and then U)” goes on
            return says and all(token.kind is Kind.NEWLINE or token.text == "." for token in tokens[place + 1 :])
    return False


def formula_at(tokens: Sequence[Token], at: int, scope: Scope) -> tuple[Formula, int]:
    """The formula at a token, with the definitions and conditions after it, and the index past these.

    Args:
        tokens: of a text.
        at: where to begin.
        scope: the symbols.

    Raises:
        NotAnExpressionError: none starts there.
    """
    found, after, _ = formula_and_definitions(tokens, at, scope)
    return found, after


def formula_and_definitions(
    tokens: Sequence[Token], at: int, scope: Scope
) -> tuple[Formula, int, dict[str, Definition]]:
    """As :func:`formula_at`, with the definitions that were put in.

    Args:
        tokens, at, scope: as there.

    Raises:
        NotAnExpressionError: none starts there.
    """
    while text_at(tokens, at) in ("&", "\n"):
        at += 1
    start = at
    node, after = parse_relation(tokens, at, scope)
    other = other_reading(tokens, start, scope) if _is_ambiguous(tokens, start, after, scope) else None
    definitions, after = _definitions(tokens, after, scope, symbols_in(node))
    definitions = summed_up(definitions, scope)
    if definitions:
        node = substituted(node, {name: told.node for name, told in definitions.items()})
    found = formula_of(node)
    return (replace(found, other=formula_of(other).node) if other is not None else found), after, definitions


def _is_ambiguous(tokens: Sequence[Token], at: int, after: int, scope: Scope) -> bool:
    """Whether a number right after a slash is followed by a factor without space, as in ``1/2x``.

    Among matrices any product after a slash may be one divisor: ``vvᵀ/vᵀv``.
    """
    if scope.matrices:
        return any(tokens[i].text == "/" for i in range(at + 1, after - 1))
    return any(
        tokens[i].kind is Kind.NUM
        and tokens[i - 1].text == "/"
        and not tokens[i + 1].space
        and (tokens[i + 1].kind in (Kind.NAME, Kind.FUNC, Kind.WORD) or tokens[i + 1].text in ("(", "√"))
        for i in range(at + 2, after - 1)
    )


def formula_of(node: Node) -> Formula:
    """The formula that a relation gives: the last side of a chain of equalities, or an expression alone.

    Args:
        node: as read.
    """
    if not isinstance(node, Relation):
        return Formula(_unwrapped(node))
    items = list(node.items)
    signs = list(node.signs)
    while signs and signs[-1] == "≈" and len(items) > 2:
        items.pop()
        signs.pop()
    if any(sign not in "=≈" for sign in signs):
        return Formula(node, "", node)
    if isinstance(items[-1], Symbol) and not isinstance(items[0], Symbol):
        items.reverse()  # “… = m'”
    name = items[0].full if isinstance(items[0], Symbol) else ""
    return Formula(_unwrapped(items[-1]), name, node)


def _unwrapped(node: Node) -> Node:
    """What stands alone in a list of one: ``(x + 1)`` and ``[x + 1]``."""
    while isinstance(node, Listing) and len(node.items) == 1 and node.bracket in "([":
        node = node.items[0]
    return node


def _definitions(tokens: Sequence[Token], at: int, scope: Scope, used: Set[str]) -> tuple[dict[str, Definition], int]:
    """``where s = p'p and M = …`` after a formula, and conditions such as ``for ℓ ≥ 1``.

    What no word introduces, and what defines nothing that is used before, is another formula.
    """
    found: dict[str, Definition] = {}
    while at < len(tokens) and len(found) < _MOST_DEFINITIONS:
        start = at
        while start < len(tokens) and (
            tokens[start].kind in (Kind.SEP, Kind.NEWLINE)
            or tokens[start].text.lower() in _DEFINING | _CONDITIONAL | {"(", "."}
        ):
            start += 1
        if start == at or start >= len(tokens):
            break
        try:
            node, after = parse_relation(tokens, start, scope)
        except NotAnExpressionError:
            break
        if not isinstance(node, Relation):
            break
        left, right = node.items[0], node.items[-1]
        introduced = {token.text.lower() for token in tokens[at:start]}
        condition = bool(introduced & _CONDITIONAL) or node.signs[0] not in ("=",)
        told = bool(introduced & (_DEFINING - {"and"}))
        if not condition and not told and isinstance(left, Symbol) and left.full not in used:
            break
        condition = condition or (isinstance(left, Symbol) and not scope.may_define(left.full))
        if (
            isinstance(left, Symbol)
            and scope.may_define(left.full)
            and node.signs[0] == "="
            and not introduced & (_CONDITIONAL - {"for"})
        ):
            found.setdefault(left.full, Definition(right, start, after))
            used = used | symbols_in(right)
        elif not condition and not isinstance(left, Symbol):
            break
        at = after
        while at < len(tokens) and tokens[at].text in ("…", ",", ")", ".") and (condition or tokens[at].text == ")"):
            at += 1
            if condition and at < len(tokens) and tokens[at - 1].text in (",", "…") and _goes_on(tokens, at):
                at += 1  # ℓ = 1, 2, …, L
    return found, at


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is one more value of an index: a letter, or a number in a list with dots."""
    if tokens[at].kind is Kind.NUM:
        return [token.text for token in tokens[at + 1 : at + 8]].count("…") == 1
    return tokens[at].kind is Kind.NAME


def summed_up(told: Mapping[str, Definition], scope: Scope) -> dict[str, Definition]:
    """Definitions in which a symbol that is told by the one before it is the sum it makes, or is left out.

    Args:
        told: what a text says, by the names of the symbols.
        scope: the symbols that the question declares.
    """
    found = {name: one for name, one in told.items() if not refers_to_itself(name, one.node, scope.known)}
    values = {name: one.node for name, one in found.items()}
    for name, one in told.items():
        if name not in found and (whole := accumulated(name, one.node, values)) is not None:
            start = told[f"{name.partition('_')[0]}_0"]
            found[name] = one._replace(node=whole, start=(start.first, start.last))
    return found


def show_formula(value: Formula) -> Rendered:
    """A formula written back, with its name.

    Args:
        value: the formula.
    """
    if value.whole is not None and value.name and value.whole.items[-1] == value.node:
        return render(Relation((value.whole.items[0], value.node), ("=",)))
    return render(value.node)


__all__ = [
    "Definition",
    "Formula",
    "formula_and_definitions",
    "formula_at",
    "formula_of",
    "plain_tokens",
    "read_formula",
    "scope_of",
    "show_formula",
    "spelled",
    "summed_up",
]
