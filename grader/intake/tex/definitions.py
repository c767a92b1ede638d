"""Definitions in TeX: ``\\newcommand``, ``\\def``, ``\\DeclareMathOperator``, ``\\newenvironment`` and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.intake.tex.stream import Stream, Token, joined, tokens_of

_COMMANDS = frozenset({"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand"})
_DOCUMENT = frozenset(f"{verb}DocumentCommand" for verb in ("New", "Renew", "Provide", "Declare"))
_OPERATORS = frozenset({"DeclareMathOperator"})
_PAIRS = frozenset({"DeclarePairedDelimiter"})
_PLAIN = frozenset({"def", "gdef", "edef", "xdef"})
_ENVIRONMENTS = frozenset({"newenvironment", "renewenvironment"})
_THEOREMS = frozenset({"newtheorem"})
_ALIASES = frozenset({"let"})
_TITLES = frozenset({"titleformat"})
DEFINERS = _TITLES | _COMMANDS | _DOCUMENT | _OPERATORS | _PAIRS | _PLAIN | _ENVIRONMENTS | _THEOREMS | _ALIASES
TITLE = "\\the{}@title"
"""The name under which the label of a section's title is kept, as ``\\titleformat`` gives it."""

_LONGEST = 2_000  # tokens of a definition
_CONDITION = re.compile(r"\\(?:if[A-Za-z@]*|If[A-Za-z]*TF?|ifthenelse|csname|expandafter|catcode)\Z")
# What the layout of a document and the reader of answers stand on; a new look changes nothing of what is said.
_KEPT = frozenset(
    "begin end documentclass usepackage input include section subsection subsubsection paragraph subparagraph chapter"
    " item question part subpart subsubpart titledquestion textbf emph label ref".split()
)


@dataclass(frozen=True, slots=True)
class Macro:
    """What a name stands for.

    Args:
        name: with its backslash; of an environment ``\\begin{name}``.
        body: with ``#1`` for arguments.
        count: of arguments.
        default: of the first argument, which then may be left out; None where it may not.
        defaults: of other arguments that may be left out, by their number from 1.
        starred: a star may follow the name.
        final: the body is a command of TeX itself, and is not looked up again.
        after: what the end of an environment stands for.
        theorem: name of the counter that an environment with a printed title steps, ``*`` if it counts nothing; ""
            for all others.
        fault: why it cannot be carried out; "" if it can.
        open: its braces may not close, and what was taken for the definition may be the document.
    """

    name: str
    body: tuple[Token, ...]
    count: int = 0
    defaults: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    starred: bool = False
    final: bool = False
    after: tuple[Token, ...] = ()
    theorem: str = ""
    fault: str = ""
    open: bool = False


def definition(definer: str, stream: Stream, known: dict[str, Macro]) -> Macro | None:
    """Read a definition, the stream standing behind its command.

    Args:
        definer: the command without its backslash, one of DEFINERS.
        stream: is left behind the definition.
        known: macros defined so far.

    Returns:
        None where nothing is defined: a name that is kept, or words that define nothing.
    """
    starred = stream.take("*")
    if definer in _ENVIRONMENTS or definer in _THEOREMS:
        found = _theorem(stream, starred) if definer in _THEOREMS else _environment(stream)
    elif definer in _ALIASES:
        found = _alias(stream, known)
    elif definer in _TITLES:
        found = _title(stream)
    elif definer in _PLAIN:
        found = _plain(stream)
    else:
        name = _name(stream)
        if name is None:
            return None
        if definer in _COMMANDS:
            found = _command(name, stream)
        elif definer in _DOCUMENT:
            found = _document_command(name, stream)
        elif definer in _PAIRS:
            found = _pair(name, stream)
        else:
            found = _operator(name, stream, starred)
    if found is None or found.name.lstrip("\\") in _KEPT:
        return None
    if definer.startswith(("provide", "Provide")) and found.name in known:
        return None
    return _checked(found)


def _checked(found: Macro) -> Macro:
    """The macro, with the fault that keeps it from being carried out."""
    fault, unsure = found.fault, found.open
    if not fault and len(found.body) + len(found.after) > _LONGEST:
        fault, unsure = f"has a definition of more than {_LONGEST:,} pieces, or one whose braces do not close", True
    tokens = (*found.body, *found.after)
    if not fault and any(token[1:] in DEFINERS for token in tokens if token[0] == "\\"):
        fault, unsure = "defines others in its turn, or has a definition whose braces do not close", True
    if not fault and any(_CONDITION.match(token) for token in tokens):
        fault = "depends on a condition of TeX"
    return Macro(found.name, (), fault=fault, open=unsure) if fault else found


def _faulty(name: str, fault: str) -> Macro:
    return Macro(name, (), fault=fault, open=fault == _OPEN)


