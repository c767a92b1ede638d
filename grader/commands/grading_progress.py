"""How far a run is, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.scoring.pipeline import Progress


@contextmanager
def progress(silent: bool) -> Iterator[Progress | None]:
    """A bar on a terminal, a line now and then elsewhere, nothing where it is to be silent."""
    if silent:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Solving", total=None)

            def show(done: int, total: int, _: str) -> None:
                bar.update(task, description="Grading", completed=done, total=total)

            yield show
    else:
        yield _plain_progress(5.0)


def _plain_progress(every: float) -> Callable[[int, int, str], None]:
    """Progress for logs: at most one line in ``every`` seconds."""
    last = time.monotonic()

    def show(done: int, total: int, _: str) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            click.echo(f"graded {done} of {total}", err=True)

    return show
