"""The files of the report: one, or, for a large run, a first page and pages for each model, none over its budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from grader.analysis.changes import concerned
from grader.analysis.firsts import FirstRight, first_right
from grader.analysis.flows import Move
from grader.analysis.index import PartOf, RunIndex
from grader.analysis.opinions import Opinions, opinions
from grader.analysis.rows import Row, rows
from grader.analysis.stories import stories
from grader.records import Change, HintKind
from grader.reports.engine import render
from grader.reports.hints.draw import ChangeRow, Drawn, change_row, draw
from grader.reports.hints.page import Entry, Page, grouped
from grader.reports.hints.places import Places
from grader.reports.hints.steps import KINDS, Step, happened
from grader.reports.hints.summary import Scope, Summary, summary
from grader.reports.hints.talks import grid_of
from grader.reports.names import file_name

BUDGET = 10_000_000
"""Bytes that no file exceeds."""

FULL = 0.4
"""Share of the budget up to which conversations are put on a page: it opens quickly, and its frame has room."""

FIRST_STORIES = 12  # on the first page
FIRST_CHANGES = 120  # of each kind, on the first page of a large run
FIRST_CONFLICTS = 40  # on the first page of a large run
MOST_LABELLED = 1000  # labelled answers that are listed on a page
FIRST = "hints.html"
FOLDER = "hints"


def hints_files(index: RunIndex, budget: int = BUDGET) -> Iterator[tuple[str, str]]:
    """The report, a file at a time: names and texts.

    A run that fits is ``hints.html`` alone. A larger one has its conversations in ``hints/NAME.html``, by model, each
    in one file; ``hints.html`` then has the numbers of the whole run and the greatest news, says what is where, and
    comes last, since it leads to all others.

    Args:
        index: of a run of transcripts.
        budget: bytes of a file.
    """
    yield from _Book(index, budget).files()


class _Book:
    """A run on its way into files."""

    def __init__(self, index: RunIndex, budget: int) -> None:
        self.index = index
        self.full = int(budget * FULL)
        self.places = Places(index)
        self.changes: dict[str, list[Change]] = {subject: [] for subject in index.subjects}
        for change in index.changes:
            self.changes[change.after.claim.subject].append(change)
        self.rows: dict[str, list[Row]] = {subject: [] for subject in index.subjects}
        for row in rows(index, index.changes):
            self.rows[row.subject].append(row)
        self.firsts: dict[str, list[FirstRight]] = {subject: [] for subject in index.subjects}
        for first in first_right(index):
            self.firsts[first.subject].append(first)
        self.labelled: dict[str, list[Opinions]] = {}
        for one in opinions(index):
            self.labelled.setdefault(one.subject, []).append(one)

    def files(self) -> Iterator[tuple[str, str]]:
        whole = self._whole()
        if whole is not None:
            yield FIRST, self._render(self._page(FIRST, self.index.subjects, whole))
            return
        entries: list[Entry] = []
        for model, subjects in self._models().items():
            for page, entry in self._of_model(model, subjects):
                entries.append(entry)
                yield page.name, self._render(page)
        yield FIRST, self._render(self._first(tuple(entries)))

    def _whole(self) -> list[Drawn] | None:
        """All conversations, if they fit on one page."""
        drawn, size = [], 0
        for piece in self._drawn(self.index.subjects):
            drawn.append(piece)
            size += piece.size
            if size > self.full:
                return None
        return drawn

    def _drawn(self, subjects: Iterable[str]) -> Iterator[Drawn]:
        for subject in subjects:
            yield from draw(grid_of(self.index, self.places, subject, self.changes[subject]), self.full)

    def _models(self) -> Mapping[str, list[str]]:
        models: dict[str, list[str]] = {}
        for subject in self.index.subjects:
            models.setdefault(self._model(subject), []).append(subject)
        return models

    def _model(self, subject: str) -> str:
        talk = self.index.conversations.get(subject)
        return talk.model if talk else ""

    def _of_model(self, model: str, mine: Sequence[str]) -> Iterator[tuple[Page, Entry]]:
        """The pages of one model."""
        stem = file_name(model, "model")
        for number, (drawn, last) in enumerate(_filled(self._drawn(mine), self.full), 1):
            before, name, after = (_name(stem, one) for one in (number - 1, number, number + 1))
            page = replace(
                self._page(f"{FOLDER}/{name}", mine, drawn, summed=number == 1),
                heading=(model or "Model not recorded") + (f", page {number}" if number > 1 or not last else ""),
                home=f"../{FIRST}",
                back=before if number > 1 else "",
                ahead="" if last else after,
            )
            yield (
                page,
                Entry(
                    page.name,
                    model,
                    number,
                    page.conversations,
                    sum(piece.results for piece in drawn),
                    Counter(row.kind for piece in drawn for row in piece.rows),
                    drawn[0].subject,
                    drawn[-1].subject,
                ),
            )

    def _page(self, name: str, about: Sequence[str], drawn: Sequence[Drawn], summed: bool = True) -> Page:
        """A page with conversations.

        Args:
            about: conversations that its numbers are about.
            summed: whether it has these numbers.
        """
        for piece in drawn:
            for anchor in piece.anchors:
                self.places.put(anchor, name)
        listed = [row for piece in drawn for row in piece.rows]
        subjects = tuple(dict.fromkeys(piece.subject for piece in drawn))
        labelled = [one for subject in subjects for one in self.labelled.get(subject, ())]
        return Page(
            name=name,
            heading="",
            summary=self._summary(name, about, listed, self._talks(subjects)) if summed else None,
            drawn=tuple(drawn),
            groups=grouped(listed),
            labelled=_in_order(labelled)[:MOST_LABELLED],
            conflicts=sum(bool(one.conflicts) for one in labelled),
            labels=len(labelled),
            entries=(),
            home="",
            back="",
            ahead="",
            parts=self._asked(subjects),
            models=tuple(dict.fromkeys(map(self._model, subjects))),
            kinds=self._kinds(subjects),
            conversations=len(subjects),
            failures=self.index.run.failures if name == FIRST else (),
            places=self.places,
        )

    def _first(self, entries: tuple[Entry, ...]) -> Page:
        """The first page of a run that takes more than one."""
        index = self.index
        listed = list(self._news())
        links: dict[str, str] = {}
        for entry in entries:
            links.setdefault(entry.model, entry.file)
        conflicts = [one for several in self.labelled.values() for one in several if one.conflicts]
        return Page(
            name=FIRST,
            heading="",
            summary=self._summary(FIRST, index.subjects, listed, links, drawn=False),
            drawn=(),
            groups=grouped(listed, {kind: sum(entry.counts.get(kind, 0) for entry in entries) for kind in KINDS}),
            labelled=tuple(conflicts[:FIRST_CONFLICTS]),
            conflicts=len(conflicts),
            labels=sum(map(len, self.labelled.values())),
            entries=entries,
            home="",
            back="",
            ahead="",
            parts=self._asked(index.subjects),
            models=tuple(dict.fromkeys(map(self._model, index.subjects))),
            kinds=self._kinds(index.subjects),
            conversations=len(index.subjects),
            failures=index.run.failures,
            places=self.places,
        )

    def _news(self) -> Iterator[ChangeRow]:
        """The first changes of a large run: right → wrong, the greatest news first, then wrong → right."""
        ranked = (story.change for story in stories(self.index, self.index.changes, FIRST_CHANGES))
        lost = [change for change in ranked if happened(change)[0].css == "lost"]
        won = (change for change in self.index.changes if happened(change)[0].css == "won")
        for change in (*lost, *islice(won, FIRST_CHANGES)):
            claim = change.after.claim
            where = self.index.parts[claim.problem, claim.part]
            file, _, anchor = self.places.link(claim.subject, where.ref, claim.turn or 0, FIRST).partition("#")
            about = change.hint is None or concerned(self.index, change.after)
            step = Step(change, where, *happened(change), anchor, about, self._model(claim.subject))
            yield ChangeRow((step.order[0], 0, ""), step.kind.css, "", change_row(step, file))

    def _summary(
        self, page: str, about: Sequence[str], listed: Iterable[ChangeRow], links: Mapping[str, str], drawn: bool = True
    ) -> Summary:
        scope = Scope(
            self.index,
            tuple(about),
            tuple(change for subject in about for change in self.changes[subject]),
            tuple(row for subject in about for row in self.rows[subject]),
            tuple(first for subject in about for first in self.firsts[subject]),
            tuple(one for subject in about for one in self.labelled.get(subject, ())),
            links,
            drawn,
        )
        return summary(scope, self.places, page, FIRST_STORIES, _band_links(listed))

    def _talks(self, subjects: Iterable[str]) -> Mapping[str, str]:
        """The first conversation of each model on a page."""
        links: dict[str, str] = {}
        for subject in subjects:
            links.setdefault(self._model(subject), f"#talk-{self.places.talk(subject)}")
        return links

    def _asked(self, subjects: Iterable[str]) -> tuple[PartOf, ...]:
        asked = {(row.problem, row.part) for subject in subjects for row in self.rows[subject]}
        return tuple(where for ref, where in self.index.parts.items() if ref in asked)

    def _kinds(self, subjects: Iterable[str]) -> tuple[HintKind, ...]:
        there = {change.hint.kind for subject in subjects for change in self.changes[subject] if change.hint}
        return tuple(kind for kind in HintKind if kind in there)

    def _render(self, page: Page) -> str:
        return render("hints", run=self.index.run, page=page, KINDS=KINDS)


def _name(stem: str, number: int) -> str:
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


def _filled(pieces: Iterable[Drawn], full: int) -> Iterator[tuple[list[Drawn], bool]]:
    """Pages filled one after the other, each with whether it is the last."""
    sheet: list[Drawn] = []
    size = 0
    for piece in pieces:
        if sheet and size + piece.size > full:
            yield sheet, False
            sheet, size = [], 0
        sheet.append(piece)
        size += piece.size
    yield sheet, True


def _band_links(rows: Iterable[ChangeRow]) -> Callable[[Move, int], str]:
    """Where a band of the chart leads: to the first of its changes on the page or, if there is none, to all of them."""
    first: dict[str, ChangeRow] = {}
    for row in sorted(rows, key=lambda row: row.order):
        first.setdefault(row.band, row)

    def link(move: Move, _: int) -> str:
        row = first.get(f"{move.turn}-{move.before}-{move.after}")
        return f"#{row.kind}-{row.band}" if row else "#changes"

    return link


def _in_order(labelled: Iterable[Opinions]) -> tuple[Opinions, ...]:
    """Conflicts first, then what cannot be compared, then agreement."""
    return tuple(sorted(labelled, key=lambda one: (False, None, True).index(one.agrees)))
