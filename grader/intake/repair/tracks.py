"""Where the characters of a text came from, through one set of changes after another."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from grader.records import Places

Edit = tuple[int, int, str]
"""Start and end of the characters that go, and what comes in their place."""

Range = tuple[int, int]
_Origin = tuple[int, int, bool]

_LINE_END = re.compile(r"\r\n?|\n")
_NO_LINE_END = re.compile(r"[^\r\n]*").fullmatch


class Track:
    """A text and the raw text that it came from.

    The text is a row of pieces. A piece was kept, and then its characters are those of the raw text one by one; or
    made, and then all of it came from all of a stretch of the raw text, which may be empty. No piece is empty.

    Args:
        raw: the text as it was handed in.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._same_lines = True
        self._starts = [0]
        self._raws: list[_Origin] = [(0, len(raw), True)]  # start and end in the raw text; kept

    def apply(self, edits: Sequence[Edit]) -> list[Range]:
        """Change the text.

        Args:
            edits: in order, without overlaps.

        Returns:
            For each the stretch of the raw text from which what it takes the place of came.
        """
        pieces: list[str] = []
        starts: list[int] = []
        raws: list[_Origin] = []
        ranges: list[Range] = []
        length = at = 0
        for start, end, after in edits:
            if start > at:
                self._keep(at, start, length, starts, raws)
                pieces.append(self.text[at:start])
                length += start - at
            from_raw = self.raw_range(start, end)
            ranges.append(from_raw)
            if self._same_lines and ("\n" in after or not _NO_LINE_END(self.text, start, end)):
                self._same_lines = False
            if after:
                starts.append(length)
                raws.append((*from_raw, False))
                pieces.append(after)
                length += len(after)
            at = end
        self._keep(at, len(self.text), length, starts, raws)
        pieces.append(self.text[at:])
        self.text = "".join(pieces)
        self._starts, self._raws = (starts, raws) if starts else ([0], [(0, len(self.raw), False)])
        return ranges

    def _keep(self, start: int, end: int, length: int, starts: list[int], raws: list[_Origin]) -> None:
        """Append the pieces of ``text[start:end]``; what there is so far has that length."""
        index = max(0, bisect.bisect_right(self._starts, start) - 1)
        while start < end and index < len(self._starts) and self._starts[index] < end:
            begin = self._starts[index]
            low, high, kept = self._raws[index]
            cut, cut_end = max(begin, start), min(self._stop(index), end)
            if kept:
                low, high = low + cut - begin, low + cut_end - begin
            elif cut > begin:
                low = high  # what is left of a made piece comes from nothing more
            starts.append(length + cut - start)
            raws.append((low, high, kept))
            index += 1

    def _stop(self, index: int) -> int:
        return self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text from which ``text[start:end]`` came."""
        low = self.raw_offset(start)
        if end <= start:
            return low, low
        index = bisect.bisect_right(self._starts, end - 1) - 1
        first, last, kept = self._raws[index]
        return low, max(low, first + end - self._starts[index] if kept else last)

    def raw_offset(self, at: int) -> int:
        """The offset in the raw text of what a character came from."""
        index = bisect.bisect_right(self._starts, at) - 1
        first, last, kept = self._raws[index]
        return min(last, first + at - self._starts[index]) if kept else first

    def places(self, pages: Sequence[tuple[int, int]]) -> Places | None:
        """The lines of the raw text from which the lines of the text came; None where they are the same.

        Args:
            pages: offsets in the raw text at which pages begin, with their numbers.
        """
        if self._same_lines and not pages:
            return None
        offsets = list(self._line_offsets())
        ends = [m.end() for m in _LINE_END.finditer(self.raw)]
        lines = tuple(bisect.bisect_right(ends, offset) + 1 for offset in offsets)
        if not pages:
            return None if lines == tuple(range(1, len(ends) + 2)) else Places(lines)
        starts = [start for start, _ in pages]
        numbers = [max(1, pages[0][1] - 1), *(number for _, number in pages)]
        return Places(lines, tuple(numbers[bisect.bisect_right(starts, offset)] for offset in offsets))

    def _line_offsets(self) -> Iterator[int]:
        """The offsets in the raw text of what the first characters of lines came from."""
        index = 0
        for at in line_starts(self.text):
            while index + 1 < len(self._starts) and self._starts[index + 1] <= at:
                index += 1
            first, last, kept = self._raws[index]
            yield min(last, first + at - self._starts[index]) if kept else first


def line_starts(text: str) -> Iterator[int]:
    """Offsets at which the lines of a text begin."""
    yield 0
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)


def lines_of(text: str, offsets: Sequence[int]) -> list[int]:
    """The lines, from 1, in which offsets stand."""
    starts = list(line_starts(text))
    return [bisect.bisect_right(starts, offset) for offset in offsets]


class Moves:
    """What becomes of offsets when a text is changed.

    Args:
        edits: in order, without overlaps.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [start for start, _, _ in edits]
        self._ends = [end for _, end, _ in edits]
        self._after = [len(after) for _, _, after in edits]
        self._shift = [0]
        for start, end, after in edits:
            self._shift.append(self._shift[-1] + len(after) - (end - start))

    def start(self, at: int) -> int:
        """Where a stretch begins that began at an offset; inside a change it begins with what came in its place."""
        index = bisect.bisect_right(self._starts, at) - 1
        if index >= 0 and (at < self._ends[index] or self._starts[index] == self._ends[index] == at):
            return self._starts[index] + self._shift[index]
        return at + self._shift[index + 1]

    def end(self, at: int) -> int:
        """Where a stretch ends that ended at an offset; inside a change it ends with what came in its place."""
        index = bisect.bisect_left(self._starts, at) - 1
        if index >= 0 and at < self._ends[index]:
            return self._starts[index] + self._shift[index] + self._after[index]
        return at + self._shift[index + 1]
