"""Sizes of axes with signs between them: ``m × n``, ``3 x 2``, ``(n+1) by 2d``, ``mxn``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.maths.reading.numerals import NUMBERS
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import CLOSING, Kind, Token, text_at
from grader.maths.tree import Node, Number, Relation, Unary, symbols_in, walk

MOST_AXES = 8
"""Most axes of a shape that is read."""

_LONGEST = 60
"""Most tokens of one shape, so that finding stays linear."""

_GLUED = re.compile(r"([^\W\dxX]{1,2}|\d{1,4})(?:[xX]([^\W\dxX]{1,2}|\d{1,4}))*[xX]?|[xX]([^\W\dxX]{1,2}|\d{1,4})")
_ENGLISH = frozenset(
    "an am as at be by do go he if in is it me my no of on or so to up us we and the are for not".split()
)
_LONGEST_WORD = 20
_JOINS = frozenset("+ - – / ^ *".split())
_IN_SIZES = _JOINS | frozenset("′ ⌊ ⌋ ⌈ ⌉ ! \\frac \\binom".split())


class Axes(NamedTuple):
    """Axes in a row.

    Args:
        sizes: of the axes.
        last: index past their last token.
    """

    sizes: tuple[Node, ...]
    last: int


class Cut:
    """Tokens in which what is run together, such as ``mxn`` or ``dx1``, is cut; with the index of each in the text.

    Args:
        tokens: of the text.
        scope: its known symbols are sizes; an x that is one of them is no sign.
    """

    def __init__(self, tokens: Sequence[Token], scope: Scope) -> None:
        self.tokens: list[Token] = []
        self.origin: list[int] = []
        self.signs: list[bool] = []  # it stands between two sizes
        self.scope = scope
        self.x_is_size = bool({"x", "X"} & scope.known)
        for at, token in enumerate(tokens):
            for piece in self._pieces(tokens, at):
                self.tokens.append(piece)
                self.origin.append(at)
                self.signs.append(piece.text == "*" and not piece.sub)
            if token.text in ("x", "X") and not token.sub and not self.x_is_size:
                self.signs[-1] = token.kind in (Kind.NAME, Kind.WORD)
            elif token.kind is Kind.WORD and token.text.lower() == "by":
                self.signs[-1] = True
        for at in range(1, len(self.tokens) - 1):  # n-by-d
            beside = (self.tokens[at - 1].text.lower(), self.tokens[at + 1].text.lower())
            self.signs[at] |= self.tokens[at].text == "-" and "by" in beside
        self.origin.append(len(tokens))
        self.words = [token.text.lower() for token in self.tokens]

    def _pieces(self, tokens: Sequence[Token], at: int) -> list[Token]:
        token = tokens[at]
        count = NUMBERS.get(token.text.lower(), 0) if token.kind is Kind.WORD else 0
        if count > 1 or (count == 1 and text_at(tokens, at + 1).lower() in ("row", "column")):
            return [token._replace(kind=Kind.NUM, text=str(count), value=Fraction(count))]
        if token.kind is not Kind.WORD or self.x_is_size or "x" not in token.text.lower() or len(token.text) > 12:
            return [token]
        beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        near_number = any(other.kind is Kind.NUM for other in beside)
        if not _GLUED.fullmatch(token.text) or (not near_number and token.text[0] in "xX"):
            return [token]
        texts = [text for text in re.split(r"([xX])", token.text) if text]
        known = all(text in self.scope.known or text.isdecimal() for text in texts if text not in "xX")
        if not known and not (len(texts) == 3 and all(len(text) == 1 for text in texts) and near_number):
            return [token]
        pieces: list[Token] = []
        start = token.start
        for text in texts:
            sign = text in "xX"
            kind = Kind.OP if sign else Kind.NUM if text.isdecimal() else Kind.NAME
            value = Fraction(text) if kind is Kind.NUM else None
            end = start + len(text)
            pieces.append(Token(kind, "*" if sign else text, start, end, token.space and not pieces, value))
            start = end
        return pieces

    def are_sizes(self, axes: Axes) -> bool:
        """Whether symbols are declared, or small letters as sizes have; in products of matrices they are not.

        Args:
            axes: sizes with signs between.
        """
        declared = self.scope.known - {"π", "e"}
        names = set().union(*(symbols_in(size) for size in axes.sizes), set())
        if len(axes.sizes) > 1 and any(isinstance(size, Number) and size.value == 0 for size in axes.sizes):
            return False
        return all(name in declared or name.partition("_")[0].islower() for name in names)

    def axes(self, at: int, stop: int | None = None) -> Axes | None:
        """The longest run of sizes with signs between that begins at a token; a single size counts.

        Args:
            at: where to begin.
            stop: index that is not passed.
        """
        stop = min(len(self.tokens), at + _LONGEST) if stop is None else stop
        found = self._axes(at, stop)
        last = found.last if found else at
        stars = [index for index in range(at, last) if self.signs[index] and self._is_tight(index)]
        if not stars or not any(self.words[index] == "by" for index in range(at, last) if self.signs[index]):
            return found
        for index in stars:  # “3*h by d”
            self.signs[index] = False
        return self._axes(at, stop)

    def _is_tight(self, at: int) -> bool:
        """Whether a sign stands between two sizes without space."""
        return self.tokens[at].text == "*" and not self.tokens[at].space and not self.tokens[at + 1].space

    def _axes(self, at: int, stop: int) -> Axes | None:
        sizes: list[Node] = []
        last = after = at
        while len(sizes) < MOST_AXES and (size := self.size(after, stop)) is not None:
            sizes.append(size[0])
            last = after = size[1]
            while after < stop and self.signs[after] and after - last < 3:
                after += 1
            if after == last:
                break
        return Axes(tuple(sizes), last) if sizes else None

    def is_product(self, at: int) -> bool:
        """Whether a word is a declared size or a product of some, such as ``nd``.

        Args:
            at: index of the word.
        """
        token = self.tokens[at]
        if token.kind is not Kind.WORD or token.text in _ENGLISH:
            return False
        return len(token.text) <= _LONGEST_WORD and self.scope.split(token.text) is not None

    def size(self, at: int, stop: int) -> tuple[Node, int] | None:
        """One size, and the index past it; None if none begins here.

        Args:
            at: where to begin.
            stop: index that is not passed.
        """
        last, depth = at, 0
        while last < stop:
            token = self.tokens[last]
            if depth == 0 and (self.signs[last] or token.kind is Kind.CLOSE):
                break
            if token.kind is Kind.OPEN and token.text in CLOSING:
                if depth == 0 and last > at and token.space:
                    break  # “n × d (rows first)”
                depth += 1
            elif token.kind is Kind.CLOSE:
                depth -= 1
            elif token.kind is Kind.WORD:
                if not self.is_product(last):
                    break
            elif token.kind not in (Kind.NUM, Kind.NAME, Kind.FUNC) and token.text not in _IN_SIZES:
                break
            last += 1
        while last > at and self.tokens[last - 1].text in _JOINS:
            last -= 1
        if last == at:
            return None
        try:
            node, after = parse_prefix(self.tokens[at:last], 0, self.scope)
        except NotAnExpressionError:
            return None
        return (node, at + after) if is_size(node) else None


def is_size(node: Node) -> bool:
    """Whether a tree can be the size of an axis: no relation, list or negative number.

    Args:
        node: the tree.
    """
    if isinstance(node, Number):
        return node.value.denominator == 1 and node.value >= 0 and "." not in node.text
    if isinstance(node, Unary) and node.op == "-":
        return False
    return not any(isinstance(here, Relation) for here in walk(node)) and bool(symbols_in(node))
