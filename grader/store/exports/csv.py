"""CSV: the fields of ``results.jsonl`` in columns, for spreadsheets. No cell can act as a formula."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from grader.records import Result
from grader.store.cells import safe_cell
from grader.store.exports.base import Export, Options, Written
from grader.store.exports.columns import TYPES
from grader.store.exports.source import Kept
from grader.store.files import atomic_writer
from grader.store.results import result_object

EVIDENCE = ("method", "error_bound", "witness")  # columns that stand in place of the nested evidence
COLUMNS = tuple(column for key in TYPES for column in (EVIDENCE if key == "evidence" else (key,)))


class Csv(Export):
    """See the module."""

    name: ClassVar[str] = "csv"
    summary: ClassVar[str] = "CSV: the same in columns, for spreadsheets; no cell is a formula"
    file: ClassVar[str] = "results.csv"

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """A header, and one row for each result."""
        rows = 0
        with atomic_writer(path) as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for result in kept.results():
                flat = flat_row(result)
                writer.writerow([_cell(flat[name]) for name in COLUMNS])
                rows += 1
        return Written(rows, "result")


def flat_row(result: Result) -> dict[str, Any]:
    """The object of a result without nesting.

    Returns:
        Texts, numbers, truth values and None by :data:`COLUMNS`. ``review`` has its reasons one after the other;
        ``method``, ``error_bound`` and ``witness`` are the evidence.
    """
    flat = result_object(result)
    evidence: Mapping[str, Any] = flat.pop("evidence") or {}
    said = result.verdict.evidence
    return {
        **flat,
        "review": "; ".join(flat["review"]),
        "method": evidence.get("method"),
        "error_bound": evidence.get("error_bound"),
        "witness": str(said.witness) if said and said.witness else None,
    }


def _cell(value: Any) -> str | int | float:
    """A value as CSV has it: nothing for None, ``true`` and ``false``, numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(value) if isinstance(value, str) else value