def _name(stream: Stream) -> str | None:
    """The name that is defined: ``{\\foo}`` or ``\\foo``."""
    found = stream.argument()
    named = [token for token in found or [] if token.strip()]
    return named[0] if len(named) == 1 and named[0].startswith("\\") and len(named[0]) > 1 else None


_OPEN = "has a definition whose braces do not close"


def _arguments(stream: Stream) -> tuple[int, dict[int, tuple[Token, ...]]]:
    """``[2][default]``."""
    number = stream.optional()
    written = joined(number).strip() if number is not None else ""
    if not written.isdecimal():
        return 0, {}
    default = stream.optional()
    return min(int(written[:2]), 9), {1: tuple(default)} if default is not None else {}


def _command(name: str, stream: Stream) -> Macro:
    count, defaults = _arguments(stream)
    body = stream.argument()
    return _faulty(name, _OPEN) if body is None else Macro(name, tuple(body), count, defaults)


_SPEC = re.compile(r"[ \t]*(?:(m)|(o)|(s)|O\{([^{}]{0,200})\}|(\S))")


def _document_command(name: str, stream: Stream) -> Macro:
    written = stream.argument()
    body = stream.argument()
    if written is None or body is None:
        return _faulty(name, _OPEN)
    defaults: dict[int, tuple[Token, ...]] = {}
    count = 0
    for match in _SPEC.finditer(joined(written).strip()):
        if match.group(5) or match.group(3) or count == 9:
            return _faulty(name, f"takes arguments of the kind {match.group().strip()!r}")
        count += 1
        if not match.group(1):
            defaults[count] = tuple(tokens_of(match.group(4) or ""))
    return Macro(name, tuple(body), count, defaults)


def _operator(name: str, stream: Stream, starred: bool) -> Macro:
    body = stream.argument()
    if body is None:
        return _faulty(name, _OPEN)
    return Macro(name, ("\\operatorname", *(["*"] if starred else []), "{", *body, "}"))


def _pair(name: str, stream: Stream) -> Macro:
    left, right = stream.argument(), stream.argument()
    if left is None or right is None:
        return _faulty(name, _OPEN)
    return Macro(name, ("\\left", *left, " ", "#1", " ", "\\right", *right), 1, starred=True)


def _plain(stream: Stream) -> Macro | None:
    """``\\def\\foo#1#2{…}``; what else stands among the parameters would have to stand in each use."""
    stream.skip_space()
    name = stream.peek
    if not name.startswith("\\") or len(name) < 2:
        return None
    stream.next()
    count = 0
    fault = ""
    while stream.peek not in ("{", "", "}"):
        token = stream.next()
        if token == f"#{count + 1}":
            count += 1
        elif token.strip():
            fault = "is defined with marks between its arguments"
    body = stream.argument()
    if body is None:
        return _faulty(name, _OPEN)
    return _faulty(name, fault) if fault else Macro(name, tuple(body), count)


def _alias(stream: Stream, known: dict[str, Macro]) -> Macro | None:
    """``\\let\\foo\\bar``: what the other one stands for now; a command of TeX stays itself."""
    stream.skip_space()
    name = stream.next() if stream.peek.startswith("\\") else ""
    stream.take("=")
    stream.skip_space()
    if not name or not stream.peek.startswith("\\"):
        return None
    other = stream.next()
    if other in known:
        old = known[other]
        return Macro(name, old.body, old.count, old.defaults, old.starred, old.final, fault=old.fault)
    return Macro(name, (other,), final=True)


def _environment(stream: Stream) -> Macro | None:
    name = stream.argument()
    count, defaults = _arguments(stream)
    before, after = stream.argument(), stream.argument()
    if name is None:
        return None
    called = f"\\begin{{{joined(name).strip()}}}"
    if before is None or after is None:
        return _faulty(called, _OPEN)
    return Macro(called, tuple(before), count, defaults, after=tuple(after))


def _title(stream: Stream) -> Macro | None:
    """``\\titleformat{\\section}[shape]{format}{label}{space}{code}``: the label."""
    name = stream.argument()
    stream.optional()
    given = [stream.argument() for _ in range(4)]
    printed = given[1]
    if name is None or printed is None:
        return None
    return Macro(TITLE.format(joined(name).strip().lstrip("\\")), tuple(printed))


def _theorem(stream: Stream, starred: bool) -> Macro | None:
    """``\\newtheorem{problem}{Problem}``: prints its title and counts."""
    name = stream.argument()
    shared = stream.optional()
    title = stream.argument()
    within = stream.optional()
    if name is None or title is None or shared is not None or within is not None:
        return None  # counted with others, by a number that is not known here
    called = joined(name).strip()
    counter = "" if starred else called
    number = [] if starred else [" ", f"\\the{called}"]
    body = ["\\textbf", "{", *title, *number, "#1", "}", " "]
    return Macro(f"\\begin{{{called}}}", tuple(body), 1, {1: ()}, theorem=counter or "*")
