"""The hints report of the sample run, made once: ``report`` is its page, ``words`` what it says."""

from __future__ import annotations

import pytest
from html_check import Page
from report_sample import FakeType

from grader.analysis import equality
from grader.records import Run
from grader.reports import Pages


@pytest.fixture(scope="module")
def report(talks: Run) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equality, "answer_type", lambda name: FakeType())
        return Pages(talks).hints_report()


@pytest.fixture(scope="module")
def words(report: str) -> str:
    return Page(report).text
