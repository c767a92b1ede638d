"""The state of reading a text into tokens: where it stands, what it has made, numbers and subscripts."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cached_property

from grader.maths.reading import symbols
from grader.maths.reading.patterns import (
    ABOUT,
    BEGINS_NEXT,
    BRACED_SUB,
    BRACKETS,
    COMMAND,
    DASHED,
    DECIMAL_COMMA,
    DOTS,
    IN_NUMBERS,
    IN_SUBSCRIPTS,
    LOG_BASE,
    LONGEST_SUBSCRIPT,
    LOWERED,
    MARK_ABOVE,
    MARK_WORDS,
    MORE_ENTRIES,
    NO_SUBSCRIPT,
    OF_LEFT_SIDE,
    OPERAND_AFTER,
    POSSESSIVE,
    REPEATED,
    REPEATING,
    ROUND_SUB,
    SIMPLE_SUB,
    SUBS,
    WHOLE,
    WITH_SUBSCRIPT,
)
from grader.maths.reading.tokens import Kind, Token

WIDE = 3
"""Characters of white space between columns of plain text, at least."""

MAX_DIGITS = 400
"""Longer runs of digits are not numbers to us; they become words."""

MAX_WORD = 40
"""Longer runs of letters are words, whatever they are made of."""

MAX_EXPONENT = 10_000
"""Bound on the exponent of scientific notation."""

_new = tuple.__new__


class Scanner:
    """Where cutting a text into tokens stands.

    Args:
        text: what is cut.
        base: what offsets count from.
    """

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
        self.lead: int | None = None  # where a transparent command began that the next token stands in
        self.skipped: set[int] = set()  # closing braces of transparent commands
        self.maths = 0  # number of the stretch of mathematics, 0 outside
        self.stretches = 0

    @cached_property
    def closing(self) -> dict[int, int]:
        """Each opening brace's closing one."""
        return _matching_braces(self.text)

    @cached_property
    def _is_formula(self) -> bool:
        """Whether the text is a formula of TeX without the dollars around it."""
        return "\\" in self.text and "$" not in self.text and "\\(" not in self.text and "\\[" not in self.text

    @property
    def is_tex(self) -> bool:
        """Whether what is next stands in a formula of TeX."""
        return self.maths != 0 or self._is_formula

    def empty_corner(self) -> bool:
        """Whether a tab that begins a line is the border of an empty first cell: another one follows."""
        if self.at and self.text[self.at - 1] != "\n":
            return False
        return "\t" in self.text[self.at : self.at + 200].split("\n", 1)[0].strip()

    def skip(self, length: int, *, white: bool = False) -> None:
        """Pass characters that make no token."""
        self.at += length
        self.space = True
        self.wide = white and length >= WIDE

    def emit(self, kind: Kind, text: str, length: int, value: Fraction | None = None, sub: str = "") -> None:
        """Add a token that is made of the next characters."""
        start = self.base + (self.at if self.lead is None else self.lead)
        end = self.at + length
        wrapped = self.lead is not None and end in self.skipped  # the whole of \\mathbf{A}
        fields = (kind, text, start, self.base + end + wrapped, self.space, value, sub, self.wide, self.maths)
        self.lead = None
        self.tokens.append(_new(Token, fields))  # what Token(*fields) does, in half the time
        self.at += length
        self.space = self.wide = False

    def newline(self) -> None:
        """Add the token of a line break, or of a paragraph break."""
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

    def bracket(self, c: str) -> None:
        """Add the token of a bracket, but for the end of a transparent command."""
        if self.at in self.skipped:
            self.at += 1  # the end of \\mathbf{A} is no space
        else:
            self.square = max(0, self.square + (c == "[") - (c == "]"))
            self.single = 0 if c == "{" else self.single
            self.emit(BRACKETS[c], c, 1)

    def dollar(self) -> None:
        """A dollar sign begins or ends a stretch of mathematics; it makes no token."""
        if self.text.startswith("$$", self.at):
            self.skip(2)
        else:
            self.skip(1)
        self.toggle(not self.maths)

    def toggle(self, inside: bool) -> None:
        """Enter or leave a stretch of mathematics."""
        self.stretches += inside
        self.maths = self.stretches if inside else 0

    def follows_operand(self) -> bool:
        """Whether a closing bracket or bar stands right before: what is lowered belongs to it."""
        if self.space or not self.tokens:
            return False
        last = self.tokens[-1]
        if last.kind is Kind.NUM:  # ‖A‖^2_F
            return [token.text for token in self.tokens[-3:-1]] in (["‖", "^"], ["|", "^"])
        return last.kind is Kind.CLOSE or last.text in ("‖", "|", "′") or last.kind is Kind.COMMAND

    def lowers(self) -> bool:
        """Whether an underscore lowers what follows it, as in ``‖x‖_2`` and ``(AB)_{ij}``."""
        return self.follows_operand() and bool(LOWERED.match(self.text, self.at))

    def is_dash(self) -> bool:
        """Whether a hyphen stands between two stretches of TeX and belongs to neither: “$p^T p$ - $O(n)$”.

        So it does before a cost, or before another statement; “$x^2$ - $1$” is a difference.
        """
        if self.maths or not self.space or not self.tokens or not self.tokens[-1].maths:
            return False
        return DASHED.match(self.text, self.at + 1) is not None

    def is_adjoint(self, after: str) -> bool:
        """Whether a star that is no emphasis stands right after a matrix, whose adjoint it is: ``UΣV*``."""
        last = self.tokens[-1] if self.tokens and not self.space else None
        if last is None or last.kind is not Kind.NAME or not last.text.isupper() or self.text.count("*") != 1:
            return False
        return after in ("", ")", "]", ",", ".") or (after == " " and not OF_LEFT_SIDE.match(self.text, self.at + 1))

    def multiplies_entries(self) -> bool:
        """Whether ``.*`` is Matlab's product of entries: between operands."""
        operand = bool(self.tokens) and self.tokens[-1].kind in (Kind.NAME, Kind.CLOSE)
        return operand and OPERAND_AFTER.match(self.text, self.at + 2) is not None

    def divides_from_left(self) -> bool:
        r"""Whether a backslash between spaces is Matlab's ``A \ b``: in TeX it stands right after a word."""
        last = self.tokens[-1] if self.tokens and self.space else None
        operand = last is not None and (last.kind in (Kind.NAME, Kind.CLOSE) or last.text == "′")
        return operand and not self.maths and COMMAND.search(self.text) is None

    def is_about(self) -> bool:
        """Whether a tilde between an operand and a number says that they are about equal: ``√5 ~ 2.24``.

        In TeX it is a space that does not break, which has none beside it.
        """
        if self.maths or not self.space or not self.tokens or self.text[self.at + 1 : self.at + 2] != " ":
            return False
        operand = self.tokens[-1].kind in (Kind.NUM, Kind.NAME, Kind.CLOSE)
        return operand and ABOUT.match(self.text, self.at + 1) is not None

    def is_prime(self, c: str) -> bool:
        """Whether an apostrophe is a prime: right after an operand, and no letter follows."""
        if self.space or not self.tokens:
            return False
        last = self.tokens[-1]
        after = self.text[self.at + 1 : self.at + 2]
        operand = (
            last.kind in (Kind.NAME, Kind.CLOSE, Kind.FUNC)
            or last.text == "′"
            or (last.kind is Kind.WORD and (c == "′" or len(last.text) <= 3))
        )
        return operand and (c == "′" or not after.isalpha() or not POSSESSIVE.match(self.text, self.at + 1))

    def number(self, raw: str) -> None:
        """Add the token of a number, or of a word where it is none that can be worked with."""
        if self.single and raw[0].isdigit():
            self.single -= 1
            raw = raw[0]
        if "." in raw and not self.square and self.repeating(raw):
            return
        if raw.endswith(".") and not (self.square and MORE_ENTRIES.match(self.text, self.at + len(raw))):
            raw = raw[:-1]  # the full stop of a sentence, and not numpy's "0."
        if raw.isascii() and raw.isdigit() and len(raw) <= MAX_DIGITS:
            self.emit(Kind.NUM, raw, len(raw), Fraction(int(raw)))
            return
        point = "." if DECIMAL_COMMA.match(raw) else ""
        plain = raw.replace(",", point).translate(IN_NUMBERS)
        mantissa, _, exponent = plain.lower().partition("e")
        if len(mantissa) > MAX_DIGITS or (exponent and (len(exponent) > 7 or abs(int(exponent)) > MAX_EXPONENT)):
            self.emit(Kind.WORD, plain[:MAX_DIGITS], len(raw))
            return
        self.emit(Kind.NUM, plain, len(raw), _value(mantissa, exponent))

    def repeating(self, raw: str) -> bool:
        """Add the token of a decimal whose last digits repeat for ever: ``0.333…``, ``0.\\overline{3}``."""
        whole, _, decimals = raw.partition(".")
        end = self.at + len(raw)
        if m := REPEATED.match(self.text, end):
            first, block = decimals, m.group(1) or m.group(2)
        elif (m := DOTS.match(self.text, end)) and (tail := REPEATING.search(decimals)):
            first, block = decimals[: tail.start()], tail.group(1) or tail.group(2)
        else:
            return False
        if not (whole + first + block).isdecimal() or len(raw) > MAX_DIGITS:
            return False
        nines = 10 ** len(block) - 1
        value = Fraction(int(whole + first or "0") * nines + int(block), nines * 10 ** len(first))
        self.emit(Kind.NUM, f"{whole}.{first}{block * 3}…", len(raw) + len(m.group()), value)
        return True

    def vulgar(self, c: str) -> None:
        """Add a fraction of one character; after a whole number it makes a mixed one."""
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

    def name(self, symbol: str, length: int) -> None:
        """Add the token of a symbol, with a mark above it."""
        mark = self.text[self.at + length : self.at + length + 1]
        if mark > "\u02ff" and MARK_ABOVE.match(mark):
            symbol, length = unicodedata.normalize("NFC", symbol + mark), length + 1
        self.subscripted(Kind.NAME, symbol, length)

    def subscripted(self, kind: Kind, symbol: str, length: int) -> None:
        """A symbol, word, function or sum with the subscript that follows it."""
        after = self.at + length
        while after in self.skipped:  # \\mathbf{K}_0
            after += 1
        following = self.text[after : after + 1]
        if not following or (following in NO_SUBSCRIPT and symbol != "log"):
            self.emit(kind, symbol, length)
            return
        base, length = self.at + length, after - self.at
        sub = ""
        if kind is Kind.FUNC and symbol == "log" and (m := LOG_BASE.match(self.text, after)):
            sub, length = m.group(), length + len(m.group())
        elif m := SUBS.match(self.text, after):
            sub, length = m.group().translate(symbols.SUBSCRIPTS), length + len(m.group())
        elif (m := SIMPLE_SUB.match(self.text, after)) and (
            kind is not Kind.WORD or m.group(1) is not None or symbol in WITH_SUBSCRIPT or self.is_product(symbol, m)
        ):
            written = next(group for group in m.groups() if group is not None)
            taken = len(m.group())
            if len(symbol) == 1 and written in MARK_WORDS and self.text[after + taken : after + taken + 1] == "_":
                marked = unicodedata.normalize("NFC", symbol + symbols.MARKS_ABOVE[written])
                self.subscripted(kind, marked, length + taken)  # c_bar_t
                return
            if (
                m.group(2)
                and 1 < len(written) < 4
                and BEGINS_NEXT.match(self.text, after + taken)
                and written not in WHOLE
            ):
                written, taken = written[:-1], taken - 1  # x_iy_i is x_i times y_i
            sub = _plain_subscript(written)
            length += taken
        elif m := ROUND_SUB.match(self.text, after):
            sub, length = m.group(1), length + len(m.group())
        elif (m := BRACED_SUB.match(self.text, after)) and m.end() - 1 in self.closing:
            end = self.closing[m.end() - 1]
            if end - m.end() <= LONGEST_SUBSCRIPT:
                sub, length = _plain_subscript(self.text[m.end() : end]), end + 1 - self.at
        self.emit(kind, symbol, length if sub else base - self.at, sub=sub)

    def is_product(self, word: str, m: re.Match[str]) -> bool:
        """Whether a word with one letter below it is letters side by side, as ``ABu_0``, not a name in a program."""
        after = self.text[m.end() : m.end() + 1]
        below = m.group().lstrip("\\_ ")
        letter = len(below) == 1 or (m.group(2) or "")[:1] == "\\"
        return letter and len(word) <= 4 and not after.isalnum() and after != "_"


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
        lambda m: IN_SUBSCRIPTS.get(m.group(1), "" if m.group(1) in symbols.TRANSPARENT_COMMANDS else m.group(1)),
        written,
    )
    out = re.sub(r"[\s${}]", "", out)
    return symbols.GREEK.get(out, out).replace("−", "-")
