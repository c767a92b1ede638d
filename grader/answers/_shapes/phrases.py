"""Shapes in words: “a vector of length d”, “d-dimensional”, “m rows and n columns”, “scalar”."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from grader.answers._shapes.axes import Axes, Cut
from grader.answers._shapes.shape import ONE, Shape
from grader.maths.reading.tokens import Kind, text_at
from grader.maths.tree import Node, Number

Place: TypeAlias = tuple[Shape, int, int]  # with its first token, and the index past its last one

_VECTOR = frozenset({"vector", "vectors", "array", "list", "tuple"})
_LENGTH = frozenset("length size dimension dim dimensionality".split())
_ENTRIES = frozenset("entries components elements coordinates numbers entry component rows".split())
_AFTER_SHAPES = frozenset(
    "because since as so and or for where which that is are has with but in of per when i e not if vector vectors "
    "column row array matrix value number output result".split()
)
"""What may follow words that are a shape; another word is the noun to which they belong: “scalar multiplication”."""
_SIDES = {"rows": "rows", "row": "rows", "columns": "columns", "column": "columns"}
_LONGEST_ASIDE = 12
MULTIPLYING = frozenset("multiply multiplying multiplied multiplies divide dividing divided divides by".split())
"""Before sizes: numbers are multiplied."""


def in_words(cut: Cut, at: int) -> Place | None:
    """The shape that is said in words from a token on.

    Args:
        cut: the text.
        at: index of a word.
    """
    words = cut.words
    if (words[at] == "scalar" and _stands(cut, at, at + 1)) or (
        words[at] == "number"
        and words[at - 1 : at] in (["single"], ["real"], ["one"], ["a"])
        and at
        and words[at + 1 : at + 2] not in (["of"], ["field"])
    ):
        return Shape(()), at, at + 1
    if words[at] in ("row", "column"):
        after = at + 1 + (text_at(cut.tokens, at + 1) == "-")
        if words[after : after + 1] == ["vector"]:
            return _vector(cut, at, after + 1, words[at])
        return _vector(cut, at, after, words[at])
    if words[at] in _VECTOR:
        return _vector(cut, at, at + 1, "")
    if words[at] == "length":
        return _length(cut, at)
    if words[at] == "square":
        return _square(cut, at)
    return None


def _stands(cut: Cut, first: int, last: int) -> bool:
    """Whether words are a shape by themselves: no noun follows to which they belong, and nothing is multiplied."""
    before = cut.words[first - 1] if first else ""
    after = cut.tokens[last] if last < len(cut.tokens) else None
    noun = after is not None and after.kind is Kind.WORD and after.text.lower() not in _AFTER_SHAPES
    return not noun and before not in MULTIPLYING


def _vector(cut: Cut, first: int, at: int, kind: str) -> Place | None:
    """“vector of length d”, “row vector with n entries”; what stands after the word “vector”."""
    words = cut.words
    if words[at : at + 1] and words[at] in ("of", "with", "has", "having", "containing", "in"):
        at += 1
    at += words[at : at + 1] == ["the"]
    if words[at : at + 1] and words[at] in _LENGTH:
        at += 1 + (words[at + 1 : at + 2] in (["="], ["of"]))
        axes = cut.axes(at)
        if axes is None or not cut.are_sizes(axes):
            return None
        return _with_kind(kind, axes, first)
    axes = cut.axes(at)
    after = axes.last if axes else at
    if axes is None or len(axes.sizes) != 1 or not cut.are_sizes(axes):
        return None
    after += words[after : after + 1] == ["real"]
    if words[after : after + 1] and words[after] in _ENTRIES - {"rows"}:
        return _with_kind(kind, axes, first)[0], first, after + 1
    return None


def _with_kind(kind: str, axes: Axes, first: int) -> Place:
    if len(axes.sizes) > 1:
        return Shape(axes.sizes), first, axes.last
    (size,) = axes.sizes
    sizes = (ONE, size) if kind == "row" else (size, ONE) if kind == "column" else (size,)
    return Shape(sizes), first, axes.last


def _length(cut: Cut, at: int) -> Place | None:
    """“length-d vector”, “length d”."""
    if cut.words[at - 1 : at] == ["of"] and at > 1 and cut.words[at - 2] not in _VECTOR | {"row", "column"}:
        return None  # “a sequence of length L”
    after = at + 1 + (text_at(cut.tokens, at + 1) in ("-", "="))
    axes = cut.axes(after)
    if axes is None or len(axes.sizes) != 1 or not cut.are_sizes(axes):
        return None
    return _and_vector(cut, axes.sizes, at, axes.last)


def _square(cut: Cut, at: int) -> Place | None:
    """“square matrix of size n”."""
    after = at + 1 + (cut.words[at + 1 : at + 2] == ["matrix"])
    if cut.words[after : after + 2] not in (["of", "size"], ["of", "order"], ["with", "size"]):
        return None
    axes = cut.axes(after + 2)
    if axes is None or not cut.are_sizes(axes):
        return None
    return Shape(axes.sizes * 2 if len(axes.sizes) == 1 else axes.sizes), at, axes.last


def dimensional(cut: Cut, at: int, axes: Axes) -> Place | None:
    """“d-dimensional vector”, “d-vector”, “m rows and n columns”.

    Args:
        cut: the text.
        at: index of the first token of the size.
        axes: the size.
    """
    words, last = cut.words, axes.last
    if words[last : last + 1] and words[last] in _SIDES:
        return _rows_and_columns(cut, at, axes)
    if words[last : last + 1] and words[last] in _ENTRIES:
        ends = last + 1 == len(words) or cut.tokens[last + 1].kind in (Kind.PUNCT, Kind.NEWLINE, Kind.SEP)
        if not ends or words[at - 1 : at] in (["first"], ["last"], ["the"], ["other"]):
            return None
        return Shape(axes.sizes), at, last + 1
    last += text_at(cut.tokens, last) == "-"
    if words[last : last + 1] in (["dimensional"], ["dim"]):
        if axes.sizes == (Number(Fraction(0), "0"),):
            return Shape(()), at, last + 1
        if not _stands(cut, at, last + 1):
            return None
        return _and_vector(cut, axes.sizes, at, last + 1)
    joined = last > axes.last
    if joined and words[last : last + 1] in (["vector"], ["row"], ["column"]):
        return _and_vector(cut, axes.sizes, at, last)
    return None


def _and_vector(cut: Cut, sizes: tuple[Node, ...], first: int, last: int) -> Place:
    """A vector, as a row or a column where the next words say so."""
    words = cut.words
    kind = words[last] if words[last : last + 1] in (["row"], ["column"]) else ""
    last += bool(kind)
    last += words[last : last + 1] == ["vector"]
    return _with_kind(kind, Axes(sizes, last), first)[0], first, last


def _past_aside(cut: Cut, at: int) -> int:
    """The index past a remark in brackets: “m rows (one for each output) and”."""
    if text_at(cut.tokens, at) != "(":
        return at
    near = range(at + 1, min(len(cut.tokens), at + _LONGEST_ASIDE))
    return next((index + 1 for index in near if cut.tokens[index].text == ")"), at)


def _rows_and_columns(cut: Cut, at: int, axes: Axes) -> Place | None:
    words, last = cut.words, axes.last
    start = after = _past_aside(cut, last + 1)
    while after < min(len(words), start + 2) and words[after] in ("and", ",", "by", "×"):
        after += 1
    second = cut.axes(after)
    if second is None or len(second.sizes) != 1 or not cut.are_sizes(second):
        return None
    other = words[second.last : second.last + 1]
    if {_SIDES[words[last]], *(_SIDES.get(word, "") for word in other)} != {"rows", "columns"}:
        return None
    sizes = (axes.sizes[0], second.sizes[0])
    return Shape(sizes if _SIDES[words[last]] == "rows" else sizes[::-1]), at, second.last + 1
