"""The decisions of people beside a run, for the commands that make reports from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.commands.common import USAGE, stop
from grader.commands.outcome import tell_notes
from grader.diagnostics import InputError, operator_error
from grader.records import Run

if TYPE_CHECKING:
    from grader.store.decisions import Log


def decisions_beside(out: Path) -> Log:
    """What people decided of earlier runs in the same folder; ends the command if it cannot be read."""
    from grader.store.decisions import FILE, read_log

    try:
        return read_log(out / FILE)
    except InputError as error:
        stop(error.diagnostics, USAGE)
    except OSError as error:
        stop([operator_error("decisions-read", f"cannot read {error.filename}: {error.strerror}")], USAGE)


def with_decisions(run: Run, log: Log) -> Run:
    """The run with the marks that people gave, after telling which of them are not applied."""
    from grader.store.decisions import apply

    applied = apply(run, log)
    tell_notes([("", note) for note in applied.diagnostics])
    return applied.run
