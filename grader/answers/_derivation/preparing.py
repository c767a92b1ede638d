"""Tokens of a derivation made ready: boxes, stacked signs, remarks, numbers of equations, inner products."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.answers._derivation.words import is_prose
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Symbol

_LABELLED = 3
_MOST_INTRODUCED = 20
_COUNTING = frozenset("i j k l ℓ".split())
_STACKS = frozenset({"\\overset", "\\stackrel", "\\underset"})
_SIGNS = frozenset("= ≠ < ≤ > ≥ ≈".split())
_NEAR = 16


def prepared(tokens: Sequence[Token], scope: Scope) -> list[Token]:
    """Tokens in which remarks in brackets and numbers of equations are punctuation, and stacked signs are signs.

    Args:
        tokens: of a derivation.
        scope: what is declared.
    """
    out = _without_notes(_inner_products(_unstacked(_unboxed(tokens))))
    open_at: list[int] = []
    remarks: list[bool] = []
    for at, token in enumerate(out):
        if token.kind is Kind.OPEN and token.text in ("(", "["):
            open_at.append(at)
            remarks.append(_is_label(out, at))
        elif token.kind is Kind.CLOSE and token.text in (")", "]") and open_at:
            start = open_at.pop()
            if remarks.pop():
                out[start] = out[start]._replace(kind=Kind.PUNCT)
                out[at] = token._replace(kind=Kind.PUNCT)
        elif remarks and token.kind is Kind.WORD and is_prose(token, scope):
            remarks[-1] = True
        elif remarks and token.text in _SIGNS and token.kind is Kind.OP and out[open_at[-1]].text == "(":
            remarks[-1] = True  # K_ℓ = C A^{ℓ-1} B (ℓ ≥ 1)
    return out


def _unboxed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without boxes around them: what stands in a box is a step like any other."""
    out: list[Token] = []
    boxes: list[bool] = []
    for at, token in enumerate(tokens):
        if token.text == "\\boxed" and text_at(tokens, at + 1) == "{":
            continue
        if token.text == "{":
            boxes.append(text_at(tokens, at - 1) == "\\boxed")
            if boxes[-1]:
                continue
        elif token.text == "}" and boxes and boxes.pop():
            continue
        out.append(token)
    return out


def _without_notes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what is done to an equation, told after a bar, ``Ax = b   | · A⁻¹``, and without Q.E.D."""
    out: list[Token] = []
    noting, last = False, 0
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text == "|" and token.space and following is not None and following.space:
            noting = noting or (following.kind is Kind.OP and following.text in "+-*/:–")
        if token.kind in (Kind.NEWLINE, Kind.ROW):
            noting = False
        if not noting and at >= last:
            last = at + _past_qed(tokens, at)
        if not noting and at >= last:
            out.append(token)
    return out


def _past_qed(tokens: Sequence[Token], at: int) -> int:
    """How many tokens of “Q.E.D.” stand here."""
    if tokens[at].text not in ("Q", "q", "QED", "qed"):
        return 0
    texts = "".join(token.text for token in tokens[at : at + 5]).lower()
    return 5 if texts == "q.e.d" else 1 if len(tokens[at].text) == 3 else 0


def _inner_products(tokens: Sequence[Token]) -> list[Token]:
    """⟨A, B⟩ as tr(Aᵀ B), which it is for matrices and for vectors; the lexer's dot would be a product of matrices."""
    commas: dict[int, list[int]] = {}
    pairs: dict[int, tuple[int, int]] = {}
    open_at: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            open_at.append(at)
        elif token.text == "," and open_at:
            commas.setdefault(open_at[-1], []).append(at)
        elif token.kind is Kind.CLOSE and open_at:
            start = open_at.pop()
            if tokens[start].text == "⟨" and token.text == "⟩" and len(commas.get(start, ())) == 1:
                pairs[start] = (commas[start][0], at)
    commas_of = {comma for comma, _ in pairs.values()}
    ends = {end for _, end in pairs.values()}
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if at in pairs:
            out += _spelled(token, ((Kind.WORD, "tr"), (Kind.OPEN, "("), (Kind.OPEN, "(")))
        elif at in commas_of:
            out += _spelled(token, ((Kind.CLOSE, ")"), (Kind.OP, "^"), (Kind.NAME, "⊤"), (Kind.OPEN, "(")))
        elif at in ends:
            out += _spelled(token, ((Kind.CLOSE, ")"), (Kind.CLOSE, ")")))
        else:
            out.append(token)
    return out


