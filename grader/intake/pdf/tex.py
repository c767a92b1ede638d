"""A row of atoms as TeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.encodings import BIG, CLOSING, COMMANDS, FUNCTIONS, OPENING, OPERATORS, RELATIONS

_FUNCTION = re.compile(r"\\(?:" + "|".join(sorted(FUNCTIONS)) + r")(?![a-zA-Z])")
_CALLED = re.compile(r"\\(?:log|ln|exp|sin|cos|tan|max|min)(?:\^(?:\w|\{[^{}]{1,40}\})|_(?:\w|\{[^{}]{1,40}\}))$")
_WORD_GAP = 0.18  # room between two words, in sizes of the type
_QUAD = 0.8
_SPACED_FUNCTIONS = ("lim sup", "lim inf", "arg max", "arg min")
_BEFORE_SIGN = frozenset("+−-±∓×,;")
_VECTORS = {"(": "pmatrix", "[": "bmatrix"}
_MOST_DEEP = 12


def tex(row: Sequence[Atom], depth: int = 0) -> str:
    """TeX of atoms that stand on one base line.

    Args:
        row: from left to right, each with its scripts.
        depth: how deep the row stands in scripts.
    """
    parts: list[str] = []
    stretched = _stretched(row)
    vectors = _vectors(row)
    at = 0
    while at < len(row):
        atom = row[at]
        if at and (gap := _gap(row[at - 1], atom)) > _QUAD:
            parts.append(r"\quad" if gap < 2 * _QUAD else r"\qquad")
        if (end := vectors.get(at)) is not None:
            parts.append(_vector(row[at : end + 1], depth) + _scripts(row[end], depth))
            at = end + 1
            continue
        if (dots := _dots(row, at)) and not (row[at + 2].above or row[at + 2].below):
            parts.append(dots)
            at += 3
            continue
        after = _word_end(row, at)
        if after > at + 1 or _upright(atom):
            parts.append(_word(row[at:after], row[after : after + 1]) + _scripts(row[after - 1], depth))
            at = after
            continue
        if atom.text.isdigit():
            while after < len(row) and _figures(row, after):
                after += 1
            if after > at + 1:
                parts.append("".join(one.text for one in row[at:after]) + _scripts(row[after - 1], depth))
                at = after
                continue
        sign = stretched.get(at, "") + symbol(atom)
        scripts = _scripts(atom, depth)
        parts.append(_spaced(sign + scripts, row, at) if not depth else sign + scripts)
        at += 1
    return _joined(parts)


def _vectors(row: Sequence[Atom]) -> dict[int, int]:
    """Row vectors between brackets that are no higher than what they hold: where each begins and ends."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for at, atom in enumerate(row):
        if not atom.face.math:
            continue
        if atom.text in _VECTORS:
            waiting.append(at)
        elif atom.text in (")", "]") and waiting:
            start = waiting.pop()
            inner = row[start + 1 : at]
            wide = any(_gap(one, other) > _QUAD for one, other in pairwise(inner))
            plain = not any(one.text in ",;=<>≤≥([" for one in inner if one.text)
            if wide and plain and OPENING[row[start].text] == atom.text:
                found[start] = at
    return found


def _vector(row: Sequence[Atom], depth: int) -> str:
    cells: list[list[Atom]] = [[row[1]]]
    for before, atom in pairwise(row[1:-1]):
        if _gap(before, atom) > _QUAD:
            cells.append([])
        cells[-1].append(atom)
    name = _VECTORS[row[0].text]
    return rf"\begin{{{name}}} {' & '.join(tex(cell, depth) for cell in cells)} \end{{{name}}}"


def symbol(atom: Atom) -> str:
    """TeX of one atom without its scripts."""
    if atom.tex:
        return atom.tex
    text = atom.text
    alphabet = atom.alphabet or ("mathbf" if atom.face.bold else "")
    if alphabet and len(text) == 1 and text.isalpha():
        return rf"\{alphabet}{{{COMMANDS.get(text, text)}}}"
    return OPERATORS.get(text) or RELATIONS.get(text) or COMMANDS.get(text) or text


def _dots(row: Sequence[Atom], at: int) -> str:
    """Three dots in a row are one sign."""
    three = row[at : at + 3]
    if len(three) < 3 or three[0].text not in (".", "·", "⋅") or any(one.text != three[0].text for one in three):
        return ""
    if any(one.above or one.below for one in three[:2]) or max(_gap(a, b) for a, b in pairwise(three)) > 0.5:
        return ""
    return r"\ldots" if three[0].text == "." else r"\cdots"


def _gap(before: Atom, atom: Atom) -> float:
    """Room between two atoms, in sizes of the type."""
    return (atom.left - before.end) / max(before.size, atom.size)


def _upright(atom: Atom) -> bool:
    return bool(atom.text) and atom.text.isalpha() and atom.text.isascii() and atom.face.upright and not atom.alphabet


def _word_end(row: Sequence[Atom], at: int) -> int:
    """Where a run of upright letters ends, which are one word or several."""
    after = at
    while after < len(row) and _upright(row[after]):
        after += 1
        if after < len(row) and (
            row[after - 1].above or row[after - 1].below or _gap(row[after - 1], row[after]) > 0.7
        ):
            break
    return max(after, at + 1) if after > at else at + 1


