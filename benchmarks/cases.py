"""Labelled cases for the comparison with other programs: from tables in YAML, and from JSON lines.

A case is what the neutral contract takes, with the status that a person gave it as its label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

TABLES = Path(__file__).parents[1] / "tests" / "cases"
STATUSES = ("correct", "partial", "incorrect", "unreadable", "missing", "undecided", "failed")


class CaseError(ValueError):
    """A table that cannot be read as cases; the message names the file and the entry."""


@dataclass(frozen=True)
class Case:
    """One labelled answer.

    Args:
        id: unique in a run.
        type: name of the answer type.
        expected: the right answer, as text or as a plain value.
        response: what was answered.
        options: of the type.
        labels: the statuses that are right for it; mostly one.
    """

    id: str
    type: str
    expected: Any
    response: str
    options: Mapping[str, Any] = field(default_factory=dict)
    labels: tuple[str, ...] = ("correct",)

    def plain(self) -> dict[str, Any]:
        """The case as plain values, for a child process."""
        return asdict(self)


def load(folder: Path = TABLES) -> tuple[list[Case], list[str]]:
    """The cases of all tables in a folder, and the answer types' own examples.

    Args:
        folder: with ``*.yaml``; it need not exist.

    Returns:
        The cases, each once, and what was left out and why, a line for each table.
    """
    found: list[Case] = []
    left_out: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found += load_yaml(path)
        except CaseError as error:
            left_out.append(str(error))
    return distinct([*found, *type_examples()]), left_out


def distinct(cases: Iterable[Case]) -> list[Case]:
    """The cases without repetitions of question and response, with ids that differ."""
    seen: set[str] = set()
    names: dict[str, int] = {}
    out = []
    for case in cases:
        content = json.dumps([case.type, case.expected, case.response, dict(case.options)], sort_keys=True, default=str)
        if content in seen:
            continue
        seen.add(content)
        names[case.id] = count = names.get(case.id, 0) + 1
        name = case.id if count == 1 else f"{case.id} ({count})"
        out.append(Case(name, case.type, case.expected, case.response, case.options, case.labels))
    return out


def type_examples() -> list[Case]:
    """The examples that answer types carry as their documentation."""
    from grader.answers import get_type, type_names

    return [
        Case(f"{name}-example-{number}", name, plain(e.expected), e.response, plain(e.options), (e.status.value,))
        for name in type_names()
        for number, e in enumerate(get_type(name).examples, 1)
    ]


def plain(value: Any) -> Any:
    """A value in the kinds that JSON has; what it does not have becomes text (``Fraction(1, 3)`` is ``1/3``)."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def load_yaml(path: Path) -> list[Case]:
    """The cases of one table.

    Args:
        path: a list of mappings with ``id, type, expected, response``, perhaps ``options``, and ``status``.

    Raises:
        CaseError: it is no such list.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CaseError(f"{path.name}: not YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(entries, list):
        raise CaseError(f"{path.name}: a list of cases is expected, found {type(entries).__name__}")
    return [case_of(entry, f"{path.name}, entry {number}") for number, entry in enumerate(entries, 1)]


def load_jsonl(path: Path) -> list[Case]:
    """The cases of a file in the contract's format, a line each: as in a table, with ``label`` for the status.

    Raises:
        CaseError: a line is no case.
    """
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise CaseError(f"{where}: not JSON: {error}") from error
        out.append(case_of(entry, where))
    return out


def case_of(entry: object, where: str) -> Case:
    """A case from a mapping.

    Args:
        entry: the mapping.
        where: file and place, for messages.

    Raises:
        CaseError: something is missing, or of another kind.
    """
    if not isinstance(entry, Mapping):
        raise CaseError(f"{where}: a mapping is expected, found {type(entry).__name__}")
    missing = [name for name in ("expected", "response") if name not in entry]
    if missing:
        raise CaseError(f"{where}: {' and '.join(missing)} missing")
    label = entry.get("status", entry.get("label"))
    response = entry["response"]
    return Case(
        id=str(entry.get("id", where)),
        type=str(entry.get("type", "auto")),
        expected=plain(entry["expected"]),
        response=response if isinstance(response, str) else str(response),  # YAML reads a bare 12 as a number
        options=plain(entry.get("options") or {}),
        labels=labels_of(label, where),
    )


def labels_of(label: object, where: str) -> tuple[str, ...]:
    """The right statuses that a label names; true and false stand for correct and for any mark that is not.

    Raises:
        CaseError: it names none, or one that does not exist.
    """
    if isinstance(label, bool):
        return ("correct",) if label else ("incorrect", "partial")
    named = [label] if isinstance(label, str) else label
    if not isinstance(named, list) or not named:
        raise CaseError(f"{where}: status (or label) is missing")
    unknown = [name for name in named if name not in STATUSES]
    if unknown:
        raise CaseError(f"{where}: there is no status {unknown[0]!r}; there are {', '.join(STATUSES)}")
    return tuple(named)
