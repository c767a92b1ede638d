"""A TeX document with the macros that it defines carried out.

With ``\\newcommand{\\vx}{\\mathbf{x}}``, ``$A\\vx$`` reads ``$A\\mathbf{x}$``. Every line stays where it is, so that
a place in what is read is on the same line of the file. Whatever cannot be carried out stays as it stands and is told:
a macro that needs itself, one that depends on conditions, one that would print too much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from grader.intake.tex.counters import COMMANDS, Counters
from grader.intake.tex.definitions import DEFINERS, Macro, definition
from grader.intake.tex.numbering import LEVELS, Numbering, label
from grader.intake.tex.stream import Read, Spent, Stream, Token, Work, joined, tokens_of

_DEFINES = re.compile(rf"\\(?:{'|'.join(sorted(DEFINERS | {'newcounter'}))})(?![A-Za-z@])")
_LOOKED_AT = frozenset({f"\\{name}" for name in (*DEFINERS, *LEVELS)} | {"\\begin", "\\end"} | COMMANDS)
_DEEPEST = 40  # macros within macros and arguments
_LONGEST = 20_000  # characters that one use may print
_WORK = 60, 200_000  # tokens looked at: so many for each of the document, and so many at least


@dataclass(frozen=True, slots=True)
class Refused:
    """A macro that was left as it stands.

    Args:
        name: with its backslash.
        start: offset in the document of the first use.
        why: continues a sentence that begins with the name.
    """

    name: str
    start: int
    why: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """A document with its macros carried out.

    Args:
        text: as many lines as the document.
        refused: macros that were not, each once.
    """

    text: str
    refused: tuple[Refused, ...]


class _Fault(Exception):  # noqa: N818 - a signal within this module
    """A use that cannot be carried out: the name, and why."""


def expanded(text: str, bare: str) -> Expanded:
    """Carry out the macros that a document defines.

    Args:
        text: the document.
        bare: as long, with comments and code blanked: what is defined or used there is nothing.
    """
    if not _DEFINES.search(bare):
        return Expanded(text, ())
    return _Expander(text, bare).run()


class _Expander:
    def __init__(self, text: str, bare: str) -> None:
        self.text = text
        tokens = tokens_of(bare)
        self.work = Work(_WORK[0] * len(tokens) + _WORK[1])
        self.stream = Stream(tokens, self.work)
        self.starts = [0, *accumulate(map(len, tokens))]
        self.macros: dict[str, Macro] = {}
        self.counters = Counters()
        self.numbering = Numbering(self.counters)
        self.refused: dict[str, Refused] = {}
        self.pieces: list[str] = []

    def run(self) -> Expanded:
        start = 0
        try:
            while self.stream.at < len(self.stream.tokens):
                self._skip()
                start = self._offset()
                self._token(start)
        except Spent:
            self.refused.setdefault("", Refused("", start, ""))
            self.pieces.append(self.text[start:])
        return Expanded("".join(self.pieces), tuple(self.refused.values()))

    def _offset(self) -> int:
        return self.starts[self.stream.at] + self.stream.inside

    def _skip(self) -> None:
        """Past all that stands for itself."""
        first = at = self.stream.at
        if self.stream.inside:
            return
        tokens, macros = self.stream.tokens, self.macros
        while at < len(tokens):
            piece = tokens[at]
            if piece[0] == "\\" and (piece in macros or piece in _LOOKED_AT or piece[:4] == "\\the"):
                break
            at += 1
        self.pieces.append(self.text[self.starts[first] : self.starts[at]])
        self.stream.at = at

    def _token(self, start: int) -> None:
        piece = self.stream.next()
        if not piece:
            return
        if piece[0] == "\\" and self._command(piece, start):
            return
        self.pieces.append(self.text[start : self._offset()])

    def _command(self, piece: Token, start: int) -> bool:
        """Whether something else is printed for a command than what stands there."""
        back = self.stream.at, self.stream.inside
        if piece[1:] in DEFINERS:
            found = definition(piece[1:], self.stream, self.macros)
            if found is None or found.open:
                self.stream.at, self.stream.inside = back
            if found is None:
                return False
            self.macros[found.name] = found
            if found.fault:
                self._keep(start, found)
                return True
            self.numbering.begin(found.name)
            if found.theorem:
                self.counters.declare(found.theorem)
            self._print("", start)
            return True
        if piece[1:] in LEVELS:
            return self._section(piece, start)
        try:
            printed = self._use(piece, self.stream, 0, frozenset())
            if printed is None:
                return False
            written = joined(printed)
            if len(written) > _LONGEST:
                raise _Fault(piece, f"prints more than {_LONGEST:,} characters")
        except _Fault as fault:
            name, why = fault.args
            self.refused.setdefault(name, Refused(name, start, why))
            self.stream.at, self.stream.inside = back
            return False
        self._print(written, start)
        return True

    def _section(self, piece: Token, start: int) -> bool:
        """Whether a section's title is printed with a label of the document's own."""
        back = self.stream.at, self.stream.inside
        macro = None if self.stream.take("*") else self.numbering.step(piece[1:], self.macros)
        self.stream.optional()
        self.stream.skip_space()
        if macro is not None and not macro.fault and self.stream.peek == "{":
            self.stream.next()
            try:
                written = label(joined(self._carried_out(macro, self.stream, 0, frozenset())))
            except _Fault:
                written = ""
            if written:
                self._print(f"{piece}{{{written}", start)
                return True
        self.stream.at, self.stream.inside = back
        return False

    def _keep(self, start: int, found: Macro) -> None:
        """Leave a definition as it stands; of one that does not close, the command and the name."""
        if found.open:
            while self.stream.at < len(self.stream.tokens) and self.stream.next() != found.name:
                pass
        self.pieces.append(self.text[start : self._offset()])

    def _print(self, written: str, start: int) -> None:
        """Add what is printed for a stretch of the document, with as many line ends as that has."""
        end = self._offset()
        lines = self.text.count("\n", start, end)
        extra = written.count("\n") - lines
        if extra > 0:
            written = written.replace("\n", " ", extra)
        last = self.pieces[-1][-1:] if self.pieces else ""
        if last.isalpha() and written[:1].isalpha() and re.search(r"\\[A-Za-z@]+\Z", self.pieces[-1][-40:]):
            self.pieces.append(" ")
        if re.search(r"\\[A-Za-z@]+\Z", written[-40:]) and self.text[end : end + 1].isalpha():
            written += " "
        self.pieces.append(written + "\n" * max(-extra, 0))

    def _use(self, piece: Token, stream: Stream, depth: int, active: frozenset[str]) -> list[Token] | None:
        """What is printed for a command and the arguments behind it; None for what TeX or LaTeX knows itself."""
        if piece in ("\\begin", "\\end"):
            return self._environment(piece, stream, depth, active)
        macro = self.macros.get(piece)
        if macro is None:
            shown = self.counters.read(piece, stream)
            return None if shown is None else [Read(shown)] if shown else []
        return self._carried_out(macro, stream, depth, active)

    def _environment(self, piece: Token, stream: Stream, depth: int, active: frozenset[str]) -> list[Token] | None:
        back = stream.at, stream.inside
        name = stream.argument() if stream.peek == "{" else None
        macro = self.macros.get(f"\\begin{{{joined(name).strip()}}}") if name and len(name) == 1 else None
        if macro is None:
            stream.at, stream.inside = back
            return None
        if piece == "\\begin":
            if macro.theorem:
                self.counters.step(macro.theorem)
            return self._carried_out(macro, stream, depth, active)
        if macro.fault:
            raise _Fault(macro.name, macro.fault)
        return self._expand(list(macro.after), depth + 1, active | {macro.name})

    def _carried_out(self, macro: Macro, stream: Stream, depth: int, active: frozenset[str]) -> list[Token]:
        if macro.final:
            return [Read(piece) for piece in macro.body]
        if macro.fault:
            raise _Fault(macro.name, macro.fault)
        if macro.name in active:
            raise _Fault(macro.name, "is defined by itself")
        if depth >= _DEEPEST:
            raise _Fault(macro.name, f"is nested more than {_DEEPEST} deep")
        given = self._arguments(macro, stream, depth, active)
        body = [piece for piece in macro.body for piece in given.get(piece, [piece])]
        found = self._expand(body, depth + 1, active | {macro.name})
        self.work.do(sum(map(len, found)) // 8)
        if sum(map(len, found)) > _LONGEST:
            raise _Fault(macro.name, f"prints more than {_LONGEST:,} characters")
        return found

    def _arguments(self, macro: Macro, stream: Stream, depth: int, active: frozenset[str]) -> dict[str, list[Token]]:
        """What each ``#1`` stands for, carried out already."""
        if macro.starred:
            stream.take("*")
        given: dict[str, list[Token]] = {}
        for number in range(1, macro.count + 1):
            if number in macro.defaults:
                found = stream.optional()
                tokens = list(macro.defaults[number]) if found is None else found
            else:
                found = stream.argument()
                if found is None:
                    raise _Fault(macro.name, f"is used without its {macro.count} argument{'s'[: macro.count > 1]}")
                tokens = found
            if macro.theorem and tokens:
                tokens = [" (", *tokens, ")"]
            written = joined(self._expand(tokens, depth + 1, active))
            given[f"#{number}"] = [Read(written)] if written else []
        return given

    def _expand(self, tokens: list[Token], depth: int, active: frozenset[str]) -> list[Token]:
        """What a stretch of tokens prints."""
        if depth > _DEEPEST:
            raise _Fault(next(iter(active), "\\"), f"is nested more than {_DEEPEST} deep")
        stream = Stream(tokens, self.work)
        out: list[Token] = []
        while stream.at < len(stream.tokens):
            piece = stream.next()
            printed = None
            if piece[0:1] == "\\" and not isinstance(piece, Read):
                printed = self._use(piece, stream, depth, active)
            out += [piece] if printed is None else printed
            if len(out) > _LONGEST:
                raise _Fault(next(iter(active), "\\"), f"prints more than {_LONGEST:,} characters")
        return out
