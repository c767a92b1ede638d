"""How far a run is, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.batch import Advance, Progress

EVERY = 5.0
"""Seconds between two lines in a log."""


@contextmanager
def progress(silent: bool, students: bool) -> Iterator[Progress | None]:
    """A bar on a terminal, a line now and then elsewhere, nothing where it is to be silent.

    Args:
        silent: whether it is to be.
        students: whether what is graded are students, or else conversations.
    """
    what = "students" if students else "conversations"
    if silent:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Solving", total=None, left="")

            def show(state: Advance) -> None:
                done = f"Graded {_counts(state, what)}"
                bar.update(task, description=done, completed=state.size, total=state.total or None, left=_left(state))

            yield show
    else:
        yield _plain_progress(EVERY, what)


def _plain_progress(every: float, what: str) -> Callable[[Advance], None]:
    """Progress for logs: at most one line in ``every`` seconds."""
    last = time.monotonic()

    def show(state: Advance) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            share = "" if state.share is None else f", {state.share:.0%}"
            click.echo(", ".join(filter(None, (f"graded {_counts(state, what)}{share}", _left(state)))), err=True)

    return show


def _counts(state: Advance, what: str) -> str:
    kept = f", {state.kept:,} of them before" if state.kept else ""
    return f"{state.subjects:,} {what}{kept} ({state.rate:,.0f}/s)"


def _left(state: Advance) -> str:
    """How long the rest will take, if it goes on like this; "" where that cannot be told yet."""
    if (left := state.left) is None or state.seconds < 2:
        return ""
    minutes, seconds = divmod(round(left), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min left"
    return f"{minutes} min {seconds:02} s left" if minutes else f"{seconds} s left"
