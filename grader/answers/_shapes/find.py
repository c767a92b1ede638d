"""Shapes in running text: ``m × n``, ``(m, n)``, ``ℝ^{m×n}``, “a vector of length d”, “m rows and n columns”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.answers._find import inside_brackets
from grader.answers._shapes.axes import Axes, Cut
from grader.answers._shapes.phrases import MULTIPLYING, Place, dimensional, in_words
from grader.answers._shapes.shape import Shape
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import CLOSING, Kind, Token, text_at

_SPACES = frozenset({"ℝ", "R", "ℂ", "ℚ", "ℤ", "𝔽", "ℕ"})
_SHAPE = frozenset("shape size sizes shapes dimension dimensions dim dims order zeros ones randn empty".split())

_BEFORE = frozenset("+ - – * / ^ √ < > ≤ ≥".split())
_AFTER = frozenset("= + - – * / ^ < > ≤ ≥ !".split())
_LEADS = frozenset(
    "shape size dimension dimensions dim has have is are of a an the in matrix vector tensor array again also then "
    "being ∈ : = with ( )".split()
)
_FAR = 9


@dataclass(frozen=True, slots=True)
class Run:
    """A shape in a text.

    Args:
        shape: as read.
        first, last: its tokens.
        symbol: what has this shape, "" if that is not said right before.
        named: the words around call it a shape.
    """

    shape: Shape
    first: int
    last: int
    symbol: str
    named: bool


def runs(tokens: Sequence[Token], scope: Scope) -> Iterator[Run]:
    """The shapes of a text, in order.

    Args:
        tokens: of the text.
        scope: with the declared sizes.
    """
    finder = _Finder(tokens, scope)
    at = 0
    while at < len(finder.tokens):
        found = finder.shape(at)
        if found is None:
            at += 1
            continue
        shape, first, last = found
        yield finder.run(shape, first, last)
        at = last


class _Finder:
    def __init__(self, tokens: Sequence[Token], scope: Scope) -> None:
        self.cut = Cut(tokens, scope)
        self.tokens = self.cut.tokens
        self.words = self.cut.words
        self.scope = scope
        self.declared = scope.known - {"π", "e"}

    def run(self, shape: Shape, first: int, last: int) -> Run:
        """What was found, with its place in the text."""
        origin = self.cut.origin
        symbol, named = self._about(first)
        return Run(shape, origin[first], origin[last - 1] + 1, symbol, named)

    def shape(self, at: int) -> Place | None:
        """The shape that begins at a token, and its tokens."""
        token = self.tokens[at]
        if token.kind in (Kind.NEWLINE, Kind.BULLET, Kind.PUNCT, Kind.SEP, Kind.CLOSE):
            return None
        if token.kind is Kind.WORD:
            return in_words(self.cut, at) or (self._sizes(at) if self.cut.is_product(at) else None)
        if token.kind is Kind.NAME and ("×" in token.sub or "*" in token.sub or "," in token.sub):
            return self._subscript(at)
        if token.text == "a" and token.symbol not in self.declared and self._is_article(at):
            return None
        if token.text in _SPACES and token.symbol not in self.declared and text_at(self.tokens, at + 1) == "^":
            return self._space(at)
        if token.kind is Kind.OPEN and token.text in ("(", "["):
            return self._listed(at)
        if token.kind in (Kind.NAME, Kind.NUM, Kind.OPEN) or token.text in ("⌊", "⌈", "\\frac"):
            return self._sizes(at)
        return None

    def _is_article(self, at: int) -> bool:
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return following is not None and following.space and following.kind is not Kind.OP

    # ------------------------------------------------------------ notations

    def _subscript(self, at: int) -> Place | None:
        """``M_{m×n}(ℝ)``: matrices by the shape in the subscript."""
        inner = Cut(tokenize(self.tokens[at].sub), self.scope)
        axes = inner.axes(0)
        texts = [text_at(self.tokens, index) for index in range(at + 1, at + 4)]
        last = at + 4 if texts[0] == "(" and texts[1] in _SPACES and texts[2] == ")" else at + 1
        if self.words[at] not in ("m", "mat") or axes is None or len(axes.sizes) < 2:
            return None
        return (Shape(axes.sizes), at, last) if axes.last == len(inner.tokens) else None

    def _space(self, at: int) -> Place | None:
        """``ℝ^{m×n}``, ``R^(m x n)``, ``ℝ^d``; no map from one space to another, and no product of spaces."""
        inside = at + 2
        opened = text_at(self.tokens, inside)
        if opened in ("{", "("):
            close = self._closing(inside)
            axes = self._list(inside + 1, close) if close else None
            last = close + 1
        else:
            axes = self.cut.axes(inside)
            last = axes.last if axes else 0
        before, after = text_at(self.tokens, at - 1), text_at(self.tokens, last)
        if axes is None or before == "*" or after in ("*", "^") or self._is_map(at, last):
            return None
        return Shape(axes.sizes), at, last

    def _is_map(self, first: int, last: int) -> bool:
        """Whether a space is one side of a map: “f: ℝ^n → ℝ^m”."""
        if text_at(self.tokens, last) == "⇒" and text_at(self.tokens, last + 1) in _SPACES:
            return True
        near = range(max(0, first - 12), first - 1)
        return text_at(self.tokens, first - 1) == "⇒" and any(
            self.tokens[at].text in _SPACES and text_at(self.tokens, at + 1) == "^" for at in near
        )

    def _listed(self, at: int) -> Place | None:
        """``(m, n)``, ``[m, n]``, ``(d,)``, ``([3, 2])``, ``(m × n)``; no arguments of a function."""
        before = self.tokens[at - 1] if at else None
        tight = before is not None and not self.tokens[at].space
        if before is not None and tight and before.kind in (Kind.NAME, Kind.FUNC, Kind.NUM, Kind.CLOSE):
            return self._sizes(at)
        if before is not None and tight and before.kind is Kind.WORD and before.text.lower() not in _SHAPE:
            return None
        close = self._closing(at)
        if not close:
            return None
        if close == at + 1:
            return Shape(()), at, close + 1
        nested = text_at(self.tokens, at + 1) == "[" and self._closing(at + 1) == close - 1
        first, last = (at + 2, close - 1) if nested else (at + 1, close)
        axes = self._list(first, last)
        after = text_at(self.tokens, close + 1)
        if axes is None or after in _AFTER or self.cut.signs[close + 1 : close + 2] == [True]:
            return self._sizes(at)
        trailing = text_at(self.tokens, last - 1) == ","
        if (len(axes.sizes) < 2 and not trailing) or not self.cut.are_sizes(axes):
            return self._sizes(at)
        if before is not None and before.kind is Kind.OP and before.text in _BEFORE:
            return None
        return Shape(axes.sizes), at, close + 1

    def _sizes(self, at: int) -> Place | None:
        """``m × n``: at least two sizes with signs between; ``d-dimensional vector``, ``d-vector``."""
        before = self.tokens[at - 1] if at else None
        if before is not None and (before.text in _BEFORE or before.kind in (Kind.FUNC, Kind.COMMAND)):
            return None
        if text_at(self.tokens, at - 1) == "{" and text_at(self.tokens, at - 2) == "_":
            return None  # a subscript
        glued = before is not None and not self.tokens[at].space and before.kind in (Kind.NAME, Kind.NUM, Kind.CLOSE)
        axes = None if glued else self.cut.axes(at)
        if axes is None or not self.cut.are_sizes(axes):
            return None
        last = axes.last
        if len(axes.sizes) == 1:
            return dimensional(self.cut, at, axes)
        if before is not None and before.text.lower() in MULTIPLYING:
            return None
        hyphen = (
            text_at(self.tokens, last) == "-"
            and self.tokens[last + 1 : last + 2]
            and (self.tokens[last + 1].kind is Kind.WORD)
        )
        if text_at(self.tokens, last) in _AFTER and not hyphen:
            return None
        return Shape(axes.sizes), at, last

    def _list(self, first: int, last: int) -> Axes | None:
        """Sizes between brackets, with commas or signs between them, up to a token that is not passed."""
        self._multiply(first, last)
        axes = self.cut.axes(first, last)
        if axes is None or len(axes.sizes) > 1 or axes.last == last:
            return axes if axes is not None and axes.last == last else None
        sizes = list(axes.sizes)
        at = axes.last
        while at < last and self.tokens[at].text == ",":
            if at + 1 == last:
                return Axes(tuple(sizes), last)
            size = self.cut.size(at + 1, last)
            if size is None:
                return None
            sizes.append(size[0])
            at = size[1]
        return Axes(tuple(sizes), last) if at == last else None

    def _multiply(self, first: int, last: int) -> None:
        """Between commas a sign is that of a product: ``(n*d, n*d)``."""
        outer = inside_brackets(self.tokens[first:last])
        if any(self.tokens[at].text == "," and not outer[at - first] for at in range(first, last)):
            for at in range(first, last):
                self.cut.signs[at] &= self.tokens[at].text != "*"

    def _closing(self, at: int) -> int:
        """The index of the bracket that closes the one at a token, if it is near; 0 if there is none."""
        depth = 0
        for index in range(at, min(len(self.tokens), at + 40)):
            token = self.tokens[index]
            if token.kind is Kind.NEWLINE:
                return 0
            depth += (token.kind is Kind.OPEN and token.text in CLOSING) - (token.kind is Kind.CLOSE)
            if depth == 0:
                return index
        return 0

    # ------------------------------------------------------------ what has the shape

    def _about(self, first: int) -> tuple[str, bool]:
        """The symbol that is said to have the shape, and whether the words call it a shape."""
        named = False
        for at in range(first - 1, max(-1, first - _FAR), -1):
            token = self.tokens[at]
            word = self.words[at]
            named = named or word in _SHAPE or word == "∈"
            if token.kind is Kind.NAME and word not in _LEADS:
                plain = at == 0 or self.tokens[at - 1].kind in (
                    Kind.WORD,
                    Kind.NEWLINE,
                    Kind.BULLET,
                    Kind.PUNCT,
                    Kind.SEP,
                )
                called = text_at(self.tokens, at - 1) == "("
                return (token.symbol if plain or called else ""), named
            if word not in _LEADS:
                break
        return "", named
