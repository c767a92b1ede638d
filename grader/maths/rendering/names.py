"""How symbols are written: letters with marks above, primes, indices below and above."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape

from grader.maths.reading.spectral import LETTERS
from grader.maths.reading.symbols import GREEK_NAME, MARKS_ABOVE, SUBSCRIPTS, SUPERSCRIPTS

RAISED = {plain: raised for raised, plain in ((chr(a), chr(b)) for a, b in SUPERSCRIPTS.items()) if plain not in "=()⊤"}
"""Plain characters to raised ones. There is no T: a raised one transposes."""

LOWERED = {plain: lowered for lowered, plain in ((chr(a), chr(b)) for a, b in SUBSCRIPTS.items()) if plain not in "()"}
"""Plain characters to lowered ones."""

TO_RAISED, TO_LOWERED = str.maketrans(RAISED), str.maketrans(LOWERED)
CAN_RAISE, CAN_LOWER = frozenset(RAISED), frozenset(LOWERED)

COMMANDS = {letter: f"\\{name}" for letter, name in GREEK_NAME.items()} | {
    "ℓ": "\\ell", "∞": "\\infty", "∅": "\\emptyset", "∂": "\\partial", "∇": "\\nabla", "⊤": "\\top", "†": "\\dagger",
    "…": "\\dots",
}  # fmt: skip
"""Letters and signs to their LaTeX commands."""

SPECTRAL_LETTERS = {function: letter for letter, function in LETTERS.items()}
"""Functions of the spectrum of a matrix, to the letters that they are written with."""

DERIVATIVE = re.compile(r"[∂d]\w+/[∂d]\w+$")
"""Names of derivatives that are declared as one symbol: ∂f/∂Y."""

_MARK_COMMANDS = {mark: command for command, mark in reversed(MARKS_ABOVE.items())}
_MARKS_SHOWN = {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0307": "˙", "\u0308": "¨", "\u030c": "ˇ", "\u20d7": "→"}


def parts(name: str) -> tuple[str, int, str]:
    """A symbol's letter or word, how many primes follow it, and the index in brackets above it.

    Args:
        name: as in :class:`grader.maths.tree.Symbol`.
    """
    core, _, index = name.partition("⁽")
    letter = core.rstrip("′")
    return letter, len(core) - len(letter), index.rstrip("⁾")


def quotient(name: str) -> tuple[str, str] | None:
    """The two parts of a name that is written as a quotient, such as ``∂f/∂X``; None for other names.

    Args:
        name: as in :class:`grader.maths.tree.Symbol`.
    """
    above, slash, below = name.partition("/")
    return (above, below) if slash and above.startswith("∂") and below.startswith("∂") else None


@lru_cache(maxsize=4096)
def unicode_symbol(name: str, sub: str) -> str:
    """A symbol in Unicode: ``x̂ᵢ``, ``m₁′``, ``K_ℓ``, ``σ_{i,j}``.

    Args:
        name, sub: as in :class:`grader.maths.tree.Symbol`.
    """
    letter, primes, index = parts(name)
    text = (
        letter + (unicode_lowered(sub, single=not letter.isascii() or len(letter) == 1) if sub else "") + "′" * primes
    )
    if index:
        raisable = CAN_RAISE.issuperset(index)
        text += f"⁽{index.translate(TO_RAISED)}⁾" if raisable else f"^{{({index})}}"
    return text


def unicode_lowered(text: str, *, single: bool = True) -> str:
    """A subscript: of lowered characters where there are such, after an underscore elsewhere.

    Args:
        text: what stands below, without brackets around it.
        single: what stands before it is one letter or a bracket: then one letter below needs no braces.
    """
    if CAN_LOWER.issuperset(text):
        return text.translate(TO_LOWERED)
    return f"_{text}" if len(text) == 1 and single and text.isalpha() else f"_{{{text}}}"


@lru_cache(maxsize=4096)
def latex_symbol(name: str, sub: str) -> str:
    """A symbol in LaTeX.

    Args:
        name, sub: as in :class:`grader.maths.tree.Symbol`.
    """
    if above_below := quotient(name):
        above, below = (latex_letters(part) for part in above_below)
        return f"\\frac{{{above}}}{{{below}}}"
    letter, primes, index = parts(name)
    text = latex_letter(letter)
    if sub:
        text += f"_{{{latex_letters(sub)}}}"
    if primes:
        text += "'" * primes if len(letter) == 1 else "^{" + "\\prime" * primes + "}"
    return f"{text}^{{({index})}}" if index else text


def latex_letter(letter: str) -> str:
    """A letter, with or without a mark above, or a word.

    Args:
        letter: without index.
    """
    if letter in COMMANDS:
        return COMMANDS[letter]
    if DERIVATIVE.match(letter):
        return "\\frac{{{}}}{{{}}}".format(*map(latex_letters, letter.split("/", 1)))
    base, mark = marked(letter)
    if mark and (command := _MARK_COMMANDS.get(mark)):
        return f"\\{command}{{{COMMANDS.get(base, base)}}}"
    return letter if len(letter) == 1 else f"\\mathrm{{{letter}}}"


def latex_letters(text: str) -> str:
    """Plain text of formulas with its letters and signs as commands.

    Args:
        text: one line, such as ``ℓ-1``.
    """
    if text.isascii():
        return text
    out = ""
    for place, c in enumerate(text):
        command = COMMANDS.get(c, c)
        out += command + (" " if command != c and text[place + 1 : place + 2].isalpha() else "")
    return out


def marked(letter: str) -> tuple[str, str]:
    """A letter and the mark above it, "" where there is none.

    Args:
        letter: one letter, composed or not.
    """
    pieces = unicodedata.normalize("NFD", letter)
    return (pieces[0], pieces[1]) if len(pieces) == 2 and pieces[1] in _MARKS_SHOWN else (letter, "")


@lru_cache(maxsize=4096)
def mathml_symbol(name: str, sub: str) -> str:
    """A symbol in MathML.

    Args:
        name, sub: as in :class:`grader.maths.tree.Symbol`.
    """
    if above_below := quotient(name):
        return f"<mfrac>{''.join(f'<mi>{escape(part)}</mi>' for part in above_below)}</mfrac>"
    letter, primes, index = parts(name)
    base, mark = marked(letter)
    text = f"<mi>{escape(base)}</mi>"
    if DERIVATIVE.match(letter):
        text = "<mfrac>{}</mfrac>".format("".join(f"<mi>{escape(side)}</mi>" for side in letter.split("/", 1)))
    if mark:
        text = f'<mover accent="true">{text}<mo>{_MARKS_SHOWN[mark]}</mo></mover>'
    below = f"<mi>{escape(sub)}</mi>"
    if sub.isdecimal():
        below = f"<mn>{sub}</mn>"
    above = [f"<mo>{'′' * primes}</mo>"] if primes else []
    if index:
        inside = f"<mn>{escape(index)}</mn>" if index.isdecimal() else f"<mi>{escape(index)}</mi>"
        above.append(f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>")
    raised = above[0] if len(above) == 1 else f"<mrow>{''.join(above)}</mrow>"
    if sub and above:
        return f"<msubsup>{text}{below}{raised}</msubsup>"
    if sub:
        return f"<msub>{text}{below}</msub>"
    return f"<msup>{text}{raised}</msup>" if above else text
