"""UTF-8 that was read as a code page, also twice, and with bytes lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.lost import LONGEST, candidates
from grader.intake.repair.views import View
from grader.maths.reading.mojibake import CodePage, of_mathematics
from grader.records import Confidence, Doubt

_WESTERN = ("cp1252", "cp1254")
"""Pages in which a sequence that is UTF-8 is no word of any language; in the others the whole file has to agree."""

_PAGES = (*_WESTERN, "cp1250", "cp1251", "mac-roman", "cp437")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PICTURES = "\U0001f300"
_FEWEST = 3  # sequences by which a file shows its page
_NEARLY_ALL = 0.9  # of the characters that are not ASCII belong to sequences
_SIGNS = (  # marks, arrows, pieces of brackets, pictures
    (0x2000, 0x2BFF), (0xF8E5, 0xF8FF), (0xFE0F, 0xFE0F), (0xFEFF, 0xFEFF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF),
)  # fmt: skip
_EASTERN = ((0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xFF01, 0xFF5E))
"""Chinese, Japanese and their forms of signs. Among the sequences for them are some that people write, as é²²."""


@cache
def _page(name: str) -> CodePage:
    return CodePage(name)


@cache
def _one(page: CodePage) -> re.Pattern[str]:
    return re.compile(page.one)


@cache
def _marks(page: CodePage) -> re.Pattern[str]:
    """Runs of whole sequences, and what is left of sequences that lost bytes."""
    rest = f"[{page.following}\N{REPLACEMENT CHARACTER}]"
    short = rf"[{page.lead}]{rest}{{0,3}}"
    phrases = "|".join(re.escape(left) for left in sorted(candidates(page), key=len, reverse=True) if len(left) > 4)
    return re.compile(f"(?P<known>{phrases or '(?!)'})|(?P<whole>(?:{page.one})+)|(?P<short>{short})|(?P<odd>{rest})")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How well a page explains a file.

    Args:
        page: the page.
        sequences: how many runs of its characters are UTF-8 and spell something.
        all: nearly all of the characters that are not ASCII belong to such sequences.
    """

    page: CodePage
    sequences: int
    all: bool


class Mojibake(Rule):
    """Sequences of characters whose bytes in a code page are UTF-8."""

    name = "mojibake"
    order = 10
    of_marks = True
    rounds = 3
    does = "UTF-8 that was read as a Windows code page or the like is read as UTF-8."

    def look(self, view: View) -> Found:
        """The sequences of the page that explains most of the file."""
        if view.ascii:
            return NOTHING
        evidence = _evidence(view.text)
        if evidence is None:
            return NOTHING
        page = evidence.page
        if not evidence.all:
            return Found(tuple(_single(view.text, page)))
        changes: list[Change] = []
        doubts: list[Doubt] = []
        for m in _FOREIGN.finditer(view.text):
            if (after := _whole(page, m.group())) is not None:
                changes.append(Change(m.start(), m.end(), after, why=_why(page)))
            else:
                _in_part(view.text, m.start(), m.end(), page, changes, doubts)
        return Found(changes, doubts)


_LOST = (
    "bytes of characters were lost where UTF-8 was read as a code page, and what is left of them spells nothing known"
)


def _why(page: CodePage) -> str:
    return f"UTF-8 that was read as {page.name}"


def _evidence(text: str) -> _Evidence | None:
    """The page that explains most of a text; None if none explains anything."""
    runs = Counter(_FOREIGN.findall(text))
    if all(len(run) == 1 for run in runs):
        return None  # signs here and there; a sequence has two characters at least
    to_explain = sum(len(run) * count for run, count in runs.items())
    best: _Evidence | None = None
    for name in _PAGES:
        page = _page(name)
        covered = sequences = long = 0
        for run, count in runs.items():
            for m in _marks(page).finditer(run):
                if m.lastgroup == "odd" or (m.lastgroup == "short" and not _fits(page, m.group())):
                    continue
                covered += len(m.group()) * count
                spelled = [one for one in _one(page).findall(m.group()) if _expected(page.undone(one))]
                sequences += len(spelled) * count
                long += sum(len(one) > 2 for one in spelled) * count
        if sequences == 0 or (best is not None and sequences <= best.sequences):
            continue
        shown = sequences >= _FEWEST and covered >= _NEARLY_ALL * to_explain
        if name in _WESTERN or (shown and long >= _FEWEST):
            best = _Evidence(page, sequences, shown)
            if covered == to_explain:
                break
    return best


@lru_cache(maxsize=4096)
def _whole(page: CodePage, run: str) -> str | None:
    """What a run was written as, if it is sequences from the first character to the last."""
    if re.fullmatch(f"(?:{page.one})+", run) is None:
        return None
    after = page.undone(run)
    return None if after == "\N{REPLACEMENT CHARACTER}" else after


def _in_part(text: str, start: int, end: int, page: CodePage, changes: list[Change], doubts: list[Doubt]) -> None:
    """A run of which not all are whole sequences."""
    for m in _marks(page).finditer(text, start, end):
        if m.lastgroup in ("known", "short"):
            _mend(text, m, page, changes, doubts)
        elif m.lastgroup == "whole" and (after := _whole(page, m.group())) is not None:
            changes.append(Change(m.start(), m.end(), after, why=_why(page)))
        else:
            doubts.append(Doubt(m.start(), m.end(), Confidence.LOW, _LOST))


def _expected(character: str, blocks: tuple[tuple[int, int], ...] = (*_SIGNS, *_EASTERN)) -> bool:
    return of_mathematics(character) or any(low <= ord(character) <= high for low, high in blocks)


def _single(text: str, page: CodePage) -> Iterator[Change]:
    """Sequences in a text that is not damaged as a whole, as where damaged words were pasted in."""
    for m in _one(page).finditer(text):
        character = page.undone(m.group())
        if _expected(character, _SIGNS):
            yield Change(m.start(), m.end(), character, why=_why(page))


def _mend(text: str, m: re.Match[str], page: CodePage, changes: list[Change], doubts: list[Doubt]) -> None:
    """What is left of a sequence: put right from the table where one or several of it fit, else doubted."""
    start, left = m.start(), m.group()
    if left in ("Â", "Ã") and text[m.end() : m.end() + 1] == " ":  # the byte A0 became a space, as it looks like one
        changes.append(Change(start, m.end() + 1, " " if left == "Â" else "à", Confidence.MEDIUM, _why(page)))
        return
    fit = _fits(page, left)
    if fit is None:
        doubts.append(Doubt(start, m.end(), Confidence.LOW, _LOST))
        return
    length, words = fit
    if len(words) == 1:
        why = f"{_why(page)}, with bytes lost: only {words[0]} fits"
        changes.append(Change(start, start + length, words[0], Confidence.MEDIUM, why))
    elif all(word >= _PICTURES for word in words):  # it decorates, whichever it is
        why = f"{_why(page)}, with bytes lost: {', '.join(words)} fit"
        changes.append(Change(start, start + length, words[0], Confidence.LOW, why))
    else:
        why = f"bytes of a character were lost where UTF-8 was read as {page.name}: {', '.join(words)} fit"
        doubts.append(Doubt(start, start + length, Confidence.LOW, why))
    if length < len(left):
        doubts.append(Doubt(start + length, m.end(), Confidence.LOW, _LOST))


def _fits(page: CodePage, left: str) -> tuple[int, tuple[str, ...]] | None:
    """What the beginning of some characters may be left of, and how many characters of it; the longest counts."""
    table = candidates(page)
    for length in range(min(len(left), LONGEST), 0, -1):
        if left[:length] in table:
            return length, table[left[:length]]
    return None
