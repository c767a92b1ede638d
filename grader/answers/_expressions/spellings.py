"""Tokens of an answer, its symbols spelled as the question declares them: ℓ, letters with a bar, derivatives."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from grader.answers.base import Match
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.scope import Scope
from grader.maths.reading.symbols import GREEK, MARKS_ABOVE
from grader.maths.reading.tokens import Kind, Token

V = TypeVar("V")

_MARKS = {name: MARKS_ABOVE[name] for name in ("bar", "hat", "tilde", "dot")}


def plain_tokens(text: str, scope: Scope) -> list[Token]:
    """The tokens of an answer, its symbols spelled as they are declared.

    Args:
        text: the answer.
        scope: what is declared: where ℓ is and l is not, l is written for ℓ.
    """
    return spelled(tokenize(text), scope)


def spelled(tokens: Sequence[Token], scope: Scope) -> list[Token]:
    """Tokens whose letters are spelled as they are declared.

    Args:
        tokens: of a text.
        scope: what is declared: ``cbar`` is written for c̄, ``\\frac{∂f}{∂Y}`` for ∂f/∂Y, l for ℓ, c_i for C_i, and K_i
            for k_i where K has no index of its own, and h0 for h_0.
    """
    found = list(tokens)
    if any(token.text in ("=", "←") for token in found):
        found = _assigned(found)
    if _respells(scope.known):
        found = [_with_ell(token) for token in found]
    if marked := _marked(scope.known):
        found = [_with_mark(token, marked) for token in found]
    if capitals := _capitals(scope.known):
        found = [token._replace(text=token.text.upper()) if _is_small(token, capitals) else token for token in found]
    if rows := _rows(scope.known):
        found = [token._replace(text=token.text.lower()) if _is_small(token, rows) else token for token in found]
    found = _with_numbers(found, _numbered(scope.known))
    if quotients := _quotients(scope.known):
        found = _joined(found, quotients)
    return found


def in_places(found: Iterable[Match[V]], made: Sequence[Token], tokens: Sequence[Token]) -> Iterator[Match[V]]:
    """What was found among tokens as they are spelled, with the places of the tokens of the text.

    Args:
        found: by the indices of the spelled tokens.
        made: these, of which one may stand for several.
        tokens: of the text.
    """
    if len(made) == len(tokens):
        yield from found
        return
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]

    def first(at: int) -> int:
        return bisect_left(starts, made[at].start)

    def last(at: int) -> int:
        return bisect_right(ends, made[at - 1].end)

    for match in found:
        given = tuple((first(one), last(other)) for one, other in match.given)
        yield replace(match, first=first(match.first), last=last(match.last), given=given)


def _assigned(tokens: list[Token]) -> list[Token]:
    """Tokens in which ``W ← W - G`` and ``W -= G`` give W the value of the right-hand side."""
    found: list[Token] = []
    closing: Token | None = None
    for at, token in enumerate(tokens):
        if closing is not None and token.kind is Kind.NEWLINE:
            found.append(closing._replace(start=token.start, end=token.start))
            closing = None
        if token.text == "←":
            token = token._replace(text="=")
        if token.text == "=" and at > 1 and not token.space and _steps(tokens, at):
            sign, named = found.pop(), tokens[at - 2]
            end = token.end
            found += [token, named._replace(start=end, end=end), sign._replace(start=end, end=end)]
            found.append(Token(Kind.OPEN, "(", end, end, maths=token.maths))
            closing = Token(Kind.CLOSE, ")", end, end, maths=token.maths)
        else:
            found.append(token)
    return [*found, closing._replace(start=tokens[-1].end, end=tokens[-1].end)] if closing is not None else found


def _steps(tokens: Sequence[Token], at: int) -> bool:
    """Whether the equals sign belongs to ``-=`` and the like, after a symbol with which a statement begins."""
    first = at == 2 or tokens[at - 3].kind in (Kind.NEWLINE, Kind.PUNCT, Kind.BULLET)
    return first and tokens[at - 1].text in ("+", "-", "*", "/") and tokens[at - 2].kind is Kind.NAME


@lru_cache(maxsize=1024)
def _respells(known: frozenset[str]) -> bool:
    """Whether ℓ is declared and l is not."""
    letters = {letter for name in known for letter in name}
    return "ℓ" in letters and "l" not in letters


def _with_ell(token: Token) -> Token:
    if token.text == "l" and token.kind is Kind.NAME:
        token = token._replace(text="ℓ")
    return token._replace(sub=token.sub.replace("l", "ℓ")) if "l" in token.sub else token


@lru_cache(maxsize=1024)
def _capitals(known: frozenset[str]) -> frozenset[str]:
    """Small letters that nothing declared is called, where their capitals are declared with an index: c for C_i."""
    with_index = {base for base, _, sub in (name.partition("_") for name in known) if len(sub) == 1 and sub.isalpha()}
    taken = {name.partition("_")[0] for name in known}
    capitals = {base for base in with_index if len(base) == 1 and base.isascii() and base.isupper()}
    return frozenset(base.lower() for base in capitals if base.lower() not in taken)


@lru_cache(maxsize=1024)
def _rows(known: frozenset[str]) -> frozenset[str]:
    """Capitals that are declared without an index, and their small letters with one: K beside k_i."""
    plain = {name for name in known if len(name) == 1 and name.isascii() and name.isupper()}
    with_index = {base for base, _, sub in (name.partition("_") for name in known) if len(sub) == 1 and sub.isalpha()}
    return frozenset(name for name in plain - with_index if name.lower() in with_index)


def _is_small(token: Token, capitals: frozenset[str]) -> bool:
    """Whether a token is one of some letters, with a letter as its index."""
    return token.kind is Kind.NAME and token.text in capitals and len(token.sub) == 1 and token.sub.isalpha()


@lru_cache(maxsize=1024)
def _marked(known: frozenset[str]) -> dict[str, str]:
    """How declared letters with a mark above them are written in ASCII: ``cbar`` and ``c_bar`` for c̄."""
    found: dict[str, str] = {}
    for name in known:
        letter = name.partition("_")[0]
        plain = unicodedata.normalize("NFD", letter)
        word = next((word for word, mark in _MARKS.items() if plain[1:] == mark), "")
        if word:
            spellings = [plain[0], *(greek for greek, symbol in GREEK.items() if symbol == plain[0])]
            found |= {spelling + word: letter for spelling in spellings} | {f"{plain[0]}_{word}": letter}
            if letter == "h̄":
                found["ħ"] = letter
    return {word: letter for word, letter in found.items() if word not in known}


def _with_mark(token: Token, marked: dict[str, str]) -> Token:
    if token.kind in (Kind.WORD, Kind.NAME) and token.text in marked:
        return token._replace(kind=Kind.NAME, text=marked[token.text])
    if token.kind is Kind.NAME and token.symbol in marked:
        return token._replace(text=marked[token.symbol], sub="")
    return token


@lru_cache(maxsize=1024)
def _numbered(known: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The letters and numbers of declared symbols whose index is a number."""
    parts = (name.partition("_")[::2] for name in known)
    return frozenset(
        (letter, index) for letter, index in parts if index.isdecimal() and f"{letter}{index}" not in known
    )


