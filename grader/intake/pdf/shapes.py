"""Formulas that a page draws as shapes: some programs (MathJax in SVG) put outlines where letters should be.

What they say is not read; where they stand is, so that an answer among them is not taken for one that is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from grader.intake.pdf.frame import Box

_LARGEST = 20.0  # points: a larger shape is no letter
_SMALLEST = 1.0  # points
_FEWEST_CORNERS = 8  # of a letter's outline
_APART = 9.0  # points between the letters of one formula
_LEVEL = 3.0  # points by which scripts go beyond the other letters
_FEWEST = 3  # letters beside each other: fewer alone on a page may be a picture of something
_WIDE = 1.6  # times their height is the width of letters in a row, at least
_MOST = 3000


def like_a_letter(box: Box, corners: int) -> bool:
    """Whether a path may be a letter.

    Args:
        box: its bounds, in points.
        corners: how many segments it has.
    """
    wide, high = box[2] - box[0], box[3] - box[1]
    return _SMALLEST <= max(wide, high) <= _LARGEST and corners >= _FEWEST_CORNERS


def formulas(shapes: Sequence[Box]) -> list[tuple[Box, float]]:
    """The formulas that shapes make up: the box of each, and its base line.

    Args:
        shapes: boxes of what may be letters; an outline that is filled and drawn is there twice.
    """
    groups: list[list[Box]] = []
    open_: list[tuple[list[Box], Box]] = []
    for box in sorted({_rounded(box): box for box in shapes[:_MOST]}.values()):
        open_ = [(group, reach) for group, reach in open_ if reach[2] + _APART >= box[0]]
        for index, (group, reach) in enumerate(open_):
            if reach[1] - _LEVEL <= box[3] and box[1] <= reach[3] + _LEVEL:
                group.append(box)
                open_[index] = (group, _around(reach, box))
                break
        else:
            groups.append([box])
            open_.append((groups[-1], box))
    found = []
    plain = False  # there is one that cannot be an icon
    for group in groups:
        whole = group[0]
        for box in group:
            whole = _around(whole, box)
        plain |= len(group) >= _FEWEST and whole[2] - whole[0] >= _WIDE * (whole[3] - whole[1])
        found.append((whole, median(box[1] for box in group)))
    return found if plain else []


def _rounded(box: Box) -> tuple[int, ...]:
    return tuple(round(side) for side in box)


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
