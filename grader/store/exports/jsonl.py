"""JSON Lines: the objects of ``results.jsonl``, one for each subject, problem, part and turn."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from grader.store.exports.base import Export, Options, Written
from grader.store.exports.source import Kept
from grader.store.files import write_lines
from grader.store.results import result_object


class JsonLines(Export):
    """See the module."""

    name: ClassVar[str] = "jsonl"
    summary: ClassVar[str] = "JSON Lines: the objects of results.jsonl, for programs"
    file: ClassVar[str] = "results.jsonl"

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """One object a line."""
        return Written(write_lines(map(result_object, kept.results()), path), "result")
