"""Brackets, braces and roots that a page draws as shapes, not as letters: KaTeX does so with tall ones.

Source: KaTeX 0.16, ``src/svgGeometry.js`` (paths of ``lbrack``, ``lparen``, ``vert``, ``sqrtMain`` and their kin).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.intake.pdf.frame import Box, Frame

_MOST_SEGMENTS = 240
_WIDEST = 14.0  # points; of a bracket
_LOWEST = 15.0  # points; a bracket that is drawn is higher
_FLATTEST = 9.0  # points; a brace that lies is flatter
_RULE = 2.0  # points; the rule of a root is thinner

DRAWN = "drawn"
"""Name of the font of signs that are drawn, not written."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that is drawn.

    Args:
        text: the character that it stands for.
        box: left, bottom, right, top of the sign, of a root without its rule.
        rule: the box of the rule of a root.
        colour: of the ink, as 0xRRGGBB.
    """

    text: str
    box: Box
    rule: Box | None
    colour: int


def sign_of(item: Any, box: Box, colour: int, frame: Frame) -> Sign | None:
    """The sign that a path of pypdfium2 draws; None if it is none.

    Args:
        item: the path.
        box: its bounds as they are shown.
        colour: of its ink.
        frame: of the page.
    """
    left, bottom, right, top = box
    if top - bottom <= _FLATTEST and (right > frame.width or left < 0) and item.container is None:
        return _brace(item, box, colour, frame)
    if top - bottom < _LOWEST * 0.6 or right - left < 1.0 or item.container is not None:
        return None
    bracket = right - left <= _WIDEST and top - bottom >= max(_LOWEST, 2.2 * (right - left))
    if not bracket and right < frame.width:
        return None  # the rule of a root is drawn much too long, and cut off
    points, curves, parts = _points(item, frame)
    if len(points) < 8:
        return None
    if not bracket:
        return _root(item, points, box, colour, frame)
    text = _bracket(points, curves > 0, parts, box)
    return Sign(text, box, None, colour) if text else None


def _points(item: Any, frame: Frame) -> tuple[list[Point], int, int]:
    """The points of a path as they are shown; how many curves and parts it has."""
    import pypdfium2.raw as raw

    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Point] = []
    curves = parts = 0
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        curves += kind == raw.FPDF_SEGMENT_BEZIERTO
        parts += kind == raw.FPDF_SEGMENT_MOVETO
        found.append(frame.point(*matrix.on_point(x.value, y.value)))
    return found, curves, parts


_LEFT = {(True, True): "[", (True, False): "⌊", (False, True): "⌈"}
_RIGHT = {(True, True): "]", (True, False): "⌋", (False, True): "⌉"}


def _bracket(points: list[Point], curved: bool, parts: int, box: Box) -> str:
    """The bracket that points outline, "" if they outline none: where its stem is, and whether it has feet."""
    left, bottom, right, top = box
    wide, high = right - left, top - bottom
    stem = [x for x, y in points if bottom + 0.3 * high < y < top - 0.3 * high]
    feet = [x for x, y in points if y < bottom + 0.12 * high]
    heads = [x for x, y in points if y > top - 0.12 * high]
    stem = stem or [x for x, y in points if bottom + 0.1 * high < y < top - 0.1 * high]
    if not feet or not heads or not stem:
        return ""
    low, far = min(stem), max(stem)
    if far - low > 0.75 * wide:
        return "‖" if parts >= 4 and min(abs(x - (left + right) / 2) for x, _ in points) > 0.2 * wide else ""
    if (low + far) / 2 < left + 0.5 * wide:
        foot, head = max(feet) > left + 0.6 * wide, max(heads) > left + 0.6 * wide
        return "(" if curved and foot and head else _LEFT.get((foot, head), "")
    foot, head = min(feet) < left + 0.4 * wide, min(heads) < left + 0.4 * wide
    return ")" if curved and foot and head else _RIGHT.get((foot, head), "")


def _root(item: Any, points: list[Point], box: Box, colour: int, frame: Frame) -> Sign | None:
    left, bottom, _, top = box
    end = _cut(item, frame)
    if end is None or end <= left:
        return None
    high = [x for x, y in points if y > top - 0.08 * (top - bottom) and x < end]
    if not high or max(x for x, _ in points) < end:
        return None
    start = max(high)
    lowest = min(points, key=lambda point: point[1])
    if not left < lowest[0] < start or start - left > 3 * (top - bottom) or end - start < 2:
        return None
    return Sign("√", (left, bottom, start, top), (start, top - _RULE / 2, end, top), colour)


def _brace(item: Any, box: Box, colour: int, frame: Frame) -> Sign | None:
    """A third of a brace that lies: an end, whose rule runs off to one side, or the middle, whose runs off to both."""
    left, bottom, right, top = box
    start, end = _cut(item, frame, min), _cut(item, frame, max)
    if start is None or end is None or end - start < 1 or top - bottom < 1.5:
        return None
    points, curves, _ = _points(item, frame)
    rule = [y for x, y in points if x > frame.width or x < 0]
    if not rule or not curves:
        return None
    height = ((min(rule) + max(rule)) / 2 - bottom) / (top - bottom)
    if 0.35 < height < 0.65:
        return None  # the shaft of an arrow
    middle = right > frame.width and left < 0
    text = "⏟" if (height > 0.5) == middle else "⏞"
    return Sign(text, (start, bottom, end, top), None, colour)


def _cut(item: Any, frame: Frame, side: Callable[[list[float]], float] = max) -> float | None:
    """Where the part of a path that is shown ends, on the right or on the left."""
    import pypdfium2.raw as raw

    clip = raw.FPDFPageObj_GetClipPath(item.raw)
    if not clip:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    ends: list[float] = []
    for path in range(max(0, min(raw.FPDFClipPath_CountPaths(clip), 8))):
        across: list[float] = []
        for index in range(max(0, min(raw.FPDFClipPath_CountPathSegments(clip, path), 12))):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
            across.append(frame.point(x.value, y.value)[0])
        if across:
            ends.append(side(across))
    if not ends:
        return None
    return min(ends) if side is max else max(ends)
