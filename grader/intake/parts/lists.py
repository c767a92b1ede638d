"""LaTeX lists that number problems and letter their parts by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.intake.parts.headings import UNKNOWN, Reader
from grader.intake.parts.labels import Label, Tree

_KINDS = r"(?:enumerate|itemize|description|questions|parts|subparts|subsubparts|tasks)\*?"
_TOKEN = re.compile(
    rf"\\(?P<begin>begin)\{{(?P<kind>{_KINDS})\}}(?P<option>\[[^\]\n]{{0,80}}\])?(?:\(\d{{1,2}}\))?"
    rf"|\\end\{{(?P<end>{_KINDS})\}}"
    r"|\\(?P<item>item|part|subpart|subsubpart|task|question|titledquestion)(?![A-Za-z])\*?"
    r"(?P<points>[ \t]*\[[ \t]*\d{1,3}(?:\.\d)?[ \t]*\])?(?P<named>[ \t]*\[)?"
    r"|\\setcounter\{(?P<counter>enumi{1,3}|question|partno|subpart)\}\{(?P<count>\d{1,2})\}"
)
_START = re.compile(r"start[ \t]*=[ \t]*(\d{1,2})")
_DEEPEST = 50  # lists in lists; LaTeX itself stops at four
_UNLETTERED = ("itemize", "description")
_MOST_PROBLEMS = 99


@dataclass
class _Open:
    """A list that is open: where it began, what its items are, how many there were."""

    problem: str
    under: Label
    numbers: bool = False  # its items are problems
    letters: bool = False  # its items are parts
    count: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An ``\\item`` or the end of a list.

    Args:
        start: offset in the line of the command.
        end: offset past it.
        problem: to which the item belongs; UNKNOWN for a number that the course lacks.
        label: that the list gives it; None if the list letters nothing; for the end of a list
            the label under which it began.
        closes: it is the end of a list.
    """

    start: int
    end: int
    problem: str
    label: Label | None
    closes: bool = False


class Lists:
    """The lists that are open while a document is read line by line.

    Args:
        reader: knows the problems and their parts.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._open: list[_Open] = []
        self._last: dict[tuple[str, Label], int] = {}  # how far the last list under a label counted
        self._questions = 0

    def clear(self) -> None:
        """Forget open lists: another problem has begun."""
        self._open = [one for one in self._open if one.numbers]

    def read(self, line: str, problem: str, label: Label, numbers: bool) -> list[Item]:
        """The items of one line.

        Args:
            line: without its end.
            problem: in which the line starts.
            label: of the part in which it starts.
            numbers: the items of a list outside any problem are the problems.
        """
        if "\\" not in line:
            return []
        items: list[Item] = []
        for match in _TOKEN.finditer(line):
            if match.group("begin"):
                self._begin(match, problem, label, numbers)
            elif match.group("count"):
                if match.group("counter") == "question":
                    self._questions = int(match.group("count"))
                elif self._open:
                    self._open[-1].count = int(match.group("count"))
            elif match.group("item"):
                item = self._item(match)
                items.append(item)
                problem, label = item.problem or problem, label if item.label is None else item.label
                if item.label == ():
                    problem = item.problem
            elif self._open:
                closed = self._open.pop()
                self._last[closed.problem, closed.under] = closed.count
                if closed.letters or closed.numbers:
                    items.append(Item(match.start(), match.end(), closed.problem, closed.under, closes=True))
                    problem, label = closed.problem, closed.under
        return items

    def _begin(self, match: re.Match[str], problem: str, label: Label, numbers: bool) -> None:
        if len(self._open) >= _DEEPEST:
            return
        kind, option = match.group("kind").rstrip("*"), match.group("option") or ""
        start = _START.search(option)
        style = _START.sub("", option)
        opened = _Open(problem, label)
        arabic = "arabic" in style or "1" in style
        if kind == "questions":
            opened.numbers = True
        elif kind == "enumerate" and not self._open and not problem and numbers:
            opened.numbers = arabic or not re.search(r"[aAiI]", style)  # "[(a)]" and "\alph*" number no problems
        elif kind not in _UNLETTERED and problem and not arabic:
            # A list letters parts only where the spec has parts below the label under which it stands.
            opened.letters = self._reader.tree(problem).has_children(label)
        if start:
            opened.count = int(start.group(1)) - 1
        elif "resume" in style:
            opened.count = self._last.get((problem, label), 0)
        self._open.append(opened)

    def _item(self, match: re.Match[str]) -> Item:
        start, end = match.span()
        if match.group("named"):
            end = match.start("named")
        if match.group("item").endswith("question"):
            return self._question(start, end)
        if not self._open:
            return Item(start, end, UNKNOWN, None)
        top = self._open[-1]
        if match.group("named"):
            return Item(start, match.end(), top.problem, None)
        top.count += 1
        if top.numbers:
            return Item(start, end, self._reader.problem_counted(top.count), ())
        name = _name(top.count, top.under, self._reader.tree(top.problem)) if top.letters else ""
        return Item(start, end, top.problem, (*top.under, name) if name else None)

    def _question(self, start: int, end: int) -> Item:
        """A problem of an exam; they are counted through the whole document."""
        self._questions = min(self._questions + 1, _MOST_PROBLEMS)
        self._open = [one for one in self._open if one.numbers]
        return Item(start, end, self._reader.problem_counted(self._questions), ())


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _name(count: int, under: Label, tree: Tree) -> str:
    """The name of an item: letters at the first level and numerals below, unless the spec's labels are others."""
    styles = ([str(n) for n in range(1, 100)], list(_LETTERS), list(_ROMANS))
    usual = 1 if not under else 2
    fits = [style for style in (styles[usual], *styles) if tree.known((*under, style[0]))]
    style = fits[0] if fits else styles[usual]
    return style[count - 1] if 1 <= count <= len(style) else ""
