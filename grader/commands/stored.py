"""The run that is kept in a folder of results, for the commands that go on from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.commands.common import USAGE, stop
from grader.diagnostics import Diagnostic, InputError, operator_warning

if TYPE_CHECKING:
    from grader.store.runs import Manifest, StoredRun

MOST_NAMED = 3  # of changed files


def stored_run(out: Path) -> StoredRun:
    """The run as it was graded; ends the command where there is none that can be read."""
    from grader.store.runs import NAME, load

    try:
        stored = load(out / NAME)
    except InputError as error:
        stop(error.diagnostics, USAGE)
    return replace(stored, manifest=stored.manifest.found_beside(out))


def changed_since(manifest: Manifest, out: Path) -> tuple[Diagnostic, ...]:
    """Whether specs or solvers are others than those by which a run was graded.

    Args:
        manifest: of the run, as it was found.
        out: its folder, to be named in what to do.

    Returns:
        One warning, or none; none too where the course is not there.
    """
    root = manifest.place(manifest.course)
    changed = [path for path, data in manifest.files.items() if _differs(root / path, data)] if root.is_dir() else []
    if not changed:
        return ()
    more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
    says = f"{', '.join(changed[:MOST_NAMED])}{more} changed since this was graded on {manifest.at:%Y-%m-%d %H:%M} UTC"
    fix = f"What is shown is as it was graded; `grade regrade {out}` shows which marks change, and grades again."
    return (operator_warning("run-older", says, fix=fix),)


def _differs(path: Path, data: bytes) -> bool:
    """Whether a file has other bytes, or is gone."""
    try:
        return path.read_bytes() != data
    except OSError:
        return True
