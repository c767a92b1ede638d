"""Cutting a document into sections, one for each part that is answered.

One pass over the lines. Each line that opens with a name (``headings``) is a heading if its form
is plain enough for what the known labels and the order of labels make likely; a line of prose
that happens to start with "(b)" or "1." is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from grader.intake.parts.along import begun_along, labels_along, led_along, listed_along, revised_along, said_along
from grader.intake.parts.headings import UNKNOWN, Form, Named, Reader
from grader.intake.parts.headingwords import reads_as_answer
from grader.intake.parts.kept import kept
from grader.intake.parts.labels import Label, PartKey, Place, Tree, known_parts
from grader.intake.parts.lists import Lists
from grader.intake.parts.tables import Table
from grader.intake.parts.titles import LINE_LOOK

__all__ = ["PartKey", "Section", "find_sections", "known_parts"]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, up to the next.

    Args:
        problem: id of the problem; "" before any heading and where the course has no such problem.
        label: of the part, () for what all parts of the problem share.
        start: offset of the first character after the heading; text on its line belongs here.
        end: offset past the last character; the next section's heading starts there.
        heading: the heading as it stands in the text; "" where no words opened the section.
        heading_start: offset of the heading; ``[heading_start, end)`` of all sections partition
            the text.
        explicit: the words of a heading named it. False before the first heading, for items that
            only a LaTeX list numbers, after a table's end, and where the letter above a roman
            numeral was left out.
    """

    problem: str
    label: Label
    start: int
    end: int
    heading: str
    explicit: bool
    heading_start: int


def find_sections(
    masked: str,
    known: Sequence[PartKey],
    inside: tuple[str, Label] = (UNKNOWN, ()),
) -> list[Section]:
    """Cut a text at its headings.

    Args:
        masked: text of a document, as in ``Document.masked``.
        known: the problems, from ``known_parts``.
        inside: problem and label to which the text belongs before its first heading; where the
            course has one problem only, it is that one.

    Returns:
        At least one section; together, with their headings, they are the whole text in order.
    """
    if not inside[0] and len(known) == 1:
        inside = (known[0].problem_id, inside[1])
    cutter = _Cutter(masked, known, inside)
    cutter.run()
    return cutter.sections()


@dataclass(frozen=True, slots=True)
class _Cut:
    heading_start: int
    start: int
    problem: str
    label: Label
    explicit: bool


