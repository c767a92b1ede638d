"""The frame of a page: from the coordinates of the file to those of the page as it is shown.

A page may be turned by a quarter, and its visible part need not begin at the origin; PDFium's text functions know of
neither.

Source: ISO 32000-2, 7.7.3.3 (page objects: CropBox, Rotate).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown.

    Args:
        left, bottom: of its visible part, in the coordinates of the file.
        width, height: of the page as it is shown.
        quarters: turns by 90 degrees, clockwise.
    """

    left: float
    bottom: float
    width: float
    height: float
    quarters: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file is shown."""
        x, y = x - self.left, y - self.bottom
        if self.quarters == 0:
            return x, y
        if self.quarters == 1:
            return y, self.height - x
        if self.quarters == 2:
            return self.width - x, self.height - y
        return self.width - y, x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the file is shown."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the file as it is shown."""
        for _ in range(self.quarters):
            x, y = y, -x
        return x, y

    @property
    def plain(self) -> bool:
        """Coordinates are those of the file."""
        return self.quarters == 0 and self.left == 0 and self.bottom == 0


def frame_of(page: Any) -> Frame:
    """The frame of a page of pypdfium2. A box of a file may name any two opposite corners (ISO 32000-2, 7.9.5)."""
    crop, media = page.get_cropbox(), page.get_mediabox()
    left, bottom = min(crop[0], crop[2]), min(crop[1], crop[3])
    media_left, media_bottom = min(media[0], media[2]), min(media[1], media[3])
    width, height = page.get_size()
    return Frame(max(left, media_left), max(bottom, media_bottom), width, height, page.get_rotation() // 90 % 4)
