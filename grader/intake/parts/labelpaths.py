"""Reading a label off a line: "(b)(i)", "(b.i)", "b.ii", "a) i.", "bi", "(d)-(f)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from grader.intake.parts.labels import ROMAN, Label, Tree

GAP = r"[ \t\u00a0]{0,8}"  # bounded: two in a row must not cost the square
_ATOM = re.compile(r"\(\s?([A-Za-z]{1,5}|\d{1,2})\s?\)|([A-Za-z]{1,5}|\d{1,2})(\)|(?![A-Za-z0-9_^'’]))")
_BOTH = re.compile(r"\(\s?([A-Za-z]{1,5}|\d{1,2})[.,-]?[ \t]?([A-Za-z]{1,10}|\d{1,2})\s?\)")
_JOIN = re.compile(GAP + r"[.,/:–-]?" + GAP + r"(?:(?:sub-?)?part[ \t]*)?(?=[(A-Za-z0-9])", re.IGNORECASE)
_AFTER_NUMBER = re.compile(GAP + r"[.,/:–—-]?" + GAP + r"(?:(?:sub-?)?part[ \t]*)?", re.IGNORECASE)
_RANGE = re.compile(r"[ \t]*(?:[-–—]|to\b|through\b|and\b|&|,)[ \t]*\(?[A-Za-z0-9]{1,3}\)", re.IGNORECASE)
_CLOSED = re.compile(r"[.:)]|[ \t]*$|[ \t]*[*|&}]")
_LEVELS = 4
_LOOSE_ROMAN = 4  # "i" to "iv" may stand without brackets; "v." and "x:" are variables


@dataclass(frozen=True, slots=True)
class LabelPath:
    """A label as it stands on a line.

    Args:
        names: in lower case, outermost first.
        end: offset past it.
        capital: it starts with a capital letter.
        bare: nothing marks it as a label, neither a bracket nor a second level.
        several: more labels follow, as in "(d)-(f)"; ``end`` is past them.
    """

    names: Label
    end: int
    capital: bool
    bare: bool
    several: bool


def read_path(line: str, at: int, tree: Tree) -> LabelPath | None:
    """The label that starts at ``at``, None if none does."""
    both = _BOTH.match(line, at)
    if both is not None and tree.known(pair := (both.group(1).lower(), both.group(2).lower())):
        return LabelPath(pair, both.end(), both.group(1).isupper(), False, False)  # "(b.i)"
    match = _ATOM.match(line, at)
    if match is None:
        return None
    word = match.group(1) or match.group(2)
    names = tree.split(word)
    if names is None or (names[0].isdigit() and not tree.known(names)):
        return None
    bare = not (match.group(1) or match.group(3))
    path = LabelPath(names, match.end(), word[0].isupper(), bare, False)
    while len(path.names) < _LEVELS and (further := _further(line, path, tree)):
        path = further
    if path.bare or (match := _RANGE.match(line, path.end)) is None:
        return path
    while match:
        path = replace(path, end=match.end(), several=True)
        match = _RANGE.match(line, path.end)
    return path


def read_path_after_number(line: str, at: int, tree: Tree) -> LabelPath | None:
    """The label after "Problem 1": glued ("1bi"), or set off by a bracket, a point or "part"."""
    join = _AFTER_NUMBER.match(line, at)
    start = join.end() if join else at
    path = read_path(line, start, tree)
    if path is None or not path.bare:
        return path
    between = line[at:start]
    if between in ("", "."):
        return path
    alone = re.match(r"[:.](?!\w)|\s*$", line[path.end :]) is not None
    if "part" in between.lower() or (alone and not path.capital):
        return path
    return None  # "Problem 1: a kernel"


def _further(line: str, path: LabelPath, tree: Tree) -> LabelPath | None:
    """The path with one more level, "(b) i." after "(b)"; None if what follows is text."""
    join = _JOIN.match(line, path.end)
    match = _ATOM.match(line, join.end()) if join else None
    if join is None or match is None:
        return None
    word = match.group(1) or match.group(2)
    low = word.lower()
    known = tree.known((*path.names, low))
    if not known and (word != low or tree.is_leaf(path.names)):
        return None  # "(d) (B)" is an option; "(c) (i) first" a list within the answer
    bare = not (match.group(1) or match.group(3))
    if not known and (low not in ROMAN or (bare and ROMAN[low] > _LOOSE_ROMAN)):
        return None
    if path.bare and not known and not line[path.end : join.end()].strip():
        return None  # "i i"
    tight = line[path.end : join.end()] in (".", "")
    if bare and not _CLOSED.match(line, match.end()) and not (tight and known):
        return None  # "(a) I think", "(b) i think"
    return replace(path, names=(*path.names, low), end=match.end(), bare=False)