def _word(run: Sequence[Atom], following: Sequence[Atom]) -> str:
    """Upright letters: a function, or words in a formula."""
    text = run[0].text
    for before, atom in pairwise(run):
        text += (" " if _gap(before, atom) > _WORD_GAP else "") + atom.text
    if not (run[0].face.math or run[0].face.knuth) and all(len(word) == 1 for word in text.split(" ")):
        return _letters(run)  # a font of words has no letters of its own for variables
    if text in FUNCTIONS:
        return f"\\{text}"
    if text in ("argmax", "argmin"):
        return rf"\operatorname{{{text}}}"
    if text in _SPACED_FUNCTIONS:
        return rf"\operatorname{{{text.replace(' ', '')}}}" if text.startswith("arg") else "\\" + text.replace(" ", "")
    words = text.split(" ")
    if len(words) == 2 and words[1] in FUNCTIONS and len(words[0]) == 1:
        return f"{words[0]} \\{words[1]}"
    if run[0].face.bold and len(text) < 3:
        return "".join(symbol(atom) for atom in run)
    if len(text) == 1:
        return rf"\mathrm{{{text}}}"
    if (
        len(words) == 1
        and len(following) == 1
        and (following[0].text in OPENING or following[0].tex.startswith("\\beg"))
    ):
        return rf"\operatorname{{{text}}}"
    if len(words) == 1 and (run[-1].above or run[-1].below):
        return rf"\operatorname{{{text}}}"
    lead = " " if len(words) > 1 or not following else ""
    trail = " " if following and _WORD_GAP < _gap(run[-1], following[0]) <= _QUAD else ""
    return rf"\text{{{lead.strip()}{text}{trail}}}"


def _letters(run: Sequence[Atom]) -> str:
    text = symbol(run[0])
    for before, atom in pairwise(run):
        text += (" " if _gap(before, atom) > _WORD_GAP else "") + symbol(atom)
    return text


def _figures(row: Sequence[Atom], at: int) -> bool:
    """Whether the atom goes on with the number before it: a digit, or a point between digits."""
    before, atom = row[at - 1], row[at]
    if before.above or before.below or _gap(before, atom) > _WORD_GAP:
        return False
    if atom.text.isdigit():
        return True
    digit = at + 1 < len(row) and row[at + 1].text.isdigit() and _gap(atom, row[at + 1]) < 0.1
    return atom.text == "." and before.text.isdigit() and digit


def _scripts(atom: Atom, depth: int) -> str:
    if not (atom.above or atom.below):
        return ""
    if depth >= _MOST_DEEP:
        return "".join(symbol(one) for one in (*atom.below, *atom.above))
    row = atom.above
    primes = 0
    while primes < len(row) and row[primes].text in ("′", "'") and not (row[primes].above or row[primes].below):
        primes += 1
    below = f"_{_braced(tex(atom.below, depth + 1))}" if atom.below else ""
    above = f"^{_braced(tex(row[primes:], depth + 1))}" if row[primes:] else ""
    return "'" * primes + below + above


def _braced(inner: str) -> str:
    return inner if len(inner) == 1 and inner.isalnum() else f"{{{inner}}}"


def _stretched(row: Sequence[Atom]) -> dict[int, str]:
    r"""``\left`` and ``\right`` for brackets that are as high as what they hold, by their place in the row."""
    found: dict[int, str] = {}
    waiting: list[int] = []
    for at, atom in enumerate(row):
        if not atom.tall:
            continue
        if waiting and _closes(row[waiting[-1]], atom):
            found[waiting.pop()], found[at] = r"\left", r"\right"
        elif atom.text not in CLOSING:
            waiting.append(at)
    return found


def _closes(opening: Atom, atom: Atom) -> bool:
    if atom.text in "|‖":
        return opening.text == atom.text
    return atom.text in CLOSING and opening.text in OPENING


def _spaced(part: str, row: Sequence[Atom], at: int) -> str:
    """A part with the spaces that make TeX legible."""
    text = row[at].text
    if text in RELATIONS:
        return f" {part} "
    if text in OPERATORS:
        before = row[at - 1].text if at else "("
        unary = text in "−-+±∓" and (before in RELATIONS or before in _BEFORE_SIGN or before in OPENING)
        return part if unary and before else f" {part} "
    if text in (",", ";"):
        return f"{part} "
    if text in BIG:
        return f"{part} "
    return part


def _joined(parts: Sequence[str]) -> str:
    """The parts as one, with a space where a command would run into the letter after it, and single spaces."""
    found = ""
    for part in parts:
        if found and part and part[0].isalpha() and (_command_at_end(found) or _CALLED.search(found)):
            found += " "
        if part.startswith((r"\quad", r"\qquad")):
            part = f" {part} "
        elif found[-1:].isalnum() and _FUNCTION.match(part):
            found += " "
        found += part[1:] if found.endswith(" ") and part.startswith(" ") else part
    return found.strip()


def _command_at_end(text: str) -> bool:
    at = len(text)
    while at and text[at - 1].isalpha():
        at -= 1
    return 0 < at < len(text) and text[at - 1] == "\\"
