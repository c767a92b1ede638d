"""The tokens of a line: words, numbers, operators, and what is mathematics for certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.pdf.atoms import Atom
from grader.intake.pdf.encodings import BIG, CLOSING, COMMANDS, FUNCTIONS, OPENING, OPERATORS, RELATIONS

WORD_GAP = 0.15  # room between two words, in sizes of the type
THIN_SPACE = 0.2  # the same beside mathematics: TeX puts 1/6 before brackets, and no less than 2/9 between words
_AFTER_SCRIPT = 0.05  # room that TeX puts behind scripts (\\scriptspace)
CELL_GAP = 1.2  # room that parts a line like cells of a table
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_DASHES = frozenset("-–—")
_ASCII_SIGNS = frozenset("0123456789+=<>()[]")  # a font of words has them, so that no other stands in for it
_PROSE_SIGNS = frozenset("•◦▪–—\N{REPLACEMENT CHARACTER}")


@dataclass(slots=True, eq=False)
class Token:
    """Atoms of a line that go together.

    Args:
        atoms: one or more.
        kind: ``formula``, ``word``, ``number``, ``operator``, ``open``, ``close``, ``other``.
        spaced: a space stands before it.
        math: it is part of a formula.
    """

    atoms: list[Atom]
    kind: str
    spaced: bool
    math: bool = False

    @property
    def text(self) -> str:
        """Its characters, without scripts."""
        return "".join(atom.text for atom in self.atoms)

    @property
    def scripted(self) -> bool:
        """Something hangs on it."""
        return bool(self.atoms[-1].above or self.atoms[-1].below)

    @property
    def opens(self) -> bool:
        """It is a bracket that opens."""
        return self.kind in ("open", "formula") and self.text in OPENING

    @property
    def closes(self) -> bool:
        """It is a bracket that closes."""
        return self.kind in ("close", "formula") and self.text in CLOSING

    @property
    def works(self) -> bool:
        """It is an operator or a relation, and what it works on stands beside it."""
        return (self.text in OPERATORS or self.text in RELATIONS or self.text == "/") and not self.scripted


def tokens(row: Sequence[Atom]) -> list[Token]:
    """The tokens of a line; those that are mathematics by themselves are marked.

    Args:
        row: the atoms on the base line, from left to right, with their scripts.
    """
    found: list[Token] = []
    before: Atom | None = None
    for at, atom in enumerate(row):
        spaced = before is not None and (_space(before, atom) or _other_voice(before, atom))
        kind = _kind(atom)
        last = found[-1] if found else None
        if last is not None and not spaced and not last.scripted and _joins(last, kind, row, at):
            last.atoms.append(atom)
        else:
            found.append(Token([atom], kind, spaced, kind == "formula"))
        before = atom
    for token in found:
        if not token.math and token.scripted and not _footnote(token):
            token.math = True
    return found


def _joins(last: Token, kind: str, row: Sequence[Atom], at: int) -> bool:
    """Whether an atom goes on with the word or the number before it."""
    if last.kind == "number" and row[at].text in ".," and at + 1 < len(row):
        following = row[at + 1]
        return following.text.isdigit() and not _space(row[at], following) and _kind(following) == "number"
    if last.kind == "word" and kind == "number":
        return True  # x1, L2: no place for a formula to begin
    if kind == "word" and last.kind == "word" and row[at].face.italic != last.atoms[-1].face.italic:
        return False
    return kind == last.kind and kind in ("word", "number")


def _space(before: Atom, atom: Atom) -> bool:
    gap = atom.left - before.end
    if before.above or before.below:
        gap -= _AFTER_SCRIPT * before.size
    room = THIN_SPACE if before.face.math or atom.face.math else WORD_GAP
    return gap > room * min(before.size, atom.size) or (atom.spaced and gap > 0.08 * atom.size)


def _other_voice(before: Atom, atom: Atom) -> bool:
    """Whether a word in another colour begins where one ends, as remarks do that were put into a line later."""
    return before.colour != atom.colour and before.text[-1:].islower() and atom.text[:1].isupper()


def _kind(atom: Atom) -> str:
    text = atom.text
    if atom.tex or atom.alphabet or text in BIG or (atom.face.math and text not in _PROSE_SIGNS):
        return "formula"
    if atom.face.mixed and text in _ASCII_SIGNS:
        return "formula"
    if text.isdigit():
        return "number"
    if text.isalpha() or text in "'’":
        return "formula" if atom.face.knuth and text in COMMANDS else "word"
    if text in OPENING:
        return "open"
    if text in CLOSING:
        return "close"
    if (text in OPERATORS or text in RELATIONS or text in "|‖/") and text not in _DASHES and text != "•":
        return "operator"
    return "other"


def _footnote(token: Token) -> bool:
    """A figure raised behind a word or a stop, or the letters of an ordinal number."""
    end = token.atoms[-1]
    if end.below or token.kind == "formula":
        return False
    raised = "".join(atom.text for atom in end.above)
    if token.kind == "number" and raised.lower() in _ORDINALS:
        return True
    long = token.kind == "word" and len(token.text) > 2 and token.text not in FUNCTIONS
    return raised.isdigit() and (long or token.kind == "other")