_LINE = re.compile(r"[^\n]*\n?")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t\r]*$")
_RULE_BELOW = re.compile(r"[ \t]*\r?\n[ ]{0,3}(?:=+|-{3,})[ \t]*")
_NUMBER = re.compile(r"([ \t]*(?:[-*+][ \t]+)?)(\d{1,3})([.)]?)[ \t]*(?=(\S)?)")
_MARKED = re.compile(r"(#{1,6})[ \t]+\S")
_INDENT = re.compile(r"[ \t]*")
_LEANS_ON = re.compile(
    r"(?:\b(?:in|and|or|of|from|for|by|see|to|with|part|parts|problem|question|exercise|case|cases|both|also|than"
    r"|step|steps|item|that|the|as|is|are|where|let)|[,(=+])[ \t*]*$",
    re.IGNORECASE,
)
_BARE = re.compile(r"[a-n](?:\.[ivx]{1,4})?")
_OPERATOR = re.compile(r"[+^_/×·!,;'’]|\*\s")
_RELATION = re.compile(r"[=<>≤≥≠≈]")
_AFTER_NUMBER = frozenset({"retry", "revised", "solution", "continued", "again", "answer", "answers", "corrected"})
_COPYRIGHT = re.compile(r"(?:19|20)\d\d(?:[ \t]*$|[ \t]*[-–,][ \t]*\w|[ \t]+[A-Za-z])")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Offset and words of each line, without its end; one at a time, for there may be millions."""
    for match in _LINE.finditer(text):
        if match.group():
            yield match.start(), match.group().rstrip("\r\n")


@kept
def _reader(known: Sequence[PartKey]) -> Reader:
    return Reader(known)


class _Cutter:
    """The state of the pass: where the last heading left us."""

    def __init__(self, text: str, known: Sequence[PartKey], inside: tuple[str, Label]) -> None:
        self.text = text
        self.reader = _reader(known)
        self.problem, self.label = inside
        self.seen: set[Label] = set()  # labels met since the problem's last heading
        self.part_level = 0
        self.cuts = [_Cut(0, 0, self.problem, self.label, False)]
        self.lists = Lists(self.reader)
        self.table = Table()
        self.before_table: tuple[str, Label] | None = None
        self.small_labels = False
        self.labelled = False  # parts have headings; where none have, a sentence may lead to one
        self.worded = bool(self.problem)  # problems are called by a word; where none are, a list may number them

    def run(self) -> None:
        """Read all lines; capital labels count only where no small ones are used."""
        self._look_over()
        previous = ""
        for (at, line), (_, following) in pairwise(chain(_lines(self.text), [(len(self.text), "")])):
            self._line(at, line, previous, following)
            previous = line

    def _look_over(self) -> None:
        """Which styles of headings the text uses anywhere."""
        for _, line in _lines(self.text):
            named = self.reader.read(line, self.problem) if line else None
            if named is None:
                continue
            self.small_labels |= bool(named.names) and not named.capital
            self.labelled |= bool(named.names) and (named.form is not Form.WORD or named.stopped)
            self.worded |= named.problem is not None and named.form >= Form.WORD and not named.titled
            if self.small_labels and self.labelled and self.worded:
                return

    def _line(self, at: int, line: str, previous: str, following: str) -> None:
        if self._row(at, line) or not line.strip():
            return
        items = self.lists.read(line[:LINE_LOOK], self.problem, self.label, not self.worded)
        if not items:
            if not self._named(at, line, previous, following) and self.problem and ")" in line:
                self._along(at, line)
            return
        if line[: items[0].start].strip():
            self._named(at, line[: items[0].start], previous, "")
        for index, item in enumerate(items):
            stop = items[index + 1].start if index + 1 < len(items) else len(line)
            if item.closes:
                self._cut(at + item.start, at + item.end, item.problem, item.label or (), False)
                continue
            opened = self._named(at + item.start, line[item.start : stop], "", "")
            if not opened and item.label is not None:
                self._cut(at + item.start, at + item.end, item.problem, item.label, False)

    def _along(self, at: int, line: str) -> None:
        """Cut at the parts that the sentences of a line name which opens with none, or with several."""
        called = self._called()
        found: list[tuple[int, int, Label]] = []
        if not self.labelled:
            found = [*led_along(line, *called), *said_along(line, *called)]
        elif (named := self.reader.read(line, self.problem)) is not None and named.several:
            found = list(said_along(line, *called))
        elif not self.label:
            found = list(begun_along(line, *called))
        found = found or listed_along(line, *called) if not self.label else found
        found = found or list(revised_along(line, *called))
        if found and self.label and self.labelled:
            self._cut(at, at, self.problem, (), False)  # “(e) and (f) were swapped” is of no one part
        end = 0
        for start, stop, label in sorted(found):
            if start >= end:
                self._cut(at + start, at + stop, self.problem, label, True)
                end = stop

    def _row(self, at: int, line: str) -> bool:
        """Whether the line is a table's row; one that names a part opens a section."""
        if not line.lstrip().startswith("|"):
            if self.table.rows:
                if self.before_table is not None:
                    self._cut(at, at, *self.before_table, False)
                self.table, self.before_table = Table(), None
            return False
        found = self.table.row(line[:LINE_LOOK], self.reader, self.problem)
        if found is None:
            return True
        named, end = found
        problem = self.problem if named.problem is None else named.problem
        place = self.reader.tree(problem).place(named.names, () if named.problem is not None else self.label)
        if place is not None:
            self.before_table = self.before_table or (self.problem, self.label)
            self._cut(at, at + end, problem, place.label, place.sure)
        return True

    def _named(self, at: int, line: str, previous: str, following: str) -> bool:
        """Whether the line opens with a heading; if so, cut there."""
        named = self.reader.read(line, self.problem)
        underlined = bool(line.strip()) and _SETEXT.match(following) is not None
        if named is None:
            self._other_heading(at, line)
            return self._numbered_only(at, line, following) or self._bare(at, line)
        if named.problem is not None and not self._is_problem_heading(named, previous, underlined):
            return False
        problem = self.problem if named.problem is None else named.problem
        label: Label = ()
        explicit = True
        if named.names and not named.several:
            place = self._place(named, problem, previous, underlined)
            if place is None:
                return False
            label, explicit = place.label, place.sure
        elif named.several:
            option = named.capital and self.small_labels
            if option or (named.rest and named.form is not Form.MARKED):
                return False
        if named.problem is not None:
            self.lists.clear()
            self.part_level = 0
        if label:
            self.part_level = named.level
        end = at + named.end
        if underlined and not named.rest and (rule := _RULE_BELOW.match(self.text, at + len(line))):
            end = rule.end()
        self._cut(at, end, problem, label, explicit)
        if named.rest and not named.several:
            begin = named.end + self._deeper(at + named.end, line[named.end :])
            if self.label:
                for start, stop, found in labels_along(line, begin, *self._called(), self.label):
                    self._cut(at + start, at + stop, problem, found, True)
        return True

    def _bare(self, at: int, line: str) -> bool:
        """Whether a line is the next label and nothing else, where the last heading was such a line, too: “c”."""
        name = line.strip()
        last = self.text[self.cuts[-1].heading_start : self.cuts[-1].start].strip()
        if not _BARE.fullmatch(name) or not _BARE.fullmatch(last):
            return False
        place = self.reader.tree(self.problem).place(tuple(name.split(".")), self.label)
        if place is None or not place.known or not self.reader.tree(self.problem).follows(place.label, self.label):
            return False
        self._cut(at, at + len(line), self.problem, place.label, True)
        return True

    def _called(self) -> tuple[Tree, str]:
        """Labels and number of the problem."""
        return self.reader.tree(self.problem), self.reader.number(self.problem)

    def _deeper(self, at: int, rest: str) -> int:
        """A label below the one just read, on its line: "**Problem 4.** (d) …", "**b)** i) …"; its length."""
        named = self.reader.read(rest, self.problem)
        if named is None or named.problem is not None or not named.names or named.several or named.capital:
            return 0
        label = (*self.label, *named.names)
        if not self.reader.tree(self.problem).known(label) or named.form >= Form.WORD:
            return 0
        self._cut(at, at + named.end, self.problem, label, True)
        return named.end

    def _numbered_only(self, at: int, line: str, following: str) -> bool:
        """Whether the line is a problem's number, alone or above its parts, and the next line names one of these."""
        match = _NUMBER.match(line)
        problem = self.reader.problem_numbered(match.group(2)) if match else UNKNOWN
        if match is None or not problem:
            return False
        words = match.group(4) is not None  # "3. Encoders", with "(a) …" indented below
        indent = _INDENT.match(following)
        if words and (self.worded or not match.group(3) or not indent or indent.end() <= match.end(1)):
            return False
        named = self.reader.read(following, problem)
        if named is None or named.problem is not None or not self.reader.tree(problem).known(named.names):
            return False
        self.lists.clear()
        self._cut(at, at + (match.end() if words else len(line)), problem, (), True)
        return True

    def _is_problem_heading(self, named: Named, previous: str, underlined: bool) -> bool:
        """Whether a line that opens with a problem's name is its heading, not a sentence about it."""
        if named.form is Form.MARKED or underlined:
            return True
        if _LEANS_ON.search(previous):
            return False
        if not named.rest or named.stopped:
            return not _OPERATOR.match(named.rest)
        if _OPERATOR.match(named.rest):
            return False
        if _RELATION.match(named.rest):
            return bool(named.names) and self.reader.tree(named.problem).known(named.names)
        if named.form is not Form.WORD or not named.rest[0].islower() or named.rest.lower() in _AFTER_NUMBER:
            return True  # "3(c) at least 1"
        # "Problem 1 asks …" goes on; "Problem 1 (a) y = Cx" answers.
        return self.reader.tree(named.problem).known(named.names) and reads_as_answer(named.rest)

    def _place(self, named: Named, problem: str, previous: str, underlined: bool) -> Place | None:
        """Where the label belongs; None if the line is no heading."""
        tree = self.reader.tree(problem)
        place = tree.place(named.names, () if named.problem is not None else self.label)
        if place is None:
            return Place(named.names, False, True) if named.problem is not None else None
        if named.problem is not None or named.form is Form.MARKED or underlined:
            return place if named.problem is not None or self._fits(named, place, problem) else None
        if _LEANS_ON.search(previous) or not self._fits(named, place, problem):
            return None
        if _OPERATOR.match(named.rest) or (_RELATION.match(named.rest) and not place.known):
            return None
        if named.form is Form.WORD:
            answers = not named.rest[:1].islower() or (place.known and reads_as_answer(named.rest))
            return place if named.stopped or answers else None
        if named.form is Form.PAREN:
            return None if named.names == ("c",) and _COPYRIGHT.match(named.rest) else place
        if len(named.names) > 1:
            return place
        again = place.label in self.seen
        return None if again or not (place.known or self._is_next(place.label)) else place

    def _fits(self, named: Named, place: Place, problem: str) -> bool:
        """Whether a label without a number can be meant as one."""
        if named.capital and named.form < Form.WORD and self.small_labels:
            return False  # an option: "B) nd²"
        if named.capital and named.form is Form.MARKED and self.small_labels and not place.known:
            return False
        leaf = place.label[:-1]
        # A list "(i) …, (ii) …" within the answer to a part that has no such parts is its text.
        return not (leaf and self.reader.tree(problem).is_leaf(leaf))

    def _is_next(self, label: Label) -> bool:
        """Whether a label that no spec has follows in order on the current one."""
        if len(label) != 1 or len(label[0]) != 1:
            return len(label) > 1
        return label[0] == "a" if not self.label else ord(label[0]) == ord(self.label[0][0]) + 1

    def _other_heading(self, at: int, line: str) -> None:
        """A Markdown heading above the level of the part's, which names nothing, ends the part."""
        match = _MARKED.match(line) if self.label else None
        if match and len(match.group(1)) < self.part_level:
            self._cut(at, at, self.problem, (), False)
            self.part_level = 0

    def _cut(self, heading_start: int, start: int, problem: str, label: Label, explicit: bool) -> None:
        label = self.reader.tree(problem).canonical(label)
        if problem != self.problem or not label:
            self.seen = set()
        self.problem, self.label = problem, label
        self.seen.add(label)
        self.cuts.append(_Cut(heading_start, start, problem, label, explicit))

    def sections(self) -> list[Section]:
        """The sections between the cuts; an empty one before the first heading is left out."""
        ends = [cut.heading_start for cut in self.cuts[1:]] + [len(self.text)]
        return [
            Section(
                cut.problem,
                cut.label,
                min(cut.start, end),
                end,
                self.text[cut.heading_start : min(cut.start, end)],
                cut.explicit,
                cut.heading_start,
            )
            for cut, end in zip(self.cuts, ends, strict=True)
            if end > cut.heading_start or len(self.cuts) == 1
        ]
