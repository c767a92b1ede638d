"""What comes of a repair."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Doubt, Places, Repair


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it is read.

    Args:
        text: after the repairs.
        places: of its lines in the file; None where they are those of the file.
        repairs: in the order in which they were made: by rule, then by place.
        doubts: stretches of ``text`` that may not say what was written.
    """

    text: str
    places: Places | None = None
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
