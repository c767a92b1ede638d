"""One file of the report: what is on it, as plain values for the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from grader.analysis.index import PartOf
from grader.analysis.opinions import Opinions
from grader.records import Failure, HintKind, Result
from grader.reports.excerpts import shorten
from grader.reports.hints.draw import ChangeRow, Drawn
from grader.reports.hints.places import Places
from grader.reports.hints.steps import KINDS, Kind, understood
from grader.reports.hints.summary import Summary

SHORT = 90  # characters of an answer in a table


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind on a page.

    Args:
        count: how many there are, here or in the whole run where the page shows only the first.
        bands: rows that lie in one band of the chart of states, with the name of the band.
    """

    kind: Kind
    count: int
    bands: tuple[tuple[str, tuple[Markup, ...]], ...]

    @property
    def shown(self) -> int:
        """Number of its rows that are on the page."""
        return sum(len(rows) for _, rows in self.bands)

    @property
    def title(self) -> str:
        """Its heading."""
        return f"{self.count} {self.kind.title[self.count != 1]}"


def grouped(rows: Sequence[ChangeRow], counts: Mapping[str, int] | None = None) -> tuple[Group, ...]:
    """The rows by kind and band, in their order.

    Args:
        counts: of the whole run by kind; None where all changes are here.
    """
    ordered = sorted(rows, key=lambda row: row.order)
    found = []
    for css, same in groupby(ordered, key=lambda row: row.kind):
        mine = list(same)
        bands = tuple(
            (band, tuple(row.html for row in several)) for band, several in groupby(mine, key=lambda row: row.band)
        )
        found.append(Group(KINDS[css], counts[css] if counts else len(mine), bands))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file with conversations, as the index of a large run lists it.

    Args:
        file: its address from the first page.
        number: of the model's files, from 1.
        counts: changes on it by kind.
    """

    file: str
    model: str
    number: int
    conversations: int
    results: int
    counts: Mapping[str, int]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Page:
    """One file.

    Args:
        name: of the file.
        heading: model and number, for a file of a large run; "" for the first page.
        summary: numbers of what the page is about; None on the further pages of a model.
        drawn: the conversations on it.
        groups: the changes on it.
        labelled: answers on it of which somebody said something; on the first page of a large run the first conflicts.
        conflicts: number of conflicts in the run, or on the page.
        labels: number of labelled answers likewise.
        entries: the other files of a large run, on its first page.
        home, back, ahead: addresses of the first page, and of the pages before and after this one; "" if none.
        parts: that were asked.
        models, kinds: what can be chosen from on the page.
        conversations: number of conversations in the run, or of this page.
    """

    name: str
    heading: str
    summary: Summary | None
    drawn: tuple[Drawn, ...]
    groups: tuple[Group, ...]
    labelled: tuple[Opinions, ...]
    conflicts: int
    labels: int
    entries: tuple[Entry, ...]
    home: str
    back: str
    ahead: str
    parts: tuple[PartOf, ...]
    models: tuple[str, ...]
    kinds: tuple[HintKind, ...]
    conversations: int
    failures: tuple[Failure, ...]
    places: Places

    @property
    def clashes(self) -> Iterator[Opinions]:
        """Answers of which truth, key and annotator do not say the same."""
        return (one for one in self.labelled if one.conflicts)

    @property
    def split(self) -> bool:
        """Whether this is the first page of a run that takes more than one."""
        return bool(self.entries)

    def link(self, one: Opinions) -> str:
        """The address of the drawer in which an answer is shown, "" if there is none."""
        if one.where is None:
            return ""
        return self.places.link(one.subject, one.where.ref, one.turn, self.name)

    def understood(self, result: Result) -> str:
        """An answer as it was read, short."""
        return shorten(understood(result), SHORT)
