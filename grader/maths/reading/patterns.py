"""The patterns and character classes by which the lexer cuts a text. Each matches in time linear in what it matches."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.maths.reading import symbols
from grader.maths.reading.tokens import Kind

DECIMAL_COMMA = re.compile(r"(?:0|[1-9]\d*(?=\{,\}(?!\d{3}(?!\d))))\{,\}\d+")  # in LaTeX: 0{,}125, 1{,}5
NUMBER = re.compile(
    r"(?:" + DECIMAL_COMMA.pattern + "|"
    r"\d+(?:(?:[\u202f\u2009]|\\,|\ ?\{, ?\}\ ?|,\\!\s?)\d{3}(?!\d))*(?:\.(?!\.)\d*)?|\.\d+)"  # 12 345.6, .5
    r"(?:[eE][+\-−]?\d+(?![\w.]))?"  # e-3
)
LETTER = (  # but for raised and lowered letters, and fractions
    r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d9b-\u1dbf"
    r"\u2070-\u209f\u2150-\u215f\u2189\u2c7c]"
)
WORD = re.compile(rf"{LETTER}+(?:['’](?:s|t|d|m|re|ve|ll)\b|(?<={LETTER}{LETTER})['’][ST]\b)?")  # not T'T
COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
SUPER = re.compile(f"[{symbols.RAISED}]+")
SUBS = re.compile(f"[{symbols.LOWERED}]+")
MARK_ABOVE = re.compile("[\u0302-\u0304\u0307\u0308\u030c\u20d7]")
OPERATOR = re.compile("|".join(re.escape(op) for op in sorted(symbols.OPERATORS, key=len, reverse=True)))
LINE_MARK = re.compile(
    r"(?:[-+*•◦▪‣–—]|\d{1,3}[.)]|#{1,6})(?=[ \t]+(?:[^\s≤<>=+*/^]|(?:\\?\*){2,6}[^\W\d_]|\\?\*[^\W\d_]{2}))"
    r"|\\item\b(?:\s*\[[^\]\n]{0,40}\])?"
)
SIMPLE_SUB = re.compile(r"\\?_\s*(?:\{([^{}\n]{0,40})\}|(\\?[A-Za-z]+)|(\d+)|([^\W\d_]))")
BEGINS_NEXT = re.compile(r"_\{?\s?[A-Za-z0-9]")
SIDE_BY_SIDE = re.compile("[α-ωΑ-Ω](?=[A-Za-z])|Σ(?=[α-ω](?!\\w))|[A-Za-z](?=[α-ωΑ-Ω])")
LOG_BASE = re.compile(r"\d{1,3}(?=\s*[({])")
ONES = re.compile(r"\s?\{\s?1\s?\}")
BLACKBOARD = re.compile(r"\s?\{\s?([RZNQC])\s?\}")
ARGUMENT = re.compile(r"\s{0,19}\{")
SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200d\u202f\u205f\u2060\ufeff]+")
DASHED = re.compile(r" (?:\$|\\\()\s?(?:(?:\\mathcal\s?\{?O\}?|\\Theta|\\Omega|[OΘΩ])\s?(?:\\left)?\(|[^$\n=]{0,80}=)")
EMPHASIS = re.compile(r"(?:\\\*)+|\*+")
MORE_ENTRIES = re.compile(r"\s*[,;\]]|\s+[-\d.]")
BRACKET_COMMANDS = {
    "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]", "langle": "⟨", "rangle": "⟩", "lceil": "⌈",
    "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋",
}  # fmt: skip
BRACKETS = dict.fromkeys("([{⟨⌈⌊", Kind.OPEN) | dict.fromkeys(")]}⟩⌉⌋", Kind.CLOSE)
LOWERED = re.compile(r"_(?:\{(?:[^{}\n]|\\[a-z]{1,12}\s?\{[^{}\n]{1,20}\}){1,40}\}|[^\W_]|\*|∞|\\infty(?![A-Za-z]))")
ROUND_SUB = re.compile(r"_\(([A-Za-z0-9]{1,3}[-+,][A-Za-z0-9]{1,3})\)")  # v_(t+1)
BRACED_SUB = re.compile(r"\\?_\s?\{")
BOLD = r"\\(?:mathbf|boldsymbol|bm|mathrm|vec|mathit)\s?"
MARKED = re.compile(
    rf"\s?(?:\{{\s?(?:{BOLD}\{{\s?(\\[A-Za-z]+|[^\W\d_])\s?\}}|(?:{BOLD})?(\\[A-Za-z]+|[^\W\d_]))\s?\}}"
    r"|(\\[A-Za-z]+|[^\W\d_])(?![A-Za-z]))"
)
POSSESSIVE = re.compile(r"s\b|[a-z]{3,}")
LIMITS = re.compile(r"\\(?:no)?limits")
IN_NUMBERS = str.maketrans(
    {"\u202f": None, "\u2009": None, "−": "-", "\\": None, "!": None, " ": None, "{": None, "}": None}
)
OPERAND_AFTER = re.compile(r"[ \t]{0,9}(?:[\w(\[{\\$√−‖-]|\.\d|\|[|\w(])")
SET_MINUS = re.compile(r"\\ [\[({]")
OF_LEFT_SIDE = re.compile(r"\s*:?=")
ABOUT = re.compile(r"\s{1,8}[-+]?(?:\d|\.\d|√|\\sqrt)")
REPEATED = re.compile(r"\\(?:overline|bar|dot)\s?(?:\{\s?(\d{1,20})\s?\}|(\d)(?!\d))")  # after 0.1: \overline{6}
REPEATING = re.compile(r"(?:(\d)\1{2,}|(\d{2,6}?)\2+)\Z")
DOTS = re.compile(r"…|\.\.\.|\\[lc]?dots(?![A-Za-z])")
DIGIT_AHEAD = re.compile(r"\s{0,8}\d|\s[A-Za-z]{1,2}(?![A-Za-z])")
ASCII_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset("0123456789.")
DIGIT_VALUES = {digit: Fraction(int(digit)) for digit in "0123456789"}
GROUPS = frozenset({"{", ",", "\\"})  # the second character of marks between groups of digits: “{,}”, “,\\!”
ENDS_ALL = frozenset({"", *" +-*/^()[]{=<>,;:|!&$"})
_ENDS_ALL = r"[ +\-*/^()\[\]{=<>,;:|!&$]|\Z"
PLAIN = re.compile(
    r"( ?)(?:([A-Za-z]{2,40})(?=[ \n.,;:)\]])"  # words that nothing is attached to
    rf"|([A-Za-z])(?={_ENDS_ALL})|([0-9])(?={_ENDS_ALL})(?!.[{{,\\])"
    r"|([,;(){}^/≤≥∈≠|]|=(?![=<>])|:(?!=)|\.(?=[ \n])))",
    re.DOTALL,
)
PLAIN_KINDS = {
    **dict.fromkeys(",;", Kind.SEP), **dict.fromkeys("^/≤≥∈≠|=:", Kind.OP), "(": Kind.OPEN, ")": Kind.CLOSE,
    "{": Kind.OPEN, "}": Kind.CLOSE, ".": Kind.PUNCT,
}  # fmt: skip
PLAIN_OPERATORS = frozenset("+/^≤≥∈≠∪∩√%")
WHITE = frozenset("\r\t\f\v\u00a0\u200b\u200c\u200d\u202f\u205f\u2060\ufeff") | {chr(c) for c in range(0x2000, 0x200E)}
INFINITIES = frozenset({"infinity", "Infinity", "inf", "oo", "INFINITY"})
NO_SUBSCRIPT = frozenset(" \n.,;:)(]}[+-=*/^<>|?!'\"$&")
WITH_SUBSCRIPT = frozenset({"sum", "prod", "cond"})  # words after which _2 is a subscript without braces
MARK_WORDS = frozenset({"bar", "hat", "tilde", "dot"})  # between a letter and its subscript they are marks above it
WHOLE = frozenset({"max", "min", "old", "new"})  # subscripts that end in no letter of the next symbol
LONGEST_SUBSCRIPT = 80
IN_SUBSCRIPTS = symbols.COMMAND_OPERATORS | symbols.COMMAND_NAMES
