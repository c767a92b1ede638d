"""The rows of a run that is read a stretch at a time are those of the run in memory, wherever it is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_sample import sums, talks

from grader.analysis import row_stream
from grader.analysis.index import RunIndex
from grader.analysis.row_stream import row_lines
from grader.analysis.rows import row_object, rows
from grader.batch import Order, grade_into
from grader.store.files import write_lines
from grader.store.runs import manifest_of, reading


@pytest.mark.parametrize("size", [1, 4, 7, 1000])
def test_rows_are_the_same_wherever_the_run_is_cut(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Conversations that cannot be read, share a name or ask nothing stand between the others."""
    monkeypatch.setattr(row_stream, "RESULTS", size)
    monkeypatch.setattr(row_stream, "map_in_workers", lambda work, items, **_: ((one, work(one)) for one in items))
    course = sums(tmp_path)
    path = talks(tmp_path / "talks.jsonl", 9)
    lines = path.read_text(encoding="utf-8").replace('"s4"', '"s3"').splitlines()
    lines[5:5] = ['{"messages": []}', '{"messages": [{"role": "user", "content": "Hello"}]}', "{broken"]
    path.write_text("\n".join(lines), encoding="utf-8")
    manifest = manifest_of("transcripts", course, path, tmp_path / "out")
    graded = grade_into(tmp_path / "out", course, Order(manifest, path, 1))
    index = RunIndex(graded.load().run)
    write_lines(map(row_object, rows(index, index.changes)), tmp_path / "whole.jsonl")
    told = "".join(row_lines(graded.records, course.problems, {}, 1, 512))
    assert told == (tmp_path / "whole.jsonl").read_text(encoding="utf-8")
    assert told.count("\n") == 36
    with reading(graded.records) as reader:
        stretches = list(reader.stretches(size))
    assert [first for first, _ in stretches] == [0, *(stop for _, stop in stretches[:-1])]
    assert all(first < stop for first, stop in stretches)
