"""Which of several parts under one heading an answer belongs to, by the symbols and cues of all of them.

“Complexity: O(nL) work, O(1) depth” answers two parts. The cue right behind a value counts first, then the last one
before it, however far back in the section; what stands under the cue of another part is no answer to this one.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.intake.finding.asked import letters, openings, phrases_of, symbols_of
from grader.intake.finding.cues import COST_LABELS, as_cue
from grader.intake.finding.ranks import LINKS
from grader.records import Part

DOUBT = "another part of the question may be meant"
"""Why an answer is in doubt that stands under no cue, where several parts could claim it."""

_MOST_LINKS = 2
_MOST_LABELS = 3  # cues between the start of a line and its colon
_ADJACENT = 2  # tokens between a cue and a value that it announces: “Depth: …”, “depth is …”
_REACH = 12  # tokens within which a cue after a value concerns it, where none stands before


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue in the text: its tokens, and whether it is the part's own."""

    first: int
    last: int
    own: bool


class Owners:
    """Tells whose answers stand where.

    Args:
        words: of the section, in lower case.
        part: the question.
        siblings: parts of the same type under the same heading.
    """

    def __init__(self, words: Sequence[str], part: Part, siblings: Iterable[Part]) -> None:
        siblings = list(siblings)
        own = phrases_of(part)
        others = frozenset(phrase for other in siblings for phrase in phrases_of(other))
        opening, longest = openings(own | others)
        self.words = words
        known = {word for phrase in own | others for word in phrase}  # “naively” is “naive”
        said = [stem if (stem := word.removesuffix("ly")) in known else as_cue(word) for word in words]
        named = set().union(*(symbols_of(other) for other in siblings))
        self.symbols, self.foreign = symbols_of(part) - named, named - symbols_of(part)
        self.cues: list[_Cue] = []
        for at, word in enumerate(said):
            if word not in opening:
                continue
            for length in range(longest, 0, -1):
                phrase = tuple(said[at : at + length])
                if (phrase in own) != (phrase in others):
                    self.cues.append(_Cue(at, at + length, phrase in own))
                    break
        self.starts = [cue.first for cue in self.cues]

    def owned(self, first: int, last: int, symbol: str = "") -> bool | None:
        """Whether a value is the part's own: False where it is another part's, None where nothing tells.

        Args:
            first: index of its first token.
            last: index past its last token.
            symbol: what it is given to; where only one of the parts asks for that, it is that part's.
        """
        spelled = letters(symbol) if symbol else set()
        if bool(spelled & self.symbols) != bool(spelled & self.foreign):
            return bool(spelled & self.symbols)
        following = bisect.bisect_left(self.starts, last)
        after = self.cues[following] if following < len(self.cues) else None
        preceding = bisect.bisect_left(self.starts, first) - 1
        before = self._label(preceding, first) or (self.cues[preceding] if preceding >= 0 else None)
        if after is not None and self._linked(last, after.first) and not self._announces(after):
            beside = (
                before is not None and first - before.last <= _ADJACENT and "," not in self.words[before.last : first]
            )
            labels = self.words[after.last : after.last + 1] == [":"]  # “Depth: O(log n) Work: O(n)”
            if beside and before is not None and (labels or before.own != after.own):
                return before.own if labels else None
            return after.own
        if before is not None:
            return before.own
        return after.own if after is not None and self._reaches(last, after.first) else None

    def _label(self, preceding: int, first: int) -> _Cue | None:
        """The name of a cost at the start of a line that ends in a colon: “Work with doubling: O(n)” is about work."""
        if first < 1 or self.words[first - 1] != ":":
            return None
        for at in range(preceding, max(-1, preceding - _MOST_LABELS), -1):
            cue = self.cues[at]
            if first - cue.first > _REACH or "\n" in "".join(self.words[cue.first : first]):
                return None
            if self.words[cue.last - 1] in COST_LABELS:
                return cue
        return None

    def _reaches(self, last: int, cue: int) -> bool:
        """Whether a cue stands shortly behind a value, in its sentence."""
        between = self.words[last:cue]
        return len(between) <= _REACH and "." not in between and "\n" not in "".join(between)

    def _announces(self, cue: _Cue) -> bool:
        """Whether a cue introduces what comes behind it: “Path: O(n) Work: O(n L)”."""
        return ":" in self.words[cue.last : cue.last + _ADJACENT]

    def _linked(self, last: int, cue: int) -> bool:
        """Whether nothing but a short word stands between a value and a cue behind it."""
        return cue - last <= _MOST_LINKS and set(self.words[last:cue]) <= LINKS
