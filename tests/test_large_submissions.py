"""What the benchmark of large classes hands in is the same class in each of its forms."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import large_submissions
from benchmarks.large_submissions import FORMS, write_form
from grader.intake.archives import read_bytes
from grader.intake.handins.submissions import read_submissions

QUESTIONS = [
    SimpleNamespace(number=number, right=("1", "2"), wrong=("3", "4", "5"))  # as much of an item as is asked for
    for number in (1, 2)
]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_holds_the_same_students_and_texts(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the files of a list stand in several folders."""
    monkeypatch.setattr(large_submissions, "IN_A_FOLDER", 3)
    path = write_form(tmp_path, form, QUESTIONS, 8)  # type: ignore[arg-type]
    found = {one.subject: read_bytes(one.files[0], 1000).decode() for one in read_submissions(path).submissions}
    expected = large_submissions.texts(QUESTIONS, 8)  # type: ignore[arg-type]
    assert found == {f"s{number}": text for number, text in enumerate(expected)}
