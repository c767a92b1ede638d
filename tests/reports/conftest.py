"""Runs and pages for the tests of the reports."""

from __future__ import annotations

import pytest
from report_sample import FakeType, class_run, hints_run

from grader.records import Run
from grader.reports import Pages


@pytest.fixture(autouse=True)
def fake_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.analysis.equality.answer_type", lambda name: FakeType())


@pytest.fixture(scope="session")
def students() -> Run:
    return class_run()


@pytest.fixture(scope="session")
def talks() -> Run:
    return hints_run()


@pytest.fixture
def class_pages(students: Run) -> Pages:
    return Pages(students)


@pytest.fixture
def hint_pages(talks: Run) -> Pages:
    return Pages(talks)
