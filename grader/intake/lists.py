"""LaTeX lists that letter a problem's parts by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.intake.labels import Label, Tree

_TOKEN = re.compile(
    r"\\(?P<begin>begin)\{(?P<kind>enumerate|itemize|description|parts|subparts)\*?\}(?P<option>\[[^\]\n]{0,80}\])?"
    r"|\\end\{(?:enumerate|itemize|description|parts|subparts)\*?\}"
    r"|\\(?P<item>item|part|subpart)\b(?P<named>[ \t]*\[)?"
    r"|\\setcounter\{enumi{1,3}\}\{(?P<count>\d{1,2})\}"
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_DEEPEST = 50  # lists in lists; LaTeX itself stops at four


@dataclass
class _Open:
    """A list that is open: label under which it began, how many items, whether it letters parts."""

    under: Label
    lettered: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An ``\\item`` or the end of a list.

    Args:
        start: offset in the line of the command.
        end: offset past it.
        label: that the list gives it; None if the list letters nothing; for the end of a list
            the label under which it began.
        closes: it is the end of a list.
    """

    start: int
    end: int
    label: Label | None
    closes: bool = False


class Lists:
    """The lists that are open while a document is read line by line."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def clear(self) -> None:
        """Forget open lists: another problem has begun."""
        self._open.clear()

    def read(self, line: str, current: Label, tree: Tree, in_problem: bool) -> list[Item]:
        """The items of one line; ``current`` is the label at its start."""
        if "\\" not in line:
            return []
        items: list[Item] = []
        for match in _TOKEN.finditer(line):
            if match.group("begin"):
                self._begin(match, current, tree, in_problem)
            elif match.group("count"):
                if self._open:
                    self._open[-1].count = int(match.group("count"))
            elif match.group("item"):
                item = self._item(match)
                items.append(item)
                current = item.label or current
            elif self._open:
                closed = self._open.pop()
                if closed.lettered:
                    items.append(Item(match.start(), match.end(), closed.under, closes=True))
                    current = closed.under
        return items

    def _begin(self, match: re.Match[str], current: Label, tree: Tree, in_problem: bool) -> None:
        if len(self._open) >= _DEEPEST:
            return
        option = match.group("option") or ""
        plain = match.group("kind") in ("itemize", "description") or "arabic" in option or "1" in option
        # A list letters parts only where the spec has parts below the label under which it stands.
        lettered = in_problem and not plain and tree.has_children(current)
        self._open.append(_Open(current, lettered))

    def _item(self, match: re.Match[str]) -> Item:
        start, end = match.span()
        if not self._open:
            return Item(start, end, None)
        top = self._open[-1]
        if match.group("named"):
            return Item(start, end, None)
        top.count += 1
        label: Label | None = None
        if top.lettered:
            name = _name(top.count, len(top.under))
            label = (*top.under, name) if name else None
        return Item(start, end, label)


def _name(count: int, depth: int) -> str:
    """The name LaTeX gives the item: a, b, c at the first level, i, ii, iii at the second."""
    if depth == 0:
        return chr(ord("a") + count - 1) if 1 <= count <= 26 else ""
    return _ROMANS[count - 1] if 1 <= count <= len(_ROMANS) else ""
