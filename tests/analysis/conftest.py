"""A stand-in for the answer types: the analysis asks them only to read and to compare."""

from __future__ import annotations

import pytest
from analysis_sample import FakeType


@pytest.fixture(autouse=True)
def fake_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.analysis.equality.answer_type", lambda name: FakeType())