def _with_numbers(tokens: Sequence[Token], numbered: frozenset[tuple[str, str]]) -> list[Token]:
    """Tokens in which a letter and the number right after it are one symbol: a declared one, or one with a value."""
    number, name = Kind.NUM, Kind.NAME
    tight = [at for at, token in enumerate(tokens) if token.kind is number and not token.space]
    places = [at for at in tight if at and tokens[at - 1].kind is name and _is_index(tokens, at, numbered)]
    if not places:
        return list(tokens)
    found = list(tokens)
    for at in reversed(places):
        found[at - 1 : at + 1] = [tokens[at - 1]._replace(sub=tokens[at].text, end=tokens[at].end)]
    return found


def _is_index(tokens: Sequence[Token], at: int, numbered: frozenset[tuple[str, str]]) -> bool:
    number, letter = tokens[at], tokens[at - 1]
    if letter.sub:
        return False
    if (letter.text, number.text) in numbered:
        return True
    named = at + 1 < len(tokens) and tokens[at + 1].text == "=" and number.text.isdecimal()
    return named and (at == 1 or tokens[at - 2].kind in (Kind.SEP, Kind.NEWLINE, Kind.WORD, Kind.PUNCT))


@lru_cache(maxsize=1024)
def _quotients(known: frozenset[str]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The ways to write declared derivatives such as ∂f/∂Y, as runs of tokens, the longest first."""
    found: dict[tuple[str, ...], str] = {}
    for name in known:
        top, slash, bottom = name.partition("/")
        if slash:
            for one, other in ((top, bottom), (top.replace("∂", "d"), bottom.replace("∂", "d"))):
                for text in (f"{one}/{other}", f"({one})/({other})", f"\\frac{{{one}}}{{{other}}}"):
                    found.setdefault(tuple(token.symbol for token in tokenize(text)), name)
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _joined(tokens: Sequence[Token], quotients: tuple[tuple[tuple[str, ...], str], ...]) -> list[Token]:
    """Tokens in which each run that writes a derivative is one symbol."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        for run, name in quotients:
            if tokens[at].symbol == run[0] and tuple(t.symbol for t in tokens[at : at + len(run)]) == run:
                last = tokens[at + len(run) - 1]
                found.append(tokens[at]._replace(kind=Kind.NAME, text=name, end=last.end, value=None, sub=""))
                at += len(run)
                break
        else:
            found.append(tokens[at])
            at += 1
    return found
