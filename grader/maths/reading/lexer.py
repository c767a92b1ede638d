"""Text to tokens, for ASCII, Unicode and LaTeX as people mix them, and for the prose around.

The lexer never fails and is linear in the length of the text. Every token keeps the offsets of the
characters it was read from, so that whatever is understood later can be shown where it was said.
Dollar signs, emphasis, sizes and spacing make no tokens; two spellings of one symbol (``<=``, ``≤``,
``\\leq``) make one token.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from grader.maths.reading import mojibake, symbols
from grader.maths.reading.patterns import (
    ARGUMENT,
    ASCII_LETTERS,
    BLACKBOARD,
    BRACKET_COMMANDS,
    BRACKETS,
    COMMAND,
    DIGIT_AHEAD,
    DIGIT_VALUES,
    DIGITS,
    EMPHASIS,
    ENDS_ALL,
    ENVIRONMENT,
    GROUPS,
    INFINITIES,
    LIMITS,
    LINE_MARK,
    MARKED,
    NUMBER,
    ONES,
    OPERAND_AFTER,
    OPERATOR,
    PLAIN,
    PLAIN_KINDS,
    PLAIN_OPERATORS,
    SET_MINUS,
    SIDE_BY_SIDE,
    SPACE,
    SUBS,
    SUPER,
    WHITE,
    WORD,
)
from grader.maths.reading.scanner import MAX_WORD, Scanner
from grader.maths.reading.tokens import Kind, Token

_MOST_KEPT = 10_000

_SHORT = 100
"""Characters of a short text: an answer, a foreseen mistake, a phrase, which are read again and again."""


def tokenize(text: str, base: int = 0) -> list[Token]:
    """The tokens of a text.

    Args:
        text: anything.
        base: what their offsets count from: the offset of ``text`` in its document.

    Returns:
        Tokens in the order in which they stand; those of a superscript's sign and braces are empty.
    """
    if len(text) <= _SHORT:
        return list(_kept_short(text, base))
    return list(_kept(text, base)) if len(text) <= _MOST_KEPT else _tokens(text, base)


@lru_cache(maxsize=1024)
def _kept_short(text: str, base: int) -> tuple[Token, ...]:
    return tuple(_tokens(text, base))


@lru_cache(maxsize=2)  # an answer that is not bare is searched in the same text right after
def _kept(text: str, base: int) -> tuple[Token, ...]:
    return tuple(_tokens(text, base))


def _tokens(text: str, base: int) -> list[Token]:
    if not text.isascii() and (repair := mojibake.repaired(text)) is not None:
        mended, offsets = repair
        found = _Lexer(symbols.plain_letters(mended), 0).run()
        return [t._replace(start=base + offsets[t.start], end=base + offsets[t.end]) for t in found]
    return _Lexer(symbols.plain_letters(text), base).run()


_new = tuple.__new__
_NOT_PLAIN = symbols.GREEK.keys() | symbols.FUNCTIONS | INFINITIES
_BOLD_COMMANDS = frozenset({"mathbf", "mathbb", "boldsymbol", "bm", "mathds", "vec"})


class _Lexer(Scanner):
    def run(self) -> list[Token]:
        text, length = self.text, len(self.text)
        while self.at < length:
            if not self.single and self.lead is None:
                self.plain()
                if self.at == length:
                    break
            c = text[self.at]
            if c == " ":
                m = SPACE.match(text, self.at)
                self.skip(m.end() - self.at if m else 1, white=True)
            elif c == "\n":
                self.newline()
            elif c == "\t" and (not self.line_start or self.empty_corner()):
                self.emit(Kind.CELL, "\t", 1)
            elif c in WHITE and (m := SPACE.match(text, self.at)):
                self.skip(m.end() - self.at, white=True)
            elif self.line_start and (m := LINE_MARK.match(text, self.at)):
                self.emit(Kind.BULLET, m.group().strip(), len(m.group()))
            else:
                self.line_start = False
                self.one(c)
        return self.tokens

    def plain(self) -> None:
        """Add the tokens that are what they look like, most of all, as :meth:`one` would."""
        text, tokens, base, at = self.text, self.tokens, self.base, self.at
        space, wide = self.space, self.wide
        while m := PLAIN.match(text, at):
            which = m.lastindex or 0
            start, end = m.span(which)
            written, spaced, value = m[which], space or start > at, None
            if which == 2:
                if written in _NOT_PLAIN or (written[0] == "T" and not spaced and tokens and tokens[-1].text == "^"):
                    break
                kind = Kind.WORD
            elif which == 3:
                kind = Kind.NAME
            elif which == 4:
                if self.line_start and at == self.at:
                    break  # it may be the mark of a list
                kind, value = Kind.NUM, DIGIT_VALUES[written]
            elif start in self.skipped:
                break
            else:
                kind = PLAIN_KINDS[written]
            fields = (kind, written, base + start, base + end, spaced, value, "", wide and start == at, self.maths)
            tokens.append(_new(Token, fields))
            at, space, wide = end, False, False
        if at > self.at:
            self.at, self.space, self.wide, self.line_start = at, space, wide, False

    def one(self, c: str) -> None:
        text = self.text
        following = text[self.at + 1 : self.at + 2]
        if following in ENDS_ALL:  # a letter, digit or sign by itself: most of all tokens
            if c in ASCII_LETTERS:
                self.single = max(0, self.single - 1)
                self.emit(Kind.NAME, c, 1)
                return
            if c in DIGIT_VALUES and text[self.at + 2 : self.at + 3] not in GROUPS:  # 1{,}000 is one number
                self.single = max(0, self.single - 1)
                self.emit(Kind.NUM, c, 1, DIGIT_VALUES[c])
                return
        if c in ASCII_LETTERS:
            m = WORD.match(text, self.at)
            self.word(m.group() if m else c)
        elif c in DIGITS and (m := NUMBER.match(text, self.at)):
            self.number(m.group())
        elif c == "-" and self.is_dash():
            self.emit(Kind.PUNCT, "—", 1)
        elif c in PLAIN_OPERATORS:
            self.emit(Kind.OP, c, 1)
        elif c == "\\":
            self.backslash()
        elif c in BRACKETS:
            self.bracket(c)
        elif c in ",;，；、":
            self.emit(Kind.SEP, "," if c in ",，、" else ";", 1)
        elif c == "*":
            self.star()
        elif c == "." and following == "*" and self.multiplies_entries():
            self.emit(Kind.OP, "∘", 2)
        elif c == "_" and self.lowers():
            self.emit(Kind.OP, "_", 1)
        elif c == "$":
            self.dollar()
        elif c == "~" and self.is_about():
            self.emit(Kind.OP, "≈", 1)
        elif c in "_`~#" and not text.startswith("~=", self.at):
            self.skip(1)
        elif c in "'’′" and self.is_prime(c):
            self.emit(Kind.OP, "′", 1)
        elif c in symbols.VULGAR_FRACTIONS:
            self.vulgar(c)
        elif c in symbols.LETTERS:
            self.name(symbols.LETTERS[c], 1)
        elif c in symbols.BIG_COMMANDS:
            self.subscripted(Kind.COMMAND, symbols.BIG_COMMANDS[c], 1)
        elif m := NUMBER.match(text, self.at):
            self.number(m.group())
        elif m := SUPER.match(text, self.at):
            self.shifted("^", m.group(), symbols.SUPERSCRIPTS)
        elif m := WORD.match(text, self.at):
            self.word(m.group())
        elif m := OPERATOR.match(text, self.at):
            self.operator(m.group())
        elif (m := SUBS.match(text, self.at)) and self.follows_operand():
            self.shifted("_", m.group(), symbols.SUBSCRIPTS)
        else:
            self.emit(Kind.PUNCT, c, 1)

    def operator(self, written: str) -> None:
        """An operator in its one spelling; a dot keeps that it was one, for it may be an inner product."""
        text = symbols.OPERATORS[written]
        self.emit(Kind.OP, text, len(written), sub="·" if written in symbols.DOTS else "")

    def shifted(self, sign: str, raw: str, table: dict[int, int]) -> None:
        """Raised or lowered characters, as the sign and plain characters in braces."""
        start, plain = self.at, raw.translate(table)
        self.emit(Kind.OP, sign, 0)
        self.emit(Kind.OPEN, "{", 0)
        inside = tokenize(plain, self.base + start)
        self.tokens.extend(inside if not self.maths else [token._replace(maths=self.maths) for token in inside])
        self.at = start + len(raw)
        self.emit(Kind.CLOSE, "}", 0)

    def word(self, raw: str) -> None:
        if len(raw) > MAX_WORD:
            self.emit(Kind.WORD, raw, len(raw))
            return
        raised = len(raw) > 1 and bool(self.tokens) and self.tokens[-1].text == "^" and not self.space
        if raised and (raw[0] == "T" or (self.is_tex and raw not in symbols.GREEK and raw not in INFINITIES)):
            self.name(raw[0], 1)  # X^TX is the transpose of X, times X; in TeX, \sum^nC is a sum up to n
            return
        if self.single and len(raw) > 1:
            self.single -= 1
            self.name(raw[0], 1)
        elif len(raw) == 1:
            self.single = max(0, self.single - 1)
            self.name(raw, 1)
        elif raw in symbols.GREEK:
            self.name(symbols.GREEK[raw], len(raw))
        elif raw in symbols.FUNCTIONS:
            self.subscripted(Kind.FUNC, raw, len(raw))
        elif raw in INFINITIES:
            self.name("∞", len(raw))
        elif not raw.isascii() and (m := SIDE_BY_SIDE.match(raw)):  # λI, Xλ: symbols side by side
            self.name(m.group(), 1)
        else:
            self.subscripted(Kind.WORD, raw, len(raw))

    def star(self) -> None:
        """``*`` and ``**`` are operators between operands, emphasis elsewhere."""
        m = EMPHASIS.match(self.text, self.at)
        assert m is not None  # noqa: S101  # the caller saw a star
        stars = m.group().count("*")
        after = self.text[m.end() : m.end() + 1]
        balanced = self.space == after.isspace()
        operand_before = bool(self.tokens) and (
            self.tokens[-1].kind in (Kind.NUM, Kind.NAME, Kind.CLOSE, Kind.WORD) or self.tokens[-1].text in "′!%"
        )
        operand_after = bool(OPERAND_AFTER.match(self.text, m.end()))
        steps = stars == 1 and self.space and after == "="  # x *= 2
        if operand_before and (steps or (stars <= 2 and balanced and operand_after)):
            self.emit(Kind.OP, "*" if stars == 1 else "^", len(m.group()))
        elif stars == 1 and self._is_raised_or_lowered():
            self.emit(Kind.OP, "*", len(m.group()))
        elif stars == 1 and self.is_adjoint(after):
            self.emit(Kind.OP, "^", 0)
            self.emit(Kind.OP, "*", 1)
        else:
            self.skip(len(m.group()))

    def _is_raised_or_lowered(self) -> bool:
        """Whether what is next stands above or below, with or without braces: A^* and ‖A‖_{*}."""
        before = [token.text for token in self.tokens[-2:]]
        return before[-1:] in (["^"], ["_"]) or before in (["_", "{"], ["^", "{"])

    def backslash(self) -> None:
        text, at = self.text, self.at
        following = text[at + 1 : at + 2]
        if m := ENVIRONMENT.match(text, at):
            self.emit(Kind.COMMAND, f"\\{m.group(1)}{{{m.group(2)}}}", len(m.group()))
        elif m := COMMAND.match(text, at):
            self.command(m.group(1), len(m.group()))
        elif following == "\\":
            self.emit(Kind.ROW, "\\\\", 2)
        elif following == "*":
            self.star()
        elif following in ("{", "}"):
            self.emit(BRACKETS[following], "\\" + following, 2)
        elif following == "%":
            self.emit(Kind.OP, "%", 2)
        elif following == "|":
            self.emit(Kind.OP, "‖", 2)
        elif following == "[" and self._bracket_is_escaped():
            self.emit(Kind.OPEN, "[", 2)
        elif following == "]" and self._bracket_is_escaped():
            self.emit(Kind.CLOSE, "]", 2)
        elif SET_MINUS.match(text, at) and (
            text[at + 2] == "{" or (self.tokens and self.tokens[-1].text in ("ℝ", "R"))
        ):
            self.emit(Kind.OP, "∖", 1)
        elif following == " " and self.divides_from_left():
            self.emit(Kind.OP, "⧵", 1)
        else:  # \( \) \[ \] \, \; \! and a lone backslash
            if following in ("(", "[", ")", "]"):
                self.toggle(following in "([")
            self.skip(2 if following in tuple("()[],;:!> _#&-$") else 1)

    def _bracket_is_escaped(self) -> bool:
        """``\\[`` right after an equals sign is a bracket that Markdown escaped, not display mathematics."""
        return (bool(self.tokens) and self.tokens[-1].text in ("=", "∈", ",")) or (
            self.text[self.at + 1] == "]"
            and self.text[self.at - 1 : self.at].isalnum()
            and any(t.text == "[" for t in self.tokens[-80:])
        )

    def command(self, name: str, length: int) -> None:
        if name in symbols.COMMAND_NAMES:
            self.name(symbols.COMMAND_NAMES[name], length)
        elif name in symbols.COMMAND_OPERATORS:
            self.emit(Kind.OP, symbols.COMMAND_OPERATORS[name], length, sub="·" if name == "cdot" else "")
        elif name in symbols.FUNCTION_COMMANDS:
            self.subscripted(Kind.FUNC, name, length)
        elif name in ("frac", "tfrac", "dfrac", "cfrac"):
            self.emit(Kind.COMMAND, "\\frac", length)
            self.single = 2 if DIGIT_AHEAD.match(self.text, self.at) else 0
        elif name in ("boxed", "fbox", "framebox"):
            self.emit(Kind.COMMAND, "\\boxed", length)
        elif name in symbols.BIG_COMMANDS:
            self.subscripted(Kind.COMMAND, symbols.BIG_COMMANDS[name], self.past_limits(length))
        elif name in BRACKET_COMMANDS:
            bracket = BRACKET_COMMANDS[name]
            self.emit(BRACKETS[bracket[-1]], bracket, length)
        elif name in symbols.MARKS_ABOVE and (m := MARKED.match(self.text, self.at + length)):
            self.marked(symbols.MARKS_ABOVE[name], m, length)
        elif name in symbols.SKIPPED_COMMANDS:
            if name in symbols.SIZE_COMMANDS:
                self.at += length  # f\\left(x\\right) is written without a space
            else:
                self.skip(length)
            if name in ("left", "right") and self.text[self.at : self.at + 1] == ".":
                self.skip(1)  # \left. and \right. are empty delimiters
        elif name == "mathbb" and (m := BLACKBOARD.match(self.text, self.at + length)):
            self.subscripted(Kind.NAME, symbols.NUMBER_SETS[m.group(1)], length + len(m.group()))
        elif name in _BOLD_COMMANDS and (m := ONES.match(self.text, self.at + length)) and self.is_vector(m.end()):
            self.subscripted(Kind.NAME, "𝟙", m.end() - self.at)
        elif name in symbols.TRANSPARENT_COMMANDS:
            self.lead = self.at if self.lead is None else self.lead
            self.skip(length)
            if m := ARGUMENT.match(self.text, self.at):
                brace = m.end() - 1
                if brace in self.closing:
                    self.skipped.add(self.closing[brace])
                    self.skip(len(m.group()))
        else:
            self.emit(Kind.COMMAND, "\\" + name, length)

    def is_vector(self, after: int) -> bool:
        """Whether a bold 1 has a size, stands in a product or is transposed, and so is the vector of ones."""
        last = self.tokens[-1].kind if self.tokens else None
        return self.text[after : after + 1] in ("^", "'", "_") or last in (Kind.NAME, Kind.CLOSE)

    def past_limits(self, length: int) -> int:
        """The length of a command with the ``\\limits`` that follows it."""
        m = LIMITS.match(self.text, self.at + length)
        return length + len(m.group()) if m else length

    def marked(self, mark: str, m: re.Match[str], length: int) -> None:
        """A letter with a mark above it: ``\\hat{x}``, ``\\bar x``."""
        written = m.group(1) or m.group(2) or m.group(3)
        letter = symbols.COMMAND_NAMES.get(written[1:], "") if written[0] == "\\" else written
        if letter:
            self.subscripted(Kind.NAME, unicodedata.normalize("NFC", letter + mark), length + len(m.group()))
        else:
            self.emit(Kind.COMMAND, "\\mark", length)
