"""JSON Lines: the objects of ``results.jsonl``, one for each subject, problem, part and turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

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
        rows = 0

        def objects() -> Iterator[dict[str, Any]]:
            nonlocal rows
            for result in kept.results():
                rows += 1
                yield result_object(result)

        write_lines(objects(), path)
        return Written(rows, "result")
