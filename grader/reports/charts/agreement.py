"""How two who judge the same answers agree: a table of counts, shaded, with its diagonal marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.reports.charts.base import counted, grouped

SHADES = 4
"""Steps of the shading above nothing."""


@dataclass(frozen=True, slots=True)
class AgreementCell:
    """How often one said the one and the other the other.

    Args:
        shade: 0 to ``SHADES``, by its share of the row.
        agrees: both say the same.
        href: where a click leads; "" for nowhere.
    """

    count: int
    shown: str
    shade: int
    agrees: bool
    href: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The table: ``rows`` are (what the first said, cells, sum)."""

    title: str
    first: str
    second: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[AgreementCell, ...], str], ...]


def agreement(
    first: str,
    second: str,
    says: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    kappa: float | None,
    links: Mapping[tuple[str, str], str] | None = None,
) -> Agreement:
    """Lay the table out.

    Args:
        first, second: who judges: “The computation”, “the annotator”.
        says: the judgements, in order.
        counts: by the two judgements.
        kappa: Cohen's, None where there is none.
        links: by the two judgements.
    """
    rows = []
    for one in says:
        whole = sum(counts.get((one, other), 0) for other in says)
        cells = tuple(
            AgreementCell(
                n,
                grouped(n),
                -(-SHADES * n // whole) if whole else 0,
                one == other,
                (links or {}).get((one, other), ""),
            )
            for other in says
            for n in (counts.get((one, other), 0),)
        )
        rows.append((one, cells, grouped(whole)))
    total = sum(counts.get((one, other), 0) for one in says for other in says)
    same = sum(counts.get((one, one), 0) for one in says)
    if not total:
        title = f"{first} and {second} judge no answer both"
    else:
        title = f"{first} and {second} agree on {grouped(same)} of {counted(total, 'answer')}"
        title += f" (κ = {kappa:.2f})" if kappa is not None else ""
    return Agreement(title, first, second, tuple(says), tuple(rows))
