"""``history.jsonl``: which runs a folder has held, one a line, only ever appended to; and copies of former runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.store.runs import NAME, Manifest

FILE = "history.jsonl"
FOLDER = "history"  # of former runs
SCHEMA = 1


def history_object(
    manifest: Manifest,
    subjects: int,
    statuses: Mapping[str, int],
    decided: int = 0,
    changes: Iterable[Mapping[str, Any]] = (),
    former: str = "",
) -> dict[str, Any]:
    """One line of the history.

    Args:
        manifest: what the run was made from.
        subjects: how many.
        statuses: answers by status, as the reports show them.
        decided: answers that people decided.
        changes: marks that are others than in the run before.
        former: where that run is kept, from the folder of the results; "" where there was none, or it was replaced.

    Returns:
        The keys ``schema, at, command, path, course, grader_version, code, subjects, answers, statuses,
        decided_by_hand, former, changes``.
    """
    return {
        "schema": SCHEMA,
        "at": manifest.at.isoformat(),
        "command": manifest.command,
        "path": manifest.path,
        "course": manifest.course,
        "grader_version": manifest.environment.get("grade", ""),
        "code": manifest.environment.get("code", ""),
        "subjects": subjects,
        "answers": sum(statuses.values()),
        "statuses": dict(sorted(statuses.items())),
        "decided_by_hand": decided,
        "former": former or None,
        "changes": list(changes),
    }


def append_history(line: Mapping[str, Any], out: Path) -> None:
    """Append a line to the history of a folder.

    Raises:
        OSError: the file cannot be written.
    """
    text = json.dumps(line, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
    with (out / FILE).open("ab") as stream:
        stream.write(text + b"\n")


def keep_former(out: Path, manifest: Manifest) -> str:
    """Keep a copy of the run that stands in a folder, so that it can be put back.

    Args:
        out: the folder.
        manifest: of that run.

    Returns:
        The path of the copy from the folder: ``history/2026-11-26T101500Z.sqlite``.

    Raises:
        OSError: it cannot be written.
    """
    (out / FOLDER).mkdir(exist_ok=True)
    stem = f"{manifest.at:%Y-%m-%dT%H%M%SZ}"
    names = (f"{FOLDER}/{stem}{number}.sqlite" for number in ("", *(f"-{i}" for i in range(2, 10_000))))
    path = next(name for name in names if not (out / name).exists())
    shutil.copyfile(out / NAME, out / path)
    return path
