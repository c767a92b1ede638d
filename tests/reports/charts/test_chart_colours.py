"""Colours of the charts can be told from the ground, and words from what they stand on (WCAG 2.2: 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from grader.reports.engine import assets

BLOCKS = re.findall(r":root \{(.*?)\}", assets("hints")[0], re.DOTALL)
NAMED = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in BLOCKS]
LIGHT, DARK = NAMED[0], NAMED[0] | NAMED[1]
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` or ``#rgb``, as WCAG defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    linear = []
    for i in (0, 2, 4):
        value = int(digits[i : i + 2], 16) / 255
        linear.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@SCHEMES
@pytest.mark.parametrize("shape", ["blue-fill", "red-fill", "amber", "bar", "violet", "quiet", "band-edge"])
def test_shapes_stand_out_from_the_ground(scheme: Mapping[str, str], shape: str) -> None:
    """At least 3 to 1, on the page and on a raised box; amber fills have an outline of ``amber``."""
    assert min(contrast(scheme[shape], scheme[ground]) for ground in ("ground", "raised")) >= 3


@SCHEMES
@pytest.mark.parametrize("colour", ["ink", "quiet", "blue", "red", "amber", "violet", "grey"])
def test_words_can_be_read_on_the_page(scheme: Mapping[str, str], colour: str) -> None:
    """At least 4.5 to 1."""
    assert min(contrast(scheme[colour], scheme[ground]) for ground in ("ground", "raised")) >= 4.5


@SCHEMES
@pytest.mark.parametrize(
    ("words", "below"),
    [
        ("#fff", "blue-fill"),
        ("#fff", "red-fill"),
        ("#241a02", "amber-fill"),
        ("violet", "violet-soft"),
        ("quiet", "grey-soft"),
        ("ground", "quiet"),
    ],
)
def test_words_can_be_read_on_bars(scheme: Mapping[str, str], words: str, below: str) -> None:
    """At least 4.5 to 1, as ``.t-…`` stands on ``.f-…``."""
    assert contrast(scheme.get(words, words), scheme[below]) >= 4.5


def test_blue_amber_and_red_differ_in_lightness_or_have_glyphs() -> None:
    """Blue and red are of like lightness, so that both stand out; a glyph or an arrow tells them apart in grey."""
    assert contrast(LIGHT["amber-fill"], LIGHT["blue-fill"]) > 2
    assert contrast(LIGHT["amber-fill"], LIGHT["red-fill"]) > 1.9
