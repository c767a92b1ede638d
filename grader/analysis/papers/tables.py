"""All tables of a run of transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from grader.analysis.agreement import agreements
from grader.analysis.comparisons import OUTCOMES
from grader.analysis.firsts import first_right
from grader.analysis.index import RunIndex
from grader.analysis.labelled import labelled_changes
from grader.analysis.opinions import opinions
from grader.analysis.papers.changes import change_tables
from grader.analysis.papers.labels import label_tables
from grader.analysis.papers.models import model_tables, time_table
from grader.analysis.papers.table import Table
from grader.analysis.rows import rows

_SPLITS = ("hint_kinds", "models", "models_hint_kinds", "parts")
_SINGLE = ("accuracy", "first_right", "agreement", "confusion", "conflicts", "labels_alone")
_PAIRS = tuple(f"comparisons_{one.name}" for one in OUTCOMES)
NAMES = frozenset((*_SPLITS, *(f"{name}_behaviour" for name in _SPLITS), *_PAIRS, *_SINGLE))
"""Of all tables that there can be."""


def paper_tables(index: RunIndex) -> Iterator[Table]:
    """Each table as it is made; none of a run of submissions.

    Args:
        index: of a run.
    """
    found = tuple(rows(index, index.changes))
    if found:
        yield from change_tables(found)
        yield from model_tables(found)
        yield time_table(first_right(index))
        yield from label_tables(agreements(index, opinions(index)), labelled_changes(index, index.changes))
