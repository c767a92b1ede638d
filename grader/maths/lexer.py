"""Text to tokens, for ASCII, Unicode and LaTeX as people mix them, and for the prose around.

The lexer never fails and is linear in the length of the text. Every token keeps the offsets of the
characters it was read from, so that whatever is understood later can be shown where it was said.
Dollar signs, emphasis, sizes and spacing make no tokens; two spellings of one symbol (``<=``, ``≤``,
``\\leq``) make one token.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cached_property

from grader.maths import mojibake, symbols
from grader.maths.tokens import Kind, Token

WIDE = 3
"""Characters of white space between columns of plain text, at least."""

MAX_DIGITS = 400
"""Longer runs of digits are not numbers to us; they become words."""

MAX_WORD = 40
"""Longer runs of letters are words, whatever they are made of."""

MAX_EXPONENT = 10_000
"""Bound on the exponent of scientific notation."""


_NUMBER = re.compile(
    r"(?:\d+(?:(?:[\u202f\u2009]|\\,|\ ?\{, ?\}\ ?|,\\!\s?)\d{3}(?!\d))*(?:\.(?!\.)\d*)?|\.\d+)"  # 12 345.6, .5
    r"(?:[eE][+\-−]?\d+(?![\w.]))?"  # e-3
)
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d9b-\u1dbf\u2070-\u209f\u2150-\u215f\u2189\u2c7c]"
_WORD = re.compile(rf"{_LETTER}+(?:['’](?:s|t|d|m|re|ve|ll|S|T)\b)?")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
_SUPER = re.compile(f"[{symbols.RAISED}]+")
_SUBS = re.compile(f"[{symbols.LOWERED}]+")
_MARK_ABOVE = re.compile("[\u0302-\u0304\u0307\u0308\u030c\u20d7]")
_OPERATOR = re.compile("|".join(re.escape(op) for op in sorted(symbols.OPERATORS, key=len, reverse=True)))
_LINE_MARK = re.compile(r"(?:[-+*•◦▪‣–—]|\d{1,3}[.)]|#{1,6})(?=[ \t]+[^\s≤<>=+*/^])|\\item\b(?:\s*\[[^\]\n]{0,40}\])?")
_SIMPLE_SUB = re.compile(r"\\?_\s*(?:\{([^{}\n]{0,40})\}|(\\?[A-Za-z]+)|(\d+)|([^\W\d_]))")
_SIDE_BY_SIDE = re.compile("[α-ωΑ-Ω](?=[A-Za-z])|[A-Za-z](?=[α-ωΑ-Ω])")
_LOG_BASE = re.compile(r"\d{1,3}(?=\s*[({])")
_ARGUMENT = re.compile(r"\s{0,19}\{")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200d\u202f\u205f\u2060\ufeff]+")
_EMPHASIS = re.compile(r"(?:\\\*)+|\*+")
_MORE_ENTRIES = re.compile(r"\s*[,;\]]|\s+[-\d.]")
_BRACKET_COMMANDS = {
    "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]", "langle": "⟨", "rangle": "⟩", "lceil": "⌈",
    "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋",
}  # fmt: skip
_BRACKETS = dict.fromkeys("([{⟨⌈⌊", Kind.OPEN) | dict.fromkeys(")]}⟩⌉⌋", Kind.CLOSE)
_LOWERED = re.compile(r"_(?:\{[^{}\n]{1,40}\}|[^\W_])")
_BRACED_SUB = re.compile(r"\\?_\s?\{")
_BOLD = r"\\(?:mathbf|boldsymbol|bm|mathrm|vec|mathit)\s?"
_MARKED = re.compile(
    rf"\s?(?:\{{\s?(?:{_BOLD}\{{\s?(\\[A-Za-z]+|[^\W\d_])\s?\}}|(?:{_BOLD})?(\\[A-Za-z]+|[^\W\d_]))\s?\}}"
    r"|(\\[A-Za-z]+|[^\W\d_])(?![A-Za-z]))"
)
_POSSESSIVE = re.compile(r"s\b|[a-z]{3,}")
_LIMITS = re.compile(r"\\(?:no)?limits")
_IN_NUMBERS = str.maketrans(
    {"\u202f": None, "\u2009": None, "−": "-", "\\": None, "!": None, " ": None, "{": None, "}": None}
)
_OPERAND_AFTER = re.compile(r"[ \t]{0,9}(?:[\w(\[{\\$√−‖-]|\.\d)")
_SET_MINUS = re.compile(r"\\ [\[({]")
_DIGIT_AHEAD = re.compile(r"\s{0,8}\d|\s[A-Za-z]{1,2}(?![A-Za-z])")
_ASCII_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789.")
_DIGIT_VALUES = {digit: Fraction(int(digit)) for digit in "0123456789"}
_ENDS_ALL = frozenset({"", *" +-*/^()[]{=<>,;:|!&$"})
_new = tuple.__new__
_PLAIN_OPERATORS = frozenset("+/^≤≥∈≠∪∩√%")
_WHITE = frozenset("\r\t\f\v\u00a0\u200b\u200c\u200d\u202f\u205f\u2060\ufeff") | {chr(c) for c in range(0x2000, 0x200E)}
_INFINITIES = frozenset({"infinity", "Infinity", "inf", "oo", "INFINITY"})
_NO_SUBSCRIPT = frozenset(" \n.,;:)(]}[+-=*/^<>|?!'\"$&")
_LONGEST_SUBSCRIPT = 80
_IN_SUBSCRIPTS = symbols.COMMAND_OPERATORS | symbols.COMMAND_NAMES


def tokenize(text: str, base: int = 0) -> list[Token]:
    """The tokens of a text.

    Args:
        text: anything.
        base: what their offsets count from: the offset of ``text`` in its document.

    Returns:
        Tokens in the order in which they stand; those of a superscript's sign and braces are empty.
    """
    if not text.isascii() and (repair := mojibake.repaired(text)) is not None:
        mended, offsets = repair
        found = _Lexer(_plain_letters(mended), 0).run()
        return [t._replace(start=base + offsets[t.start], end=base + offsets[t.end]) for t in found]
    return _Lexer(_plain_letters(text), base).run()


def _plain_letters(text: str) -> str:
    """Mathematical alphabets and full-width forms as plain characters, one for one."""
    if text.isascii():
        return text
    out = []
    for c in text:
        if "\U0001d400" <= c <= "\U0001d7ff" or "\uff01" <= c <= "\uff5e":
            plain = unicodedata.normalize("NFKC", c)
            out.append(plain if len(plain) == 1 else c)
        else:
            out.append(c)
    return "".join(out)


class _Lexer:
    def __init__(self, text: str, base: int) -> None:
        self.text = text
        self.base = base
        self.at = 0
        self.space = False
        self.wide = False
        self.line_start = True
        self.square = 0  # square brackets that are open
        self.single = 0  # digits still to be read one at a time, after \frac
        self.tokens: list[Token] = []
        self.skipped: set[int] = set()  # closing braces of transparent commands
        self.maths = 0  # number of the stretch of mathematics, 0 outside
        self.stretches = 0

    @cached_property
    def closing(self) -> dict[int, int]:
        """Each opening brace's closing one."""
        return _matching_braces(self.text)

    def run(self) -> list[Token]:
        text, length = self.text, len(self.text)
        while self.at < length:
            c = text[self.at]
            if c == " ":
                m = _SPACE.match(text, self.at)
                self.skip(m.end() - self.at if m else 1, white=True)
            elif c == "\n":
                self.newline()
            elif c == "\t" and (not self.line_start or self.empty_corner()):
                self.emit(Kind.CELL, "\t", 1)
            elif c in _WHITE and (m := _SPACE.match(text, self.at)):
                self.skip(m.end() - self.at, white=True)
            elif self.line_start and (m := _LINE_MARK.match(text, self.at)):
                self.emit(Kind.BULLET, m.group().strip(), len(m.group()))
            else:
                self.line_start = False
                self.one(c)
        return self.tokens

    def empty_corner(self) -> bool:
        """Whether a tab that begins a line is the border of an empty first cell: another one follows."""
        if self.at and self.text[self.at - 1] != "\n":
            return False
        return "\t" in self.text[self.at : self.at + 200].split("\n", 1)[0].strip()

    def skip(self, length: int, *, white: bool = False) -> None:
        self.at += length
        self.space = True
        self.wide = white and length >= WIDE

    def emit(self, kind: Kind, text: str, length: int, value: Fraction | None = None, sub: str = "") -> None:
        start = self.base + self.at
        fields = (kind, text, start, start + length, self.space, value, sub, self.wide, self.maths)
        self.tokens.append(_new(Token, fields))  # what Token(*fields) does, in half the time
        self.at += length
        self.space = self.wide = False

    def newline(self) -> None:
        end = self.at
        breaks = 0
        while end < len(self.text) and self.text[end] in "\n\r \t":
            breaks += self.text[end] == "\n"
            last = end
            end += 1
            if self.text[last] == "\n":
                line_end = end
        if breaks > 1:
            self.maths = 0  # no formula goes on in another paragraph
        self.emit(Kind.NEWLINE, "\n" if breaks == 1 else "\n\n", line_end - self.at)
        self.line_start = True

    def one(self, c: str) -> None:
        text = self.text
        following = text[self.at + 1 : self.at + 2]
        if following in _ENDS_ALL:  # a letter, digit or sign by itself: most of all tokens
            if c in _ASCII_LETTERS:
                self.single = max(0, self.single - 1)
                self.emit(Kind.NAME, c, 1)
                return
            if c in _DIGIT_VALUES:
                self.single = max(0, self.single - 1)
                self.emit(Kind.NUM, c, 1, _DIGIT_VALUES[c])
                return
        if c in _ASCII_LETTERS:
            m = _WORD.match(text, self.at)
            self.word(m.group() if m else c)
        elif c in _DIGITS and (m := _NUMBER.match(text, self.at)):
            self.number(m.group())
        elif c in _PLAIN_OPERATORS:
            self.emit(Kind.OP, c, 1)
        elif c == "\\":
            self.backslash()
        elif c in _BRACKETS:
            self.bracket(c)
        elif c in ",;，；、":
            self.emit(Kind.SEP, "," if c in ",，、" else ";", 1)
        elif c == "*":
            self.star()
        elif c == "_" and self.lowers():
            self.emit(Kind.OP, "_", 1)
        elif c == "$":
            self.dollar()
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
        elif m := _NUMBER.match(text, self.at):
            self.number(m.group())
        elif m := _SUPER.match(text, self.at):
            self.shifted("^", m.group(), symbols.SUPERSCRIPTS)
        elif m := _WORD.match(text, self.at):
            self.word(m.group())
        elif m := _OPERATOR.match(text, self.at):
            self.operator(m.group())
        elif (m := _SUBS.match(text, self.at)) and self.follows_operand():
            self.shifted("_", m.group(), symbols.SUBSCRIPTS)
        else:
            self.emit(Kind.PUNCT, c, 1)

    def operator(self, written: str) -> None:
        """An operator in its one spelling; a dot keeps that it was one, for it may be an inner product."""
        text = symbols.OPERATORS[written]
        self.emit(Kind.OP, text, len(written), sub="·" if written in symbols.DOTS else "")

    def bracket(self, c: str) -> None:
        if self.at in self.skipped:
            self.at += 1  # the end of \\mathbf{A} is no space
        else:
            self.square = max(0, self.square + (c == "[") - (c == "]"))
            self.single = 0 if c == "{" else self.single
            self.emit(_BRACKETS[c], c, 1)

    def dollar(self) -> None:
        """A dollar sign begins or ends a stretch of mathematics; it makes no token."""
        if self.text.startswith("$$", self.at):
            self.skip(2)
        else:
            self.skip(1)
        self.toggle(not self.maths)

    def toggle(self, inside: bool) -> None:
        self.stretches += inside
        self.maths = self.stretches if inside else 0

    def follows_operand(self) -> bool:
        """Whether a closing bracket or bar stands right before: what is lowered belongs to it."""
        if self.space or not self.tokens:
            return False
        last = self.tokens[-1]
        return last.kind is Kind.CLOSE or last.text in ("‖", "|", "′") or last.kind is Kind.COMMAND

    def lowers(self) -> bool:
        """Whether an underscore lowers what follows it, as in ``‖x‖_2`` and ``(AB)_{ij}``."""
        return self.follows_operand() and bool(_LOWERED.match(self.text, self.at))

    def is_prime(self, c: str) -> bool:
        """Whether an apostrophe is a prime: right after an operand, and no letter follows."""
        if self.space or not self.tokens:
            return False
        last = self.tokens[-1]
        after = self.text[self.at + 1 : self.at + 2]
        operand = (
            last.kind in (Kind.NAME, Kind.CLOSE)
            or last.text == "′"
            or (last.kind is Kind.WORD and (c == "′" or len(last.text) <= 3))
        )
        return operand and (c == "′" or not after.isalpha() or not _POSSESSIVE.match(self.text, self.at + 1))

    def number(self, raw: str) -> None:
        if self.single and raw[0].isdigit():
            self.single -= 1
            raw = raw[0]
        if raw.endswith(".") and not (self.square and _MORE_ENTRIES.match(self.text, self.at + len(raw))):
            if self.text.startswith(("\\overline", "\\bar", "\\dot"), self.at + len(raw)):
                self.emit(Kind.WORD, raw, len(raw))  # a repeating decimal
                return
            raw = raw[:-1]  # the full stop of a sentence, and not numpy's "0."
        if raw.isascii() and raw.isdigit() and len(raw) <= MAX_DIGITS:
            self.emit(Kind.NUM, raw, len(raw), Fraction(int(raw)))
            return
        plain = raw.translate(_IN_NUMBERS).replace(",", "")
        mantissa, _, exponent = plain.lower().partition("e")
        if len(mantissa) > MAX_DIGITS or (exponent and (len(exponent) > 7 or abs(int(exponent)) > MAX_EXPONENT)):
            self.emit(Kind.WORD, plain[:MAX_DIGITS], len(raw))
            return
        self.emit(Kind.NUM, plain, len(raw), _value(mantissa, exponent))

    def vulgar(self, c: str) -> None:
        value = symbols.VULGAR_FRACTIONS[c]
        last = self.tokens[-1] if self.tokens else None
        if (
            last
            and last.kind is Kind.NUM
            and last.value is not None
            and last.value.denominator == 1
            and (last.end == self.base + self.at)
        ):  # 1½ is one and a half
            self.tokens[-1] = last._replace(text=last.text + c, end=last.end + 1, value=last.value + value)
            self.at += 1
        else:
            self.emit(Kind.NUM, c, 1, value)

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
        if raw[0] == "T" and len(raw) > 1 and self.tokens and self.tokens[-1].text == "^" and not self.space:
            self.name("T", 1)  # X^TX is the transpose of X, times X
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
        elif raw in _INFINITIES:
            self.name("∞", len(raw))
        elif not raw.isascii() and (m := _SIDE_BY_SIDE.match(raw)):  # λI, Xλ: symbols side by side
            self.name(m.group(), 1)
        else:
            self.subscripted(Kind.WORD, raw, len(raw))

    def name(self, symbol: str, length: int) -> None:
        mark = self.text[self.at + length : self.at + length + 1]
        if mark > "\u02ff" and _MARK_ABOVE.match(mark):
            symbol, length = unicodedata.normalize("NFC", symbol + mark), length + 1
        self.subscripted(Kind.NAME, symbol, length)

    def subscripted(self, kind: Kind, symbol: str, length: int) -> None:
        """A symbol, word, function or sum with the subscript that follows it."""
        after = self.at + length
        while after in self.skipped:  # \\mathbf{K}_0
            after += 1
        following = self.text[after : after + 1]
        if not following or (following in _NO_SUBSCRIPT and symbol != "log"):
            self.emit(kind, symbol, length)
            return
        base, length = self.at + length, after - self.at
        sub = ""
        if kind is Kind.FUNC and symbol == "log" and (m := _LOG_BASE.match(self.text, after)):
            sub, length = m.group(), length + len(m.group())
        elif m := _SUBS.match(self.text, after):
            sub, length = m.group().translate(symbols.SUBSCRIPTS), length + len(m.group())
        elif (m := _SIMPLE_SUB.match(self.text, after)) and (
            kind is not Kind.WORD or m.group(1) is not None or symbol in ("sum", "prod")
        ):
            written = next(group for group in m.groups() if group is not None)
            sub = _plain_subscript(written)
            length += len(m.group())
        elif (m := _BRACED_SUB.match(self.text, after)) and m.end() - 1 in self.closing:
            end = self.closing[m.end() - 1]
            if end - m.end() <= _LONGEST_SUBSCRIPT:
                sub, length = _plain_subscript(self.text[m.end() : end]), end + 1 - self.at
        self.emit(kind, symbol, length if sub else base - self.at, sub=sub)

    def star(self) -> None:
        """``*`` and ``**`` are operators between operands, emphasis elsewhere."""
        m = _EMPHASIS.match(self.text, self.at)
        assert m is not None  # noqa: S101  # the caller saw a star
        stars = m.group().count("*")
        after = self.text[m.end() : m.end() + 1]
        balanced = self.space == after.isspace()
        operand_before = bool(self.tokens) and (self.tokens[-1].kind in (Kind.NUM, Kind.NAME, Kind.CLOSE, Kind.WORD))
        operand_after = bool(_OPERAND_AFTER.match(self.text, m.end()))
        if stars <= 2 and balanced and operand_before and operand_after:
            self.emit(Kind.OP, "*" if stars == 1 else "^", len(m.group()))
        elif stars == 1 and self.tokens and self.tokens[-1].text == "^":  # the conjugate transpose A^*
            self.emit(Kind.OP, "*", len(m.group()))
        else:
            self.skip(len(m.group()))

    def backslash(self) -> None:
        text, at = self.text, self.at
        following = text[at + 1 : at + 2]
        if m := _ENVIRONMENT.match(text, at):
            self.emit(Kind.COMMAND, f"\\{m.group(1)}{{{m.group(2)}}}", len(m.group()))
        elif m := _COMMAND.match(text, at):
            self.command(m.group(1), len(m.group()))
        elif following == "\\":
            self.emit(Kind.ROW, "\\\\", 2)
        elif following == "*":
            self.star()
        elif following in ("{", "}"):
            self.emit(_BRACKETS[following], "\\" + following, 2)
        elif following == "%":
            self.emit(Kind.OP, "%", 2)
        elif following == "|":
            self.emit(Kind.OP, "‖", 2)
        elif following == "[" and self._bracket_is_escaped():
            self.emit(Kind.OPEN, "[", 2)
        elif following == "]" and self._bracket_is_escaped():
            self.emit(Kind.CLOSE, "]", 2)
        elif _SET_MINUS.match(text, at) and (
            text[at + 2] == "{" or (self.tokens and self.tokens[-1].text in ("ℝ", "R"))
        ):
            self.emit(Kind.OP, "∖", 1)
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
            self.single = 2 if _DIGIT_AHEAD.match(self.text, self.at) else 0
        elif name in ("boxed", "fbox", "framebox"):
            self.emit(Kind.COMMAND, "\\boxed", length)
        elif name in symbols.BIG_COMMANDS:
            self.subscripted(Kind.COMMAND, symbols.BIG_COMMANDS[name], self.past_limits(length))
        elif name in _BRACKET_COMMANDS:
            bracket = _BRACKET_COMMANDS[name]
            self.emit(_BRACKETS[bracket[-1]], bracket, length)
        elif name in symbols.MARKS_ABOVE and (m := _MARKED.match(self.text, self.at + length)):
            self.marked(symbols.MARKS_ABOVE[name], m, length)
        elif name in symbols.SKIPPED_COMMANDS:
            if name in symbols.SIZE_COMMANDS:
                self.at += length  # f\\left(x\\right) is written without a space
            else:
                self.skip(length)
            if name in ("left", "right") and self.text[self.at : self.at + 1] == ".":
                self.skip(1)  # \left. and \right. are empty delimiters
        elif name in symbols.TRANSPARENT_COMMANDS:
            self.skip(length)
            if m := _ARGUMENT.match(self.text, self.at):
                brace = m.end() - 1
                if brace in self.closing:
                    self.skipped.add(self.closing[brace])
                    self.skip(len(m.group()))
        else:
            self.emit(Kind.COMMAND, "\\" + name, length)

    def past_limits(self, length: int) -> int:
        """The length of a command with the ``\\limits`` that follows it."""
        m = _LIMITS.match(self.text, self.at + length)
        return length + len(m.group()) if m else length

    def marked(self, mark: str, m: re.Match[str], length: int) -> None:
        """A letter with a mark above it: ``\\hat{x}``, ``\\bar x``."""
        written = m.group(1) or m.group(2) or m.group(3)
        letter = symbols.COMMAND_NAMES.get(written[1:], "") if written[0] == "\\" else written
        if letter:
            self.subscripted(Kind.NAME, unicodedata.normalize("NFC", letter + mark), length + len(m.group()))
        else:
            self.emit(Kind.COMMAND, "\\mark", length)


def _matching_braces(text: str) -> dict[int, int]:
    """Each opening brace's closing one, in one pass."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    for m in re.finditer(r"\\.|[{}]", text):
        if m.group() == "{":
            open_at.append(m.start())
        elif m.group() == "}" and open_at:
            pairs[open_at.pop()] = m.start()
    return pairs


def _value(mantissa: str, exponent: str) -> Fraction:
    """The exact number that digits with a point, and an exponent, stand for."""
    whole, _, decimals = mantissa.partition(".")
    digits, shift = int(whole + decimals or "0"), int(exponent or "0") - len(decimals)
    return Fraction(digits * 10**shift) if shift >= 0 else Fraction(digits, 10**-shift)


def _plain_subscript(written: str) -> str:
    """A subscript in its one spelling: ``\\ell`` → ``ℓ``, no spaces or braces."""
    out = re.sub(
        r"\\([A-Za-z]+)",
        lambda m: _IN_SUBSCRIPTS.get(m.group(1), "" if m.group(1) in symbols.TRANSPARENT_COMMANDS else m.group(1)),
        written,
    )
    out = re.sub(r"[\s${}]", "", out)
    return symbols.GREEK.get(out, out).replace("−", "-")
