"""Text that nobody sees: whether any ink shows in a box of a page, as a renderer draws it.

White letters on white paper and letters under a white rectangle are a way to tell a grader what a person does not
read. Colours alone do not show it (white letters on a dark slide are plain to see), so the page is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from grader.intake.pdf.frame import Box

_SCALE = 2.0  # pixels for a point
_MOST_PIXELS = 4_000_000.0
_CONTRAST = 20  # of 255, between the darkest and the lightest pixel of a box
_PALE = 215  # of 255: ink whose darkest channel is lighter than this may not show on white


def pale(colour: int) -> bool:
    """Ink of this colour may not show on white paper.

    Args:
        colour: 0xRRGGBB.
    """
    return min(colour >> 16, colour >> 8 & 255, colour & 255) > _PALE


def shown(page: Any, height: float, boxes: Sequence[Box]) -> list[bool]:
    """Whether ink shows in boxes of a page.

    Args:
        page: of pypdfium2.
        height: of the page as it is shown, in points.
        boxes: left, bottom, right, top in points.
    """
    if not boxes:
        return []
    width, _ = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    pixels = page.render(scale=scale, grayscale=True, draw_annots=False).to_numpy()
    rows, columns = pixels.shape[:2]
    found = []
    for left, bottom, right, top in boxes:
        above, below = max(int((height - top) * scale) - 1, 0), min(int((height - bottom) * scale) + 2, rows)
        first, last = max(int(left * scale) - 1, 0), min(int(right * scale) + 2, columns)
        part = pixels[above:below, first:last]
        found.append(part.size > 0 and int(part.max()) - int(part.min()) >= _CONTRAST)
    return found
