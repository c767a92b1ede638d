"""One conversation as HTML, so that it can be measured, and its values let go, before the next one is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from grader.reports.engine import environment
from grader.reports.hints.steps import Step
from grader.reports.hints.talks import Grid

LEAST = 1000
"""Bytes that an answer takes at the least, with its cell and its drawer."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row of the list of changes.

    Args:
        order: its place in the list, see :attr:`~grader.reports.hints.steps.Step.order`.
        kind: class of what happened.
        band: of the chart of states.
        html: the row.
    """

    order: tuple[int, int, str]
    kind: str
    band: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Drawn:
    """A conversation, or a piece of one, drawn.

    Args:
        subject: the conversation.
        html: its grid and its drawers.
        rows: its changes.
        anchors: of its answers.
        results: number of results that are shown in it, with those carried on.
        size: bytes of all that.
    """

    subject: str
    html: Markup
    rows: tuple[ChangeRow, ...]
    anchors: tuple[str, ...]
    results: int
    size: int


def draw(grid: Grid, most: int) -> Iterator[Drawn]:
    """A conversation in as many pieces as are needed.

    Args:
        grid: the conversation.
        most: bytes of a piece. One cell is a piece at the least; its words are cut, so it is always much smaller.
    """
    alone = len(grid.rows) < 2 and len(grid.columns) < 2
    if not alone and LEAST * sum(cell.here for row in grid.rows for cell in row.cells) > most:
        for half in grid.halves():  # without drawing it first, for it cannot fit
            yield from draw(half, most)
        return
    html = Markup(_macro("hints/talk.html.j2", "talk")(grid))  # noqa: S704 - escaped by the template
    rows = tuple(ChangeRow(step.order, step.kind.css, step.band, change_row(step)) for step in grid.steps)
    size = sum(_size(text) for text in (html, *(row.html for row in rows)))
    if size <= most or alone:
        cells = [cell for row in grid.rows for cell in row.cells if cell.result is not None]
        yield Drawn(grid.subject, html, rows, tuple(cell.anchor for cell in cells if cell.here), len(cells), size)
        return
    del html, rows
    for half in grid.halves():
        yield from draw(half, most)


def change_row(step: Step, file: str = "") -> Markup:
    """A row of the list of changes.

    Args:
        file: in which the answer is shown; "" for the page on which the row stands.
    """
    return Markup(_macro("hints/change.html.j2", "change_row")(step, file))  # noqa: S704 - escaped by the template


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=8)
def _macro(template: str, name: str) -> Any:
    return getattr(environment().get_template(template).module, name)
