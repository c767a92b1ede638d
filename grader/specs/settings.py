"""Settings of a course: ``grade.toml``, or ``[tool.grade]`` of ``pyproject.toml``."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from grader.diagnostics import Diagnostic, SpecError
from grader.specs.deadlines import deadline, zone_of
from grader.specs.files import read_source
from grader.specs.findings import Findings, Source, shown, suggestion


@dataclass(frozen=True, slots=True)
class Settings:
    """How a course is graded.

    Args:
        title: of the reports; "" for the folder's name.
        problems: folder of the specs, from the course folder.
        timeout: seconds of run time that one solver may take.
        memory_mb: memory that one worker may take, in MiB.
        max_file_mb: largest submission or transcript that is read, in MiB.
        assigned: folders of specs, or ids of problems, that submissions and transcripts are about; empty for all.
        own_numbers: whether each student has numbers of their own where a problem's given values are drawn.
        seed: from which they are drawn, with the student's name; another seed, other numbers.
        roster: file of who is in the course, from the course folder; "" for ``roster.csv`` if there is one.
        due: when submissions are due; None for no deadline.
        grace: minutes after that in which work is not late.
        late_penalty: percent of the points that late work loses; it is shown beside the marks and never taken off.
        late_penalty_per: ``day``: that much for each day that has begun; or ``once``.
        attempts: which of several attempts counts: ``last``, ``best`` or ``first``.
        timezone: of ``due`` where it names none, such as ``Europe/Berlin``.
    """

    title: str = ""
    problems: str = "problems"
    timeout: float = 10.0
    memory_mb: int = 1024
    max_file_mb: int = 5
    assigned: tuple[str, ...] = ()
    own_numbers: bool = False
    seed: str = ""
    roster: str = ""
    due: datetime | None = None
    grace: int = 0
    late_penalty: float = 0.0
    late_penalty_per: str = "day"
    attempts: str = "last"
    timezone: str = ""


RANGES: dict[str, tuple[float, float]] = {
    "timeout": (0.01, 86_400),
    "memory_mb": (64, 1_048_576),
    "max_file_mb": (1, 1024),
    "grace": (0, 525_600),
    "late_penalty": (0, 100),
}
FLOATS = frozenset({"timeout", "late_penalty"})
CHOICES: dict[str, tuple[str, ...]] = {"late_penalty_per": ("day", "once"), "attempts": ("last", "best", "first")}
PATHS = frozenset({"problems", "roster"})
_PLACE = re.compile(r"\(at line (\d{1,9}), column (\d{1,9})\)")


def load_settings(root: Path) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings of a course folder.

    Args:
        root: the course folder.

    Returns:
        The settings, with the default in place of each wrong entry, and what is wrong. Without a
        settings file: the defaults.
    """
    own = root / "grade.toml"
    shared = root / "pyproject.toml"
    diagnostics: list[Diagnostic] = []
    chosen: tuple[Source, dict[str, Any]] | None = None
    for path in (own, shared):
        if not path.is_file():
            continue
        try:
            source = read_source(path, "settings file")
            data = _toml(source)
        except SpecError as error:
            diagnostics.extend(error.diagnostics)
            continue
        table = data if path == own else data.get("tool", {}).get("grade")
        if table is None:
            continue
        if chosen is None:
            chosen = (source, table)
        else:
            findings = Findings(source)
            start = max(source.text.find("[tool.grade"), 0)
            findings.add_at(
                "spec-two-settings",
                "grade.toml and [tool.grade] of pyproject.toml both set this course; grade.toml is used",
                start,
                start,
                "keep one of the two",
            )
            diagnostics.extend(findings.sorted())
    if chosen is None:
        return Settings(), tuple(diagnostics)
    settings, wrong = _read(*chosen)
    return settings, (*diagnostics, *wrong)


def has_settings(folder: Path) -> bool:
    """Whether a folder has a settings file of ours; one that cannot be read does not count."""
    if (folder / "grade.toml").is_file():
        return True
    path = folder / "pyproject.toml"
    if not path.is_file():
        return False
    try:
        return isinstance(_toml(read_source(path, "settings file")).get("tool", {}).get("grade"), dict)
    except SpecError:
        return False  # somebody else's file on the way up; load_settings reports it in the course itself


def _toml(source: Source) -> dict[str, Any]:
    try:
        data = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        findings = Findings(source)
        place = _PLACE.search(str(error))
        start = len(source.text)
        if place:
            lines = source.text.split("\n")
            start = sum(len(line) + 1 for line in lines[: int(place[1]) - 1]) + int(place[2]) - 1
        findings.add_at("spec-settings-syntax", f"this is not TOML: {error}", start, start, "mend the syntax")
        raise SpecError(findings.sorted()) from error
    if not isinstance(data.get("tool", {}), dict):
        data.pop("tool")
    return data


def _read(source: Source, table: Any) -> tuple[Settings, tuple[Diagnostic, ...]]:
    findings = Findings(source)
    known = {field.name: field for field in fields(Settings)}
    values: dict[str, Any] = {}
    entries = table if isinstance(table, dict) else {"": table}
    zone = zone_of(entries["timezone"]) if isinstance(entries.get("timezone"), str) else None
    for key, value in entries.items():
        start = _find_key(source.text, key)
        if key not in known:
            findings.add_at(
                "spec-unknown-setting",
                f"there is no setting {shown(key)}",
                start,
                start + len(key),
                suggestion(key, known),
            )
        elif why := _wrong(key, value):
            findings.add_at(
                "spec-setting", f"{key} is {shown(str(value))}, expected {why}", start, start + len(key), _FIX
            )
        elif key == "due":
            due = deadline(value, zone)
            if isinstance(due, str):
                findings.add_at(
                    "spec-setting", f"due is {shown(str(value))}, expected {due}", start, start + len(key), _FIX
                )
            else:
                values[key] = due
        else:
            values[key] = float(value) if key in FLOATS else tuple(value) if isinstance(value, list) else value
    return Settings(**values), findings.sorted()


_FIX = "correct the value, or leave the entry out for the default"


def _wrong(key: str, value: Any) -> str | None:
    """What was expected of a setting, or None if the value will do."""
    if key == "own_numbers":
        return None if isinstance(value, bool) else "true or false"
    if key == "assigned":
        fits = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        return None if fits else "a list of folders or ids of problems"
    if key == "due":
        return None  # see deadline
    if key == "timezone":
        return None if isinstance(value, str) and zone_of(value) else "a zone such as Europe/Berlin or +01:00"
    if key in CHOICES:
        return None if value in CHOICES[key] else f"one of {', '.join(CHOICES[key])}"
    if key in ("title", "problems", "seed", "roster"):
        if not isinstance(value, str) or (key in PATHS and not value.strip()):
            return "text"
        inside = "\0" not in value and not PurePosixPath(value).is_absolute()
        if key in PATHS and not (inside and ".." not in PurePosixPath(value).parts):
            return f"a {'folder' if key == 'problems' else 'file'} inside the course"
        return None
    least, most = RANGES[key]
    kinds = (int, float) if key in FLOATS else (int,)
    if isinstance(value, bool) or not isinstance(value, kinds) or not math.isfinite(value):
        return "a number" if key in FLOATS else "a whole number"
    return None if least <= value <= most else f"{least:g} to {most:g}"


def _find_key(text: str, key: str) -> int:
    """Offset of a key in TOML text; tomllib keeps no places. 0 if it is written in an unusual way."""
    match = re.search(rf"^[ \t]*(?P<key>[\"']?{re.escape(key)})[\"']?[ \t]*=", text, re.MULTILINE)
    return match.start("key") if match else 0
