"""Damaged text put right by declared rules, each a module of this package; what was done is told, change by change."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Doubt, Places, Repair

__all__ = ["Repaired"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it is read.

    Args:
        text: after the repairs.
        places: of its lines in the file; None where they are those of the file.
        repairs: in the order of the file.
        doubts: stretches of ``text`` that may not say what was written.
    """

    text: str
    places: Places | None = None
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