def _spelled(token: Token, kinds: Sequence[tuple[Kind, str]]) -> list[Token]:
    """Tokens that stand for one."""
    return [
        token._replace(kind=kind, text=text, space=token.space and not place)
        for place, (kind, text) in enumerate(kinds)
    ]


def reindexed(tokens: Sequence[Token], name: Symbol) -> list[Token]:
    """Tokens with the writer's letter for the index of the question replaced by its own: y_t by y_k.

    Nothing is replaced where the question's letter occurs, or where the name carries several letters.

    Args:
        tokens: of a derivation.
        name: what the derivation starts with, such as y_k.
    """
    letter = name.sub
    used = {token.sub for token in tokens if token.text == name.name and token.sub.isalpha()}
    if len(used) != 1 or any(token.text == letter or letter in token.sub for token in tokens):
        return list(tokens)
    other = used.pop()
    if len(other) != 1:
        return list(tokens)
    out = []
    for token in tokens:
        if token.text == other and token.kind is Kind.NAME:
            token = token._replace(text=letter)
        if other in token.sub and not any(a.isalpha() and b.isalpha() for a, b in pairwise(token.sub)):
            token = token._replace(sub=token.sub.replace(other, letter))
        out.append(token)
    return out


def introduced(tokens: Sequence[Token], scope: Scope) -> tuple[str, ...]:
    """Letters that a text gives a meaning to, by “let S = …” or “S = …”.

    Args:
        tokens: of a derivation.
        scope: what is declared.
    """
    found = [
        token.symbol
        for token, following in pairwise(tokens)
        if token.kind is Kind.NAME
        and following.text == "="
        and token.symbol not in scope.known
        and (len(token.sub) == 0 or token.sub.isdecimal())
        and not (token.text in _COUNTING and not token.sub)
    ]
    return tuple(dict.fromkeys(found))[:_MOST_INTRODUCED]


def _is_label(tokens: Sequence[Token], at: int) -> bool:
    """Whether a bracket holds the number of an equation: ``(2)`` at the end of a line."""
    if not tokens[at].space or at + _LABELLED - 1 >= len(tokens) or tokens[at + 2].kind is not Kind.CLOSE:
        return False
    inside = tokens[at + 1]
    following = tokens[at + _LABELLED] if at + _LABELLED < len(tokens) else None
    ends = following is None or following.kind in (Kind.NEWLINE, Kind.ROW) or following.maths != tokens[at].maths
    return ends and (inside.kind is Kind.NUM or inside.text in ("*", "†", "i", "a", "b"))


def _unstacked(tokens: Sequence[Token]) -> list[Token]:
    """``\\overset{!}{=}`` as a sign, and ``\\tag{1}`` left out."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.text in _STACKS or token.text.startswith("\\tag"):
            first = _past_group(tokens, at + 1)
            second = _past_group(tokens, first) if token.text in _STACKS else first
            signs = [t for t in tokens[at:second] if t.text in _SIGNS]
            if signs or token.text.startswith("\\tag"):
                out.extend(signs[:1])
                at = max(second, at + 1)
                continue
        out.append(token)
        at += 1
    return out


def _past_group(tokens: Sequence[Token], at: int) -> int:
    """The index past a group in braces, or the index itself where none stands."""
    if text_at(tokens, at) != "{":
        return at
    depth = 0
    for place in range(at, min(len(tokens), at + _NEAR)):
        depth += (tokens[place].text == "{") - (tokens[place].text == "}")
        if depth == 0:
            return place + 1
    return at
