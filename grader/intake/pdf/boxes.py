"""Frames: four rules around a formula, as ``\\boxed`` makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.pdf.atoms import Atom, box
from grader.intake.pdf.baselines import rows
from grader.intake.pdf.formulas import mark_formulas
from grader.intake.pdf.marks import Bar
from grader.intake.pdf.pool import Pool
from grader.intake.pdf.tex import tex
from grader.intake.pdf.words import tokens

_NEAR = 1.5  # points; most distance of rules that meet


@dataclass(frozen=True, slots=True)
class Edges:
    """A frame.

    Args:
        left, bottom, right, top: its edges.
        bars: its rules that lie.
    """

    left: float
    bottom: float
    right: float
    top: float
    bars: tuple[Bar, Bar]


def frames(bars: Sequence[Bar]) -> list[Edges]:
    """The frames among the rules of a region; a table has more rules than a frame, and is none."""
    lying: dict[tuple[int, int], list[Bar]] = {}
    standing: dict[int, list[Bar]] = {}
    for bar in bars:
        if bar.level:
            lying.setdefault((round(bar.left / _NEAR), round(bar.right / _NEAR)), []).append(bar)
        else:
            standing.setdefault(round(bar.left / _NEAR), []).append(bar)
    found: list[Edges] = []
    for (left, right), pair in lying.items():
        if len(pair) != 2:
            continue
        low, high = sorted(pair, key=lambda bar: bar.bottom)
        if _wall(standing, left, low, high) and _wall(standing, right, low, high):
            found.append(Edges(low.left, low.bottom, low.right, high.top, (low, high)))
    return found


def _wall(standing: dict[int, list[Bar]], at: int, low: Bar, high: Bar) -> bool:
    near = (bar for place in (at - 1, at, at + 1) for bar in standing.get(place, ())[:50])
    return any(bar.bottom < low.top + _NEAR and bar.top > high.bottom - _NEAR for bar in near)


def read_frame(frame: Edges, pool: Pool) -> Atom | None:
    """The formula in a frame, put into the pool in place of its parts; None if it holds something else."""
    inner = pool.inside(frame.left, frame.right, frame.bottom, frame.top)
    lines = rows(inner)
    if len(lines) != 1:
        return None
    row = lines[0]
    tree = row.tree()
    found = tokens(tree)
    mark_formulas(found)
    if not all(token.math for token in found):
        return None
    whole = box(rf"\boxed{{{tex(tree)}}}", row.atoms, row.y, row.size)
    pool.add(whole)
    return whole
