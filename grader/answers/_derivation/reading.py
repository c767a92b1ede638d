"""Tokens of a derivation to its lines: chains over one or many lines, equations between words, all in order.

One pass, linear in the tokens: where an expression breaks off, reading goes on where it broke.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.answers._derivation.lines import Derivation, Line, Role
from grader.answers._derivation.members import BREAKS, SIGNS, Members
from grader.answers._derivation.names import named
from grader.answers._derivation.preparing import introduced, prepared
from grader.answers._derivation.words import (
    ANSWERS,
    CONDITIONAL,
    DEFINING,
    DENIALS,
    GENERAL,
    GOALS,
    HYPOTHETICAL,
    RESULTS,
    is_prose,
)
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Node, Number, Relation, Symbol, symbols_in
from grader.maths.values.profile import COUNTING

MAX_LINES = 150
"""Lines that are read; a text with more is too long to be judged."""

MAX_MEMBERS = 300
"""Expressions in all lines together."""

_LETTERS = COUNTING | {"s", "p"}


def read_lines(
    tokens: Sequence[Token], scope: Scope, unknown: str = "", indices: frozenset[str] = frozenset()
) -> Derivation:
    """The lines of a derivation.

    Args:
        tokens: of the text, with the symbols spelled as they are declared.
        scope: what is declared.
        unknown: the symbol for which is solved, "" if none.
        indices: declared indices.
    """
    ready = named(prepared(tokens, scope), scope, unknown)
    names = introduced(ready, scope)
    if names:  # S is a matrix where the text says what S is
        capital = frozenset(name for name in names if name[0].isupper())
        scope = replace(scope, known=scope.known | frozenset(names), matrices=scope.matrices | capital)
    return _Reader(ready, scope, unknown, indices).run()


class _Reader(Members):
    def __init__(self, tokens: list[Token], scope: Scope, unknown: str, indices: frozenset[str]) -> None:
        super().__init__(tokens, scope)
        self.unknown = unknown
        self.indices = indices
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.conditions: tuple[Node, ...] = ()  # of the sentence
        self.doubtful = False
        self.in_sentence = False  # a line of this sentence has been read
        self.members = 0

    def run(self) -> Derivation:
        tokens = self.tokens
        while self.at < len(tokens):
            if len(self.lines) >= MAX_LINES or self.members >= MAX_MEMBERS:
                self.unread.append("the rest, which is too long")
                break
            token = tokens[self.at]
            if token.text == ">" and self.begins_line(self.at):  # the mark of a quotation
                self.at += 1
            elif token.text in SIGNS and token.kind is Kind.OP:
                self.go_on()
            elif token.kind in BREAKS or token.text in ("&", "⇒", "⇔", ":") or token.kind is Kind.CLOSE:
                self.pass_break(token)
            elif token.text.startswith(("\\begin", "\\end")) and not self.starts_matrix(token):
                self.at += 1
                self.broken = -1
            elif token.kind is Kind.WORD and self.is_word(token):
                self.words.append(token.text.lower())
                self.at += 1
                self.broken = -1
            else:
                self.statement()
        return Derivation(tuple(map(self.beyond_exceptions, self.lines)), tuple(self.unread))

    def beyond_exceptions(self, line: Line) -> Line:
        """“K_0 = D and K_ℓ = …”: what is said of all entries holds for those after the ones that are told apart."""
        head = line.items[0]
        if line.conditions or not isinstance(head, Symbol) or not self.is_index(head.sub):
            return line
        heads = (other.items[0] for other in self.lines if other.signs)
        own = (one for one in heads if isinstance(one, Symbol) and one.name == head.name)
        told = [int(one.sub) for one in own if one.sub.isdecimal()]
        if not told:
            return line
        first = Fraction(max(told) + 1)
        return replace(line, conditions=(Relation((Symbol(head.sub), Number(first, str(first))), ("≥",)),))

    # ---------------------------------------------------------------- what stands between lines

    def pass_break(self, token: Token) -> None:
        self.at += 1
        self.broken = -1
        closes = token.text in (".", "?", "!", "\n\n") or token.kind is Kind.BULLET
        if closes or (token.text == "\n" and self.in_sentence and text_at(self.tokens, self.at - 2) != ","):
            self.end_sentence()

    def end_sentence(self) -> None:
        self.words = []
        self.conditions = ()
        self.doubtful = False
        self.in_sentence = False

    def is_word(self, token: Token) -> bool:
        return is_prose(token, self.scope) and text_at(self.tokens, self.past_marks(self.at + 1)) not in ("=", "≈")

    # ---------------------------------------------------------------- lines

    def statement(self) -> None:
        """What starts at a token that may begin an expression."""
        self.at += self.opens_condition()
        first = self.at
        if self.broken >= 0 or self.is_rest(first):
            self.broken = first if self.broken < 0 else self.broken
            self.at += 1
            self.pass_formula()
            return
        node = self.name() or self.expression()
        if node is None:
            return
        self.finish([node], [], first)

    def opens_condition(self) -> bool:
        """Whether a bracket holds a relation between indices: ``(ℓ = 1, …, L)``."""
        names, signs = self.tokens[self.at + 1 : self.at + 2], self.tokens[self.at + 2 : self.at + 3]
        indexed = bool(names) and names[0].kind is Kind.NAME and self.is_index(names[0].symbol)
        return self.tokens[self.at].text in ("(", "[") and indexed and bool(signs) and signs[0].text in SIGNS

    def go_on(self) -> None:
        """A sign that no expression on its line stands before: a chain goes on, or begins with what is not read."""
        before = self.lines[-1] if self.lines else None
        if self.broken >= 0:
            self.finish([None], [], self.broken)
        elif before is None:
            self.finish([None], [], self.at)
        elif before.role is Role.MENTION and not (before.last == self.at or self.begins_line(before.first)):
            earlier = next((k for k in range(len(self.lines) - 1, -1, -1) if self.lines[k].signs), None)
            self.reopen(len(self.lines) - 1 if earlier is None else earlier)
        else:
            chains = [k for k in range(len(self.lines)) if self.lines[k].role in (Role.STEP, Role.MENTION, Role.GOAL)]
            if chains:
                self.reopen(chains[-1])
            else:
                self.finish([None], [], self.at)

    def reopen(self, place: int) -> None:
        line = self.lines.pop(place)
        self.finish(list(line.items), list(line.signs), line.first, line)

    def finish(self, items: list[Node | None], signs: list[str], first: int, line: Line | None = None) -> None:
        """Read the rest of a chain, of which the first members have been read, and keep it."""
        self.members += 1
        while (sign := self.past_marks(self.at)) < len(self.tokens) and self.tokens[sign].text in SIGNS:
            if self.tokens[sign].kind is not Kind.OP or self.members >= MAX_MEMBERS:
                break
            signs.append(self.tokens[sign].text)
            self.at = self.past_marks(sign + 1)
            if text_at(self.tokens, self.at) == ":":
                self.at = self.past_marks(self.at + 1)
            node = self.name() or self.expression()
            if node is None:
                self.skip(sign + 1)
            items.append(node)
            self.members += 1
        if not signs and self.unknown and (after := self.is_zero(self.at)):
            items.append(Number(Fraction(0), "0"))
            signs.append("=")
            self.at = after
        self.keep(tuple(items), tuple(signs), first, line)

    def keep(self, items: tuple[Node | None, ...], signs: tuple[str, ...], first: int, line: Line | None) -> None:
        if line is not None and line.role is not Role.MENTION:
            self.lines.append(replace(line, items=items, signs=signs, last=self.at))
            self.in_sentence = True
            return
        words, self.words = self.words, []
        near = words[-3:]
        if not signs:
            result = self.begins_line(first) or bool(RESULTS & set(near)) or text_at(self.tokens, first - 1) == ":"
            if isinstance(items[0], Symbol | Number) or items[0] is None or GOALS & set(words) or not result:
                self.words = words
                return
            stated = bool(ANSWERS & set(words))
            self.lines.append(Line(items, (), Role.MENTION, stated=stated, first=first, last=self.at))
            return
        self.doubtful = self.doubtful or bool(DENIALS & set(words) or HYPOTHETICAL & set(words))
        if self.is_about_indices(items):
            self.condition(items, signs, first, words)
            return
        role = Role.STEP
        plain = all(isinstance(item, Symbol | Number) for item in items)
        if "∈" in signs or "∉" in signs or (plain and not {"=", "≈"} & set(signs)):  # λ > 0
            role = Role.INDEX
        elif GOALS & set(words):
            role = Role.GOAL
        elif HYPOTHETICAL & set(words[-2:]) and not {"suppose", "assume"} & set(words[-2:]):
            role = Role.CONDITION
        redefines = isinstance(items[0], Symbol) and bool(DEFINING & set(near))
        general = bool(GENERAL & set(words)) or text_at(self.tokens, first - 1) in ("(", "[")
        doubtful = self.doubtful or redefines
        self.lines.append(Line(items, signs, role, self.conditions, doubtful, general, first=first, last=self.at))
        self.in_sentence = True

    def condition(self, items: tuple[Node | None, ...], signs: tuple[str, ...], first: int, words: list[str]) -> None:
        """A relation between indices: where lines hold, or how indices were renamed."""
        stated = bool(CONDITIONAL & set(words[-3:])) and not {"let", "set", "put", "define"} & set(words[-3:])
        beside = self.in_sentence and text_at(self.tokens, first - 1) in (",", "(", "[")
        ahead = text_at(self.tokens, self.at) == ":"
        renames = "=" in signs and any(not isinstance(item, Symbol | Number) for item in items)  # ℓ = k − j
        if renames or not (stated or beside or ahead):
            self.lines.append(Line(items, signs, Role.INDEX, first=first, last=self.at))
            return
        ranged = self.past_range()
        found = Relation(tuple(item for item in items if item is not None), ("≥",) if ranged else signs)
        if self.in_sentence and self.lines:
            self.lines[-1] = replace(self.lines[-1], conditions=(*self.lines[-1].conditions, found))
        else:
            self.conditions = (*self.conditions, found)

    def is_about_indices(self, items: Sequence[Node | None]) -> bool:
        names: set[str] = set()
        for item in items:
            if item is None:
                return False
            names |= symbols_in(item)
        return bool(names) and all(self.is_index(name) for name in names)

    def is_index(self, name: str) -> bool:
        if name in self.indices or name == "…":
            return True
        return name in _LETTERS and name != self.unknown and name not in self.scope.matrices and not self.declared(name)

    def declared(self, name: str) -> bool:
        return name in self.scope.known
