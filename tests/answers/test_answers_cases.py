"""The labelled table of answers: every case gets the verdict that a careful person gives it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tables import table

from grader import check
from grader.answers import type_names

TABLE = Path(__file__).resolve().parents[1] / "cases"
"""The folder of the tables; its README tells what the labels mean."""


def _cases() -> list[Any]:
    """Every case of a type that exists, under its own id."""
    known = {*type_names(), "auto"}
    return [
        pytest.param(case, id=case["id"])
        for file in sorted(TABLE.glob("*.yaml"))
        for case in table(file)
        if case["type"] in known
    ]


@pytest.mark.parametrize("case", _cases())
def test_the_verdict_is_that_of_a_careful_person(case: dict[str, Any]) -> None:
    """The status is among those of the label, and the reason is the label's where it names one."""
    verdict = check(case["response"], case["expected"], type=case["type"], **case.get("options", {}))
    labels = case["status"] if isinstance(case["status"], list) else [case["status"]]
    assert verdict.status.value in labels, f"{case['why']}: {verdict.feedback}"
    if "reason" in case and verdict.status.value == labels[0]:
        assert verdict.reason == case["reason"], case["why"]


def test_each_case_has_an_id_of_its_own() -> None:
    """No two cases of all tables share an id, for reports name cases by it."""
    ids = [param.id for param in _cases()]
    assert len(ids) == len(set(ids))
