"""The members of the lines of a derivation: expressions and names in a run of tokens, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers._derivation.names import closing_of, numbered
from grader.answers._derivation.words import TO_ZERO, is_prose
from grader.maths.reading.parser import NotAnExpressionError, Parser
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Node, Symbol

SIGNS = frozenset("= ≠ < ≤ > ≥ ≈ ∈ ∉".split())
"""Signs between the members of a line."""

BREAKS = (Kind.NEWLINE, Kind.ROW, Kind.CELL, Kind.SEP, Kind.PUNCT, Kind.BULLET)
"""Tokens that no formula goes on over."""

_PASSED = (Kind.NEWLINE, Kind.ROW, Kind.CELL)
_CUT = frozenset("+ - * / ^ ∘ ⊗ @ _ ! % ′ | ‖ √ ∝".split())
_JOINING = frozenset("+ - – * / ^ ∘ ⊗ @ ′ _".split())
_STARTS = (Kind.NAME, Kind.NUM, Kind.OPEN, Kind.FUNC, Kind.COMMAND)
_FUNCTIONS = frozenset("Tr tr trace det diag inv vec norm softmax exp log".split())
_SHOWN = 60


class Members:
    """Where reading stands in the tokens of a derivation.

    Args:
        tokens: made ready.
        scope: what is declared.
    """

    def __init__(self, tokens: Sequence[Token], scope: Scope) -> None:
        self.tokens = tokens
        self.scope = scope
        self.prose = scope.in_prose()
        self.at = 0
        self.broken = -1  # where a piece that cannot be read begins, in the line at hand
        self.unread: list[str] = []

    def expression(self) -> Node | None:
        """The expression at hand; None where none can be read, and then reading stands where it broke off."""
        at = self.at
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        parser = Parser(self.tokens, at, self.scope if token.maths else self.prose)
        try:
            node = parser.expression(0)
        except NotAnExpressionError as error:
            word = token.kind is Kind.WORD and not is_prose(token, self.scope)
            if token.kind in _STARTS or token.kind is Kind.OP or word:
                self.broken = at if self.broken < 0 else self.broken
            self.at = max(at + 1, min(error.at, len(self.tokens)))
            return None
        self.at = parser.at
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is not None and following.maths == token.maths and self.is_cut(following):
            self.broken = at
            self.at += 1
            return None
        return node

    def name(self) -> Node | None:
        """A name that is given to what follows: ``gradient = …``, ``L(W) = …``."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind not in (Kind.NAME, Kind.WORD) or token.symbol in self.scope.known:
            return None
        after = self.at + 1 + len(numbered(self.tokens, self.at))
        called = text_at(self.tokens, after) == "(" and not self.tokens[after].space
        if called and token.text in _FUNCTIONS:
            return None
        if called and (after := closing_of(self.tokens, after)) == 0:
            return None
        if text_at(self.tokens, self.past_marks(after)) not in ("=", "≈"):
            return None
        if not called and token.kind is Kind.NAME and after == self.at + 1:
            return None  # a letter is read as any expression is
        if not called and not is_prose(token, self.scope) and self.scope.split(token.text):
            return None
        text = "".join(t.symbol for t in self.tokens[self.at : after])
        self.at = after
        return Symbol(text)

    def is_cut(self, following: Token) -> bool:
        """Whether a token goes on with a formula that was read only so far."""
        if following.text in _CUT:
            return True
        if following.kind in (Kind.NAME, Kind.NUM, Kind.FUNC):
            return not following.space
        return following.kind is Kind.WORD and not is_prose(following, self.scope) and not following.space

    def is_rest(self, at: int) -> bool:
        """Whether an operator makes what follows the rest of something that was not read: ``ZW + λW``."""
        token = self.tokens[at]
        if token.kind is not Kind.OP or token.text not in _JOINING or at == 0:
            return False
        before = self.tokens[at - 1]
        apart = before.kind in BREAKS or before.text in ("&", "⇒", "⇔", ":") or before.maths != token.maths
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        unary = token.text in ("-", "+") and token.space and following is not None and not following.space
        return not apart and not unary

    def pass_formula(self) -> None:
        """Pass the rest of a formula of which the beginning could not be read, up to its next sign."""
        while self.at < len(self.tokens) and not (
            self.tokens[self.at].text in SIGNS
            or self.tokens[self.at].kind in BREAKS
            or self.tokens[self.at].text in ("⇒", "⇔", ":", "&")
        ):
            self.at += 1

    def skip(self, first: int) -> None:
        """Pass what cannot be read, up to the next sign or the end of the line."""
        at = self.at
        while at < len(self.tokens) and not (
            self.tokens[at].text in SIGNS
            or self.tokens[at].kind in (Kind.NEWLINE, Kind.ROW, Kind.BULLET)
            or self.tokens[at].text in ("⇒", "⇔", ".", ";")
        ):
            at += 1
        self.at = at
        self.broken = -1
        self.unread.append(" ".join(token.text for token in self.tokens[first : min(at, first + 20)])[:_SHOWN])

    def is_zero(self, at: int) -> int:
        """The index past words that say that what stands before is zero; 0 where none do."""
        at += text_at(self.tokens, at) == ","
        for words in TO_ZERO:
            if all(text_at(self.tokens, at + place).lower() == word for place, word in enumerate(words)):
                return at + len(words)
        return 0

    def past_range(self) -> bool:
        """Pass the rest of ``ℓ = 1, 2, …, L``, of which the relation has been read, where it is such a range."""
        tokens, at = self.tokens, self.at
        while at < min(len(tokens), self.at + 5) and (tokens[at].kind in (Kind.SEP, Kind.NUM)):
            at += 1
        if text_at(tokens, at) != "…":
            return False
        at += 1 + (text_at(tokens, at + 1) == ",")
        self.at = at + (at < len(tokens) and tokens[at].kind in (Kind.NAME, Kind.NUM))
        return True

    def past_marks(self, at: int) -> int:
        """The index past marks of alignment, line breaks and borders of environments."""
        tokens = self.tokens
        while at < len(tokens) and (
            tokens[at].text == "&"
            or tokens[at].kind in _PASSED
            or (tokens[at].text.startswith(("\\begin", "\\end")) and not self.starts_matrix(tokens[at]))
        ):
            at += 1
        return at

    def begins_line(self, at: int) -> bool:
        """Whether a token stands first on its line, or in its display."""
        while at > 0 and (self.tokens[at - 1].text == "&" or self.tokens[at - 1].text.startswith("\\begin")):
            at -= 1
        return at == 0 or self.tokens[at - 1].kind in (Kind.NEWLINE, Kind.ROW, Kind.BULLET)

    def starts_matrix(self, token: Token) -> bool:
        """Whether a command begins or ends a matrix or a definition by cases, and no display."""
        return "matrix" in token.text or "array" in token.text or "cases" in token.text
